//! Scores: stages of which the last is open, weights for the stages, scales that can be drawn.

use serde_json::Value;

use super::awards::is_value;
use super::literal::{Unit, literal, share};
use super::{Look, conditions, entries, has, items, text};
use crate::finding::rules as finding;
use crate::kind::Kind;
use crate::tree::child;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    for key in ["stage", "class", "item"] {
        conditions::lint_ids(look, value, "", key);
    }
    let ids = |key| -> Vec<&str> {
        items(value, "", key).filter_map(|(one, _)| text(one, "id")).collect()
    };
    let (stages, classes) = (ids("stage"), ids("class"));
    lint_stages(look, value);
    let must_score = text(value, "status") == Some("executable");
    for (item, at) in items(value, "", "item") {
        if let Some(class) = text(item, "class").filter(|class| !classes.contains(class)) {
            look.say(&child(&at, "class"), finding::unknown_name("class", class, &classes));
        }
        for (stage, weight, at) in entries(item, &at, "weight") {
            if !stages.contains(&stage) {
                look.say(&at, finding::unknown_name("weight", stage, &stages));
            }
            lint_weight(look, weight, &at);
        }
        let weight = item.get("weight");
        let is_weighed = stages.iter().all(|stage| weight.and_then(|all| all.get(stage)).is_some());
        if must_score && !(is_weighed && has(item, "scale")) {
            look.say(&at, finding::score_incomplete(text(item, "id").unwrap_or_default()));
        }
        if let Some(scale) = item.get("scale") {
            lint_scale(look, scale, &child(&at, "scale"));
        }
    }
}

fn lint_stages(look: &mut Look<'_, '_>, value: &Value) {
    let stages: Vec<(&Value, String)> = items(value, "", "stage").collect();
    if stages.is_empty() {
        look.say("/stage", finding::stage_order());
    }
    for (place, (stage, at)) in stages.iter().enumerate() {
        if (place + 1 == stages.len()) == has(stage, "is") {
            look.say(at, finding::stage_order());
        }
    }
}

fn lint_weight(look: &mut Look<'_, '_>, weight: &Value, at: &str) {
    let Some(written) = weight.as_str() else { return };
    let is_points = literal(written).is_some_and(|w| w.unit == Unit::Plain && w.millionths >= 0);
    if !is_points {
        look.say(at, finding::literal_shape("weight", written));
    }
}

fn lint_scale(look: &mut Look<'_, '_>, scale: &Value, at: &str) {
    let forms = ["steps", "linear", "log", "rank"];
    if forms.into_iter().filter(|form| has(scale, form)).count() != 1 {
        look.say(at, finding::scale_shape());
    }
    if let Some(rank) = text(scale, "rank") {
        look.must_exist(&child(at, "rank"), "rank", Kind::Fact, rank);
    }
    for form in ["linear", "log"] {
        let ends: Vec<(&str, String)> = super::texts(scale, at, form).collect();
        for (end, at) in &ends {
            if !is_value(end) {
                look.say(at, finding::literal_shape(form, end));
            }
        }
        let read: Vec<_> = ends.iter().filter_map(|(end, _)| literal(end)).collect();
        if let [low, high] = read.as_slice() {
            let starts = form == "linear" || low.millionths > 0;
            if low.unit != high.unit || low.millionths == high.millionths || !starts {
                look.say(&child(at, form), finding::scale_ends(form));
            }
        }
    }
    lint_steps(look, scale, at);
}

/// Steps ascend and measure the same.
fn lint_steps(look: &mut Look<'_, '_>, scale: &Value, at: &str) {
    let mut before = None;
    for (step, at) in items(scale, at, "steps") {
        if let Some(written) = text(step, "share").filter(|written| share(written).is_none()) {
            look.say(&child(&at, "share"), finding::share_shape("share", written));
        }
        let Some(from) = text(step, "from") else { continue };
        let Some(read) = literal(from) else {
            look.say(&child(&at, "from"), finding::literal_shape("from", from));
            continue;
        };
        let (unit, reached) = before.unwrap_or((read.unit, i128::MIN));
        if unit != read.unit || reached >= read.millionths {
            look.say(&child(&at, "from"), finding::step_order(from));
        }
        before = Some((read.unit, read.millionths));
    }
}
