//! Test cases beside rule files: `programmes/ID.test.toml` tries the programme `ID`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Text;

/// The cases of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestFile {
    /// Cases, in the order written.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

/// One enterprise on one day, and what must come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows, as a sentence.
    pub name: Text,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub as_of: NaiveDate,
    /// Facts; one that is not named is missing.
    #[serde(default)]
    pub facts: BTreeMap<String, CaseValue>,
    /// What was paid before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<CasePayment>,
    /// What must come out, by award, qualification, score, watch or route of the file.
    pub expect: BTreeMap<String, Expected>,
}

/// The value of a fact in a case: a truth, a whole number, or a literal of the expression language without quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CaseValue {
    /// Yes or no.
    Truth(bool),
    /// A count, a year, or a number.
    Whole(i64),
    /// An amount such as `20万元`, a share such as `3%`, a day such as `2026-01-31`, a label or a text.
    Text(String),
}

impl JsonSchema for CaseValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CaseValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["boolean", "integer", "string"] })
    }
}

/// A payment before the day of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CasePayment {
    /// `programme/award`, or `award` of the programme that the file tries.
    pub award: String,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub on: NaiveDate,
    /// How much, such as `20万元`.
    pub amount: String,
}

/// What must come out. A key that is absent is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What is due to this enterprise after caps, stacking and ceiling, before pools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Ids of the entries of `when` that are surely false, in the order of the file; a shared test by its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing: Option<Vec<String>>,
    /// Facts that are missing, sorted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
    /// The cap that binds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<CapKind>,
    /// Points of a score, as a number in text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// Stage of a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
}

/// What a rule says about an enterprise.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It qualifies.
    Yes,
    /// It does not.
    No,
    /// A fact is missing.
    Unknown,
    /// People decide.
    Review,
    /// The evidence of this enterprise is broken.
    Error,
    /// The rule cannot be computed.
    NotComputable,
    /// The rule does not hold on the day.
    NotInForce,
}

/// Which cap binds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CapKind {
    /// For one item.
    Item,
    /// For one year.
    Year,
    /// Over all years.
    Lifetime,
    /// Of the group.
    Group,
    /// Of all programmes together.
    Ceiling,
}
