//! Past errors by volume class, and the interval that they give.
//!
//! The interval of a class runs from the 10 % to the 90 % quantile of ln(realised / forecast), widened about the median
//! by one factor. The factor is what earlier intervals would have needed to hold in [`NOMINAL_COVERAGE`] of cases, walking
//! forward (each cut is judged by cuts whose future was known by then), but at least [`FACTOR_LEAST`]. Errors grow when a
//! field changes fast, so quantiles of the past alone are too narrow.
//!
//! Not here: the point forecast (`mod.rs`), the comparison of forecasters (`evaluate.rs`).

use linghang_core::Year;
use rayon::prelude::*;

use super::{Cut, Forecaster, Forecasts, PastCase, window_count};
use crate::quantile::{quantile, quantile_of_sorted};
use crate::result::Forecast;
use crate::series::life_cycle::YEARS_AHEAD;

/// Coverage that intervals aim at.
pub const NOMINAL_COVERAGE: f64 = 0.8;

/// Least widening, and the one taken when no earlier pair of cuts can tell it. Past quantiles as they are held in 0.67 to
/// 0.73 of cases, which for errors of normal shape asks for 1.2 to 1.3; quiet years must not talk the engine out of it.
const FACTOR_LEAST: f64 = 1.25;
const FACTOR_LARGEST: f64 = 3.0;
/// Fewest errors for a class of its own; smaller classes take in their neighbours.
const CLASS_SIZE: usize = 100;
const CLASSES: usize = 16;

/// One past error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PastError {
    pub(super) year: Year,
    pub(super) class: usize,
    /// ln(realised share / forecast share).
    pub(super) error: f64,
}

impl PastError {
    pub(super) fn of(year: Year, case: &PastCase, forecast: f64) -> Self {
        let class = volume_class(window_count(&case.series));
        Self { year, class, error: (case.future_share / forecast).ln() }
    }
}

/// Past errors, ready to give intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Residuals {
    /// (10 %, 50 %, 90 %) quantile by volume class; empty without any error.
    quantiles: Vec<[f64; 3]>,
    factor: f64,
    measured_coverage: Option<f64>,
}

impl Residuals {
    /// Forecasts every case of the cuts and keeps the errors. For a forecast made in year T, pass only cuts up to T−3.
    pub fn from_cuts(cuts: &[Cut]) -> Self {
        let errors: Vec<PastError> = cuts.iter().flat_map(past_errors).collect();
        Self::from_errors(&errors)
    }

    pub(super) fn from_errors(errors: &[PastError]) -> Self {
        let factor = widening(errors);
        let coverages: Vec<f64> =
            walk_forward(errors).map(|(known, now)| Self::of(&known).coverage(&now)).collect();
        let measured_coverage =
            (!coverages.is_empty()).then(|| coverages.iter().sum::<f64>() / coverages.len() as f64);
        Self { quantiles: class_quantiles(errors), factor, measured_coverage }
    }

    /// Like `from_errors`, without measuring itself.
    pub(super) fn of(errors: &[PastError]) -> Self {
        let quantiles = class_quantiles(errors);
        Self { quantiles, factor: widening(errors), measured_coverage: None }
    }

    /// The factor by which quantiles are widened, 1.25 to 3.
    pub fn widening_factor(&self) -> f64 {
        self.factor
    }

    /// Mean share of cases, over the cuts that had earlier ones, that fell into intervals made at that time.
    pub fn measured_coverage(&self) -> Option<f64> {
        self.measured_coverage
    }

    /// Puts an interval around a forecast share of a term with so many documents in its last three years.
    pub fn interval(&self, share: f64, documents: u64) -> Option<Forecast> {
        let (low, high) = self.error_range(volume_class(documents))?;
        Some(Forecast {
            share,
            low: (share * low.exp()).clamp(0.0, share),
            high: (share * high.exp()).clamp(share, 1.0_f64.max(share)),
            nominal: NOMINAL_COVERAGE,
            measured_coverage: self.measured_coverage,
        })
    }

    /// Share of the errors that lie inside the intervals of their class; 0 without intervals.
    pub(super) fn coverage(&self, errors: &[PastError]) -> f64 {
        let is_inside = |past: &&PastError| {
            self.error_range(past.class).is_some_and(|(low, high)| {
                low.min(0.0) <= past.error && past.error <= high.max(0.0)
            })
        };
        errors.iter().filter(is_inside).count() as f64 / errors.len().max(1) as f64
    }

    fn error_range(&self, class: usize) -> Option<(f64, f64)> {
        let [low, middle, high] = *self.quantiles.get(class)?;
        Some((middle + self.factor * (low - middle), middle + self.factor * (high - middle)))
    }
}

fn past_errors(cut: &Cut) -> Vec<PastError> {
    cut.cases
        .par_iter()
        .filter_map(|case| {
            let forecasts = Forecasts::of(&case.series)?;
            Some(PastError::of(cut.year, case, forecasts.share(Forecaster::Shipped)))
        })
        .collect()
}

/// Powers of two of the documents in three years.
fn volume_class(documents: u64) -> usize {
    (documents.max(1).ilog2() as usize).min(CLASSES - 1)
}

/// For each cut with earlier ones: (errors known at that date, errors of that cut), oldest first.
pub(super) fn walk_forward(
    errors: &[PastError],
) -> impl Iterator<Item = (Vec<PastError>, Vec<PastError>)> {
    let mut years: Vec<Year> = errors.iter().map(|past| past.year).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().filter_map(|year| {
        let pick = |keep: &dyn Fn(Year) -> bool| -> Vec<PastError> {
            errors.iter().copied().filter(|past| keep(past.year)).collect()
        };
        let known = pick(&|earlier| earlier + YEARS_AHEAD as Year <= year);
        (!known.is_empty()).then(|| (known, pick(&|other| other == year)))
    })
}

/// The factor that would have brought earlier intervals to the nominal coverage, each cut with equal weight.
fn widening(errors: &[PastError]) -> f64 {
    let factors: Vec<f64> = walk_forward(errors)
        .map(|(known, now)| {
            let quantiles = class_quantiles(&known);
            let needed: Vec<f64> =
                now.iter().map(|past| distance(past.error, quantiles[past.class])).collect();
            quantile(&needed, NOMINAL_COVERAGE)
        })
        .collect();
    if factors.is_empty() {
        return FACTOR_LEAST;
    }
    (factors.iter().sum::<f64>() / factors.len() as f64).clamp(FACTOR_LEAST, FACTOR_LARGEST)
}

/// How often the half-width on its side an error lies from the median.
fn distance(error: f64, [low, middle, high]: [f64; 3]) -> f64 {
    let width = if error < middle { middle - low } else { high - middle };
    if width > 0.0 { (error - middle).abs() / width } else { FACTOR_LARGEST }
}

fn class_quantiles(errors: &[PastError]) -> Vec<[f64; 3]> {
    if errors.is_empty() {
        return Vec::new();
    }
    let mut by_class: Vec<Vec<f64>> = vec![Vec::new(); CLASSES];
    for past in errors {
        by_class[past.class].push(past.error);
    }
    let tail = 0.5 * (1.0 - NOMINAL_COVERAGE);
    (0..CLASSES)
        .map(|class| {
            let mut pooled = by_class[class].clone();
            for reach in 1..CLASSES {
                if pooled.len() >= CLASS_SIZE {
                    break;
                }
                let lower = class.checked_sub(reach).map(|below| &by_class[below]);
                for neighbour in [lower, by_class.get(class + reach)].into_iter().flatten() {
                    pooled.extend_from_slice(neighbour);
                }
            }
            pooled.sort_by(f64::total_cmp);
            [tail, 0.5, 1.0 - tail].map(|at| quantile_of_sorted(&pooled, at))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::Random;

    /// Errors of `spread(year)`, roughly normal, in two volume classes.
    fn errors(years: &[Year], spread: impl Fn(Year) -> f64) -> Vec<PastError> {
        let mut random = Random::new(5, 0);
        let mut list = Vec::new();
        for year in years {
            for case in 0..1000 {
                let normal: f64 = (0..12).map(|_| random.uniform()).sum::<f64>() - 6.0;
                list.push(PastError {
                    year: *year,
                    class: 4 + case % 2,
                    error: normal * spread(*year),
                });
            }
        }
        list
    }

    fn check(years: &[Year], spread: impl Fn(Year) -> f64) -> String {
        let residuals = Residuals::from_errors(&errors(years, spread));
        let shown = residuals.interval(0.01, 20).unwrap();
        let coverage = residuals.measured_coverage().map(|c| format!("{c:.2}"));
        format!(
            "low {:.2} high {:.2} factor {:.1} coverage {}",
            shown.low / 0.01,
            shown.high / 0.01,
            residuals.widening_factor(),
            coverage.as_deref().unwrap_or("unknown"),
        )
    }

    #[test]
    fn steady_errors_are_widened_by_no_more_than_caution() {
        insta::assert_snapshot!(
            check(&[2007, 2010, 2013, 2016], |_| 0.3),
            @"low 0.64 high 1.62 factor 1.2 coverage 0.89"
        );
    }

    #[test]
    fn the_coverage_of_a_single_cut_is_unknown() {
        insta::assert_snapshot!(
            check(&[2010], |_| 0.3),
            @"low 0.66 high 1.55 factor 1.2 coverage unknown"
        );
    }

    #[test]
    fn growing_errors_widen_the_interval() {
        insta::assert_snapshot!(
            check(&[2007, 2010, 2013, 2016], |year| 0.3 + 0.05 * f64::from(year - 2007)),
            @"low 0.36 high 2.84 factor 1.6 coverage 0.76"
        );
    }

    #[test]
    fn a_cut_whose_future_was_unknown_then_is_not_used() {
        let close = errors(&[2010, 2012], |_| 0.3);
        assert_eq!(Residuals::from_errors(&close).measured_coverage(), None);
        assert_eq!(walk_forward(&errors(&[2010, 2013], |_| 0.3)).count(), 1);
    }

    proptest! {
        #[test]
        fn a_forecast_lies_in_its_own_interval(
            share in 0.0_f64..=1.0, documents in 0_u64..1_000_000, shift in -2.0_f64..2.0
        ) {
            let mut list = errors(&[2010], |_| 0.4);
            for past in &mut list {
                past.error += shift;
            }
            let shown = Residuals::of(&list).interval(share, documents).unwrap();
            prop_assert!(0.0 <= shown.low && shown.low <= shown.share);
            prop_assert!(shown.share <= shown.high && shown.high <= 1.0);
        }
    }
}
