//! `linghang rules explain`: why an enterprise gets an award or not, as sentences, as a table and as JSON.

use std::io::{Write, stdout};

use linghang_core::{Bilingual, Fen, Lang};
use linghang_pack::record::Missing;
use linghang_rules::explain::render::{award as sentences, decision_word, gone, truth_word};
use linghang_rules::explain::{
    AwardReport, Comparison, ConditionReport, Explanation, FactValue, Truth3, compare,
};
use linghang_rules::model::Dictionary;
use linghang_rules::standing::{RouteReport, WatchReport, routes, watches};
use linghang_rules::{Decision, Options, RuleSet, explain, run as evaluate};
use serde::Serialize;

use super::{Ready, left, maybe, right, save, write_label};
use crate::args::RulesExplainArgs;
use crate::commands::print_json;
use crate::failure::Failure;
use crate::load::enterprises::{Enterprises, Found};
use crate::load::rules;
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules explain --json` prints beside its origin.
#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
    #[serde(flatten)]
    explanation: &'a Explanation,
    watches: &'a [WatchReport],
    routes: &'a [RouteReport],
}

pub(super) fn run(session: &Session, arguments: &RulesExplainArgs) -> Result<(), Failure> {
    let (ready, before) = load(session, arguments)?;
    let found = ready.enterprises.find(&arguments.one.enterprise)?;
    let mut explanation = explanation(&ready, &found, arguments.award.as_deref());
    if let Some(before) = &before {
        let population = ready.enterprises.population();
        compare(&mut explanation, &ready.rules, before, population, found.row)
            .map_err(|error| super::simulate::not_comparable(&error))?;
        let wanted = arguments.award.as_deref();
        explanation.gone.retain(|award| wanted.is_none_or(|wanted| is_wanted(&award.id, wanted)));
    }
    if let Some(wanted) = &arguments.award {
        check_found(&explanation, wanted)?;
    }
    let population = ready.enterprises.population();
    let watches = watches(&ready.rules, population, found.row);
    let routes = routes(&ready.rules, population, found.row);
    let sheets = sheets(session, &ready.rules.dictionary, &explanation);
    save(session, &sheets, ready.enterprises.is_synthetic, &arguments.one.sheets)?;
    if session.is_json {
        return print_json(&ready.headed(Body {
            name: &found.name,
            explanation: &explanation,
            watches: &watches,
            routes: &routes,
        }));
    }
    let mut output = stdout().lock();
    write_enterprise(session, &ready, &found, &mut output)?;
    for report in &explanation.awards {
        write_award(session.lang, report, &mut output)?;
    }
    for report in &explanation.gone {
        writeln!(output, "{}\n", gone(report).get(session.lang))?;
    }
    super::print(session, &sheets, &mut output)?;
    super::standing::write_signals(session, &watches, &routes, &mut output)?;
    Ok(())
}

/// Loads the pack of the session, the one that it is compared with, and the facts of both.
fn load(
    session: &Session,
    arguments: &RulesExplainArgs,
) -> Result<(Ready, Option<RuleSet>), Failure> {
    let as_of = rules::as_of(session, arguments.one.day);
    let Some(folder) = &arguments.before else { return Ok((Ready::on(session, as_of)?, None)) };
    let (_, before) = rules::load(folder, as_of)?;
    let (pack, rules) = rules::load(rules::pack_folder(session)?, as_of)?;
    let enterprises = Enterprises::load(session, &[&rules, &before])?;
    Ok((Ready { pack, rules, enterprises }, Some(before)))
}

/// Writes one award in sentences: the decision, and below it what it rests on.
pub(in crate::commands) fn write_award(
    lang: Lang,
    report: &AwardReport,
    output: &mut impl Write,
) -> Result<(), Failure> {
    for (place, line) in sentences(report).iter().enumerate() {
        let indent = if place == 0 { "" } else { "  " };
        writeln!(output, "{indent}{}", line.get(lang))?;
    }
    writeln!(output)?;
    Ok(())
}

/// Explains all awards, or those that `wanted` names.
fn explanation(ready: &Ready, found: &Found, wanted: Option<&str>) -> Explanation {
    let (rules, population) = (&ready.rules, ready.enterprises.population());
    // What a pool leaves for one is known only when everybody has been judged.
    let run = (!rules.pools.is_empty()).then(|| evaluate(rules, population, Options::default()));
    let mut explanation = explain(rules, population, found.row, run.as_ref());
    if let Some(wanted) = wanted {
        explanation.awards.retain(|award| is_wanted(&award.id, wanted));
        explanation.idle.retain(|idle| is_wanted(&idle.id, wanted));
    }
    // What is given comes first, then what could be.
    explanation.awards.sort_by_key(|award| (order(award.decision), award.id.clone()));
    explanation
}

/// An award that neither pack knows is a slip of the one who asks.
fn check_found(explanation: &Explanation, wanted: &str) -> Result<(), Failure> {
    let Explanation { awards, idle, gone, .. } = explanation;
    if awards.is_empty() && idle.is_empty() && gone.is_empty() {
        return Err(Failure::usage(
            "rules.no_award",
            format!("城市包中没有奖补 `{wanted}`"),
            format!("the pack has no award `{wanted}`"),
        ));
    }
    Ok(())
}

/// Whether an award is the one that is asked for, or of the programme that is asked for.
fn is_wanted(id: &str, wanted: &str) -> bool {
    id == wanted || id.split('/').next() == Some(wanted)
}

const fn order(decision: Decision) -> u8 {
    match decision {
        Decision::Yes => 0,
        Decision::Review => 1,
        Decision::Unknown => 2,
        Decision::No => 3,
        Decision::Error => 4,
    }
}

/// Writes who is looked at, under which pack and when.
pub(in crate::commands) fn write_enterprise(
    session: &Session,
    ready: &Ready,
    found: &Found,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let about = [
        ("name", found.name.clone().into()),
        ("id", found.id.clone().into()),
        ("pack", ready.pack.name.get(session.lang).to_owned().into()),
        ("as-of", ready.rules.as_of.legal.to_string().into()),
    ];
    writeln!(output, "{}", session.text("rules-enterprise", &about))?;
    write_label(session, ready.enterprises.is_synthetic, output)?;
    Ok(())
}

/// The tables of an explanation: conditions, awards, amounts line by line.
fn sheets(session: &Session, dictionary: &Dictionary, explanation: &Explanation) -> Vec<Sheet> {
    let mut conditions = conditions_sheet(session);
    for award in &explanation.awards {
        for condition in &award.conditions {
            push_condition(session, dictionary, award, condition, &mut conditions);
        }
    }
    vec![conditions, awards_sheet(session, explanation), amounts_sheet(session, explanation)]
}

fn conditions_sheet(session: &Session) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-condition"),
        left(session, "head-clause"),
        left(session, "head-truth"),
        right(session, "head-actual"),
        left(session, "head-required"),
        right(session, "head-gap"),
        left(session, "head-missing"),
        left(session, "head-origin"),
    ];
    Sheet::new("conditions", session.text("title-conditions", &[]), head)
}

/// Adds a row for each comparison of a condition, or one for a condition without any.
fn push_condition(
    session: &Session,
    dictionary: &Dictionary,
    award: &AwardReport,
    condition: &ConditionReport,
    sheet: &mut Sheet,
) {
    let mut row = |truth: Truth3, found: Option<&Comparison>| {
        let text = |text: Option<&String>| Cell::Text(text.cloned().unwrap_or_default());
        let said = |text: Option<&Bilingual>| Cell::Text(maybe(session, text).to_owned());
        let required = found.and_then(|found| {
            let required = found.required.as_ref()?.get(session.lang);
            Some(format!("{} {required}", found.symbol))
        });
        let clause = condition.clause.as_ref().or(award.clause.as_ref());
        let clause = clause.map(|clause| clause.source.to_string());
        sheet.push(vec![
            Cell::say(&award.name, session.lang),
            Cell::Text(condition_name(session, condition)),
            text(clause.as_ref()),
            Cell::say(&truth_word(truth), session.lang),
            Cell::Text(actual(session, condition, found)),
            text(required.as_ref()),
            said(found.and_then(|found| found.gap.as_ref())),
            Cell::Text(missing(session, dictionary, condition)),
            Cell::Text(origin(session, &condition.facts)),
        ]);
    };
    match &*condition.comparisons {
        [] => row(condition.truth, None),
        found => found.iter().for_each(|one| row(one.truth, Some(one))),
    }
    for part in &condition.parts {
        push_condition(session, dictionary, award, part, sheet);
    }
}

/// What a condition demands: its words, else its text, else its id.
pub(super) fn condition_name(session: &Session, condition: &ConditionReport) -> String {
    let said = maybe(session, condition.say.as_ref());
    match (said, &condition.text) {
        ("", Some(text)) => text.clone(),
        ("", None) => condition.id.clone(),
        (said, _) => said.to_owned(),
    }
}

/// Facts without a value that leave the condition open, each with who holds it.
fn missing(session: &Session, dictionary: &Dictionary, condition: &ConditionReport) -> String {
    let is_open = |fact: &&FactValue| {
        let info = dictionary.get(&fact.fact);
        fact.value.is_none() && info.is_some_and(|info| info.record.missing != Missing::No)
    };
    let lost = condition.facts.iter().filter(is_open).map(|fact| {
        let name = fact.name.get(session.lang);
        match dictionary.holder(&fact.fact) {
            Some(holder) => format!("{name} ({})", holder.get(session.lang)),
            None => name.to_owned(),
        }
    });
    lost.collect::<Vec<_>>().join(&session.text("list-separator", &[]))
}

/// What is there: of a comparison its left side, of any other condition its facts.
fn actual(session: &Session, condition: &ConditionReport, found: Option<&Comparison>) -> String {
    if let Some(found) = found {
        return maybe(session, found.actual.as_ref()).to_owned();
    }
    let known = condition.facts.iter().filter_map(|fact| fact.value.as_ref());
    let known: Vec<&str> = known.map(|value| value.get(session.lang)).collect();
    known.join(&session.text("list-separator", &[]))
}

/// From which source and day the facts of a condition come, each said once.
fn origin(session: &Session, facts: &[FactValue]) -> String {
    let mut said: Vec<&str> =
        facts.iter().filter_map(|fact| Some(fact.origin.as_ref()?.get(session.lang))).collect();
    said.sort_unstable();
    said.dedup();
    said.join("; ")
}

fn awards_sheet(session: &Session, explanation: &Explanation) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-id"),
        left(session, "head-decision"),
        right(session, "head-paid"),
        right(session, "head-at-stake"),
    ];
    let mut sheet = Sheet::new("awards", session.text("title-decisions", &[]), head);
    for award in &explanation.awards {
        let paid: Option<Fen> =
            award.amount.as_ref().map(|amount| amount.paid.unwrap_or(amount.due));
        sheet.push(vec![
            Cell::say(&award.name, session.lang),
            Cell::Text(award.id.clone()),
            Cell::say(&decision_word(award.decision), session.lang),
            Cell::money(paid),
            Cell::money(award.at_stake),
        ]);
    }
    for idle in &explanation.idle {
        let mut row = vec![Cell::say(&idle.name, session.lang), Cell::Text(idle.id.clone())];
        row.push(Cell::Text(session.text("decision-not-computed", &[])));
        row.extend([Cell::empty(), Cell::empty()]);
        sheet.push(row);
    }
    sheet
}

fn amounts_sheet(session: &Session, explanation: &Explanation) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-stage"),
        right(session, "head-before"),
        right(session, "head-after"),
        left(session, "head-why"),
    ];
    let mut sheet = Sheet::new("amounts", session.text("title-amounts", &[]), head);
    for award in &explanation.awards {
        for step in award.amount.iter().flat_map(|amount| &amount.steps) {
            sheet.push(vec![
                Cell::say(&award.name, session.lang),
                Cell::Text(super::stage_word(session, step.stage)),
                Cell::Money(step.before),
                Cell::Money(step.after),
                Cell::say(&step.say, session.lang),
            ]);
        }
    }
    sheet
}
