//! Points: the stage of an enterprise, what each item measures, and contributions that add up to the total.
//!
//! Points are whole millionths, so that the shown contributions sum to the shown total exactly. A score refuses when
//! an item has no weight for the stage, or no scale: a total with a hole in it is not a total.

mod scale;
mod totals;

use std::fmt;

use linghang_core::Bilingual;
use linghang_expr::{Batch, Exact, Outcome, Valued};
use linghang_pack::record::{ItemMissing, RuleStatus};
use serde::{Serialize, Serializer};

use crate::facts::Population;
use crate::model::{RuleSet, Score, ScoreItem};

pub(crate) use scale::Ranks;
pub(crate) use totals::totals;

/// Points in whole millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i64);

impl Points {
    /// As an exact number.
    pub fn exact(self) -> Exact {
        Exact::new(self.0.into(), 1_000_000).unwrap_or(Exact::ZERO)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact().to_text())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.exact().to_f64())
    }
}

/// The score of one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct Scored {
    /// Id of the score.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Stage of the enterprise; absent when a fact that decides it is missing.
    pub stage: Option<String>,
    /// Name of the stage.
    pub stage_name: Option<Bilingual>,
    /// The total; absent when it is refused or a fact is missing.
    pub points: Option<Points>,
    /// Contributions, in the order of the items.
    pub items: Vec<ScoredItem>,
    /// Facts that are missing, sorted.
    pub missing: Vec<String>,
    /// Why there is no total whatever the facts are.
    pub refused: Vec<Refusal>,
}

/// What one item contributes.
#[derive(Debug, Clone, Serialize)]
pub struct ScoredItem {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Class.
    pub class: Option<String>,
    /// What was measured, with its unit.
    pub value: Option<Bilingual>,
    /// The weight at this stage.
    pub weight: Option<Points>,
    /// Share of the weight that is reached.
    pub share: Option<f64>,
    /// Points that count to the total.
    pub points: Option<Points>,
    /// Whether the value is missing and was taken as no points.
    pub is_missing: bool,
    /// Whether a better item of the same kind counts in its place.
    pub is_beaten: bool,
}

/// Why a score refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    /// The pack says that it cannot be computed.
    NotComputable,
    /// An item has no weight for the stage.
    NoWeight {
        /// The item.
        item: String,
    },
    /// An item has no scale.
    NoScale {
        /// The item.
        item: String,
    },
    /// A parameter of an item is not set.
    Unset {
        /// The item.
        item: String,
        /// The parameter.
        parameter: String,
    },
}

/// Scores one enterprise.
pub fn score(rules: &RuleSet, population: &Population, score: &Score, row: usize) -> Scored {
    let ranks = Ranks::of(rules, score, &population.batch);
    score_row(rules, &population.batch, score, row, &ranks)
}

pub(crate) fn score_row(
    rules: &RuleSet,
    batch: &Batch,
    score: &Score,
    row: usize,
    ranks: &Ranks,
) -> Scored {
    let mut scored = Scored {
        id: score.record.id.clone(),
        name: score.record.name.0.clone(),
        stage: None,
        stage_name: None,
        points: None,
        items: Vec::new(),
        missing: Vec::new(),
        refused: Vec::new(),
    };
    if score.record.status == RuleStatus::NotComputable {
        scored.refused.push(Refusal::NotComputable);
    }
    find_stage(rules, batch, score, row, &mut scored);
    for (place, item) in score.items.iter().enumerate() {
        let result = measure(rules, batch, (place, item), row, ranks, &mut scored);
        scored.items.push(result);
    }
    keep_best(score, &mut scored.items);
    scored.missing.sort_unstable();
    scored.missing.dedup();
    let all: Option<Vec<Points>> = scored.items.iter().map(|item| item.points).collect();
    if scored.refused.is_empty() && scored.stage.is_some() {
        scored.points = all.map(|all| Points(all.iter().map(|points| points.0).sum()));
    }
    scored
}

/// The first stage that holds; one before it that is not known leaves the stage open.
fn find_stage(rules: &RuleSet, batch: &Batch, score: &Score, row: usize, scored: &mut Scored) {
    for stage in &score.stages {
        let outcome = match stage.is {
            None => Outcome::True,
            Some(leaf) => {
                let expression = &rules.leaves[leaf].expression;
                let truth = expression.program.truth(&batch.slice(row, 1), rules.as_of.legal);
                match (truth.sure.value(0), truth.surely_not.value(0)) {
                    (true, _) => Outcome::True,
                    (_, true) => Outcome::False,
                    _ => {
                        let facts = expression.checked.facts().iter();
                        let lost = facts.filter(|fact| batch.value(fact, row).is_none());
                        scored.missing.extend(lost.cloned());
                        Outcome::Unknown
                    }
                }
            }
        };
        match outcome {
            Outcome::False => {}
            Outcome::Unknown => return,
            Outcome::True => {
                scored.stage = Some(stage.id.clone());
                scored.stage_name = Some(stage.name.clone());
                return;
            }
        }
    }
}

fn measure(
    rules: &RuleSet,
    batch: &Batch,
    (place, item): (usize, &ScoreItem),
    row: usize,
    ranks: &Ranks,
    scored: &mut Scored,
) -> ScoredItem {
    let id = &item.record.id;
    let weight = scored.stage.as_ref().and_then(|stage| item.weights.get(stage)).copied();
    if scored.stage.is_some() && weight.is_none() {
        scored.refused.push(Refusal::NoWeight { item: id.clone() });
    }
    if item.record.scale.is_none() {
        scored.refused.push(Refusal::NoScale { item: id.clone() });
    }
    let unset = item
        .unset
        .iter()
        .map(|parameter| Refusal::Unset { item: id.clone(), parameter: parameter.clone() });
    scored.refused.extend(unset);
    let value = item.of.program.values(batch, &[row as u32], rules.as_of.legal).into_iter().next();
    let value = match value {
        Some(Valued::Known(value)) => Some(value),
        _ => None,
    };
    let share = value.and_then(|value| scale::share(item, value, ranks.of_row(place, row, batch)));
    let mut points = weight.zip(share).and_then(|(weight, share)| scale::points(weight, share));
    let is_missing = value.is_none();
    if is_missing {
        if item.record.missing == ItemMissing::ZeroAndFlag {
            points = weight.map(|_| Points(0));
        } else {
            let facts = item.of.checked.facts().iter();
            scored.missing.extend(facts.filter(|fact| batch.value(fact, row).is_none()).cloned());
        }
    }
    let kind = item.of.checked.kind();
    ScoredItem {
        id: id.clone(),
        name: item.record.name.0.clone(),
        class: item.record.class.clone(),
        value: value.map(|value| crate::explain::written(value, kind)),
        weight: weight.and_then(|weight| scale::points(weight, scale::Reached::Exact(Exact::ONE))),
        share: share.map(scale::Reached::to_f64),
        points,
        is_missing,
        is_beaten: false,
    }
}

/// Of items with the same `best_of` only the one with the most points counts; ties go to the first.
fn keep_best(score: &Score, items: &mut [ScoredItem]) {
    for at in 0..items.len() {
        let Some(word) = &score.items[at].record.best_of else { continue };
        let rivals = (0..items.len()).filter(|other| {
            *other != at && score.items[*other].record.best_of.as_ref() == Some(word)
        });
        let own = items[at].points;
        let is_beaten = rivals.into_iter().any(|other| {
            let rival = items[other].points;
            !items[other].is_beaten && (rival > own || (rival == own && other < at))
        });
        items[at].is_beaten = is_beaten;
    }
    for item in items.iter_mut().filter(|item| item.is_beaten) {
        item.points = item.points.map(|_| Points(0));
    }
}
