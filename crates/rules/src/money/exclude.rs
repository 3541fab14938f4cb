//! Awards that cannot be had beside each other, across programmes.
//!
//! An award that was paid for this period keeps its place: what excludes it gets nothing. Of the others the higher
//! amount goes first, so that the enterprise has the better of two; then rank, then id.

use linghang_core::{Fen, Year};

use super::group::same_claim;
use super::history::Payment;
use super::settle::Line;
use super::step::{Effect, Stage, Step, Trace};
use super::terms::{AwardIx, Terms};

/// Applies the exclusions to the lines of one enterprise.
pub(crate) fn exclude(
    terms: &Terms,
    period: Year,
    lines: &mut [Line],
    paid: &[Payment],
    trace: &mut impl Trace,
) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&lines[*a], &lines[*b]);
        b.due.cmp(&a.due).then_with(|| terms.by_rank(a.award, b.award))
    });
    let mut kept: Vec<AwardIx> = Vec::new();
    for at in order {
        let (award, before) = (lines[at].award, lines[at].due);
        let excludes = &terms.award(award).excludes;
        let is_paid = |other: &&AwardIx| same_claim(period, **other, paid) > Fen(0);
        let by = excludes
            .iter()
            .find(is_paid)
            .or_else(|| excludes.iter().find(|other| kept.contains(other)))
            .copied();
        let effect = match by {
            Some(by) => {
                lines[at].due = Fen(0);
                Effect::Beaten { by }
            }
            None if excludes.is_empty() => Effect::NotSet,
            None => Effect::Stated,
        };
        if lines[at].due > Fen(0) {
            kept.push(award);
        }
        let after = lines[at].due;
        trace.step(|| Step { award, stage: Stage::Exclusion, before, after, effect });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::settle::{Claim, settle};
    use crate::money::terms::AwardTerms;

    fn check(gross: [i64; 3], paid: Option<AwardIx>) -> Vec<i64> {
        // The second excludes the first and the third; first and third go together.
        let mut awards: Vec<_> = ["a/1", "b/2", "c/3"].into_iter().map(AwardTerms::plain).collect();
        awards[1].excludes = vec![0, 2];
        let terms = Terms::new(awards, vec![], vec![], None).expect("valid");
        let claims: Vec<_> =
            (0..3).map(|award| Claim { award, gross: Fen(gross[usize::from(award)]) }).collect();
        let paid: Vec<_> = paid
            .iter()
            .map(|award| Payment { row: 0, period: 2025, award: Some(*award), amount: Fen(1) })
            .collect();
        settle(&terms, 2025, &claims, &paid, &mut ()).iter().map(|line| line.due.0).collect()
    }

    #[test]
    fn the_higher_of_two_is_kept() {
        assert_eq!(check([5, 9, 8], None), [0, 9, 0]);
        assert_eq!(check([10, 9, 8], None), [10, 0, 8]);
    }

    #[test]
    fn what_was_paid_keeps_its_place() {
        assert_eq!(check([5, 9, 8], Some(0)), [4, 0, 8]);
    }
}
