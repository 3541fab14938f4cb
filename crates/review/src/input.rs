//! What a report is made from: a scan, the names of the tracks, and how well such scans did in the past.

use linghang_core::{Bilingual, Lang};
use linghang_scan::backtest::BacktestResult;
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
    pub backtest: Option<&'a BacktestResult>,
    /// How the forecasts of shares did on the past; absent when that was not measured.
    pub forecast_check: Option<ForecastCheck>,
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

/// How the forecasts of the next three years did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ForecastCheck {
    /// Median of |ln(forecast / truth)|.
    pub median_abs_log_error: f64,
    /// How often the nominal 80 % interval held, 0 to 1.
    pub coverage: f64,
}
