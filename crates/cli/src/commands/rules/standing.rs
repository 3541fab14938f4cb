//! `linghang rules ladder`: rungs of an enterprise, what the next ones lack, watches and fast tracks.

use std::io::{Write, stdout};

use linghang_core::Bilingual;
use linghang_pack::record::WatchLevel;
use linghang_rules::explain::render::{cure_word, decision_word, truth_word};
use linghang_rules::explain::{ConditionReport, Truth3};
use linghang_rules::standing::{
    LadderReport, QualificationReport, RouteReport, RungReport, WatchReport, ladders, routes,
    watches,
};
use serde::Serialize;

use super::explain::condition_name;
use super::near_miss::step_text;
use super::{Ready, left, maybe, right, save, write_enterprise};
use crate::args::EnterpriseArgs;
use crate::commands::print_json;
use crate::failure::Failure;
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules ladder --json` prints beside its origin.
#[derive(Serialize)]
struct Body<'a> {
    enterprise: &'a str,
    name: &'a str,
    ladders: &'a [LadderReport],
    watches: &'a [WatchReport],
    routes: &'a [RouteReport],
}

pub(super) fn run(session: &Session, arguments: &EnterpriseArgs) -> Result<(), Failure> {
    let ready = Ready::load(session, arguments.day)?;
    let found = ready.enterprises.find(&arguments.enterprise)?;
    let population = ready.enterprises.population();
    let ladders = ladders(&ready.rules, population, found.row);
    let watches = watches(&ready.rules, population, found.row);
    let routes = routes(&ready.rules, population, found.row);
    let sheets = [rungs(session, &ladders), conditions(session, &ladders)];
    save(session, &sheets, ready.enterprises.is_synthetic, &arguments.sheets)?;
    if session.is_json {
        return print_json(&ready.headed(Body {
            enterprise: &found.id,
            name: &found.name,
            ladders: &ladders,
            watches: &watches,
            routes: &routes,
        }));
    }
    let mut output = stdout().lock();
    write_enterprise(session, &ready, &found, &mut output)?;
    super::print(session, &sheets, &mut output)?;
    write_ways(session, &ladders, &mut output)?;
    write_signals(session, &watches, &routes, &mut output)
}

fn rungs(session: &Session, ladders: &[LadderReport]) -> Sheet {
    let head = [
        left(session, "head-ladder"),
        right(session, "head-rung"),
        left(session, "head-status"),
        left(session, "head-here"),
        left(session, "head-held"),
        left(session, "head-decision"),
        left(session, "head-version"),
        left(session, "head-missing"),
    ];
    let mut sheet = Sheet::new("rungs", session.text("title-rungs", &[]), head);
    for ladder in ladders.iter().filter(|ladder| has_rules(ladder)) {
        for (place, rung) in ladder.rungs.iter().enumerate() {
            let here = match place {
                _ if ladder.current == Some(place) => "rung-current",
                _ if ladder.next == Some(place) => "rung-next",
                _ => "rung-other",
            };
            let mut start = vec![
                Cell::say(&ladder.name, session.lang),
                Cell::Count(place as u64 + 1),
                Cell::say(&rung.name, session.lang),
            ];
            start.push(Cell::Text(session.text(here, &[])));
            for end in standings(session, rung) {
                sheet.push([start.clone(), end].concat());
            }
        }
    }
    sheet
}

fn has_rules(ladder: &LadderReport) -> bool {
    ladder.rungs.iter().any(|rung| !rung.qualifications.is_empty())
}

fn standings(session: &Session, rung: &RungReport) -> Vec<Vec<Cell>> {
    if rung.qualifications.is_empty() {
        let none = Cell::Text(session.text("rung-no-rules", &[]));
        return vec![vec![Cell::empty(), none, Cell::empty(), Cell::empty()]];
    }
    let one = |report: &QualificationReport| {
        let held =
            report.held.map_or_else(Cell::empty, |held| Cell::say(&truth_word(held), session.lang));
        let missing = report.missing.iter().chain(&report.unset).cloned().collect::<Vec<_>>();
        let decision = match report.decision {
            Some(decision) => Cell::say(&decision_word(decision), session.lang),
            None => Cell::Text(session.text("decision-not-computed", &[])),
        };
        let missing = missing.join(&session.text("list-separator", &[]));
        vec![held, decision, Cell::Text(report.version.clone()), Cell::Text(missing)]
    };
    rung.qualifications.iter().map(one).collect()
}

/// Conditions of the current and the next rung.
fn conditions(session: &Session, ladders: &[LadderReport]) -> Sheet {
    let head = [
        left(session, "head-status"),
        left(session, "head-condition"),
        left(session, "head-clause"),
        left(session, "head-truth"),
        right(session, "head-actual"),
        left(session, "head-required"),
        right(session, "head-gap"),
        left(session, "head-cure"),
    ];
    let mut sheet = Sheet::new("conditions", session.text("title-next-rungs", &[]), head);
    let next = ladders.iter().filter_map(|ladder| ladder.rungs.get(ladder.next?));
    let mut seen = std::collections::BTreeSet::new();
    for report in next.flat_map(|rung| &rung.qualifications) {
        // The same status may be a rung of several ladders.
        if seen.insert(report.id.as_str()) {
            for condition in report.conditions.iter().chain(&report.direct) {
                push(session, report, condition, &mut sheet);
            }
        }
    }
    sheet
}

fn push(
    session: &Session,
    report: &QualificationReport,
    condition: &ConditionReport,
    sheet: &mut Sheet,
) {
    let found = condition.comparisons.iter().find(|found| found.truth == condition.truth);
    let text = |text: Option<&String>| Cell::Text(text.cloned().unwrap_or_default());
    let said = |text: Option<&Bilingual>| Cell::Text(maybe(session, text).to_owned());
    let required = found.and_then(|found| {
        let required = found.required.as_ref()?.get(session.lang);
        Some(format!("{} {required}", found.symbol))
    });
    let clause = condition.clause.as_ref().map(|clause| clause.source.to_string());
    sheet.push(vec![
        Cell::say(&report.name, session.lang),
        Cell::Text(condition_name(session, condition)),
        text(clause.as_ref()),
        Cell::say(&truth_word(condition.truth), session.lang),
        said(found.and_then(|found| found.actual.as_ref())),
        text(required.as_ref()),
        said(found.and_then(|found| found.gap.as_ref())),
        Cell::say(&cure_word(condition.cure), session.lang),
    ]);
    for part in &condition.parts {
        push(session, report, part, sheet);
    }
}

fn write_ways(
    session: &Session,
    ladders: &[LadderReport],
    output: &mut impl Write,
) -> Result<(), Failure> {
    let next = ladders.iter().filter_map(|ladder| ladder.rungs.get(ladder.next?));
    let mut seen = std::collections::BTreeSet::new();
    for report in next.flat_map(|rung| &rung.qualifications) {
        let Some(way) = report.way.as_ref().filter(|_| seen.insert(report.id.as_str())) else {
            continue;
        };
        let name = ("name", report.name.get(session.lang).to_owned().into());
        if let Some(day) = way.by_time {
            let day = ("day", day.to_string().into());
            writeln!(output, "{}", session.text("way-by-time", &[name, day]))?;
            continue;
        }
        let steps = way.steps.iter().map(|step| step_text(session, step));
        let steps = ("steps", steps.collect::<Vec<_>>().join("; ").into());
        let id = if way.is_open { "way-open" } else { "way-closed" };
        writeln!(output, "{}", session.text(id, &[name, steps]))?;
    }
    Ok(())
}

/// Writes watches that show and fast tracks that are open.
pub(super) fn write_signals(
    session: &Session,
    watches: &[WatchReport],
    routes: &[RouteReport],
    output: &mut impl Write,
) -> Result<(), Failure> {
    for watch in watches.iter().filter(|watch| watch.truth == Truth3::Yes) {
        let level = match watch.level {
            WatchLevel::Amber => "watch-amber",
            WatchLevel::Red => "watch-red",
            WatchLevel::Info => "watch-info",
        };
        let parts = [
            ("level", session.text(level, &[]).into()),
            ("say", watch.say.get(session.lang).to_owned().into()),
            ("clause", watch.source.to_string().into()),
        ];
        writeln!(output, "{}", session.text("watch-line", &parts))?;
    }
    for route in routes.iter().filter(|route| route.truth == Some(Truth3::Yes)) {
        let parts = [
            ("say", route.say.get(session.lang).to_owned().into()),
            ("opens", route.opens.clone().into()),
            ("instead", route.instead_of.clone().into()),
            ("clause", route.source.to_string().into()),
        ];
        writeln!(output, "{}", session.text("route-line", &parts))?;
    }
    Ok(())
}
