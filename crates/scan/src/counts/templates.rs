//! Source templates: runs of words that a source puts into many of its documents, such as the preamble of a claim or the
//! footer of a news agency. Words inside such a run are not counted.
//!
//! A template is a run of [`RUN`] words in a row (stop words and marks between them aside) that stands in at least
//! [`MIN_DOCUMENTS`] documents of one source and in more than [`MIN_SHARE`] of them. A source is a kind of document
//! with a scheme of ids: news items of one importer, patents of one database.
//!
//! # Invariants
//!
//! - What a template is at a date depends on the documents up to that date only. The state keeps all words, so a later
//!   document can change what is said of its own date and after it, never what was said before.
//! - Nothing of this is stored: it is found again from the words, so that an enlarged state equals one made anew.

use linghang_core::HalfYear;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::DocumentTable;
use super::encode::{IN_TITLE, encode, head_counts};
use super::level::per_part;
use super::reading::Sequences;
use super::state::State;
use super::terms::{TermId, TermLookup};
use super::words::{WordId, WordTable};

/// Words in a row.
const RUN: usize = 8;
/// Fewest documents of a source that hold a template.
const MIN_DOCUMENTS: usize = 20;
/// Share of a source's documents that a template exceeds.
const MIN_SHARE: f64 = 0.005;
/// Words a cell of the sketch, as a power of two: of chance a cell then hardly ever reaches [`MIN_DOCUMENTS`].
const WORDS_A_CELL_BITS: u32 = 2;
/// Largest size of the sketch, as a power of two: 16 MB a thread.
const LARGEST_SKETCH_BITS: u32 = 24;
/// Odd number that spreads small ones over 64 bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
/// Base of the rolling hash.
const BASE: u64 = 0xD6E8_FEB8_6659_FD93;
const BASE_TO_THE_RUN: u64 = BASE.wrapping_pow(RUN as u32);

/// Runs that stand in many documents of a source, whatever their dates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Repeats {
    /// Source of each document.
    sources: Vec<u32>,
    /// Runs by hash, with the documents that hold them, ascending; ordered by hash.
    runs: Vec<(u64, Vec<u32>)>,
}

impl Repeats {
    /// Looks through all documents of a state.
    pub(crate) fn find(sequences: &Sequences, documents: &DocumentTable) -> Self {
        let sources = sources(documents);
        let words = sequences.word_count().max(256).ilog2();
        let bits = (words - WORDS_A_CELL_BITS).min(LARGEST_SKETCH_BITS);
        let sketch = sketch(sequences, &sources, bits);
        let parts = per_part(sequences.len(), |range| {
            let mut found: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
            for document in range {
                for_each_run(sequences.get(document).0, sources[document], |run, _| {
                    if usize::from(sketch[slot(run, bits)]) >= MIN_DOCUMENTS {
                        let holders = found.entry(run).or_default();
                        if holders.last() != Some(&(document as u32)) {
                            holders.push(document as u32);
                        }
                    }
                });
            }
            found
        });
        let mut runs: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        // Parts are in the order of documents, so the lists stay ascending.
        for part in parts {
            #[expect(clippy::iter_over_hash_type, reason = "each list is appended to its own run")]
            for (run, holders) in part {
                runs.entry(run).or_default().extend(holders);
            }
        }
        let mut runs: Vec<_> =
            runs.into_iter().filter(|(_, holders)| holders.len() >= MIN_DOCUMENTS).collect();
        runs.sort_unstable();
        Self { sources, runs }
    }

    /// Returns the runs that are templates at the end of `cut`, as indices into `runs`.
    fn templates(&self, halves: &[HalfYear], cut: HalfYear) -> Vec<usize> {
        if self.runs.is_empty() {
            return Vec::new();
        }
        let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
        for (source, half) in self.sources.iter().zip(halves) {
            if *half <= cut {
                *sizes.entry(*source).or_default() += 1;
            }
        }
        let is_template = |holders: &[u32]| {
            let known =
                holders.iter().filter(|document| halves[**document as usize] <= cut).count();
            let source = self.sources[holders[0] as usize];
            let size = sizes.get(&source).copied().unwrap_or(0);
            known >= MIN_DOCUMENTS && known as f64 > MIN_SHARE * size as f64
        };
        (0..self.runs.len()).filter(|place| is_template(&self.runs[*place].1)).collect()
    }
}

/// Kind and scheme of ids make a source; documents of the same kind from another importer are another.
fn sources(documents: &DocumentTable) -> Vec<u32> {
    let mut numbers: FxHashMap<(u32, &str), u32> = FxHashMap::default();
    documents
        .ids
        .iter()
        .zip(&documents.kinds)
        .map(|(id, kind)| {
            let scheme = id.split_once(':').map_or("", |(scheme, _)| scheme);
            let next = numbers.len() as u32;
            *numbers.entry((*kind, scheme)).or_insert(next)
        })
        .collect()
}

fn sketch(sequences: &Sequences, sources: &[u32], bits: u32) -> Vec<u8> {
    let parts = per_part(sequences.len(), |range| {
        let mut sketch = vec![0_u8; 1 << bits];
        for document in range {
            for_each_run(sequences.get(document).0, sources[document], |run, _| {
                let count = &mut sketch[slot(run, bits)];
                *count = count.saturating_add(1);
            });
        }
        sketch
    });
    let mut parts = parts.into_iter();
    let mut total = parts.next().unwrap_or_default();
    for part in parts {
        total
            .par_iter_mut()
            .zip(part.par_iter())
            .for_each(|(sum, value)| *sum = sum.saturating_add(*value));
    }
    total
}

fn slot(run: u64, bits: u32) -> usize {
    (run >> (64 - bits)) as usize
}

/// Calls `visit` with the hash of every run of [`RUN`] words and with the places of its first and last word.
///
/// The hash is a polynomial in the words, so that each step adds one word and takes one away.
fn for_each_run(sequence: &[WordId], source: u32, mut visit: impl FnMut(u64, (usize, usize))) {
    // The last words read, as a ring; breaks are passed over.
    let mut ring = [(0_u64, 0_usize); RUN];
    let mut count = 0;
    let mut rolling = 0_u64;
    for (place, word) in sequence.iter().enumerate() {
        if *word == WordTable::BREAK {
            continue;
        }
        let value = (u64::from(*word) + 1).wrapping_mul(SPREAD);
        let (oldest, _) = std::mem::replace(&mut ring[count % RUN], (value, place));
        rolling = rolling
            .wrapping_mul(BASE)
            .wrapping_add(value)
            .wrapping_sub(oldest.wrapping_mul(BASE_TO_THE_RUN));
        count += 1;
        if count >= RUN {
            let mixed = (rolling ^ rolling >> 32 ^ u64::from(source)).wrapping_mul(SPREAD);
            visit(mixed, (ring[count % RUN].1, place));
        }
    }
}

/// A state seen from one or more dates: the words of what is a template at one of them are left out.
pub struct View<'s> {
    state: &'s State,
    /// Words and terms of the documents that hold a template.
    without: FxHashMap<u32, Rest>,
}

/// What is left of a document without its templates.
struct Rest {
    words: Vec<WordId>,
    postings: Vec<u32>,
}

impl<'s> View<'s> {
    pub(crate) fn new(state: &'s State, repeats: &Repeats, cuts: &[HalfYear]) -> Self {
        let halves = &state.documents.halves;
        let mut places: Vec<usize> =
            cuts.iter().flat_map(|cut| repeats.templates(halves, *cut)).collect();
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return Self { state, without: FxHashMap::default() };
        }
        let runs: FxHashSet<u64> = places.iter().map(|place| repeats.runs[*place].0).collect();
        let mut touched: Vec<u32> =
            places.iter().flat_map(|place| repeats.runs[*place].1.iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let lookup = TermLookup::new(&state.terms, &state.words);
        let without = touched
            .into_par_iter()
            .map_init(Vec::new, |scratch, document| {
                let source = repeats.sources[document as usize];
                (document, rest(state, document, source, &runs, &lookup, scratch))
            })
            .collect();
        Self { state, without }
    }

    /// Returns the state.
    pub fn state(&self) -> &'s State {
        self.state
    }

    /// Returns how many documents hold a template.
    pub fn touched_documents(&self) -> usize {
        self.without.len()
    }

    /// Returns the terms of a document, ascending, each with whether the title holds it.
    pub fn terms_of(&self, document: usize) -> impl Iterator<Item = (TermId, bool)> + '_ {
        let postings = match self.without.get(&(document as u32)) {
            Some(rest) => rest.postings.as_slice(),
            None => self.state.postings.row(document),
        };
        postings.iter().map(|posting| (posting & !IN_TITLE, posting & IN_TITLE != 0))
    }

    /// Returns, by word, how often it occurs up to the end of `cut` and how often it then ends a phrase.
    pub fn head_counts(&self, cut: HalfYear) -> Vec<(u32, u32)> {
        let State { sequences, words, documents, .. } = self.state;
        let words_of = |document: usize| match self.without.get(&(document as u32)) {
            Some(rest) => rest.words.as_slice(),
            None => sequences.get(document).0,
        };
        head_counts(sequences.len(), words, words_of, |document| documents.halves[document] <= cut)
    }
}

fn rest(
    state: &State,
    document: u32,
    source: u32,
    runs: &FxHashSet<u64>,
    lookup: &TermLookup,
    scratch: &mut Vec<TermId>,
) -> Rest {
    let (sequence, title_length) = state.sequences.get(document as usize);
    let mut words = sequence.to_vec();
    for_each_run(sequence, source, |run, (first, last)| {
        if runs.contains(&run) {
            words[first..=last].fill(WordTable::BREAK);
        }
    });
    let postings = encode((&words, title_length), lookup, &state.terms, scratch);
    Rest { words, postings }
}

#[cfg(test)]
mod tests {
    use super::super::{DocumentInput, EnglishReader};
    use super::*;

    const FOOTER: &str = "This service is run by the glimmer relay press office, Harbour Street nine, all rights reserved";

    /// News items about a loom; `with` of them, the first ones of each half-year, carry the footer.
    fn news(items: usize, with: usize, halves: i32) -> State {
        let bodies: Vec<String> = (0..items)
            .map(|number| {
                let body = format!("A brackish loom was shown at stand{number}");
                if number < with { format!("{body}. {FOOTER}.") } else { body }
            })
            .collect();
        let ids: Vec<String> = (0..items).map(|number| format!("wire:{number}")).collect();
        let inputs: Vec<DocumentInput<'_>> = bodies
            .iter()
            .zip(&ids)
            .zip(0..)
            .map(|((body, id), number)| DocumentInput {
                id,
                kind: "news",
                half: HalfYear(4030 + number % halves),
                title: "Loom shown",
                body,
                classes: &[],
                actors: &[],
                places: &[],
                keywords: &[],
            })
            .collect();
        State::build(2, &EnglishReader, [inputs.as_slice()])
    }

    fn holders(state: &State, cut: i32, term: &str) -> usize {
        let view = state.view(&[HalfYear(cut)]);
        let known = (0..state.terms().len() as TermId).find(|id| state.text(*id) == term);
        (0..state.documents().len())
            .filter(|document| view.terms_of(*document).any(|(id, _)| Some(id) == known))
            .count()
    }

    #[test]
    fn words_of_a_footer_are_not_counted_and_the_rest_of_the_item_is() {
        for (items, with, relay) in [(300, 19, 19), (300, 20, 0), (5000, 25, 25), (5000, 26, 0)] {
            let state = news(items, with, 1);
            assert_eq!(holders(&state, 4030, "glimmer relay"), relay, "{with} of {items}");
            assert_eq!(holders(&state, 4030, "brackish loom"), items, "{with} of {items}");
        }
    }

    #[test]
    fn a_footer_counts_until_enough_documents_hold_it() {
        let state = news(200, 39, 2);
        // Twenty of the items with the footer are of the first half-year, nineteen of the second.
        assert_eq!(holders(&state, 4029, "glimmer relay"), 39, "nothing is known before the first");
        assert_eq!(holders(&state, 4030, "glimmer relay"), 0);
        let fewer = news(200, 38, 2);
        assert_eq!(holders(&fewer, 4030, "glimmer relay"), 38);
        assert_eq!(holders(&fewer, 4031, "glimmer relay"), 0);
    }
}
