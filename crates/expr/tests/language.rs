//! What expressions mean: truth of conditions and values of numbers, row by row.

#![allow(clippy::too_many_lines, reason = "a table of cases")]

mod common;

use common::{as_of, checked, row, truth};
use linghang_expr::{Exact, Expect, Outcome, Reason, Valued};

use Outcome::{False, True, Unknown};

#[test]
fn conditions_are_true_false_or_unknown() {
    for (text, facts, expected) in [
        ("revenue >= 5000万元", "revenue=5000万元", True),
        ("revenue > 5000万元", "revenue=5000万元", False),
        ("revenue ＞＝ ５０００万元", "revenue=5000万元", True),
        ("（revenue － ０．５元）＊２ ＜ ＄open", "revenue=5000万元", Unknown),
        ("revenue >= 5000万元", "", Unknown),
        ("invest > 0", "", False),
        ("invest <= 0", "", True),
        ("srdi_year = $year", "srdi_year=2025", True),
        ("srdi_year = $year", "", False),
        ("srdi_year <> $year", "", True),
        ("srdi_year >= 2020", "", False),
        ("NOT srdi_year >= 2020", "", True),
        ("opened >= 2020", "", Unknown),
        ("$year - opened >= 3年", "opened=2022", True),
        ("dishonest", "", Unknown),
        ("NOT dishonest", "dishonest=false", True),
        ("dishonest = FALSE", "dishonest=false", True),
        ("accident", "", False),
        ("dishonest AND accident", "", False),
        ("dishonest OR NOT accident", "", True),
        ("size IN ('micro', 'small')", "size=small", True),
        ("size NOT IN ('micro', 'small')", "size=small", False),
        ("size NOT IN ('micro', 'small')", "", Unknown),
        ("grade = 'good'", "", False),
        ("grade NOT IN ('good')", "", True),
        ("ratio(rd_expense, revenue) >= 3%", "rd_expense=3万元 revenue=100万元", True),
        ("ratio(rd_expense, revenue) >= 3%", "rd_expense=2.999999万元 revenue=100万元", False),
        ("ratio(rd_expense, revenue) >= 3%", "rd_expense=3万元 revenue=0元", Unknown),
        ("ratio(rd_expense, revenue) >= 3%", "rd_expense=-3万元 revenue=-1万元", Unknown),
        ("ratio(rd_expense, revenue) >= $intensity", "rd_expense=250万元 revenue=5000万元", True),
        ("ratio(rd_expense, revenue) >= $intensity", "rd_expense=249万元 revenue=5000万元", False),
        ("ratio(rd_expense, revenue) >= $intensity", "rd_expense=249万元 revenue=5001万元", True),
        ("ratio(rd_expense, revenue) >= $intensity", "rd_expense=249万元", Unknown),
        ("ratio(rd_expense, revenue) >= $open_rate", "rd_expense=1元 revenue=1元", Unknown),
        ("revenue > $open", "revenue=1元", Unknown),
        (
            "growth(rd_expense, rd_expense_prev) > 5%",
            "rd_expense=106元 rd_expense_prev=100元",
            True,
        ),
        (
            "growth(rd_expense, rd_expense_prev) > 5%",
            "rd_expense=105元 rd_expense_prev=100元",
            False,
        ),
        ("rd_expense > rd_expense_prev * 1.05", "rd_expense=106元 rd_expense_prev=100元", True),
        (
            "annual_growth(rd_expense, rd_expense_prev, 3) >= 20%",
            "rd_expense=1728元 rd_expense_prev=1000元",
            True,
        ),
        (
            "annual_growth(rd_expense, rd_expense_prev, 3) >= 20%",
            "rd_expense=1727.99元 rd_expense_prev=1000元",
            False,
        ),
        (
            "annual_growth(rd_expense, rd_expense_prev, 3) >= 20%",
            "rd_expense=1元 rd_expense_prev=0元",
            Unknown,
        ),
        ("months_since(founded) >= 12", "founded=2024-06-30", True),
        ("months_since(founded) >= 12个月", "founded=2024-07-01", False),
        ("years_since(founded) <= 10年", "founded=2014-07-01", True),
        ("years_since(founded) >= 18个月", "founded=2023-07-01", False),
        ("days_until(hte_until) < 180", "hte_until=2025-12-26", True),
        ("days_until(hte_until) < 180", "hte_until=2025-12-27", False),
        ("days_until(hte_until) < 180", "", False),
        ("hte_until >= DATE '2025-06-30'", "hte_until=2025-06-30", True),
        ("year(founded) BETWEEN 2020 AND 2024", "founded=2024-12-31", True),
        ("year(founded) NOT BETWEEN 2020 AND 2024", "founded=2024-12-31", False),
        ("known(revenue)", "", False),
        ("known(revenue) OR accident", "revenue=0元", True),
        ("known(dishonest)", "", False),
        ("known(invest)", "", True),
        ("known(hte_until)", "", False),
        ("emission < 1.5", "emission=1.25", True),
        ("emission < 1.5", "emission=NaN", Unknown),
        ("ratio(emission, emission) >= 3%", "emission=0", Unknown),
        ("staff * 10% <= tech_staff", "staff=50人 tech_staff=5人", True),
        ("remark = 'ok'", "remark=ok", True),
        ("remark <> 'ok'", "", Unknown),
        ("fee_rate <= 1%", "fee_rate=1%", True),
        ("raised > 1500万美元", "raised=1500.01万美元", True),
        ("(accident = dishonest)", "dishonest=false", True),
        ("patents >= 2", "patents=2件", True),
        ("revenue >= 100万元 * staff", "revenue=300万元 staff=3人", True),
    ] {
        assert_eq!(truth(text, facts), expected, "{text} with {facts}");
    }
}

#[test]
fn amounts_are_exact_and_unknown_with_a_reason() {
    let known = |num, den| Valued::Known(Exact::new(num, den).expect("not zero"));
    let missing = |name: &str| Valued::Unknown(Reason::Missing(name.into()));
    for (text, facts, expected) in [
        ("min(15% * invest, 500万元)", "invest=0.01元", known(15, 100)),
        ("min(15% * invest, 500万元)", "invest=1亿元", known(500_000_000, 1)),
        ("min(15% * revenue, 500万元)", "", missing("revenue")),
        ("max(0, revenue)", "", missing("revenue")),
        (
            "min(200万元, (rd_expense - rd_expense_prev) * $rate)",
            "rd_expense=3元 rd_expense_prev=1元 size=medium",
            known(10, 1),
        ),
        ("rd_expense * $rate", "rd_expense=3元 size=large", known(0, 1)),
        (
            "rd_expense * $open_rate",
            "rd_expense=3元",
            Valued::Unknown(Reason::Unset("open_rate".into())),
        ),
        ("$stage", "staff=9人", known(1_000_000, 1)),
        ("$stage", "staff=10人", known(5_000_000, 1)),
        ("$stage", "staff=101人", Valued::Unknown(Reason::Outside("stage".into()))),
        ("1万元 * staff", "staff=3人", known(3_000_000, 1)),
        ("ratio(revenue, revenue)", "revenue=0元", Valued::Unknown(Reason::NotPositive)),
        (
            "annual_growth(rd_expense, rd_expense_prev, 2)",
            "rd_expense=2元 rd_expense_prev=1元",
            known(414_214, 1_000_000),
        ),
        ("months_since(hte_until)", "", Valued::Unknown(Reason::None("hte_until".into()))),
        ("abs(rd_expense - rd_expense_prev)", "rd_expense=1元 rd_expense_prev=3元", known(200, 1)),
        ("-rd_expense", "rd_expense=1元", known(-100, 1)),
        ("emission * 2", "emission=0.25", known(1, 2)),
    ] {
        let program = checked(text, Expect::Any).compile().expect("compiles");
        assert_eq!(program.values(&row(facts), &[0], as_of()), [expected], "{text} with {facts}");
    }
}
