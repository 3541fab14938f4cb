//! How things reach the reader: tables and charts on a terminal, progress on standard error.

pub(crate) mod chart;
pub(crate) mod progress;
pub(crate) mod table;
