//! Which terms are scored: filters that keep technologies and drop boilerplate, fragments and doubles.
//!
//! Every rejected term keeps its reason, so that an expert can see and override it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::figures::{Figures, Pair, TermFigures};
use crate::params::ScanParams;

/// Why a term is not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// Hardly ever in a title: a way of writing, not a thing.
    TitleShare,
    /// Its last word seldom ends a phrase: an adjective or a fragment.
    HeadShare,
    /// Spread over all fields alike.
    Dispersion,
    /// In too many documents.
    TooCommon,
    /// Too few people.
    FewActors,
    /// Nearly always part of one longer phrase.
    Fragment,
    /// Stands in the same documents as a better term.
    Duplicate,
}

impl Rejection {
    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TitleShare => "title_share",
            Self::HeadShare => "head_share",
            Self::Dispersion => "dispersion",
            Self::TooCommon => "too_common",
            Self::FewActors => "few_actors",
            Self::Fragment => "fragment",
            Self::Duplicate => "duplicate",
        }
    }
}

/// The terms of some figures, sorted into candidates and rejected ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// Indices into [`Figures::terms`], ascending.
    pub terms: Vec<u32>,
    /// Reason by index, for all other terms.
    pub rejected: BTreeMap<u32, Rejection>,
    /// For a duplicate, the term that stands for it.
    pub stands_for: BTreeMap<u32, u32>,
}

/// Chooses the candidates.
pub fn select(figures: &Figures, params: &ScanParams) -> Candidates {
    let mut rejected: BTreeMap<u32, Rejection> = (0..figures.terms.len() as u32)
        .filter_map(|index| {
            Some((index, rejection(&figures.terms[index as usize], figures, params)?))
        })
        .collect();
    let stands_for = duplicates(figures, &rejected, params);
    rejected.extend(stands_for.keys().map(|index| (*index, Rejection::Duplicate)));
    let terms =
        (0..figures.terms.len() as u32).filter(|index| !rejected.contains_key(index)).collect();
    Candidates { terms, rejected, stands_for }
}

/// Returns why a term is no candidate, looking at the term alone.
pub fn rejection(term: &TermFigures, figures: &Figures, params: &ScanParams) -> Option<Rejection> {
    let is_word = term.words == 1;
    let choose = |word: f64, phrase: f64| if is_word { word } else { phrase };
    let documents = f64::from(term.window_documents());
    if f64::from(term.container_documents) >= params.fragment_share * documents {
        Some(Rejection::Fragment)
    } else if documents > params.largest_share * f64::from(figures.window_documents()) {
        Some(Rejection::TooCommon)
    } else if term.title_documents < params.title_documents
        || term.title_share() < choose(params.title_share_word, params.title_share_phrase)
    {
        Some(Rejection::TitleShare)
    } else if term.head_share() < choose(params.head_share_word, params.head_share_phrase) {
        Some(Rejection::HeadShare)
    } else if !term.fields.is_empty()
        && can_tell_dispersion(figures, params)
        && term.dispersion(&figures.fields)
            < choose(params.dispersion_word, params.dispersion_phrase)
    {
        Some(Rejection::Dispersion)
    } else if term.first_actors.min(term.last_actors) < params.distinct_actors {
        Some(Rejection::FewActors)
    } else {
        None
    }
}

/// Whether field dispersion can tell a technology from a way of writing.
///
/// A term that occurs in one field alone has a dispersion of 1 − that field's share. Where one field holds more of the
/// documents than the filter leaves room for, or no field is known, the filter would reject that field's own terms.
fn can_tell_dispersion(figures: &Figures, params: &ScanParams) -> bool {
    let all: u32 = figures.fields.iter().map(|(_, documents)| documents).sum();
    let largest = figures.fields.iter().map(|(_, documents)| *documents).max().unwrap_or(0);
    all > 0 && f64::from(largest) <= (1.0 - params.dispersion_word) * f64::from(all)
}

/// Finds terms that stand in the same documents as a commoner, or else longer, one.
fn duplicates(
    figures: &Figures,
    rejected: &BTreeMap<u32, Rejection>,
    params: &ScanParams,
) -> BTreeMap<u32, u32> {
    let documents = |index: u32| figures.terms[index as usize].window_documents();
    let mut twins: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for pair in &figures.pairs {
        let union = documents(pair.a) + documents(pair.b) - pair.documents;
        let is_free = !rejected.contains_key(&pair.a) && !rejected.contains_key(&pair.b);
        if is_free && f64::from(pair.documents) >= params.duplicate_overlap * f64::from(union) {
            twins.entry(pair.a).or_default().push(pair.b);
            twins.entry(pair.b).or_default().push(pair.a);
        }
    }
    let mut order: Vec<u32> = twins.keys().copied().collect();
    order.sort_unstable_by_key(|index| {
        let term = &figures.terms[*index as usize];
        (std::cmp::Reverse((documents(*index), term.words, term.text.len())), *index)
    });
    let mut stands_for = BTreeMap::new();
    for keeper in order {
        if !stands_for.contains_key(&keeper) {
            for twin in &twins[&keeper] {
                if documents(*twin) <= documents(keeper) {
                    stands_for.entry(*twin).or_insert(keeper);
                }
            }
        }
    }
    stands_for
}

/// Figures reduced to the terms that pass the filters.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The reduced figures; they give the same candidates and scores.
    pub figures: Figures,
    /// Their terms by index into the figures before.
    pub terms: Vec<u32>,
}

/// Drops the terms that the filters reject, and notes how many there were.
pub fn keep_passing(figures: &Figures, params: &ScanParams) -> Kept {
    let mut rejected = figures.rejected.clone();
    let mut terms = Vec::new();
    for (index, term) in (0..).zip(&figures.terms) {
        match rejection(term, figures, params) {
            Some(reason) => *rejected.entry(reason.code().to_owned()).or_default() += 1,
            None => terms.push(index),
        }
    }
    let place = |term: u32| terms.binary_search(&term).ok().map(|place| place as u32);
    let pairs = figures
        .pairs
        .iter()
        .filter_map(|pair| {
            Some(Pair { a: place(pair.a)?, b: place(pair.b)?, documents: pair.documents })
        })
        .collect();
    let kept = Figures {
        corpus: figures.corpus.clone(),
        kinds: figures.kinds.clone(),
        documents: figures.documents.clone(),
        background_documents: figures.background_documents.clone(),
        fields: figures.fields.clone(),
        terms: terms.iter().map(|term| figures.terms[*term as usize].clone()).collect(),
        pairs,
        glosses: figures.glosses.clone(),
        rejected,
        ..*figures
    };
    Kept { figures: kept, terms }
}
