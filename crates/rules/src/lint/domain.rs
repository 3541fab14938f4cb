//! What a condition allows for one quantity: an interval, some labels, yes or no.

use std::collections::{BTreeMap, BTreeSet};

use linghang_expr::{CompareOp, Constant, Exact, Kind, Node, Op, Parameter};

use crate::model::{Requirement, RuleSet, Shape};

/// Allowed values of one quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Domain {
    /// From and to, each with whether the edge belongs to it.
    Interval { low: Option<(Exact, bool)>, high: Option<(Exact, bool)> },
    /// Some words out of all.
    Words { allowed: BTreeSet<String>, all: Option<BTreeSet<String>> },
}

impl Domain {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Words { allowed, .. } => allowed.is_empty(),
            Self::Interval { low: Some((low, from)), high: Some((high, to)) } => {
                low > high || (low == high && !(*from && *to))
            }
            Self::Interval { .. } => false,
        }
    }

    pub(crate) fn intersect(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Interval { low: a, high: b }, Self::Interval { low: c, high: d }) => {
                let low = tighter(*a, *c, |x, y| x > y);
                let high = tighter(*b, *d, |x, y| x < y);
                Some(Self::Interval { low, high })
            }
            (Self::Words { allowed: a, all }, Self::Words { allowed: b, .. }) => {
                Some(Self::Words { allowed: a & b, all: all.clone() })
            }
            _ => None,
        }
    }

    /// Whether everything here is allowed there too.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.intersect(other).is_some_and(|both| both == *self)
    }

    /// Whether the two leave nothing out.
    pub(crate) fn covers_all_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words { allowed: a, all: Some(all) }, Self::Words { allowed: b, .. }) => {
                (a | b).is_superset(all)
            }
            (
                Self::Interval { low: None, high: Some(high) },
                Self::Interval { low: Some(low), high: None },
            )
            | (
                Self::Interval { low: Some(low), high: None },
                Self::Interval { low: None, high: Some(high) },
            ) => low.0 < high.0 || (low.0 == high.0 && (low.1 || high.1)),
            _ => false,
        }
    }
}

type Edge = Option<(Exact, bool)>;

fn tighter(a: Edge, b: Edge, is_tighter: impl Fn(Exact, Exact) -> bool) -> Edge {
    match (a, b) {
        (Some(a), Some(b)) if a.0 == b.0 => Some((a.0, a.1 && b.1)),
        (Some(a), Some(b)) => Some(if is_tighter(a.0, b.0) { a } else { b }),
        (edge, None) | (None, edge) => edge,
    }
}

/// One quantity and what is allowed for it, with the requirement that says so.
#[derive(Debug, Clone)]
pub(crate) struct Constraint {
    pub(crate) requirement: String,
    pub(crate) quantity: String,
    pub(crate) domain: Domain,
}

/// What must hold of single quantities for a list of requirements to hold. Alternatives say nothing that must.
pub(crate) fn constraints(rules: &RuleSet, requirements: &[Requirement]) -> Vec<Constraint> {
    let mut found = Vec::new();
    for requirement in requirements {
        collect(rules, &requirement.id, requirement, &mut found);
    }
    found
}

fn collect(rules: &RuleSet, id: &str, requirement: &Requirement, found: &mut Vec<Constraint>) {
    if requirement.discretionary {
        return;
    }
    match &requirement.shape {
        Shape::Leaf { leaf, .. } => {
            of_node(rules.leaves[*leaf].expression.checked.tree(), &mut |quantity, domain| {
                found.push(Constraint { requirement: id.to_owned(), quantity, domain });
            });
        }
        Shape::All(parts) => parts.iter().for_each(|part| collect(rules, id, part, found)),
        Shape::Any(_) | Shape::Judged => {}
    }
}

/// Reports the constraints of a condition that is a comparison, a flag, a list, or an AND of such.
pub(crate) fn of_node(node: &Node, report: &mut impl FnMut(String, Domain)) {
    match &node.op {
        Op::All(parts) => parts.iter().for_each(|part| of_node(part, report)),
        Op::Compare(op, left, right) => {
            let pair = constant(right).map(|value| (*op, left, value));
            let pair = pair.or_else(|| Some((op.flipped(), right, constant(left)?)));
            if let Some((op, quantity, value)) = pair
                && let Some(domain) = of_comparison(op, &quantity.kind, value)
            {
                report(quantity.to_text(), domain);
            }
        }
        Op::In(value, list) => {
            let words: Option<Vec<Value>> = list.iter().map(constant).collect();
            let words = words.into_iter().flatten().filter_map(|value| match value {
                Value::Word(word) => Some(word),
                Value::Number(_) => None,
            });
            let allowed: BTreeSet<String> = words.collect();
            if matches!(value.kind, Kind::Label(_)) {
                report(value.to_text(), Domain::Words { allowed, all: all_of(&value.kind) });
            }
        }
        Op::Fact { name, .. } if node.kind == Kind::Bool => {
            report(name.to_string(), flag(true));
        }
        Op::Not(inner) => {
            if let Op::Fact { name, .. } = &inner.op {
                report(name.to_string(), flag(false));
            }
        }
        _ => {}
    }
}

fn flag(value: bool) -> Domain {
    let word = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let all = BTreeSet::from([word(true), word(false)]);
    Domain::Words { allowed: BTreeSet::from([word(value)]), all: Some(all) }
}

fn all_of(kind: &Kind) -> Option<BTreeSet<String>> {
    match kind {
        Kind::Label(labels) => Some(labels.iter().cloned().collect()),
        _ => None,
    }
}

enum Value {
    Number(Exact),
    Word(String),
}

fn constant(node: &Node) -> Option<Value> {
    let literal = match &node.op {
        Op::Literal(literal) => literal,
        Op::Parameter { parameter, .. } => match &**parameter {
            Parameter::Value(literal) => literal,
            _ => return None,
        },
        Op::InMonths(inner) => {
            return match constant(inner)? {
                Value::Number(years) => Some(Value::Number(years.mul(Exact::whole(12))?)),
                Value::Word(_) => None,
            };
        }
        _ => return None,
    };
    match &literal.value {
        Constant::Exact(value) => Some(Value::Number(*value)),
        Constant::Date(day) => Some(Value::Number(Exact::whole(
            (*day - chrono::NaiveDate::default()).num_days().into(),
        ))),
        Constant::Text(text) => Some(Value::Word(text.to_string())),
        Constant::Bool(value) => Some(Value::Word(if *value { "yes" } else { "no" }.to_owned())),
    }
}

fn of_comparison(op: CompareOp, kind: &Kind, value: Value) -> Option<Domain> {
    match value {
        Value::Word(word) => {
            let all = all_of(kind).or_else(|| match kind {
                Kind::Bool => Some(BTreeSet::from(["yes".to_owned(), "no".to_owned()])),
                _ => None,
            });
            match (op, &all) {
                (CompareOp::Equal, _) => {
                    Some(Domain::Words { allowed: BTreeSet::from([word]), all })
                }
                (CompareOp::NotEqual, Some(words)) => {
                    let allowed = words.iter().filter(|one| **one != word).cloned().collect();
                    Some(Domain::Words { allowed, all })
                }
                _ => None,
            }
        }
        Value::Number(value) => {
            let (low, high) = match op {
                CompareOp::Equal => (Some((value, true)), Some((value, true))),
                CompareOp::Greater => (Some((value, false)), None),
                CompareOp::GreaterEqual => (Some((value, true)), None),
                CompareOp::Less => (None, Some((value, false))),
                CompareOp::LessEqual => (None, Some((value, true))),
                CompareOp::NotEqual => return None,
            };
            Some(Domain::Interval { low, high })
        }
    }
}

/// The allowed region: for each quantity the intersection of everything that is said of it.
pub(crate) fn region(constraints: &[Constraint]) -> BTreeMap<&str, Domain> {
    let mut region: BTreeMap<&str, Domain> = BTreeMap::new();
    for one in constraints {
        let known = region.get(one.quantity.as_str());
        let both = known.and_then(|known| known.intersect(&one.domain));
        region.insert(&one.quantity, both.unwrap_or_else(|| one.domain.clone()));
    }
    region
}
