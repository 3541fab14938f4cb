//! From a gross amount to what is paid: the money stages, on plain data.
//!
//! In: the [`Terms`] of all awards, what each enterprise claims, what it was paid before. Out: what is due and who
//! bears it, with a [`Step`] for every stage. The order is fixed and no other module repeats it:
//!
//! 1. caps of one award: item, then year, then lifetime, the last two less what was paid ([`caps`]);
//! 2. stacking groups ([`group`]), then exclusions across programmes ([`exclude`]);
//! 3. the ceiling of the enterprise over all programmes ([`ceiling`]);
//! 4. budget pools, leaf to root ([`pool`], [`prorate`]);
//! 5. who pays ([`split`]).
//!
//! # Invariants
//!
//! - Money is whole fen. A gross amount becomes fen once, half up, before this module sees it. Rounding commutes with
//!   every limit that is itself whole fen, so rounding here or at the very end gives the same for a single award;
//!   and limits shared by several awards hold to the fen only when it is done first.
//! - What was paid for the same award and the same period is taken off what is due: paying twice is impossible.
//! - Every choice between awards ends in their ids, never in the order of files, rows or threads.
//!
//! Conditions, expressions and facts are not here.

pub mod caps;
pub mod ceiling;
pub mod exclude;
pub mod group;
pub mod history;
pub mod ledger;
pub mod pool;
pub mod prorate;
pub mod settle;
pub mod split;
pub mod step;
pub mod terms;

pub use history::{History, Payment};
pub use ledger::{Entry, Ledger, LedgerError};
pub use settle::{Claim, Line, settle};
pub use step::{Effect, Stage, Step, Trace};
pub use terms::{AwardTerms, Caps, Group, Once, Pool, Share, Take, Terms, WhenShort};

#[cfg(test)]
mod laws;
