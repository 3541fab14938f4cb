//! Qualifications: rungs that are on their ladders, conditions, and nobody who must come before himself.

use serde_json::Value;

use super::{Look, conditions, items, text};
use crate::finding::rules as finding;
use crate::kind::Kind;
use crate::tree::child;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    let tests = conditions::lint_tests(look);
    conditions::lint(look, value, "", "when", &tests);
    conditions::lint(look, value, "", "direct", &tests);
    lint_rung(look, value, "");
    for (other, at) in items(value, "", "also") {
        if let Some(ladder) = text(other, "ladder") {
            look.must_exist(&child(&at, "ladder"), "ladder", Kind::Ladder, ladder);
        }
        lint_rung(look, other, &at);
    }
    lint_after(look);
}

fn lint_rung(look: &mut Look<'_, '_>, value: &Value, at: &str) {
    let ladder = text(value, "ladder").and_then(|id| look.draft.get(Kind::Ladder, id));
    let (Some(ladder), Some(rung)) = (ladder, value.get("rung")) else { return };
    let rungs: Vec<&Value> = items(&ladder.value, "", "rungs").map(|(rung, _)| rung).collect();
    let is_there = match rung {
        Value::Number(place) => place.as_u64().is_some_and(|place| place < rungs.len() as u64),
        Value::String(name) => rungs
            .iter()
            .any(|one| [text(one, "zh"), text(one, "en")].contains(&Some(name.as_str()))),
        _ => return,
    };
    if !is_there {
        let names: Vec<&str> = rungs.iter().filter_map(|one| text(one, "zh")).collect();
        look.say(&child(at, "rung"), finding::no_such_rung(&ladder.id, rung, &names));
    }
}

/// Follows `after` as long as there are qualifications; a circle would never let anyone in.
fn lint_after(look: &mut Look<'_, '_>) {
    let draft = look.draft;
    let mut next = text(look.value(), "after");
    for _ in draft.of_kind(Kind::Qualification) {
        let Some(id) = next else { return };
        if id == look.record.id {
            look.say("/after", finding::after_cycle(id));
            return;
        }
        next = draft.get(Kind::Qualification, id).and_then(|other| text(&other.value, "after"));
    }
}
