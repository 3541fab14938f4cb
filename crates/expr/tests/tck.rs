//! Slices of the DMN conformance kit (Apache-2.0) that speak about what this language does: equality, between,
//! three-valued logic, rounding. Cases about other things (times, lists, contexts, functions as values) are counted
//! as skipped; a case that is translated must come out as the kit says.
//!
//! The kit is found through `LINGHANG_TEST_DATA`; without it the tests say so and pass.

#![allow(clippy::print_stderr, reason = "a test says how many cases it ran and skipped")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the kit writes them so")]

mod common;
mod kit;

use std::collections::BTreeMap;

use common::{as_of, outcome};
use kit::{attribute, kit};
use linghang_expr::{
    Batch, Exact, Expect, Facts, Kind, Literal, Missing, Outcome, Parameters, Rounding, check,
};
use quick_xml::events::Event;

/// What the kit expects of a decision: `Some(text)` or null.
struct Case {
    id: String,
    inputs: BTreeMap<String, Option<String>>,
    expected: BTreeMap<String, Option<String>>,
}

/// The literal expressions of a model by the name of their decision.
fn decisions(model: &str) -> BTreeMap<String, String> {
    let mut reader = quick_xml::Reader::from_str(model);
    let (mut name, mut in_text, mut found) = (String::new(), false, BTreeMap::new());
    loop {
        match reader.read_event().expect("the kit is well formed") {
            Event::Start(tag) if tag.local_name().as_ref() == "decision" => {
                name = attribute(&tag, "name").unwrap_or_default();
            }
            Event::Start(tag) if tag.local_name().as_ref() == "text" => in_text = true,
            Event::End(_) => in_text = false,
            Event::Text(text) if in_text && !name.is_empty() => {
                let text = text.to_string();
                found.entry(name.clone()).or_insert_with(String::new).push_str(&text);
            }
            Event::GeneralRef(entity) if in_text => {
                let sign = match &*entity {
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    _ => "&",
                };
                found.entry(name.clone()).or_insert_with(String::new).push_str(sign);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn cases(tests: &str) -> Vec<Case> {
    let mut reader = quick_xml::Reader::from_str(tests);
    let (mut found, mut node, mut value) = (Vec::<Case>::new(), (String::new(), false), None);
    loop {
        match reader.read_event().expect("the kit is well formed") {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "testCase" => found.push(Case {
                    id: attribute(&tag, "id").unwrap_or_default(),
                    inputs: BTreeMap::new(),
                    expected: BTreeMap::new(),
                }),
                "inputNode" => node = (attribute(&tag, "name").unwrap_or_default(), true),
                "resultNode" => node = (attribute(&tag, "name").unwrap_or_default(), false),
                "value" => value = Some(String::new()),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(value) = &mut value {
                    value.push_str(&text);
                }
            }
            Event::End(tag) if matches!(tag.local_name().as_ref(), "inputNode" | "resultNode") => {
                let Some(case) = found.last_mut() else { continue };
                let map = if node.1 { &mut case.inputs } else { &mut case.expected };
                map.insert(node.0.clone(), value.take());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Decisions and cases of one folder.
fn suite(kit: &BTreeMap<String, String>, name: &str) -> (BTreeMap<String, String>, Vec<Case>) {
    let mut model = BTreeMap::new();
    let mut tests = Vec::new();
    for (path, text) in kit.iter().filter(|(path, _)| path.contains(&format!("/{name}"))) {
        if path.ends_with(".dmn") {
            model.extend(decisions(text));
        } else if path.ends_with(".xml") {
            tests.extend(cases(text));
        }
    }
    assert!(!model.is_empty() && !tests.is_empty(), "the kit has no folder {name}");
    (model, tests)
}

/// A literal of FEEL in our language, where it has one.
fn literal(feel: &str) -> Option<String> {
    let feel = feel.trim();
    let quoted = |prefix: &str| feel.strip_prefix(prefix)?.strip_suffix("\")").map(str::to_owned);
    if matches!(feel, "true" | "false") || feel.parse::<f64>().is_ok() {
        return Some(feel.to_owned());
    }
    if let Some(day) = quoted("date(\"") {
        return Some(format!("DATE '{day}'"));
    }
    if let Some(span) = quoted("duration(\"") {
        let (sign, span) = span.strip_prefix('-').map_or(("", span.as_str()), |rest| ("-", rest));
        let body = span.strip_prefix('P')?;
        let unit = match body.chars().last()? {
            'Y' => "年",
            'M' => "个月",
            'D' => "天",
            _ => return None,
        };
        let number: u32 = body[..body.len() - 1].parse().ok()?;
        return Some(format!("{sign}{number}{unit}"));
    }
    let text = feel.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('"')).then(|| format!("'{text}'"))
}

/// A comparison or BETWEEN of FEEL in our language.
fn condition(feel: &str) -> Option<String> {
    if let Some((value, bounds)) = feel.split_once(" between ") {
        let (low, high) = bounds.split_once(" and ")?;
        return Some(format!(
            "{} BETWEEN {} AND {}",
            literal(value)?,
            literal(low)?,
            literal(high)?
        ));
    }
    let (sign, ours) = if feel.contains("!=") { ("!=", "<>") } else { ("=", "=") };
    let (left, right) = feel.split_once(sign)?;
    // A bare number takes the unit of its other side here; FEEL answers null.
    let is_bare = |text: &str| text.trim().parse::<f64>().is_ok();
    if is_bare(left) != is_bare(right) {
        return None;
    }
    Some(format!("{} {ours} {}", literal(left)?, literal(right)?))
}

fn truth_of(text: &str, facts: &Facts, batch: &Batch) -> Option<Outcome> {
    let checked = check(text, facts, &Parameters::new(), Expect::Truth).ok()?;
    Some(outcome(&checked.compile().expect("compiles").truth(batch, as_of()), 0))
}

fn wanted(value: Option<&str>) -> Outcome {
    match value.map(str::trim) {
        Some("true") => Outcome::True,
        Some("false") => Outcome::False,
        _ => Outcome::Unknown,
    }
}

fn constants(name: &str, at_least: usize) {
    let Some(kit) = kit() else { return };
    let (model, cases) = suite(&kit, name);
    let batch = Batch::new(1, &Facts::new(), Vec::new()).expect("no columns");
    let (mut run, mut skipped) = (0, 0);
    for case in &cases {
        for (decision, expected) in &case.expected {
            let text = model.get(decision).and_then(|feel| condition(feel));
            // What our kinds refuse (a date against a number) the kit answers with null: refused before it runs.
            match text.as_deref().and_then(|text| truth_of(text, &Facts::new(), &batch)) {
                Some(found) => {
                    assert_eq!(found, wanted(expected.as_deref()), "{name} {} {text:?}", case.id);
                    run += 1;
                }
                None => skipped += 1,
            }
        }
    }
    eprintln!("DMN kit {name}: {run} run, {skipped} skipped (other types, or refused by kind)");
    assert!(run >= at_least, "{name}: only {run} cases were translated");
}

#[test]
fn equality_agrees_with_the_kit() {
    constants("0068-feel-equality", 15);
}

#[test]
fn between_agrees_with_the_kit() {
    constants("0071-feel-between", 15);
}

#[test]
fn three_valued_logic_agrees_with_the_kit() {
    let Some(kit) = kit() else { return };
    let mut facts = Facts::new();
    for name in ["a", "b"] {
        facts.insert(name, Kind::Bool, Missing::Unknown).expect("good names");
    }
    for (name, least) in [("0106-feel-ternary-logic", 18), ("0107-feel-ternary-logic-not", 3)] {
        let (model, cases) = suite(&kit, name);
        let mut run = 0;
        for case in &cases {
            let column = |name: &str| -> arrow_array::ArrayRef {
                let value = case.inputs.get(name).cloned().flatten();
                let value = value.filter(|text| !text.trim().is_empty());
                std::sync::Arc::new(arrow_array::BooleanArray::from(vec![
                    value.map(|text| text.trim() == "true"),
                ]))
            };
            let columns = vec![("a", column("A")), ("b", column("B"))];
            let batch = Batch::new(1, &facts, columns).expect("types fit");
            for (decision, expected) in &case.expected {
                let feel = model.get(decision).expect("the kit names its decisions");
                let text = feel.replace('A', "a").replace('B', "b");
                let found = truth_of(&text, &facts, &batch);
                assert_eq!(found, Some(wanted(expected.as_deref())), "{name} {} {text}", case.id);
                run += 1;
            }
        }
        eprintln!("DMN kit {name}: {run} run, 0 skipped");
        assert!(run >= least, "{name}: only {run} cases");
    }
}

#[test]
fn rounding_agrees_with_the_kit() {
    let Some(kit) = kit() else { return };
    for (name, function, rounding) in [
        ("1141-feel-round-up-function", "round up(", Rounding::Up),
        ("1142-feel-round-down-function", "round down(", Rounding::Down),
        ("1143-feel-round-half-up-function", "round half up(", Rounding::HalfUp),
        ("1144-feel-round-half-down-function", "round half down(", Rounding::HalfDown),
    ] {
        let (model, cases) = suite(&kit, name);
        let (mut run, mut skipped) = (0, 0);
        for case in &cases {
            for (decision, expected) in &case.expected {
                let found = model.get(decision).and_then(|feel| {
                    let (value, places) =
                        feel.strip_prefix(function)?.strip_suffix(')')?.split_once(',')?;
                    number(value)?.round_to(places.trim().parse().ok()?, rounding)
                });
                match (found, expected.as_deref().and_then(number)) {
                    (Some(found), Some(expected)) => {
                        assert_eq!(found, expected, "{name} {}", case.id);
                        run += 1;
                    }
                    // Wrong arguments, and scales of thousands of digits, are errors of FEEL and not of rounding.
                    _ => skipped += 1,
                }
            }
        }
        eprintln!("DMN kit {name}: {run} run, {skipped} skipped (wrong arguments on purpose)");
        assert!(run >= 4, "{name}: only {run} cases");
    }
}

fn number(text: &str) -> Option<Exact> {
    Literal::parse(text.trim()).ok()?.exact()
}
