//! Calendar periods as numbers that can be counted: years and half-years.
//!
//! Half-years are the finest step of the evidence counts. A "year" of an analysis is two half-years that end with
//! the last one completed at its as-of date, so an analysis in July does not have to wait for December.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar year.
pub type Year = i32;

/// A half-year, counted from the year 0: January to June of year `y` is `2y`, July to December is `2y + 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HalfYear(pub i32);

impl HalfYear {
    /// Returns the half-year that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 2 + i32::from(day.month() > 6))
    }

    /// Returns the last half-year that is complete at the end of `day`.
    pub fn completed_at(day: NaiveDate) -> Self {
        let current = Self::of(day);
        if current.last_day() == Some(day) { current } else { Self(current.0 - 1) }
    }

    /// Returns the second half of a year.
    pub const fn end_of(year: Year) -> Self {
        Self(year * 2 + 1)
    }

    /// Returns the calendar year.
    pub const fn year(self) -> Year {
        self.0.div_euclid(2)
    }

    /// Returns whether this is July to December.
    pub const fn is_second(self) -> bool {
        self.0.rem_euclid(2) == 1
    }

    /// Returns the last day; `None` outside the years that a date can hold.
    pub fn last_day(self) -> Option<NaiveDate> {
        let (month, day) = if self.is_second() { (12, 31) } else { (6, 30) };
        NaiveDate::from_ymd_opt(self.year(), month, day)
    }
}

impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}H{}", self.year(), if self.is_second() { 2 } else { 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("the test writes a date")
    }

    #[test]
    fn a_half_year_is_complete_on_its_last_day() {
        for (date, current, completed) in [
            ("2019-12-31", "2019H2", "2019H2"),
            ("2019-12-30", "2019H2", "2019H1"),
            ("2019-06-30", "2019H1", "2019H1"),
            ("2019-07-01", "2019H2", "2019H1"),
        ] {
            assert_eq!(HalfYear::of(day(date)).to_string(), current);
            assert_eq!(HalfYear::completed_at(day(date)).to_string(), completed);
        }
    }
}
