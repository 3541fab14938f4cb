//! Terms that another term stands for: doubles in the same documents, and names with nothing but general words added.
//!
//! Both look at terms that pass the filters alone, so that figures reduced to passing terms give the same answer.

use std::collections::BTreeMap;

use linghang_text::english::general::{extension_length, is_activity};
use rustc_hash::FxHashMap;

use super::Rejection;
use crate::figures::{Figures, TermFigures};
use crate::params::ScanParams;

/// Finds candidates that only add general words to a phrase: `deep learning based approach`.
///
/// The phrase is another candidate with far more documents, which is given; or it names an activity (`machine
/// learning`), which needs no general word to be a technique, whether or not it is a candidate. A term with at least
/// `extension_share` of the phrase's documents is a name of its own: `finite element method`.
pub(super) fn extensions(
    figures: &Figures,
    candidates: &[u32],
    params: &ScanParams,
) -> BTreeMap<u32, Option<u32>> {
    let documents = |index: u32| f64::from(figures.terms[index as usize].window_documents());
    let find = |text: &str| {
        let place = figures.terms.binary_search_by(|term| term.text.as_str().cmp(text)).ok()?;
        candidates.binary_search(&(place as u32)).is_ok().then_some(place as u32)
    };
    let answer = |index: u32| -> Option<Option<u32>> {
        let text = &figures.terms[index as usize].text;
        let words: Vec<&str> = text.split(' ').collect();
        let name = &words[..words.len() - extension_length(&words)];
        if name.len() < 2 || name.len() == words.len() || params.always_kept.contains(text) {
            return None;
        }
        match find(&name.join(" ")) {
            Some(found) => (documents(index) < params.extension_share * documents(found))
                .then_some(Some(found)),
            None => is_activity(name[name.len() - 1]).then_some(None),
        }
    };
    candidates.iter().filter_map(|index| Some((*index, answer(*index)?))).collect()
}

/// Finds terms that stand in the same documents as a commoner, or else longer, one.
pub(super) fn duplicates(
    figures: &Figures,
    rejected: &BTreeMap<u32, Rejection>,
    params: &ScanParams,
) -> BTreeMap<u32, u32> {
    let held: Vec<u32> = figures.terms.iter().map(TermFigures::window_documents).collect();
    let documents = |index: u32| held[index as usize];
    let is_kept = |index: u32| params.always_kept.contains(&figures.terms[index as usize].text);
    let mut twins: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let is_free = |index: u32| !rejected.contains_key(&index);
    for pair in &figures.pairs {
        let union = documents(pair.a) + documents(pair.b) - pair.documents;
        if f64::from(pair.documents) >= params.duplicate_overlap * f64::from(union)
            && is_free(pair.a)
            && is_free(pair.b)
        {
            twins.entry(pair.a).or_default().push(pair.b);
            twins.entry(pair.b).or_default().push(pair.a);
        }
    }
    let mut order: Vec<u32> = twins.keys().copied().collect();
    order.sort_unstable_by_key(|index| {
        let term = &figures.terms[*index as usize];
        (std::cmp::Reverse((documents(*index), term.words, term.text.len())), *index)
    });
    let mut stands_for = BTreeMap::new();
    for keeper in order {
        if !stands_for.contains_key(&keeper) {
            for twin in &twins[&keeper] {
                if documents(*twin) <= documents(keeper) && !is_kept(*twin) {
                    stands_for.entry(*twin).or_insert(keeper);
                }
            }
        }
    }
    stands_for
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Pair;

    /// Figures of terms with their documents in the last half-year; `both` are documents of the first two terms.
    fn figures(terms: &[(&str, u32)], both: u32) -> Figures {
        let mut terms: Vec<TermFigures> = terms
            .iter()
            .map(|(text, documents)| TermFigures {
                text: (*text).to_owned(),
                words: text.split(' ').count() as u8,
                halves: vec![*documents],
                ..TermFigures::default()
            })
            .collect();
        terms.sort_by(|a, b| a.text.cmp(&b.text));
        Figures {
            corpus: "one".to_owned(),
            size: crate::params::CorpusSize::Category,
            cut: linghang_core::HalfYear(4_000),
            kinds: Vec::new(),
            documents: vec![1_000],
            background_documents: Vec::new(),
            fields: Vec::new(),
            terms,
            pairs: vec![Pair { a: 0, b: 1, documents: both }],
            rejected: BTreeMap::new(),
            glosses: Vec::new(),
        }
    }

    fn check_extension(terms: &[(&str, u32)], expected: &[(&str, Option<&str>)]) {
        let figures = figures(terms, 0);
        let all: Vec<u32> = (0..figures.terms.len() as u32).collect();
        let text = |index: u32| figures.terms[index as usize].text.as_str();
        let found: Vec<(&str, Option<&str>)> = extensions(&figures, &all, &ScanParams::default())
            .into_iter()
            .map(|(index, name)| (text(index), name.map(text)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn general_words_after_a_name_make_no_second_term() {
        for (terms, expected) in [
            (
                &[("deep learning", 100), ("deep learning based approach", 9)][..],
                &[("deep learning based approach", Some("deep learning"))][..],
            ),
            (&[("finite element", 30), ("finite element method", 20)], &[]),
            (&[("machine learning method", 20)], &[("machine learning method", None)]),
            (&[("level set method", 20)], &[]),
            (&[("kernel", 90), ("kernel method", 20)], &[]),
        ] {
            check_extension(terms, expected);
        }
    }

    #[test]
    fn terms_in_the_same_documents_are_one_unless_an_expert_keeps_both() {
        for (kept, expected) in [(&[][..], Some((0, 1))), (&["aaa"][..], None)] {
            let params = ScanParams {
                always_kept: kept.iter().map(|term| (*term).to_owned()).collect(),
                ..ScanParams::default()
            };
            let figures = figures(&[("aaa", 20), ("bbb", 25)], 18);
            let found = duplicates(&figures, &BTreeMap::new(), &params);
            assert_eq!(found.into_iter().next(), expected, "{kept:?}");
        }
    }
}
