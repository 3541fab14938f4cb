//! What an expression comes to for one enterprise: a value, an unknown with its reason, or nothing to compare.

use std::sync::Arc;

use linghang_core::Bilingual;

use crate::dates;
use crate::exact::Exact;
use crate::kind::Kind;
use crate::literal;

/// Why a value is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// This fact is missing and a missing value means *unknown* (or *error*).
    Missing(Arc<str>),
    /// This fact is missing, which means that there is none, so there is nothing to calculate with.
    None(Arc<str>),
    /// This parameter is not set.
    Unset(Arc<str>),
    /// The value of the choosing fact lies outside the brackets of this parameter.
    Outside(Arc<str>),
    /// A denominator or base of growth is zero or below.
    NotPositive,
    /// The result does not fit; a decision that needs it is an error.
    Overflow,
}

impl Reason {
    /// The reason in words.
    pub fn describe(&self) -> Bilingual {
        match self {
            Self::Missing(fact) => {
                Bilingual::new(format!("缺少 `{fact}`"), format!("`{fact}` is missing"))
            }
            Self::None(fact) => {
                Bilingual::new(format!("没有 `{fact}`"), format!("there is no `{fact}`"))
            }
            Self::Unset(name) => Bilingual::new(
                format!("参数 `${name}` 未设定"),
                format!("the parameter `${name}` is not set"),
            ),
            Self::Outside(name) => Bilingual::new(
                format!("不在参数 `${name}` 的任何一档内"),
                format!("outside every stretch of the parameter `${name}`"),
            ),
            Self::NotPositive => {
                Bilingual::new("分母或基数不大于零", "the denominator or base is not above zero")
            }
            Self::Overflow => Bilingual::new("结果超出范围", "the result does not fit"),
        }
    }
}

/// The result of a number expression for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Valued {
    /// The exact value in the smallest unit of its kind: fen, whole counts, 3/100 for 3 %, days from 1970-01-01.
    Known(Exact),
    /// Not known, and why.
    Unknown(Reason),
    /// The exact result does not fit; the decision for this row is an error.
    Overflow,
}

/// A condition for one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Surely true.
    True,
    /// Surely false.
    False,
    /// Neither.
    Unknown,
}

/// A value that is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Money, counts, ratios, durations, years, plain numbers.
    Exact(Exact),
    /// A measured number.
    Float(f64),
    /// Days from 1970-01-01.
    Days(i32),
    /// A label, by its place among the labels of its kind.
    Label(u16),
    /// A text.
    Text(Arc<str>),
    /// Yes or no.
    Bool(bool),
}

impl Value {
    /// The value as a double, for kinds that are measured.
    pub(crate) fn as_float(&self) -> Option<f64> {
        match self {
            Self::Exact(value) => Some(value.to_f64()),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) const fn as_exact(&self) -> Option<Exact> {
        match self {
            Self::Exact(value) => Some(*value),
            _ => None,
        }
    }

    /// Writes the value with the unit of its kind, as it would stand in an expression.
    pub fn to_text(&self, kind: &Kind) -> String {
        match (self, kind) {
            (Self::Exact(value), _) => literal::number_text(*value, kind),
            (Self::Float(value), _) => value.to_string(),
            (Self::Days(days), _) => match dates::from_days(*days) {
                Some(day) => day.to_string(),
                None => days.to_string(),
            },
            (Self::Label(code), Kind::Label(labels)) => labels
                .get(usize::from(*code))
                .map_or_else(|| code.to_string(), |label| format!("'{label}'")),
            (Self::Label(code), _) => code.to_string(),
            (Self::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
            (Self::Bool(true), _) => "TRUE".to_owned(),
            (Self::Bool(false), _) => "FALSE".to_owned(),
        }
    }
}
