//! Qualifications, scores, watches and routes.

use std::collections::BTreeMap;

use linghang_expr::{Exact, Expect, Literal};
use linghang_pack::Pack;
use linghang_pack::record::{self, Clause, Ladder, RuleStatus};

use super::conditions::{Leaves, Scope, plain};
use super::findings::Findings;
use super::{holds, params};
use crate::model::{AsOf, Dictionary, Qualification, Route, Score, ScoreItem, Stage, Watch};

/// Everything but money.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    pub(crate) qualifications: Vec<Qualification>,
    pub(crate) scores: Vec<Score>,
    pub(crate) watches: Vec<Watch>,
    pub(crate) routes: Vec<Route>,
}

/// Compiles what is in force. Conditions of what is not computable are compiled too, as far as there are any.
pub(crate) fn standing(
    pack: &Pack,
    as_of: AsOf,
    dictionary: &Dictionary,
    leaves: &mut Leaves,
    findings: &mut Findings,
) -> Standing {
    let mut standing = Standing::default();
    let in_force = |record: &&record::Qualification| holds(record.in_force, record.recorded, as_of);
    for record in pack.qualifications.values().filter(in_force) {
        findings.enter("qualifications", &record.id);
        let compiled = qualification(record, &pack.ladders, as_of, dictionary, leaves, findings);
        standing.qualifications.push(compiled);
    }
    for record in pack.scores.values().filter(|record| holds(record.in_force, None, as_of)) {
        findings.enter("scores", &record.id);
        standing.scores.push(score(record, as_of, dictionary, leaves, findings));
    }
    for record in pack.watches.values() {
        findings.enter("watches", &record.id);
        let parameters = params::resolve([], as_of, findings);
        let mut scope = scope(dictionary, &parameters, &[], None);
        if let Some(is) = scope.leaf(&record.id, &record.is, leaves, findings) {
            standing.watches.push(Watch { record: record.clone(), is });
        }
    }
    for record in pack.routes.values() {
        findings.enter("routes", &record.id);
        let parameters = params::resolve(&record.params, as_of, findings);
        let mut scope = scope(dictionary, &parameters, &[], None);
        let is = match record.status {
            RuleStatus::NotComputable => None,
            _ => scope.leaf(&record.id, &record.is, leaves, findings),
        };
        let unset = scope.unset;
        let is = is.filter(|_| unset.is_empty());
        standing.routes.push(Route { record: record.clone(), is, unset });
    }
    standing
}

fn scope<'a>(
    dictionary: &'a Dictionary,
    parameters: &'a linghang_expr::Parameters,
    tests: &'a [record::SharedTest],
    clause: Option<&'a Clause>,
) -> Scope<'a> {
    Scope { dictionary, parameters, tests, clause, unset: Vec::new() }
}

fn qualification(
    record: &record::Qualification,
    ladders: &BTreeMap<String, Ladder>,
    as_of: AsOf,
    dictionary: &Dictionary,
    leaves: &mut Leaves,
    findings: &mut Findings,
) -> Qualification {
    let parameters = params::resolve(&record.params, as_of, findings);
    let clause = Clause { source: record.source.clone(), hash: None };
    let mut scope = scope(dictionary, &parameters, &record.tests, Some(&clause));
    let when = scope.requirements("when", &record.when, leaves, findings);
    let direct = scope.requirements("direct", &record.direct, leaves, findings);
    let mut unset = std::mem::take(&mut scope.unset);
    unset.sort_unstable();
    unset.dedup();
    let held = record.held.as_ref().and_then(|fact| held(fact, &mut scope, leaves, findings));
    let main = std::iter::once((&record.ladder, &record.rung));
    let also = record.also.iter().map(|other| (&other.ladder, &other.rung));
    let rungs = main
        .chain(also)
        .filter_map(|(ladder, rung)| Some((ladder.clone(), rung.place(ladders.get(ladder)?)?)));
    Qualification { rungs: rungs.collect(), record: record.clone(), when, direct, held, unset }
}

/// A status is held when a flag says so, when its last day has not passed, or when a year of granting is known.
fn held(
    fact: &str,
    scope: &mut Scope<'_>,
    leaves: &mut Leaves,
    findings: &mut Findings,
) -> Option<usize> {
    use linghang_expr::Kind;
    let text = match scope.dictionary.get(fact).map(|info| &info.kind) {
        Some(Kind::Bool) => fact.to_owned(),
        Some(Kind::Date) => format!("days_until({fact}) >= 0天"),
        _ => format!("known({fact})"),
    };
    scope.leaf("held", &text, leaves, findings)
}

fn score(
    record: &record::Score,
    as_of: AsOf,
    dictionary: &Dictionary,
    leaves: &mut Leaves,
    findings: &mut Findings,
) -> Score {
    let parameters = params::resolve(&record.params, as_of, findings);
    let mut scope = scope(dictionary, &parameters, &[], None);
    let mut stages = Vec::new();
    for stage in &record.stages {
        let place = format!("stage.{}", stage.id);
        let is = match &stage.is {
            None => None,
            Some(text) => match scope.leaf(&place, text, leaves, findings) {
                Some(leaf) => Some(leaf),
                None => continue,
            },
        };
        stages.push(Stage { id: stage.id.clone(), name: plain(&stage.name), is });
    }
    let items = record.items.iter().filter_map(|item| score_item(item, &mut scope, findings));
    Score { stages, items: items.collect(), record: record.clone() }
}

fn score_item(
    record: &record::ScoreItem,
    scope: &mut Scope<'_>,
    findings: &mut Findings,
) -> Option<ScoreItem> {
    let place = format!("item.{}", record.id);
    scope.unset.clear();
    let of = scope.expression(&format!("{place}.of"), &record.of, Expect::Any, findings)?;
    let unset = std::mem::take(&mut scope.unset);
    let mut number = |key: &str, text: &str| number(&format!("{place}.{key}"), text, findings);
    let weights = record.weight.iter().filter_map(|(stage, text)| {
        Some((stage.clone(), number(&format!("weight.{stage}"), text)?))
    });
    let weights = weights.collect();
    let scale = record.scale.clone().unwrap_or_default();
    let steps = scale.steps.iter().filter_map(|step| {
        Some((number("scale.from", &step.from)?, number("scale.share", &step.share)?))
    });
    let steps = steps.collect();
    let ends = scale.linear.as_ref().or(scale.log.as_ref());
    let ends = ends.and_then(|[low, high]| Some((number("scale", low)?, number("scale", high)?)));
    Some(ScoreItem { record: record.clone(), of, weights, unset, steps, ends })
}

fn number(place: &str, text: &str, findings: &mut Findings) -> Option<Exact> {
    match Literal::parse(text).map(|literal| literal.exact()) {
        Ok(Some(value)) => Some(value),
        Ok(None) => {
            findings.say(
                "rules.number",
                place,
                &format!("`{text}` 不是数"),
                &format!("`{text}` is not a number"),
            );
            None
        }
        Err(problem) => {
            findings.expression(place, text, vec![problem]);
            None
        }
    }
}
