//! What all table formats share: a header by name, and records as text fields.

use linghang_core::Bilingual;

use super::{Context, Place, Sink};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::{DelimitedReader, Step, TextReader, check_text};
use crate::reject::{EXCERPT_LIMIT, Problem};

/// The columns of a table by name. Case, spaces and a byte-order mark do not matter.
pub(crate) struct Header {
    names: Vec<String>,
}

impl Header {
    /// Takes the names as written.
    ///
    /// # Errors
    ///
    /// The names that stand there more than once. Empty names may repeat; they cannot be asked for.
    pub(crate) fn new(names: impl Iterator<Item = String>) -> Result<Self, Bilingual> {
        let names: Vec<String> = names.map(|name| plain(&name)).collect();
        let mut repeated: Vec<&str> = Vec::new();
        for (place, name) in names.iter().enumerate() {
            if !name.is_empty()
                && names[..place].contains(name)
                && !repeated.contains(&name.as_str())
            {
                repeated.push(name);
            }
        }
        if repeated.is_empty() {
            return Ok(Self { names });
        }
        let list = repeated.join(", ");
        Err(Bilingual::new(
            format!("表头有重复的列：{list}"),
            format!("the header repeats columns: {list}"),
        ))
    }

    /// Takes the names as written, whether or not they repeat: the first of equal ones is found.
    pub(crate) fn new_unchecked(names: impl Iterator<Item = String>) -> Self {
        Self { names: names.map(|name| plain(&name)).collect() }
    }

    /// Returns the number of columns.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the place of the first of these names that the table has.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let wanted = plain(name);
            self.names.iter().position(|known| *known == wanted)
        })
    }

    /// Returns the place of a column that must be there.
    ///
    /// # Errors
    ///
    /// Names the column and what the header has instead.
    pub(crate) fn require(&self, names: &[&str]) -> Result<usize, Bilingual> {
        self.find(names).ok_or_else(|| {
            let found = super::shorten(&self.names.join(", "));
            Bilingual::new(
                format!("缺少列“{}”；表头为：{found}", names[0]),
                format!("column `{}` is missing; the header has: {found}", names[0]),
            )
        })
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// One record of a table whose text has been checked.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    records: &'a DelimitedReader,
}

impl<'a> Row<'a> {
    /// Returns the field at `place`; empty where there is no such column.
    pub(crate) fn get(self, place: Option<usize>) -> &'a str {
        // The whole record is valid text, and fields end at characters; an impossible fault reads as empty.
        place.map_or("", |place| std::str::from_utf8(self.records.field(place)).unwrap_or_default())
    }
}

/// Reads the header of a delimited table.
///
/// # Errors
///
/// When the source cannot be read or the header repeats a column.
pub(crate) fn read_header(
    context: &Context<'_>,
    text: TextReader,
    delimiter: u8,
) -> Result<(Header, DelimitedReader), EvidenceError> {
    let mut records = DelimitedReader::new(text, delimiter, context.options.record_limit);
    let step = records.next_record().map_err(|error| context.io(error))?;
    if step == Step::TooLong {
        let limit = context.options.record_limit;
        return Err(context.header(Bilingual::new(
            format!("表头超过 {limit} 字节上限"),
            format!("the header is longer than the limit of {limit} bytes"),
        )));
    }
    let names = (0..records.count())
        .map(|place| String::from_utf8_lossy(records.field(place)).into_owned());
    let header = Header::new(names).map_err(|problem| context.header(problem))?;
    Ok((header, records))
}

/// Gives each record of a table to `convert` and what it makes of it to the sink.
///
/// # Errors
///
/// When the source cannot be read, and what the sink returns.
pub(crate) fn read_rows(
    context: &Context<'_>,
    header: &Header,
    mut records: DelimitedReader,
    sink: &mut Sink<'_>,
    mut convert: impl FnMut(Row<'_>) -> Result<Document, Problem>,
) -> Result<&'static str, EvidenceError> {
    for record in 1_u64.. {
        let step = records.next_record().map_err(|error| context.io(error))?;
        let draft = match step {
            Step::End => break,
            Step::TooLong => Err(Problem::TooLong { limit: context.options.record_limit }),
            Step::Record => check_row(header, &records).and_then(&mut convert),
        };
        let place = Place { record, line: records.line() };
        sink(context.outcome(place, draft, || records.excerpt(EXCERPT_LIMIT)))?;
    }
    Ok(records.encoding())
}

fn check_row<'a>(header: &Header, records: &'a DelimitedReader) -> Result<Row<'a>, Problem> {
    check_text(records.whole(), records.encoding())?;
    if records.count() != header.len() {
        return Err(Problem::FieldCount { expected: header.len(), found: records.count() });
    }
    Ok(Row { records })
}
