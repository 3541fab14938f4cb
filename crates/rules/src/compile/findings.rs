//! Collects what is wrong, with the file of the record and the text that it is about.

use std::path::PathBuf;

use linghang_core::{Bilingual, Diagnostic};
use linghang_expr::Problem;

/// Findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Diagnostic>,
    file: PathBuf,
}

impl Findings {
    /// Says which file the next findings are about.
    pub(crate) fn enter(&mut self, folder: &str, id: &str) {
        self.file = PathBuf::from(format!("{folder}/{id}.toml"));
    }

    /// Adds a finding that names a place in the record.
    pub(crate) fn say(&mut self, code: &'static str, zh: String, en: String) {
        self.found
            .push(Diagnostic::error(code, Bilingual::new(zh, en)).at(self.file.clone(), None));
    }

    /// Adds the problems of an expression, with its place in the record and the part that is meant.
    pub(crate) fn expression(&mut self, place: &str, text: &str, problems: Vec<Problem>) {
        for problem in problems {
            let part = text.get(problem.span.clone()).unwrap_or_default();
            let part = if part.is_empty() { text } else { part };
            let mut found = problem.to_diagnostic();
            found.message.zh = format!("{place}：`{part}`：{}", found.message.zh);
            found.message.en = format!("{place}: `{part}`: {}", found.message.en);
            self.found.push(found.at(self.file.clone(), None));
        }
    }

    /// Adds an error in one language only: texts of checks that the pack's own linter has made before.
    pub(crate) fn error(&mut self, code: &'static str, place: &str, text: &str) {
        let text = if place.is_empty() { text.to_owned() } else { format!("{place}: {text}") };
        self.say(code, text.clone(), text);
    }

    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
