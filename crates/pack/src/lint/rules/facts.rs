//! That a fact says where it comes from, who holds it, how long it stays good, and what its values are.

use serde_json::Value;

use super::{Look, has, items, text};
use crate::finding::rules as finding;
use crate::kind::Kind;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    let origins = ["from", "derive", "score"].into_iter().filter(|key| has(value, key)).count();
    if origins != 1 {
        look.say("/id", finding::fact_origin(&look.record.id));
    }
    if has(value, "from") {
        for key in ["holder", "freshness_months"] {
            if !has(value, key) {
                look.say("/id", finding::fact_unowned(&look.record.id, key));
            }
        }
    }
    lint_type(look, value);
    lint_districts(look, value);
    if let Some(score) = value.get("score") {
        lint_score(look, score);
    }
}

/// Which keys go with which type.
fn lint_type(look: &mut Look<'_, '_>, value: &Value) {
    let Some(kind) = text(value, "type") else { return };
    for (key, of, needed) in
        [("unit", "count", true), ("values", "label", true), ("currency", "money", false)]
    {
        if has(value, key) && kind != of {
            look.say(&format!("/{key}"), finding::fact_type_key(key, kind));
        } else if needed && kind == of && !has(value, key) {
            look.say("/type", finding::fact_type_needs(key, kind));
        }
    }
    let mut seen = Vec::new();
    for (label, at) in items(value, "", "values") {
        let Some(id) = text(label, "id") else { continue };
        if seen.contains(&id) {
            look.say(&at, finding::repeated_id(id));
        }
        seen.push(id);
    }
}

/// The district of an enterprise is one that the pack knows: budgets, maps and results go by it.
fn lint_districts(look: &mut Look<'_, '_>, value: &Value) {
    let is_district = value.get("from").is_some_and(|from| {
        text(from, "table") == Some("enterprises") && text(from, "column") == Some("district")
    });
    if !is_district {
        return;
    }
    for (label, at) in items(value, "", "values") {
        let Some(id) = text(label, "id") else { continue };
        if look.draft.get(Kind::District, id).is_none() {
            look.say(&at, finding::label_without_record(id, Kind::District.spec()));
        }
    }
}

fn lint_score(look: &mut Look<'_, '_>, score: &Value) {
    let Some(of) = text(score, "of") else { return };
    let Some(record) = look.draft.get(Kind::Score, of) else {
        look.must_exist("/score/of", "of", Kind::Score, of);
        return;
    };
    let Some(class) = text(score, "class") else { return };
    let known: Vec<&str> =
        items(&record.value, "", "class").filter_map(|(one, _)| text(one, "id")).collect();
    if !known.contains(&class) {
        look.say("/score/class", finding::unknown_name("class", class, &known));
    }
}
