//! The program as a person uses it: arguments in, text, JSON, files and exit codes out.
//!
//! Everything is read from a fictional corpus that the tests write themselves. What the engines compute is tested in
//! their own crates; here stands what the program promises about it.

mod backtest;
mod corpus;
mod evidence;
mod explain;
mod figures;
mod pack;
mod rules;
mod run;
mod sources;
mod support;
mod tables;
mod usage;
mod world;
