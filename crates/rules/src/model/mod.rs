//! The compiled rule set: conditions shared by all rules, awards with their terms, and what else the pack asks.
//!
//! Immutable once [`crate::compile`] made it. A reform is another rule set, never a change of this one, so that no
//! result can leak from one into the other.

mod award;
mod dictionary;
mod requirement;
mod rule_set;
mod standing;

pub use award::{Award, Idle, IdleReason, PoolRoute};
pub use dictionary::{Dictionary, FactInfo};
pub use requirement::{Expression, Leaf, LeafIx, Requirement, Shape};
pub use rule_set::{AsOf, RuleSet};
pub use standing::{Qualification, Route, Score, ScoreItem, Stage, Watch};
