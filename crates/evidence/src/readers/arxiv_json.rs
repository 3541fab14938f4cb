//! arXiv metadata as JSON Lines: the dump on Kaggle and OAI, and listings with a month of submission.
//!
//! The date is that of the first version: `versions[0].created`, else `created`, else `submitted_ym`, else the month
//! in the id. `categories` is a list, or a text separated by spaces; what is no arXiv category is kept as `subject:`.

use chrono::{Datelike as _, NaiveDate};
use serde_json::Value;

use super::arxiv_tsv::arxiv_id;
use super::json_lines::{list, plain, read_objects, text};
use super::{Context, Sink};
use crate::dates::{self, Dated};
use crate::document::{Actor, DatePrecision, Document, Kind, Role};
use crate::error::EvidenceError;
use crate::input::TextReader;
use crate::normal::one_line;
use crate::reject::Problem;

/// Reads the lines.
pub(crate) fn read(
    context: &Context<'_>,
    source: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    read_objects(context, source, sink, convert)
}

fn convert(value: &Value) -> Result<Document, Problem> {
    let id = arxiv_id(&text(value, "id"))?;
    let (date, precision) = date(value, &id)?;
    let mut document =
        Document::new(Kind::Paper, id, one_line(&text(value, "title")), date, precision);
    document.abstract_text = one_line(&text(value, "abstract"));
    document.updated = ["update_date", "updated"]
        .iter()
        .find_map(|key| dates::parse(&text(value, key)))
        .map(|(day, _)| day);
    for category in categories(value) {
        let scheme = if is_category(&category) { "arxiv" } else { "subject" };
        document.add_class(scheme, &category);
    }
    document.actors =
        authors(value).into_iter().map(|name| Actor::new(name, Role::Author)).collect();
    Ok(document)
}

fn date(value: &Value, id: &str) -> Result<Dated, Problem> {
    let first =
        list(value, "versions").first().map(|version| text(version, "created")).unwrap_or_default();
    for written in [first, text(value, "created")] {
        if !written.trim().is_empty() {
            let found = mail_date(&written).or_else(|| dates::parse(&written));
            return found.ok_or_else(|| Problem::BadDate(super::shorten(&written)));
        }
    }
    let month = text(value, "submitted_ym");
    if month.is_empty() {
        return month_of_id(id).ok_or(Problem::Missing("date"));
    }
    dates::parse(&month).ok_or_else(|| Problem::BadDate(super::shorten(&month)))
}

/// Reads `Mon, 2 Apr 2007 19:18:42 GMT`.
fn mail_date(text: &str) -> Option<Dated> {
    let mut words = text.split([',', ' ']).filter(|word| !word.is_empty());
    words.next().filter(|word| word.len() == 3)?;
    let day: u32 = words.next()?.parse().ok()?;
    let month = dates::month_number(words.next()?)?;
    let year: i32 = words.next()?.parse().ok()?;
    dates::from_parts(year, Some(month), Some(day))
}

/// Reads the year and month from `arxiv:1907.00001` or `arxiv:cs/9809007`.
fn month_of_id(id: &str) -> Option<Dated> {
    let number = id.rsplit([':', '/']).next()?;
    let year: i32 = number.get(..2)?.parse().ok()?;
    let month: u32 = number.get(2..4)?.parse().ok()?;
    let century = if year > 90 { 1900 } else { 2000 };
    let date = NaiveDate::from_ymd_opt(century + year, month, 1)?;
    (date.year() >= 1991).then_some((date, DatePrecision::Month))
}

fn categories(value: &Value) -> Vec<String> {
    match &value["categories"] {
        Value::Array(items) => items.iter().map(plain).collect(),
        other => plain(other).split_whitespace().map(str::to_owned).collect(),
    }
}

/// Returns whether a text has the form `cs.RO`, `hep-th` or `q-bio.NC`.
fn is_category(text: &str) -> bool {
    let (archive, class) = text.split_once('.').unwrap_or((text, "x"));
    let is_word = |word: &str, extra: u8| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == extra)
    };
    archive.len() >= 2 && is_word(archive, b'-') && is_word(class, b'-')
}

fn authors(value: &Value) -> Vec<String> {
    let parsed = list(value, "authors_parsed");
    let names: Vec<String> = if !parsed.is_empty() {
        parsed.iter().map(parsed_name).collect()
    } else if let Value::Array(names) = &value["authors"] {
        names.iter().map(plain).collect()
    } else {
        text(value, "authors").replace(" and ", ", ").split(',').map(str::to_owned).collect()
    };
    names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect()
}

/// Writes `[last, first, suffix]` as it is spoken.
fn parsed_name(parts: &Value) -> String {
    let part = |place: usize| plain(&parts[place]);
    format!("{} {} {}", part(1), part(0), part(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_version_gives_the_date() {
        for (json, expected) in [
            (
                r#"{"versions":[{"created":"Mon, 2 Apr 2007 19:18:42 GMT"}],"update_date":"2008-11-26"}"#,
                Some("2007-04-02 day"),
            ),
            (r#"{"created":"2007-04-02"}"#, Some("2007-04-02 day")),
            (r#"{"submitted_ym":"2018-12","first_seen":"2025-10-13"}"#, Some("2018-12-01 month")),
            (r"{}", Some("2019-07-01 month")),
            (r#"{"created":"soon"}"#, None),
        ] {
            let value: Value = serde_json::from_str(json).expect("the test writes JSON");
            let found = date(&value, "arxiv:1907.00001")
                .ok()
                .map(|(day, precision)| format!("{day} {precision}"));
            assert_eq!(found.as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn classes_of_other_schemes_are_told_apart() {
        for (text, expected) in [
            ("cs.RO", true),
            ("hep-th", true),
            ("q-bio.NC", true),
            ("68T45, 62H30", false),
            ("I.5.3; I.2.10", false),
        ] {
            assert_eq!(is_category(text), expected, "{text}");
        }
    }
}
