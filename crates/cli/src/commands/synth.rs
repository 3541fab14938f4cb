//! `linghang synth …`

use linghang_core::number::grouped;
use linghang_evidence::enterprise::Table;
use linghang_evidence::store::Manifest;
use linghang_evidence::{EvidenceError, NewSnapshot, Progress};
use linghang_synth::city::{self, CityPlan};
use serde_json::json;

use super::{print_json, say};
use crate::args::{CityArgs, SynthCommand};
use crate::failure::Failure;
use crate::load::pack::load_checked;
use crate::output::progress::Counter;
use crate::session::Session;

pub(super) fn run(session: &Session, command: SynthCommand) -> Result<(), Failure> {
    match command {
        SynthCommand::City(arguments) => make_city(session, &arguments),
    }
}

/// Rows on the bar, Ctrl-C as the wish to stop.
struct RowProgress<'s> {
    session: &'s Session,
    counter: Counter,
}

impl Progress for RowProgress<'_> {
    fn add_bytes(&self, _bytes: u64) {}

    fn add_records(&self, records: u64) {
        self.counter.add(records);
    }

    fn is_stopped(&self) -> bool {
        self.session.is_stopped()
    }
}

fn make_city(session: &Session, arguments: &CityArgs) -> Result<(), Failure> {
    let before = newest_city(session)?;
    let written = write_city(session, arguments)?;
    let as_of = arguments.as_of.unwrap_or(session.today);
    let (number, seed) = (arguments.enterprises, arguments.seed);
    if session.is_json {
        let snapshots: Vec<_> = written.iter().map(|(manifest, _)| manifest).collect();
        return print_json(&json!({
            "source": linghang_synth::SOURCE,
            "enterprises": number,
            "seed": seed,
            "as_of": as_of,
            "snapshots": snapshots,
        }));
    }
    for (manifest, is_new) in &written {
        let id = if *is_new { "synth-written" } else { "synth-already" };
        let arguments = [
            ("table", manifest.table.map(|table| table.to_string()).unwrap_or_default().into()),
            ("rows", grouped(manifest.counts.kept).into()),
            ("snapshot", manifest.id.clone().into()),
        ];
        say(session, &session.text(id, &arguments));
    }
    let is_new = written.iter().any(|(_, is_new)| *is_new);
    if let Some(snapshot) = before.filter(|_| is_new) {
        say(session, &session.text("synth-replaces", &[("snapshot", snapshot.into())]));
    }
    say(session, &session.text("synth-label", &[]));
    Ok(())
}

/// The made-up city whose enterprises were retrieved last, if there is one.
fn newest_city(session: &Session) -> Result<Option<String>, Failure> {
    let snapshots = session.store().table_snapshots(Table::Enterprises)?;
    let mut made_up = snapshots
        .into_iter()
        .rev()
        .filter(|manifest| manifest.source.as_deref() == Some(linghang_synth::SOURCE));
    Ok(made_up.next().map(|manifest| manifest.id))
}

/// Makes up a city and writes its four tables; the flag of each tells whether it is new.
pub(super) fn write_city(
    session: &Session,
    arguments: &CityArgs,
) -> Result<Vec<(Manifest, bool)>, Failure> {
    let as_of = arguments.as_of.unwrap_or(session.today);
    let (number, seed) = (arguments.enterprises, arguments.seed);
    let mut plan = match &session.pack {
        Some(folder) => CityPlan::from_pack(number, seed, as_of, &load_checked(folder)?),
        None => CityPlan::new(number, seed, as_of),
    };
    plan.years = arguments.years;
    let store = session.store();
    let mut written: Vec<(Manifest, bool)> = Vec::new();
    for table in Table::ALL {
        let new = NewSnapshot {
            table: *table,
            retrieved: as_of,
            format: "synth-city".to_owned(),
            source: linghang_synth::SOURCE.to_owned(),
            recipe: plan.recipe(),
        };
        let about = match table {
            Table::EnterpriseYears => number.saturating_mul(u64::from(plan.years)),
            _ => number,
        };
        let progress =
            RowProgress { session, counter: Counter::new(session, "progress-synth", about) };
        let rows = city::rows(&plan, *table).map(|batch| {
            batch.map_err(|error| EvidenceError::Damaged {
                path: table.file_stem().into(),
                message: error.to_string(),
            })
        });
        written.push(store.write_table(&new, rows, &progress)?);
        progress.counter.finish();
    }
    Ok(written)
}
