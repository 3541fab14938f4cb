//! Stacking: awards of a group of which an enterprise gets the highest, the first, or a limited sum.
//!
//! [`choose`] compares what each award gives by itself, so that an award which was paid last week still wins over a
//! smaller one. Then [`deduct`] takes off what was paid, and [`limit`] holds the sum of the group to its limit.

use linghang_core::{Fen, Year};

use super::caps::limited;
use super::history::{Payment, net};
use super::settle::Line;
use super::step::{Effect, Stage, Step, Trace};
use super::terms::{AwardIx, Take, Terms};

/// Keeps one award of each group that gives only one.
pub(crate) fn choose(terms: &Terms, lines: &mut [Line], trace: &mut impl Trace) {
    for at in 0..lines.len() {
        let award = lines[at].award;
        let group = terms.award(award).group;
        let winner = match group.map(|place| (place, terms.groups()[place].take)) {
            None | Some((_, Take::Sum)) => None,
            Some((place, take)) => best(terms, lines, place, take),
        };
        let before = lines[at].due;
        let (after, effect) = match (group, winner) {
            (None, _) => (before, Effect::NotSet),
            (_, Some(by)) if by != award => (Fen(0), Effect::Beaten { by }),
            (Some(_), _) => (before, Effect::Stated),
        };
        lines[at].entitled = after;
        trace.step(|| Step { award, stage: Stage::Group, before, after, effect });
    }
    for line in lines {
        line.due = line.entitled;
    }
}

fn best(terms: &Terms, lines: &[Line], group: usize, take: Take) -> Option<AwardIx> {
    let members = lines.iter().filter(|line| terms.award(line.award).group == Some(group));
    let order = |a: &&Line, b: &&Line| {
        let first = match take {
            Take::Highest => b.due.cmp(&a.due),
            // What gives nothing is nobody's first choice.
            Take::First | Take::Sum => (a.due == Fen(0)).cmp(&(b.due == Fen(0))),
        };
        first.then_with(|| terms.by_rank(a.award, b.award))
    };
    members.min_by(order).map(|line| line.award)
}

/// Takes off what was paid before: for the same claim; for the one award of a group, under any award of that group.
pub(crate) fn deduct(
    terms: &Terms,
    period: Year,
    lines: &mut [Line],
    paid: &[Payment],
    trace: &mut impl Trace,
) {
    for line in lines {
        let award = line.award;
        let group = terms.award(award).group.map(|place| (place, &terms.groups()[place]));
        let before_now = net(paid.iter().filter(|payment| match (payment.award, group) {
            (Some(other), Some((place, group))) if group.take != Take::Sum => {
                let counts = payment.period == period || group.deduct_paid;
                counts && terms.award(other).group == Some(place)
            }
            (other, _) => {
                let is_by_item = terms.award(award).is_by_item();
                other == Some(award) && payment.period == period && !is_by_item
            }
        }));
        let before = line.due;
        line.due = Fen(before.0.saturating_sub(before_now.0).max(0));
        let after = line.due;
        trace.step(|| Step {
            award,
            stage: Stage::AlreadyPaid,
            before,
            after,
            effect: Effect::Deducted { paid: before_now },
        });
    }
}

/// Holds the sum of each group to its limit; awards of smaller rank go first.
pub(crate) fn limit(
    terms: &Terms,
    period: Year,
    lines: &mut [Line],
    paid: &[Payment],
    trace: &mut impl Trace,
) {
    for (place, group) in terms.groups().iter().enumerate() {
        let mut used = net(paid.iter().filter(|payment| {
            let is_member = |award| terms.award(award).group == Some(place);
            payment.award.is_some_and(is_member) && (payment.period == period || group.deduct_paid)
        }));
        let mut members: Vec<usize> = (0..lines.len())
            .filter(|at| terms.award(lines[*at].award).group == Some(place))
            .collect();
        members.sort_by(|a, b| terms.by_rank(lines[*a].award, lines[*b].award));
        for at in members {
            let line = &mut lines[at];
            line.due = limited(line.award, Stage::Limit, line.due, group.up_to, used, trace);
            used = Fen(used.0.saturating_add(line.due.0));
        }
    }
}

/// What was paid for this award and period before.
pub(crate) fn same_claim(period: Year, award: AwardIx, paid: &[Payment]) -> Fen {
    net(paid.iter().filter(|payment| payment.award == Some(award) && payment.period == period))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::settle::{Claim, settle};
    use crate::money::terms::{AwardTerms, Group};

    const NOW: Year = 2025;

    /// What is due to the awards `a`, `b`, … with these amounts; history is (period, award, fen).
    fn check(
        take: Take,
        up_to: Option<i64>,
        deduct_paid: bool,
        gross: &[i64],
        history: &[(Year, u16, i64)],
    ) -> Vec<i64> {
        let awards = (0..gross.len() as u32).map(|rank| AwardTerms {
            group: Some(0),
            rank,
            ..AwardTerms::plain(format!("p/{rank}"))
        });
        let group = Group { name: "g".into(), take, up_to: up_to.map(Fen), deduct_paid };
        let terms = Terms::new(awards.collect(), vec![group], vec![], None).expect("valid");
        let claims: Vec<_> = gross
            .iter()
            .enumerate()
            .map(|(award, fen)| Claim { award: award as u16, gross: Fen(*fen) })
            .collect();
        let paid: Vec<_> = history
            .iter()
            .map(|(period, award, fen)| Payment {
                row: 0,
                period: *period,
                award: Some(*award),
                amount: Fen(*fen),
            })
            .collect();
        settle(&terms, NOW, &claims, &paid, &mut ()).iter().map(|line| line.due.0).collect()
    }

    #[test]
    fn the_highest_is_given_and_ties_go_to_the_smaller_rank() {
        assert_eq!(check(Take::Highest, None, false, &[20, 100, 30], &[]), [0, 100, 0]);
        assert_eq!(check(Take::Highest, None, false, &[50, 50], &[]), [50, 0]);
    }

    #[test]
    fn the_first_is_the_first_that_gives_anything() {
        assert_eq!(check(Take::First, None, false, &[0, 20, 100], &[]), [0, 20, 0]);
    }

    #[test]
    fn a_step_up_in_the_same_year_pays_the_difference() {
        assert_eq!(check(Take::Highest, None, false, &[20, 100], &[(NOW, 0, 20)]), [0, 80]);
    }

    #[test]
    fn earlier_years_count_only_where_the_group_says_so() {
        let before = [(2023, 0, 20)];
        assert_eq!(check(Take::Highest, None, false, &[0, 100], &before), [0, 100]);
        assert_eq!(check(Take::Highest, None, true, &[0, 100], &before), [0, 80]);
    }

    #[test]
    fn a_sum_is_held_to_its_limit_also_when_a_later_award_was_paid_first() {
        assert_eq!(check(Take::Sum, Some(100), false, &[60, 80], &[]), [60, 40]);
        assert_eq!(check(Take::Sum, Some(100), false, &[60, 80], &[(NOW, 1, 80)]), [20, 0]);
    }
}
