//! Truths of the conditions of one batch, each computed once, and of the requirements made of them.

use std::cell::OnceCell;

use arrow_buffer::BooleanBuffer;
use linghang_expr::{Batch, Truth};

use super::sum::{Sum, spread};
use crate::model::{LeafIx, Requirement, RuleSet, Shape};

/// Truths of one batch, each computed once.
pub(crate) struct Cache<'a> {
    rules: &'a RuleSet,
    batch: Batch,
    pub(crate) truths: Vec<Option<Truth>>,
}

/// When at most one row in so many is left, a condition is computed for these rows alone: reading rows here and there
/// costs more than reading them in passing.
const FEW: usize = 3;

impl<'a> Cache<'a> {
    pub(crate) fn new(rules: &'a RuleSet, batch: &Batch) -> Self {
        Self { rules, batch: batch.clone(), truths: vec![None; rules.leaves.len()] }
    }

    /// The truth of a condition.
    pub(crate) fn leaf(&mut self, leaf: LeafIx) -> Truth {
        if self.truths[leaf].is_none() {
            let program = &self.rules.leaves[leaf].expression.program;
            self.truths[leaf] = Some(program.truth(&self.batch, self.rules.as_of.legal));
        }
        match &self.truths[leaf] {
            Some(truth) => truth.clone(),
            None => nothing(self.batch.rows()),
        }
    }

    /// The truth of a requirement; none where people decide and nothing is computed.
    pub(crate) fn requirement(&mut self, requirement: &Requirement) -> Option<Truth> {
        let rows = self.batch.rows();
        truth(requirement, rows, &mut |leaf| self.leaf(leaf))
    }

    /// The same where only some rows matter: the others may stay unknown. A condition that many rules share is computed
    /// for all rows, and kept; `users` says for each condition how often rules demand it.
    pub(crate) fn requirement_among(
        &mut self,
        requirement: &Requirement,
        picked: &Picked<'_>,
        users: &[usize],
    ) -> Option<Truth> {
        let rows = self.batch.rows();
        truth(requirement, rows, &mut |leaf| {
            if self.truths[leaf].is_some() || picked.count * FEW * users[leaf] > rows {
                return self.leaf(leaf);
            }
            let picked = picked.rows.get_or_init(|| picked.sum.rows_left());
            let program = &self.rules.leaves[leaf].expression.program;
            let found = program.truth_of(&self.batch, picked, self.rules.as_of.legal);
            let place = |bits| spread(bits, picked, rows);
            Truth { sure: place(&found.sure), surely_not: place(&found.surely_not) }
        })
    }
}

/// The rows of a batch that are not surely out, listed when somebody asks.
pub(crate) struct Picked<'a> {
    sum: &'a Sum,
    count: usize,
    rows: OnceCell<Vec<u32>>,
}

impl<'a> Picked<'a> {
    pub(crate) fn of(sum: &'a Sum, count: usize) -> Self {
        Self { sum, count, rows: OnceCell::new() }
    }
}

/// Kleene's AND and OR over the conditions of a requirement.
fn truth(
    requirement: &Requirement,
    rows: usize,
    leaf_truth: &mut dyn FnMut(LeafIx) -> Truth,
) -> Option<Truth> {
    if requirement.discretionary {
        return None;
    }
    let (parts, is_all) = match &requirement.shape {
        Shape::Leaf { leaf, .. } => return Some(leaf_truth(*leaf)),
        Shape::Judged => return None,
        Shape::All(parts) => (parts, true),
        Shape::Any(parts) => (parts, false),
    };
    let (set, unset) = (BooleanBuffer::new_set(rows), BooleanBuffer::new_unset(rows));
    let mut whole = if is_all {
        Truth { sure: set, surely_not: unset }
    } else {
        Truth { sure: unset, surely_not: set }
    };
    for part in parts {
        // A part that people decide is neither sure nor surely not.
        let part = truth(part, rows, leaf_truth).unwrap_or_else(|| nothing(rows));
        if is_all {
            whole.sure = &whole.sure & &part.sure;
            whole.surely_not = &whole.surely_not | &part.surely_not;
        } else {
            whole.sure = &whole.sure | &part.sure;
            whole.surely_not = &whole.surely_not & &part.surely_not;
        }
    }
    Some(whole)
}

fn nothing(rows: usize) -> Truth {
    let none = BooleanBuffer::new_unset(rows);
    Truth { sure: none.clone(), surely_not: none }
}
