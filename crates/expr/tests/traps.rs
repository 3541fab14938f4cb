//! Fourteen ways in which plain SQL expressions give a wrong answer without a word, each shown on DataFusion's own
//! expressions first, and then what the language does: refuse it at load, or give the right answer.

mod common;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch,
};
use arrow_schema::DataType;
use common::{as_of, checked, codes, row, truth};
use datafusion_common::config::ConfigOptions;
use datafusion_common::{DFSchema, ScalarValue};
use datafusion_expr::execution_props::ExecutionProps;
use datafusion_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion_expr::simplify::SimplifyContext;
use datafusion_expr::{Expr, col, lit, when};
use datafusion_functions::{core as core_functions, datetime, math};
use datafusion_optimizer::simplify_expressions::ExprSimplifier;
use datafusion_physical_expr::create_physical_expr;
use linghang_expr::{Exact, Expect, Outcome, Reason, Valued};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

/// DataFusion's answer, with its usual coercion.
fn datafusion(expr: Expr, columns: Vec<(&str, ArrayRef)>) -> Result<ArrayRef, String> {
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let schema = DFSchema::try_from(batch.schema().as_ref().clone()).expect("a plain schema");
    let context = SimplifyContext::builder().with_schema(Arc::new(schema.clone())).build();
    let coerced = ExprSimplifier::new(context).coerce(expr, &schema).map_err(|e| e.to_string())?;
    let planning = PhysicalPlanningContext::default();
    create_physical_expr(&coerced, &schema, &ExecutionProps::new(), &planning)
        .and_then(|physical| physical.evaluate(&batch))
        .and_then(|value| value.into_array(batch.num_rows()))
        .map_err(|error| error.to_string())
}

fn doubles(values: Vec<Option<f64>>) -> ArrayRef {
    Arc::new(Float64Array::from(values))
}

fn longs(values: Vec<Option<i64>>) -> ArrayRef {
    Arc::new(Int64Array::from(values))
}

fn value_of(text: &str, facts: &str) -> Valued {
    let program = checked(text, Expect::Any).compile().expect("compiles");
    program.values(&row(facts), &[0], as_of()).remove(0)
}

#[test]
fn trap_01_least_of_an_unknown_pays_the_maximum() {
    let cap = core_functions::least().call(vec![col("invest") * lit(0.15), lit(5_000_000.0)]);
    let theirs = datafusion(cap, vec![("invest", doubles(vec![None]))]).expect("evaluates");
    assert!((theirs.as_primitive::<Float64Type>().value(0) - 5_000_000.0).abs() < 0.5);

    assert_eq!(codes("least(revenue * 15%, 500万元)", Expect::Money), ["expr.least"]);
    let ours = value_of("min(revenue * 15%, 500万元)", "");
    assert_eq!(ours, Valued::Unknown(Reason::Missing("revenue".into())));
}

#[test]
fn trap_02_greatest_of_an_unknown_is_zero() {
    let floor = core_functions::greatest().call(vec![lit(0.0), col("invest")]);
    let theirs = datafusion(floor, vec![("invest", doubles(vec![None]))]).expect("evaluates");
    assert!(theirs.is_valid(0) && theirs.as_primitive::<Float64Type>().value(0).abs() < 0.5);

    assert_eq!(codes("greatest(0元, revenue)", Expect::Money), ["expr.least"]);
    let ours = value_of("max(0元, revenue)", "");
    assert_eq!(ours, Valued::Unknown(Reason::Missing("revenue".into())));
}

#[test]
fn trap_03_a_zero_revenue_passes_every_ratio_test() {
    let test = (col("rd") / col("rev")).gt_eq(lit(0.03));
    let columns = vec![("rd", doubles(vec![Some(1.0)])), ("rev", doubles(vec![Some(0.0)]))];
    let theirs = datafusion(test, columns).expect("evaluates");
    assert!(theirs.as_boolean().value(0));

    assert_eq!(codes("rd_expense / revenue >= 3%", Expect::Truth), ["expr.division"]);
    let facts = "rd_expense=1元 revenue=0元";
    assert_eq!(truth("ratio(rd_expense, revenue) >= 3%", facts), Outcome::Unknown);
}

#[test]
fn trap_04_division_of_whole_numbers_truncates() {
    let columns = vec![("rd", longs(vec![Some(50)])), ("rev", longs(vec![Some(100)]))];
    let theirs = datafusion(col("rd") / col("rev"), columns).expect("evaluates");
    assert_eq!(theirs.as_primitive::<Int64Type>().value(0), 0);

    let facts = "rd_expense=0.50元 revenue=1元";
    let half = Exact::new(1, 2).expect("not zero");
    assert_eq!(value_of("ratio(rd_expense, revenue)", facts), Valued::Known(half));
}

#[test]
fn trap_05_one_bad_enterprise_stops_the_batch() {
    let columns =
        vec![("rd", longs(vec![Some(50), Some(50)])), ("rev", longs(vec![Some(100), Some(0)]))];
    let theirs = datafusion(col("rd") / col("rev"), columns);
    assert!(theirs.expect_err("stops").contains("Divide by zero"));

    let program = checked("ratio(rd_expense, revenue)", Expect::Ratio).compile().expect("compiles");
    let rows = common::batch(&["rd_expense=1元 revenue=2元", "rd_expense=1元 revenue=0元"]);
    let half = Exact::new(1, 2).expect("not zero");
    let expected = [Valued::Known(half), Valued::Unknown(Reason::NotPositive)];
    assert_eq!(program.values(&rows, &[0, 1], as_of()), expected);
}

#[test]
fn trap_06_case_turns_an_unknown_into_its_else() {
    let case = when(col("flag"), lit(0_i64)).otherwise(lit(5_i64)).expect("a CASE");
    let flag: ArrayRef = Arc::new(BooleanArray::from(vec![None]));
    let theirs = datafusion(case, vec![("flag", flag)]).expect("evaluates");
    assert_eq!(theirs.as_primitive::<Int64Type>().value(0), 5);

    let found = codes("CASE WHEN dishonest THEN 0元 ELSE 5元 END", Expect::Money);
    assert_eq!(found, ["expr.case"; 5]);
    let unknown = value_of("revenue * $rate", "revenue=1元");
    assert_eq!(unknown, Valued::Unknown(Reason::Missing("size".into())));
}

#[test]
fn trap_07_not_in_a_list_with_null_never_says_yes() {
    let list = vec![lit(1_i64), lit(ScalarValue::Int64(None))];
    let theirs = datafusion(col("x").in_list(list, true), vec![("x", longs(vec![Some(2)]))]);
    assert!(theirs.expect("evaluates").is_null(0));

    assert_eq!(codes("rank_place NOT IN (1, NULL)", Expect::Truth), ["expr.null"]);
    assert_eq!(truth("rank_place NOT IN (1, 3)", "rank_place=2"), Outcome::True);
}

#[test]
fn trap_08_overflow_wraps() {
    let theirs = datafusion(col("x") + lit(1_i64), vec![("x", longs(vec![Some(i64::MAX)]))]);
    assert_eq!(theirs.expect("evaluates").as_primitive::<Int64Type>().value(0), i64::MIN);

    let largest = "revenue=9999999999999999.99元";
    let sum = Exact::whole(999_999_999_999_999_999 * 100 + 100);
    assert_eq!(value_of("revenue * 100 + 1元", largest), Valued::Known(sum));
    let power = ["revenue"; 3].join(" * 3 * 1.000000001 * 999999999999 + ");
    assert_eq!(truth(&format!("{power} > 0"), largest), Outcome::Unknown);
    assert_eq!(truth(&format!("{power} > 0"), "revenue=1元"), Outcome::True);
    assert_eq!(value_of(&power, largest), Valued::Overflow);
}

#[test]
fn trap_09_a_decimal_times_a_number_becomes_a_double() {
    let amount = Decimal128Array::from(vec![Some(12_345)]).with_precision_and_scale(18, 2);
    let column: ArrayRef = Arc::new(amount.expect("a decimal"));
    let theirs = datafusion(col("dec") * lit(0.15), vec![("dec", column)]).expect("evaluates");
    assert_eq!(*theirs.data_type(), DataType::Float64);

    let exact = Exact::new(12_345 * 15, 100).expect("not zero");
    assert_eq!(value_of("revenue * 0.15", "revenue=123.45元"), Valued::Known(exact));
}

#[test]
fn trap_10_slips_of_unit_and_type_pass() {
    let theirs = datafusion(col("rev").gt_eq(lit("1000000")), vec![("rev", longs(vec![Some(2)]))]);
    assert!(theirs.is_ok(), "text against number is accepted");

    for text in [
        "revenue >= '1000000'",
        "revenue >= 1000000",
        "revenue >= 3%",
        "revenue >= 100万美元",
        "ratio(rd_expense, revenue) >= 0.03",
        "staff >= 3件",
        "founded >= '2024-01-01'",
    ] {
        assert_eq!(codes(text, Expect::Truth), ["expr.kind"], "{text}");
    }
    assert_eq!(codes("size = 4", Expect::Truth), ["expr.kind"]);
    assert_eq!(codes("size = 'mikro'", Expect::Truth), ["expr.unknown_label"]);
}

#[test]
fn trap_11_random_aggregates_and_queries_are_read_as_expressions() {
    for text in ["random() < 0.5", "sum(x) > 1", "(SELECT 1) = 1"] {
        let mut parser = Parser::new(&GenericDialect {}).try_with_sql(text).expect("tokens");
        assert!(parser.parse_expr().is_ok(), "{text}");
    }
    let theirs = datafusion(math::random().call(vec![]), vec![("x", longs(vec![Some(1)]))]);
    assert!(theirs.is_ok(), "random even runs");

    assert_eq!(codes("random() < 0.5", Expect::Truth), ["expr.volatile"]);
    assert_eq!(codes("sum(revenue) > 1元", Expect::Truth), ["expr.aggregate"]);
    assert_eq!(codes("(SELECT 1) = 1", Expect::Truth), ["expr.subquery"]);
}

#[test]
fn trap_12_some_functions_fail_only_when_they_run() {
    let x = || vec![("x", longs(vec![None]))];
    let coalesce = core_functions::coalesce().call(vec![col("x"), lit(0_i64)]);
    assert!(datafusion(coalesce, x()).is_err(), "coalesce passes every check but simplification");
    assert!(datafusion(datetime::now(&ConfigOptions::default()).call(vec![]), x()).is_err());

    assert_eq!(codes("coalesce(revenue, 0元) > 1元", Expect::Truth), ["expr.null"]);
    assert_eq!(codes("founded < now()", Expect::Truth), ["expr.volatile"]);
    assert_eq!(truth("months_since(founded) >= 12", "founded=2024-06-30"), Outcome::True);
}

#[test]
fn trap_13_a_total_of_doubles_depends_on_the_order() {
    let amounts = [0.1, 0.2, 0.3];
    let forward: f64 = amounts.iter().sum();
    let (left, right) = amounts.split_at(1);
    let in_two = left.iter().sum::<f64>() + right.iter().sum::<f64>();
    assert_ne!(forward.to_bits(), in_two.to_bits(), "one and two threads differ");

    let exact: Vec<Exact> = (0..1_000).map(|n| Exact::new(n, 3).expect("not zero")).collect();
    let sum = |part: &[Exact]| part.iter().try_fold(Exact::ZERO, |sum, one| sum.add(*one));
    let (left, right) = exact.split_at(500);
    let in_two = sum(left).and_then(|left| left.add(sum(right)?));
    assert_eq!(sum(&exact), in_two);
}

#[test]
fn trap_14_not_recognised_is_not_unknown() {
    let test = col("srdi_year").eq(lit(2025_i64));
    let theirs = datafusion(test, vec![("srdi_year", longs(vec![None]))]).expect("evaluates");
    assert!(theirs.is_null(0), "never recognised reads as unknown");

    assert_eq!(truth("srdi_year = $year", ""), Outcome::False);
    assert_eq!(truth("opened = $year", ""), Outcome::Unknown);
}
