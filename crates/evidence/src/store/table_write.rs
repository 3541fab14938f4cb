//! Writes rows of a table about enterprises into a snapshot, as they come.

use std::fs;
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::SchemaRef;
use chrono::NaiveDate;

use super::files::TableFiles;
use super::import::{Progress, lock};
use super::manifest::{Counts, Manifest};
use super::{PARTIAL, Store};
use crate::enterprise::{LAYOUT_VERSION, Table};
use crate::error::{At as _, EvidenceError};

/// What is known of a snapshot before its rows are.
#[derive(Debug, Clone)]
pub struct NewSnapshot {
    /// The table.
    pub table: Table,
    /// Day from which the rows are.
    pub retrieved: NaiveDate,
    /// What made them (`synth-city`).
    pub format: String,
    /// Who published them; `synthetic` when they are made up.
    pub source: String,
    /// Everything that decides the rows, in words; its hash names the snapshot.
    pub recipe: String,
}

impl NewSnapshot {
    /// Returns the hash of the recipe.
    fn job(&self) -> String {
        let text = format!(
            "{} {} {} {}",
            self.table,
            self.retrieved,
            env!("CARGO_PKG_VERSION"),
            self.recipe
        );
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }
}

impl Store {
    /// Writes rows that a program makes into a snapshot, and returns its manifest. Memory does not grow with them.
    ///
    /// The same recipe again writes nothing and returns the manifest that is there; the flag tells which.
    ///
    /// # Errors
    ///
    /// When the disk cannot be written, another import is running, or [`EvidenceError::Stopped`] on request; what
    /// `batches` returns. Nothing is left then.
    pub fn write_table(
        &self,
        new: &NewSnapshot,
        batches: impl Iterator<Item = Result<RecordBatch, EvidenceError>>,
        progress: &dyn Progress,
    ) -> Result<(Manifest, bool), EvidenceError> {
        let _lock = lock(&self.folder.join("lock"))?;
        let job = new.job();
        let known = self.table_snapshots(new.table)?;
        if let Some(manifest) = known.into_iter().find(|known| known.job == job) {
            return Ok((manifest, false));
        }
        let id = format!("{}-{}", new.retrieved, &job[..12]);
        let folder = self.table_folder(new.table);
        let partial = folder.join(format!("{id}.{PARTIAL}"));
        if partial.exists() {
            fs::remove_dir_all(&partial).at(&partial)?;
        }
        fs::create_dir_all(&partial).at(&partial)?;
        let written = write_rows(&partial, new.table, &id, batches, progress);
        let (rows, content_hash, tables) = match written {
            Ok(written) => written,
            Err(error) => {
                fs::remove_dir_all(&partial).at(&partial)?;
                return Err(error);
            }
        };
        let manifest = Manifest {
            schema_version: LAYOUT_VERSION,
            table: Some(new.table),
            source: Some(new.source.clone()),
            id: id.clone(),
            retrieved: new.retrieved,
            format: new.format.clone(),
            job,
            content_hash,
            mapping: None,
            first_day: new.retrieved,
            last_day: new.retrieved,
            counts: Counts { read: rows, kept: rows, ..Counts::default() },
            files: Vec::new(),
            tables,
        };
        manifest.write(&partial)?;
        let destination = folder.join(&id);
        fs::rename(&partial, &destination).at(&destination)?;
        Ok((manifest, true))
    }
}

fn write_rows(
    folder: &std::path::Path,
    table: Table,
    id: &str,
    batches: impl Iterator<Item = Result<RecordBatch, EvidenceError>>,
    progress: &dyn Progress,
) -> Result<(u64, String, Vec<String>), EvidenceError> {
    let mut files: Option<TableFiles> = None;
    let (mut rows, mut hasher) = (0, blake3::Hasher::new());
    for batch in batches {
        if progress.is_stopped() {
            return Err(EvidenceError::Stopped);
        }
        let batch = with_snapshot(&batch?, id).map_err(|error| EvidenceError::Io {
            path: folder.into(),
            source: io::Error::other(error),
        })?;
        rows += batch.num_rows() as u64;
        progress.add_records(batch.num_rows() as u64);
        let open =
            files.get_or_insert_with(|| TableFiles::new(folder, table.file_stem(), batch.schema()));
        open.write(batch)?;
    }
    let names = files.map_or_else(|| Ok(Vec::new()), TableFiles::close)?;
    // The bytes of the files are a function of the rows alone, so their hash names the content.
    for name in &names {
        let path = folder.join(name);
        hasher.update_reader(fs::File::open(&path).at(&path)?).at(&path)?;
    }
    Ok((rows, hasher.finalize().to_hex().to_string(), names))
}

/// Writes the snapshot's id into every row.
pub(super) fn with_snapshot(
    batch: &RecordBatch,
    id: &str,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let ids = StringArray::from_iter_values(std::iter::repeat_n(id, batch.num_rows()));
    with_column(batch, "snapshot", Arc::new(ids))
}

/// Replaces a column by one of the same type; a batch without it stays as it is.
pub(super) fn with_column(
    batch: &RecordBatch,
    name: &str,
    column: ArrayRef,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let schema: SchemaRef = batch.schema();
    let mut columns = batch.columns().to_vec();
    if let Ok(place) = schema.index_of(name) {
        columns[place] = column;
    }
    RecordBatch::try_new(schema, columns)
}
