//! The table of RB-12 as the engine takes it, made in memory or read from Parquet, and results written back.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray, UInt8Array};
use arrow_schema::{DataType, Field, Schema};
use linghang_rules::{Population, RuleSet, Run};
use linghang_synth::rb12::{batch, batches, schema};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;

/// Rows of a piece of the table.
const PIECE: u64 = 65_536;
/// Amounts: yuan as doubles in the table, fen in the engine.
const MONEY: [&str; 13] = [
    "rev1",
    "rd1",
    "rd2",
    "ht_rev",
    "hte_cum",
    "invest",
    "equip",
    "equip_ytd",
    "tt_volume",
    "plat_invest",
    "bio_cost",
    "loan",
    "loss",
];
/// Labels whose place is their number.
const PLACES: [&str; 3] = ["district", "industry", "size"];
/// Labels whose place is their number less one; 0 is none.
const STEPS: [&str; 2] = ["bio_stage", "comp_rank"];
/// Columns that the engine takes as they are.
const SAME: [&str; 8] = [
    "hte_until",
    "srdi_year",
    "giant_year",
    "inc_grade",
    "plat_level",
    "fee_rate",
    "dishonest",
    "accident",
];

/// Makes the table in memory.
pub(crate) fn made(rules: &RuleSet, count: u64) -> Result<Population> {
    let starts: Vec<u64> = (0..count).step_by(PIECE as usize).collect();
    let pieces: Vec<Vec<(&'static str, ArrayRef)>> = starts
        .into_par_iter()
        .map(|start| -> Result<_> {
            let piece = batch(start..count.min(start + PIECE))?;
            let column = |name| {
                let column = piece.column_by_name(name);
                Ok((name, converted(name, column.context("the table has all its columns")?)))
            };
            names().map(column).collect()
        })
        .collect::<Result<_>>()?;
    let places: Vec<usize> = (0..names().count()).collect();
    let columns = places.into_par_iter().map(|place| {
        let parts: Vec<&dyn Array> = pieces.iter().map(|piece| piece[place].1.as_ref()).collect();
        Ok((pieces[0][place].0, arrow_select::concat::concat(&parts)?))
    });
    population(rules, columns.collect::<Result<_>>()?)
}

/// Reads the table from a file, its columns side by side.
pub(crate) fn read(rules: &RuleSet, path: &Path) -> Result<Population> {
    let open = || File::open(path).with_context(|| format!("cannot read {}", path.display()));
    let metadata = ArrowReaderMetadata::load(&open()?, ArrowReaderOptions::new())?;
    let rows = usize::try_from(metadata.metadata().file_metadata().num_rows())?;
    let wanted: Vec<&'static str> = names().collect();
    let columns = wanted.into_par_iter().map(|name| {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(open()?, metadata.clone());
        let mask = ProjectionMask::columns(builder.parquet_schema(), [name]);
        let mut reader = builder.with_projection(mask).with_batch_size(rows).build()?;
        let batch = reader.next().context("the table holds rows")??;
        Ok((name, converted(name, batch.column(0))))
    });
    population(rules, columns.collect::<Result<_>>()?)
}

/// The columns that the engine reads, the ids first.
fn names() -> impl Iterator<Item = &'static str> {
    let all = ["id"].into_iter().chain(MONEY).chain(PLACES).chain(STEPS);
    all.chain(SAME)
}

/// Writes the table as RB-12 defines it.
pub(crate) fn write(path: &Path, rows: u64) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(122_880)).build();
    let mut writer = ArrowWriter::try_new(file, schema(), Some(properties))?;
    for batch in batches(rows, 32_768) {
        writer.write(&batch?)?;
    }
    writer.close()?;
    Ok(())
}

/// Writes who gets what.
pub(crate) fn write_results(path: &Path, population: &Population, run: &Run) -> Result<()> {
    let field = |name, kind| Field::new(name, kind, false);
    let fields = vec![
        field("rule", DataType::Int32),
        field("id", DataType::Utf8),
        field("amount", DataType::Int64),
    ];
    let schema = Arc::new(Schema::new(fields));
    let (mut rule, mut id, mut amount) = (Vec::new(), Vec::new(), Vec::new());
    for line in run.lines() {
        rule.push(i32::from(line.award) + 1);
        id.push(population.ids.value(line.row as usize));
        amount.push(line.gross.0);
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(arrow_array::Int32Array::from(rule)),
        Arc::new(StringArray::from(id)),
        Arc::new(Int64Array::from(amount)),
    ];
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    // Ids do not come back, so a dictionary of them would only cost time.
    let properties = WriterProperties::builder().set_dictionary_enabled(false).build();
    let mut writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
    writer.write(&RecordBatch::try_new(schema, columns)?)?;
    writer.close()?;
    Ok(())
}

/// A column as the engine takes it.
fn converted(name: &str, column: &ArrayRef) -> ArrayRef {
    if name == "id" {
        let numbers = column.as_primitive::<Int64Type>().values();
        let ids = numbers.iter().map(|number| digits(*number));
        Arc::new(StringArray::from_iter_values(ids))
    } else if MONEY.contains(&name) {
        let yuan = column.as_primitive::<Float64Type>().values();
        let fen = yuan.iter().map(|yuan| (yuan * 100.0) as i64);
        Arc::new(Int64Array::from_iter_values(fen))
    } else if PLACES.contains(&name) {
        let places = column.as_primitive::<Int32Type>().values();
        Arc::new(UInt8Array::from_iter_values(places.iter().map(|place| *place as u8)))
    } else if STEPS.contains(&name) {
        let step = |step: Option<i32>| step.and_then(|step| u8::try_from(step - 1).ok());
        Arc::new(column.as_primitive::<Int32Type>().iter().map(step).collect::<UInt8Array>())
    } else {
        Arc::clone(column)
    }
}

/// A number of nine digits, so that the order of ids is that of numbers.
fn digits(mut number: i64) -> arrayvec::ArrayString<9> {
    let mut digits = [b'0'; 9];
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    arrayvec::ArrayString::from_byte_string(&digits).unwrap_or_default()
}

fn population(rules: &RuleSet, columns: Vec<(&'static str, ArrayRef)>) -> Result<Population> {
    let mut columns = columns.into_iter();
    let (_, ids) = columns.next().context("the ids come first")?;
    let segments = ["district", "industry", "size"].map(ToOwned::to_owned);
    let ids = ids.as_string::<i32>().clone();
    Population::new(ids, columns.collect(), rules, rules.as_of.legal, &segments)
        .map_err(|error| anyhow::anyhow!("{error:?}"))
}
