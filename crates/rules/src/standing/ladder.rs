//! Ladders: the current rung, what the next one still lacks, and direct routes.

use linghang_core::Bilingual;
use linghang_pack::record::Ladder;
use serde::Serialize;

use super::{QualificationReport, qualify};
use crate::evaluate::Decision;
use crate::explain::Truth3;
use crate::facts::Population;
use crate::model::RuleSet;

/// A ladder for one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct LadderReport {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Rungs from the bottom.
    pub rungs: Vec<RungReport>,
    /// The highest rung that is held; where no fact says so, the highest that it qualifies for.
    pub current: Option<usize>,
    /// The rung above that has rules and is not reached.
    pub next: Option<usize>,
}

/// One rung.
#[derive(Debug, Clone, Serialize)]
pub struct RungReport {
    /// Name.
    pub name: Bilingual,
    /// Its qualifications in force; none where the pack has no rules for it.
    pub qualifications: Vec<QualificationReport>,
}

impl RungReport {
    /// Whether the status is held, as far as facts say.
    pub fn is_held(&self) -> bool {
        self.qualifications.iter().any(|one| one.held == Some(Truth3::Yes))
    }

    /// Whether the enterprise qualifies.
    pub fn is_met(&self) -> bool {
        self.qualifications.iter().any(|one| one.decision == Some(Decision::Yes))
    }
}

/// All ladders for one enterprise, in the order of the pack.
pub fn ladders(rules: &RuleSet, population: &Population, row: usize) -> Vec<LadderReport> {
    rules.ladders.iter().map(|one| ladder(rules, population, one, row)).collect()
}

/// One ladder for one enterprise.
pub fn ladder(
    rules: &RuleSet,
    population: &Population,
    ladder: &Ladder,
    row: usize,
) -> LadderReport {
    let rungs: Vec<RungReport> = ladder
        .rungs
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let here = rules.qualifications.iter().filter(|one| {
                one.rungs.iter().any(|(id, rung)| *id == ladder.id && *rung == place)
            });
            let qualifications = here.map(|one| qualify(rules, population, one, row)).collect();
            RungReport { name: name.0.clone(), qualifications }
        })
        .collect();
    let has_register = |rung: &RungReport| rung.qualifications.iter().any(|one| one.held.is_some());
    let is_current = |rung: &RungReport| {
        rung.is_held() || (!has_register(rung) && stands_on(rules, rung, &rungs))
    };
    let current = rungs.iter().rposition(is_current);
    let above = current.map_or(0, |current| current + 1);
    let next = (above..rungs.len()).find(|rung| !rungs[*rung].qualifications.is_empty());
    LadderReport { id: ladder.id.clone(), name: ladder.name.0.clone(), current, next, rungs }
}

/// Whether an enterprise qualifies for a rung and for what must come before it.
fn stands_on(rules: &RuleSet, rung: &RungReport, rungs: &[RungReport]) -> bool {
    rung.qualifications.iter().any(|one| {
        let record = rules.qualifications.iter().find(|other| other.record.id == one.id);
        let before = record.and_then(|found| found.record.after.as_ref());
        let comes_before = |id: &String| {
            let all = rungs.iter().flat_map(|rung| &rung.qualifications);
            let mut known = all.filter(|other| other.id == *id).peekable();
            known.peek().is_none()
                || known.any(|other| {
                    other.held == Some(Truth3::Yes) || other.decision == Some(Decision::Yes)
                })
        };
        one.decision == Some(Decision::Yes) && before.is_none_or(comes_before)
    })
}
