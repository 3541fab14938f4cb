//! `linghang rules check`: everything that is wrong with the rules of a pack, at once.

use std::collections::BTreeSet;
use std::io::{Write as _, stdout};

use chrono::NaiveDate;
use linghang_core::{Diagnostic, Severity, diagnostic};
use linghang_pack::Pack;
use linghang_rules::lint::{expired, lint};
use linghang_rules::{AsOf, compile};
use serde::Serialize;

use super::{left, right, save};
use crate::args::RulesCheckArgs;
use crate::commands::{print_json, say};
use crate::failure::{Exit, Failure, exit_of};
use crate::load::pack::require_folder;
use crate::load::rules::{days_of_change, pack_folder};
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules check --json` prints.
#[derive(Serialize)]
struct Checked<'a> {
    pack: Option<&'a str>,
    hash: &'a str,
    days: Vec<NaiveDate>,
    errors: usize,
    warnings: usize,
    awards: usize,
    findings: &'a [Diagnostic],
}

pub(super) fn run(session: &Session, arguments: &RulesCheckArgs) -> Result<(), Failure> {
    let folder = pack_folder(session)?;
    require_folder(folder)?;
    let loaded = linghang_pack::load(folder);
    let mut findings = loaded.diagnostics;
    let mut days = BTreeSet::new();
    let mut awards = 0;
    if let Some(pack) = &loaded.pack {
        days = days_to_check(session, pack, arguments.as_of);
        awards = pack.programmes.values().map(|programme| programme.awards.len()).sum();
        for day in &days {
            session.check_stop()?;
            findings.extend(check_day(pack, *day));
        }
        findings.extend(expired(pack, session.today));
    }
    diagnostic::sort(&mut findings);
    findings.dedup();
    let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    save(session, &[sheet(session, &findings)], false, &arguments.sheets)?;
    if session.is_json {
        print_json(&Checked {
            pack: loaded.pack.as_ref().map(|pack| pack.id.as_str()),
            hash: &loaded.hash,
            days: days.into_iter().collect(),
            errors,
            warnings,
            awards,
            findings: &findings,
        })?;
    } else {
        let mut output = stdout().lock();
        for finding in &findings {
            writeln!(output, "{}", finding.render(session.lang))?;
        }
        let numbers = [
            ("awards", awards.into()),
            ("days", days.len().into()),
            ("errors", errors.into()),
            ("warnings", warnings.into()),
        ];
        say(session, &session.text("rules-checked", &numbers));
    }
    match exit_of(&findings) {
        Exit::Done => Ok(()),
        exit => Err(Failure::silent(exit)),
    }
}

/// One day that is asked for; else today and every day on which something changes.
fn days_to_check(session: &Session, pack: &Pack, as_of: Option<NaiveDate>) -> BTreeSet<NaiveDate> {
    if let Some(day) = as_of {
        return BTreeSet::from([day]);
    }
    let mut days = days_of_change(pack);
    days.insert(session.today);
    days
}

fn check_day(pack: &Pack, day: NaiveDate) -> Vec<Diagnostic> {
    let compiled = compile(pack, AsOf::on(day));
    let mut findings = compiled.diagnostics;
    if let Some(rules) = &compiled.rules {
        findings.extend(lint(pack, rules));
    }
    findings
}

fn sheet(session: &Session, findings: &[Diagnostic]) -> Sheet {
    let head = [
        left(session, "head-severity"),
        left(session, "head-file"),
        right(session, "head-line"),
        left(session, "head-code"),
        left(session, "head-finding"),
        left(session, "head-hint"),
    ];
    let mut sheet = Sheet::new("findings", session.text("title-findings", &[]), head);
    for finding in findings {
        let file = finding.file.as_ref().map(|file| file.display().to_string());
        sheet.push(vec![
            Cell::Text(finding.severity.word(session.lang).to_owned()),
            Cell::Text(file.unwrap_or_default()),
            Cell::count(finding.line),
            Cell::Text(finding.code.to_owned()),
            Cell::say(&finding.message, session.lang),
            finding.hint.as_ref().map_or_else(Cell::empty, |hint| Cell::say(hint, session.lang)),
        ]);
    }
    sheet
}
