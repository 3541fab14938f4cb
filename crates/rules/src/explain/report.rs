//! The data of an explanation.

use std::sync::Arc;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Fen, PackRef};
use linghang_expr::Truth;
use linghang_pack::record::{Clause, Cure, Delivery};
use serde::{Serialize, Serializer};

use super::before::BeforeReport;
use crate::evaluate::Decision;
use crate::model::{AsOf, Idle};
use crate::money::Stage;

/// Everything about one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Id of the enterprise.
    pub enterprise: String,
    /// The day.
    pub as_of: AsOf,
    /// The pack.
    pub pack: PackRef,
    /// All awards in force, in the order of their ids.
    pub awards: Vec<AwardReport>,
    /// Awards that are not computed.
    pub idle: Vec<Idle>,
    /// The pack that it was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<PackRef>,
    /// Awards of that pack which are no more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<BeforeReport>,
}

/// Yes, no, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth3 {
    /// Surely.
    Yes,
    /// Surely not.
    No,
    /// Not known.
    Unknown,
}

impl Truth3 {
    /// The truth of the first row.
    pub(crate) fn of(truth: &Truth) -> Self {
        if truth.sure.value(0) {
            Self::Yes
        } else if truth.surely_not.value(0) {
            Self::No
        } else {
            Self::Unknown
        }
    }

    /// No where one is; else not known where one is not.
    pub(crate) fn all(truths: &[Self]) -> Self {
        if truths.contains(&Self::No) {
            Self::No
        } else if truths.contains(&Self::Unknown) {
            Self::Unknown
        } else {
            Self::Yes
        }
    }

    /// Yes where one is; else not known where one is not.
    pub(crate) fn any(truths: &[Self]) -> Self {
        if truths.contains(&Self::Yes) {
            Self::Yes
        } else if truths.contains(&Self::Unknown) {
            Self::Unknown
        } else {
            Self::No
        }
    }
}

/// One award to one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct AwardReport {
    /// `programme/award`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Where it is written.
    pub clause: Option<Clause>,
    /// Whether the enterprise must ask.
    pub delivery: Delivery,
    /// The decision.
    pub decision: Decision,
    /// What it demands, each with its truth.
    pub conditions: Vec<ConditionReport>,
    /// What is missing, and who can supply it.
    pub missing: Vec<MissingFact>,
    /// The cheapest way to qualify; absent when it qualifies.
    pub way: Option<Way>,
    /// What it would get beside everything else it gets; absent when it qualifies or the amount is not known.
    pub at_stake: Option<Fen>,
    /// The amount line by line; absent when it does not qualify.
    pub amount: Option<AmountReport>,
    /// The amount as written.
    pub pay: String,
    /// Parameters that the pack's authors assumed.
    pub assumed: Vec<String>,
    /// What it would have been under the pack that it was compared with; absent when it was compared with none, or
    /// when that pack has no such award.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<BeforeReport>,
}

/// How a condition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionKind {
    /// One expression.
    One,
    /// All parts must hold.
    All,
    /// One part must hold.
    Any,
    /// People decide.
    Judged,
}

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionReport {
    /// Id in its rule.
    pub id: String,
    /// What it demands.
    pub say: Option<Bilingual>,
    /// Where it is written.
    pub clause: Option<Clause>,
    /// How it is made.
    pub kind: ConditionKind,
    /// Its truth.
    pub truth: Truth3,
    /// Whether people decide.
    pub discretionary: bool,
    /// What can make it true.
    pub cure: Cure,
    /// As written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The comparisons in it.
    #[serde(skip_serializing_if = "is_none", serialize_with = "shared")]
    pub comparisons: Arc<[Comparison]>,
    /// The facts in it.
    #[serde(skip_serializing_if = "is_none", serialize_with = "shared")]
    pub facts: Arc<[FactValue]>,
    /// Its parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ConditionReport>,
}

fn is_none<T>(values: &Arc<[T]>) -> bool {
    values.is_empty()
}

fn shared<T: Serialize, S: Serializer>(
    values: &Arc<[T]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    values[..].serialize(serializer)
}

/// One comparison: what is, what must be, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The left side as written.
    pub what: String,
    /// `>=` and so on.
    pub symbol: &'static str,
    /// What the left side comes to, with its unit; absent when it is not known.
    pub actual: Option<Bilingual>,
    /// What the right side comes to.
    pub required: Option<Bilingual>,
    /// How far the left side is from the right one, with its unit; absent when it is not known or nothing lacks.
    pub gap: Option<Bilingual>,
    /// Its truth.
    pub truth: Truth3,
}

/// A fact and its value.
#[derive(Debug, Clone, Serialize)]
pub struct FactValue {
    /// Name in expressions.
    pub fact: String,
    /// Name for a reader.
    pub name: Bilingual,
    /// The value with its unit; absent when it is missing.
    pub value: Option<Bilingual>,
    /// From which source and day, where that is known.
    pub origin: Option<Bilingual>,
    /// Whether it is older than the dictionary allows.
    pub is_old: bool,
}

/// A fact that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct MissingFact {
    /// Name in expressions.
    pub fact: String,
    /// Name for a reader.
    pub name: Bilingual,
    /// Who holds it and can supply it.
    pub holder: Option<Bilingual>,
    /// Why it counts as not known.
    pub note: Option<Bilingual>,
    /// Whether there is a value that is too old.
    pub is_old: bool,
}

/// The cheapest way to qualify.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// Whether it is open: every step can be made.
    pub is_open: bool,
    /// What to do, in the order of the conditions.
    pub steps: Vec<WayStep>,
    /// When time alone is enough: the first day on which everything holds.
    pub by_time: Option<NaiveDate>,
}

/// One step of the way.
#[derive(Debug, Clone, Serialize)]
pub struct WayStep {
    /// The condition; parts are joined by dots.
    pub condition: String,
    /// What it demands.
    pub say: Option<Bilingual>,
    /// What can make it true; `none` blocks the way.
    pub cure: Cure,
    /// What lacks, with its unit.
    pub gap: Option<Bilingual>,
    /// The first day on which time makes it true.
    pub on: Option<NaiveDate>,
    /// Facts to supply, when it is only not known.
    pub supply: Vec<MissingFact>,
}

/// An amount line by line.
#[derive(Debug, Clone, Serialize)]
pub struct AmountReport {
    /// What the clause gives.
    pub gross: Fen,
    /// One line for each stage.
    pub steps: Vec<StepReport>,
    /// What is due before pools.
    pub due: Fen,
    /// What is paid; absent without a run over all enterprises when a pool decides.
    pub paid: Option<Fen>,
    /// The cap that binds.
    pub binding: Option<Stage>,
    /// Who pays how much.
    pub payers: Vec<(String, Fen)>,
}

/// One stage of an amount.
#[derive(Debug, Clone, Serialize)]
pub struct StepReport {
    /// The stage.
    pub stage: Stage,
    /// Amount that entered.
    pub before: Fen,
    /// Amount that left.
    pub after: Fen,
    /// Whether a rule of this kind is there at all.
    pub is_set: bool,
    /// What happened, in words.
    pub say: Bilingual,
}
