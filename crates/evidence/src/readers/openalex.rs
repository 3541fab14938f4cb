//! OpenAlex works as JSON Lines.
//!
//! The abstract comes as an inverted index (word → positions) and is put in order again. Topics, subfields and fields
//! become classes by their ids (`openalex:T10102`, `openalex:subfields/1702`), the primary topic first.

use serde_json::Value;

use super::json_lines::{list, read_objects, text};
use super::{Context, Sink, required_date};
use crate::dates;
use crate::document::{Actor, Document, Kind, Role};
use crate::error::EvidenceError;
use crate::input::TextReader;
use crate::normal::{language_code, one_line};
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
    let id = format!("openalex:{}", short_id(&text(value, "id")));
    let date = [text(value, "publication_date"), text(value, "publication_year")];
    let (date, precision) =
        required_date(date.iter().find(|text| !text.is_empty()).map_or("", String::as_str))?;
    let title = [text(value, "title"), text(value, "display_name")];
    let title =
        title.iter().find(|text| !text.is_empty()).map(|text| one_line(text)).unwrap_or_default();
    let mut document = Document::new(Kind::Paper, id, title, date, precision);
    document.abstract_text = abstract_text(value);
    document.language = language_code(&text(value, "language")).unwrap_or_default();
    document.updated = dates::parse(&text(value, "updated_date")).map(|(day, _)| day);
    add_classes(&mut document, value);
    add_actors(&mut document, value);
    document.cites = list(value, "referenced_works")
        .iter()
        .filter_map(Value::as_str)
        .map(|id| format!("openalex:{}", short_id(id)))
        .collect();
    Ok(document)
}

/// Cuts `https://openalex.org/W123` to `W123`.
fn short_id(id: &str) -> &str {
    let id = id.trim();
    ["https://openalex.org/", "http://openalex.org/"]
        .iter()
        .find_map(|prefix| id.strip_prefix(prefix))
        .unwrap_or(id)
}

/// Puts the words of the inverted index in order; a plain `abstract` is taken where there is no index.
fn abstract_text(value: &Value) -> String {
    let Some(index) = value["abstract_inverted_index"].as_object() else {
        return one_line(&text(value, "abstract"));
    };
    let mut words: Vec<(u64, &str)> = Vec::new();
    for (word, positions) in index {
        let positions = positions.as_array().map_or(&[][..], Vec::as_slice);
        words.extend(
            positions.iter().filter_map(Value::as_u64).map(|position| (position, word.as_str())),
        );
    }
    words.sort_unstable();
    one_line(&words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" "))
}

fn add_classes(document: &mut Document, value: &Value) {
    let primary = &value["primary_topic"];
    for topic in std::iter::once(primary).chain(list(value, "topics")) {
        document.add_class("openalex", short_id(&text(topic, "id")));
        for level in ["subfield", "field", "domain"] {
            document.add_class("openalex", short_id(&text(&topic[level], "id")));
        }
    }
    for concept in list(value, "concepts") {
        document.add_class("openalex", short_id(&text(concept, "id")));
    }
    for keyword in list(value, "keywords") {
        let name = [text(keyword, "display_name"), text(keyword, "keyword")];
        document.add_class(
            "keyword",
            name.iter().find(|name| !name.is_empty()).map_or("", String::as_str),
        );
    }
}

fn add_actors(document: &mut Document, value: &Value) {
    for authorship in list(value, "authorships") {
        let country =
            list(authorship, "countries").first().and_then(Value::as_str).map(str::to_owned);
        add_actor(document, &text(&authorship["author"], "display_name"), Role::Author, country);
    }
    for institution in
        list(value, "authorships").iter().flat_map(|authorship| list(authorship, "institutions"))
    {
        let country = institution["country_code"].as_str().map(str::to_owned);
        document.add_place(country.as_deref().unwrap_or_default());
        add_actor(document, &text(institution, "display_name"), Role::Organisation, country);
    }
    for grant in list(value, "grants") {
        add_actor(document, &text(grant, "funder_display_name"), Role::Funder, None);
    }
    for funder in list(value, "funders") {
        add_actor(document, &text(funder, "display_name"), Role::Funder, None);
    }
}

fn add_actor(document: &mut Document, name: &str, role: Role, country: Option<String>) {
    let actor = Actor { name: one_line(name), role, country };
    if !actor.name.is_empty() {
        document.actors.push(actor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverted_index_is_put_in_order() {
        let value: Value = serde_json::from_str(
            r#"{"abstract_inverted_index":{"robots":[1,3],"Soft":[0],"and":[2]}}"#,
        )
        .expect("the test writes JSON");
        assert_eq!(abstract_text(&value), "Soft robots and robots");
    }
}
