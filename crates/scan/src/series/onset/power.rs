//! Simulation of the onset test: how often it sees a turn, how often it cries wolf, and how well it dates.
//!
//! This measures the engine as it is used ([`onsets`] over many curves, dispersion estimated, p from the bootstrap), not
//! an ideal version of the test with known noise.
//!
//! Power depends on how many documents the last years hold. "Three a year" in a collection that grows like arXiv did
//! (25 log-% a year over two decades) means many more at the end, and two years of +40 log-% are then seen in nine of ten
//! curves. In a collection that does not grow, no test whatever could reach more than about 0.62 there (Neyman–Pearson
//! bound, with level, slope and year known); the table shows both.

use super::onsets;
use crate::random::Random;
use crate::series::Series;
use crate::series::count_table::CountTable;

/// One cell of the power table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerScenario {
    /// Documents with the term in a mean year, were there no turn.
    pub base: f64,
    /// Growth of all documents, natural log a year; collections grow, so that later years weigh more.
    pub totals_growth: f64,
    /// Growth after the turn, natural log a year.
    pub slope: f64,
    /// Years of growth that the test sees.
    pub growth_years: usize,
    /// Years of level share before.
    pub base_years: usize,
    /// Overdispersion: variance = mean + dispersion·mean².
    pub dispersion: f64,
    /// Curves with and curves without a turn, each as many.
    pub curves: usize,
}

/// What was measured in one cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerCell {
    /// Share of level curves with p ≤ 0.05.
    pub false_alarms: f64,
    /// Share of turning curves with p ≤ 0.05.
    pub power: f64,
    /// Share of turning curves whose statistic is above 95 % of the level curves': power at exactly 5 % false alarms.
    pub power_at_five_percent: f64,
    /// Share of turning curves dated within one year of the truth.
    pub dated_within_one_year: f64,
}

impl PowerScenario {
    /// The scenarios of the published table: a collection that grows like arXiv, and one that does not grow; base 3 and
    /// 10 a year, and 3 with overdispersion 0.1; 1 to 4 years of +40 log-% a year after 18 level ones.
    pub fn table(curves: usize) -> Vec<Self> {
        let mut scenarios = Vec::new();
        for totals_growth in [0.25, 0.0] {
            for (base, dispersion) in [(3.0, 0.0), (10.0, 0.0), (3.0, 0.1)] {
                scenarios.extend((1..=4).map(|growth_years| Self {
                    base,
                    totals_growth,
                    slope: 0.4,
                    growth_years,
                    base_years: 18,
                    dispersion,
                    curves,
                }));
            }
        }
        scenarios
    }
}

const FIRST_YEAR_DOCUMENTS: f64 = 10_000.0;
const LEVEL: f64 = 0.05;

/// Simulates one cell. Level and turning curves are tested apart, each among its like.
pub fn power_of(scenario: &PowerScenario, seed: u64) -> PowerCell {
    let level = onsets(&simulate(&PowerScenario { slope: 0.0, ..*scenario }, seed), seed);
    let turning = onsets(&simulate(scenario, seed ^ 1), seed);
    let mut level_p: Vec<f64> = level.iter().map(|onset| onset.map_or(1.0, |o| o.p)).collect();
    level_p.sort_by(f64::total_cmp);
    let limit = level_p[(LEVEL * level_p.len() as f64) as usize];
    let truth = (scenario.base_years + 1) as i32;
    let share = |number: usize| number as f64 / scenario.curves as f64;
    let turning_with =
        |limit: f64| share(turning.iter().flatten().filter(|onset| onset.p <= limit).count());
    PowerCell {
        false_alarms: share(level_p.partition_point(|p| *p <= LEVEL)),
        power: turning_with(LEVEL),
        power_at_five_percent: turning_with(limit),
        dated_within_one_year: share(
            turning.iter().flatten().filter(|onset| (onset.year - truth).abs() <= 1).count(),
        ),
    }
}

/// Curves whose years are numbered from 1.
fn simulate(scenario: &PowerScenario, seed: u64) -> Vec<Series> {
    let years = scenario.base_years + scenario.growth_years;
    let totals: Vec<u32> = (0..years)
        .map(|year| (FIRST_YEAR_DOCUMENTS * (scenario.totals_growth * year as f64).exp()) as u32)
        .collect();
    let documents: f64 = totals.iter().map(|total| f64::from(*total)).sum();
    let share = scenario.base * years as f64 / documents;
    let tables: Vec<CountTable> = totals
        .iter()
        .enumerate()
        .map(|(index, total)| {
            let grown = (index + 1).saturating_sub(scenario.base_years) as f64;
            let mean = share * f64::from(*total) * (scenario.slope * grown).exp();
            CountTable::new(mean, scenario.dispersion)
        })
        .collect();
    (0..scenario.curves)
        .map(|curve| {
            let mut random = Random::new(seed, curve as u64);
            let counts = tables.iter().map(|table| table.draw(&mut random)).collect();
            Series { last_year: years as i32, counts, totals: totals.clone() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One cell of the table, found by its values.
    fn check(totals_growth: f64, base: f64, dispersion: f64, growth_years: usize) -> PowerCell {
        let scenario = PowerScenario::table(1000)
            .into_iter()
            .find(|one| {
                (one.totals_growth, one.base, one.dispersion, one.growth_years)
                    == (totals_growth, base, dispersion, growth_years)
            })
            .unwrap();
        power_of(&scenario, 42)
    }

    #[test]
    fn three_documents_a_year_suffice_two_years_after_the_turn() {
        let cell = check(0.25, 3.0, 0.0, 2);
        assert!(cell.power_at_five_percent >= 0.85, "{cell:?}");
        assert!((0.03..=0.07).contains(&cell.false_alarms), "{cell:?}");
    }

    #[test]
    fn without_growth_of_the_collection_it_takes_three_years() {
        let cell = check(0.0, 3.0, 0.0, 3);
        assert!(cell.power_at_five_percent >= 0.85, "{cell:?}");
        assert!((0.03..=0.07).contains(&cell.false_alarms), "{cell:?}");
    }

    #[test]
    fn onsets_are_dated_within_one_year_four_years_after() {
        for totals_growth in [0.25, 0.0] {
            let cell = check(totals_growth, 10.0, 0.0, 4);
            assert!(cell.dated_within_one_year >= 0.9, "{cell:?}");
        }
    }

    #[test]
    fn overdispersion_does_not_bring_false_alarms() {
        let cell = check(0.25, 3.0, 0.1, 2);
        assert!((0.02..=0.08).contains(&cell.false_alarms), "{cell:?}");
    }

    #[test]
    #[ignore = "the full table; run with --ignored --nocapture"]
    fn full_table() {
        for scenario in PowerScenario::table(4000) {
            let cell = power_of(&scenario, 2026);
            eprintln!(
                "growth {:.2} base {:>2} dispersion {:.1} years {}: power {:.2} (engine's p {:.2}), \
                 false alarms {:.3}, dated ±1 {:.2}",
                scenario.totals_growth,
                scenario.base,
                scenario.dispersion,
                scenario.growth_years,
                cell.power_at_five_percent,
                cell.power,
                cell.false_alarms,
                cell.dated_within_one_year,
            );
            assert!((0.03..=0.08).contains(&cell.false_alarms), "{scenario:?} {cell:?}");
        }
    }
}
