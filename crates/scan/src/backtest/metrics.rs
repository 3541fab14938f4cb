//! Metrics of a ranking, also over resampled candidates.
//!
//! A resample gives each candidate a multiplicity. Ranks are walked once, so that a bootstrap round costs no sorting.

use super::Metrics;
use super::label::Label;

/// The candidates of one unit in the order of one signal.
pub(super) struct Ranking {
    /// Places of the candidates, best first.
    pub(super) order: Vec<u32>,
}

impl Ranking {
    /// Orders candidates by score, best first; equal scores by their place, which is the order of the texts.
    pub(super) fn new(scores: &[f64]) -> Self {
        let mut order: Vec<u32> = (0..scores.len() as u32).collect();
        order.sort_unstable_by(|a, b| {
            scores[*b as usize].total_cmp(&scores[*a as usize]).then_with(|| a.cmp(b))
        });
        Self { order }
    }

    /// Share of places that `is_hit` among the best `depth`; fewer candidates than `depth` count as misses.
    fn precision(&self, depth: u32, times: &[u32], is_hit: impl Fn(usize) -> bool) -> f64 {
        let (mut seen, mut hits) = (0, 0);
        for place in &self.order {
            let place = *place as usize;
            let taken = times[place].min(depth - seen);
            seen += taken;
            hits += if is_hit(place) { taken } else { 0 };
            if seen == depth {
                break;
            }
        }
        f64::from(hits) / f64::from(depth)
    }
}

/// The labels of a unit, with the ideal order for nDCG.
pub(super) struct Truth {
    pub(super) labels: Vec<Label>,
    by_gain: Ranking,
}

/// The four metrics that get an interval.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Core {
    pub(super) p50: f64,
    pub(super) ndcg100: f64,
    pub(super) lift: f64,
    pub(super) ap: f64,
}

impl Truth {
    pub(super) fn new(labels: Vec<Label>) -> Self {
        let gains: Vec<f64> = labels.iter().map(|label| label.gain).collect();
        Self { labels, by_gain: Ranking::new(&gains) }
    }

    /// Share of positives, each candidate counted `times`.
    pub(super) fn base(&self, times: &[u32]) -> f64 {
        share(times, |place| self.labels[place].is_positive).unwrap_or(0.0)
    }

    /// Metrics of a ranking, each candidate counted `times`.
    pub(super) fn core(&self, ranking: &Ranking, times: &[u32]) -> Core {
        let p50 = ranking.precision(50, times, |place| self.labels[place].is_positive);
        let base = self.base(times);
        let ideal = self.discounted_gain(&self.by_gain, times);
        let gain = self.discounted_gain(ranking, times);
        Core {
            p50,
            ndcg100: if ideal > 0.0 { gain / ideal } else { 0.0 },
            lift: if base > 0.0 { p50 / base } else { 0.0 },
            ap: self.average_precision(ranking, times),
        }
    }

    fn discounted_gain(&self, ranking: &Ranking, times: &[u32]) -> f64 {
        let (mut rank, mut sum) = (0, 0.0);
        for place in &ranking.order {
            let place = *place as usize;
            for _ in 0..times[place] {
                rank += 1;
                sum += self.labels[place].gain / f64::from(rank + 1).log2();
                if rank == 100 {
                    return sum;
                }
            }
        }
        sum
    }

    fn average_precision(&self, ranking: &Ranking, times: &[u32]) -> f64 {
        let (mut seen, mut hits, mut sum) = (0_u32, 0_u32, 0.0);
        for place in &ranking.order {
            let place = *place as usize;
            for _ in 0..times[place] {
                seen += 1;
                if self.labels[place].is_positive {
                    hits += 1;
                    sum += f64::from(hits) / f64::from(seen);
                }
            }
        }
        if hits == 0 { 0.0 } else { sum / f64::from(hits) }
    }
}

/// What the restricted lifts need to know of a unit's candidates.
pub(super) struct Groups {
    /// Fifth document at most five years old.
    pub(super) is_new: Vec<bool>,
    /// At most the median number of documents.
    pub(super) is_low: Vec<bool>,
}

/// All metrics of a ranking, each candidate once.
pub(super) fn metrics(truth: &Truth, groups: &Groups, ranking: &Ranking) -> Metrics {
    let once = vec![1; truth.labels.len()];
    let core = truth.core(ranking, &once);
    let positive = |place: usize| truth.labels[place].is_positive;
    let strict = |place: usize| truth.labels[place].is_strict;
    let members =
        |group: &[bool]| -> Vec<u32> { group.iter().map(|is_in| u32::from(*is_in)).collect() };
    let lift = |times: &[u32], depth: u32, is_hit: &dyn Fn(usize) -> bool| {
        let base = share(times, is_hit).filter(|base| *base > 0.0)?;
        let depth = depth.min(times.iter().sum());
        Some(ranking.precision(depth, times, is_hit) / base)
    };
    Metrics {
        p50: core.p50,
        ndcg100: core.ndcg100,
        lift: core.lift,
        ap: core.ap,
        lift_strict: lift(&once, 50, &strict),
        lift20_new: lift(&members(&groups.is_new), 20, &positive),
        lift25_low: lift(&members(&groups.is_low), 25, &positive),
    }
}

fn share(times: &[u32], is_hit: impl Fn(usize) -> bool) -> Option<f64> {
    let all: u32 = times.iter().sum();
    let hits: u32 =
        times.iter().enumerate().filter(|(place, _)| is_hit(*place)).map(|(_, times)| times).sum();
    (all > 0).then(|| f64::from(hits) / f64::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(positives: &[bool]) -> Truth {
        let label = |is_positive: &bool| Label {
            is_positive: *is_positive,
            is_strict: *is_positive,
            gain: if *is_positive { 1.0 } else { 0.0 },
        };
        Truth::new(positives.iter().map(label).collect())
    }

    #[test]
    fn a_perfect_ranking_reaches_one_and_the_full_lift() {
        let positives: Vec<bool> = (0..500).map(|place| place < 50).collect();
        let truth = truth(&positives);
        let perfect = Ranking::new(&(0..500).map(|place| -f64::from(place)).collect::<Vec<_>>());
        let core = truth.core(&perfect, &[1; 500]);
        assert_eq!((core.p50, core.ndcg100, core.ap), (1.0, 1.0, 1.0));
        assert!((core.lift - 10.0).abs() < 1e-12);
    }

    #[test]
    fn a_candidate_counted_twice_takes_two_places() {
        let truth = truth(&[true, false, false]);
        let ranking = Ranking::new(&[3.0, 2.0, 1.0]);
        let core = truth.core(&ranking, &[2, 1, 0]);
        assert!((core.p50 - 2.0 / 50.0).abs() < 1e-12);
        assert!((truth.base(&[2, 1, 0]) - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn average_precision_follows_its_definition() {
        let truth = truth(&[false, true, true]);
        let core = truth.core(&Ranking::new(&[3.0, 2.0, 1.0]), &[1, 1, 1]);
        assert!((core.ap - f64::midpoint(0.5, 2.0 / 3.0)).abs() < 1e-12);
    }
}
