//! Patent tables of The Lens, in the old (`publication_date`) and the new (`Publication Date`) spelling of headers.
//!
//! Old tables write dates as dd/mm/yy; the century comes from `publication_year`. Where the two disagree or the date
//! cannot be read, the year alone is kept. Lists are separated by `;;`.

use super::bibliography::split;
use super::table::{Header, Row, read_header, read_rows};
use super::{Context, Sink, shorten};
use crate::dates::{self, Dated};
use crate::document::{Actor, Document, Kind, Role};
use crate::error::EvidenceError;
use crate::input::{TextReader, guess_delimiter};
use crate::normal::{language_code, one_line};
use crate::reject::Problem;

/// The places of the columns that are used.
struct Columns {
    id: usize,
    title: usize,
    date: Option<usize>,
    year: Option<usize>,
    abstract_text: Option<usize>,
    claim: Option<usize>,
    language: Option<usize>,
    jurisdiction: Option<usize>,
    applicants: Option<usize>,
    inventors: Option<usize>,
    ipc: Option<usize>,
    cpc: Option<usize>,
    cites: Option<usize>,
}

const LIST: &str = ";;";

/// Reads the table.
pub(crate) fn read(
    context: &Context<'_>,
    mut text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let delimiter = guess_delimiter(text.peek(16 << 10).map_err(|error| context.io(error))?);
    let (header, records) = read_header(context, text, delimiter)?;
    let columns = columns(&header).map_err(|problem| context.header(problem))?;
    read_rows(context, &header, records, sink, |row| convert(&columns, row))
}

fn columns(header: &Header) -> Result<Columns, linghang_core::Bilingual> {
    let date = header.find(&["publication_date", "Publication Date"]);
    let year = header.find(&["publication_year", "Publication Year"]);
    if date.is_none() && year.is_none() {
        header.require(&["publication_date"])?;
    }
    Ok(Columns {
        id: header.require(&["lens_id", "Lens ID"])?,
        title: header.require(&["title", "Title"])?,
        date,
        year,
        abstract_text: header.find(&["abstract", "Abstract"]),
        claim: header.find(&["first_claim", "First Claim", "claims", "Claims"]),
        language: header.find(&["language", "Language"]),
        jurisdiction: header.find(&["jurisdiction", "Jurisdiction"]),
        applicants: header.find(&["applicants", "Applicants"]),
        inventors: header.find(&["inventors", "Inventors"]),
        ipc: header.find(&["ipcr_classifications", "IPCR Classifications"]),
        cpc: header.find(&["cpc_classifications", "CPC Classifications"]),
        cites: header.find(&[
            "cites_patents",
            "Cites Patents",
            "npl_citation_ids",
            "NPL Citation IDs",
        ]),
    })
}

fn convert(columns: &Columns, row: Row<'_>) -> Result<Document, Problem> {
    let id = row.get(Some(columns.id)).trim();
    let (date, precision) = date(row.get(columns.date).trim(), row.get(columns.year).trim())?;
    let title = one_line(row.get(Some(columns.title)));
    let mut document = Document::new(Kind::Patent, format!("lens:{id}"), title, date, precision);
    document.abstract_text = one_line(row.get(columns.abstract_text));
    document.claim = one_line(row.get(columns.claim));
    document.language = language_code(row.get(columns.language)).unwrap_or_default();
    for (scheme, place) in [("ipc", columns.ipc), ("cpc", columns.cpc)] {
        for class in row.get(place).split(LIST) {
            document.add_class(scheme, class);
        }
    }
    for (role, place) in
        [(Role::Applicant, columns.applicants), (Role::Inventor, columns.inventors)]
    {
        document
            .actors
            .extend(split(row.get(place), LIST).into_iter().map(|name| Actor::new(name, role)));
    }
    document.add_place(row.get(columns.jurisdiction));
    document.cites =
        split(row.get(columns.cites), LIST).into_iter().map(|id| format!("lens:{id}")).collect();
    Ok(document)
}

/// Reads the publication date with the help of the year.
fn date(date: &str, year: &str) -> Result<Dated, Problem> {
    let known_year: Option<i32> = year.strip_suffix(".0").unwrap_or(year).parse().ok();
    if let Some(dated) = dates::parse(date) {
        return Ok(dated);
    }
    let mut parts = date.split('/').map(str::parse::<u32>);
    if let (Some(Ok(day)), Some(Ok(month)), Some(Ok(last)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        let full = match known_year {
            _ if last >= 1000 => i32::try_from(last).ok(),
            Some(year) if year.rem_euclid(100) == last as i32 => Some(year),
            _ => None,
        };
        if let Some(dated) = full.and_then(|year| dates::from_parts(year, Some(month), Some(day))) {
            return Ok(dated);
        }
    }
    if date.is_empty() && year.is_empty() {
        return Err(Problem::Missing("date"));
    }
    let bad = || Problem::BadDate(shorten(if date.is_empty() { year } else { date }));
    known_year.and_then(|year| dates::from_parts(year, None, None)).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_column_gives_the_century() {
        for (text, year, expected) in [
            ("05/10/17", "2017", Some("2017-10-05 day")),
            ("05/10/48", "1948", Some("1948-10-05 day")),
            ("05/10/2017", "", Some("2017-10-05 day")),
            ("2017-10-05", "", Some("2017-10-05 day")),
            ("05/10/17", "2016", Some("2016-01-01 year")),
            ("31/02/17", "2017", Some("2017-01-01 year")),
            ("", "2017", Some("2017-01-01 year")),
            ("05/10/17", "", None),
            ("", "", None),
        ] {
            let found = date(text, year).ok().map(|(day, precision)| format!("{day} {precision}"));
            assert_eq!(found.as_deref(), expected, "{text} {year}");
        }
    }
}
