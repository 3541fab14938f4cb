//! Makes figures from a state.
//!
//! The figures of several corpora at one date share one pass over all documents, because the likeness filters look
//! at everything known up to that date.

use std::collections::BTreeMap;

use linghang_core::HalfYear;
use rayon::prelude::*;

mod actors;
mod everything;
mod supported;
mod window;

use actors::Actors;
use everything::Everything;
use supported::Supported;
use window::Window;

use super::pairs::count_pairs;
use super::{BACKGROUND, Corpus, Figures, TermFigures, WINDOW};
use crate::candidates;
use crate::counts::{State, TermId, View};
use crate::params::ScanParams;

/// Makes the figures of `corpora` at the end of `cut`; documents after it are not looked at.
///
/// `background` is the set of documents that a corpus is compared with; a corpus' own documents are left out of it.
pub fn from_state(
    state: &State,
    corpora: &[Corpus],
    background: &Corpus,
    cut: HalfYear,
    params: &ScanParams,
) -> Vec<Figures> {
    let view = &state.view(&[cut]);
    let supported: Vec<Supported> =
        corpora.par_iter().map(|corpus| Supported::find(view, corpus, cut, params)).collect();
    let mut wanted: Vec<TermId> =
        supported.iter().flat_map(|own| own.terms.iter().map(|term| term.id)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let everything = Everything::count(view, &wanted, background, cut);
    corpora
        .par_iter()
        .zip(supported)
        .map(|(corpus, own)| figures_of(view, corpus, &own, &everything, cut, params))
        .collect()
}

const NO_SLOT: u32 = u32::MAX;

fn dense_slots(terms: usize, wanted: &[TermId]) -> Vec<u32> {
    let mut slots = vec![NO_SLOT; terms];
    for (slot, term) in wanted.iter().enumerate() {
        slots[*term as usize] = slot as u32;
    }
    slots
}

/// Counts over documents on all cores: `count` adds one document to a list of `length` counts.
fn summed(
    documents: &[usize],
    length: usize,
    count: impl Fn(usize, &mut [u32]) + Sync,
) -> Vec<u32> {
    let size = documents.len().div_ceil(rayon::current_num_threads()).max(1024);
    let parts: Vec<Vec<u32>> = documents
        .par_chunks(size)
        .map(|part| {
            let mut counts = vec![0; length];
            for document in part {
                count(*document, &mut counts);
            }
            counts
        })
        .collect();
    let mut parts = parts.into_iter();
    let mut total = parts.next().unwrap_or_else(|| vec![0; length]);
    for part in parts {
        total.par_iter_mut().zip(part).for_each(|(sum, value)| *sum += value);
    }
    total
}

fn figures_of(
    view: &View<'_>,
    corpus: &Corpus,
    own: &Supported,
    everything: &Everything,
    cut: HalfYear,
    params: &ScanParams,
) -> Figures {
    let state = view.state();
    let mut terms: Vec<(TermId, TermFigures)> =
        own.terms.par_iter().map(|term| (term.id, everything.term(state, term))).collect();
    terms.par_sort_unstable_by(|(_, a), (_, b)| a.text.cmp(&b.text));
    let (ids, terms): (Vec<TermId>, Vec<TermFigures>) = terms.into_iter().unzip();
    let mut figures = Figures {
        corpus: corpus.name.clone(),
        size: corpus.size(),
        cut,
        kinds: Vec::new(),
        documents: Vec::new(),
        background_documents: everything.background_documents.clone(),
        fields: everything.fields.clone(),
        terms,
        pairs: Vec::new(),
        glosses: Vec::new(),
        rejected: BTreeMap::new(),
    };
    let mut slot_of = dense_slots(state.terms().len(), &ids);
    count_halves(view, &own.documents, everything, &slot_of, &mut figures);
    let halves = &state.documents().halves;
    let is_in_window = |document: &usize| ((cut.0 - halves[*document].0) as usize) < WINDOW;
    let window: Vec<usize> = own.documents.iter().copied().filter(is_in_window).collect();
    figures.kinds = count_kinds(state, &window);
    // Actors and pairs cost most, so they are counted for the terms that the other filters let through.
    let is_rejected =
        |term: &TermFigures| candidates::rejection_but_for_actors(term, &figures, params).is_some();
    let rejected: Vec<bool> = figures.terms.par_iter().map(is_rejected).collect();
    for (id, is_rejected) in ids.iter().zip(rejected) {
        if is_rejected {
            slot_of[*id as usize] = NO_SLOT;
        }
    }
    let (window, actors) = rayon::join(
        || Window::read(view, &window, &slot_of, ids.len()),
        || Actors::of(state.documents(), &window),
    );
    actors::count(&actors, &window, &mut figures.terms);
    let passes: Vec<bool> = figures
        .terms
        .par_iter()
        .map(|term| candidates::rejection(term, &figures, params).is_none())
        .collect();
    figures.pairs = count_pairs(&window.terms_of, &window.holders_of, &passes);
    figures
}

/// Counts documents by half-year, and takes the corpus' own documents out of the background.
fn count_halves(
    view: &View<'_>,
    documents: &[usize],
    everything: &Everything,
    slot_of: &[u32],
    figures: &mut Figures,
) {
    let halves = &view.state().documents().halves;
    let first = documents.iter().map(|document| halves[*document]).min().unwrap_or(figures.cut);
    let length = (figures.cut.0 - first.0) as usize + 1;
    let columns = length + BACKGROUND;
    let terms = figures.terms.len();
    // One more row than terms: what is counted for all documents.
    let counts = summed(documents, columns * (terms + 1), |document, counts| {
        let half = halves[document];
        let own = (half.0 - first.0) as usize;
        let outside =
            everything.background_place(document, half, figures.cut).map(|place| length + place);
        let mut add = |slot: usize| {
            for column in [Some(own), outside].into_iter().flatten() {
                counts[slot * columns + column] += 1;
            }
        };
        add(terms);
        let slots = view.terms_of(document).map(|(term, _)| slot_of[term as usize]);
        slots.filter(|slot| *slot != NO_SLOT).for_each(|slot| add(slot as usize));
    });
    let subtract = |from: &mut [u32], row: &[u32]| {
        from.iter_mut().zip(&row[length..]).for_each(|(outside, own)| *outside -= own);
    };
    for (term, row) in figures.terms.iter_mut().zip(counts.chunks_exact(columns)) {
        term.halves = row[..length].to_vec();
        subtract(&mut term.background_halves, row);
    }
    let all = &counts[columns * terms..];
    figures.documents = all[..length].to_vec();
    subtract(&mut figures.background_documents, all);
    for term in &mut figures.terms {
        let mut sum = 0;
        let fifth = term.halves.iter().position(|count| {
            sum += count;
            sum >= 5
        });
        term.fifth_document = fifth.map(|place| HalfYear(first.0 + place as i32));
    }
}

/// Documents of the window by kind, ascending by name.
fn count_kinds(state: &State, window: &[usize]) -> Vec<(String, u32)> {
    let table = state.documents();
    let mut kinds = BTreeMap::new();
    for document in window {
        let kind = table.kinds[*document];
        *kinds.entry(table.kind_names.name(kind).to_owned()).or_default() += 1;
    }
    kinds.into_iter().collect()
}
