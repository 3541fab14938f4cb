//! Which document holds which gloss.
//!
//! Only what documents say is kept, in a line each; what is accepted is decided for a date, from the documents up to
//! it, so that a later document changes no earlier answer.

use linghang_text::gloss::{Gloss, GlossCollector, Mention};
use serde::{Deserialize, Serialize};

use super::documents::{Interner, Lists};

/// The mentions of all documents; row = document number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MentionTable {
    lines: Interner,
    of_documents: Lists,
}

impl MentionTable {
    /// Adds documents, each with its mentions as lines.
    pub(crate) fn append(&mut self, documents: &[Vec<String>]) {
        for mentions in documents {
            let lines = &mut self.lines;
            self.of_documents.push(mentions.iter().map(|line| lines.intern(line)));
        }
    }

    /// Returns the links that enough of the documents accepted by `is_counted` give.
    pub(crate) fn glosses(&self, is_counted: impl Fn(usize) -> bool) -> Vec<Gloss> {
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); self.lines.len()];
        for document in (0..self.of_documents.len()).filter(|document| is_counted(*document)) {
            for line in self.of_documents.row(document) {
                holders[*line as usize].push(document as u32);
            }
        }
        let mut collector = GlossCollector::default();
        for (line, documents) in self.lines.names().iter().zip(&holders) {
            if !documents.is_empty()
                && let Some(mention) = Mention::read(line)
            {
                collector.add(documents, &mention);
            }
        }
        collector.finish()
    }
}
