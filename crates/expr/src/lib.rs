//! The expression language of policies: conditions, amounts and derived figures as checked, exact, three-valued text.
//!
//! Floor 1. A text such as `ratio(rd_expense, revenue) >= 3%` is [`check`]ed against the fact dictionary and the
//! parameters of one date, becomes a typed tree ([`Node`]), is compiled to a [`Program`] and evaluated over the
//! columns of a [`Batch`]: conditions to two bitmaps ([`Truth`]: surely true, surely false), numbers to exact values
//! ([`Valued`]). Laws that hold everywhere:
//!
//! - Unknown is never turned into yes or no, and adding a fact never turns a sure answer into unknown.
//! - Money is never a float; what does not fit is an overflow of its own row.
//! - Row order, batch size and the way a condition is written change nothing.
//! - The as-of date is an argument; there is no clock, file or randomness here.
//!
//! Not here: caps, groups, pools, files of a pack, rounding of amounts (the caller rounds once, at the end).

#![allow(
    clippy::result_large_err,
    reason = "a problem holds two texts in two languages; it is made while loading and never in a loop over rows"
)]

mod batch;
mod canonical;
mod check;
mod cure;
mod dates;
mod exact;
mod kind;
mod lexer;
mod literal;
mod overflow;
mod parameter;
mod problem;
mod program;
mod reference;
mod suggest;
mod trace;
mod tree;
mod value;
mod words;

pub use batch::Batch;
pub use check::{Checked, Expect, check};
pub use cure::cured_on;
pub use exact::{Exact, Rounding};
pub use kind::{Currency, DurationUnit, Kind, Unit};
pub use literal::{Constant, Literal, number_text};
pub use parameter::{Bracket, FactSpec, Facts, Missing, Parameter, Parameters};
pub use problem::Problem;
pub use program::{Amount, Program, Truth, outcome_of, value_of};
pub use trace::{Gap, Trace, trace};
pub use tree::{ArithmeticOp, CompareOp, Function, Node, Op};
pub use value::{Outcome, Reason, Value, Valued};
