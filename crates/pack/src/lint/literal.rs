//! Literals of the expression language, as far as the linter compares them: amounts, shares, counts, durations.
//!
//! The language itself belongs to the rules engine; here a literal is read only to see that it can be, and that
//! edges ascend and caps do not contradict one another.

use linghang_core::number::{COUNTERS, half_width, multiplier};

/// A literal: what it measures, and how much in millionths of the base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) unit: Unit,
    pub(super) millionths: i128,
}

/// What a literal measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Money in a currency; the base unit is one yuan or dollar.
    Money(&'static str),
    /// A share; the base unit is one whole.
    Share,
    /// A count of something, or a duration, by its word.
    Counted(&'static str),
    /// A number without a unit.
    Plain,
}

/// Words of durations.
const DURATIONS: [&str; 4] = ["个月", "年", "天", "日"];

/// Reads a literal; none when it is something else, or more exact or larger than can be held.
pub(super) fn literal(text: &str) -> Option<Literal> {
    let text: String = text.chars().map(half_width).collect();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')));
    let (digits, word) = text.split_at(end.unwrap_or(text.len()));
    let (unit, size) = unit(word.trim())?;
    Some(Literal { unit, millionths: decimal(digits, size)? })
}

/// Returns what a word behind the digits measures, and how many millionths one of it is.
fn unit(word: &str) -> Option<(Unit, i128)> {
    match word {
        "" => return Some((Unit::Plain, 1_000_000)),
        "%" => return Some((Unit::Share, 10_000)),
        "‰" => return Some((Unit::Share, 1_000)),
        _ => {}
    }
    let (size, rest) = multiplier(word);
    let unit = match rest {
        "元" => Unit::Money("CNY"),
        "美元" => Unit::Money("USD"),
        _ => {
            let mut counted = DURATIONS.into_iter().chain(COUNTERS);
            Unit::Counted(counted.find(|counted| *counted == rest)?)
        }
    };
    Some((unit, size * 1_000_000))
}

/// Reads an amount of money.
pub(super) fn money(text: &str) -> Option<Literal> {
    literal(text).filter(|literal| matches!(literal.unit, Unit::Money(_)))
}

/// Reads a share, as millionths of the whole.
pub(super) fn share(text: &str) -> Option<i128> {
    literal(text).filter(|literal| literal.unit == Unit::Share).map(|literal| literal.millionths)
}

/// Reads decimal digits as a multiple of `size`; none when that is no whole number.
fn decimal(digits: &str, size: i128) -> Option<i128> {
    let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) || digits.ends_with('.') {
        return None;
    }
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let number: i128 = format!("{whole}{fraction}").parse().ok()?;
    let product = number.checked_mul(size)?;
    let value = (product % scale == 0).then_some(product / scale)?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_to_the_millionth() {
        for (text, expected) in [
            ("20万元", Some((Unit::Money("CNY"), 200_000_000_000))),
            ("1.5亿元", Some((Unit::Money("CNY"), 150_000_000_000_000))),
            ("10亿美元", Some((Unit::Money("USD"), 1_000_000_000_000_000))),
            ("2.5%", Some((Unit::Share, 25_000))),
            ("１．５亿元", Some((Unit::Money("CNY"), 150_000_000_000_000))),
            ("２％", Some((Unit::Share, 20_000))),
            ("5‰", Some((Unit::Share, 5_000))),
            ("12个月", Some((Unit::Counted("个月"), 12_000_000))),
            ("20 万元", Some((Unit::Money("CNY"), 200_000_000_000))),
            ("3百万元", Some((Unit::Money("CNY"), 3_000_000_000_000))),
            ("2台", Some((Unit::Counted("台"), 2_000_000))),
            ("5 thousand", None),
            ("-3", Some((Unit::Plain, -3_000_000))),
            ("0.0000001", None),
            ("1.", None),
            (".5万元", None),
            ("万元", None),
            ("二十万元", None),
            ("", None),
        ] {
            let read = literal(text).map(|literal| (literal.unit, literal.millionths));
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_number_too_large_is_no_literal() {
        assert_eq!(literal(&format!("{}亿元", "9".repeat(38))), None);
        assert_eq!(literal(&format!("0.{}", "1".repeat(60))), None);
    }
}
