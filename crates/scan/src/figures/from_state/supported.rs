//! Which terms of a corpus have enough documents in the window.

use linghang_core::HalfYear;

use super::summed;
use crate::counts::{State, TermId, View};
use crate::figures::{Corpus, WINDOW};
use crate::params::ScanParams;

/// A term with enough documents in the window of one corpus.
pub(super) struct SupportedTerm {
    pub(super) id: TermId,
    pub(super) container_documents: u32,
    pub(super) container_mean: f32,
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
///
/// Longer terms with fewer window documents than the state's minimum do not count: whether the state knows them can
/// depend on documents after the cut.
fn containers(state: &State, window: &[u32]) -> (Vec<u32>, Vec<f32>) {
    let terms = state.terms();
    let mut largest = vec![0_u32; window.len()];
    let mut sums = vec![(0_u32, 0_u32); window.len()];
    // From long to short: what contains a phrase also contains its parts.
    for phrase in (0..window.len()).rev() {
        let Some((begin, end)) = terms.parts(phrase as TermId) else { break };
        let counts = terms.is_term(phrase as TermId) && window[phrase] >= state.minimum;
        let own = if counts { window[phrase] } else { 0 };
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
