//! Who carries a topic: people, organisations and places by fractional count, with share, entry year and growth;
//! concentration, location quotient and overlap between lists.
//!
//! A document counts once in all: each of its n actors of one kind gets 1/n.
//!
//! Not here: reading and unifying names; how growth is estimated (it is handed in).

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Year;

use crate::result::Actor;
use crate::series::Series;

/// One document of a topic with its actors. All years up to the end of the window belong here, for entry years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActorDocument<'a> {
    /// Year of publication.
    pub year: Year,
    /// Its actors as (kind, name); the kind is `person`, `organisation` or `place`. Repetitions count once.
    pub actors: &'a [(String, String)],
}

/// The years that count, with the documents that growth is measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorWindow {
    /// First year of the window.
    pub from: Year,
    /// All documents of the corpus in each year of the window, oldest first.
    pub totals: Vec<u32>,
}

/// Key actors of one topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyActors {
    /// By kind, then largest first, then by name.
    pub actors: Vec<Actor>,
    /// Herfindahl–Hirschman index of each kind, from near 0 (many small) to 1 (a single one).
    pub concentration: BTreeMap<String, f64>,
}

/// What is gathered about one actor.
#[derive(Default)]
struct Tally {
    /// Documents by how many actors of this kind they have; sums of fractions formed from it do not depend on the
    /// order of documents.
    by_crowd: BTreeMap<usize, u32>,
    entry: Option<Year>,
    by_year: Vec<u32>,
}

impl Tally {
    fn fractional(&self) -> f64 {
        self.by_crowd.iter().map(|(crowd, documents)| f64::from(*documents) / *crowd as f64).sum()
    }
}

/// Counts the actors of a topic and returns for each kind the `top` largest of the window.
///
/// `growth` is asked for z3 with the actor's documents a year in the window; `None` means that it cannot be measured.
/// Documents after the window are left out, documents before it matter for entry years only.
pub fn key_actors(
    documents: &[ActorDocument<'_>],
    window: &ActorWindow,
    top: usize,
    growth: &dyn Fn(&Series) -> Option<f64>,
) -> KeyActors {
    let years = window.totals.len();
    let last_year = window.from + years as Year - 1;
    let mut tallies = BTreeMap::<(&str, &str), Tally>::new();
    let mut in_window = 0_u32;
    for document in documents.iter().filter(|document| document.year <= last_year) {
        let place_in_window = usize::try_from(document.year - window.from).ok();
        in_window += u32::from(place_in_window.is_some());
        let actors: BTreeSet<(&str, &str)> =
            document.actors.iter().map(|(kind, name)| (kind.as_str(), name.as_str())).collect();
        for &(kind, name) in &actors {
            let tally = tallies.entry((kind, name)).or_default();
            tally.entry = Some(tally.entry.map_or(document.year, |entry| entry.min(document.year)));
            if let Some(place) = place_in_window {
                let same_kind = actors.iter().filter(|actor| actor.0 == kind).count();
                *tally.by_crowd.entry(same_kind).or_default() += 1;
                tally.by_year.resize(years, 0);
                tally.by_year[place] += 1;
            }
        }
    }
    let concentration = concentration_by_kind(&tallies);
    let mut actors: Vec<Actor> = tallies
        .into_iter()
        .filter(|(_, tally)| !tally.by_crowd.is_empty())
        .filter_map(|((kind, name), tally)| {
            let fractional_documents = tally.fractional();
            let series = Series { last_year, counts: tally.by_year, totals: window.totals.clone() };
            Some(Actor {
                name: name.to_owned(),
                kind: kind.to_owned(),
                fractional_documents,
                share: fractional_documents / f64::from(in_window),
                entry_year: tally.entry?,
                z3: growth(&series),
            })
        })
        .collect();
    actors.sort_by(|a, b| {
        a.kind
            .cmp(&b.kind)
            .then(b.fractional_documents.total_cmp(&a.fractional_documents))
            .then_with(|| a.name.cmp(&b.name))
    });
    let actors =
        actors.chunk_by(|a, b| a.kind == b.kind).flat_map(|kind| kind.iter().take(top).cloned());
    KeyActors { actors: actors.collect(), concentration }
}

fn concentration_by_kind(tallies: &BTreeMap<(&str, &str), Tally>) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::<&str, Vec<f64>>::new();
    for ((kind, _), tally) in tallies {
        counts.entry(kind).or_default().push(tally.fractional());
    }
    counts
        .into_iter()
        .filter_map(|(kind, counts)| Some((kind.to_owned(), concentration(&counts)?)))
        .collect()
}

/// Herfindahl–Hirschman index: the sum of squared shares, 0 to 1; `None` when all counts are zero.
pub fn concentration(counts: &[f64]) -> Option<f64> {
    let all: f64 = counts.iter().sum();
    (all > 0.0).then(|| counts.iter().map(|count| (count / all).powi(2)).sum())
}

/// Location quotient: the topic's share of local documents over its share of national ones; 1 is the average.
///
/// `None` where a share has no base or the nation has no document of the topic.
pub fn location_quotient(
    local_topic: u64,
    local_all: u64,
    national_topic: u64,
    national_all: u64,
) -> Option<f64> {
    if local_all == 0 || national_all == 0 || national_topic == 0 {
        return None;
    }
    let local_share = local_topic as f64 / local_all as f64;
    let national_share = national_topic as f64 / national_all as f64;
    Some(local_share / national_share)
}

/// Names that stand in both lists, in order: authors who are also inventors or founders are a sign of transfer.
pub fn transfer_overlap(authors: &[String], inventors: &[String]) -> Vec<String> {
    let authors: BTreeSet<&String> = authors.iter().collect();
    let both: BTreeSet<&String> = inventors.iter().filter(|name| authors.contains(name)).collect();
    both.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A document as year and actors; `@` marks organisations, the rest are people.
    type Case<'a> = (Year, &'a str);

    fn actors(list: &str) -> Vec<(String, String)> {
        list.split_whitespace()
            .map(|name| match name.strip_prefix('@') {
                Some(name) => ("organisation".to_owned(), name.to_owned()),
                None => ("person".to_owned(), name.to_owned()),
            })
            .collect()
    }

    fn count(cases: &[Case<'_>], top: usize) -> KeyActors {
        let lists: Vec<_> = cases.iter().map(|case| actors(case.1)).collect();
        let documents: Vec<_> = cases
            .iter()
            .zip(&lists)
            .map(|(case, actors)| ActorDocument { year: case.0, actors })
            .collect();
        let window = ActorWindow { from: 2017, totals: vec![10, 10, 10] };
        // Growth stand-in: last year minus first.
        let growth =
            |series: &Series| Some(f64::from(series.counts[2]) - f64::from(series.counts[0]));
        key_actors(&documents, &window, top, &growth)
    }

    fn check(cases: &[Case<'_>]) -> Vec<String> {
        count(cases, 2)
            .actors
            .iter()
            .map(|a| {
                format!(
                    "{} {:.2} {:.2} {} {:?}",
                    a.name, a.fractional_documents, a.share, a.entry_year, a.z3
                )
            })
            .collect()
    }

    #[test]
    fn a_document_is_shared_among_its_actors_of_one_kind() {
        insta::assert_debug_snapshot!(
            check(&[(2017, "an bo @lab"), (2019, "an an @lab @works"), (2012, "bo"), (2020, "an")]),
            @r#"
        [
            "lab 1.50 0.75 2017 Some(0.0)",
            "works 0.50 0.25 2019 Some(1.0)",
            "an 1.50 0.75 2017 Some(0.0)",
            "bo 0.50 0.25 2012 Some(-1.0)",
        ]
        "#
        );
    }

    #[test]
    fn only_the_largest_of_each_kind_are_listed_but_all_count_for_concentration() {
        let found = count(&[(2018, "an"), (2018, "bo"), (2018, "cy"), (2018, "di")], 2);
        assert_eq!(found.actors.len(), 2);
        assert!((found.concentration["person"] - 0.25).abs() < 1e-12);
    }

    #[test]
    fn actors_outside_the_window_are_not_listed() {
        let found = count(&[(2010, "an"), (2021, "bo")], 2);
        assert_eq!(found, KeyActors::default());
    }

    #[test]
    fn the_location_quotient_compares_shares_and_needs_a_base() {
        assert_eq!(location_quotient(10, 100, 50, 1000), Some(2.0));
        assert_eq!(location_quotient(0, 100, 50, 1000), Some(0.0));
        for (local, all, national, national_all) in [(1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)] {
            assert_eq!(location_quotient(local, all, national, national_all), None);
        }
    }

    #[test]
    fn names_in_both_lists_are_told_once_and_in_order() {
        let names = |list: &str| list.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(transfer_overlap(&names("di bo an"), &names("bo bo cy an")), ["an", "bo"]);
    }

    proptest! {
        #[test]
        fn fractions_sum_to_the_documents_and_order_does_not_matter(
            documents in prop::collection::vec((2017..2020_i32, "[a-d]( [a-d]){0,3}"), 1..12)
        ) {
            let mut cases: Vec<Case<'_>> = documents.iter().map(|(year, list)| (*year, list.as_str())).collect();
            let found = count(&cases, 10);
            let sum: f64 = found.actors.iter().map(|actor| actor.fractional_documents).sum();
            prop_assert!((sum - cases.len() as f64).abs() < 1e-9);
            let index = found.concentration["person"];
            prop_assert!(index > 0.0 && index <= 1.0 + 1e-12);
            cases.reverse();
            prop_assert_eq!(found, count(&cases, 10));
        }
    }
}
