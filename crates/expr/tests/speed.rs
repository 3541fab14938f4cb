//! Nanoseconds a row of the shapes that policies use, over a million prefilled rows in batches of 32,768.
//!
//! Ignored by default, because a number from an unoptimised build means nothing:
//! `cargo test --release -p linghang-expr --test speed -- --ignored --nocapture`

#![allow(clippy::from_iter_instead_of_collect, reason = "names the type of the column")]

use std::sync::Arc;
use std::time::Instant;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Int32Array, Int64Array, UInt8Array};
use chrono::NaiveDate;
use linghang_expr::{
    Batch, Bracket, Currency, Expect, Facts, Kind, Literal, Missing, Parameter, Parameters, Unit,
    check,
};

const ROWS: usize = 1_000_000;
const BATCH: usize = 32_768;

/// A number for a row and a column: the generator of a counter, so that no sampler is needed.
fn mixed(row: usize, column: u64) -> u64 {
    let mut z = (row as u64 + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(column.wrapping_mul(0xD1B5_4A32_D192_ED03));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) >> 11
}

fn facts() -> Facts {
    let mut facts = Facts::new();
    let cny = Kind::Money(Currency::CNY);
    for (name, kind, missing) in [
        ("revenue", cny.clone(), Missing::No),
        ("rd", cny.clone(), Missing::No),
        ("rd_prev", cny, Missing::No),
        ("staff", Kind::Count(Unit::NONE), Missing::No),
        ("founded", Kind::Date, Missing::No),
        ("srdi_year", Kind::Year, Missing::No),
        ("dishonest", Kind::Bool, Missing::Unknown),
        ("fee_rate", Kind::Ratio, Missing::Unknown),
        ("size", Kind::label(["micro", "small", "medium", "large"]), Missing::No),
    ] {
        facts.insert(name, kind, missing).expect("good names");
    }
    facts
}

fn table(facts: &Facts) -> Batch {
    let long = |column: u64, most: u64| -> ArrayRef {
        let value = move |row| i64::try_from(mixed(row, column) % most).expect("small");
        Arc::new(Int64Array::from_iter_values((0..ROWS).map(value)))
    };
    let small = |row, column, most: u64| i32::try_from(mixed(row, column) % most).expect("small");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("revenue", long(1, 50_000_000_000)),
        ("rd", long(2, 2_000_000_000)),
        ("rd_prev", long(3, 2_000_000_000)),
        ("staff", long(4, 500)),
        (
            "founded",
            Arc::new(Date32Array::from_iter(
                (0..ROWS).map(|row| Some(10_957 + small(row, 5, 9_400))),
            )),
        ),
        (
            "srdi_year",
            Arc::new(Int32Array::from_iter(
                (0..ROWS)
                    .map(|row| (mixed(row, 6).is_multiple_of(33)).then(|| 2020 + small(row, 7, 6))),
            )),
        ),
        (
            "dishonest",
            Arc::new(BooleanArray::from_iter((0..ROWS).map(|row| {
                (!mixed(row, 8).is_multiple_of(50)).then(|| mixed(row, 9).is_multiple_of(100))
            }))),
        ),
        (
            "fee_rate",
            Arc::new(Int64Array::from_iter((0..ROWS).map(|row| {
                (mixed(row, 10).is_multiple_of(20)).then(|| i64::from(small(row, 11, 20_000)))
            }))),
        ),
        (
            "size",
            Arc::new(UInt8Array::from_iter_values(
                (0..ROWS).map(|row| u8::try_from(small(row, 12, 4)).expect("small")),
            )),
        ),
    ];
    Batch::new(ROWS, facts, columns).expect("types fit")
}

fn parameters() -> Parameters {
    let literal = |text: &str| Literal::parse(text).expect("good");
    let mut parameters = Parameters::new();
    let rows = [(Some("5000万元"), "5%"), (Some("2亿元"), "4%"), (None, "3%")];
    let rows =
        rows.map(|(to, is)| Bracket { to: to.map(literal), inclusive: true, is: literal(is) });
    parameters.insert("intensity", Parameter::Brackets { by: "revenue".into(), rows: rows.into() });
    let rows = ["micro", "small", "medium", "large"].map(|label| (label.to_owned(), literal("5%")));
    parameters.insert("rate", Parameter::Table { by: "size".into(), rows: rows.into() });
    parameters
}

/// The best of several runs, in seconds.
fn best(mut run: impl FnMut()) -> f64 {
    let once = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..9).map(|_| once(&mut run)).fold(f64::INFINITY, f64::min)
}

#[test]
#[ignore = "measures; run it in release"]
fn nanoseconds_a_row() {
    let (facts, parameters) = (facts(), parameters());
    let table = table(&facts);
    let batches: Vec<Batch> =
        (0..ROWS).step_by(BATCH).map(|start| table.slice(start, BATCH)).collect();
    let as_of = NaiveDate::from_ymd_opt(2025, 6, 30).expect("exists");
    for text in [
        "revenue >= 1亿元",
        "srdi_year = 2025",
        "NOT dishonest",
        "fee_rate <= 1%",
        "size IN ('micro', 'small')",
        "founded <= DATE '2024-06-30'",
        "months_since(founded) >= 12",
        "rd > rd_prev",
        "rd > rd_prev * 1.05",
        "ratio(rd, revenue) >= 3%",
        "growth(rd, rd_prev) >= 20%",
        "ratio(rd, revenue) >= $intensity",
        "revenue * $rate >= 100万元",
        "annual_growth(rd, rd_prev, 3) >= 20%",
    ] {
        let program = check(text, &facts, &parameters, Expect::Truth)
            .expect("good")
            .compile()
            .expect("compiles");
        assert!(program.is_vectorised(), "{text}");
        let mut yes = 0;
        let seconds = best(|| {
            yes =
                batches.iter().map(|batch| program.truth(batch, as_of).sure.count_set_bits()).sum();
        });
        eprintln!("{:>7.2} ns/row  {yes:>8} yes  {text}", seconds * 1e9 / ROWS as f64);
    }
    let rows: Vec<u32> = (0..u32::try_from(ROWS).expect("fits")).step_by(5).collect();
    for text in
        ["min(200万元, (rd - rd_prev) * $rate)", "min(15% * rd, 500万元)", "ratio(rd, revenue)"]
    {
        let program = check(text, &facts, &parameters, Expect::Any)
            .expect("good")
            .compile()
            .expect("compiles");
        let seconds = best(|| assert_eq!(program.values(&table, &rows, as_of).len(), rows.len()));
        eprintln!("{:>7.2} ns/value  {text}", seconds * 1e9 / rows.len() as f64);
    }
    let count = 200;
    let seconds = best(|| {
        for _ in 0..count {
            drop(check(
                "ratio(rd, revenue) >= $intensity AND NOT dishonest",
                &facts,
                &parameters,
                Expect::Truth,
            ));
        }
    });
    eprintln!("{:>7.2} us to check one condition", seconds * 1e6 / f64::from(count));
}
