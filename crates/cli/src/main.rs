//! The `linghang` executable: reads arguments, environment and clock, calls the engines, prints and writes.
//!
//! Data goes to standard output, everything else to standard error. Exit codes are those of [`failure::Exit`].
//! This is the only crate that knows the clock, the environment and the working directory.

mod args;
mod commands;
mod failure;
mod help;
mod load;
mod output;
mod session;
mod texts;
mod usage;

use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::args::Cli;
use crate::failure::Exit;
use crate::session::Session;

fn main() -> ExitCode {
    let lang = session::language_before_parsing(std::env::args_os().skip(1));
    let matches = match help::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage::explain(&error, lang),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error, lang),
    };
    let session = match Session::new(&cli.global, lang) {
        Ok(session) => session,
        Err(failure) => return failure.report(lang, cli.global.json).into(),
    };
    match commands::run(&session, cli.command) {
        Ok(()) => Exit::Done.into(),
        Err(failure) => failure.report(session.lang, session.is_json).into(),
    }
}
