//! Names and types of the columns.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// Version of the layout; written into every snapshot.
pub const SCHEMA_VERSION: u32 = 1;

/// A column of the `documents` table, in the order of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is explained in the table of the module")]
pub enum Column {
    Id,
    Kind,
    Title,
    Abstract,
    Claim,
    Language,
    Date,
    DatePrecision,
    Updated,
    Classes,
    Actors,
    Places,
    Cites,
    SameTitleAs,
    SourceFormat,
    SourceFile,
    SourceRecord,
    SourceLine,
    Retrieved,
    Snapshot,
    TitleKey,
    ContentHash,
}

impl Column {
    /// All columns, in the order of the schema.
    pub const ALL: &'static [Self] = &[
        Self::Id,
        Self::Kind,
        Self::Title,
        Self::Abstract,
        Self::Claim,
        Self::Language,
        Self::Date,
        Self::DatePrecision,
        Self::Updated,
        Self::Classes,
        Self::Actors,
        Self::Places,
        Self::Cites,
        Self::SameTitleAs,
        Self::SourceFormat,
        Self::SourceFile,
        Self::SourceRecord,
        Self::SourceLine,
        Self::Retrieved,
        Self::Snapshot,
        Self::TitleKey,
        Self::ContentHash,
    ];

    /// What a scan needs: texts, date, classes, actors and places.
    pub const SCAN: &'static [Self] = &[
        Self::Id,
        Self::Kind,
        Self::Title,
        Self::Abstract,
        Self::Claim,
        Self::Language,
        Self::Date,
        Self::DatePrecision,
        Self::Classes,
        Self::Actors,
        Self::Places,
    ];

    /// Returns the name of the column in Parquet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Abstract => "abstract",
            Self::Claim => "claim",
            Self::Language => "language",
            Self::Date => "date",
            Self::DatePrecision => "date_precision",
            Self::Updated => "updated",
            Self::Classes => "classes",
            Self::Actors => "actors",
            Self::Places => "places",
            Self::Cites => "cites",
            Self::SameTitleAs => "same_title_as",
            Self::SourceFormat => "source_format",
            Self::SourceFile => "source_file",
            Self::SourceRecord => "source_record",
            Self::SourceLine => "source_line",
            Self::Retrieved => "retrieved",
            Self::Snapshot => "snapshot",
            Self::TitleKey => "title_key",
            Self::ContentHash => "content_hash",
        }
    }

    fn field(self) -> Field {
        let (data_type, nullable) = match self {
            Self::Date | Self::Retrieved => (DataType::Date32, false),
            Self::Updated => (DataType::Date32, true),
            Self::Classes | Self::Places | Self::Cites => (list(DataType::Utf8), false),
            Self::Actors => (list(DataType::Struct(actor_fields())), false),
            Self::SameTitleAs => (DataType::Utf8, true),
            Self::SourceRecord | Self::SourceLine | Self::TitleKey => (DataType::UInt64, false),
            Self::ContentHash => (DataType::FixedSizeBinary(16), false),
            _ => (DataType::Utf8, false),
        };
        Field::new(self.name(), data_type, nullable)
    }
}

/// Returns the schema of the whole table.
pub(crate) fn schema() -> SchemaRef {
    Arc::new(Schema::new(Column::ALL.iter().map(|column| column.field()).collect::<Vec<_>>()))
}

/// Returns the fields of one actor.
pub(crate) fn actor_fields() -> Fields {
    Fields::from(vec![
        Field::new("name", DataType::Utf8, false),
        Field::new("role", DataType::Utf8, false),
        Field::new("country", DataType::Utf8, true),
    ])
}

/// Returns the field of a list's items.
pub(crate) fn item(data_type: DataType) -> Arc<Field> {
    Arc::new(Field::new("item", data_type, false))
}

fn list(data_type: DataType) -> DataType {
    DataType::List(item(data_type))
}
