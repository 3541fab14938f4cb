//! How large the hockey-stick statistic gets without any turn: parametric bootstrap, shared by volume class.
//!
//! A class is a set of curves with the same yearly totals and a mean count within a factor √2. Its null is a constant
//! share at the middle of the class with negative binomial counts: variance = mean + dispersion·mean². Statistics are
//! divided by 1 + dispersion·mean, so that one null serves the whole class although overdispersion inflates the
//! statistic in proportion to volume.
//!
//! Invariants: the null of a class depends on the seed, the totals, the class and its dispersion alone, so neither the
//! order of curves nor the number of threads changes it.

use super::hockey_stick::best_turn;
use crate::random::Random;
use crate::series::count_table::CountTable;

/// Simulated curves a class; the smallest p-value is 1/(this + 1).
pub(super) const DRAWS: usize = 4999;
/// Fewest curves whose dispersion is taken together; smaller classes take in the curves next in volume.
const DISPERSION_CURVES: usize = 50;
const LARGEST_DISPERSION: f64 = 2.0;
/// Classes a doubling of the mean count.
const CLASSES_PER_DOUBLING: f64 = 2.0;

/// Volume class of a curve.
pub(super) fn class_of(counts: &[u32]) -> i32 {
    (mean_count(counts).log2() * CLASSES_PER_DOUBLING).round() as i32
}

fn class_mean(class: i32) -> f64 {
    (f64::from(class) / CLASSES_PER_DOUBLING).exp2()
}

fn mean_count(counts: &[u32]) -> f64 {
    counts.iter().map(|count| f64::from(*count)).sum::<f64>() / counts.len() as f64
}

/// By how much overdispersion inflates a statistic at this volume.
pub(super) fn inflation(counts: &[u32], dispersion: f64) -> f64 {
    1.0 + dispersion * mean_count(counts)
}

/// Simulates the null of a class and returns its scaled statistics in ascending order.
pub(super) fn simulate(totals: &[u32], class: i32, dispersion: f64, seed: u64) -> Vec<f64> {
    let documents: f64 = totals.iter().map(|total| f64::from(*total)).sum();
    let share = class_mean(class) * totals.len() as f64 / documents;
    let tables: Vec<CountTable> =
        totals.iter().map(|total| CountTable::new(share * f64::from(*total), dispersion)).collect();
    let mut random = Random::new(seed, class as u64);
    let mut counts = vec![0; totals.len()];
    let mut statistics: Vec<f64> = (0..DRAWS)
        .map(|_| {
            for (count, table) in counts.iter_mut().zip(&tables) {
                *count = table.draw(&mut random);
            }
            best_turn(&counts, totals).statistic / inflation(&counts, dispersion)
        })
        .collect();
    statistics.sort_by(f64::total_cmp);
    statistics
}

/// Share of the null that is at least as large, counting the curve itself.
pub(super) fn p_value(null: &[f64], statistic: f64) -> f64 {
    let smaller = null.partition_point(|simulated| *simulated < statistic);
    (null.len() - smaller + 1) as f64 / (null.len() + 1) as f64
}

/// What one curve tells about dispersion: excess variance, and the mean² that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excess {
    mean: f64,
    variance: f64,
    squared_mean: f64,
}

/// Measures how far each year lies from the mean of its two neighbours, beyond Poisson noise.
///
/// Local differences and not distances from the overall mean, because candidates grow, and growth is not noise.
pub(super) fn excess(counts: &[u32], totals: &[u32]) -> Excess {
    let (mut variance, mut squared_mean) = (0.0, 0.0);
    for index in 1..counts.len() - 1 {
        let around = [index - 1, index, index + 1];
        let [before, here, after] = around.map(|i| f64::from(totals[i]));
        if before == 0.0 || here == 0.0 || after == 0.0 {
            continue;
        }
        let [n_before, n_here, n_after] = around.map(|i| f64::from(counts[i]));
        let (weight_before, weight_after) = (0.5 * here / before, 0.5 * here / after);
        let error = n_here - weight_before * n_before - weight_after * n_after;
        let noise = n_here + weight_before.powi(2) * n_before + weight_after.powi(2) * n_after;
        let mean = here * (n_before + n_here + n_after) / (before + here + after);
        variance += error * error - noise;
        // The same dispersion acts on all three years: 1 + ¼ + ¼ times the squared mean.
        squared_mean += 1.5 * mean * mean;
    }
    Excess { mean: mean_count(counts), variance, squared_mean }
}

/// Dispersion of each class in `classes`, estimated over curves of similar volume.
pub(super) fn dispersions(classes: &[i32], excesses: &[Excess]) -> Vec<f64> {
    let mut sorted = excesses.to_vec();
    // A total order on all fields, so that the sums below do not depend on the order of the curves.
    sorted.sort_by(|a, b| {
        a.mean
            .total_cmp(&b.mean)
            .then(a.variance.total_cmp(&b.variance))
            .then(a.squared_mean.total_cmp(&b.squared_mean))
    });
    classes.iter().map(|class| dispersion(*class, &sorted)).collect()
}

fn dispersion(class: i32, sorted: &[Excess]) -> f64 {
    let edge = |half: f64| class_mean(class) * (half / CLASSES_PER_DOUBLING).exp2();
    let mut from = sorted.partition_point(|one| one.mean < edge(-0.5));
    let mut to = sorted.partition_point(|one| one.mean < edge(0.5)).max(from);
    while to - from < DISPERSION_CURVES && (from > 0 || to < sorted.len()) {
        from = from.saturating_sub(1);
        to = (to + 1).min(sorted.len());
    }
    let (mut variance, mut squared_mean) = (0.0, 0.0);
    for one in &sorted[from..to] {
        variance += one.variance;
        squared_mean += one.squared_mean;
    }
    if squared_mean > 0.0 { (variance / squared_mean).clamp(0.0, LARGEST_DISPERSION) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimated(mean: impl Fn(usize) -> f64, dispersion: f64) -> String {
        let tables: Vec<CountTable> =
            (0..15).map(|year| CountTable::new(mean(year), dispersion)).collect();
        let excesses: Vec<Excess> = (0..3000)
            .map(|curve| {
                let mut random = Random::new(3, curve);
                let counts: Vec<u32> = tables.iter().map(|table| table.draw(&mut random)).collect();
                excess(&counts, &[5000; 15])
            })
            .collect();
        let class = (excesses[0].mean.log2() * CLASSES_PER_DOUBLING).round() as i32;
        format!("{:.2}", dispersions(&[class], &excesses)[0])
    }

    #[test]
    fn dispersion_is_found_again_also_in_growing_curves() {
        insta::assert_snapshot!(estimated(|_| 10.0, 0.0), @"0.00");
        insta::assert_snapshot!(estimated(|_| 10.0, 0.1), @"0.10");
        insta::assert_snapshot!(estimated(|_| 3.0, 0.3), @"0.24");
        insta::assert_snapshot!(estimated(|year| 4.0 * (0.15 * year as f64).exp(), 0.1), @"0.09");
    }

    #[test]
    fn the_smallest_p_value_counts_the_curve_itself() {
        let null = [0.0, 1.0, 2.0, 3.0];
        let shown: Vec<f64> = [0.0, 1.5, 3.0, 9.0].map(|at| p_value(&null, at)).to_vec();
        insta::assert_snapshot!(format!("{shown:?}"), @"[1.0, 0.6, 0.4, 0.2]");
    }
}
