//! The counted facts of one corpus at one date: the only input of candidate selection and scoring.
//!
//! Figures are made from a [`State`](crate::counts::State) by [`from_state`], or read from a table that was made so
//! before; scores are the same either way. They hold no text but the terms themselves.

mod corpus;
mod from_state;
mod glosses;
mod pairs;

use std::collections::BTreeMap;

use linghang_core::{HalfYear, Year};
use serde::{Deserialize, Serialize};

use crate::counts::LONGEST_PHRASE;
use crate::params::CorpusSize;
use crate::series::Series;

pub use corpus::Corpus;
pub use from_state::from_state;
pub use glosses::{GlossLink, Glossary, add_glosses};

/// Half-years in the window W: three years.
pub const WINDOW: usize = 6;

/// Half-years of background counts: five years.
pub const BACKGROUND: usize = 10;

/// Counted facts of one corpus, all up to the end of `cut`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Name of the corpus.
    pub corpus: String,
    /// How large it is by nature.
    pub size: CorpusSize,
    /// Last half-year counted.
    pub cut: HalfYear,
    /// Documents of the window by kind of source, ascending by kind.
    pub kinds: Vec<(String, u32)>,
    /// Documents of the corpus a half-year, oldest first; the last entry is `cut`.
    pub documents: Vec<u32>,
    /// Documents of the background that are not in the corpus: the last [`BACKGROUND`] half-years.
    pub background_documents: Vec<u32>,
    /// Fields (primary classes) with their documents over everything known, ascending by name.
    pub fields: Vec<(String, u32)>,
    /// Terms with enough documents in the window, ascending by text.
    pub terms: Vec<TermFigures>,
    /// Documents in the window that hold two terms, for terms that pass the filters; at least two documents.
    pub pairs: Vec<Pair>,
    /// Which terms mean the same, as the documents up to the cut say; filled in by [`add_glosses`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glosses: Vec<GlossLink>,
    /// How many terms each filter rejected before the table was written; empty while all terms are still here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rejected: BTreeMap<String, u64>,
}

/// Counted facts of one term.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TermFigures {
    /// The term.
    pub text: String,
    /// Number of words.
    pub words: u8,
    /// Documents of the corpus a half-year, same length as [`Figures::documents`].
    pub halves: Vec<u32>,
    /// Documents of the background outside the corpus, same length as [`Figures::background_documents`].
    pub background_halves: Vec<u32>,
    /// Documents with the term over everything known.
    pub all_documents: u32,
    /// Those with the term in the title.
    pub title_documents: u32,
    /// Documents by field, as (index into [`Figures::fields`], documents), ascending.
    pub fields: Vec<(u16, u32)>,
    /// Occurrences of the last word over everything known.
    pub last_word_occurrences: u32,
    /// Those that end a phrase.
    pub last_word_heads: u32,
    /// Window documents of the commonest longer phrase that contains this one.
    pub container_documents: u32,
    /// Mean window documents of the longer phrases that contain this one.
    pub container_mean: f32,
    /// Window documents of all terms that are this one and a word after it; a document can count more than once.
    pub continued_sum: u32,
    /// Distinct actors of its documents in the window. This and the three counts after it are made only for terms that
    /// the other filters let through; they are 0 for the rest.
    pub actors: u32,
    /// Documents of its largest actor in the window.
    pub top_actor_documents: u32,
    /// Distinct first actors in the window.
    pub first_actors: u32,
    /// Distinct last actors in the window.
    pub last_actors: u32,
    /// Half-year of its fifth document in the corpus.
    pub fifth_document: Option<HalfYear>,
}

/// Two terms that stand in the same documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Index of the first term.
    pub a: u32,
    /// Index of the second term, larger than `a`.
    pub b: u32,
    /// Documents of the window that hold both.
    pub documents: u32,
}

impl Figures {
    /// Returns the year of the analysis that a half-year lies in: twelve months that end with the cut, or years before.
    pub fn year_of(&self, half: HalfYear) -> Year {
        self.cut.year() - (self.cut.0 - half.0).div_euclid(2)
    }

    /// Returns the number of documents in the window (D).
    pub fn window_documents(&self) -> u32 {
        last(&self.documents, WINDOW).iter().sum()
    }

    /// Returns documents a year for the last `years` years, oldest first.
    pub fn year_documents(&self, years: usize) -> Vec<u32> {
        by_year(last(&self.documents, years * 2))
    }

    /// Says what does not fit together, for figures that were read from a file.
    pub fn inconsistency(&self) -> Option<&'static str> {
        let halves = self.documents.len();
        let background = self.background_documents.len();
        let fits = |term: &TermFigures| {
            term.halves.len() == halves
                && term.background_halves.len() == background
                && term.fields.iter().all(|(field, _)| usize::from(*field) < self.fields.len())
        };
        let holds = |term: u32| self.terms[term as usize].window_documents();
        if self.documents.is_empty() || !(3200..4400).contains(&self.cut.0) {
            Some("there are no documents, or no plausible date")
        } else if !self
            .terms
            .iter()
            .all(|term| (1..=LONGEST_PHRASE).contains(&usize::from(term.words)))
        {
            Some("a term has no words, or too many")
        } else if !self.terms.iter().all(fits) {
            Some("a term has lists of another length")
        } else if !self.terms.is_sorted_by(|a, b| a.text < b.text) {
            Some("terms are not in the order of their texts")
        } else if !self
            .pairs
            .iter()
            .all(|pair| pair.a < pair.b && (pair.b as usize) < self.terms.len())
        {
            Some("a pair names a term that is not there")
        } else if !self.pairs.iter().all(|pair| pair.documents <= holds(pair.a).min(holds(pair.b)))
        {
            Some("a pair has more documents than its terms")
        } else {
            None
        }
    }

    /// Returns the yearly curve of a term over the last `years` years.
    pub fn series(&self, term: &TermFigures, years: usize) -> Series {
        Series {
            last_year: self.cut.year(),
            counts: by_year(last(&term.halves, years * 2)),
            totals: self.year_documents(years),
        }
    }

    /// Returns the yearly curve of a term in the background, five years.
    pub fn background_series(&self, term: &TermFigures) -> Series {
        Series {
            last_year: self.cut.year(),
            counts: by_year(&term.background_halves),
            totals: by_year(&self.background_documents),
        }
    }
}

impl TermFigures {
    /// Returns the documents in the window (R).
    pub fn window_documents(&self) -> u32 {
        last(&self.halves, WINDOW).iter().sum()
    }

    /// Returns the documents in the background's window.
    pub fn background_window_documents(&self) -> u32 {
        last(&self.background_halves, WINDOW).iter().sum()
    }

    /// Returns the share of its documents that hold it in the title.
    pub fn title_share(&self) -> f64 {
        ratio(self.title_documents, self.all_documents)
    }

    /// Returns the share of its last word's occurrences that end a phrase.
    pub fn head_share(&self) -> f64 {
        ratio(self.last_word_heads, self.last_word_occurrences)
    }

    /// Returns the field dispersion DP: half the summed difference between where the term's documents lie and where
    /// all documents lie, 0 (spread like everything) to 1 (all in one small field).
    pub fn dispersion(&self, fields: &[(String, u32)]) -> f64 {
        let all: u32 = fields.iter().map(|(_, documents)| documents).sum();
        let own: u32 = self.fields.iter().map(|(_, documents)| documents).sum();
        if all == 0 || own == 0 {
            return 0.0;
        }
        let mut rest = 1.0;
        let mut difference = 0.0;
        for (field, documents) in &self.fields {
            let expected = ratio(fields[usize::from(*field)].1, all);
            difference += (ratio(*documents, own) - expected).abs();
            rest -= expected;
        }
        0.5 * (difference + rest)
    }
}

/// Returns the last `length` entries, or all when there are fewer.
pub(crate) fn last(values: &[u32], length: usize) -> &[u32] {
    &values[values.len().saturating_sub(length)..]
}

/// Sums half-years to years, counted back from the end.
pub(crate) fn by_year(halves: &[u32]) -> Vec<u32> {
    let odd = halves.len() % 2;
    let mut years: Vec<u32> = Vec::with_capacity(halves.len() / 2 + odd);
    years.extend(halves[..odd].iter());
    years.extend(halves[odd..].chunks_exact(2).map(|pair| pair[0] + pair[1]));
    years
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
