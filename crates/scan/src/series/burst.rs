//! Bursts of one curve: Kleinberg's two-state automaton, batched form.
//!
//! State 0 emits the term at its mean share p0, state 1 at p1 = [`RATIO`]·p0. Entering state 1 costs
//! [`TRANSITION`]·ln Y for Y years, leaving it is free, and before the first year the automaton is in state 0. The
//! cheapest way through the years (Viterbi) gives the bursts. A burst is secondary evidence only.
//!
//! Source: J. Kleinberg, "Bursty and hierarchical structure in streams", 2002, section on batched arrivals.
//!
//! Invariants: every burst has a weight ≥ 0; bursts do not touch each other and are in order of time.

use super::Series;
use crate::result::Burst;

/// Share in the burst state over the mean share (s).
pub const RATIO: f64 = 2.0;
/// Cost factor of entering the burst state (γ).
pub const TRANSITION: f64 = 1.0;
/// Years (or half-years) that are looked at, counted from the end.
pub const PERIODS: usize = 10;

/// Bursts of one curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Bursts {
    /// All bursts, oldest first.
    pub all: Vec<Burst>,
    /// Weight of the burst that is alive at the end; 0 where none is.
    pub current_weight: f64,
}

impl Bursts {
    /// Returns the burst with the largest weight; the later one of equals.
    pub fn strongest(&self) -> Option<Burst> {
        self.all.iter().copied().max_by(|a, b| a.weight.total_cmp(&b.weight))
    }
}

/// Finds the bursts in the last [`PERIODS`] years of a series.
pub fn bursts(series: &Series) -> Bursts {
    let length = series.counts.len();
    let skipped = length.saturating_sub(PERIODS);
    let runs = runs(&series.counts[skipped..], &series.totals[skipped..]);
    let all: Vec<Burst> = runs
        .iter()
        .map(|run| Burst {
            from: series.year(skipped + run.first),
            to: series.year(skipped + run.last),
            weight: run.weight,
            is_alive: skipped + run.last + 1 == length,
        })
        .collect();
    let current_weight = all.last().filter(|burst| burst.is_alive).map_or(0.0, |b| b.weight);
    Bursts { all, current_weight }
}

/// Returns the weight of the burst that is alive in the last period, 0 where none is.
///
/// The slices may be years or half-years, oldest first; only the last `periods` are looked at. This is the
/// "Kleinberg current weight" that the back-test compares with.
pub fn current_weight(counts: &[u32], totals: &[u32], periods: usize) -> f64 {
    let skipped = counts.len().min(totals.len()).saturating_sub(periods);
    let (counts, totals) = (&counts[skipped..], &totals[skipped..]);
    runs(counts, totals).last().filter(|run| run.last + 1 == counts.len()).map_or(0.0, |r| r.weight)
}

struct Run {
    first: usize,
    last: usize,
    weight: f64,
}

fn runs(counts: &[u32], totals: &[u32]) -> Vec<Run> {
    let Some(gains) = gains(counts, totals) else { return Vec::new() };
    let in_burst = cheapest_path(&gains);
    let mut runs: Vec<Run> = Vec::new();
    for (index, gain) in gains.iter().enumerate().filter(|(index, _)| in_burst[*index]) {
        match runs.last_mut() {
            Some(run) if run.last + 1 == index => {
                run.last = index;
                run.weight += gain;
            }
            _ => runs.push(Run { first: index, last: index, weight: *gain }),
        }
    }
    runs
}

/// Cost in state 0 minus cost in state 1, a year; `None` where nothing or everything has the term.
fn gains(counts: &[u32], totals: &[u32]) -> Option<Vec<f64>> {
    let with_term: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let documents: u64 = totals.iter().map(|total| u64::from(*total)).sum();
    if with_term == 0 || with_term >= documents {
        return None;
    }
    let base = with_term as f64 / documents as f64;
    // A term in more than half of all documents cannot double; half way to certainty is its burst.
    let burst = (RATIO * base).min(0.5 * (1.0 + base));
    let present = (burst / base).ln();
    let absent = ((1.0 - burst) / (1.0 - base)).ln();
    let gain = |count: u32, total: u32| {
        f64::from(count) * present + f64::from(total.saturating_sub(count)) * absent
    };
    Some(counts.iter().zip(totals).map(|(count, total)| gain(*count, *total)).collect())
}

/// Viterbi: which years are spent in the burst state. On equal cost the base state is taken.
fn cheapest_path(gains: &[f64]) -> Vec<bool> {
    let entry = TRANSITION * (gains.len() as f64).ln();
    // Best gain of a way that ends in the base or in the burst state, and where that way came from.
    let (mut base, mut burst) = (0.0_f64, f64::NEG_INFINITY);
    let mut burst_came_from_burst = Vec::with_capacity(gains.len());
    let mut base_came_from_burst = Vec::with_capacity(gains.len());
    for gain in gains {
        base_came_from_burst.push(burst > base);
        burst_came_from_burst.push(burst > base - entry);
        (base, burst) = (base.max(burst), burst.max(base - entry) + gain);
    }
    let mut path = vec![false; gains.len()];
    let mut in_burst = burst > base;
    for index in (0..gains.len()).rev() {
        path[index] = in_burst;
        in_burst =
            if in_burst { burst_came_from_burst[index] } else { base_came_from_burst[index] };
    }
    path
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[u32], totals: &[u32]) -> String {
        let series = Series { last_year: 2019, counts: counts.to_vec(), totals: totals.to_vec() };
        let found = bursts(&series);
        let mut text = String::new();
        for burst in &found.all {
            let state = if burst.is_alive { "alive" } else { "over" };
            write!(text, "{}-{} {:.2} {state}; ", burst.from, burst.to, burst.weight).unwrap();
        }
        text + &format!("current {:.2}", found.current_weight)
    }

    #[test]
    fn a_level_curve_has_no_burst() {
        insta::assert_snapshot!(check(&[10; 10], &[1000; 10]), @"current 0.00");
    }

    #[test]
    fn a_rise_at_the_end_is_alive() {
        insta::assert_snapshot!(
            check(&[5, 5, 5, 5, 5, 5, 5, 20, 30, 40], &[1000; 10]),
            @"2017-2019 25.31 alive; current 25.31"
        );
    }

    #[test]
    fn a_rise_in_the_middle_is_over() {
        insta::assert_snapshot!(
            check(&[5, 5, 5, 40, 40, 5, 5, 5, 5, 5], &[1000; 10]),
            @"2013-2014 31.99 over; current 0.00"
        );
    }

    #[test]
    fn more_documents_in_all_is_no_burst() {
        insta::assert_snapshot!(
            check(&[5, 5, 5, 5, 50, 50], &[100, 100, 100, 100, 1000, 1000]),
            @"current 0.00"
        );
    }

    #[test]
    fn only_the_last_ten_years_count() {
        insta::assert_snapshot!(
            check(&[90, 90, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], &[1000; 12]),
            @"current 0.00"
        );
    }

    #[test]
    fn an_absent_or_universal_term_has_no_burst() {
        insta::assert_snapshot!(check(&[0; 10], &[1000; 10]), @"current 0.00");
        insta::assert_snapshot!(check(&[7; 10], &[7; 10]), @"current 0.00");
        insta::assert_snapshot!(check(&[], &[]), @"current 0.00");
    }

    /// Slow oracle: the best total gain over all 2^Y ways.
    fn best_of_all_ways(gains: &[f64]) -> f64 {
        let entry = TRANSITION * (gains.len() as f64).ln();
        (0_u32..1 << gains.len())
            .map(|way| {
                let is_burst = |index: usize| way & (1 << index) != 0;
                (0..gains.len())
                    .filter(|index| is_burst(*index))
                    .map(|i| gains[i] - if i == 0 || !is_burst(i - 1) { entry } else { 0.0 })
                    .sum()
            })
            .fold(0.0, f64::max)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_way_is_the_cheapest_and_weights_are_not_negative(
            data in prop::collection::vec((0_u32..60, 100_u32..400), 2..10)
        ) {
            let (counts, totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            let found = runs(&counts, &totals);
            let entry = (counts.len() as f64).ln();
            let total: f64 = found.iter().map(|run| run.weight - entry).sum();
            let best = gains(&counts, &totals).map_or(0.0, |gains| best_of_all_ways(&gains));
            prop_assert!((total - best).abs() < 1e-9);
            prop_assert!(found.iter().all(|run| run.weight >= 0.0));
            prop_assert!(found.windows(2).all(|two| two[0].last + 1 < two[1].first));
            prop_assert!(current_weight(&counts, &totals, PERIODS) >= 0.0);
        }
    }
}
