//! One import of lists about enterprises: files in, one snapshot of one table out.
//!
//! # What is a duplicate
//!
//! Rows are statements: a later list may repeat, complete or correct what an earlier one says, and all of it is kept
//! with its day. Only a row that says the same as an earlier one of the same import is dropped. `duplicates.csv` names
//! each of these with a reason:
//!
//! - `same_record`: says the same as an earlier row; **dropped**.
//! - `same_key`: another row about the same enterprise (year, deal, payment) says something else; readers join both,
//!   the later one wins where they differ.
//! - `other_name`: the same enterprise under a name that is not just another spelling.
//! - `same_name_other_code`: another enterprise of the same name.
//! - `matched_by_name`: no code in this list, but the name leads to one known enterprise.
//! - `ambiguous_name`: no code in this list, and the name leads to several.

mod decide;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use arrow_array::{RecordBatch, UInt64Array};
use arrow_select::take::take_record_batch;
use rayon::prelude::*;

use self::decide::Decider;
use super::files::{RejectsFile, TableFiles, join_rejects};
use super::import::{ImportOutcome, ImportReport, Progress, lock};
use super::manifest::{FileRecord, Manifest, MappingRecord};
use super::merge::Duplicates;
use super::part::{Counted, Input};
use super::table_write::with_snapshot;
use super::{PARTIAL, Store, short};
use crate::enterprise::{Builder, LAYOUT_VERSION, ListOptions, Table, read_list};
use crate::error::{At as _, EvidenceError};
use crate::table::{ParquetFile, WRITE_BATCH, read_columns};

/// A list that was read.
struct Part {
    rows: PathBuf,
    rejects: PathBuf,
    warnings: PathBuf,
    file: FileRecord,
    warned: u64,
}

impl Store {
    /// Imports lists into a new snapshot of the table that their mapping names.
    ///
    /// # Errors
    ///
    /// When a file cannot be read as asked, the disk cannot be written, another import is running, or
    /// [`EvidenceError::Stopped`] on request. Nothing is left then.
    pub fn import_lists(
        &self,
        paths: &[PathBuf],
        options: &ListOptions,
        progress: &dyn Progress,
    ) -> Result<ImportReport, EvidenceError> {
        let mut inputs = paths
            .par_iter()
            .map(|path| Input::hash(path, progress))
            .collect::<Result<Vec<_>, _>>()?;
        inputs.sort_by(|a, b| a.order().cmp(&b.order()));
        inputs.dedup_by(|a, b| a.order() == b.order());
        let job = job_hash(&inputs, options);
        let _lock = lock(&self.folder.join("lock"))?;
        let table = options.mapping.table;
        let earlier = self.table_snapshots(table)?;
        if let Some(manifest) = earlier.iter().find(|known| known.job == job.to_hex().as_str()) {
            return Ok(ImportReport {
                outcome: ImportOutcome::AlreadyImported,
                snapshot: Some(manifest.id.clone()),
                counts: manifest.counts,
                files: manifest.files.clone(),
                resumed_files: 0,
                folder: Some(self.table_folder(table).join(&manifest.id)),
            });
        }
        let name = format!("{}-{}", options.retrieved, short(&job));
        let partial = self.table_folder(table).join(format!("{name}.{PARTIAL}"));
        if partial.exists() {
            fs::remove_dir_all(&partial).at(&partial)?;
        }
        let target = partial.join("snapshot");
        fs::create_dir_all(&target).at(&target)?;
        let report = self
            .read_and_assemble(&inputs, options, &job, &partial, progress)
            .and_then(|report| self.publish_list(report, table, &target, &name));
        fs::remove_dir_all(&partial).at(&partial)?;
        report
    }

    fn read_and_assemble(
        &self,
        inputs: &[Input],
        options: &ListOptions,
        job: &blake3::Hash,
        partial: &Path,
        progress: &dyn Progress,
    ) -> Result<ImportReport, EvidenceError> {
        let parts = inputs
            .par_iter()
            .map(|input| read_part(input, partial, options, progress))
            .collect::<Result<Vec<Part>, _>>()?;
        let target = partial.join("snapshot");
        let rejects: Vec<&Path> = parts.iter().map(|part| part.rejects.as_path()).collect();
        join_rejects(&rejects, &target.join("rejects.csv"))?;
        let warnings: Vec<&Path> = parts.iter().map(|part| part.warnings.as_path()).collect();
        join_rejects(&warnings, &target.join("warnings.csv"))?;
        let mut duplicates = Duplicates::create(&target.join("duplicates.csv"))?;
        let decision = Decider::new(self, &parts, options)?.decide(&mut duplicates, progress)?;
        duplicates.close()?;
        let mut report = ImportReport {
            outcome: ImportOutcome::NothingNew,
            snapshot: None,
            counts: decision.counts,
            files: parts.iter().map(|part| part.file.clone()).collect(),
            resumed_files: 0,
            folder: None,
        };
        if decision.counts.kept > 0 {
            let hash = decision.content_hash.to_hex();
            let id = format!("{}-{}", options.retrieved, &hash[..12]);
            let tables = write_rows(&parts, &decision.rows, options, &target, &id)?;
            let mapping = &options.mapping;
            let manifest = Manifest {
                schema_version: LAYOUT_VERSION,
                table: Some(mapping.table),
                source: Some(mapping.source.clone()),
                id: id.clone(),
                retrieved: options.retrieved,
                format: options.format.as_str().to_owned(),
                job: job.to_hex().to_string(),
                content_hash: hash.to_string(),
                mapping: Some(MappingRecord {
                    name: mapping.name.clone(),
                    blake3: mapping.blake3.clone(),
                }),
                first_day: options.retrieved,
                last_day: options.retrieved,
                counts: decision.counts,
                files: report.files.clone(),
                tables,
            };
            manifest.write(&target)?;
            report.outcome = ImportOutcome::Created;
            report.snapshot = Some(id);
        }
        Ok(report)
    }

    fn publish_list(
        &self,
        report: ImportReport,
        table: Table,
        target: &Path,
        name: &str,
    ) -> Result<ImportReport, EvidenceError> {
        match &report.snapshot {
            Some(id) => {
                let destination = self.table_folder(table).join(id);
                Self::publish(report, target, destination)
            }
            None => Self::publish(report, target, self.refused_folder(name)),
        }
    }
}

/// Hashes everything that decides what an import reads.
fn job_hash(inputs: &[Input], options: &ListOptions) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let settings = format!(
        "layout {LAYOUT_VERSION}, table {}, format {}, retrieved {}, limit {}, mapping {}, program {}\n",
        options.mapping.table,
        options.format,
        options.retrieved,
        options.record_limit,
        options.mapping.blake3,
        env!("CARGO_PKG_VERSION"),
    );
    hasher.update(settings.as_bytes());
    for input in inputs {
        hasher.update(format!("{} {}\n", input.blake3.to_hex(), input.name).as_bytes());
    }
    hasher.finalize()
}

fn read_part(
    input: &Input,
    partial: &Path,
    options: &ListOptions,
    progress: &dyn Progress,
) -> Result<Part, EvidenceError> {
    let place = |extension: &str| partial.join(format!("{}.{extension}", input.key()));
    let (path, rejects, warnings) = (place("parquet"), place("rejects.csv"), place("warnings.csv"));
    let mut rows = ParquetFile::create_temporary(&path, options.schema())?;
    let mut batch = Builder::new(options.schema());
    let mut rejected = RejectsFile::create(&rejects)?;
    let mut warned = RejectsFile::create(&warnings)?;
    let fault = |error: arrow_schema::ArrowError| EvidenceError::Io {
        path: path.clone(),
        source: io::Error::other(error),
    };
    let (source, bytes_read) = Counted::new(File::open(&input.path).at(&input.path)?);
    let mut read_before = 0;
    let facts = read_list(&input.path, Box::new(source), options, &mut |outcome| {
        if progress.is_stopped() {
            return Err(EvidenceError::Stopped);
        }
        let now = bytes_read.load(Ordering::Relaxed);
        progress.add_bytes(now - read_before);
        progress.add_records(1);
        read_before = now;
        let row = match outcome {
            Ok(row) => row,
            Err(reject) => return rejected.write(&reject),
        };
        if let Some(warning) = &row.warning {
            warned.write(warning)?;
        }
        batch.push(&row.values);
        if batch.rows() == WRITE_BATCH {
            rows.write(batch.finish().map_err(fault)?)
        } else {
            Ok(())
        }
    })?;
    rows.write(batch.finish().map_err(fault)?)?;
    rows.close()?;
    let file = FileRecord {
        name: input.name.clone(),
        bytes: input.bytes,
        blake3: input.blake3.to_hex().to_string(),
        archive: facts.archive,
        encoding: facts.encoding.to_owned(),
        is_truncated: false,
        read: facts.records,
        rejected: rejected.close()?,
    };
    Ok(Part { rows: path, rejects, warnings, file, warned: warned.close()? })
}

fn write_rows(
    parts: &[Part],
    kept: &[Vec<u64>],
    options: &ListOptions,
    target: &Path,
    id: &str,
) -> Result<Vec<String>, EvidenceError> {
    let schema = options.schema();
    let mut files = TableFiles::new(target, options.mapping.table.file_stem(), schema.clone());
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    for (part, kept) in parts.iter().zip(kept) {
        let (mut kept, mut first) = (kept.as_slice(), 0);
        for batch in read_columns(&part.rows, &names)? {
            let batch = batch?;
            let end = first + batch.num_rows() as u64;
            let (now, later) = kept.split_at(kept.partition_point(|row| *row < end));
            let rows = take(&batch, now, first, id).map_err(|error| EvidenceError::Io {
                path: part.rows.clone(),
                source: io::Error::other(error),
            })?;
            files.write(rows)?;
            (kept, first) = (later, end);
        }
    }
    files.close()
}

fn take(
    batch: &RecordBatch,
    rows: &[u64],
    first: u64,
    id: &str,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let places = UInt64Array::from_iter_values(rows.iter().map(|row| row - first));
    with_snapshot(&take_record_batch(batch, &places)?, id)
}
