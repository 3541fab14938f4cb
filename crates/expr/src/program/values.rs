//! Exact numbers for selected rows.

use chrono::NaiveDate;

use super::lane::{CHUNK, Lane, Rows, Source, Whole};
use super::plan::{Fraction, Guard};
use super::{Program, Work};
use crate::batch::{Batch, Column};
use crate::exact::Exact;
use crate::reference::{Found, Row};
use crate::tree::Node;
use crate::value::{Reason, Value, Valued};

/// An amount in whole smallest units of its kind (fen).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Rounded half away from zero.
    Known(i64),
    /// A value that it needs is not known.
    Unknown,
    /// The exact result does not fit.
    Overflow,
}

/// What a number program answers with.
trait Answer: Sized {
    /// `above / den`; `den` is above zero.
    fn of<T: Whole>(above: T, den: T) -> Self;
    fn of_value(value: Valued) -> Self;
}

impl Answer for Valued {
    fn of<T: Whole>(above: T, den: T) -> Self {
        Exact::new(above.wide(), den.wide()).map_or(Self::Overflow, Self::Known)
    }

    fn of_value(value: Valued) -> Self {
        value
    }
}

impl Answer for Amount {
    fn of<T: Whole>(above: T, den: T) -> Self {
        above.rounded(den).map_or(Self::Overflow, Self::Known)
    }

    fn of_value(value: Valued) -> Self {
        match value {
            Valued::Known(value) => value.to_fen_half_up().map_or(Self::Overflow, Self::Known),
            Valued::Unknown(_) => Self::Unknown,
            Valued::Overflow => Self::Overflow,
        }
    }
}

pub(super) fn of(program: &Program, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Vec<Valued> {
    answers(program, batch, rows, as_of)
}

pub(super) fn amounts(
    program: &Program,
    batch: &Batch,
    rows: &[u32],
    as_of: NaiveDate,
) -> Vec<Amount> {
    answers(program, batch, rows, as_of)
}

fn answers<A: Answer>(program: &Program, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Vec<A> {
    let slow = |row: &u32| A::of_value(slow_value(&program.root, batch, *row as usize, as_of));
    let Work::Number { fraction, uses, guards } = &program.work else {
        return rows.iter().map(slow).collect();
    };
    let columns = program.columns(batch);
    let source = Source { columns: &columns, as_of };
    let in_batch = rows.iter().all(|row| (*row as usize) < batch.rows());
    let Some(widest) = widest(fraction, guards, &source).filter(|_| in_batch) else {
        return rows.iter().map(slow).collect();
    };
    let used: Vec<&Column> = uses.iter().filter_map(|place| columns.get(*place)).collect();
    let mut values = if widest <= i128::from(i64::MAX) {
        fast::<i64, A>(fraction, &source, rows)
    } else {
        fast::<i128, A>(fraction, &source, rows)
    };
    let whole = used.iter().all(|column| column.known.is_none() && column.absent.is_none());
    if whole && guards.is_empty() {
        return values;
    }
    for (value, row) in values.iter_mut().zip(rows) {
        let place = *row as usize;
        let there = used.iter().all(|column| column.is_known(place) && !column.is_absent(place));
        // The reference interpreter knows the reason.
        if !there || !guards.iter().all(|guard| holds(guard, &source, *row)) {
            *value = slow(row);
        }
    }
    values
}

fn widest(fraction: &Fraction, guards: &[Guard], source: &Source<'_>) -> Option<i128> {
    let mut widest = fraction.den;
    let (low, high) = fraction.above.bounds(source, &mut widest)?;
    if let Some(below) = &fraction.below {
        let (_, largest) = below.bounds(source, &mut widest)?;
        largest.checked_mul(fraction.den)?;
    }
    for guard in guards {
        if let Guard::Positive(lane) = guard {
            lane.bounds(source, &mut widest)?;
        }
    }
    low.checked_abs()?.max(high.checked_abs()?).checked_add(1)?;
    Some(widest)
}

fn fast<T: Whole, A: Answer>(fraction: &Fraction, source: &Source<'_>, rows: &[u32]) -> Vec<A> {
    let mut values = Vec::with_capacity(rows.len());
    let (mut above, mut below) = ([T::default(); CHUNK], [T::default(); CHUNK]);
    let den = T::of_wide(fraction.den);
    for rows in rows.chunks(CHUNK) {
        let above = &mut above[..rows.len()];
        fraction.above.fill(source, Rows::Picked(rows), above);
        if let Some(lane) = &fraction.below {
            let below = &mut below[..rows.len()];
            lane.fill(source, Rows::Picked(rows), below);
            let pairs = above.iter().zip(below.iter());
            values.extend(pairs.map(|(a, b)| positive(a.wide(), b.wide() * fraction.den)));
        } else {
            values.extend(above.iter().map(|above| A::of(*above, den)));
        }
    }
    values
}

/// A quotient whose denominator a guard has yet to prove positive: where it is not, the guard replaces the answer.
fn positive<A: Answer>(above: i128, below: i128) -> A {
    if below > 0 { A::of(above, below) } else { A::of_value(Valued::Overflow) }
}

fn holds(guard: &Guard, source: &Source<'_>, row: u32) -> bool {
    let one = |lane: &Lane| {
        let mut out = [0_i128];
        lane.fill(source, Rows::Picked(&[row]), &mut out);
        out[0]
    };
    match guard {
        Guard::Positive(lane) => one(lane) > 0,
        Guard::AtMost(place, end) => one(&Lane::Column(*place)) <= i128::from(*end),
    }
}

/// One row by the reference interpreter.
pub(crate) fn slow_value(node: &Node, batch: &Batch, row: usize, as_of: NaiveDate) -> Valued {
    if row >= batch.rows() {
        return Valued::Unknown(Reason::Missing("row".into()));
    }
    let exact = match (Row { batch, row, as_of }).value(node) {
        Found::Unknown(Reason::Overflow) | Found::Value(Value::Text(_)) => None,
        Found::Unknown(reason) => return Valued::Unknown(reason),
        Found::Absent(fact) => return Valued::Unknown(Reason::None(fact)),
        Found::Value(Value::Exact(value)) => Some(value),
        Found::Value(Value::Float(value)) => Exact::from_f64(value),
        Found::Value(Value::Days(days)) => Some(Exact::whole(days.into())),
        Found::Value(Value::Label(code)) => Some(Exact::whole(code.into())),
        Found::Value(Value::Bool(value)) => Some(Exact::whole(value.into())),
    };
    exact.map_or(Valued::Overflow, Valued::Known)
}
