//! Conditions: one form each, ids that differ, shared tests that exist.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Look, has, items, text};
use crate::finding::rules as finding;
use crate::lint::ids::is_kebab;

/// Looks at the shared tests of a record and returns their ids.
pub(super) fn lint_tests<'a>(look: &mut Look<'a, '_>) -> Vec<&'a str> {
    let value = look.value();
    let known: Vec<&str> =
        items(value, "", "test").filter_map(|(test, _)| text(test, "id")).collect();
    lint_ids(look, value, "", "test");
    for (test, at) in items(value, "", "test") {
        if has(test, "is") == has(test, "all") {
            look.say(&at, finding::condition_shape("is", "all"));
        }
        lint(look, test, &at, "all", &known);
    }
    known
}

/// Looks at the conditions in a list under a key.
pub(super) fn lint(look: &mut Look<'_, '_>, value: &Value, at: &str, key: &str, tests: &[&str]) {
    let mut seen = BTreeSet::new();
    for (condition, inside) in items(value, at, key) {
        let forms = ["is", "test", "all", "any"];
        if forms.into_iter().filter(|form| has(condition, form)).count() != 1 {
            look.say(&inside, finding::condition_shape("is", "any, all, test"));
        }
        let test = text(condition, "test");
        if let Some(test) = test.filter(|test| !tests.contains(test)) {
            look.say(&format!("{inside}/test"), finding::unknown_name("test", test, tests));
        }
        match text(condition, "id").or(test) {
            None => look.say(&inside, finding::condition_without_id()),
            Some(id) => {
                if !is_kebab(id) {
                    look.say(&inside, crate::finding::meaning::id_shape(id));
                }
                if !seen.insert(id) {
                    look.say(&inside, finding::repeated_id(id));
                }
            }
        }
        lint(look, condition, &inside, "all", tests);
        lint(look, condition, &inside, "any", tests);
    }
}

/// Looks at the ids of a list of named parts.
pub(super) fn lint_ids(look: &mut Look<'_, '_>, value: &Value, at: &str, key: &str) {
    let mut seen = BTreeSet::new();
    for (part, inside) in items(value, at, key) {
        let Some(id) = text(part, "id") else { continue };
        if !is_kebab(id) {
            look.say(&format!("{inside}/id"), crate::finding::meaning::id_shape(id));
        }
        if !seen.insert(id) {
            look.say(&format!("{inside}/id"), finding::repeated_id(id));
        }
    }
}

/// Returns the ids of all conditions of a list, those inside others too.
pub(super) fn ids<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (condition, _) in items(value, "", key) {
        found.extend(text(condition, "id").or_else(|| text(condition, "test")));
        found.extend(ids(condition, "all"));
        found.extend(ids(condition, "any"));
    }
    found
}
