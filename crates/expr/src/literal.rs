//! Constants with a kind: how they are read from a text (`20万元`, `3%`, `12个月`) and written back.
//!
//! Reading and writing are inverse: what [`Literal::to_text`] writes, [`Literal::parse`] reads as the same literal.
//! Where a number stands in an expression is `crate::lexer`'s.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::exact::Exact;
use crate::kind::{Currency, DurationUnit, Kind, Unit};
use crate::lexer;
use crate::problem::Problem;

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// What it is.
    pub kind: Kind,
    /// Its value.
    pub value: Constant,
}

/// The value of a constant. Money is in the smallest coin, a duration in its own unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A number.
    Exact(Exact),
    /// A day.
    Date(NaiveDate),
    /// A label or text.
    Text(Arc<str>),
    /// Yes or no.
    Bool(bool),
}

impl Literal {
    /// Reads one literal, such as the value of a parameter in a pack: `20万元`, `-3%`, `DATE '2025-06-30'`, `'micro'`.
    ///
    /// # Errors
    /// What the text is instead of a literal.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        lexer::single(text)
    }

    /// A number of a kind, in the kind's smallest unit.
    pub const fn number(kind: Kind, value: Exact) -> Self {
        Self { kind, value: Constant::Exact(value) }
    }

    /// An amount in fen.
    pub fn fen(amount: i64) -> Self {
        Self::number(Kind::Money(Currency::CNY), Exact::whole(amount.into()))
    }

    /// A truth value.
    pub const fn truth(value: bool) -> Self {
        Self { kind: Kind::Bool, value: Constant::Bool(value) }
    }

    /// A day.
    pub const fn date(day: NaiveDate) -> Self {
        Self { kind: Kind::Date, value: Constant::Date(day) }
    }

    /// The number, where it is one.
    pub const fn exact(&self) -> Option<Exact> {
        match self.value {
            Constant::Exact(value) => Some(value),
            _ => None,
        }
    }

    /// Whether this is the number zero, which has the same meaning in every unit.
    pub fn is_zero(&self) -> bool {
        self.exact().is_some_and(Exact::is_zero)
    }

    /// Writes the literal as it is written in an expression.
    pub fn to_text(&self) -> String {
        match &self.value {
            Constant::Bool(true) => "TRUE".to_owned(),
            Constant::Bool(false) => "FALSE".to_owned(),
            Constant::Date(day) => format!("DATE '{day}'"),
            Constant::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Constant::Exact(value) => number_text(*value, &self.kind),
        }
    }
}

/// Writes a number with the unit of its kind, exactly. A number that has no decimal text is written as a fraction.
pub fn number_text(value: Exact, kind: &Kind) -> String {
    match kind {
        Kind::Money(currency) => money_text(value, *currency),
        Kind::Ratio => match value.mul(Exact::whole(100)) {
            Some(percent) => format!("{percent}%"),
            None => value.to_text(),
        },
        Kind::Count(unit) => format!("{value}{}", unit.word().unwrap_or("")),
        Kind::Duration(DurationUnit::Years) => format!("{value}年"),
        Kind::Duration(DurationUnit::Months) => format!("{value}个月"),
        Kind::Duration(DurationUnit::Days) => format!("{value}天"),
        _ => value.to_text(),
    }
}

/// Smallest coins in one 亿, one 万 and one whole unit of a currency with hundred coins.
const MONEY_STEPS: [(i128, &str); 3] = [(10_000_000_000, "亿"), (1_000_000, "万"), (100, "")];

fn money_text(coins: Exact, currency: Currency) -> String {
    let name = match currency {
        Currency::CNY => "元".to_owned(),
        Currency::USD => "美元".to_owned(),
        other => format!(" {other}"),
    };
    let size = coins.abs().unwrap_or(coins);
    for (step, word) in MONEY_STEPS {
        // Two decimals of the unit at most, so that 1,234,567 yuan stay readable; the last unit takes everything.
        let scaled = coins.div(Exact::whole(step));
        let readable = step == 100
            || (size >= Exact::whole(step)
                && scaled
                    .and_then(|value| value.mul(Exact::whole(100)))
                    .is_some_and(|value| value.as_whole().is_some()));
        if let (Some(value), true) = (scaled, readable) {
            return format!("{value}{word}{name}");
        }
    }
    format!("{coins} fen")
}

/// What a unit after a number means, or `None` where no unit of this name is known.
pub(crate) fn with_unit(number: Exact, unit: &str) -> Option<Literal> {
    let (scale, rest) = linghang_core::number::multiplier(unit);
    let scaled = number.mul(Exact::whole(scale))?;
    let coins = |currency| {
        let amount = scaled.mul(Exact::whole(100))?;
        Some(Literal::number(Kind::Money(currency), amount))
    };
    let duration = |unit| Some(Literal::number(Kind::Duration(unit), scaled));
    match rest {
        "元" => coins(Currency::CNY),
        "美元" => coins(Currency::USD),
        "个月" => duration(DurationUnit::Months),
        "年" => duration(DurationUnit::Years),
        "天" | "日" => duration(DurationUnit::Days),
        _ if linghang_core::number::COUNTERS.contains(&rest) => {
            Some(Literal::number(Kind::Count(Unit::new(rest)), scaled))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_read_with_its_unit_and_written_back() {
        for (text, written) in [
            ("20万元", "20万元"),
            ("5亿元", "5亿元"),
            ("3元", "3元"),
            ("1.5亿元", "1.5亿元"),
            ("5000万元", "5000万元"),
            ("10000万元", "1亿元"),
            ("1234567元", "1234567元"),
            ("0.01元", "0.01元"),
            ("20 万元", "20万元"),
            ("1亿美元", "1亿美元"),
            ("300万美元", "300万美元"),
            ("3%", "3%"),
            ("2.5％", "2.5%"),
            ("5‰", "0.5%"),
            ("１００万元", "100万元"),
            ("－２．５％", "-2.5%"),
            ("12个月", "12个月"),
            ("3年", "3年"),
            ("180天", "180天"),
            ("50人", "50人"),
            ("1万人", "10000人"),
            ("3件", "3件"),
            ("-3%", "-3%"),
            ("1.05", "1.05"),
            ("DATE '2025-06-30'", "DATE '2025-06-30'"),
            ("'it''s'", "'it''s'"),
            ("true", "TRUE"),
        ] {
            let literal = Literal::parse(text).expect(text);
            assert_eq!(literal.to_text(), written, "{text}");
            assert_eq!(Literal::parse(written).expect(written), literal, "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_named() {
        for (text, code) in [
            ("20万", "expr.unit"),
            ("0.001元", "expr.unit"),
            ("12月", "expr.unit"),
            ("1e6", "expr.unit"),
            ("20万元以上", "expr.unit"),
            ("", "expr.empty"),
            ("revenue", "expr.not_a_literal"),
            ("1 + 1", "expr.not_a_literal"),
            ("DATE '2025-02-30'", "expr.date"),
            ("'open", "expr.quote"),
            ("99999999999999999999999999999999999999999元", "expr.number"),
        ] {
            assert_eq!(Literal::parse(text).map_err(|problem| problem.code), Err(code), "{text}");
        }
    }
}
