//! Who stands behind each term: distinct actors of its documents in the window.
//!
//! A large term has tens of thousands of names, so they are counted in a table by number and never sorted.

use rayon::prelude::*;

use super::NO_SLOT;
use crate::counts::{Lists, View};
use crate::figures::TermFigures;

/// A tally is as long as the list of actors, so it is made for many terms.
const TERMS_A_TALLY: usize = 512;

/// Fills in the actors of `terms`; `slot_of` says which of them each phrase is.
pub(super) fn count(view: &View<'_>, window: &[usize], slot_of: &[u32], terms: &mut [TermFigures]) {
    let table = view.state().documents();
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); terms.len()];
    for document in window {
        for (term, _) in view.terms_of(*document) {
            let slot = slot_of[term as usize];
            if slot != NO_SLOT {
                holders[slot as usize].push(*document as u32);
            }
        }
    }
    let new_tally = || Tally { seen: vec![Seen::default(); table.actor_names.len()] };
    terms.par_iter_mut().zip(holders).enumerate().with_min_len(TERMS_A_TALLY).for_each_init(
        new_tally,
        |tally, (place, (term, holders))| {
            tally.count(&table.actors, &holders, place as u32 + 1, term);
        },
    );
}

/// What is known of one actor: for each count, the last term that it was made for.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    any: u32,
    documents: u32,
    first: u32,
    last: u32,
}

/// All actors by number.
struct Tally {
    seen: Vec<Seen>,
}

impl Tally {
    /// Counts the actors of one term. `mark` is another number for each term, and never zero.
    fn count(&mut self, actors: &Lists, holders: &[u32], mark: u32, term: &mut TermFigures) {
        for document in holders {
            let row = actors.row(*document as usize);
            for actor in row {
                let seen = &mut self.seen[*actor as usize];
                if seen.any != mark {
                    (seen.any, seen.documents) = (mark, 0);
                    term.actors += 1;
                }
                seen.documents += 1;
                term.top_actor_documents = term.top_actor_documents.max(seen.documents);
            }
            if let (Some(first), Some(last)) = (row.first(), row.last()) {
                let first = &mut self.seen[*first as usize].first;
                term.first_actors += u32::from(*first != mark);
                *first = mark;
                let last = &mut self.seen[*last as usize].last;
                term.last_actors += u32::from(*last != mark);
                *last = mark;
            }
        }
    }
}
