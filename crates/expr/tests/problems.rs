//! What is refused: every slip with its code, its place and the word to use instead, all of a text at once.

mod common;

use common::{codes, facts, parameters};
use linghang_core::Lang;
use linghang_expr::{
    Bracket, Expect, Facts, Kind, Literal, Missing, Parameter, Parameters, Unit, check,
};

#[test]
fn each_slip_has_its_code() {
    for (text, expected) in [
        ("", vec!["expr.empty"]),
        ("revenu >= 1元", vec!["expr.unknown_fact"]),
        ("revenue >= $flor", vec!["expr.unknown_parameter"]),
        ("ratoi(revenue, revenue) >= 3%", vec!["expr.unknown_function"]),
        ("revenue >=", vec!["expr.syntax"]),
        ("(revenue >= 1元", vec!["expr.syntax"]),
        ("revenue >= 1元 1元", vec!["expr.syntax"]),
        ("revenue", vec!["expr.not_a_condition"]),
        ("revenue AND dishonest", vec!["expr.not_a_condition"]),
        ("revenue > 20万", vec!["expr.unit"]),
        ("revenue % 2 = 0", vec!["expr.modulo"]),
        ("revenue::int > 1", vec!["expr.cast"]),
        ("founded > now()", vec!["expr.volatile"]),
        ("revenue IS NULL", vec!["expr.null", "expr.null"]),
        ("remark LIKE 'x%'", vec!["expr.like"]),
        ("round(revenue) > 1元", vec!["expr.rounding"]),
        ("emission = 1.5", vec!["expr.float_equality"]),
        ("size > 'micro'", vec!["expr.no_order"]),
        ("size IN ('micro', size)", vec!["expr.constant_list"]),
        ("revenue * revenue > 1元", vec!["expr.kind"]),
        ("ratio(revenue, staff) > 3%", vec!["expr.kind"]),
        ("ratio(revenue) > 3%", vec!["expr.arguments"]),
        ("annual_growth(revenue, revenue, 0) > 3%", vec!["expr.annual_growth"]),
        ("year(revenue) = 2025", vec!["expr.not_a_date"]),
        ("NOT (accident = 1)", vec!["expr.kind"]),
        ("营业收入 > 1元", vec!["expr.word"]),
        ("ｒｅｖｅｎｕｅ > 1元", vec!["expr.word"]),
        ("revenue > “1”", vec!["expr.character", "expr.character"]),
        ("revenue > 1元 -- why", vec!["expr.character"]),
        ("min(revenue, 5%) > 1元", vec!["expr.kind"]),
        ("days_until(founded) > 2个月", vec!["expr.kind"]),
    ] {
        assert_eq!(codes(text, Expect::Truth), expected, "{text}");
    }
}

#[test]
fn a_result_of_another_kind_is_refused() {
    for (text, expect, expected) in [
        ("revenue * 15%", Expect::Money, vec![]),
        ("0", Expect::Money, vec![]),
        ("20", Expect::Money, vec!["expr.expected"]),
        ("ratio(revenue, revenue)", Expect::Money, vec!["expr.expected"]),
        ("ratio(revenue, revenue)", Expect::Ratio, vec![]),
        ("revenue > 1元", Expect::Ratio, vec!["expr.expected"]),
        ("emission", Expect::Number, vec![]),
        ("revenue", Expect::Number, vec!["expr.expected"]),
        ("$open", Expect::Money, vec![]),
    ] {
        assert_eq!(codes(text, expect), expected, "{text}");
    }
}

#[test]
fn all_problems_of_a_text_are_told_at_once_with_their_places() {
    let text = "revenu >= 100 AND ratio(rd_expense, revenue) >= 0.03 AND size = 'mikro'";
    let problems = check(text, &facts(), &parameters(), Expect::Truth).expect_err("refused");
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            let hint = problem.hint.as_ref().map_or("-", |hint| hint.get(Lang::En));
            format!("{} `{}` {hint}", problem.code, &text[problem.span.clone()])
        })
        .collect();
    assert_eq!(
        told,
        [
            "expr.unknown_fact `revenu` did you mean `revenue`?",
            "expr.kind `ratio(rd_expense, revenue) >= 0.03` write a ratio in percent, as `3%`",
            "expr.unknown_label `'mikro'` did you mean `'micro'`?",
        ]
    );
    for problem in problems {
        assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty());
    }
}

#[test]
fn a_parameter_with_holes_is_refused_where_it_is_used() {
    let literal = |text: &str| Literal::parse(text).expect("good");
    let bracket = |to: Option<&str>, is: &str| Bracket {
        to: to.map(literal),
        inclusive: true,
        is: literal(is),
    };
    let table = |rows: &[(&str, &str)]| Parameter::Table {
        by: "size".into(),
        rows: rows.iter().map(|(label, is)| ((*label).to_owned(), literal(is))).collect(),
    };
    let brackets = |by: &str, rows: Vec<Bracket>| Parameter::Brackets { by: by.into(), rows };
    let all = [("micro", "1%"), ("small", "2%"), ("medium", "3%"), ("large", "0")];
    for (parameter, is_good) in [
        (table(&all), true),
        (table(&all[..3]), false),
        (table(&[("micro", "1%"), ("mikro", "1%")]), false),
        (table(&[all[0], all[1], all[2], ("large", "1万元")]), false),
        (brackets("revenue", vec![bracket(Some("1元"), "1%"), bracket(None, "2%")]), true),
        (brackets("revenue", vec![bracket(Some("2元"), "1%"), bracket(Some("1元"), "2%")]), false),
        (brackets("revenue", vec![bracket(None, "1%"), bracket(Some("1元"), "2%")]), false),
        (brackets("revenue", vec![bracket(Some("5人"), "1%"), bracket(None, "2%")]), false),
        (brackets("revenu", vec![bracket(None, "2%")]), false),
        (brackets("revenue", Vec::new()), false),
    ] {
        let mut parameters = Parameters::new();
        parameters.insert("rate", parameter.clone());
        let found = check("$rate >= 1%", &facts(), &parameters, Expect::Truth);
        let codes = found.map_err(|problems| problems[0].code).map(|_| ());
        let expected = if is_good { Ok(()) } else { Err("expr.parameter") };
        assert_eq!(codes, expected, "{parameter:?}");
    }
}

#[test]
fn a_fact_cannot_be_named_like_a_word_of_the_language() {
    let mut facts = Facts::new();
    for (name, is_good) in [
        ("staff_2", true),
        ("year", true),
        ("Revenue", false),
        ("2nd", false),
        ("营收", false),
        ("case", false),
        ("ratio", false),
        ("", false),
    ] {
        let found = facts.insert(name, Kind::Count(Unit::NONE), Missing::No);
        assert_eq!(found.is_ok(), is_good, "{name}");
    }
}
