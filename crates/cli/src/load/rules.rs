//! The rules of a pack as they stand on a day, and the days on which they change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use linghang_core::Severity;
use linghang_pack::Pack;
use linghang_pack::record::{Interval, Param};
use linghang_rules::{AsOf, RuleSet, compile};

use crate::args::DayArgs;
use crate::failure::{Exit, Failure};
use crate::load::pack::load_checked;
use crate::session::Session;

/// Returns the folder of the pack that the session names.
pub(crate) fn pack_folder(session: &Session) -> Result<&PathBuf, Failure> {
    session.pack.as_ref().ok_or_else(|| {
        Failure::usage(
            "cli.no_pack",
            "没有指定城市包；请用 --pack 指明文件夹",
            "no pack was named; say which folder with --pack",
        )
    })
}

/// Returns the day that the arguments name.
pub(crate) fn as_of(session: &Session, day: DayArgs) -> AsOf {
    AsOf { legal: day.as_of.unwrap_or(session.today), known: day.known }
}

/// Loads a pack and compiles its rules. A pack with an error anywhere is refused as a whole.
pub(crate) fn load(folder: &Path, as_of: AsOf) -> Result<(Pack, RuleSet), Failure> {
    let pack = load_checked(folder)?;
    let compiled = compile(&pack, as_of);
    let refused = || {
        let errors = compiled.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        Failure { exit: Exit::Refused, findings: errors.cloned().collect() }
    };
    let rules = compiled.rules.as_ref().ok_or_else(refused)?.clone();
    Ok((pack, rules))
}

/// Returns every day on which a rule or a value begins or ends, in order.
pub(crate) fn days_of_change(pack: &Pack) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::from([pack.in_force_from]);
    let mut add = |interval: Interval| {
        days.insert(interval.from);
        days.extend(interval.to);
    };
    pack.programmes.values().for_each(|one| add(one.in_force));
    pack.qualifications.values().for_each(|one| add(one.in_force));
    pack.scores.values().for_each(|one| add(one.in_force));
    let params = pack.programmes.values().flat_map(|one| one.params.values());
    let params = params.chain(pack.qualifications.values().flat_map(|one| one.params.values()));
    let params = params.chain(pack.scores.values().flat_map(|one| one.params.values()));
    for value in params.flat_map(|param: &Param| &param.values) {
        days.extend([value.from, value.to].into_iter().flatten());
    }
    days
}
