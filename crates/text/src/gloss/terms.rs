//! Reads the words on either side of a bracket as terms.

use crate::Token;
use crate::chinese::{self, Segmenter, is_han};
use crate::english;

/// Longest term in words.
const LONGEST: usize = 6;

/// The text before a bracket without the marks that do not part a term from its bracket, such as a closing quotation
/// mark.
pub(super) fn closed(before: &str) -> &str {
    before.trim_end_matches(|mark: char| mark.is_whitespace() || "”’》」』\"'".contains(mark))
}

/// The words of the last segment of `closed`; Chinese is not read without a segmenter.
pub(super) fn words_before(segmenter: Option<&Segmenter>, closed: &str) -> Vec<String> {
    if !closed.ends_with(char::is_alphanumeric) {
        return Vec::new();
    }
    match segmenter {
        Some(segmenter) if chinese::contains_han(closed) => {
            let mut cleaned = String::new();
            chinese::clean(closed, &mut cleaned);
            words(segmenter, cleaned.rsplit('|').next().unwrap_or_default())
        }
        _ => english_words(closed),
    }
}

/// The words after the last break but the one at the end.
fn english_words(text: &str) -> Vec<String> {
    let mut cleaned = String::new();
    english::clean(text, &mut cleaned);
    let mut found = Vec::new();
    let mut has_ended = false;
    english::words(&cleaned, &mut |token| match token {
        Token::Word(word) => {
            if has_ended {
                found.clear();
                has_ended = false;
            }
            found.push(word.to_owned());
        }
        Token::Break => has_ended = true,
    });
    found
}

fn words(segmenter: &Segmenter, cleaned: &str) -> Vec<String> {
    let mut found = Vec::new();
    segmenter.words(cleaned, &mut |token| {
        if let Token::Word(word) = token {
            found.push(word.to_owned());
        }
    });
    found
}

/// The Latin words that stand right before a bracket, joined by spaces.
pub(super) fn english_before(words: &[String]) -> String {
    let start =
        words.iter().rposition(|word| word.starts_with(is_han)).map_or(0, |place| place + 1);
    words[start..].join(" ")
}

/// Every end of `words` that could be a Chinese term: no stop word, a fit first and last word.
pub(super) fn chinese_readings(words: &[String]) -> Vec<Vec<String>> {
    if !words.last().is_some_and(|word| word.starts_with(is_han)) {
        return Vec::new();
    }
    readings(words, chinese::classify)
}

/// Every end of `words` that could be an English term, folded to the singular.
pub(super) fn english_readings(words: &[String]) -> Vec<Vec<String>> {
    let start =
        words.iter().rposition(|word| word.starts_with(is_han)).map_or(0, |place| place + 1);
    let folded: Vec<String> =
        words[start..].iter().map(|word| english::fold_plural(word).into_owned()).collect();
    readings(&folded, |word| english::classify(word, word))
}

fn readings(words: &[String], class: impl Fn(&str) -> english::WordClass) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if !words.last().is_some_and(|word| class(word).can_end) {
        return found;
    }
    for start in (0..words.len()).rev().take(LONGEST) {
        let first = class(&words[start]);
        if first.is_stop {
            break;
        }
        let reading = &words[start..];
        if first.can_begin && (reading.len() > 1 || first.can_stand_alone) {
            found.push(reading.to_vec());
        }
    }
    found
}

/// The English term that a part of a bracket is, if it could be one.
pub(super) fn english_term(part: &str) -> Option<String> {
    let mut cleaned = String::new();
    english::clean(part, &mut cleaned);
    let mut found = Vec::new();
    let mut breaks = 0;
    english::words(&cleaned, &mut |token| match token {
        Token::Word(word) => found.push(english::fold_plural(word).into_owned()),
        Token::Break => breaks += 1,
    });
    let is_stop = |word: &String| english::classify(word, word).is_stop;
    let whole = breaks == 1 && (1..=LONGEST).contains(&found.len()) && !found.iter().any(is_stop);
    (whole && found.iter().all(|word| word.len() > 1)).then(|| found.join(" "))
}

/// The Chinese term that a part of a bracket is, if it could be one.
pub(super) fn chinese_term(segmenter: &Segmenter, part: &str) -> Option<String> {
    let mut cleaned = String::new();
    chinese::clean(part, &mut cleaned);
    let found = words(segmenter, &cleaned);
    let is_stop = |word: &String| chinese::classify(word).is_stop;
    let whole = !cleaned.contains('|')
        && (1..=LONGEST).contains(&found.len())
        && !found.iter().any(is_stop);
    (whole && cleaned.chars().nth(1).is_some()).then_some(cleaned)
}

/// English words folded to the singular.
pub(super) fn folded(words: &str) -> String {
    words.split(' ').map(english::fold_plural).collect::<Vec<_>>().join(" ")
}
