//! That years follow one another.

use linghang_core::Diagnostic;
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding::meaning as finding;

pub(super) fn lint(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    for (first, second) in record.kind.spec().year_order {
        let Some(from) = record.value.get(first).and_then(Value::as_i64) else { continue };
        let to = match record.value.get(second) {
            Some(Value::Array(years)) => years.first().and_then(Value::as_i64),
            Some(year) => year.as_i64(),
            None => None,
        };
        if let Some(to) = to.filter(|to| from > *to) {
            let found = finding::years_out_of_order(first, second, to, from);
            findings.push(draft.at(record, &format!("/{first}"), found));
        }
    }
    lint_list(draft, record, "horizon_years", findings);
}

/// Years of a list must rise.
fn lint_list(draft: &Draft, record: &RawRecord, key: &str, findings: &mut Vec<Diagnostic>) {
    let Some(years) = record.value.get(key).and_then(Value::as_array) else { return };
    let years: Vec<i64> = years.iter().filter_map(Value::as_i64).collect();
    if let Some(pair) = years.windows(2).find(|pair| pair[0] >= pair[1]) {
        let found = finding::years_out_of_order(key, key, pair[1], pair[0]);
        findings.push(draft.at(record, &format!("/{key}"), found));
    }
}
