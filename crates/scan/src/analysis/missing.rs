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

/// Terms that are suggested at most.
const SUGGESTED: usize = 3;
/// Smallest likeness of a term that is suggested: about one wrong letter in five.
const ALIKE: f64 = 0.8;
/// Fewest letters of the beginning of a term.
const BEGINNING: usize = 4;

/// Returns up to three scored terms that are written like `term` or begin with it, best first.
pub fn written_alike<'f>(term: &str, figures: &'f Figures, params: &ScanParams) -> Vec<&'f str> {
    if term.is_empty() || !has_enough_documents(figures, params) {
        return Vec::new();
    }
    let is_beginning = |text: &str| term.chars().count() >= BEGINNING && text.starts_with(term);
    let mut found: Vec<(f64, u32, &str)> = candidates::select(figures, params)
        .terms
        .iter()
        .map(|place| &figures.terms[*place as usize])
        .map(|known| {
            let likeness = strsim::normalized_damerau_levenshtein(term, &known.text);
            let likeness = if is_beginning(&known.text) { likeness.max(ALIKE) } else { likeness };
            (likeness, known.window_documents(), known.text.as_str())
        })
        .filter(|(likeness, ..)| *likeness >= ALIKE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
    found.into_iter().take(SUGGESTED).map(|(_, _, text)| text).collect()
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
