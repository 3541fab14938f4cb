//! The scored candidates of some figures, laid out for the term graph.
//!
//! Not here: clustering, and what the figures mean.

use linghang_core::Lang;

use super::{Pair, TermProfile};
use crate::candidates::Candidates;
use crate::figures::Figures;

/// Candidates with what the term graph has to know of them, by place among the candidates.
pub struct TermTable<'f> {
    figures: &'f Figures,
    candidates: &'f Candidates,
    scores: Vec<f64>,
    fields: Vec<Vec<(String, u32)>>,
}

impl<'f> TermTable<'f> {
    /// Lays out the candidates of `figures` with their scores.
    pub fn new(figures: &'f Figures, candidates: &'f Candidates, scores: Vec<f64>) -> Self {
        let fields = candidates.terms.iter().map(|term| field_names(figures, *term)).collect();
        Self { figures, candidates, scores, fields }
    }

    /// Returns one profile a candidate.
    pub fn profiles(&self) -> Vec<TermProfile<'_>> {
        self.candidates
            .terms
            .iter()
            .enumerate()
            .map(|(place, index)| {
                let term = &self.figures.terms[*index as usize];
                let documents = term.window_documents();
                TermProfile {
                    text: &term.text,
                    lang: if term.text.is_ascii() { Lang::En } else { Lang::Zh },
                    window_documents: documents,
                    lh6: Some(self.scores[place]),
                    is_hidden: self.candidates.hidden.contains_key(index),
                    c_value: f64::from(term.words + 1).log2()
                        * (f64::from(documents) - f64::from(term.container_mean)),
                    fields: &self.fields[place],
                }
            })
            .collect()
    }

    /// Returns how often two candidates stand in one document of the window.
    pub fn pairs(&self) -> Vec<Pair> {
        let terms = &self.candidates.terms;
        let place = |term: u32| terms.binary_search(&term).ok().map(|place| place as u32);
        let pairs = self.figures.pairs.iter();
        pairs
            .filter_map(|pair| {
                Some(Pair { a: place(pair.a)?, b: place(pair.b)?, documents: pair.documents })
            })
            .collect()
    }
}

fn field_names(figures: &Figures, term: u32) -> Vec<(String, u32)> {
    figures.terms[term as usize]
        .fields
        .iter()
        .map(|(field, documents)| (figures.fields[usize::from(*field)].0.clone(), *documents))
        .collect()
}
