//! What a scan returns. These types are the contract of `scan run --json`: fields are added, never renamed.
//!
//! All lists are ordered: terms by rank, topics by score, documents by date (newest first) and id.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use linghang_core::{Provenance, Year};
use serde::{Deserialize, Serialize};

pub use crate::series::lead_lag::{CrossLag, OnsetLag, SourceLag};

/// The whole answer of one scan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScanResult {
    /// Version of this layout.
    pub schema: u32,
    /// Evidence, pack and date that were used.
    pub provenance: Provenance,
    /// One entry a corpus, in the order asked for.
    pub corpora: Vec<CorpusResult>,
}

/// The answer for one corpus (a category, or a pool of them).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorpusResult {
    /// Name of the corpus.
    pub corpus: String,
    /// First year of the window W (three years).
    pub window_from: Year,
    /// Last year of the window.
    pub window_to: Year,
    /// All documents up to the date.
    pub documents: u64,
    /// Documents in the window.
    pub window_documents: u64,
    /// Documents a year, from the first year with any.
    pub documents_by_year: Vec<YearCount>,
    /// Why there are no scores, when there are none (`insufficient_evidence`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_score_reason: Option<String>,
    /// Number of terms that were scored.
    pub candidates: u64,
    /// How many terms each filter rejected, by the filter's code.
    pub rejected: BTreeMap<String, u64>,
    /// Scored terms that lists leave out because they name no technology, by reason code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hidden: BTreeMap<String, u64>,
    /// The best terms, as many as were asked for.
    pub terms: Vec<TermResult>,
    /// Topics, best first.
    pub topics: Vec<TopicResult>,
    /// Ids of the topics that belong to no track and stand out.
    pub x_candidates: Vec<XCandidate>,
    /// Splits, merges, births and deaths against the previous run, when there was one.
    pub topic_changes: Vec<TopicChange>,
}

/// A count with its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearCount {
    /// The year.
    pub year: Year,
    /// Documents with the term.
    pub count: u32,
    /// All documents of the corpus.
    pub total: u32,
}

/// One scored term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermResult {
    /// The term as normalised.
    pub term: String,
    /// The same concept in the other language, when glosses or keywords in both languages prove it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    /// What the term stands for, when it is an acronym that documents write out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_form: Option<String>,
    /// The acronym that documents give the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<String>,
    /// Why lists leave the term out although it is scored: it names no technology. Absent for terms in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_reason: Option<String>,
    /// Rank among the terms in lists; 1 is the best.
    pub rank: u32,
    /// Share of candidates that score lower, 0 to 100.
    pub percentile: f64,
    /// The emergence score LH-6: the sum of the contributions.
    pub score: f64,
    /// The six contributions, always in the same order.
    pub contributions: Vec<Contribution>,
    /// Documents with the term in the window (R).
    pub window_documents: u32,
    /// Year in which the fifth document appeared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fifth_document_year: Option<Year>,
    /// The curve.
    pub counts: Vec<YearCount>,
    /// The strongest burst, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub burst: Option<Burst>,
    /// Life-cycle fit with its statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub life_cycle: Option<LifeCycle>,
    /// Share expected over the next three years, with interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// Onset of growth; absent when not tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onset: Option<Onset>,
    /// Maturity stage and the numbers that fired it.
    pub stage: StageFinding,
    /// Tracks that this term belongs to, best first; empty when none.
    pub tracks: Vec<TrackMatch>,
    /// Id of its topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Non-consensus flags that fired.
    pub flags: Vec<Flag>,
    /// Codes of the flags that could not be decided, because a number behind them is unknown; a flag that is neither
    /// here nor in `flags` was decided and did not fire.
    #[serde(default)]
    pub flags_unknown: Vec<String>,
    /// Documents behind the score (ids, newest first, at most 20); empty when only figures are known.
    pub documents: Vec<DocumentRef>,
}

impl TermResult {
    /// Returns whether no document of the corpus held the term before its onset, so that the onset is its first year and
    /// not a turn from a level.
    pub fn grew_from_nothing(&self) -> bool {
        self.onset.is_some_and(|onset| {
            self.counts.iter().all(|year| year.year >= onset.year || year.count == 0)
        })
    }
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Code of the signal: `z3`, `nz5`, `nh`, `ar`, `xz5`, `xl`.
    pub signal: String,
    /// The measured value; absent when it could not be measured (then it contributes 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// What it adds to the score: the value standardised over the candidates, clipped at ±3.
    pub contribution: f64,
}

/// A document named as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRef {
    /// Id with its scheme, such as `arxiv:1907.00001`.
    pub id: String,
    /// Title as imported.
    pub title: String,
    /// Date of publication.
    pub date: NaiveDate,
}

/// A Kleinberg burst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Burst {
    /// First year.
    pub from: Year,
    /// Last year.
    pub to: Year,
    /// Sum of (cost in the base state − cost in the burst state).
    pub weight: f64,
    /// Whether it lasts to the end of the series.
    pub is_alive: bool,
}

/// The models of 3.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Share stays.
    Constant,
    /// Share grows or falls at a constant rate.
    Exponential,
    /// S-curve, symmetric.
    Logistic,
    /// S-curve, early inflection.
    Gompertz,
    /// Rise and fall.
    Hump,
}

/// One fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFit {
    /// Which model.
    pub model: Model,
    /// Quasi-AIC with small-sample correction; lower is better.
    pub qaicc: f64,
    /// Akaike weight among the fitted models, 0 to 1.
    pub weight: f64,
    /// Parameters by name (`k`, `r`, `t0` as a year, …).
    pub parameters: BTreeMap<String, f64>,
    /// Fitted share a year, same length as the series.
    pub fitted: Vec<f64>,
}

/// Life-cycle fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LifeCycle {
    /// All models, lowest QAICc first.
    pub models: Vec<ModelFit>,
    /// What may be said about the inflection.
    pub statement: InflectionStatement,
}

/// What may be said about an inflection point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InflectionStatement {
    /// The three conditions of the statement policy hold.
    Identified {
        /// Model that identifies it.
        model: Model,
        /// Inflection as a (fractional) year.
        t0: f64,
        /// Standard deviation of `t0` in years.
        sd_t0: f64,
        /// Saturation level as a share of all documents.
        saturation_share: f64,
    },
    /// 拐点尚不可识别: the data do not identify an inflection; the reasons name the failed conditions.
    NotIdentifiable {
        /// Codes: `no_s_curve_advantage`, `inflection_not_past`, `inflection_uncertain`, `rose_and_fell`,
        /// `series_too_short`.
        reasons: Vec<String>,
    },
}

/// Forecast of the mean share in the three years after the last one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Expected share of all documents.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Nominal coverage (0.8).
    pub nominal: f64,
    /// How often such intervals held in the back-test; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured_coverage: Option<f64>,
}

/// Result of the hockey-stick test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Onset {
    /// Year of the turn.
    pub year: Year,
    /// Profile interval, first year.
    pub year_low: Year,
    /// Profile interval, last year.
    pub year_high: Year,
    /// Growth after the turn, natural log per year.
    pub slope: f64,
    /// p-value by parametric bootstrap.
    pub p: f64,
    /// Whether it survives the false-discovery control at 10 %.
    pub is_significant: bool,
}

/// Maturity stages (3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Few documents, young, growing.
    WeakSignal,
    /// Significant onset, at most three years old.
    TakeOff,
    /// Sustained growth.
    Growth,
    /// Level after growth.
    Mature,
    /// Falling.
    Decline,
    /// No rule fired.
    Undetermined,
}

/// A stage with the rule's numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageFinding {
    /// The stage.
    pub stage: Stage,
    /// The numbers that fired the rule, by name.
    pub because: BTreeMap<String, f64>,
}

/// A track that a topic or term matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackMatch {
    /// Track id of the pack.
    pub track: String,
    /// Cosine similarity, 0 to 1.
    pub similarity: f64,
    /// Shared terms that carry it, strongest first.
    pub shared_terms: Vec<String>,
    /// Class codes in common.
    pub shared_classes: Vec<String>,
    /// Seeds of the track that the terms themselves name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named_seeds: Vec<String>,
    /// Negative terms of the track that forbid the assignment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vetoed_by: Vec<String>,
}

/// Non-consensus flags (3.12).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flag {
    /// Code: `unattended`, `split_signal`, `expert_gap`, `source_split`, `broad_authorship`, `new`.
    pub code: String,
    /// The numbers behind it, by name.
    pub because: BTreeMap<String, f64>,
}

/// One topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicResult {
    /// Stable id, kept from run to run.
    pub id: String,
    /// Label: its strongest term by C-value.
    pub label: String,
    /// The label in Chinese when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_zh: Option<String>,
    /// Three terms by LH-6.
    pub keywords: Vec<String>,
    /// All terms, by LH-6.
    pub terms: Vec<String>,
    /// Mean LH-6 of its five best terms.
    pub score: f64,
    /// Share of topics that score lower, 0 to 100.
    pub percentile: f64,
    /// Documents in the window that hold at least two of its terms; absent when only figures are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_documents: Option<u64>,
    /// Share of its links that stay inside (1 − conductance), 0 to 1.
    pub coherence: f64,
    /// The commonest stage of its terms.
    pub stage: Stage,
    /// Tracks assigned (similarity ≥ threshold, margin kept), best first.
    pub tracks: Vec<TrackMatch>,
    /// All track similarities, best first, so that a refusal can be understood.
    pub nearest_tracks: Vec<TrackMatch>,
    /// Document kinds that carry it (`paper`, `patent`, …).
    pub source_kinds: Vec<String>,
    /// Tipping-point flags.
    pub tipping: Tipping,
    /// Years between the onsets of its kinds of source, for those that have one.
    #[serde(default)]
    pub lags: Vec<OnsetLag>,
    /// Lags by cross-correlation of growth, for pairs of kinds of source with ten common years.
    #[serde(default)]
    pub cross_lags: Vec<SourceLag>,
    /// What the city has of the topic beside what the country has; absent where places are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city_fit: Option<CityFit>,
    /// Attributes after Rotolo, Hicks and Martin (2015): `growth` (mean z3), `novelty` (share of terms whose growth
    /// began within three years), `coherence`, `density` (0 to 1), `source_kinds` (a count), `new_pair_share` (share of
    /// the window's meetings of two terms that never met before it), `distance_to_nearest` (1 − likeness to the nearest
    /// topic three years earlier). The last two are absent where what came before is not known.
    pub attributes: BTreeMap<String, f64>,
    /// Key actors, largest first; empty when only figures are known.
    pub actors: Vec<Actor>,
    /// Documents as evidence, at most 10.
    pub documents: Vec<DocumentRef>,
}

/// Local beside national activity in a topic, over the documents of the window that name a place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CityFit {
    /// Location quotient: the topic's share of local documents over its share of national ones; 1 is the average.
    pub quotient: f64,
    /// Local documents of the topic.
    pub local_documents: u64,
    /// All local documents.
    pub local_all: u64,
    /// National documents of the topic, the local ones included.
    pub national_documents: u64,
    /// All national documents.
    pub national_all: u64,
}

/// Tipping-point flags of a topic (3.7).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tipping {
    /// 技术奇点: significant onset in science or patents within three years, and growing neighbours. Absent: unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technology_singularity: Option<bool>,
    /// 市场引爆点: significant onsets in two kinds of source, one of them not science. Absent: not enough sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub market_ignition: Option<bool>,
    /// Onset year by kind of source.
    pub onsets: BTreeMap<String, Year>,
}

/// An organisation, person or place in a topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Name as imported.
    pub name: String,
    /// `person`, `organisation` or `place`.
    pub kind: String,
    /// Fractional document count in the window.
    pub fractional_documents: f64,
    /// Share of the topic's documents, 0 to 1.
    pub share: f64,
    /// Year of its first document in the topic.
    pub entry_year: Year,
    /// Growth z3, when measurable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub z3: Option<f64>,
}

/// A coherent topic that belongs to no track.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct XCandidate {
    /// Topic id.
    pub topic: String,
    /// Its label.
    pub label: String,
    /// Topic score.
    pub score: f64,
    /// Largest similarity to any track.
    pub nearest_similarity: f64,
    /// That track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest_track: Option<String>,
    /// Kinds of source that carry it.
    pub source_kinds: Vec<String>,
    /// Local over national share of the topic (location quotient), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city_fit: Option<f64>,
    /// Whether every condition of an X proposal holds; if not, `open_conditions` says which are open.
    pub is_complete: bool,
    /// Codes: `single_source_kind`, `city_fit_unknown`, `city_fit_low`.
    pub open_conditions: Vec<String>,
}

/// What became of a topic of the previous run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicChange {
    /// `birth`, `death`, `split`, `merge`, `kept`.
    pub change: String,
    /// Topic ids before.
    pub before: Vec<String>,
    /// Topic ids now.
    pub now: Vec<String>,
}
