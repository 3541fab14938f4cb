//! The example pack, run as a newcomer runs it: it loads, compiles, and all of its cases pass.

use std::path::Path;

use arrow_array::StringArray;
use chrono::NaiveDate;
use linghang_core::{Fen, Lang};
use linghang_pack::Pack;
use linghang_rules::explain::{Truth3, compare, render};
use linghang_rules::facts::{Cell, column};
use linghang_rules::lint::lint;
use linghang_rules::mutate::mutate;
use linghang_rules::simulate::{Settings, simulate};
use linghang_rules::standing::ladders;
use linghang_rules::testing::test;
use linghang_rules::{AsOf, Options, Population, RuleSet, compile, explain, run};

fn example() -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    let loaded = linghang_pack::load(&dir);
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    loaded.pack.unwrap_or_else(|| panic!("the example pack does not load:\n{}", found.join("\n")))
}

#[test]
fn every_case_of_the_example_pack_passes() {
    let report = test(&example());
    let found: Vec<String> = report.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    assert_eq!(found.join("\n"), "");
    let failed: Vec<String> = report
        .cases
        .iter()
        .filter(|case| !case.differences.is_empty())
        .map(|case| format!("{} {}: {:#?}", case.file, case.name.en, case.differences))
        .collect();
    assert_eq!(failed.join("\n"), "");
    assert!(report.cases.len() > 30, "{} cases", report.cases.len());
    assert_eq!(report.untried, Vec::<String>::new());
}

/// One enterprise of a few facts, on a day of the example pack.
fn someone(facts: &[(&str, Cell)]) -> (RuleSet, Population) {
    let day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day of June");
    let rules = compile(&example(), AsOf::on(day)).rules.expect("the example compiles");
    let columns = facts.iter().map(|(fact, cell)| {
        let kind = &rules.dictionary.get(fact).expect("a fact of the example").kind;
        (*fact, column(kind, &[Some(cell.clone())]))
    });
    let ids = StringArray::from(vec!["914400001234567890"]);
    let people = Population::new(ids, columns.collect(), &rules, day, &[]);
    (rules.clone(), people.expect("columns fit"))
}

fn yuan(amount: i64) -> Cell {
    Cell::Whole(amount * 100)
}

/// Sentences about one award in a language.
fn told(facts: &[(&str, Cell)], award: &str, lang: Lang) -> String {
    let (rules, people) = someone(facts);
    let explained = explain(&rules, &people, 0, None);
    let report = explained.awards.iter().find(|one| one.id == award).expect("an award");
    let lines = render::award(report);
    lines.iter().map(|line| line.get(lang)).collect::<Vec<_>>().join("\n")
}

fn growing() -> Vec<(&'static str, Cell)> {
    vec![
        ("size", Cell::Text("small".into())),
        ("revenue", yuan(30_000_000)),
        ("rd_expense", yuan(2_000_000)),
        ("rd_expense_prev", yuan(1_500_000)),
        ("dishonest", Cell::Flag(false)),
    ]
}

#[test]
fn an_amount_is_explained_line_by_line() {
    insta::assert_snapshot!(told(&growing(), "rd-growth/growth", Lang::Zh), @r#"
    研发增量补助：符合，资金池分配前为5万元。
    满足：研发费用不低于100万元（实际200万元，要求>= 100万元） 依据：measures 五(一)。
    满足：研发强度达到本档要求（实际6.6667%，要求>= 5%） 依据：measures 五(一)。
    满足：同比增长超过5%（实际33.3333%，要求> 5%） 依据：measures 五(一)。
    满足：无严重失信 依据：measures 十四。
    条款金额：5万元 → 5万元，不变
    年度上限：5万元 → 5万元，未超过200万元
    累计上限：5万元 → 5万元，未超过500万元
    扣除已付：5万元 → 5万元，此前没有拨付
    企业年度总上限：5万元 → 5万元，未超过500万元
    city承担3万元。
    district承担2万元。
    "#);
}

#[test]
fn a_refusal_names_the_condition_the_gap_and_what_it_takes() {
    let mut facts = growing();
    facts[2] = ("rd_expense", yuan(999_999));
    facts[3] = ("rd_expense_prev", yuan(500_000));
    insta::assert_snapshot!(told(&facts, "rd-growth/growth", Lang::En), @r#"
    Growth grant: does not qualify.
    It would get CNY 49,999.90.
    Not met: R&D expense of 1 million or more (is CNY 999,999, must be >= CNY 1,000,000, CNY 1 short) Clause: measures 五(一).
    Not met: R&D intensity as the bracket demands (is 3.3333%, must be >= 5%, 1.6667% short) Clause: measures 五(一).
    Met: more than 5% above the year before (is 99.9998%, must be > 5%) Clause: measures 五(一).
    Met: not on a list of serious dishonesty Clause: measures 十四.
    What it takes at least, changes: 2.
    R&D expense of 1 million or more (CNY 1 short)
    R&D intensity as the bracket demands (1.6667% short)
    "#);
}

#[test]
fn what_is_missing_and_who_holds_it() {
    let facts = [("srdi_year", Cell::Year(2026))];
    insta::assert_snapshot!(told(&facts, "ladder-awards/srdi", Lang::En), @r#"
    Award for the provincial title: data is missing, so there is no decision: neither paid nor refused.
    It would get CNY 200,000.
    Met: recognised this year (is 2026, must be = 2026) Clause: measures 三(一).
    Not known: in good standing Clause: measures 十四.
    Not known: not on a list of serious dishonesty Clause: measures 十四.
    Met: no major accident Clause: measures 十四.
    "On a list of serious dishonesty" is missing; Science bureau holds it.
    What it takes at least, changes: 1.
    supply: On a list of serious dishonesty
    "#);
}

#[test]
fn waiting_is_dated() {
    let founded = NaiveDate::from_ymd_opt(2025, 9, 15).expect("a day");
    let facts = [
        ("founded", Cell::day(founded)),
        ("staff", Cell::Whole(20)),
        ("tech_staff", Cell::Whole(5)),
        ("patents", Cell::Whole(1)),
    ];
    let (rules, people) = someone(&facts);
    let report = &ladders(&rules, &people, 0)[0];
    assert_eq!((report.current, report.next), (None, Some(0)));
    let rising = &report.rungs[0].qualifications[0];
    let way = rising.way.as_ref().expect("it does not qualify yet");
    assert_eq!(way.by_time, NaiveDate::from_ymd_opt(2026, 9, 15));
}

#[test]
fn cases_notice_nearly_every_slip() {
    let mutation = mutate(&example());
    let survivors: Vec<String> = mutation
        .survivors
        .iter()
        .map(|one| format!("{} {} {} -> {}", one.rule, one.place, one.before, one.after))
        .collect();
    let share = mutation.share().expect("there is something to bend");
    assert!(share >= 0.95, "{share:.3} of {}:\n{}", mutation.tried, survivors.join("\n"));
}

#[test]
fn the_example_is_free_of_lints_of_meaning() {
    let (rules, _) = someone(&[]);
    let found: Vec<String> = lint(&example(), &rules).iter().map(|f| f.render(Lang::En)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_reform_is_told_by_clause_and_by_enterprise() {
    let mut pack = example();
    let before = pack.clone();
    let programme = pack.programmes.get_mut("rd-growth").expect("a programme");
    programme.awards[0].when[0].is = Some("rd_expense >= 300万元".into());
    let day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let set = |pack: &Pack| compile(pack, AsOf::on(day)).rules.expect("compiles");
    let (_, people) = someone(&growing());
    let reform = simulate(&set(&before), &set(&pack), &people, Settings::default());
    let reform = reform.expect("the same facts");
    let change = &reform.texts[0];
    assert_eq!((change.what.as_str(), reform.texts.len()), ("condition.floor", 1));
    assert_eq!((reform.totals.lost, reform.totals.no_longer), (1, 1));
    assert_eq!(reform.totals.lost_fen, Fen(5_000_000));
    let flip = &reform.movers[0].flips[0];
    assert_eq!((flip.condition.as_str(), flip.after), ("floor", Some(Truth3::No)));
}

#[test]
fn an_explanation_says_what_it_would_have_been() {
    let before = example();
    let mut pack = before.clone();
    let programme = pack.programmes.get_mut("rd-growth").expect("a programme");
    programme.awards[0].when[0].is = Some("rd_expense >= 300万元".into());
    let day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let set = |pack: &Pack| compile(pack, AsOf::on(day)).rules.expect("compiles");
    let (_, people) = someone(&growing());
    let (rules, before) = (set(&pack), set(&before));
    let mut explained = explain(&rules, &people, 0, None);
    compare(&mut explained, &rules, &before, &people, 0).expect("the same facts");
    let lines = |award: &str, lang| {
        let report = explained.awards.iter().find(|one| one.id == award).expect("an award");
        let all = render::award(report);
        let told: Vec<&str> = all.iter().map(|line| line.get(lang)).collect();
        let from = told
            .iter()
            .position(|line| line.starts_with("Under the earlier") || line.starts_with("按原规则"));
        told[from.expect("it was compared")..].join("\n")
    };
    insta::assert_snapshot!(lines("rd-growth/growth", Lang::En), @r"
    Under the earlier rules: qualifies, CNY 50,000 before the pool is shared out.
    R&D expense of 1 million or more: met before, now not met
    ");
    insta::assert_snapshot!(lines("rd-growth/growth", Lang::Zh), @r"
    按原规则：符合，资金池分配前为5万元。
    研发费用不低于100万元：原为满足，现为不满足
    ");
    insta::assert_snapshot!(lines("ladder-awards/srdi", Lang::En), @"Under the earlier rules: the same.");
}

#[test]
fn a_reform_tells_terms_and_pools_in_both_languages() {
    let before = example();
    let mut pack = before.clone();
    let programme = pack.programmes.get_mut("sea-trial").expect("a programme");
    programme.pools.get_mut("city").expect("a pool").amount = "600万元".into();
    programme.awards[0].cap.item = Some("8万元".into());
    programme.awards[0].delivery = linghang_pack::record::Delivery::Automatic;
    let day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let set = |pack: &Pack| compile(pack, AsOf::on(day)).rules.expect("compiles");
    let (_, people) = someone(&[]);
    let reform = simulate(&set(&before), &set(&pack), &people, Settings::default());
    let texts = reform.expect("the same facts").texts;
    let told = |lang: Lang| {
        let lines = texts.iter().map(|change| {
            let side = |text: &Option<linghang_core::Bilingual>| {
                text.as_ref().map_or("-", |text| text.get(lang)).to_owned()
            };
            let (before, after) = (side(&change.before), side(&change.after));
            format!("{} {}: {before} → {after}", change.award, change.what)
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(Lang::En), @r"
    sea-trial/trial cap.item: CNY 100,000 → CNY 80,000
    sea-trial/trial delivery: on application → without application
    sea-trial/city pool.amount: CNY 5,000,000 → CNY 6,000,000
    ");
    insta::assert_snapshot!(told(Lang::Zh), @r"
    sea-trial/trial cap.item: 10万元 → 8万元
    sea-trial/trial delivery: 申请后拨付 → 免申即享
    sea-trial/city pool.amount: 500万元 → 600万元
    ");
}

/// The example pack before and after a change, on one day.
fn changed(change: impl FnOnce(&mut Pack)) -> (RuleSet, RuleSet) {
    let before = example();
    let mut pack = before.clone();
    change(&mut pack);
    let day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    let set = |pack: &Pack| compile(pack, AsOf::on(day)).rules.expect("compiles");
    (set(&before), set(&pack))
}

#[test]
fn a_reform_of_ranks_alone_is_noticed() {
    let (before, after) = changed(|pack| {
        let programme = pack.programmes.get_mut("ladder-awards").expect("a programme");
        programme.awards[0].group.as_mut().expect("a group").rank = Some(3);
    });
    let (_, people) = someone(&[]);
    let reform = simulate(&before, &after, &people, Settings::default()).expect("the same facts");
    let changes: Vec<&str> = reform.texts.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(changes, ["group"]);
    assert!(reform.affected.len() > 1, "who shares the group is computed again");
}

#[test]
fn what_is_not_computed_any_more_is_not_told_as_gone() {
    let (before, after) = changed(|pack| {
        let programme = pack.programmes.get_mut("rd-growth").expect("a programme");
        programme.status = linghang_pack::record::RuleStatus::NotComputable;
    });
    let (_, people) = someone(&growing());
    let mut explained = explain(&after, &people, 0, None);
    compare(&mut explained, &after, &before, &people, 0).expect("the same facts");
    assert!(explained.idle.iter().any(|idle| idle.id == "rd-growth/growth"));
    assert!(explained.gone.is_empty(), "{:?}", explained.gone);
}

#[test]
fn a_fact_that_only_the_earlier_rules_read_must_mean_the_same() {
    let (before, after) = changed(|pack| {
        pack.programmes.retain(|id, _| id == "ladder-awards");
        let fact = pack.facts.values_mut().find(|fact| fact.id == "rd_expense").expect("a fact");
        fact.missing = linghang_pack::record::Missing::No;
    });
    let (_, people) = someone(&growing());
    let mut explained = explain(&after, &people, 0, None);
    let refused = compare(&mut explained, &after, &before, &people, 0);
    assert_eq!(refused.map_err(|error| error.code()), Err("rules.simulate_facts"));
}

#[test]
fn a_second_run_after_payment_owes_nothing() {
    let (rules, mut people) = someone(&growing());
    let due = |people: &Population| run(&rules, people, Options::default()).paid();
    let first = due(&people);
    assert!(first > Fen(0));
    people.paid.add(0, 2026, "rd-growth/growth", first);
    assert_eq!(due(&people), Fen(0));
}
