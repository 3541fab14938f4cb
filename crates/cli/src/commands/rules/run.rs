//! `linghang rules run`: every award over every enterprise.

use std::fs::File;
use std::io::{BufWriter, stdout};
use std::path::Path;

use linghang_core::Fen;
use linghang_core::number::grouped;
use linghang_rules::evaluate::RuleResult;
use linghang_rules::model::{Idle, IdleReason};
use linghang_rules::money::pool::PoolResult;
use linghang_rules::{Options, RuleSet, Run, run as evaluate};
use serde::Serialize;

use super::{NotUsed, Ready, left, pool_name, print, right, save, say_written, write_label};
use crate::args::RulesRunArgs;
use crate::commands::{print_json, say};
use crate::failure::Failure;
use crate::output::amount::{plain, short};
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules run --json` prints beside its origin.
#[derive(Serialize)]
struct Body<'a> {
    enterprises: usize,
    rules: &'a [RuleResult],
    pools: &'a [PoolResult],
    idle: &'a [Idle],
    paid_fen: Fen,
    not_used: NotUsed<'a>,
}

pub(super) fn run(session: &Session, arguments: &RulesRunArgs) -> Result<(), Failure> {
    let ready = Ready::load(session, arguments.day)?;
    let population = ready.enterprises.population();
    let result = evaluate(&ready.rules, population, Options::default());
    session.check_stop()?;
    let sheets = sheets(session, &ready.rules, &result);
    let is_synthetic = ready.enterprises.is_synthetic;
    save(session, &sheets, is_synthetic, &arguments.sheets)?;
    if let Some(path) = &arguments.payments {
        write_payments(session, &ready, &result, path)?;
    }
    if session.is_json {
        return print_json(&ready.headed(Body {
            enterprises: result.rows,
            rules: &result.rules,
            pools: &result.pools,
            idle: &result.idle,
            paid_fen: result.paid(),
            not_used: NotUsed::of(&ready.enterprises),
        }));
    }
    let mut output = stdout().lock();
    write_label(session, is_synthetic, &mut output)?;
    print(session, &sheets, &mut output)?;
    say_totals(session, &ready, &result);
    Ok(())
}

/// The tables of a run: awards, pools, awards that are not computed.
pub(in crate::commands) fn sheets(session: &Session, rules: &RuleSet, run: &Run) -> Vec<Sheet> {
    vec![awards(session, run), pools(session, rules, run), idle(session, &run.idle)]
}

fn awards(session: &Session, run: &Run) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-id"),
        right(session, "head-yes"),
        right(session, "head-no"),
        right(session, "head-unknown"),
        right(session, "head-review"),
        right(session, "head-broken"),
        right(session, "head-gross"),
        right(session, "head-paid"),
    ];
    let mut sheet = Sheet::new("awards", session.text("title-awards", &[]), head);
    for rule in &run.rules {
        sheet.push(vec![
            Cell::say(&rule.name, session.lang),
            Cell::Text(rule.id.clone()),
            Cell::Count(rule.yes),
            Cell::Count(rule.no),
            Cell::Count(rule.unknown),
            Cell::Count(rule.review),
            Cell::Count(rule.error),
            Cell::Money(rule.gross_fen),
            Cell::Money(rule.paid_fen),
        ]);
    }
    sheet
}

fn pools(session: &Session, rules: &RuleSet, run: &Run) -> Sheet {
    let head = [
        left(session, "head-pool"),
        right(session, "head-available"),
        right(session, "head-claims"),
        right(session, "head-demand"),
        right(session, "head-paid"),
        right(session, "head-reduced"),
        right(session, "head-waiting"),
    ];
    let mut sheet = Sheet::new("pools", session.text("title-pools", &[]), head);
    for pool in &run.pools {
        sheet.push(vec![
            Cell::Text(pool_name(session, rules, &pool.name)),
            Cell::money(pool.amount.map(|_| pool.available)),
            Cell::Count(pool.claims),
            Cell::Money(pool.demand),
            Cell::Money(pool.paid),
            Cell::Count(pool.reduced),
            Cell::Count(pool.waiting),
        ]);
    }
    sheet
}

fn idle(session: &Session, idle: &[Idle]) -> Sheet {
    let head = [left(session, "head-award"), left(session, "head-id"), left(session, "head-why")];
    let mut sheet = Sheet::new("not-computed", session.text("title-idle", &[]), head);
    for one in idle {
        let why = match &one.reason {
            IdleReason::NotInForce => session.text("idle-not-in-force", &[]),
            IdleReason::NotComputable { unset } if unset.is_empty() => {
                session.text("idle-not-computable", &[])
            }
            IdleReason::NotComputable { unset } => {
                session.text("idle-unset", &[("unset", unset.join(", ").into())])
            }
        };
        let name = Cell::say(&one.name, session.lang);
        sheet.push(vec![name, Cell::Text(one.id.clone()), Cell::Text(why)]);
    }
    sheet
}

fn say_totals(session: &Session, ready: &Ready, run: &Run) {
    let totals = [
        ("pack", ready.pack.name.get(session.lang).to_owned().into()),
        ("as-of", run.as_of.legal.to_string().into()),
        ("enterprises", grouped(run.rows as u64).into()),
        ("awards", run.rules.len().into()),
        ("paid", short(run.paid(), session.lang).into()),
    ];
    say(session, &session.text("rules-ran", &totals));
    if run.rules.is_empty() {
        say(session, &session.text("rules-none", &[]));
    }
    say_not_used(session, ready);
}

/// Says what of the evidence could not be used.
fn say_not_used(session: &Session, ready: &Ready) {
    let prepared = &ready.enterprises.prepared;
    let separator = session.text("list-separator", &[]);
    for (id, facts) in [("rules-absent", &prepared.absent), ("rules-unfit", &prepared.unfit)] {
        if !facts.is_empty() {
            say(session, &session.text(id, &[("facts", facts.join(&separator).into())]));
        }
    }
    let counts = [
        ("rules-conflicts", prepared.conflicts.len() as u64),
        ("rules-strangers", prepared.strangers),
    ];
    for (id, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        say(session, &session.text(id, &[("count", grouped(count).into())]));
    }
}

fn write_payments(session: &Session, ready: &Ready, run: &Run, path: &Path) -> Result<(), Failure> {
    let failed = |error: csv::Error| Failure::from(std::io::Error::other(error));
    let mut writer = csv::Writer::from_writer(BufWriter::new(File::create(path)?));
    writer
        .write_record(["enterprise", "award", "gross_yuan", "paid_yuan", "synthetic"])
        .map_err(failed)?;
    let ids = &ready.enterprises.population().ids;
    let label = if ready.enterprises.is_synthetic { "true" } else { "false" };
    for line in run.lines() {
        let award = &ready.rules.awards[usize::from(line.award)].id;
        let id = ids.value(line.row as usize);
        let amounts = [plain(line.gross), plain(line.paid)];
        writer.write_record([id, award, &amounts[0], &amounts[1], label]).map_err(failed)?;
    }
    writer.flush()?;
    say_written(session, path);
    Ok(())
}
