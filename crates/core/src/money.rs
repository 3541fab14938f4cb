//! Money as a whole number of fen (1 yuan = 100 fen). Floating point never enters.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// An amount of Chinese yuan in fen.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Converts whole yuan; `None` when the amount does not fit.
    pub const fn from_yuan(yuan: i64) -> Option<Self> {
        match yuan.checked_mul(100) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// Adds two amounts; `None` when the sum does not fit.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(fen) => Some(Self(fen)),
            None => None,
        }
    }

    /// Writes the amount for a reader: in Chinese with 万元 or 亿元 where that is exact, else in yuan with the fen.
    ///
    /// The text is always exact: 12,345 yuan is not shortened to 1.23 万元.
    pub fn display(self, lang: Lang) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        match lang {
            Lang::Zh => format!("{sign}{}", zh_amount(fen)),
            Lang::En => format!("{sign}CNY {}", plain_amount(fen)),
        }
    }
}

/// One 亿元 and one 万元 in fen.
const YI: u64 = 10_000_000_000;
const WAN: u64 = 1_000_000;

fn zh_amount(fen: u64) -> String {
    for (unit, name) in [(YI, "亿元"), (WAN, "万元")] {
        // Two decimals of the unit must hold the amount exactly.
        if fen >= unit && fen.is_multiple_of(unit / 100) {
            let hundredths = fen / (unit / 100);
            return format!("{}{name}", decimal(hundredths));
        }
    }
    format!("{}元", plain_amount(fen))
}

/// Writes hundredths without trailing zeros: 150 → `1.5`.
fn decimal(hundredths: u64) -> String {
    let text = format!("{}.{:02}", crate::number::grouped(hundredths / 100), hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn plain_amount(fen: u64) -> String {
    let yuan = crate::number::grouped(fen / 100);
    if fen.is_multiple_of(100) { yuan } else { format!("{yuan}.{:02}", fen % 100) }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_exactly_in_both_languages() {
        for (fen, zh, en) in [
            (0, "0元", "CNY 0"),
            (1, "0.01元", "CNY 0.01"),
            (123_456_700, "1,234,567元", "CNY 1,234,567"),
            (200_000_000, "200万元", "CNY 2,000,000"),
            (15_000_000_000, "1.5亿元", "CNY 150,000,000"),
            (-1_250_000, "-1.25万元", "-CNY 12,500"),
        ] {
            assert_eq!(Fen(fen).display(Lang::Zh), zh);
            assert_eq!(Fen(fen).display(Lang::En), en);
        }
    }

    #[test]
    fn overflow_is_reported_not_wrapped() {
        assert_eq!(Fen::from_yuan(i64::MAX), None);
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    }
}
