//! Synthetic data: a made-up city to run policies on, and a workload to measure engines with.
//!
//! Goes in: a number of rows and a seed, and what a pack says of districts and programmes. Comes out: Arrow batches,
//! one after another.
//!
//! # Invariants
//!
//! - A row is a function of (seed, row number): batch size, threads and the rows before it change nothing.
//! - Memory does not grow with the number of rows.
//! - Nothing made up can be taken for real: `source` is `synthetic` in every row, credit codes lie in a range that no
//!   division has, names say that they are fictional.
//!
//! # Not here
//!
//! Writing to a disk (`evidence`), any judgement of what a row gets (`rules`), the clock.

pub mod city;
mod draw;
pub mod rb12;

pub use draw::{Draw, mix};

/// What every made-up row has as its source.
pub const SOURCE: &str = "synthetic";
