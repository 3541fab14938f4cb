//! General English: words and forms that name no technology, although they stand in many phrases.
//!
//! The word lists in `general/` were written from knowledge of the language, by category, and corrected after reading
//! results and what readers had called no technology; each file says what belongs in it. What follows from a word's
//! form (endings) is here. Whether a term is shown is decided elsewhere, with counts beside these answers.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::classes::list;

/// Lists whose words name nothing in particular when they stand alone.
const ALONE: [&str; 9] = [
    include_str!("general/abstract.txt"),
    include_str!("general/academic.txt"),
    include_str!("general/measures.txt"),
    include_str!("general/people.txt"),
    include_str!("general/places.txt"),
    include_str!("general/qualities.txt"),
    include_str!("general/society.txt"),
    include_str!("general/things.txt"),
    include_str!("general/bland_modifiers.txt"),
];

type Words = LazyLock<FxHashSet<&'static str>>;

static GENERAL: Words = LazyLock::new(|| ALONE.into_iter().flat_map(list).collect());
static PEOPLE: Words = LazyLock::new(|| set(include_str!("general/people.txt")));
static QUALITIES: Words = LazyLock::new(|| set(include_str!("general/qualities.txt")));
static ACTIONS: Words = LazyLock::new(|| set(include_str!("general/actions.txt")));
static MODIFIERS: Words = LazyLock::new(|| set(include_str!("general/bland_modifiers.txt")));
static HEADS: Words = LazyLock::new(|| set(include_str!("general/bland_heads.txt")));
static NAMELESS: Words = LazyLock::new(|| set(include_str!("general/nameless_heads.txt")));
static EXTENSIONS: Words = LazyLock::new(|| set(include_str!("general/extension_heads.txt")));
static ORDINARY: Words = LazyLock::new(|| set(include_str!("../../data/en_ordinary.txt")));
static NOUNS: Words = LazyLock::new(|| set(include_str!("general/participle_nouns.txt")));

fn set(source: &'static str) -> FxHashSet<&'static str> {
    list(source).collect()
}

/// What the form of a word says about its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing against a noun.
    Open,
    /// It looks like an adjective; only its use can tell (`signal`, `optical`).
    MaybeAdjective,
    /// An adjective, adverb or participle.
    NoNoun,
}

/// Endings of adjectives that some nouns share.
const ADJECTIVE_ENDINGS: [&str; 10] =
    ["al", "ive", "ic", "able", "ible", "ous", "ary", "less", "ful", "wise"];
/// Nouns that end in -ly.
const NOUNS_IN_LY: [&str; 9] = [
    "anomaly",
    "assembly",
    "butterfly",
    "family",
    "homophily",
    "italy",
    "monopoly",
    "reply",
    "supply",
];

/// Words that make an adjective of the noun after them.
const PREFIXES: [&str; 12] =
    ["anti", "four", "inter", "intra", "multi", "non", "one", "post", "pre", "sub", "three", "two"];

/// Returns what the form of a word (lower case, singular) says.
pub fn form(word: &str) -> Form {
    if NOUNS.contains(word) {
        Form::Open
    } else if QUALITIES.contains(word) || is_participle(word) || is_adverb(word) {
        Form::NoNoun
    } else if word.len() >= 6 && ADJECTIVE_ENDINGS.iter().any(|ending| word.ends_with(ending)) {
        Form::MaybeAdjective
    } else {
        Form::Open
    }
}

/// Whether a word ends in -ed like a participle; short words (`led`, `seed`) do not count.
fn is_participle(word: &str) -> bool {
    word.len() >= 5 && word.ends_with("ed") && !word.ends_with("eed")
}

/// Whether a word ends in -ly like an adverb.
pub fn is_adverb(word: &str) -> bool {
    word.len() >= 5 && word.ends_with("ly") && !NOUNS_IN_LY.contains(&word)
}

/// Returns whether a word belongs to general English, so that it names no technology alone.
///
/// Besides the listed words, listed verbs and their -ing forms, these are qualities and scholars by ending, and symbols
/// (`t2`, `h2`).
pub fn is_general(word: &str) -> bool {
    GENERAL.contains(word)
        || ACTIONS.contains(word)
        || HEADS.contains(word)
        || GENERAL_ENDINGS.iter().any(|ending| word.ends_with(ending))
        || is_listed_gerund(word)
        || is_symbol(word)
}

/// Returns whether a word is an ordinary English noun for something that nobody made (`oxide`, `texture`, `therapy`) or
/// for a whole class of things (`vehicle`), the -ing form of an everyday verb, or an adjective or adverb
/// (`informative`, `beneath`). Alone it is a subject of research, not the name of a technology.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

/// Whether a word is one letter and one digit: a variable, a molecule, a relaxation time.
fn is_symbol(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second]
        if first.is_ascii_lowercase() && second.is_ascii_digit())
}

/// Endings of qualities (`scalability`, `awareness`) and of scholars (`biologist`).
const GENERAL_ENDINGS: [&str; 5] = ["ability", "ibility", "ness", "ologist", "scientist"];

/// Whether a word is the -ing form of a verb in `actions.txt`: `managing`, `planning`, `making`, `tying`.
fn is_listed_gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else { return false };
    let bytes = stem.as_bytes();
    let is_doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    ACTIONS.contains(stem)
        || ACTIONS.contains(format!("{stem}e").as_str())
        || (is_doubled && ACTIONS.contains(&stem[..stem.len() - 1]))
        || stem
            .strip_suffix('y')
            .is_some_and(|short| ACTIONS.contains(format!("{short}ie").as_str()))
}

/// Returns whether a phrase of two or more words says nothing in particular.
///
/// That is so when (a) every word is bland (`high resolution`, `field of view`), but for words at the end that add
/// nothing (`learning based approach`), (b) a bland modifier stands before one general word (`low energy`) or `of`
/// between two (`figure of merit`), (c) its last word names people (`service provider`), or (d) two words end in a
/// question, circumstance, measure, state or part in mathematics (`control problem`), or begin with a prefix that makes
/// an adjective of the other (`multi robot`).
pub fn is_bland_phrase(words: &[&str]) -> bool {
    let bland = |word: &&str| {
        *word == "of" || MODIFIERS.contains(word) || HEADS.contains(word) || is_adverb(word)
    };
    let name = &words[..words.len() - extension_length(words)];
    match words {
        [] | [_] => false,
        [first, last] if MODIFIERS.contains(first) && is_general(last) => true,
        [first, last] if NAMELESS.contains(last) || PREFIXES.contains(first) => true,
        [first, "of", last] if is_general(first) && is_general(last) => true,
        [.., last] => PEOPLE.contains(last) || name.iter().all(bland),
    }
}

/// Returns how many words at the end of a phrase add nothing to what stands before: 2 in `deep learning based
/// approach`. At least one word is left.
pub fn extension_length(words: &[&str]) -> usize {
    let tail = words.iter().rev().take_while(|word| EXTENSIONS.contains(*word)).count();
    tail.min(words.len().saturating_sub(1))
}

/// Returns whether a word names an action by its ending (`storage`, `detection`, `learning`): a phrase that ends in it
/// is whole, even when another word often follows.
pub fn is_action(word: &str) -> bool {
    is_activity(word)
        || (word.len() >= 6
            && ["tion", "sion", "ment", "age"].iter().any(|end| word.ends_with(end)))
}

/// Returns whether a word names an activity by its ending, so that a phrase that ends in it is a technique by itself
/// (`machine learning`, `image processing`) and needs no `method` after it.
pub fn is_activity(word: &str) -> bool {
    word.len() >= 6 && word.ends_with("ing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let last = words[words.len() - 1];
        let mut found = Vec::new();
        if words.len() == 1 && is_general(last) {
            found.push("general");
        }
        if is_bland_phrase(&words) {
            found.push("bland");
        }
        match form(last) {
            Form::Open => {}
            Form::MaybeAdjective => found.push("maybe adjective"),
            Form::NoNoun => found.push("no noun"),
        }
        assert_eq!(found.join(", "), expected, "{text}");
    }

    #[test]
    fn general_words_are_told_from_names() {
        for (text, expected) in [
            ("expert", "general"),
            ("city", "general"),
            ("toolkit", "general"),
            ("scalability", "general"),
            ("awareness", "general"),
            ("biologist", "general"),
            ("prolong", "general"),
            ("recognizing", "general"),
            ("planning", "general"),
            ("making", "general"),
            ("tying", "general"),
            ("scalable", "general, no noun"),
            ("t2", "general"),
            ("camera", ""),
            ("blockchain", ""),
            ("routing", ""),
            ("networking", ""),
            ("5g", ""),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn phrases_without_a_name_are_told() {
        for (text, expected) in [
            ("high resolution", "bland"),
            ("multi layer", "bland"),
            ("multi robot", "bland"),
            ("learning framework", "bland"),
            ("learning based approach", "bland"),
            ("proof of concept", "bland"),
            ("low energy", "bland"),
            ("figure of merit", "bland"),
            ("denial of service", ""),
            ("service provider", "bland"),
            ("control problem", "bland"),
            ("machine learning", ""),
            ("deep learning", ""),
            ("big data", ""),
            ("super resolution", ""),
            ("multi task learning", ""),
            ("independent component analysis", ""),
            ("small cell", ""),
            ("time series", "bland"),
            ("resting state", "bland"),
            ("x-ray image", "bland"),
            ("x-ray imaging", ""),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn words_that_are_no_noun_are_told_by_form() {
        for (text, expected) in [
            ("fully integrated", "no noun"),
            ("temperature dependent", "no noun"),
            ("non invasive", "bland, no noun"),
            ("software defined", "no noun"),
            ("near optical", "maybe adjective"),
            ("traffic signal", ""),
            ("mid infrared", ""),
            ("blue led", ""),
            ("gene assembly", ""),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn words_that_add_nothing_are_counted() {
        for (text, expected) in [
            ("deep learning approach", 1),
            ("deep learning based approach", 2),
            ("neural network", 0),
            ("method", 0),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(extension_length(&words), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_nouns_are_told_from_made_things_and_new_words() {
        for (word, expected) in [
            ("oxide", true),
            ("sparsity", true),
            ("therapy", true),
            ("reasoning", true),
            ("metabolism", true),
            ("vehicle", true),
            ("beneath", true),
            ("navigation", false),
            ("camera", false),
            ("laser", false),
            ("microscopy", false),
            ("memristor", false),
            ("5g", false),
        ] {
            assert_eq!(is_ordinary(word), expected, "{word}");
        }
    }

    #[test]
    fn activities_are_told_by_ending() {
        for (word, expected) in
            [("learning", true), ("processing", true), ("element", false), ("ring", false)]
        {
            assert_eq!(is_activity(word), expected, "{word}");
        }
    }

    #[test]
    fn lists_are_in_order_and_in_the_form_of_terms() {
        for source in ALONE.into_iter().chain([
            include_str!("general/actions.txt"),
            include_str!("general/bland_heads.txt"),
            include_str!("general/nameless_heads.txt"),
            include_str!("general/extension_heads.txt"),
            include_str!("general/participle_nouns.txt"),
            include_str!("../../data/en_ordinary.txt"),
        ]) {
            let words: Vec<&str> = list(source).collect();
            let unordered = words.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(unordered, None);
            for word in words {
                assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
            }
        }
    }
}
