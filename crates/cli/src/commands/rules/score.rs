//! `linghang rules score`: the points of an enterprise, item by item.

use std::io::{Write, stdout};

use linghang_rules::score::{Refusal, Scored, ScoredItem, score};
use serde::Serialize;

use super::{Ready, left, maybe, right, save, write_enterprise};
use crate::args::EnterpriseArgs;
use crate::commands::print_json;
use crate::failure::Failure;
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

/// What `rules score --json` prints beside its origin.
#[derive(Serialize)]
struct Body<'a> {
    enterprise: &'a str,
    name: &'a str,
    scores: &'a [Scored],
}

pub(super) fn run(session: &Session, arguments: &EnterpriseArgs) -> Result<(), Failure> {
    let ready = Ready::load(session, arguments.day)?;
    let found = ready.enterprises.find(&arguments.enterprise)?;
    let population = ready.enterprises.population();
    let scores: Vec<Scored> = ready
        .rules
        .scores
        .iter()
        .map(|one| score(&ready.rules, population, one, found.row))
        .collect();
    let sheets = [sheet(session, &scores)];
    save(session, &sheets, ready.enterprises.is_synthetic, &arguments.sheets)?;
    if session.is_json {
        return print_json(&ready.headed(Body {
            enterprise: &found.id,
            name: &found.name,
            scores: &scores,
        }));
    }
    let mut output = stdout().lock();
    write_enterprise(session, &ready, &found, &mut output)?;
    if scores.is_empty() {
        writeln!(output, "{}", session.text("score-none", &[]))?;
    }
    super::print(session, &sheets, &mut output)?;
    for scored in &scores {
        write_total(session, scored, &mut output)?;
    }
    Ok(())
}

fn sheet(session: &Session, scores: &[Scored]) -> Sheet {
    let head = [
        left(session, "head-points-table"),
        left(session, "head-class"),
        left(session, "head-item"),
        right(session, "head-value"),
        right(session, "head-weight"),
        right(session, "head-share"),
        right(session, "head-points"),
        left(session, "head-note"),
    ];
    let mut sheet = Sheet::new("points", session.text("title-points", &[]), head);
    for scored in scores {
        for item in &scored.items {
            let number = |value: Option<f64>| value.map_or_else(Cell::empty, Cell::Number);
            sheet.push(vec![
                Cell::say(&scored.name, session.lang),
                Cell::Text(item.class.clone().unwrap_or_default()),
                Cell::say(&item.name, session.lang),
                Cell::Text(maybe(session, item.value.as_ref()).to_owned()),
                number(item.weight.map(|points| points.exact().to_f64())),
                number(item.share),
                number(item.points.map(|points| points.exact().to_f64())),
                Cell::Text(note(session, item)),
            ]);
        }
    }
    sheet
}

fn note(session: &Session, item: &ScoredItem) -> String {
    match (item.is_missing, item.is_beaten) {
        (true, _) if item.points.is_none() => session.text("points-not-known", &[]),
        (true, _) => session.text("points-missing", &[]),
        (_, true) => session.text("points-beaten", &[]),
        _ => String::new(),
    }
}

fn write_total(session: &Session, scored: &Scored, output: &mut impl Write) -> Result<(), Failure> {
    let stage = scored.stage_name.as_ref();
    let stage = stage.map_or_else(
        || session.text("score-no-stage", &[]),
        |stage| stage.get(session.lang).to_owned(),
    );
    let name = ("name", scored.name.get(session.lang).to_owned().into());
    let stage = ("stage", stage.into());
    match scored.points {
        Some(points) => {
            let points = ("points", points.to_string().into());
            writeln!(output, "{}", session.text("score-total", &[name, stage, points]))?;
        }
        None => writeln!(output, "{}", session.text("score-no-total", &[name, stage]))?,
    }
    let separator = session.text("list-separator", &[]);
    if !scored.missing.is_empty() {
        let facts = ("facts", scored.missing.join(&separator).into());
        writeln!(output, "  {}", session.text("score-missing", &[facts]))?;
    }
    let mut refused: Vec<String> =
        scored.refused.iter().map(|refusal| refusal_text(session, refusal)).collect();
    refused.sort();
    refused.dedup();
    for line in refused {
        writeln!(output, "  {line}")?;
    }
    Ok(())
}

fn refusal_text(session: &Session, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotComputable => session.text("score-not-computable", &[]),
        Refusal::NoWeight { item } => {
            session.text("score-no-weight", &[("item", item.clone().into())])
        }
        Refusal::NoScale { item } => {
            session.text("score-no-scale", &[("item", item.clone().into())])
        }
        Refusal::Unset { item, parameter } => session.text(
            "score-unset",
            &[("item", item.clone().into()), ("parameter", parameter.clone().into())],
        ),
    }
}
