//! Fourteen ways in which plain SQL expressions give a wrong answer without a word, shown on DataFusion's own
//! expressions. What the language of policies does instead stands under the same names in `crates/expr/tests/traps.rs`.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch,
};
use arrow_schema::DataType;
use datafusion_common::config::ConfigOptions;
use datafusion_common::{DFSchema, ScalarValue};
use datafusion_expr::execution_props::ExecutionProps;
use datafusion_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion_expr::simplify::SimplifyContext;
use datafusion_expr::{Expr, col, lit, when};
use datafusion_functions::{core as core_functions, datetime, math};
use datafusion_optimizer::simplify_expressions::ExprSimplifier;
use datafusion_physical_expr::create_physical_expr;
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

#[test]
fn trap_01_least_of_an_unknown_pays_the_maximum() {
    let cap = core_functions::least().call(vec![col("invest") * lit(0.15), lit(5_000_000.0)]);
    let theirs = datafusion(cap, vec![("invest", doubles(vec![None]))]).expect("evaluates");
    assert!((theirs.as_primitive::<Float64Type>().value(0) - 5_000_000.0).abs() < 0.5);
}

#[test]
fn trap_02_greatest_of_an_unknown_is_zero() {
    let floor = core_functions::greatest().call(vec![lit(0.0), col("invest")]);
    let theirs = datafusion(floor, vec![("invest", doubles(vec![None]))]).expect("evaluates");
    assert!(theirs.is_valid(0) && theirs.as_primitive::<Float64Type>().value(0).abs() < 0.5);
}

#[test]
fn trap_03_a_zero_revenue_passes_every_ratio_test() {
    let test = (col("rd") / col("rev")).gt_eq(lit(0.03));
    let columns = vec![("rd", doubles(vec![Some(1.0)])), ("rev", doubles(vec![Some(0.0)]))];
    let theirs = datafusion(test, columns).expect("evaluates");
    assert!(theirs.as_boolean().value(0));
}

#[test]
fn trap_04_division_of_whole_numbers_truncates() {
    let columns = vec![("rd", longs(vec![Some(50)])), ("rev", longs(vec![Some(100)]))];
    let theirs = datafusion(col("rd") / col("rev"), columns).expect("evaluates");
    assert_eq!(theirs.as_primitive::<Int64Type>().value(0), 0);
}

#[test]
fn trap_05_one_bad_enterprise_stops_the_batch() {
    let columns =
        vec![("rd", longs(vec![Some(50), Some(50)])), ("rev", longs(vec![Some(100), Some(0)]))];
    let theirs = datafusion(col("rd") / col("rev"), columns);
    assert!(theirs.expect_err("stops").contains("Divide by zero"));
}

#[test]
fn trap_06_case_turns_an_unknown_into_its_else() {
    let case = when(col("flag"), lit(0_i64)).otherwise(lit(5_i64)).expect("a CASE");
    let flag: ArrayRef = Arc::new(BooleanArray::from(vec![None]));
    let theirs = datafusion(case, vec![("flag", flag)]).expect("evaluates");
    assert_eq!(theirs.as_primitive::<Int64Type>().value(0), 5);
}

#[test]
fn trap_07_not_in_a_list_with_null_never_says_yes() {
    let list = vec![lit(1_i64), lit(ScalarValue::Int64(None))];
    let theirs = datafusion(col("x").in_list(list, true), vec![("x", longs(vec![Some(2)]))]);
    assert!(theirs.expect("evaluates").is_null(0));
}

#[test]
fn trap_08_overflow_wraps() {
    let theirs = datafusion(col("x") + lit(1_i64), vec![("x", longs(vec![Some(i64::MAX)]))]);
    assert_eq!(theirs.expect("evaluates").as_primitive::<Int64Type>().value(0), i64::MIN);
}

#[test]
fn trap_09_a_decimal_times_a_number_becomes_a_double() {
    let amount = Decimal128Array::from(vec![Some(12_345)]).with_precision_and_scale(18, 2);
    let column: ArrayRef = Arc::new(amount.expect("a decimal"));
    let theirs = datafusion(col("dec") * lit(0.15), vec![("dec", column)]).expect("evaluates");
    assert_eq!(*theirs.data_type(), DataType::Float64);
}

#[test]
fn trap_10_slips_of_unit_and_type_pass() {
    let theirs = datafusion(col("rev").gt_eq(lit("1000000")), vec![("rev", longs(vec![Some(2)]))]);
    assert!(theirs.is_ok(), "text against number is accepted");
}

#[test]
fn trap_11_random_aggregates_and_queries_are_read_as_expressions() {
    for text in ["random() < 0.5", "sum(x) > 1", "(SELECT 1) = 1"] {
        let mut parser = Parser::new(&GenericDialect {}).try_with_sql(text).expect("tokens");
        assert!(parser.parse_expr().is_ok(), "{text}");
    }
    let theirs = datafusion(math::random().call(vec![]), vec![("x", longs(vec![Some(1)]))]);
    assert!(theirs.is_ok(), "random even runs");
}

#[test]
fn trap_12_some_functions_fail_only_when_they_run() {
    let x = || vec![("x", longs(vec![None]))];
    let coalesce = core_functions::coalesce().call(vec![col("x"), lit(0_i64)]);
    assert!(datafusion(coalesce, x()).is_err(), "coalesce passes every check but simplification");
    assert!(datafusion(datetime::now(&ConfigOptions::default()).call(vec![]), x()).is_err());
}

#[test]
fn trap_13_a_total_of_doubles_depends_on_the_order() {
    let amounts = [0.1, 0.2, 0.3];
    let forward: f64 = amounts.iter().sum();
    let (left, right) = amounts.split_at(1);
    let in_two = left.iter().sum::<f64>() + right.iter().sum::<f64>();
    assert_ne!(forward.to_bits(), in_two.to_bits(), "one and two threads differ");
}

#[test]
fn trap_14_not_recognised_is_not_unknown() {
    let test = col("srdi_year").eq(lit(2025_i64));
    let theirs = datafusion(test, vec![("srdi_year", longs(vec![None]))]).expect("evaluates");
    assert!(theirs.is_null(0), "never recognised reads as unknown");
}
