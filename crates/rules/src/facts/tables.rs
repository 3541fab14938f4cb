//! From the evidence tables to the facts of a population.
//!
//! In: record batches of enterprises, their years, deals and payments, with the columns that the fact dictionary
//! names. Out: a [`Population`] and what could not be used. Rows of one enterprise are joined by its key. What two
//! sources say differently is unknown and listed. Nothing dated after the as-of date counts.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder};
use arrow_schema::DataType;
use chrono::{Datelike as _, Months, NaiveDate};
use linghang_core::Fen;
use linghang_pack::record::Column;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::payments::PaidBefore;
use super::population::{FactsError, Population};
use super::slots::Slots;
use super::{deals, titles, years};
use crate::model::RuleSet;

/// The tables of evidence.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'a> {
    /// Who they are.
    pub enterprises: &'a [RecordBatch],
    /// Their figures by year.
    pub years: &'a [RecordBatch],
    /// Deals.
    pub deals: &'a [RecordBatch],
    /// Payments of public money.
    pub payments: &'a [RecordBatch],
}

/// A population, and what could not be used.
#[derive(Debug)]
pub struct Prepared {
    /// The facts.
    pub population: Population,
    /// Facts on which two sources say different things, with the enterprises.
    pub conflicts: Vec<Conflict>,
    /// Facts whose column is in none of the tables: missing for everybody.
    pub absent: Vec<String>,
    /// Facts whose column has a type that does not hold them: missing for everybody.
    pub unfit: Vec<String>,
    /// Rows of years, deals and payments whose enterprise is not in the enterprises table.
    pub strangers: u64,
}

/// An enterprise of which two sources say different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The fact.
    pub fact: String,
    /// The enterprise.
    pub enterprise: String,
}

/// Rows of a table with the row of the enterprise that each belongs to.
pub(crate) struct Joined<'a> {
    pub(crate) batch: &'a RecordBatch,
    pub(crate) rows: Vec<Option<u32>>,
}

/// Prepares everything that some rule sets of one dictionary read.
///
/// # Errors
///
/// When there are too many enterprises, or a column does not fit its fact.
pub fn prepare(
    rules: &[&RuleSet],
    tables: &Tables<'_>,
    segments: &[String],
) -> Result<Prepared, FactsError> {
    let Some(first) = rules.first() else { return Err(FactsError::NoRules) };
    let as_of = first.as_of.legal;
    let (ids, enterprises) = index(tables.enterprises);
    let mut strangers = 0;
    let mut join = |batches| joined(batches, &ids, &mut strangers);
    let (years, deals, payments) = (join(tables.years), join(tables.deals), join(tables.payments));
    let mut wanted: Vec<String> = rules.iter().flat_map(|rules| rules.facts_used()).collect();
    wanted.extend(segments.iter().cloned());
    wanted.sort_unstable();
    wanted.dedup();
    let names = names(&enterprises, ids.len());
    let mut found = Found::default();
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for (fact, info) in &first.dictionary.by_name {
        let Some(column) = info.record.from.as_ref().filter(|_| wanted.contains(fact)) else {
            continue;
        };
        let mut slots = Slots::new(info.kind.clone(), ids.len());
        let source: &[Joined<'_>] = match column.table.as_str() {
            "enterprises" => &enterprises,
            "enterprise_years" | "enterprise-years" => &years,
            "deals" => &deals,
            "payments" => &payments,
            _ => &[],
        };
        if !fill(&mut slots, column, source, as_of, fact, &mut found) {
            continue;
        }
        if let Some(months) = info.record.freshness_months {
            found.stale(fact, source, as_of, months, ids.len());
        }
        let conflicting = slots.conflicts.iter().map(|row| Conflict {
            fact: fact.clone(),
            enterprise: names.value(*row as usize).to_owned(),
        });
        found.conflicts.extend(conflicting);
        columns.push((fact, slots.finish()));
    }
    let mut population = Population::new(names, columns, first, as_of, segments)?;
    population.paid = paid(&payments, as_of);
    population.stale = found.stale;
    found.conflicts.sort_by(|a, b| (&a.fact, &a.enterprise).cmp(&(&b.fact, &b.enterprise)));
    found.conflicts.dedup();
    let Found { conflicts, absent, unfit, .. } = found;
    Ok(Prepared { population, conflicts, absent, unfit, strangers })
}

#[derive(Default)]
struct Found {
    conflicts: Vec<Conflict>,
    absent: Vec<String>,
    unfit: Vec<String>,
    stale: BTreeMap<String, BooleanBuffer>,
}

impl Found {
    /// Notes rows whose newest source is older than the dictionary allows.
    fn stale(
        &mut self,
        fact: &str,
        source: &[Joined<'_>],
        as_of: NaiveDate,
        months: u32,
        rows: usize,
    ) {
        let Some(limit) = as_of.checked_sub_months(Months::new(months)) else { return };
        let limit = days(limit);
        let mut newest: Vec<i32> = vec![i32::MAX; rows];
        for part in source {
            let Some(retrieved) = date_column(part.batch, "retrieved") else { continue };
            let dates = retrieved.as_primitive::<Date32Type>();
            for (at, row) in part.rows.iter().enumerate() {
                if let (Some(row), false) = (row, dates.is_null(at)) {
                    let slot = &mut newest[*row as usize];
                    *slot = if *slot == i32::MAX {
                        dates.value(at)
                    } else {
                        (*slot).max(dates.value(at))
                    };
                }
            }
        }
        let mut bits = BooleanBufferBuilder::new(rows);
        for day in &newest {
            bits.append(*day < limit);
        }
        let bits = bits.finish();
        if bits.count_set_bits() > 0 {
            self.stale.insert(fact.to_owned(), bits);
        }
    }
}

/// Reads one fact; returns whether its column is there.
fn fill(
    slots: &mut Slots,
    column: &Column,
    source: &[Joined<'_>],
    as_of: NaiveDate,
    fact: &str,
    found: &mut Found,
) -> bool {
    let arrays: Vec<(&Joined<'_>, &ArrayRef)> = source
        .iter()
        .filter_map(|part| Some((part, part.batch.column_by_name(&column.column)?)))
        .collect();
    if arrays.is_empty() {
        found.absent.push(fact.to_owned());
        return false;
    }
    if column.column == "qualifications" {
        titles::fill(slots, column, &arrays, as_of);
        return true;
    }
    let counts = column.table == "deals" && deals::is_count(slots, &arrays);
    if !counts && !arrays.iter().all(|(_, array)| slots.fits(array)) {
        found.unfit.push(fact.to_owned());
        return false;
    }
    match column.table.as_str() {
        "enterprise_years" | "enterprise-years" => years::fill(slots, column, &arrays, as_of),
        "deals" => deals::fill(slots, column, &arrays, as_of, "date"),
        "payments" => deals::fill(slots, column, &arrays, as_of, "decided_on"),
        _ => {
            for (part, array) in arrays {
                for (at, row) in part.rows.iter().enumerate() {
                    let Some(row) = row else { continue };
                    let value = slots.read(array, at);
                    slots.set(*row, value);
                }
            }
        }
    }
    true
}

/// Gives every enterprise a row, in the order in which its key first appears.
fn index(batches: &[RecordBatch]) -> (FxHashMap<&str, u32>, Vec<Joined<'_>>) {
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut joined = Vec::with_capacity(batches.len());
    for batch in batches {
        let rows = match text_column(batch, "enterprise") {
            None => vec![None; batch.num_rows()],
            Some(keys) => (0..keys.len())
                .map(|at| {
                    let next = ids.len() as u32;
                    Some(*ids.entry(keys.value(at)).or_insert(next))
                })
                .collect(),
        };
        joined.push(Joined { batch, rows });
    }
    (ids, joined)
}

fn joined<'a>(
    batches: &'a [RecordBatch],
    ids: &FxHashMap<&str, u32>,
    strangers: &mut u64,
) -> Vec<Joined<'a>> {
    let of_batch = |batch: &'a RecordBatch| {
        let rows: Vec<Option<u32>> = match text_column(batch, "enterprise") {
            None => vec![None; batch.num_rows()],
            Some(keys) => (0..keys.len()).map(|at| ids.get(keys.value(at)).copied()).collect(),
        };
        *strangers += rows.iter().filter(|row| row.is_none()).count() as u64;
        Joined { batch, rows }
    };
    batches.iter().map(of_batch).collect()
}

/// What an enterprise is called in results: its credit code, else its key.
fn names(enterprises: &[Joined<'_>], rows: usize) -> StringArray {
    let mut names: Vec<Option<&str>> = vec![None; rows];
    for part in enterprises {
        let keys = text_column(part.batch, "enterprise");
        let codes = text_column(part.batch, "code");
        for (at, row) in part.rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let code = codes.filter(|codes| codes.is_valid(at)).map(|codes| codes.value(at));
            let key = keys.map(|keys| keys.value(at));
            let slot = &mut names[*row as usize];
            *slot = code.or(*slot).or(key);
        }
    }
    StringArray::from_iter_values(names.into_iter().map(Option::unwrap_or_default))
}

/// Payments that were decided or made by the day.
fn paid(payments: &[Joined<'_>], as_of: NaiveDate) -> PaidBefore {
    let mut paid = PaidBefore::default();
    let today = days(as_of);
    for part in payments {
        let programmes = text_column(part.batch, "programme");
        let awards = text_column(part.batch, "award");
        let amounts = part.batch.column_by_name("amount");
        let (Some(programmes), Some(amounts)) = (programmes, amounts) else { continue };
        if *amounts.data_type() != DataType::Int64 {
            continue;
        }
        let amounts = amounts.as_primitive::<Int64Type>();
        let dates = [date_column(part.batch, "decided_on"), date_column(part.batch, "paid_on")];
        for (at, row) in part.rows.iter().enumerate() {
            let known = dates.iter().flatten().find(|dates| dates.is_valid(at));
            let day = known.map(|dates| dates.as_primitive::<Date32Type>().value(at));
            let (Some(row), Some(day)) = (row, day) else { continue };
            if day > today || amounts.is_null(at) {
                continue;
            }
            let award = awards.filter(|awards| awards.is_valid(at)).map(|awards| awards.value(at));
            let id = match award {
                Some(award) => format!("{}/{award}", programmes.value(at)),
                None => programmes.value(at).to_owned(),
            };
            let period = from_days(day).map_or(as_of.year(), |day| day.year());
            paid.add(*row, period, &id, Fen(amounts.value(at)));
        }
    }
    paid
}

pub(crate) fn text_column<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a StringArray> {
    let column = batch.column_by_name(name)?;
    (*column.data_type() == DataType::Utf8).then(|| column.as_string::<i32>())
}

pub(crate) fn date_column<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a ArrayRef> {
    batch.column_by_name(name).filter(|column| *column.data_type() == DataType::Date32)
}

/// Days from 1970-01-01.
pub(crate) fn days(day: NaiveDate) -> i32 {
    (day - NaiveDate::default()).num_days() as i32
}

/// The day of a number of days.
pub(crate) fn from_days(days: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::Duration::days(days.into()))
}
