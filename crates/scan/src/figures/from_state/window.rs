//! The documents of the window and the terms that they hold, both ways round: what actors and pairs are counted from.

use rayon::prelude::*;

use super::NO_SLOT;
use crate::counts::{Lists, View};

/// Documents that a core takes at a time.
const DOCUMENTS_A_TASK: usize = 1024;

/// Documents of the window, by their place among them, and terms, by their slot.
pub(super) struct Window {
    /// Terms of each document, ascending.
    pub(super) terms_of: Lists,
    /// Documents of each term, ascending, by their place among them.
    pub(super) holders_of: Lists,
}

impl Window {
    /// Looks through `documents` (numbers in the state, ascending). `slot_of` gives the slot, below `slots`, of each term that is looked for.
    pub(super) fn read(
        view: &View<'_>,
        documents: &[usize],
        slot_of: &[u32],
        slots: usize,
    ) -> Self {
        let parts: Vec<Lists> = documents
            .par_chunks(DOCUMENTS_A_TASK)
            .map(|part| {
                let mut rows = Lists::default();
                let mut row = Vec::new();
                for document in part {
                    let slots = view.terms_of(*document).map(|(term, _)| slot_of[term as usize]);
                    row.extend(slots.filter(|slot| *slot != NO_SLOT));
                    row.sort_unstable();
                    rows.push(row.drain(..));
                }
                rows
            })
            .collect();
        let mut terms_of = Lists::default();
        for part in &parts {
            (0..part.len()).for_each(|row| terms_of.push(part.row(row).iter().copied()));
        }
        let holders_of = terms_of.turned(slots);
        Self { terms_of, holders_of }
    }
}
