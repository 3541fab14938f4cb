//! `linghang pack …`

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use linghang_core::{Diagnostic, Severity};
use serde::Serialize;

use super::{print_json, say};
use crate::args::PackCommand;
use crate::failure::{Exit, Failure, exit_of};
use crate::session::Session;

/// What `pack check --json` prints.
#[derive(Serialize)]
struct Checked<'a> {
    pack: Option<&'a str>,
    hash: &'a str,
    errors: usize,
    warnings: usize,
    records: Vec<(String, usize)>,
    findings: &'a [Diagnostic],
}

pub(super) fn run(session: &Session, command: &PackCommand) -> Result<(), Failure> {
    match command {
        PackCommand::Check { folder } => check(session, folder.as_ref().or(session.pack.as_ref())),
    }
}

fn check(session: &Session, folder: Option<&PathBuf>) -> Result<(), Failure> {
    let Some(folder) = folder else {
        return Err(Failure::usage(
            "cli.no_pack",
            "没有指定城市包；请用 --pack 指明文件夹",
            "no pack was named; say which folder with --pack",
        ));
    };
    crate::load::pack::require_folder(folder)?;
    let loaded = linghang_pack::load(folder);
    let count =
        |severity| loaded.diagnostics.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = loaded.pack.as_ref().map(linghang_pack::Pack::counts).unwrap_or_default();
    let records: Vec<(String, usize)> =
        counts.into_iter().map(|(kind, count)| (kind.spec().key.to_owned(), count)).collect();
    if session.is_json {
        print_json(&Checked {
            pack: loaded.pack.as_ref().map(|pack| pack.id.as_str()),
            hash: &loaded.hash,
            errors,
            warnings,
            records,
            findings: &loaded.diagnostics,
        })?;
    } else {
        let mut output = stdout().lock();
        for finding in &loaded.diagnostics {
            writeln!(output, "{}", finding.render(session.lang))?;
        }
        let all: usize = records.iter().map(|(_, count)| count).sum();
        let arguments =
            [("records", all.into()), ("errors", errors.into()), ("warnings", warnings.into())];
        say(session, &session.text("pack-checked", &arguments));
    }
    match exit_of(&loaded.diagnostics) {
        Exit::Done => Ok(()),
        exit => Err(Failure::silent(exit)),
    }
}
