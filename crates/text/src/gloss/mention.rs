//! What one document says of two terms: a bracket beside a term, or keywords in two languages.
//!
//! A mention can be written as a line and read again, so that whoever counts documents can keep it by document and
//! decide later, with the documents of a date, which links are accepted.
//!
//! Not here: how many documents make a link.

use super::brackets::{Bracket, brackets};
use super::{acronym, terms};
use crate::chinese::{Segmenter, contains_han, is_han};

/// Parts of a written mention.
const SEPARATOR: char = '\t';

/// One mention in one document, written as terms are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// `long` is written out before or in the bracket that holds `short`.
    Acronym {
        /// The long form.
        long: String,
        /// The acronym.
        short: String,
    },
    /// A bracket with an English term or an acronym after Chinese words; how many of them belong to the term shows only when other
    /// documents are known.
    AfterChinese {
        /// The words before the bracket, as many as could belong to the term.
        words: Vec<String>,
        /// The English term or acronym.
        gloss: String,
    },
    /// A bracket with a Chinese term after English words.
    AfterEnglish {
        /// The words before the bracket, as many as could belong to the term.
        words: Vec<String>,
        /// The Chinese term.
        gloss: String,
    },
    /// A keyword of a record that has keywords in both languages.
    Keyword(String),
}

impl Mention {
    /// Writes the mention as one line.
    pub fn written(&self) -> String {
        let join = |kind: &str, left: &str, right: &str| {
            format!("{kind}{SEPARATOR}{left}{SEPARATOR}{right}")
        };
        match self {
            Self::Acronym { long, short } => join("a", long, short),
            Self::AfterChinese { words, gloss } => join("z", &words.join(" "), gloss),
            Self::AfterEnglish { words, gloss } => join("e", &words.join(" "), gloss),
            Self::Keyword(term) => join("k", term, ""),
        }
    }

    /// Reads a line made by [`Self::written`]; `None` when it is none.
    pub fn read(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, SEPARATOR);
        let (kind, left, right) = (parts.next()?, parts.next()?, parts.next()?);
        let words = || left.split(' ').map(str::to_owned).collect();
        match kind {
            "a" => Some(Self::Acronym { long: left.to_owned(), short: right.to_owned() }),
            "z" => Some(Self::AfterChinese { words: words(), gloss: right.to_owned() }),
            "e" => Some(Self::AfterEnglish { words: words(), gloss: right.to_owned() }),
            "k" => Some(Self::Keyword(left.to_owned())),
            _ => None,
        }
    }
}

/// Reads the brackets of one text, as written (not cleaned); without a segmenter only those of Latin letters.
pub fn mentions(segmenter: Option<&Segmenter>, text: &str, found: &mut dyn FnMut(Mention)) {
    for bracket in brackets(text) {
        read(segmenter, &bracket, found);
    }
}

/// Hands on the keywords of a record that has some in Chinese and some in English.
pub fn keyword_mentions(segmenter: &Segmenter, keywords: &[&str], found: &mut dyn FnMut(Mention)) {
    let count = keywords.iter().filter(|keyword| contains_han(keyword)).count();
    if count == 0 || count == keywords.len() {
        return;
    }
    for keyword in keywords {
        let term = if contains_han(keyword) {
            terms::chinese_term(segmenter, keyword)
        } else {
            terms::english_term(keyword)
        };
        if let Some(term) = term {
            found(Mention::Keyword(term));
        }
    }
}

fn read(segmenter: Option<&Segmenter>, bracket: &Bracket<'_>, found: &mut dyn FnMut(Mention)) {
    let closed = terms::closed(bracket.before);
    let follows_chinese = closed.ends_with(is_han);
    let has_acronym = bracket.parts().any(acronym::is_acronym);
    // Most brackets hold neither; their words are not looked at.
    if !has_acronym && !follows_chinese && !bracket.parts().any(contains_han) {
        return;
    }
    let before = terms::words_before(segmenter, closed);
    let mut long_in_bracket: Option<String> = None;
    for part in bracket.parts() {
        if contains_han(part) {
            let Some(segmenter) = segmenter else { continue };
            let words = longest(terms::english_readings(&before));
            if let (Some(words), Some(gloss)) = (words, terms::chinese_term(segmenter, part)) {
                found(Mention::AfterEnglish { words, gloss });
            }
        } else if acronym::is_acronym(part) {
            read_acronym(&before, long_in_bracket.as_deref(), part, found);
        } else if let Some(english) = terms::english_term(part) {
            if let Some(words) = longest(terms::chinese_readings(&before)) {
                found(Mention::AfterChinese { words, gloss: english.clone() });
            }
            long_in_bracket = Some(english);
        }
    }
}

/// `卷积神经网络（convolutional neural network, CNN）`, `convolutional neural network (CNN)`, `卷积神经网络（CNN）`.
fn read_acronym(
    before: &[String],
    long_in_bracket: Option<&str>,
    part: &str,
    found: &mut dyn FnMut(Mention),
) {
    let short = acronym::folded(part);
    let long = match long_in_bracket {
        Some(long) => acronym::long_form(&short, long),
        None => acronym::long_form(&short, &terms::english_before(before)),
    };
    if let Some(long) = long {
        found(Mention::Acronym { long: terms::folded(&long), short: short.clone() });
    }
    if let Some(words) = longest(terms::chinese_readings(before)) {
        found(Mention::AfterChinese { words, gloss: short });
    }
}

/// The longest reading; all others are its ends.
fn longest(readings: Vec<Vec<String>>) -> Option<Vec<String>> {
    readings.into_iter().max_by_key(Vec::len)
}
