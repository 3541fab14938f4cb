//! When time alone cures a condition: the first day on which it holds although no fact changes.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::batch::Batch;
use crate::check::Checked;
use crate::dates;
use crate::reference::{Found, Row};
use crate::tree::{Function, Op};
use crate::value::{Outcome, Value};

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
            && let Some(step) = Step::of(*function)
            && let Some(first) = arguments.first()
        {
            days.extend(turning_days(step, &today.value(first), as_of, last));
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

/// After how long a function of a date gets another value.
#[derive(Debug, Clone, Copy)]
enum Step {
    Day,
    Months(i64),
}

impl Step {
    /// None for functions that do not ask for the as-of date.
    fn of(function: Function) -> Option<Self> {
        match function {
            Function::DaysUntil => Some(Self::Day),
            Function::MonthsSince => Some(Self::Months(1)),
            Function::YearsSince => Some(Self::Months(12)),
            _ => None,
        }
    }
}

/// The days from `first` to `last` on which a function of this date may get another value.
fn turning_days(step: Step, date: &Found, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let Found::Value(Value::Days(days)) = date else { return Vec::new() };
    let Some(date) = dates::from_days(*days) else { return Vec::new() };
    let Step::Months(step) = step else {
        return first.iter_days().take_while(|day| *day <= last).collect();
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
