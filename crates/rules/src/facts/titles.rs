//! Facts from titles that enterprises hold: when one was granted, how long it holds, whether it is there.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::DataType;
use chrono::{Datelike as _, NaiveDate};
use linghang_pack::record::{Column, TitlePart};

use super::slots::Slots;
use super::tables::{Joined, days, from_days};

/// One grant of the title: the year, the day where it is known, and the last day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grant {
    year: i32,
    day: Option<i32>,
    until: Option<i32>,
}

/// Fills a fact with the last grant of a title up to the day.
pub(crate) fn fill(
    slots: &mut Slots,
    column: &Column,
    arrays: &[(&Joined<'_>, &ArrayRef)],
    as_of: NaiveDate,
) {
    let Some(title) = &column.title else { return };
    let part = column.part.unwrap_or(TitlePart::Held);
    let mut last: rustc_hash::FxHashMap<u32, Grant> = rustc_hash::FxHashMap::default();
    for (joined, array) in arrays {
        let DataType::List(_) = array.data_type() else { continue };
        let lists = array.as_list::<i32>();
        let Some(all) = lists.values().as_any().downcast_ref::<StructArray>() else { continue };
        let offsets = lists.value_offsets();
        for (at, row) in joined.rows.iter().enumerate() {
            let Some(row) = row else { continue };
            for place in offsets[at] as usize..offsets[at + 1] as usize {
                let Some(grant) = grant(all, place, title, as_of) else { continue };
                let known = last.entry(*row).or_insert(grant);
                *known = (*known).max(grant);
            }
        }
    }
    let mut found: Vec<(u32, Grant)> = last.into_iter().collect();
    found.sort_unstable();
    for (row, grant) in found {
        let is_held = grant.until.is_none_or(|until| until >= days(as_of));
        let value = match part {
            TitlePart::Granted => grant.day.map(i64::from),
            TitlePart::GrantedYear => Some(grant.year.into()),
            TitlePart::ValidUntil => grant.until.map(i64::from),
            TitlePart::Held => Some(is_held.into()),
        };
        slots.put(row, value);
    }
}

/// A grant of the title that was made by the day; one without any date counts as made.
fn grant(all: &StructArray, place: usize, title: &str, as_of: NaiveDate) -> Option<Grant> {
    let ids = all.column_by_name("id")?.as_string_opt::<i32>()?;
    if ids.is_null(place) || ids.value(place) != title {
        return None;
    }
    let date = |name: &str| {
        let dates = all.column_by_name(name)?.as_primitive_opt::<Date32Type>()?;
        dates.is_valid(place).then(|| dates.value(place))
    };
    let years = all.column_by_name("granted_year")?.as_primitive_opt::<Int32Type>()?;
    let day = date("granted");
    let year = years.is_valid(place).then(|| years.value(place));
    let year = year.or_else(|| day.and_then(from_days).map(|day| day.year()));
    let is_later = day.is_some_and(|day| day > days(as_of))
        || (day.is_none() && year.is_some_and(|year| year > as_of.year()));
    (!is_later).then(|| Grant { year: year.unwrap_or(i32::MIN), day, until: date("valid_until") })
}
