//! Facts from deals and payments: the sum, the largest or the last of those that count, or how many there are.

use arrow_array::cast::AsArray as _;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use chrono::{Months, NaiveDate};
use linghang_expr::Kind;
use linghang_pack::record::{Column, TakeOf};
use rustc_hash::{FxHashMap, FxHashSet};

use super::slots::Slots;
use super::tables::{Joined, date_column, days, text_column};

/// Whether the fact counts deals instead of reading a column of them.
pub(crate) fn is_count(slots: &Slots, arrays: &[(&Joined<'_>, &ArrayRef)]) -> bool {
    matches!(slots.kind(), Kind::Count(_)) && arrays.iter().any(|(_, array)| !slots.fits(array))
}

/// Fills a fact from the deals of its kinds, in its currency, in its months back from the day.
pub(crate) fn fill(
    slots: &mut Slots,
    column: &Column,
    arrays: &[(&Joined<'_>, &ArrayRef)],
    as_of: NaiveDate,
    date: &str,
) {
    let is_count = is_count(slots, arrays);
    let take = column.take.unwrap_or(TakeOf::Sum);
    let window = Window::new(column, as_of);
    let mut dates: FxHashMap<u32, i32> = FxHashMap::default();
    let mut rounds: FxHashSet<(u32, String)> = FxHashSet::default();
    for (part, array) in arrays {
        let table = DealTable::new(part.batch, date);
        for (at, row) in part.rows.iter().enumerate() {
            let Some(row) = *row else { continue };
            let Some(day) = table.counts(at, slots.kind(), column, &window) else { continue };
            if table.repeats_a_round(at, row, &mut rounds) {
                continue;
            }
            let value = if is_count { Some(1) } else { slots.read(array, at) };
            let Some(value) = value else { continue };
            let old = slots.get(row);
            let last = dates.entry(row).or_insert(day);
            let new = match take {
                TakeOf::Sum => old.unwrap_or(0).saturating_add(value),
                TakeOf::Largest => old.map_or(value, |old| old.max(value)),
                TakeOf::Latest if day >= *last => value,
                TakeOf::Latest => old.unwrap_or(value),
            };
            *last = day.max(*last);
            slots.put(row, Some(new));
        }
    }
}

/// Days in which deals count.
struct Window {
    from: i32,
    to: i32,
}

impl Window {
    fn new(column: &Column, as_of: NaiveDate) -> Self {
        let from = column.months.and_then(|months| as_of.checked_sub_months(Months::new(months)));
        // A deal exactly so many months ago is outside: the window is as long as it says.
        Self { from: from.map_or(i32::MIN, |from| days(from) + 1), to: days(as_of) }
    }
}

struct DealTable<'a> {
    batch: &'a RecordBatch,
    date: Option<&'a ArrayRef>,
}

impl<'a> DealTable<'a> {
    fn new(batch: &'a RecordBatch, date: &str) -> Self {
        Self { batch, date: date_column(batch, date) }
    }

    /// The day of a deal that counts.
    fn counts(&self, at: usize, kind: &Kind, column: &Column, window: &Window) -> Option<i32> {
        let dates = self.date?.as_primitive::<Date32Type>();
        let day = dates.is_valid(at).then(|| dates.value(at))?;
        let is_kind = column.deals.is_empty()
            || self.text("kind", at).is_some_and(|kind| column.deals.iter().any(|k| k == kind));
        let is_currency = match kind {
            Kind::Money(currency) => self.text("currency", at).unwrap_or("CNY") == currency.code(),
            _ => true,
        };
        let is_inside = window.from <= day && day <= window.to;
        (is_kind && is_currency && is_inside).then_some(day)
    }

    /// A list that repeats the whole round for each investor names the round; it counts once.
    fn repeats_a_round(&self, at: usize, row: u32, rounds: &mut FxHashSet<(u32, String)>) -> bool {
        if self.text("amount_covers", at) != Some("round") {
            return false;
        }
        let round = self.text("reference", at).map(ToOwned::to_owned);
        round.is_some_and(|round| !rounds.insert((row, round)))
    }

    fn text(&self, name: &str, at: usize) -> Option<&'a str> {
        let column = text_column(self.batch, name)?;
        column.is_valid(at).then(|| column.value(at))
    }
}
