//! Which condition of which award a reform turned for one enterprise.

use linghang_core::Bilingual;
use serde::Serialize;

use super::Sides;
use crate::evaluate::Decision;
use crate::explain::{Truth3, View};
use crate::facts::Population;
use crate::model::{Requirement, RuleSet};

/// One condition that turned, or that only one side has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flip {
    /// `programme/award`.
    pub award: String,
    /// Decision before; absent where the award did not exist.
    pub decision_before: Option<Decision>,
    /// Decision after.
    pub decision_after: Option<Decision>,
    /// Id of the condition; empty where only the award came or went, or only the amount changed.
    pub condition: String,
    /// What it demands.
    pub say: Option<Bilingual>,
    /// Truth before.
    pub before: Option<Truth3>,
    /// Truth after.
    pub after: Option<Truth3>,
}

/// The flips of one enterprise, by award and condition.
pub(crate) fn flips(sides: &Sides<'_>, population: &Population, row: usize) -> Vec<Flip> {
    let old_view = View::new(sides.old, population, row);
    let new_view = View::new(sides.new, population, row);
    let mut ids: Vec<&String> =
        sides.old.awards.iter().chain(&sides.new.awards).map(|award| &award.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut flips = Vec::new();
    for id in ids {
        let decision = |view: &View<'_>, rules: &RuleSet| {
            rules.award(id).map(|at| view.judge(&rules.awards[at]).decision)
        };
        let (before, after) = (decision(&old_view, sides.old), decision(&new_view, sides.new));
        if before == after || (before != Some(Decision::Yes) && after != Some(Decision::Yes)) {
            continue;
        }
        let (old, new) = (requirements(sides.old, id), requirements(sides.new, id));
        let mut names: Vec<&str> = old.iter().chain(new).map(|one| one.id.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let known = flips.len();
        for name in names {
            let truth = |view: &View<'_>, all: &[Requirement]| {
                all.iter().find(|one| one.id == name).map(|one| view.truth(one))
            };
            let (was, is) = (truth(&old_view, old), truth(&new_view, new));
            // A condition that only one side has matters where it is not met.
            let turned = was.unwrap_or(Truth3::Yes) != is.unwrap_or(Truth3::Yes);
            if turned {
                let one = old.iter().chain(new).find(|one| one.id == name);
                flips.push(Flip {
                    award: id.clone(),
                    decision_before: before,
                    decision_after: after,
                    condition: name.to_owned(),
                    say: one.and_then(|one| one.say.clone()),
                    before: was,
                    after: is,
                });
            }
        }
        if flips.len() == known {
            flips.push(Flip {
                award: id.clone(),
                decision_before: before,
                decision_after: after,
                condition: String::new(),
                say: None,
                before: None,
                after: None,
            });
        }
    }
    flips
}

fn requirements<'a>(rules: &'a RuleSet, id: &str) -> &'a [Requirement] {
    rules.award(id).map_or(&[], |at| &rules.awards[at].when)
}
