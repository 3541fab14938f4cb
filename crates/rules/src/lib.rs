//! Policy as code: who qualifies for what, on which rung, how much, and why (not).
//!
//! Floor 3. Rules and facts are handed in; this crate reads no file, clock, environment or network.

pub mod money;
