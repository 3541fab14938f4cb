//! Makes figures from a state.
//!
//! The figures of several corpora at one date share one pass over all documents, because the likeness filters look
//! at everything known up to that date.

use std::collections::BTreeMap;

use linghang_core::HalfYear;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::pairs::count_pairs;
use super::{BACKGROUND, Corpus, Figures, TermFigures, WINDOW};
use crate::candidates;
use crate::counts::{State, TermId};
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
    let supported: Vec<Supported> =
        corpora.par_iter().map(|corpus| Supported::find(state, corpus, cut, params)).collect();
    let mut wanted: Vec<TermId> =
        supported.iter().flat_map(|own| own.terms.iter().map(|term| term.id)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let everything = Everything::count(state, &wanted, background, cut);
    corpora
        .par_iter()
        .zip(supported)
        .map(|(corpus, own)| figures_of(state, corpus, own, &everything, cut, params))
        .collect()
}

/// A term with enough documents in the window of one corpus.
struct SupportedTerm {
    id: TermId,
    container_documents: u32,
    container_mean: f32,
}

/// The documents of one corpus up to the cut, and its supported terms.
struct Supported {
    documents: Vec<usize>,
    terms: Vec<SupportedTerm>,
}

impl Supported {
    fn find(state: &State, corpus: &Corpus, cut: HalfYear, params: &ScanParams) -> Self {
        let membership = corpus.membership(state);
        let halves = &state.documents().halves;
        let documents: Vec<usize> = (0..halves.len())
            .filter(|document| membership[*document] && halves[*document] <= cut)
            .collect();
        let mut years = vec![[0_u32; WINDOW / 2]; state.terms().len()];
        for document in &documents {
            let age = (cut.0 - halves[*document].0) as usize;
            if age < WINDOW {
                for (term, _) in state.terms_of(*document) {
                    years[term as usize][age / 2] += 1;
                }
            }
        }
        let window: Vec<u32> = years.iter().map(|years| years.iter().sum()).collect();
        let (largest, mean) = containers(state, &window);
        let minimum = params.r_min(corpus.size());
        let terms = (0..years.len())
            .filter(|term| {
                window[*term] >= minimum
                    && years[*term].iter().filter(|year| **year > 0).count() >= 2
            })
            .map(|term| SupportedTerm {
                id: term as TermId,
                container_documents: largest[term],
                container_mean: mean[term],
            })
            .collect();
        Self { documents, terms }
    }
}

/// For each phrase, the largest and the mean window count of the longer terms around it.
fn containers(state: &State, window: &[u32]) -> (Vec<u32>, Vec<f32>) {
    let terms = state.terms();
    let mut largest = vec![0_u32; window.len()];
    let mut sums = vec![(0_u32, 0_u32); window.len()];
    // From long to short: what contains a phrase also contains its parts.
    for phrase in (0..window.len()).rev() {
        let Some((begin, end)) = terms.parts(phrase as TermId) else { break };
        let own = if terms.is_term(phrase as TermId) { window[phrase] } else { 0 };
        let outer = largest[phrase].max(own);
        for part in [begin, end] {
            let part = part as usize;
            largest[part] = largest[part].max(outer);
            if own > 0 {
                sums[part].0 += own;
                sums[part].1 += 1;
            }
        }
    }
    let mean = sums
        .iter()
        .map(|(sum, count)| if *count == 0 { 0.0 } else { *sum as f32 / *count as f32 })
        .collect();
    (largest, mean)
}

/// Counts over all documents up to the cut, for the terms that any corpus supports.
struct Everything {
    slots: FxHashMap<TermId, usize>,
    fields: Vec<(String, u32)>,
    /// Documents by term slot and field.
    term_fields: Vec<Vec<(u16, u32)>>,
    documents: Vec<u32>,
    titles: Vec<u32>,
    heads: Vec<(u32, u32)>,
    background: Vec<bool>,
    background_halves: Vec<[u32; BACKGROUND]>,
    background_documents: [u32; BACKGROUND],
}

impl Everything {
    fn count(state: &State, wanted: &[TermId], background: &Corpus, cut: HalfYear) -> Self {
        let table = state.documents();
        let membership = background.membership(state);
        let slots: FxHashMap<TermId, usize> =
            wanted.iter().enumerate().map(|(slot, term)| (*term, slot)).collect();
        let slot_of = dense_slots(state.terms().len(), wanted);
        let mut all = Self {
            slots,
            fields: Vec::new(),
            term_fields: Vec::new(),
            documents: vec![0; wanted.len()],
            titles: vec![0; wanted.len()],
            heads: state.head_counts(cut),
            background: membership,
            background_halves: vec![[0; BACKGROUND]; wanted.len()],
            background_documents: [0; BACKGROUND],
        };
        let class_count = table.class_names.len();
        let mut field_documents = vec![0_u32; class_count];
        let mut by_field = vec![0_u32; class_count * wanted.len()];
        for document in 0..table.len() {
            if table.halves[document] > cut {
                continue;
            }
            let field = table.field(document);
            if let Some(field) = field {
                field_documents[field as usize] += 1;
            }
            let place =
                background_place(table.halves[document], cut).filter(|_| all.background[document]);
            if let Some(place) = place {
                all.background_documents[place] += 1;
            }
            for (term, in_title) in state.terms_of(document) {
                let slot = slot_of[term as usize] as usize;
                if slot == NO_SLOT as usize {
                    continue;
                }
                all.documents[slot] += 1;
                all.titles[slot] += u32::from(in_title);
                if let Some(field) = field {
                    by_field[slot * class_count + field as usize] += 1;
                }
                if let Some(place) = place {
                    all.background_halves[slot][place] += 1;
                }
            }
        }
        all.set_fields(table.class_names.names(), &field_documents, &by_field);
        all
    }

    /// Keeps the fields that have documents, ascending by name, and the counts by term as short lists.
    fn set_fields(&mut self, names: &[String], field_documents: &[u32], by_field: &[u32]) {
        let mut order: Vec<usize> =
            (0..names.len()).filter(|field| field_documents[*field] > 0).collect();
        order.sort_unstable_by(|a, b| names[*a].cmp(&names[*b]));
        self.fields =
            order.iter().map(|field| (names[*field].clone(), field_documents[*field])).collect();
        self.term_fields = by_field
            .par_chunks(names.len().max(1))
            .map(|row| {
                let counts =
                    order.iter().enumerate().map(|(place, field)| (place as u16, row[*field]));
                counts.filter(|(_, documents)| *documents > 0).collect()
            })
            .collect();
        self.term_fields.resize(self.documents.len(), Vec::new());
    }
}

const NO_SLOT: u32 = u32::MAX;

fn dense_slots(terms: usize, wanted: &[TermId]) -> Vec<u32> {
    let mut slots = vec![NO_SLOT; terms];
    for (slot, term) in wanted.iter().enumerate() {
        slots[*term as usize] = slot as u32;
    }
    slots
}

fn background_place(half: HalfYear, cut: HalfYear) -> Option<usize> {
    let age = usize::try_from(cut.0 - half.0).ok()?;
    (BACKGROUND - 1).checked_sub(age)
}

fn figures_of(
    state: &State,
    corpus: &Corpus,
    own: Supported,
    everything: &Everything,
    cut: HalfYear,
    params: &ScanParams,
) -> Figures {
    let wanted: Vec<TermId> = own.terms.iter().map(|term| term.id).collect();
    let slot_of = dense_slots(state.terms().len(), &wanted);
    let terms = own.terms.iter().map(|term| everything.term(state, term)).collect();
    let mut figures = Figures {
        corpus: corpus.name.clone(),
        size: corpus.size(),
        cut,
        kinds: Vec::new(),
        documents: Vec::new(),
        background_documents: everything.background_documents.to_vec(),
        fields: everything.fields.clone(),
        terms,
        pairs: Vec::new(),
        rejected: BTreeMap::new(),
    };
    count_halves(state, &own.documents, everything, &slot_of, &mut figures);
    let window: Vec<usize> = own
        .documents
        .iter()
        .copied()
        .filter(|document| ((cut.0 - state.documents().halves[*document].0) as usize) < WINDOW)
        .collect();
    count_actors(state, &window, &slot_of, &mut figures);
    sort_by_text(&mut figures, &wanted, state, &window, params);
    figures
}

impl Everything {
    /// Fills in what does not depend on the corpus.
    fn term(&self, state: &State, term: &SupportedTerm) -> TermFigures {
        let slot = self.slots[&term.id];
        let words = state.terms().words(term.id);
        let (occurrences, heads) = self.heads[*words.last().unwrap_or(&0) as usize];
        TermFigures {
            text: state.text(term.id),
            words: words.len() as u8,
            background_halves: self.background_halves[slot].to_vec(),
            all_documents: self.documents[slot],
            title_documents: self.titles[slot],
            fields: self.term_fields[slot].clone(),
            last_word_occurrences: occurrences,
            last_word_heads: heads,
            container_documents: term.container_documents,
            container_mean: term.container_mean,
            ..TermFigures::default()
        }
    }
}

/// Counts documents by half-year, and takes the corpus' own documents out of the background.
fn count_halves(
    state: &State,
    documents: &[usize],
    everything: &Everything,
    slot_of: &[u32],
    figures: &mut Figures,
) {
    let halves = &state.documents().halves;
    let first = documents.iter().map(|document| halves[*document]).min().unwrap_or(figures.cut);
    let length = (figures.cut.0 - first.0) as usize + 1;
    figures.documents = vec![0; length];
    for term in &mut figures.terms {
        term.halves = vec![0; length];
    }
    for document in documents {
        let half = halves[*document];
        figures.documents[(half.0 - first.0) as usize] += 1;
        let place =
            background_place(half, figures.cut).filter(|_| everything.background[*document]);
        if let Some(place) = place {
            figures.background_documents[place] -= 1;
        }
        for (term, _) in state.terms_of(*document) {
            let slot = slot_of[term as usize];
            if slot != NO_SLOT {
                let term = &mut figures.terms[slot as usize];
                term.halves[(half.0 - first.0) as usize] += 1;
                if let Some(place) = place {
                    term.background_halves[place] -= 1;
                }
            }
        }
    }
    for term in &mut figures.terms {
        let mut sum = 0;
        let fifth = term.halves.iter().position(|count| {
            sum += count;
            sum >= 5
        });
        term.fifth_document = fifth.map(|place| HalfYear(first.0 + place as i32));
    }
}

/// Counts distinct actors of each term's documents in the window.
fn count_actors(state: &State, window: &[usize], slot_of: &[u32], figures: &mut Figures) {
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); figures.terms.len()];
    for document in window {
        for (term, _) in state.terms_of(*document) {
            let slot = slot_of[term as usize];
            if slot != NO_SLOT {
                holders[slot as usize].push(*document as u32);
            }
        }
    }
    let mut kinds = BTreeMap::new();
    for document in window {
        let kind = state.documents().kinds[*document];
        *kinds.entry(state.documents().kind_names.name(kind).to_owned()).or_default() += 1;
    }
    figures.kinds = kinds.into_iter().collect();
    let actors = &state.documents().actors;
    let distinct = |mut names: Vec<u32>| {
        names.sort_unstable();
        names.dedup();
        names.len() as u32
    };
    figures.terms.par_iter_mut().zip(holders).for_each(|(term, holders)| {
        let rows = || holders.iter().map(|document| actors.row(*document as usize));
        let mut all: Vec<u32> = rows().flatten().copied().collect();
        all.sort_unstable();
        let runs = all.chunk_by(|a, b| a == b);
        term.actors = runs.clone().count() as u32;
        term.top_actor_documents = runs.map(<[u32]>::len).max().unwrap_or(0) as u32;
        term.first_actors = distinct(rows().filter_map(|row| row.first()).copied().collect());
        term.last_actors = distinct(rows().filter_map(|row| row.last()).copied().collect());
    });
}

/// Brings the terms into the order of their texts and counts the pairs of those that pass the filters.
fn sort_by_text(
    figures: &mut Figures,
    wanted: &[TermId],
    state: &State,
    window: &[usize],
    params: &ScanParams,
) {
    let mut order: Vec<usize> = (0..figures.terms.len()).collect();
    order.sort_unstable_by(|a, b| figures.terms[*a].text.cmp(&figures.terms[*b].text));
    let mut unsorted: Vec<Option<TermFigures>> =
        std::mem::take(&mut figures.terms).into_iter().map(Some).collect();
    figures.terms = order.iter().filter_map(|place| unsorted[*place].take()).collect();

    let mut number = vec![NO_SLOT; state.terms().len()];
    for (place, old) in order.iter().enumerate() {
        if candidates::rejection(&figures.terms[place], figures, params).is_none() {
            number[wanted[*old] as usize] = place as u32;
        }
    }
    let rows: Vec<Vec<u32>> = window
        .par_iter()
        .map(|document| {
            let numbers = state.terms_of(*document).map(|(term, _)| number[term as usize]);
            let mut row: Vec<u32> = numbers.filter(|number| *number != NO_SLOT).collect();
            row.sort_unstable();
            row
        })
        .collect();
    figures.pairs = count_pairs(&rows, figures.terms.len());
}
