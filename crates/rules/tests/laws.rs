//! Laws of decisions on random enterprises of the example pack, and lints on packs that were spoiled.

use std::path::Path;

use arrow_array::StringArray;
use chrono::NaiveDate;
use linghang_core::Fen;
use linghang_pack::Pack;
use linghang_rules::facts::{Cell, column};
use linghang_rules::lint::lint;
use linghang_rules::{AsOf, Decision, Population, RuleSet, compile, explain};
use proptest::prelude::*;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day of June")
}

fn example() -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    linghang_pack::load(&dir).pack.expect("the example pack loads")
}

fn rules(pack: &Pack) -> RuleSet {
    compile(pack, AsOf::on(day())).rules.expect("the pack compiles")
}

/// Decision and amount before pools of one award.
fn judged(rules: &RuleSet, facts: &[(&str, Option<Cell>)], award: &str) -> (Decision, Fen) {
    let columns = facts.iter().map(|(fact, cell)| {
        let kind = &rules.dictionary.get(fact).expect("a fact").kind;
        (*fact, column(kind, std::slice::from_ref(cell)))
    });
    let ids = StringArray::from(vec!["one"]);
    let people = Population::new(ids, columns.collect(), rules, day(), &[]).expect("columns fit");
    let explained = explain(rules, &people, 0, None);
    let report = explained.awards.into_iter().find(|one| one.id == award).expect("an award");
    (report.decision, report.amount.map_or(Fen(0), |amount| amount.due))
}

fn firm(rd: i64, before: i64, revenue: i64, size: &str) -> Vec<(&'static str, Option<Cell>)> {
    vec![
        ("rd_expense", Some(Cell::Whole(rd))),
        ("rd_expense_prev", Some(Cell::Whole(before))),
        ("revenue", Some(Cell::Whole(revenue))),
        ("size", Some(Cell::Text(size.into()))),
        ("dishonest", Some(Cell::Flag(false))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn more_of_a_monotone_fact_never_lowers_the_grant(
        rd in 0_i64..1_000_000_000, more in 0_i64..1_000_000_000,
        before in 0_i64..500_000_000, revenue in 1_i64..30_000_000_000,
    ) {
        let rules = rules(&example());
        let due = |rd| judged(&rules, &firm(rd, before, revenue, "small"), "rd-growth/growth").1;
        prop_assert!(due(rd) <= due(rd + more));
    }

    #[test]
    fn one_more_fact_never_turns_a_sure_answer_into_unknown(
        rd in 0_i64..1_000_000_000, before in 0_i64..500_000_000, revenue in 0_i64..30_000_000_000,
        known in proptest::collection::vec(any::<bool>(), 5), added in 0_usize..5,
    ) {
        let rules = rules(&example());
        let mut facts = firm(rd, before, revenue, "large");
        let all = facts.clone();
        for (fact, known) in facts.iter_mut().zip(&known) {
            fact.1 = fact.1.take().filter(|_| *known);
        }
        let fewer = judged(&rules, &facts, "rd-growth/growth").0;
        facts[added] = all[added].clone();
        let more = judged(&rules, &facts, "rd-growth/growth").0;
        prop_assert!(fewer == Decision::Unknown || fewer == more, "{fewer:?} became {more:?}");
    }
}

/// Codes that the lints find after one award of the growth grant was changed.
fn spoiled(change: impl FnOnce(&mut linghang_pack::record::Award)) -> Vec<&'static str> {
    let mut pack = example();
    let programme = pack.programmes.get_mut("rd-growth").expect("a programme");
    change(&mut programme.awards[0]);
    let rules = rules(&pack);
    let mut codes: Vec<&str> = lint(&pack, &rules).iter().map(|found| found.code).collect();
    codes.dedup();
    codes
}

#[test]
fn each_slip_of_meaning_has_its_finding() {
    let is = |text: &str| Some(text.to_owned());
    assert_eq!(spoiled(|_| {}), Vec::<&str>::new());
    assert_eq!(
        spoiled(|award| award.when[2].is = is("rd_expense < 50万元")),
        ["rules.contradiction"]
    );
    assert_eq!(spoiled(|award| award.when[2].is = is("rd_expense >= 10万元")), ["rules.redundant"]);
    assert_eq!(
        spoiled(|award| award.when[2].is = is("revenue > 5元 OR revenue <= 5元")),
        ["rules.tautology"]
    );
    assert_eq!(spoiled(|award| award.cap.year = is("900万元")), ["rules.cap_chain"]);
    assert_eq!(spoiled(|award| award.pay = "201万元".into()), ["rules.cap_below_amount"]);
    assert_eq!(spoiled(|award| award.subject = is("recognition")), ["rules.pays_twice"]);
}
