//! One line of trace for every money stage, so that an amount can be read from top to bottom.

use linghang_core::Fen;
use serde::Serialize;

use super::terms::AwardIx;

/// The stages in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// What the clause gives before any limit, rounded half up to fen.
    Gross,
    /// Cap for one claim.
    Item,
    /// Cap for one year.
    Year,
    /// Cap for all time.
    Lifetime,
    /// Given once only.
    Once,
    /// Stacking group.
    Group,
    /// What was paid for the same claim, or by the same group, before.
    AlreadyPaid,
    /// Limit for the sum of a group.
    Limit,
    /// Exclusion across programmes.
    Exclusion,
    /// Ceiling of the enterprise.
    Ceiling,
    /// Budget pool.
    Pool,
    /// What is paid.
    Paid,
}

/// What a stage did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum Effect {
    /// No limit of this kind is set.
    NotSet,
    /// The limit is set and did not bind.
    Within {
        /// The limit after what was paid before.
        limit: Fen,
    },
    /// The limit bound.
    Cut {
        /// The limit as declared.
        limit: Fen,
        /// What earlier payments had used of it.
        used: Fen,
    },
    /// Another award is given instead.
    Beaten {
        /// The other award.
        by: AwardIx,
    },
    /// Payments before are taken off.
    Deducted {
        /// How much was paid.
        paid: Fen,
    },
    /// The award was given in an earlier period.
    GivenBefore {
        /// In which period.
        period: i32,
    },
    /// The pool shared what it had.
    Prorated {
        /// What the pool had.
        available: Fen,
        /// What was claimed from it.
        demand: Fen,
    },
    /// The pool had nothing left for this claim.
    Waiting {
        /// What the pool had at the start.
        available: Fen,
        /// What was claimed from it.
        demand: Fen,
    },
    /// The final or the first amount; nothing was changed.
    Stated,
}

/// What one stage made of one award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The award.
    pub award: AwardIx,
    /// The stage.
    pub stage: Stage,
    /// Amount that entered.
    pub before: Fen,
    /// Amount that left.
    pub after: Fen,
    /// Why.
    pub effect: Effect,
}

/// Takes steps, or does not: a run over millions keeps no trace, an explanation keeps all of it.
pub trait Trace {
    /// Takes one step. The step is built only when it is wanted.
    fn step(&mut self, step: impl FnOnce() -> Step);
}

impl Trace for () {
    fn step(&mut self, _: impl FnOnce() -> Step) {}
}

impl Trace for Vec<Step> {
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.push(step());
    }
}
