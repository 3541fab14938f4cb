//! Sentences and tables of an explanation.

use linghang_core::{Bilingual, Fen, Lang};
use linghang_pack::record::Cure;

use super::before::BeforeReport;
use super::report::{AwardReport, Comparison, ConditionReport, Explanation, Truth3, Way, WayStep};
use super::words::{self, fill, money, same, say};
use crate::evaluate::Decision;
use crate::model::{Idle, IdleReason};

/// An explanation in sentences, award by award.
pub fn sentences(explanation: &Explanation) -> Vec<Bilingual> {
    let mut lines: Vec<Bilingual> = explanation.awards.iter().flat_map(award).collect();
    lines.extend(explanation.gone.iter().map(gone));
    lines.extend(explanation.idle.iter().map(idle));
    lines
}

/// One award in sentences: the decision first, then what it rests on.
pub fn award(report: &AwardReport) -> Vec<Bilingual> {
    let mut lines = vec![head(report)];
    if let Some(amount) = report.at_stake {
        lines.push(fill("at-stake", &[("amount", money(amount))]));
    }
    for condition in &report.conditions {
        say_condition(condition, &mut lines);
    }
    for fact in &report.missing {
        let name = ("fact", fact.name.clone());
        lines.push(match (&fact.holder, fact.is_old) {
            (_, true) => fill("old", &[name]),
            (Some(holder), _) => fill("missing-held", &[name, ("holder", holder.clone())]),
            (None, _) => fill("missing", &[name]),
        });
    }
    if let Some(way) = &report.way {
        say_way(way, &mut lines);
    }
    if let Some(amount) = &report.amount {
        // A kind of limit that nobody set is no news.
        lines.extend(amount.steps.iter().filter(|step| step.is_set).map(|step| {
            let parts = [
                ("stage", say(words::stage(step.stage))),
                ("before", money(step.before)),
                ("after", money(step.after)),
                ("say", step.say.clone()),
            ];
            fill("amount-line", &parts)
        }));
        let payer = |(party, part): &(String, Fen)| {
            fill("payer", &[("party", same(party)), ("amount", money(*part))])
        };
        lines.extend(amount.payers.iter().map(payer));
    }
    match report.assumed.as_slice() {
        [] => {}
        [name] => lines.push(fill("assumed-one", &[("name", same(name))])),
        names => {
            let names = Bilingual::new(names.join("、"), names.join(", "));
            lines.push(fill("assumed", &[("names", names)]));
        }
    }
    if let Some(before) = &report.before {
        say_before(before, report, &mut lines);
    }
    lines
}

/// What it would have been, and which conditions stand otherwise.
fn say_before(before: &BeforeReport, report: &AwardReport, lines: &mut Vec<Bilingual>) {
    let due = report.amount.as_ref().map(|amount| amount.due);
    if before.decision == report.decision && before.due == due && before.conditions.is_empty() {
        lines.push(say("before-same"));
        return;
    }
    let decision = ("decision", decision_word(before.decision));
    lines.push(match before.due {
        Some(due) => fill("before-due", &[decision, ("amount", money(due))]),
        None => fill("before", &[decision]),
    });
    for condition in &before.conditions {
        let word = |truth: Option<Truth3>| truth.map_or_else(|| say("not-asked"), truth_word);
        let name = condition.say.clone().unwrap_or_else(|| same(&condition.id));
        let parts =
            [("say", name), ("before", word(condition.before)), ("after", word(condition.after))];
        lines.push(fill("before-condition", &parts));
    }
}

/// An award of the other pack that is no more.
pub fn gone(report: &BeforeReport) -> Bilingual {
    let (name, decision) =
        (("name", report.name.clone()), ("decision", decision_word(report.decision)));
    match report.due {
        Some(due) => fill("gone-due", &[name, decision, ("amount", money(due))]),
        None => fill("gone", &[name, decision]),
    }
}

fn head(report: &AwardReport) -> Bilingual {
    let name = ("name", report.name.clone());
    let amount = report.amount.as_ref();
    match report.decision {
        Decision::Yes => {
            if let Some(paid) = amount.and_then(|amount| amount.paid) {
                return fill("head-yes", &[name, ("amount", money(paid))]);
            }
            let due = amount.map_or(Fen(0), |amount| amount.due);
            fill("head-yes-open", &[name, ("amount", money(due))])
        }
        Decision::No => fill("head-no", &[name]),
        Decision::Unknown => fill("head-unknown", &[name]),
        Decision::Review => fill("head-review", &[name]),
        Decision::Error => fill("head-error", &[name]),
    }
}

fn say_condition(condition: &ConditionReport, lines: &mut Vec<Bilingual>) {
    let id = match condition.truth {
        Truth3::Yes => "condition-yes",
        Truth3::No => "condition-no",
        Truth3::Unknown => "condition-unknown",
    };
    let comparison = condition.comparisons.iter().find(|found| found.truth == condition.truth);
    let detail = comparison.map_or_else(Bilingual::default, detail);
    let mut line = fill(id, &[("say", name(condition)), ("detail", detail)]);
    if let Some(clause) = &condition.clause {
        let said = fill("clause", &[("clause", same(clause.source.to_string()))]);
        line =
            Bilingual::new(format!("{} {}", line.zh, said.zh), format!("{} {}", line.en, said.en));
    }
    lines.push(line);
    for part in &condition.parts {
        say_condition(part, lines);
    }
}

/// What a condition demands: its words, else its text, else its id.
fn name(condition: &ConditionReport) -> Bilingual {
    let written = || same(condition.text.clone().unwrap_or_else(|| condition.id.clone()));
    condition.say.clone().unwrap_or_else(written)
}

fn detail(comparison: &Comparison) -> Bilingual {
    let (Some(actual), Some(required)) = (&comparison.actual, &comparison.required) else {
        return Bilingual::default();
    };
    let mut parts = vec![
        ("actual", actual.clone()),
        ("symbol", same(comparison.symbol)),
        ("required", required.clone()),
    ];
    match &comparison.gap {
        Some(gap) => {
            parts.push(("gap", gap.clone()));
            fill("detail-gap", &parts)
        }
        None => fill("detail", &parts),
    }
}

fn say_way(way: &Way, lines: &mut Vec<Bilingual>) {
    if let Some(day) = way.by_time {
        lines.push(fill("way-time", &[("day", same(day.to_string()))]));
        return;
    }
    if way.steps.is_empty() {
        return;
    }
    let count = ("count", same(way.steps.len().to_string()));
    lines.push(if way.is_open { fill("way-open", &[count]) } else { say("way-blocked") });
    lines.extend(way.steps.iter().map(way_step));
}

fn way_step(step: &WayStep) -> Bilingual {
    let named = ("say", step.say.clone().unwrap_or_else(|| same(&step.condition)));
    if !step.supply.is_empty() {
        let names = |lang: Lang, between: &str| {
            let names = step.supply.iter().map(|fact| fact.name.get(lang));
            names.collect::<Vec<_>>().join(between)
        };
        let facts = Bilingual::new(names(Lang::Zh, "、"), names(Lang::En, ", "));
        return fill("way-step-supply", &[("facts", facts)]);
    }
    if let Some(day) = step.on {
        return fill("way-step-on", &[named, ("day", same(day.to_string()))]);
    }
    match &step.gap {
        Some(gap) if step.cure != Cure::None => {
            fill("way-step-gap", &[named, ("gap", gap.clone())])
        }
        _ => fill("way-step", &[named]),
    }
}

fn idle(idle: &Idle) -> Bilingual {
    let name = ("name", idle.name.clone());
    match &idle.reason {
        IdleReason::NotComputable { unset } if unset.is_empty() => {
            fill("idle-not-computable", &[name])
        }
        IdleReason::NotComputable { unset } => {
            fill("idle-unset", &[name, ("unset", same(unset.join(", ")))])
        }
        IdleReason::NotInForce => fill("idle-not-in-force", &[name]),
    }
}

/// The head of [`table`].
pub fn columns() -> Vec<Bilingual> {
    const IDS: [&str; 8] = [
        "column-award",
        "column-condition",
        "column-clause",
        "column-truth",
        "column-actual",
        "column-required",
        "column-gap",
        "column-missing",
    ];
    IDS.into_iter().map(say).collect()
}

/// An explanation as a table: one row for each comparison, or for a condition that has none.
pub fn table(explanation: &Explanation) -> Vec<Vec<Bilingual>> {
    let mut rows = Vec::new();
    for award in &explanation.awards {
        for condition in &award.conditions {
            rows_of(&award.name, condition, &mut rows);
        }
    }
    rows
}

fn rows_of(award: &Bilingual, condition: &ConditionReport, rows: &mut Vec<Vec<Bilingual>>) {
    let clause = condition.clause.as_ref().map(|clause| clause.source.to_string());
    let lost = condition.facts.iter().filter(|fact| fact.value.is_none());
    let lost: Vec<&str> = lost.map(|fact| fact.fact.as_str()).collect();
    let row = |truth: Truth3, comparison: Option<&Comparison>| {
        let cell = |text: Option<&Bilingual>| text.cloned().unwrap_or_default();
        vec![
            award.clone(),
            name(condition),
            same(clause.clone().unwrap_or_default()),
            truth_word(truth),
            cell(comparison.and_then(|found| found.actual.as_ref())),
            cell(comparison.and_then(|found| found.required.as_ref())),
            cell(comparison.and_then(|found| found.gap.as_ref())),
            same(lost.join(", ")),
        ]
    };
    if condition.comparisons.is_empty() {
        rows.push(row(condition.truth, None));
    }
    rows.extend(condition.comparisons.iter().map(|found| row(found.truth, Some(found))));
    for part in &condition.parts {
        rows_of(award, part, rows);
    }
}

/// The word for a truth.
pub fn truth_word(truth: Truth3) -> Bilingual {
    say(match truth {
        Truth3::Yes => "truth-yes",
        Truth3::No => "truth-no",
        Truth3::Unknown => "truth-unknown",
    })
}

/// The word for a decision.
pub fn decision_word(decision: Decision) -> Bilingual {
    say(match decision {
        Decision::Yes => "decision-yes",
        Decision::No => "decision-no",
        Decision::Unknown => "decision-unknown",
        Decision::Review => "decision-review",
        Decision::Error => "decision-error",
    })
}

/// The word for what can make a condition true.
pub fn cure_word(cure: Cure) -> Bilingual {
    say(match cure {
        Cure::Time => "cure-time",
        Cure::Act => "cure-act",
        Cure::Review => "cure-review",
        Cure::None => "cure-none",
    })
}
