//! Documents into record batches, and record batches into Parquet files.
//!
//! The bytes of a file are a function of its rows alone: batches are cut to one size before they are written.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{
    Date32Builder, FixedSizeBinaryBuilder, ListBuilder, StringBuilder, UInt64Builder,
};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{OffsetBuffer, OffsetBufferBuilder};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::coalesce::BatchCoalescer;
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::columns::{Column, actor_fields, item, schema};
use crate::document::{Actor, Document};
use crate::error::{At as _, EvidenceError};
use crate::normal;

/// Rows of one written batch.
pub(crate) const WRITE_BATCH: usize = 4096;
/// Rows of one batch that is read.
pub(crate) const READ_BATCH: usize = 4096;
/// Rows of a row group: small enough to read in parallel, large enough to compress.
const ROW_GROUP: usize = 32_768;

/// Columns of any table whose values hardly repeat.
const UNIQUE: [&str; 10] = [
    Column::Id.name(),
    Column::Title.name(),
    Column::Abstract.name(),
    Column::Claim.name(),
    Column::ContentHash.name(),
    "enterprise",
    "code",
    "name_zh",
    "name_en",
    "name_key",
];

/// Collects documents as columns.
pub(crate) struct Builder {
    retrieved: i32,
    rows: usize,
    texts: [StringBuilder; TEXTS.len()],
    dates: [Date32Builder; 3],
    counts: [UInt64Builder; 3],
    lists: [ListBuilder<StringBuilder>; 3],
    actors: ActorsBuilder,
    hash: FixedSizeBinaryBuilder,
}

/// The plain text columns, in the order of [`Builder::texts`].
const TEXTS: [Column; 10] = [
    Column::Id,
    Column::Kind,
    Column::Title,
    Column::Abstract,
    Column::Claim,
    Column::Language,
    Column::DatePrecision,
    Column::SourceFormat,
    Column::SourceFile,
    Column::Snapshot,
];

impl Builder {
    /// Starts an empty batch of documents fetched on `retrieved`.
    pub(crate) fn new(retrieved: NaiveDate) -> Self {
        Self {
            retrieved: days(retrieved),
            rows: 0,
            texts: std::array::from_fn(|_| StringBuilder::new()),
            dates: std::array::from_fn(|_| Date32Builder::new()),
            counts: std::array::from_fn(|_| UInt64Builder::new()),
            lists: std::array::from_fn(|_| {
                ListBuilder::new(StringBuilder::new()).with_field(item(DataType::Utf8))
            }),
            actors: ActorsBuilder::new(),
            hash: FixedSizeBinaryBuilder::new(16),
        }
    }

    /// Returns the number of rows collected.
    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// Adds one document.
    ///
    /// # Errors
    ///
    /// None in practice: the hash always has the width of its column.
    pub(crate) fn push(&mut self, document: &Document) -> Result<(), ArrowError> {
        let texts = [
            document.id.as_str(),
            document.kind.as_str(),
            &document.title,
            &document.abstract_text,
            &document.claim,
            &document.language,
            document.date_precision.as_str(),
            &document.source.format,
            &document.source.file,
            // The id of a snapshot is known only when all its documents are.
            "",
        ];
        for (column, text) in self.texts.iter_mut().zip(texts) {
            column.append_value(text);
        }
        self.dates[0].append_value(days(document.date));
        self.dates[1].append_option(document.updated.map(days));
        self.dates[2].append_value(self.retrieved);
        let counts =
            [document.source.record, document.source.line, normal::title_key(&document.title)];
        for (column, count) in self.counts.iter_mut().zip(counts) {
            column.append_value(count);
        }
        for (column, list) in
            self.lists.iter_mut().zip([&document.classes, &document.places, &document.cites])
        {
            for text in list {
                column.values().append_value(text);
            }
            column.append(true);
        }
        self.actors.push(&document.actors);
        self.hash.append_value(document.content_hash())?;
        self.rows += 1;
        Ok(())
    }

    /// Takes the collected rows as a batch and starts anew.
    ///
    /// # Errors
    ///
    /// None in practice: all columns grow together.
    pub(crate) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let rows = std::mem::take(&mut self.rows);
        let columns = Column::ALL
            .iter()
            .map(|column| self.column(*column, rows))
            .collect::<Result<_, _>>()?;
        RecordBatch::try_new(schema(), columns)
    }

    fn column(&mut self, column: Column, rows: usize) -> Result<ArrayRef, ArrowError> {
        if let Some(place) = TEXTS.iter().position(|text| *text == column) {
            return Ok(Arc::new(self.texts[place].finish()));
        }
        Ok(match column {
            Column::Date => Arc::new(self.dates[0].finish()),
            Column::Updated => Arc::new(self.dates[1].finish()),
            Column::Retrieved => Arc::new(self.dates[2].finish()),
            Column::SourceRecord => Arc::new(self.counts[0].finish()),
            Column::SourceLine => Arc::new(self.counts[1].finish()),
            Column::TitleKey => Arc::new(self.counts[2].finish()),
            Column::Classes => Arc::new(self.lists[0].finish()),
            Column::Places => Arc::new(self.lists[1].finish()),
            Column::Cites => Arc::new(self.lists[2].finish()),
            Column::Actors => Arc::new(self.actors.finish()?),
            Column::ContentHash => Arc::new(self.hash.finish()),
            // Set when the snapshot is put together.
            _ => arrow_array::new_null_array(&DataType::Utf8, rows),
        })
    }
}

/// Collects the list of actors as three flat columns and offsets.
struct ActorsBuilder {
    offsets: OffsetBufferBuilder<i32>,
    name: StringBuilder,
    role: StringBuilder,
    country: StringBuilder,
}

impl ActorsBuilder {
    fn new() -> Self {
        Self {
            offsets: OffsetBufferBuilder::new(0),
            name: StringBuilder::new(),
            role: StringBuilder::new(),
            country: StringBuilder::new(),
        }
    }

    fn push(&mut self, actors: &[Actor]) {
        for actor in actors {
            self.name.append_value(&actor.name);
            self.role.append_value(actor.role.as_str());
            self.country.append_option(actor.country.as_deref());
        }
        self.offsets.push_length(actors.len());
    }

    fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let offsets: OffsetBuffer<i32> =
            std::mem::replace(&mut self.offsets, OffsetBufferBuilder::new(0)).finish();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.name.finish()),
            Arc::new(self.role.finish()),
            Arc::new(self.country.finish()),
        ];
        let actors = StructArray::try_new(actor_fields(), columns, None)?;
        ListArray::try_new(item(DataType::Struct(actor_fields())), offsets, Arc::new(actors), None)
    }
}

/// One Parquet file being written.
pub(crate) struct ParquetFile {
    path: PathBuf,
    writer: ArrowWriter<File>,
    pending: BatchCoalescer,
    rows: u64,
}

impl ParquetFile {
    /// Creates a file that is kept.
    ///
    /// # Errors
    ///
    /// When the system cannot create it.
    pub(crate) fn create(path: &Path, schema: SchemaRef) -> Result<Self, EvidenceError> {
        Self::with_compression(path, schema, Compression::ZSTD(ZstdLevel::default()))
    }

    /// Creates a file that lives until its import is complete: larger, but sooner written.
    ///
    /// # Errors
    ///
    /// When the system cannot create it.
    pub(crate) fn create_temporary(path: &Path, schema: SchemaRef) -> Result<Self, EvidenceError> {
        Self::with_compression(path, schema, Compression::SNAPPY)
    }

    fn with_compression(
        path: &Path,
        schema: SchemaRef,
        compression: Compression,
    ) -> Result<Self, EvidenceError> {
        let file = File::create(path).at(path)?;
        let properties = properties(compression);
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))
            .map_err(|error| write_error(path, error))?;
        let pending = BatchCoalescer::new(schema, WRITE_BATCH);
        Ok(Self { path: path.to_owned(), writer, pending, rows: 0 })
    }

    /// Returns the number of rows given so far.
    pub(crate) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds the rows of a batch.
    ///
    /// # Errors
    ///
    /// When the system cannot write.
    pub(crate) fn write(&mut self, batch: RecordBatch) -> Result<(), EvidenceError> {
        self.rows += batch.num_rows() as u64;
        self.pending.push_batch(batch).map_err(|error| write_error(&self.path, error.into()))?;
        self.drain()
    }

    /// Writes what is left and the footer, and waits for the disk.
    ///
    /// # Errors
    ///
    /// When the system cannot write.
    pub(crate) fn close(mut self) -> Result<u64, EvidenceError> {
        self.pending
            .finish_buffered_batch()
            .map_err(|error| write_error(&self.path, error.into()))?;
        self.drain()?;
        let path = self.path;
        let file = self.writer.into_inner().map_err(|error| write_error(&path, error))?;
        file.sync_all().at(&path)?;
        Ok(self.rows)
    }

    fn drain(&mut self) -> Result<(), EvidenceError> {
        while let Some(batch) = self.pending.next_completed_batch() {
            self.writer.write(&batch).map_err(|error| write_error(&self.path, error))?;
        }
        Ok(())
    }
}

fn properties(compression: Compression) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_created_by("linghang".to_owned())
        .set_compression(compression)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_statistics_truncate_length(Some(64));
    // Values that hardly repeat gain nothing from a dictionary.
    for column in UNIQUE {
        properties = properties
            .set_column_dictionary_enabled(ColumnPath::from(column), false)
            .set_column_statistics_enabled(ColumnPath::from(column), EnabledStatistics::None);
    }
    properties.build()
}

fn write_error(path: &Path, error: ParquetError) -> EvidenceError {
    EvidenceError::Io { path: path.to_owned(), source: std::io::Error::other(error) }
}

/// Returns the number of days since 1970-01-01, as Arrow counts them.
pub(crate) fn days(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}
