//! One import: files in, one snapshot out.
//!
//! Each file is read into a part of its own, in parallel; a part is written under its final name only when it is
//! complete, so an interrupted import goes on with the files that are still missing. The parts are then put together
//! in the order of their names. Neither threads nor the order on the command line change a byte.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::assemble::assemble;
use super::manifest::{Counts, FileRecord, Manifest, MappingRecord};
use super::part::{Input, Part, read_part};
use super::{PARTIAL, Store, short};
use crate::error::{At as _, EvidenceError};
use crate::readers::ReadOptions;
use crate::table::SCHEMA_VERSION;

/// Hears how far an import is, and tells it to stop. Called from several threads.
pub trait Progress: Sync {
    /// Bytes of input files read since the last call.
    fn add_bytes(&self, bytes: u64);
    /// Records read since the last call.
    fn add_records(&self, records: u64);
    /// Whether to stop at the next record.
    fn is_stopped(&self) -> bool;
}

/// Hears nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn add_bytes(&self, _bytes: u64) {}
    fn add_records(&self, _records: u64) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// How to import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// How to read the files.
    pub read: ReadOptions,
    /// Keeps what could be read of a broken archive, with a reject where it breaks off. Otherwise such an archive
    /// refuses the whole import.
    pub keep_readable: bool,
    /// Number of threads; 0 for one per core.
    pub threads: usize,
}

impl ImportOptions {
    /// Makes the usual options: whole files only, one thread per core.
    pub const fn new(read: ReadOptions) -> Self {
        Self { read, keep_readable: false, threads: 0 }
    }
}

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// A snapshot was written.
    Created,
    /// The same files were imported the same way before; nothing was read or written.
    AlreadyImported,
    /// Every record was a duplicate or a reject; no snapshot was written.
    NothingNew,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct ImportReport {
    /// How it ended.
    pub outcome: ImportOutcome,
    /// Id of the snapshot that was written, or that already holds these files.
    pub snapshot: Option<String>,
    /// How many records became what.
    pub counts: Counts,
    /// The files, by name.
    pub files: Vec<FileRecord>,
    /// Files that an interrupted import had finished and that were not read again.
    pub resumed_files: usize,
    /// Folder with `rejects.csv` and `duplicates.csv`, where one was written.
    pub folder: Option<PathBuf>,
}

impl Store {
    /// Imports files into a new snapshot.
    ///
    /// # Errors
    ///
    /// When a file cannot be read as asked, the disk cannot be written, another import is running, or
    /// [`EvidenceError::Stopped`] on request. After a stop or a failing disk the `.partial` folder is left, and the same
    /// call goes on from it; a refused import leaves nothing.
    pub fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &dyn Progress,
    ) -> Result<ImportReport, EvidenceError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().map_err(
            |error| EvidenceError::Io {
                path: self.folder.clone(),
                source: std::io::Error::other(error),
            },
        )?;
        pool.install(|| self.import_in_pool(paths, options, progress))
    }

    fn import_in_pool(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &dyn Progress,
    ) -> Result<ImportReport, EvidenceError> {
        let mut inputs = paths
            .par_iter()
            .map(|path| Input::hash(path, progress))
            .collect::<Result<Vec<_>, _>>()?;
        inputs.sort_by(|a, b| a.order().cmp(&b.order()));
        inputs.dedup_by(|a, b| a.order() == b.order());
        let job = job_hash(&inputs, options);
        let lock_path = self.folder.join("lock");
        let _lock = lock(&lock_path)?;
        let earlier = self.snapshots()?;
        let name = format!("{}-{}", options.read.retrieved, short(&job));
        let partial = self.snapshots_folder().join(format!("{name}.{PARTIAL}"));
        if let Some(manifest) = earlier.iter().find(|known| known.job == job.to_hex().as_str()) {
            // Left by a process that ended between naming the snapshot and clearing up.
            if partial.exists() {
                fs::remove_dir_all(&partial).at(&partial)?;
            }
            return Ok(self.already(manifest));
        }
        fs::create_dir_all(&partial).at(&partial)?;
        let parts = inputs
            .par_iter()
            .map(|input| read_part(input, &partial, options, progress))
            .collect::<Result<Vec<Part>, _>>();
        let parts = match parts {
            Ok(parts) => parts,
            Err(error) => {
                if !error.can_go_on() {
                    // Why the import was refused matters more than a folder that could not be removed.
                    let _kept = fs::remove_dir_all(&partial);
                }
                return Err(error);
            }
        };
        let plan = Plan {
            job: job.to_hex().to_string(),
            options,
            earlier: &earlier,
            parts: &parts,
            target: partial.join("snapshot"),
        };
        let report = assemble(self, &plan, progress)?;
        let destination = match &report.snapshot {
            Some(id) => self.snapshot_folder(id),
            None => self.refused_folder(&name),
        };
        let report = Self::publish(report, &plan.target, destination)?;
        fs::remove_dir_all(&partial).at(&partial)?;
        Ok(report)
    }

    /// Moves the finished folder to its final name in one step; without a snapshot only what was refused is kept.
    pub(super) fn publish(
        mut report: ImportReport,
        target: &Path,
        destination: PathBuf,
    ) -> Result<ImportReport, EvidenceError> {
        if report.snapshot.is_none() {
            if report.counts.rejected == 0 {
                return Ok(report);
            }
            if let Some(parent) = destination.parent() {
                fs::create_dir_all(parent).at(parent)?;
            }
            if destination.exists() {
                fs::remove_dir_all(&destination).at(&destination)?;
            }
        }
        fs::rename(target, &destination).at(&destination)?;
        report.folder = Some(destination);
        Ok(report)
    }

    /// Returns the folder for the rejects of an import that kept nothing.
    pub(super) fn refused_folder(&self, name: &str) -> PathBuf {
        self.folder.join("refused").join(name)
    }

    fn already(&self, manifest: &Manifest) -> ImportReport {
        ImportReport {
            outcome: ImportOutcome::AlreadyImported,
            snapshot: Some(manifest.id.clone()),
            counts: manifest.counts,
            files: manifest.files.clone(),
            resumed_files: 0,
            folder: Some(self.snapshot_folder(&manifest.id)),
        }
    }
}

/// All that is needed to put a snapshot together.
pub(super) struct Plan<'a> {
    /// Hash of the job.
    pub(super) job: String,
    /// How it was asked for.
    pub(super) options: &'a ImportOptions,
    /// Snapshots that are there already, oldest first.
    pub(super) earlier: &'a [Manifest],
    /// The parts, by name of their files.
    pub(super) parts: &'a [Part],
    /// Folder to write into.
    pub(super) target: PathBuf,
}

impl Plan<'_> {
    /// Returns the mapping that was used.
    pub(super) fn mapping(&self) -> Option<MappingRecord> {
        let mapping = self.options.read.mapping.as_ref()?;
        Some(MappingRecord { name: mapping.name.clone(), blake3: mapping.blake3.clone() })
    }
}

/// Hashes everything that decides what an import reads.
fn job_hash(inputs: &[Input], options: &ImportOptions) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let read = &options.read;
    let settings = format!(
        "layout {SCHEMA_VERSION}, format {}, retrieved {}, limit {}, keep readable {}, mapping {}, program {}\n",
        read.format,
        read.retrieved,
        read.record_limit,
        options.keep_readable,
        read.mapping.as_ref().map_or("none", |mapping| &mapping.blake3),
        env!("CARGO_PKG_VERSION"),
    );
    hasher.update(settings.as_bytes());
    for input in inputs {
        hasher.update(format!("{} {}\n", input.blake3.to_hex(), input.name).as_bytes());
    }
    hasher.finalize()
}

/// Takes the lock of a store; it is free again when the file is dropped, or when the process ends.
pub(super) fn lock(path: &Path) -> Result<File, EvidenceError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).at(parent)?;
    }
    let file = File::create(path).at(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(EvidenceError::Locked { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => {
            Err(EvidenceError::Io { path: path.to_owned(), source })
        }
    }
}
