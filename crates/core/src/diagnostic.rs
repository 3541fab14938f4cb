//! What is wrong with an input, where, and what to do next.
//!
//! Readers of packs and evidence return a value *and* its diagnostics: one bad record never hides the others.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::lang::{Bilingual, Lang};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input cannot be used as it is.
    Error,
    /// The input can be used, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// Returns the word for a reader.
    pub const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Error, Lang::Zh) => "错误",
            (Self::Error, Lang::En) => "error",
            (Self::Warning, Lang::Zh) => "警告",
            (Self::Warning, Lang::En) => "warning",
            (Self::Note, Lang::Zh) => "提示",
            (Self::Note, Lang::En) => "note",
        }
    }
}

/// One finding about an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// File, relative to the root that the caller named; absent when the finding is about no single file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// Line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Stable code such as `pack.unknown_key`; never reused for another meaning.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: Bilingual,
    /// The next step, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Bilingual>,
}

impl Diagnostic {
    /// Makes an error without a place.
    pub fn error(code: &'static str, message: Bilingual) -> Self {
        Self { file: None, line: None, code, severity: Severity::Error, message, hint: None }
    }

    /// Makes a warning without a place.
    pub fn warning(code: &'static str, message: Bilingual) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Adds the file and, where known, the line.
    #[must_use]
    pub fn at(mut self, file: impl Into<PathBuf>, line: Option<u64>) -> Self {
        self.file = Some(file.into());
        self.line = line;
        self
    }

    /// Adds the next step.
    #[must_use]
    pub fn with_hint(mut self, hint: Bilingual) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Writes `file:line: error[code]: message` and, on a second line, the hint.
    pub fn render(&self, lang: Lang) -> String {
        let severity = self.severity.word(lang);
        let mut text =
            format!("{}{severity}[{}]: {}", self.place(), self.code, self.message.get(lang));
        if let Some(hint) = &self.hint {
            let label = match lang {
                Lang::Zh => "建议",
                Lang::En => "hint",
            };
            text = format!("{text}\n  {label}: {}", hint.get(lang));
        }
        text
    }

    fn place(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{}:{line}: ", file.display()),
            (Some(file), None) => format!("{}: ", file.display()),
            (None, _) => String::new(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

/// Sorts findings by file, line and code, the order in which they are always shown.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.line, a.code, &a.message).cmp(&(&b.file, b.line, b.code, &b.message))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_place_code_and_next_step() {
        let finding = Diagnostic::error(
            "pack.unknown_key",
            Bilingual::new("未知的键 `nmae`", "unknown key `nmae`"),
        )
        .at("tracks/a.toml", Some(3))
        .with_hint(Bilingual::new("是否想写 `name`？", "did you mean `name`?"));
        assert_eq!(
            finding.to_string(),
            "tracks/a.toml:3: error[pack.unknown_key]: unknown key `nmae`\n  hint: did you mean `name`?"
        );
        assert_eq!(
            finding.render(Lang::Zh),
            "tracks/a.toml:3: 错误[pack.unknown_key]: 未知的键 `nmae`\n  建议: 是否想写 `name`？"
        );
    }
}
