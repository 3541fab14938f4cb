//! `linghang rules test`: the test cases of a pack.

use std::io::{Write as _, stdout};

use chrono::NaiveDate;
use linghang_pack::Pack;
use linghang_rules::testing::{Boundaries, CaseResult, Report, Side, test};
use serde::Serialize;

use super::{left, save};
use crate::args::RulesTestArgs;
use crate::commands::{print_json, say};
use crate::failure::{Exit, Failure};
use crate::load::pack::load_checked;
use crate::load::rules::pack_folder;
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules test --json` prints.
#[derive(Serialize)]
struct Tested<'a> {
    pack: &'a str,
    hash: &'a str,
    cases: usize,
    failed: usize,
    results: &'a [CaseResult],
    untried: &'a [String],
    boundaries: &'a Boundaries,
}

pub(super) fn run(session: &Session, arguments: &RulesTestArgs) -> Result<(), Failure> {
    let pack = load_cases(session, arguments.as_of)?;
    let report = test(&pack);
    if !report.diagnostics.is_empty() {
        return Err(Failure { exit: Exit::Refused, findings: report.diagnostics });
    }
    let failed = report.cases.iter().filter(|case| !case.differences.is_empty()).count();
    save(session, &[sheet(session, &report)], false, &arguments.sheets)?;
    if session.is_json {
        print_json(&Tested {
            pack: &pack.id,
            hash: &pack.hash,
            cases: report.cases.len(),
            failed,
            results: &report.cases,
            untried: &report.untried,
            boundaries: &report.boundaries,
        })?;
    } else {
        write_failures(session, &report)?;
        let numbers = [
            ("cases", report.cases.len().into()),
            ("failed", failed.into()),
            ("untried", report.untried.len().into()),
        ];
        say(session, &session.text("rules-tested", &numbers));
        let boundaries = &report.boundaries;
        let numbers = [
            ("comparisons", boundaries.comparisons.into()),
            ("covered", boundaries.covered.into()),
            ("edges", boundaries.edges.into()),
            ("cases", boundaries.cases.into()),
            ("faults", boundaries.faults.len().into()),
        ];
        say(session, &session.text("rules-boundaries", &numbers));
    }
    if report.is_passed() { Ok(()) } else { Err(Failure::silent(Exit::Findings)) }
}

/// Loads the pack with the cases of one day, or with all.
pub(super) fn load_cases(session: &Session, as_of: Option<NaiveDate>) -> Result<Pack, Failure> {
    let mut pack = load_checked(pack_folder(session)?)?;
    if let Some(day) = as_of {
        for tests in pack.tests.values_mut() {
            tests.cases.retain(|case| case.as_of == day);
        }
    }
    Ok(pack)
}

fn write_failures(session: &Session, report: &Report) -> Result<(), Failure> {
    let mut output = stdout().lock();
    for case in report.cases.iter().filter(|case| !case.differences.is_empty()) {
        let place = [
            ("file", case.file.clone().into()),
            ("number", (case.place + 1).into()),
            ("name", case.name.get(session.lang).to_owned().into()),
        ];
        writeln!(output, "{}", session.text("rules-case-failed", &place))?;
        for difference in &case.differences {
            let said = [
                ("rule", difference.rule.clone().into()),
                ("what", session.text(&format!("differs-{}", difference.what), &[]).into()),
                ("expected", difference.expected.clone().into()),
                ("found", difference.found.clone().into()),
            ];
            writeln!(output, "  {}", session.text("rules-case-difference", &said))?;
        }
    }
    for fault in &report.boundaries.faults {
        let side = match fault.side {
            Side::Below => "side-below",
            Side::At => "side-at",
            Side::Above => "side-above",
            Side::Missing => "side-missing",
        };
        let said = [
            ("at", fault.at.clone().into()),
            ("fact", fault.fact.clone().into()),
            ("side", session.text(side, &[]).into()),
        ];
        writeln!(output, "{}", session.text("rules-boundary-fault", &said))?;
    }
    for comparison in &report.boundaries.uncovered {
        let said = [("at", comparison.clone().into())];
        writeln!(output, "{}", session.text("rules-boundary-absent", &said))?;
    }
    if !report.untried.is_empty() {
        let list = report.untried.join(&session.text("list-separator", &[]));
        writeln!(output, "{}", session.text("rules-untried", &[("list", list.into())]))?;
    }
    Ok(())
}

fn sheet(session: &Session, report: &Report) -> Sheet {
    let head = [
        left(session, "head-file"),
        left(session, "head-case"),
        left(session, "head-result"),
        left(session, "head-rule"),
        left(session, "head-what"),
        left(session, "head-expected"),
        left(session, "head-found"),
    ];
    let mut sheet = Sheet::new("cases", session.text("title-cases", &[]), head);
    for case in &report.cases {
        let result = if case.differences.is_empty() { "case-passed" } else { "case-failed" };
        let start = || {
            let result = Cell::Text(session.text(result, &[]));
            vec![Cell::Text(case.file.clone()), Cell::say(&case.name, session.lang), result]
        };
        if case.differences.is_empty() {
            sheet.push([start(), vec![Cell::empty(); 4]].concat());
        }
        for difference in &case.differences {
            let what = session.text(&format!("differs-{}", difference.what), &[]);
            let end = [&difference.rule, &what, &difference.expected, &difference.found];
            sheet.push([start(), end.map(|text| Cell::Text(text.clone())).to_vec()].concat());
        }
    }
    sheet
}
