//! Topics keep their ids from run to run, and what became of each topic is told.
//!
//! Matching is by the weighted Jaccard index of their terms; changes follow the idea of MONIC (Spiliopoulou and others
//! 2006): what counts is where the weight of an old cluster went and where that of a new one came from.
//!
//! # Invariants
//!
//! - An id is never given to two topics of one run, and a new topic never takes the id of a remembered one.
//! - Every remembered and every new topic is named in at least one change.
//!
//! Not here: where the memory is kept between runs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::result::TopicChange;

/// Topics at least this alike are the same topic.
const MIN_SIMILARITY: f64 = 0.5;
/// A part counts as heir or source when it holds at least this share of the weight.
const MIN_PART: f64 = 0.25;
/// Number of leading terms from which a new id is made.
const ID_TERMS: usize = 5;

/// A topic as the next run needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedTopic {
    /// Its id.
    pub id: String,
    /// Its terms with their documents in the window (R), in any order.
    pub terms: Vec<(String, u32)>,
}

/// Ids for the topics of this run, and the changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// One id a topic, in the order of the topics.
    pub ids: Vec<String>,
    /// What happened, by kind (`birth`, `death`, `kept`, `merge`, `split`), then by ids.
    pub changes: Vec<TopicChange>,
}

/// Gives each topic its old id where it has one, else a new one, and tells what became of the remembered topics.
///
/// `now` holds for each topic its terms with R.
pub fn keep_identities(previous: &[RememberedTopic], now: &[Vec<(String, u32)>]) -> Identified {
    let previous_terms: Vec<Vec<(String, u32)>> =
        previous.iter().map(|topic| sorted(&topic.terms)).collect();
    let now_terms: Vec<Vec<(String, u32)>> = now.iter().map(|terms| sorted(terms)).collect();
    let matches = match_topics(previous, &previous_terms, &now_terms);
    let mut used: BTreeSet<String> = previous.iter().map(|topic| topic.id.clone()).collect();
    let mut ids: Vec<Option<String>> =
        matches.iter().map(|found| found.map(|old| previous[old].id.clone())).collect();
    // New ids are given in the order of terms, so that the order of topics does not decide a collision.
    let mut new_topics: Vec<usize> = (0..now.len()).filter(|&topic| ids[topic].is_none()).collect();
    new_topics.sort_by_key(|&topic| &now_terms[topic]);
    for topic in new_topics {
        ids[topic] = Some(new_id(&now_terms[topic], &mut used));
    }
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let changes = changes(previous, &previous_terms, &now_terms, &ids, &matches);
    Identified { ids, changes }
}

/// Weighted Jaccard index of two lists of terms with documents: weight of the common terms over weight of all.
///
/// A term weighs its larger number of documents. Two empty lists have nothing in common.
pub fn weighted_jaccard(one: &[(String, u32)], other: &[(String, u32)]) -> f64 {
    let (one, other) = (sorted(one), sorted(other));
    jaccard_of_sorted(&one, &other)
}

fn jaccard_of_sorted(one: &[(String, u32)], other: &[(String, u32)]) -> f64 {
    let total = |terms: &[(String, u32)]| terms.iter().map(|term| u64::from(term.1)).sum::<u64>();
    let (mut common, mut common_in_both) = (0, 0);
    for (a, b) in common_terms(one, other) {
        common += u64::from(a.max(b));
        common_in_both += u64::from(a) + u64::from(b);
    }
    match total(one) + total(other) - common_in_both + common {
        0 => 0.0,
        all => common as f64 / all as f64,
    }
}

/// Documents in both lists for each term that both have.
fn common_terms<'a>(
    one: &'a [(String, u32)],
    other: &'a [(String, u32)],
) -> impl Iterator<Item = (u32, u32)> + 'a {
    one.iter().filter_map(|(text, count)| {
        let index = other.binary_search_by(|term| term.0.cmp(text)).ok()?;
        Some((*count, other[index].1))
    })
}

fn sorted(terms: &[(String, u32)]) -> Vec<(String, u32)> {
    let mut terms = terms.to_vec();
    terms.sort();
    terms.dedup_by(|next, kept| next.0 == kept.0);
    terms
}

/// Finds for each new topic its old one: most alike first, each used once.
fn match_topics(
    previous: &[RememberedTopic],
    previous_terms: &[Vec<(String, u32)>],
    now_terms: &[Vec<(String, u32)>],
) -> Vec<Option<usize>> {
    let mut likeness = Vec::new();
    for (old, old_terms) in previous_terms.iter().enumerate() {
        for (new, new_terms) in now_terms.iter().enumerate() {
            let similarity = jaccard_of_sorted(old_terms, new_terms);
            if similarity >= MIN_SIMILARITY {
                likeness.push((similarity, old, new));
            }
        }
    }
    likeness.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| previous[a.1].id.cmp(&previous[b.1].id))
            .then_with(|| now_terms[a.2].cmp(&now_terms[b.2]))
    });
    let mut matches = vec![None; now_terms.len()];
    let mut is_taken = vec![false; previous.len()];
    for (_, old, new) in likeness {
        if matches[new].is_none() && !is_taken[old] {
            matches[new] = Some(old);
            is_taken[old] = true;
        }
    }
    matches
}

/// Makes an id from the terms with the most documents; on a collision the number is hashed again.
fn new_id(terms: &[(String, u32)], used: &mut BTreeSet<String>) -> String {
    let mut leading: Vec<&(String, u32)> = terms.iter().collect();
    leading.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    leading.truncate(ID_TERMS);
    leading.sort();
    let mut hash = FNV_OFFSET;
    for (text, _) in leading {
        hash = fnv1a(hash, text.as_bytes());
        hash = fnv1a(hash, &[0]);
    }
    loop {
        let id = format!("t-{:08x}", (hash ^ (hash >> 32)) as u32);
        if used.insert(id.clone()) {
            return id;
        }
        hash = fnv1a(hash, &hash.to_le_bytes());
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: short, public, and the same for ever, which ids on paper need more than speed.
fn fnv1a(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn changes(
    previous: &[RememberedTopic],
    previous_terms: &[Vec<(String, u32)>],
    now_terms: &[Vec<(String, u32)>],
    ids: &[String],
    matches: &[Option<usize>],
) -> Vec<TopicChange> {
    let mut changes = Vec::new();
    let mut told_before = BTreeSet::new();
    let mut told_now = BTreeSet::new();
    let mut tell = |change: &str, old: &[usize], new: &[usize]| {
        told_before.extend(old.iter().copied());
        told_now.extend(new.iter().copied());
        let mut before: Vec<String> = old.iter().map(|&old| previous[old].id.clone()).collect();
        let mut now: Vec<String> = new.iter().map(|&new| ids[new].clone()).collect();
        before.sort();
        now.sort();
        changes.push(TopicChange { change: change.to_owned(), before, now });
    };
    for (new, old) in matches.iter().enumerate() {
        if let Some(old) = *old {
            tell("kept", &[old], &[new]);
        }
    }
    for (old, old_terms) in previous_terms.iter().enumerate() {
        let heirs =
            indices(now_terms, |new_terms| share_of_first(old_terms, new_terms) >= MIN_PART);
        if heirs.len() >= 2 {
            tell("split", &[old], &heirs);
        }
    }
    for (new, new_terms) in now_terms.iter().enumerate() {
        let sources = indices(previous_terms, |old_terms| {
            share_of_first(new_terms, old_terms) >= MIN_PART
                || share_of_first(old_terms, new_terms) >= 0.5
        });
        if sources.len() >= 2 {
            tell("merge", &sources, &[new]);
        }
    }
    let dead: Vec<usize> = (0..previous.len()).filter(|old| !told_before.contains(old)).collect();
    let born: Vec<usize> = (0..ids.len()).filter(|new| !told_now.contains(new)).collect();
    let single = |change: &str, before: Vec<String>, now: Vec<String>| TopicChange {
        change: change.to_owned(),
        before,
        now,
    };
    changes.extend(
        dead.into_iter().map(|old| single("death", vec![previous[old].id.clone()], vec![])),
    );
    changes.extend(born.into_iter().map(|new| single("birth", vec![], vec![ids[new].clone()])));
    changes.sort_by(|a, b| (&a.change, &a.before, &a.now).cmp(&(&b.change, &b.before, &b.now)));
    changes
}

/// Returns the share of the first list's weight that lies on terms of the second.
fn share_of_first(first: &[(String, u32)], second: &[(String, u32)]) -> f64 {
    let common: u64 = common_terms(first, second).map(|(count, _)| u64::from(count)).sum();
    match first.iter().map(|term| u64::from(term.1)).sum::<u64>() {
        0 => 0.0,
        all => common as f64 / all as f64,
    }
}

fn indices(
    topics: &[Vec<(String, u32)>],
    is_wanted: impl Fn(&[(String, u32)]) -> bool,
) -> Vec<usize> {
    topics
        .iter()
        .enumerate()
        .filter(|(_, terms)| is_wanted(terms))
        .map(|(index, _)| index)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(list: &str) -> Vec<(String, u32)> {
        list.split_whitespace().map(|text| (text.to_owned(), 10)).collect()
    }

    fn remembered(topics: &[(&str, &str)]) -> Vec<RememberedTopic> {
        topics
            .iter()
            .map(|(id, list)| RememberedTopic { id: (*id).to_owned(), terms: terms(list) })
            .collect()
    }

    fn check(previous: &[(&str, &str)], now: &[&str]) -> String {
        let now: Vec<_> = now.iter().map(|list| terms(list)).collect();
        let found = keep_identities(&remembered(previous), &now);
        let name = |id: &String| if id.starts_with("t-") { "new".to_owned() } else { id.clone() };
        let names = |ids: &[String]| ids.iter().map(name).collect::<Vec<_>>().join("+");
        let told: Vec<_> = found
            .changes
            .iter()
            .map(|change| {
                format!("{} {}>{}", change.change, names(&change.before), names(&change.now))
            })
            .collect();
        format!("{} | {}", names(&found.ids), told.join(", "))
    }

    #[test]
    fn a_topic_that_keeps_most_of_its_terms_keeps_its_id() {
        insta::assert_snapshot!(check(&[("A", "a b c d")], &["a b c e"]), @"A | kept A>A");
    }

    #[test]
    fn a_topic_without_its_terms_dies_and_another_is_born() {
        insta::assert_snapshot!(check(&[("A", "a b")], &["c d"]), @"new | birth >new, death A>");
    }

    #[test]
    fn a_topic_in_two_halves_is_split_and_neither_half_below_the_threshold_keeps_the_id() {
        insta::assert_snapshot!(
            check(&[("A", "a b c d e f")], &["a b c g", "d e f h"]),
            @"new+new | split A>new+new"
        );
    }

    #[test]
    fn the_larger_part_of_a_split_keeps_the_id() {
        insta::assert_snapshot!(
            check(&[("A", "a b c d e f")], &["e f", "a b c d"]),
            @"new+A | kept A>A, split A>A+new"
        );
    }

    #[test]
    fn two_topics_that_become_one_are_a_merge() {
        insta::assert_snapshot!(
            check(&[("A", "a b c d"), ("B", "e f g")], &["a b c d e f g"]),
            @"A | kept A>A, merge A+B>A"
        );
    }

    #[test]
    fn more_documents_with_the_same_terms_are_the_same_topic() {
        let grown: Vec<_> =
            terms("a b c").into_iter().map(|(text, count)| (text, count * 9)).collect();
        assert!((weighted_jaccard(&terms("a b c"), &grown) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_new_topic_never_takes_an_id_in_use() {
        let first = keep_identities(&[], &[terms("a b c")]);
        let second = keep_identities(&remembered(&[(&first.ids[0], "x y z")]), &[terms("a b c")]);
        assert_ne!(first.ids, second.ids);
        insta::assert_snapshot!(first.ids[0], @"t-9fd76c48");
    }

    fn topics() -> impl Strategy<Value = Vec<Vec<(String, u32)>>> {
        prop::collection::vec(
            prop::collection::btree_map("[a-h]", 1..30_u32, 1..6)
                .prop_map(|map| map.into_iter().collect()),
            0..6,
        )
    }

    proptest! {
        #[test]
        fn every_topic_is_told_of_and_ids_are_unique(before in topics(), now in topics()) {
            let previous: Vec<_> = before
                .into_iter()
                .enumerate()
                .map(|(index, terms)| RememberedTopic { id: format!("old-{index}"), terms })
                .collect();
            let found = keep_identities(&previous, &now);
            let told_before: BTreeSet<_> = found.changes.iter().flat_map(|c| c.before.clone()).collect();
            let told_now: BTreeSet<_> = found.changes.iter().flat_map(|c| c.now.clone()).collect();
            prop_assert_eq!(told_before, previous.iter().map(|topic| topic.id.clone()).collect());
            prop_assert_eq!(found.ids.len(), now.len());
            prop_assert_eq!(told_now.len(), now.len());
        }

        #[test]
        fn the_same_topics_again_all_keep_their_ids(now in topics()) {
            let first = keep_identities(&[], &now);
            let memory: Vec<_> = first
                .ids
                .iter()
                .zip(&now)
                .rev()
                .map(|(id, terms)| RememberedTopic { id: id.clone(), terms: terms.clone() })
                .collect();
            let again: BTreeSet<_> = keep_identities(&memory, &now).ids.into_iter().collect();
            prop_assert_eq!(again, first.ids.into_iter().collect());
        }
    }
}
