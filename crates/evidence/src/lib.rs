//! Evidence: what is known, as immutable dated snapshots of documents.
//!
//! Goes in: export files of bibliographic and patent databases, in many formats, encodings and archives.
//! Comes out: [`Document`]s, the [`Reject`]s with their reasons, and snapshots in Parquet that the engines read.
//!
//! # Invariants
//!
//! - Nothing is lost in silence: a record becomes a document, a duplicate with its reason, or a reject with its reason.
//! - A snapshot is written once, as a whole, under an id made from its content; the same input gives the same bytes.
//! - Memory is bounded while reading: no record above the record limit is ever held.
//! - The day of retrieval is an argument; this crate reads no clock.
//!
//! # Not here
//!
//! Segmentation, term counting and any judgement about what a document means (`text`, `scan`).

pub mod dates;
pub mod document;
pub mod enterprise;
pub mod error;
pub mod input;
pub mod normal;
pub mod readers;
pub mod reject;
pub mod store;
pub mod table;

pub use document::{Actor, DatePrecision, Document, Kind, Role, Source};
pub use error::{EvidenceError, system_text};
pub use readers::{Format, Mapping, ReadOptions};
pub use reject::{Problem, Reject, code_text};
pub use store::{
    ImportOptions, ImportOutcome, ImportReport, NewSnapshot, NoProgress, Progress, Query, Store,
    TableQuery, TableReader,
};
pub use table::{ActorView, Column, DocumentBatch, DocumentView};
