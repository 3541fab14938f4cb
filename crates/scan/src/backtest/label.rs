//! Which candidates grew: the label of the back-test.

use super::future::Future;
use crate::figures::Figures;
use crate::params::CorpusSize;
use crate::quantile::quantile;

/// What became of one candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Whether its share grew at least 1.5 times and as much as the best tenth of the candidates.
    pub is_positive: bool,
    /// The same for the lower bound of its growth.
    pub is_strict: bool,
    /// Gain for nDCG: log2 of its growth, 0 to 4; 0 with too few documents.
    pub gain: f64,
}

/// Labels the candidates (indices into `figures.terms`); one label each, in their order.
pub fn labels(figures: &Figures, candidates: &[u32], future: &Future) -> Vec<Label> {
    let minimum = f64::from(fewest_documents(figures.size));
    let before = f64::from(figures.window_documents());
    let after = f64::from(future.documents);
    let counts: Vec<(f64, f64)> = candidates
        .iter()
        .map(|term| {
            let documents = figures.terms[*term as usize].window_documents();
            (f64::from(documents), f64::from(future.terms[*term as usize]))
        })
        .collect();
    let growth: Vec<f64> = counts
        .iter()
        .map(|(r, f)| ((f + 1.0) / (after + 2.0)) / ((r + 1.0) / (before + 2.0)))
        .collect();
    let bound: Vec<f64> = counts
        .iter()
        .zip(&growth)
        .map(|((r, f), growth)| growth.ln() - 1.28 * (1.0 / (f + 0.5) + 1.0 / (r + 0.5)).sqrt())
        .collect();
    let threshold = quantile(&growth, 0.9).max(1.5);
    let strict_threshold = quantile(&bound, 0.9).max(1.25_f64.ln());
    counts
        .iter()
        .enumerate()
        .map(|(place, (_, f))| Label {
            is_positive: growth[place] >= threshold && *f >= minimum,
            is_strict: bound[place] >= strict_threshold && *f >= minimum,
            gain: if *f >= minimum { growth[place].log2().clamp(0.0, 4.0) } else { 0.0 },
        })
        .collect()
}

/// Fewest documents in the three years after the cut.
fn fewest_documents(size: CorpusSize) -> u32 {
    match size {
        CorpusSize::Category => 20,
        CorpusSize::Pool => 50,
        CorpusSize::All => 80,
    }
}
