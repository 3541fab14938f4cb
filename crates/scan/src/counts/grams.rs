//! Phrases of a batch that were not frequent before, and where else they stand.
//!
//! A phrase can only become frequent through a batch that holds it. So the phrases of the batch are looked for in the
//! older documents by their words alone, in one pass. A sieve of bits turns most places away with one look.

use rustc_hash::FxHashMap;

use super::LONGEST_PHRASE;
use super::encode::IN_TITLE;
use super::level::per_part;
use super::reading::Sequences;
use super::words::{WordId, WordTable};

/// The words of a phrase, filled up with breaks.
pub(crate) type Gram = [WordId; LONGEST_PHRASE];

/// A phrase in a document; the document is marked when its title holds the phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Find {
    pub(crate) gram: u32,
    pub(crate) document: u32,
    pub(crate) mark: u32,
}

/// Distinct phrases, numbered, with the documents that hold them.
#[derive(Default)]
pub(crate) struct Grams {
    numbers: FxHashMap<Gram, u32>,
    finds: Vec<Find>,
}

/// Returns the `length` words at `place` unless a break stands among them.
pub(crate) fn gram_at(sequence: &[WordId], place: usize, length: usize) -> Option<Gram> {
    let words = sequence.get(place..place + length)?;
    if words.contains(&WordTable::BREAK) {
        return None;
    }
    let mut gram = [WordTable::BREAK; LONGEST_PHRASE];
    gram[..length].copy_from_slice(words);
    Some(gram)
}

/// Returns the number of words of a phrase.
pub(crate) fn length_of(gram: &Gram) -> usize {
    gram.iter().take_while(|word| **word != WordTable::BREAK).count()
}

impl Grams {
    /// Adds the phrases of a new document, each once and with [`IN_TITLE`] or 0.
    pub(crate) fn add(&mut self, document: usize, held: Vec<(Gram, u32)>) {
        for (gram, mark) in held {
            let next = self.numbers.len() as u32;
            let gram = *self.numbers.entry(gram).or_insert(next);
            self.finds.push(Find { gram, document: document as u32, mark });
        }
    }

    /// Looks for the phrases in older documents, and returns those held by at least `minimum` documents in all, with
    /// their finds, ascending by words and by document.
    pub(crate) fn frequent(
        mut self,
        sequences: &Sequences,
        older: usize,
        minimum: u32,
    ) -> Vec<(Gram, Vec<Find>)> {
        let sieve = Sieve::of(self.numbers.keys());
        let parts = per_part(older, |documents| {
            let mut finder = Finder { grams: &self, last: vec![u32::MAX; self.numbers.len()] };
            let mut finds = Vec::new();
            for document in documents {
                finder.look(sequences.get(document), document as u32, &sieve, &mut finds);
            }
            finds
        });
        self.finds.extend(parts.into_iter().flatten());
        let mut counts = vec![0_u32; self.numbers.len()];
        for find in &self.finds {
            counts[find.gram as usize] += 1;
        }
        let mut frequent: Vec<(Gram, u32)> = self
            .numbers
            .into_iter()
            .filter(|(_, number)| counts[*number as usize] >= minimum)
            .collect();
        frequent.sort_unstable();
        let mut finds = self.finds;
        finds.retain(|find| counts[find.gram as usize] >= minimum);
        finds.sort_unstable_by_key(|find| (find.gram, find.document));
        frequent
            .into_iter()
            .map(|(gram, number)| {
                let start = finds.partition_point(|find| find.gram < number);
                (gram, finds[start..start + counts[number as usize] as usize].to_vec())
            })
            .collect()
    }
}

/// Looks through documents; remembers where each phrase was found last, to count a document once.
struct Finder<'g> {
    grams: &'g Grams,
    last: Vec<u32>,
}

impl Finder<'_> {
    fn look(
        &mut self,
        (sequence, title_length): (&[WordId], usize),
        document: u32,
        sieve: &Sieve,
        finds: &mut Vec<Find>,
    ) {
        for place in 0..sequence.len() {
            let mut hash = 0;
            let words = &sequence[place..(place + LONGEST_PHRASE).min(sequence.len())];
            for (end, word) in words.iter().enumerate() {
                if *word == WordTable::BREAK {
                    break;
                }
                hash = extended(hash, *word);
                let bits = sieve.bits(hash);
                if !is_set(bits, whole(hash)) {
                    if is_set(bits, begun(hash)) {
                        continue;
                    }
                    break;
                }
                let mut gram = [WordTable::BREAK; LONGEST_PHRASE];
                gram[..=end].copy_from_slice(&words[..=end]);
                let Some(gram) = self.grams.numbers.get(&gram).copied() else { continue };
                if self.last[gram as usize] != document {
                    self.last[gram as usize] = document;
                    // The title comes first, so the first place decides.
                    let mark = if place < title_length { IN_TITLE } else { 0 };
                    finds.push(Find { gram, document, mark });
                }
            }
        }
    }
}

/// Bits in the sieve, as a power of two: 1 MB, so that it stays in the cache of a core.
const SIEVE_BITS: u32 = 23;

/// Says quickly of most phrases that they are not looked for, and that no longer phrase begins with them.
struct Sieve {
    cells: Vec<u64>,
}

impl Sieve {
    fn of<'g>(grams: impl Iterator<Item = &'g Gram>) -> Self {
        let mut cells = vec![0_u64; 1 << (SIEVE_BITS - 6)];
        for gram in grams {
            let mut hash = 0;
            for (end, word) in gram[..length_of(gram)].iter().enumerate() {
                hash = extended(hash, *word);
                let is_whole = end + 1 == length_of(gram);
                cells[cell(hash)] |= if is_whole { whole(hash) } else { begun(hash) };
            }
        }
        Self { cells }
    }

    fn bits(&self, hash: u64) -> u64 {
        self.cells[cell(hash)]
    }
}

fn is_set(bits: u64, wanted: u64) -> bool {
    bits & wanted == wanted
}

fn extended(hash: u64, word: WordId) -> u64 {
    (hash.rotate_left(23) ^ u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn cell(hash: u64) -> usize {
    (hash >> (64 - (SIEVE_BITS - 6))) as usize
}

/// The bits of a phrase that is looked for.
fn whole(hash: u64) -> u64 {
    1 << (hash >> 20 & 63) | 1 << (hash >> 28 & 63) | 1 << (hash >> 34 & 63)
}

/// The bits of a phrase that a longer one begins with.
fn begun(hash: u64) -> u64 {
    1 << (hash >> 12 & 63) | 1 << (hash >> 40 & 63)
}
