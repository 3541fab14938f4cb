//! Judges all enterprises under all awards: who gets what, and how many are unknown.
//!
//! Batches of rows go to all cores and come back in their order; within a batch each condition is computed once, as
//! two bitmaps, whichever rules demand it. Amounts are computed for eligible rows only. Pools need everybody and come
//! last. Neither the number of threads nor the size of a batch changes a byte of the result.

mod amounts;
mod judge;
mod overflow;
mod pools;
mod result;
mod sum;
mod truths;

use rayon::prelude::*;

use crate::facts::Population;
use crate::model::RuleSet;

pub use judge::{Decision, Verdict};
pub use result::{PaidLine, RuleResult, Run};

pub(crate) use judge::Judge;
pub(crate) use overflow::is_too_large;
pub(crate) use result::fen;
pub(crate) use truths::Cache;

/// How a run is done. None of this changes what comes out of it, except how much of it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Rows that are judged together.
    pub batch_rows: usize,
    /// What is kept.
    pub mode: Mode,
}

/// What a run keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Payments and counts.
    Plain,
    /// Also the decision of every award on every enterprise, the truth of every condition, and near misses.
    Explained,
}

impl Default for Options {
    fn default() -> Self {
        Self { batch_rows: 32_768, mode: Mode::Plain }
    }
}

/// Runs all awards over all enterprises.
pub fn run(rules: &RuleSet, population: &Population, options: Options) -> Run {
    let judge = Judge::new(rules, population);
    let history = population.paid.history(rules);
    let batch_rows = options.batch_rows.max(1);
    let starts: Vec<usize> = (0..population.rows()).step_by(batch_rows).collect();
    let parts: Vec<result::Part> = starts
        .into_par_iter()
        .map(|start| {
            let batch = population.batch.slice(start, batch_rows);
            let seen = judge.batch(&batch, start, options.mode);
            let claims = amounts::claims(rules, &batch, &seen.masks);
            let lines = amounts::settle_all(rules, &history, claims.claims, start, batch.rows());
            result::Part::new(start, seen, claims.verdicts, lines, options.mode)
        })
        .collect();
    let mut run = Run::collect(rules, population.rows(), parts);
    run.note_due();
    pools::apply(rules, population, &history, &mut run);
    run.add_up(rules);
    run
}
