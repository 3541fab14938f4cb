//! Simple signals that LH-6 is compared with in the back-test.
//!
//! None of them is tuned. Each takes the figures of a corpus and one term and returns a number: larger is more
//! emergent.

use super::lh6::{half_year_growth, z};
use crate::figures::{Figures, TermFigures};
use crate::series::burst;

/// Documents in the window.
pub fn frequency(term: &TermFigures) -> f64 {
    f64::from(term.window_documents())
}

/// Log share in the last year less log share in the year before.
pub fn last_year_growth(figures: &Figures, term: &TermFigures) -> f64 {
    let series = figures.series(term, 2);
    let level = |place: usize| {
        let count = f64::from(series.counts.get(place).copied().unwrap_or(0));
        let total = f64::from(series.totals.get(place).copied().unwrap_or(0));
        ((count + 0.5) / (total + 1.0)).ln()
    };
    level(1) - level(0)
}

/// Log share in the last half-year less log share in the five before.
pub fn last_half_growth(figures: &Figures, term: &TermFigures) -> f64 {
    half_year_growth(figures, term)
}

/// Slope of the share over five years, least squares.
pub fn linear_slope(figures: &Figures, term: &TermFigures) -> f64 {
    let series = figures.series(term, 5);
    let length = series.counts.len();
    let centre = (length as f64 - 1.0) / 2.0;
    let (mut above, mut below) = (0.0, 0.0);
    for place in 0..length {
        let distance = place as f64 - centre;
        above += distance * series.share(place);
        below += distance * distance;
    }
    if below == 0.0 { 0.0 } else { above / below }
}

/// Poisson trend over the last `years` years, in standard errors.
pub fn poisson_z(figures: &Figures, term: &TermFigures, years: usize) -> f64 {
    z(figures, term, years).unwrap_or(0.0)
}

/// Weight of the Kleinberg burst that is alive, over ten years.
pub fn kleinberg(figures: &Figures, term: &TermFigures) -> f64 {
    let series = figures.series(term, 10);
    burst::current_weight(&series.counts, &series.totals, 10)
}

/// MACD histogram of the yearly share: averages over 4 and 8 years, signal over 3 (Tattershall et al. 2020).
pub fn macd(figures: &Figures, term: &TermFigures) -> f64 {
    let years = figures.documents.len().div_ceil(2);
    let series = figures.series(term, years);
    let shares: Vec<f64> = (0..series.counts.len()).map(|place| series.share(place)).collect();
    let difference: Vec<f64> = smoothed(&shares, 4.0)
        .iter()
        .zip(smoothed(&shares, 8.0))
        .map(|(fast, slow)| fast - slow)
        .collect();
    let signal = smoothed(&difference, 3.0);
    let level = smoothed(&shares, 3.0).into_iter().fold(0.0, f64::max);
    match (difference.last(), signal.last()) {
        (Some(difference), Some(signal)) if level > 0.0 => (difference - signal) / level.sqrt(),
        _ => 0.0,
    }
}

/// Exponential moving average with a span in years.
fn smoothed(values: &[f64], span: f64) -> Vec<f64> {
    let weight = 2.0 / (span + 1.0);
    let mut average = None;
    values
        .iter()
        .map(|value| {
            let next = average.map_or(*value, |before: f64| before + weight * (value - before));
            average = Some(next);
            next
        })
        .collect()
}
