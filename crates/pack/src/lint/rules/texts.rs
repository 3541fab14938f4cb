//! That texts inside a record, below its own name and note, are there in both languages.

use serde_json::Value;

use super::Look;
use crate::lint::texts::gaps;
use crate::tree::child;

/// Keys of texts inside records.
const TEXTS: [&str; 3] = ["name", "say", "note"];

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let Some(table) = look.value().as_object() else { return };
    for (key, value) in table {
        // The record's own texts are looked at with those of every other kind.
        if !look.record.kind.spec().texts.contains(&key.as_str()) {
            walk(look, value, &child("", key));
        }
    }
}

pub(super) fn walk(look: &mut Look<'_, '_>, value: &Value, at: &str) {
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                let at = child(at, key);
                if TEXTS.contains(&key.as_str()) {
                    for found in gaps(key, inner) {
                        look.say(&at, found);
                    }
                } else {
                    walk(look, inner, &at);
                }
            }
        }
        Value::Array(list) => {
            for (place, inner) in list.iter().enumerate() {
                walk(look, inner, &format!("{at}/{place}"));
            }
        }
        _ => {}
    }
}
