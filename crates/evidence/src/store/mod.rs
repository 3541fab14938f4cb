//! The store of evidence: a folder of immutable snapshots.
//!
//! ```text
//! <home>/evidence/
//!   lock                               held while an import writes
//!   snapshots/<day>-<hash>/            one snapshot: documents-*.parquet, snapshot.json, rejects.csv, duplicates.csv
//!   snapshots/<day>-<job>.partial/     an import that was interrupted; the same command goes on from here
//!   tables/<table>/<day>-<hash>/       the same for a table about enterprises, with warnings.csv
//!   refused/<day>-<job>/               the rejects of an import of which no document could be kept
//! ```
//!
//! # What is a duplicate
//!
//! - **Same id, in one import.** The record with the latest `updated` day is kept; with none or the same, the first
//!   in the order of file names and records. The kept document takes the earliest `date` of all its records: the day
//!   on which the first version was public. The others are written into `duplicates.csv`.
//! - **Same id as in an earlier snapshot.** Dropped when it says the same or is not newer. A record with a later
//!   `updated` day (or, where no day is known, with another content) is kept as a revision: readers of both
//!   snapshots see the later one only, with the earlier `date`.
//! - **Same normalised title**, kind and year (±1) under another id. Kept and marked in `same_title_as`, because two
//!   works can share a title. Readers leave out a marked document when the two ids come from different databases,
//!   which is how one work enters twice.

mod assemble;
mod export;
mod files;
mod import;
mod lists;
mod manifest;
mod merge;
mod names;
mod part;
mod query;
mod table_query;
mod table_show;
mod table_write;

use std::fs;
use std::path::{Path, PathBuf};

pub use export::ExportFormat;
pub use files::rejects_by_code;
pub use import::{ImportOptions, ImportOutcome, ImportReport, NoProgress, Progress};
pub use manifest::{Counts, FileRecord, Manifest, MappingRecord};
pub use query::{Batches, Query, Shown};
pub use table_query::{TableQuery, TableReader};
pub use table_show::{ShownEnterprise, ShownTable, row_json};
pub use table_write::NewSnapshot;

use crate::enterprise::Table;
use crate::error::{At as _, EvidenceError};

/// The evidence of one home folder.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Opens the store of a home folder; it need not exist yet.
    pub fn open(home: &Path) -> Self {
        Self { folder: home.join("evidence") }
    }

    /// Returns the snapshots, oldest day of retrieval first, then by id.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, or a snapshot is damaged or newer than this program.
    pub fn snapshots(&self) -> Result<Vec<Manifest>, EvidenceError> {
        Self::snapshots_in(&self.snapshots_folder())
    }

    /// Returns the snapshots of a table about enterprises, oldest day of retrieval first, then by id.
    ///
    /// # Errors
    ///
    /// As [`Self::snapshots`].
    pub fn table_snapshots(&self, table: Table) -> Result<Vec<Manifest>, EvidenceError> {
        Self::snapshots_in(&self.table_folder(table))
    }

    fn snapshots_in(folder: &Path) -> Result<Vec<Manifest>, EvidenceError> {
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut manifests = Vec::new();
        for entry in fs::read_dir(folder).at(folder)? {
            let path = entry.at(folder)?.path();
            if path.is_dir() && path.extension().is_none_or(|extension| extension != PARTIAL) {
                manifests.push(Manifest::read(&path)?);
            }
        }
        manifests.sort_by(|a, b| (a.retrieved, &a.id).cmp(&(b.retrieved, &b.id)));
        Ok(manifests)
    }

    /// Returns the folders of interrupted imports, in order.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn interrupted(&self) -> Result<Vec<PathBuf>, EvidenceError> {
        let folder = self.snapshots_folder();
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).at(&folder)? {
            let path = entry.at(&folder)?.path();
            if path.extension().is_some_and(|extension| extension == PARTIAL) {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    }

    /// Returns the folder of a snapshot.
    pub fn snapshot_folder(&self, id: &str) -> PathBuf {
        self.snapshots_folder().join(id)
    }

    /// Returns the folder with the snapshots of a table about enterprises.
    pub fn table_folder(&self, table: Table) -> PathBuf {
        self.folder.join("tables").join(table.file_stem())
    }

    fn snapshots_folder(&self) -> PathBuf {
        self.folder.join("snapshots")
    }
}

/// Extension of the folder of an unfinished import.
const PARTIAL: &str = "partial";

/// Returns the first sixteen hexadecimal digits of a hash, enough for a name.
fn short(hash: &blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}
