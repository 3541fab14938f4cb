//! What is wrong with an expression: where, under which stable code, in two languages, and what to write instead.
//!
//! The codes are part of the product: tests and other programs name them, and a code never changes its meaning.

use std::ops::Range;

use linghang_core::{Bilingual, Diagnostic};

/// One finding about an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable code such as `expr.unknown_fact`.
    pub code: &'static str,
    /// Bytes of the text that the finding is about.
    pub span: Range<usize>,
    /// What was found.
    pub message: Bilingual,
    /// What to write instead, where that is known.
    pub hint: Option<Bilingual>,
}

impl Problem {
    pub(crate) fn new(
        code: &'static str,
        span: Range<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { code, span, message: Bilingual::new(zh, en), hint: None }
    }

    #[must_use]
    pub(crate) fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Bilingual::new(zh, en));
        self
    }

    /// The finding for a reader of a file; the caller adds file and line.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.code, self.message.clone());
        match &self.hint {
            Some(hint) => diagnostic.with_hint(hint.clone()),
            None => diagnostic,
        }
    }
}
