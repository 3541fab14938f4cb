//! Laws of the language on random expressions and rows.

mod common;

use std::fmt::Write as _;

use common::{as_of, batch, facts, outcome, parameters};
use linghang_expr::{Amount, Checked, Expect, Outcome, Valued, check, trace};
use proptest::prelude::*;

/// Random numbers of one kind, as text.
fn number(kind: &'static str) -> BoxedStrategy<String> {
    let leaf = match kind {
        "money" => prop_oneof![
            Just("revenue".to_owned()),
            Just("rd_expense".to_owned()),
            Just("rd_expense_prev".to_owned()),
            Just("invest".to_owned()),
            Just("paid".to_owned()),
            Just("$floor".to_owned()),
            Just("$stage".to_owned()),
            (-3..4_i32).prop_map(|n| format!("{n}万元")),
            (0..300_u32).prop_map(|n| format!("{n}.05元")),
        ]
        .boxed(),
        "ratio" => prop_oneof![
            Just("fee_rate".to_owned()),
            Just("$share".to_owned()),
            Just("$rate".to_owned()),
            Just("$intensity".to_owned()),
            Just("$open_rate".to_owned()),
            Just("ratio(rd_expense, revenue)".to_owned()),
            Just("growth(revenue, rd_expense)".to_owned()),
            Just("ratio(tech_staff, staff)".to_owned()),
            Just("ratio(invest - paid, min(revenue, rd_expense))".to_owned()),
            (-20..200_i32).prop_map(|n| format!("{n}.5%")),
        ]
        .boxed(),
        "count" => prop_oneof![
            Just("staff".to_owned()),
            Just("tech_staff".to_owned()),
            (0..20_u32).prop_map(|n| format!("{n}人")),
            (0..20_u32).prop_map(|n| n.to_string()),
        ]
        .boxed(),
        _ => prop_oneof![
            Just("months_since(founded)".to_owned()),
            Just("years_since(founded)".to_owned()),
            Just("months_since(hte_until)".to_owned()),
            Just("($year - opened)".to_owned()),
            (-2..30_i32).prop_map(|n| format!("{n}个月")),
            (0..6_u32).prop_map(|n| format!("{n}年")),
        ]
        .boxed(),
    };
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let ratio = if kind == "money" { "15%" } else { "1.5" };
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("min({a}, {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.prop_map(move |a| format!("({a}) * {ratio}")),
        ]
    })
    .boxed()
}

fn comparison() -> BoxedStrategy<String> {
    let op = prop_oneof![Just("="), Just("<>"), Just("<"), Just("<="), Just(">"), Just(">=")];
    let kind = prop_oneof![Just("money"), Just("ratio"), Just("count"), Just("months")];
    let numbers = kind
        .prop_flat_map(|kind| (number(kind), number(kind)))
        .prop_flat_map(move |(a, b)| op.clone().prop_map(move |op| format!("{a} {op} {b}")));
    let dates = (0..12_u32, any::<bool>()).prop_map(|(month, until)| {
        let fact = if until { "hte_until" } else { "founded" };
        format!("{fact} >= DATE '2024-{:02}-15'", month + 1)
    });
    prop_oneof![
        6 => numbers,
        1 => dates,
        1 => (-40..400_i32).prop_map(|n| format!("days_until(hte_until) < {n}")),
        1 => (0..30_i32).prop_map(|n| format!("years_since(founded) = {n}年")),
        1 => (0..30_i32).prop_map(|n| format!("annual_growth(revenue, rd_expense, 3) >= {n}%")),
        1 => Just("srdi_year = $year".to_owned()),
        1 => Just("srdi_year <> 2024".to_owned()),
        1 => Just("size IN ('micro', 'large')".to_owned()),
        1 => Just("size <> 'small'".to_owned()),
        1 => Just("grade NOT IN ('good')".to_owned()),
        1 => Just("emission < 1.5".to_owned()),
        1 => Just("known(revenue)".to_owned()),
        1 => Just("known(hte_until)".to_owned()),
        1 => Just("dishonest".to_owned()),
        1 => Just("accident = dishonest".to_owned()),
        1 => Just("staff BETWEEN 3 AND 12".to_owned()),
        1 => Just("remark = 'x'".to_owned()),
    ]
    .boxed()
}

fn condition() -> BoxedStrategy<String> {
    comparison()
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} AND {b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
                inner.prop_map(|a| format!("NOT ({a})")),
            ]
        })
        .boxed()
}

/// A row with about a third of the facts missing, as `name=value` cells.
fn cells() -> BoxedStrategy<Vec<String>> {
    let money = |name: &'static str| {
        prop_oneof![
            Just(String::new()),
            (-1_i64..40_000).prop_map(move |n| format!("{name}={}.{:02}元", n / 7, n % 7)),
            Just(format!("{name}=0元")),
            // Amounts that leave 64 bits as soon as they are multiplied.
            Just(format!("{name}=80000000亿元")),
        ]
        .prop_map(|text| text.replace(".-", "."))
    };
    let pick = |name: &'static str, values: &'static [&'static str]| {
        prop::sample::select(values).prop_map(move |value| {
            if value.is_empty() { String::new() } else { format!("{name}={value}") }
        })
    };
    let count = |name: &'static str| {
        (0..18_i32).prop_map(move |n| if n > 14 { String::new() } else { format!("{name}={n}") })
    };
    (
        (
            money("revenue"),
            money("rd_expense"),
            money("rd_expense_prev"),
            money("invest"),
            money("paid"),
        ),
        (count("staff"), count("tech_staff"), pick("fee_rate", &["", "1%", "2.5%", "0.5%"])),
        pick(
            "founded",
            &["", "2024-06-30", "2024-07-01", "2020-02-29", "2026-01-31", "2024-05-15"],
        ),
        pick("hte_until", &["", "2025-06-30", "2025-12-26", "2025-12-27", "2024-02-15"]),
        (pick("srdi_year", &["", "2025", "2024"]), pick("opened", &["", "2022", "2025"])),
        (
            pick("size", &["", "micro", "small", "medium", "large"]),
            pick("grade", &["", "good", "excellent"]),
        ),
        (pick("dishonest", &["", "true", "false"]), pick("accident", &["", "true", "false"])),
        (pick("emission", &["", "1.25", "1.5", "NaN"]), pick("remark", &["", "x", "y"])),
    )
        .prop_map(|(money, counts, founded, until, years, labels, flags, rest)| {
            vec![
                money.0, money.1, money.2, money.3, money.4, counts.0, counts.1, counts.2, founded,
                until, years.0, years.1, labels.0, labels.1, flags.0, flags.1, rest.0, rest.1,
            ]
        })
        .boxed()
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(cells().prop_map(|cells| cells.join(" ")), 1..80)
}

fn good(text: &str, expect: Expect) -> Checked {
    match check(text, &facts(), &parameters(), expect) {
        Ok(checked) => checked,
        Err(problems) => panic!("the generator wrote a bad expression: {text}: {problems:#?}"),
    }
}

fn outcomes(checked: &Checked, rows: &[String]) -> Vec<Outcome> {
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let truth = checked.compile().expect("compiles").truth(&batch(&rows), as_of());
    (0..rows.len()).map(|row| outcome(&truth, row)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn bitmaps_agree_with_the_slow_interpreter(text in condition(), rows in rows()) {
        let checked = good(&text, Expect::Truth);
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let batch = batch(&texts);
        let fast = outcomes(&checked, &rows);
        for (row, fast) in fast.iter().enumerate() {
            // A trace is made by the slow interpreter.
            let slow = trace(&checked, &batch, row, as_of());
            prop_assert_eq!(slow.outcome, Some(*fast), "{} in {}", text, rows[row]);
        }
    }

    #[test]
    fn values_agree_with_the_slow_interpreter(
        text in prop_oneof![number("money"), number("ratio"), number("count"), number("months")],
        rows in rows(),
    ) {
        let checked = good(&text, Expect::Any);
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let batch = batch(&texts);
        let picked: Vec<u32> = (0..u32::try_from(rows.len()).expect("few")).rev().collect();
        let values = checked.compile().expect("compiles").values(&batch, &picked, as_of());
        for (row, fast) in picked.iter().zip(values) {
            let slow = trace(&checked, &batch, *row as usize, as_of());
            match fast {
                Valued::Known(value) => prop_assert_eq!(
                    slow.value, Some(linghang_expr::Value::Exact(value)), "{} in {}", text, rows[*row as usize]
                ),
                Valued::Unknown(reason) => prop_assert_eq!(slow.reason, Some(reason)),
                Valued::Overflow => {
                    prop_assert_eq!(slow.reason, Some(linghang_expr::Reason::Overflow));
                }
            }
        }
    }

    #[test]
    fn amounts_are_the_values_rounded_half_away_from_zero(
        text in prop_oneof![number("money"), number("ratio"), number("count")],
        rows in rows(),
    ) {
        let program = good(&text, Expect::Any).compile().expect("compiles");
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let batch = batch(&texts);
        let picked: Vec<u32> = (0..u32::try_from(rows.len() + 1).expect("few")).collect();
        let values = program.values(&batch, &picked, as_of());
        let amounts = program.amounts(&batch, &picked, as_of());
        for (value, amount) in values.into_iter().zip(amounts) {
            let rounded = match value {
                Valued::Known(exact) => exact.to_fen_half_up().map_or(Amount::Overflow, Amount::Known),
                Valued::Unknown(_) => Amount::Unknown,
                Valued::Overflow => Amount::Overflow,
            };
            prop_assert_eq!(amount, rounded, "{}", text);
        }
    }

    #[test]
    fn some_rows_answer_as_they_do_among_all(
        text in condition(), rows in rows(), picks in prop::collection::vec(0..40_u32, 0..90),
    ) {
        let program = good(&text, Expect::Truth).compile().expect("compiles");
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let batch = batch(&texts);
        let (all, some) = (program.truth(&batch, as_of()), program.truth_of(&batch, &picks, as_of()));
        for (at, row) in picks.iter().map(|row| *row as usize).enumerate() {
            let is_in = |bits: &arrow_buffer::BooleanBuffer| row < rows.len() && bits.value(row);
            prop_assert_eq!(some.sure.value(at), is_in(&all.sure), "{} in row {}", text, row);
            prop_assert_eq!(some.surely_not.value(at), is_in(&all.surely_not), "{} in row {}", text, row);
        }
    }

    #[test]
    fn reading_what_was_written_gives_the_same_tree(text in condition()) {
        let checked = good(&text, Expect::Truth);
        let again = good(&checked.tree().to_text(), Expect::Truth);
        prop_assert_eq!(checked.tree(), again.tree());
        prop_assert_eq!(checked.canonical(), again.canonical());
    }

    #[test]
    fn logic_obeys_the_laws_of_kleene(a in condition(), b in condition(), rows in rows()) {
        let of = |text: String| outcomes(&good(&text, Expect::Truth), &rows);
        let not_and = of(format!("NOT (({a}) AND ({b}))"));
        prop_assert_eq!(&not_and, &of(format!("NOT ({a}) OR NOT ({b})")));
        prop_assert_eq!(of(format!("({a}) AND ({b})")), of(format!("({b}) AND ({a})")));
        prop_assert_eq!(of(format!("NOT NOT ({a})")), of(a.clone()));
        prop_assert_eq!(of(format!("({a}) OR (({a}) AND ({b}))")), of(a.clone()));
        for (excluded, plain) in of(format!("({a}) OR NOT ({a})")).into_iter().zip(of(a)) {
            let expected = if plain == Outcome::Unknown { Outcome::Unknown } else { Outcome::True };
            prop_assert_eq!(excluded, expected);
        }
    }

    #[test]
    fn the_canonical_form_forgets_order_and_nothing_else(a in condition(), b in condition(), rows in rows()) {
        let key = |text: &str| good(text, Expect::Truth).canonical();
        prop_assert_eq!(key(&format!("({a}) AND ({b})")), key(&format!("({b}) AND ({a})")));
        prop_assert_eq!(key(&format!("NOT NOT ({a})")), key(&a));
        if key(&a) == key(&b) {
            prop_assert_eq!(outcomes(&good(&a, Expect::Truth), &rows), outcomes(&good(&b, Expect::Truth), &rows));
        }
    }

    #[test]
    fn adding_a_fact_never_turns_a_sure_answer_into_unknown(
        text in condition(), row in cells(), hidden in prop::collection::vec(any::<bool>(), 18),
    ) {
        let checked = good(&text, Expect::Truth);
        // Only open-world facts: what is closed-world is known either way.
        let open = ["revenue", "rd_expense", "rd_expense_prev", "staff", "tech_staff", "fee_rate", "founded", "opened", "size", "dishonest", "emission", "remark"];
        let fewer: Vec<&str> = row
            .iter()
            .zip(&hidden)
            .filter(|(cell, hide)| {
                !(**hide && open.iter().any(|name| cell.starts_with(&format!("{name}="))))
            })
            .map(|(cell, _)| cell.as_str())
            .collect();
        let both = outcomes(&checked, &[fewer.join(" "), row.join(" ")]);
        let asks = text.contains("known(");
        // A zero or negative base, an overflow and a place outside the brackets are facts too, not gaps.
        let partial = ["ratio(", "growth(", "$stage", "80000000"].iter().any(|part| text.contains(part) || row.join(" ").contains(part)) || row.iter().any(|cell| cell.ends_with("NaN"));
        if both[0] != Outcome::Unknown && !asks && !partial {
            prop_assert_eq!(both[0], both[1], "{} in {:?} and {:?}", text, fewer, row);
        }
    }

    #[test]
    fn batch_size_and_row_order_change_nothing(text in condition(), rows in prop::collection::vec(cells().prop_map(|cells| cells.join(" ")), 130..200), cut in 1..129_usize) {
        let checked = good(&text, Expect::Truth);
        let program = checked.compile().expect("compiles");
        let texts: Vec<&str> = rows.iter().map(String::as_str).collect();
        let whole = batch(&texts);
        let all = outcomes(&checked, &rows);
        for (start, length) in [(0, cut), (cut, rows.len() - cut)] {
            let truth = program.truth(&whole.slice(start, length), as_of());
            for row in 0..length {
                prop_assert_eq!(outcome(&truth, row), all[start + row]);
            }
        }
        let turned: Vec<String> = rows.iter().rev().cloned().collect();
        let mut back = outcomes(&checked, &turned);
        back.reverse();
        prop_assert_eq!(back, all);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        drop(check(&text, &facts(), &parameters(), Expect::Any));
    }

    #[test]
    fn no_mixture_of_words_panics(words in prop::collection::vec(prop::sample::select(WORDS), 0..24)) {
        let mut text = String::new();
        for word in words {
            write!(text, "{word} ").expect("a string takes everything");
        }
        match check(&text, &facts(), &parameters(), Expect::Any) {
            Ok(checked) => {
                let again = check(&checked.tree().to_text(), &facts(), &parameters(), Expect::Any);
                prop_assert_eq!(again.map(|again| again.tree().clone()), Ok(checked.tree().clone()));
                let batch = batch(&["revenue=1元", ""]);
                let program = checked.compile().expect("compiles");
                let _unused = (program.truth(&batch, as_of()), program.values(&batch, &[0, 1, 9], as_of()));
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.span.end <= text.len(), "{:?}", problem);
                    prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
                }
            }
        }
    }
}

/// Words that the parser may meet in any order.
const WORDS: &[&str] = &[
    "revenue",
    "staff",
    "size",
    "founded",
    "dishonest",
    "opened",
    "emission",
    "$year",
    "$rate",
    "$open",
    "20万元",
    "3%",
    "12个月",
    "2年",
    "5人",
    "2025",
    "0",
    "1.5",
    "'micro'",
    "DATE '2025-01-01'",
    "TRUE",
    "AND",
    "OR",
    "NOT",
    "IN",
    "BETWEEN",
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "=",
    "<>",
    "<",
    ">=",
    "ratio(",
    "growth(",
    "annual_growth(",
    "min(",
    "max(",
    "known(",
    "months_since(",
    "days_until(",
    "year(",
    "abs(",
    "CASE",
    "NULL",
    "/",
    "万",
    "，",
    "（",
    "lambda",
    "interval",
    "position(",
    "array",
    "[",
    "x'",
    "{",
    "->",
];
