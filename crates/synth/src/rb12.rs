//! Workload RB-12: a table of 30 columns for measuring rule engines, rebuildable by anyone from its formulas.
//!
//! z = (i+1)·0x9E3779B97F4A7C15 + c·0xD1B54A32D192ED03, mixed as in [`crate::mix`] with seed 0; u(c) = (z>>11)·2⁻⁵³,
//! for row i and stream c. All formulas in IEEE doubles, from left to right; `fl` is the floor. Amounts are in yuan, as
//! doubles: this table measures engines and is no evidence. `bench/peers/rb12.py` makes the same table with numpy.
//!
//! | column | type | formula |
//! | --- | --- | --- |
//! | id | i64 | i |
//! | district, industry | i32 | fl(u1·10), fl(u2·20) |
//! | employees | i32 | 1 + fl(10/(1.001−u3)) |
//! | size | i32 | 0 below 20 employees, 1 below 100, 2 below 400, else 3 |
//! | founded | date | 10957 + fl(u4·9400) |
//! | rev1, rev2 | f64 | fl(employees·(100000+u5·900000)), fl(rev1/(0.8+u6·0.6)) |
//! | rd1, rd2 | f64 | fl(rev1·u7·u7·0.15), fl(rd1/(0.7+u8·0.8)) |
//! | `ht_rev` | f64 | fl(rev1·u9) |
//! | `hte_until` | date or null | if u10<0.08: 19723+fl(u11·1500) |
//! | `hte_cum` | f64 | if u10<0.08: fl(u12·6)·200000, else 0 |
//! | `srdi_year` | i32 or null | if u13<0.03: 2020+fl(u14·6) |
//! | `giant_year` | i32 or null | if u15<0.005: 2020+fl(u16·6) |
//! | invest | f64 | if u17<0.02: fl(u18·60e6), else 0 |
//! | equip, `equip_ytd` | f64 | if u19<0.01: fl(u20·80e6), fl(u21·10e6), else 0 |
//! | `inc_grade` | text or null | u22<0.001 excellent, <0.002 good |
//! | `tt_volume` | f64 | if u23<0.003: fl(u24·50e6), else 0 |
//! | `plat_level`, `plat_invest` | text or null, f64 | u25<0.001 national, <0.006 provincial; fl(u26·20e6) where not null, else 0 |
//! | `bio_stage`, `bio_cost` | i32, f64 | if industry=5 and u27<0.10: 1+fl(u28·3), fl(u29·150e6), else 0 |
//! | `comp_rank` | i32 or null | if u30<0.002: 1+fl(u31·3) |
//! | `fee_rate` | f64 or null | u33·0.02 if u32<0.05 and not u34<0.10 |
//! | loan, loss | f64 | if u32<0.05: fl(u35·10e6); if also u36<0.05: fl(loan·u37); else 0 |
//! | dishonest | bool or null | u38<0.01 true, <0.03 null, else false |
//! | accident | bool | u39<0.002 |

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use crate::draw::Draw;

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "each is explained in the table of the module")]
pub struct Row {
    pub id: i64,
    pub district: i32,
    pub industry: i32,
    pub employees: i32,
    pub size: i32,
    pub founded: i32,
    pub rev1: f64,
    pub rev2: f64,
    pub rd1: f64,
    pub rd2: f64,
    pub ht_rev: f64,
    pub hte_until: Option<i32>,
    pub hte_cum: f64,
    pub srdi_year: Option<i32>,
    pub giant_year: Option<i32>,
    pub invest: f64,
    pub equip: f64,
    pub equip_ytd: f64,
    pub inc_grade: Option<&'static str>,
    pub tt_volume: f64,
    pub plat_level: Option<&'static str>,
    pub plat_invest: f64,
    pub bio_stage: i32,
    pub bio_cost: f64,
    pub comp_rank: Option<i32>,
    pub fee_rate: Option<f64>,
    pub loan: f64,
    pub loss: f64,
    pub dishonest: Option<bool>,
    pub accident: bool,
}

/// Returns row `number`, counted from 0.
pub fn row(number: u64) -> Row {
    let draw = Draw::new(0, number);
    let u = |stream: u64| draw.unit(stream);
    let whole = |value: f64| value.floor() as i32;
    // A value that only some rows have.
    let some =
        |stream: u64, share: f64, value: f64| if u(stream) < share { value.floor() } else { 0.0 };
    let grade = |stream: u64, steps: [(f64, &'static str); 2]| {
        steps.into_iter().find(|(share, _)| u(stream) < *share).map(|(_, name)| name)
    };
    let industry = whole(u(2) * 20.0);
    let employees = 1 + whole(10.0 / (1.001 - u(3)));
    let size = [20, 100, 400].iter().filter(|limit| employees >= **limit).count() as i32;
    let rev1 = (f64::from(employees) * (100_000.0 + u(5) * 900_000.0)).floor();
    let rd1 = (rev1 * u(7) * u(7) * 0.15).floor();
    let has_hte = u(10) < 0.08;
    let plat_level = grade(25, [(0.001, "national"), (0.006, "provincial")]);
    let is_bio = industry == 5 && u(27) < 0.10;
    let loan = some(32, 0.05, u(35) * 10e6);
    Row {
        id: number as i64,
        district: whole(u(1) * 10.0),
        industry,
        employees,
        size,
        founded: 10957 + whole(u(4) * 9400.0),
        rev1,
        rev2: (rev1 / (0.8 + u(6) * 0.6)).floor(),
        rd1,
        rd2: (rd1 / (0.7 + u(8) * 0.8)).floor(),
        ht_rev: (rev1 * u(9)).floor(),
        hte_until: has_hte.then(|| 19723 + whole(u(11) * 1500.0)),
        hte_cum: if has_hte { (u(12) * 6.0).floor() * 200_000.0 } else { 0.0 },
        srdi_year: (u(13) < 0.03).then(|| 2020 + whole(u(14) * 6.0)),
        giant_year: (u(15) < 0.005).then(|| 2020 + whole(u(16) * 6.0)),
        invest: some(17, 0.02, u(18) * 60e6),
        equip: some(19, 0.01, u(20) * 80e6),
        equip_ytd: some(19, 0.01, u(21) * 10e6),
        inc_grade: grade(22, [(0.001, "excellent"), (0.002, "good")]),
        tt_volume: some(23, 0.003, u(24) * 50e6),
        plat_level,
        plat_invest: if plat_level.is_some() { (u(26) * 20e6).floor() } else { 0.0 },
        bio_stage: if is_bio { 1 + whole(u(28) * 3.0) } else { 0 },
        bio_cost: if is_bio { (u(29) * 150e6).floor() } else { 0.0 },
        comp_rank: (u(30) < 0.002).then(|| 1 + whole(u(31) * 3.0)),
        fee_rate: (u(32) < 0.05 && u(34) >= 0.10).then(|| u(33) * 0.02),
        loan,
        loss: if u(32) < 0.05 && u(36) < 0.05 { (loan * u(37)).floor() } else { 0.0 },
        dishonest: if u(38) < 0.01 {
            Some(true)
        } else if u(38) < 0.03 {
            None
        } else {
            Some(false)
        },
        accident: u(39) < 0.002,
    }
}

/// Returns the schema of the table.
pub fn schema() -> SchemaRef {
    const COLUMNS: [(&str, DataType, bool); 30] = [
        ("id", DataType::Int64, false),
        ("district", DataType::Int32, false),
        ("industry", DataType::Int32, false),
        ("employees", DataType::Int32, false),
        ("size", DataType::Int32, false),
        ("founded", DataType::Date32, false),
        ("rev1", DataType::Float64, false),
        ("rev2", DataType::Float64, false),
        ("rd1", DataType::Float64, false),
        ("rd2", DataType::Float64, false),
        ("ht_rev", DataType::Float64, false),
        ("hte_until", DataType::Date32, true),
        ("hte_cum", DataType::Float64, false),
        ("srdi_year", DataType::Int32, true),
        ("giant_year", DataType::Int32, true),
        ("invest", DataType::Float64, false),
        ("equip", DataType::Float64, false),
        ("equip_ytd", DataType::Float64, false),
        ("inc_grade", DataType::Utf8, true),
        ("tt_volume", DataType::Float64, false),
        ("plat_level", DataType::Utf8, true),
        ("plat_invest", DataType::Float64, false),
        ("bio_stage", DataType::Int32, false),
        ("bio_cost", DataType::Float64, false),
        ("comp_rank", DataType::Int32, true),
        ("fee_rate", DataType::Float64, true),
        ("loan", DataType::Float64, false),
        ("loss", DataType::Float64, false),
        ("dishonest", DataType::Boolean, true),
        ("accident", DataType::Boolean, false),
    ];
    let field = |(name, kind, nullable): (&str, DataType, bool)| Field::new(name, kind, nullable);
    Arc::new(Schema::new(COLUMNS.map(field).to_vec()))
}

/// Returns the table in batches of `batch_rows` (at least 1), the last one shorter.
pub fn batches(
    rows: u64,
    batch_rows: usize,
) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let step = batch_rows.max(1);
    (0..rows).step_by(step).map(move |first| batch(first..rows.min(first + step as u64)))
}

/// Returns some rows as one batch.
///
/// # Errors
///
/// None in practice: all columns have the length of the range.
pub fn batch(numbers: std::ops::Range<u64>) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<Row> = numbers.map(row).collect();
    let whole = |get: fn(&Row) -> i32| -> ArrayRef {
        Arc::new(Int32Array::from_iter_values(rows.iter().map(get)))
    };
    let maybe = |get: fn(&Row) -> Option<i32>| -> ArrayRef {
        Arc::new(rows.iter().map(get).collect::<Int32Array>())
    };
    let number = |get: fn(&Row) -> f64| -> ArrayRef {
        Arc::new(Float64Array::from_iter_values(rows.iter().map(get)))
    };
    let text = |get: fn(&Row) -> Option<&'static str>| -> ArrayRef {
        Arc::new(rows.iter().map(get).collect::<StringArray>())
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row.id))),
        whole(|row| row.district),
        whole(|row| row.industry),
        whole(|row| row.employees),
        whole(|row| row.size),
        Arc::new(Date32Array::from_iter_values(rows.iter().map(|row| row.founded))),
        number(|row| row.rev1),
        number(|row| row.rev2),
        number(|row| row.rd1),
        number(|row| row.rd2),
        number(|row| row.ht_rev),
        Arc::new(rows.iter().map(|row| row.hte_until).collect::<Date32Array>()),
        number(|row| row.hte_cum),
        maybe(|row| row.srdi_year),
        maybe(|row| row.giant_year),
        number(|row| row.invest),
        number(|row| row.equip),
        number(|row| row.equip_ytd),
        text(|row| row.inc_grade),
        number(|row| row.tt_volume),
        text(|row| row.plat_level),
        number(|row| row.plat_invest),
        whole(|row| row.bio_stage),
        number(|row| row.bio_cost),
        maybe(|row| row.comp_rank),
        Arc::new(rows.iter().map(|row| row.fee_rate).collect::<Float64Array>()),
        number(|row| row.loan),
        number(|row| row.loss),
        Arc::new(rows.iter().map(|row| row.dishonest).collect::<BooleanArray>()),
        Arc::new(rows.iter().map(|row| Some(row.accident)).collect::<BooleanArray>()),
    ];
    RecordBatch::try_new(schema(), columns)
}
