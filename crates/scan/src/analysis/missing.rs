//! Why a term has no score in a corpus.

use crate::backtest::has_enough_documents;
use crate::candidates::{self, Rejection};
use crate::figures::Figures;
use crate::params::ScanParams;

/// Why a term is not among the scored ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The corpus has too few documents to be scored at all.
    CorpusNotScored,
    /// Too few documents of the window hold the term, or all are of one year.
    TooFewDocuments,
    /// A filter rejects it.
    Filter(Rejection),
    /// It stands in the same documents as this term, which has the score.
    StandsFor(String),
}

/// Returns why `term`, as counted, has no score; `None` when it has one.
pub fn missing(term: &str, figures: &Figures, params: &ScanParams) -> Option<Missing> {
    if !has_enough_documents(figures, params) {
        return Some(Missing::CorpusNotScored);
    }
    let found = figures.terms.binary_search_by(|known| known.text.as_str().cmp(term));
    let Ok(place) = found else { return Some(Missing::TooFewDocuments) };
    let candidates = candidates::select(figures, params);
    let place = place as u32;
    let filter = *candidates.rejected.get(&place)?;
    if let Some(other) = candidates.stands_for.get(&place) {
        return Some(Missing::StandsFor(figures.terms[*other as usize].text.clone()));
    }
    Some(Missing::Filter(filter))
}
