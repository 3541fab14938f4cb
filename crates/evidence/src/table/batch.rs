//! Columnar access to stored documents, borrowing every text from the batch.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, UInt64Type};
use arrow_array::{
    Array as _, Date32Array, FixedSizeBinaryArray, ListArray, RecordBatch, StringArray, UInt64Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::SchemaRef;
use chrono::NaiveDate;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::columns::Column;
use super::writer::READ_BATCH;
use crate::document::{Actor, DatePrecision, Document, Kind, Role, Source};
use crate::error::{At as _, EvidenceError};

/// Some thousand stored documents as columns. A column that was not asked for reads as empty.
#[derive(Debug, Clone)]
pub struct DocumentBatch {
    batch: RecordBatch,
    texts: [Option<StringArray>; TEXTS.len()],
    dates: [Option<Date32Array>; 3],
    counts: [Option<UInt64Array>; 3],
    lists: [Option<TextList>; 3],
    actors: Option<ActorList>,
    hash: Option<FixedSizeBinaryArray>,
}

const TEXTS: [Column; 11] = [
    Column::Id,
    Column::Kind,
    Column::Title,
    Column::Abstract,
    Column::Claim,
    Column::Language,
    Column::DatePrecision,
    Column::SameTitleAs,
    Column::SourceFormat,
    Column::SourceFile,
    Column::Snapshot,
];
const DATES: [Column; 3] = [Column::Date, Column::Updated, Column::Retrieved];
const COUNTS: [Column; 3] = [Column::SourceRecord, Column::SourceLine, Column::TitleKey];
const LISTS: [Column; 3] = [Column::Classes, Column::Places, Column::Cites];

#[derive(Debug, Clone)]
struct TextList {
    offsets: OffsetBuffer<i32>,
    values: StringArray,
}

#[derive(Debug, Clone)]
struct ActorList {
    offsets: OffsetBuffer<i32>,
    name: StringArray,
    role: StringArray,
    country: StringArray,
}

impl DocumentBatch {
    /// Takes a record batch of the documents schema, or of some of its columns.
    pub(crate) fn new(batch: RecordBatch) -> Self {
        let column = |column: Column| batch.column_by_name(column.name());
        let text = |name| column(name).and_then(|array| array.as_string_opt::<i32>()).cloned();
        let date =
            |name| column(name).and_then(|array| array.as_primitive_opt::<Date32Type>()).cloned();
        let count =
            |name| column(name).and_then(|array| array.as_primitive_opt::<UInt64Type>()).cloned();
        let list =
            |name| column(name).and_then(|array| array.as_list_opt::<i32>()).and_then(text_list);
        Self {
            texts: TEXTS.map(text),
            dates: DATES.map(date),
            counts: COUNTS.map(count),
            lists: LISTS.map(list),
            actors: column(Column::Actors)
                .and_then(|array| array.as_list_opt::<i32>())
                .and_then(actor_list),
            hash: column(Column::ContentHash)
                .and_then(|array| array.as_fixed_size_binary_opt())
                .cloned(),
            batch,
        }
    }

    /// Returns the number of documents.
    pub fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// Returns whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns document `row`; `row` must be below [`Self::len`].
    pub const fn get(&self, row: usize) -> DocumentView<'_> {
        DocumentView { batch: self, row }
    }

    /// Returns all documents in order.
    pub fn iter(&self) -> impl Iterator<Item = DocumentView<'_>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Returns the batch as Arrow gives it.
    pub const fn record_batch(&self) -> &RecordBatch {
        &self.batch
    }
}

fn text_list(array: &ListArray) -> Option<TextList> {
    let values = array.values().as_string_opt::<i32>()?.clone();
    Some(TextList { offsets: array.offsets().clone(), values })
}

fn actor_list(array: &ListArray) -> Option<ActorList> {
    let actors = array.values().as_struct_opt()?;
    let part =
        |name| actors.column_by_name(name).and_then(|array| array.as_string_opt::<i32>()).cloned();
    Some(ActorList {
        offsets: array.offsets().clone(),
        name: part("name")?,
        role: part("role")?,
        country: part("country")?,
    })
}

/// One stored document; all texts are borrowed from its batch.
#[derive(Debug, Clone, Copy)]
pub struct DocumentView<'a> {
    batch: &'a DocumentBatch,
    row: usize,
}

/// An actor borrowed from a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActorView<'a> {
    /// Name as the source writes it.
    pub name: &'a str,
    /// What the actor did, as [`Role`] spells it.
    pub role: &'a str,
    /// Country, where the source gives one.
    pub country: Option<&'a str>,
}

impl<'a> DocumentView<'a> {
    /// Scheme and id.
    pub fn id(self) -> &'a str {
        self.text(0)
    }

    /// What it is, as [`Kind`] spells it.
    pub fn kind(self) -> &'a str {
        self.text(1)
    }

    /// Title.
    pub fn title(self) -> &'a str {
        self.text(2)
    }

    /// Abstract; empty where the source has none.
    pub fn abstract_text(self) -> &'a str {
        self.text(3)
    }

    /// First independent claim of a patent; empty otherwise.
    pub fn claim(self) -> &'a str {
        self.text(4)
    }

    /// Language code, or `other`.
    pub fn language(self) -> &'a str {
        self.text(5)
    }

    /// First public day.
    pub fn date(self) -> NaiveDate {
        self.date_at(0).unwrap_or_default()
    }

    /// First public day as days since 1970-01-01, the cheapest form.
    pub fn epoch_days(self) -> i32 {
        self.batch.dates[0].as_ref().map_or(0, |dates| dates.value(self.row))
    }

    /// How much of the date the source gave, as [`DatePrecision`] spells it.
    pub fn date_precision(self) -> &'a str {
        self.text(6)
    }

    /// Day of the last version, where known.
    pub fn updated(self) -> Option<NaiveDate> {
        self.date_at(1)
    }

    /// Classes with their scheme, the primary one first.
    pub fn classes(self) -> impl Iterator<Item = &'a str> {
        self.list(0)
    }

    /// Places.
    pub fn places(self) -> impl Iterator<Item = &'a str> {
        self.list(1)
    }

    /// What it cites.
    pub fn cites(self) -> impl Iterator<Item = &'a str> {
        self.list(2)
    }

    /// Actors in the order of the source.
    pub fn actors(self) -> impl Iterator<Item = ActorView<'a>> {
        let list = self.batch.actors.as_ref();
        let range = list.map_or(0..0, |list| range(&list.offsets, self.row));
        range.filter_map(move |place| {
            let list = list?;
            Some(ActorView {
                name: list.name.value(place),
                role: list.role.value(place),
                country: list.country.is_valid(place).then(|| list.country.value(place)),
            })
        })
    }

    /// Id of an earlier document with the same normalised title, where there is one.
    pub fn same_title_as(self) -> Option<&'a str> {
        let ids = self.batch.texts[7].as_ref()?;
        ids.is_valid(self.row).then(|| ids.value(self.row))
    }

    /// Day on which its file was fetched.
    pub fn retrieved(self) -> NaiveDate {
        self.date_at(2).unwrap_or_default()
    }

    /// Snapshot that holds it.
    pub fn snapshot(self) -> &'a str {
        self.text(10)
    }

    /// Record number in its file, from 1.
    pub fn record(self) -> u64 {
        self.count(0)
    }

    /// Line in its file, from 1; 0 where the format has none.
    pub fn line(self) -> u64 {
        self.count(1)
    }

    /// Number that equal normalised titles share; 0 for titles too short to name a work.
    pub fn title_key(self) -> u64 {
        self.count(2)
    }

    /// Hash of all content; empty when the column was not asked for.
    pub fn content_hash(self) -> &'a [u8] {
        self.batch.hash.as_ref().map_or(&[], |hash| hash.value(self.row))
    }

    /// Copies the view into a document. `None` when a stored spelling is unknown, which no import writes.
    pub fn to_document(self) -> Option<Document> {
        let actors = self
            .actors()
            .map(|actor| {
                let role: Role = actor.role.parse().ok()?;
                Some(Actor {
                    name: actor.name.to_owned(),
                    role,
                    country: actor.country.map(str::to_owned),
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let kind: Kind = self.kind().parse().ok()?;
        let precision: DatePrecision = self.date_precision().parse().ok()?;
        let mut document = Document::new(
            kind,
            self.id().to_owned(),
            self.title().to_owned(),
            self.date(),
            precision,
        );
        self.abstract_text().clone_into(&mut document.abstract_text);
        self.claim().clone_into(&mut document.claim);
        self.language().clone_into(&mut document.language);
        document.updated = self.updated();
        document.classes = self.classes().map(str::to_owned).collect();
        document.places = self.places().map(str::to_owned).collect();
        document.cites = self.cites().map(str::to_owned).collect();
        document.actors = actors;
        document.source = Source {
            format: self.text(8).to_owned(),
            file: self.text(9).to_owned(),
            record: self.count(0),
            line: self.count(1),
        };
        Some(document)
    }

    fn text(self, place: usize) -> &'a str {
        self.batch.texts[place].as_ref().map_or("", |texts| texts.value(self.row))
    }

    fn date_at(self, place: usize) -> Option<NaiveDate> {
        let dates = self.batch.dates[place].as_ref()?;
        if dates.is_null(self.row) {
            return None;
        }
        NaiveDate::from_epoch_days(dates.value(self.row))
    }

    fn count(self, place: usize) -> u64 {
        self.batch.counts[place].as_ref().map_or(0, |counts| counts.value(self.row))
    }

    fn list(self, place: usize) -> impl Iterator<Item = &'a str> {
        let list = self.batch.lists[place].as_ref();
        let range = list.map_or(0..0, |list| range(&list.offsets, self.row));
        range.filter_map(move |place| list.map(|list| list.values.value(place)))
    }
}

fn range(offsets: &OffsetBuffer<i32>, row: usize) -> std::ops::Range<usize> {
    offsets[row] as usize..offsets[row + 1] as usize
}

/// Reads all columns of one row of a Parquet file of documents.
///
/// # Errors
///
/// As [`read_parquet`].
pub(crate) fn read_row(path: &Path, row: usize) -> Result<Option<DocumentBatch>, EvidenceError> {
    let names = Column::ALL.iter().map(|column| column.name());
    let mut batches = open_parquet(path, names, |builder| builder.with_offset(row).with_limit(1))?;
    Ok(batches.next().transpose()?.map(DocumentBatch::new))
}

/// Record batches of one Parquet file.
pub(crate) struct Batches {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
}

/// Opens a Parquet file of documents for the columns asked for.
///
/// # Errors
///
/// When the file cannot be opened or is no documents file.
pub(crate) fn read_parquet(path: &Path, columns: &[Column]) -> Result<Batches, EvidenceError> {
    let names = columns.iter().map(|column| column.name());
    open_parquet(path, names, |builder| builder.with_batch_size(READ_BATCH))
}

/// Opens a Parquet file of any table for the columns asked for; those that it lacks are left out.
///
/// # Errors
///
/// When the file cannot be opened or is no Parquet file.
pub(crate) fn read_columns(path: &Path, columns: &[&str]) -> Result<Batches, EvidenceError> {
    open_parquet(path, columns.iter().copied(), |builder| builder.with_batch_size(READ_BATCH))
}

/// Returns the schema of a Parquet file.
///
/// # Errors
///
/// As [`read_columns`].
pub(crate) fn file_schema(path: &Path) -> Result<SchemaRef, EvidenceError> {
    let file = File::open(path).at(path)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| {
        EvidenceError::Damaged { path: path.to_owned(), message: error.to_string() }
    })?;
    Ok(Arc::clone(builder.schema()))
}

fn open_parquet<'n>(
    path: &Path,
    names: impl Iterator<Item = &'n str>,
    limit: impl FnOnce(ParquetRecordBatchReaderBuilder<File>) -> ParquetRecordBatchReaderBuilder<File>,
) -> Result<Batches, EvidenceError> {
    let file = File::open(path).at(path)?;
    let damaged = |error: parquet::errors::ParquetError| EvidenceError::Damaged {
        path: path.to_owned(),
        message: error.to_string(),
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), names);
    let reader = limit(builder.with_projection(mask)).build().map_err(damaged)?;
    Ok(Batches { path: path.to_owned(), reader })
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, EvidenceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.map_err(|error| EvidenceError::Damaged {
            path: self.path.clone(),
            message: error.to_string(),
        }))
    }
}
