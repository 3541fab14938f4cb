//! arXiv metadata as a tab-separated table, one file a category.
//!
//! Columns are found by name: `arxiv_id`, `title` and `created` must be there; `abstract`, `categories` (separated by
//! commas), `primary_cat`, `author_text` and `updated` are used where they are. A paper stands in the file of each of
//! its categories; the import drops the repetitions.

use super::table::{Row, read_header, read_rows};
use super::{Context, Sink, required_date};
use crate::dates;
use crate::document::{Actor, Document, Kind, Role};
use crate::error::EvidenceError;
use crate::input::TextReader;
use crate::normal::one_line;
use crate::reject::Problem;

/// The places of the columns that are used.
struct Columns {
    id: usize,
    title: usize,
    created: usize,
    abstract_text: Option<usize>,
    categories: Option<usize>,
    primary: Option<usize>,
    authors: Option<usize>,
    updated: Option<usize>,
}

/// Reads the table.
pub(crate) fn read(
    context: &Context<'_>,
    text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let (header, records) = read_header(context, text, b'\t')?;
    let require = |name: &str| header.require(&[name]).map_err(|problem| context.header(problem));
    let columns = Columns {
        id: require("arxiv_id")?,
        title: require("title")?,
        created: require("created")?,
        abstract_text: header.find(&["abstract"]),
        categories: header.find(&["categories"]),
        primary: header.find(&["primary_cat"]),
        authors: header.find(&["author_text", "authors"]),
        updated: header.find(&["updated"]),
    };
    read_rows(context, &header, records, sink, |row| convert(&columns, row))
}

fn convert(columns: &Columns, row: Row<'_>) -> Result<Document, Problem> {
    let id = arxiv_id(&mended(row.get(Some(columns.id))))?;
    let (date, precision) = required_date(row.get(Some(columns.created)))?;
    let title = one_line(row.get(Some(columns.title)));
    let mut document = Document::new(Kind::Paper, id, title, date, precision);
    document.abstract_text = one_line(row.get(columns.abstract_text));
    document.updated = dates::parse(row.get(columns.updated)).map(|(day, _)| day);
    document.add_class("arxiv", row.get(columns.primary));
    for category in row.get(columns.categories).split([',', ' ']) {
        document.add_class("arxiv", category);
    }
    document.actors = authors(row.get(columns.authors));
    Ok(document)
}

/// Brings back an id that a program took for a number: `1912.1237` was `1912.12370`, `1912.0589699999998` was
/// `1912.05897`. Ids have five digits after the point since 2015, and had four before.
fn mended(id: &str) -> std::borrow::Cow<'_, str> {
    let Some((month, number)) = id.split_once('.') else { return id.into() };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = if month >= "1501" { 5 } else { 4 };
    if month.len() != 4 || !is_number(month) || !is_number(number) || number.len() == digits {
        return id.into();
    }
    match format!("0.{number}").parse::<f64>() {
        Ok(fraction) => format!("{month}.{}", &format!("{fraction:.digits$}")[2..]).into(),
        Err(_) => id.into(),
    }
}

/// Splits a list of authors at commas and a last "and".
fn authors(text: &str) -> Vec<Actor> {
    text.split(',')
        .flat_map(|part| part.split(" and "))
        .map(one_line)
        .filter(|name| !name.is_empty())
        .map(|name| Actor::new(name, Role::Author))
        .collect()
}

/// Normalises an arXiv id: without `arXiv:`, address and version, so that all versions of a paper share one id.
///
/// # Errors
///
/// When there is none, or it has characters that no arXiv id has.
pub(crate) fn arxiv_id(text: &str) -> Result<String, Problem> {
    let mut id = text.trim();
    for prefix in ["https://arxiv.org/abs/", "http://arxiv.org/abs/", "arXiv:", "arxiv:"] {
        id = id.strip_prefix(prefix).unwrap_or(id);
    }
    if let Some((base, version)) = id.rsplit_once('v')
        && !version.is_empty()
        && version.bytes().all(|byte| byte.is_ascii_digit())
    {
        id = base;
    }
    if id.is_empty() {
        return Err(Problem::Missing("id"));
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"./-".contains(&byte);
    if id.len() > 40 || !id.bytes().all(is_plain) || !id.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Value { field: "id".to_owned(), value: super::shorten(text) });
    }
    Ok(format!("arxiv:{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_versions_of_a_paper_share_one_id() {
        for (text, id) in [
            ("1907.00001", Some("arxiv:1907.00001")),
            ("1907.00001v2", Some("arxiv:1907.00001")),
            ("arXiv:1907.00001v12", Some("arxiv:1907.00001")),
            ("http://arxiv.org/abs/cs/9809007v1", Some("arxiv:cs/9809007")),
            ("solv-int/9901001", Some("arxiv:solv-int/9901001")),
            ("", None),
            ("not an id", None),
            ("cs/", None),
        ] {
            assert_eq!(arxiv_id(text).ok().as_deref(), id, "{text}");
        }
    }

    #[test]
    fn authors_are_split_at_commas_and_at_and() {
        let names: Vec<_> = authors("Li Wei, Chen  Hua and Ana\n Souza,")
            .into_iter()
            .map(|actor| actor.name)
            .collect();
        assert_eq!(names, ["Li Wei", "Chen Hua", "Ana Souza"]);
    }
}
