//! `linghang rules simulate`: two packs, the same enterprises: who gains, who loses, what it costs.

use std::io::stdout;

use linghang_core::{Bilingual, Diagnostic, Fen, PackRef};
use linghang_rules::RuleSet;
use linghang_rules::explain::Truth3;
use linghang_rules::explain::render::{decision_word, truth_word};
use linghang_rules::model::Dictionary;
use linghang_rules::simulate::{
    AwardChange, Flip, Reform, Settings, SimulateError, Totals, simulate,
};
use serde::Serialize;

use super::{Ready, left, maybe, pool_name, print, right, save, write_label};
use crate::args::SimulateArgs;
use crate::commands::print_json;
use crate::failure::Failure;
use crate::load::enterprises::Enterprises;
use crate::load::rules::{self, load, pack_folder};
use crate::output::sheet::{Cell, Sheet};
use crate::output::table::Align;
use crate::session::Session;

/// What `rules simulate --json` prints beside its origin.
#[derive(Serialize)]
struct Body<'a> {
    with: &'a PackRef,
    #[serde(flatten)]
    reform: &'a Reform,
}

pub(super) fn run(session: &Session, arguments: &SimulateArgs) -> Result<(), Failure> {
    let as_of = rules::as_of(session, arguments.day);
    let (pack, before) = load(pack_folder(session)?, as_of)?;
    let (_, after) = load(&arguments.with, as_of)?;
    let enterprises = Enterprises::load(session, &[&before, &after])?;
    let ready = Ready { pack, rules: before, enterprises };
    let settings = Settings { movers: arguments.top, ..Settings::default() };
    let population = ready.enterprises.population();
    let reform = simulate(&ready.rules, &after, population, settings)
        .map_err(|error| not_comparable(&error))?;
    session.check_stop()?;
    let sheets = sheets(session, &ready, &reform);
    let is_synthetic = ready.enterprises.is_synthetic;
    save(session, &sheets, is_synthetic, &arguments.sheets)?;
    if session.is_json {
        return print_json(&ready.headed(Body { with: &after.pack, reform: &reform }));
    }
    let mut output = stdout().lock();
    write_label(session, is_synthetic, &mut output)?;
    print(session, &sheets, &mut output)
}

/// Why two packs were not compared.
pub(super) fn not_comparable(error: &SimulateError) -> Failure {
    let SimulateError::Facts(facts) = error else {
        let text = error.to_string();
        return Failure::refused(Diagnostic::error(error.code(), Bilingual::new(&text, &text)));
    };
    let message = Bilingual::new(
        format!("两个城市包无法比较：对这些事实的规定不同：{}", facts.join("、")),
        format!("the two packs cannot be compared: {error}"),
    );
    Failure::refused(Diagnostic::error(error.code(), message))
}

/// The tables of a reform, totals first.
pub(in crate::commands) fn sheets(session: &Session, ready: &Ready, reform: &Reform) -> Vec<Sheet> {
    vec![
        totals(session, reform),
        texts(session, reform),
        awards(session, reform),
        groups(session, &ready.rules.dictionary, reform),
        pools(session, &ready.rules, reform),
        payers(session, reform),
        movers(session, &ready.enterprises, reform),
    ]
}

fn totals_head(session: &Session) -> [(String, Align); 9] {
    [
        right(session, "head-gained"),
        right(session, "head-gained-money"),
        right(session, "head-lost"),
        right(session, "head-lost-money"),
        right(session, "head-new"),
        right(session, "head-no-longer"),
        right(session, "head-unknown"),
        right(session, "head-paid-before"),
        right(session, "head-paid-after"),
    ]
}

fn totals_cells(totals: &Totals) -> [Cell; 9] {
    [
        Cell::Count(totals.gained),
        Cell::Money(totals.gained_fen),
        Cell::Count(totals.lost),
        Cell::Money(totals.lost_fen),
        Cell::Count(totals.new),
        Cell::Count(totals.no_longer),
        Cell::Count(totals.unknown),
        Cell::Money(totals.before_fen),
        Cell::Money(totals.after_fen),
    ]
}

fn totals(session: &Session, reform: &Reform) -> Sheet {
    let title = session.text("title-reform", &[]);
    let mut sheet = Sheet::new("totals", title, totals_head(session));
    sheet.push(totals_cells(&reform.totals).to_vec());
    sheet
}

fn texts(session: &Session, reform: &Reform) -> Sheet {
    let head = [
        left(session, "head-id"),
        left(session, "head-clause"),
        left(session, "head-what"),
        left(session, "head-before"),
        left(session, "head-after"),
    ];
    let mut sheet = Sheet::new("texts", session.text("title-texts", &[]), head);
    for change in &reform.texts {
        let side = |text: &Option<Bilingual>| match text {
            Some(text) => Cell::say(text, session.lang),
            None => Cell::Text("—".to_owned()),
        };
        let named = [&change.award, &change.clause, &change.what];
        let mut row = named.map(|text| Cell::Text(text.clone())).to_vec();
        row.extend([side(&change.before), side(&change.after)]);
        sheet.push(row);
    }
    sheet
}

fn awards(session: &Session, reform: &Reform) -> Sheet {
    let head = [
        left(session, "head-award"),
        left(session, "head-id"),
        right(session, "head-yes-before"),
        right(session, "head-yes-after"),
        right(session, "head-unknown-before"),
        right(session, "head-unknown-after"),
        right(session, "head-paid-before"),
        right(session, "head-paid-after"),
    ];
    let mut sheet = Sheet::new("awards", session.text("title-reform-awards", &[]), head);
    let is_changed = |award: &&AwardChange| {
        award.yes.0 != award.yes.1
            || award.unknown.0 != award.unknown.1
            || award.paid.0 != award.paid.1
    };
    for award in reform.awards.iter().filter(is_changed) {
        sheet.push(vec![
            Cell::say(&award.name, session.lang),
            Cell::Text(award.id.clone()),
            Cell::count(award.yes.0),
            Cell::count(award.yes.1),
            Cell::count(award.unknown.0),
            Cell::count(award.unknown.1),
            Cell::Money(award.paid.0),
            Cell::Money(award.paid.1),
        ]);
    }
    sheet
}

fn groups(session: &Session, dictionary: &Dictionary, reform: &Reform) -> Sheet {
    let facts = reform.grouped_by.iter();
    let facts = facts.map(|fact| (dictionary.name(fact).get(session.lang).to_owned(), Align::Left));
    let head = facts.chain(totals_head(session));
    let mut sheet = Sheet::new("groups", session.text("title-groups", &[]), head);
    for group in reform.groups.iter().filter(|_| !reform.grouped_by.is_empty()) {
        let labels = group.labels.iter().zip(&reform.grouped_by).map(|(label, fact)| match label {
            Some(label) => Cell::say(&dictionary.label(fact, label), session.lang),
            None => Cell::Text(session.text("label-unknown", &[])),
        });
        sheet.push(labels.chain(totals_cells(&group.totals)).collect());
    }
    sheet
}

fn pools(session: &Session, rules: &RuleSet, reform: &Reform) -> Sheet {
    let head = [
        left(session, "head-pool"),
        right(session, "head-demand-before"),
        right(session, "head-demand-after"),
        right(session, "head-paid-before"),
        right(session, "head-paid-after"),
        right(session, "head-reduced-before"),
        right(session, "head-reduced-after"),
    ];
    let mut sheet = Sheet::new("pools", session.text("title-pools", &[]), head);
    for pool in &reform.pools {
        let (old, new) = (pool.before.as_ref(), pool.after.as_ref());
        sheet.push(vec![
            Cell::Text(pool_name(session, rules, &pool.name)),
            Cell::money(old.map(|pool| pool.demand)),
            Cell::money(new.map(|pool| pool.demand)),
            Cell::money(old.map(|pool| pool.paid)),
            Cell::money(new.map(|pool| pool.paid)),
            Cell::count(old.map(|pool| pool.reduced)),
            Cell::count(new.map(|pool| pool.reduced)),
        ]);
    }
    sheet
}

fn payers(session: &Session, reform: &Reform) -> Sheet {
    let head = [
        left(session, "head-payer"),
        right(session, "head-paid-before"),
        right(session, "head-paid-after"),
    ];
    let mut sheet = Sheet::new("payers", session.text("title-payers", &[]), head);
    for payer in &reform.payers {
        let party = match payer.party.as_str() {
            "" => session.text("payer-not-named", &[]),
            party => party.to_owned(),
        };
        sheet.push(vec![Cell::Text(party), Cell::Money(payer.before), Cell::Money(payer.after)]);
    }
    sheet
}

fn movers(session: &Session, enterprises: &Enterprises, reform: &Reform) -> Sheet {
    let head = [
        left(session, "head-code-or-id"),
        left(session, "head-enterprise"),
        right(session, "head-paid-before"),
        right(session, "head-paid-after"),
        left(session, "head-flips"),
    ];
    let ids = reform.movers.iter().map(|mover| mover.enterprise.as_str()).collect();
    let names = enterprises.names(&ids);
    let mut sheet = Sheet::new("movers", session.text("title-movers", &[]), head);
    for mover in &reform.movers {
        let name = names.get(mover.enterprise.as_str()).copied().unwrap_or_default();
        let flips = mover.flips.iter().map(|flip| flip_text(session, flip));
        let money = |fen: Fen| Cell::Money(fen);
        sheet.push(vec![
            Cell::Text(mover.enterprise.clone()),
            Cell::Text(name.to_owned()),
            money(mover.before),
            money(mover.after),
            Cell::Text(if mover.flips.is_empty() {
                session.text("flip-amount", &[])
            } else {
                flips.collect::<Vec<_>>().join("; ")
            }),
        ]);
    }
    sheet
}

/// `award: condition, no → yes`.
fn flip_text(session: &Session, flip: &Flip) -> String {
    let lang = session.lang;
    let truth = |truth: Option<Truth3>| {
        truth.map_or("—".to_owned(), |truth| truth_word(truth).get(lang).to_owned())
    };
    let decision = |decision: Option<linghang_rules::Decision>| {
        decision.map_or("—".to_owned(), |decision| decision_word(decision).get(lang).to_owned())
    };
    let said = maybe(session, flip.say.as_ref());
    let (what, before, after) = if flip.condition.is_empty() {
        (flip.award.clone(), decision(flip.decision_before), decision(flip.decision_after))
    } else {
        let said = if said.is_empty() { flip.condition.as_str() } else { said };
        (said.to_owned(), truth(flip.before), truth(flip.after))
    };
    let parts = [("what", what.into()), ("before", before.into()), ("after", after.into())];
    session.text("flip", &parts)
}
