//! `linghang rules …`

mod check;
mod explain;
mod mutate;
mod near_miss;
mod run;
mod score;
mod simulate;
mod standing;
mod test;

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Provenance};
use linghang_pack::Pack;
use linghang_rules::facts::Conflict;
use linghang_rules::money::Stage;
use linghang_rules::{AsOf, RuleSet};
use serde::Serialize;

use super::say;
use crate::args::{DayArgs, RulesCommand, SheetArgs};
use crate::failure::Failure;
use crate::load::enterprises::Enterprises;
use crate::load::rules;
use crate::output::sheet::{Sheet, write_files};
use crate::output::table::Align;
use crate::session::Session;

pub(super) use explain::{write_award, write_enterprise};
pub(super) use near_miss::sheets as near_miss_sheets;
pub(super) use run::sheets as run_sheets;
pub(super) use simulate::sheets as simulate_sheets;

pub(super) fn run(session: &Session, command: RulesCommand) -> Result<(), Failure> {
    match command {
        RulesCommand::Check(arguments) => check::run(session, &arguments),
        RulesCommand::Test(arguments) => test::run(session, &arguments),
        RulesCommand::Mutate(arguments) => mutate::run(session, &arguments),
        RulesCommand::Run(arguments) => run::run(session, &arguments),
        RulesCommand::Explain(arguments) => explain::run(session, &arguments),
        RulesCommand::NearMiss(arguments) => near_miss::run(session, &arguments),
        RulesCommand::Simulate(arguments) => simulate::run(session, &arguments),
        RulesCommand::Ladder(arguments) => standing::run(session, &arguments),
        RulesCommand::Score(arguments) => score::run(session, &arguments),
    }
}

/// Rules of a day with the enterprises that they judge.
pub(super) struct Ready {
    pub(super) pack: Pack,
    pub(super) rules: RuleSet,
    pub(super) enterprises: Enterprises,
}

impl Ready {
    /// Loads the pack of the session and the evidence of its home folder.
    pub(super) fn load(session: &Session, day: DayArgs) -> Result<Self, Failure> {
        Self::on(session, rules::as_of(session, day))
    }

    /// The same for a day that is known.
    pub(super) fn on(session: &Session, as_of: AsOf) -> Result<Self, Failure> {
        let (pack, rules) = rules::load(rules::pack_folder(session)?, as_of)?;
        let enterprises = Enterprises::load(session, &[&rules])?;
        Ok(Self { pack, rules, enterprises })
    }

    /// Puts the origin of a result before it.
    fn headed<T: Serialize>(&self, body: T) -> Headed<T> {
        let as_of = self.rules.as_of;
        Headed {
            provenance: self.enterprises.provenance(&self.rules.pack, as_of),
            known: as_of.known,
            synthetic: self.enterprises.is_synthetic,
            body,
        }
    }
}

/// A result with what it was computed from.
#[derive(Serialize)]
struct Headed<T> {
    provenance: Provenance,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<NaiveDate>,
    synthetic: bool,
    #[serde(flatten)]
    body: T,
}

/// What of the evidence could not be used.
#[derive(Serialize)]
struct NotUsed<'a> {
    conflicts: &'a [Conflict],
    columns_absent: &'a [String],
    columns_unfit: &'a [String],
    rows_of_unknown_enterprises: u64,
}

impl<'a> NotUsed<'a> {
    fn of(enterprises: &'a Enterprises) -> Self {
        let prepared = &enterprises.prepared;
        Self {
            conflicts: &prepared.conflicts,
            columns_absent: &prepared.absent,
            columns_unfit: &prepared.unfit,
            rows_of_unknown_enterprises: prepared.strangers,
        }
    }
}

/// A column whose head is message `id`.
fn left(session: &Session, id: &str) -> (String, Align) {
    (session.text(id, &[]), Align::Left)
}

/// A column of numbers whose head is message `id`.
fn right(session: &Session, id: &str) -> (String, Align) {
    (session.text(id, &[]), Align::Right)
}

/// A text in the language of the run, or nothing.
fn maybe<'t>(session: &Session, text: Option<&'t Bilingual>) -> &'t str {
    text.map_or("", |text| text.get(session.lang))
}

/// The name of a pool; its id where the pack gives none.
fn pool_name(session: &Session, rules: &RuleSet, id: &str) -> String {
    let known = rules.pools.iter().find(|route| route.id == id);
    let name = known.map_or("", |route| route.name.get(session.lang));
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

/// Says above a result that its enterprises are made up.
pub(super) fn write_label(
    session: &Session,
    is_synthetic: bool,
    output: &mut impl Write,
) -> std::io::Result<()> {
    if is_synthetic {
        writeln!(output, "{}\n", session.text("rules-synthetic", &[]))?;
    }
    Ok(())
}

/// Prints the tables for a reader.
pub(super) fn print(
    session: &Session,
    sheets: &[Sheet],
    output: &mut impl Write,
) -> Result<(), Failure> {
    for sheet in sheets {
        sheet.print(session.lang, output)?;
    }
    Ok(())
}

/// Writes the tables into the files that the arguments name, and says where they are.
fn save(
    session: &Session,
    sheets: &[Sheet],
    is_synthetic: bool,
    files: &SheetArgs,
) -> Result<(), Failure> {
    let label =
        is_synthetic.then(|| (session.text("head-evidence", &[]), session.text("synthetic", &[])));
    let (csv, xlsx) = (files.csv.as_deref(), files.xlsx.as_deref());
    for path in write_files(sheets, label.as_ref(), csv, xlsx, session.lang)? {
        say_written(session, &path);
    }
    Ok(())
}

fn say_written(session: &Session, path: &Path) {
    say(session, &session.text("rules-written", &[("file", path.display().to_string().into())]));
}

/// The word for a stage of an amount.
fn stage_word(session: &Session, stage: Stage) -> String {
    let id = match stage {
        Stage::Gross => "money-gross",
        Stage::Item => "money-item",
        Stage::Year => "money-year",
        Stage::Lifetime => "money-lifetime",
        Stage::Once => "money-once",
        Stage::Group => "money-group",
        Stage::AlreadyPaid => "money-already-paid",
        Stage::Limit => "money-limit",
        Stage::Exclusion => "money-exclusion",
        Stage::Ceiling => "money-ceiling",
        Stage::Pool => "money-pool",
        Stage::Paid => "money-paid",
    };
    session.text(id, &[])
}
