//! How well such statements did in the past: the back-test.
//!
//! At each past date the terms are scored from what was known then, and the score is compared with what happened in
//! the three years after. The protocol (candidates, label, metrics, unit rule) is written out in
//! `docs/guide/backtest.md`, so that others can run it on other files.

mod bootstrap;
mod forecasts;
mod future;
mod label;
mod metrics;
mod protocol;
mod signal;
mod topics;

use std::collections::BTreeMap;

use linghang_core::Year;
use serde::{Deserialize, Serialize};

pub use forecasts::check_forecasts;
pub(crate) use forecasts::{full_years, past_cut};
pub use future::{Future, TermIndex};
pub use label::{Label, labels};
pub(crate) use protocol::has_enough_documents;
pub use protocol::{Plan, UnitInput, run, run_with_topics, unit_inputs};
pub use signal::Signal;
pub use topics::{TopicCheck, TopicCut, check_topics};

/// The whole answer of `scan backtest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BacktestResult {
    /// Version of this layout.
    pub schema: u32,
    /// Units that count, by corpus and cut.
    pub units: Vec<UnitResult>,
    /// Units that were asked for but do not count, with the reason.
    pub skipped: Vec<SkippedUnit>,
    /// Macro mean over the units, by signal.
    pub mean: BTreeMap<String, MeanMetrics>,
    /// Difference of the macro means of the first signal and each other one.
    pub differences: Vec<Difference>,
    /// How well the scores of topics did; absent where nobody asked, or no date had four topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topics: Option<TopicCheck>,
}

/// One corpus at one cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnitResult {
    /// Corpus.
    pub corpus: String,
    /// Last year known to the scores.
    pub cut: Year,
    /// Terms scored.
    pub candidates: u32,
    /// Terms that grew as the label asks.
    pub positives: u32,
    /// Positives / candidates: what chance would reach.
    pub base: f64,
    /// Metrics by signal.
    pub signals: BTreeMap<String, Metrics>,
}

/// A unit that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedUnit {
    /// Corpus.
    pub corpus: String,
    /// Last year known.
    pub cut: Year,
    /// Code: `few_documents`, `few_candidates`, `few_positives`, `no_future`.
    pub reason: String,
}

/// How well one signal ranked one unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Share of positives among the best 50.
    pub p50: f64,
    /// Normalised discounted cumulative gain of the best 100.
    pub ndcg100: f64,
    /// `p50` / base.
    pub lift: f64,
    /// Average precision.
    pub ap: f64,
    /// The lift under the strict label; absent when it has no positives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift_strict: Option<f64>,
    /// Lift of the best 20 among terms whose fifth document is at most five years old; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift20_new: Option<f64>,
    /// Lift of the best 25 among terms of at most median volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift25_low: Option<f64>,
}

/// A mean with its 95 % bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean over the units.
    pub value: f64,
    /// 2.5 % quantile of the bootstrap.
    pub low: f64,
    /// 97.5 % quantile.
    pub high: f64,
}

/// Macro means of one signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MeanMetrics {
    /// Share of positives among the best 50.
    pub p50: Estimate,
    /// Normalised discounted cumulative gain of the best 100.
    pub ndcg100: Estimate,
    /// Mean of the units' lifts.
    pub lift: Estimate,
    /// Average precision.
    pub ap: Estimate,
    /// Mean lift under the strict label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift_strict: Option<f64>,
    /// Mean lift of new terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift20_new: Option<f64>,
    /// Mean lift of terms of low volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift25_low: Option<f64>,
}

/// The difference of two signals over the same units and resamples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The signal that is subtracted from.
    pub signal: String,
    /// The signal that is subtracted.
    pub minus: String,
    /// Difference of P@50.
    pub p50: Estimate,
    /// Difference of nDCG@100.
    pub ndcg100: Estimate,
    /// Difference of the lifts.
    pub lift: Estimate,
}
