//! Facts of many enterprises as columns, prepared once so that evaluation meets no special case.
//!
//! Invariants: a slot without a value holds zero; closed-world gaps are resolved (`Missing::No`); labels are numbers
//! in the order of the fact dictionary; a double is finite. So every kernel may read every slot, and a bitmap says
//! which slots count. A batch is cheap to slice: nothing is copied.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
};
use arrow_array::{Array, ArrayRef, DictionaryArray, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_schema::DataType;
use linghang_core::Bilingual;

use crate::exact::Exact;
use crate::kind::Kind;
use crate::parameter::{FactSpec, Facts, Missing};
use crate::problem::Problem;
use crate::value::Value;

/// Facts of a number of enterprises.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    rows: usize,
    columns: BTreeMap<Arc<str>, Column>,
}

/// One fact of all enterprises of a batch.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) values: Values,
    /// Where a value is known; nothing when everywhere.
    pub(crate) known: Option<BooleanBuffer>,
    /// Where there is none (closed world) and zero would be no answer.
    pub(crate) absent: Option<BooleanBuffer>,
    /// Where a value is missing that must be there.
    pub(crate) error: Option<BooleanBuffer>,
    /// No whole number in the column is beyond these.
    pub(crate) bounds: (i64, i64),
}

/// The values of a column, by what they are stored as.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    /// Fen, counts, millionths, durations.
    Long(ScalarBuffer<i64>),
    /// Days, years.
    Short(ScalarBuffer<i32>),
    Float(ScalarBuffer<f64>),
    Code(ScalarBuffer<u16>),
    Flag(BooleanBuffer),
    Text(StringArray),
}

impl Batch {
    /// Prepares columns. A fact without a column is missing for everybody; a column without a fact is an error.
    ///
    /// Wanted types: `Int64` for money (fen), counts, durations and ratios (millionths); `Float64` for measured
    /// numbers; `Date32`; `Int32` for years; `Boolean`; `Utf8`, a dictionary of `Utf8`, or `UInt8`/`UInt16` places
    /// for labels; `Utf8` for texts. A label that the dictionary does not list, a double that is not finite, and
    /// a day beyond the calendar count as unknown.
    ///
    /// # Errors
    /// Every column that has no fact, the wrong type or the wrong length.
    pub fn new(
        rows: usize,
        facts: &Facts,
        columns: Vec<(&str, ArrayRef)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut prepared = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, array) in columns {
            let Some(spec) = facts.get(name) else {
                problems.push(wrong(name, "没有同名事实", "has no fact of its name"));
                continue;
            };
            if array.len() != rows {
                let found = array.len();
                problems.push(wrong(
                    name,
                    &format!("有 {found} 行，应为 {rows} 行"),
                    &format!("has {found} rows instead of {rows}"),
                ));
                continue;
            }
            if let Some(column) = Column::new(spec, &array) {
                prepared.insert(Arc::from(name), column);
            } else {
                let kind = spec.kind.describe();
                let found = array.data_type();
                problems.push(wrong(
                    name,
                    &format!("类型为 {found}，不能表示{}", kind.zh),
                    &format!("has the type {found}, which does not hold {}", kind.en),
                ));
            }
        }
        if problems.is_empty() { Ok(Self { rows, columns: prepared }) } else { Err(problems) }
    }

    /// Enterprises without any fact.
    pub fn empty(rows: usize) -> Self {
        Self { rows, columns: BTreeMap::new() }
    }

    /// Adds the columns of another batch of the same enterprises; where both have a fact, the other's.
    ///
    /// A batch of another number of rows is not of the same enterprises, and nothing is taken from it.
    #[must_use]
    pub fn beside(mut self, other: Self) -> Self {
        debug_assert_eq!(self.rows, other.rows, "batches of the same enterprises");
        if self.rows == other.rows {
            self.columns.extend(other.columns);
        }
        self
    }

    /// The labels of a fact by row, as places in its list, after closed-world gaps are resolved; `None` where the fact
    /// has no column or no labels.
    pub fn labels(&self, fact: &str) -> Option<Vec<Option<u16>>> {
        let column = self.columns.get(fact)?;
        let Values::Code(codes) = &column.values else { return None };
        let there = |(row, code): (usize, &u16)| column.is_there(row).then_some(*code);
        Some(codes.iter().enumerate().map(there).collect())
    }

    /// Number of enterprises.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Some rows of the batch, without copying. Starts at a multiple of 64 keep evaluation fastest.
    ///
    /// Rows beyond the end are left out.
    #[must_use]
    pub fn slice(&self, start: usize, length: usize) -> Self {
        let start = start.min(self.rows);
        let length = length.min(self.rows - start);
        let columns = self
            .columns
            .iter()
            .map(|(name, column)| (Arc::clone(name), column.slice(start, length)))
            .collect();
        Self { rows: length, columns }
    }

    /// Rows in which one of these facts is missing although it must be there (`Missing::Error`).
    pub fn errors(&self, facts: &[String], dictionary: &Facts) -> BooleanBuffer {
        let mut errors = BooleanBuffer::new_unset(self.rows);
        for name in facts {
            match (self.columns.get(name.as_str()), dictionary.get(name)) {
                (Some(Column { error: Some(error), .. }), _) => errors = &errors | error,
                (None, Some(spec)) if spec.missing == Missing::Error => {
                    return BooleanBuffer::new_set(self.rows);
                }
                _ => {}
            }
        }
        errors
    }

    /// The value of a fact in one row, after closed-world gaps are resolved; `None` where there is none.
    pub fn value(&self, fact: &str, row: usize) -> Option<Value> {
        let column = self.columns.get(fact)?;
        (row < self.rows && column.is_there(row)).then(|| column.value(row, false))
    }

    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }
}

fn wrong(name: &str, zh: &str, en: &str) -> Problem {
    Problem {
        code: "expr.column",
        span: 0..name.len(),
        message: Bilingual::new(
            format!("数据列 `{name}` {zh}"),
            format!("the column `{name}` {en}"),
        ),
        hint: None,
    }
}

impl Column {
    fn new(spec: &FactSpec, array: &ArrayRef) -> Option<Self> {
        let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
        let (values, unlisted) = read(&spec.kind, array, nulls)?;
        let nulls = nulls.map(|nulls| nulls.inner().clone());
        let mut column =
            Self { bounds: bounds(&values), values, known: None, absent: None, error: None };
        match (spec.missing, nulls) {
            (Missing::No, Some(valid)) => {
                // Closed-world numbers are zero already.
                column.absent = (!spec.kind.missing_is_zero()).then(|| !&valid);
            }
            (Missing::Unknown, Some(valid)) => column.known = Some(valid),
            (Missing::Error, Some(valid)) => {
                column.error = Some(!&valid);
                column.known = Some(valid);
            }
            (_, None) => {}
        }
        if let Some(listed) = unlisted {
            // A value that cannot be read is not "none": nobody knows what it is.
            column.known = Some(match column.known {
                Some(known) => &known & &listed,
                None => listed,
            });
        }
        Some(column)
    }

    /// The column of a fact that nobody has a value for.
    pub(crate) fn missing(spec: &FactSpec, rows: usize) -> Self {
        let values = match &spec.kind {
            Kind::Date | Kind::Year => Values::Short(vec![0; rows].into()),
            Kind::Number => Values::Float(vec![0.0; rows].into()),
            Kind::Bool => Values::Flag(BooleanBuffer::new_unset(rows)),
            Kind::Label(_) => Values::Code(vec![0; rows].into()),
            Kind::Text => Values::Text(std::iter::repeat_n(Some(""), rows).collect()),
            _ => Values::Long(vec![0; rows].into()),
        };
        let none = BooleanBuffer::new_unset(rows);
        let all = BooleanBuffer::new_set(rows);
        let closed = spec.missing == Missing::No;
        Self {
            values,
            known: (!closed).then_some(none),
            absent: (closed && !spec.kind.missing_is_zero()).then(|| all.clone()),
            error: (spec.missing == Missing::Error).then_some(all),
            bounds: (0, 0),
        }
    }

    fn slice(&self, start: usize, length: usize) -> Self {
        let cut = |bits: &Option<BooleanBuffer>| {
            let bits = bits.as_ref()?.slice(start, length);
            Some(bits)
        };
        let values = match &self.values {
            Values::Long(values) => Values::Long(values.slice(start, length)),
            Values::Short(values) => Values::Short(values.slice(start, length)),
            Values::Float(values) => Values::Float(values.slice(start, length)),
            Values::Code(values) => Values::Code(values.slice(start, length)),
            Values::Flag(values) => Values::Flag(values.slice(start, length)),
            Values::Text(values) => Values::Text(values.slice(start, length)),
        };
        Self {
            values,
            known: cut(&self.known),
            absent: cut(&self.absent),
            error: cut(&self.error),
            bounds: self.bounds,
        }
    }

    pub(crate) fn is_known(&self, row: usize) -> bool {
        self.known.as_ref().is_none_or(|known| known.value(row))
    }

    pub(crate) fn is_absent(&self, row: usize) -> bool {
        self.absent.as_ref().is_some_and(|absent| absent.value(row))
    }

    fn is_there(&self, row: usize) -> bool {
        self.is_known(row) && !self.is_absent(row)
    }

    /// The value of a slot; `millionths` turns a stored ratio into the number it means.
    pub(crate) fn value(&self, row: usize, millionths: bool) -> Value {
        match &self.values {
            Values::Long(values) if millionths => {
                Value::Exact(Exact::new(values[row].into(), MILLION.into()).unwrap_or(Exact::ZERO))
            }
            Values::Long(values) => Value::Exact(Exact::whole(values[row].into())),
            Values::Short(values) => Value::Days(values[row]),
            Values::Float(values) => Value::Float(values[row]),
            Values::Code(values) => Value::Label(values[row]),
            Values::Flag(values) => Value::Bool(values.value(row)),
            Values::Text(values) => Value::Text(values.value(row).into()),
        }
    }
}

/// Days before and after 1970-01-01 that are taken for dates: about 30,000 years.
pub(crate) const MOST_DAYS: i32 = 11_000_000;

/// A stored ratio counts millionths.
pub(crate) const MILLION: i64 = 1_000_000;

fn bounds(values: &Values) -> (i64, i64) {
    let fold = |low: i64, high: i64, value: i64| (low.min(value), high.max(value));
    match values {
        Values::Long(values) => {
            values.iter().fold((0, 0), |(low, high), value| fold(low, high, *value))
        }
        Values::Short(values) => {
            values.iter().fold((0, 0), |(low, high), value| fold(low, high, i64::from(*value)))
        }
        _ => (0, 0),
    }
}

/// Reads an array as the values of a kind, zero in every empty slot, and says which slots could be read.
fn read(
    kind: &Kind,
    array: &ArrayRef,
    nulls: Option<&NullBuffer>,
) -> Option<(Values, Option<BooleanBuffer>)> {
    let data_type = array.data_type();
    Some(match (kind, data_type) {
        (
            Kind::Money(_) | Kind::Count(_) | Kind::Ratio | Kind::Duration(_) | Kind::Plain,
            DataType::Int64,
        ) => (Values::Long(filled(array.as_primitive::<Int64Type>().values(), nulls)), None),
        (Kind::Date, DataType::Date32) => {
            days(filled(array.as_primitive::<Date32Type>().values(), nulls))
        }
        (Kind::Year, DataType::Int32) => {
            (Values::Short(filled(array.as_primitive::<Int32Type>().values(), nulls)), None)
        }
        (Kind::Number, DataType::Float64) => {
            floats(array.as_primitive::<Float64Type>().values(), nulls)
        }
        (Kind::Bool, DataType::Boolean) => {
            let values = array.as_boolean().values();
            let values = nulls.map_or_else(|| values.clone(), |nulls| values & nulls.inner());
            (Values::Flag(values), None)
        }
        (Kind::Text, DataType::Utf8) => (Values::Text(array.as_string::<i32>().clone()), None),
        (Kind::Label(labels), _) => codes(labels, array, nulls)?,
        _ => return None,
    })
}

/// The values, with zero where there is none; copied only where that changes something.
fn filled<T: arrow_buffer::ArrowNativeType + Default>(
    values: &ScalarBuffer<T>,
    nulls: Option<&NullBuffer>,
) -> ScalarBuffer<T> {
    let Some(nulls) = nulls else { return values.clone() };
    values
        .iter()
        .zip(nulls.inner().iter())
        .map(|(value, valid)| if valid { *value } else { T::default() })
        .collect()
}

/// A day beyond the calendar is a slip that nobody can calculate with.
fn days(values: ScalarBuffer<i32>) -> (Values, Option<BooleanBuffer>) {
    let is_day = |day: i32| (-MOST_DAYS..=MOST_DAYS).contains(&day);
    if values.iter().all(|day| is_day(*day)) {
        return (Values::Short(values), None);
    }
    let good = values.iter().map(|day| is_day(*day)).collect();
    let values = values.iter().map(|day| if is_day(*day) { *day } else { 0 }).collect();
    (Values::Short(values), Some(good))
}

fn floats(
    values: &ScalarBuffer<f64>,
    nulls: Option<&NullBuffer>,
) -> (Values, Option<BooleanBuffer>) {
    let values = filled(values, nulls);
    if values.iter().all(|value| value.is_finite()) {
        return (Values::Float(values), None);
    }
    let finite = values.iter().map(|value| value.is_finite()).collect();
    let values = values.iter().map(|value| if value.is_finite() { *value } else { 0.0 }).collect();
    (Values::Float(values), Some(finite))
}

/// Labels as places in the list of labels.
fn codes(
    labels: &[String],
    array: &ArrayRef,
    nulls: Option<&NullBuffer>,
) -> Option<(Values, Option<BooleanBuffer>)> {
    let place: BTreeMap<&str, u16> = labels
        .iter()
        .enumerate()
        .filter_map(|(place, label)| Some((label.as_str(), u16::try_from(place).ok()?)))
        .collect();
    let of_text = |text: &str| place.get(text).copied();
    let listed: Vec<Option<u16>> = match array.data_type() {
        DataType::Utf8 => {
            array.as_string::<i32>().iter().map(|text| text.and_then(of_text)).collect()
        }
        DataType::UInt8 => array
            .as_primitive::<UInt8Type>()
            .iter()
            .map(|code| code.map(u16::from).filter(|code| usize::from(*code) < labels.len()))
            .collect(),
        DataType::UInt16 => array
            .as_primitive::<UInt16Type>()
            .iter()
            .map(|code| code.filter(|code| usize::from(*code) < labels.len()))
            .collect(),
        DataType::Dictionary(key, value) if **value == DataType::Utf8 => match **key {
            DataType::Int8 => of_dictionary(array.as_dictionary::<Int8Type>(), &of_text),
            DataType::Int16 => of_dictionary(array.as_dictionary::<Int16Type>(), &of_text),
            DataType::Int32 => of_dictionary(array.as_dictionary::<Int32Type>(), &of_text),
            _ => return None,
        },
        _ => return None,
    };
    let is_null = |row: usize| nulls.is_some_and(|nulls| nulls.is_null(row));
    let readable = listed.iter().enumerate().all(|(row, code)| code.is_some() || is_null(row));
    let bits = (!readable).then(|| {
        BooleanBuffer::collect_bool(listed.len(), |row| listed[row].is_some() || is_null(row))
    });
    let values = listed.into_iter().map(Option::unwrap_or_default).collect();
    Some((Values::Code(values), bits))
}

fn of_dictionary<K: arrow_array::types::ArrowDictionaryKeyType>(
    array: &DictionaryArray<K>,
    of_text: &dyn Fn(&str) -> Option<u16>,
) -> Vec<Option<u16>> {
    let values = array.values().as_string::<i32>();
    let translated: Vec<Option<u16>> = values.iter().map(|text| text.and_then(of_text)).collect();
    array
        .keys_iter()
        .map(|key| key.and_then(|key| translated.get(key).copied().flatten()))
        .collect()
}
