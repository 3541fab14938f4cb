//! Puts the parts of an import together into one snapshot.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{PrimitiveBuilder, StringBuilder};
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt64Array};
use arrow_select::take::take_record_batch;

use super::Store;
use super::files::{TableFiles, join_rejects};
use super::import::{ImportOutcome, ImportReport, Plan, Progress};
use super::manifest::{Counts, Manifest};
use super::merge::{Decision, Duplicates, KeptRow, decide};
use crate::error::{At as _, EvidenceError};
use crate::table::{Column, SCHEMA_VERSION, read_parquet, schema};

/// Name of the list of ids that replace a document of an earlier snapshot.
pub(super) const REVISIONS: &str = "revisions.txt";

/// Writes the snapshot into the plan's target folder.
///
/// # Errors
///
/// When the disk cannot be read or written, or on request.
pub(super) fn assemble(
    store: &Store,
    plan: &Plan<'_>,
    progress: &dyn Progress,
) -> Result<ImportReport, EvidenceError> {
    if plan.target.exists() {
        fs::remove_dir_all(&plan.target).at(&plan.target)?;
    }
    fs::create_dir_all(&plan.target).at(&plan.target)?;
    let mut duplicates = Duplicates::create(&plan.target.join("duplicates.csv"))?;
    let decision = decide(store, plan, &mut duplicates, progress)?;
    duplicates.close()?;
    write_rejects(plan)?;
    let files = plan.parts.iter().map(|part| part.file.clone()).collect();
    let resumed_files = plan.parts.iter().filter(|part| part.is_resumed).count();
    let mut report = ImportReport {
        outcome: ImportOutcome::NothingNew,
        snapshot: None,
        counts: decision.counts,
        files,
        resumed_files,
        folder: None,
    };
    if let Some(days) = decision.days {
        let hash = decision.content_hash.to_hex();
        let id = format!("{}-{}", plan.options.read.retrieved, &hash[..12]);
        let tables = write_tables(plan, &decision, &id, progress)?;
        write_lines(&plan.target.join(REVISIONS), &decision.revisions)?;
        let manifest = manifest(plan, &id, &decision.counts, hash.to_string(), days, tables);
        manifest.write(&plan.target)?;
        report.outcome = ImportOutcome::Created;
        report.snapshot = Some(id);
    }
    Ok(report)
}

fn manifest(
    plan: &Plan<'_>,
    id: &str,
    counts: &Counts,
    content_hash: String,
    (first_day, last_day): (chrono::NaiveDate, chrono::NaiveDate),
    tables: Vec<String>,
) -> Manifest {
    Manifest {
        schema_version: SCHEMA_VERSION,
        table: None,
        source: None,
        id: id.to_owned(),
        retrieved: plan.options.read.retrieved,
        format: plan.options.read.format.as_str().to_owned(),
        job: plan.job.clone(),
        content_hash,
        mapping: plan.mapping(),
        first_day,
        last_day,
        counts: *counts,
        files: plan.parts.iter().map(|part| part.file.clone()).collect(),
        tables,
    }
}

/// Joins the rejects of all parts under one header.
fn write_rejects(plan: &Plan<'_>) -> Result<(), EvidenceError> {
    let parts: Vec<&Path> = plan.parts.iter().map(|part| part.rejects.as_path()).collect();
    join_rejects(&parts, &plan.target.join("rejects.csv"))
}

fn write_lines(path: &Path, lines: &[String]) -> Result<(), EvidenceError> {
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    fs::write(path, text).at(path)
}

/// Writes the kept rows of all parts into Parquet files of equal length.
fn write_tables(
    plan: &Plan<'_>,
    decision: &Decision,
    id: &str,
    progress: &dyn Progress,
) -> Result<Vec<String>, EvidenceError> {
    let mut files = TableFiles::new(&plan.target, "documents", schema());
    for (part, kept) in plan.parts.iter().zip(&decision.rows) {
        let mut kept = kept.as_slice();
        let mut first_row = 0;
        for batch in read_parquet(&part.documents, Column::ALL)? {
            if progress.is_stopped() {
                return Err(EvidenceError::Stopped);
            }
            let batch = batch?;
            let end = first_row + batch.num_rows();
            let here = kept.partition_point(|kept| kept.row < end);
            let (now, later) = kept.split_at(here);
            kept = later;
            let rows = keep_rows(&batch, now, first_row, id).map_err(|error| {
                EvidenceError::Io { path: part.documents.clone(), source: io::Error::other(error) }
            })?;
            first_row = end;
            files.write(rows)?;
        }
    }
    files.close()
}

/// Takes the kept rows of a batch, with their merged date, the snapshot's id and the mark of a repeated title.
fn keep_rows(
    batch: &RecordBatch,
    kept: &[KeptRow],
    first_row: usize,
    id: &str,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let indices =
        UInt64Array::from_iter_values(kept.iter().map(|kept| (kept.row - first_row) as u64));
    let rows = take_record_batch(batch, &indices)?;
    let mut dates = PrimitiveBuilder::<Date32Type>::with_capacity(kept.len());
    let mut same_title = StringBuilder::new();
    for row in kept {
        dates.append_value(row.date.to_epoch_days());
        same_title.append_option(row.same_title_as.as_deref());
    }
    let snapshot = StringArray::from_iter_values(std::iter::repeat_n(id, kept.len()));
    let mut columns = rows.columns().to_vec();
    let patches: [(Column, ArrayRef); 3] = [
        (Column::Date, Arc::new(dates.finish())),
        (Column::SameTitleAs, Arc::new(same_title.finish())),
        (Column::Snapshot, Arc::new(snapshot)),
    ];
    for (column, array) in patches {
        columns[column as usize] = array;
    }
    RecordBatch::try_new(schema(), columns)
}
