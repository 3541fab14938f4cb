//! Checks a file against its JSON Schema and says what is wrong in words, each at its line.

use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use linghang_core::Diagnostic;
use serde_json::Value;

use crate::finding::shape as finding;
use crate::kind::KINDS;
use crate::record::{Manifest, RuleSettings, ScanOverrides, TestFile};
use crate::schemas;
use crate::tree::child;

/// Which schema a file must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `pack.toml`.
    Manifest,
    /// `scan.toml`.
    Scan,
    /// `rules.toml`.
    Rules,
    /// Test cases beside the files of a kind, by its place in [`KINDS`].
    Tests(usize),
    /// The files of a kind, by its place in [`KINDS`].
    Kind(usize),
}

/// One finding and the JSON pointer of what it is about.
pub(crate) struct Misfit {
    pub(crate) pointer: String,
    pub(crate) finding: Diagnostic,
}

struct Checker {
    schema: Value,
    validator: Validator,
}

impl Checker {
    fn new(schema: Value) -> Self {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .expect("schemas are generated from types, and a test builds each of them");
        Self { schema, validator }
    }
}

static MANIFEST: LazyLock<Checker> = LazyLock::new(|| Checker::new(schemas::alone::<Manifest>()));
static SCAN: LazyLock<Checker> = LazyLock::new(|| Checker::new(schemas::alone::<ScanOverrides>()));
static RULES: LazyLock<Checker> = LazyLock::new(|| Checker::new(schemas::alone::<RuleSettings>()));
static TESTS: LazyLock<Checker> = LazyLock::new(|| Checker::new(schemas::alone::<TestFile>()));
static BY_KIND: LazyLock<Vec<Checker>> =
    LazyLock::new(|| KINDS.iter().map(|spec| Checker::new(schemas::of_kind(spec))).collect());

/// Returns everything in `value` that the schema of its form does not allow.
pub(crate) fn check(form: Form, value: &Value) -> Vec<Misfit> {
    let checker = match form {
        Form::Manifest => &*MANIFEST,
        Form::Scan => &*SCAN,
        Form::Rules => &*RULES,
        Form::Tests(_) => &*TESTS,
        Form::Kind(place) => &BY_KIND[place],
    };
    checker
        .validator
        .iter_errors(value)
        .flat_map(|problem| describe(&checker.schema, &problem))
        .collect()
}

fn describe(schema: &Value, problem: &ValidationError<'_>) -> Vec<Misfit> {
    let pointer = problem.instance_path().as_str().to_owned();
    let key = pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or("");
    let found = problem.instance();
    let finding = match problem.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            return unknown_keys(schema, &pointer, unexpected);
        }
        ValidationErrorKind::Required { property } => {
            finding::missing_key(property.as_str().unwrap_or_default())
        }
        ValidationErrorKind::Type { kind } => {
            finding::wrong_type(key, &type_names(kind), type_name(found))
        }
        ValidationErrorKind::Enum { options } if found.is_string() => {
            let known: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            finding::unknown_word(key, found.as_str().unwrap_or_default(), &known)
        }
        // The checker reports the wrong type of the same value as well.
        ValidationErrorKind::Enum { .. } => return Vec::new(),
        ValidationErrorKind::Format { format } if format == "date" => {
            finding::not_a_date(key, found.as_str().unwrap_or_default())
        }
        ValidationErrorKind::Minimum { limit } => finding::too_small(key, found, limit),
        ValidationErrorKind::Maximum { limit } => finding::too_large(key, found, limit),
        _ => finding::bad_value(key, &problem.to_string()),
    };
    vec![Misfit { pointer, finding }]
}

fn unknown_keys(schema: &Value, pointer: &str, unexpected: &[String]) -> Vec<Misfit> {
    let known = properties_at(schema, pointer);
    unexpected
        .iter()
        .map(|key| Misfit {
            pointer: child(pointer, key),
            finding: finding::unknown_key(key, known.iter().map(String::as_str)),
        })
        .collect()
}

/// Returns the keys that the schema knows for the table at a pointer.
fn properties_at(schema: &Value, pointer: &str) -> Vec<String> {
    let mut here = schema;
    for part in pointer.split('/').skip(1) {
        let inner = here
            .get("items")
            .or_else(|| here.get("properties")?.get(part))
            .or_else(|| here.get("additionalProperties").filter(|inner| inner.is_object()));
        let Some(inner) = inner else { return Vec::new() };
        here = inner;
    }
    let properties = here.get("properties").and_then(Value::as_object);
    properties.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
}

fn type_names(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(only) => vec![only.as_str()],
        TypeKind::Multiple(several) => several.iter().map(JsonType::as_str).collect(),
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "decimal",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_builds_and_says_something() {
        let alone = [Form::Manifest, Form::Scan, Form::Rules, Form::Tests(0)];
        for form in alone.into_iter().chain((0..KINDS.len()).map(Form::Kind)) {
            let found = check(form, &serde_json::json!({ "no_such_key": 1 }));
            assert!(!found.is_empty(), "{form:?}");
        }
    }
}
