//! Adds a batch to a counted state without counting the older documents anew.
//!
//! The result is the same, byte for byte, as building the state from all batches. Counts only grow, so what was
//! frequent stays so; what becomes frequent stands in the batch, and all its parts are frequent too. Numbers follow
//! length and text, so new phrases push later ones up: all postings are renumbered by one table.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::LONGEST_PHRASE;
use super::documents::DocumentInput;
use super::encode::{IN_TITLE, encode};
use super::grams::{Find, Gram, Grams, gram_at, length_of};
use super::reading::TextReader;
use super::state::State;
use super::terms::{NONE, TermId, TermLookup, TermTable};
use super::words::{WordId, WordTable};

/// Batches up to this size are always added; larger ones only when they are small beside the state.
const SMALL_BATCH: usize = 5_000;

impl State {
    /// Adds a batch of documents to a state that is counted.
    ///
    /// Equals [`State::build`] from all batches in the same order. The time depends on the batch, plus short passes
    /// over the older documents: one for phrases that become frequent, at times one for runs that begin to recur.
    pub fn add(&mut self, batch: &[DocumentInput<'_>], reader: &dyn TextReader) {
        let older = self.documents.len();
        self.read(batch, reader);
        if batch.len() > SMALL_BATCH.max(older / 4) {
            self.recount();
            return;
        }
        self.repeats.extend(&self.sequences, &self.documents);
        self.count_new_words(older);
        let lookup = TermLookup::new(&self.terms, &self.words);
        let grams = self.take_in(older, &lookup);
        let frequent = grams.frequent(&self.sequences, older, self.minimum);
        if !frequent.is_empty() {
            self.promote(&frequent, &lookup);
        }
    }

    fn count_new_words(&mut self, older: usize) {
        self.word_documents.resize(self.words.len(), 0);
        let mut words: Vec<WordId> = Vec::new();
        for document in older..self.documents.len() {
            words.clear();
            words.extend(
                self.sequences.get(document).0.iter().filter(|word| **word != WordTable::BREAK),
            );
            words.sort_unstable();
            words.dedup();
            for word in &words {
                self.word_documents[*word as usize] += 1;
            }
        }
    }

    /// Counts the known phrases of the new documents, and collects the others.
    fn take_in(&mut self, older: usize, lookup: &TermLookup) -> Grams {
        let (sequences, terms) = (&self.sequences, &self.terms);
        let is_frequent = |word: WordId| self.word_documents[word as usize] >= self.minimum;
        let new: Vec<(Vec<u32>, Held)> = (older..self.documents.len())
            .into_par_iter()
            .map_init(Vec::new, |places, document| {
                let sequence = sequences.get(document);
                let row = encode(sequence, lookup, terms, places);
                (row, Held::of(sequence, lookup, places, is_frequent))
            })
            .collect();
        let mut grams = Grams::default();
        for (document, (row, held)) in (older..).zip(new) {
            self.postings.push(row);
            for phrase in held.known {
                self.phrase_documents[phrase as usize] += 1;
            }
            grams.add(document, held.unknown);
        }
        grams
    }

    /// Gives newly frequent phrases their numbers and writes them into the documents that hold them.
    fn promote(&mut self, frequent: &[(Gram, Vec<Find>)], lookup: &TermLookup) {
        let mut merge = Merge::new(&self.terms, &self.phrase_documents);
        for length in 1..=LONGEST_PHRASE {
            let new = frequent.iter().filter(|(gram, _)| length_of(gram) == length);
            let new: Vec<(Gram, u32)> =
                new.map(|(gram, finds)| (*gram, finds.len() as u32)).collect();
            merge.level(length, new, lookup, &self.words);
        }
        let Merge { terms, phrase_documents, renumbered, promoted, .. } = merge;
        self.postings
            .map_values(|posting| renumbered[(posting & !IN_TITLE) as usize] | posting & IN_TITLE);
        let mut additions: Vec<(u32, u32)> = Vec::new();
        for (gram, finds) in frequent {
            let term = promoted[gram];
            if terms.is_term(term) {
                additions.extend(finds.iter().map(|find| (find.document, term | find.mark)));
            }
        }
        additions.sort_unstable_by_key(|(document, _)| *document);
        self.postings.insert_sorted(&additions, |posting| posting & !IN_TITLE);
        self.terms = terms;
        self.phrase_documents = phrase_documents;
    }
}

/// The phrases of one document, each once: those already frequent, and those that may become so, with [`IN_TITLE`] or 0.
#[derive(Default)]
struct Held {
    known: Vec<TermId>,
    unknown: Vec<(Gram, u32)>,
}

impl Held {
    fn of(
        (sequence, title_length): (&[WordId], usize),
        lookup: &TermLookup,
        places: &mut Vec<TermId>,
        is_frequent: impl Fn(WordId) -> bool,
    ) -> Self {
        let mut held = Self::default();
        lookup.singles(sequence, places);
        for length in 1..=LONGEST_PHRASE {
            if length > 1 {
                lookup.lengthen(places, length);
            }
            for (place, phrase) in places.iter().enumerate() {
                if *phrase != NONE {
                    held.known.push(*phrase);
                } else if let Some(gram) = gram_at(sequence, place, length)
                    && gram[..length].iter().all(|word| is_frequent(*word))
                {
                    held.unknown.push((gram, if place < title_length { IN_TITLE } else { 0 }));
                }
            }
        }
        held.known.sort_unstable();
        held.known.dedup();
        held.unknown.sort_unstable_by_key(|(gram, mark)| (*gram, !mark));
        held.unknown.dedup_by_key(|(gram, _)| *gram);
        held
    }
}

/// Makes a new term table from an old one and newly frequent phrases, level by level.
struct Merge<'s> {
    old: &'s TermTable,
    old_documents: &'s [u32],
    terms: TermTable,
    phrase_documents: Vec<u32>,
    /// New number by old number.
    renumbered: Vec<TermId>,
    /// Numbers of the newly frequent phrases.
    promoted: FxHashMap<Gram, TermId>,
}

/// A phrase on its way into the new table.
struct Entry {
    /// For one word its rank by text is not known as a number, so the word itself stands in both.
    parts: (TermId, TermId),
    old: Option<TermId>,
    gram: Gram,
    documents: u32,
}

impl<'s> Merge<'s> {
    fn new(old: &'s TermTable, old_documents: &'s [u32]) -> Self {
        Self {
            old,
            old_documents,
            terms: TermTable::default(),
            phrase_documents: Vec::with_capacity(old.len()),
            renumbered: Vec::with_capacity(old.len()),
            promoted: FxHashMap::default(),
        }
    }

    /// Merges the phrases of one length; all shorter ones have been merged before.
    fn level(
        &mut self,
        length: usize,
        new: Vec<(Gram, u32)>,
        lookup: &TermLookup,
        words: &WordTable,
    ) {
        let mut new: Vec<Entry> = new
            .into_iter()
            .map(|(gram, documents)| Entry {
                parts: self.parts_of(&gram, length, lookup),
                old: None,
                gram,
                documents,
            })
            .collect();
        let is_before = |a: &Entry, b: &Entry| {
            if length == 1 {
                words.text(a.parts.0) < words.text(b.parts.0)
            } else {
                a.parts < b.parts
            }
        };
        new.sort_unstable_by(|a, b| is_before(b, a).cmp(&is_before(a, b)));
        let mut new = new.into_iter().peekable();
        let first = self.old.first_of_length(length);
        let end = self.old.first_of_length(length + 1);
        for old in first..end {
            let entry = self.old_entry(old, length);
            while let Some(earlier) = new.next_if(|next| is_before(next, &entry)) {
                self.push(&earlier, length, words);
            }
            self.push(&entry, length, words);
        }
        for entry in new {
            self.push(&entry, length, words);
        }
    }

    fn old_entry(&self, old: usize, length: usize) -> Entry {
        let parts = if length == 1 {
            (self.old.single_words[old], self.old.single_words[old])
        } else {
            let (begin, end) = self.old.pairs[length - 2][old - self.old.first_of_length(length)];
            (self.renumbered[begin as usize], self.renumbered[end as usize])
        };
        Entry {
            parts,
            old: Some(old as TermId),
            gram: [WordTable::BREAK; LONGEST_PHRASE],
            documents: self.old_documents[old],
        }
    }

    /// Returns the numbers of the begin and the end of a newly frequent phrase; both are frequent as it is.
    fn parts_of(&self, gram: &Gram, length: usize, lookup: &TermLookup) -> (TermId, TermId) {
        if length == 1 {
            return (gram[0], gram[0]);
        }
        let number = |words: &[WordId]| {
            let mut part = [WordTable::BREAK; LONGEST_PHRASE];
            part[..words.len()].copy_from_slice(words);
            match self.promoted.get(&part) {
                Some(number) => *number,
                None => self.renumbered[lookup.find(words) as usize],
            }
        };
        (number(&gram[..length - 1]), number(&gram[1..length]))
    }

    fn push(&mut self, entry: &Entry, length: usize, words: &WordTable) {
        let number = self.terms.is_term.len() as TermId;
        if length == 1 {
            self.terms.single_words.push(entry.parts.0);
        } else {
            self.terms.pairs[length - 2].push(entry.parts);
        }
        self.phrase_documents.push(entry.documents);
        let is_term = match entry.old {
            Some(old) => self.old.is_term(old),
            None => words.is_term(&entry.gram[..length]),
        };
        self.terms.is_term.push(is_term);
        match entry.old {
            Some(_) => self.renumbered.push(number),
            None => {
                self.promoted.insert(entry.gram, number);
            }
        }
    }
}
