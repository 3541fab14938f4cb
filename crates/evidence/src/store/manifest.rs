//! `snapshot.json`: where a snapshot comes from and what it holds.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use chrono::NaiveDate;
use linghang_core::EvidenceRef;
use serde::{Deserialize, Serialize};

use crate::enterprise::{LAYOUT_VERSION, Table};
use crate::error::{At as _, EvidenceError};
use crate::input::Archive;
use crate::table::SCHEMA_VERSION;

/// Name of the manifest in a snapshot's folder.
const FILE: &str = "snapshot.json";

/// How many records became what. `read` is always the sum of `kept`, `duplicates` and `rejected`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records read.
    pub read: u64,
    /// Documents kept.
    pub kept: u64,
    /// Records dropped because their id was there already.
    pub duplicates: u64,
    /// Records that could not become a document.
    pub rejected: u64,
    /// Kept documents that share their normalised title with an earlier one.
    pub same_title: u64,
    /// Kept documents that replace one of an earlier snapshot.
    pub revisions: u64,
    /// Kept rows about what an earlier row of the snapshot is about too; readers join them. Not of documents.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub joined: u64,
    /// Kept rows whose enterprise is known by its name only. Not of documents.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_name: u64,
    /// Kept rows of which something was left out, listed in `warnings.csv`. Not of documents.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub warned: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the serialiser calls it so")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// One imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Name without its folder.
    pub name: String,
    /// Size in bytes, as it lies on the disk.
    pub bytes: u64,
    /// BLAKE3 hash of those bytes.
    pub blake3: String,
    /// How it is packed.
    pub archive: Archive,
    /// Text encoding; empty for a workbook.
    pub encoding: String,
    /// Whether it broke off and only its readable part was imported.
    pub is_truncated: bool,
    /// Records read.
    pub read: u64,
    /// Records rejected.
    pub rejected: u64,
}

/// The mapping that a generic format was read with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingRecord {
    /// Name of the mapping file without its folder.
    pub name: String,
    /// BLAKE3 hash of its bytes.
    pub blake3: String,
}

/// What is known about a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub schema_version: u32,
    /// The table that the snapshot belongs to; absent for `documents`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// Who published the rows; `synthetic` when they are made up. Absent for documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `YYYY-MM-DD-` and the beginning of the content hash.
    pub id: String,
    /// Day on which the files were fetched.
    pub retrieved: NaiveDate,
    /// Format they were read with.
    pub format: String,
    /// Hash over the files and all that decides what is read from them.
    pub job: String,
    /// Hash over all documents, whatever their order.
    pub content_hash: String,
    /// The mapping, where the format needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<MappingRecord>,
    /// Earliest date of a document; the day of retrieval for other tables.
    pub first_day: NaiveDate,
    /// Latest date of a document; the day of retrieval for other tables.
    pub last_day: NaiveDate,
    /// How many records became what.
    pub counts: Counts,
    /// The files, by name.
    pub files: Vec<FileRecord>,
    /// The Parquet files of the snapshot, in the order of reading.
    pub tables: Vec<String>,
}

impl Manifest {
    /// Reads the manifest of a snapshot's folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, EvidenceError> {
        let path = folder.join(FILE);
        let text = fs::read_to_string(&path).at(&path)?;
        let damaged = |message: String| EvidenceError::Damaged { path: path.clone(), message };
        let manifest: Self =
            serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        let known = if manifest.table.is_some() { LAYOUT_VERSION } else { SCHEMA_VERSION };
        if manifest.schema_version != known {
            let found = manifest.schema_version;
            return Err(damaged(format!("layout {found}, this program reads {known}")));
        }
        Ok(manifest)
    }

    /// Writes the manifest into a snapshot's folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), EvidenceError> {
        write_json(&folder.join(FILE), self)
    }

    /// Returns the reference that results carry.
    pub fn evidence_ref(&self) -> EvidenceRef {
        EvidenceRef {
            id: self.id.clone(),
            hash: self.content_hash.clone(),
            records: self.counts.kept,
        }
    }
}

/// Writes a value as indented JSON with a last newline, and waits for the disk.
pub(crate) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), EvidenceError> {
    let mut text = serde_json::to_string_pretty(value).map_err(std::io::Error::other).at(path)?;
    text.push('\n');
    let mut file = fs::File::create(path).at(path)?;
    file.write_all(text.as_bytes()).at(path)?;
    file.sync_all().at(path)
}
