//! Which terms of a corpus have enough documents in the window.

use linghang_core::HalfYear;

use super::summed;
use crate::counts::{State, TermId, View};
use crate::figures::{Corpus, WINDOW};
use crate::params::ScanParams;

/// A term with enough documents in the window of one corpus.
pub(super) struct SupportedTerm {
    pub(super) id: TermId,
    pub(super) around: Around,
}

/// Window documents of the longer terms around a phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The commonest of them.
    pub(super) largest: u32,
    /// All that are one word longer, and how many these are.
    sum: u32,
    count: u32,
    /// All that add a word at the end.
    pub(super) sum_after: u32,
}

impl Around {
    /// Returns the mean of the terms that are one word longer.
    pub(super) fn mean(self) -> f32 {
        if self.count == 0 { 0.0 } else { self.sum as f32 / self.count as f32 }
    }
}

/// The documents of one corpus up to the cut, and its supported terms.
pub(super) struct Supported {
    pub(super) documents: Vec<usize>,
    pub(super) terms: Vec<SupportedTerm>,
}

impl Supported {
    pub(super) fn find(
        view: &View<'_>,
        corpus: &Corpus,
        cut: HalfYear,
        params: &ScanParams,
    ) -> Self {
        let state = view.state();
        let membership = corpus.membership(state);
        let halves = &state.documents().halves;
        let documents: Vec<usize> = (0..halves.len())
            .filter(|document| membership[*document] && halves[*document] <= cut)
            .collect();
        let in_window: Vec<usize> = documents
            .iter()
            .copied()
            .filter(|document| ((cut.0 - halves[*document].0) as usize) < WINDOW)
            .collect();
        let years = summed(&in_window, state.terms().len() * WINDOW / 2, |document, counts| {
            let age = (cut.0 - halves[document].0) as usize;
            for (term, _) in view.terms_of(document) {
                counts[term as usize * (WINDOW / 2) + age / 2] += 1;
            }
        });
        let years: Vec<&[u32]> = years.chunks_exact(WINDOW / 2).collect();
        let window: Vec<u32> = years.iter().map(|years| years.iter().sum()).collect();
        let around = containers(state, &window);
        let minimum = params.r_min(corpus.size());
        let terms = (0..years.len())
            .filter(|term| {
                window[*term] >= minimum
                    && years[*term].iter().filter(|year| **year > 0).count() >= 2
            })
            .map(|term| SupportedTerm { id: term as TermId, around: around[term] })
            .collect();
        Self { documents, terms }
    }
}

/// For each phrase, the window documents of the longer terms around it.
///
/// Longer terms with fewer window documents than the state's minimum do not count: whether the state knows them can
/// depend on documents after the cut.
fn containers(state: &State, window: &[u32]) -> Vec<Around> {
    let terms = state.terms();
    let mut around = vec![Around::default(); window.len()];
    // From long to short: what contains a phrase also contains its parts.
    for phrase in (0..window.len()).rev() {
        let Some((begin, end)) = terms.parts(phrase as TermId) else { break };
        let counts = terms.is_term(phrase as TermId) && window[phrase] >= state.minimum;
        let own = if counts { window[phrase] } else { 0 };
        let outer = around[phrase].largest.max(own);
        for part in [begin, end] {
            let part = &mut around[part as usize];
            part.largest = part.largest.max(outer);
            part.sum += own;
            part.count += u32::from(own > 0);
        }
        around[begin as usize].sum_after += own;
    }
    around
}
