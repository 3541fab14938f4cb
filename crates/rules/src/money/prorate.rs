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
    match (u64::try_from(pool), u64::try_from(demand)) {
        (Ok(pool), Ok(demand)) => share(claims, pool, demand, tie),
        _ => share(claims, pool, demand, tie),
    }
}

/// A number that holds the demand: 64 bits nearly always.
trait Size: Copy + Ord {
    /// Quotient and remainder of `claim * pool / demand`; `rate` is about `pool / demand`.
    fn divide(claim: u64, pool: Self, demand: Self, rate: f64) -> (i64, Self);
    fn to_f64(self) -> f64;
    fn less(self, share: i64) -> Self;
    fn to_count(self) -> usize;
}

/// A quotient that a double guesses to within one.
const TRUSTED: f64 = (1_u64 << 50) as f64;

impl Size for u64 {
    /// A double guesses the quotient and the remainder, taken modulo 2⁶⁴, corrects it: dividing 128 bits takes ten
    /// times as long.
    fn divide(claim: u64, pool: Self, demand: Self, rate: f64) -> (i64, Self) {
        let guess = claim as f64 * rate;
        if guess < TRUSTED && demand < 1 << 62 {
            let share = guess as u64;
            let rest = claim.wrapping_mul(pool).wrapping_sub(share.wrapping_mul(demand)) as i64;
            // The true remainder lies within one demand of the right range, far from where 64 bits wrap.
            let size = demand as i64;
            return if rest < 0 {
                (share as i64 - 1, (rest + size) as Self)
            } else if rest >= size {
                (share as i64 + 1, (rest - size) as Self)
            } else {
                (share as i64, rest as Self)
            };
        }
        let (share, rest) = u128::divide(claim, pool.into(), demand.into(), rate);
        (share, rest as Self)
    }

    fn to_f64(self) -> f64 {
        self as f64
    }

    fn less(self, share: i64) -> Self {
        self - share.unsigned_abs()
    }

    fn to_count(self) -> usize {
        self as usize
    }
}

impl Size for u128 {
    fn divide(claim: u64, pool: Self, demand: Self, _: f64) -> (i64, Self) {
        let exact = Self::from(claim) * pool;
        ((exact / demand) as i64, exact % demand)
    }

    fn to_f64(self) -> f64 {
        self as f64
    }

    fn less(self, share: i64) -> Self {
        self - Self::from(share.unsigned_abs())
    }

    fn to_count(self) -> usize {
        self as usize
    }
}

fn share<T: Size>(
    claims: &[i64],
    pool: T,
    demand: T,
    tie: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<i64> {
    let rate = pool.to_f64() / demand.to_f64();
    let mut shares = Vec::with_capacity(claims.len());
    let mut fractions = Vec::with_capacity(claims.len());
    let mut left = pool;
    for claim in claims {
        let (share, fraction) = T::divide((*claim).max(0).unsigned_abs(), pool, demand, rate);
        left = left.less(share);
        shares.push(share);
        fractions.push(fraction);
    }
    give_rest(&mut shares, &fractions, left.to_count(), tie);
    shares
}

/// Adds one fen to the `left` largest fractions. There are fewer fen left than claims with a fraction.
fn give_rest<T: Size>(
    shares: &mut [i64],
    fractions: &[T],
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
    if floors.iter().all(|floor| *floor <= 0) {
        return prorate(claims, pool, tie);
    }
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
            for shift in [0, 2, 8, 13, 14, 20, 40] {
                let (claim, pool) = ((claim >> shift) as u64, (pool >> shift) as u64);
                let demand = claim.max(pool) + (more >> shift) as u64;
                let rate = pool as f64 / demand as f64;
                let (share, rest) = u128::divide(claim, pool.into(), demand.into(), rate);
                prop_assert_eq!(u64::divide(claim, pool, demand, rate), (share, rest as u64));
            }
        }
    }
}
