//! Terms that the language shows to name no technology: general words, general phrases, phrases without a noun.
//!
//! Each answer needs the term's own words and counts only, so that it holds for figures reduced to passing terms. The
//! word lists are in [`linghang_text::english::general`]; Chinese terms are not judged here.

use linghang_text::english::general::{
    Form, form, is_action, is_adverb, is_bland_phrase, is_general, is_ordinary,
};

use super::Rejection;
use crate::figures::TermFigures;
use crate::params::ScanParams;

/// Returns why a term is no name, if it is none.
pub(super) fn no_name(term: &TermFigures, params: &ScanParams) -> Option<Rejection> {
    if params.always_kept.contains(&term.text) || !term.text.is_ascii() {
        return None;
    }
    let words: Vec<&str> = term.text.split(' ').collect();
    if words.len() == 1 && (is_general(words[0]) || is_ordinary(words[0])) {
        Some(Rejection::GeneralWord)
    } else if is_bland_phrase(&words) {
        Some(Rejection::GeneralPhrase)
    } else if lacks_noun(&words, term.head_share(), params) {
        Some(Rejection::NoNoun)
    } else if is_branch(term, params) || is_unfinished(term, &words, params) {
        Some(Rejection::Fragment)
    } else {
        None
    }
}

/// Whether a term is mostly part of one longer phrase.
///
/// A state knows all phrases with at least [`ScanParams::state_minimum`] documents; with fewer, later documents can
/// bring one in. Asking for that many keeps later documents from changing the answer.
fn is_branch(term: &TermFigures, params: &ScanParams) -> bool {
    term.container_documents >= params.state_minimum()
        && f64::from(term.container_documents)
            >= params.branch_share * f64::from(term.window_documents())
}

/// Whether a phrase mostly goes on: `atomic layer` is said of deposition, etching and epitaxy.
///
/// A phrase that ends in an action is whole without the word after it: `intrusion detection system`.
fn is_unfinished(term: &TermFigures, words: &[&str], params: &ScanParams) -> bool {
    words.len() > 1
        && !words.last().is_some_and(|last| is_action(last))
        && term.continued_sum > 0
        && f64::from(term.continued_sum)
            >= params.continued_share * f64::from(term.window_documents())
}

/// Whether a term ends in a word that is no noun, or consists of an adverb and one more word.
///
/// Endings such as -al and -ive are shared by nouns and adjectives: `signal` ends phrases, `optical` seldom does.
fn lacks_noun(words: &[&str], head_share: f64, params: &ScanParams) -> bool {
    let Some(last) = words.last() else { return false };
    match form(last) {
        Form::NoNoun => true,
        Form::MaybeAdjective => head_share < params.head_share_adjective,
        Form::Open => words.len() == 2 && is_adverb(words[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, head_share: f64, expected: Option<Rejection>) {
        let term = TermFigures {
            text: text.to_owned(),
            words: text.split(' ').count() as u8,
            last_word_occurrences: 100,
            last_word_heads: (head_share * 100.0) as u32,
            ..TermFigures::default()
        };
        assert_eq!(no_name(&term, &ScanParams::default()), expected, "{text}");
    }

    #[test]
    fn fragments_are_told_only_by_phrases_that_every_state_knows() {
        for (documents, container, expected) in
            [(10, 7, Some(Rejection::Fragment)), (10, 6, None), (8, 6, None)]
        {
            let term = TermFigures {
                text: "term memory".to_owned(),
                words: 2,
                halves: vec![documents],
                container_documents: container,
                ..TermFigures::default()
            };
            assert_eq!(no_name(&term, &ScanParams::default()), expected, "{container}/{documents}");
        }
    }

    #[test]
    fn phrases_that_mostly_go_on_are_fragments_unless_they_end_in_an_action() {
        for (text, continued, expected) in [
            ("brackish layer", 10, true),
            ("brackish layer", 9, false),
            ("brackish detection", 18, false),
            ("brackish storage", 18, false),
            ("layer", 18, false),
        ] {
            let term = TermFigures {
                text: text.to_owned(),
                halves: vec![20],
                last_word_occurrences: 1,
                last_word_heads: 1,
                continued_sum: continued,
                ..TermFigures::default()
            };
            let is_fragment = no_name(&term, &ScanParams::default()) == Some(Rejection::Fragment);
            assert_eq!(is_fragment, expected, "{text}, {continued} of 20");
        }
    }

    #[test]
    fn an_expert_overrides_the_language() {
        let term = TermFigures { text: "expert".to_owned(), words: 1, ..TermFigures::default() };
        let always_kept = std::iter::once("expert".to_owned()).collect();
        let params = ScanParams { always_kept, ..ScanParams::default() };
        assert_eq!(no_name(&term, &params), None);
    }

    #[test]
    fn names_pass_and_ways_of_speaking_do_not() {
        for (text, head_share, expected) in [
            ("blockchain", 0.9, None),
            ("expert", 0.9, Some(Rejection::GeneralWord)),
            ("oxide", 0.9, Some(Rejection::GeneralWord)),
            ("oxide transistor", 0.9, None),
            ("multi layer", 0.9, Some(Rejection::GeneralPhrase)),
            ("fully integrated", 0.9, Some(Rejection::NoNoun)),
            ("fully photonics", 0.9, Some(Rejection::NoNoun)),
            ("fully homomorphic encryption", 0.9, None),
            ("traffic signal", 0.65, None),
            ("near optical", 0.15, Some(Rejection::NoNoun)),
            ("具身智能", 0.0, None),
        ] {
            check(text, head_share, expected);
        }
    }
}
