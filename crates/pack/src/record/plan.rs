//! What the plans say: documents, targets, baselines, parameters, tasks, ladders, mechanisms, money rules.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use linghang_core::Fen;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Level, Sources, Text};

/// A policy document that other records cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Short id, used in every `source`; also the name of its file.
    pub id: String,
    /// Title.
    pub name: Text,
    /// Official number, as printed.
    pub reference: String,
    /// Who issued it.
    pub issuer: Text,
    /// Level of government.
    pub level: Level,
    /// The place that it is for.
    pub place: Text,
    /// Day of issue.
    #[schemars(with = "String", extend("format" = "date"))]
    pub issued: NaiveDate,
    /// First year of the plan.
    #[schemars(range(min = 1900, max = 2200))]
    pub start_year: i32,
    /// Years to which its goals run, in order.
    #[schemars(inner(range(min = 1900, max = 2200)))]
    pub horizon_years: Vec<i32>,
    /// Whether it binds; a commentary does not.
    pub normative: bool,
    /// What it is for us, in a few words.
    pub role: Text,
    /// What is missing in the copy that the records were taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_gaps: Option<Text>,
    /// `b3:` and 64 hexadecimal digits over the text of a section as it stands today, by section. A rule whose clause
    /// keeps another hash was written from an older text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clauses: BTreeMap<String, String>,
}

/// A goal with its number, where it has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Id.
    pub id: String,
    /// What is counted.
    pub metric: Text,
    /// How the value is to be read.
    pub comparator: Comparator,
    /// The value to reach, in `unit`; absent for a state, and for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The unit of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The amount to reach, in fen, where the goal is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub amount_fen: Option<Fen>,
    /// The value as the document prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// The year by whose end it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1900, max = 2200))]
    pub deadline_year: Option<i32>,
    /// Whose goal it is.
    pub scope: Level,
    /// How firmly it is worded.
    pub firmness: Firmness,
    /// The value at the start, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_value: Option<f64>,
    /// The amount at the start, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub baseline_amount_fen: Option<Fen>,
    /// The year of the value at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1900, max = 2200))]
    pub baseline_year: Option<i32>,
    /// A remark on the value at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_note: Option<Text>,
    /// Where it is written.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How the value of a target is to be read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// Reach this or more.
    Ge,
    /// Strictly above.
    Gt,
    /// At most.
    Le,
    /// Order of magnitude, or approximate.
    About,
    /// A state without a number.
    State,
}

/// How firmly a goal is worded.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Firmness {
    /// Set as a goal.
    Stated,
    /// Worded as strive, explore or compete for.
    Aspirational,
    /// Second-hand, or part of a definition.
    Reported,
}

/// A figure that was true in a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Id.
    pub id: String,
    /// What was counted.
    pub metric: Text,
    /// The value, in `unit`; absent for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The unit of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The amount in fen, for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub amount_fen: Option<Fen>,
    /// The year.
    #[schemars(range(min = 1900, max = 2200))]
    pub year: i32,
    /// Where it is written.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A number or line that other rules use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Id.
    pub id: String,
    /// Short name.
    pub name: Text,
    /// What it means.
    pub meaning: Text,
    /// The value, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The value where it is no single number, such as `3-5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_text: Option<String>,
    /// The unit of `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The amount in fen, for money in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub amount_fen: Option<Fen>,
    /// Where it is written.
    pub source: Sources,
}

/// A task, action or safeguard, and who carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Id.
    pub id: String,
    /// What kind of item in its plan, such as `action` or `safeguard`.
    pub level: String,
    /// Name.
    pub name: Text,
    /// The item that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Bodies named as responsible, in the printed order, which does not say that the first one leads.
    pub leads: Vec<String>,
    /// Bodies that carry it out as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_carried_out_by: Vec<String>,
    /// Where it is written.
    pub source: Sources,
}

/// A ladder (梯度): steps of enterprises, platforms, talents or stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What stands on it, such as `enterprise`.
    pub kind: String,
    /// The rungs, lowest first where they are ordered.
    pub rungs: Vec<Text>,
    /// What the order of the rungs means.
    pub order: RungOrder,
    /// Where it is written.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// What the order of the rungs of a ladder means.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RungOrder {
    /// Each rung is above the one before.
    Ordered,
    /// The order of the text, which does not say that it is a climb.
    ListingOrder,
    /// Several ladders in one list.
    Mixed,
    /// Rungs stand side by side.
    Parallel,
    /// Rungs are worked on at the same time.
    Concurrent,
}

/// A mechanism that the plans ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mechanism {
    /// Id.
    pub id: String,
    /// Short Latin name.
    pub slug: String,
    /// Name.
    pub name: Text,
    /// The theme under which it is listed.
    pub theme: Text,
    /// How central it is to the plans.
    pub centrality: Centrality,
    /// Where it is written.
    pub source: Sources,
}

/// How central a mechanism is to the plans.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Centrality {
    /// Named by a current plan, or described by several.
    Core,
    /// Named with some content in one older document, or part of another mechanism.
    Supporting,
    /// A mention.
    Passing,
}

/// A money rule, as far as the plans give it. The clauses that can be computed are another kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What kind, such as `grant`.
    pub kind: String,
    /// Who qualifies, paraphrased.
    pub qualifies: Text,
    /// How the amount is found, paraphrased.
    pub formula: Text,
    /// What the amounts mean.
    pub amount_kind: AmountKind,
    /// Cap for one item, project, carrier or beneficiary, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub cap_item_fen: Option<Fen>,
    /// Cap for one beneficiary and year, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub cap_year_fen: Option<Fen>,
    /// Cap for one beneficiary over all years, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub cap_cumulative_fen: Option<Fen>,
    /// The whole budget, pool or fund, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<i64>")]
    pub pot_fen: Option<Fen>,
    /// Rate in whole percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 1000))]
    pub rate_percent: Option<u32>,
    /// First year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1900, max = 2200))]
    pub from_year: Option<i32>,
    /// Last year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1900, max = 2200))]
    pub to_year: Option<i32>,
    /// Whether the text itself gives the years.
    pub period_stated: bool,
    /// Bodies named as responsible.
    #[serde(default)]
    pub leads: Vec<String>,
    /// What the text leaves open.
    pub open_points: Text,
    /// Where it is written.
    pub source: Sources,
}

/// What the amounts of a money rule mean.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AmountKind {
    /// At most.
    Ceiling,
    /// Fixed, once.
    FixedOneOff,
    /// At least, per year.
    YearlyFloor,
    /// At most, per year.
    YearlyCeiling,
    /// Fixed, per year.
    FixedPerYear,
    /// Fixed, in total.
    FixedTotal,
    /// Rate at most.
    RateCeiling,
    /// Share of another amount.
    Share,
    /// Size of a fund, or its order of magnitude.
    FundSize,
    /// The text gives no figure.
    NotStated,
}
