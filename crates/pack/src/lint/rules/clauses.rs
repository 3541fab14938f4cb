//! That clauses cite declared documents, and that their hashes can be compared.

use linghang_core::Diagnostic;
use serde_json::Value;

use super::Look;
use crate::draft::Draft;
use crate::finding::{meaning, rules as finding};
use crate::kind::Kind;
use crate::read::RULES;
use crate::record::{CLAUSE_HASH_PREFIX, Sources};
use crate::tree::child;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    for (clause, at) in clauses(look.value(), "") {
        for found in check(look.draft, clause) {
            look.say(&at, found);
        }
    }
}

/// `rules.toml` is no record, so its clauses are looked at on their own.
pub(super) fn lint_settings(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let file = draft.files.iter().rev().find(|file| file.path == RULES);
    let Some(file) = file.filter(|file| file.is_whole) else { return };
    let Some(ceiling) = draft.rules.get("ceiling") else { return };
    let line = |at: &str| Some(file.lines.of(at));
    if let Some(written) = super::text(ceiling, "year")
        && super::literal::money(written).is_none()
    {
        let found = finding::money_shape("ceiling.year", written);
        findings.push(found.at(RULES, line("/ceiling/year")));
    }
    if let Some(clause) = ceiling.get("clause") {
        let found = check(draft, clause).into_iter();
        findings.extend(found.map(|found| found.at(RULES, line("/ceiling/clause"))));
    }
}

/// Returns every value under a key `clause`, however deep.
fn clauses<'a>(value: &'a Value, at: &str) -> Vec<(&'a Value, String)> {
    let mut found = Vec::new();
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                let at = child(at, key);
                if key == "clause" {
                    found.push((inner, at));
                } else {
                    found.extend(clauses(inner, &at));
                }
            }
        }
        Value::Array(list) => {
            for (place, inner) in list.iter().enumerate() {
                found.extend(clauses(inner, &format!("{at}/{place}")));
            }
        }
        _ => {}
    }
    found
}

fn check(draft: &Draft, clause: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let written = clause.as_str().or_else(|| super::text(clause, "source"));
    match written.map(|written| (written, Sources::parse(written))) {
        Some((written, None)) => found.push(meaning::source_shape(written)),
        Some((_, Some(sources))) => {
            for citation in sources.citations() {
                if draft.get(Kind::Document, &citation.document).is_none() {
                    let known = draft.of_kind(Kind::Document).map(|other| other.id.as_str());
                    found.push(meaning::undeclared_document(&citation.document, known));
                }
            }
        }
        None => {}
    }
    let Some(hash) = super::text(clause, "hash") else { return found };
    if !is_hash(hash) {
        found.push(finding::clause_hash(hash));
    } else if let Some((document, section)) =
        written.and_then(|written| stale(draft, written, hash))
    {
        found.push(finding::stale_clause(&document, &section));
    }
    found
}

/// The document and section of a clause whose text today has another hash; one that cites several cannot be compared.
fn stale(draft: &Draft, written: &str, hash: &str) -> Option<(String, String)> {
    let sources = Sources::parse(written)?;
    let [citation] = sources.citations() else { return None };
    let [section] = citation.sections.as_slice() else { return None };
    let document = &draft.get(Kind::Document, &citation.document)?.value;
    let today = document.get("clauses")?.get(section)?.as_str()?;
    (today != hash).then(|| (citation.document.clone(), section.clone()))
}

/// That the hashes of a document's clauses are hashes.
pub(super) fn lint_document(look: &mut Look<'_, '_>) {
    for (_, hash, at) in super::entries(look.value(), "", "clauses") {
        if let Some(hash) = hash.as_str().filter(|hash| !is_hash(hash)) {
            look.say(&at, finding::clause_hash(hash));
        }
    }
}

fn is_hash(text: &str) -> bool {
    text.strip_prefix(CLAUSE_HASH_PREFIX).is_some_and(|digits| {
        digits.len() == 64
            && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}
