//! Workbooks (XLSX), read with a mapping file.
//!
//! A workbook is a ZIP archive and cannot be streamed: it is held in memory, up to 256 MB packed. Its cells have no
//! lines, so rejects name the record only.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader as _, Xlsx};

use super::bibliography::split;
use super::mapped::{Values, is_list};
use super::mapping::{FIELDS, Mapping};
use super::table::Header;
use super::{Context, Place, Sink};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::Bytes;
use crate::reject::Problem;

/// Largest workbook that is opened, in packed bytes.
const SIZE_LIMIT: u64 = 256 << 20;

/// Reads one sheet.
pub(crate) fn read(
    context: &Context<'_>,
    mapping: &Mapping,
    bytes: Bytes,
    sink: &mut Sink<'_>,
) -> Result<(), EvidenceError> {
    let cells = read_sheet(context, mapping.sheet.as_deref(), bytes)?;
    let mut rows = cells.rows();
    let names = rows.next().unwrap_or_default().iter().map(cell_text);
    let header = Header::new(names).map_err(|problem| context.header(problem))?;
    let mut places = [None; FIELDS.len()];
    for (place, field) in places.iter_mut().zip(FIELDS) {
        if let Some(column) = mapping.column(field) {
            *place = Some(header.require(&[column]).map_err(|problem| context.header(problem))?);
        }
    }
    let filled = rows.filter(|row| row.iter().any(|cell| !matches!(cell, Data::Empty)));
    for (record, row) in (1_u64..).zip(filled) {
        let draft = document(row, &places, mapping);
        let raw = || row.iter().map(cell_text).collect::<Vec<_>>().join(" | ").into_bytes();
        sink(context.outcome(Place { record, line: 0 }, draft, raw))?;
    }
    Ok(())
}

/// Reads all cells of one sheet, the first where none is named.
pub(crate) fn read_sheet(
    context: &Context<'_>,
    name: Option<&str>,
    bytes: Bytes,
) -> Result<Range<Data>, EvidenceError> {
    let mut workbook = Vec::new();
    bytes.take(SIZE_LIMIT + 1).read_to_end(&mut workbook).map_err(|error| context.io(error))?;
    if workbook.is_empty() {
        return Err(EvidenceError::Empty { path: context.path.to_owned() });
    }
    if workbook.len() as u64 > SIZE_LIMIT {
        return Err(broken(context, format!("larger than {SIZE_LIMIT} bytes")));
    }
    // The reader is other people's code and has panicked on broken files before; a panic must not end the import.
    catch_unwind(AssertUnwindSafe(|| sheet(workbook, name)))
        .unwrap_or_else(|_panic| Err("the file is damaged".to_owned()))
        .map_err(|message| broken(context, message))
}

fn broken(context: &Context<'_>, message: String) -> EvidenceError {
    EvidenceError::Workbook { path: context.path.to_owned(), message }
}

fn sheet(workbook: Vec<u8>, name: Option<&str>) -> Result<Range<Data>, String> {
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(workbook)).map_err(|error| error.to_string())?;
    let names = workbook.sheet_names();
    let name = match name {
        Some(name) => name.to_owned(),
        None => names.first().cloned().ok_or("it has no sheet")?,
    };
    if !names.contains(&name) {
        return Err(format!("no sheet `{name}`; it has {}", names.join(", ")));
    }
    workbook.worksheet_range(&name).map_err(|error| error.to_string())
}

fn document(
    row: &[Data],
    places: &[Option<usize>; FIELDS.len()],
    mapping: &Mapping,
) -> Result<Document, Problem> {
    if row.iter().any(|cell| matches!(cell, Data::String(text) if text.contains('\0'))) {
        return Err(Problem::Nul);
    }
    let values = FIELDS.iter().zip(places).map(|(field, place)| {
        let text = place.and_then(|place| row.get(place)).map(cell_text).unwrap_or_default();
        if is_list(field) { split(&text, &mapping.list_separator) } else { vec![text] }
    });
    Values(values.collect()).document(mapping)
}

/// Writes a cell as text; dates in ISO form, whole numbers without a point.
pub(crate) fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}
