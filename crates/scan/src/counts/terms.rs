//! The frequent phrases of a state, numbered by length and text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::LONGEST_PHRASE;
use super::words::{WordId, WordTable};

/// Number of a frequent phrase.
pub type TermId = u32;

/// Marks a place at which no frequent phrase begins.
pub(crate) const NONE: TermId = TermId::MAX;

/// Phrases held by enough documents, those of one word first.
///
/// A longer phrase is known by the two phrases, one word shorter, that begin and end it. Not every frequent phrase is
/// a term: `internet of` is kept because `internet of thing` needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermTable {
    /// Word of each one-word phrase, ascending by text.
    pub(crate) single_words: Vec<WordId>,
    /// Begin and end of each longer phrase, ascending, by length − 2.
    pub(crate) pairs: [Vec<(TermId, TermId)>; LONGEST_PHRASE - 1],
    /// Whether each phrase is a term.
    pub(crate) is_term: Vec<bool>,
}

impl TermTable {
    /// Returns the number of phrases.
    pub fn len(&self) -> usize {
        self.is_term.len()
    }

    /// Returns whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.is_term.is_empty()
    }

    /// Returns whether a phrase is a term.
    pub fn is_term(&self, term: TermId) -> bool {
        self.is_term[term as usize]
    }

    /// Returns the number of the first phrase of `length` words.
    pub(crate) fn first_of_length(&self, length: usize) -> usize {
        let mut first = 0;
        for shorter in 1..length.min(LONGEST_PHRASE + 1) {
            first +=
                if shorter == 1 { self.single_words.len() } else { self.pairs[shorter - 2].len() };
        }
        first
    }

    /// Returns the begin and the end of a phrase of two words or more.
    pub fn parts(&self, term: TermId) -> Option<(TermId, TermId)> {
        let mut place = (term as usize).checked_sub(self.single_words.len())?;
        for level in &self.pairs {
            match level.get(place) {
                Some(parts) => return Some(*parts),
                None => place -= level.len(),
            }
        }
        None
    }

    /// Returns the words of a phrase.
    pub fn words(&self, term: TermId) -> Vec<WordId> {
        match self.parts(term) {
            None => vec![self.single_words[term as usize]],
            Some((begin, end)) => {
                let mut words = self.words(begin);
                words.extend(self.words(end).last());
                words
            }
        }
    }

    /// Returns the last word of a phrase.
    pub fn last_word(&self, term: TermId) -> WordId {
        match self.parts(term) {
            None => self.single_words[term as usize],
            Some((_, end)) => self.last_word(end),
        }
    }
}

/// The term table made ready for looking phrases up.
pub(crate) struct TermLookup {
    /// One-word phrase of each word, or [`NONE`].
    pub(crate) single: Vec<TermId>,
    /// Phrase by its two parts, by length − 2.
    pub(crate) longer: [FxHashMap<u64, TermId>; LONGEST_PHRASE - 1],
}

impl TermLookup {
    /// Makes the lookup for a table over `words`.
    pub(crate) fn new(table: &TermTable, words: &WordTable) -> Self {
        let mut single = vec![NONE; words.len()];
        for (term, word) in table.single_words.iter().enumerate() {
            single[*word as usize] = term as TermId;
        }
        let mut lookup = Self { single, longer: Default::default() };
        for (level, parts) in table.pairs.iter().enumerate() {
            let first = table.first_of_length(level + 2);
            lookup.longer[level] = parts
                .iter()
                .enumerate()
                .map(|(place, (begin, end))| (key(*begin, *end), (first + place) as TermId))
                .collect();
        }
        lookup
    }

    /// Replaces the phrases of length `length − 1` in `places` by those of `length`.
    ///
    /// `places[p]` is the phrase that begins at word `p`, or [`NONE`].
    pub(crate) fn lengthen(&self, places: &mut [TermId], length: usize) {
        let level = &self.longer[length - 2];
        for place in 0..places.len() {
            let begin = places[place];
            let end = places.get(place + 1).copied().unwrap_or(NONE);
            places[place] = if begin == NONE || end == NONE {
                NONE
            } else {
                level.get(&key(begin, end)).copied().unwrap_or(NONE)
            };
        }
    }

    /// Returns the number of a frequent phrase, or [`NONE`].
    pub(crate) fn find(&self, words: &[WordId]) -> TermId {
        let mut places = Vec::new();
        self.singles(words, &mut places);
        for length in 2..=words.len() {
            self.lengthen(&mut places, length);
        }
        places[0]
    }

    /// Writes the one-word phrase at each place of `sequence`.
    pub(crate) fn singles(&self, sequence: &[WordId], places: &mut Vec<TermId>) {
        places.clear();
        places.extend(sequence.iter().map(|word| self.single[*word as usize]));
    }
}

/// Joins the two parts of a phrase to one key.
pub(crate) fn key(begin: TermId, end: TermId) -> u64 {
    u64::from(begin) << 32 | u64::from(end)
}

/// Takes a key apart.
pub(crate) fn parts_of(key: u64) -> (TermId, TermId) {
    ((key >> 32) as TermId, key as TermId)
}
