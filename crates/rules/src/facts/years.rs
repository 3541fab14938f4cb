//! Facts from a table with one row a year: one year of it, or the sum of several.

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int32Type;
use chrono::{Datelike as _, NaiveDate};
use linghang_pack::record::{Column, Period};

use super::slots::Slots;
use super::tables::Joined;

/// Fills a fact. The last full year is the one before the year of the day. A sum needs every one of its years: with
/// one of them missing the sum is missing.
pub(crate) fn fill(
    slots: &mut Slots,
    column: &Column,
    arrays: &[(&Joined<'_>, &ArrayRef)],
    as_of: NaiveDate,
) {
    let last = as_of.year() - 1;
    let years = match column.period {
        Period::Last | Period::None => last..=last,
        Period::Previous => last - 1..=last - 1,
        Period::BeforePrevious => last - 2..=last - 2,
        Period::SumOfTwo => last - 1..=last,
        Period::SumOfThree => last - 2..=last,
    };
    if years.start() == years.end() {
        one_year(slots, arrays, last_of(&years));
        return;
    }
    let mut parts = Vec::new();
    for year in years {
        let mut part = slots.empty();
        one_year(&mut part, arrays, year);
        parts.push(part);
    }
    slots.sum(&parts);
}

fn last_of(years: &std::ops::RangeInclusive<i32>) -> i32 {
    *years.end()
}

fn one_year(slots: &mut Slots, arrays: &[(&Joined<'_>, &ArrayRef)], year: i32) {
    for (part, array) in arrays {
        let Some(years) = part.batch.column_by_name("year") else { continue };
        if *years.data_type() != arrow_schema::DataType::Int32 {
            continue;
        }
        let years = years.as_primitive::<Int32Type>();
        for (at, row) in part.rows.iter().enumerate() {
            if let (Some(row), true) = (row, years.value(at) == year) {
                let value = slots.read(array, at);
                slots.set(*row, value);
            }
        }
    }
}
