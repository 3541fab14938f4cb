//! Where an enterprise stands: qualifications (rungs of ladders), scores, watches and routes.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Clause, Condition, Interval, Ladder, Param, RuleStatus, SharedTest, Sources, Text};

/// What it takes to stand on a rung of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Qualification {
    /// Id; also the name of its file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How far it can be computed.
    pub status: RuleStatus,
    /// The ladder.
    pub ladder: String,
    /// The rung.
    pub rung: Rung,
    /// Other ladders on which the same status stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<RungOf>,
    /// The qualification of which this is another version. Versions may not overlap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<String>,
    /// Which version of the rules this is, such as `2022`.
    pub version: String,
    /// Where it is written.
    pub source: Sources,
    /// On which days it holds in law.
    pub in_force: Interval,
    /// On which days it stood in the books like this; absent for "always".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Interval>,
    /// What the text leaves open, or could not be verified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_points: Vec<Text>,
    /// The qualification that must be held before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How long a recognition lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub validity_months: Option<u32>,
    /// The fact that says that the status is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
    /// Shared conditions.
    #[serde(default, rename = "test", skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<SharedTest>,
    /// Conditions that must all hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// Conditions of which one alone is enough, whatever `when` says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub direct: Vec<Condition>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A rung, by its place from 0 or by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Rung {
    /// Place, from 0.
    Place(usize),
    /// Name in either language.
    Name(String),
}

impl Rung {
    /// Returns its place on a ladder; none when the ladder has no such rung.
    pub fn place(&self, ladder: &Ladder) -> Option<usize> {
        match self {
            Self::Place(place) => (*place < ladder.rungs.len()).then_some(*place),
            Self::Name(name) => {
                ladder.rungs.iter().position(|rung| rung.zh == *name || rung.en == *name)
            }
        }
    }
}

impl JsonSchema for Rung {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rung".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"], "minimum": 0 })
    }
}

/// A rung of a named ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RungOf {
    /// The ladder.
    pub ladder: String,
    /// The rung.
    pub rung: Rung,
}

/// Points with a weight for each item, by the stage of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Id; also the name of its file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How far it can be computed.
    pub status: RuleStatus,
    /// Where it is written.
    pub source: Sources,
    /// On which days it holds in law.
    pub in_force: Interval,
    /// What the text leaves open, or could not be verified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_points: Vec<Text>,
    /// Named values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
    /// Stages, the first that holds counts; the last one has no condition.
    #[serde(rename = "stage")]
    pub stages: Vec<Stage>,
    /// Classes of items.
    #[serde(default, rename = "class", skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ScoreClass>,
    /// What is scored.
    #[serde(rename = "item")]
    pub items: Vec<ScoreItem>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A stage of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// A truth expression; absent in the last stage only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
}

/// A class of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreClass {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// One item of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Its class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// The expression that is measured.
    pub of: String,
    /// Points for each stage, as numbers in text; a stage without one refuses to score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub weight: BTreeMap<String, String>,
    /// How the measured value becomes a share of the weight; absent refuses to score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// What a missing value gives.
    #[serde(default)]
    pub missing: ItemMissing,
    /// Of the items with the same word here only the one with the most points counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_of: Option<String>,
}

/// How a measured value becomes a share of the weight. Exactly one of the four.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Steps, lowest first: a value gets the share of the last step that it reaches, and nothing below the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// A straight line from nothing at the first value to the whole weight at the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linear: Option<[String; 2]>,
    /// A line in the logarithm, from nothing at the first value to the whole weight at the second; both above zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<[String; 2]>,
    /// The share of enterprises with the same value of this label fact that lie below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The least value, which belongs to the step.
    pub from: String,
    /// Share of the weight, such as `60%`.
    pub share: String,
}

/// What a missing value of an item gives.
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
pub enum ItemMissing {
    /// The whole score is unknown.
    #[default]
    Unknown,
    /// No points, and the result says so.
    ZeroAndFlag,
}

/// Something about an enterprise that people should see in time, such as a certificate that expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// A truth expression: when it shows.
    pub is: String,
    /// How urgent it is.
    pub level: WatchLevel,
    /// What is shown.
    pub say: Text,
    /// Where it is written.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// How urgent a watch is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WatchLevel {
    /// Good to know.
    Info,
    /// Act soon.
    Amber,
    /// Act now.
    Red,
}

/// A fast track: what an enterprise reaches without the usual review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How far it can be computed.
    pub status: RuleStatus,
    /// A truth expression: when it opens.
    pub is: String,
    /// What it opens, in one word.
    pub opens: String,
    /// What falls away, in one word.
    pub instead_of: String,
    /// What is shown.
    pub say: Text,
    /// Where it is written.
    pub source: Sources,
    /// The money rules that it stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Named values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
    /// What the text leaves open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_points: Vec<Text>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
