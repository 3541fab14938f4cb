//! Fourteen expressions that give a wrong answer in plain SQL without a word: the language refuses them at load, or
//! gives the right answer. DataFusion's own answers are shown under the same names in `traps/tests/datafusion.rs`, which
//! is no part of the workspace, because building DataFusion takes longer than everything else together.

mod common;

use common::{as_of, checked, codes, row, truth};
use linghang_expr::{Exact, Expect, Outcome, Reason, Valued};

fn value_of(text: &str, facts: &str) -> Valued {
    let program = checked(text, Expect::Any).compile().expect("compiles");
    program.values(&row(facts), &[0], as_of()).remove(0)
}

#[test]
fn trap_01_least_of_an_unknown_pays_the_maximum() {
    assert_eq!(codes("least(revenue * 15%, 500万元)", Expect::Money), ["expr.least"]);
    let ours = value_of("min(revenue * 15%, 500万元)", "");
    assert_eq!(ours, Valued::Unknown(Reason::Missing("revenue".into())));
}

#[test]
fn trap_02_greatest_of_an_unknown_is_zero() {
    assert_eq!(codes("greatest(0元, revenue)", Expect::Money), ["expr.least"]);
    let ours = value_of("max(0元, revenue)", "");
    assert_eq!(ours, Valued::Unknown(Reason::Missing("revenue".into())));
}

#[test]
fn trap_03_a_zero_revenue_passes_every_ratio_test() {
    assert_eq!(codes("rd_expense / revenue >= 3%", Expect::Truth), ["expr.division"]);
    let facts = "rd_expense=1元 revenue=0元";
    assert_eq!(truth("ratio(rd_expense, revenue) >= 3%", facts), Outcome::Unknown);
}

#[test]
fn trap_04_division_of_whole_numbers_truncates() {
    let facts = "rd_expense=0.50元 revenue=1元";
    let half = Exact::new(1, 2).expect("not zero");
    assert_eq!(value_of("ratio(rd_expense, revenue)", facts), Valued::Known(half));
}

#[test]
fn trap_05_one_bad_enterprise_stops_the_batch() {
    let program = checked("ratio(rd_expense, revenue)", Expect::Ratio).compile().expect("compiles");
    let rows = common::batch(&["rd_expense=1元 revenue=2元", "rd_expense=1元 revenue=0元"]);
    let half = Exact::new(1, 2).expect("not zero");
    let expected = [Valued::Known(half), Valued::Unknown(Reason::NotPositive)];
    assert_eq!(program.values(&rows, &[0, 1], as_of()), expected);
}

#[test]
fn trap_06_case_turns_an_unknown_into_its_else() {
    let found = codes("CASE WHEN dishonest THEN 0元 ELSE 5元 END", Expect::Money);
    assert_eq!(found, ["expr.case"; 5]);
    let unknown = value_of("revenue * $rate", "revenue=1元");
    assert_eq!(unknown, Valued::Unknown(Reason::Missing("size".into())));
}

#[test]
fn trap_07_not_in_a_list_with_null_never_says_yes() {
    assert_eq!(codes("rank_place NOT IN (1, NULL)", Expect::Truth), ["expr.null"]);
    assert_eq!(truth("rank_place NOT IN (1, 3)", "rank_place=2"), Outcome::True);
}

#[test]
fn trap_08_overflow_wraps() {
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
    let exact = Exact::new(12_345 * 15, 100).expect("not zero");
    assert_eq!(value_of("revenue * 0.15", "revenue=123.45元"), Valued::Known(exact));
}

#[test]
fn trap_10_slips_of_unit_and_type_pass() {
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
    assert_eq!(codes("random() < 0.5", Expect::Truth), ["expr.volatile"]);
    assert_eq!(codes("sum(revenue) > 1元", Expect::Truth), ["expr.aggregate"]);
    assert_eq!(codes("(SELECT 1) = 1", Expect::Truth), ["expr.subquery"]);
}

#[test]
fn trap_12_some_functions_fail_only_when_they_run() {
    assert_eq!(codes("coalesce(revenue, 0元) > 1元", Expect::Truth), ["expr.null"]);
    assert_eq!(codes("founded < now()", Expect::Truth), ["expr.volatile"]);
    assert_eq!(truth("months_since(founded) >= 12", "founded=2024-06-30"), Outcome::True);
}

#[test]
fn trap_13_a_total_of_doubles_depends_on_the_order() {
    let exact: Vec<Exact> = (0..1_000).map(|n| Exact::new(n, 3).expect("not zero")).collect();
    let sum = |part: &[Exact]| part.iter().try_fold(Exact::ZERO, |sum, one| sum.add(*one));
    let (left, right) = exact.split_at(500);
    let in_two = sum(left).and_then(|left| left.add(sum(right)?));
    assert_eq!(sum(&exact), in_two);
}

#[test]
fn trap_14_not_recognised_is_not_unknown() {
    assert_eq!(truth("srdi_year = $year", ""), Outcome::False);
    assert_eq!(truth("opened = $year", ""), Outcome::Unknown);
}
