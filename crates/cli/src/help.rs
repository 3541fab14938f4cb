//! Help, in the language of the reader.
//!
//! English help stands beside the arguments in [`crate::args`]; Chinese help is in `i18n/zh.ftl` under
//! `help-COMMAND` and `help-COMMAND--ARGUMENT`, with dashes between the words of a command.

use clap::{Command, CommandFactory as _};
use linghang_core::Lang;

use crate::args::Cli;
use crate::texts;

/// Returns the command tree with help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command();
    match lang {
        Lang::En => command,
        Lang::Zh => translated(command, "help"),
    }
}

fn translated(mut command: Command, path: &str) -> Command {
    if let Some(about) = texts::find(Lang::Zh, path) {
        command = command.about(about.clone()).long_about(about);
    }
    let arguments: Vec<String> =
        command.get_arguments().map(|argument| argument.get_id().as_str().to_owned()).collect();
    for argument in arguments {
        if let Some(help) = texts::find(Lang::Zh, &argument_id(path, &argument)) {
            command = command.mut_arg(argument, |known| known.help(help.clone()).long_help(help));
        }
    }
    let names: Vec<String> =
        command.get_subcommands().map(|known| known.get_name().to_owned()).collect();
    for name in names {
        let below = format!("{path}-{name}");
        command = command.mut_subcommand(name, |known| translated(known, &below));
    }
    command
}

/// Global arguments have one text; all others belong to their command.
fn argument_id(path: &str, argument: &str) -> String {
    let name = argument.replace('_', "-");
    match argument {
        "home" | "pack" | "lang" | "json" | "quiet" => format!("help--{name}"),
        _ => format!("{path}--{name}"),
    }
}

/// Writes the reference of all commands as Markdown.
pub(crate) fn write_reference(lang: Lang, output: &mut impl std::io::Write) -> std::io::Result<()> {
    let mut command = command(lang);
    command.build();
    write_command(&command, "linghang", 2, output)
}

fn write_command(
    command: &Command,
    name: &str,
    depth: usize,
    output: &mut impl std::io::Write,
) -> std::io::Result<()> {
    writeln!(output, "{} `{name}`\n", "#".repeat(depth.min(4)))?;
    let mut own = command.clone();
    writeln!(output, "```text\n{}\n```\n", own.render_long_help().to_string().trim_end())?;
    for below in
        command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        write_command(below, &format!("{name} {}", below.get_name()), depth + 1, output)?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(command: &Command, path: &str, found: &mut Vec<String>) {
        if texts::find(Lang::Zh, path).is_none() {
            found.push(path.to_owned());
        }
        for argument in command.get_arguments() {
            let name = argument.get_id().as_str();
            let id = argument_id(path, name);
            if !argument.is_hide_set()
                && !["help", "version"].contains(&name)
                && texts::find(Lang::Zh, &id).is_none()
            {
                found.push(id);
            }
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            missing(below, &format!("{path}-{}", below.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_is_explained_in_chinese() {
        let mut found = Vec::new();
        missing(&Cli::command(), "help", &mut found);
        found.sort();
        found.dedup();
        assert!(found.is_empty(), "no Chinese help for {found:?}");
    }

    #[test]
    fn the_command_tree_is_sound() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
