//! Web of Science and Scopus tables: headers of two-letter tags or of words, comma, tab or semicolon.

use super::bibliography::{Fields, split};
use super::table::{Header, Row, read_header, read_rows};
use super::{Context, Format, Sink};
use crate::document::Document;
use crate::error::EvidenceError;
use crate::input::{TextReader, guess_delimiter};
use crate::reject::Problem;

/// The places of the columns that are used.
struct Columns {
    accession: Option<usize>,
    doi: Option<usize>,
    title: usize,
    abstract_text: Option<usize>,
    language: Option<usize>,
    year: usize,
    month: Option<usize>,
    journal: Option<usize>,
    authors: Option<usize>,
    addresses: Option<usize>,
    funders: Option<usize>,
    categories: Option<usize>,
    keywords: Option<usize>,
    index_keywords: Option<usize>,
    references: Option<usize>,
}

/// Reads the table.
pub(crate) fn read(
    context: &Context<'_>,
    mut text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let delimiter = guess_delimiter(text.peek(16 << 10).map_err(|error| context.io(error))?);
    let (header, records) = read_header(context, text, delimiter)?;
    let columns = columns(&header).map_err(|problem| context.header(problem))?;
    let scheme = if context.options.format == Format::Wos { "wos" } else { "scopus" };
    read_rows(context, &header, records, sink, |row| convert(&columns, scheme, row))
}

fn columns(header: &Header) -> Result<Columns, linghang_core::Bilingual> {
    Ok(Columns {
        accession: header.find(&["EID", "UT", "UT (Unique WOS ID)", "Unique-ID"]),
        doi: header.find(&["DOI", "DI"]),
        title: header.require(&["Title", "TI", "Article Title"])?,
        abstract_text: header.find(&["Abstract", "AB"]),
        language: header.find(&["Language of Original Document", "Language", "LA"]),
        year: header.require(&["Year", "PY", "Publication Year"])?,
        month: header.find(&["PD", "Publication Date"]),
        journal: header.find(&["Source title", "SO"]),
        authors: header.find(&["AF", "Author Full Names", "AU", "Authors"]),
        addresses: header.find(&["C1", "Affiliations", "Addresses"]),
        funders: header.find(&["FU", "Funding Orgs", "Funding Details"]),
        categories: header.find(&["WC", "WoS Categories", "SC", "Research Areas"]),
        keywords: header.find(&["DE", "Author Keywords"]),
        index_keywords: header.find(&["ID", "Index Keywords", "Keywords Plus"]),
        references: header.find(&["CR", "References", "Cited References"]),
    })
}

fn convert(columns: &Columns, scheme: &'static str, row: Row<'_>) -> Result<Document, Problem> {
    let list = |place| split(row.get(place), ";");
    Fields {
        accession: row.get(columns.accession).to_owned(),
        scheme,
        doi: row.get(columns.doi).to_owned(),
        title: row.get(Some(columns.title)).to_owned(),
        abstract_text: known(row.get(columns.abstract_text)).to_owned(),
        language: row.get(columns.language).to_owned(),
        year: row.get(Some(columns.year)).to_owned(),
        month: row.get(columns.month).to_owned(),
        journal: row.get(columns.journal).to_owned(),
        authors: authors(row.get(columns.authors)),
        addresses: split_addresses(row.get(columns.addresses)),
        funders: list(columns.funders),
        categories: list(columns.categories),
        keywords: list(columns.keywords),
        index_keywords: list(columns.index_keywords),
        references: list(columns.references),
    }
    .into_document()
}

/// Scopus writes a sentence where there is no abstract.
fn known(text: &str) -> &str {
    if text.trim() == "[No abstract available]" { "" } else { text }
}

/// Splits authors at `;`, or at commas where Scopus separated "Li W., Sun B." with them; removes Scopus numbers.
fn authors(text: &str) -> Vec<String> {
    let parts = if !text.contains(';') && text.contains(".,") {
        split(text, ".,")
    } else {
        split(text, ";")
    };
    parts.into_iter().map(|name| name.split(" (").next().unwrap_or_default().to_owned()).collect()
}

/// Splits at `;` outside the square brackets in which Web of Science lists names.
fn split_addresses(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if letter == ';' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_split_in_the_ways_of_both_databases() {
        for (text, expected) in [
            ("Li, Wei; Sun, Bo", vec!["Li, Wei", "Sun, Bo"]),
            ("LI W ;SUN B", vec!["LI W", "SUN B"]),
            ("Li W., Sun B.", vec!["Li W", "Sun B."]),
            ("Li, Wei (5712345); Sun, Bo (5798765)", vec!["Li, Wei", "Sun, Bo"]),
            ("", vec![]),
        ] {
            assert_eq!(authors(text), expected, "{text}");
        }
    }

    #[test]
    fn names_in_brackets_do_not_split_an_address() {
        let found = split_addresses("[Li, W; Sun, B] A Univ, City, X; [Yu, C] B Inst, Y");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
