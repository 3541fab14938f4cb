//! The `documents` table: its Arrow schema, its writer and its columnar reader.
//!
//! # Columns
//!
//! | column | type | meaning |
//! | --- | --- | --- |
//! | `id` | text | scheme and id |
//! | `kind` | text | paper, patent, news, policy, project |
//! | `title`, `abstract`, `claim` | text | empty where the source has none |
//! | `language` | text | code, or `other` |
//! | `date`, `date_precision` | day, text | first public day; day, month or year |
//! | `updated` | day, may be null | last version |
//! | `classes` | list of text | with scheme, primary first |
//! | `actors` | list of (name, role, country) | in the order of the source |
//! | `places`, `cites` | lists of text | |
//! | `same_title_as` | text, may be null | id of an earlier document with the same normalised title, kind and year ±1 |
//! | `source_format`, `source_file`, `source_record`, `source_line` | text, text, count, count | where it was read |
//! | `retrieved`, `snapshot` | day, text | when it was fetched, and in which snapshot it is |
//! | `title_key`, `content_hash` | number, 16 bytes | for finding duplicates |

mod batch;
mod columns;
mod writer;

pub use batch::{ActorView, DocumentBatch, DocumentView};
pub(crate) use batch::{Batches, file_schema, read_columns, read_parquet, read_row};
pub(crate) use columns::schema;
pub use columns::{Column, SCHEMA_VERSION};
pub(crate) use writer::{Builder, ParquetFile, READ_BATCH, WRITE_BATCH};
