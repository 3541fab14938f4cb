//! Any text as an expression: refused with places inside the text, or accepted, written back and evaluated.
#![no_main]

use std::sync::LazyLock;

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use linghang_expr::{
    Batch, Currency, Expect, Facts, Kind, Literal, Missing, Parameter, Parameters, Unit, check,
    trace,
};

static WORLD: LazyLock<(Facts, Parameters, Batch)> = LazyLock::new(|| {
    let mut facts = Facts::new();
    for (name, kind, missing) in [
        ("a", Kind::Money(Currency::CNY), Missing::Unknown),
        ("b", Kind::Money(Currency::CNY), Missing::No),
        ("n", Kind::Count(Unit::new("人")), Missing::Unknown),
        ("r", Kind::Ratio, Missing::Unknown),
        ("x", Kind::Number, Missing::Unknown),
        ("d", Kind::Date, Missing::No),
        ("y", Kind::Year, Missing::Unknown),
        ("f", Kind::Bool, Missing::Error),
        ("s", Kind::label(["micro", "small"]), Missing::No),
        ("t", Kind::Text, Missing::Unknown),
    ] {
        facts.insert(name, kind, missing).expect("good names");
    }
    let mut parameters = Parameters::new();
    if let Ok(literal) = Literal::parse("3%") {
        parameters.insert("p", Parameter::Value(literal));
    }
    parameters.insert("u", Parameter::Unset { kind: None });
    let batch = Batch::new(3, &facts, Vec::new()).expect("no columns");
    (facts, parameters, batch)
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (facts, parameters, batch) = &*WORLD;
    let Some(day) = NaiveDate::from_ymd_opt(2025, 6, 30) else { return };
    match check(text, facts, parameters, Expect::Any) {
        Ok(checked) => {
            let written = checked.tree().to_text();
            let again = check(&written, facts, parameters, Expect::Any);
            assert_eq!(again.as_ref().map(|again| again.tree()), Ok(checked.tree()), "{written}");
            let program = checked.compile().expect("compiles");
            let truth = program.truth(batch, day);
            assert_eq!((&truth.sure & &truth.surely_not).count_set_bits(), 0);
            assert_eq!(program.values(batch, &[0, 2, 7], day).len(), 3);
            drop(trace(&checked, batch, 0, day));
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
            }
        }
    }
});
