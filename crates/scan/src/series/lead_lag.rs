//! Which source leads: differences of onset years, and cross-correlation of growth, between two curves of one topic.
//!
//! Onset differences are preferred, because they need only a few years. Cross-correlation of the first differences of
//! log share looks for the lag at which growth in the follower repeats growth in the leader; its interval comes from a
//! moving-block bootstrap, and a lag whose interval spans more than [`WIDEST_INTERVAL`] years is not reported as one.
//!
//! Invariant: the same input and seed give the same answer on any machine and number of threads.

use linghang_core::Year;
use serde::{Deserialize, Serialize};

use super::Series;
use crate::random::Random;
use crate::result::Onset;

/// Lags that are tried, in years; negative means that the supposed follower leads.
pub const LAGS: std::ops::RangeInclusive<Year> = -2..=8;
/// Fewest years that both curves must share.
pub const MIN_YEARS: usize = 10;
/// Widest interval that still counts as one lag, in years.
pub const WIDEST_INTERVAL: Year = 5;

/// Fewest pairs of years for a correlation.
const MIN_PAIRS: usize = 5;
const BLOCK: usize = 3;
const DRAWS: usize = 999;
/// Part of the bootstrap lags left out at either end: a 90 % interval.
const TAIL: f64 = 0.05;

/// Years between the onsets of one topic in two sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnsetLag {
    /// Source whose growth began first (of equals the first by name).
    pub leader: String,
    /// The other source.
    pub follower: String,
    /// Years between, 0 or more.
    pub years: Year,
    /// Fewest years that the profile intervals of both onsets allow; may be negative.
    pub low: Year,
    /// Most years that they allow.
    pub high: Year,
}

/// Compares the significant onsets of one topic, pair by pair, ordered by leader and follower.
pub fn onset_lags(onsets: &[(&str, Onset)]) -> Vec<OnsetLag> {
    let mut significant: Vec<&(&str, Onset)> =
        onsets.iter().filter(|(_, onset)| onset.is_significant).collect();
    significant.sort_by_key(|(source, onset)| (onset.year, *source));
    let mut lags = Vec::new();
    for (index, (leader, first)) in significant.iter().enumerate() {
        for (follower, second) in &significant[index + 1..] {
            lags.push(OnsetLag {
                leader: (*leader).to_owned(),
                follower: (*follower).to_owned(),
                years: second.year - first.year,
                low: second.year_low - first.year_high,
                high: second.year_high - first.year_low,
            });
        }
    }
    lags.sort_by(|a, b| (&a.leader, &a.follower).cmp(&(&b.leader, &b.follower)));
    lags
}

/// What cross-correlation tells about two curves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CrossLag {
    /// Fewer than [`MIN_YEARS`] common years with documents.
    TooShort {
        /// Common years.
        years: usize,
    },
    /// The interval is too wide, or no lag correlates positively.
    NoStableLag {
        /// Lower end of the interval in years.
        low: Year,
        /// Upper end.
        high: Year,
    },
    /// One lag stands out.
    Stable {
        /// Years by which the follower repeats the leader.
        lag: Year,
        /// Correlation of yearly growth at that lag.
        correlation: f64,
        /// Lower end of the 90 % interval.
        low: Year,
        /// Upper end.
        high: Year,
    },
}

/// The cross-correlation of two kinds of source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceLag {
    /// Source that is supposed to lead: the one nearer to science. A negative lag means that it follows.
    pub leader: String,
    /// The other source.
    pub follower: String,
    /// What was found.
    #[serde(flatten)]
    pub finding: CrossLag,
}

/// Kinds of source on the way from science to the public; others come after them, by name.
const WAY: [&str; 5] = ["paper", "project", "patent", "policy", "news"];

/// Compares the curves of one topic in several kinds of source, pair by pair. Pairs with too few common years are left
/// out: nothing is known of them.
pub fn source_lags(curves: &[(String, Series)], seed: u64) -> Vec<SourceLag> {
    let step = |kind: &str| WAY.iter().position(|known| *known == kind).unwrap_or(WAY.len());
    let mut ordered: Vec<&(String, Series)> = curves.iter().collect();
    ordered.sort_by(|a, b| (step(&a.0), &a.0).cmp(&(step(&b.0), &b.0)));
    let mut lags = Vec::new();
    for (place, (leader, leading)) in ordered.iter().enumerate() {
        for (follower, following) in &ordered[place + 1..] {
            let finding = cross_lag(leading, following, seed);
            if !matches!(finding, CrossLag::TooShort { .. }) {
                lags.push(SourceLag {
                    leader: leader.clone(),
                    follower: follower.clone(),
                    finding,
                });
            }
        }
    }
    lags
}

/// Finds the lag of `follower` behind `leader`.
pub fn cross_lag(leader: &Series, follower: &Series, seed: u64) -> CrossLag {
    let years = common_years(leader, follower);
    if years < MIN_YEARS {
        return CrossLag::TooShort { years };
    }
    let rows = lagged_rows(leader, follower);
    let all: Vec<usize> = (0..rows.len()).collect();
    let best = best_lag(&rows, &all);
    let mut random = Random::new(seed, 0);
    let mut lags: Vec<Year> = (0..DRAWS)
        .filter_map(|_| best_lag(&rows, &resample(rows.len(), &mut random)))
        .map(|(lag, _)| lag)
        .collect();
    lags.sort_unstable();
    let at = |part: f64| lags.get((part * lags.len() as f64) as usize).copied();
    let low = at(TAIL).unwrap_or(*LAGS.start());
    let high = at(1.0 - TAIL).unwrap_or(*LAGS.end());
    match best {
        Some((lag, correlation)) if correlation > 0.0 && high - low <= WIDEST_INTERVAL => {
            CrossLag::Stable { lag, correlation, low: low.min(lag), high: high.max(lag) }
        }
        _ => CrossLag::NoStableLag { low, high },
    }
}

fn common_years(leader: &Series, follower: &Series) -> usize {
    let has_documents = |series: &Series, year: Year| {
        let index = usize::try_from(year - series.year(0));
        index.is_ok_and(|index| series.totals.get(index).is_some_and(|total| *total > 0))
    };
    let first = leader.year(0).max(follower.year(0));
    let last = leader.last_year.min(follower.last_year);
    (first..=last)
        .filter(|year| has_documents(leader, *year) && has_documents(follower, *year))
        .count()
}

/// Growth of one year: the leader's, and the follower's at every lag where known.
struct Row {
    leader: f64,
    follower: Vec<Option<f64>>,
}

fn lagged_rows(leader: &Series, follower: &Series) -> Vec<Row> {
    (leader.year(1)..=leader.last_year)
        .filter_map(|year| {
            let follower = LAGS.map(|lag| growth(follower, year + lag)).collect();
            Some(Row { leader: growth(leader, year)?, follower })
        })
        .collect()
}

/// Change of ln share from the year before, with half a document added.
fn growth(series: &Series, year: Year) -> Option<f64> {
    let index = usize::try_from(year - series.year(0)).ok().filter(|index| *index > 0)?;
    let log_share = |index: usize| {
        let total = *series.totals.get(index).filter(|total| **total > 0)?;
        Some(((f64::from(series.counts[index]) + 0.5) / (f64::from(total) + 1.0)).ln())
    };
    Some(log_share(index)? - log_share(index - 1)?)
}

/// Draws rows in blocks of consecutive years; each row carries its own lagged values, so no lag is torn apart.
fn resample(length: usize, random: &mut Random) -> Vec<usize> {
    let mut chosen = Vec::with_capacity(length + BLOCK);
    while chosen.len() < length {
        let from = random.below(length + 1 - BLOCK.min(length));
        chosen.extend(from..(from + BLOCK).min(length));
    }
    chosen.truncate(length);
    chosen
}

/// The lag with the strongest correlation, and that correlation. Strength is r·√(pairs − 2), so that a long lag, which
/// leaves few pairs, does not win by chance.
fn best_lag(rows: &[Row], chosen: &[usize]) -> Option<(Year, f64)> {
    let mut best: Option<(Year, f64, f64)> = None;
    for (index, lag) in LAGS.enumerate() {
        let pairs: Vec<(f64, f64)> = chosen
            .iter()
            .filter_map(|row| Some((rows[*row].leader, rows[*row].follower[index]?)))
            .collect();
        let Some(correlation) = correlation(&pairs) else { continue };
        let strength = correlation * (pairs.len() as f64 - 2.0).sqrt();
        if best.is_none_or(|(_, _, strongest)| strength > strongest) {
            best = Some((lag, correlation, strength));
        }
    }
    best.map(|(lag, correlation, _)| (lag, correlation))
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < MIN_PAIRS {
        return None;
    }
    let number = pairs.len() as f64;
    let mean_x = pairs.iter().map(|(x, _)| x).sum::<f64>() / number;
    let mean_y = pairs.iter().map(|(_, y)| y).sum::<f64>() / number;
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xx += (x - mean_x) * (x - mean_x);
        yy += (y - mean_y) * (y - mean_y);
        xy += (x - mean_x) * (y - mean_y);
    }
    (xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A curve whose growth is the random stream `stream`, delayed by `delay` years.
    fn curve(stream: u64, delay: usize, years: usize) -> Series {
        let mut random = Random::new(9, stream);
        let growth: Vec<f64> = (0..40).map(|_| random.uniform() - 0.5).collect();
        let mut log_count = 6.0;
        let counts = (0..years)
            .map(|year| {
                log_count += growth[20 + year - delay];
                f64::exp(log_count).round() as u32
            })
            .collect();
        Series { last_year: 2019, counts, totals: vec![100_000; years] }
    }

    fn check(leader: &Series, follower: &Series) -> String {
        match cross_lag(leader, follower, 3) {
            CrossLag::Stable { lag, correlation, low, high } => {
                format!("lag {lag} ({low} to {high}), r {correlation:.2}")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_follower_three_years_behind_is_found() {
        insta::assert_snapshot!(
            check(&curve(1, 0, 18), &curve(1, 3, 18)),
            @"lag 3 (3 to 3), r 1.00"
        );
    }

    #[test]
    fn exchanged_curves_have_the_opposite_lag() {
        insta::assert_snapshot!(
            check(&curve(1, 2, 18), &curve(1, 0, 18)),
            @"lag -2 (-2 to -2), r 1.00"
        );
    }

    #[test]
    fn unrelated_curves_have_no_stable_lag_more_often_than_not() {
        let unstable = (0..40)
            .filter(|pair| {
                let found = cross_lag(&curve(100 + pair, 0, 18), &curve(200 + pair, 0, 18), 3);
                matches!(found, CrossLag::NoStableLag { .. })
            })
            .count();
        assert!(unstable >= 30, "{unstable} of 40");
    }

    #[test]
    fn nine_common_years_are_too_few() {
        insta::assert_snapshot!(check(&curve(1, 0, 18), &curve(1, 3, 9)), @"TooShort { years: 9 }");
        insta::assert_snapshot!(check(&curve(1, 0, 0), &curve(1, 0, 0)), @"TooShort { years: 0 }");
    }

    #[test]
    fn every_pair_of_sources_with_ten_years_is_compared_from_science_to_the_public() {
        let named = |kind: &str, delay, years| (kind.to_owned(), curve(1, delay, years));
        let curves = [
            named("news", 4, 18),
            named("patent", 2, 18),
            named("policy", 1, 8),
            named("paper", 0, 18),
        ];
        let shown: Vec<String> = source_lags(&curves, 3)
            .iter()
            .map(|lag| match lag.finding {
                CrossLag::Stable { lag: years, .. } => {
                    format!("{}→{} {years}", lag.leader, lag.follower)
                }
                other => format!("{}→{} {other:?}", lag.leader, lag.follower),
            })
            .collect();
        insta::assert_snapshot!(shown.join("; "), @"paper→patent 2; paper→news 4; patent→news 2");
    }

    #[test]
    fn curves_without_any_change_have_no_lag() {
        let level = Series { last_year: 2019, counts: vec![5; 15], totals: vec![1000; 15] };
        insta::assert_snapshot!(check(&level, &level), @"NoStableLag { low: -2, high: 8 }");
    }

    #[test]
    fn onsets_are_compared_in_order_of_time_and_only_if_significant() {
        let onset = |year: Year, is_significant: bool| Onset {
            year,
            year_low: year - 1,
            year_high: year + 1,
            slope: 0.4,
            p: 0.001,
            is_significant,
        };
        let lags = onset_lags(&[
            ("patent", onset(2014, true)),
            ("news", onset(2017, false)),
            ("paper", onset(2010, true)),
            ("funding", onset(2014, true)),
        ]);
        let shown: Vec<String> = lags
            .iter()
            .map(|l| format!("{}→{} {} ({} to {})", l.leader, l.follower, l.years, l.low, l.high))
            .collect();
        insta::assert_snapshot!(
            shown.join("; "),
            @"funding→patent 0 (-2 to 2); paper→funding 4 (2 to 6); paper→patent 4 (2 to 6)"
        );
    }
}
