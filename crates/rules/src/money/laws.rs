//! Laws of the money stages, on random terms, claims and histories.

use std::cmp::Ordering;

use linghang_core::{Fen, Year};
use proptest::prelude::*;

use super::history::{History, Payment, net};
use super::pool::{Orders, PoolClaim, share_out};
use super::settle::{Claim, Line, settle, settle_alone};
use super::split::split;
use super::terms::{AwardTerms, Caps, Group, Once, Pool, Share, Take, Terms, WhenShort};

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() }
}

fn limit() -> impl Strategy<Value = Option<Fen>> {
    proptest::option::of((0_i64..300).prop_map(Fen))
}

fn award() -> impl Strategy<Value = AwardTerms> {
    let once = prop_oneof![Just(None), Just(Some(Once::Lifetime)), Just(Some(Once::Year))];
    let group = proptest::option::weighted(0.6, 0_usize..2);
    let excludes = proptest::collection::vec(0_u16..4, 0..2);
    (limit(), limit(), limit(), once, group, 0_u32..3, excludes).prop_map(
        |(item, year, lifetime, once, group, rank, excludes)| AwardTerms {
            caps: Caps { item, year, lifetime },
            once,
            group,
            rank,
            excludes,
            ..AwardTerms::plain("p")
        },
    )
}

fn group() -> impl Strategy<Value = Group> {
    let take = prop_oneof![Just(Take::Highest), Just(Take::Sum), Just(Take::First)];
    (take, limit(), any::<bool>()).prop_map(|(take, up_to, deduct_paid)| Group {
        name: String::new(),
        take,
        up_to,
        deduct_paid,
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let awards = proptest::collection::vec(award(), 4);
    let groups = proptest::collection::vec(group(), 2);
    (awards, groups, limit()).prop_map(|(mut awards, groups, ceiling)| {
        for (place, award) in awards.iter_mut().enumerate() {
            award.id = format!("p/{place}");
            award.excludes.retain(|other| usize::from(*other) != place);
        }
        Terms::new(awards, groups, vec![], ceiling).expect("the references lie in range")
    })
}

fn payments() -> impl Strategy<Value = Vec<Payment>> {
    let one = (2023_i32..2026, proptest::option::of(0_u16..4), -80_i64..250)
        .prop_map(|(period, award, fen)| Payment { row: 0, period, award, amount: Fen(fen) });
    proptest::collection::vec(one, 0..8).prop_map(|mut payments| {
        payments.sort_unstable();
        payments
    })
}

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    proptest::collection::vec(-20_i64..400, 4).prop_map(|amounts| {
        let all = (0_u16..).zip(amounts);
        // Small amounts stand for awards that are not claimed.
        all.filter(|(_, fen)| *fen > -10)
            .map(|(award, fen)| Claim { award, gross: Fen(fen) })
            .collect()
    })
}

const NOW: Year = 2025;

fn paid_to(line: &Line) -> Payment {
    Payment { row: 0, period: NOW, award: Some(line.award), amount: line.due }
}

/// The sum of some payments before and after; after may pass a limit only where nothing was added.
fn holds(
    limit: Option<Fen>,
    before: &[Payment],
    after: &[Payment],
    counts: impl Fn(&Payment) -> bool,
) -> bool {
    let old = net(before.iter().filter(|payment| counts(payment)));
    let new = net(after.iter().filter(|payment| counts(payment)));
    limit.is_none_or(|limit| new <= limit || new <= old)
}

/// The books after the lines were paid.
fn with_paid(before: &[Payment], lines: &[Line]) -> Vec<Payment> {
    let mut after = before.to_vec();
    after.extend(lines.iter().map(paid_to));
    after.sort_unstable();
    after
}

fn check_limits(terms: &Terms, before: &[Payment], lines: &[Line]) -> Result<(), TestCaseError> {
    let after = with_paid(before, lines);
    for line in lines {
        let of_award = |payment: &Payment| payment.award == Some(line.award);
        let caps = terms.award(line.award).caps;
        let in_year = |payment: &Payment| of_award(payment) && payment.period == NOW;
        let is_by_item = terms.award(line.award).is_by_item();
        prop_assert!(is_by_item || holds(caps.item, before, &after, in_year), "item cap");
        prop_assert!(caps.item.is_none_or(|item| line.due <= item), "cap of one item");
        prop_assert!(holds(caps.year, before, &after, in_year), "year cap");
        prop_assert!(holds(caps.lifetime, before, &after, of_award), "lifetime cap");
        prop_assert!(
            line.due >= Fen(0) && line.due <= line.entitled && line.entitled <= line.gross
        );
    }
    for (place, group) in terms.groups().iter().enumerate() {
        let of_group = |payment: &Payment| {
            let is_member = |award| terms.award(award).group == Some(place);
            payment.award.is_some_and(is_member) && payment.period == NOW
        };
        prop_assert!(holds(group.up_to, before, &after, of_group), "limit of a group");
        let best = lines.iter().filter(|line| terms.award(line.award).group == Some(place));
        if group.take != Take::Sum {
            let best = best.map(|line| line.entitled).max();
            prop_assert!(holds(best, before, &after, of_group), "one of a group");
        }
    }
    let in_year = |payment: &Payment| payment.period == NOW;
    prop_assert!(holds(terms.ceiling_year(), before, &after, in_year), "ceiling");
    Ok(())
}

fn dues(lines: &[Line]) -> Vec<(u16, Fen)> {
    let mut dues: Vec<_> = lines.iter().map(|line| (line.award, line.due)).collect();
    dues.sort_unstable();
    dues
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_limit_is_passed_under_any_history(terms in terms(), claims in claims(), paid in payments()) {
        let lines = settle(&terms, NOW, &claims, &paid, &mut ());
        check_limits(&terms, &paid, &lines)?;
    }

    #[test]
    fn a_second_run_pays_nothing(terms in terms(), claims in claims(), paid in payments()) {
        // A clawback beyond all payments is an error of the books that the ledger refuses.
        prop_assume!(paid.iter().all(|payment| payment.amount >= Fen(0)));
        let first = settle(&terms, NOW, &claims, &paid, &mut ());
        let books = with_paid(&paid, &first);
        let second = settle(&terms, NOW, &claims, &books, &mut ());
        for line in &second {
            // A group may now prefer what an exclusion had held back, but nothing is given to the same award again.
            let again = first.iter().find(|other| other.award == line.award);
            let is_by_item = terms.award(line.award).is_by_item();
            let is_new = again.is_some_and(|other| other.due == Fen(0));
            prop_assert!(line.due == Fen(0) || is_by_item || is_new);
        }
        check_limits(&terms, &books, &second)?;
    }

    #[test]
    fn the_order_of_claims_changes_nothing(terms in terms(), claims in claims(), paid in payments()) {
        let forward = settle(&terms, NOW, &claims, &paid, &mut ());
        let reversed: Vec<_> = claims.iter().rev().copied().collect();
        prop_assert_eq!(dues(&forward), dues(&settle(&terms, NOW, &reversed, &paid, &mut ())));
    }

    #[test]
    fn the_trace_is_unbroken_and_changes_nothing(terms in terms(), claims in claims(), paid in payments()) {
        let mut steps = Vec::new();
        let lines = settle(&terms, NOW, &claims, &paid, &mut steps);
        prop_assert_eq!(&lines, &settle(&terms, NOW, &claims, &paid, &mut ()));
        for line in &lines {
            let own: Vec<_> = steps.iter().filter(|step| step.award == line.award).collect();
            let mut stages: Vec<_> = own.iter().map(|step| step.stage).collect();
            stages.dedup();
            prop_assert!(stages.is_sorted(), "{:?}", stages);
            for pair in own.windows(2) {
                prop_assert_eq!(pair[0].after, pair[1].before, "{:?} {:?}", pair[0], pair[1]);
            }
            prop_assert_eq!(own.last().map(|step| step.after), Some(line.due));
        }
    }

    #[test]
    fn an_award_that_nothing_touches_is_the_same_settled_alone(
        award in award(), fen in 0_i64..400, paid in payments()
    ) {
        let free = AwardTerms { group: None, excludes: vec![], ..award };
        let terms = Terms::new(vec![free], vec![], vec![], None).expect("no references");
        let paid: Vec<_> = paid.into_iter().filter(|payment| payment.award.is_none_or(|at| at == 0)).collect();
        let claim = Claim { award: 0, gross: Fen(fen) };
        prop_assert!(!terms.interacts(0));
        prop_assert_eq!(
            settle(&terms, NOW, &[claim], &paid, &mut ()),
            vec![settle_alone(&terms, NOW, claim, &paid)]
        );
    }

    #[test]
    fn pools_never_pay_more_than_they_hold(pools in pools(), claims in pool_claims(), spent in 0_i64..100) {
        let spent = vec![Fen(spent); pools.len()];
        let (paid, results) = shared(&pools, &spent, &claims, false);
        for (at, (pool, result)) in pools.iter().zip(&results).enumerate() {
            if let Some(amount) = pool.amount {
                prop_assert!(result.paid.0 + result.reserve.0 + spent[at].0 <= amount.0.max(spent[at].0 + result.reserve.0));
            }
            prop_assert!(result.paid <= result.available);
            let prorates = pool.when_short == WhenShort::Prorate && result.demand > result.available;
            // Unless floors leave nobody to give to.
            let gives_all = result.paid == result.available || result.paid == Fen(0);
            prop_assert!(!prorates || gives_all, "all of it is given");
        }
        for (paid, claim) in paid.iter().zip(&claims) {
            prop_assert!(paid.0 >= 0 && *paid <= claim.amount);
        }
        let total: i64 = paid.iter().map(|paid| paid.0).sum();
        prop_assert!(results[0].amount.is_none_or(|amount| total <= amount.0), "the root holds all");
    }

    #[test]
    fn the_order_of_rows_changes_no_share(pools in pools(), claims in pool_claims()) {
        let spent = vec![Fen(0); pools.len()];
        let (forward, results) = shared(&pools, &spent, &claims, false);
        let turned: Vec<_> = claims.iter().rev().copied().collect();
        let (mut backward, turned_results) = shared(&pools, &spent, &turned, true);
        backward.reverse();
        prop_assert_eq!(forward, backward);
        prop_assert_eq!(results, turned_results);
    }

    #[test]
    fn the_parts_of_a_payment_add_up(fen in -5_000_000_000_i64..5_000_000_000, first in 0_u32..=1_000_000) {
        let parties = [("a".to_owned(), Share(first)), ("b".to_owned(), Share(Share::ONE - first))];
        let parts = split(Fen(fen), &parties);
        prop_assert_eq!(parts.iter().map(|part| part.0).sum::<i64>(), fen);
    }

    #[test]
    fn payments_are_found_whatever_their_order(mut paid in payments()) {
        for (place, payment) in paid.iter_mut().enumerate() {
            payment.row = place as u32 % 3;
        }
        let history = History::new(paid.clone());
        for row in 0..3 {
            let own = paid.iter().filter(|payment| payment.row == row);
            prop_assert_eq!(net(own), net(history.of(row).iter()));
        }
    }
}

/// A root and two pools within it.
fn pools() -> impl Strategy<Value = Vec<Pool>> {
    let when_short = prop_oneof![
        Just(WhenShort::Prorate),
        Just(WhenShort::Rank),
        Just(WhenShort::FirstCome),
        Just(WhenShort::NextYear),
        Just(WhenShort::Stop)
    ];
    let one = (proptest::option::weighted(0.9, 0_i64..600), when_short, 0_u32..300_000);
    proptest::collection::vec(one, 3).prop_map(|all| {
        let places = 0..all.len();
        let pools =
            all.into_iter().zip(places).map(|((amount, when_short, reserve), place)| Pool {
                name: format!("pool-{place}"),
                amount: amount.map(Fen),
                when_short,
                reserve: Share(reserve),
                within: (place > 0).then_some(0),
            });
        pools.collect()
    })
}

fn pool_claims() -> impl Strategy<Value = Vec<PoolClaim>> {
    let one = (0_usize..3, 0_i64..120, 0_i64..20).prop_map(|(pool, amount, floor)| PoolClaim {
        pool,
        amount: Fen(amount),
        floor: Fen(floor),
    });
    proptest::collection::vec(one, 1..12)
}

/// Shares out; the id of a claim is its place, counted from the other end when the claims are turned round.
fn shared(
    pools: &[Pool],
    spent: &[Fen],
    claims: &[PoolClaim],
    turned: bool,
) -> (Vec<Fen>, Vec<super::pool::PoolResult>) {
    let mut claims = claims.to_vec();
    let last = claims.len() - 1;
    let id = move |at: usize| if turned { last - at } else { at };
    let by_id = move |a: usize, b: usize| -> Ordering { id(a).cmp(&id(b)) };
    let by_score = move |a: usize, b: usize| (id(a) % 3).cmp(&(id(b) % 3)).then(by_id(a, b));
    let orders = Orders { by_id: &by_id, by_score: &by_score, by_date: &by_id };
    let results = share_out(pools, spent, &mut claims, &orders);
    (claims.iter().map(|claim| claim.amount).collect(), results)
}
