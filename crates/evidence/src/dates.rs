//! Dates as sources write them, with the precision they have.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::document::DatePrecision;
use crate::reject::Problem;

/// First year that a document can have.
pub const FIRST_YEAR: i32 = 1600;

/// A date and how much of it the source gave.
pub type Dated = (NaiveDate, DatePrecision);

/// Reads `2019-07-01`, `2019/7/1`, `2019.07`, `2019年7月1日`, `20190701`, `2019-07`, `2019` or an ISO time stamp.
///
/// Returns `None` for anything else; day and month are never guessed from an ambiguous order.
pub fn parse(text: &str) -> Option<Dated> {
    let text = text.trim();
    let day_part = text.split(['T', ' ']).next().unwrap_or(text);
    if day_part.len() == 8 && day_part.bytes().all(|byte| byte.is_ascii_digit()) {
        return ymd(&day_part[..4], &day_part[4..6], &day_part[6..]);
    }
    let mut parts =
        day_part.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let year = parts.next()?;
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => {
            Some((NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1)?, DatePrecision::Year))
        }
        (Some(month), None, _) => {
            let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
            Some((day, DatePrecision::Month))
        }
        (Some(month), Some(day), None) => ymd(year, month, day),
        _ => None,
    }
}

/// Reads a date with a `chrono` format such as `%d/%m/%Y`; without `%d` it has month precision, without a month year.
pub fn parse_with(text: &str, format: &str) -> Option<Dated> {
    let text = text.trim();
    if ["%d", "%e", "%D", "%F", "%x", "%j"].iter().any(|part| format.contains(part)) {
        return Some((NaiveDate::parse_from_str(text, format).ok()?, DatePrecision::Day));
    }
    if ["%m", "%b", "%B"].iter().any(|part| format.contains(part)) {
        let day = NaiveDate::parse_from_str(&format!("{text} 1"), &format!("{format} %d")).ok()?;
        return Some((day, DatePrecision::Month));
    }
    let day = NaiveDate::parse_from_str(&format!("{text} 1 1"), &format!("{format} %m %d")).ok()?;
    Some((day, DatePrecision::Year))
}

/// Returns the number of an English month name or abbreviation (`NOV`, `Nov.`, `November`).
pub fn month_number(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let prefix: String = name.trim().chars().take(3).collect::<String>().to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == prefix).map(|place| place as u32 + 1)
}

/// Makes a date from a year and what else is known.
pub fn from_parts(year: i32, month: Option<u32>, day: Option<u32>) -> Option<Dated> {
    match (month, day) {
        (Some(month), Some(day)) => {
            Some((NaiveDate::from_ymd_opt(year, month, day)?, DatePrecision::Day))
        }
        (Some(month), None) => {
            Some((NaiveDate::from_ymd_opt(year, month, 1)?, DatePrecision::Month))
        }
        (None, _) => Some((NaiveDate::from_ymd_opt(year, 1, 1)?, DatePrecision::Year)),
    }
}

/// Checks that a date lies between 1600 and a year after the day of retrieval.
///
/// # Errors
///
/// [`Problem::DateOutOfRange`] when it does not.
pub fn check_range(date: NaiveDate, retrieved: NaiveDate) -> Result<(), Problem> {
    let last = retrieved.checked_add_months(Months::new(12)).unwrap_or(retrieved);
    if date.year() < FIRST_YEAR || date > last {
        return Err(Problem::DateOutOfRange(date.to_string()));
    }
    Ok(())
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Dated> {
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some((date, DatePrecision::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_the_precision_they_have() {
        for (text, expected) in [
            ("2019-07-01", Some("2019-07-01 day")),
            ("2019/7/1", Some("2019-07-01 day")),
            ("20190701", Some("2019-07-01 day")),
            ("2019年7月1日", Some("2019-07-01 day")),
            ("2019-07-01T10:00:00Z", Some("2019-07-01 day")),
            ("2019.07", Some("2019-07-01 month")),
            ("2019年7月", Some("2019-07-01 month")),
            ("2019", Some("2019-01-01 year")),
            ("05/10/17", None),
            ("2019-13-01", None),
            ("2019-02-29", None),
            ("", None),
            ("n.d.", None),
            ("２０１９", None),
        ] {
            let found = parse(text).map(|(day, precision)| format!("{day} {precision}"));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_given_format_decides_the_precision() {
        for (text, format, expected) in [
            ("05/10/2017", "%d/%m/%Y", Some("2017-10-05 day")),
            ("NOV 2015", "%b %Y", Some("2015-11-01 month")),
            ("2015", "%Y", Some("2015-01-01 year")),
            ("31/02/2017", "%d/%m/%Y", None),
            ("x", "%Q", None),
        ] {
            let found =
                parse_with(text, format).map(|(day, precision)| format!("{day} {precision}"));
            assert_eq!(found.as_deref(), expected, "{text} {format}");
        }
    }

    #[test]
    fn a_date_more_than_a_year_ahead_is_out_of_range() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (date, fits) in [
            ("1599-12-31", false),
            ("1600-01-01", true),
            ("2027-03-01", true),
            ("2027-03-02", false),
        ] {
            assert_eq!(check_range(day(date), day("2026-03-01")).is_ok(), fits, "{date}");
        }
    }
}
