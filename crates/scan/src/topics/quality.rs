//! How well topic scores told which topics would grow: the back-test of topics.
//!
//! Not here: how topics and their later growth are computed.

use serde::{Deserialize, Serialize};

/// Agreement between the scores of topics and what came after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopicQuality {
    /// Rank correlation between score and growth, −1 to 1; absent when one of the two is the same for all topics.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spearman: Option<f64>,
    /// Share of top growers among the 20 % of topics with the highest scores.
    pub precision_top20: f64,
    /// Share of top growers among all topics (0.25 but for rounding and ties).
    pub base: f64,
    /// Number of topics.
    pub topics: usize,
}

/// Compares scores with realised growth, one entry a topic in the same order.
///
/// Top growers are the quarter with the largest growth, those equal to the last of them included. Where equal scores
/// make the top 20 % ambiguous, the result is the expectation over all ways to choose, so order has no influence.
/// Returns `None` for lists of unequal length, fewer than four topics, or numbers that are not finite.
pub fn topic_quality(scores: &[f64], growth: &[f64]) -> Option<TopicQuality> {
    let topics = scores.len();
    let is_finite = scores.iter().chain(growth).all(|number| number.is_finite());
    if topics != growth.len() || topics < 4 || !is_finite {
        return None;
    }
    let smallest_top_growth = nth_largest(growth, share_of(topics, 0.25));
    let is_grower: Vec<bool> = growth.iter().map(|&growth| growth >= smallest_top_growth).collect();
    let growers = is_grower.iter().filter(|&&is_grower| is_grower).count();
    Some(TopicQuality {
        spearman: correlation(&ranks(scores), &ranks(growth)),
        precision_top20: precision(scores, &is_grower, share_of(topics, 0.2)),
        base: growers as f64 / topics as f64,
        topics,
    })
}

/// Returns the share of a number of topics, rounded, at least one.
fn share_of(topics: usize, share: f64) -> usize {
    ((topics as f64 * share).round() as usize).max(1)
}

fn nth_largest(values: &[f64], n: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(|a, b| b.total_cmp(a));
    values[n - 1]
}

/// Expected share of hits among the `count` highest scores.
fn precision(scores: &[f64], is_hit: &[bool], count: usize) -> f64 {
    let border = nth_largest(scores, count);
    let (mut above, mut hits_above, mut at_border, mut hits_at_border) = (0.0, 0.0, 0.0, 0.0);
    for (&score, &is_hit) in scores.iter().zip(is_hit) {
        let hit = f64::from(u8::from(is_hit));
        if score > border {
            above += 1.0;
            hits_above += hit;
        } else if score >= border {
            at_border += 1.0;
            hits_at_border += hit;
        }
    }
    let places = count as f64 - above;
    (hits_above + hits_at_border * places / at_border) / count as f64
}

/// Returns ranks from 1; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0;
    for equal in order.chunk_by(|&a, &b| values[a] >= values[b]) {
        for &index in equal {
            // The mean of the ranks below + 1 to below + equal.
            ranks[index] = below as f64 + f64::midpoint(equal.len() as f64, 1.0);
        }
        below += equal.len();
    }
    ranks
}

/// Pearson's correlation; `None` when one list is constant.
fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut both, mut square_one, mut square_other) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        both += (a - mean_one) * (b - mean_other);
        square_one += (a - mean_one).powi(2);
        square_other += (b - mean_other).powi(2);
    }
    let spread = (square_one * square_other).sqrt();
    (spread > 0.0).then(|| both / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &[f64], growth: &[f64]) -> String {
        topic_quality(scores, growth).map_or_else(
            || "none".to_owned(),
            |q| {
                format!(
                    "{:?} {:.3} of {:.3}",
                    q.spearman.map(|s| (s * 1e3).round() / 1e3),
                    q.precision_top20,
                    q.base
                )
            },
        )
    }

    const UP: [f64; 10] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];

    #[test]
    fn scores_in_the_order_of_growth_are_perfect() {
        insta::assert_snapshot!(check(&UP, &UP), @"Some(1.0) 1.000 of 0.300");
    }

    #[test]
    fn scores_against_growth_miss_all() {
        let down: Vec<f64> = UP.iter().rev().copied().collect();
        insta::assert_snapshot!(check(&down, &UP), @"Some(-1.0) 0.000 of 0.300");
    }

    #[test]
    fn equal_scores_are_as_good_as_chance() {
        insta::assert_snapshot!(check(&[1.0; 10], &UP), @"None 0.300 of 0.300");
    }

    #[test]
    fn one_tie_at_the_border_counts_half() {
        // The two best places go to 10 and to one of two equals, of which one grows.
        let scores = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0, 9.0, 1.0, 10.0];
        insta::assert_snapshot!(check(&scores, &UP), @"Some(0.674) 0.750 of 0.300");
    }

    #[test]
    fn too_few_topics_or_broken_numbers_give_nothing() {
        assert_eq!(check(&UP[..3], &UP[..3]), "none");
        assert_eq!(check(&UP, &UP[..9]), "none");
        assert_eq!(check(&[f64::NAN, 1.0, 2.0, 3.0], &UP[..4]), "none");
    }
}
