//! A small fictional fact dictionary and a way to write rows, for all tests of the language.
#![allow(clippy::from_iter_instead_of_collect, reason = "names the type of the column")]
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
};
use chrono::{Datelike, NaiveDate};
use linghang_expr::{
    Batch, Bracket, Checked, Currency, Expect, Facts, Kind, Literal, Missing, Outcome, Parameter,
    Parameters, Truth, Unit, check,
};

/// The fictional dictionary.
pub fn facts() -> Facts {
    let mut facts = Facts::new();
    let cny = Kind::Money(Currency::CNY);
    let size = Kind::label(["micro", "small", "medium", "large"]);
    for (name, kind, missing) in [
        ("revenue", cny.clone(), Missing::Unknown),
        ("rd_expense", cny.clone(), Missing::Unknown),
        ("rd_expense_prev", cny.clone(), Missing::Unknown),
        ("invest", cny.clone(), Missing::No),
        ("paid", cny, Missing::Error),
        ("raised", Kind::Money(Currency::USD), Missing::Unknown),
        ("staff", Kind::Count(Unit::new("人")), Missing::Unknown),
        ("tech_staff", Kind::Count(Unit::new("人")), Missing::Unknown),
        ("patents", Kind::Count(Unit::new("件")), Missing::No),
        ("rank_place", Kind::Count(Unit::NONE), Missing::Unknown),
        ("fee_rate", Kind::Ratio, Missing::Unknown),
        ("emission", Kind::Number, Missing::Unknown),
        ("founded", Kind::Date, Missing::Unknown),
        ("hte_until", Kind::Date, Missing::No),
        ("srdi_year", Kind::Year, Missing::No),
        ("opened", Kind::Year, Missing::Unknown),
        ("dishonest", Kind::Bool, Missing::Unknown),
        ("accident", Kind::Bool, Missing::No),
        ("size", size.clone(), Missing::Unknown),
        ("grade", Kind::label(["excellent", "good"]), Missing::No),
        ("remark", Kind::Text, Missing::Unknown),
    ] {
        facts.insert(name, kind, missing).expect("names of the table are good");
    }
    facts
}

fn literal(text: &str) -> Literal {
    Literal::parse(text).expect("literals of the table are good")
}

/// The fictional parameters.
pub fn parameters() -> Parameters {
    let mut parameters = Parameters::new();
    for (name, text) in
        [("year", "2025"), ("floor", "100万元"), ("share", "3%"), ("months", "12个月")]
    {
        parameters.insert(name, Parameter::Value(literal(text)));
    }
    let rows = [("micro", "10%"), ("small", "10%"), ("medium", "5%"), ("large", "0")];
    let rows = rows.map(|(label, is)| (label.to_owned(), literal(is))).into();
    parameters.insert("rate", Parameter::Table { by: "size".into(), rows });
    let brackets = |by: &str, rows: &[(Option<&str>, bool, &str)]| Parameter::Brackets {
        by: by.into(),
        rows: rows
            .iter()
            .map(|(to, inclusive, is)| Bracket {
                to: to.map(literal),
                inclusive: *inclusive,
                is: literal(is),
            })
            .collect(),
    };
    parameters.insert(
        "intensity",
        brackets(
            "revenue",
            &[(Some("5000万元"), true, "5%"), (Some("2亿元"), true, "4%"), (None, true, "3%")],
        ),
    );
    parameters.insert(
        "stage",
        brackets("staff", &[(Some("10人"), false, "1万元"), (Some("100人"), true, "5万元")]),
    );
    parameters.insert("open_rate", Parameter::Unset { kind: Some(Kind::Ratio) });
    parameters.insert("open", Parameter::Unset { kind: None });
    parameters
}

/// The date on which everything is evaluated.
pub fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 30).expect("the day exists")
}

/// Checks a text that must be good.
pub fn checked(text: &str, expect: Expect) -> Checked {
    match check(text, &facts(), &parameters(), expect) {
        Ok(checked) => checked,
        Err(problems) => panic!("{text}: {problems:#?}"),
    }
}

/// Codes of the problems of a text, in order.
pub fn codes(text: &str, expect: Expect) -> Vec<&'static str> {
    match check(text, &facts(), &parameters(), expect) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.code).collect(),
    }
}

/// One row, written `revenue=5000万元 size=micro founded=2020-01-31 dishonest=false`; what is not named is missing.
pub fn row(text: &str) -> Batch {
    batch(&[text])
}

/// Rows, each as in [`row`].
pub fn batch(rows: &[&str]) -> Batch {
    let facts = facts();
    let cells: Vec<Vec<(&str, &str)>> = rows
        .iter()
        .map(|row| row.split_whitespace().filter_map(|cell| cell.split_once('=')).collect())
        .collect();
    let names: Vec<String> = facts.names().map(str::to_owned).collect();
    let columns = names
        .iter()
        .map(|name| {
            let values = cells
                .iter()
                .map(|cells| cells.iter().find(|(key, _)| key == name).map(|(_, value)| *value));
            let kind = &facts.get(name).expect("the name is from the dictionary").kind;
            (name.as_str(), column(kind, values))
        })
        .collect();
    Batch::new(rows.len(), &facts, columns).expect("columns have the types of their facts")
}

fn column<'a>(kind: &Kind, values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    let number = |text: &str| literal(text).exact().expect("a number");
    let whole = |text: &str| i64::try_from(number(text).as_whole().expect("whole")).expect("fits");
    match kind {
        Kind::Ratio => Arc::new(Int64Array::from_iter(values.map(|text| {
            text.map(|text| {
                let millionths = number(text).mul(linghang_expr::Exact::whole(1_000_000));
                i64::try_from(millionths.expect("fits").as_whole().expect("whole")).expect("fits")
            })
        }))),
        Kind::Number => Arc::new(Float64Array::from_iter(
            values.map(|text| text.map(|text| text.parse::<f64>().expect("a double"))),
        )),
        Kind::Date => Arc::new(Date32Array::from_iter(values.map(|text| {
            text.map(|text| text.parse::<NaiveDate>().expect("a day").num_days_from_ce() - 719_163)
        }))),
        Kind::Year => Arc::new(Int32Array::from_iter(
            values.map(|text| text.map(|text| text.parse::<i32>().expect("a year"))),
        )),
        Kind::Bool => {
            Arc::new(BooleanArray::from_iter(values.map(|text| text.map(|text| text == "true"))))
        }
        Kind::Label(_) | Kind::Text => Arc::new(StringArray::from_iter(values)),
        _ => Arc::new(Int64Array::from_iter(values.map(|text| text.map(whole)))),
    }
}

/// The truth of a condition for one row.
pub fn truth(text: &str, facts: &str) -> Outcome {
    let program = checked(text, Expect::Truth).compile().expect("compiles");
    outcome(&program.truth(&row(facts), as_of()), 0)
}

/// The outcome of one row.
pub fn outcome(truth: &Truth, row: usize) -> Outcome {
    match (truth.sure.value(row), truth.surely_not.value(row)) {
        (true, false) => Outcome::True,
        (false, true) => Outcome::False,
        (false, false) => Outcome::Unknown,
        (true, true) => panic!("row {row} is both true and false"),
    }
}
