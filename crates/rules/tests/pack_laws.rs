//! Laws of whole packs, on random enterprises: every award of the packs that are shipped, not one chosen for a test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use arrow_array::StringArray;
use chrono::NaiveDate;
use linghang_core::Fen;
use linghang_expr::Kind;
use linghang_pack::Pack;
use linghang_rules::facts::{Cell, column};
use linghang_rules::{AsOf, Decision, Options, Population, RuleSet, compile, explain, run};
use proptest::prelude::*;

/// The example holds from 2026 on; most rules of the city ended with 2025.
fn day_of(pack: &str) -> NaiveDate {
    let year = if pack == "example" { 2026 } else { 2025 };
    NaiveDate::from_ymd_opt(year, 6, 30).expect("a day of June")
}

fn pack(name: &str) -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    linghang_pack::load(&dir).pack.expect("a shipped pack loads")
}

fn rules(pack: &Pack) -> RuleSet {
    compile(pack, AsOf::on(day_of(&pack.id))).rules.expect("the pack compiles")
}

static SHIPPED: LazyLock<Vec<RuleSet>> =
    LazyLock::new(|| ["example", "guangzhou"].map(|name| rules(&pack(name))).into());

/// The example as it is, and with all lists in its files turned round.
static TURNED: LazyLock<(RuleSet, RuleSet)> = LazyLock::new(|| {
    let straight = pack("example");
    let mut turned = straight.clone();
    for programme in turned.programmes.values_mut() {
        programme.awards.reverse();
        programme.tests.reverse();
        for award in &mut programme.awards {
            award.when.reverse();
            award.excludes.reverse();
        }
    }
    (rules(&straight), rules(&turned))
});

/// A value of a kind on a day, drawn from a number: often round, often near the limits that policies name.
fn cell(kind: &Kind, day: NaiveDate, draw: u64) -> Option<Cell> {
    // One in five is missing.
    let (draw, is_missing) = (draw / 5, draw.is_multiple_of(5));
    let pick = |of: u64| draw % of;
    let amount = [0, 1, 99, 100_000, 50_000_000, 100_000_000, 2_000_000_000, 100_000_000_000];
    let cell = match kind {
        Kind::Bool => Cell::Flag(pick(2) == 0),
        Kind::Label(labels) => Cell::Text(labels[pick(labels.len() as u64) as usize].clone()),
        Kind::Text => Cell::Text(format!("t{}", pick(3))),
        Kind::Date => Cell::day(day - chrono::Days::new(pick(4_000)) + chrono::Days::new(400)),
        Kind::Year => Cell::Year(2_020 + pick(8) as i32),
        Kind::Ratio => Cell::Whole([0, 29_999, 30_000, 50_000, 700_000][pick(5) as usize]),
        Kind::Number => Cell::Float(pick(100) as f64),
        Kind::Money(_) => Cell::Whole(amount[pick(8) as usize] + (draw / 8 % 1_000) as i64),
        _ => Cell::Whole(pick(400) as i64),
    };
    (!is_missing).then_some(cell)
}

type Facts = BTreeMap<String, Option<Cell>>;

/// An enterprise: a value of every fact that the rules read.
fn firm(rules: &RuleSet, seed: u64) -> Facts {
    let mut draw = seed;
    let one = |fact: String| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let kind = rules.dictionary.get(&fact)?.kind.clone();
        let is_given = rules.dictionary.get(&fact)?.record.from.is_some();
        is_given.then(|| (fact, cell(&kind, rules.as_of.legal, draw >> 20)))
    };
    rules.facts_used().into_iter().filter_map(one).collect()
}

fn population(rules: &RuleSet, ids: &[usize], firms: &[Facts]) -> Population {
    let names: Vec<String> = firms[0].keys().cloned().collect();
    let columns = names.iter().map(|fact| {
        let kind = &rules.dictionary.get(fact).expect("a fact").kind;
        let cells: Vec<Option<Cell>> = firms.iter().map(|firm| firm[fact].clone()).collect();
        (fact.as_str(), column(kind, &cells))
    });
    let ids = StringArray::from_iter_values(ids.iter().map(|id| format!("e{id:04}")));
    Population::new(ids, columns.collect(), rules, rules.as_of.legal, &[]).expect("columns fit")
}

/// What each enterprise is paid, by its id and the award's.
fn paid(rules: &RuleSet, people: &Population) -> BTreeMap<(String, String), Fen> {
    let run = run(rules, people, Options { batch_rows: 7, ..Options::default() });
    let one = |line: &linghang_rules::evaluate::PaidLine| {
        let id = people.ids.value(line.row as usize).to_owned();
        ((id, rules.awards[usize::from(line.award)].id.clone()), line.paid)
    };
    run.lines().map(one).collect()
}

/// Decisions and amounts before pools of one enterprise, by award.
fn judged(rules: &RuleSet, firm: &Facts) -> Vec<(Decision, Fen)> {
    let people = population(rules, &[0], std::slice::from_ref(firm));
    let explained = explain(rules, &people, 0, None);
    let due =
        |amount: Option<linghang_rules::explain::AmountReport>| amount.map_or(Fen(0), |a| a.due);
    explained.awards.into_iter().map(|one| (one.decision, due(one.amount))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_rules_and_conditions_changes_no_payment(
        seeds in proptest::collection::vec(any::<u64>(), 40), turn in 1_usize..39,
    ) {
        let (straight, turned) = &*TURNED;
        let firms: Vec<Facts> = seeds.iter().map(|seed| firm(straight, *seed)).collect();
        let ids: Vec<usize> = (0..firms.len()).collect();
        let first = paid(straight, &population(straight, &ids, &firms));
        let (mut other_ids, mut other_firms) = (ids, firms);
        other_ids.rotate_left(turn);
        other_firms.rotate_left(turn);
        prop_assert_eq!(&first, &paid(straight, &population(straight, &other_ids, &other_firms)));
        prop_assert_eq!(&first, &paid(turned, &population(turned, &other_ids, &other_firms)));
    }

    #[test]
    fn pools_ceilings_and_caps_hold_for_everybody_together(
        seeds in proptest::collection::vec(any::<u64>(), 60),
    ) {
        for rules in SHIPPED.iter() {
            let firms: Vec<Facts> = seeds.iter().map(|seed| firm(rules, *seed)).collect();
            let ids: Vec<usize> = (0..firms.len()).collect();
            let people = population(rules, &ids, &firms);
            let run = run(rules, &people, Options::default());
            for pool in &run.pools {
                prop_assert!(pool.amount.is_none_or(|amount| pool.paid <= amount), "{}", pool.name);
            }
            for line in run.lines() {
                let caps = rules.terms.awards()[usize::from(line.award)].caps;
                let limits = [caps.item, caps.year, caps.lifetime];
                prop_assert!(limits.iter().flatten().all(|cap| line.paid <= *cap));
                prop_assert!(line.paid >= Fen(0) && line.paid <= line.gross.max(Fen(0)));
            }
            for row in 0..people.rows() {
                let all: i64 = run.lines_of(row).iter().map(|line| line.paid.0).sum();
                prop_assert!(rules.terms.ceiling_year().is_none_or(|ceiling| Fen(all) <= ceiling));
            }
        }
    }

    #[test]
    fn more_of_a_fact_declared_monotone_never_lowers_a_grant(
        seed in any::<u64>(), more in 1_i64..5_000_000_000,
    ) {
        for rules in SHIPPED.iter() {
            let firm = firm(rules, seed);
            for (at, award) in rules.awards.iter().enumerate() {
                for fact in &award.monotone {
                    let Some(Some(Cell::Whole(value))) = firm.get(fact) else { continue };
                    let mut richer = firm.clone();
                    richer.insert(fact.clone(), Some(Cell::Whole(value + more)));
                    // Alone: beside others the highest of a group may be another one.
                    let alone = |firm: &Facts| gross(rules, at, firm);
                    prop_assert!(alone(&firm) <= alone(&richer), "{} by {fact}", award.id);
                }
            }
        }
    }

    #[test]
    fn one_more_fact_never_turns_a_yes_into_unknown(seed in any::<u64>(), place in any::<prop::sample::Index>()) {
        for rules in SHIPPED.iter() {
            let whole = firm(rules, seed);
            let mut fewer = whole.clone();
            let fact = whole.keys().nth(place.index(whole.len())).expect("there are facts").clone();
            fewer.insert(fact.clone(), None);
            for ((award, without), with) in
                rules.awards.iter().zip(judged(rules, &fewer)).zip(judged(rules, &whole))
            {
                let is_lost = without.0 == Decision::Yes && with.0 == Decision::Unknown;
                prop_assert!(!is_lost, "{} by {fact}", award.id);
            }
        }
    }
}

/// What an award alone comes to after its own caps; nothing where it is not given.
fn gross(rules: &RuleSet, at: usize, firm: &Facts) -> Fen {
    let people = population(rules, &[0], std::slice::from_ref(firm));
    let explained = explain(rules, &people, 0, None);
    let report = &explained.awards[at];
    let caps = rules.terms.awards()[at].caps;
    let first = report.amount.as_ref().and_then(|amount| amount.steps.first());
    let gross = first.map_or(Fen(0), |step| step.after);
    [caps.item, caps.year, caps.lifetime].into_iter().flatten().fold(gross, Fen::min)
}

#[test]
fn random_enterprises_reach_most_awards() {
    for rules in SHIPPED.iter() {
        let mut reached = vec![false; rules.awards.len()];
        for seed in 0..600_u64 {
            let firm = firm(rules, seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            for (reached, (decision, _)) in reached.iter_mut().zip(judged(rules, &firm)) {
                *reached |= decision == Decision::Yes;
            }
        }
        let count = reached.iter().filter(|reached| **reached).count();
        assert!(2 * count > reached.len(), "{count} of {}", reached.len());
    }
}
