//! Measures forecasters on past cuts: median error of each, and the coverage of the shipped intervals.

use linghang_core::Year;
use rayon::prelude::*;
use serde::Serialize;

use super::residuals::{PastError, Residuals, walk_forward};
use super::{Cut, Forecaster, Forecasts};
use crate::quantile::quantile_of_sorted;

/// How well forecasts did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForecastEvaluation {
    /// Cases that could be fitted.
    pub cases: usize,
    /// One entry a forecaster, in the order of [`Forecaster::ALL`].
    pub forecasters: Vec<ForecasterError>,
    /// One entry a cut that had earlier cuts to calibrate on, oldest first.
    pub coverage_by_cut: Vec<CutCoverage>,
    /// Mean of `coverage_by_cut`; absent when there is none.
    pub coverage: Option<f64>,
}

/// Error of one forecaster over all cuts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ForecasterError {
    /// Which one.
    pub forecaster: Forecaster,
    /// Median of |ln(realised / forecast)|.
    pub median_absolute_log_error: f64,
    /// Share of forecasts between realised/1.25 and realised·1.25.
    pub within_quarter: f64,
}

/// Coverage of the shipped intervals at one cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CutCoverage {
    /// Last year that the forecasts saw.
    pub year: Year,
    /// Cases of that cut.
    pub cases: usize,
    /// Share of them whose realised share fell into the interval.
    pub coverage: f64,
    /// By how much the past quantiles were widened.
    pub widening_factor: f64,
}

/// Evaluates all forecasters on all cuts.
///
/// Intervals of a cut at T are calibrated only on cuts up to T−3, whose future was known at T. `None` when no case can be
/// fitted.
pub fn evaluate_forecasts(cuts: &[Cut]) -> Option<ForecastEvaluation> {
    let judged: Vec<Judged> = cuts.iter().flat_map(judge).collect();
    if judged.is_empty() {
        return None;
    }
    let forecasters = Forecaster::ALL
        .iter()
        .enumerate()
        .map(|(index, forecaster)| {
            summary(*forecaster, judged.iter().map(|case| case.errors[index].abs()).collect())
        })
        .collect();
    let shipped: Vec<PastError> = judged.iter().map(|case| case.shipped).collect();
    let coverage_by_cut = coverage_by_cut(&shipped);
    let sum: f64 = coverage_by_cut.iter().map(|cut| cut.coverage).sum();
    let coverage = (!coverage_by_cut.is_empty()).then(|| sum / coverage_by_cut.len() as f64);
    Some(ForecastEvaluation { cases: judged.len(), forecasters, coverage_by_cut, coverage })
}

struct Judged {
    shipped: PastError,
    /// ln(realised / forecast) in the order of [`Forecaster::ALL`].
    errors: [f64; Forecaster::ALL.len()],
}

fn judge(cut: &Cut) -> Vec<Judged> {
    cut.cases
        .par_iter()
        .filter_map(|case| {
            let forecasts = Forecasts::of(&case.series)?;
            let error = |one| (case.future_share / forecasts.share(one)).ln();
            let shipped = PastError::of(cut.year, case, forecasts.share(Forecaster::Shipped));
            Some(Judged { shipped, errors: Forecaster::ALL.map(error) })
        })
        .collect()
}

fn summary(forecaster: Forecaster, mut errors: Vec<f64>) -> ForecasterError {
    errors.sort_by(f64::total_cmp);
    let close = errors.partition_point(|error| *error <= 1.25_f64.ln());
    ForecasterError {
        forecaster,
        median_absolute_log_error: quantile_of_sorted(&errors, 0.5),
        within_quarter: close as f64 / errors.len() as f64,
    }
}

fn coverage_by_cut(errors: &[PastError]) -> Vec<CutCoverage> {
    walk_forward(errors)
        .map(|(known, now)| {
            let residuals = Residuals::of(&known);
            CutCoverage {
                year: now[0].year,
                cases: now.len(),
                coverage: residuals.coverage(&now),
                widening_factor: residuals.widening_factor(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::series::Series;
    use crate::series::count_table::CountTable;

    /// Curves whose share wanders: ln share makes a random step of standard deviation `step` every year.
    fn wandering(curves: u64, step: f64) -> Vec<Series> {
        (0..curves)
            .map(|curve| {
                let mut random = Random::new(11, curve);
                let mut log_mean = 3.5;
                let counts = (0..25)
                    .map(|_| {
                        let normal = (0..12).map(|_| random.uniform()).sum::<f64>() - 6.0;
                        log_mean += step * normal;
                        CountTable::new(f64::exp(log_mean), 0.0).draw(&mut random)
                    })
                    .collect();
                Series { last_year: 2019, counts, totals: vec![20_000; 25] }
            })
            .collect()
    }

    #[test]
    fn on_wandering_curves_the_shipped_forecast_beats_curves_and_its_intervals_hold() {
        let series = wandering(300, 0.2);
        let cuts: Vec<Cut> =
            [2007, 2010, 2013, 2016].iter().map(|year| Cut::of(&series, *year, 10)).collect();
        let found = evaluate_forecasts(&cuts).unwrap();
        let error = |wanted: Forecaster| {
            found
                .forecasters
                .iter()
                .find(|one| one.forecaster == wanted)
                .unwrap()
                .median_absolute_log_error
        };
        assert!(error(Forecaster::Shipped) < error(Forecaster::Logistic));
        assert!(error(Forecaster::Shipped) < error(Forecaster::Exponential));
        assert_eq!(found.coverage_by_cut.len(), 3);
        let coverage = found.coverage.unwrap();
        assert!((0.72..=0.9).contains(&coverage), "coverage {coverage}");
    }

    #[test]
    fn no_case_no_evaluation() {
        assert_eq!(evaluate_forecasts(&[Cut { year: 2010, cases: Vec::new() }]), None);
    }
}
