//! What it would have been under another pack: the same enterprise, the same facts, the other rules.

use linghang_core::{Bilingual, Fen};
use serde::Serialize;

use super::explain;
use super::report::{ConditionReport, Explanation, Truth3};
use crate::evaluate::Decision;
use crate::facts::Population;
use crate::model::RuleSet;
use crate::simulate::{SimulateError, check_facts};

/// An award under the other pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BeforeReport {
    /// `programme/award`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// The decision.
    pub decision: Decision,
    /// What would have been due before pools; absent when it did not qualify.
    pub due: Option<Fen>,
    /// Conditions that stand otherwise, in the order of the rule.
    pub conditions: Vec<ConditionBefore>,
}

/// A condition that stands otherwise under the other pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionBefore {
    /// Id.
    pub id: String,
    /// What it demands.
    pub say: Option<Bilingual>,
    /// Its truth under the other pack; absent where that pack does not have it.
    pub before: Option<Truth3>,
    /// Its truth under this one; absent where it is gone.
    pub after: Option<Truth3>,
}

/// Adds to an explanation what another pack would have said. The population holds the facts of
/// `rules`; those that only the other pack knows are missing.
///
/// # Errors
///
/// When the two dictionaries declare a fact differently that the other pack reads.
pub fn compare(
    explanation: &mut Explanation,
    rules: &RuleSet,
    before: &RuleSet,
    population: &Population,
    row: usize,
) -> Result<(), SimulateError> {
    check_facts(rules, before)?;
    let other = explain(before, population, row, None);
    explanation.before = Some(before.pack.clone());
    for award in other.awards {
        let report = |conditions| BeforeReport {
            id: award.id.clone(),
            name: award.name.clone(),
            decision: award.decision,
            due: award.amount.as_ref().map(|amount| amount.due),
            conditions,
        };
        match explanation.awards.iter_mut().find(|own| own.id == award.id) {
            Some(own) => own.before = Some(report(flips(&award.conditions, &own.conditions))),
            // What is not computed now is told among the idle, and is not gone.
            None if rules.idle.iter().all(|idle| idle.id != award.id) => {
                explanation.gone.push(report(Vec::new()));
            }
            None => {}
        }
    }
    Ok(())
}

fn flips(before: &[ConditionReport], after: &[ConditionReport]) -> Vec<ConditionBefore> {
    let truth = |list: &[ConditionReport], id: &str| {
        list.iter().find(|one| one.id == id).map(|one| one.truth)
    };
    let gone = before.iter().filter(|one| truth(after, &one.id).is_none());
    let all = after.iter().chain(gone).map(|one| ConditionBefore {
        id: one.id.clone(),
        say: one.say.clone(),
        before: truth(before, &one.id),
        after: truth(after, &one.id),
    });
    all.filter(|one| one.before != one.after).collect()
}
