//! `linghang rules near-miss`: enterprises that one condition keeps from an award.

use std::io::stdout;

use linghang_rules::explain::WayStep;
use linghang_rules::explain::render::cure_word;
use linghang_rules::near_miss::{NearMisses, Order, Search, near_misses};

use super::{Ready, left, maybe, print, right, save, write_label};
use crate::args::{NearMissArgs, NearOrder};
use crate::commands::print_json;
use crate::failure::Failure;
use crate::load::enterprises::Enterprises;
use crate::output::sheet::{Cell, Sheet};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &NearMissArgs) -> Result<(), Failure> {
    let ready = Ready::load(session, arguments.day)?;
    let search = Search {
        order: match arguments.by {
            NearOrder::Money => Order::Money,
            NearOrder::Ease => Order::Ease,
        },
        limit: arguments.top,
        only_curable: !arguments.all,
    };
    let found = near_misses(&ready.rules, ready.enterprises.population(), search);
    session.check_stop()?;
    let sheets = sheets(session, &ready.enterprises, &found);
    let is_synthetic = ready.enterprises.is_synthetic;
    save(session, &sheets, is_synthetic, &arguments.sheets)?;
    if session.is_json {
        return print_json(&ready.headed(&found));
    }
    let mut output = stdout().lock();
    write_label(session, is_synthetic, &mut output)?;
    print(session, &sheets, &mut output)
}

/// The tables: enterprises first, then how many each condition keeps out.
pub(in crate::commands) fn sheets(
    session: &Session,
    enterprises: &Enterprises,
    found: &NearMisses,
) -> Vec<Sheet> {
    vec![list(session, enterprises, found), counts(session, found)]
}

fn list(session: &Session, enterprises: &Enterprises, found: &NearMisses) -> Sheet {
    let head = [
        left(session, "head-code-or-id"),
        left(session, "head-enterprise"),
        left(session, "head-award"),
        right(session, "head-at-stake"),
        left(session, "head-lacks"),
        left(session, "head-cure"),
        left(session, "head-clause"),
    ];
    let names =
        enterprises.names(&found.list.iter().map(|near| near.enterprise.as_str()).collect());
    let mut sheet = Sheet::new("enterprises", session.text("title-near-misses", &[]), head);
    for near in &found.list {
        let name = names.get(near.enterprise.as_str()).copied().unwrap_or_default();
        let steps = near.steps.iter().map(|step| step_text(session, step));
        let clause = near.clause.as_ref().map(|clause| clause.source.to_string());
        sheet.push(vec![
            Cell::Text(near.enterprise.clone()),
            Cell::Text(name.to_owned()),
            Cell::say(&near.name, session.lang),
            Cell::money(near.at_stake),
            Cell::Text(steps.collect::<Vec<_>>().join("; ")),
            Cell::say(&cure_word(near.cure), session.lang),
            Cell::Text(clause.unwrap_or_default()),
        ]);
    }
    sheet
}

/// What one step of a way lacks: its words, then the gap or the day.
pub(super) fn step_text(session: &Session, step: &WayStep) -> String {
    let said = maybe(session, step.say.as_ref());
    let said = if said.is_empty() { step.condition.as_str() } else { said };
    let lacks = match (&step.on, &step.gap) {
        (Some(day), _) => Some(session.text("step-on", &[("day", day.to_string().into())])),
        (None, Some(gap)) => {
            Some(session.text("step-gap", &[("gap", gap.get(session.lang).to_owned().into())]))
        }
        (None, None) => None,
    };
    match lacks {
        Some(lacks) => {
            session.text("step-with", &[("say", said.to_owned().into()), ("lacks", lacks.into())])
        }
        None => said.to_owned(),
    }
}

fn counts(session: &Session, found: &NearMisses) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-condition"),
        left(session, "head-cure"),
        right(session, "head-enterprises"),
        right(session, "head-at-stake"),
    ];
    let mut sheet = Sheet::new("conditions", session.text("title-near-counts", &[]), head);
    for count in found.counts.iter().filter(|count| count.enterprises > 0) {
        let said = maybe(session, count.say.as_ref());
        let said = if said.is_empty() { count.condition.as_str() } else { said };
        sheet.push(vec![
            Cell::say(&count.name, session.lang),
            Cell::Text(said.to_owned()),
            Cell::say(&cure_word(count.cure), session.lang),
            Cell::Count(count.enterprises),
            Cell::Money(count.at_stake),
        ]);
    }
    sheet
}
