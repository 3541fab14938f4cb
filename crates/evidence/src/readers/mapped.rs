//! Tables, workbooks and JSON Lines of any source, read with a mapping file.

use serde_json::Value;

use super::bibliography::{made_id, split};
use super::json_lines::{plain, read_objects};
use super::mapping::{FIELDS, Mapping};
use super::table::{read_header, read_rows};
use super::{Context, Sink, shorten};
use crate::dates::{self, Dated};
use crate::document::{Actor, Document, Role};
use crate::error::EvidenceError;
use crate::input::{TextReader, guess_delimiter};
use crate::normal::{language_code, normal_title, one_line};
use crate::reject::Problem;

/// Reads a delimited table.
pub(crate) fn read_csv(
    context: &Context<'_>,
    mapping: &Mapping,
    mut text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let head = text.peek(16 << 10).map_err(|error| context.io(error))?;
    let delimiter = mapping.delimiter.unwrap_or_else(|| guess_delimiter(head));
    let (header, records) = read_header(context, text, delimiter)?;
    let mut places = [None; FIELDS.len()];
    for (place, field) in places.iter_mut().zip(FIELDS) {
        if let Some(column) = mapping.column(field) {
            *place = Some(header.require(&[column]).map_err(|problem| context.header(problem))?);
        }
    }
    let separator = mapping.list_separator.as_str();
    read_rows(context, &header, records, sink, |row| {
        let values = FIELDS.iter().zip(places).map(|(field, place)| {
            let text = row.get(place);
            if is_list(field) { split(text, separator) } else { vec![text.to_owned()] }
        });
        Values(values.collect()).document(mapping)
    })
}

/// Reads JSON Lines.
pub(crate) fn read_jsonl(
    context: &Context<'_>,
    mapping: &Mapping,
    text: TextReader,
    sink: &mut Sink<'_>,
) -> Result<&'static str, EvidenceError> {
    let separator = mapping.list_separator.as_str();
    read_objects(context, text, sink, |object| {
        let values = FIELDS.iter().map(|field| {
            match mapping.column(field).map(|path| follow(object, path)) {
                Some(Value::Array(items)) if is_list(field) => items
                    .iter()
                    .map(|item| one_line(&plain(item)))
                    .filter(|item| !item.is_empty())
                    .collect(),
                Some(value) if is_list(field) => split(&plain(value), separator),
                Some(value) => vec![plain(value)],
                None => Vec::new(),
            }
        });
        Values(values.collect()).document(mapping)
    })
}

/// Returns whether a field holds several values.
pub(crate) fn is_list(field: &str) -> bool {
    !matches!(field, "id" | "title" | "abstract" | "claim" | "language" | "date" | "updated")
}

/// Follows a path such as `meta.title`; a key that has a dot itself is found first.
fn follow<'a>(object: &'a Value, path: &str) -> &'a Value {
    if let Some(value) = object.get(path) {
        return value;
    }
    path.split('.').fold(object, |value, key| &value[key])
}

/// The values of one record, in the order of [`FIELDS`].
pub(crate) struct Values(pub(crate) Vec<Vec<String>>);

impl Values {
    fn list(&self, field: &str) -> &[String] {
        let place = FIELDS.iter().position(|known| *known == field);
        place.and_then(|place| self.0.get(place)).map_or(&[], Vec::as_slice)
    }

    fn text(&self, field: &str) -> &str {
        self.list(field).first().map_or("", |text| text.trim())
    }

    /// Makes the document.
    pub(crate) fn document(&self, mapping: &Mapping) -> Result<Document, Problem> {
        let title = one_line(self.text("title"));
        if title.is_empty() {
            return Err(Problem::Missing("title"));
        }
        let written = self.text("date");
        if written.is_empty() {
            return Err(Problem::Missing("date"));
        }
        let (date, precision) =
            date(written, mapping).ok_or_else(|| Problem::BadDate(shorten(written)))?;
        let id = if mapping.column("id").is_some() {
            format!("{}:{}", mapping.id_scheme, self.text("id"))
        } else {
            made_id(&mapping.id_scheme, &[&normal_title(&title), &date.to_string()])
        };
        let mut document = Document::new(mapping.kind, id, title, date, precision);
        document.abstract_text = one_line(self.text("abstract"));
        document.claim = one_line(self.text("claim"));
        let language = mapping.language.as_deref().unwrap_or_else(|| self.text("language"));
        document.language = language_code(language).unwrap_or_default();
        document.updated = date_of(self.text("updated"), mapping);
        for class in self.list("classes") {
            document.add_class(&mapping.class_scheme, class);
        }
        for (field, role) in [
            ("authors", Role::Author),
            ("applicants", Role::Applicant),
            ("inventors", Role::Inventor),
            ("organisations", Role::Organisation),
            ("funders", Role::Funder),
        ] {
            document
                .actors
                .extend(self.list(field).iter().map(|name| Actor::new(name.as_str(), role)));
        }
        self.list("places").iter().for_each(|place| document.add_place(place));
        document.cites = self.list("cites").to_vec();
        Ok(document)
    }
}

fn date(text: &str, mapping: &Mapping) -> Option<Dated> {
    match &mapping.date_format {
        Some(format) => dates::parse_with(text, format),
        None => dates::parse(text),
    }
}

fn date_of(text: &str, mapping: &Mapping) -> Option<chrono::NaiveDate> {
    date(text, mapping).map(|(day, _)| day)
}
