//! Bootstrap intervals: units are drawn again, then candidates within each drawn unit.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::metrics::{Core, Ranking, Truth};
use super::signal::Signal;
use super::{Difference, Estimate, MeanMetrics, Metrics, UnitResult};
use crate::quantile::quantile;
use crate::random::Random;

/// Seed of the bootstrap: fixed, so that a run can be repeated to the last digit.
const SEED: u64 = 20_190_101;

/// A unit as the bootstrap needs it; rankings in the order of the signals.
pub(super) struct Resampled<'u> {
    pub(super) truth: &'u Truth,
    pub(super) rankings: &'u [Ranking],
}

/// Means over the units with their intervals, and differences against the first signal.
pub(super) fn resample(
    units: &[Resampled<'_>],
    results: &[&UnitResult],
    signals: &[Signal],
    rounds: u32,
) -> (BTreeMap<String, MeanMetrics>, Vec<Difference>) {
    if units.is_empty() {
        return (BTreeMap::new(), Vec::new());
    }
    let drawn: Vec<Vec<Core>> = (0..rounds)
        .into_par_iter()
        .map(|round| one_round(units, signals.len(), u64::from(round)))
        .collect();
    let column = |signal: usize, metric: fn(&Core) -> f64| -> Vec<f64> {
        drawn.iter().map(|round| metric(&round[signal])).collect()
    };
    let mut means = BTreeMap::new();
    for (place, signal) in signals.iter().enumerate() {
        let own: Vec<&Metrics> = results.iter().map(|unit| &unit.signals[signal.name()]).collect();
        let estimate = |metric: fn(&Metrics) -> f64, core: fn(&Core) -> f64| {
            interval(mean(own.iter().map(|metrics| metric(metrics))), &column(place, core))
        };
        means.insert(
            signal.name().to_owned(),
            MeanMetrics {
                p50: estimate(|m| m.p50, |c| c.p50),
                ndcg100: estimate(|m| m.ndcg100, |c| c.ndcg100),
                lift: estimate(|m| m.lift, |c| c.lift),
                ap: estimate(|m| m.ap, |c| c.ap),
                lift_strict: mean_present(&own, |m| m.lift_strict),
                lift20_new: mean_present(&own, |m| m.lift20_new),
                lift25_low: mean_present(&own, |m| m.lift25_low),
            },
        );
    }
    let differences = differences(signals, &means, column);
    (means, differences)
}

fn differences(
    signals: &[Signal],
    means: &BTreeMap<String, MeanMetrics>,
    column: impl Fn(usize, fn(&Core) -> f64) -> Vec<f64>,
) -> Vec<Difference> {
    let Some(first) = signals.first() else { return Vec::new() };
    let less = |place: usize, value: fn(&MeanMetrics) -> f64, core: fn(&Core) -> f64| {
        let other = &means[signals[place].name()];
        let drawn: Vec<f64> =
            column(0, core).iter().zip(column(place, core)).map(|(a, b)| a - b).collect();
        interval(value(&means[first.name()]) - value(other), &drawn)
    };
    (1..signals.len())
        .map(|place| Difference {
            signal: first.name().to_owned(),
            minus: signals[place].name().to_owned(),
            p50: less(place, |m| m.p50.value, |c| c.p50),
            ndcg100: less(place, |m| m.ndcg100.value, |c| c.ndcg100),
            lift: less(place, |m| m.lift.value, |c| c.lift),
        })
        .collect()
}

/// One round: the mean metrics of each signal over the drawn units.
fn one_round(units: &[Resampled<'_>], signals: usize, round: u64) -> Vec<Core> {
    let mut random = Random::new(SEED, round);
    let mut sums = vec![Core::default(); signals];
    let mut times = Vec::new();
    for _ in 0..units.len() {
        let unit = &units[random.below(units.len())];
        let candidates = unit.truth.labels.len();
        times.clear();
        times.resize(candidates, 0);
        for _ in 0..candidates {
            times[random.below(candidates)] += 1;
        }
        for (sum, ranking) in sums.iter_mut().zip(unit.rankings) {
            let core = unit.truth.core(ranking, &times);
            sum.p50 += core.p50;
            sum.ndcg100 += core.ndcg100;
            sum.lift += core.lift;
            sum.ap += core.ap;
        }
    }
    let count = units.len() as f64;
    for sum in &mut sums {
        *sum = Core {
            p50: sum.p50 / count,
            ndcg100: sum.ndcg100 / count,
            lift: sum.lift / count,
            ap: sum.ap / count,
        };
    }
    sums
}

fn interval(value: f64, drawn: &[f64]) -> Estimate {
    if drawn.is_empty() {
        return Estimate { value, low: value, high: value };
    }
    Estimate { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

fn mean_present(own: &[&Metrics], metric: fn(&Metrics) -> Option<f64>) -> Option<f64> {
    let present: Vec<f64> = own.iter().filter_map(|metrics| metric(metrics)).collect();
    (!present.is_empty()).then(|| mean(present.into_iter()))
}
