//! `linghang evidence …`

use std::fs::File;
use std::io::{BufWriter, Write as _, stdout};
use std::path::Path;

use linghang_core::{Bilingual, Diagnostic, number::grouped};
use linghang_evidence::code_text;
use linghang_evidence::readers::Mapping;
use linghang_evidence::store::{ExportFormat, rejects_by_code};
use linghang_evidence::{ImportOptions, ImportOutcome, ImportReport, Progress, Query, ReadOptions};
use serde_json::json;

use super::{print_json, say, tables};
use crate::args::{EvidenceCommand, ExportArgs, ExportForm, ImportArgs};
use crate::failure::Failure;
use crate::output::progress::Counter;
use crate::output::table::{Align, Table};
use crate::session::Session;

pub(super) fn run(session: &Session, command: EvidenceCommand) -> Result<(), Failure> {
    match command {
        EvidenceCommand::Import(arguments) => import(session, &arguments),
        EvidenceCommand::List => list(session),
        EvidenceCommand::Show { id } => show(session, &id),
        EvidenceCommand::Export(arguments) => export(session, &arguments),
    }
}

/// Progress of an import: bytes on the bar, Ctrl-C as the wish to stop.
pub(super) struct ImportProgress<'s> {
    /// The run.
    pub(super) session: &'s Session,
    /// The bar.
    pub(super) counter: Counter,
}

impl Progress for ImportProgress<'_> {
    fn add_bytes(&self, bytes: u64) {
        self.counter.add(bytes);
    }

    fn add_records(&self, _records: u64) {}

    fn is_stopped(&self) -> bool {
        self.session.is_stopped()
    }
}

fn import(session: &Session, arguments: &ImportArgs) -> Result<(), Failure> {
    let retrieved = arguments.retrieved.unwrap_or(session.today);
    let bytes =
        arguments.files.iter().filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum();
    let progress =
        ImportProgress { session, counter: Counter::new(session, "progress-import", bytes) };
    if let Some(table) = arguments.table {
        let options = tables::list_options(arguments, table, retrieved)?;
        let report = session.store().import_lists(&arguments.files, &options, &progress)?;
        progress.counter.finish();
        return report_import(session, &report, true);
    }
    let mut read = ReadOptions::new(arguments.format, retrieved);
    if let Some(path) = &arguments.mapping {
        read.mapping = Some(Mapping::read(path)?);
    }
    let mut options = ImportOptions::new(read);
    options.keep_readable = arguments.keep_readable;
    let report = session.store().import(&arguments.files, &options, &progress)?;
    progress.counter.finish();
    report_import(session, &report, false)
}

fn report_import(session: &Session, report: &ImportReport, is_list: bool) -> Result<(), Failure> {
    if session.is_json {
        return print_json(&json!({
            "outcome": match report.outcome {
                ImportOutcome::Created => "created",
                ImportOutcome::AlreadyImported => "already_imported",
                ImportOutcome::NothingNew => "nothing_new",
            },
            "snapshot": report.snapshot,
            "counts": report.counts,
            "files": report.files,
            "resumed_files": report.resumed_files,
            "folder": report.folder,
        }));
    }
    explain_import(session, report, is_list)
}

fn explain_import(session: &Session, report: &ImportReport, is_list: bool) -> Result<(), Failure> {
    let snapshot = report.snapshot.clone().unwrap_or_default();
    let counts = &report.counts;
    let number = |count: u64| linghang_core::texts::FluentValue::from(grouped(count));
    let id = match report.outcome {
        ImportOutcome::Created if is_list => "import-list-created",
        ImportOutcome::Created => "import-created",
        ImportOutcome::AlreadyImported => "import-already",
        ImportOutcome::NothingNew => "import-nothing",
    };
    let arguments = [
        ("snapshot", snapshot.into()),
        ("read", number(counts.read)),
        ("kept", number(counts.kept)),
        ("duplicates", number(counts.duplicates)),
        ("rejected", number(counts.rejected)),
        ("warned", number(counts.warned)),
        ("joined", number(counts.joined)),
    ];
    say(session, &session.text(id, &arguments));
    if report.resumed_files > 0 {
        say(session, &session.text("import-resumed", &[("files", report.resumed_files.into())]));
    }
    if let Some(folder) = report.folder.as_ref().filter(|_| counts.rejected > 0) {
        say_rejects(session, folder)?;
    }
    if let Some(folder) = report.folder.as_ref().filter(|_| {
        counts.rejected + counts.duplicates + counts.joined + counts.warned + counts.by_name > 0
    }) {
        say(
            session,
            &session.text("import-folder", &[("folder", folder.display().to_string().into())]),
        );
    }
    Ok(())
}

/// Says how many records were rejected for which reason.
fn say_rejects(session: &Session, folder: &Path) -> Result<(), Failure> {
    let reasons: Vec<String> = rejects_by_code(folder)?
        .into_iter()
        .map(|(code, count)| format!("{} {}", code_text(&code).get(session.lang), grouped(count)))
        .collect();
    let reasons = reasons.join(&session.text("list-separator", &[]));
    say(session, &session.text("import-rejects", &[("reasons", reasons.into())]));
    Ok(())
}

fn list(session: &Session) -> Result<(), Failure> {
    let store = session.store();
    let snapshots = store.snapshots()?;
    let lists = tables::snapshots(&store)?;
    if session.is_json {
        return print_json(&snapshots.iter().chain(&lists).collect::<Vec<_>>());
    }
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut table = Table::new([
        head("head-snapshot", Align::Left),
        head("head-format", Align::Left),
        head("head-documents", Align::Right),
        head("head-rejected", Align::Right),
        head("head-from", Align::Left),
        head("head-to", Align::Left),
    ]);
    for snapshot in &snapshots {
        table.push(vec![
            snapshot.id.clone(),
            snapshot.format.clone(),
            grouped(snapshot.counts.kept),
            grouped(snapshot.counts.rejected),
            snapshot.first_day.to_string(),
            snapshot.last_day.to_string(),
        ]);
    }
    if snapshots.is_empty() && lists.is_empty() {
        say(session, &session.text("list-empty", &[]));
    }
    if !snapshots.is_empty() {
        table.write(&mut stdout().lock())?;
    }
    tables::list(session, &lists)?;
    for partial in store.interrupted()? {
        say(
            session,
            &session.text("list-interrupted", &[("folder", partial.display().to_string().into())]),
        );
    }
    Ok(())
}

fn show(session: &Session, id: &str) -> Result<(), Failure> {
    let store = session.store();
    let Some(shown) = store.show(id)? else {
        let enterprises = store.show_enterprises(id)?;
        if !enterprises.is_empty() {
            return tables::show(session, &enterprises);
        }
        return Err(Failure::refused(
            Diagnostic::error(
                "evidence.no_document",
                Bilingual::new(
                    format!("没有编号为 `{id}` 的文献或企业"),
                    format!("there is no document or enterprise `{id}`"),
                ),
            )
            .with_hint(Bilingual::new(
                "编号带有来源前缀，例如 arxiv:1706.03762；企业可用统一社会信用代码或名称",
                "ids have the prefix of their source, such as arxiv:1706.03762; enterprises also have credit code and name",
            )),
        ));
    };
    if session.is_json {
        return print_json(&shown);
    }
    let document = &shown.document;
    let mut output = stdout().lock();
    writeln!(
        output,
        "{}\n{} · {} · {}\n",
        document.title, document.id, document.kind, document.date
    )?;
    let actors: Vec<&str> = document.actors.iter().map(|actor| actor.name.as_str()).collect();
    writeln!(output, "{}\n{}\n", actors.join(", "), document.classes.join(" "))?;
    writeln!(output, "{}\n", document.abstract_text)?;
    writeln!(output, "{} · {} · {}", shown.snapshot, document.source.file, shown.retrieved)?;
    Ok(())
}

fn export(session: &Session, arguments: &ExportArgs) -> Result<(), Failure> {
    let query = Query { until: arguments.until, with_repeated_titles: true, ..Query::default() };
    let store = session.store();
    let count = match (arguments.format, &arguments.output) {
        (ExportForm::Parquet, Some(path)) => store.export_parquet(&query, path)?,
        (ExportForm::Parquet, None) => {
            return Err(Failure::usage(
                "cli.parquet_needs_file",
                "Parquet 不能写到标准输出；请用 --output 指明文件",
                "Parquet cannot go to standard output; name a file with --output",
            ));
        }
        (form, path) => {
            let form = match form {
                ExportForm::Csv => ExportFormat::Csv,
                _ => ExportFormat::JsonLines,
            };
            match path {
                Some(path) => {
                    let mut file = BufWriter::new(File::create(path)?);
                    let count = store.export(&query, form, &mut file)?;
                    file.flush()?;
                    count
                }
                None => store.export(&query, form, &mut stdout().lock())?,
            }
        }
    };
    say(session, &session.text("export-done", &[("count", grouped(count).into())]));
    Ok(())
}
