//! Why a condition holds or not, for one enterprise; and what conditions share.

mod common;

use chrono::NaiveDate;
use common::{as_of, checked, row};
use linghang_expr::{Expect, Outcome, Trace, cured_on, trace};

fn of(text: &str, facts: &str) -> Trace {
    trace(&checked(text, Expect::Truth), &row(facts), 0, as_of())
}

#[test]
fn a_comparison_shows_both_sides_and_the_gap_with_its_unit() {
    for (text, facts, outcome, left, gap) in [
        ("rd_expense >= 100万元", "rd_expense=80万元", Outcome::False, "80万元", "-20万元"),
        (
            "ratio(rd_expense, revenue) >= 3%",
            "rd_expense=4元 revenue=100元",
            Outcome::True,
            "4%",
            "1%",
        ),
        ("staff <= 50人", "staff=53人", Outcome::False, "53人", "3人"),
        ("months_since(founded) >= 12", "founded=2024-12-30", Outcome::False, "6个月", "-6个月"),
        (
            "hte_until >= DATE '2025-07-10'",
            "hte_until=2025-07-01",
            Outcome::False,
            "2025-07-01",
            "-9天",
        ),
        ("srdi_year >= 2025", "srdi_year=2023", Outcome::False, "2023", "-2年"),
    ] {
        let trace = of(text, facts);
        let side = &trace.parts[0];
        let shown = side.value.as_ref().map(|value| value.to_text(&side.kind));
        assert_eq!(trace.outcome, Some(outcome), "{text}");
        assert_eq!(shown.as_deref(), Some(left), "{text}");
        assert_eq!(trace.gap.map(|gap| gap.to_text()).as_deref(), Some(gap), "{text}");
    }
}

#[test]
fn an_unknown_names_the_facts_that_are_missing() {
    let trace = of("NOT dishonest AND ratio(rd_expense, revenue) >= $intensity", "rd_expense=1元");
    assert_eq!(trace.outcome, Some(Outcome::Unknown));
    assert_eq!(trace.missing, ["dishonest", "revenue"]);
    assert_eq!(trace.parts[1].outcome, Some(Outcome::Unknown));
}

#[test]
fn time_alone_cures_an_age() {
    for (text, facts, day) in [
        ("months_since(founded) >= 12", "founded=2025-01-31", Some("2026-01-31")),
        ("months_since(founded) >= 12", "founded=2020-01-31", Some("2025-06-30")),
        // Longer than eleven years away, and open for one month or one day only.
        ("years_since(founded) >= 15年", "founded=2025-01-31", Some("2040-01-31")),
        (
            "months_since(founded) >= 7 AND months_since(founded) < 8",
            "founded=2025-01-31",
            Some("2025-08-31"),
        ),
        ("months_since(founded) >= 2", "founded=2026-01-31", Some("2026-03-31")),
        ("months_since(founded) >= 1", "founded=2026-01-31", Some("2026-02-28")),
        // A date to come has an age below zero.
        ("months_since(founded) > -3", "founded=2026-01-31", Some("2025-11-30")),
        ("days_until(hte_until) = 100天", "hte_until=2026-04-01", Some("2025-12-22")),
        ("revenue > 1元", "revenue=0元", None),
        ("years_since(founded) < 5年", "founded=2000-01-01", None),
    ] {
        let found = cured_on(&checked(text, Expect::Truth), &row(facts), 0, as_of());
        assert_eq!(found.map(|day| day.to_string()).as_deref(), day, "{text}");
    }
}

#[test]
fn the_day_of_the_cure_is_the_first_of_all_days_on_which_the_condition_holds() {
    for founded in ["2023-02-28", "2024-02-29", "2025-01-31", "2025-06-30", "2026-08-30"] {
        for text in [
            "months_since(founded) = 1",
            "months_since(founded) >= 20 AND months_since(founded) < 21",
            "months_since(founded) > -3",
            "years_since(founded) >= 3年",
            "days_until(founded) = 7天 OR months_since(founded) >= 25",
        ] {
            let (checked, row) = (checked(text, Expect::Truth), row(&format!("founded={founded}")));
            let holds =
                |day: &NaiveDate| trace(&checked, &row, 0, *day).outcome == Some(Outcome::True);
            let first = as_of().iter_days().take(5 * 366).find(holds);
            assert_eq!(cured_on(&checked, &row, 0, as_of()), first, "{text}, {founded}");
        }
    }
}

#[test]
fn conditions_that_mean_the_same_share_a_key() {
    for (one, two, is_same) in [
        ("revenue >= 20000万元", "2亿元 <= revenue", true),
        ("staff > 5", "staff > 5人", true),
        ("srdi_year = $year", "srdi_year = 2025", true),
        ("dishonest AND accident", "accident AND dishonest", true),
        ("size IN ('micro', 'small')", "size IN ('small', 'micro')", true),
        ("years_since(founded) >= 1年", "years_since(founded) >= 12个月", false),
        ("revenue >= 2亿元", "revenue > 2亿元", false),
        ("revenue > $open", "revenue > $open_rate * 1元", false),
    ] {
        let key = |text| checked(text, Expect::Truth).canonical();
        assert_eq!(key(one) == key(two), is_same, "{one} / {two}");
    }
}
