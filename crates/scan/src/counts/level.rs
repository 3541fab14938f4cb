//! Finds the frequent phrases of one length.
//!
//! A phrase can only be frequent when its two parts are, so each length looks only at places where two frequent
//! phrases overlap. Most such places still hold phrases that occur once: a first pass counts hashed phrases in one
//! byte each, and only those that may be frequent get an exact count in the second pass. That bounds the memory.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::reading::Sequences;
use super::terms::{NONE, TermId, TermLookup, key};
use super::words::{WordId, WordTable};

/// Largest size of the sketch, as a power of two: 16 MB a thread.
const LARGEST_SKETCH_BITS: u32 = 24;

/// Counts in how many documents each word occurs, by word number.
pub(crate) fn count_words(sequences: &Sequences, words: &WordTable) -> Vec<u32> {
    let counts = per_part(sequences.len(), |documents| {
        let mut counts = vec![0_u32; words.len()];
        let mut seen_in = vec![u32::MAX; words.len()];
        for document in documents {
            for word in sequences.get(document).0 {
                let word = *word as usize;
                if seen_in[word] != document as u32 {
                    seen_in[word] = document as u32;
                    counts[word] += 1;
                }
            }
        }
        counts
    });
    let mut total = sum_columns(counts, |sum, part| sum + part);
    if let Some(breaks) = total.get_mut(WordTable::BREAK as usize) {
        *breaks = 0;
    }
    total
}

/// Returns the phrases of `length` words that at least `minimum` documents hold, by key, with their counts.
///
/// `lookup` knows the frequent phrases of all shorter lengths.
pub(crate) fn frequent_phrases(
    sequences: &Sequences,
    lookup: &TermLookup,
    length: usize,
    minimum: u32,
) -> Vec<(u64, u32)> {
    let bits = sequences.word_count().max(64).ilog2().min(LARGEST_SKETCH_BITS);
    let sketch = sketch(sequences, lookup, length, bits);
    let threshold = minimum.min(u32::from(u8::MAX)) as u8;
    let parts = per_part(sequences.len(), |documents| {
        let mut counts: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        for_each_key(sequences, lookup, length, documents, |document, key| {
            if sketch[slot(key, bits)] >= threshold {
                let (count, last) = counts.entry(key).or_insert((0, u32::MAX));
                if *last != document {
                    *last = document;
                    *count += 1;
                }
            }
        });
        counts
    });
    let mut total: FxHashMap<u64, u32> = FxHashMap::default();
    for part in parts {
        // The order of addition does not matter for whole numbers, and the result is sorted below.
        #[expect(clippy::iter_over_hash_type, reason = "sums of integers, sorted afterwards")]
        for (key, (count, _)) in part {
            *total.entry(key).or_default() += count;
        }
    }
    let mut frequent: Vec<_> = total.into_iter().filter(|(_, count)| *count >= minimum).collect();
    frequent.sort_unstable();
    frequent
}

fn sketch(sequences: &Sequences, lookup: &TermLookup, length: usize, bits: u32) -> Vec<u8> {
    let parts = per_part(sequences.len(), |documents| {
        let mut sketch = vec![0_u8; 1 << bits];
        for_each_key(sequences, lookup, length, documents, |_, key| {
            let count = &mut sketch[slot(key, bits)];
            *count = count.saturating_add(1);
        });
        sketch
    });
    sum_columns(parts, u8::saturating_add)
}

/// Calls `visit` with the document and the key of every possible phrase of `length` words in `documents`.
pub(crate) fn for_each_key(
    sequences: &Sequences,
    lookup: &TermLookup,
    length: usize,
    documents: std::ops::Range<usize>,
    mut visit: impl FnMut(u32, u64),
) {
    let mut places: Vec<TermId> = Vec::new();
    for document in documents {
        places_of(sequences.get(document).0, lookup, length - 1, &mut places);
        for pair in places.windows(2) {
            if pair[0] != NONE && pair[1] != NONE {
                visit(document as u32, key(pair[0], pair[1]));
            }
        }
    }
}

/// Writes to `places` which frequent phrase of `length` words begins at each word of `sequence`.
fn places_of(sequence: &[WordId], lookup: &TermLookup, length: usize, places: &mut Vec<TermId>) {
    lookup.singles(sequence, places);
    for longer in 2..=length {
        lookup.lengthen(places, longer);
    }
}

fn slot(key: u64, bits: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

/// Cuts `0..count` into one range a thread and runs `work` on each.
pub(crate) fn per_part<T: Send>(
    count: usize,
    work: impl Fn(std::ops::Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts = rayon::current_num_threads().max(1);
    let size = count.div_ceil(parts).max(1);
    (0..parts)
        .into_par_iter()
        .map(|part| work((part * size).min(count)..((part + 1) * size).min(count)))
        .collect()
}

/// Adds up one list of counts a part, all of the same length.
pub(crate) fn sum_columns<T: Copy + Send + Sync>(
    parts: Vec<Vec<T>>,
    add: impl Fn(T, T) -> T + Sync,
) -> Vec<T> {
    let mut parts = parts.into_iter();
    let mut total = parts.next().unwrap_or_default();
    for part in parts {
        total.par_iter_mut().zip(part.par_iter()).for_each(|(sum, value)| *sum = add(*sum, *value));
    }
    total
}
