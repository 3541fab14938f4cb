//! The policy on what may be said about an inflection: the only gate for words such as "saturation".
//!
//! An inflection may be printed only if (a) a logistic or Gompertz curve beats the constant and the exponential by
//! [`MIN_ADVANTAGE`] QAICc, (b) it lies at least [`MIN_AGE`] years before the last year, and (c) its standard deviation
//! is at most [`MAX_SD`] years. A fourth condition only narrows this further: a curve that rose and fell
//! ([`Model::Hump`] better than the S-curve by the same advantage) has no saturation level.

use linghang_core::Year;

use super::Fits;
use crate::result::{InflectionStatement, Model};

/// QAICc by which the S-curve must be better.
pub(super) const MIN_ADVANTAGE: f64 = 4.0;
/// Years that must have passed since the inflection.
pub(super) const MIN_AGE: f64 = 2.0;
/// Largest standard deviation of the inflection, in years.
pub(super) const MAX_SD: f64 = 2.0;

pub(super) const SERIES_TOO_SHORT: &str = "series_too_short";
const NO_ADVANTAGE: &str = "no_s_curve_advantage";
const NOT_PAST: &str = "inflection_not_past";
const UNCERTAIN: &str = "inflection_uncertain";
const ROSE_AND_FELL: &str = "rose_and_fell";

pub(super) fn statement(fits: &Fits, last_year: Year) -> InflectionStatement {
    let better = |one: Model, other: Model| {
        let (one, other) = (fits.curve(one), fits.curve(other));
        if one.qaicc <= other.qaicc { one } else { other }
    };
    let curve = better(Model::Logistic, Model::Gompertz);
    let plain = better(Model::Constant, Model::Exponential);
    let hump = fits.curve(Model::Hump);
    let sd_t0 = curve.fit.sd_time * fits.dispersion.sqrt();
    let failed = [
        (NO_ADVANTAGE, plain.qaicc - curve.qaicc < MIN_ADVANTAGE),
        (NOT_PAST, curve.fit.time() > -MIN_AGE),
        (UNCERTAIN, sd_t0.is_nan() || sd_t0 > MAX_SD),
        (ROSE_AND_FELL, curve.qaicc - hump.qaicc >= MIN_ADVANTAGE),
    ];
    let reasons: Vec<String> =
        failed.iter().filter(|(_, has_failed)| *has_failed).map(|(c, _)| (*c).to_owned()).collect();
    if !reasons.is_empty() {
        return InflectionStatement::NotIdentifiable { reasons };
    }
    InflectionStatement::Identified {
        model: curve.fit.model,
        t0: f64::from(last_year) + curve.fit.time(),
        sd_t0,
        saturation_share: curve.fit.level(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::life_cycle;
    use super::*;
    use crate::random::Random;
    use crate::series::Series;
    use crate::series::count_table::CountTable;

    fn is_identified(counts: Vec<u32>) -> bool {
        let totals = vec![20_000; counts.len()];
        let found = life_cycle(&Series { last_year: 2019, counts, totals });
        matches!(found.statement, InflectionStatement::Identified { .. })
    }

    /// How many of `curves` simulated Poisson series of a mean get a saturation statement.
    fn statements(curves: u64, years: u32, mean: impl Fn(f64) -> f64) -> usize {
        let tables: Vec<CountTable> = (0..years)
            .map(|year| CountTable::new(mean(f64::from(year) - f64::from(years - 1)), 0.0))
            .collect();
        (0..curves)
            .filter(|curve| {
                let mut random = Random::new(20, *curve);
                is_identified(tables.iter().map(|table| table.draw(&mut random)).collect())
            })
            .count()
    }

    fn logistic(level: f64, rate: f64, t0: f64) -> impl Fn(f64) -> f64 {
        move |time| level / (1.0 + (-rate * (time - t0)).exp())
    }

    #[test]
    fn growth_without_an_end_is_given_none() {
        for (last, rate) in [(40.0, 0.2), (100.0, 0.4), (400.0, 0.6)] {
            let found = statements(500, 15, |time: f64| last * (rate * time).exp());
            assert!(found <= 5, "{found} of 500 exponential curves");
        }
    }

    #[test]
    fn before_the_inflection_nothing_is_said() {
        for t0 in [1.0, 4.0, 8.0] {
            let found = statements(500, 15, logistic(400.0, 0.5, t0));
            assert!(found <= 5, "{found} of 500 curves with the inflection {t0} years ahead");
        }
    }

    #[test]
    fn level_curves_have_no_inflection() {
        for mean in [2.0, 10.0, 100.0] {
            let found = statements(500, 15, |_| mean);
            assert!(found <= 5, "{found} of 500 level curves");
        }
    }

    #[test]
    fn a_clear_inflection_five_years_ago_is_found() {
        let found = statements(200, 15, logistic(200.0, 0.9, -5.0));
        assert!(found >= 180, "only {found} of 200");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn a_noise_free_exponential_is_never_identified(
            years in 6_i32..22, last in 5.0_f64..3000.0, rate in -0.7_f64..0.7
        ) {
            let counts = (1 - years..=0).map(|t| (last * (rate * f64::from(t)).exp()).round() as u32);
            prop_assume!(rate > 0.0 || last * (-rate * f64::from(years)).exp() < 2e4);
            prop_assert!(!is_identified(counts.collect()));
        }

        #[test]
        fn a_noise_free_future_inflection_is_never_identified(
            years in 6_i32..22, level in 20.0_f64..3000.0, rate in 0.1_f64..1.0, t0 in 0.0_f64..9.0
        ) {
            let curve = logistic(level, rate, t0);
            let counts = (1 - years..=0).map(|t| curve(f64::from(t)).round() as u32).collect();
            prop_assert!(!is_identified(counts));
        }
    }
}
