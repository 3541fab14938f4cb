//! Errors of the command line, in the language of the reader.
//!
//! The argument parser speaks English. Its errors carry what went wrong as a kind with values, so the common kinds are
//! said anew in Chinese, with arguments and values as they were typed; any other kind is printed as the parser says it.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use linghang_core::Lang;

use crate::failure::Exit;
use crate::texts;

/// Prints help, the version or a usage error, and returns the exit code.
pub(crate) fn explain(error: &Error, lang: Lang) -> ExitCode {
    // Nothing can be told when the stream is closed.
    match said(error, lang) {
        Some(text) => writeln!(std::io::stderr().lock(), "{text}").ok(),
        None => error.print().ok(),
    };
    if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() }
}

/// The error in Chinese; `None` where the parser's own words are printed.
fn said(error: &Error, lang: Lang) -> Option<String> {
    if lang != Lang::Zh {
        return None;
    }
    let id = match error.kind() {
        ErrorKind::UnknownArgument => "help-error-unknown-argument",
        ErrorKind::InvalidSubcommand => "help-error-unknown-command",
        ErrorKind::MissingRequiredArgument => "help-error-missing-argument",
        ErrorKind::MissingSubcommand => "help-error-missing-command",
        ErrorKind::InvalidValue if value(error, ContextKind::InvalidValue).is_empty() => {
            "help-error-missing-value"
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "help-error-invalid-value",
        ErrorKind::ArgumentConflict => "help-error-twice",
        _ => return None,
    };
    let argument = match error.kind() {
        ErrorKind::InvalidSubcommand => value(error, ContextKind::InvalidSubcommand),
        _ => value(error, ContextKind::InvalidArg),
    };
    let arguments =
        [("argument", argument.into()), ("value", value(error, ContextKind::InvalidValue).into())];
    let mut lines = vec![texts::get(lang, id, &arguments)];
    // Why a value is refused is only known to the parser of its type.
    let cause = std::error::Error::source(error).map(ToString::to_string);
    for (id, detail) in [
        ("help-error-cause", cause.unwrap_or_default()),
        ("help-error-possible", value(error, ContextKind::ValidValue)),
        ("help-error-possible", value(error, ContextKind::ValidSubcommand)),
        ("help-error-similar", suggestion(error)),
    ] {
        if !detail.is_empty() {
            lines.push(format!("  {}", texts::get(lang, id, &[("detail", detail.into())])));
        }
    }
    let usage = value(error, ContextKind::Usage);
    if !usage.is_empty() {
        let usage = usage.trim_start_matches("Usage: ").to_owned();
        lines.push(texts::get(lang, "help-error-usage", &[("detail", usage.into())]));
    }
    lines.push(texts::get(lang, "help-error-help", &[]));
    Some(lines.join("\n"))
}

fn suggestion(error: &Error) -> String {
    [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| value(error, kind))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn value(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string().trim().to_owned(),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
