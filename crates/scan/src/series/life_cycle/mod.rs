//! Life-cycle fit of one curve: constant, exponential, logistic, Gompertz and hump-shaped share, compared by QAICc.
//!
//! A fit is a description of the past. What may be said about an inflection or a saturation level is decided by
//! [`statement`] alone, because growth data say almost nothing about saturation before the inflection
//! (A. Sandberg and others, 2021). Forecasts use the fits only through [`Fits::average_share_ahead`].
//!
//! Invariants: Akaike weights sum to 1; models are in order of QAICc; no infinite number leaves this module.

mod cholesky;
mod curves;
mod fit;
mod statement;

use std::collections::BTreeMap;

use fit::CurveFit;

use super::Series;
use crate::result::{InflectionStatement, LifeCycle, Model, ModelFit};

/// Fewest years with documents that are fitted; below, the small-sample correction of the S-curves explodes.
pub const MIN_YEARS: usize = 6;

/// Years that a forecast averages over.
pub const YEARS_AHEAD: u32 = 3;

/// The five fits of one series, with what their comparison needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Fits {
    curves: Vec<Compared>,
    /// Overdispersion φ = max(1, smallest deviance of a three-parameter model / (years − 3)).
    pub dispersion: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Compared {
    fit: CurveFit,
    qaicc: f64,
    weight: f64,
}

/// Fits all models and says what may be said. A series that is too short has no models.
pub fn life_cycle(series: &Series) -> LifeCycle {
    match fit_all(series) {
        Some(fits) => fits.report(series),
        None => LifeCycle {
            models: Vec::new(),
            statement: InflectionStatement::NotIdentifiable {
                reasons: vec![statement::SERIES_TOO_SHORT.to_owned()],
            },
        },
    }
}

/// Fits all models. `None` with fewer than [`MIN_YEARS`] years of documents, or none with the term.
pub fn fit_all(series: &Series) -> Option<Fits> {
    let last = series.counts.len() as f64 - 1.0;
    let points: Vec<(f64, f64, f64)> = series
        .counts
        .iter()
        .zip(&series.totals)
        .enumerate()
        .filter(|(_, (_, total))| **total > 0)
        .map(|(index, (count, total))| (index as f64 - last, f64::from(*count), f64::from(*total)))
        .collect();
    if points.len() < MIN_YEARS || points.iter().all(|(_, count, _)| *count <= 0.0) {
        return None;
    }
    let fits = curves::ALL.map(|model| fit::fit(model, &points));
    Some(compare(&fits, points.len()))
}

fn compare(fits: &[CurveFit], years: usize) -> Fits {
    let years = years as f64;
    let smallest = fits
        .iter()
        .filter(|fit| curves::parameters(fit.model) == 3)
        .map(|fit| fit.deviance)
        .fold(f64::INFINITY, f64::min);
    let dispersion = (smallest / (years - 3.0)).max(1.0);
    let qaicc = |fit: &CurveFit| {
        let k = curves::parameters(fit.model) as f64;
        fit.deviance / dispersion + 2.0 * k + 2.0 * k * (k + 1.0) / (years - k - 1.0)
    };
    let mut compared: Vec<Compared> =
        fits.iter().map(|fit| Compared { fit: *fit, qaicc: qaicc(fit), weight: 0.0 }).collect();
    // The sort is stable, so that of equal models the simpler stands first.
    compared.sort_by(|a, b| a.qaicc.total_cmp(&b.qaicc));
    let best = compared[0].qaicc;
    let sum: f64 = compared.iter().map(|one| (-0.5 * (one.qaicc - best)).exp()).sum();
    for one in &mut compared {
        one.weight = (-0.5 * (one.qaicc - best)).exp() / sum;
    }
    Fits { curves: compared, dispersion }
}

impl Fits {
    /// Mean share that the models, averaged by Akaike weight, give for the next [`YEARS_AHEAD`] years.
    pub fn average_share_ahead(&self) -> f64 {
        self.curves.iter().map(|one| one.weight * mean_ahead(&one.fit)).sum()
    }

    /// The same for one model alone.
    pub fn share_ahead(&self, model: Model) -> f64 {
        mean_ahead(&self.curve(model).fit)
    }

    /// The model with the lowest QAICc.
    pub fn selected(&self) -> Model {
        self.curves[0].fit.model
    }

    /// What may be said about the inflection; `last_year` places t0 in the calendar.
    pub fn statement(&self, last_year: linghang_core::Year) -> InflectionStatement {
        statement::statement(self, last_year)
    }

    /// Lays the fits out as a result. `series` must be the one that was fitted.
    pub fn report(&self, series: &Series) -> LifeCycle {
        let models = self.curves.iter().map(|one| self.report_one(one, series)).collect();
        LifeCycle { models, statement: self.statement(series.last_year) }
    }

    fn curve(&self, model: Model) -> &Compared {
        self.curves.iter().find(|one| one.fit.model == model).expect("fit_all fits every model")
    }

    fn report_one(&self, one: &Compared, series: &Series) -> ModelFit {
        let fit = &one.fit;
        let mut parameters = BTreeMap::from([("k".to_owned(), fit.level())]);
        if fit.model != Model::Constant {
            parameters.insert("r".to_owned(), fit.rate());
        }
        if curves::parameters(fit.model) == 3 {
            parameters.insert("t0".to_owned(), f64::from(series.last_year) + fit.time());
            let noise = self.dispersion.sqrt();
            for (name, sd) in [("sd_t0", fit.sd_time), ("sd_ln_k", fit.sd_log_level)] {
                if sd.is_finite() {
                    parameters.insert(name.to_owned(), sd * noise);
                }
            }
        }
        let last = series.counts.len() as f64 - 1.0;
        let fitted = (0..series.counts.len()).map(|i| fit.share(i as f64 - last)).collect();
        ModelFit { model: fit.model, qaicc: one.qaicc, weight: one.weight, parameters, fitted }
    }
}

fn mean_ahead(fit: &CurveFit) -> f64 {
    let sum: f64 = (1..=YEARS_AHEAD).map(|year| fit.share(f64::from(year))).sum();
    sum / f64::from(YEARS_AHEAD)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[u32]) -> String {
        let totals = vec![10_000; counts.len()];
        let series = Series { last_year: 2019, counts: counts.to_vec(), totals };
        let found = life_cycle(&series);
        let best = found.models.first().map(|one| format!("{:?} {:.2}", one.model, one.weight));
        let statement = match found.statement {
            InflectionStatement::Identified { model, t0, sd_t0, saturation_share } => {
                format!("{model:?} t0 {t0:.1} ± {sd_t0:.1}, saturation {saturation_share:.3}")
            }
            InflectionStatement::NotIdentifiable { reasons } => reasons.join(", "),
        };
        format!("{}: {statement}", best.unwrap_or_default())
    }

    #[test]
    fn a_level_curve_is_constant() {
        insta::assert_snapshot!(
            check(&[50, 47, 55, 49, 52, 50, 46, 53, 51, 50]),
            @"Constant 0.79: no_s_curve_advantage, inflection_uncertain"
        );
    }

    #[test]
    fn a_complete_s_curve_has_an_inflection_and_a_level() {
        insta::assert_snapshot!(
            check(&[2, 3, 5, 12, 25, 55, 110, 180, 240, 280, 295, 300, 305, 300]),
            @"Logistic 1.00: Logistic t0 2012.7 ± 0.1, saturation 0.031"
        );
    }

    #[test]
    fn pure_doubling_has_neither() {
        insta::assert_snapshot!(
            check(&[1, 2, 4, 8, 16, 32, 64, 128, 256, 512]),
            @"Exponential 0.81: no_s_curve_advantage, inflection_not_past, inflection_uncertain"
        );
    }

    #[test]
    fn a_rise_and_fall_is_a_hump_and_has_no_saturation() {
        insta::assert_snapshot!(
            check(&[3, 8, 20, 55, 120, 200, 240, 200, 120, 55, 20, 8, 3]),
            @"Hump 1.00: rose_and_fell"
        );
    }

    #[test]
    fn a_short_or_empty_curve_is_not_fitted() {
        insta::assert_snapshot!(check(&[1, 2, 4, 8, 16]), @": series_too_short");
        insta::assert_snapshot!(check(&[0; 12]), @": series_too_short");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn weights_sum_to_one_and_nothing_is_infinite(
            data in prop::collection::vec((0_u32..300, 300_u32..9000), 6..24)
        ) {
            let (counts, totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            prop_assume!(counts.iter().any(|count| *count > 0));
            let series = Series { last_year: 2019, counts, totals };
            let found = life_cycle(&series);
            let sum: f64 = found.models.iter().map(|one| one.weight).sum();
            prop_assert!((sum - 1.0).abs() < 1e-12);
            prop_assert_eq!(found.models.len(), 5);
            prop_assert!(found.models.windows(2).all(|two| two[0].qaicc <= two[1].qaicc));
            for one in &found.models {
                prop_assert!(one.parameters.values().chain(&one.fitted).all(|x| x.is_finite()));
                prop_assert_eq!(one.fitted.len(), series.counts.len());
            }
            let ahead = fit_all(&series).unwrap().average_share_ahead();
            prop_assert!((0.0..=1.0).contains(&ahead));
        }
    }
}
