//! Compares what came out of a case with what was expected.

use linghang_core::{Bilingual, Fen, Lang};
use linghang_expr::Literal;
use linghang_pack::Kind;
use linghang_pack::record::{CapKind, Decision as Wanted, Expected};
use serde::Serialize;

use super::cases::{CaseRef, amount};
use crate::evaluate::Decision;
use crate::explain::{AwardReport, ConditionReport, Truth3, explain};
use crate::facts::Population;
use crate::model::{IdleReason, RuleSet};
use crate::money::Stage;
use crate::score::score;
use crate::standing::{qualify, routes, watches};

/// One case with what differs.
#[derive(Debug, Clone, Serialize)]
pub struct CaseResult {
    /// File of the case.
    pub file: String,
    /// Place in the file, from 0.
    pub place: usize,
    /// The line on which it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What the case shows.
    pub name: Bilingual,
    /// What came out otherwise; empty when it passed.
    pub differences: Vec<Difference>,
}

/// One expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Award, qualification, score, watch or route.
    pub rule: String,
    /// What was looked at: `decision`, `amount`, `failing`, `missing`, `cap`, `points`, `stage`.
    pub what: &'static str,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// What a rule came to, as far as a case may look at it.
#[derive(Debug, Default)]
struct Found {
    decision: Option<Wanted>,
    amount: Option<Fen>,
    failing: Vec<String>,
    missing: Vec<String>,
    cap: Option<CapKind>,
    points: Option<String>,
    stage: Option<String>,
}

/// Runs one case.
pub(crate) fn compare(
    rules: &RuleSet,
    population: &Population,
    row: usize,
    case: CaseRef<'_>,
) -> CaseResult {
    let is_programme = case.kind == Kind::Programme;
    let awards = is_programme.then(|| explain(rules, population, row, None).awards);
    let awards = awards.unwrap_or_default();
    let mut differences = Vec::new();
    for (id, expected) in &case.case.expect {
        let found = match case.kind {
            Kind::Programme => award(rules, &awards, &format!("{}/{id}", case.file)),
            Kind::Qualification => rung(rules, population, row, id),
            Kind::Score => points(rules, population, row, id),
            Kind::Watch => {
                let all = watches(rules, population, row);
                signal(all.iter().find(|watch| watch.id == *id).map(|watch| watch.truth))
            }
            _ => {
                let all = routes(rules, population, row);
                signal(all.iter().find(|route| route.id == *id).and_then(|route| route.truth))
            }
        };
        differ(id, expected, &found, &mut differences);
    }
    CaseResult {
        file: case.path.to_owned(),
        place: case.place,
        line: case.line,
        name: case.case.name.0.clone(),
        differences,
    }
}

fn award(rules: &RuleSet, reports: &[AwardReport], id: &str) -> Found {
    let Some(report) = reports.iter().find(|report| report.id == id) else {
        let programme = id.split('/').next().unwrap_or(id);
        let idle = rules.idle.iter().find(|idle| idle.id == id || idle.id == programme);
        let decision = match idle.map(|idle| &idle.reason) {
            Some(IdleReason::NotComputable { .. }) => Some(Wanted::NotComputable),
            Some(IdleReason::NotInForce) => Some(Wanted::NotInForce),
            None => None,
        };
        return Found { decision, ..Found::default() };
    };
    let amount = report.amount.as_ref();
    Found {
        decision: Some(wanted(report.decision)),
        amount: amount.map(|amount| amount.due),
        failing: failing(&report.conditions),
        missing: report.missing.iter().map(|missing| missing.fact.clone()).collect(),
        cap: amount.and_then(|amount| amount.binding).and_then(cap),
        ..Found::default()
    }
}

fn rung(rules: &RuleSet, population: &Population, row: usize, id: &str) -> Found {
    let Some(one) = rules.qualifications.iter().find(|one| one.record.id == id) else {
        return Found { decision: Some(Wanted::NotInForce), ..Found::default() };
    };
    let report = qualify(rules, population, one, row);
    Found {
        decision: Some(report.decision.map_or(Wanted::NotComputable, wanted)),
        failing: failing(&report.conditions),
        missing: report.missing,
        ..Found::default()
    }
}

fn points(rules: &RuleSet, population: &Population, row: usize, id: &str) -> Found {
    let Some(one) = rules.scores.iter().find(|one| one.record.id == id) else {
        return Found { decision: Some(Wanted::NotInForce), ..Found::default() };
    };
    let scored = score(rules, population, one, row);
    let decision = match (&scored.points, scored.refused.is_empty()) {
        (Some(_), _) => Wanted::Yes,
        (None, true) => Wanted::Unknown,
        (None, false) => Wanted::NotComputable,
    };
    Found {
        decision: Some(decision),
        missing: scored.missing,
        points: scored.points.map(|points| points.to_string()),
        stage: scored.stage,
        ..Found::default()
    }
}

fn signal(truth: Option<Truth3>) -> Found {
    let decision = match truth {
        Some(Truth3::Yes) => Wanted::Yes,
        Some(Truth3::No) => Wanted::No,
        Some(Truth3::Unknown) => Wanted::Unknown,
        None => Wanted::NotComputable,
    };
    Found { decision: Some(decision), ..Found::default() }
}

fn failing(conditions: &[ConditionReport]) -> Vec<String> {
    let failed = conditions.iter().filter(|condition| condition.truth == Truth3::No);
    failed.map(|condition| condition.id.clone()).collect()
}

const fn wanted(decision: Decision) -> Wanted {
    match decision {
        Decision::Yes => Wanted::Yes,
        Decision::No => Wanted::No,
        Decision::Unknown => Wanted::Unknown,
        Decision::Review => Wanted::Review,
        Decision::Error => Wanted::Error,
    }
}

const fn cap(stage: Stage) -> Option<CapKind> {
    match stage {
        Stage::Item => Some(CapKind::Item),
        Stage::Year => Some(CapKind::Year),
        Stage::Lifetime => Some(CapKind::Lifetime),
        Stage::Limit => Some(CapKind::Group),
        Stage::Ceiling => Some(CapKind::Ceiling),
        _ => None,
    }
}

/// A decision as a case writes it.
const fn decision_word(decision: Wanted) -> &'static str {
    match decision {
        Wanted::Yes => "yes",
        Wanted::No => "no",
        Wanted::Unknown => "unknown",
        Wanted::Review => "review",
        Wanted::Error => "error",
        Wanted::NotComputable => "not-computable",
        Wanted::NotInForce => "not-in-force",
    }
}

/// A cap as a case writes it.
const fn cap_word(cap: CapKind) -> &'static str {
    match cap {
        CapKind::Item => "item",
        CapKind::Year => "year",
        CapKind::Lifetime => "lifetime",
        CapKind::Group => "group",
        CapKind::Ceiling => "ceiling",
    }
}

fn differ(rule: &str, expected: &Expected, found: &Found, out: &mut Vec<Difference>) {
    let mut look = |what: &'static str, expected: Option<String>, found: String| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            out.push(Difference { rule: rule.to_owned(), what, expected, found });
        }
    };
    let word = |decision: Option<Wanted>| decision.map_or("-", decision_word).to_owned();
    look("decision", expected.decision.map(|one| word(Some(one))), word(found.decision));
    let money = |fen: Option<Fen>| fen.map_or_else(|| "-".to_owned(), |fen| fen.display(Lang::Zh));
    let wanted = expected.amount.as_ref().map(|text| match amount(text) {
        Some(fen) => money(Some(fen)),
        None => text.clone(),
    });
    look("amount", wanted, money(found.amount));
    look("failing", expected.failing.as_ref().map(|ids| ids.join(", ")), found.failing.join(", "));
    look("missing", expected.missing.as_ref().map(|ids| ids.join(", ")), found.missing.join(", "));
    let cap = |cap: Option<CapKind>| cap.map_or("-", cap_word).to_owned();
    look("cap", expected.cap.map(|one| cap(Some(one))), cap(found.cap));
    // `64.0` and `64` are one number.
    let number = |text: &String| {
        let literal = Literal::parse(text).ok().and_then(|literal| literal.exact());
        literal.map_or_else(|| text.clone(), linghang_expr::Exact::to_text)
    };
    let none = || "-".to_owned();
    let points = found.points.clone().unwrap_or_else(none);
    look("points", expected.points.as_ref().map(number), points);
    look("stage", expected.stage.clone(), found.stage.clone().unwrap_or_else(none));
}
