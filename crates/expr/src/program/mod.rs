//! Compiled expressions: the same answers as `crate::reference`, for many enterprises at once.

use arrow_buffer::BooleanBuffer;
use chrono::NaiveDate;

use crate::batch::Batch;
use crate::check::Checked;
use crate::exact::Exact;
use crate::problem::Problem;
use crate::reference::{Found, Row};
use crate::tree::Node;
use crate::value::{Outcome, Reason, Value, Valued};

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
}

impl Checked {
    /// Compiles the expression.
    ///
    /// # Errors
    /// None today; the result leaves room for expressions that have no program.
    pub fn compile(&self) -> Result<Program, Problem> {
        Ok(Program { root: self.tree().clone() })
    }
}

impl Program {
    /// Evaluates a condition for every row.
    pub fn truth(&self, batch: &Batch, as_of: NaiveDate) -> Truth {
        let outcomes: Vec<Outcome> =
            (0..batch.rows()).map(|row| Row { batch, row, as_of }.truth(&self.root)).collect();
        let bits =
            |wanted| BooleanBuffer::collect_bool(outcomes.len(), |row| outcomes[row] == wanted);
        Truth { sure: bits(Outcome::True), surely_not: bits(Outcome::False) }
    }

    /// Evaluates a number for some rows, in their order. Rows beyond the batch are unknown.
    pub fn values(&self, batch: &Batch, rows: &[u32], as_of: NaiveDate) -> Vec<Valued> {
        rows.iter().map(|row| slow_value(&self.root, batch, *row as usize, as_of)).collect()
    }
}

fn slow_value(node: &Node, batch: &Batch, row: usize, as_of: NaiveDate) -> Valued {
    if row >= batch.rows() {
        return Valued::Unknown(Reason::Missing("row".into()));
    }
    let exact = match (Row { batch, row, as_of }).value(node) {
        Found::Unknown(Reason::Overflow) => None,
        Found::Unknown(reason) => return Valued::Unknown(reason),
        Found::Absent(fact) => return Valued::Unknown(Reason::None(fact)),
        Found::Value(Value::Exact(value)) => Some(value),
        Found::Value(Value::Float(value)) => Exact::from_f64(value),
        Found::Value(Value::Days(days)) => Some(Exact::whole(days.into())),
        Found::Value(Value::Label(code)) => Some(Exact::whole(code.into())),
        Found::Value(Value::Bool(value)) => Some(Exact::whole(value.into())),
        Found::Value(Value::Text(_)) => None,
    };
    exact.map_or(Valued::Overflow, Valued::Known)
}
