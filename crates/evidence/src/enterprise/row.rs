//! One row of a table about enterprises, and rows as record batches and back.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder,
    StringBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{OffsetBuffer, OffsetBufferBuilder};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use serde::Serialize;

use super::columns::{Kind, kind_of, qualification_fields};

/// A title that an enterprise holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Qualification {
    /// Id, as a pack or the list names it.
    pub id: String,
    /// Day on which it was granted, as days since 1970-01-01.
    pub granted: Option<i32>,
    /// Year in which it was granted, where it is known.
    pub granted_year: Option<i32>,
    /// Last day on which it holds, as days since 1970-01-01.
    pub valid_until: Option<i32>,
}

/// What a row says in one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Absent,
    /// Money, count or ratio.
    Whole(i64),
    /// A measured number.
    Number(f64),
    /// Days since 1970-01-01.
    Day(i32),
    /// A year.
    Year(i32),
    /// Yes or no.
    Bool(bool),
    /// A text or label.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// Several qualifications.
    Qualifications(Vec<Qualification>),
}

impl Value {
    /// Whether the row says nothing here; an empty list says nothing.
    pub fn is_absent(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Texts(texts) => texts.is_empty(),
            Self::Qualifications(titles) => titles.is_empty(),
            _ => false,
        }
    }

    /// Returns the text of a text or label.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Adds what a later row says: lists are united, everything else is replaced where the later row says something.
    pub(crate) fn update(&mut self, later: Self) {
        match (self, later) {
            (Self::Texts(known), Self::Texts(more)) => {
                known.extend(more);
                let mut seen = rustc_hash::FxHashSet::default();
                known.retain(|text| seen.insert(text.clone()));
            }
            (Self::Qualifications(known), Self::Qualifications(more)) => {
                known.extend(more);
                known.sort();
                known.dedup();
            }
            (_, later) if later.is_absent() => {}
            (known, later) => *known = later,
        }
    }

    /// Adds the value to a hash; different values add different bytes.
    pub(crate) fn hash_into(&self, hasher: &mut blake3::Hasher) {
        let text = |hasher: &mut blake3::Hasher, text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        match self {
            Self::Absent => _ = hasher.update(b"-"),
            Self::Whole(value) => _ = hasher.update(b"w").update(&value.to_le_bytes()),
            Self::Number(value) => _ = hasher.update(b"n").update(&value.to_le_bytes()),
            Self::Day(value) => _ = hasher.update(b"d").update(&value.to_le_bytes()),
            Self::Year(value) => _ = hasher.update(b"y").update(&value.to_le_bytes()),
            Self::Bool(value) => _ = hasher.update(&[b'b', u8::from(*value)]),
            Self::Text(value) => {
                hasher.update(b"t");
                text(hasher, value);
            }
            Self::Texts(values) => {
                hasher.update(b"l").update(&(values.len() as u64).to_le_bytes());
                for value in values {
                    text(hasher, value);
                }
            }
            Self::Qualifications(titles) => {
                hasher.update(b"q").update(&(titles.len() as u64).to_le_bytes());
                for title in titles {
                    text(hasher, &title.id);
                    for day in [title.granted, title.granted_year, title.valid_until] {
                        hasher.update(&day.map_or(i64::MIN, i64::from).to_le_bytes());
                    }
                }
            }
        }
    }
}

/// Collects rows as columns of a schema.
pub struct Builder {
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
}

enum Column {
    Whole(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Year(Int32Builder),
    Bool(BooleanBuilder),
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Titles(Box<TitlesBuilder>),
}

impl Builder {
    /// Starts an empty batch of a schema made by [`super::Table::schema`].
    pub fn new(schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|field| Column::of(kind_of(field))).collect();
        Self { schema, columns, rows: 0 }
    }

    /// Returns the number of rows collected.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row, one value for each column. A value of another kind than its column counts as absent.
    pub fn push(&mut self, row: &[Value]) {
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.push(row.get(place).unwrap_or(&Value::Absent));
        }
        self.rows += 1;
    }

    /// Takes the collected rows as a batch and starts anew.
    ///
    /// # Errors
    ///
    /// When a row lacks a value in a column that must have one.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let columns = self.columns.iter_mut().map(Column::finish).collect::<Result<_, _>>()?;
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}

impl Column {
    fn of(kind: Option<Kind>) -> Self {
        let item = Arc::new(Field::new("item", DataType::Utf8, false));
        match kind {
            Some(Kind::Money | Kind::Count | Kind::Ratio) => Self::Whole(Int64Builder::new()),
            Some(Kind::Number) => Self::Number(Float64Builder::new()),
            Some(Kind::Date) => Self::Day(Date32Builder::new()),
            Some(Kind::Year) => Self::Year(Int32Builder::new()),
            Some(Kind::Bool) => Self::Bool(BooleanBuilder::new()),
            Some(Kind::Texts) => {
                Self::Texts(ListBuilder::new(StringBuilder::new()).with_field(item))
            }
            Some(Kind::Qualifications) => Self::Titles(Box::new(TitlesBuilder::new())),
            Some(Kind::Label | Kind::Text) | None => Self::Text(StringBuilder::new()),
        }
    }

    fn push(&mut self, value: &Value) {
        match (self, value) {
            (Self::Whole(column), Value::Whole(value)) => column.append_value(*value),
            (Self::Whole(column), _) => column.append_null(),
            (Self::Number(column), Value::Number(value)) => column.append_value(*value),
            (Self::Number(column), _) => column.append_null(),
            (Self::Day(column), Value::Day(value)) => column.append_value(*value),
            (Self::Day(column), _) => column.append_null(),
            (Self::Year(column), Value::Year(value)) => column.append_value(*value),
            (Self::Year(column), _) => column.append_null(),
            (Self::Bool(column), Value::Bool(value)) => column.append_value(*value),
            (Self::Bool(column), _) => column.append_null(),
            (Self::Text(column), Value::Text(value)) => column.append_value(value),
            (Self::Text(column), _) => column.append_null(),
            (Self::Texts(column), value) => {
                if let Value::Texts(texts) = value {
                    for text in texts {
                        column.values().append_value(text);
                    }
                }
                column.append(true);
            }
            (Self::Titles(column), Value::Qualifications(titles)) => column.push(titles),
            (Self::Titles(column), _) => column.push(&[]),
        }
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Whole(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Day(column) => Arc::new(column.finish()),
            Self::Year(column) => Arc::new(column.finish()),
            Self::Bool(column) => Arc::new(column.finish()),
            Self::Text(column) => Arc::new(column.finish()),
            Self::Texts(column) => Arc::new(column.finish()),
            Self::Titles(column) => Arc::new(column.finish()?),
        })
    }
}

/// Collects the lists of qualifications as four flat columns and offsets.
struct TitlesBuilder {
    offsets: OffsetBufferBuilder<i32>,
    id: StringBuilder,
    granted: Date32Builder,
    granted_year: Int32Builder,
    valid_until: Date32Builder,
}

impl TitlesBuilder {
    fn new() -> Self {
        Self {
            offsets: OffsetBufferBuilder::new(0),
            id: StringBuilder::new(),
            granted: Date32Builder::new(),
            granted_year: Int32Builder::new(),
            valid_until: Date32Builder::new(),
        }
    }

    fn push(&mut self, titles: &[Qualification]) {
        for title in titles {
            self.id.append_value(&title.id);
            self.granted.append_option(title.granted);
            self.granted_year.append_option(title.granted_year);
            self.valid_until.append_option(title.valid_until);
        }
        self.offsets.push_length(titles.len());
    }

    fn finish(&mut self) -> Result<ListArray, ArrowError> {
        let offsets: OffsetBuffer<i32> =
            std::mem::replace(&mut self.offsets, OffsetBufferBuilder::new(0)).finish();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()),
            Arc::new(self.granted.finish()),
            Arc::new(self.granted_year.finish()),
            Arc::new(self.valid_until.finish()),
        ];
        let titles = StructArray::try_new(qualification_fields(), columns, None)?;
        let item = Arc::new(Field::new("item", DataType::Struct(qualification_fields()), false));
        ListArray::try_new(item, offsets, Arc::new(titles), None)
    }
}

/// Returns what a row of a batch says, one value for each column of `schema`; columns that the batch lacks are absent.
pub fn row_values(batch: &RecordBatch, row: usize, schema: &Schema) -> Vec<Value> {
    schema
        .fields()
        .iter()
        .map(|field| {
            let column = batch.column_by_name(field.name());
            column.map_or(Value::Absent, |column| value_at(column, row, kind_of(field)))
        })
        .collect()
}

fn value_at(column: &ArrayRef, row: usize, kind: Option<Kind>) -> Value {
    if column.is_null(row) {
        return Value::Absent;
    }
    let found = match kind {
        Some(Kind::Money | Kind::Count | Kind::Ratio) => {
            column.as_primitive_opt::<Int64Type>().map(|column| Value::Whole(column.value(row)))
        }
        Some(Kind::Number) => {
            column.as_primitive_opt::<Float64Type>().map(|column| Value::Number(column.value(row)))
        }
        Some(Kind::Date) => {
            column.as_primitive_opt::<Date32Type>().map(|column| Value::Day(column.value(row)))
        }
        Some(Kind::Year) => {
            column.as_primitive_opt::<Int32Type>().map(|column| Value::Year(column.value(row)))
        }
        Some(Kind::Bool) => column.as_boolean_opt().map(|column| Value::Bool(column.value(row))),
        Some(Kind::Texts) => column.as_list_opt::<i32>().and_then(|lists| {
            let texts = lists.value(row);
            let texts = texts.as_string_opt::<i32>()?;
            Some(Value::Texts(texts.iter().flatten().map(str::to_owned).collect()))
        }),
        Some(Kind::Qualifications) => column
            .as_list_opt::<i32>()
            .and_then(|lists| qualifications(lists, row).map(Value::Qualifications)),
        Some(Kind::Label | Kind::Text) | None => {
            column.as_string_opt::<i32>().map(|column| Value::Text(column.value(row).to_owned()))
        }
    };
    found.unwrap_or_default()
}

/// Returns the qualifications of one row; `None` when the column is none of qualifications.
pub fn qualifications(lists: &ListArray, row: usize) -> Option<Vec<Qualification>> {
    let titles = lists.value(row);
    let titles = titles.as_struct_opt()?;
    let id = titles.column(0).as_string_opt::<i32>()?;
    let granted = titles.column(1).as_primitive_opt::<Date32Type>()?;
    let year = titles.column(2).as_primitive_opt::<Int32Type>()?;
    let until = titles.column(3).as_primitive_opt::<Date32Type>()?;
    let read = |place: usize| Qualification {
        id: id.value(place).to_owned(),
        granted: granted.is_valid(place).then(|| granted.value(place)),
        granted_year: year.is_valid(place).then(|| year.value(place)),
        valid_until: until.is_valid(place).then(|| until.value(place)),
    };
    Some((0..titles.len()).map(read).collect())
}
