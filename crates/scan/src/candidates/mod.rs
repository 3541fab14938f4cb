//! Which terms are scored, and which of them are shown: filters that keep technologies and drop boilerplate, fragments
//! and doubles.
//!
//! Counts decide what is scored ([`rejection`]): these candidates are those of the published back-test. Language decides
//! what is left out of the lists ([`Candidates::hidden`]): a general word such as `training` can grow and tells about
//! the terms beside it, but names no technology. Every rejected or hidden term keeps its reason, so that an expert can
//! see and override it ([`ScanParams::always_kept`]).

mod naming;
mod twins;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::figures::{Figures, Pair, TermFigures};
use crate::params::ScanParams;

/// Why a term is not scored, or not shown.
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
    /// Mostly part of one longer phrase.
    Fragment,
    /// Stands in the same documents as a better term.
    Duplicate,
    /// A word of general English.
    GeneralWord,
    /// A phrase of words that say nothing in particular.
    GeneralPhrase,
    /// Ends in an adjective or participle.
    NoNoun,
    /// A name with nothing but general words added.
    Extension,
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
            Self::GeneralWord => "general_word",
            Self::GeneralPhrase => "general_phrase",
            Self::NoNoun => "no_noun",
            Self::Extension => "extension",
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
    /// For a duplicate or an extension, the term that stands for it.
    pub stands_for: BTreeMap<u32, u32>,
    /// Candidates that are scored but not shown in lists, with the reason.
    pub hidden: BTreeMap<u32, Rejection>,
}

/// Chooses the candidates.
pub fn select(figures: &Figures, params: &ScanParams) -> Candidates {
    let mut rejected: BTreeMap<u32, Rejection> = (0..figures.terms.len() as u32)
        .into_par_iter()
        .filter_map(|index| {
            Some((index, rejection(&figures.terms[index as usize], figures, params)?))
        })
        .collect();
    let mut stands_for = twins::duplicates(figures, &rejected, params);
    rejected.extend(stands_for.keys().map(|index| (*index, Rejection::Duplicate)));
    let terms: Vec<u32> =
        (0..figures.terms.len() as u32).filter(|index| !rejected.contains_key(index)).collect();
    let mut hidden: BTreeMap<u32, Rejection> = terms
        .par_iter()
        .filter_map(|index| {
            Some((*index, naming::no_name(&figures.terms[*index as usize], params)?))
        })
        .collect();
    let extensions = twins::extensions(figures, &terms, params);
    for (index, name) in extensions {
        if let Entry::Vacant(place) = hidden.entry(index) {
            place.insert(Rejection::Extension);
            stands_for.extend(name.map(|name| (index, name)));
        }
    }
    Candidates { terms, rejected, stands_for, hidden }
}

/// Returns why a term is no candidate, looking at the term alone.
pub fn rejection(term: &TermFigures, figures: &Figures, params: &ScanParams) -> Option<Rejection> {
    let few_actors = term.first_actors.min(term.last_actors) < params.distinct_actors
        && !params.always_kept.contains(&term.text);
    rejection_but_for_actors(term, figures, params)
        .or_else(|| few_actors.then_some(Rejection::FewActors))
}

/// As [`rejection`], for a term whose actors are not counted yet.
pub(crate) fn rejection_but_for_actors(
    term: &TermFigures,
    figures: &Figures,
    params: &ScanParams,
) -> Option<Rejection> {
    let is_word = term.words == 1;
    let choose = |word: f64, phrase: f64| if is_word { word } else { phrase };
    let documents = f64::from(term.window_documents());
    if params.always_kept.contains(&term.text) {
        None
    } else if f64::from(term.container_documents) >= params.fragment_share * documents {
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
