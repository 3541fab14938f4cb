//! Test cases: that they try something that exists, with facts that exist, and expect amounts that can be read.

use serde_json::Value;

use super::awards::{find_award, lint_amount};
use super::{Look, conditions, entries, items, text, texts};
use crate::draft::RawRecord;
use crate::finding::rules as finding;
use crate::kind::{Kind, Layout};
use crate::tree::child;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let spec = look.record.kind.spec();
    if spec.layout == Layout::OneEach && tried(look).is_none() {
        look.say("", finding::tests_of_nothing(spec, &look.record.id));
        return;
    }
    for (case, at) in items(look.value(), "", "case") {
        super::texts::walk(look, case, &at);
        for (fact, _, at) in entries(case, &at, "facts") {
            look.must_exist(&at, "facts", Kind::Fact, fact);
        }
        for (payment, at) in items(case, &at, "payments") {
            lint_amount(look, payment, &at, "amount");
            let award = text(payment, "award").unwrap_or_default();
            if find_award(look.draft, &look.record.id, award).is_none() {
                look.say(&child(&at, "award"), finding::unknown_name("award", award, &[]));
            }
        }
        for (name, expected, at) in entries(case, &at, "expect") {
            lint_expected(look, name, expected, &at);
        }
    }
}

/// The record that the file tries, for kinds with one record in a file.
fn tried<'a>(look: &Look<'a, '_>) -> Option<&'a RawRecord> {
    look.draft.get(look.record.kind, &look.record.id)
}

fn lint_expected(look: &mut Look<'_, '_>, name: &str, expected: &Value, at: &str) {
    lint_amount(look, expected, at, "amount");
    for (fact, at) in texts(expected, at, "missing") {
        look.must_exist(&at, "missing", Kind::Fact, fact);
    }
    let kind = look.record.kind;
    let found = match kind {
        Kind::Programme => {
            find_award(look.draft, &look.record.id, name).map(|(_, award)| (award, "when"))
        }
        Kind::Watch | Kind::Route => look.draft.get(kind, name).map(|one| (&one.value, "when")),
        _ if name == look.record.id => tried(look).map(|one| (&one.value, "when")),
        _ => None,
    };
    let Some((tried, key)) = found else {
        look.say(at, finding::unknown_name("expect", name, &[]));
        return;
    };
    let mut known = conditions::ids(tried, key);
    if kind == Kind::Programme
        && let Some(record) = look.draft.get(kind, &look.record.id)
    {
        known.extend(items(&record.value, "", "test").flat_map(|(t, _)| conditions::ids(t, "all")));
    }
    for (id, at) in texts(expected, at, "failing") {
        if !known.contains(&id) {
            look.say(&at, finding::unknown_name("failing", id, &known));
        }
    }
}
