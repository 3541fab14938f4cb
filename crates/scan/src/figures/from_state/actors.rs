//! Who stands behind each term: distinct actors of its documents in the window.
//!
//! A large term has tens of thousands of names, so they are counted in a table by number and never sorted.

use rayon::prelude::*;

use super::window::Window;
use crate::counts::{DocumentTable, Lists};
use crate::figures::TermFigures;

/// A tally is as long as the list of actors, so it is made for many terms.
const TERMS_A_TALLY: usize = 512;

/// Fills in the actors of `terms`, whose documents `window` lists.
pub(super) fn count(actors: &Actors, window: &Window, terms: &mut [TermFigures]) {
    let new_tally = || Tally { seen: vec![Seen::default(); actors.count] };
    terms.par_iter_mut().enumerate().with_min_len(TERMS_A_TALLY).for_each_init(
        new_tally,
        |tally, (slot, term)| {
            let holders = window.holders_of.row(slot).iter();
            let rows = holders.map(|place| actors.of.row(*place as usize));
            tally.count(rows, slot as u32 + 1, term);
        },
    );
}

/// The actors of some documents, numbered from zero as they appear: a short table stays in the cache.
pub(super) struct Actors {
    /// Actors of each document, by its place among them.
    of: Lists,
    count: usize,
}

impl Actors {
    /// Numbers the actors of `documents`.
    pub(super) fn of(table: &DocumentTable, documents: &[usize]) -> Self {
        let mut numbers: Vec<Option<u32>> = vec![None; table.actor_names.len()];
        let mut count = 0;
        let mut rows = Lists::default();
        for document in documents {
            rows.push(table.actors.row(*document).iter().map(|actor| {
                *numbers[*actor as usize].get_or_insert_with(|| {
                    count += 1;
                    count - 1
                })
            }));
        }
        Self { of: rows, count: count as usize }
    }
}

/// What is known of one actor, for the term that was counted last.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// The term, as its mark.
    mark: u32,
    /// Documents of the actor.
    documents: u32,
    /// Whether it was first in one of them.
    is_first: bool,
    /// Whether it was last in one of them.
    is_last: bool,
}

/// All actors by number.
struct Tally {
    seen: Vec<Seen>,
}

impl Tally {
    /// Counts the actors of one term, a row a document. `mark` is another number for each term, and never zero.
    fn count<'r>(
        &mut self,
        rows: impl Iterator<Item = &'r [u32]>,
        mark: u32,
        term: &mut TermFigures,
    ) {
        for row in rows {
            for (place, actor) in row.iter().enumerate() {
                let seen = &mut self.seen[*actor as usize];
                if seen.mark != mark {
                    *seen = Seen { mark, ..Seen::default() };
                    term.actors += 1;
                }
                seen.documents += 1;
                term.top_actor_documents = term.top_actor_documents.max(seen.documents);
                let (is_first, is_last) = (place == 0, place + 1 == row.len());
                term.first_actors += u32::from(is_first && !seen.is_first);
                term.last_actors += u32::from(is_last && !seen.is_last);
                seen.is_first |= is_first;
                seen.is_last |= is_last;
            }
        }
    }
}
