//! The shape of ids, and that a file is named after the record in it.

use std::path::Path;

use linghang_core::Diagnostic;
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding::{meaning as finding, rules};
use crate::kind::{Kind, Layout};
use crate::read::MANIFEST;

pub(super) fn lint(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    if record.kind == Kind::Fact {
        if !is_snake(&record.id) {
            findings.push(draft.at(record, "/id", rules::name_shape(&record.id)));
        }
    } else if !is_id(&record.id) {
        findings.push(draft.at(record, "/id", finding::id_shape(&record.id)));
    }
    if record.kind.spec().layout == Layout::OneEach {
        let path = Path::new(&draft.files[record.file].path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if stem != record.id {
            findings.push(draft.at(record, "/id", finding::id_not_file_name(&record.id, &stem)));
        }
    }
}

pub(super) fn lint_manifest(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let Some(id) = draft.manifest.get("id").and_then(Value::as_str) else { return };
    if is_kebab(id) {
        return;
    }
    let file = draft.files.iter().find(|file| file.path == MANIFEST);
    let line = file.map(|file| file.lines.of("/id"));
    findings.push(finding::id_shape(id).at(MANIFEST, line));
}

/// Returns whether an id is a lower-case name (`deep-sea`, `000`) or a register number (`T001`, `K001-2.1`).
fn is_id(id: &str) -> bool {
    is_kebab(id) || is_register_number(id)
}

/// Returns whether a text is words of lower-case letters and digits, joined by single hyphens.
pub(crate) fn is_kebab(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.split('-').all(is_word)
}

/// Returns whether a text is words of lower-case letters and digits joined by `_`, beginning with a letter: a name that
/// expressions can use.
pub(super) fn is_snake(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.split('_').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// One or two capital letters, digits, then parts of letters and digits after `-` or `.`.
fn is_register_number(text: &str) -> bool {
    let mut parts = text.split(['-', '.']);
    let first = parts.next().unwrap_or_default();
    let letters = first.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = &first.as_bytes()[letters..];
    (1..=2).contains(&letters)
        && !digits.is_empty()
        && digits.iter().all(u8::is_ascii_digit)
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_name_or_a_register_number() {
        for id in ["deep-sea", "000", "6g", "T001", "LD30", "K001-2.1", "K003-A", "K003-18c"] {
            assert!(is_id(id), "{id}");
        }
        for id in
            ["", "-a", "a-", "a--b", "a_b", "A b", "Deep", "T", "T001-", "赛道", "a.b", "ABC1"]
        {
            assert!(!is_id(id), "{id}");
        }
    }
}
