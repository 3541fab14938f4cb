//! Slow counters, written from the rules alone, against the fast ones.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::HalfYear;
use linghang_scan::candidates::{self, Rejection};
use linghang_scan::counts::{State, TermId};
use linghang_scan::figures::{BACKGROUND, Figures, WINDOW};
use linghang_text::{Token, english};
use proptest::prelude::*;

use crate::corpora::{CUT, Paper, build, lenient, papers, scan, three_corpora};

/// The folded words of a text; `None` is a break or a stop word.
fn words(text: &str) -> Vec<Option<String>> {
    let mut cleaned = String::new();
    english::clean(text, &mut cleaned);
    let mut found = Vec::new();
    english::words(&cleaned, &mut |token| {
        found.push(match token {
            Token::Word(raw) => {
                let folded = english::fold_plural(raw);
                (!english::classify(raw, &folded).is_stop).then(|| folded.into_owned())
            }
            Token::Break => None,
        });
    });
    found
}

/// All phrases of one to four words without a break.
fn phrases(text: &str) -> BTreeSet<String> {
    let words = words(text);
    let lengths = (1..=4).flat_map(|length| words.windows(length));
    lengths
        .filter_map(|phrase| Some(phrase.iter().cloned().collect::<Option<Vec<_>>>()?.join(" ")))
        .collect()
}

fn is_term(phrase: &str) -> bool {
    let class = |word: &str| english::classify(word, word);
    match phrase.split_once(' ') {
        None => class(phrase).can_stand_alone,
        Some((first, rest)) => {
            class(first).can_begin && class(rest.rsplit(' ').next().unwrap_or(rest)).can_end
        }
    }
}

/// Phrases of a document, each with whether the title holds it.
fn held(paper: &Paper) -> BTreeMap<String, bool> {
    let mut held: BTreeMap<String, bool> =
        phrases(&paper.body).into_iter().map(|phrase| (phrase, false)).collect();
    held.extend(phrases(&paper.title).into_iter().map(|phrase| (phrase, true)));
    held
}

/// Documents by phrase.
fn holders(held: &[BTreeMap<String, bool>]) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (document, phrases) in held.iter().enumerate() {
        for phrase in phrases.keys() {
            holders.entry(phrase).or_default().insert(document);
        }
    }
    holders
}

fn check_phrases(papers: &[Paper], state: &State, minimum: usize) -> Result<(), TestCaseError> {
    let held: Vec<_> = papers.iter().map(held).collect();
    let holders = holders(&held);
    let expected: BTreeMap<String, (u32, bool)> = holders
        .iter()
        .filter(|(_, documents)| documents.len() >= minimum)
        .map(|(phrase, documents)| {
            ((*phrase).to_owned(), (documents.len() as u32, is_term(phrase)))
        })
        .collect();
    let numbers = 0..state.terms().len() as TermId;
    let found: BTreeMap<String, (u32, bool)> = numbers
        .map(|term| (state.text(term), (state.document_count(term), state.terms().is_term(term))))
        .collect();
    prop_assert_eq!(&found, &expected);
    for (document, phrases) in held.iter().enumerate() {
        let found: BTreeMap<String, bool> =
            state.terms_of(document).map(|(term, in_title)| (state.text(term), in_title)).collect();
        let expected: BTreeMap<String, bool> = phrases
            .iter()
            .filter(|(phrase, _)| expected.get(*phrase).is_some_and(|(_, is_term)| *is_term))
            .map(|(phrase, in_title)| (phrase.clone(), *in_title))
            .collect();
        prop_assert_eq!(found, expected);
    }
    Ok(())
}

/// The documents behind some figures.
struct Naive<'p> {
    papers: &'p [Paper],
    held: Vec<BTreeMap<String, bool>>,
    classes: Vec<String>,
}

impl Naive<'_> {
    fn is_in_corpus(&self, document: usize) -> bool {
        self.classes.is_empty()
            || self.papers[document]
                .classes
                .iter()
                .any(|class| self.classes.iter().any(|own| own == class))
    }

    /// Documents up to the cut that satisfy `accept`.
    fn count(&self, accept: impl Fn(usize, &Paper) -> bool) -> u32 {
        let known = self.papers.iter().enumerate().filter(|(_, paper)| paper.half <= CUT);
        known.filter(|(document, paper)| accept(*document, paper)).count() as u32
    }

    fn is_in_window(&self, document: usize) -> bool {
        let half = self.papers[document].half;
        self.is_in_corpus(document) && half <= CUT && half.0 > CUT.0 - WINDOW as i32
    }

    fn window(&self, term: &str) -> Vec<&Paper> {
        (0..self.papers.len())
            .filter(|document| {
                self.is_in_window(*document) && self.held[*document].contains_key(term)
            })
            .map(|document| &self.papers[document])
            .collect()
    }

    /// Terms with two documents in the window, in two of its three years.
    fn supported(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.held.iter().flat_map(BTreeMap::keys).collect();
        let years = |term: &str| -> BTreeSet<i32> {
            self.window(term).iter().map(|paper| (CUT.0 - paper.half.0) / 2).collect()
        };
        all.into_iter()
            .filter(|term| is_term(term) && self.window(term).len() >= 2 && years(term).len() >= 2)
            .cloned()
            .collect()
    }

    fn check(&self, figures: &Figures) -> Result<(), TestCaseError> {
        let texts: Vec<String> = figures.terms.iter().map(|term| term.text.clone()).collect();
        prop_assert_eq!(texts, self.supported());
        for place in 0..figures.terms.len() {
            self.check_counts(figures, place)?;
            self.check_people_and_heads(figures, place)?;
        }
        self.check_pairs(figures)
    }

    fn check_counts(&self, figures: &Figures, place: usize) -> Result<(), TestCaseError> {
        let term = &figures.terms[place];
        let has = |document: usize| self.held[document].contains_key(&term.text);
        let first = CUT.0 + 1 - figures.documents.len() as i32;
        for (age, (own, all)) in term.halves.iter().zip(&figures.documents).enumerate() {
            let half = HalfYear(first + age as i32);
            prop_assert_eq!(
                *all,
                self.count(|d, paper| paper.half == half && self.is_in_corpus(d))
            );
            prop_assert_eq!(
                *own,
                self.count(|d, paper| paper.half == half && self.is_in_corpus(d) && has(d))
            );
        }
        for (age, documents) in term.background_halves.iter().enumerate() {
            let half = HalfYear(CUT.0 + 1 - BACKGROUND as i32 + age as i32);
            let expected =
                self.count(|d, paper| paper.half == half && !self.is_in_corpus(d) && has(d));
            prop_assert_eq!(*documents, expected);
        }
        let all = self.count(|d, _| has(d));
        let titles = self.count(|d, _| self.held[d].get(&term.text) == Some(&true));
        prop_assert_eq!((term.all_documents, term.title_documents), (all, titles));
        let mut halves: Vec<HalfYear> = self
            .papers
            .iter()
            .enumerate()
            .filter(|(d, paper)| paper.half <= CUT && self.is_in_corpus(*d) && has(*d))
            .map(|(_, paper)| paper.half)
            .collect();
        halves.sort_unstable();
        prop_assert_eq!(term.fifth_document, halves.get(4).copied());
        prop_assert!(
            (term.dispersion(&figures.fields) - self.dispersion(&term.text)).abs() < 1e-12
        );
        Ok(())
    }

    /// Half the summed difference between the term's share and all documents' share, field by field.
    fn dispersion(&self, term: &str) -> f64 {
        let fields: BTreeSet<&str> = self.papers.iter().map(|paper| paper.classes[0]).collect();
        let (all, own) =
            (self.count(|_, _| true), self.count(|d, _| self.held[d].contains_key(term)));
        let difference = |field: &str| {
            let in_field = self.count(|_, paper| paper.classes[0] == field);
            let both =
                self.count(|d, paper| paper.classes[0] == field && self.held[d].contains_key(term));
            (f64::from(both) / f64::from(own) - f64::from(in_field) / f64::from(all)).abs()
        };
        0.5 * fields.into_iter().map(difference).sum::<f64>()
    }

    fn check_people_and_heads(&self, figures: &Figures, place: usize) -> Result<(), TestCaseError> {
        let term = &figures.terms[place];
        let window = self.window(&term.text);
        let distinct = |names: Vec<&&str>| {
            names.into_iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len() as u32
        };
        let all = distinct(window.iter().flat_map(|paper| &paper.actors).collect());
        let first = distinct(window.iter().filter_map(|paper| paper.actors.first()).collect());
        let last = distinct(window.iter().filter_map(|paper| paper.actors.last()).collect());
        let counted = match candidates::rejection(term, figures, &lenient()) {
            None | Some(Rejection::FewActors) => (all, first, last),
            Some(_) => (0, 0, 0),
        };
        prop_assert_eq!((term.actors, term.first_actors, term.last_actors), counted);
        let head = term.text.rsplit(' ').next().map(str::to_owned);
        let (mut occurrences, mut heads) = (0, 0);
        for paper in self.papers.iter().filter(|paper| paper.half <= CUT) {
            for pair in [&paper.title, &paper.body]
                .map(|text| words(text))
                .iter()
                .flat_map(|words| words.windows(2))
            {
                if pair[0] == head {
                    occurrences += 1;
                    heads += u32::from(pair[1].as_deref().is_none_or(|next| next == "of"));
                }
            }
        }
        prop_assert_eq!((term.last_word_occurrences, term.last_word_heads), (occurrences, heads));
        Ok(())
    }

    fn check_pairs(&self, figures: &Figures) -> Result<(), TestCaseError> {
        let params = lenient();
        let passing: Vec<u32> = (0..figures.terms.len() as u32)
            .filter(|term| {
                candidates::rejection(&figures.terms[*term as usize], figures, &params).is_none()
            })
            .collect();
        let mut expected = Vec::new();
        for (place, a) in passing.iter().enumerate() {
            for b in &passing[place + 1..] {
                let texts = [*a, *b].map(|term| &figures.terms[term as usize].text);
                let both = self.count(|d, _| {
                    self.is_in_window(d)
                        && texts.iter().all(|text| self.held[d].contains_key(*text))
                });
                if both >= 2 {
                    expected.push((*a, *b, both));
                }
            }
        }
        let found: Vec<_> =
            figures.pairs.iter().map(|pair| (pair.a, pair.b, pair.documents)).collect();
        prop_assert_eq!(found, expected);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phrases_are_those_of_a_counter_that_looks_at_all_of_them(papers in papers(40), minimum in 1..4_u32) {
        check_phrases(&papers, &build(&papers, minimum, 40), minimum as usize)?;
    }

    #[test]
    fn figures_are_those_of_a_counter_that_looks_at_every_document(papers in papers(40)) {
        let answers = scan(&build(&papers, 2, 40));
        for (corpus, answer) in three_corpora().into_iter().zip(&answers) {
            let held = papers.iter().map(held).collect();
            Naive { papers: &papers, held, classes: corpus.classes }.check(&answer.figures)?;
        }
    }
}
