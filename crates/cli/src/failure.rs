//! How a command ends when it does not end well, and with which exit code.

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use linghang_core::{Bilingual, Diagnostic, Lang, Severity};
use linghang_evidence::{EvidenceError, system_text};

/// Exit codes. They are part of the interface and never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Done, and there is something that somebody should look at.
    Findings = 1,
    /// The command line was wrong.
    Usage = 2,
    /// The input or the pack was refused.
    Refused = 3,
    /// The disk, or something else around the program, did not work.
    Environment = 4,
    /// A fault of the program.
    Fault = 5,
    /// Stopped by Ctrl-C.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: Exit,
    /// What to tell the reader; may be empty when the command said everything already.
    pub(crate) findings: Vec<Diagnostic>,
}

impl Failure {
    /// Refuses an input with one finding.
    pub(crate) fn refused(finding: Diagnostic) -> Self {
        Self { exit: Exit::Refused, findings: vec![finding] }
    }

    /// Says that the command line was wrong.
    pub(crate) fn usage(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, findings: vec![Diagnostic::error(code, Bilingual::new(zh, en))] }
    }

    /// Ends with an exit code after the command has said everything.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self { exit, findings: Vec::new() }
    }

    /// Prints the findings to standard error and returns the exit code.
    pub(crate) fn report(self, lang: Lang, is_json: bool) -> Exit {
        let mut stderr = std::io::stderr().lock();
        for finding in &self.findings {
            let text = if is_json {
                serde_json::to_string(finding).unwrap_or_else(|_| finding.render(lang))
            } else {
                finding.render(lang)
            };
            // Nothing can be told when standard error is closed.
            writeln!(stderr, "{text}").ok();
        }
        self.exit
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        let exit = match error {
            EvidenceError::Io { source, .. } if source.kind() == ErrorKind::BrokenPipe => {
                return Self::from(source);
            }
            EvidenceError::Stopped => Exit::Interrupted,
            EvidenceError::Io { .. } | EvidenceError::Locked { .. } => Exit::Environment,
            _ => Exit::Refused,
        };
        Self { exit, findings: error.diagnostics() }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // A reader such as `head` that has seen enough closes the pipe; that is no failure.
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::silent(Exit::Done);
        }
        let said = system_text(&error);
        let message = Bilingual::new(said.zh, format!("the system said: {}", said.en));
        Self { exit: Exit::Environment, findings: vec![Diagnostic::error("cli.io", message)] }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() {
            return Self::from(std::io::Error::from(error));
        }
        let message = Bilingual::new(
            format!("无法写出 JSON：{error}"),
            format!("JSON could not be written: {error}"),
        );
        Self { exit: Exit::Fault, findings: vec![Diagnostic::error("cli.json", message)] }
    }
}

/// Returns the exit code that findings of a check ask for.
pub(crate) fn exit_of(findings: &[Diagnostic]) -> Exit {
    match findings.iter().map(|finding| finding.severity).min() {
        Some(Severity::Error) => Exit::Refused,
        Some(Severity::Warning) => Exit::Findings,
        Some(Severity::Note) | None => Exit::Done,
    }
}
