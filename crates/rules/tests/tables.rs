//! Facts from evidence tables, with the dictionary of the example pack.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, Date32Builder, Int32Builder, ListBuilder, StringBuilder, StructBuilder,
};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::{DataType, Field, Fields};
use chrono::NaiveDate;
use linghang_core::Fen;
use linghang_expr::{Exact, Value};
use linghang_rules::facts::{Conflict, Prepared, Tables, prepare};
use linghang_rules::{AsOf, Options, RuleSet, compile, explain, run};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("the test writes a date")
}

fn days(text: &str) -> i32 {
    (date(text) - NaiveDate::default()).num_days() as i32
}

fn rules() -> RuleSet {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    let pack = linghang_pack::load(&dir).pack.expect("the example pack loads");
    compile(&pack, AsOf::on(date("2026-06-30"))).rules.expect("the example compiles")
}

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(values.iter().copied().collect::<StringArray>())
}

/// One title with the year of granting for each enterprise that has one.
fn titles(years: &[Option<(&str, i32)>]) -> ArrayRef {
    let fields = Fields::from(vec![
        Field::new("id", DataType::Utf8, false),
        Field::new("granted", DataType::Date32, true),
        Field::new("granted_year", DataType::Int32, true),
        Field::new("valid_until", DataType::Date32, true),
    ]);
    let builders: Vec<Box<dyn ArrayBuilder>> = vec![
        Box::new(StringBuilder::new()),
        Box::new(Date32Builder::new()),
        Box::new(Int32Builder::new()),
        Box::new(Date32Builder::new()),
    ];
    let mut list = ListBuilder::new(StructBuilder::new(fields, builders));
    for year in years {
        if let Some((id, year)) = year {
            let one = list.values();
            one.field_builder::<StringBuilder>(0).expect("id").append_value(id);
            one.field_builder::<Date32Builder>(1).expect("granted").append_null();
            one.field_builder::<Int32Builder>(2).expect("year").append_value(*year);
            one.field_builder::<Date32Builder>(3).expect("until").append_null();
            one.append(true);
        }
        list.append(true);
    }
    Arc::new(list.finish())
}

/// Three rows for two enterprises: the second is in two lists, which disagree on its size.
fn enterprises(retrieved: &str) -> RecordBatch {
    table(vec![
        ("enterprise", texts(&[Some("k1"), Some("k2"), Some("k2")])),
        ("code", texts(&[Some("C1"), None, Some("C2")])),
        ("size", texts(&[Some("small"), Some("micro"), Some("medium")])),
        ("serious_dishonesty", Arc::new(BooleanArray::from(vec![Some(false), None, Some(false)]))),
        ("qualifications", titles(&[Some(("srdi", 2026)), None, Some(("srdi", 2027))])),
        ("retrieved", Arc::new(Date32Array::from(vec![days(retrieved); 3]))),
    ])
}

fn years() -> RecordBatch {
    table(vec![
        ("enterprise", texts(&[Some("k1"), Some("k1"), Some("k2"), Some("k9")])),
        ("year", Arc::new(Int32Array::from(vec![2025, 2024, 2025, 2025]))),
        ("revenue", Arc::new(Int64Array::from(vec![Some(3_000), Some(2_000), None, Some(1)]))),
        ("rd_expense", Arc::new(Int64Array::from(vec![300, 200, 7, 1]))),
    ])
}

fn deals() -> RecordBatch {
    let kinds = [Some("equity"), Some("debt"), Some("equity"), Some("equity"), Some("equity")];
    let dates = ["2026-01-01", "2026-01-01", "2025-06-30", "2026-07-01", "2025-07-01"];
    table(vec![
        ("enterprise", texts(&[Some("k1"); 5])),
        ("kind", texts(&kinds)),
        ("date", Arc::new(Date32Array::from(dates.map(days).to_vec()))),
        ("amount", Arc::new(Int64Array::from(vec![10, 20, 40, 80, 160]))),
    ])
}

fn payments() -> RecordBatch {
    table(vec![
        ("enterprise", texts(&[Some("k1"), Some("k1")])),
        ("programme", texts(&[Some("ladder-awards"), Some("ladder-awards")])),
        ("award", texts(&[Some("srdi"), Some("srdi")])),
        ("amount", Arc::new(Int64Array::from(vec![5_000_000, 1]))),
        ("decided_on", Arc::new(Date32Array::from(vec![days("2026-03-01"), days("2026-07-01")]))),
    ])
}

fn prepared(rules: &RuleSet, retrieved: &str) -> Prepared {
    let (enterprises, years) = ([enterprises(retrieved)], [years()]);
    let (deals, payments) = ([deals()], [payments()]);
    let tables =
        Tables { enterprises: &enterprises, years: &years, deals: &deals, payments: &payments };
    prepare(&[rules], &tables, &["size".into()]).expect("columns fit")
}

#[test]
fn facts_are_joined_by_enterprise_year_and_window() {
    let rules = rules();
    let prepared = prepared(&rules, "2026-06-01");
    let people = &prepared.population;
    assert_eq!((people.ids.value(0), people.ids.value(1), people.rows()), ("C1", "C2", 2));
    let fen = |fact: &str, row| match people.batch.value(fact, row) {
        Some(Value::Exact(value)) => value.as_whole(),
        _ => None,
    };
    for (fact, row, expected) in [
        ("revenue", 0, Some(3_000)),
        ("rd_expense_prev", 0, Some(200)),
        ("revenue", 1, None),
        ("rd_expense", 1, Some(7)),
        // Equity of the last twelve months: neither debt, nor the day a year ago, nor what is still to come.
        ("equity_1y", 0, Some(170)),
        ("equity_1y", 1, Some(0)),
    ] {
        assert_eq!(fen(fact, row), expected, "{fact} of row {row}");
    }
    assert_eq!(prepared.strangers, 1);
    assert!(prepared.absent.contains(&"turbine_first".to_owned()));
    let conflict = Conflict { fact: "size".into(), enterprise: "C2".into() };
    assert_eq!(prepared.conflicts, [conflict]);
    assert_eq!(people.batch.value("size", 1), None, "what two lists say differently is unknown");
}

#[test]
fn titles_of_the_future_do_not_count_and_payments_are_taken_off() {
    let rules = rules();
    let people = prepared(&rules, "2026-06-01").population;
    let run = run(&rules, &people, Options::default());
    let srdi = run.rules.iter().find(|rule| rule.id == "ladder-awards/srdi").expect("an award");
    assert_eq!((srdi.yes, srdi.no), (1, 1));
    // 200,000 yuan less the 50,000 that were decided by the day.
    assert_eq!(srdi.paid_fen, Fen(15_000_000));
}

#[test]
fn nothing_is_paid_without_asking_on_old_facts() {
    let rules = rules();
    let people = prepared(&rules, "2026-01-01").population;
    let run = run(&rules, &people, Options::default());
    let srdi = run.rules.iter().find(|rule| rule.id == "ladder-awards/srdi").expect("an award");
    assert_eq!((srdi.yes, srdi.unknown), (0, 1));
    let explained = explain(&rules, &people, 0, Some(&run));
    let report = explained.awards.iter().find(|one| one.id == srdi.id).expect("an award");
    assert!(report.missing.iter().any(|missing| missing.fact == "dishonest" && missing.is_old));
}

#[test]
fn derived_ratios_stay_exact() {
    let rules = rules();
    let people = prepared(&rules, "2026-06-01").population;
    let explained = explain(&rules, &people, 0, None);
    let growth = explained.awards.iter().find(|one| one.id == "rd-growth/growth").expect("award");
    let intensity = &growth.conditions[1].comparisons[0];
    assert_eq!(intensity.actual.as_ref().map(|text| text.en.as_str()), Some("10%"));
    assert_eq!(Exact::new(300, 3_000), Exact::new(1, 10));
}
