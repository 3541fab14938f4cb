//! Reads stored documents: all snapshots or some, up to a day, each document once.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_select::filter::filter_record_batch;
use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::Store;
use super::assemble::REVISIONS;
use super::manifest::Manifest;
use crate::document::Document;
use crate::error::{At as _, EvidenceError};
use crate::table::{self, Column, DocumentBatch, DocumentView, read_parquet};

/// Which documents to read, and which of their columns.
#[derive(Debug, Clone)]
pub struct Query {
    /// Ids of the snapshots; empty for all.
    pub snapshots: Vec<String>,
    /// Only documents dated on this day or before.
    pub until: Option<NaiveDate>,
    /// Only snapshots fetched on this day or before.
    pub retrieved_until: Option<NaiveDate>,
    /// Columns to read; the others read as empty.
    pub columns: Vec<Column>,
    /// Also gives documents that repeat the title of a document of another database.
    pub with_repeated_titles: bool,
}

impl Default for Query {
    /// All documents of all snapshots with all columns, each work once.
    fn default() -> Self {
        Self {
            snapshots: Vec::new(),
            until: None,
            retrieved_until: None,
            columns: Column::ALL.to_vec(),
            with_repeated_titles: false,
        }
    }
}

impl Query {
    /// Asks for some columns of all documents.
    pub fn columns(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), ..Self::default() }
    }
}

/// A document with what its snapshot knows about it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    /// The document.
    pub document: Document,
    /// Its snapshot.
    pub snapshot: String,
    /// Day on which its file was fetched.
    pub retrieved: NaiveDate,
    /// Earlier document with the same normalised title.
    pub same_title_as: Option<String>,
}

impl Shown {
    /// Copies a view. `None` when a stored spelling is unknown, which no import writes.
    pub fn of(view: DocumentView<'_>) -> Option<Self> {
        Some(Self {
            document: view.to_document()?,
            snapshot: view.snapshot().to_owned(),
            retrieved: view.retrieved(),
            same_title_as: view.same_title_as().map(str::to_owned),
        })
    }
}

impl Store {
    /// Returns the snapshots that a query reads, in reading order.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or has no snapshot of a name asked for.
    pub fn select(&self, query: &Query) -> Result<Vec<Manifest>, EvidenceError> {
        let mut manifests = self.snapshots()?;
        if let Some(missing) =
            query.snapshots.iter().find(|id| manifests.iter().all(|known| known.id != **id))
        {
            return Err(EvidenceError::NoSnapshot(missing.clone()));
        }
        manifests.retain(|manifest| {
            (query.snapshots.is_empty() || query.snapshots.contains(&manifest.id))
                && query.retrieved_until.is_none_or(|day| manifest.retrieved <= day)
        });
        Ok(manifests)
    }

    /// Reads documents in batches: snapshots from the oldest on, in each the order of the import.
    ///
    /// # Errors
    ///
    /// As [`Self::select`].
    pub fn batches(&self, query: &Query) -> Result<Batches, EvidenceError> {
        let manifests = self.select(query)?;
        let mut tables = VecDeque::new();
        for (place, manifest) in manifests.iter().enumerate() {
            let mut superseded = FxHashSet::default();
            for later in &manifests[place + 1..] {
                if later.counts.revisions > 0 {
                    let path = self.snapshot_folder(&later.id).join(REVISIONS);
                    let text = fs::read_to_string(&path).at(&path)?;
                    superseded.extend(text.lines().map(str::to_owned));
                }
            }
            let superseded = std::rc::Rc::new(superseded);
            for table in &manifest.tables {
                let path = self.snapshot_folder(&manifest.id).join(table);
                tables.push_back((path, std::rc::Rc::clone(&superseded)));
            }
        }
        let mut columns = query.columns.clone();
        columns.push(Column::Id);
        if query.until.is_some() {
            columns.push(Column::Date);
        }
        if !query.with_repeated_titles {
            columns.push(Column::SameTitleAs);
        }
        Ok(Batches {
            columns,
            until: query.until,
            with_repeated_titles: query.with_repeated_titles,
            tables,
            open: None,
        })
    }

    /// Calls `visit` for each document and returns how many there were.
    ///
    /// # Errors
    ///
    /// As [`Self::batches`], and when a stored file is damaged.
    pub fn for_each(
        &self,
        query: &Query,
        mut visit: impl FnMut(DocumentView<'_>),
    ) -> Result<u64, EvidenceError> {
        let mut count = 0;
        for batch in self.batches(query)? {
            let batch = batch?;
            count += batch.len() as u64;
            batch.iter().for_each(&mut visit);
        }
        Ok(count)
    }

    /// Returns the document of an id in its latest version.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn show(&self, id: &str) -> Result<Option<Shown>, EvidenceError> {
        for manifest in self.snapshots()?.iter().rev() {
            for table in &manifest.tables {
                let path = self.snapshot_folder(&manifest.id).join(table);
                let mut before = 0;
                for batch in read_parquet(&path, &[Column::Id])? {
                    let batch = DocumentBatch::new(batch?);
                    if let Some(row) = batch.iter().position(|view| view.id() == id) {
                        return table::read_row(&path, before + row)
                            .map(|found| found.as_ref().and_then(|batch| Shown::of(batch.get(0))));
                    }
                    before += batch.len();
                }
            }
        }
        Ok(None)
    }
}

/// Batches of documents from several files.
pub struct Batches {
    columns: Vec<Column>,
    until: Option<NaiveDate>,
    with_repeated_titles: bool,
    tables: VecDeque<(PathBuf, std::rc::Rc<FxHashSet<String>>)>,
    open: Option<(table::Batches, std::rc::Rc<FxHashSet<String>>)>,
}

impl Iterator for Batches {
    type Item = Result<DocumentBatch, EvidenceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                let (path, superseded) = self.tables.pop_front()?;
                match read_parquet(&path, &self.columns) {
                    Ok(batches) => self.open = Some((batches, superseded)),
                    Err(error) => return Some(Err(error)),
                }
            }
            let Some((batches, superseded)) = &mut self.open else { continue };
            match batches.next() {
                None => self.open = None,
                Some(Err(error)) => return Some(Err(error)),
                Some(Ok(batch)) => {
                    let superseded = std::rc::Rc::clone(superseded);
                    let batch = self.keep(batch, &superseded);
                    if !batch.is_empty() {
                        return Some(Ok(batch));
                    }
                }
            }
        }
    }
}

impl Batches {
    fn keep(&self, batch: RecordBatch, superseded: &FxHashSet<String>) -> DocumentBatch {
        let batch = DocumentBatch::new(batch);
        let last = self.until.map(|day| day.to_epoch_days());
        let is_kept = |view: DocumentView<'_>| {
            last.is_none_or(|last| view.epoch_days() <= last)
                && (superseded.is_empty() || !superseded.contains(view.id()))
                && (self.with_repeated_titles || !repeats_other_database(view))
        };
        let kept: Vec<bool> = batch.iter().map(is_kept).collect();
        if kept.iter().all(|kept| *kept) {
            return batch;
        }
        // The mask has the length of the batch, the only thing that filtering can object to.
        match filter_record_batch(batch.record_batch(), &BooleanArray::from(kept)) {
            Ok(filtered) => DocumentBatch::new(filtered),
            Err(_impossible) => batch,
        }
    }
}

/// Returns whether a document repeats the title of one with another id scheme.
fn repeats_other_database(view: DocumentView<'_>) -> bool {
    let scheme = |id: &str| id.split(':').next().map(str::to_owned);
    view.same_title_as().is_some_and(|first| scheme(first) != scheme(view.id()))
}
