//! What happened after a cut. Only labels may look here.

use linghang_core::HalfYear;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::counts::{State, TermId};
use crate::figures::{Corpus, Figures, WINDOW};

/// Documents of the three years after a cut.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Future {
    /// All documents of the corpus (D').
    pub documents: u32,
    /// Documents with each term (F), by index into [`Figures::terms`].
    pub terms: Vec<u32>,
    /// Whether the documents of the corpus reach to the end of the three years.
    pub is_complete: bool,
}

/// Terms of a state by their text.
pub struct TermIndex<'s> {
    state: &'s State,
    by_text: FxHashMap<String, TermId>,
}

impl<'s> TermIndex<'s> {
    /// Indexes the terms of `state`.
    pub fn new(state: &'s State) -> Self {
        let terms = state.terms();
        let by_text = (0..terms.len() as TermId)
            .filter(|term| terms.is_term(*term))
            .map(|term| (state.text(term), term))
            .collect();
        Self { state, by_text }
    }

    /// Returns the indexed state.
    pub fn state(&self) -> &'s State {
        self.state
    }

    /// Returns the number of the term with this text.
    pub fn find(&self, text: &str) -> Option<TermId> {
        self.by_text.get(text).copied()
    }

    /// Counts the three years after `figures.cut` for its terms.
    pub fn future(&self, corpus: &Corpus, figures: &Figures) -> Future {
        let membership = corpus.membership(self.state);
        let halves = &self.state.documents().halves;
        let end = HalfYear(figures.cut.0 + WINDOW as i32);
        // A template of either date is left out of the future: the past counts no words of it.
        let view = self.state.view(&[figures.cut, end]);
        let mut counts: FxHashMap<TermId, u32> = FxHashMap::default();
        let mut documents = 0;
        let mut last_half = None;
        for document in 0..halves.len() {
            if membership[document] {
                last_half = last_half.max(Some(halves[document]));
            }
            if membership[document] && halves[document] > figures.cut && halves[document] <= end {
                documents += 1;
                for (term, _) in view.terms_of(document) {
                    *counts.entry(term).or_default() += 1;
                }
            }
        }
        let count = |text: &str| {
            self.by_text.get(text).and_then(|term| counts.get(term)).copied().unwrap_or(0)
        };
        Future {
            documents,
            terms: figures.terms.iter().map(|term| count(&term.text)).collect(),
            is_complete: last_half.is_some_and(|last| last >= end),
        }
    }
}
