//! The project's own tools: `cargo xtask check | floors | gen | test`.
//!
//! Everything that continuous integration asks is asked here, so that a red build can be made green at home. This
//! program reads the workspace and starts `cargo`; it is not part of the product and no crate depends on it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the terminal: results to stdout, progress and findings to stderr"
)]

mod check;
mod finding;
mod floors;
mod generate;
mod suite;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask check          everything that must hold before a change is handed in
cargo xtask tidy           only the checks that read the tree and build nothing
cargo xtask floors         only the directions between crates
cargo xtask gen            writes the generated files: schemas/, docs/guide/cli.md
cargo xtask gen --check    fails where a generated file differs from its source
cargo xtask test [ARG…]    runs the tests (cargo test --workspace ARG…) and counts those that were skipped";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["check"] => check::run(),
        ["tidy"] => finding::report("tidy", &tidy::findings()?),
        ["floors"] => finding::report("floors", &floors::findings()?),
        ["gen"] => generate::write(),
        ["gen", "--check"] => finding::report("generated files", &generate::drift()?),
        ["test", rest @ ..] => suite::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown: `cargo xtask {}`\n\n{HELP}", words.join(" ")),
    }
}
