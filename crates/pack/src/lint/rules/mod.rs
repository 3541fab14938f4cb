//! Rule files: facts, programmes, qualifications, scores, watches, routes and their test cases.
//!
//! What can be seen without reading an expression. Expressions are checked by the rules engine, which knows their
//! language; here only the names of parameters in them are looked at.

mod awards;
mod clauses;
mod conditions;
mod facts;
mod params;
mod scores;
mod standing;
mod tests;
mod texts;
mod validity;

use linghang_core::Diagnostic;
use serde_json::Value;

use super::literal;
use crate::draft::{Draft, RawRecord};
use crate::finding::meaning;
use crate::kind::Kind;
use crate::tree::child;

pub(super) fn lint(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    for record in draft.records.values() {
        if !draft.files[record.file].is_whole {
            continue;
        }
        let mut look = Look { draft, record, findings };
        match record.kind {
            Kind::Fact => facts::lint(&mut look),
            Kind::Programme => awards::lint(&mut look),
            Kind::Qualification => standing::lint(&mut look),
            Kind::Score => scores::lint(&mut look),
            Kind::Watch | Kind::Route => {}
            Kind::Document => {
                clauses::lint_document(&mut look);
                continue;
            }
            _ => continue,
        }
        params::lint(&mut look);
        clauses::lint(&mut look);
        texts::lint(&mut look);
        validity::lint(&mut look);
    }
    validity::lint_versions(draft, findings);
    clauses::lint_settings(draft, findings);
    for record in draft.tests.values() {
        if draft.files[record.file].is_whole {
            tests::lint(&mut Look { draft, record, findings });
        }
    }
}

/// A record under the eye of the linter, and where its findings go.
struct Look<'a, 'f> {
    draft: &'a Draft,
    record: &'a RawRecord,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'a> Look<'a, '_> {
    fn value(&self) -> &'a Value {
        &self.record.value
    }

    /// Adds a finding at a JSON pointer inside the record.
    fn say(&mut self, at: &str, finding: Diagnostic) {
        self.findings.push(self.draft.at(self.record, at, finding));
    }

    /// Says so when there is no record of a kind with an id.
    fn must_exist(&mut self, at: &str, key: &str, kind: Kind, id: &str) {
        if self.draft.get(kind, id).is_none() {
            let known = self.draft.of_kind(kind).map(|other| other.id.as_str());
            let found = meaning::dangling_reference(key, id, kind.spec(), known);
            self.say(at, found);
        }
    }
}

/// Returns the members of a list under a key, each with its pointer.
fn items<'a>(
    value: &'a Value,
    at: &str,
    key: &str,
) -> impl Iterator<Item = (&'a Value, String)> + use<'a> {
    let base = child(at, key);
    let list = value.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .enumerate()
        .map(move |(place, item)| (item, format!("{base}/{place}")))
}

/// Returns the texts of a list under a key, each with its pointer.
fn texts<'a>(
    value: &'a Value,
    at: &str,
    key: &str,
) -> impl Iterator<Item = (&'a str, String)> + use<'a> {
    items(value, at, key).filter_map(|(item, at)| item.as_str().map(|text| (text, at)))
}

/// Returns the entries of a table under a key: name, value, pointer.
fn entries<'a>(
    value: &'a Value,
    at: &str,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a Value, String)> + use<'a> {
    let base = child(at, key);
    let table = value.get(key).and_then(Value::as_object);
    table.into_iter().flatten().map(move |(name, value)| (name.as_str(), value, child(&base, name)))
}

/// Returns the text under a key.
fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// Returns whether a key is there and not an empty list.
fn has(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(|found| found.as_array().is_none_or(|list| !list.is_empty()))
}
