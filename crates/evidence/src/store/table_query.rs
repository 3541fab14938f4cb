//! Reads a table about enterprises: all snapshots or some, one row for each thing that rows are about.
//!
//! Lists say parts: one the name and the district, another a title. Rows of one enterprise (and year, deal, payment)
//! are joined: what a later snapshot, or a later row, says replaces what was said before, column by column; lists of
//! names, tags and titles are united. Rows that stand alone pass through as they are stored, first and in order; joined
//! ones follow in the order of their first row.

use std::collections::VecDeque;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type, Int64Type};
use arrow_array::{Array as _, BooleanArray, RecordBatch, StringArray, new_null_array};
use arrow_schema::{DataType, Field, SchemaRef};
use arrow_select::filter::filter_record_batch;
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::Store;
use super::manifest::Manifest;
use super::names::{Match, Names, is_by_name, text};
use super::table_write::with_column;
use crate::enterprise::{Builder, Table, Value, kind_of, row_values};
use crate::error::EvidenceError;
use crate::table::{Batches, READ_BATCH, file_schema, read_columns};

/// Which rows to read, and which of their columns.
#[derive(Debug, Clone, Default)]
pub struct TableQuery {
    /// Ids of the snapshots; empty for all.
    pub snapshots: Vec<String>,
    /// Only snapshots fetched on this day or before.
    pub retrieved_until: Option<NaiveDate>,
    /// Columns to read, in this order; empty for all.
    pub columns: Vec<String>,
}

/// What tells the rows of a table apart. A deal or payment with a reference needs no more than that.
fn key_columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Enterprises => &["enterprise"],
        Table::EnterpriseYears => &["enterprise", "year"],
        Table::Deals => {
            &["enterprise", "reference", "date", "kind", "round", "amount", "currency", "investor"]
        }
        Table::Payments => &[
            "enterprise",
            "reference",
            "programme",
            "award",
            "decided_on",
            "paid_on",
            "amount",
            "project",
        ],
    }
}

/// Returns the values that tell a row apart.
pub(super) fn key_of(table: Table, values: impl Fn(&str) -> Value) -> Vec<Value> {
    let key: Vec<Value> = key_columns(table).iter().map(|name| values(name)).collect();
    match key.get(1) {
        Some(Value::Text(_)) => key.into_iter().take(2).collect(),
        _ => key,
    }
}

/// Makes a hash of a row's key without copying its texts. Equal keys have equal hashes.
fn key_hash(table: Table, batch: &RecordBatch, row: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for (place, name) in key_columns(table).iter().enumerate() {
        let Some(column) = batch.column_by_name(name).filter(|column| column.is_valid(row)) else {
            0_u8.hash(&mut hasher);
            continue;
        };
        match column.data_type() {
            DataType::Utf8 => column.as_string::<i32>().value(row).hash(&mut hasher),
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).hash(&mut hasher),
            DataType::Int32 => column.as_primitive::<Int32Type>().value(row).hash(&mut hasher),
            DataType::Date32 => column.as_primitive::<Date32Type>().value(row).hash(&mut hasher),
            _ => {}
        }
        if place == 1 && *name == "reference" {
            break;
        }
    }
    hasher.finish()
}

impl Store {
    /// Returns the snapshots of a table that a query reads, in reading order.
    ///
    /// # Errors
    ///
    /// When the store cannot be read, or has no snapshot of a name asked for.
    pub fn select_tables(
        &self,
        table: Table,
        query: &TableQuery,
    ) -> Result<Vec<Manifest>, EvidenceError> {
        let mut manifests = self.table_snapshots(table)?;
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

    /// Reads a table in batches.
    ///
    /// # Errors
    ///
    /// As [`Self::select_tables`]; when a stored file is damaged; when snapshots give an extra column different kinds.
    pub fn read_table(
        &self,
        table: Table,
        query: &TableQuery,
    ) -> Result<TableReader, EvidenceError> {
        let manifests = self.select_tables(table, query)?;
        let folder = self.table_folder(table);
        let files: VecDeque<PathBuf> = manifests
            .iter()
            .flat_map(|known| known.tables.iter().map(|file| folder.join(&known.id).join(file)))
            .collect();
        let schema = joined_schema(table, &manifests, &folder)?;
        let wanted: Vec<String> = if query.columns.is_empty() {
            schema.fields().iter().map(|field| field.name().clone()).collect()
        } else {
            query.columns.clone()
        };
        let mut read: Vec<String> = wanted.clone();
        let keys = key_columns(table).iter().map(|key| (*key).to_owned());
        read.extend(keys.filter(|key| !wanted.contains(key)));
        let fields: Vec<Field> =
            read.iter().filter_map(|name| schema.field_with_name(name).ok().cloned()).collect();
        let output = fields.iter().position(|field| !wanted.contains(field.name()));
        let mut reader = TableReader {
            table,
            schema: Arc::new(arrow_schema::Schema::new_with_metadata(
                fields,
                schema.metadata().clone(),
            )),
            shown: output.unwrap_or(usize::MAX),
            names: Names::default(),
            repeated: FxHashSet::default(),
            held: Vec::new(),
            places: FxHashMap::default(),
            files,
            open: None,
        };
        let stands_alone = |known: &Manifest| known.counts.joined == 0 && known.counts.by_name == 0;
        if manifests.len() > 1 || !manifests.iter().all(stands_alone) {
            reader.names = self.names_for(table, query, &reader.files)?;
            reader.repeated = reader.find_repeated()?;
        }
        Ok(reader)
    }

    /// Finds the enterprises of all names that a table's rows are known by.
    fn names_for(
        &self,
        table: Table,
        query: &TableQuery,
        files: &VecDeque<PathBuf>,
    ) -> Result<Names, EvidenceError> {
        let mut wanted = FxHashSet::default();
        for file in files {
            for batch in read_columns(file, &["enterprise"])? {
                let batch = batch?;
                let ids = text(&batch, "enterprise").into_iter().flatten().flatten();
                wanted.extend(ids.filter(|id| is_by_name(id)).map(str::to_owned));
            }
        }
        let asked = TableQuery {
            snapshots: if table == Table::Enterprises {
                query.snapshots.clone()
            } else {
                Vec::new()
            },
            ..query.clone()
        };
        let mut names = Names::default();
        names.read(self, &self.select_tables(Table::Enterprises, &asked)?, &wanted)?;
        Ok(names)
    }
}

/// Joins the schemas of several snapshots: the declared columns, then the extra ones by name.
fn joined_schema(
    table: Table,
    manifests: &[Manifest],
    folder: &std::path::Path,
) -> Result<SchemaRef, EvidenceError> {
    let mut extra: Vec<Field> = Vec::new();
    for manifest in manifests {
        let Some(file) = manifest.tables.first() else { continue };
        let path = folder.join(&manifest.id).join(file);
        for field in file_schema(&path)?.fields() {
            if table.column(field.name()).is_some() {
                continue;
            }
            match extra.iter().find(|known| known.name() == field.name()) {
                None => extra.push(field.as_ref().clone()),
                Some(known) if kind_of(known) == kind_of(field) => {}
                Some(_) => {
                    let name = field.name();
                    let message =
                        format!("column `{name}` is of another kind in an earlier snapshot");
                    return Err(EvidenceError::Damaged { path, message });
                }
            }
        }
    }
    extra.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(table.schema(&extra))
}

/// Batches of a table's rows.
pub struct TableReader {
    table: Table,
    schema: SchemaRef,
    /// Columns that were asked for; those behind them are read for the keys only.
    shown: usize,
    names: Names,
    repeated: FxHashSet<u64>,
    held: Vec<Vec<Value>>,
    places: FxHashMap<Vec<u8>, usize>,
    files: VecDeque<PathBuf>,
    open: Option<Batches>,
}

impl TableReader {
    /// Returns the schema of the batches.
    pub fn schema(&self) -> SchemaRef {
        let shown: Vec<usize> = (0..self.shown.min(self.schema.fields().len())).collect();
        // The places are below the number of fields.
        self.schema.project(&shown).map_or_else(|_| Arc::clone(&self.schema), Arc::new)
    }

    /// Finds the keys that more than one row has.
    fn find_repeated(&self) -> Result<FxHashSet<u64>, EvidenceError> {
        let (mut seen, mut repeated) = (FxHashSet::default(), FxHashSet::default());
        for file in &self.files {
            for batch in read_columns(file, key_columns(self.table))? {
                let batch = self.named(batch?);
                for row in 0..batch.num_rows() {
                    let key = key_hash(self.table, &batch, row);
                    if !seen.insert(key) {
                        repeated.insert(key);
                    }
                }
            }
        }
        Ok(repeated)
    }

    /// Writes the enterprise that a name stands for into the rows that know the name only.
    fn named(&self, batch: RecordBatch) -> RecordBatch {
        let Some(ids) = text(&batch, "enterprise").filter(|_| !self.names.is_empty()) else {
            return batch;
        };
        if !ids.iter().flatten().any(is_by_name) {
            return batch;
        }
        let known = ids.iter().map(|id| {
            let id = id.unwrap_or_default();
            match self.names.get(id) {
                Some(Match::One(enterprise)) => enterprise.as_str(),
                _ => id,
            }
        });
        let column = Arc::new(StringArray::from_iter_values(known));
        with_column(&batch, "enterprise", column).unwrap_or(batch)
    }

    /// Gives a stored batch the columns of this reader.
    fn fitted(&self, batch: &RecordBatch) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let columns = self.schema.fields().iter().map(|field| {
            batch
                .column_by_name(field.name())
                .map_or_else(|| new_null_array(field.data_type(), batch.num_rows()), Arc::clone)
        });
        RecordBatch::try_new(Arc::clone(&self.schema), columns.collect())
    }

    /// Passes rows that stand alone and holds the others.
    fn split(&mut self, batch: RecordBatch) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let batch = self.fitted(&self.named(batch))?;
        if self.repeated.is_empty() {
            return Ok(batch);
        }
        let mut alone = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            let is_alone = !self.repeated.contains(&key_hash(self.table, &batch, row));
            alone.push(is_alone);
            if !is_alone {
                self.hold(&batch, row);
            }
        }
        filter_record_batch(&batch, &BooleanArray::from(alone))
    }

    fn hold(&mut self, batch: &RecordBatch, row: usize) {
        let values = row_values(batch, row, &self.schema);
        let value = |name: &str| {
            self.schema.index_of(name).map_or(Value::Absent, |place| values[place].clone())
        };
        let mut hasher = blake3::Hasher::new();
        for value in &key_of(self.table, value) {
            value.hash_into(&mut hasher);
        }
        let key = hasher.finalize().as_bytes().to_vec();
        if let Some(place) = self.places.get(&key) {
            for (known, later) in self.held[*place].iter_mut().zip(values) {
                known.update(later);
            }
        } else {
            self.places.insert(key, self.held.len());
            self.held.push(values);
        }
    }

    /// Takes some joined rows.
    fn joined(&mut self) -> Option<Result<RecordBatch, arrow_schema::ArrowError>> {
        if self.held.is_empty() {
            return None;
        }
        let mut builder = Builder::new(Arc::clone(&self.schema));
        for row in self.held.drain(..self.held.len().min(READ_BATCH)) {
            builder.push(&row);
        }
        Some(builder.finish())
    }

    fn show(
        &self,
        batch: Result<RecordBatch, arrow_schema::ArrowError>,
    ) -> Result<RecordBatch, EvidenceError> {
        let shown: Vec<usize> = (0..self.shown.min(self.schema.fields().len())).collect();
        batch.and_then(|batch| batch.project(&shown)).map_err(|error| EvidenceError::Damaged {
            path: PathBuf::from(self.table.file_stem()),
            message: error.to_string(),
        })
    }
}

impl Iterator for TableReader {
    type Item = Result<RecordBatch, EvidenceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(batches) = &mut self.open else {
                let Some(file) = self.files.pop_front() else {
                    let batch = self.joined()?;
                    return Some(self.show(batch));
                };
                let names: Vec<&str> =
                    self.schema.fields().iter().map(|field| field.name().as_str()).collect();
                match read_columns(&file, &names) {
                    Ok(batches) => self.open = Some(batches),
                    Err(error) => return Some(Err(error)),
                }
                continue;
            };
            match batches.next() {
                None => self.open = None,
                Some(Err(error)) => return Some(Err(error)),
                Some(Ok(batch)) => {
                    let batch = self.split(batch);
                    if batch.as_ref().is_ok_and(|batch| batch.num_rows() == 0) {
                        continue;
                    }
                    return Some(self.show(batch));
                }
            }
        }
    }
}
