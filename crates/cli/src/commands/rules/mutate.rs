//! `linghang rules mutate`: how many small mistakes the test cases of a pack would notice.

use std::io::{Write as _, stdout};

use linghang_core::number::percent;
use linghang_rules::mutate::{Mutation, Survivor, mutate};
use serde::Serialize;

use super::test::load_cases;
use super::{left, save};
use crate::args::RulesTestArgs;
use crate::commands::{print_json, say};
use crate::failure::{Exit, Failure};
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// Share of mistakes that a pack's cases should notice.
const ENOUGH: f64 = 0.95;

/// What `rules mutate --json` prints.
#[derive(Serialize)]
struct Mutated<'a> {
    pack: &'a str,
    hash: &'a str,
    tried: usize,
    killed: usize,
    share: Option<f64>,
    equivalent: &'a [Survivor],
    survivors: &'a [Survivor],
}

pub(super) fn run(session: &Session, arguments: &RulesTestArgs) -> Result<(), Failure> {
    let pack = load_cases(session, arguments.as_of)?;
    say(session, &session.text("rules-mutating", &[]));
    let mutation = mutate(&pack);
    session.check_stop()?;
    if !mutation.diagnostics.is_empty() {
        return Err(Failure { exit: Exit::Refused, findings: mutation.diagnostics });
    }
    let sheets = [sheet(session, &mutation)];
    save(session, &sheets, false, &arguments.sheets)?;
    if session.is_json {
        print_json(&Mutated {
            pack: &pack.id,
            hash: &pack.hash,
            tried: mutation.tried,
            killed: mutation.killed,
            share: mutation.share(),
            equivalent: &mutation.equivalent,
            survivors: &mutation.survivors,
        })?;
    } else {
        let mut output = stdout().lock();
        super::print(session, &sheets, &mut output)?;
        let share = mutation.share().map_or_else(|| "—".to_owned(), percent);
        let numbers = [
            ("tried", mutation.tried.into()),
            ("killed", mutation.killed.into()),
            ("share", share.into()),
            ("equivalent", mutation.equivalent.len().into()),
        ];
        writeln!(output, "{}", session.text("rules-mutated", &numbers))?;
    }
    let is_enough = mutation.share().is_none_or(|share| share >= ENOUGH);
    if is_enough { Ok(()) } else { Err(Failure::silent(Exit::Findings)) }
}

fn sheet(session: &Session, mutation: &Mutation) -> Sheet {
    let head = [
        left(session, "head-rule"),
        left(session, "head-place"),
        left(session, "head-written"),
        left(session, "head-bent"),
        left(session, "head-hint"),
    ];
    let mut sheet = Sheet::new("survivors", session.text("title-survivors", &[]), head);
    for one in &mutation.survivors {
        let texts = [&one.rule, &one.place, &one.before, &one.after];
        let mut row = texts.map(|text| Cell::Text(text.clone())).to_vec();
        row.push(Cell::say(&one.hint, session.lang));
        sheet.push(row);
    }
    sheet
}
