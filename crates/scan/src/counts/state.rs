//! The state of a scan: documents, words, frequent phrases, and who holds what.

use linghang_core::HalfYear;
use linghang_text::gloss::Gloss;
use serde::{Deserialize, Serialize};

use super::LONGEST_PHRASE;
use super::documents::{DocumentInput, DocumentTable, Lists};
use super::encode::{IN_TITLE, encode_all};
use super::level::{count_words, frequent_phrases};
use super::mentions::MentionTable;
use super::reading::{Sequences, TextReader, read_batch};
use super::repeats::Repeats;
use super::templates::View;
use super::terms::{TermId, TermLookup, TermTable, parts_of};
use super::words::{WordId, WordTable};

/// Everything that scoring needs to know of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// A phrase is kept when at least this many documents hold it.
    pub(crate) minimum: u32,
    pub(crate) documents: DocumentTable,
    pub(crate) words: WordTable,
    pub(crate) sequences: Sequences,
    /// What documents say of terms that mean the same.
    pub(crate) mentions: MentionTable,
    /// Documents that hold each word, by word.
    pub(crate) word_documents: Vec<u32>,
    pub(crate) terms: TermTable,
    /// Documents that hold each phrase, by phrase.
    pub(crate) phrase_documents: Vec<u32>,
    /// Terms of each document, ascending, marked when in the title.
    pub(crate) postings: Lists,
    /// What sources repeat in their documents.
    pub(crate) repeats: Repeats,
}

impl State {
    /// Makes an empty state that keeps phrases held by at least `minimum` documents.
    ///
    /// `minimum` must not be larger than the smallest support a later analysis asks for; otherwise later documents
    /// could bring back a term that an earlier analysis did not see.
    pub fn new(minimum: u32) -> Self {
        Self {
            minimum: minimum.max(1),
            documents: DocumentTable::default(),
            words: WordTable::default(),
            sequences: Sequences::default(),
            mentions: MentionTable::default(),
            word_documents: Vec::new(),
            terms: TermTable::default(),
            phrase_documents: Vec::new(),
            postings: Lists::default(),
            repeats: Repeats::default(),
        }
    }

    /// Builds a state from batches of documents.
    pub fn build<'a>(
        minimum: u32,
        reader: &dyn TextReader,
        batches: impl IntoIterator<Item = &'a [DocumentInput<'a>]>,
    ) -> Self {
        let mut state = Self::new(minimum);
        for batch in batches {
            state.read(batch, reader);
        }
        state.recount();
        state
    }

    /// Reads a batch without counting; [`Self::recount`] must follow the last one.
    pub fn read(&mut self, batch: &[DocumentInput<'_>], reader: &dyn TextReader) {
        for document in batch {
            self.documents.push(document);
        }
        read_batch(batch, reader, &mut self.words, &mut self.sequences, &mut self.mentions);
    }

    /// Finds the frequent phrases anew and says which document holds them.
    pub fn recount(&mut self) {
        self.word_documents = count_words(&self.sequences, &self.words);
        self.set_single_words();
        let mut lookup = TermLookup::new(&self.terms, &self.words);
        for length in 2..=LONGEST_PHRASE {
            let frequent = frequent_phrases(&self.sequences, &lookup, length, self.minimum);
            self.append_level(length, &frequent);
            lookup = TermLookup::new(&self.terms, &self.words);
        }
        self.postings = encode_all(&self.sequences, &lookup, &self.terms);
        self.repeats = Repeats::find(&self.sequences, &self.documents);
    }

    /// Starts the term table with the words that enough documents hold, in the order of their texts.
    fn set_single_words(&mut self) {
        let (words, word_documents) = (&self.words, &self.word_documents);
        let mut frequent: Vec<WordId> = (0..words.len() as WordId)
            .filter(|word| word_documents[*word as usize] >= self.minimum)
            .collect();
        frequent.sort_unstable_by(|a, b| words.text(*a).cmp(words.text(*b)));
        self.phrase_documents =
            frequent.iter().map(|word| word_documents[*word as usize]).collect();
        self.terms = TermTable {
            is_term: frequent.iter().map(|word| words.is_term(&[*word])).collect(),
            single_words: frequent,
            pairs: Default::default(),
        };
    }

    /// Adds the frequent phrases of one length, sorted by key.
    fn append_level(&mut self, length: usize, frequent: &[(u64, u32)]) {
        for (key, documents) in frequent {
            let (begin, end) = parts_of(*key);
            let mut phrase = self.terms.words(begin);
            phrase.push(self.terms.last_word(end));
            let is_term = self.words.is_term(&phrase);
            self.terms.pairs[length - 2].push((begin, end));
            self.terms.is_term.push(is_term);
            self.phrase_documents.push(*documents);
        }
    }

    /// Returns the documents.
    pub fn documents(&self) -> &DocumentTable {
        &self.documents
    }

    /// Returns the frequent phrases.
    pub fn terms(&self) -> &TermTable {
        &self.terms
    }

    /// Returns the text of a phrase.
    pub fn text(&self, term: TermId) -> String {
        self.words.phrase_text(&self.terms.words(term))
    }

    /// Returns how many documents hold a phrase.
    pub fn document_count(&self, term: TermId) -> u32 {
        self.phrase_documents[term as usize]
    }

    /// Returns the terms of a document, ascending, each with whether the title holds it.
    pub fn terms_of(&self, document: usize) -> impl Iterator<Item = (TermId, bool)> + '_ {
        self.postings
            .row(document)
            .iter()
            .map(|posting| (posting & !IN_TITLE, posting & IN_TITLE != 0))
    }

    /// Returns the glosses that enough documents up to the end of `cut` give.
    pub fn glosses(&self, cut: HalfYear) -> Vec<Gloss> {
        self.mentions.glosses(|document| self.documents.halves[document] <= cut)
    }

    /// Returns the state as seen from the ends of `cuts`, without the source templates known at one of them.
    pub fn view(&self, cuts: &[HalfYear]) -> View<'_> {
        View::new(self, cuts)
    }
}
