//! A programme: who gets how much under which clause, and out of which pool.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Clause, Condition, Interval, Param, RuleStatus, SharedTest, Sources, Text};

/// A support programme that can be computed, or is listed with what keeps it from being so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Id; also the name of its file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How far it can be computed.
    pub status: RuleStatus,
    /// The money rules that it stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The programme of which this is another version. Versions of one programme may not overlap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<String>,
    /// Where it is written.
    pub source: Sources,
    /// On which days it holds in law.
    pub in_force: Interval,
    /// On which days it stood in the books like this; absent for "always".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Interval>,
    /// What the text leaves open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_points: Vec<Text>,
    /// Named values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, Param>,
    /// Shared conditions.
    #[serde(default, rename = "test", skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<SharedTest>,
    /// Awards.
    #[serde(default, rename = "award", skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// Budget pools.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pools: BTreeMap<String, Pool>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// One payment that a programme promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Id inside the programme. Other files name it `programme/award`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// Conditions that must all hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// A money expression.
    pub pay: String,
    /// Caps.
    #[serde(default, skip_serializing_if = "Cap::is_empty")]
    pub cap: Cap,
    /// The awards with which it is stacked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// How often it may be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<Once>,
    /// Awards that cannot be had beside this one: `programme/award`, or `award` in the same programme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
    /// What is paid for, in one word; two awards for one subject are looked at for double payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The pool that pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// Whether the enterprise must ask.
    #[serde(default)]
    pub delivery: Delivery,
    /// Who pays, as shares of the whole, such as `{ city = "60%", district = "40%" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pays: BTreeMap<String, String>,
    /// Facts of which more never lowers the amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monotone: Vec<String>,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Upper limits, as amounts or parameters (`$name`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// For one item, project or carrier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// For one enterprise and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// For one enterprise over all years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<String>,
}

impl Cap {
    /// Returns whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// Awards that are not simply added together. All awards that name one group follow one `take`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name of the group inside the programme.
    pub name: String,
    /// What is paid of several.
    pub take: Take,
    /// The most that the group pays together, for `sum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<String>,
    /// Rank of this award, for `first`; the lowest goes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// Whether what was paid before under the group is taken off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deduct_paid: bool,
}

/// What is paid of several awards of a group.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// The highest.
    Highest,
    /// The sum, up to `up_to`.
    Sum,
    /// The first by `rank`.
    First,
}

/// How often an award may be paid.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Once {
    /// Once in the life of an enterprise.
    Lifetime,
    /// Once a year.
    Year,
    /// Once for a project.
    Project,
}

/// The pool that pays an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Name of a pool of the programme, or `programme/pool`.
    pub pool: String,
    /// Amounts that fall below this when money is short are not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
}

/// Whether the enterprise must ask.
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
pub enum Delivery {
    /// Paid without application (免申即享).
    Automatic,
    /// The enterprise says yes to what was computed.
    Confirm,
    /// The enterprise applies.
    #[default]
    Apply,
}

/// Money for a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Where it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// How much, as an amount or a parameter (`$name`).
    pub amount: String,
    /// What happens when it is not enough.
    pub when_short: WhenShort,
    /// The expression by which `rank` orders, highest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank_by: Option<String>,
    /// The share that is kept for cases still unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<String>,
    /// Parts by the values of a label fact, such as one for each district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
    /// The pool that this one is a part of: a pool of the programme, or `programme/pool`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// What happens when a pool is not enough.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WhenShort {
    /// Everyone gets the same share, to the fen.
    Prorate,
    /// Best first by `rank_by`, then date, then id; the last one gets what is left, the others wait.
    Rank,
    /// Earliest first, then id; the last one gets what is left, the others wait.
    FirstCome,
    /// As `first-come`, but only whole grants; from the first that does not fit all wait for the next year.
    NextYear,
    /// Nothing is paid until somebody decides.
    Stop,
}

/// The parts of a pool by the values of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// A label fact.
    pub by: String,
    /// Share of each value; together 100 % at most.
    pub shares: BTreeMap<String, String>,
}

/// `rules.toml`: what holds over all programmes of the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSettings {
    /// The most that one enterprise gets from all programmes together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Ceiling>,
}

/// The most that one enterprise gets from all programmes together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// In one year.
    pub year: String,
    /// Where it is written.
    pub clause: Clause,
}
