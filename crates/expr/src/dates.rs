//! Calendar arithmetic of the as-of functions.
//!
//! Days are counted from 1970-01-01. A month is complete on the day of the same number, or on the last day of a month
//! that has no such day (31 January to 28 February is one month), which is how deadlines are counted in civil law.

use chrono::{Datelike, Days, NaiveDate};

/// Days from 1970-01-01 to a day.
pub(crate) fn to_days(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - EPOCH_FROM_CE
}

/// Days from the start of the common era to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// The day that is so many days after 1970-01-01; `None` beyond the calendar.
pub(crate) fn from_days(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH_FROM_CE)?)
}

/// Complete months from `from` to `to`; below zero when `from` is later.
pub(crate) fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let months =
        i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    let is_last = to.checked_add_days(Days::new(1)).is_none_or(|next| next.day() == 1);
    if to.day() < from.day() && !is_last { months - 1 } else { months }
}

/// Complete years from `from` to `to`.
pub(crate) fn years_between(from: NaiveDate, to: NaiveDate) -> i64 {
    months_between(from, to).div_euclid(12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day of the table exists")
    }

    #[test]
    fn months_are_complete_on_the_same_day_or_at_the_end_of_a_shorter_month() {
        for (from, to, months, years) in [
            ("2024-06-30", "2025-06-30", 12, 1),
            ("2024-06-30", "2025-06-29", 11, 0),
            ("2025-01-31", "2025-02-28", 1, 0),
            ("2025-01-31", "2025-02-27", 0, 0),
            ("2024-02-29", "2025-02-28", 12, 1),
            ("2025-06-30", "2025-06-30", 0, 0),
            ("2025-07-01", "2025-06-30", -1, -1),
            ("2025-07-15", "2025-06-14", -2, -1),
        ] {
            assert_eq!(months_between(day(from), day(to)), months, "{from} {to}");
            assert_eq!(years_between(day(from), day(to)), years, "{from} {to}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(to_days(day("1970-01-01")), 0);
        assert_eq!(to_days(day("2000-01-01")), 10_957);
        assert_eq!(from_days(10_957), Some(day("2000-01-01")));
        assert_eq!(from_days(i32::MAX), None);
    }
}
