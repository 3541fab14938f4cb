//! What a check found, and how it is told.

use std::fmt;

use anyhow::{Result, bail};

/// One thing that must change before a check is green.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// A file, a file and line, or the name of a crate.
    pub(crate) place: String,
    /// What was found and what to do.
    pub(crate) message: String,
}

impl Finding {
    /// Makes a finding.
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Prints all findings of a check in order of their places, and fails when there is one.
pub(crate) fn report(check: &str, findings: &[Finding]) -> Result<()> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort();
    for finding in &sorted {
        eprintln!("{finding}");
    }
    match sorted.len() {
        0 => {
            eprintln!("ok: {check}");
            Ok(())
        }
        count => bail!("{check}: {count} to change"),
    }
}

/// Joins findings to lines, for tests.
#[cfg(test)]
pub(crate) fn lines(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
}
