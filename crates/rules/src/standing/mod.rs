//! Where an enterprise stands: rungs of ladders, watches, fast tracks.

mod ladder;
mod signals;

use linghang_core::Bilingual;
use serde::Serialize;

pub use ladder::{LadderReport, RungReport, ladder, ladders};
pub use signals::{RouteReport, WatchReport, routes, watches};

use crate::evaluate::Decision;
use crate::explain::{ConditionReport, Truth3, View, Way, cheapest, report_condition};
use crate::facts::Population;
use crate::model::{Qualification, RuleSet};

/// What a qualification says about an enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct QualificationReport {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Version of the rules.
    pub version: String,
    /// Whether it qualifies; absent when the qualification cannot be computed.
    pub decision: Option<Decision>,
    /// Whether it holds the status today; absent when no fact says so.
    pub held: Option<Truth3>,
    /// What is demanded.
    pub conditions: Vec<ConditionReport>,
    /// What alone would be enough.
    pub direct: Vec<ConditionReport>,
    /// The cheapest way: through the conditions or through a direct route.
    pub way: Option<Way>,
    /// Facts that are missing, sorted.
    pub missing: Vec<String>,
    /// Parameters that are not set.
    pub unset: Vec<String>,
    /// What the text leaves open.
    pub open_points: Vec<Bilingual>,
}

/// Judges one qualification for one enterprise.
pub fn qualify(
    rules: &RuleSet,
    population: &Population,
    qualification: &Qualification,
    row: usize,
) -> QualificationReport {
    let view = View::new(rules, population, row);
    let reports = |requirements: &[crate::model::Requirement]| -> Vec<ConditionReport> {
        requirements.iter().map(|one| report_condition(&view, one)).collect()
    };
    let (conditions, direct) = (reports(&qualification.when), reports(&qualification.direct));
    let record = &qualification.record;
    let decision =
        qualification.is_computable().then(|| decide(qualification, &conditions, &direct));
    let way = decision.filter(|decision| *decision != Decision::Yes).map(|_| {
        let main = cheapest(&view, &qualification.when, &conditions);
        let others = qualification.direct.iter().zip(&direct);
        let others = others.map(|(one, report)| {
            cheapest(&view, std::slice::from_ref(one), std::slice::from_ref(report))
        });
        let mut all: Vec<Way> = others.collect();
        if !qualification.when.is_empty() {
            all.insert(0, main);
        }
        let cost = |way: &Way| (!way.is_open, way.steps.len());
        all.into_iter().min_by_key(cost)
    });
    QualificationReport {
        id: record.id.clone(),
        name: record.name.0.clone(),
        version: record.version.clone(),
        held: qualification.held.map(|leaf| view.leaf(leaf)),
        missing: if decision == Some(Decision::Unknown) {
            missing(&conditions, &direct)
        } else {
            Vec::new()
        },
        decision,
        conditions,
        direct,
        way: way.flatten(),
        unset: qualification.unset.clone(),
        open_points: record.open_points.iter().map(|point| point.0.clone()).collect(),
    }
}

/// A direct route that surely holds is enough; no needs that all routes surely fail.
fn decide(
    qualification: &Qualification,
    conditions: &[ConditionReport],
    direct: &[ConditionReport],
) -> Decision {
    let is = |truth: Truth3| move |report: &&ConditionReport| report.truth == truth;
    let is_out = conditions.iter().any(|report| report.truth == Truth3::No);
    let by_rules = if qualification.when.is_empty() || is_out {
        Truth3::No
    } else if conditions.iter().all(|report| report.truth == Truth3::Yes) {
        Truth3::Yes
    } else {
        Truth3::Unknown
    };
    if by_rules == Truth3::Yes || direct.iter().any(|report| report.truth == Truth3::Yes) {
        return Decision::Yes;
    }
    if by_rules == Truth3::No && direct.iter().all(|report| report.truth == Truth3::No) {
        return Decision::No;
    }
    let judged = qualification.when.iter().chain(&qualification.direct);
    let open: Vec<_> = judged
        .zip(conditions.iter().chain(direct))
        .filter(|(_, report)| is(Truth3::Unknown)(report))
        .collect();
    let is_judged = open.iter().all(|(requirement, _)| requirement.is_judged());
    if is_judged { Decision::Review } else { Decision::Unknown }
}

/// Facts that keep it open. Where the conditions are open, those; else those of the direct routes.
fn missing(conditions: &[ConditionReport], direct: &[ConditionReport]) -> Vec<String> {
    let mut names = Vec::new();
    let is_out = conditions.iter().any(|report| report.truth == Truth3::No);
    let open = if is_out || conditions.is_empty() { direct } else { conditions };
    for report in open {
        crate::explain::missing_in(report, &mut names);
    }
    names.sort_unstable();
    names.dedup();
    names
}
