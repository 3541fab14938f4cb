//! The settings of a scan. A pack may change them; the defaults are those of the published back-test.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How large a corpus is by its nature; decides how many documents a term must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorpusSize {
    /// One class, such as `cs.RO`.
    Category,
    /// Several classes together.
    Pool,
    /// All documents.
    All,
}

/// Settings of candidate selection and scoring. Shares are 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScanParams {
    /// Fewest documents in the window for a term of a single class.
    pub r_min_category: u32,
    /// The same for a pool of classes.
    pub r_min_pool: u32,
    /// The same for all documents.
    pub r_min_all: u32,
    /// Fewest title documents of a term, as a share of its documents: phrases.
    pub title_share_phrase: f64,
    /// The same: single words.
    pub title_share_word: f64,
    /// Fewest documents with the term in the title.
    pub title_documents: u32,
    /// Smallest share of the last word's occurrences that end a phrase: phrases.
    pub head_share_phrase: f64,
    /// The same: single words.
    pub head_share_word: f64,
    /// Smallest field dispersion DP: phrases.
    pub dispersion_phrase: f64,
    /// The same: single words.
    pub dispersion_word: f64,
    /// Largest share of the window's documents that may hold the term.
    pub largest_share: f64,
    /// Fewest distinct first, and fewest distinct last, actors in the window.
    pub distinct_actors: u32,
    /// A term is a fragment when a longer phrase around it has at least this share of its documents.
    pub fragment_share: f64,
    /// A term is not shown when a longer phrase around it has at least this share of its documents.
    pub branch_share: f64,
    /// A phrase is not shown when the phrases that add a word at its end have at least this share of its documents.
    pub continued_share: f64,
    /// Smallest share of the last word's occurrences that end a phrase, for words with an adjective's ending.
    pub head_share_adjective: f64,
    /// A name with general words added is a term of its own from this share of the name's documents.
    pub extension_share: f64,
    /// Terms that an expert keeps, whatever the filters say; as the scan writes them, such as `internet of thing`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub always_kept: BTreeSet<String>,
    /// Two terms are one when their documents overlap this much (Jaccard).
    pub duplicate_overlap: f64,
    /// Fewest documents in the window for a corpus to be scored at all.
    pub corpus_documents: u32,
    /// Fewest documents in each of the last five years.
    pub corpus_documents_a_year: u32,
    /// Documents older than this year are left out.
    pub first_year: i32,
    /// Resolution of the clustering: larger gives smaller topics.
    pub topic_resolution: f64,
    /// Smallest similarity of a topic and a track that belong together.
    pub track_similarity_min: f64,
    /// Smallest lead over the first track that is not assigned.
    pub track_margin_min: f64,
    /// A topic less similar than this to every track may be an X candidate.
    pub x_similarity_max: f64,
}

impl Default for ScanParams {
    fn default() -> Self {
        Self {
            r_min_category: 8,
            r_min_pool: 25,
            r_min_all: 40,
            title_share_phrase: 0.05,
            title_share_word: 0.10,
            title_documents: 2,
            head_share_phrase: 0.15,
            head_share_word: 0.30,
            dispersion_phrase: 0.40,
            dispersion_word: 0.55,
            largest_share: 0.10,
            distinct_actors: 3,
            fragment_share: 0.8,
            branch_share: 0.7,
            continued_share: 0.5,
            head_share_adjective: 0.40,
            extension_share: 0.5,
            always_kept: BTreeSet::new(),
            duplicate_overlap: 0.6,
            corpus_documents: 250,
            corpus_documents_a_year: 5,
            first_year: 1995,
            topic_resolution: 3.0,
            track_similarity_min: 0.25,
            track_margin_min: 0.05,
            x_similarity_max: 0.25,
        }
    }
}

impl ScanParams {
    /// Returns the fewest documents that a term must have in the window of a corpus of this size.
    pub fn r_min(&self, size: CorpusSize) -> u32 {
        match size {
            CorpusSize::Category => self.r_min_category,
            CorpusSize::Pool => self.r_min_pool,
            CorpusSize::All => self.r_min_all,
        }
    }

    /// Returns the fewest documents of a phrase that a [`crate::counts::State`] must keep.
    ///
    /// That is less than the smallest support, because a longer phrase with fewer documents can still show a term to
    /// be its fragment. A state that keeps less would let later documents change an earlier score.
    pub fn state_minimum(&self) -> u32 {
        let smallest = self.r_min_category.min(self.r_min_pool).min(self.r_min_all);
        (self.fragment_share * f64::from(smallest)).ceil() as u32
    }
}
