//! Web of Science "plain text" export: two-letter tags, continuation lines with three spaces, `ER` ends a record.

use std::collections::BTreeMap;

use super::bibliography::{Fields, split};
use super::{Context, Place, Sink};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::{Line, LineReader, TextReader, check_text};
use crate::reject::{EXCERPT_LIMIT, Problem};

/// Values of one record: for each tag its lines.
type Tags = BTreeMap<String, Vec<String>>;

/// One record being collected.
#[derive(Default)]
struct Record {
    tags: Tags,
    last: Option<String>,
    line: u64,
    bytes: usize,
    raw: Vec<u8>,
    problem: Option<Problem>,
    is_open: bool,
}

/// Reads the export.
pub(crate) fn read(
    context: &Context<'_>,
    text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let limit = context.options.record_limit;
    let mut lines = LineReader::new(text, limit);
    let mut number = 0;
    let mut record = Record::default();
    while let Some(line) = lines.next_line().map_err(|error| context.io(error))? {
        let (bytes, is_long) = match line {
            Line::Whole(bytes) => (bytes.to_vec(), false),
            Line::TooLong(bytes) => (bytes.to_vec(), true),
        };
        let tag = bytes.get(..2).filter(|_| matches!(bytes.get(2), None | Some(b' ')));
        let is_frame = !record.is_open && matches!(tag, Some(b"FN" | b"VR" | b"EF"));
        if is_frame || bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if tag == Some(b"PT") && record.tags.contains_key("PT") {
            number += 1;
            record.problem.get_or_insert_with(|| Problem::Tagged("no ER".into()));
            emit(context, number, std::mem::take(&mut record), sink)?;
        }
        if tag != Some(b"ER") {
            record.open(lines.number());
            record.add(&bytes, is_long, limit, lines.encoding());
        } else if record.is_open {
            number += 1;
            emit(context, number, std::mem::take(&mut record), sink)?;
        }
    }
    if record.is_open {
        record.problem.get_or_insert_with(|| Problem::Tagged("no ER".into()));
        emit(context, number + 1, record, sink)?;
    }
    Ok(lines.encoding())
}

fn emit(
    context: &Context<'_>,
    number: u64,
    record: Record,
    sink: &mut Sink<'_>,
) -> Result<(), EvidenceError> {
    let place = Place { record: number, line: record.line };
    let draft = match record.problem {
        Some(problem) => Err(problem),
        None => document(&record.tags),
    };
    sink(context.outcome(place, draft, || record.raw))
}

impl Record {
    fn open(&mut self, line: u64) {
        if !self.is_open {
            self.is_open = true;
            self.line = line;
        }
    }

    /// Adds a line; a record that is already broken only keeps its excerpt.
    fn add(&mut self, bytes: &[u8], is_long: bool, limit: usize, encoding: &'static str) {
        self.bytes += bytes.len();
        if self.raw.len() < EXCERPT_LIMIT {
            self.raw.extend_from_slice(&bytes[..bytes.len().min(EXCERPT_LIMIT)]);
            self.raw.push(b'\n');
        }
        if self.problem.is_some() {
            return;
        }
        if is_long || self.bytes > limit {
            self.problem = Some(Problem::TooLong { limit });
            self.tags.clear();
            return;
        }
        match check_text(bytes, encoding) {
            Err(problem) => self.problem = Some(problem),
            Ok(text) => self.add_text(text),
        }
    }

    fn add_text(&mut self, text: &str) {
        if text.starts_with("  ") {
            if let Some(values) = self.last.as_ref().and_then(|tag| self.tags.get_mut(tag)) {
                values.push(text.trim().to_owned());
                return;
            }
            self.problem =
                Some(Problem::Tagged(format!("no tag before `{}`", super::shorten(text.trim()))));
            return;
        }
        let is_tag = text.len() >= 2
            && text.as_bytes()[0].is_ascii_uppercase()
            && text.as_bytes()[1].is_ascii_alphanumeric()
            && matches!(text.as_bytes().get(2), None | Some(b' '));
        if !is_tag {
            self.problem = Some(Problem::Tagged(format!("no tag in `{}`", super::shorten(text))));
            return;
        }
        let (tag, value) = text.split_at(2);
        self.tags.entry(tag.to_owned()).or_default().push(value.trim().to_owned());
        self.last = Some(tag.to_owned());
    }
}

fn document(tags: &Tags) -> Result<Document, Problem> {
    let joined = |tag: &str| tags.get(tag).map(|lines| lines.join(" ")).unwrap_or_default();
    let lines = |tag: &str| tags.get(tag).cloned().unwrap_or_default();
    let authors = if tags.contains_key("AF") { lines("AF") } else { lines("AU") };
    Fields {
        accession: joined("UT"),
        scheme: "wos",
        doi: joined("DI"),
        title: joined("TI"),
        abstract_text: joined("AB"),
        language: joined("LA"),
        year: joined("PY"),
        month: joined("PD"),
        journal: joined("SO"),
        authors,
        addresses: lines("C1"),
        funders: split(&joined("FU"), ";"),
        categories: split(&joined("WC"), ";"),
        keywords: split(&joined("DE"), ";"),
        index_keywords: split(&joined("ID"), ";"),
        references: lines("CR"),
    }
    .into_document()
}
