//! How things reach the reader: tables and charts on a terminal, tables in files, progress on standard error.

pub(crate) mod amount;
pub(crate) mod chart;
pub(crate) mod progress;
pub(crate) mod sheet;
pub(crate) mod table;
