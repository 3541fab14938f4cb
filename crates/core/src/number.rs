//! Numbers for readers: grouping, 万 and 亿, shares; and what written numbers have in common for those who read them.

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

/// Words before a unit and what they multiply by, longest first, so that 万亿 is not read as 万.
const MULTIPLIERS: [(&str, i128); 11] = [
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("十亿", 1_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];

/// Measure words that a number may carry.
pub const COUNTERS: [&str; 16] = [
    "人", "名", "件", "项", "个", "家", "次", "台", "套", "起", "户", "篇", "种", "份", "辆", "座",
];

/// Takes the multiplier off the front of a unit: `万元` → 10,000 and `元`; `元` → 1 and `元`.
pub fn multiplier(unit: &str) -> (i128, &str) {
    MULTIPLIERS
        .iter()
        .find_map(|(word, scale)| unit.strip_prefix(word).map(|rest| (*scale, rest)))
        .unwrap_or((1, unit))
}

/// Returns the ASCII form of a character that a Chinese keyboard writes in full width: `３` → `3`, `．` → `.`.
pub const fn half_width(char: char) -> char {
    /// What a full-width form is further on than its ASCII form.
    const DISTANCE: u32 = 0xFEE0;
    match char {
        '！'..='～' => match char::from_u32(char as u32 - DISTANCE) {
            Some(ascii) => ascii,
            None => char,
        },
        '\u{3000}' => ' ',
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_multiplier_is_taken_and_full_width_is_read() {
        for (unit, expected) in [
            ("万元", (10_000, "元")),
            ("万亿元", (1_000_000_000_000, "元")),
            ("千万美元", (10_000_000, "美元")),
            ("元", (1, "元")),
            ("", (1, "")),
        ] {
            assert_eq!(multiplier(unit), expected, "{unit}");
        }
        let ascii: String = "１００．５％＞＝　元".chars().map(half_width).collect();
        assert_eq!(ascii, "100.5%>= 元");
    }

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
