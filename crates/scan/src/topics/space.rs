//! The terms of one window with their pair counts, laid out for clustering and comparison.
//!
//! # Invariants
//!
//! - Terms stand in the order of their texts, whatever order the caller had; only [`TermSpace::callers_index`] and
//!   its inverse know the caller's numbers.
//! - Two terms are linked when they share enough documents and more of them than chance would give.
//!
//! Not here: which terms are candidates, and how documents are counted.

use linghang_core::Lang;

use super::graph::Graph;
use crate::figures::Pair;

/// What is known about a term in the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermProfile<'a> {
    /// The term as normalised; no two terms of a space have the same text.
    pub text: &'a str,
    /// Language of the text.
    pub lang: Lang,
    /// Documents with the term in the window (R).
    pub window_documents: u32,
    /// The emergence score, when the term was scored.
    pub lh6: Option<f64>,
    /// Whether it names no technology: it helps to find a topic, and is neither its label nor a keyword.
    pub is_hidden: bool,
    /// C-value, by which labels are chosen.
    pub c_value: f64,
    /// Documents by class with its scheme, such as `("arxiv:cs.RO", 12)`; empty when unknown.
    pub fields: &'a [(String, u32)],
}

/// Terms, pairs and the graph of associations between them.
#[derive(Debug, Clone)]
pub struct TermSpace<'a> {
    terms: Vec<TermProfile<'a>>,
    callers_indices: Vec<u32>,
    own_indices: Vec<u32>,
    /// Each pair once, `a < b`, sorted.
    pairs: Vec<Pair>,
    graph: Graph,
    window_documents: u32,
}

impl<'a> TermSpace<'a> {
    /// Pairs with fewer common documents are not linked.
    pub const MIN_PAIR_DOCUMENTS: u32 = 3;

    /// Lays out terms and pairs (in any order and direction, each pair once, terms named by their places in `terms`)
    /// of a window with `window_documents` documents (D).
    ///
    /// Two terms are linked when c ≥ 3 and the association strength a = c·D/(d₁·d₂) is above 1; the link weighs
    /// ln(1 + a) (van Eck and Waltman 2009 for the measure).
    ///
    /// # Panics
    ///
    /// When a pair names a term that is not in the list.
    pub fn new(terms: &[TermProfile<'a>], pairs: &[Pair], window_documents: u32) -> Self {
        let mut callers_indices: Vec<u32> = (0..terms.len() as u32).collect();
        callers_indices.sort_by_key(|&index| terms[index as usize].text);
        let mut own_indices = vec![0; terms.len()];
        for (own, &callers) in callers_indices.iter().enumerate() {
            own_indices[callers as usize] = own as u32;
        }
        let terms: Vec<_> = callers_indices.iter().map(|&index| terms[index as usize]).collect();
        let mut pairs: Vec<Pair> = pairs
            .iter()
            .filter(|pair| pair.a != pair.b && pair.documents >= Self::MIN_PAIR_DOCUMENTS)
            .map(|pair| {
                let (one, other) = (own_indices[pair.a as usize], own_indices[pair.b as usize]);
                Pair { a: one.min(other), b: one.max(other), documents: pair.documents }
            })
            .collect();
        pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
        let links: Vec<_> = pairs
            .iter()
            .filter_map(|pair| {
                let strength = association_strength(
                    pair.documents,
                    terms[pair.a as usize].window_documents,
                    terms[pair.b as usize].window_documents,
                    window_documents,
                );
                (strength > 1.0).then(|| (pair.a, pair.b, strength.ln_1p()))
            })
            .collect();
        let graph = Graph::from_links(terms.len(), &links);
        Self { terms, callers_indices, own_indices, pairs, graph, window_documents }
    }

    /// Returns the graph; its nodes are the terms in the order of their texts.
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Returns the place in the caller's list of the term at node `node`.
    pub fn callers_index(&self, node: u32) -> u32 {
        self.callers_indices[node as usize]
    }

    /// Returns the node of the term at place `index` of the caller's list.
    pub(super) fn node(&self, index: u32) -> u32 {
        self.own_indices[index as usize]
    }

    pub(super) fn terms(&self) -> &[TermProfile<'a>] {
        &self.terms
    }

    pub(super) fn term(&self, node: u32) -> &TermProfile<'a> {
        &self.terms[node as usize]
    }

    pub(super) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Returns ln(1 + a) of a term with itself, where c = d and so a = D/d.
    pub(super) fn own_weight(&self, node: u32) -> f64 {
        let documents = self.term(node).window_documents;
        association_strength(documents, documents, documents, self.window_documents).ln_1p()
    }
}

/// Returns how many times more often two terms meet than if they were independent; zero without documents.
fn association_strength(both: u32, one: u32, other: u32, all: u32) -> f64 {
    match f64::from(one) * f64::from(other) {
        0.0 => 0.0,
        product => f64::from(both) * f64::from(all) / product,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str, window_documents: u32) -> TermProfile<'_> {
        TermProfile {
            text,
            lang: Lang::En,
            window_documents,
            lh6: None,
            is_hidden: false,
            c_value: 0.0,
            fields: &[],
        }
    }

    #[test]
    fn only_pairs_above_chance_and_with_three_documents_are_linked() {
        let terms = [profile("c", 10), profile("a", 10), profile("b", 50)];
        let pairs = [
            Pair { a: 0, b: 1, documents: 3 },  // a = 3·100/(10·10) = 3
            Pair { a: 2, b: 1, documents: 5 },  // a = 5·100/(50·10) = 1: chance
            Pair { a: 2, b: 0, documents: 2 },  // too few documents
            Pair { a: 1, b: 1, documents: 10 }, // no pair at all
        ];
        let space = TermSpace::new(&terms, &pairs, 100);
        let links: Vec<_> = space.graph().links(0).collect();
        assert_eq!(links, [(2, 4_f64.ln())]);
        assert_eq!(space.graph().link_count(), 1);
        assert_eq!((space.term(0).text, space.callers_index(0), space.node(1)), ("a", 1, 0));
    }

    #[test]
    fn a_term_without_documents_has_no_links() {
        let terms = [profile("a", 0), profile("b", 5)];
        let space = TermSpace::new(&terms, &[Pair { a: 0, b: 1, documents: 4 }], 10);
        assert_eq!(space.graph().link_count(), 0);
    }
}
