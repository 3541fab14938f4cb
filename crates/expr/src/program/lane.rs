//! Whole-number programs over columns: the arithmetic of amounts and of both sides of a comparison.
//!
//! A fraction is kept as a whole number over a denominator that is the same for all rows, so that exact arithmetic is
//! integer arithmetic. Bounds of the columns prove before the first row that nothing overflows: in 64 bits, or in 128;
//! where neither can be proven the caller takes the slow, checked way.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::batch::{Column, Values};
use crate::dates;
use crate::tree::Function;

/// Rows that are worked on at once: small enough for the first cache, large enough to pay for the dispatch.
pub(crate) const CHUNK: usize = 512;

/// A whole number for each row. Columns go by their place among the facts of the program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lane {
    Constant(i128),
    Column(usize),
    Scale(Box<Lane>, i128),
    Add(Box<Lane>, Box<Lane>),
    Subtract(Box<Lane>, Box<Lane>),
    Multiply(Box<Lane>, Box<Lane>),
    Min(Box<Lane>, Box<Lane>),
    Max(Box<Lane>, Box<Lane>),
    Abs(Box<Lane>),
    /// The value at the place that a label column names.
    Table(usize, Arc<[i128]>),
    /// The value of the stretch that a column falls into.
    Brackets(usize, Arc<Stretches>),
    /// Months, years or days between a column of days and the as-of date; calendar year of a day.
    Since(Function, usize),
}

/// A bracket table in whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretches {
    /// The last column value that belongs to each stretch but the last one.
    pub(crate) last: Vec<i64>,
    /// One more than `last`.
    pub(crate) values: Vec<i128>,
}

/// Which rows are read.
#[derive(Clone, Copy)]
pub(crate) enum Rows<'a> {
    From(usize),
    Picked(&'a [u32]),
}

/// The columns of a batch for one program, and the date.
pub(crate) struct Source<'a> {
    pub(crate) columns: &'a [Column],
    pub(crate) as_of: NaiveDate,
}

/// An integer that lanes are computed in.
pub(crate) trait Whole: Copy + Ord + Default {
    fn of_long(value: i64) -> Self;
    /// Takes a number that the bounds have proven to fit.
    fn of_wide(value: i128) -> Self;
    fn wide(self) -> i128;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn size(self) -> Self;
    /// `self / den`, rounded half away from zero; `den` is above zero. `None` where 64 bits do not hold it.
    fn rounded(self, den: Self) -> Option<i64>;
}

macro_rules! whole {
    ($type:ty) => {
        impl Whole for $type {
            fn of_long(value: i64) -> Self {
                value.into()
            }
            fn of_wide(value: i128) -> Self {
                value as Self
            }
            fn wide(self) -> i128 {
                self.into()
            }
            // Wrapping costs nothing and never happens: bounds are proven.
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            fn size(self) -> Self {
                self.wrapping_abs()
            }
            fn rounded(self, den: Self) -> Option<i64> {
                if den == 1 {
                    return i64::try_from(self).ok();
                }
                let (whole, rest) = (self / den, (self % den).wrapping_abs());
                // Compared without doubling, which might not fit.
                let whole = if rest >= den - rest { whole + self.signum() } else { whole };
                i64::try_from(whole).ok()
            }
        }
    };
}

whole!(i64);
whole!(i128);

/// Smallest and largest value that a lane can take.
type Bounds = (i128, i128);

impl Lane {
    pub(crate) fn scaled(self, factor: i128) -> Self {
        match self {
            other if factor == 1 => other,
            Self::Constant(value) => match value.checked_mul(factor) {
                Some(product) => Self::Constant(product),
                None => Self::Scale(Box::new(Self::Constant(value)), factor),
            },
            other => Self::Scale(Box::new(other), factor),
        }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant(factor), lane) | (lane, Self::Constant(factor)) => lane.scaled(factor),
            (one, two) => Self::Multiply(Box::new(one), Box::new(two)),
        }
    }

    /// Bounds of this lane and of everything on the way; `None` where 128 bits do not hold them.
    pub(crate) fn bounds(&self, source: &Source<'_>, widest: &mut i128) -> Option<Bounds> {
        let (low, high) = match self {
            Self::Constant(value) => (*value, *value),
            Self::Column(place) => {
                let (low, high) = source.columns.get(*place)?.bounds;
                (low.into(), high.into())
            }
            Self::Scale(lane, factor) => corners(lane.bounds(source, widest)?, (*factor, *factor))?,
            Self::Add(one, two) => {
                let (one, two) = (one.bounds(source, widest)?, two.bounds(source, widest)?);
                (one.0.checked_add(two.0)?, one.1.checked_add(two.1)?)
            }
            Self::Subtract(one, two) => {
                let (one, two) = (one.bounds(source, widest)?, two.bounds(source, widest)?);
                (one.0.checked_sub(two.1)?, one.1.checked_sub(two.0)?)
            }
            Self::Multiply(one, two) => {
                corners(one.bounds(source, widest)?, two.bounds(source, widest)?)?
            }
            Self::Min(one, two) | Self::Max(one, two) => {
                let (one, two) = (one.bounds(source, widest)?, two.bounds(source, widest)?);
                (one.0.min(two.0), one.1.max(two.1))
            }
            Self::Abs(lane) => {
                let (low, high) = lane.bounds(source, widest)?;
                (0, low.checked_abs()?.max(high.checked_abs()?))
            }
            Self::Table(_, values) => range(values)?,
            Self::Brackets(_, stretches) => range(&stretches.values)?,
            // No day of the calendar is further away, in days, months or years.
            Self::Since(..) => (-1_000_000_000, 1_000_000_000),
        };
        *widest = (*widest).max(low.checked_abs()?).max(high.checked_abs()?);
        Some((low, high))
    }

    /// Writes the lane of some rows.
    pub(crate) fn fill<T: Whole>(&self, source: &Source<'_>, rows: Rows<'_>, out: &mut [T]) {
        match self {
            Self::Constant(value) => out.fill(T::of_wide(*value)),
            Self::Column(place) => read(&source.columns[*place].values, rows, out),
            Self::Scale(lane, factor) => {
                lane.fill(source, rows, out);
                let factor = T::of_wide(*factor);
                each(out, |value| value.times(factor));
            }
            Self::Add(one, two) => merge(one, two, source, rows, out, T::plus),
            Self::Subtract(one, two) => merge(one, two, source, rows, out, T::minus),
            Self::Multiply(one, two) => merge(one, two, source, rows, out, T::times),
            Self::Min(one, two) => merge(one, two, source, rows, out, T::min),
            Self::Max(one, two) => merge(one, two, source, rows, out, T::max),
            Self::Abs(lane) => {
                lane.fill(source, rows, out);
                each(out, T::size);
            }
            Self::Table(place, values) => table(&source.columns[*place].values, values, rows, out),
            Self::Brackets(place, stretches) => {
                brackets(&source.columns[*place].values, stretches, rows, out);
            }
            Self::Since(function, place) => {
                let mut days = [0_i64; CHUNK];
                let days = &mut days[..out.len()];
                read(&source.columns[*place].values, rows, days);
                for (slot, day) in out.iter_mut().zip(days) {
                    *slot = T::of_long(since(*function, *day, source.as_of));
                }
            }
        }
    }
}

fn range(values: &[i128]) -> Option<Bounds> {
    Some((*values.iter().min()?, *values.iter().max()?))
}

fn corners(one: Bounds, two: Bounds) -> Option<Bounds> {
    let products = [
        one.0.checked_mul(two.0)?,
        one.0.checked_mul(two.1)?,
        one.1.checked_mul(two.0)?,
        one.1.checked_mul(two.1)?,
    ];
    range(&products)
}

fn each<T: Whole>(out: &mut [T], change: impl Fn(T) -> T) {
    for value in out {
        *value = change(*value);
    }
}

fn merge<T: Whole>(
    one: &Lane,
    two: &Lane,
    source: &Source<'_>,
    rows: Rows<'_>,
    out: &mut [T],
    join: impl Fn(T, T) -> T,
) {
    one.fill(source, rows, out);
    if let Lane::Constant(value) = two {
        let value = T::of_wide(*value);
        each(out, |left| join(left, value));
        return;
    }
    let mut right = [T::default(); CHUNK];
    let right = &mut right[..out.len()];
    two.fill(source, rows, right);
    for (left, right) in out.iter_mut().zip(right.iter()) {
        *left = join(*left, *right);
    }
}

/// Reads a column of whole numbers; other columns have no lane and leave zeros.
fn read<T: Whole>(values: &Values, rows: Rows<'_>, out: &mut [T]) {
    match values {
        Values::Long(values) => copy(values, rows, out, T::of_long),
        Values::Short(values) => copy(values, rows, out, |value: i32| T::of_long(value.into())),
        Values::Code(values) => copy(values, rows, out, |value: u16| T::of_long(value.into())),
        Values::Float(_) | Values::Flag(_) | Values::Text(_) => out.fill(T::default()),
    }
}

fn copy<S: Copy, T: Whole>(values: &[S], rows: Rows<'_>, out: &mut [T], convert: impl Fn(S) -> T) {
    match rows {
        Rows::From(start) => {
            for (slot, value) in out.iter_mut().zip(&values[start..]) {
                *slot = convert(*value);
            }
        }
        Rows::Picked(rows) => {
            for (slot, row) in out.iter_mut().zip(rows) {
                *slot = convert(values[*row as usize]);
            }
        }
    }
}

fn table<T: Whole>(column: &Values, values: &[i128], rows: Rows<'_>, out: &mut [T]) {
    let Values::Code(codes) = column else { return out.fill(T::default()) };
    // A batch holds no code beyond the labels, and a table has a value for each label.
    let values: Vec<T> = values.iter().map(|value| T::of_wide(*value)).collect();
    copy(codes, rows, out, |code: u16| values.get(usize::from(code)).copied().unwrap_or_default());
}

/// Few edges: counting those that lie below a value needs no branch and no search.
fn brackets<T: Whole>(column: &Values, stretches: &Stretches, rows: Rows<'_>, out: &mut [T]) {
    let values: Vec<T> = stretches.values.iter().map(|value| T::of_wide(*value)).collect();
    let mut chosen = [0_i64; CHUNK];
    let chosen = &mut chosen[..out.len()];
    read(column, rows, chosen);
    // Each edge that a value passes adds the step between two stretches.
    let Some(first) = values.first() else { return out.fill(T::default()) };
    out.fill(*first);
    for (edge, pair) in stretches.last.iter().zip(values.windows(2)) {
        let step = pair[1].minus(pair[0]);
        for (slot, value) in out.iter_mut().zip(chosen.iter()) {
            // A product, so that the processor has no branch to guess.
            *slot = slot.plus(step.times(T::of_long(i64::from(value > edge))));
        }
    }
}

/// The as-of functions for a day that is counted from 1970-01-01.
pub(crate) fn since(function: Function, day: i64, as_of: NaiveDate) -> i64 {
    use chrono::Datelike;
    if function == Function::DaysUntil {
        return day - i64::from(dates::to_days(as_of));
    }
    let Some(date) = i32::try_from(day).ok().and_then(dates::from_days) else { return 0 };
    match function {
        Function::MonthsSince => dates::months_between(date, as_of),
        Function::YearsSince => dates::years_between(date, as_of),
        _ => date.year().into(),
    }
}
