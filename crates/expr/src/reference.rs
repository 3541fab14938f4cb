//! The slow, plain interpreter: one enterprise at a time, straight from the tree.
//!
//! It is the definition of what an expression means. The vectorised evaluation must agree with it on every row; it
//! also serves traces and the rare shapes that have no kernel.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::batch::{Batch, MILLION};
use crate::dates;
use crate::exact::Exact;
use crate::kind::Kind;
use crate::literal::{Constant, Literal};
use crate::parameter::{FactSpec, Missing, Parameter};
use crate::tree::{ArithmeticOp, CompareOp, Function, Node, Op};
use crate::value::{Outcome, Reason, Value};

/// What a node comes to for one row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    Value(Value),
    /// A closed-world fact of this name has no value: comparisons are false.
    Absent(Arc<str>),
    Unknown(Reason),
}

use Found::{Absent, Unknown};

/// One row of a batch on one date.
#[derive(Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "the place of the row in its batch")]
pub(crate) struct Row<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) row: usize,
    pub(crate) as_of: NaiveDate,
}

/// Calculates with what is there; absence wins over unknown, because it settles every comparison.
macro_rules! there {
    ($found:expr) => {
        match $found {
            Found::Value(value) => value,
            other => return other,
        }
    };
}

impl Row<'_> {
    /// The truth of a condition.
    pub(crate) fn truth(&self, node: &Node) -> Outcome {
        match &node.op {
            Op::Not(inner) => negated(self.truth(inner)),
            Op::All(nodes) => {
                nodes.iter().fold(Outcome::True, |sum, node| both(sum, self.truth(node)))
            }
            Op::Any(nodes) => nodes.iter().fold(Outcome::False, |sum, node| {
                negated(both(negated(sum), negated(self.truth(node))))
            }),
            Op::Same(left, right) => match (self.truth(left), self.truth(right)) {
                (Outcome::Unknown, _) | (_, Outcome::Unknown) => Outcome::Unknown,
                (left, right) => outcome(left == right),
            },
            Op::Compare(op, left, right) => self.compare(*op, left, right),
            Op::In(value, items) => self.is_in(value, items),
            Op::Call(Function::Known, arguments) => self.known(&arguments[0]),
            _ => match self.value(node) {
                Found::Value(Value::Bool(value)) => outcome(value),
                Absent(_) => Outcome::False,
                _ => Outcome::Unknown,
            },
        }
    }

    fn known(&self, node: &Node) -> Outcome {
        if node.kind == Kind::Bool {
            return outcome(self.truth(node) != Outcome::Unknown);
        }
        outcome(matches!(self.value(node), Found::Value(_)))
    }

    fn is_in(&self, value: &Node, items: &[Node]) -> Outcome {
        let mut sum = Outcome::False;
        for item in items {
            let one = self.compare(CompareOp::Equal, value, item);
            sum = negated(both(negated(sum), negated(one)));
        }
        sum
    }

    fn compare(&self, op: CompareOp, left: &Node, right: &Node) -> Outcome {
        if op == CompareOp::NotEqual {
            return negated(self.compare(CompareOp::Equal, left, right));
        }
        let (left, right) = match self.sides(left, right) {
            Ok(sides) => sides,
            Err(Absent(_)) => return Outcome::False,
            Err(_) => return Outcome::Unknown,
        };
        match order(&left, &right) {
            Some(order) => outcome(op.holds(order)),
            None => Outcome::Unknown,
        }
    }

    /// Whether a side of a comparison is too large to be computed with.
    pub(crate) fn is_too_large(&self, left: &Node, right: &Node) -> bool {
        matches!(self.sides(left, right), Err(Unknown(Reason::Overflow)))
    }

    /// Both sides of a comparison. A yearly growth is compared as new with old × (1 + rate)^years, which is exact.
    fn sides(&self, left: &Node, right: &Node) -> Result<(Value, Value), Found> {
        let (grown, rate, swapped) = match (&left.op, &right.op) {
            (Op::Call(Function::AnnualGrowth, arguments), _) => (Some(arguments), right, false),
            (_, Op::Call(Function::AnnualGrowth, arguments)) => (Some(arguments), left, true),
            _ => (None, right, false),
        };
        let (one, two) = match grown {
            None => (self.value(left), self.value(right)),
            Some(arguments) => {
                let (new, wanted) = self.grown(arguments, &self.value(rate));
                if swapped { (wanted, new) } else { (new, wanted) }
            }
        };
        match (one, two) {
            (Found::Value(one), Found::Value(two)) => Ok((one, two)),
            (absent @ Absent(_), _) | (_, absent @ Absent(_)) => Err(absent),
            (unknown @ Unknown(_), _) | (_, unknown) => Err(unknown),
        }
    }

    fn grown(&self, arguments: &[Node], rate: &Found) -> (Found, Found) {
        let (new, old) = (self.value(&arguments[0]), self.value(&arguments[1]));
        if let Found::Value(old) = &old
            && !old.as_exact().is_some_and(Exact::is_positive)
        {
            return (new, Unknown(Reason::NotPositive));
        }
        let wanted = match (&old, rate) {
            (Found::Value(old), Found::Value(rate)) => {
                let years = years_of(&arguments[2]);
                match (old.as_exact(), rate.as_exact()) {
                    (Some(old), Some(rate)) => exact(
                        Exact::ONE
                            .add(rate)
                            // Nothing shrinks by more than all of it.
                            .map(|factor| factor.max(Exact::ZERO))
                            .and_then(|factor| factor.pow(years))
                            .and_then(|factor| factor.mul(old)),
                    ),
                    _ => Unknown(Reason::Overflow),
                }
            }
            (absent @ Absent(_), _) | (_, absent @ Absent(_)) => absent.clone(),
            (unknown @ Unknown(_), _) | (_, unknown) => unknown.clone(),
        };
        (new, wanted)
    }

    /// The value of any node.
    pub(crate) fn value(&self, node: &Node) -> Found {
        match &node.op {
            Op::Literal(literal) => Found::Value(constant(literal)),
            Op::Fact { name, spec } => self.fact(name, spec),
            Op::Parameter { name, parameter, by } => self.parameter(name, parameter, by.as_ref()),
            Op::Negate(inner) => match there!(self.value(inner)) {
                Value::Float(value) => Found::Value(Value::Float(-value)),
                value => exact(value.as_exact().and_then(Exact::neg)),
            },
            Op::InMonths(inner) => {
                let years = there!(self.value(inner));
                exact(years.as_exact().and_then(|years| years.mul(Exact::whole(12))))
            }
            Op::Arithmetic(op, left, right) => match self.pair(left, right) {
                Ok((left, right)) => arithmetic(*op, &left, &right, &node.kind),
                Err(found) => found,
            },
            Op::Call(Function::Known, _)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Same(..)
            | Op::Not(_)
            | Op::All(_)
            | Op::Any(_) => match self.truth(node) {
                Outcome::True => Found::Value(Value::Bool(true)),
                Outcome::False => Found::Value(Value::Bool(false)),
                Outcome::Unknown => Unknown(self.why(node)),
            },
            Op::Call(function, arguments) => self.call(*function, arguments, &node.kind),
        }
    }

    /// The first reason why a condition is unknown.
    fn why(&self, node: &Node) -> Reason {
        for child in node.children() {
            let found = if child.kind == Kind::Bool && self.truth(child) == Outcome::Unknown {
                return self.why(child);
            } else {
                self.value(child)
            };
            if let Unknown(reason) = found {
                return reason;
            }
        }
        Reason::Overflow
    }

    fn pair(&self, left: &Node, right: &Node) -> Result<(Value, Value), Found> {
        match (self.value(left), self.value(right)) {
            (Found::Value(left), Found::Value(right)) => Ok((left, right)),
            (absent @ Absent(_), _) | (_, absent @ Absent(_)) => Err(absent),
            (unknown @ Unknown(_), _) | (_, unknown) => Err(unknown),
        }
    }

    fn fact(&self, name: &Arc<str>, spec: &FactSpec) -> Found {
        let unknown = || Unknown(Reason::Missing(Arc::clone(name)));
        match self.batch.column(name) {
            Some(column) if column.is_absent(self.row) => Absent(Arc::clone(name)),
            Some(column) if !column.is_known(self.row) => unknown(),
            Some(column) => {
                let value = column.value(self.row, spec.kind == Kind::Ratio);
                Found::Value(match (value, &spec.kind) {
                    (Value::Days(year), Kind::Year) => Value::Exact(Exact::whole(year.into())),
                    (value, _) => value,
                })
            }
            None if spec.missing != Missing::No => unknown(),
            None => match spec.kind {
                Kind::Bool => Found::Value(Value::Bool(false)),
                Kind::Number => Found::Value(Value::Float(0.0)),
                _ if spec.kind.missing_is_zero() => Found::Value(Value::Exact(Exact::ZERO)),
                _ => Absent(Arc::clone(name)),
            },
        }
    }

    fn parameter(
        &self,
        name: &Arc<str>,
        parameter: &Parameter,
        by: Option<&(Arc<str>, Arc<FactSpec>)>,
    ) -> Found {
        let chooser = by.map(|(name, spec)| (self.fact(name, spec), spec));
        match (parameter, chooser) {
            (Parameter::Value(literal), _) => Found::Value(constant(literal)),
            (Parameter::Table { rows, .. }, Some((found, spec))) => {
                let (Value::Label(code), Kind::Label(labels)) = (there!(found), &spec.kind) else {
                    return Unknown(Reason::Outside(Arc::clone(name)));
                };
                let label = labels.get(usize::from(code));
                rows.iter().find(|(key, _)| Some(key) == label).map_or_else(
                    || Unknown(Reason::Outside(Arc::clone(name))),
                    |(_, literal)| Found::Value(constant(literal)),
                )
            }
            (Parameter::Brackets { rows, .. }, Some((found, _))) => {
                let value = there!(found);
                for row in rows {
                    let inside = row.to.as_ref().is_none_or(|edge| {
                        order(&value, &constant(edge))
                            .is_some_and(|order| order.is_lt() || (row.inclusive && order.is_eq()))
                    });
                    if inside {
                        return Found::Value(constant(&row.is));
                    }
                }
                Unknown(Reason::Outside(Arc::clone(name)))
            }
            _ => Unknown(Reason::Unset(Arc::clone(name))),
        }
    }

    fn call(&self, function: Function, arguments: &[Node], kind: &Kind) -> Found {
        match function {
            Function::Ratio | Function::Growth => {
                let (above, below) = match self.pair(&arguments[0], &arguments[1]) {
                    Ok(pair) => pair,
                    Err(found) => return found,
                };
                quotient(function, &above, &below, kind)
            }
            Function::AnnualGrowth => match self.pair(&arguments[0], &arguments[1]) {
                Ok((new, old)) => annual_growth(&new, &old, years_of(&arguments[2])),
                Err(found) => found,
            },
            Function::Min | Function::Max => self.extreme(function, arguments, kind),
            Function::Abs => match there!(self.value(&arguments[0])) {
                Value::Float(value) => Found::Value(Value::Float(value.abs())),
                value => exact(value.as_exact().and_then(Exact::abs)),
            },
            _ => {
                let day = match there!(self.value(&arguments[0])) {
                    Value::Days(days) => dates::from_days(days),
                    _ => None,
                };
                match day {
                    Some(day) => since(function, day, self.as_of),
                    None => Unknown(Reason::Overflow),
                }
            }
        }
    }

    fn extreme(&self, function: Function, arguments: &[Node], kind: &Kind) -> Found {
        let mut best: Option<Found> = None;
        for argument in arguments {
            let found = match (self.value(argument), kind) {
                (Found::Value(value), Kind::Number) => float(value.as_float()),
                (found, _) => found,
            };
            best = Some(match (best, found) {
                (None, found) => found,
                (Some(absent @ Absent(_)), _) | (_, absent @ Absent(_)) => absent,
                (Some(unknown @ Unknown(_)), _) | (_, unknown @ Unknown(_)) => unknown,
                (Some(Found::Value(one)), Found::Value(two)) => {
                    let takes_one = order(&one, &two).is_none_or(|order| {
                        if function == Function::Min { order.is_le() } else { order.is_ge() }
                    });
                    Found::Value(if takes_one { one } else { two })
                }
            });
        }
        best.unwrap_or(Unknown(Reason::Overflow))
    }
}

fn outcome(value: bool) -> Outcome {
    if value { Outcome::True } else { Outcome::False }
}

fn negated(value: Outcome) -> Outcome {
    match value {
        Outcome::True => Outcome::False,
        Outcome::False => Outcome::True,
        Outcome::Unknown => Outcome::Unknown,
    }
}

fn both(one: Outcome, two: Outcome) -> Outcome {
    match (one, two) {
        (Outcome::False, _) | (_, Outcome::False) => Outcome::False,
        (Outcome::True, Outcome::True) => Outcome::True,
        _ => Outcome::Unknown,
    }
}

fn exact(value: Option<Exact>) -> Found {
    value.map_or(Unknown(Reason::Overflow), |value| Found::Value(Value::Exact(value)))
}

fn float(value: Option<f64>) -> Found {
    match value {
        Some(value) if value.is_finite() => Found::Value(Value::Float(value)),
        _ => Unknown(Reason::Overflow),
    }
}

/// The value of a literal.
pub(crate) fn constant(literal: &Literal) -> Value {
    match (&literal.value, &literal.kind) {
        (Constant::Exact(value), _) => Value::Exact(*value),
        (Constant::Date(day), _) => Value::Days(dates::to_days(*day)),
        (Constant::Text(text), Kind::Label(labels)) => labels
            .iter()
            .position(|label| **label == **text)
            .and_then(|place| u16::try_from(place).ok())
            .map_or_else(|| Value::Text(Arc::clone(text)), Value::Label),
        (Constant::Text(text), _) => Value::Text(Arc::clone(text)),
        (Constant::Bool(value), _) => Value::Bool(*value),
    }
}

fn order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Exact(left), Value::Exact(right)) => Some(left.cmp(right)),
        (Value::Days(left), Value::Days(right)) => Some(left.cmp(right)),
        (Value::Label(left), Value::Label(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        _ => left.as_float()?.partial_cmp(&right.as_float()?),
    }
}

fn arithmetic(op: ArithmeticOp, left: &Value, right: &Value, kind: &Kind) -> Found {
    if *kind == Kind::Number {
        let (Some(left), Some(right)) = (left.as_float(), right.as_float()) else {
            return Unknown(Reason::Overflow);
        };
        return float(Some(match op {
            ArithmeticOp::Add => left + right,
            ArithmeticOp::Subtract => left - right,
            ArithmeticOp::Multiply => left * right,
        }));
    }
    let (Some(left), Some(right)) = (left.as_exact(), right.as_exact()) else {
        return Unknown(Reason::Overflow);
    };
    exact(match op {
        ArithmeticOp::Add => left.add(right),
        ArithmeticOp::Subtract => left.sub(right),
        ArithmeticOp::Multiply => left.mul(right),
    })
}

fn quotient(function: Function, above: &Value, below: &Value, kind: &Kind) -> Found {
    if *kind == Kind::Number {
        let (Some(above), Some(below)) = (above.as_float(), below.as_float()) else {
            return Unknown(Reason::Overflow);
        };
        if below <= 0.0 {
            return Unknown(Reason::NotPositive);
        }
        return float(Some(if function == Function::Growth {
            (above - below) / below
        } else {
            above / below
        }));
    }
    let (Some(above), Some(below)) = (above.as_exact(), below.as_exact()) else {
        return Unknown(Reason::Overflow);
    };
    if !below.is_positive() {
        return Unknown(Reason::NotPositive);
    }
    let above = if function == Function::Growth { above.sub(below) } else { Some(above) };
    exact(above.and_then(|above| above.div(below)))
}

fn years_of(node: &Node) -> u32 {
    match &node.op {
        Op::Literal(literal) => literal
            .exact()
            .and_then(Exact::as_whole)
            .and_then(|years| u32::try_from(years).ok())
            .unwrap_or(1),
        _ => 1,
    }
}

/// The yearly growth itself, to the nearest millionth; comparisons do not use it.
fn annual_growth(new: &Value, old: &Value, years: u32) -> Found {
    let (Some(new), Some(old)) = (new.as_exact(), old.as_exact()) else {
        return Unknown(Reason::Overflow);
    };
    if !old.is_positive() || new < Exact::ZERO {
        return Unknown(Reason::NotPositive);
    }
    let Some(factor) = new.div(old).map(Exact::to_f64) else { return Unknown(Reason::Overflow) };
    // The root of a double is exact to far more than a millionth.
    let growth = factor.powf(1.0 / f64::from(years)) - 1.0;
    exact(
        Exact::from_f64((growth * MILLION as f64).round())
            .and_then(|millionths| millionths.div(Exact::whole(MILLION.into()))),
    )
}

fn since(function: Function, day: NaiveDate, as_of: NaiveDate) -> Found {
    let value = match function {
        Function::MonthsSince => dates::months_between(day, as_of),
        Function::YearsSince => dates::years_between(day, as_of),
        Function::DaysUntil => i64::from(dates::to_days(day)) - i64::from(dates::to_days(as_of)),
        _ => i64::from(day.year()),
    };
    Found::Value(Value::Exact(Exact::whole(value.into())))
}
