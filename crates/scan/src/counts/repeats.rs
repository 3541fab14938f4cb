//! Runs of words that stand in many documents of one source, whatever their dates: templates are chosen from them.
//!
//! Nearly all runs stand in one document. So a sketch counts hashed runs in one byte each, and documents are kept only
//! for runs whose cell has counted enough. All of it follows from the documents alone and grows with them: an enlarged
//! state equals one made anew.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::documents::DocumentTable;
use super::level::{per_part, sum_columns};
use super::reading::Sequences;
use super::words::{WordId, WordTable};

/// Words in a row.
const RUN: usize = 8;
/// Fewest documents of a source that hold a template.
pub(crate) const MIN_DOCUMENTS: usize = 20;
/// Words a cell of the sketch, as a power of two: of chance a cell then hardly ever reaches [`MIN_DOCUMENTS`]. With
/// more than 2^26 words (some 400,000 abstracts) the sketch grows no more: cells fill of chance and runs that do not
/// recur are kept with them, which costs memory and changes no result.
const WORDS_A_CELL_BITS: u32 = 2;
/// Largest size of the sketch, as a power of two: 16 MB a thread.
const LARGEST_SKETCH_BITS: u32 = 24;
/// Odd number that spreads small ones over 64 bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
/// Base of the rolling hash.
const BASE: u64 = 0xD6E8_FEB8_6659_FD93;
const BASE_TO_THE_RUN: u64 = BASE.wrapping_pow(RUN as u32);

/// Runs that stand in many documents of a source, whatever their dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Repeats {
    /// Kind and scheme of ids of each source: documents of the same kind from another importer are another.
    source_names: Vec<(u32, String)>,
    /// Source of each document.
    sources: Vec<u32>,
    /// How many runs fell into each cell, up to 255.
    cells: Vec<u8>,
    /// Runs, by hash, of cells that reached [`MIN_DOCUMENTS`], with the documents that hold them, ascending.
    runs: BTreeMap<u64, Vec<u32>>,
}

impl Repeats {
    /// Looks through all documents of a state.
    pub(crate) fn find(sequences: &Sequences, documents: &DocumentTable) -> Self {
        let mut repeats = Self::default();
        repeats.extend(sequences, documents);
        repeats
    }

    /// Looks through the documents that came since the last call.
    pub(crate) fn extend(&mut self, sequences: &Sequences, documents: &DocumentTable) {
        let mut older = self.sources.len();
        self.name_sources(documents);
        let word_bits = sequences.word_count().max(256).ilog2();
        let cells = 1 << (word_bits - WORDS_A_CELL_BITS).min(LARGEST_SKETCH_BITS);
        if self.cells.len() != cells {
            (self.cells, self.runs, older) = (vec![0; cells], BTreeMap::new(), 0);
        }
        let new = older..documents.len();
        if older == 0 {
            self.cells = sketch(sequences, &self.sources, cells);
            let is_full = |cell: &usize| usize::from(self.cells[*cell]) >= MIN_DOCUMENTS;
            let full = Cells::new((0..cells).filter(is_full));
            self.collect(sequences, new, &full);
        } else {
            let (newly_full, full) = self.count(sequences, new.clone());
            self.collect(sequences, 0..older, &newly_full);
            self.collect(sequences, new, &full);
        }
    }

    /// Returns the source of each document.
    pub(crate) fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// Returns the runs that enough documents hold, by hash, with these documents, ascending.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let runs = self.runs.iter().map(|(run, holders)| (*run, holders.as_slice()));
        runs.filter(|(_, holders)| holders.len() >= MIN_DOCUMENTS)
    }

    fn name_sources(&mut self, documents: &DocumentTable) {
        let names = std::mem::take(&mut self.source_names);
        let mut numbers: FxHashMap<(u32, &str), u32> = FxHashMap::default();
        numbers.extend(names.iter().map(|(kind, scheme)| (*kind, scheme.as_str())).zip(0..));
        let mut new = Vec::new();
        for document in self.sources.len()..documents.len() {
            let scheme = documents.ids[document].split_once(':').map_or("", |(scheme, _)| scheme);
            let kind = documents.kinds[document];
            let next = numbers.len() as u32;
            let number = *numbers.entry((kind, scheme)).or_insert(next);
            if number == next {
                new.push((kind, scheme.to_owned()));
            }
            self.sources.push(number);
        }
        self.source_names = names.into_iter().chain(new).collect();
    }

    /// Counts the runs of `documents`; of their cells, returns those that now reached the minimum, and all that have.
    fn count(&mut self, sequences: &Sequences, documents: Range<usize>) -> (Cells, Cells) {
        let bits = self.cells.len().ilog2();
        let (mut newly_full, mut full) = (Vec::new(), Vec::new());
        for document in documents {
            for_each_run(sequences.get(document).0, self.sources[document], |run, _| {
                let count = &mut self.cells[slot(run, bits)];
                *count = count.saturating_add(1);
                if usize::from(*count) == MIN_DOCUMENTS {
                    newly_full.push(slot(run, bits));
                }
                if usize::from(*count) >= MIN_DOCUMENTS {
                    full.push(slot(run, bits));
                }
            });
        }
        (Cells::new(newly_full), Cells::new(full))
    }

    /// Keeps who among `documents` holds the runs of `cells`.
    fn collect(&mut self, sequences: &Sequences, documents: Range<usize>, cells: &Cells) {
        if cells.exact.is_empty() {
            return;
        }
        let bits = self.cells.len().ilog2();
        let parts = per_part(documents.len(), |part| {
            let mut found: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
            for document in part.start + documents.start..part.end + documents.start {
                for_each_run(sequences.get(document).0, self.sources[document], |run, _| {
                    if cells.hold(slot(run, bits)) {
                        let holders = found.entry(run).or_default();
                        if holders.last() != Some(&(document as u32)) {
                            holders.push(document as u32);
                        }
                    }
                });
            }
            found
        });
        // Parts are in the order of documents, so the lists stay ascending.
        for part in parts {
            #[expect(clippy::iter_over_hash_type, reason = "each list is appended to its own run")]
            for (run, holders) in part {
                self.runs.entry(run).or_default().extend(holders);
            }
        }
    }
}

/// Some cells of a sketch: few, so that a short row of bits says of nearly all others that they are not among them.
struct Cells {
    bits: Vec<u64>,
    exact: FxHashSet<usize>,
}

impl Cells {
    /// 8 kB of bits, which stay in the nearest cache.
    const WORDS: usize = 1 << 10;

    fn new(cells: impl IntoIterator<Item = usize>) -> Self {
        let exact: FxHashSet<usize> = cells.into_iter().collect();
        let mut bits = vec![0; Self::WORDS];
        #[expect(clippy::iter_over_hash_type, reason = "bits are set, in whatever order")]
        for cell in &exact {
            bits[cell / 64 % Self::WORDS] |= 1 << (cell % 64);
        }
        Self { bits, exact }
    }

    fn hold(&self, cell: usize) -> bool {
        self.bits[cell / 64 % Self::WORDS] & 1 << (cell % 64) != 0 && self.exact.contains(&cell)
    }
}

/// Counts the runs of all documents in `cells` cells.
fn sketch(sequences: &Sequences, sources: &[u32], cells: usize) -> Vec<u8> {
    let parts = per_part(sequences.len(), |documents| {
        let mut sketch = vec![0_u8; cells];
        for document in documents {
            for_each_run(sequences.get(document).0, sources[document], |run, _| {
                let count = &mut sketch[slot(run, cells.ilog2())];
                *count = count.saturating_add(1);
            });
        }
        sketch
    });
    sum_columns(parts, u8::saturating_add)
}

fn slot(run: u64, bits: u32) -> usize {
    (run >> (64 - bits)) as usize
}

/// Calls `visit` with the hash of every run of [`RUN`] words and with the places of its first and last word.
///
/// The hash is a polynomial in the words, so that each step adds one word and takes one away.
pub(crate) fn for_each_run(
    sequence: &[WordId],
    source: u32,
    mut visit: impl FnMut(u64, (usize, usize)),
) {
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
