//! What the terms that stand beside a term do.

use crate::figures::{Figures, Pair};

/// A neighbour of a term.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Neighbour {
    /// Index among the candidates.
    candidate: u32,
    /// Documents with both.
    documents: u32,
    /// The neighbour's own documents in the window.
    own: u32,
}

/// Neighbours of each candidate, by candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbours {
    lists: Vec<Vec<Neighbour>>,
    documents: Vec<u32>,
    window: u32,
}

impl Neighbours {
    /// Links the candidates (indices into `figures.terms`, ascending) through the pairs of `figures`.
    pub fn new(figures: &Figures, candidates: &[u32]) -> Self {
        let mut places: Vec<Option<usize>> = vec![None; figures.terms.len()];
        for (place, term) in candidates.iter().enumerate() {
            places[*term as usize] = Some(place);
        }
        let documents: Vec<u32> = candidates
            .iter()
            .map(|term| figures.terms[*term as usize].window_documents())
            .collect();
        let mut lists = vec![Vec::new(); candidates.len()];
        for Pair { a, b, documents: both } in &figures.pairs {
            if let (Some(a), Some(b)) = (places[*a as usize], places[*b as usize]) {
                lists[a].push(Neighbour {
                    candidate: b as u32,
                    documents: *both,
                    own: documents[b],
                });
                lists[b].push(Neighbour {
                    candidate: a as u32,
                    documents: *both,
                    own: documents[a],
                });
            }
        }
        Self { lists, documents, window: figures.window_documents() }
    }

    /// Returns the mean of `values` over neighbours in at least two documents with the term, weighted by cosine.
    pub fn cosine_mean(&self, candidate: usize, values: &[Option<f64>]) -> Option<f64> {
        let own = f64::from(self.documents[candidate]);
        self.mean(candidate, values, |near| {
            (near.documents >= 2)
                .then(|| f64::from(near.documents) / (own * f64::from(near.own)).sqrt())
        })
    }

    /// Returns the mean of `values` over neighbours in at least three documents with the term and with association
    /// strength above 2, weighted by that strength up to 50.
    pub fn association_mean(&self, candidate: usize, values: &[Option<f64>]) -> Option<f64> {
        let own = f64::from(self.documents[candidate]);
        self.mean(candidate, values, |near| {
            let strength =
                f64::from(near.documents) * f64::from(self.window) / (own * f64::from(near.own));
            (near.documents >= 3 && strength > 2.0).then(|| strength.min(50.0))
        })
    }

    fn mean(
        &self,
        candidate: usize,
        values: &[Option<f64>],
        weight: impl Fn(&Neighbour) -> Option<f64>,
    ) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for near in &self.lists[candidate] {
            if let (Some(value), Some(weight)) = (values[near.candidate as usize], weight(near)) {
                sum += weight * value;
                weights += weight;
            }
        }
        (weights > 0.0).then(|| sum / weights)
    }
}
