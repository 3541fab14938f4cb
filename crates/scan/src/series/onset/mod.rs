//! Onset of growth: when did a level curve begin to rise, and could chance alone have done it?
//!
//! A hockey-stick likelihood ratio (`hockey_stick.rs`) is compared with its own bootstrap null (`null.rs`), and the
//! false-discovery rate over all curves tested together is held at [`FALSE_DISCOVERY_RATE`] (Benjamini–Hochberg). On
//! yearly counts this finds a turn two years after it, where "critical slowing down" indicators stay near chance.
//!
//! Invariants: the answer to a curve does not depend on the order of the curves or on the number of threads; p is never
//! 0; only the last 60 years count. One curve alone proves no tipping point: that takes several sources, and is decided
//! elsewhere.

mod hockey_stick;
mod null;
mod power;

use std::collections::BTreeMap;

use hockey_stick::{MAX_YEARS, MIN_YEARS, Turn, best_turn, possible_turns, turn_after};
use rayon::prelude::*;

pub use power::{PowerCell, PowerScenario, power_of};

use super::Series;
use crate::result::Onset;

/// Expected share of false ones among significant onsets.
pub const FALSE_DISCOVERY_RATE: f64 = 0.1;

/// Drop of 2·ln L that bounds the profile interval of the onset year: χ² with one degree of freedom at 95 %.
const PROFILE_DROP: f64 = 3.841;

/// Tests all curves together and returns one entry a curve, in their order.
///
/// A curve that has grown since the first testable year gets that year: the turn lies there or earlier.
///
/// `None` for a curve that cannot be tested: fewer than six years, or no document with the term. Pass all candidates of
/// a scan in one call: dispersion and false-discovery control need the others.
pub fn onsets(series: &[Series], seed: u64) -> Vec<Option<Onset>> {
    let tested: Vec<Option<Tested<'_>>> = series.par_iter().map(Tested::of).collect();
    let nulls = Nulls::simulate(&tested, seed);
    let mut found: Vec<Option<Onset>> = series
        .par_iter()
        .zip(&tested)
        .map(|(series, tested)| tested.as_ref().map(|one| nulls.judge(series, one)))
        .collect();
    let p_values: Vec<f64> = found.iter().flatten().map(|onset| onset.p).collect();
    let limit = benjamini_hochberg(&p_values, FALSE_DISCOVERY_RATE);
    for onset in found.iter_mut().flatten() {
        onset.is_significant = onset.slope > 0.0 && limit.is_some_and(|limit| onset.p <= limit);
    }
    found
}

/// Returns the largest p-value that is still a discovery at this rate; `None` when nothing is.
pub fn benjamini_hochberg(p_values: &[f64], rate: f64) -> Option<f64> {
    let mut sorted = p_values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let number = sorted.len() as f64;
    sorted
        .iter()
        .enumerate()
        .rev()
        .find(|(index, p)| **p <= rate * (*index as f64 + 1.0) / number)
        .map(|(_, p)| *p)
}

/// A curve that can be tested, cut to its last [`MAX_YEARS`] and to the years since the collection began.
struct Tested<'a> {
    counts: &'a [u32],
    totals: &'a [u32],
    turn: Turn,
    class: i32,
}

impl<'a> Tested<'a> {
    fn of(series: &'a Series) -> Option<Self> {
        let began = series.totals.iter().position(|total| *total > 0)?;
        let from = began.max(series.counts.len().saturating_sub(MAX_YEARS));
        let (counts, totals) = (&series.counts[from..], &series.totals[from..]);
        if counts.len() < MIN_YEARS || counts.iter().all(|count| *count == 0) {
            return None;
        }
        let turn = best_turn(counts, totals);
        Some(Self { counts, totals, turn, class: null::class_of(counts) })
    }
}

type Key<'a> = (&'a [u32], i32);

/// The nulls of all classes that occur: dispersion and sorted statistics.
struct Nulls<'a> {
    by_class: BTreeMap<Key<'a>, (f64, Vec<f64>)>,
}

impl<'a> Nulls<'a> {
    fn simulate(tested: &[Option<Tested<'a>>], seed: u64) -> Self {
        // Curves with the same totals share a corpus, and with it their noise.
        let mut by_totals: BTreeMap<&[u32], Vec<&Tested<'a>>> = BTreeMap::new();
        for one in tested.iter().flatten() {
            by_totals.entry(one.totals).or_default().push(one);
        }
        let mut keys: Vec<(Key<'a>, f64)> = Vec::new();
        for (totals, curves) in by_totals {
            let mut classes: Vec<i32> = curves.iter().map(|one| one.class).collect();
            classes.sort_unstable();
            classes.dedup();
            let excesses: Vec<null::Excess> =
                curves.iter().map(|one| null::excess(one.counts, totals)).collect();
            let dispersions = null::dispersions(&classes, &excesses);
            keys.extend(classes.iter().map(|class| (totals, *class)).zip(dispersions));
        }
        let by_class = keys
            .into_par_iter()
            .map(|((totals, class), dispersion)| {
                let null = null::simulate(totals, class, dispersion, seed);
                ((totals, class), (dispersion, null))
            })
            .collect();
        Self { by_class }
    }

    fn judge(&self, series: &Series, tested: &Tested<'_>) -> Onset {
        let (dispersion, null) = &self.by_class[&(tested.totals, tested.class)];
        let inflation = null::inflation(tested.counts, *dispersion);
        let (first, last) = profile_interval(tested, inflation);
        let skipped = series.counts.len() - tested.counts.len();
        // The first year of growth is the one after the last base year.
        let year = |last_base: usize| series.year(skipped + last_base + 1);
        Onset {
            year: year(tested.turn.last_base),
            year_low: year(first),
            year_high: year(last),
            slope: tested.turn.slope,
            p: null::p_value(null, tested.turn.statistic / inflation),
            is_significant: false,
        }
    }
}

/// First and last base year whose likelihood is close to the best.
fn profile_interval(tested: &Tested<'_>, inflation: f64) -> (usize, usize) {
    let enough = tested.turn.statistic - PROFILE_DROP * inflation;
    let best = tested.turn.last_base;
    let close: Vec<usize> = possible_turns(tested.counts)
        .filter(|at| {
            *at == best || turn_after(tested.counts, tested.totals, *at).statistic >= enough
        })
        .collect();
    (close[0], close[close.len() - 1])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::Random;
    use crate::series::count_table::CountTable;

    /// Curves of Poisson noise around a level, of which every tenth turns up in 2015.
    fn mixed(curves: u64) -> Vec<Series> {
        (0..curves)
            .map(|curve| {
                let mut random = Random::new(1, curve);
                let level = 2.0 + (curve % 7) as f64;
                let rate = if curve % 10 == 0 { 0.6 } else { 0.0 };
                let counts = (2003..=2019)
                    .map(|year| {
                        let mean = level * (rate * f64::from((year - 2014).max(0))).exp();
                        CountTable::new(mean, 0.0).draw(&mut random)
                    })
                    .collect();
                Series { last_year: 2019, counts, totals: vec![2000; 17] }
            })
            .collect()
    }

    #[test]
    fn turns_are_found_dated_and_false_alarms_are_few() {
        let found = onsets(&mixed(400), 1);
        let is_true = |index: usize| index.is_multiple_of(10);
        let significant: Vec<(usize, Onset)> = found
            .iter()
            .enumerate()
            .filter_map(|(index, onset)| Some((index, (*onset)?)))
            .filter(|(_, onset)| onset.is_significant)
            .collect();
        let hits: Vec<&(usize, Onset)> = significant.iter().filter(|one| is_true(one.0)).collect();
        assert!(hits.len() >= 38, "{} of 40 turns found", hits.len());
        assert!(significant.len() - hits.len() <= 8, "{} false", significant.len() - hits.len());
        let dated = hits.iter().filter(|(_, onset)| (onset.year - 2015).abs() <= 1).count();
        assert!(dated * 10 >= hits.len() * 8, "{dated} of {} dated", hits.len());
        assert!(hits.iter().all(|(_, o)| o.year_low <= o.year && o.year <= o.year_high));
    }

    #[test]
    fn order_of_curves_and_number_of_threads_change_nothing() {
        let forward = mixed(60);
        let backward: Vec<Series> = forward.iter().rev().cloned().collect();
        let expected = onsets(&forward, 5);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| onsets(&forward, 5)), expected);
        let mut reversed = onsets(&backward, 5);
        reversed.reverse();
        assert_eq!(reversed, expected);
    }

    #[test]
    fn a_curve_that_is_too_short_or_empty_is_not_tested() {
        let young = Series {
            last_year: 2019,
            counts: vec![0, 0, 0, 1, 2, 4, 8, 16],
            totals: vec![0, 0, 0, 9, 9, 99, 99, 99],
        };
        assert_eq!(onsets(&[young], 1), [None]);
        let of = |counts: &[u32]| {
            let totals = vec![100; counts.len()];
            onsets(&[Series { last_year: 2019, counts: counts.to_vec(), totals }], 1)[0]
        };
        assert_eq!(of(&[1, 2, 3, 4, 5]), None);
        assert_eq!(of(&[0; 12]), None);
        assert_eq!(of(&[]), None);
        assert!(of(&[1, 1, 1, 1, 1, 9]).is_some());
    }

    #[test]
    fn benjamini_hochberg_steps_up() {
        // 0.04 alone fails its own step (2/5 of 0.1) but 0.06 passes the third, and carries it.
        assert_eq!(benjamini_hochberg(&[0.9, 0.06, 0.01, 0.05, 0.8], 0.1), Some(0.06));
        assert_eq!(benjamini_hochberg(&[0.5, 0.6], 0.1), None);
        assert_eq!(benjamini_hochberg(&[], 0.1), None);
    }

    proptest! {
        #[test]
        fn a_larger_rate_never_discovers_less_and_smaller_p_never_loses(
            p_values in prop::collection::vec(0.0_f64..1.0, 1..40), rate in 0.01_f64..0.5
        ) {
            let discoveries = |values: &[f64], rate: f64| {
                let limit = benjamini_hochberg(values, rate).unwrap_or(-1.0);
                values.iter().filter(|p| **p <= limit).count()
            };
            let now = discoveries(&p_values, rate);
            prop_assert!(discoveries(&p_values, rate * 1.5) >= now);
            let halved: Vec<f64> = p_values.iter().map(|p| p * 0.5).collect();
            prop_assert!(discoveries(&halved, rate) >= now);
        }
    }
}
