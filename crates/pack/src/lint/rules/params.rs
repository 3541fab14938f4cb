//! Parameters: one form each, readable values, edges that ascend, labels that are complete, and names that expressions use.

use std::collections::BTreeSet;

use serde_json::Value;

use super::literal::{Literal, literal};
use super::{Look, entries, has, items, text};
use crate::finding::rules as finding;
use crate::kind::Kind;
use crate::lint::ids::is_snake;
use crate::tree::child;

/// The forms of a parameter, of which each has exactly one.
const FORMS: [&str; 5] = ["is", "values", "table", "brackets", "unset"];

/// Parameters that every file has: the year of the as-of date.
const BUILT_IN: [&str; 1] = ["year"];

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    let mut declared = BTreeSet::new();
    for (name, param, at) in entries(value, "", "params") {
        declared.insert(name);
        if !is_snake(name) {
            look.say(&at, finding::name_shape(name));
        }
        lint_one(look, name, param, &at);
    }
    let mut used = BTreeSet::new();
    for (name, at) in uses(value, "") {
        if !declared.contains(name) && !BUILT_IN.contains(&name) {
            let known: Vec<&str> = declared.iter().copied().collect();
            look.say(&at, finding::param_undeclared(name, &known));
        }
        used.insert(name);
    }
    for (name, _, at) in entries(value, "", "params") {
        if !used.contains(name) {
            look.say(&at, finding::param_unused(name));
        }
    }
}

fn lint_one(look: &mut Look<'_, '_>, name: &str, param: &Value, at: &str) {
    let is_given = |key: &&str| match param.get(*key) {
        Some(Value::Bool(truth)) => *truth,
        found => found.is_some(),
    };
    if FORMS.iter().filter(|key| is_given(key)).count() != 1 {
        look.say(at, finding::param_shape(name));
    }
    if param.get("assumed") == Some(&Value::Bool(true)) && !has(param, "note") {
        look.say(at, finding::param_assumed(name));
    }
    let by = text(param, "by");
    let needs_by = has(param, "table") || has(param, "brackets");
    if needs_by != by.is_some() {
        look.say(at, finding::param_by(name));
    }
    if let Some(by) = by {
        look.must_exist(&child(at, "by"), "by", Kind::Fact, by);
        lint_labels(look, param, by, at);
    }
    lint_brackets(look, param, at);
    lint_dated(look, param, at);
}

/// A table needs a value for each label of its fact, and no other.
fn lint_labels(look: &mut Look<'_, '_>, param: &Value, by: &str, at: &str) {
    if !has(param, "table") {
        return;
    }
    let Some(fact) = look.draft.get(Kind::Fact, by) else { return };
    let labels: Vec<&str> =
        items(&fact.value, "", "values").filter_map(|(label, _)| text(label, "id")).collect();
    let rows: Vec<&str> = entries(param, at, "table").map(|(label, _, _)| label).collect();
    for missing in labels.iter().filter(|label| !rows.contains(label)) {
        look.say(&child(at, "table"), finding::table_label_missing(by, missing));
    }
    for (label, _, inside) in entries(param, at, "table") {
        if !labels.contains(&label) {
            look.say(&inside, finding::table_label_unknown(by, label, &labels));
        }
    }
}

/// Edges ascend and measure the same; the last row, and only it, is open.
fn lint_brackets(look: &mut Look<'_, '_>, param: &Value, at: &str) {
    let rows: Vec<(&Value, String)> = items(param, at, "brackets").collect();
    let mut before: Option<Literal> = None;
    for (place, (row, inside)) in rows.iter().enumerate() {
        let is_last = place + 1 == rows.len();
        let Some(edge) = text(row, "to") else {
            if !is_last {
                look.say(inside, finding::bracket_open_inside());
            }
            continue;
        };
        if is_last {
            look.say(inside, finding::bracket_not_open());
        }
        let Some(read) = literal(edge) else {
            look.say(inside, finding::literal_shape("to", edge));
            continue;
        };
        let ascends = before
            .is_none_or(|before| before.unit == read.unit && before.millionths < read.millionths);
        if !ascends {
            look.say(inside, finding::bracket_order(edge));
        }
        before = Some(read);
    }
}

/// Dated values: each interval in order, none over another.
fn lint_dated(look: &mut Look<'_, '_>, param: &Value, at: &str) {
    let mut spans = Vec::new();
    for (value, inside) in items(param, at, "values") {
        let (from, to) = (text(value, "from").unwrap_or(""), text(value, "to").unwrap_or("~"));
        if from >= to {
            look.say(&inside, finding::dates_out_of_order(from, to));
        }
        if spans.iter().any(|(start, end)| *start < to && from < *end) {
            look.say(&inside, finding::values_overlap(from));
        }
        spans.push((from, to));
    }
}

/// Keys whose texts are words for people, and the parameters themselves.
const NOT_EXPRESSIONS: [&str; 7] =
    ["params", "name", "note", "say", "open_points", "clause", "source"];

/// Returns the parameters that expressions of a record name, each with the pointer of the expression.
fn uses<'a>(value: &'a Value, at: &str) -> Vec<(&'a str, String)> {
    match value {
        Value::String(text) => {
            names_in(text).into_iter().map(|name| (name, at.to_owned())).collect()
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(place, inner)| uses(inner, &format!("{at}/{place}")))
            .collect(),
        Value::Object(table) => table
            .iter()
            .filter(|(key, _)| !NOT_EXPRESSIONS.contains(&key.as_str()))
            .flat_map(|(key, inner)| uses(inner, &child(at, key)))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns the names after `$`, outside quotes.
fn names_in(expression: &str) -> Vec<&str> {
    let mut names = Vec::new();
    // Every other part between quotes is a text.
    for part in expression.split('\'').step_by(2) {
        for rest in part.split('$').skip(1) {
            let end =
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            names.push(&rest[..end]);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_after_a_dollar_and_outside_quotes() {
        assert_eq!(names_in("revenue >= $floor AND x = '$no' AND y<$top2"), ["floor", "top2"]);
        assert_eq!(names_in("$"), [""]);
        assert_eq!(names_in("20万元"), Vec::<&str>::new());
    }
}
