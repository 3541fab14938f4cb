//! That what a record names exists: other records, and the documents that it cites.

use linghang_core::Diagnostic;
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding::meaning as finding;
use crate::kind::Kind;
use crate::record::Sources;

pub(super) fn lint(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    for (key, target) in record.kind.spec().references {
        match record.value.get(key) {
            Some(Value::String(id)) => {
                check(draft, record, key, &format!("/{key}"), *target, id, findings);
            }
            Some(Value::Array(ids)) => {
                for (place, id) in ids.iter().enumerate() {
                    let Some(id) = id.as_str() else { continue };
                    check(draft, record, key, &format!("/{key}/{place}"), *target, id, findings);
                }
            }
            _ => {}
        }
    }
    lint_source(draft, record, findings);
}

fn check(
    draft: &Draft,
    record: &RawRecord,
    key: &str,
    inside: &str,
    target: Kind,
    id: &str,
    findings: &mut Vec<Diagnostic>,
) {
    if draft.get(target, id).is_some() {
        return;
    }
    let known = draft.of_kind(target).map(|other| other.id.as_str());
    let found = finding::dangling_reference(key, id, target.spec(), known);
    findings.push(draft.at(record, inside, found));
}

fn lint_source(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    let Some(written) = record.value.get("source").and_then(Value::as_str) else { return };
    let Some(sources) = Sources::parse(written) else {
        findings.push(draft.at(record, "/source", finding::source_shape(written)));
        return;
    };
    for citation in sources.citations() {
        if draft.get(Kind::Document, &citation.document).is_none() {
            let known = draft.of_kind(Kind::Document).map(|other| other.id.as_str());
            let found = finding::undeclared_document(&citation.document, known);
            findings.push(draft.at(record, "/source", found));
        }
    }
}
