//! The prepared facts of a population.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array,
    StringArray, UInt16Array,
};
use arrow_buffer::BooleanBuffer;
use chrono::NaiveDate;
use linghang_core::Bilingual;
use linghang_expr::{Batch, Exact, Kind, Problem, Rounding, Valued};
use linghang_pack::record;
use rayon::prelude::*;

use super::payments::PaidBefore;
use super::segments::Segments;
use crate::model::{Dictionary, Expression, RuleSet};

/// Facts of many enterprises, ready to be judged.
#[derive(Debug, Clone)]
pub struct Population {
    /// Id of each enterprise: the last word where two are otherwise equal.
    pub ids: StringArray,
    /// Facts.
    pub batch: Batch,
    /// What reports group by.
    pub segments: Segments,
    /// Payments of the past.
    pub paid: PaidBefore,
    /// Day of arrival of each enterprise's request, in days from 1970-01-01, where there is one.
    pub arrivals: Option<Vec<i32>>,
    /// By fact: rows whose value is older than the dictionary allows. Automatic delivery takes it as unknown.
    pub stale: BTreeMap<String, BooleanBuffer>,
    /// By fact: from which source and day its column comes, in words.
    pub origins: BTreeMap<String, Bilingual>,
}

/// Why facts could not be prepared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// Columns that do not fit their facts.
    #[error("columns do not fit the fact dictionary: {}", list(.0))]
    Columns(Vec<Problem>),
    /// Nothing to prepare facts for.
    #[error("no rule set was given to prepare facts for")]
    NoRules,
    /// More enterprises than four bytes count.
    #[error("{0} enterprises are more than one run holds; split them by district")]
    TooMany(usize),
}

impl FactsError {
    /// Stable code, never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Columns(_) => "rules.columns",
            Self::NoRules => "rules.no_rules",
            Self::TooMany(_) => "rules.too_many",
        }
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.message.en.as_str()).collect::<Vec<_>>().join("; ")
}

impl Population {
    /// Prepares columns by fact. Columns of derived facts are computed; everything else comes as it is.
    ///
    /// # Errors
    ///
    /// When a column has no fact or the wrong type or length, or when there are more than 2³² enterprises.
    pub fn new(
        ids: StringArray,
        columns: Vec<(&str, ArrayRef)>,
        rules: &RuleSet,
        as_of: NaiveDate,
        segments: &[String],
    ) -> Result<Self, FactsError> {
        let rows = ids.len();
        if u32::try_from(rows).is_err() {
            return Err(FactsError::TooMany(rows));
        }
        let dictionary = &rules.dictionary;
        let make =
            |column| Batch::new(rows, &dictionary.facts, vec![column]).map_err(FactsError::Columns);
        let given: BTreeSet<&str> = columns.iter().map(|(name, _)| *name).collect();
        let prepared: Vec<Result<Batch, FactsError>> = columns.into_par_iter().map(make).collect();
        let mut batch = joined(rows, prepared)?;
        // Each derived column may need those before it.
        for (name, expression) in computed_columns(rules) {
            if !given.contains(name) {
                let column = column(dictionary, name, expression, &batch, as_of);
                batch = batch.beside(make((name, column))?);
            }
        }
        for (name, total) in score_totals(rules) {
            if !given.contains(name) {
                let column = total_column(rules, total, &batch);
                batch = batch.beside(make((name, column))?);
            }
        }
        let segments = Segments::read(segments, dictionary, &batch);
        Ok(Self {
            ids,
            batch,
            segments,
            paid: PaidBefore::default(),
            arrivals: None,
            stale: BTreeMap::new(),
            origins: BTreeMap::new(),
        })
    }

    /// How many enterprises there are.
    pub fn rows(&self) -> usize {
        self.batch.rows()
    }

    /// The row of an enterprise.
    pub fn row(&self, id: &str) -> Option<usize> {
        (0..self.ids.len()).find(|row| self.ids.value(*row) == id)
    }
}

/// All columns beside each other, or everything that is wrong with any of them.
fn joined(rows: usize, prepared: Vec<Result<Batch, FactsError>>) -> Result<Batch, FactsError> {
    let mut all = Batch::empty(rows);
    let mut problems = Vec::new();
    for one in prepared {
        match one {
            Ok(batch) => all = all.beside(batch),
            Err(FactsError::Columns(more)) => problems.extend(more),
            Err(other) => return Err(other),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(FactsError::Columns(problems)) }
}

/// Derived facts that need a column of their own, each after those that it is computed from.
fn computed_columns(rules: &RuleSet) -> Vec<(&str, &Expression)> {
    let used = rules.facts_used();
    let mut open: Vec<(&str, &Expression)> = used
        .iter()
        .filter_map(|name| rules.dictionary.by_name.get_key_value(name))
        .filter_map(|(name, info)| Some((name.as_str(), info.column.as_ref()?)))
        .collect();
    let mut ordered: Vec<(&str, &Expression)> = Vec::new();
    while !open.is_empty() {
        let waits = |expression: &Expression| {
            expression.checked.facts().iter().any(|fact| open.iter().any(|(name, _)| name == fact))
        };
        let (ready, rest): (Vec<_>, Vec<_>) = open.iter().copied().partition(|(_, e)| !waits(e));
        if ready.is_empty() {
            break;
        }
        ordered.extend(ready);
        open = rest;
    }
    ordered
}

/// Facts that are the total of a score in force.
fn score_totals(rules: &RuleSet) -> Vec<(&str, &record::ScoreTotal)> {
    let used = rules.facts_used();
    let facts = used.iter().filter_map(|name| rules.dictionary.by_name.get_key_value(name));
    facts.filter_map(|(name, info)| Some((name.as_str(), info.record.score.as_ref()?))).collect()
}

fn total_column(rules: &RuleSet, total: &record::ScoreTotal, batch: &Batch) -> ArrayRef {
    let score = rules.scores.iter().find(|score| score.record.id == total.of);
    let Some(score) = score else {
        return Arc::new(Float64Array::from(vec![None; batch.rows()]));
    };
    let totals = crate::score::totals(rules, batch, score, total.class.as_deref());
    let numbers = totals.into_iter().map(|points| points.map(|points| points.exact().to_f64()));
    Arc::new(numbers.collect::<Float64Array>())
}

/// Computes a derived fact for all rows, rounded half up to what its column holds.
fn column(
    dictionary: &Dictionary,
    name: &str,
    expression: &Expression,
    batch: &Batch,
    as_of: NaiveDate,
) -> ArrayRef {
    let rows: Vec<u32> = (0..batch.rows() as u32).collect();
    let kind = dictionary.get(name).map_or(&Kind::Plain, |info| &info.kind);
    if *kind == Kind::Bool {
        let truth = expression.program.truth(batch, as_of);
        let value = |row| {
            let is_sure = truth.sure.value(row);
            (is_sure || truth.surely_not.value(row)).then_some(is_sure)
        };
        return Arc::new((0..batch.rows()).map(value).collect::<BooleanArray>());
    }
    let values = expression.program.values(batch, &rows, as_of);
    let exact = values.into_iter().map(|value| match value {
        Valued::Known(value) => Some(value),
        Valued::Unknown(_) | Valued::Overflow => None,
    });
    let whole = |value: Exact| value.round(Rounding::HalfUp);
    match kind {
        Kind::Number => Arc::new(exact.map(|v| v.map(Exact::to_f64)).collect::<Float64Array>()),
        Kind::Date => {
            let days = |v: Option<Exact>| i32::try_from(whole(v?)).ok();
            Arc::new(exact.map(days).collect::<Date32Array>())
        }
        Kind::Year => {
            let years = |v: Option<Exact>| i32::try_from(whole(v?)).ok();
            Arc::new(exact.map(years).collect::<Int32Array>())
        }
        Kind::Label(_) => {
            let codes = |v: Option<Exact>| u16::try_from(whole(v?)).ok();
            Arc::new(exact.map(codes).collect::<UInt16Array>())
        }
        Kind::Ratio => {
            let millionths =
                |v: Option<Exact>| i64::try_from(whole(v?.mul(Exact::whole(1_000_000))?)).ok();
            Arc::new(exact.map(millionths).collect::<Int64Array>())
        }
        _ => {
            let units = |v: Option<Exact>| i64::try_from(whole(v?)).ok();
            Arc::new(exact.map(units).collect::<Int64Array>())
        }
    }
}
