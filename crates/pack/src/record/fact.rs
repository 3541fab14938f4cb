//! The dictionary of facts: what is known about an enterprise, where from, and what it means when it is missing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cure, Sources, Text};

/// A fact about an enterprise, by the name that expressions use.
///
/// Exactly one of `from`, `derive` and `score` says where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Name in expressions: lower-case words joined by `_`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What kind of value it is.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// What is counted, for a count, such as `人`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Currency of money; `CNY` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Every value that a label may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<LabelValue>,
    /// The column of evidence that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Column>,
    /// An expression over other facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derive: Option<String>,
    /// The score that it is the total of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreTotal>,
    /// What a missing value means.
    pub missing: Missing,
    /// Why a missing value means that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_note: Option<Text>,
    /// Whether the enterprise can change it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changeable: bool,
    /// What can change it.
    #[serde(default)]
    pub cure: Cure,
    /// The body that holds it and can supply it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// After how many months a value is too old to pay on without asking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub freshness_months: Option<u32>,
    /// Where the fact is defined, if a document does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Sources>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// What kind of value a fact is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FactType {
    /// Whole fen of a currency.
    Money,
    /// A whole number of something.
    Count,
    /// A share, held in millionths.
    Ratio,
    /// A measured number.
    Number,
    /// A day.
    Date,
    /// A year.
    Year,
    /// Yes or no.
    Bool,
    /// One of the words in `values`.
    Label,
    /// Free text.
    Text,
}

/// A value of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelValue {
    /// The word in the evidence and in expressions.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// A column of evidence, and which of its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Table, such as `enterprise_years`.
    pub table: String,
    /// Column.
    pub column: String,
    /// Which years of it, for a table with a row a year.
    #[serde(default)]
    pub period: Period,
    /// Id of a title, for the column `qualifications`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is taken of the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<TitlePart>,
    /// Kinds of deals that count; all where absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deals: Vec<String>,
    /// Months back from the as-of date in which deals count; all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub months: Option<u32>,
    /// What is made of several deals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<TakeOf>,
}

/// What is taken of a title that an enterprise holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TitlePart {
    /// The day on which it was granted.
    Granted,
    /// The year in which it was granted.
    GrantedYear,
    /// The last day on which it holds.
    ValidUntil,
    /// Whether it is there at all.
    Held,
}

/// What is made of several deals of an enterprise.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TakeOf {
    /// Their sum.
    Sum,
    /// The largest.
    Largest,
    /// The last by date.
    Latest,
}

/// Which years of a column with one row a year.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// The last full year before the as-of date.
    Last,
    /// The year before the last.
    Previous,
    /// Two years before the last.
    BeforePrevious,
    /// The sum of the last two full years.
    #[serde(rename = "sum-2")]
    SumOfTwo,
    /// The sum of the last three full years.
    #[serde(rename = "sum-3")]
    SumOfThree,
    /// The column has no years.
    #[default]
    None,
}

/// The total of a score, or of one of its classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreTotal {
    /// Id of the score.
    pub of: String,
    /// One class of it only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// What a missing value means.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The source is complete: what is not there is not so.
    No,
    /// Nothing is known: neither yes nor no.
    Unknown,
    /// The evidence is broken.
    Error,
}
