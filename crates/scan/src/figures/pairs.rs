//! Counts in how many documents two terms stand together.

use rayon::prelude::*;

use super::Pair;

/// Fewest documents of a pair that is kept.
const MINIMUM: u32 = 2;

/// Counts pairs of terms over documents; each row of `documents` lists the (ascending) terms of one document.
pub(super) fn count_pairs(documents: &[Vec<u32>], terms: usize) -> Vec<Pair> {
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); terms];
    for (document, row) in documents.iter().enumerate() {
        for term in row {
            holders[*term as usize].push(document as u32);
        }
    }
    let rows: Vec<Vec<Pair>> = (0..terms)
        .into_par_iter()
        .map_init(
            || vec![0_u32; terms],
            |counts, term| count_row(term as u32, &holders, documents, counts),
        )
        .collect();
    rows.into_iter().flatten().collect()
}

/// Counts the partners of `term` that come after it. `counts` is all zero before and after.
fn count_row(
    term: u32,
    holders: &[Vec<u32>],
    documents: &[Vec<u32>],
    counts: &mut [u32],
) -> Vec<Pair> {
    let mut partners = Vec::new();
    for document in &holders[term as usize] {
        let row = &documents[*document as usize];
        let after = row.partition_point(|other| *other <= term);
        for other in &row[after..] {
            let count = &mut counts[*other as usize];
            *count += 1;
            if *count == MINIMUM {
                partners.push(*other);
            }
        }
    }
    partners.sort_unstable();
    let pairs = partners
        .iter()
        .map(|other| Pair { a: term, b: *other, documents: counts[*other as usize] })
        .collect();
    for document in &holders[term as usize] {
        for other in &documents[*document as usize] {
            counts[*other as usize] = 0;
        }
    }
    pairs
}
