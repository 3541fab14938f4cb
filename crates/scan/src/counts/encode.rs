//! Turns word sequences into the terms that each document holds.

use rayon::prelude::*;

use super::LONGEST_PHRASE;
use super::documents::Lists;
use super::level::per_part;
use super::reading::Sequences;
use super::terms::{NONE, TermId, TermLookup, TermTable};
use super::words::WordId;

/// Set in a posting when the document holds the term in its title.
pub(crate) const IN_TITLE: u32 = 1 << 31;

/// Returns the terms of all documents: a row each, ascending, with [`IN_TITLE`] where it applies.
pub(crate) fn encode_all(sequences: &Sequences, lookup: &TermLookup, table: &TermTable) -> Lists {
    let parts: Vec<Vec<Vec<u32>>> = per_part(sequences.len(), |documents| {
        let mut places = Vec::new();
        documents
            .map(|document| encode(sequences.get(document), lookup, table, &mut places))
            .collect()
    });
    let mut lists = Lists::default();
    for row in parts.into_iter().flatten() {
        lists.push(row);
    }
    lists
}

/// Returns the terms of one document, ascending.
pub(crate) fn encode(
    (sequence, title_length): (&[WordId], usize),
    lookup: &TermLookup,
    table: &TermTable,
    places: &mut Vec<TermId>,
) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    lookup.singles(sequence, places);
    for length in 1..=LONGEST_PHRASE {
        if length > 1 {
            lookup.lengthen(places, length);
        }
        for (place, term) in places.iter().enumerate() {
            if *term != NONE && table.is_term(*term) {
                // Breaks keep phrases from reaching over the end of the title.
                let mark = if place < title_length { 0 } else { IN_TITLE };
                found.push(*term | mark);
            }
        }
    }
    // The mark is inverted until here, so that of two postings of a term the one from the title comes first.
    found.sort_unstable_by_key(|posting| (posting & !IN_TITLE, posting & IN_TITLE));
    found.dedup_by_key(|posting| *posting & !IN_TITLE);
    for posting in &mut found {
        *posting ^= IN_TITLE;
    }
    found
}

/// Occurrences of each word, and how many of them end a phrase, over the documents that `is_counted` accepts.
pub(crate) fn head_counts<'s>(
    documents: usize,
    words: &super::words::WordTable,
    words_of: impl Fn(usize) -> &'s [WordId] + Sync,
    is_counted: impl Fn(usize) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let parts = per_part(documents, |documents| {
        let mut counts = vec![(0_u32, 0_u32); words.len()];
        for document in documents.filter(|document| is_counted(*document)) {
            for pair in words_of(document).windows(2) {
                let (all, heads) = &mut counts[pair[0] as usize];
                *all += 1;
                *heads += u32::from(words.ends_phrase(pair[1]));
            }
        }
        counts
    });
    let mut parts = parts.into_iter();
    let mut total = parts.next().unwrap_or_default();
    for part in parts {
        total.par_iter_mut().zip(part).for_each(|(sum, value)| {
            sum.0 += value.0;
            sum.1 += value.1;
        });
    }
    total
}
