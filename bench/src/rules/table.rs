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
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
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
    let pieces: Result<Vec<Piece>> = starts
        .into_par_iter()
        .map(|start| Piece::of(&batch(start..count.min(start + PIECE))?))
        .collect();
    population(rules, pieces?)
}

/// Reads the table from a file, its row groups side by side.
pub(crate) fn read(rules: &RuleSet, path: &Path) -> Result<Population> {
    let groups = open(path)?.metadata().num_row_groups();
    let pieces: Result<Vec<Piece>> = (0..groups)
        .into_par_iter()
        .map(|group| {
            let builder = open(path)?;
            let wanted = ["id"].iter().chain(&MONEY).chain(&PLACES).chain(&STEPS).chain(&SAME);
            let mask = ProjectionMask::columns(builder.parquet_schema(), wanted.copied());
            let builder = builder.with_projection(mask).with_row_groups(vec![group]);
            let rows = builder.metadata().row_group(group).num_rows() as usize;
            let mut reader = builder.with_batch_size(rows).build()?;
            Piece::of(&reader.next().context("a row group holds rows")??)
        })
        .collect();
    population(rules, pieces?)
}

fn open(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(ParquetRecordBatchReaderBuilder::try_new(file)?)
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

/// Some rows of the table as the engine takes them.
struct Piece {
    ids: ArrayRef,
    columns: Vec<(&'static str, ArrayRef)>,
}

impl Piece {
    fn of(batch: &RecordBatch) -> Result<Self> {
        let column = |name: &str| {
            batch.column_by_name(name).with_context(|| format!("the table has no column {name}"))
        };
        let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
        for name in MONEY {
            let yuan = column(name)?.as_primitive::<Float64Type>().values();
            let fen = yuan.iter().map(|yuan| (yuan * 100.0) as i64);
            columns.push((name, Arc::new(Int64Array::from_iter_values(fen))));
        }
        for name in PLACES {
            let places = column(name)?.as_primitive::<Int32Type>().values();
            let places = places.iter().map(|place| *place as u8);
            columns.push((name, Arc::new(UInt8Array::from_iter_values(places))));
        }
        for name in STEPS {
            let steps = column(name)?.as_primitive::<Int32Type>();
            let step = |step: Option<i32>| step.and_then(|step| u8::try_from(step - 1).ok());
            columns.push((name, Arc::new(steps.iter().map(step).collect::<UInt8Array>())));
        }
        for name in SAME {
            columns.push((name, Arc::clone(column(name)?)));
        }
        let numbers = column("id")?.as_primitive::<Int64Type>().values();
        let ids = StringArray::from_iter_values(numbers.iter().map(|number| digits(*number)));
        Ok(Self { ids: Arc::new(ids), columns })
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

fn population(rules: &RuleSet, pieces: Vec<Piece>) -> Result<Population> {
    let join = |arrays: &[&dyn Array]| arrow_select::concat::concat(arrays);
    let ids: Vec<&dyn Array> = pieces.iter().map(|piece| piece.ids.as_ref()).collect();
    let ids = join(&ids)?.as_string::<i32>().clone();
    let count = pieces.first().map_or(0, |piece| piece.columns.len());
    let mut parts: Vec<Vec<(&'static str, ArrayRef)>> = vec![Vec::new(); count];
    for piece in pieces {
        for (place, column) in piece.columns.into_iter().enumerate() {
            parts[place].push(column);
        }
    }
    let columns: Result<Vec<(&'static str, ArrayRef)>> = parts
        .into_par_iter()
        .map(|parts| {
            let arrays: Vec<&dyn Array> = parts.iter().map(|(_, array)| array.as_ref()).collect();
            Ok((parts[0].0, join(&arrays)?))
        })
        .collect();
    let segments = ["district", "industry", "size"].map(ToOwned::to_owned);
    Population::new(ids, columns?, rules, rules.as_of.legal, &segments)
        .map_err(|error| anyhow::anyhow!("{error:?}"))
}
