//! Dividing an amount among claims in whole fen, so that the sum is exact.
//!
//! Largest remainder (Hamilton): each claim gets its share rounded down, and the fen that are left go to the largest
//! fractions, ties to the smaller id. The result depends on the claims alone, not on their order.

use std::cmp::Ordering;

/// Shares `pool` among `claims`: each gets `claim * pool / sum`, never more than its claim; the shares add up to
/// `pool` exactly, or to the sum of the claims when that is smaller.
///
/// Claims and pool are not negative. `tie` compares two claims by id.
pub fn prorate(claims: &[i64], pool: i64, tie: &dyn Fn(usize, usize) -> Ordering) -> Vec<i64> {
    let size = |fen: i64| u128::from(fen.max(0).unsigned_abs());
    let demand: u128 = claims.iter().map(|claim| size(*claim)).sum();
    let pool = size(pool);
    if demand <= pool {
        return claims.iter().map(|claim| *claim.max(&0)).collect();
    }
    let rate = pool as f64 / demand as f64;
    let mut shares = Vec::with_capacity(claims.len());
    let mut fractions = Vec::with_capacity(claims.len());
    let mut left = pool;
    for claim in claims {
        let (share, fraction) = divide(size(*claim), pool, demand, rate);
        left -= share;
        shares.push(share as i64);
        fractions.push(fraction);
    }
    give_rest(&mut shares, &fractions, left as usize, tie);
    shares
}

/// Quotient and remainder of `claim * pool / demand`; `rate` is about `pool / demand`.
///
/// A double guesses the quotient and whole numbers correct it, because dividing 128 bits takes ten times as long.
fn divide(claim: u128, pool: u128, demand: u128, rate: f64) -> (u128, u128) {
    const TRUSTED: f64 = (1_u64 << 50) as f64;
    let exact = claim * pool;
    let guess = claim as f64 * rate;
    if guess < TRUSTED {
        let guess = guess as u128;
        for share in [guess, guess + 1, guess.saturating_sub(1)] {
            if let Some(rest) = exact.checked_sub(share * demand).filter(|rest| *rest < demand) {
                return (share, rest);
            }
        }
    }
    (exact / demand, exact % demand)
}

/// Adds one fen to the `left` largest fractions. There are fewer fen left than claims with a fraction.
fn give_rest(
    shares: &mut [i64],
    fractions: &[u128],
    left: usize,
    tie: &dyn Fn(usize, usize) -> Ordering,
) {
    if left == 0 {
        return;
    }
    let mut sorted = fractions.to_vec();
    let (_, last, _) = sorted.select_nth_unstable_by(left - 1, |a, b| b.cmp(a));
    let last = *last;
    let mut equal = Vec::new();
    let mut open = left;
    for (at, fraction) in fractions.iter().enumerate() {
        match fraction.cmp(&last) {
            Ordering::Greater => {
                shares[at] += 1;
                open -= 1;
            }
            Ordering::Equal => equal.push(at),
            Ordering::Less => {}
        }
    }
    // Equal amounts have equal fractions; only among these do ids decide.
    if open < equal.len() {
        equal.select_nth_unstable_by(open, |a, b| tie(*a, *b));
    }
    for at in &equal[..open] {
        shares[*at] += 1;
    }
}

/// As [`prorate`], but a share below the claim's floor is not paid: the claim drops out and the others share anew,
/// until nobody falls below. A claim that is itself below its floor is paid in full or not at all.
pub fn prorate_above(
    claims: &[i64],
    floors: &[i64],
    pool: i64,
    tie: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<i64> {
    let mut left = claims.to_vec();
    loop {
        let shares = prorate(&left, pool, tie);
        let is_too_small = |at: &usize| {
            let claim = claims[*at];
            left[*at] > 0 && shares[*at] < claim.min(floors[*at])
        };
        let dropped: Vec<usize> = (0..claims.len()).filter(is_too_small).collect();
        if dropped.is_empty() {
            return shares;
        }
        for at in dropped {
            left[at] = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_place(a: usize, b: usize) -> Ordering {
        a.cmp(&b)
    }

    #[test]
    fn the_fen_that_are_left_go_to_the_largest_fractions_then_to_the_smaller_id() {
        for (claims, pool, expected) in [
            (vec![100, 100, 100], 100, vec![34, 33, 33]),
            (vec![1, 2, 3], 4, vec![1, 1, 2]),
            (vec![5, 5], 20, vec![5, 5]),
            (vec![7, 0, 3], 5, vec![4, 0, 1]),
            (vec![9], 0, vec![0]),
        ] {
            assert_eq!(prorate(&claims, pool, &by_place), expected, "{claims:?} from {pool}");
        }
    }

    #[test]
    fn the_largest_amounts_do_not_overflow() {
        assert_eq!(
            prorate(&[i64::MAX, i64::MAX], i64::MAX, &by_place),
            [i64::MAX / 2 + 1, i64::MAX / 2]
        );
    }

    #[test]
    fn what_falls_below_its_floor_is_not_paid_and_the_others_share_it() {
        assert_eq!(prorate_above(&[10, 1_000], &[8, 8], 505, &by_place), [0, 505]);
        assert_eq!(prorate_above(&[10, 10], &[6, 6], 10, &by_place), [0, 0]);
        assert_eq!(prorate_above(&[10, 1_000], &[0, 0], 101, &by_place), [1, 100]);
        assert_eq!(prorate_above(&[5, 5], &[8, 8], 10, &by_place), [5, 5]);
    }

    proptest! {
        #[test]
        fn the_guessed_division_is_the_exact_one(
            claim in 0..=i64::MAX, pool in 0..=i64::MAX, more in 1..=i64::MAX,
        ) {
            for shift in [0, 20, 40] {
                let (claim, pool) = ((claim >> shift) as u128, (pool >> shift) as u128);
                let demand = claim.max(pool) + (more >> shift) as u128;
                let rate = pool as f64 / demand as f64;
                let exact = claim * pool;
                prop_assert_eq!(divide(claim, pool, demand, rate), (exact / demand, exact % demand));
            }
        }
    }
}
