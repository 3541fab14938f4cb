//! What every snapshot is made of: Parquet files of equal length, and the list of rejects.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::error::{At as _, EvidenceError};
use crate::reject::Reject;
use crate::table::ParquetFile;

/// Rows of one Parquet file of a snapshot.
const FILE_ROWS: u64 = 262_144;

/// The Parquet files of a snapshot, written one after another.
pub(super) struct TableFiles {
    folder: PathBuf,
    stem: &'static str,
    schema: SchemaRef,
    names: Vec<String>,
    open: Option<ParquetFile>,
}

impl TableFiles {
    /// Starts with no file; names will be `<stem>-0000.parquet` and so on.
    pub(super) fn new(folder: &Path, stem: &'static str, schema: SchemaRef) -> Self {
        Self { folder: folder.to_owned(), stem, schema, names: Vec::new(), open: None }
    }

    /// Adds rows, to the open file and to as many more as they need.
    pub(super) fn write(&mut self, mut rows: RecordBatch) -> Result<(), EvidenceError> {
        while rows.num_rows() > 0 {
            let mut open = match self.open.take() {
                Some(open) => open,
                None => self.next_file()?,
            };
            let room = (FILE_ROWS - open.rows()) as usize;
            let taken = room.min(rows.num_rows());
            open.write(rows.slice(0, taken))?;
            rows = rows.slice(taken, rows.num_rows() - taken);
            if open.rows() < FILE_ROWS {
                self.open = Some(open);
            } else {
                open.close()?;
            }
        }
        Ok(())
    }

    /// Closes the last file and returns the names of all.
    pub(super) fn close(mut self) -> Result<Vec<String>, EvidenceError> {
        if let Some(open) = self.open.take() {
            open.close()?;
        }
        Ok(self.names)
    }

    fn next_file(&mut self) -> Result<ParquetFile, EvidenceError> {
        let name = format!("{}-{:04}.parquet", self.stem, self.names.len());
        let file = ParquetFile::create(&self.folder.join(&name), self.schema.clone())?;
        self.names.push(name);
        Ok(file)
    }
}

/// The rejects of one part, without a header.
pub(super) struct RejectsFile {
    writer: csv::Writer<File>,
    path: PathBuf,
    count: u64,
}

impl RejectsFile {
    /// Creates the file.
    pub(super) fn create(path: &Path) -> Result<Self, EvidenceError> {
        let file = File::create(path).at(path)?;
        let writer = csv::WriterBuilder::new().has_headers(false).flexible(false).from_writer(file);
        Ok(Self { writer, path: path.to_owned(), count: 0 })
    }

    /// Returns where the file lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds one.
    pub(super) fn write(&mut self, reject: &Reject) -> Result<(), EvidenceError> {
        self.count += 1;
        let reason = reject.problem.reason();
        let (record, line) = (reject.record.to_string(), reject.line.to_string());
        let row = [
            &reject.file,
            &record,
            &line,
            reject.problem.code(),
            &reason.zh,
            &reason.en,
            &reject.raw,
        ];
        self.writer.write_record(row).map_err(io::Error::other).at(&self.path)
    }

    /// Writes what is left and returns how many there are.
    pub(super) fn close(mut self) -> Result<u64, EvidenceError> {
        self.writer.flush().at(&self.path)?;
        Ok(self.count)
    }
}

/// Column of the code in a list of rejects.
const CODE: usize = 3;

/// Counts the rejects in the folder of a snapshot by their code, the commonest first.
///
/// # Errors
///
/// When the list of rejects cannot be read.
pub fn rejects_by_code(folder: &Path) -> Result<Vec<(String, u64)>, EvidenceError> {
    let path = folder.join("rejects.csv");
    let mut reader =
        csv::ReaderBuilder::new().from_reader(io::BufReader::new(File::open(&path).at(&path)?));
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(io::Error::other).at(&path)? {
        let code = String::from_utf8_lossy(row.get(CODE).unwrap_or_default());
        *counts.entry(code.into_owned()).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(counts)
}

/// Joins the rejects of several parts under one header.
pub(super) fn join_rejects(parts: &[&Path], path: &Path) -> Result<(), EvidenceError> {
    let mut target = File::create(path).at(path)?;
    target.write_all(b"file,record,line,code,reason_zh,reason_en,raw\n").at(path)?;
    for part in parts {
        let mut source = File::open(part).at(part)?;
        io::copy(&mut source, &mut target).at(path)?;
    }
    target.sync_all().at(path)
}
