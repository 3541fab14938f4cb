//! Which documents a corpus holds.

use serde::{Deserialize, Serialize};

use crate::counts::State;
use crate::params::CorpusSize;

/// A named set of documents: those with one of some classes, of one of some kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// Its name in results.
    pub name: String,
    /// Class codes with their scheme; a document needs one of them. Empty: every document.
    pub classes: Vec<String>,
    /// Kinds of source; a document must be of one of them. Empty: every kind.
    pub kinds: Vec<String>,
}

impl Corpus {
    /// All documents.
    pub fn all(name: &str) -> Self {
        Self { name: name.to_owned(), classes: Vec::new(), kinds: Vec::new() }
    }

    /// Documents of some classes.
    pub fn of_classes(name: &str, classes: &[&str]) -> Self {
        Self {
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            ..Self::all(name)
        }
    }

    /// Returns how large the corpus is by its nature.
    pub fn size(&self) -> CorpusSize {
        match self.classes.len() {
            0 => CorpusSize::All,
            1 => CorpusSize::Category,
            _ => CorpusSize::Pool,
        }
    }

    /// Returns, by document, whether the corpus holds it.
    pub fn membership(&self, state: &State) -> Vec<bool> {
        let documents = state.documents();
        let is_wanted_kind: Vec<bool> = documents
            .kind_names
            .names()
            .iter()
            .map(|kind| self.kinds.is_empty() || self.kinds.contains(kind))
            .collect();
        let is_wanted_class: Vec<bool> = documents
            .class_names
            .names()
            .iter()
            .map(|class| self.classes.contains(class))
            .collect();
        (0..documents.len())
            .map(|document| {
                is_wanted_kind[documents.kinds[document] as usize]
                    && (self.classes.is_empty()
                        || documents
                            .classes
                            .row(document)
                            .iter()
                            .any(|class| is_wanted_class[*class as usize]))
            })
            .collect()
    }
}
