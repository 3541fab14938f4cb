//! Compiled expressions: the same answers as `crate::reference`, for many enterprises at once.
//!
//! `plan` decides which kernel answers which part, `lane` computes whole numbers, `bits` packs comparisons, `truth`
//! and `values` run the plan.

mod bits;
mod lane;
mod plan;
mod truth;
mod values;

use arrow_buffer::BooleanBuffer;
use chrono::NaiveDate;

use crate::batch::{Batch, Column};
use crate::check::Checked;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::reference::Row;
use crate::tree::Node;
use crate::value::{Outcome, Valued};
pub use values::Amount;

use plan::{Fraction, Guard, Plan, Planner, Slot, is_shallow};
use truth::Chosen;

/// What a condition comes to for every row of a batch. No row is in both; a row in neither is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Rows in which the condition surely holds.
    pub sure: BooleanBuffer,
    /// Rows in which the condition surely does not hold.
    pub surely_not: BooleanBuffer,
}

/// A compiled expression. It can be shared between threads.
#[derive(Clone, Debug)]
pub struct Program {
    root: Node,
    slots: Vec<Slot>,
    work: Work,
}

#[derive(Clone, Debug)]
enum Work {
    Condition(Plan),
    Number {
        fraction: Fraction,
        uses: Vec<usize>,
        guards: Vec<Guard>,
    },
    /// Row by row, by the reference interpreter.
    Slow,
}

impl Checked {
    /// Compiles the expression.
    ///
    /// # Errors
    /// None today: what has no kernel is evaluated row by row. The type leaves room for a refusal.
    pub fn compile(&self) -> Result<Program, Problem> {
        let root = self.tree().clone();
        let mut planner = Planner::default();
        let work = if *self.kind() == Kind::Bool {
            Work::Condition(planner.plan(&root))
        } else {
            match planner.number(&root) {
                Some((fraction, uses, guards)) if is_shallow(&fraction) => {
                    Work::Number { fraction, uses, guards }
                }
                _ => Work::Slow,
            }
        };
        Ok(Program { root, slots: planner.slots, work })
    }
}

/// Evaluates a part of a checked expression for one row: for explanations, which ask many parts of one enterprise.
/// A row beyond the batch is unknown.
pub fn value_of(node: &Node, batch: &Batch, row: usize, as_of: NaiveDate) -> Valued {
    values::slow_value(node, batch, row, as_of)
}

/// Evaluates a condition that is part of a checked expression for one row, as [`value_of`] does.
pub fn outcome_of(node: &Node, batch: &Batch, row: usize, as_of: NaiveDate) -> Outcome {
    if row < batch.rows() { Row { batch, row, as_of }.truth(node) } else { Outcome::Unknown }
}

impl Program {
    /// Evaluates a condition for every row. A number is a condition that is unknown everywhere.
    pub fn truth(&self, batch: &Batch, as_of: NaiveDate) -> Truth {
        truth::of(self, batch, Chosen::All, as_of)
    }

    /// Evaluates a condition for some rows, in their order: worth it where few of a batch are still of interest.
    /// A row beyond the batch is unknown.
    pub fn truth_of(&self, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Truth {
        if rows.iter().all(|row| (*row as usize) < batch.rows()) {
            return truth::of(self, batch, Chosen::Picked(rows), as_of);
        }
        let within: Vec<u32> =
            rows.iter().copied().filter(|row| (*row as usize) < batch.rows()).collect();
        let found = truth::of(self, batch, Chosen::Picked(&within), as_of);
        let spread = |bits: &BooleanBuffer| {
            let mut found = bits.iter();
            let is_set = |row: &u32| (*row as usize) < batch.rows() && found.next() == Some(true);
            rows.iter().map(is_set).collect()
        };
        Truth { sure: spread(&found.sure), surely_not: spread(&found.surely_not) }
    }

    /// Evaluates an amount for some rows, in their order, rounded half away from zero to whole smallest units.
    pub fn amounts(&self, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Vec<Amount> {
        values::amounts(self, batch, rows, as_of)
    }

    /// Evaluates a number for some rows, in their order. Rows beyond the batch are unknown.
    pub fn values(&self, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Vec<Valued> {
        values::of(self, batch, rows, as_of)
    }

    /// Whether every part has a kernel; the rest is exact too, but evaluated row by row.
    pub fn is_vectorised(&self) -> bool {
        match &self.work {
            Work::Condition(plan) => truth::is_vectorised(plan),
            Work::Number { .. } => true,
            Work::Slow => false,
        }
    }

    fn columns(&self, batch: &Batch) -> Vec<Column> {
        let of = |(name, spec): &Slot| {
            batch.column(name).cloned().unwrap_or_else(|| Column::missing(spec, batch.rows()))
        };
        self.slots.iter().map(of).collect()
    }
}
