//! What a word may do in a phrase: end it, stand inside it, begin or close it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The part that a word may play in a phrase.
#[expect(clippy::struct_excessive_bools, reason = "four independent answers, read one by one")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordClass {
    /// The word is never part of a phrase.
    pub is_stop: bool,
    /// The word may stand alone as a term.
    pub can_stand_alone: bool,
    /// The word may be the first of a phrase.
    pub can_begin: bool,
    /// The word may be the last of a phrase.
    pub can_end: bool,
}

impl WordClass {
    /// A word that may do everything.
    pub const FREE: Self =
        Self { is_stop: false, can_stand_alone: true, can_begin: true, can_end: true };
    /// A word that no phrase contains.
    pub const STOP: Self =
        Self { is_stop: true, can_stand_alone: false, can_begin: false, can_end: false };
    /// `of`: only between two other words.
    pub const LINK: Self =
        Self { is_stop: false, can_stand_alone: false, can_begin: false, can_end: false };
}

static TABLE: LazyLock<FxHashMap<&'static str, WordClass>> = LazyLock::new(|| {
    let never_first = || list(include_str!("../../data/en_never_first.txt"));
    let never_last = || list(include_str!("../../data/en_never_last.txt"));
    let inside = || list(include_str!("../../data/en_inside.txt"));
    let first: FxHashSet<_> = never_first().collect();
    let last: FxHashSet<_> = never_last().collect();
    let within: FxHashSet<_> = inside().collect();
    let mut table = FxHashMap::default();
    for word in never_first().chain(never_last()).chain(inside()) {
        let (can_begin, can_end) = (!first.contains(word), !last.contains(word));
        let can_stand_alone = can_begin && can_end && !within.contains(word);
        table.insert(word, WordClass { is_stop: false, can_stand_alone, can_begin, can_end });
    }
    for word in list(include_str!("../../data/en_stop.txt")) {
        table.insert(word, WordClass::STOP);
    }
    table.insert("of", WordClass::LINK);
    table
});

/// Returns the class of an English word.
///
/// `raw` is the word as written (lower case), `folded` the same after [`super::fold_plural`]; a word is a stop word
/// when either form is one. A word without a letter is always a stop word, and a word of fewer than three letters
/// does not stand alone unless it holds a digit (`5g`).
pub fn classify(raw: &str, folded: &str) -> WordClass {
    let listed = TABLE.get(raw).or_else(|| TABLE.get(folded)).copied();
    let has_digit = folded.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = folded.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !has_letter {
        return WordClass::STOP;
    }
    let mut class = listed.unwrap_or(WordClass::FREE);
    class.can_stand_alone &= folded.len() >= 3 || has_digit;
    class
}

/// The words of a list file, between spaces or line ends; a line with `#` in front is a comment.
pub(crate) fn list(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let class = classify(word, &crate::english::fold_plural(word));
        let marks: String = [
            (class.is_stop, 's'),
            (class.can_stand_alone, 'a'),
            (class.can_begin, 'b'),
            (class.can_end, 'e'),
        ]
        .iter()
        .filter_map(|(holds, mark)| holds.then_some(*mark))
        .collect();
        assert_eq!(marks, expected, "{word}");
    }

    #[test]
    fn words_play_the_part_of_their_list() {
        for (word, expected) in [
            ("the", "s"),
            ("proposed", "s"),
            ("results", "s"),
            ("of", ""),
            ("networks", "be"),
            ("driven", ""),
            ("large", "b"),
            ("methods", "e"),
            ("blockchain", "abe"),
            ("5g", "abe"),
            ("qd", "be"),
            ("2019", "s"),
        ] {
            check(word, expected);
        }
    }
}
