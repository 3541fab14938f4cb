//! Counts over everything known up to the cut, for the terms that any corpus supports.

use linghang_core::HalfYear;

use super::supported::SupportedTerm;
use super::{NO_SLOT, dense_slots, summed};
use crate::counts::{State, TermId, View};
use crate::figures::{BACKGROUND, Corpus, TermFigures};

/// Columns of a term: documents, title documents, background half-years; then one a class.
const DOCUMENTS: usize = 0;
const TITLES: usize = 1;
const HALVES: usize = 2;
const CLASSES: usize = HALVES + BACKGROUND;

/// Counts over all documents up to the cut.
pub(super) struct Everything {
    /// Slot of each term, or [`NO_SLOT`].
    slots: Vec<u32>,
    /// Classes that are somebody's field, ascending by name, with their documents.
    pub(super) fields: Vec<(String, u32)>,
    /// A row of columns a slot.
    counts: Vec<u32>,
    columns: usize,
    heads: Vec<(u32, u32)>,
    background: Vec<bool>,
    /// Documents of the background a half-year.
    pub(super) background_documents: Vec<u32>,
}

impl Everything {
    /// Counts `wanted` terms (ascending).
    pub(super) fn count(
        view: &View<'_>,
        wanted: &[TermId],
        background: &Corpus,
        cut: HalfYear,
    ) -> Self {
        let state = view.state();
        let table = state.documents();
        let slots = dense_slots(state.terms().len(), wanted);
        let background = background.membership(state);
        let known: Vec<usize> =
            (0..table.len()).filter(|document| table.halves[*document] <= cut).collect();
        // Only classes that are somebody's field get a column: a document may name many classes, but has one field.
        let mut classes: Vec<u32> =
            known.iter().filter_map(|document| table.field(*document)).collect();
        classes.sort_unstable();
        classes.dedup();
        let name = |class: u32| table.class_names.name(class);
        classes.sort_by(|a, b| name(*a).cmp(name(*b)));
        let mut column_of = vec![0; table.class_names.len()];
        for (place, class) in classes.iter().enumerate() {
            column_of[*class as usize] = CLASSES + place;
        }
        let columns = CLASSES + classes.len();
        // One more row than terms: what is counted for all documents.
        let mut counts = summed(&known, columns * (wanted.len() + 1), |document, counts| {
            let field = table.field(document).map(|field| column_of[field as usize]);
            let half =
                background_place(table.halves[document], cut).filter(|_| background[document]);
            let half = half.map(|place| HALVES + place);
            let mut add = |slot: usize, in_title: bool| {
                let row = &mut counts[slot * columns..(slot + 1) * columns];
                row[DOCUMENTS] += 1;
                row[TITLES] += u32::from(in_title);
                for column in [field, half].into_iter().flatten() {
                    row[column] += 1;
                }
            };
            add(wanted.len(), false);
            for (term, in_title) in view.terms_of(document) {
                let slot = slots[term as usize];
                if slot != NO_SLOT {
                    add(slot as usize, in_title);
                }
            }
        });
        let all = counts.split_off(columns * wanted.len());
        let names = classes.iter().map(|class| name(*class).to_owned());
        let fields = names.zip(all[CLASSES..].iter().copied()).collect();
        Self {
            slots,
            fields,
            counts,
            columns,
            heads: view.head_counts(cut),
            background,
            background_documents: all[HALVES..CLASSES].to_vec(),
        }
    }

    /// Returns the place among the background's half-years of a document that the background holds.
    pub(super) fn background_place(
        &self,
        document: usize,
        half: HalfYear,
        cut: HalfYear,
    ) -> Option<usize> {
        background_place(half, cut).filter(|_| self.background[document])
    }

    /// Fills in what does not depend on the corpus.
    pub(super) fn term(&self, state: &State, term: &SupportedTerm) -> TermFigures {
        let slot = self.slots[term.id as usize] as usize;
        let row = &self.counts[slot * self.columns..(slot + 1) * self.columns];
        let words = state.terms().words(term.id);
        let (occurrences, heads) = self.heads[state.terms().last_word(term.id) as usize];
        let fields = (0..).zip(row[CLASSES..].iter().copied());
        TermFigures {
            text: state.text(term.id),
            words: words.len() as u8,
            background_halves: row[HALVES..CLASSES].to_vec(),
            all_documents: row[DOCUMENTS],
            title_documents: row[TITLES],
            fields: fields.filter(|(_, documents)| *documents > 0).collect(),
            last_word_occurrences: occurrences,
            last_word_heads: heads,
            container_documents: term.around.largest,
            container_mean: term.around.mean(),
            continued_sum: term.around.sum_after,
            ..TermFigures::default()
        }
    }
}

fn background_place(half: HalfYear, cut: HalfYear) -> Option<usize> {
    let age = usize::try_from(cut.0 - half.0).ok()?;
    (BACKGROUND - 1).checked_sub(age)
}
