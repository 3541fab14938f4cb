//! One input file read into one part: its documents, its rejects, and a record that it is complete.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::RejectsFile;
use super::import::{ImportOptions, Progress};
use super::manifest::{FileRecord, write_json};
use super::short;
use crate::error::{At as _, EvidenceError};
use crate::input::Archive;
use crate::readers::{FileFacts, Outcome, read_source};
use crate::reject::{Problem, Reject};
use crate::table::{Builder, ParquetFile, WRITE_BATCH, schema};

/// An input file with its hash.
pub(super) struct Input {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Name without the folder.
    pub(super) name: String,
    /// Size as it lies on the disk.
    pub(super) bytes: u64,
    /// Hash of the bytes.
    pub(super) blake3: blake3::Hash,
}

impl Input {
    /// Hashes a file.
    pub(super) fn hash(path: &Path, progress: &dyn Progress) -> Result<Self, EvidenceError> {
        let mut file = File::open(path).at(path)?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 1 << 20];
        let mut bytes = 0;
        loop {
            if progress.is_stopped() {
                return Err(EvidenceError::Stopped);
            }
            let length = file.read(&mut buffer).at(path)?;
            if length == 0 {
                break;
            }
            bytes += length as u64;
            hasher.update(&buffer[..length]);
        }
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { path: path.to_owned(), name, bytes, blake3: hasher.finalize() })
    }

    /// Returns what inputs are sorted by.
    pub(super) fn order(&self) -> (&str, &[u8; 32]) {
        (&self.name, self.blake3.as_bytes())
    }

    /// Returns the name under which the part is stored.
    pub(super) fn key(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.blake3.as_bytes());
        hasher.update(self.name.as_bytes());
        short(&hasher.finalize())
    }
}

/// A complete part.
pub(super) struct Part {
    /// Parquet file of its documents.
    pub(super) documents: PathBuf,
    /// CSV rows of its rejects, without a header.
    pub(super) rejects: PathBuf,
    /// What is known of the file.
    pub(super) file: FileRecord,
    /// Whether an earlier, interrupted import had read it.
    pub(super) is_resumed: bool,
}

/// The record that a part is complete; written last.
#[derive(Serialize, Deserialize)]
struct Done {
    file: FileRecord,
}

/// Reads a file into its part, or takes the part that is there already.
pub(super) fn read_part(
    input: &Input,
    partial: &Path,
    options: &ImportOptions,
    progress: &dyn Progress,
) -> Result<Part, EvidenceError> {
    let key = input.key();
    let place = |extension: &str| partial.join(format!("{key}.{extension}"));
    let (documents, rejects, done) = (place("parquet"), place("rejects.csv"), place("done.json"));
    if let Ok(text) = fs::read_to_string(&done)
        && let Ok(Done { file }) = serde_json::from_str::<Done>(&text)
    {
        progress.add_bytes(file.bytes);
        progress.add_records(file.read);
        return Ok(Part { documents, rejects, file, is_resumed: true });
    }
    let mut writer = PartWriter::create(&documents, &rejects, options, progress)?;
    let source = File::open(&input.path).at(&input.path)?;
    // The counter lives as long as the reader, which may own its source.
    let (counted, bytes_read) = Counted::new(source);
    let mut read_before = 0;
    let result = read_source(&input.path, Box::new(counted), &options.read, &mut |outcome| {
        let now = bytes_read.load(std::sync::atomic::Ordering::Relaxed);
        progress.add_bytes(now - read_before);
        read_before = now;
        writer.take(outcome)
    });
    let (facts, is_truncated) = writer.settle(input, result)?;
    let rejected = writer.close()?;
    let file = FileRecord {
        name: input.name.clone(),
        bytes: input.bytes,
        blake3: input.blake3.to_hex().to_string(),
        archive: facts.archive,
        encoding: facts.encoding.to_owned(),
        is_truncated,
        read: facts.records,
        rejected,
    };
    let unfinished = place("done.tmp");
    write_json(&unfinished, &Done { file: file.clone() })?;
    fs::rename(&unfinished, &done).at(&done)?;
    Ok(Part { documents, rejects, file, is_resumed: false })
}

/// Writes the documents and rejects of one file.
struct PartWriter<'a> {
    options: &'a ImportOptions,
    progress: &'a dyn Progress,
    batch: Builder,
    documents: ParquetFile,
    rejects: RejectsFile,
}

impl<'a> PartWriter<'a> {
    fn create(
        documents: &Path,
        rejects: &Path,
        options: &'a ImportOptions,
        progress: &'a dyn Progress,
    ) -> Result<Self, EvidenceError> {
        Ok(Self {
            options,
            progress,
            batch: Builder::new(options.read.retrieved),
            documents: ParquetFile::create_temporary(documents, schema())?,
            rejects: RejectsFile::create(rejects)?,
        })
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), EvidenceError> {
        if self.progress.is_stopped() {
            return Err(EvidenceError::Stopped);
        }
        self.progress.add_records(1);
        match outcome {
            Ok(document) => {
                self.batch.push(&document).map_err(|error| self.fault(error))?;
                if self.batch.rows() == WRITE_BATCH { self.flush() } else { Ok(()) }
            }
            Err(reject) => self.rejects.write(&reject),
        }
    }

    /// Decides what a broken archive means: an error, or one more reject.
    fn settle(
        &mut self,
        input: &Input,
        result: Result<FileFacts, EvidenceError>,
    ) -> Result<(FileFacts, bool), EvidenceError> {
        match result {
            Err(EvidenceError::BrokenArchive { archive, records, source, .. })
                if self.options.keep_readable =>
            {
                let reject = Reject {
                    file: input.name.clone(),
                    record: records + 1,
                    line: 0,
                    problem: Problem::Truncated(source.to_string()),
                    raw: String::new(),
                };
                self.rejects.write(&reject)?;
                let archive = Archive::ALL.iter().copied().find(|known| known.name() == archive);
                let archive = archive.unwrap_or(Archive::None);
                Ok((FileFacts { archive, encoding: "", records: records + 1 }, true))
            }
            other => other.map(|facts| (facts, false)),
        }
    }

    fn flush(&mut self) -> Result<(), EvidenceError> {
        let batch = self.batch.finish().map_err(|error| self.fault(error))?;
        self.documents.write(batch)
    }

    fn close(mut self) -> Result<u64, EvidenceError> {
        self.flush()?;
        self.documents.close()?;
        self.rejects.close()
    }

    fn fault(&self, error: arrow_schema::ArrowError) -> EvidenceError {
        EvidenceError::Io { path: self.rejects.path().to_owned(), source: io::Error::other(error) }
    }
}

/// Counts the bytes that a reader takes.
pub(super) struct Counted {
    file: File,
    bytes: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Counted {
    /// Starts to count.
    pub(super) fn new(file: File) -> (Self, std::sync::Arc<std::sync::atomic::AtomicU64>) {
        let bytes = std::sync::Arc::default();
        (Self { file, bytes: std::sync::Arc::clone(&bytes) }, bytes)
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.bytes.fetch_add(length as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(length)
    }
}
