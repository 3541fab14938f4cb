//! LH-6: the emergence score as the sum of six standardised signals with equal weights.
//!
//! Equal weights need no training data, and no weight was tuned on what is reported. The signals are:
//!
//! | code | what it measures |
//! |---|---|
//! | `z3` | growth of the term's share over the last three years, in standard errors |
//! | `nz5` | growth over five years of the terms that stand beside it |
//! | `nh` | growth of those terms in the last half-year |
//! | `ar` | distinct authors a document |
//! | `xz5` | growth of the same term outside the corpus |
//! | `xl` | how much it is used outside the corpus |

use rayon::prelude::*;

use super::neighbours::Neighbours;
use super::standard::standardise;
use crate::figures::{Figures, TermFigures, WINDOW, last};
use crate::quantile::quantile;
use crate::series::poisson::trend;

/// Codes of the six signals, in the order of every display.
pub const SIGNALS: [&str; 6] = ["z3", "nz5", "nh", "ar", "xz5", "xl"];

/// The score of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Measured values by signal; absent where a signal could not be measured.
    pub values: [Option<f64>; 6],
    /// Contributions by signal.
    pub contributions: [f64; 6],
}

impl Score {
    /// Returns the score: the sum of the contributions, in their order.
    pub fn total(&self) -> f64 {
        self.contributions.iter().sum()
    }
}

/// Scores the candidates (indices into `figures.terms`, ascending); one score each, in their order.
pub fn lh6(figures: &Figures, candidates: &[u32]) -> Vec<Score> {
    let columns = measure(figures, candidates);
    let scaled: Vec<Vec<f64>> = columns.iter().map(|column| standardise(column)).collect();
    (0..candidates.len())
        .map(|place| Score {
            values: std::array::from_fn(|signal| columns[signal][place]),
            contributions: std::array::from_fn(|signal| scaled[signal][place]),
        })
        .collect()
}

/// Measures the six signals; one column a signal, one entry a candidate.
pub fn measure(figures: &Figures, candidates: &[u32]) -> [Vec<Option<f64>>; 6] {
    let neighbours = Neighbours::new(figures, candidates);
    let column = |signal: &(dyn Fn(&TermFigures) -> Option<f64> + Sync)| -> Vec<Option<f64>> {
        candidates.par_iter().map(|term| signal(&figures.terms[*term as usize])).collect()
    };
    let z3 = column(&|term| z(figures, term, 3));
    let z5 = column(&|term| z(figures, term, 5));
    let clipped = clip_to_quantiles(&z5, 0.01, 0.99);
    let half = column(&|term| Some(half_year_growth(figures, term)));
    let places = (0..candidates.len()).into_par_iter();
    [
        z3,
        places.clone().map(|place| neighbours.cosine_mean(place, &clipped)).collect(),
        places.map(|place| neighbours.association_mean(place, &half)).collect(),
        column(&|term| Some(f64::from(term.actors) / f64::from(term.window_documents().max(1)))),
        column(&|term| background_z(figures, term)),
        column(&|term| background_level(figures, term)),
    ]
}

/// Growth of the term's share over the last `years` years, in standard errors.
pub(super) fn z(figures: &Figures, term: &TermFigures, years: usize) -> Option<f64> {
    let series = figures.series(term, years);
    trend(&series.counts, &series.totals).map(|trend| trend.z)
}

fn background_z(figures: &Figures, term: &TermFigures) -> Option<f64> {
    let series = figures.background_series(term);
    if series.counts.iter().all(|count| *count == 0) {
        return None;
    }
    trend(&series.counts, &series.totals).map(|trend| trend.z)
}

fn background_level(figures: &Figures, term: &TermFigures) -> Option<f64> {
    let documents: u32 = figures.background_documents.iter().sum();
    (documents > 0).then(|| f64::from(term.background_window_documents()).ln_1p())
}

/// Log share in the last half-year less log share in the five half-years before.
pub(super) fn half_year_growth(figures: &Figures, term: &TermFigures) -> f64 {
    let (counts, totals) = (last(&term.halves, WINDOW), last(&figures.documents, WINDOW));
    let level = |counts: &[u32], totals: &[u32]| {
        let (count, total): (u32, u32) = (counts.iter().sum(), totals.iter().sum());
        ((f64::from(count) + 0.5) / (f64::from(total) + 1.0)).ln()
    };
    let before = counts.len().saturating_sub(1);
    level(&counts[before..], &totals[before..]) - level(&counts[..before], &totals[..before])
}

/// Clips the values present to their own quantiles (linear interpolation).
fn clip_to_quantiles(values: &[Option<f64>], low: f64, high: f64) -> Vec<Option<f64>> {
    let present: Vec<f64> = values.iter().copied().flatten().collect();
    let (low, high) = (quantile(&present, low), quantile(&present, high));
    values.iter().map(|value| value.map(|value| value.clamp(low, high))).collect()
}
