//! Numbers for readers: grouping, 万 and 亿, shares.

use crate::lang::Lang;

/// Groups digits by three: 1234567 → `1,234,567`.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Shortens a count for a tile or a sentence: Chinese in 万 and 亿, English in thousands and millions.
///
/// The result has at most three significant digits after the unit is chosen; tables show the exact value.
pub fn compact(value: u64, lang: Lang) -> String {
    let units: [(u64, &str); 2] = match lang {
        Lang::Zh => [(100_000_000, "亿"), (10_000, "万")],
        Lang::En => [(1_000_000, "m"), (1_000, "k")],
    };
    for (unit, name) in units {
        if value >= unit {
            return format!("{}{name}", three_digits(value as f64 / unit as f64));
        }
    }
    grouped(value)
}

fn three_digits(value: f64) -> String {
    let places = usize::from(value < 10.0) + usize::from(value < 100.0);
    let text = format!("{value:.places$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Writes a share (0 to 1) as a percentage with one decimal.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_shortened_as_readers_of_each_language_expect() {
        for (value, zh, en) in [
            (0, "0", "0"),
            (9_999, "9,999", "10k"),
            (12_345, "1.23万", "12.3k"),
            (107_267, "10.7万", "107k"),
            (123_456_789, "1.23亿", "123m"),
        ] {
            assert_eq!(compact(value, Lang::Zh), zh);
            assert_eq!(compact(value, Lang::En), en);
        }
    }
}
