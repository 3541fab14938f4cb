//! Policy as code: who qualifies for what, on which rung, how much, and why (not).
//!
//! Floor 3. Rules and facts are handed in; this crate reads no file, clock, environment or network.

pub mod compile;
pub mod evaluate;
pub mod explain;
pub mod facts;
pub mod lint;
pub mod model;
pub mod money;
pub mod mutate;
pub mod near_miss;
pub mod score;
pub mod simulate;
pub mod standing;
pub mod testing;

pub use compile::{Compiled, compile};
pub use evaluate::{Decision, Mode, Options, Run, run};
pub use explain::{Explanation, explain};
pub use facts::Population;
pub use model::{AsOf, RuleSet};
