//! Budget pools: who gets how much when there is not enough.
//!
//! Pools are worked from the leaves to the root, so that what a pool grants is a claim on the pool it lies within.
//! A pool that is exhausted never turns a yes into a no: the claim waits, or is prorated, as declared.

use std::cmp::Ordering;

use linghang_core::Fen;
use serde::Serialize;

use super::prorate::prorate_above;
use super::terms::{Pool, WhenShort};

/// One claim on a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolClaim {
    /// The pool that the award names.
    pub pool: usize,
    /// What is due. After [`share_out`]: what is paid.
    pub amount: Fen,
    /// Not paid when a short pool brings it below this.
    pub floor: Fen,
}

/// What became of one pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PoolResult {
    /// Name of the pool.
    pub name: String,
    /// What it holds for the period; absent when the amount is not set.
    pub amount: Option<Fen>,
    /// What was paid from it earlier in the period.
    pub spent: Fen,
    /// What is kept back for cases that are still unknown.
    pub reserve: Fen,
    /// What could be given: amount less spent less reserve. The demand where no amount is set.
    pub available: Fen,
    /// What was claimed.
    pub demand: Fen,
    /// What is paid.
    pub paid: Fen,
    /// Claims above nothing.
    pub claims: u64,
    /// Claims that got less than they asked for but something.
    pub reduced: u64,
    /// Claims that got nothing and wait.
    pub waiting: u64,
}

/// How claims are ordered. Both end in the id of enterprise and award, so that no two claims are equal.
pub struct Orders<'a> {
    /// By id alone: who gets the fen that are left.
    pub by_id: &'a dyn Fn(usize, usize) -> Ordering,
    /// Best score first, then date, then id.
    pub by_score: &'a dyn Fn(usize, usize) -> Ordering,
    /// Earliest first, then id.
    pub by_date: &'a dyn Fn(usize, usize) -> Ordering,
}

/// Shares out all pools. `spent` is what each paid earlier in the period.
///
/// The sum paid from a pool never passes what is available, nor does any claim grow.
pub fn share_out(
    pools: &[Pool],
    spent: &[Fen],
    claims: &mut [PoolClaim],
    orders: &Orders<'_>,
) -> Vec<PoolResult> {
    let mut results: Vec<Option<PoolResult>> = pools.iter().map(|_| None).collect();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); pools.len()];
    for (at, claim) in claims.iter().enumerate() {
        members[claim.pool].push(at);
    }
    let mut by_depth: Vec<usize> = (0..pools.len()).collect();
    by_depth.sort_by_key(|at| (std::cmp::Reverse(depth(pools, *at)), *at));
    for at in by_depth {
        let own = std::mem::take(&mut members[at]);
        results[at] = Some(share_one(&pools[at], spent[at], claims, &own, orders));
        if let Some(parent) = pools[at].within {
            members[parent].extend(own);
        }
    }
    results.into_iter().flatten().collect()
}

fn depth(pools: &[Pool], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(parent) = pools[at].within {
        at = parent;
        depth += 1;
    }
    depth
}

fn share_one(
    pool: &Pool,
    spent: Fen,
    claims: &mut [PoolClaim],
    members: &[usize],
    orders: &Orders<'_>,
) -> PoolResult {
    let asked: Vec<i64> = members.iter().map(|at| claims[*at].amount.0).collect();
    let demand: i128 = asked.iter().map(|amount| i128::from(*amount)).sum();
    let demand = i64::try_from(demand).unwrap_or(i64::MAX);
    let reserve = pool.amount.map_or(Fen(0), |amount| pool.reserve.of(amount.max(Fen(0))));
    let available = match pool.amount {
        Some(amount) => amount.0.saturating_sub(reserve.0).saturating_sub(spent.0).max(0),
        None => demand,
    };
    let granted = if pool.amount.is_none() || demand <= available {
        asked.clone()
    } else {
        let floors: Vec<i64> = members.iter().map(|at| claims[*at].floor.0).collect();
        granted(pool.when_short, &asked, &floors, available, members, orders)
    };
    for (at, amount) in members.iter().zip(&granted) {
        claims[*at].amount = Fen(*amount);
    }
    let pairs = || asked.iter().zip(&granted).filter(|(asked, _)| **asked > 0);
    PoolResult {
        name: pool.name.clone(),
        amount: pool.amount,
        spent,
        reserve,
        available: Fen(available),
        demand: Fen(demand),
        paid: Fen(granted.iter().sum()),
        claims: pairs().count() as u64,
        reduced: pairs().filter(|(asked, got)| **got > 0 && got < asked).count() as u64,
        waiting: pairs().filter(|(_, got)| **got == 0).count() as u64,
    }
}

fn granted(
    when_short: WhenShort,
    asked: &[i64],
    floors: &[i64],
    available: i64,
    members: &[usize],
    orders: &Orders<'_>,
) -> Vec<i64> {
    let of = |order: &dyn Fn(usize, usize) -> Ordering, a: usize, b: usize| {
        order(members[a], members[b])
    };
    match when_short {
        WhenShort::Prorate => {
            prorate_above(asked, floors, available, &|a, b| of(orders.by_id, a, b))
        }
        WhenShort::Stop => vec![0; asked.len()],
        WhenShort::Rank => in_order(asked, available, true, &|a, b| of(orders.by_score, a, b)),
        WhenShort::FirstCome => in_order(asked, available, true, &|a, b| of(orders.by_date, a, b)),
        WhenShort::NextYear => in_order(asked, available, false, &|a, b| of(orders.by_date, a, b)),
    }
}

/// Serves claims in an order until one does not fit. That one gets what is left, or waits whole with all after it.
fn in_order(
    asked: &[i64],
    available: i64,
    last_gets_the_rest: bool,
    order: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<i64> {
    let mut queue: Vec<usize> = (0..asked.len()).filter(|at| asked[*at] > 0).collect();
    queue.sort_by(|a, b| order(*a, *b));
    let mut granted = vec![0; asked.len()];
    let mut left = available;
    for at in queue {
        if asked[at] > left {
            if last_gets_the_rest {
                granted[at] = left;
            }
            break;
        }
        granted[at] = asked[at];
        left -= asked[at];
    }
    granted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::terms::Share;

    fn pool(amount: i64, when_short: WhenShort, within: Option<usize>) -> Pool {
        Pool { name: "p".into(), amount: Some(Fen(amount)), when_short, reserve: Share(0), within }
    }

    /// Amounts paid for claims (pool, amount); later claims have the better score.
    fn check(pools: &[Pool], spent: &[i64], claims: &[(usize, i64)]) -> Vec<i64> {
        let mut claims: Vec<_> = claims
            .iter()
            .map(|(pool, amount)| PoolClaim { pool: *pool, amount: Fen(*amount), floor: Fen(0) })
            .collect();
        let spent: Vec<_> = spent.iter().map(|fen| Fen(*fen)).collect();
        let orders = Orders {
            by_id: &|a, b| a.cmp(&b),
            by_score: &|a, b| b.cmp(&a),
            by_date: &|a, b| a.cmp(&b),
        };
        share_out(pools, &spent, &mut claims, &orders);
        claims.iter().map(|claim| claim.amount.0).collect()
    }

    #[test]
    fn each_way_of_being_short() {
        let claims = [(0, 60), (0, 60), (0, 30)];
        for (when_short, expected) in [
            (WhenShort::Prorate, vec![40, 40, 20]),
            (WhenShort::Rank, vec![10, 60, 30]),
            (WhenShort::FirstCome, vec![60, 40, 0]),
            (WhenShort::NextYear, vec![60, 0, 0]),
            (WhenShort::Stop, vec![0, 0, 0]),
        ] {
            assert_eq!(check(&[pool(100, when_short, None)], &[0], &claims), expected);
        }
    }

    #[test]
    fn what_was_spent_and_the_reserve_are_not_given() {
        let kept = Pool { reserve: Share(100_000), ..pool(100, WhenShort::Prorate, None) };
        assert_eq!(check(&[kept], &[50], &[(0, 80), (0, 80)]), [20, 20]);
    }

    #[test]
    fn a_pool_that_holds_enough_changes_nothing_and_one_without_an_amount_neither() {
        assert_eq!(check(&[pool(100, WhenShort::Stop, None)], &[0], &[(0, 99)]), [99]);
        let open = Pool { amount: None, ..pool(0, WhenShort::Stop, None) };
        assert_eq!(check(&[open], &[0], &[(0, 99)]), [99]);
    }

    #[test]
    fn a_pool_within_a_pool_is_held_to_both() {
        let pools = [pool(100, WhenShort::Prorate, None), pool(60, WhenShort::FirstCome, Some(0))];
        // The inner pool gives 60 of 90; the outer one has 100 for 60 + 140.
        assert_eq!(check(&pools, &[0, 0], &[(1, 50), (1, 40), (0, 140)]), [25, 5, 70]);
    }
}
