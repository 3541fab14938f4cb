//! The four tables about enterprises, beside the `documents` table: who they are, their years, their deals, what they
//! were paid.
//!
//! | table | one row is | key |
//! | --- | --- | --- |
//! | `enterprises` | what a list says about an enterprise | `enterprise` |
//! | `enterprise_years` | an enterprise's figures of one year | `enterprise`, `year` |
//! | `deals` | an investment, loan, listing or take-over | `enterprise`, `reference`, or what the deal says |
//! | `payments` | money paid to (or, negative, taken back from) an enterprise | `enterprise`, `reference`, or what the payment says |
//!
//! Every column is declared once, in [`columns`]: name, kind, unit and meaning; the Arrow schema carries the same as
//! metadata. Money is whole fen (`Int64`), dates are `Date32`, counts `Int64`, labels text. Every row knows its source,
//! its file and line, its day of retrieval and its snapshot.
//!
//! # The id of an enterprise
//!
//! `enterprise` is a scheme and an id: `uscc:` with the unified social credit code where one is known; else the scheme
//! of the list with the list's own id (`yc:10`); else the scheme with an id made from the normalised name
//! (`unicorns:made-…`). A list without codes is matched by normalised name to enterprises that are known already.

pub mod code;
pub mod columns;
mod list;
mod mapping;
pub mod name;
mod row;
pub mod value;

pub use columns::{ColumnSpec, Kind, LAYOUT_VERSION, Table, field, kind_of};
pub use list::{ListFormat, ListOptions, ListOutcome, ListRow, read_list};
pub use mapping::ListMapping;
pub use row::{Builder, Qualification, Value, qualifications, row_values};
