//! The hockey-stick likelihood ratio of one curve.
//!
//! H0: the share is constant. H1: constant until year τ, then growing by a constant factor e^b a year, b > 0. The level
//! is profiled out, so that for each τ only the concave one-dimensional problem in b is left:
//! ln L(b) − ln L(0) = b·Σ n·x − Σn·ln(Σ N·e^{b·x} / Σ N), with x = years after τ.
//!
//! Invariants: no allocation for up to [`MAX_YEARS`] years (the bootstrap calls this a hundred thousand times); the
//! statistic is ≥ 0 and finite, and multiplying all totals by one factor changes nothing.

/// Years at the start that are always base level (τ ≥ 4, counted from 0).
pub(super) const FIRST_TURN: usize = 4;
/// Fewest years that can be tested: one candidate τ, and one year of growth after it.
pub(super) const MIN_YEARS: usize = FIRST_TURN + 2;
/// Most years that are looked at, counted from the end.
pub(super) const MAX_YEARS: usize = 60;
/// Largest growth that is fitted (a factor 20 a year), so that a term out of nothing has a finite slope.
const MAX_SLOPE: f64 = 3.0;

/// The best turn of one curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    /// Index of the last base year τ.
    pub(super) last_base: usize,
    /// Growth after it, natural log a year; 0 where no turn improves on the constant.
    pub(super) slope: f64,
    /// 2(ℓ1 − ℓ0), maximised over τ.
    pub(super) statistic: f64,
}

/// Years τ that may be the last of the base.
///
/// Growth cannot be dated before the first document: a share that has been doubling unseen for ten years fits "nothing,
/// then some" as well as a turn does, and would date the onset of every new term to the start of the collection.
pub(super) fn possible_turns(counts: &[u32]) -> std::ops::RangeInclusive<usize> {
    let last = counts.len() - 2;
    let appeared = counts.iter().position(|count| *count > 0).unwrap_or(0);
    appeared.saturating_sub(1).clamp(FIRST_TURN, last)..=last
}

/// Finds the best turn. Both slices have the same length, [`MIN_YEARS`] to [`MAX_YEARS`].
pub(super) fn best_turn(counts: &[u32], totals: &[u32]) -> Turn {
    let turns = possible_turns(counts);
    let mut best = Turn { last_base: *turns.start(), slope: 0.0, statistic: 0.0 };
    for last_base in turns {
        let turn = turn_after(counts, totals, last_base);
        if turn.statistic > best.statistic {
            best = turn;
        }
    }
    best
}

/// Fits growth after one given last base year.
pub(super) fn turn_after(counts: &[u32], totals: &[u32], last_base: usize) -> Turn {
    let growth_years = &totals[last_base + 1..];
    let mut moment = 0.0;
    for (index, count) in counts[last_base + 1..].iter().enumerate() {
        moment += f64::from(*count) * (index + 1) as f64;
    }
    let sum: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let base: f64 = totals[..=last_base].iter().map(|total| f64::from(*total)).sum();
    let problem = Problem { base, growth_years, sum, moment };
    let slope = problem.solve();
    let level = |slope: f64| problem.tilted(slope).0.ln();
    let gain = slope * moment - sum * (level(slope) - level(0.0));
    let statistic = if gain.is_finite() { (2.0 * gain).max(0.0) } else { 0.0 };
    Turn { last_base, slope, statistic }
}

struct Problem<'a> {
    /// All documents of the base years.
    base: f64,
    growth_years: &'a [u32],
    /// Documents with the term, all years.
    sum: f64,
    /// Σ n·x.
    moment: f64,
}

impl Problem<'_> {
    /// Σ N·e^{b·x}, and the mean and variance of x under these weights.
    fn tilted(&self, slope: f64) -> (f64, f64, f64) {
        let factor = slope.exp();
        let (mut power, mut x) = (1.0, 0.0);
        let (mut weight_sum, mut first, mut second) = (self.base, 0.0, 0.0);
        for total in self.growth_years {
            power *= factor;
            x += 1.0;
            let weight = f64::from(*total) * power;
            weight_sum += weight;
            first += weight * x;
            second += weight * x * x;
        }
        let mean = first / weight_sum;
        (weight_sum, mean, second / weight_sum - mean * mean)
    }

    /// Newton inside a shrinking bracket; 0 where the likelihood falls from the start.
    fn solve(&self) -> f64 {
        let (mut low, mut high) = (0.0, MAX_SLOPE);
        let mut slope = 0.0;
        for _ in 0..60 {
            let (_, mean, variance) = self.tilted(slope);
            let score = self.moment - self.sum * mean;
            if slope == 0.0 && (score.is_nan() || score <= 0.0) {
                return 0.0;
            }
            if score > 0.0 {
                low = slope;
            } else {
                high = slope;
            }
            let step = score / (self.sum * variance);
            if step.abs() < 1e-7 || high - low < 1e-9 {
                break;
            }
            let next = slope + step;
            slope = if next > low && next < high { next } else { 0.5 * (low + high) };
        }
        slope
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[u32], totals: &[u32]) -> String {
        let turn = best_turn(counts, totals);
        format!("after {} slope {:.2} statistic {:.1}", turn.last_base, turn.slope, turn.statistic)
    }

    #[test]
    fn a_level_curve_has_no_turn() {
        insta::assert_snapshot!(check(&[5; 12], &[1000; 12]), @"after 4 slope 0.00 statistic 0.0");
    }

    #[test]
    fn doubling_from_the_seventh_year_is_dated_there() {
        insta::assert_snapshot!(
            check(&[10, 10, 10, 10, 10, 10, 10, 20, 40, 80], &[1000; 10]),
            @"after 6 slope 0.69 statistic 159.7"
        );
    }

    #[test]
    fn more_documents_in_all_is_no_turn() {
        insta::assert_snapshot!(
            check(&[1, 1, 1, 1, 1, 1, 2, 4, 8], &[10, 10, 10, 10, 10, 10, 20, 40, 80]),
            @"after 4 slope 0.00 statistic 0.0"
        );
    }

    #[test]
    fn a_new_term_does_not_turn_before_it_exists() {
        insta::assert_snapshot!(
            check(&[0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 8, 16], &[1000; 12]),
            @"after 7 slope 1.05 statistic 73.4"
        );
    }

    #[test]
    fn a_term_out_of_nothing_has_the_largest_slope() {
        insta::assert_snapshot!(
            check(&[0, 0, 0, 0, 0, 0, 0, 9], &[1000; 8]),
            @"after 6 slope 3.00 statistic 32.0"
        );
    }

    proptest! {
        #[test]
        fn the_statistic_is_finite_and_the_best_of_a_grid(
            data in prop::collection::vec((0_u32..50, 0_u32..2000), MIN_YEARS..30)
        ) {
            let (counts, totals): (Vec<u32>, Vec<u32>) =
                data.into_iter().map(|(n, total)| (n.min(total), total)).unzip();
            prop_assume!(counts.iter().sum::<u32>() > 0);
            let best = best_turn(&counts, &totals);
            prop_assert!(best.statistic.is_finite() && best.statistic >= 0.0);
            let sum: f64 = counts.iter().map(|n| f64::from(*n)).sum();
            for last_base in possible_turns(&counts) {
                for step in 0..30 {
                    let slope = f64::from(step) * 0.1;
                    let x = |index: usize| index.saturating_sub(last_base) as f64;
                    let tilt = |b: f64| -> f64 {
                        totals.iter().enumerate().map(|(i, n)| f64::from(*n) * (b * x(i)).exp()).sum()
                    };
                    let moment: f64 =
                        counts.iter().enumerate().map(|(i, n)| f64::from(*n) * x(i)).sum();
                    let gain = slope * moment - sum * (tilt(slope) / tilt(0.0)).ln();
                    prop_assert!(2.0 * gain <= best.statistic + 1e-6);
                }
            }
        }

        #[test]
        fn totals_have_no_unit(data in prop::collection::vec((0_u32..50, 1_u32..2000), 8..20)) {
            let (counts, totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            let scaled: Vec<u32> = totals.iter().map(|total| total * 1000).collect();
            let (one, thousand) = (best_turn(&counts, &totals), best_turn(&counts, &scaled));
            prop_assert!((one.statistic - thousand.statistic).abs() < 1e-6);
        }
    }
}
