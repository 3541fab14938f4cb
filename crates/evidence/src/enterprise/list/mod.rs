//! Lists as bureaus publish them, to rows of a table: CSV and XLSX, a header somewhere in the first rows, titles and
//! notes around it.

mod identity;
mod plan;

use std::io::Read;
use std::path::Path;

use arrow_schema::SchemaRef;
use chrono::NaiveDate;

use self::plan::Plan;
use super::mapping::ListMapping;
use super::row::Value;
use crate::error::{At as _, EvidenceError};
use crate::input::{
    Bytes, DelimitedReader, RECORD_LIMIT, Step, TextReader, check_text, guess_delimiter,
    open_archive, wrong_kind,
};
use crate::readers::{Context, FileFacts, Format, Place, ReadOptions, cell_text, read_sheet};
use crate::reject::{EXCERPT_LIMIT, Problem, Reject};

/// Rows in which the header is looked for.
const HEADER_ROWS: usize = 20;

crate::document::spelled! {
    /// How a list is stored.
    ListFormat {
        /// Delimited text.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

/// How to read a list.
#[derive(Debug, Clone)]
pub struct ListOptions {
    /// How it is stored.
    pub format: ListFormat,
    /// Day on which it was fetched.
    pub retrieved: NaiveDate,
    /// Largest record in bytes; longer ones are rejected.
    pub record_limit: usize,
    /// Which column becomes which field.
    pub mapping: ListMapping,
}

impl ListOptions {
    /// Makes options with the usual record limit.
    pub const fn new(format: ListFormat, retrieved: NaiveDate, mapping: ListMapping) -> Self {
        Self { format, retrieved, record_limit: RECORD_LIMIT, mapping }
    }

    /// Returns the schema of the rows that are read.
    pub fn schema(&self) -> SchemaRef {
        self.mapping.table.schema(&self.mapping.extra())
    }
}

/// A row of a list, with what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// One value for each column of [`ListOptions::schema`]; the snapshot's id is empty still.
    pub values: Vec<Value>,
    /// A wrong credit code that was left out.
    pub warning: Option<Reject>,
}

/// What a record of a list became.
pub type ListOutcome = Result<ListRow, Reject>;

/// Reads one list.
///
/// # Errors
///
/// When the file is empty, breaks off, or has no row with the columns of the mapping; and whatever the sink returns.
pub fn read_list(
    path: &Path,
    source: Box<dyn Read + Send>,
    options: &ListOptions,
    sink: &mut dyn FnMut(ListOutcome) -> Result<(), EvidenceError>,
) -> Result<FileFacts, EvidenceError> {
    let format = match options.format {
        ListFormat::Csv => Format::Csv,
        ListFormat::Xlsx => Format::Xlsx,
    };
    let mut read = ReadOptions::new(format, options.retrieved);
    read.record_limit = options.record_limit;
    let context = Context::new(path, &read);
    let (archive, bytes) = open_archive(source).at(path)?;
    let mut records = 0;
    let mut counting = |outcome| {
        records += 1;
        sink(outcome)
    };
    let result = match options.format {
        ListFormat::Xlsx => from_sheet(&context, options, bytes, &mut counting).map(|()| ""),
        ListFormat::Csv => from_text(&context, options, TextReader::new(bytes), &mut counting),
    };
    let encoding = context.archive_fault(archive, records, result)?;
    Ok(FileFacts { archive, encoding, records })
}

type Sink<'s> = &'s mut dyn FnMut(ListOutcome) -> Result<(), EvidenceError>;

fn from_text(
    context: &Context<'_>,
    options: &ListOptions,
    mut text: TextReader,
    sink: Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    if let Some(found) = wrong_kind(text.peek(8).at(context.path)?) {
        return Err(context.wrong_file(found));
    }
    if text.is_blank().at(context.path)? {
        return Err(EvidenceError::Empty { path: context.path.to_owned() });
    }
    let head = text.peek(16 << 10).at(context.path)?;
    let delimiter = options.mapping.delimiter.unwrap_or_else(|| guess_delimiter(head));
    let mut records = DelimitedReader::new(text, delimiter, options.record_limit);
    let mut search = HeaderSearch::new(options);
    let plan = loop {
        if records.next_record().at(context.path)? == Step::End {
            return Err(search.fail(context));
        }
        let names = (0..records.count())
            .map(|place| String::from_utf8_lossy(records.field(place)).into_owned());
        if let Some(plan) = search.try_row(names.collect(), context)? {
            break plan;
        }
    };
    let mut record = 0;
    loop {
        let step = records.next_record().at(context.path)?;
        if step == Step::End {
            return Ok(records.encoding());
        }
        if step == Step::Record && records.whole().iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        record += 1;
        let place = Place { record, line: records.line() };
        let draft = if step == Step::TooLong {
            Err(Problem::TooLong { limit: options.record_limit })
        } else {
            check_text(records.whole(), records.encoding()).and_then(|_text| {
                if records.count() != plan.width {
                    let found = records.count();
                    return Err(Problem::FieldCount { expected: plan.width, found });
                }
                // The record was checked above, and fields end at characters.
                let field = |place| std::str::from_utf8(records.field(place)).unwrap_or_default();
                plan.row(field, context, place)
            })
        };
        sink(Plan::outcome(draft, context, place, || records.excerpt(EXCERPT_LIMIT)))?;
    }
}

fn from_sheet(
    context: &Context<'_>,
    options: &ListOptions,
    bytes: Bytes,
    sink: Sink<'_>,
) -> Result<(), EvidenceError> {
    let cells = read_sheet(context, options.mapping.sheet.as_deref(), bytes)?;
    let first = cells.start().map_or(0, |(row, _)| u64::from(row));
    let mut search = HeaderSearch::new(options);
    let mut rows = (first + 1..).zip(cells.rows());
    let plan = loop {
        let Some((_, row)) = rows.next() else { return Err(search.fail(context)) };
        if let Some(plan) = search.try_row(row.iter().map(cell_text).collect(), context)? {
            break plan;
        }
    };
    let mut record = 0;
    for (line, row) in rows {
        let texts: Vec<String> = row.iter().map(cell_text).collect();
        if texts.iter().all(|text| text.trim().is_empty()) {
            continue;
        }
        record += 1;
        let place = Place { record, line };
        let draft = if texts.iter().any(|text| text.contains('\0')) {
            Err(Problem::Nul)
        } else {
            let field = |place: usize| texts.get(place).map_or("", String::as_str);
            plan.row(field, context, place)
        };
        sink(Plan::outcome(draft, context, place, || texts.join(" | ").into_bytes()))?;
    }
    Ok(())
}

/// Looks for the header among the first rows.
struct HeaderSearch<'o> {
    options: &'o ListOptions,
    row: usize,
    widest: Vec<String>,
}

impl<'o> HeaderSearch<'o> {
    const fn new(options: &'o ListOptions) -> Self {
        Self { options, row: 0, widest: Vec::new() }
    }

    /// Makes the plan when this row is the header. A row that is told to be it must have all columns.
    fn try_row(
        &mut self,
        names: Vec<String>,
        context: &Context<'_>,
    ) -> Result<Option<Plan<'o>>, EvidenceError> {
        self.row += 1;
        let wanted = self.options.mapping.header_row;
        if wanted.is_some_and(|wanted| self.row < wanted) {
            return Ok(None);
        }
        let found = Plan::new(self.options, &names);
        let filled = |names: &[String]| names.iter().filter(|name| !name.is_empty()).count();
        if filled(&names) > filled(&self.widest) {
            self.widest = names;
        }
        match found {
            Ok(plan) => Ok(Some(plan)),
            Err(problem) if wanted.is_some() => Err(context.header(problem)),
            Err(_) if self.row >= HEADER_ROWS => Err(self.fail(context)),
            Err(_) => Ok(None),
        }
    }

    /// Says which column the likeliest header lacks.
    fn fail(&self, context: &Context<'_>) -> EvidenceError {
        match Plan::new(self.options, &self.widest) {
            Err(problem) if !self.widest.is_empty() => context.header(problem),
            _ => EvidenceError::Empty { path: context.path.to_owned() },
        }
    }
}
