//! What every rule file is made of: conditions with what they say, parameters, validity.
//!
//! Expressions and values stay texts here. The rules engine checks and types them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Clause, Text};

/// How far a rule can be computed, and whether it still holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RuleStatus {
    /// The text says enough to compute it.
    Executable,
    /// The text leaves something open without which nothing can be computed.
    NotComputable,
    /// It is kept for the record only, such as a version that a later one took the place of from its first day.
    ///
    /// A rule whose time is over needs no such mark: the end of `in_force` says so.
    History,
}

/// Days from the first to before the last: half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The first day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: NaiveDate,
    /// The first day on which it no longer holds; absent while no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub to: Option<NaiveDate>,
}

impl Interval {
    /// Returns whether a day is inside.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Returns whether it was over before a day: what held in it is history.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to <= day)
    }
}

/// A condition: an expression, all or any of several conditions, or a shared test by its id. Exactly one of the four.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = add_branches)]
pub struct Condition {
    /// Id inside its list; a shared test lends its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A truth expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Id of a `[[test]]` in the same file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// Conditions that must all hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    pub all: Vec<Condition>,
    /// Conditions of which one must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(skip)]
    pub any: Vec<Condition>,
    /// What it demands, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<Text>,
    /// Where it is written, if elsewhere than the award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// What can make it true, if that differs from what its facts say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cure: Option<Cure>,
    /// Whether people decide: it never says yes or no by itself, only "for review".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discretionary: bool,
}

/// How deep conditions may stand inside one another.
const MAX_DEPTH: usize = 3;

impl Condition {
    /// Returns its id, or that of the shared test that it names; empty when it has neither.
    pub fn name(&self) -> &str {
        self.id.as_deref().or(self.test.as_deref()).unwrap_or_default()
    }
}

/// Adds `all` and `any` to the schema, [`MAX_DEPTH`] deep: inlined schemas cannot name themselves.
fn add_branches(schema: &mut Schema) {
    let leaf = schema.clone().to_value();
    let mut whole = leaf.clone();
    for _ in 1..MAX_DEPTH {
        let mut outer = leaf.clone();
        if let Some(properties) = outer.get_mut("properties").and_then(Value::as_object_mut) {
            for (key, meaning) in [
                ("all", "Conditions that must all hold."),
                ("any", "Conditions of which one must hold."),
            ] {
                let list = json!({ "description": meaning, "type": "array", "items": whole });
                properties.insert(key.to_owned(), list);
            }
        }
        whole = outer;
    }
    if let Ok(whole) = Schema::try_from(whole) {
        *schema = whole;
    }
}

/// What can make a condition true.
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
pub enum Cure {
    /// Waiting.
    Time,
    /// A review by people.
    Review,
    /// Something that the enterprise can do.
    Act,
    /// Nothing.
    #[default]
    None,
}

impl Cure {
    /// How hard it is, from 0 for waiting to 3 for what nothing can change.
    pub const fn hardness(self) -> u8 {
        match self {
            Self::Time => 0,
            Self::Act => 1,
            Self::Review => 2,
            Self::None => 3,
        }
    }
}

/// Conditions under one name that several awards share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedTest {
    /// Id, by which a condition names it.
    pub id: String,
    /// A truth expression; instead of `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Conditions that must all hold; instead of `is`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Condition>,
    /// What it demands, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<Text>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
}

/// A named value that expressions of the same file use as `$name`.
///
/// Exactly one of `is`, `values`, `table`, `brackets` and `unset = true`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// One value for all dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Values by date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<DatedValue>,
    /// The fact by which `table` or `brackets` is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// A value for each label of the fact `by`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub table: BTreeMap<String, String>,
    /// Values by size of the fact `by`, lowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brackets: Vec<Bracket>,
    /// The text does not give it: what needs it is not computable.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unset: bool,
    /// The value is an assumption of the pack's authors; `note` says why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assumed: bool,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A value with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    /// The first day; absent for "as long as known".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub to: Option<NaiveDate>,
    /// The value.
    pub is: String,
}

/// One row of a bracket table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bracket {
    /// The upper edge, which belongs to this row; absent in the last row only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The value.
    pub is: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_its_first_day_and_not_its_last() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).expect("a day of January");
        let interval = Interval { from: day(2), to: Some(day(4)) };
        let inside: Vec<u32> = (1..6).filter(|d| interval.contains(day(*d))).collect();
        assert_eq!(inside, [2, 3]);
        assert!(Interval { from: day(2), to: None }.contains(day(30)));
        assert!(interval.is_over(day(4)) && !interval.is_over(day(3)));
    }
}
