//! The commands: each reads its arguments, calls the engines, and prints or writes the answer.

mod demo;
mod evidence;
mod pack;
mod rules;
mod scan;
mod synth;
mod tables;

use std::io::{Write, stdout};

use linghang_core::Lang;
use serde::Serialize;

use crate::args::Command;
use crate::failure::Failure;
use crate::help;
use crate::session::Session;

/// Runs a command.
pub(crate) fn run(session: &Session, command: Command) -> Result<(), Failure> {
    match command {
        Command::Demo(arguments) => demo::run(session, &arguments),
        Command::Scan(command) => scan::run(session, command),
        Command::Evidence(command) => evidence::run(session, command),
        Command::Pack(command) => pack::run(session, &command),
        Command::Rules(command) => rules::run(session, command),
        Command::Synth(command) => synth::run(session, command),
        Command::HelpMarkdown => Ok(help::write_reference(Lang::En, &mut stdout().lock())?),
    }
}

/// Prints data as one JSON document.
fn print_json<T: Serialize>(data: &T) -> Result<(), Failure> {
    let mut output = stdout().lock();
    serde_json::to_writer_pretty(&mut output, data)?;
    writeln!(output)?;
    Ok(())
}

/// Says something to the reader beside the data.
pub(crate) fn say(session: &Session, text: &str) {
    if !session.is_quiet {
        // Messages are a courtesy: a closed stream is no reason to stop.
        writeln!(std::io::stderr(), "{text}").ok();
    }
}
