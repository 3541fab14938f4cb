//! Written values as lists have them, to exact values: amounts with Chinese units, counts, shares, dates, yes and no.
//!
//! Nothing is guessed: what cannot be read is `None`, and the caller rejects the record with the field's name.

use chrono::NaiveDate;
use linghang_text::number_words;
use unicode_normalization::UnicodeNormalization as _;

use crate::dates::{self, Dated};

/// An amount in hundredths of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Hundredths (fen, cents).
    pub hundredths: i64,
    /// ISO 4217 code, where the value names a currency.
    pub currency: Option<&'static str>,
}

/// Marks that lists write for "no value".
const ABSENT: [&str; 16] = [
    "", "-", "--", "—", "——", "/", "\\", "n/a", "na", "nan", "null", "none", "暂无", "不详",
    "未知", "unknown",
];

/// Currency signs and words; the longest first.
const CURRENCIES: [(&str, &str); 18] = [
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("cny", "CNY"),
    ("rmb", "CNY"),
    ("usd", "USD"),
    ("hkd", "HKD"),
    ("eur", "EUR"),
    ("gbp", "GBP"),
    ("¥", "CNY"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Units behind an amount, as powers of ten; the longest first.
const SCALES: [(&str, u32); 14] = [
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("十亿", 9),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("billion", 9),
    ("million", 6),
    ("thousand", 3),
    ("bn", 9),
    ("b", 9),
    ("m", 6),
    ("k", 3),
];

/// Returns the value with width, capitals and outer spaces put in order; `None` where it says that there is none.
pub fn given(text: &str) -> Option<String> {
    let plain: String = text.trim().nfkc().collect();
    let plain = plain.trim().to_owned();
    (!ABSENT.contains(&plain.to_lowercase().as_str())).then_some(plain)
}

/// Reads an amount such as `1,234.5万元`, `-3亿`, `$180B`, `(1,200.00)` or `1200`; without a unit of its own it has
/// `unit` (such as `万元`; empty for whole units of the currency). Rounds half up to hundredths.
pub fn amount(text: &str, unit: &str) -> Option<Amount> {
    let mut text = text.nfkc().collect::<String>().to_lowercase();
    text.retain(|letter| !letter.is_whitespace() && letter != ',');
    let is_negative = text.starts_with('-') || (text.starts_with('(') && text.ends_with(')'));
    let text = text.trim_start_matches(['-', '(', '+']).trim_end_matches(')');
    let (number, own_scale, currency, has_unit) = split_unit(text);
    let (_, unit_scale, unit_currency, _) =
        split_unit(&unit.nfkc().collect::<String>().to_lowercase());
    let scale = if has_unit { own_scale } else { unit_scale };
    let hundredths = scaled(&number, scale + 2)?;
    let hundredths = i64::try_from(hundredths).ok()?;
    Some(Amount {
        hundredths: if is_negative { -hundredths } else { hundredths },
        currency: currency.or(unit_currency),
    })
}

/// Takes currency and scale off a number: `180b` with `$` gives (`180`, 9, USD, true).
fn split_unit(text: &str) -> (String, u32, Option<&'static str>, bool) {
    let mut rest = text.to_owned();
    let mut currency = None;
    for (sign, code) in CURRENCIES {
        if let Some(place) = rest.find(sign) {
            rest.replace_range(place..place + sign.len(), "");
            currency = currency.or(Some(code));
        }
    }
    let is_yuan = rest.ends_with('元');
    let rest = rest.trim_end_matches('元');
    let scale =
        SCALES.iter().find_map(|(name, scale)| rest.strip_suffix(name).map(|rest| (rest, *scale)));
    let currency = currency.or(is_yuan.then_some("CNY"));
    match scale {
        Some((number, scale)) => (number.to_owned(), scale, currency, true),
        None => (rest.to_owned(), 0, currency, is_yuan),
    }
}

/// Reads an unsigned decimal and multiplies it by a power of ten, rounding half up.
fn scaled(number: &str, power: u32) -> Option<i128> {
    let (mantissa, exponent) = match number.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    // More digits than a double has say nothing; they come from a spreadsheet's way of writing.
    let fraction = &fraction[..fraction.len().min(18)];
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let shift = i32::try_from(power).ok()? + exponent - i32::try_from(fraction.len()).ok()?;
    if shift >= 0 {
        digits.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)
    } else {
        let divisor = 10_i128.checked_pow(shift.unsigned_abs())?;
        Some((digits + divisor / 2) / divisor)
    }
}

/// Reads a whole number such as `1,200`, `50人`, `60.0` or `三百`; `None` for anything that is not whole.
pub fn count(text: &str) -> Option<i64> {
    let is_negative = text.starts_with('-');
    let digits =
        text.trim_start_matches('-').trim_end_matches(['人', '件', '项', '个', '家', '名', '次']);
    let digits = digits.strip_suffix(".0").or_else(|| digits.strip_suffix(".00")).unwrap_or(digits);
    let value = i64::try_from(number_words::parse(digits)?).ok()?;
    Some(if is_negative { -value } else { value })
}

/// Reads a share in millionths: `5.2%`, `3‰`, `0.052`; a plain number has `unit` (`%`, `‰` or none).
pub fn ratio(text: &str, unit: &str) -> Option<i64> {
    let is_negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let (number, sign) = match (text.strip_suffix('%'), text.strip_suffix('‰')) {
        (Some(number), _) => (number, "%"),
        (_, Some(number)) => (number, "‰"),
        _ => (text, unit),
    };
    let power = match sign {
        "%" => 4,
        "‰" => 3,
        _ => 6,
    };
    let value = i64::try_from(scaled(&number.trim().replace(',', ""), power)?).ok()?;
    Some(if is_negative { -value } else { value })
}

/// Reads a measured number; only finite ones.
pub fn number(text: &str) -> Option<f64> {
    text.replace(',', "").parse().ok().filter(|value: &f64| value.is_finite())
}

/// Reads a year: `2023`, `2023年`, `2023年度`, `二〇二三年`.
pub fn year(text: &str) -> Option<i32> {
    let text = text.trim_end_matches('度').trim_end_matches('年');
    let text = text.strip_suffix(".0").unwrap_or(text);
    let year = i32::try_from(number_words::parse(text)?).ok()?;
    (dates::FIRST_YEAR..=2200).contains(&year).then_some(year)
}

/// Reads a date with a `chrono` format, or else in the usual forms, also `二〇二三年七月一日`.
pub fn date(text: &str, format: Option<&str>) -> Option<Dated> {
    // The usual forms begin with the year and cannot be mistaken for one that begins with the day.
    if let Some(found) = format.and_then(|format| dates::parse_with(text, format)) {
        return Some(found);
    }
    dates::parse(text).or_else(|| {
        let mut plain = String::new();
        for part in text.split_inclusive(['年', '月', '日']) {
            let (words, mark) = part.split_at(part.len() - part.chars().last()?.len_utf8());
            plain.push_str(&number_words::parse(words)?.to_string());
            plain.push_str(mark);
        }
        dates::parse(&plain)
    })
}

/// Reads the end of a period: `2025-11-30`, `2022-12-01至2025-11-30`, `2022.12.01—2025.11.30`.
pub fn end_date(text: &str, format: Option<&str>) -> Option<NaiveDate> {
    let last = text.rsplit(['至', '~', '—', '到']).next().unwrap_or(text).trim();
    date(last, format).map(|(day, _)| day)
}

/// Reads yes or no in either language.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "是" | "有" | "y" | "yes" | "true" | "t" | "1" | "√" | "✓" => Some(true),
        "否" | "无" | "没有" | "n" | "no" | "false" | "f" | "0" | "×" | "x" => Some(false),
        _ => None,
    }
}

/// Returns the size class for the usual words.
pub fn size(text: &str) -> Option<&'static str> {
    match text.to_lowercase().trim_end_matches("企业") {
        "微型" | "微" | "micro" => Some("micro"),
        "小型" | "小" | "small" => Some("small"),
        "中型" | "中" | "medium" => Some("medium"),
        "大型" | "大" | "large" => Some("large"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_to_the_fen_or_not_at_all() {
        for (text, unit, expected) in [
            ("1,234.5万元", "", Some("1234500000 CNY")),
            ("１，２３４．５万元", "", Some("1234500000 CNY")),
            ("1234.5", "万元", Some("1234500000 CNY")),
            ("1234.5", "", Some("123450 -")),
            ("3亿", "", Some("30000000000 -")),
            ("1.2亿元", "万元", Some("12000000000 CNY")),
            ("$180B", "", Some("18000000000000 USD")),
            ("500万美元", "", Some("500000000 USD")),
            ("-12.345", "", Some("-1235 -")),
            ("(1,200.00)", "", Some("-120000 -")),
            ("8500000.0", "", Some("850000000 -")),
            ("1.5e6", "", Some("150000000 -")),
            ("1234.5600000001", "万元", Some("1234560000 CNY")),
            ("约300万元", "", None),
            ("1.2.3", "", None),
            ("", "万元", None),
            ("万元", "", None),
            ("99999999999999999999", "", None),
        ] {
            let found = amount(text, unit)
                .map(|amount| format!("{} {}", amount.hundredths, amount.currency.unwrap_or("-")));
            assert_eq!(found.as_deref(), expected, "{text} {unit}");
        }
    }

    #[test]
    fn counts_shares_years_and_days_are_read_as_lists_write_them() {
        for (text, expected) in [
            ("1,200", Some(1200)),
            ("50人", Some(50)),
            ("60.0", Some(60)),
            ("-3", Some(-3)),
            ("1.5", None),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
        for (text, unit, expected) in [
            ("5.2%", "", Some(52_000)),
            ("0.052", "", Some(52_000)),
            ("5.2", "%", Some(52_000)),
            ("3‰", "", Some(3_000)),
            ("-1%", "", Some(-10_000)),
            ("many", "", None),
        ] {
            assert_eq!(ratio(text, unit), expected, "{text}");
        }
        for (text, expected) in
            [("2023年度", Some(2023)), ("二〇二三年", Some(2023)), ("23", None), ("2023-24", None)]
        {
            assert_eq!(year(text), expected, "{text}");
        }
        for (text, expected) in [
            ("二〇二三年七月一日", Some("2023-07-01 day")),
            ("2023.7", Some("2023-07-01 month")),
            ("2023年十二月三十一日", Some("2023-12-31 day")),
            ("七月", None),
            ("年", None),
        ] {
            let found = date(text, None).map(|(day, precision)| format!("{day} {precision}"));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let end = end_date("2022-12-01至2025-11-30", None).map(|day| day.to_string());
        assert_eq!(end.as_deref(), Some("2025-11-30"));
    }

    proptest! {
        #[test]
        fn no_value_is_too_strange(text in "[0-9.,万亿元年月日%$BbMm()e-]{0,16}|\\PC{0,12}") {
            amount(&text, "万元");
            count(&text);
            ratio(&text, "%");
            year(&text);
            date(&text, None);
            end_date(&text, None);
        }

        #[test]
        fn whole_fen_are_read_back(fen in 0_i64..i64::MAX / 10) {
            let text = format!("{}.{:02}", fen / 100, fen % 100);
            prop_assert_eq!(amount(&text, "").map(|amount| amount.hundredths), Some(fen));
        }
    }
}
