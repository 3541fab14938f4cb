//! The documents behind the figures: who holds a term, who wrote it, of what kind it is.

use linghang_core::{HalfYear, Year};
use rustc_hash::FxHashMap;

use super::places::{Origin, PlaceNames, origins};
use crate::backtest::TermIndex;
use crate::counts::{State, TermId, View};
use crate::figures::{Corpus, Figures, WINDOW};

/// Documents of one corpus up to a cut, with the terms of some figures that they hold.
pub struct Evidence<'s> {
    state: &'s State,
    /// Documents, by date and then by id.
    documents: Vec<u32>,
    /// Indices into `Figures::terms` that each of them holds, ascending.
    terms: Vec<Vec<u32>>,
    cut: HalfYear,
    view: View<'s>,
    /// Index into `Figures::terms` by term of the state.
    places: FxHashMap<TermId, u32>,
}

/// Documents of some kinds a year, oldest first: all of them, and those that hold each term asked for.
pub(super) struct KindCounts {
    pub(super) totals: Vec<u32>,
    pub(super) counts: Vec<Vec<u32>>,
}

/// A document of a topic as counting needs it.
pub(super) struct Held<'s> {
    /// The year of the analysis: twelve months that end with the cut, or years before.
    pub(super) year: Year,
    pub(super) kind: &'s str,
    pub(super) in_window: bool,
    pub(super) actors: Vec<&'s str>,
    pub(super) places: Vec<&'s str>,
    /// The terms asked for that it holds, ascending.
    pub(super) terms: Vec<u32>,
    /// Its number in the state.
    pub(super) document: u32,
}

impl<'s> Evidence<'s> {
    /// Finds the documents of `corpus` that stand behind `figures`, which were made from the same state.
    pub fn new(index: &TermIndex<'s>, corpus: &Corpus, figures: &Figures) -> Self {
        let state = index.state();
        let membership = corpus.membership(state);
        let table = state.documents();
        let view = state.view(&[figures.cut]);
        let places: FxHashMap<u32, u32> = figures
            .terms
            .iter()
            .enumerate()
            .filter_map(|(place, term)| Some((index.find(&term.text)?, place as u32)))
            .collect();
        let mut documents: Vec<u32> = (0..table.len() as u32)
            .filter(|document| {
                membership[*document as usize] && table.halves[*document as usize] <= figures.cut
            })
            .collect();
        documents.sort_unstable_by(|a, b| {
            let key =
                |document: u32| (table.halves[document as usize], &table.ids[document as usize]);
            key(*a).cmp(&key(*b))
        });
        let terms = documents
            .iter()
            .map(|document| {
                let held = view.terms_of(*document as usize);
                let mut row: Vec<u32> =
                    held.filter_map(|(term, _)| places.get(&term).copied()).collect();
                row.sort_unstable();
                row
            })
            .collect();
        Self { state, documents, terms, cut: figures.cut, view, places }
    }

    /// Returns the ids of documents in the window that hold at least `least` of `terms`, newest first.
    pub(super) fn newest(&self, terms: &[u32], least: usize, count: usize) -> Vec<&'s str> {
        let rows = self.documents.iter().zip(&self.terms).rev();
        rows.take_while(|(document, _)| self.is_in_window(**document))
            .filter(|(_, row)| shared(row, terms) >= least)
            .map(|(document, _)| self.state.documents().ids[*document as usize].as_str())
            .take(count)
            .collect()
    }

    /// Returns the documents that hold at least two of `terms` (ascending), oldest first.
    pub(super) fn held_by(&self, terms: &[u32]) -> Vec<Held<'s>> {
        let table = self.state.documents();
        self.documents
            .iter()
            .zip(&self.terms)
            .filter(|(_, row)| shared(row, terms) >= 2)
            .map(|(document, row)| {
                let is_wanted = |term: &&u32| terms.binary_search(term).is_ok();
                let document = *document as usize;
                let actors = table.actors.row(document).iter();
                Held {
                    year: self.cut.year() - (self.cut.0 - table.halves[document].0) / 2,
                    kind: table.kind_names.name(table.kinds[document]),
                    in_window: self.is_in_window(document as u32),
                    actors: actors.map(|actor| table.actor_names.name(*actor)).collect(),
                    places: table
                        .places
                        .row(document)
                        .iter()
                        .map(|place| table.place_names.name(*place))
                        .collect(),
                    terms: row.iter().filter(is_wanted).copied().collect(),
                    document: document as u32,
                }
            })
            .collect()
    }

    /// Returns documents a year of one kind for the last `years` years, oldest first.
    pub(super) fn kind_totals(&self, kind: &str, years: usize) -> Vec<u32> {
        let table = self.state.documents();
        let mut totals = vec![0; years];
        for document in &self.documents {
            let document = *document as usize;
            let age = (self.cut.0 - table.halves[document].0) as usize / 2;
            if age < years && table.kind_names.name(table.kinds[document]) == kind {
                totals[years - 1 - age] += 1;
            }
        }
        totals
    }

    /// Counts the documents of some kinds in the whole store up to the cut, for `candidates` (ascending indices) and the
    /// last `years` years.
    pub(super) fn kind_counts(
        &self,
        kinds: &[&str],
        candidates: &[u32],
        years: usize,
    ) -> KindCounts {
        let table = self.state.documents();
        let is_wanted: Vec<bool> =
            table.kind_names.names().iter().map(|kind| kinds.contains(&kind.as_str())).collect();
        let mut found =
            KindCounts { totals: vec![0; years], counts: vec![vec![0; years]; candidates.len()] };
        for document in 0..table.len() {
            let half = table.halves[document];
            let age = (self.cut.0 - half.0) as usize / 2;
            if !is_wanted[table.kinds[document] as usize] || half > self.cut || age >= years {
                continue;
            }
            let year = years - 1 - age;
            found.totals[year] += 1;
            for (term, _) in self.view.terms_of(document) {
                let index = self.places.get(&term);
                if let Some(place) = index.and_then(|index| candidates.binary_search(index).ok()) {
                    found.counts[place][year] += 1;
                }
            }
        }
        found
    }

    /// Returns where the documents of the window come from, by document number; others have no entry.
    pub(super) fn origins(&self, names: &PlaceNames) -> FxHashMap<u32, Origin> {
        let table = self.state.documents();
        let of_place = origins(names, table);
        let origin = |document: u32| {
            let places = table.places.row(document as usize).iter();
            places.fold(Origin::default(), |known, place| {
                let one = of_place[*place as usize];
                Origin {
                    is_local: known.is_local || one.is_local,
                    is_national: known.is_national || one.is_national,
                }
            })
        };
        let in_window = self.documents.iter().filter(|document| self.is_in_window(**document));
        in_window.map(|document| (*document, origin(*document))).collect()
    }

    /// Returns for each document of the window which of `candidates` (ascending indices) it holds, by their places.
    pub(super) fn window_rows(&self, candidates: &[u32]) -> Vec<Vec<u32>> {
        let place = |term: &u32| candidates.binary_search(term).ok().map(|place| place as u32);
        let rows = self
            .documents
            .iter()
            .zip(&self.terms)
            .filter(|(document, _)| self.is_in_window(**document));
        rows.map(|(_, row)| row.iter().filter_map(place).collect()).collect()
    }

    fn is_in_window(&self, document: u32) -> bool {
        ((self.cut.0 - self.state.documents().halves[document as usize].0) as usize) < WINDOW
    }
}

/// How many of `terms` (ascending) a row (ascending) holds.
fn shared(row: &[u32], terms: &[u32]) -> usize {
    row.iter().filter(|term| terms.binary_search(term).is_ok()).count()
}
