//! Counts in how many documents two terms stand together.

use rayon::prelude::*;

use super::Pair;
use crate::counts::Lists;

/// Fewest documents of a pair that is kept.
const MINIMUM: u32 = 2;

/// Counts pairs of terms over documents.
///
/// Each row of `documents` lists the terms of one document, each row of `holders` the documents of one term; both
/// ascending. Terms that `is_wanted` does not name are passed over.
pub(super) fn count_pairs(documents: &Lists, holders: &Lists, is_wanted: &[bool]) -> Vec<Pair> {
    let rows: Vec<Vec<Pair>> = (0..holders.len() as u32)
        .into_par_iter()
        .map_init(
            || vec![0_u32; holders.len()],
            |counts, term| {
                let own = if is_wanted[term as usize] { holders.row(term as usize) } else { &[] };
                let mut pairs = count_row(term, own, documents, counts);
                pairs.retain(|pair| is_wanted[pair.b as usize]);
                pairs
            },
        )
        .collect();
    rows.into_iter().flatten().collect()
}

/// Counts the partners of `term` that come after it. `counts` is all zero before and after.
fn count_row(term: u32, holders: &[u32], documents: &Lists, counts: &mut [u32]) -> Vec<Pair> {
    let mut partners = Vec::new();
    for document in holders {
        let row = documents.row(*document as usize);
        let after = row.partition_point(|other| *other <= term);
        for other in &row[after..] {
            let count = &mut counts[*other as usize];
            if *count == 0 {
                partners.push(*other);
            }
            *count += 1;
        }
    }
    let mut pairs = Vec::new();
    for other in partners {
        let documents = std::mem::take(&mut counts[other as usize]);
        if documents >= MINIMUM {
            pairs.push(Pair { a: term, b: other, documents });
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.b);
    pairs
}
