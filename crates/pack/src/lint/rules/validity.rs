//! Status and days: what claims to be executable can be executed, what is open says why, versions follow one another.

use std::collections::BTreeMap;
use std::path::Path;

use linghang_core::Diagnostic;
use serde_json::Value;

use super::{Look, has, items, text};
use crate::draft::{Draft, RawRecord};
use crate::finding::rules as finding;
use crate::kind::{Kind, Layout};

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    for key in ["in_force", "recorded"] {
        let Some((from, to)) = span(value, key) else { continue };
        if from >= to {
            look.say(&format!("/{key}"), finding::dates_out_of_order(from, to));
        }
    }
    let status = text(value, "status");
    if status == Some("not-computable") && !has(value, "open_points") {
        look.say("/status", finding::open_without_points());
    }
    if status == Some("history") && span(value, "in_force").is_some_and(|(_, to)| to == NEVER) {
        look.say("/in_force", finding::history_without_end());
    }
    if status == Some("not-computable") {
        return;
    }
    let body = match look.record.kind {
        Kind::Programme => "award",
        Kind::Qualification => "when",
        Kind::Score => "item",
        Kind::Watch | Kind::Route => "is",
        _ => return,
    };
    if !has(value, body) && !has(value, "direct") {
        if status == Some("executable") {
            look.say("/status", finding::executable_without(body));
        }
        return;
    }
    for (award, at) in items(value, "", "award") {
        if !has(award, "clause") {
            look.say(&at, finding::no_clause(text(award, "id").unwrap_or_default()));
        }
    }
    if !is_tried(look) {
        let path = Path::new(&look.draft.files[look.record.file].path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        look.say("/id", finding::no_test(&look.record.id, &stem));
    }
}

/// Returns whether a case tries the record: any in the file beside it, or one that expects something of it by its id.
fn is_tried(look: &Look<'_, '_>) -> bool {
    let (kind, id) = (look.record.kind, look.record.id.as_str());
    if kind.spec().layout == Layout::OneEach {
        let tests = look.draft.tests.get(&(kind, id.to_owned()));
        return tests.is_some_and(|tests| has(&tests.value, "case"));
    }
    let of_kind = look.draft.tests.values().filter(|tests| tests.kind == kind);
    let mut cases = of_kind.flat_map(|tests| items(&tests.value, "", "case"));
    cases.any(|(case, _)| case.get("expect").is_some_and(|expect| expect.get(id).is_some()))
}

/// After every date, in the order of texts.
const NEVER: &str = "~";

/// Returns first day and end of an interval, as written. ISO dates are in the order of their texts.
fn span<'a>(value: &'a Value, key: &str) -> Option<(&'a str, &'a str)> {
    let interval = value.get(key)?;
    Some((text(interval, "from")?, text(interval, "to").unwrap_or(NEVER)))
}

/// Versions of one programme or qualification: never two on one day, as the books stood on one day.
pub(super) fn lint_versions(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    for kind in [Kind::Programme, Kind::Qualification] {
        let mut families: BTreeMap<&str, Vec<&RawRecord>> = BTreeMap::new();
        for record in draft.of_kind(kind) {
            let family = text(&record.value, "version_of").unwrap_or(&record.id);
            families.entry(family).or_default().push(record);
        }
        for versions in families.values() {
            for (place, record) in versions.iter().enumerate() {
                let other = versions[..place].iter().find(|other| overlap(record, other));
                if let Some(other) = other {
                    let found = finding::versions_overlap(&record.id, &other.id);
                    findings.push(draft.at(record, "/in_force", found));
                }
            }
        }
    }
}

fn overlap(one: &RawRecord, other: &RawRecord) -> bool {
    ["in_force", "recorded"].iter().all(|key| {
        let days = |record| span(record, key).unwrap_or(("", NEVER));
        let ((from, to), (start, end)) = (days(&one.value), days(&other.value));
        from < end && start < to
    })
}
