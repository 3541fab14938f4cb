//! Conditions of a rule with their truth, values and what is missing.

use std::sync::Arc;

use linghang_core::Bilingual;
use linghang_expr::{Checked, Exact, Kind, Missing, Value};

use super::report::{Comparison, ConditionKind, ConditionReport, FactValue, MissingFact, Truth3};
use super::words::{same, say};
use super::{View, gap};
use crate::model::{Requirement, Shape};

/// Reports one requirement with its parts.
pub(crate) fn report(view: &View<'_>, requirement: &Requirement) -> ConditionReport {
    let mut report = ConditionReport {
        id: requirement.id.clone(),
        say: requirement.say.clone(),
        clause: requirement.clause.clone(),
        kind: ConditionKind::One,
        truth: view.truth(requirement),
        discretionary: requirement.discretionary,
        cure: requirement.cure,
        text: None,
        comparisons: Arc::default(),
        facts: Arc::default(),
        parts: Vec::new(),
    };
    let of_parts = |parts: &[Requirement]| -> Vec<ConditionReport> {
        parts.iter().map(|part| self::report(view, part)).collect()
    };
    match &requirement.shape {
        Shape::Leaf { text, leaf } => {
            let values = view.values(*leaf);
            report.text = Some(text.clone());
            report.comparisons = Arc::clone(&values.comparisons);
            report.facts = Arc::clone(&values.facts);
        }
        Shape::All(parts) => {
            report.kind = ConditionKind::All;
            report.parts = of_parts(parts);
        }
        Shape::Any(parts) => {
            report.kind = ConditionKind::Any;
            report.parts = of_parts(parts);
        }
        Shape::Judged => report.kind = ConditionKind::Judged,
    }
    report
}

/// What stands on both sides of a condition: the same for every rule that demands it.
#[derive(Debug, Clone)]
pub(crate) struct LeafValues {
    comparisons: Arc<[Comparison]>,
    facts: Arc<[FactValue]>,
}

impl LeafValues {
    pub(crate) fn of(view: &View<'_>, checked: &Checked) -> Self {
        let facts = checked.facts().iter().map(|fact| fact_value(view, fact));
        Self { comparisons: gap::comparisons(view, checked).into(), facts: facts.collect() }
    }
}

fn fact_value(view: &View<'_>, fact: &str) -> FactValue {
    let dictionary = &view.rules.dictionary;
    let kind = dictionary.get(fact).map_or(Kind::Plain, |info| info.kind.clone());
    FactValue {
        fact: fact.to_owned(),
        name: dictionary.name(fact),
        value: view.batch.value(fact, 0).map(|value| match (&value, &kind) {
            (Value::Label(code), Kind::Label(labels)) => labels
                .get(usize::from(*code))
                .map_or_else(|| same(code.to_string()), |label| dictionary.label(fact, label)),
            _ => written(&value, &kind),
        }),
        origin: view.population.origins.get(fact).cloned(),
        is_old: view.is_old(fact),
    }
}

fn written(value: &Value, kind: &Kind) -> Bilingual {
    match (value, kind) {
        (Value::Exact(exact), Kind::Ratio) => {
            // A stored ratio counts millionths.
            let share = exact.div(Exact::whole(1_000_000));
            share.map_or_else(|| same(exact.to_text()), |share| gap::written(share, kind))
        }
        (Value::Exact(exact), _) => gap::written(*exact, kind),
        (Value::Bool(true), _) => say("fact-yes"),
        (Value::Bool(false), _) => say("fact-no"),
        (Value::Text(text), _) => same(text.to_string()),
        (Value::Label(_), _) => same(value.to_text(kind).trim_matches('\'')),
        _ => same(value.to_text(kind)),
    }
}

/// Facts that keep a condition open: those of parts that are not known.
pub(crate) fn missing_in(condition: &ConditionReport, names: &mut Vec<String>) {
    if condition.truth != Truth3::Unknown {
        return;
    }
    let lost = condition.facts.iter().filter(|fact| fact.value.is_none());
    names.extend(lost.map(|fact| fact.fact.clone()));
    for part in &condition.parts {
        missing_in(part, names);
    }
}

/// Facts without a value that do not simply mean "no".
pub(crate) fn missing_of(view: &View<'_>, facts: &[String]) -> Vec<String> {
    let is_lost = |fact: &&String| {
        let spec = view.rules.dictionary.facts.get(fact);
        view.batch.value(fact, 0).is_none() && spec.is_some_and(|s| s.missing != Missing::No)
    };
    facts.iter().filter(is_lost).cloned().collect()
}

/// A missing fact with who holds it.
pub(crate) fn missing_fact(view: &View<'_>, fact: &str) -> MissingFact {
    let dictionary = &view.rules.dictionary;
    let note = dictionary.get(fact).and_then(|info| info.record.missing_note.as_ref());
    MissingFact {
        fact: fact.to_owned(),
        name: dictionary.name(fact),
        holder: dictionary.holder(fact),
        note: note.map(|note| note.0.clone()),
        is_old: view.is_old(fact),
    }
}
