//! What a value is: money of a currency, a count of a unit, a ratio, a date and so on.
//!
//! Two values meet in a comparison or a sum only where their kinds fit; the rules are in `crate::check`. Nothing is
//! ever converted in silence: text is not a number, yuan are not dollars, 3 is not 3 %.

use std::fmt;
use std::sync::Arc;

use linghang_core::Bilingual;

/// The kind of a fact, parameter or expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An amount in the smallest coin of a currency (fen, cent).
    Money(Currency),
    /// A number of things of a unit.
    Count(Unit),
    /// A quotient of two values of one kind; 3 % is 3/100.
    Ratio,
    /// A measured number, a double: it can be compared by order and never for equality.
    Number,
    /// An exact number without a unit, as written in a text: a factor, a year, a count.
    Plain,
    /// A calendar day.
    Date,
    /// A calendar year.
    Year,
    /// A span of time.
    Duration(DurationUnit),
    /// Yes or no: a condition.
    Bool,
    /// One of a closed list of labels, in the order of the fact dictionary.
    Label(Arc<[String]>),
    /// A free text.
    Text,
    /// The kind of a parameter that is not set and says nothing of its kind: it fits everything.
    Open,
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Chinese yuan, in fen.
    pub const CNY: Self = Self(*b"CNY");
    /// United States dollars, in cents.
    pub const USD: Self = Self(*b"USD");

    /// Reads a code of three capital letters.
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code, such as `CNY`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What a count counts, as its measure word (`人`, `件`, `项`); none fits every unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit(Option<Arc<str>>);

impl Unit {
    /// No unit: a plain number of things.
    pub const NONE: Self = Self(None);

    /// A unit by its measure word. `person`, `people` and `名` are `人`; an empty word is no unit.
    pub fn new(word: &str) -> Self {
        match word.trim() {
            "" => Self::NONE,
            "person" | "persons" | "people" | "名" => Self(Some("人".into())),
            other => Self(Some(other.into())),
        }
    }

    /// The measure word.
    pub fn word(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The common unit of two counts; `None` where they count different things.
    pub(crate) fn meet(&self, other: &Self) -> Option<Self> {
        match (&self.0, &other.0) {
            (None, _) => Some(other.clone()),
            (_, None) => Some(self.clone()),
            (one, two) => (one == two).then(|| self.clone()),
        }
    }
}

/// How a duration is counted. A year is twelve months; days do not convert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Days.
    Days,
}

impl Kind {
    /// A kind of labels.
    pub fn label<I: IntoIterator<Item = S>, S: Into<String>>(values: I) -> Self {
        Self::Label(values.into_iter().map(Into::into).collect())
    }

    /// Whether arithmetic and order make sense for values of this kind.
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Money(_)
                | Self::Count(_)
                | Self::Ratio
                | Self::Number
                | Self::Plain
                | Self::Duration(_)
                | Self::Open
        )
    }

    /// Whether a missing closed-world value of this kind is the number zero (or *no*) rather than a gap that every
    /// comparison answers with false.
    pub fn missing_is_zero(&self) -> bool {
        matches!(
            self,
            Self::Money(_)
                | Self::Count(_)
                | Self::Ratio
                | Self::Number
                | Self::Duration(_)
                | Self::Bool
                | Self::Plain
        )
    }

    /// The kind in words.
    pub fn describe(&self) -> Bilingual {
        let (zh, en) = match self {
            Self::Money(currency) => {
                return Bilingual::new(
                    format!("金额（{currency}）"),
                    format!("money ({currency})"),
                );
            }
            Self::Count(unit) => {
                return match unit.word() {
                    Some(word) => {
                        Bilingual::new(format!("数量（{word}）"), format!("a count (of {word})"))
                    }
                    None => Bilingual::new("数量", "a count"),
                };
            }
            Self::Ratio => ("比率", "a ratio"),
            Self::Number => ("测量值", "a measured number"),
            Self::Plain => ("无单位的数", "a number without a unit"),
            Self::Date => ("日期", "a date"),
            Self::Year => ("年份", "a year"),
            Self::Duration(DurationUnit::Years) => ("时长（年）", "a duration (years)"),
            Self::Duration(DurationUnit::Months) => ("时长（月）", "a duration (months)"),
            Self::Duration(DurationUnit::Days) => ("时长（天）", "a duration (days)"),
            Self::Bool => ("条件（是/否）", "a condition (yes/no)"),
            Self::Label(_) => ("标签", "a label"),
            Self::Text => ("文本", "a text"),
            Self::Open => ("未设定的参数", "a parameter that is not set"),
        };
        Bilingual::new(zh, en)
    }
}
