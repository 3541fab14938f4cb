//! Policy as code: who qualifies for what, on which rung, how much, and why (not).
//!
//! Floor 3. Rules and facts are handed in; this crate reads no file, clock, environment or network.

pub mod compile;
pub mod evaluate;
pub mod facts;
pub mod model;
pub mod money;

pub use compile::{Compiled, compile};
pub use evaluate::{Decision, Mode, Options, Run, run};
pub use facts::Population;
pub use model::{AsOf, RuleSet};
