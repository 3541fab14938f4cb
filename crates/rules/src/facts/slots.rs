//! One fact of all enterprises while it is put together: every kind as a whole number, until it becomes a column.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
    UInt16Array,
};
use arrow_schema::DataType;
use linghang_expr::Kind;
use rustc_hash::FxHashMap;

/// Values of one fact by row. A double is kept as its bits, a label as its place, a text by its place in a list.
#[derive(Debug)]
pub(crate) struct Slots {
    kind: Kind,
    values: Vec<Option<i64>>,
    labels: FxHashMap<String, i64>,
    texts: Vec<String>,
    /// Rows on which two sources say different things.
    pub(crate) conflicts: Vec<u32>,
}

/// A label that the dictionary does not list; the batch takes it as unknown.
const UNLISTED: i64 = 65_535;

impl Slots {
    pub(crate) fn new(kind: Kind, rows: usize) -> Self {
        let mut labels = FxHashMap::default();
        if let Kind::Label(all) = &kind {
            labels.extend(all.iter().enumerate().map(|(at, label)| (label.clone(), at as i64)));
        }
        Self { kind, values: vec![None; rows], labels, texts: Vec::new(), conflicts: Vec::new() }
    }

    /// What kind of fact it is.
    pub(crate) const fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether an array can hold values of this fact.
    pub(crate) fn fits(&self, array: &ArrayRef) -> bool {
        matches!(
            (&self.kind, array.data_type()),
            (
                Kind::Money(_) | Kind::Count(_) | Kind::Ratio | Kind::Year | Kind::Number,
                DataType::Int64
            ) | (Kind::Year | Kind::Count(_), DataType::Int32)
                | (Kind::Number, DataType::Float64)
                | (Kind::Date, DataType::Date32)
                | (Kind::Bool, DataType::Boolean)
                | (Kind::Label(_) | Kind::Text, DataType::Utf8)
        )
    }

    /// Reads one value of an array that [`Self::fits`].
    pub(crate) fn read(&mut self, array: &ArrayRef, at: usize) -> Option<i64> {
        if array.is_null(at) {
            return None;
        }
        match array.data_type() {
            DataType::Int64 => {
                let value = array.as_primitive::<Int64Type>().value(at);
                let is_measured = self.kind == Kind::Number;
                Some(if is_measured { (value as f64).to_bits() as i64 } else { value })
            }
            DataType::Int32 => Some(array.as_primitive::<Int32Type>().value(at).into()),
            DataType::Float64 => {
                Some(array.as_primitive::<Float64Type>().value(at).to_bits() as i64)
            }
            DataType::Date32 => Some(array.as_primitive::<Date32Type>().value(at).into()),
            DataType::Boolean => Some(array.as_boolean().value(at).into()),
            DataType::Utf8 => Some(self.read_text(array.as_string::<i32>().value(at))),
            _ => None,
        }
    }

    fn read_text(&mut self, text: &str) -> i64 {
        if let Some(known) = self.labels.get(text) {
            return *known;
        }
        if matches!(self.kind, Kind::Label(_)) {
            return UNLISTED;
        }
        let place = self.texts.len() as i64;
        self.texts.push(text.to_owned());
        self.labels.insert(text.to_owned(), place);
        place
    }

    /// Sets a value. A different one that is there already makes the fact unknown, and a conflict.
    pub(crate) fn set(&mut self, row: u32, value: Option<i64>) {
        let Some(value) = value else { return };
        let slot = &mut self.values[row as usize];
        match slot {
            None => *slot = Some(value),
            Some(old) if *old == value => {}
            Some(_) => self.conflicts.push(row),
        }
    }

    /// Slots of the same fact without values.
    pub(crate) fn empty(&self) -> Self {
        Self::new(self.kind.clone(), self.values.len())
    }

    /// Adds up parts; a row that one of them lacks, or on which a part is in conflict, has no sum.
    pub(crate) fn sum(&mut self, parts: &[Self]) {
        for row in 0..self.values.len() {
            let sum = parts.iter().try_fold(0_i64, |sum, part| part.added(sum, row));
            self.values[row] = sum.filter(|_| !parts.is_empty());
        }
        for part in parts {
            for row in &part.conflicts {
                self.values[*row as usize] = None;
                self.conflicts.push(*row);
            }
        }
    }

    fn added(&self, sum: i64, row: usize) -> Option<i64> {
        let value = self.values[row]?;
        if self.kind == Kind::Number {
            let sum = f64::from_bits(sum as u64) + f64::from_bits(value as u64);
            return Some(sum.to_bits() as i64);
        }
        sum.checked_add(value)
    }

    /// Replaces a value.
    pub(crate) fn put(&mut self, row: u32, value: Option<i64>) {
        self.values[row as usize] = value;
    }

    pub(crate) fn get(&self, row: u32) -> Option<i64> {
        self.values[row as usize]
    }

    /// The column. What is in conflict is missing.
    pub(crate) fn finish(mut self) -> ArrayRef {
        for row in &self.conflicts {
            self.values[*row as usize] = None;
        }
        let values = self.values.iter();
        match self.kind {
            Kind::Number => {
                let number = |bits: i64| f64::from_bits(bits as u64);
                Arc::new(values.map(|v| v.map(number)).collect::<Float64Array>())
            }
            Kind::Date => Arc::new(values.map(|v| v.map(|v| v as i32)).collect::<Date32Array>()),
            Kind::Year => Arc::new(values.map(|v| v.map(|v| v as i32)).collect::<Int32Array>()),
            Kind::Bool => Arc::new(values.map(|v| v.map(|v| v != 0)).collect::<BooleanArray>()),
            Kind::Label(_) => {
                Arc::new(values.map(|v| v.map(|v| v as u16)).collect::<UInt16Array>())
            }
            Kind::Text => {
                let text = |at: i64| self.texts.get(at as usize).map(String::as_str);
                Arc::new(values.map(|v| v.and_then(text)).collect::<StringArray>())
            }
            _ => Arc::new(values.copied().collect::<Int64Array>()),
        }
    }
}
