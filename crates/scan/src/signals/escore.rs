//! EScore (Carley, Newman, Porter, Garner 2018), for comparison in the back-test only.
//!
//! The score is covered by US patent 10,803,124 B2; it is computed here for research comparison and is not offered
//! as a score of the product.

use crate::figures::{Figures, TermFigures};

/// Years of the method: three base years and seven active ones.
const YEARS: usize = 10;

/// Returns the EScore of a term: twice the active trend, the recent trend and the slope.
pub fn escore(figures: &Figures, term: &TermFigures) -> f64 {
    let (counts, totals) = ten_years(figures, term);
    let level = |years: &[usize]| -> f64 {
        let count: f64 = years.iter().map(|year| counts[year - 1]).sum();
        let roots: f64 = years.iter().map(|year| totals[year - 1].sqrt()).sum();
        if roots > 0.0 { count / roots } else { 0.0 }
    };
    let active = level(&[8, 9, 10]) - level(&[4, 5, 6]);
    let recent = 10.0 * (level(&[9, 10]) - level(&[7, 8]));
    let slope = 10.0 * (level(&[10]) - level(&[7])) / 3.0;
    2.0 * active + recent + slope
}

/// Returns whether a term passes the published filters: novelty, persistence, growth.
///
/// The community filter (two groups of authors) holds for every candidate, because candidates have three distinct
/// first and last authors.
pub fn passes_published_filters(figures: &Figures, term: &TermFigures) -> bool {
    let (counts, totals) = ten_years(figures, term);
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let (base, active) = (sum(&counts[..3]), sum(&counts[3..]));
    let base_share = if sum(&totals[..3]) > 0.0 { base / sum(&totals[..3]) } else { 0.0 };
    let years = counts.iter().filter(|count| **count > 0.0).count();
    base_share < 0.15 && base + active >= 7.0 && years >= 3 && active >= 2.0 * base
}

/// Counts of the last ten years, with zeros in front where the corpus is younger.
fn ten_years(figures: &Figures, term: &TermFigures) -> ([f64; YEARS], [f64; YEARS]) {
    let series = figures.series(term, YEARS);
    let missing = YEARS - series.counts.len();
    let pad = |values: &[u32]| {
        std::array::from_fn(
            |year| if year < missing { 0.0 } else { f64::from(values[year - missing]) },
        )
    };
    (pad(&series.counts), pad(&series.totals))
}
