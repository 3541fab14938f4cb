//! That every name is there in Chinese, the original, and in English.

use linghang_core::Diagnostic;
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding::meaning as finding;
use crate::read::MANIFEST;

pub(super) fn lint(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    for key in record.kind.spec().texts {
        match record.value.get(key) {
            Some(Value::Array(items)) => {
                for (place, item) in items.iter().enumerate() {
                    let inside = format!("/{key}/{place}");
                    let found = gaps(&format!("{key}[{place}]"), item);
                    findings.extend(found.into_iter().map(|one| draft.at(record, &inside, one)));
                }
            }
            Some(text) => {
                let inside = format!("/{key}");
                let found = gaps(key, text);
                findings.extend(found.into_iter().map(|one| draft.at(record, &inside, one)));
            }
            None => {}
        }
    }
}

pub(super) fn lint_manifest(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let Some(file) = draft.files.iter().find(|file| file.path == MANIFEST) else { return };
    for key in ["name", "note"] {
        let Some(text) = draft.manifest.get(key) else { continue };
        let line = file.lines.of(&format!("/{key}"));
        findings.extend(gaps(key, text).into_iter().map(|one| one.at(MANIFEST, Some(line))));
    }
}

pub(super) fn gaps(key: &str, text: &Value) -> Vec<Diagnostic> {
    if !text.is_object() {
        return Vec::new();
    }
    let lacks = |language: &str| {
        text.get(language).is_none_or(|words| words.as_str().is_some_and(|w| w.trim().is_empty()))
    };
    let mut found = Vec::new();
    if lacks("zh") {
        found.push(finding::chinese_missing(key));
    }
    if lacks("en") {
        found.push(finding::english_missing(key));
    }
    found
}
