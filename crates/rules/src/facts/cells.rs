//! Single values of facts, as test cases and callers with one enterprise write them, and columns made of them.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
};
use chrono::NaiveDate;
use linghang_core::Bilingual;
use linghang_expr::{Constant, Exact, Kind, Literal};
use linghang_pack::record::CaseValue;

/// One value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Fen, a count, or millionths.
    Whole(i64),
    /// A measured number.
    Float(f64),
    /// Days from 1970-01-01.
    Day(i32),
    /// A year.
    Year(i32),
    /// Yes or no.
    Flag(bool),
    /// A label or a text.
    Text(String),
}

impl Cell {
    /// Reads a value as it is written in a test case.
    ///
    /// # Errors
    ///
    /// When the value is not of the fact's kind.
    pub fn read(kind: &Kind, written: &CaseValue) -> Result<Self, Bilingual> {
        let found = match (kind, written) {
            (Kind::Bool, CaseValue::Truth(value)) => Some(Self::Flag(*value)),
            (Kind::Year, CaseValue::Whole(value)) => i32::try_from(*value).ok().map(Self::Year),
            (Kind::Count(_) | Kind::Plain, CaseValue::Whole(value)) => Some(Self::Whole(*value)),
            (Kind::Number, CaseValue::Whole(value)) => Some(Self::Float(*value as f64)),
            (Kind::Label(labels), CaseValue::Text(text)) => {
                labels.contains(text).then(|| Self::Text(text.clone()))
            }
            (Kind::Text, CaseValue::Text(text)) => Some(Self::Text(text.clone())),
            (Kind::Date, CaseValue::Text(text)) => text.parse().ok().map(Self::day),
            (Kind::Number, CaseValue::Text(text)) => text.parse().ok().map(Self::Float),
            (_, CaseValue::Text(text)) => Self::of_literal(kind, text),
            _ => None,
        };
        found.ok_or_else(|| {
            let wanted = kind.describe();
            let written = match written {
                CaseValue::Truth(value) => value.to_string(),
                CaseValue::Whole(value) => value.to_string(),
                CaseValue::Text(text) => text.clone(),
            };
            Bilingual::new(
                format!("`{written}` 不是{}", wanted.zh),
                format!("`{written}` is not {}", wanted.en),
            )
        })
    }

    /// A day.
    pub fn day(day: NaiveDate) -> Self {
        Self::Day((day - NaiveDate::default()).num_days() as i32)
    }

    /// A value in the smallest unit of its kind; a ratio in the expression language counts ones, here millionths.
    pub fn of_exact(kind: &Kind, value: Exact) -> Option<Self> {
        let value = match kind {
            Kind::Ratio => value.mul(Exact::whole(1_000_000))?,
            Kind::Number => return Some(Self::Float(value.to_f64())),
            _ => value,
        };
        let whole = value.as_whole()?;
        match kind {
            Kind::Date => i32::try_from(whole).ok().map(Self::Day),
            Kind::Year => i32::try_from(whole).ok().map(Self::Year),
            _ => i64::try_from(whole).ok().map(Self::Whole),
        }
    }

    fn of_literal(kind: &Kind, text: &str) -> Option<Self> {
        let literal = Literal::parse(text).ok()?;
        let same = std::mem::discriminant(kind) == std::mem::discriminant(&literal.kind);
        let fits = match (kind, &literal.kind) {
            (Kind::Money(one), Kind::Money(other)) => one == other,
            (_, Kind::Plain) => !matches!(kind, Kind::Money(_) | Kind::Ratio) || literal.is_zero(),
            _ => same,
        };
        match literal.value {
            Constant::Exact(value) if fits => Self::of_exact(kind, value),
            _ => None,
        }
    }
}

/// A column of a kind. Cells of another kind are missing.
pub fn column(kind: &Kind, cells: &[Option<Cell>]) -> ArrayRef {
    let cells = cells.iter().map(Option::as_ref);
    match kind {
        Kind::Bool => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Flag(value)) => Some(*value),
                    _ => None,
                })
                .collect::<BooleanArray>(),
        ),
        Kind::Label(_) | Kind::Text => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Text(text)) => Some(text.as_str()),
                    _ => None,
                })
                .collect::<StringArray>(),
        ),
        Kind::Number => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Float(value)) => Some(*value),
                    _ => None,
                })
                .collect::<Float64Array>(),
        ),
        Kind::Date => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Day(value)) => Some(*value),
                    _ => None,
                })
                .collect::<Date32Array>(),
        ),
        Kind::Year => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Year(value)) => Some(*value),
                    _ => None,
                })
                .collect::<Int32Array>(),
        ),
        _ => Arc::new(
            cells
                .map(|cell| match cell {
                    Some(Cell::Whole(value)) => Some(*value),
                    _ => None,
                })
                .collect::<Int64Array>(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linghang_expr::{Currency, Unit};

    #[test]
    fn values_of_a_case_are_read_in_the_unit_of_their_fact() {
        let yuan = Kind::Money(Currency::CNY);
        let text = |text: &str| CaseValue::Text(text.into());
        for (kind, written, cell) in [
            (&yuan, text("20万元"), Some(Cell::Whole(20_000_000))),
            (&yuan, text("5000.1元"), Some(Cell::Whole(500_010))),
            (&yuan, text("20"), None),
            (&yuan, CaseValue::Whole(20), None),
            (&Kind::Ratio, text("3%"), Some(Cell::Whole(30_000))),
            (&Kind::Count(Unit::new("人")), CaseValue::Whole(3), Some(Cell::Whole(3))),
            (&Kind::Date, text("1970-01-31"), Some(Cell::Day(30))),
            (&Kind::Bool, CaseValue::Truth(true), Some(Cell::Flag(true))),
            (&Kind::label(["a"]), text("b"), None),
        ] {
            assert_eq!(Cell::read(kind, &written).ok(), cell, "{written:?}");
        }
    }
}
