//! Source templates: runs of words that a source puts into many of its documents, such as the preamble of a claim or the
//! footer of a news agency. Words inside such a run are not counted.
//!
//! A template is a run of eight words in a row (stop words and marks between them aside) that stands in at least
//! [`MIN_DOCUMENTS`] documents of one source and in more than [`MIN_SHARE`] of them. A source is a kind of document
//! with a scheme of ids: news items of one importer, patents of one database.
//!
//! What a template is at a date depends on the documents up to that date only. The state keeps all words, so a later
//! document can change what is said of its own date and after it, never what was said before.

use linghang_core::HalfYear;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::encode::{IN_TITLE, encode, head_counts};
use super::repeats::{MIN_DOCUMENTS, Repeats, for_each_run};
use super::state::State;
use super::terms::{TermId, TermLookup};
use super::words::{WordId, WordTable};

/// Share of a source's documents that a template exceeds.
const MIN_SHARE: f64 = 0.005;

/// Returns the runs that are templates at the end of `cut`, with the documents that hold them.
fn templates<'r>(
    repeats: &'r Repeats,
    halves: &[HalfYear],
    cut: HalfYear,
) -> Vec<(u64, &'r [u32])> {
    let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
    for (source, half) in repeats.sources().iter().zip(halves) {
        if *half <= cut {
            *sizes.entry(*source).or_default() += 1;
        }
    }
    let is_template = |holders: &[u32]| {
        let known = holders.iter().filter(|document| halves[**document as usize] <= cut).count();
        let source = repeats.sources()[holders[0] as usize];
        let size = sizes.get(&source).copied().unwrap_or(0);
        known >= MIN_DOCUMENTS && known as f64 > MIN_SHARE * size as f64
    };
    repeats.runs().filter(|(_, holders)| is_template(holders)).collect()
}

/// A state seen from one or more dates: the words of what is a template at one of them are left out.
pub struct View<'s> {
    state: &'s State,
    /// Words and terms of the documents that hold a template.
    without: FxHashMap<u32, Rest>,
}

/// What is left of a document without its templates.
struct Rest {
    words: Vec<WordId>,
    postings: Vec<u32>,
}

impl<'s> View<'s> {
    pub(crate) fn new(state: &'s State, cuts: &[HalfYear]) -> Self {
        let (repeats, halves) = (&state.repeats, &state.documents.halves);
        let found: Vec<(u64, &[u32])> =
            cuts.iter().flat_map(|cut| templates(repeats, halves, *cut)).collect();
        if found.is_empty() {
            return Self { state, without: FxHashMap::default() };
        }
        let runs: FxHashSet<u64> = found.iter().map(|(run, _)| *run).collect();
        let mut touched: Vec<u32> =
            found.iter().flat_map(|(_, holders)| holders.iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let lookup = TermLookup::new(&state.terms, &state.words);
        let without = touched
            .into_par_iter()
            .map_init(Vec::new, |scratch, document| {
                let source = repeats.sources()[document as usize];
                (document, rest(state, document, source, &runs, &lookup, scratch))
            })
            .collect();
        Self { state, without }
    }

    /// Returns the state.
    pub fn state(&self) -> &'s State {
        self.state
    }

    /// Returns how many documents hold a template.
    pub fn touched_documents(&self) -> usize {
        self.without.len()
    }

    /// Returns the terms of a document, ascending, each with whether the title holds it.
    pub fn terms_of(&self, document: usize) -> impl Iterator<Item = (TermId, bool)> + '_ {
        let postings = match self.without.get(&(document as u32)) {
            Some(rest) => rest.postings.as_slice(),
            None => self.state.postings.row(document),
        };
        postings.iter().map(|posting| (posting & !IN_TITLE, posting & IN_TITLE != 0))
    }

    /// Returns, by word, how often it occurs up to the end of `cut` and how often it then ends a phrase.
    pub fn head_counts(&self, cut: HalfYear) -> Vec<(u32, u32)> {
        let State { sequences, words, documents, .. } = self.state;
        let words_of = |document: usize| match self.without.get(&(document as u32)) {
            Some(rest) => rest.words.as_slice(),
            None => sequences.get(document).0,
        };
        head_counts(sequences.len(), words, words_of, |document| documents.halves[document] <= cut)
    }
}

fn rest(
    state: &State,
    document: u32,
    source: u32,
    runs: &FxHashSet<u64>,
    lookup: &TermLookup,
    scratch: &mut Vec<TermId>,
) -> Rest {
    let (sequence, title_length) = state.sequences.get(document as usize);
    let mut words = sequence.to_vec();
    for_each_run(sequence, source, |run, (first, last)| {
        if runs.contains(&run) {
            words[first..=last].fill(WordTable::BREAK);
        }
    });
    let postings = encode((&words, title_length), lookup, &state.terms, scratch);
    Rest { words, postings }
}

#[cfg(test)]
mod tests {
    use super::super::{DocumentInput, EnglishReader};
    use super::*;

    const FOOTER: &str = "This service is run by the glimmer relay press office, Harbour Street nine, all rights reserved";

    /// News items about a loom; `with` of them, the first ones of each half-year, carry the footer.
    fn news(items: usize, with: usize, halves: i32) -> State {
        news_in_batches(items, with, halves, items, |_| "wire")
    }

    /// The same, with what follows the first `first` items added later; `scheme` names the source of each item.
    fn news_in_batches(
        items: usize,
        with: usize,
        halves: i32,
        first: usize,
        scheme: impl Fn(usize) -> &'static str,
    ) -> State {
        let bodies: Vec<String> = (0..items)
            .map(|number| {
                let body = format!("A brackish loom was shown at stand{number}");
                if number < with { format!("{body}. {FOOTER}.") } else { body }
            })
            .collect();
        let ids: Vec<String> =
            (0..items).map(|number| format!("{}:{number}", scheme(number))).collect();
        let inputs: Vec<DocumentInput<'_>> = bodies
            .iter()
            .zip(&ids)
            .zip(0..)
            .map(|((body, id), number)| DocumentInput {
                id,
                kind: "news",
                half: HalfYear(4030 + number % halves),
                title: "Loom shown",
                body,
                classes: &[],
                actors: &[],
                places: &[],
                keywords: &[],
            })
            .collect();
        let mut state = State::build(2, &EnglishReader, [&inputs[..first]]);
        inputs[first..].chunks(3).for_each(|batch| state.add(batch, &EnglishReader));
        state
    }

    fn holders(state: &State, cut: i32, term: &str) -> usize {
        let view = state.view(&[HalfYear(cut)]);
        let known = (0..state.terms().len() as TermId).find(|id| state.text(*id) == term);
        (0..state.documents().len())
            .filter(|document| view.terms_of(*document).any(|(id, _)| Some(id) == known))
            .count()
    }

    #[test]
    fn words_of_a_footer_are_not_counted_and_the_rest_of_the_item_is() {
        for (items, with, relay) in [(300, 19, 19), (300, 20, 0), (5000, 25, 25), (5000, 26, 0)] {
            let state = news(items, with, 1);
            assert_eq!(holders(&state, 4030, "glimmer relay"), relay, "{with} of {items}");
            assert_eq!(holders(&state, 4030, "brackish loom"), items, "{with} of {items}");
        }
    }

    #[test]
    fn runs_are_the_same_however_the_items_came() {
        // The footer becomes frequent in the first batch, in a later one, or never; the sketch grows on the way, and a
        // second source with the same footer comes late.
        let scheme =
            |item: usize| if item > 45 && item.is_multiple_of(3) { "desk" } else { "wire" };
        for (items, with) in [(60, 60), (60, 25), (60, 10), (400, 300)] {
            for first in [1, 19, 20, 40] {
                let state = news_in_batches(items, with, 1, first, scheme);
                let anew = news_in_batches(items, with, 1, items, scheme);
                assert!(state == anew, "{with} of {items}, {first} first");
                assert_eq!(state.repeats.runs().count() > 0, with >= 20, "{with} of {items}");
            }
        }
    }

    #[test]
    fn a_footer_counts_until_enough_documents_hold_it() {
        let state = news(200, 39, 2);
        // Twenty of the items with the footer are of the first half-year, nineteen of the second.
        assert_eq!(holders(&state, 4029, "glimmer relay"), 39, "nothing is known before the first");
        assert_eq!(holders(&state, 4030, "glimmer relay"), 0);
        let fewer = news(200, 38, 2);
        assert_eq!(holders(&fewer, 4030, "glimmer relay"), 38);
        assert_eq!(holders(&fewer, 4031, "glimmer relay"), 0);
    }
}
