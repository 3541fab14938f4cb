//! Why a condition holds for one enterprise or not: every part with its truth, both sides, the gap and what is missing.
//!
//! The trace is data; sentences are made by the caller. It is computed by the reference interpreter.

use std::ops::Range;

use chrono::NaiveDate;

use crate::batch::Batch;
use crate::check::Checked;
use crate::exact::Exact;
use crate::kind::{DurationUnit, Kind};
use crate::reference::{Found, Row};
use crate::tree::{Node, Op};
use crate::value::{Outcome, Reason, Value};

/// One part of an expression, for one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The part, as it is written in the language.
    pub text: String,
    /// Bytes of the part in the checked text.
    pub span: Range<usize>,
    /// Kind of its value.
    pub kind: Kind,
    /// Its truth, where it is a condition.
    pub outcome: Option<Outcome>,
    /// Its value, where it has one.
    pub value: Option<Value>,
    /// Why there is no value or no sure truth.
    pub reason: Option<Reason>,
    /// Left minus right, for a comparison of two known values that have a distance.
    pub gap: Option<Gap>,
    /// Facts below this part that are missing and unknown, sorted.
    pub missing: Vec<String>,
    /// The parts directly below, from left to right.
    pub parts: Vec<Trace>,
}

/// The distance between the two sides of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Left minus right, in the smallest unit of `kind`.
    pub amount: Exact,
    /// Its unit. Two days are days apart, two years are years apart.
    pub kind: Kind,
}

impl Gap {
    /// The gap with its unit, such as `-20万元`.
    pub fn to_text(&self) -> String {
        crate::literal::number_text(self.amount, &self.kind)
    }
}

/// Explains an expression for one row of a batch.
///
/// A row beyond the batch has no facts: everything open-world is unknown.
pub fn trace(checked: &Checked, batch: &Batch, row: usize, as_of: NaiveDate) -> Trace {
    if row < batch.rows() {
        part(checked.tree(), &Row { batch, row, as_of })
    } else {
        // Without columns every fact is missing and means what its declaration says.
        part(checked.tree(), &Row { batch: &Batch::default(), row: 0, as_of })
    }
}

fn part(node: &Node, row: &Row<'_>) -> Trace {
    let parts: Vec<Trace> = node.children().into_iter().map(|child| part(child, row)).collect();
    let found = row.value(node);
    let is_condition = node.kind == Kind::Bool;
    let outcome = is_condition.then(|| row.truth(node));
    let mut missing: Vec<String> = parts.iter().flat_map(|part| part.missing.clone()).collect();
    let (value, reason) = match found {
        Found::Value(value) => (Some(value), None),
        Found::Absent(fact) => (None, Some(Reason::None(fact))),
        Found::Unknown(reason) => (None, Some(reason)),
    };
    if let Some(Reason::Missing(fact)) = &reason {
        missing.push(fact.to_string());
    }
    missing.sort_unstable();
    missing.dedup();
    Trace {
        text: node.to_text(),
        span: node.span.clone(),
        kind: node.kind.clone(),
        outcome,
        gap: gap(node, row),
        value,
        reason,
        missing,
        parts,
    }
}

/// Left minus right of a comparison. For a yearly growth it is the growth, to a millionth, against the rate.
fn gap(node: &Node, row: &Row<'_>) -> Option<Gap> {
    let Op::Compare(_, left, right) = &node.op else { return None };
    let (Found::Value(one), Found::Value(two)) = (row.value(left), row.value(right)) else {
        return None;
    };
    let (amount, kind) = match (&one, &two) {
        (Value::Days(one), Value::Days(two)) => {
            let days = i128::from(*one) - i128::from(*two);
            (Exact::whole(days), Kind::Duration(DurationUnit::Days))
        }
        (Value::Exact(one), Value::Exact(two)) => {
            let kind = match (&left.kind, &right.kind) {
                (Kind::Year, _) | (_, Kind::Year) => Kind::Duration(DurationUnit::Years),
                (Kind::Plain | Kind::Open, other) | (other, _) => other.clone(),
            };
            (one.sub(*two)?, kind)
        }
        (Value::Float(_), _) | (_, Value::Float(_)) => {
            (Exact::from_f64(one.as_float()? - two.as_float()?)?, Kind::Number)
        }
        _ => return None,
    };
    Some(Gap { amount, kind })
}
