//! What a Chinese word may do in a phrase: end it, stand inside it, begin or close it, stand alone.
//!
//! The lists are data (`data/zh_*.txt`) and the project's own. They hold what no count can tell; which of the other
//! words are technologies is decided by figures, not by lists.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::script::is_han;
use crate::english::{self, WordClass};

/// Characters that write numbers; a word of nothing else (`第一`, `三千`, `十五五`) is a number.
const NUMBER_CHARACTERS: &str = "〇一二两三四五六七八九十百千万亿第几";

static TABLE: LazyLock<FxHashMap<&'static str, WordClass>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, WordClass> = FxHashMap::default();
    for word in list(include_str!("../../data/zh_inside.txt")) {
        table.insert(word, WordClass { can_stand_alone: false, ..WordClass::FREE });
    }
    for word in list(include_str!("../../data/zh_never_first.txt")) {
        let class = table.entry(word).or_insert(WordClass::FREE);
        *class = WordClass { can_begin: false, can_stand_alone: false, ..*class };
    }
    for word in list(include_str!("../../data/zh_never_last.txt")) {
        let class = table.entry(word).or_insert(WordClass::FREE);
        *class = WordClass { can_end: false, can_stand_alone: false, ..*class };
    }
    for word in list(include_str!("../../data/zh_stop.txt")) {
        table.insert(word, WordClass::STOP);
    }
    table
});

/// Returns the class of a word from [`super::Segmenter::words`].
///
/// Numbers are stop words, a single Han character does not stand alone, and Latin words are classed by the English
/// rules.
pub fn classify(word: &str) -> WordClass {
    let mut characters = word.chars();
    let Some(first) = characters.next() else { return WordClass::STOP };
    if !is_han(first) {
        return english::classify(word, &english::fold_plural(word));
    }
    let mut class = TABLE.get(word).copied().unwrap_or(WordClass::FREE);
    if characters.next().is_none() {
        class.can_stand_alone = false;
    }
    if word.chars().all(|character| NUMBER_CHARACTERS.contains(character)) {
        class = WordClass::STOP;
    }
    class
}

/// The words of a list file: parted by spaces or line ends, `#` begins a comment line.
fn list(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let class = classify(word);
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
            ("的", "s"),
            ("基于", "s"),
            ("结果表明", "s"),
            ("三千", "s"),
            ("第二", "s"),
            ("技术", "be"),
            ("方法", "e"),
            ("大型", "b"),
            ("脑", "be"),
            ("具身智能", "abe"),
            ("blockchain", "abe"),
            ("5g", "abe"),
            ("2019", "s"),
            ("the", "s"),
            ("", "s"),
        ] {
            check(word, expected);
        }
    }

    #[test]
    fn the_lists_say_nothing_twice() {
        for (name, source) in [
            ("stop", include_str!("../../data/zh_stop.txt")),
            ("inside", include_str!("../../data/zh_inside.txt")),
            ("never first", include_str!("../../data/zh_never_first.txt")),
            ("never last", include_str!("../../data/zh_never_last.txt")),
        ] {
            let mut words: Vec<&str> = list(source).collect();
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "a word stands twice in the list `{name}`");
        }
    }

    #[test]
    fn no_word_is_both_banned_everywhere_and_given_a_part() {
        for word in list(include_str!("../../data/zh_inside.txt"))
            .chain(list(include_str!("../../data/zh_never_first.txt")))
            .chain(list(include_str!("../../data/zh_never_last.txt")))
        {
            assert!(!classify(word).is_stop, "{word} is also a stop word");
        }
    }
}
