//! The limits of one award: item, year, lifetime, and "once".
//!
//! Payments for the same award and the same period are the same claim. They do not use up the limits of that claim;
//! they are taken off what is due at the end, so that a second run pays what is still owed and nothing twice. An award
//! whose year cap lies above its item cap is declared to be paid for several items a year ([`AwardTerms::is_by_item`]):
//! there earlier payments of the year are other items, and use up the year.
//!
//! [`AwardTerms::is_by_item`]: super::AwardTerms::is_by_item

use linghang_core::{Fen, Year};

use super::history::{Payment, net};
use super::step::{Effect, Stage, Step, Trace};
use super::terms::{AwardIx, Once, Terms};

/// Applies item, year and lifetime caps and "once" to a gross amount. `paid` is the history of this enterprise.
pub(crate) fn entitled(
    terms: &Terms,
    period: Year,
    award: AwardIx,
    gross: Fen,
    paid: &[Payment],
    trace: &mut impl Trace,
) -> Fen {
    let declared = terms.award(award);
    let others = paid.iter().filter(|payment| payment.award == Some(award));
    let earlier = net(others.clone().filter(|payment| payment.period != period));
    let this_year = if declared.is_by_item() {
        net(others.clone().filter(|payment| payment.period == period))
    } else {
        Fen(0)
    };
    let gross = gross.max(Fen(0));
    let mut amount = gross;
    let ever = Fen(earlier.0.saturating_add(this_year.0));
    for (stage, limit, used) in [
        (Stage::Item, declared.caps.item, Fen(0)),
        (Stage::Year, declared.caps.year, this_year),
        (Stage::Lifetime, declared.caps.lifetime, ever),
    ] {
        amount = limited(award, stage, amount, limit, used, trace);
    }
    let given = match declared.once {
        Some(Once::Lifetime) if earlier > Fen(0) => {
            others.filter(|payment| payment.period != period).map(|payment| payment.period).min()
        }
        _ => None,
    };
    let before = amount;
    if given.is_some() {
        amount = Fen(0);
    }
    trace.step(|| {
        let effect = match (declared.once, given) {
            (None, _) => Effect::NotSet,
            (_, Some(period)) => Effect::GivenBefore { period },
            (Some(_), None) => Effect::Within { limit: before },
        };
        Step { award, stage: Stage::Once, before, after: amount, effect }
    });
    amount
}

/// Cuts an amount to a limit of which some may be used up.
pub(crate) fn limited(
    award: AwardIx,
    stage: Stage,
    amount: Fen,
    limit: Option<Fen>,
    used: Fen,
    trace: &mut impl Trace,
) -> Fen {
    let left = limit.map(|limit| Fen(limit.0.saturating_sub(used.0).max(0)));
    let after = left.map_or(amount, |left| amount.min(left));
    trace.step(|| {
        let effect = match (limit, left) {
            (Some(limit), Some(left)) if amount > left => {
                debug_assert!(after == left, "a limit that binds is what remains");
                Effect::Cut { limit, used }
            }
            (Some(_), Some(left)) => Effect::Within { limit: left },
            _ => Effect::NotSet,
        };
        Step { award, stage, before: amount, after, effect }
    });
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::terms::{AwardTerms, Caps};

    const NOW: Year = 2025;

    fn check(caps: Caps, once: Option<Once>, gross: i64, history: &[(Year, i64)]) -> i64 {
        let award = AwardTerms { caps, once, ..AwardTerms::plain("p/a") };
        let terms = Terms::new(vec![award], vec![], vec![], None).expect("no references");
        let paid: Vec<_> = history
            .iter()
            .map(|(period, fen)| Payment {
                row: 0,
                period: *period,
                award: Some(0),
                amount: Fen(*fen),
            })
            .collect();
        entitled(&terms, NOW, 0, Fen(gross), &paid, &mut ()).0
    }

    #[test]
    fn the_tightest_cap_binds() {
        let caps = Caps { item: Some(Fen(50)), year: Some(Fen(40)), lifetime: Some(Fen(100)) };
        assert_eq!(check(caps, None, 70, &[]), 40);
        assert_eq!(check(caps, None, 70, &[(2023, 40), (2024, 35)]), 25);
        assert_eq!(check(caps, None, 70, &[(2023, 40), (2024, 80)]), 0);
    }

    #[test]
    fn several_items_a_year_use_up_the_year() {
        let caps = Caps { item: Some(Fen(10)), year: Some(Fen(20)), lifetime: None };
        assert_eq!(check(caps, None, 12, &[(NOW, 15)]), 5);
        // Once a year is one item: what was paid for it is taken off later.
        assert_eq!(check(caps, Some(Once::Year), 12, &[(NOW, 15)]), 10);
    }

    #[test]
    fn an_amount_below_nothing_is_nothing() {
        assert_eq!(check(Caps::default(), None, -5, &[]), 0);
    }

    #[test]
    fn once_ever_means_that_an_earlier_year_ends_it_and_a_clawback_reopens_it() {
        let never = Caps::default();
        assert_eq!(check(never, Some(Once::Lifetime), 10, &[(2024, 10)]), 0);
        assert_eq!(check(never, Some(Once::Lifetime), 10, &[(2024, 10), (2024, -10)]), 10);
        assert_eq!(check(never, Some(Once::Year), 10, &[(2024, 10)]), 10);
    }
}
