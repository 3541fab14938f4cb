//! Brings Chinese text (with the Latin words in it) to one written form.
//!
//! Full-width forms become half-width, compatibility characters their plain form (NFKC), traditional characters
//! simplified ones; Latin words are cleaned by the rules of [`crate::english`]. The result holds only Han characters,
//! lower-case ASCII words and breaks (`|`), so cleaning it again changes nothing.

use std::borrow::Cow;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization as _;

use super::script::{has_compatibility_form, is_han};
use crate::Token;

/// Characters that have a simplified form but are also written in simplified text (乾坤, 宫商角徵羽): seeing one does
/// not show that a text is traditional. They are the characters of GB 2312 among those that the converter changes,
/// and 苧, which is itself the simplified form of another.
const ALSO_SIMPLIFIED: &str = "乾吒夥後徵捱摺於榘甯菸薹醣麴麽苧";

/// The last character that the traditional table covers; rarer ones are left as they are.
const LAST_COVERED: u32 = 0x9fff;
const FIRST_COVERED: u32 = 0x3400;

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(|| {
    OpenCC::from_config(BuiltinConfig::T2s).expect("the table is part of the library")
});

/// For each character from [`FIRST_COVERED`] on, whether it is written in traditional text only.
static TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let is_traditional = |code: u32| {
        char::from_u32(code).is_some_and(|character| {
            let written = character.to_string();
            !ALSO_SIMPLIFIED.contains(character) && CONVERTER.convert(&written) != written
        })
    };
    (FIRST_COVERED..=LAST_COVERED).map(is_traditional).collect()
});

/// Writes the cleaned form of `text` to `output` (which is cleared first).
///
/// Punctuation becomes a break (`|`), and so does a space or line end between two Han characters; a hyphen between
/// two Han characters is passed over; words in Latin letters keep one space between them. No space is left between a
/// Han character and a Latin word: `基于 LLM 的具身智能` → `基于llm的具身智能`.
pub fn clean(text: &str, output: &mut String) {
    output.clear();
    output.reserve(text.len());
    let text = plain(text);
    let mut writer = Writer { output, gap: Gap::None, last: Last::Nothing, buffer: String::new() };
    let mut rest = text.as_ref();
    while !rest.is_empty() {
        let han_end = rest.find(|character| !is_han(character)).unwrap_or(rest.len());
        writer.push_han(&rest[..han_end]);
        rest = &rest[han_end..];
        let other_end = rest.find(is_han).unwrap_or(rest.len());
        writer.push_other(&rest[..other_end]);
        rest = &rest[other_end..];
    }
}

/// Replaces compatibility characters that give Han characters, and traditional characters, where the text has any.
fn plain(text: &str) -> Cow<'_, str> {
    let table = TRADITIONAL.as_slice();
    let is_traditional = |character: char| {
        (character as u32)
            .checked_sub(FIRST_COVERED)
            .and_then(|place| table.get(place as usize))
            .is_some_and(|traditional| *traditional)
    };
    // Nearly every text is plain already; one pass tells.
    let is_other = |character| is_traditional(character) || has_compatibility_form(character);
    if !text.chars().any(is_other) {
        return Cow::Borrowed(text);
    }
    let text: Cow<'_, str> =
        if text.chars().any(has_compatibility_form) { text.nfkc().collect() } else { text.into() };
    if text.chars().any(is_traditional) { CONVERTER.convert(&text).into() } else { text }
}

/// What stands between the last thing written and the next, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Break,
}

/// What was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Han,
    Latin,
}

struct Writer<'a> {
    output: &'a mut String,
    gap: Gap,
    last: Last,
    buffer: String,
}

impl Writer<'_> {
    fn push_han(&mut self, run: &str) {
        if run.is_empty() {
            return;
        }
        let parted = self.gap == Gap::Break || (self.gap == Gap::Space && self.last == Last::Han);
        if parted && self.last != Last::Nothing {
            self.output.push('|');
        }
        self.output.push_str(run);
        self.gap = Gap::None;
        self.last = Last::Han;
    }

    /// Writes the Latin words of a run without Han characters and keeps the gap that its end leaves.
    fn push_other(&mut self, run: &str) {
        match bare_gap(run) {
            Some(gap) => self.widen(gap),
            None => self.push_latin(run),
        }
    }

    fn push_latin(&mut self, run: &str) {
        let leading = run.len() - run.trim_start().len();
        let trailing = run.trim_end().len();
        if run[..leading].contains('\n') && self.last == Last::Han {
            self.widen(Gap::Break);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        crate::english::clean(run, &mut buffer);
        let mut pending = false;
        crate::english::words(&buffer, &mut |token| {
            // The break that ends every text is not one of this run.
            if std::mem::take(&mut pending) {
                self.widen(Gap::Break);
            }
            match token {
                Token::Word(word) => self.push_word(word),
                Token::Break => pending = true,
            }
        });
        self.buffer = buffer;
        if run[trailing..].contains('\n') {
            self.widen(Gap::Break);
        }
    }

    fn push_word(&mut self, word: &str) {
        if self.gap == Gap::Break && self.last != Last::Nothing {
            self.output.push('|');
        } else if self.last == Last::Latin {
            self.output.push(' ');
        }
        self.output.push_str(word);
        self.gap = Gap::None;
        self.last = Last::Latin;
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }
}

/// The gap that a run of nothing but spaces or common punctuation leaves; `None` where the run may hold a word.
fn bare_gap(run: &str) -> Option<Gap> {
    let mut gap = Gap::None;
    for character in run.chars() {
        gap = gap.max(match character {
            '-' | '\u{2010}' | '\u{2011}' | '\u{200b}'..='\u{200d}' | '\u{ad}' | '\u{feff}' => {
                Gap::None
            }
            '\n' | '\r' => Gap::Break,
            '$' | '\\' | '{' | '}' => return None,
            _ if character.is_whitespace() => Gap::Space,
            _ if character.is_ascii_alphanumeric() => return None,
            '\u{21}'..='\u{7e}'
            | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff1f}'
            | '·'
            | '\u{2013}'..='\u{2027}' => Gap::Break,
            _ => return None,
        });
    }
    Some(gap)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cleaned(text: &str) -> String {
        let mut output = String::new();
        clean(text, &mut output);
        output
    }

    #[test]
    fn text_is_brought_to_one_form() {
        for (text, expected) in [
            ("基于 LLM 的具身智能", "基于llm的具身智能"),
            ("ＡＩ（人工智能）与５Ｇ", "ai|人工智能|与5g"),
            ("低空經濟與腦機接口", "低空经济与脑机接口"),
            ("冷凍乾燥技術", "冷冻干燥技术"),
            ("乾坤、著作权、显著", "乾坤|著作权|显著"),
            ("产-学-研 合作", "产学研|合作"),
            ("第一行\n第二行", "第一行|第二行"),
            ("深度学习\nDeep Learning\n模型", "深度学习|deep learning|模型"),
            ("deep\nlearning, fast", "deep learning|fast"),
            ("采用$n^2$算法，见https://a.b/c?d。完", "采用|算法|见|完"),
            (r#"Schr\"odinger方程"#, "schrodinger方程"),
            ("速度为3.5 GHz", "速度为3|5 ghz"),
            ("㈱光子⾦属", "株|光子金属"),
            ("。。", ""),
            ("", ""),
        ] {
            assert_eq!(cleaned(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in r"[\PC\n]{0,40}") {
            let once = cleaned(&text);
            prop_assert_eq!(cleaned(&once), once);
        }

        #[test]
        fn cleaning_mixed_text_twice_is_cleaning_once(text in "[一-\u{9fff}乾後縣徵豈-\u{fad9}\u{2e80}-\u{2fd5}a-zA-Z0-9 ，。.$\\\\{}\n-]{0,30}") {
            let once = cleaned(&text);
            prop_assert_eq!(cleaned(&once), once);
        }

        #[test]
        fn only_han_ascii_words_and_breaks_are_left(text in r"[\PC\n]{0,40}") {
            let plain = |character: char| {
                is_han(character) || matches!(character, 'a'..='z' | '0'..='9' | ' ' | '|')
            };
            let once = cleaned(&text);
            prop_assert!(once.chars().all(plain), "{}", once);
        }
    }
}
