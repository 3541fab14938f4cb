//! Amounts for a reader of a table: short, in the units that each language counts in.

use linghang_core::number::grouped;
use linghang_core::{Fen, Lang};

/// One 亿元 and one 万元 in fen.
const YI: u64 = 10_000_000_000;
const WAN: u64 = 1_000_000;

/// Writes an amount with two decimals of 万元 or 亿元, in English in whole yuan. Files and JSON hold it to the fen.
pub(crate) fn short(amount: Fen, lang: Lang) -> String {
    let fen = amount.0.unsigned_abs();
    let sign = if amount.0 < 0 { "-" } else { "" };
    match lang {
        Lang::Zh if fen >= YI => format!("{sign}{}亿元", hundredths(fen, YI)),
        Lang::Zh if fen >= WAN => format!("{sign}{}万元", hundredths(fen, WAN)),
        Lang::En if fen >= WAN => {
            format!("{sign}CNY {}", grouped(fen / 100 + u64::from(fen % 100 >= 50)))
        }
        _ => amount.display(lang),
    }
}

/// Writes an amount in yuan for other programs: `12345.67`.
pub(crate) fn plain(amount: Fen) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let fen = amount.0.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

fn hundredths(fen: u64, unit: u64) -> String {
    let step = unit / 100;
    let rounded = fen / step + u64::from(fen % step >= step / 2);
    format!("{}.{:02}", grouped(rounded / 100), rounded % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_on_screen_and_exact_in_files() {
        for (fen, zh, en, file) in [
            (0, "0元", "CNY 0", "0.00"),
            (123, "1.23元", "CNY 1.23", "1.23"),
            (999_999, "9,999.99元", "CNY 9,999.99", "9999.99"),
            (1_234_567, "1.23万元", "CNY 12,346", "12345.67"),
            (123_456_789_012, "12.35亿元", "CNY 1,234,567,890", "1234567890.12"),
            (-200_000_000, "-200.00万元", "-CNY 2,000,000", "-2000000.00"),
        ] {
            assert_eq!(short(Fen(fen), Lang::Zh), zh);
            assert_eq!(short(Fen(fen), Lang::En), en);
            assert_eq!(plain(Fen(fen)), file);
        }
    }
}
