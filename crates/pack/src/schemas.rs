//! The JSON Schemas of pack files, generated from the record types.
//!
//! One schema for each kind of file. They serve two readers: the loader checks files with them, and editors show
//! mistakes while a pack is written. `schemas/` in the repository holds the generated texts.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::kind::{KINDS, KindSpec, Layout};
use crate::record::{Manifest, RuleSettings, ScanOverrides, TestFile};

/// Returns every schema as file name and JSON text, in the order of the names.
pub fn schemas() -> Vec<(String, String)> {
    let mut files = vec![
        ("pack.json".to_owned(), text(&alone::<Manifest>())),
        ("scan.json".to_owned(), text(&alone::<ScanOverrides>())),
        ("rule-settings.json".to_owned(), text(&alone::<RuleSettings>())),
        ("tests.json".to_owned(), text(&alone::<TestFile>())),
    ];
    files.extend(KINDS.iter().map(|spec| (format!("{}.json", spec.folder), text(&of_kind(spec)))));
    files.sort();
    files
}

/// Returns the schema of a file that stands alone.
pub(crate) fn alone<T: JsonSchema>() -> Value {
    titled(generator().into_root_schema_for::<T>().to_value())
}

/// Returns the schema of the files of a kind.
pub(crate) fn of_kind(spec: &KindSpec) -> Value {
    let mut generator = generator();
    let mut record = spec.record_schema(&mut generator);
    for transform in generator.transforms_mut() {
        transform.transform(&mut record);
    }
    let mut record = record.to_value();
    if let Some(properties) = record.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("replaces".to_owned(), replaces());
    }
    let record = match spec.layout {
        Layout::OneEach => record,
        Layout::List => json!({
            "type": "object",
            "properties": { spec.key: { "type": "array", "items": record } },
            "required": [spec.key],
            "additionalProperties": false,
        }),
    };
    titled(record)
}

/// `replaces` belongs to the file and not to the record, so no record type has it.
fn replaces() -> Value {
    json!({
        "type": "boolean",
        "description": "Whether this record takes the place of the one with the same id in the pack that is extended.",
    })
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RecursiveTransform(simplify))
        .into_generator()
}

/// Makes a schema say what TOML can say: no null, and a plain list of the words of an enumeration.
fn simplify(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = object.get_mut("enum") {
        options.retain(|option| !option.is_null());
    }
    if object.get("default").is_some_and(Value::is_null) {
        object.remove("default");
    }
    unwrap_optional(object);
    list_words(object);
}

/// Replaces "this or null" by "this".
fn unwrap_optional(object: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else { return };
    choices.retain(|choice| choice != &json!({ "type": "null" }));
    let [Value::Object(only)] = choices.as_slice() else { return };
    let only = only.clone();
    object.remove("anyOf");
    for (key, value) in only {
        object.entry(key).or_insert(value);
    }
}

/// Replaces "one of these documented constants" by an `enum`, and keeps what each word means in the description.
fn list_words(object: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = object.get("oneOf") else { return };
    let words: Vec<Value> =
        choices.iter().filter_map(|choice| choice.get("const").cloned()).collect();
    if words.is_empty() || words.len() != choices.len() {
        return;
    }
    let mut description =
        object.get("description").and_then(Value::as_str).unwrap_or("").to_owned();
    for choice in choices {
        let meaning = choice.get("description").and_then(Value::as_str).unwrap_or("");
        let word = choice.get("const").and_then(Value::as_str).unwrap_or("");
        description = format!("{description}\n`{word}`: {meaning}");
    }
    object.remove("oneOf");
    object.insert("type".to_owned(), "string".into());
    object.insert("description".to_owned(), description.into());
    object.insert("enum".to_owned(), words.into());
}

fn titled(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.remove("title");
        object.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    }
    schema
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
