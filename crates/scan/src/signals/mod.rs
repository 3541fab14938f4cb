//! Scores of candidates: the six signals of LH-6, and the signals it is compared with.

pub mod baselines;
mod escore;
mod lh6;
mod neighbours;
mod standard;

pub use escore::{escore, passes_published_filters};
pub use lh6::{SIGNALS, Score, lh6, measure};
pub use neighbours::Neighbours;
pub use standard::standardise;
