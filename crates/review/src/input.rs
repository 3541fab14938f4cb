//! What a report is made from: a scan, the names of the tracks, and how well such scans did in the past.

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Lang, Year};
use linghang_scan::result::ScanResult;
use serde::{Deserialize, Serialize};

/// Everything that one report needs.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// The scan.
    pub scan: &'a ScanResult,
    /// The tracks of the pack. Ids that the scan uses and this list lacks are shown as they are.
    pub tracks: &'a [TrackName],
    /// How well the same signals did on the past; absent when no back-test was run.
    pub backtest: Option<&'a BacktestSummary>,
    /// Language in which the page opens; the reader can switch.
    pub lang: Lang,
    /// Ids of evidence that is made up. If there is any, the whole report is labelled *synthetic*.
    pub synthetic_evidence: &'a [String],
}

/// A track as readers know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackName {
    /// Id in the pack, as `TrackMatch::track` uses it.
    pub id: String,
    /// Name for readers.
    pub name: Bilingual,
    /// Place in the policy's own list, from 1.
    pub order: u32,
}

/// The back-test as `scan backtest --json` prints it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BacktestSummary {
    /// One entry a corpus and cut, in the order they were run.
    pub units: Vec<BacktestUnit>,
    /// Mean over the units, by signal.
    pub mean: BTreeMap<String, SignalMean>,
    /// Paired differences between signals.
    #[serde(default)]
    pub differences: Vec<SignalDifference>,
    /// How the forecasts did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastCheck>,
}

/// One corpus at one cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BacktestUnit {
    /// Name of the corpus.
    pub corpus: String,
    /// Last year that the signals could see.
    pub cut: Year,
    /// Terms that were ranked.
    pub candidates: u64,
    /// Terms that were later among the top growers.
    pub positives: u64,
    /// `positives / candidates`: what a blind choice would reach.
    pub base: f64,
    /// Figures by signal.
    pub signals: BTreeMap<String, SignalScore>,
}

/// How one signal did in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SignalScore {
    /// Share of true growers among the 50 terms named first.
    pub p50: f64,
    /// Ranking quality of the first 100, 0 to 1.
    pub ndcg100: f64,
    /// `p50 / base`; 1 is chance.
    pub lift: f64,
    /// Average precision.
    pub ap: f64,
}

/// A mean with its 95 % bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The mean.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The means of one signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SignalMean {
    /// Precision among the first 50.
    pub p50: Interval,
    /// Ranking quality of the first 100.
    pub ndcg100: Interval,
    /// Precision against chance.
    pub lift: Interval,
    /// Average precision.
    pub ap: Interval,
}

/// `signal` minus `other`, over the same units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalDifference {
    /// The signal.
    pub signal: String,
    /// What it is compared with.
    pub other: String,
    /// Difference of precision among the first 50.
    pub p50: Interval,
    /// Difference of ranking quality.
    pub ndcg100: Interval,
}

/// How the forecasts of the next three years did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ForecastCheck {
    /// Median of |ln(forecast / truth)|.
    pub median_abs_log_error: f64,
    /// How often the nominal 80 % interval held, 0 to 1.
    pub coverage: f64,
}
