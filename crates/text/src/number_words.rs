//! Numbers as Chinese texts write them (`1.5亿`, `三千五百万`, `2万亿`) to exact whole numbers and back.

const YI: u128 = 100_000_000;
const WAN: u128 = 10_000;

/// Reads a whole number written in digits, Chinese number words or both.
///
/// Full-width digits and grouping commas are read; a decimal is read where the unit makes it whole (`1.5亿`). A last
/// single word counts for the next lower place (`三万五` is 35,000). Anything else, and a number above `u64`, gives
/// `None`.
pub fn parse(text: &str) -> Option<u64> {
    let characters: Vec<char> = text.trim().chars().filter_map(plain).collect();
    let value = number(&characters)?;
    u64::try_from(value.whole()?).ok()
}

/// Writes a whole number exactly, with the largest fitting unit: 150,000,000 → `1.5亿`.
pub fn write(value: u64) -> String {
    let units = [(WAN * YI, "万亿"), (YI, "亿"), (WAN, "万")];
    let value = u128::from(value);
    for (unit, name) in units {
        if value >= unit {
            let places = unit.ilog10() as usize;
            let fraction = format!("{:0places$}", value % unit);
            let fraction = fraction.trim_end_matches('0');
            let point = if fraction.is_empty() { "" } else { "." };
            return format!("{}{point}{fraction}{name}", value / unit);
        }
    }
    value.to_string()
}

/// A decimal: `digits` / 10^`places`.
#[derive(Debug, Clone, Copy)]
struct Decimal {
    digits: u128,
    places: u32,
}

impl Decimal {
    const fn integer(digits: u128) -> Self {
        Self { digits, places: 0 }
    }

    fn whole(self) -> Option<u128> {
        let divisor = 10u128.checked_pow(self.places)?;
        self.digits.is_multiple_of(divisor).then(|| self.digits / divisor)
    }

    fn times(self, factor: u128) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(factor)?, places: self.places })
    }

    fn plus(self, other: u128) -> Option<Self> {
        let scaled = other.checked_mul(10u128.checked_pow(self.places)?)?;
        Some(Self { digits: self.digits.checked_add(scaled)?, places: self.places })
    }
}

/// A character in the form that is read below; grouping commas and spaces are dropped.
fn plain(character: char) -> Option<char> {
    match character {
        ',' | '，' | ' ' => None,
        '０'..='９' => char::from_u32(character as u32 - '０' as u32 + '0' as u32),
        '．' => Some('.'),
        '两' => Some('二'),
        '〇' => Some('零'),
        '億' => Some('亿'),
        '萬' => Some('万'),
        _ => Some(character),
    }
}

fn number(characters: &[char]) -> Option<Decimal> {
    for (mark, unit) in [('亿', YI), ('万', WAN)] {
        if let Some(place) = characters.iter().rposition(|character| *character == mark) {
            let before = number(&characters[..place])?;
            let after = remainder(&characters[place + 1..], unit)?;
            return before.times(unit)?.plus(after);
        }
    }
    if characters.iter().any(char::is_ascii_digit) {
        return arabic(characters);
    }
    let point = characters.iter().position(|character| matches!(character, '点' | '.'));
    match point {
        Some(place) => fraction(below_wan(&characters[..place])?, &characters[place + 1..]),
        None => below_wan(characters).map(Decimal::integer),
    }
}

/// What follows 亿 or 万: nothing, a smaller number, or one word for the next place.
fn remainder(characters: &[char], unit: u128) -> Option<u128> {
    match characters {
        [] => Some(0),
        [word] if word_digit(*word).is_some_and(|digit| digit > 0) => {
            Some(word_digit(*word)? * unit / 10)
        }
        ['零', rest @ ..] => number(rest)?.whole().filter(|value| *value < unit),
        _ => number(characters)?.whole().filter(|value| *value < unit),
    }
}

/// `1200`, `1.5`, `3千`.
fn arabic(characters: &[char]) -> Option<Decimal> {
    if let [before @ .., unit] = characters
        && let Some(unit) = word_unit(*unit)
    {
        return arabic(before)?.times(unit);
    }
    let point =
        characters.iter().position(|character| *character == '.').unwrap_or(characters.len());
    let places = characters.len().saturating_sub(point + 1);
    let ends_open = point + 1 == characters.len() || point == 0;
    let mut digits: u128 = 0;
    for (_, character) in characters.iter().enumerate().filter(|(place, _)| *place != point) {
        digits = digits.checked_mul(10)?.checked_add(u128::from(character.to_digit(10)?))?;
    }
    (!ends_open).then_some(Decimal { digits, places: places as u32 })
}

/// The words after 点, a digit each.
fn fraction(integer: u128, words: &[char]) -> Option<Decimal> {
    let mut value = Decimal::integer(integer);
    for word in words {
        let digits = value.digits.checked_mul(10)?.checked_add(word_digit(*word)?)?;
        value = Decimal { digits, places: value.places + 1 };
    }
    (!words.is_empty()).then_some(value)
}

/// A number below ten thousand in words: `三千五百零二`, `十五`, `二〇二六`.
fn below_wan(words: &[char]) -> Option<u128> {
    if words.is_empty() {
        return None;
    }
    if words.len() > 1 && words.iter().all(|word| word_digit(*word).is_some()) {
        return words
            .iter()
            .try_fold(0u128, |value, word| value.checked_mul(10)?.checked_add(word_digit(*word)?));
    }
    let (mut total, mut digit, mut last_unit, mut after_zero) = (0, None, WAN, false);
    for (place, word) in words.iter().enumerate() {
        if let Some(unit) = word_unit(*word) {
            let count = digit.take().or((unit == 10 && (place == 0 || after_zero)).then_some(1))?;
            if unit >= last_unit {
                return None;
            }
            total += count * unit;
            last_unit = unit;
            after_zero = false;
        } else {
            let value = word_digit(*word)?;
            if digit.is_some() || (after_zero && value == 0) {
                return None;
            }
            after_zero = value == 0;
            digit = (value > 0 || words.len() == 1).then_some(value);
        }
    }
    let ends_short = words.len().checked_sub(2).is_none_or(|place| words[place] != '零');
    let place = if ends_short && (100..WAN).contains(&last_unit) { last_unit / 10 } else { 1 };
    Some(total + digit.unwrap_or(0) * place)
}

fn word_digit(word: char) -> Option<u128> {
    "零一二三四五六七八九".chars().position(|digit| digit == word).map(|value| value as u128)
}

fn word_unit(word: char) -> Option<u128> {
    match word {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        for (text, expected) in [
            ("1.5亿", Some(150_000_000)),
            ("三千五百万", Some(35_000_000)),
            ("2万亿", Some(2_000_000_000_000)),
            ("１，２００万", Some(12_000_000)),
            ("一点五亿", Some(150_000_000)),
            ("三亿五千万", Some(350_000_000)),
            ("三亿零五百", Some(300_000_500)),
            ("十五", Some(15)),
            ("一百零三", Some(103)),
            ("一百一十", Some(110)),
            ("两千", Some(2_000)),
            ("三千五", Some(3_500)),
            ("三千零五", Some(3_005)),
            ("三万五", Some(35_000)),
            ("二〇二六", Some(2_026)),
            ("3千", Some(3_000)),
            ("0", Some(0)),
            ("零", Some(0)),
            ("1.23456789亿", Some(123_456_789)),
            ("1.5", None),
            ("1.234567891亿", None),
            ("五百三千", None),
            ("十万亿亿亿", None),
            ("亿", None),
            ("1.", None),
            ("1.2.3万", None),
            ("一二百", None),
            ("约三", None),
            ("", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_with_the_largest_unit() {
        for (value, expected) in [
            (0, "0"),
            (9_999, "9999"),
            (35_000_000, "3500万"),
            (150_000_000, "1.5亿"),
            (2_000_000_000_000, "2万亿"),
            (100_000_001, "1.00000001亿"),
        ] {
            assert_eq!(write(value), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any::<u64>(), small in 0u64..200_000) {
            prop_assert_eq!(parse(&write(value)), Some(value));
            prop_assert_eq!(parse(&write(small)), Some(small));
        }

        #[test]
        fn no_text_is_too_strange(text in "[0-9.一二三十百千万亿零点两,]{0,24}|\\PC{0,12}") {
            parse(&text);
        }
    }
}
