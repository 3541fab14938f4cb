//! Why a condition holds for one enterprise or not: every part with its truth, both sides, the gap and what is missing.
//!
//! The trace is data; sentences are made by the caller. It is computed by the reference interpreter.

use std::ops::Range;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::batch::Batch;
use crate::check::Checked;
use crate::dates;
use crate::exact::Exact;
use crate::kind::{DurationUnit, Kind};
use crate::reference::{Found, Row};
use crate::tree::{Function, Node, Op};
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

/// Years within which the passing of time is looked at.
const YEARS_AHEAD: u32 = 50;

/// The first day on which a condition holds by the passing of time alone: the earliest as-of date, from `as_of` on and
/// within fifty years, for which it is surely true of this row. None where it asks for no age and no time left, or the
/// dates of these are not known.
///
/// Exact: every day on which an age or the time left can change is asked in order, so a window of one day between two
/// ages is found too.
pub fn cured_on(
    checked: &Checked,
    batch: &Batch,
    row: usize,
    as_of: NaiveDate,
) -> Option<NaiveDate> {
    if row >= batch.rows() {
        return None;
    }
    let today = Row { batch, row, as_of };
    let last = as_of.checked_add_months(Months::new(12 * YEARS_AHEAD))?;
    let mut days: Vec<NaiveDate> = Vec::new();
    checked.tree().visit(&mut |node| {
        if let Op::Call(function, arguments) = &node.op
            && let Some(first) = arguments.first()
        {
            days.extend(turning_days(*function, &today.value(first), as_of, last));
        }
    });
    if !days.is_empty() {
        days.push(as_of);
    }
    days.sort_unstable();
    days.dedup();
    let holds =
        |day: &NaiveDate| Row { as_of: *day, ..today }.truth(checked.tree()) == Outcome::True;
    days.into_iter().find(holds)
}

/// The days from `first` to `last` on which a function of this date may get another value.
fn turning_days(
    function: Function,
    date: &Found,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<NaiveDate> {
    let Found::Value(Value::Days(days)) = date else { return Vec::new() };
    let Some(date) = dates::from_days(*days) else { return Vec::new() };
    let step = match function {
        Function::DaysUntil => {
            return first.iter_days().take_while(|day| *day <= last).collect();
        }
        Function::MonthsSince => 1,
        Function::YearsSince => 12,
        _ => return Vec::new(),
    };
    // In a month that is too short for the day, a month of age is complete on its last day.
    let shifted = |months: i64| match u32::try_from(months) {
        Ok(months) => date.checked_add_months(Months::new(months)),
        Err(_) => date.checked_sub_months(Months::new(u32::try_from(-months).ok()?)),
    };
    (months_apart(date, first).div_euclid(step) - 1..)
        .map_while(|count| shifted(count * step))
        .take_while(|day| *day <= last)
        .filter(|day| *day >= first)
        .collect()
}

/// Calendar months from one date to another, whatever their days; below zero when `to` is earlier.
fn months_apart(from: NaiveDate, to: NaiveDate) -> i64 {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
    months(to) - months(from)
}
