//! A reform: two rule sets, the same facts. What the texts change, who gains and who loses, which condition flipped,
//! what the pools pay, who bears it.
//!
//! Only awards that differ are computed again, together with those that share a group, an exclusion, a pool or the
//! ceiling with one of them: nothing else can change.

mod affected;
mod changes;
mod flips;
mod groups;
mod restrict;
mod terms;
mod text;

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Fen};
use serde::Serialize;

pub use changes::{Mover, Totals};
pub use flips::Flip;
pub use groups::GroupRow;
pub use text::TextChange;

use crate::evaluate::{Mode, Options, Run, run};
use crate::facts::Population;
use crate::model::RuleSet;
use crate::money::pool::PoolResult;

/// How a reform is compared.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Length of the list of those who gain and lose most.
    pub movers: usize,
    /// Rows that are judged together.
    pub batch_rows: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { movers: 100, batch_rows: 32_768 }
    }
}

/// Why two rule sets cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SimulateError {
    /// The dictionaries say different things of these facts, so the prepared facts fit one rule set only.
    #[error("these facts are declared differently in the two packs: {}", .0.join(", "))]
    Facts(Vec<String>),
}

impl SimulateError {
    /// Stable code, never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Facts(_) => "rules.simulate_facts",
        }
    }
}

/// What a reform changes.
#[derive(Debug, Clone, Serialize)]
pub struct Reform {
    /// What the texts change: by award, then by pool.
    pub texts: Vec<TextChange>,
    /// Awards that were computed again.
    pub affected: Vec<String>,
    /// Sums over all enterprises.
    pub totals: Totals,
    /// The same by the groups of the population's segments, in the order of their labels.
    pub groups: Vec<GroupRow>,
    /// Names of the facts that group.
    pub grouped_by: Vec<String>,
    /// Who gains and loses most, with the conditions that flipped.
    pub movers: Vec<Mover>,
    /// By award: enterprises and money before and after.
    pub awards: Vec<AwardChange>,
    /// Pools before and after.
    pub pools: Vec<PoolChange>,
    /// Who pays, before and after.
    pub payers: Vec<PayerChange>,
}

/// One award before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardChange {
    /// `programme/award`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Enterprises that qualify, before and after; absent where the award does not exist.
    pub yes: (Option<u64>, Option<u64>),
    /// Enterprises of which a fact is missing.
    pub unknown: (Option<u64>, Option<u64>),
    /// What is paid.
    pub paid: (Fen, Fen),
}

/// One pool before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PoolChange {
    /// `programme/pool`.
    pub name: String,
    /// Before.
    pub before: Option<PoolResult>,
    /// After.
    pub after: Option<PoolResult>,
}

/// One party that pays, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayerChange {
    /// The party; empty where the clause names nobody.
    pub party: String,
    /// Before.
    pub before: Fen,
    /// After.
    pub after: Fen,
}

/// Compares two rule sets on one population.
///
/// # Errors
///
/// When the two dictionaries declare a fact differently that the new rules read.
pub fn simulate(
    before: &RuleSet,
    after: &RuleSet,
    population: &Population,
    settings: Settings,
) -> Result<Reform, SimulateError> {
    check_facts(before, after)?;
    let affected = affected::affected(before, after);
    let (old, new) = (restrict::restrict(before, &affected), restrict::restrict(after, &affected));
    let options = Options { batch_rows: settings.batch_rows, mode: Mode::Explained };
    let (old_run, new_run) = (run(&old, population, options), run(&new, population, options));
    let sides = Sides { old: &old, new: &new, old_run: &old_run, new_run: &new_run };
    let (totals, groups, movers) = changes::changes(&sides, population, settings.movers);
    Ok(Reform {
        texts: text::texts(before, after),
        awards: awards(&sides),
        pools: pools(&old_run, &new_run),
        payers: payers(&old_run, &new_run),
        affected,
        totals,
        groups,
        grouped_by: population.segments.facts.clone(),
        movers,
    })
}

/// Both sides of a reform.
pub(crate) struct Sides<'a> {
    pub(crate) old: &'a RuleSet,
    pub(crate) new: &'a RuleSet,
    pub(crate) old_run: &'a Run,
    pub(crate) new_run: &'a Run,
}

pub(crate) fn check_facts(before: &RuleSet, after: &RuleSet) -> Result<(), SimulateError> {
    let differs = |fact: &String| {
        let (old, new) = (before.dictionary.facts.get(fact), after.dictionary.facts.get(fact));
        // A fact that only the new pack knows has no column: it is missing for everybody.
        old.is_some() && old != new
    };
    let facts: Vec<String> = after.facts_used().into_iter().filter(differs).collect();
    if facts.is_empty() { Ok(()) } else { Err(SimulateError::Facts(facts)) }
}

fn awards(sides: &Sides<'_>) -> Vec<AwardChange> {
    let all = sides.old_run.rules.iter().chain(&sides.new_run.rules);
    let mut ids: Vec<(&str, &Bilingual)> = all.map(|rule| (rule.id.as_str(), &rule.name)).collect();
    ids.sort_by_key(|(id, _)| *id);
    ids.dedup_by_key(|(id, _)| *id);
    let find = |run: &'_ Run, id: &str| run.rules.iter().find(|rule| rule.id == id).cloned();
    ids.into_iter()
        .map(|(id, name)| {
            let (old, new) = (find(sides.old_run, id), find(sides.new_run, id));
            AwardChange {
                id: id.to_owned(),
                name: name.clone(),
                yes: (old.as_ref().map(|rule| rule.yes), new.as_ref().map(|rule| rule.yes)),
                unknown: (
                    old.as_ref().map(|rule| rule.unknown),
                    new.as_ref().map(|rule| rule.unknown),
                ),
                paid: (
                    old.map_or(Fen(0), |rule| rule.paid_fen),
                    new.map_or(Fen(0), |rule| rule.paid_fen),
                ),
            }
        })
        .collect()
}

fn pools(old: &Run, new: &Run) -> Vec<PoolChange> {
    let mut names: Vec<&str> =
        old.pools.iter().chain(&new.pools).map(|pool| pool.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let find = |run: &'_ Run, name: &str| run.pools.iter().find(|pool| pool.name == name).cloned();
    names
        .into_iter()
        .map(|name| PoolChange {
            name: name.to_owned(),
            before: find(old, name),
            after: find(new, name),
        })
        .collect()
}

fn payers(old: &Run, new: &Run) -> Vec<PayerChange> {
    let mut sums: BTreeMap<String, (i128, i128)> = BTreeMap::new();
    for (run, is_new) in [(old, false), (new, true)] {
        for rule in &run.rules {
            let nobody = vec![(String::new(), rule.paid_fen)];
            let payers = if rule.payers.is_empty() { &nobody } else { &rule.payers };
            for (party, fen) in payers {
                let sum = sums.entry(party.clone()).or_default();
                let side = if is_new { &mut sum.1 } else { &mut sum.0 };
                *side += i128::from(fen.0);
            }
        }
    }
    let one = |(party, (before, after))| PayerChange {
        party,
        before: crate::evaluate::fen(before),
        after: crate::evaluate::fen(after),
    };
    sums.into_iter().map(one).collect()
}
