//! The industry review: what a leader reads, made from engine results.
//!
//! Floor 5. In its first form it turns one horizon scan and its back-test into a self-contained page in Chinese and
//! English, with every table beside it as CSV and JSON.
//!
//! # Invariants
//!
//! - Pure: numbers in, bytes out. No file, clock, environment or network; the caller writes the files.
//! - The same input gives the same bytes.
//! - Every sentence is made from the input by a template; nothing is said that no number supports.
//! - Every chart has a sentence and a table that say the same.
//!
//! # Not here
//!
//! Scoring, fitting and back-testing belong to the engines; names of tracks belong to the pack and arrive as input.

mod chart;
mod error;
mod findings;
mod input;
mod limits;
mod names;
mod page;
mod palette;
mod tables;
mod words;

pub use error::ReviewError;
pub use findings::Finding;
pub use input::{ForecastCheck, ReportInput, TrackName};
pub use limits::Limit;

use words::Words;

/// A finished report: files with paths relative to the folder that the caller chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The page first (`index.html`), then the tables by name.
    pub files: Vec<ReportFile>,
}

/// One file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Relative path with `/` between folders.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Makes the page and the tables.
///
/// # Errors
///
/// Fails only when the program's own texts or the tables cannot be written, which the tests rule out for the
/// texts that ship.
pub fn build(input: &ReportInput<'_>) -> Result<Report, ReviewError> {
    let words = Words::load()?;
    let page = page::render(input, &words);
    let mut files = vec![ReportFile { path: "index.html".to_owned(), bytes: page.into_bytes() }];
    files.extend(tables::files(input, &words)?);
    Ok(Report { files })
}

/// Returns what stands out, most important first, at most ten sentences in both languages.
///
/// # Errors
///
/// Fails when the program's own texts cannot be read.
pub fn findings(input: &ReportInput<'_>) -> Result<Vec<Finding>, ReviewError> {
    Ok(findings::find(input, &Words::load()?))
}

/// Returns what the result does not allow anybody to say.
///
/// # Errors
///
/// Fails when the program's own texts cannot be read.
pub fn limits(input: &ReportInput<'_>) -> Result<Vec<Limit>, ReviewError> {
    Ok(limits::find(input, &Words::load()?))
}
