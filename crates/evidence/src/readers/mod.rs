//! One reader per format: from text to documents and rejects.
//!
//! A reader streams. It gives each record to a sink as `Result<Document, Reject>` and fails as a whole only when the
//! file cannot be read on (system, archive, header, mapping).

mod arxiv_json;
mod arxiv_tsv;
mod bibliographic_table;
mod bibliography;
mod bibtex;
mod json_lines;
mod lens;
mod mapped;
mod mapping;
mod openalex;
mod table;
mod wos_tagged;
mod xlsx;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub(crate) use bibliography::split;
pub(crate) use mapping::Checker;
pub use mapping::Mapping;
pub(crate) use table::Header;
pub(crate) use xlsx::{cell_text, read_sheet};

use chrono::NaiveDate;
use linghang_core::Bilingual;
use rustc_hash::FxHashSet;

use crate::dates::{self, Dated};
use crate::document::{Document, Role};
use crate::error::{At as _, EvidenceError};
use crate::input::{Archive, Bytes, RECORD_LIMIT, TextReader, open_archive, wrong_kind};
use crate::normal;
use crate::reject::{Problem, Reject, excerpt};

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// arXiv metadata as tab-separated table with header and quoted newlines.
    ArxivTsv,
    /// arXiv metadata as JSON Lines (Kaggle dump, OAI, listings).
    ArxivJson,
    /// OpenAlex works as JSON Lines.
    Openalex,
    /// Patents of The Lens as table.
    Lens,
    /// Web of Science: tagged text, table or BibTeX, told apart by content.
    Wos,
    /// Scopus: table or BibTeX, told apart by content.
    Scopus,
    /// BibTeX.
    Bibtex,
    /// Any delimited table, with a mapping.
    Csv,
    /// Any workbook, with a mapping.
    Xlsx,
    /// Any JSON Lines, with a mapping.
    Jsonl,
}

impl Format {
    /// All formats, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[
        Self::ArxivTsv,
        Self::ArxivJson,
        Self::Openalex,
        Self::Lens,
        Self::Wos,
        Self::Scopus,
        Self::Bibtex,
        Self::Csv,
        Self::Xlsx,
        Self::Jsonl,
    ];

    /// Returns whether the format needs a mapping file.
    pub const fn needs_mapping(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Jsonl)
    }

    /// Returns the name used on the command line and in snapshots.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ArxivTsv => "arxiv-tsv",
            Self::ArxivJson => "arxiv-json",
            Self::Openalex => "openalex",
            Self::Lens => "lens",
            Self::Wos => "wos",
            Self::Scopus => "scopus",
            Self::Bibtex => "bibtex",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|format| format.as_str() == text).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|format| format.as_str()).collect();
            format!("`{text}` is none of {}", known.join(", "))
        })
    }
}

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The format of the files.
    pub format: Format,
    /// Day on which the files were fetched.
    pub retrieved: NaiveDate,
    /// Largest record in bytes; longer ones are rejected.
    pub record_limit: usize,
    /// The mapping of the generic formats.
    pub mapping: Option<Mapping>,
}

impl ReadOptions {
    /// Makes options with the usual record limit and no mapping.
    pub const fn new(format: Format, retrieved: NaiveDate) -> Self {
        Self { format, retrieved, record_limit: RECORD_LIMIT, mapping: None }
    }
}

/// What a record became.
pub type Outcome = Result<Document, Reject>;

/// Takes what each record became; an error stops the reading.
pub type Sink<'a> = dyn FnMut(Outcome) -> Result<(), EvidenceError> + 'a;

/// What a reader learned about a file beside its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// How it is packed.
    pub archive: Archive,
    /// Its text encoding; empty for a workbook.
    pub encoding: &'static str,
    /// Records read, good or not.
    pub records: u64,
}

/// Reads one file.
///
/// # Errors
///
/// When the file cannot be opened, is empty, breaks off, or has a header that does not fit the format; and whatever
/// the sink returns.
pub fn read_file(
    path: &Path,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> Result<FileFacts, EvidenceError> {
    let file = File::open(path).at(path)?;
    read_source(path, Box::new(file), options, sink)
}

/// Reads a source of bytes under the name `path`. This is [`read_file`] without the disk.
///
/// # Errors
///
/// As [`read_file`].
pub fn read_source(
    path: &Path,
    source: Box<dyn Read + Send>,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
) -> Result<FileFacts, EvidenceError> {
    let mut archive = Archive::None;
    let mut records = 0;
    let mut counting = |outcome: Outcome| {
        records += 1;
        sink(outcome)
    };
    let context = Context::new(path, options);
    let result = read_opened(&context, source, &mut archive, &mut counting);
    let encoding = context.archive_fault(archive, records, result)?;
    Ok(FileFacts { archive, encoding, records })
}

fn read_opened(
    context: &Context<'_>,
    source: Bytes,
    archive: &mut Archive,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let (found, bytes) = open_archive(source).at(context.path)?;
    *archive = found;
    let format = context.options.format;
    let mapping = context.options.mapping.as_ref();
    if format == Format::Xlsx {
        let mapping = mapping.ok_or(EvidenceError::MappingNeeded(format.as_str()))?;
        return xlsx::read(context, mapping, bytes, sink).map(|()| "");
    }
    let mut text = TextReader::new(bytes);
    let head = text.peek(8).at(context.path)?;
    if let Some(found) = wrong_kind(head) {
        return Err(context.wrong_file(found));
    }
    if text.is_blank().at(context.path)? {
        return Err(EvidenceError::Empty { path: context.path.to_owned() });
    }
    let head = text.peek(256).at(context.path)?.trim_ascii_start();
    let is_bibtex = head.starts_with(b"@");
    let is_tagged = head.starts_with(b"FN ") || head.starts_with(b"PT ");
    match (format, mapping) {
        (Format::ArxivTsv, _) => arxiv_tsv::read(context, text, sink),
        (Format::ArxivJson, _) => arxiv_json::read(context, text, sink),
        (Format::Openalex, _) => openalex::read(context, text, sink),
        (Format::Lens, _) => lens::read(context, text, sink),
        (Format::Bibtex, _) => bibtex::read(context, text, sink),
        (Format::Wos | Format::Scopus, _) if is_bibtex => bibtex::read(context, text, sink),
        (Format::Wos, _) if is_tagged => wos_tagged::read(context, text, sink),
        (Format::Wos | Format::Scopus, _) => bibliographic_table::read(context, text, sink),
        (Format::Csv, Some(mapping)) => mapped::read_csv(context, mapping, text, sink),
        (Format::Jsonl, Some(mapping)) => mapped::read_jsonl(context, mapping, text, sink),
        (Format::Csv | Format::Jsonl | Format::Xlsx, _) => {
            Err(EvidenceError::MappingNeeded(format.as_str()))
        }
    }
}

/// What every reader needs to know about the file it reads.
pub(crate) struct Context<'a> {
    /// Path for errors.
    pub(crate) path: &'a Path,
    /// File name for documents and rejects.
    pub(crate) file: String,
    /// How to read.
    pub(crate) options: &'a ReadOptions,
}

/// Where a record stands in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Record number from 1.
    pub(crate) record: u64,
    /// Line from 1; 0 where there are none.
    pub(crate) line: u64,
}

impl<'a> Context<'a> {
    /// Starts to read a file.
    pub(crate) fn new(path: &'a Path, options: &'a ReadOptions) -> Self {
        let file =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { path, file, options }
    }

    /// Completes a draft, or turns its problem into a reject with an excerpt of `raw`.
    pub(crate) fn outcome(
        &self,
        place: Place,
        draft: Result<Document, Problem>,
        raw: impl FnOnce() -> Vec<u8>,
    ) -> Outcome {
        let outcome = draft.and_then(|document| self.complete(document, place));
        outcome.map_err(|problem| self.reject(place, problem, &raw()))
    }

    /// Makes a reject.
    pub(crate) fn reject(&self, place: Place, problem: Problem, raw: &[u8]) -> Reject {
        let raw = excerpt(raw);
        Reject { file: self.file.clone(), record: place.record, line: place.line, problem, raw }
    }

    /// Turns an error of the system into one about this file.
    pub(crate) fn io(&self, source: io::Error) -> EvidenceError {
        EvidenceError::Io { path: self.path.to_owned(), source }
    }

    /// Makes an error about the header of this file.
    pub(crate) fn header(&self, problem: Bilingual) -> EvidenceError {
        EvidenceError::Header { path: self.path.to_owned(), problem }
    }

    /// Says of an error of the system that it is the archive's, where the file is one.
    pub(crate) fn archive_fault<T>(
        &self,
        archive: Archive,
        records: u64,
        result: Result<T, EvidenceError>,
    ) -> Result<T, EvidenceError> {
        match result {
            // An error about another path is the sink's own, such as a full disk.
            Err(EvidenceError::Io { path, source })
                if archive != Archive::None && path == self.path =>
            {
                let archive = archive.name();
                Err(EvidenceError::BrokenArchive { path, archive, records, source })
            }
            other => other,
        }
    }

    /// Says that the file is of a kind that the format cannot be.
    pub(crate) fn wrong_file(&self, found: &'static str) -> EvidenceError {
        EvidenceError::WrongFile {
            path: PathBuf::from(self.path),
            found,
            format: self.options.format.as_str(),
        }
    }

    fn complete(&self, mut document: Document, place: Place) -> Result<Document, Problem> {
        if document.id.split_once(':').is_none_or(|(_, id)| id.trim().is_empty()) {
            return Err(Problem::Missing("id"));
        }
        if document.title.is_empty() {
            return Err(Problem::Missing("title"));
        }
        dates::check_range(document.date, self.options.retrieved)?;
        if document.language.is_empty() {
            // The title alone can be a formula or a name; title and abstract together tell the script.
            let is_ascii = document.title.is_ascii() && document.abstract_text.is_ascii();
            document.language = if is_ascii {
                normal::detect_language(&document.title).to_owned()
            } else {
                normal::detect_language(&format!("{} {}", document.title, document.abstract_text))
                    .to_owned()
            };
        }
        tidy(&mut document);
        self.options.format.as_str().clone_into(&mut document.source.format);
        self.file.clone_into(&mut document.source.file);
        document.source.record = place.record;
        document.source.line = place.line;
        Ok(document)
    }
}

/// Leaves each class, place and body once, in the order of their first mention. Authors may share a name.
fn tidy(document: &mut Document) {
    for list in [&mut document.classes, &mut document.places] {
        let mut seen = FxHashSet::default();
        list.retain(|text| seen.insert(text.clone()));
    }
    let mut seen = FxHashSet::default();
    document.actors.retain(|actor| actor.role != Role::Organisation || seen.insert(actor.clone()));
}

/// Reads a date that a document must have.
pub(crate) fn required_date(text: &str) -> Result<Dated, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Missing("date"));
    }
    dates::parse(text).ok_or_else(|| Problem::BadDate(shorten(text)))
}

/// Cuts a value for a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
