//! Enterprises whose figures are too large to be computed with: an error of theirs alone, not a missing fact.
//!
//! Only conditions that could overflow at all are asked, and only about rows that are not decided; for the conditions
//! of real policies this costs nothing.

use linghang_expr::{Batch, Checked, Outcome, outcome_of};

use super::judge::Masks;
use crate::model::{Award, LeafIx, Requirement, RuleSet};

/// For each award the conditions that could overflow.
pub(crate) struct Overflow {
    leaves: Vec<Vec<LeafIx>>,
}

impl Overflow {
    pub(crate) fn new(rules: &RuleSet) -> Self {
        let can: Vec<bool> =
            rules.leaves.iter().map(|leaf| leaf.expression.checked.can_overflow()).collect();
        let of = |award: &Award| -> Vec<LeafIx> {
            let leaves = award.when.iter().flat_map(Requirement::leaves);
            leaves.filter(|leaf| can[*leaf]).collect()
        };
        Self { leaves: rules.awards.iter().map(of).collect() }
    }

    /// Turns rows that are unknown for this reason into errors.
    pub(crate) fn set(&self, at: usize, rules: &RuleSet, batch: &Batch, masks: &mut Masks) {
        if self.leaves[at].is_empty() {
            return;
        }
        let mut decided = &masks.yes | &masks.no;
        for mask in [&masks.review, &masks.error].into_iter().flatten() {
            decided = &decided | mask;
        }
        let is_too_large = |row: &u32| {
            let overflows = |leaf: &LeafIx| {
                let checked = &rules.leaves[*leaf].expression.checked;
                overflows(checked, rules, batch, *row as usize)
            };
            self.leaves[at].iter().any(overflows)
        };
        masks.add_errors((!&decided).set_indices_u32().filter(is_too_large));
    }
}

/// Whether a condition of an award is too large to be computed with for a row.
pub(crate) fn is_too_large(rules: &RuleSet, award: &Award, batch: &Batch, row: usize) -> bool {
    let mut leaves = award.when.iter().flat_map(Requirement::leaves);
    leaves.any(|leaf| {
        let checked = &rules.leaves[leaf].expression.checked;
        checked.can_overflow() && overflows(checked, rules, batch, row)
    })
}

fn overflows(checked: &Checked, rules: &RuleSet, batch: &Batch, row: usize) -> bool {
    let day = rules.as_of.legal;
    // A condition that is sure in spite of one part needs no help.
    outcome_of(checked.tree(), batch, row, day) == Outcome::Unknown
        && checked.overflows(batch, row, day)
}
