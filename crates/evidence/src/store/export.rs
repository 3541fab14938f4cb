//! Writes stored documents for other programs: JSON Lines, CSV or Parquet.

use std::io::{self, Write};
use std::path::Path;

use super::Store;
use super::query::{Query, Shown};
use crate::error::{At as _, EvidenceError};
use crate::table::{Column, DocumentView, ParquetFile, schema};

/// A form in which documents leave the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object a line, with all columns.
    JsonLines,
    /// A table with a header; lists are separated by ` ;; `, actors by their names.
    Csv,
}

/// Separates the items of a list in a CSV field.
const LIST: &str = " ;; ";

impl Store {
    /// Writes the documents of a query and returns how many there were. All columns are written.
    ///
    /// # Errors
    ///
    /// When the store cannot be read or the target cannot be written.
    pub fn export(
        &self,
        query: &Query,
        format: ExportFormat,
        target: &mut dyn Write,
    ) -> Result<u64, EvidenceError> {
        let query = Query { columns: Column::ALL.to_vec(), ..query.clone() };
        let target_name = Path::new("-");
        match format {
            ExportFormat::JsonLines => self.write_each(&query, |view| json_line(view, target)),
            ExportFormat::Csv => {
                let mut table = csv::Writer::from_writer(target);
                table.write_record(HEADER).map_err(io::Error::other).at(target_name)?;
                let written = self.write_each(&query, |view| csv_row(view, &mut table))?;
                table.flush().at(target_name)?;
                Ok(written)
            }
        }
    }

    /// Writes the documents of a query into one Parquet file and returns how many there were.
    ///
    /// # Errors
    ///
    /// When the store cannot be read or the file cannot be written.
    pub fn export_parquet(&self, query: &Query, path: &Path) -> Result<u64, EvidenceError> {
        let query = Query { columns: Column::ALL.to_vec(), ..query.clone() };
        let mut file = ParquetFile::create(path, schema())?;
        for batch in self.batches(&query)? {
            file.write(batch?.record_batch().clone())?;
        }
        file.close()
    }

    fn write_each(
        &self,
        query: &Query,
        mut write: impl FnMut(DocumentView<'_>) -> io::Result<()>,
    ) -> Result<u64, EvidenceError> {
        let mut count = 0;
        for batch in self.batches(query)? {
            for view in batch?.iter() {
                write(view).at(Path::new("-"))?;
                count += 1;
            }
        }
        Ok(count)
    }
}

fn json_line(view: DocumentView<'_>, target: &mut dyn Write) -> io::Result<()> {
    let shown = Shown::of(view).ok_or_else(|| io::Error::other("a stored spelling is unknown"))?;
    serde_json::to_writer(&mut *target, &shown)?;
    target.write_all(b"\n")
}

const HEADER: [&str; 14] = [
    "id",
    "kind",
    "title",
    "abstract",
    "claim",
    "language",
    "date",
    "date_precision",
    "classes",
    "actors",
    "places",
    "cites",
    "snapshot",
    "same_title_as",
];

fn csv_row(view: DocumentView<'_>, table: &mut csv::Writer<&mut dyn Write>) -> io::Result<()> {
    let list = |items: &mut dyn Iterator<Item = &str>| items.collect::<Vec<_>>().join(LIST);
    let row = [
        view.id(),
        view.kind(),
        view.title(),
        view.abstract_text(),
        view.claim(),
        view.language(),
        &view.date().to_string(),
        view.date_precision(),
        &list(&mut view.classes()),
        &list(&mut view.actors().map(|actor| actor.name)),
        &list(&mut view.places()),
        &list(&mut view.cites()),
        view.snapshot(),
        view.same_title_as().unwrap_or_default(),
    ];
    table.write_record(row).map_err(io::Error::other)
}
