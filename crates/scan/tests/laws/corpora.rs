//! Random corpora over a small vocabulary, so that words and phrases meet again and again.

use linghang_core::HalfYear;
use linghang_scan::candidates::{self, Candidates};
use linghang_scan::counts::{DocumentInput, EnglishReader, State};
use linghang_scan::figures::{Corpus, Figures, add_glosses, from_state};
use linghang_scan::params::ScanParams;
use linghang_scan::signals::{Score, lh6};
use proptest::prelude::*;
use proptest::sample::select;

/// Words of the fictional documents: plain ones, plurals, stop words, words with a special part, accents and signs.
const VOCABULARY: [&str; 24] = [
    "robot", "robots", "swarm", "Swarms", "network", "networks", "deep", "of", "of", "the",
    "driven", "aware", "large", "method", "internet", "things", "5g", "qubit", "école", "α", "(",
    ".", ",", "2019",
];

/// What some documents end with: more than eight words in a row, and an acronym with its long form.
const FOOTER: &str = ". swarm network internet thing qubit robot swarm network qubit 5g";
const GLOSS: &str = ". a large swarm network (LSN)";

pub(crate) const CLASSES: [&str; 3] = ["x:one", "x:two", "x:three"];
const ACTORS: [&str; 8] = ["Ada", "ada", "Bo", "Chen", "Dai", "Eve", "Fu", "Gu"];

/// Last half-year that the laws look at; about half of the documents are older.
pub(crate) const CUT: HalfYear = HalfYear(4019);

/// A fictional document.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) id: String,
    pub(crate) half: HalfYear,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) classes: Vec<&'static str>,
    pub(crate) actors: Vec<&'static str>,
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(select(&VOCABULARY[..]), words).prop_map(|words| words.join(" "))
}

/// Up to `largest` documents.
pub(crate) fn papers(largest: usize) -> impl Strategy<Value = Vec<Paper>> {
    let paper = (
        text(1..6),
        text(0..24),
        4010..4028_i32,
        prop::collection::vec(select(&CLASSES[..]), 1..3),
        prop::collection::vec(select(&ACTORS[..]), 0..4),
        (prop::bool::ANY, prop::bool::ANY),
    );
    prop::collection::vec(paper, 1..largest).prop_map(|rows| {
        rows.into_iter()
            .enumerate()
            .map(
                |(
                    number,
                    (title, mut body, half, mut classes, actors, (has_footer, has_gloss)),
                )| {
                    classes.dedup();
                    for (text, stands) in [(GLOSS, has_gloss), (FOOTER, has_footer)] {
                        body.push_str(if stands { text } else { "" });
                    }
                    Paper {
                        id: format!("x:{number}"),
                        half: HalfYear(half),
                        title,
                        body,
                        classes,
                        actors,
                    }
                },
            )
            .collect()
    })
}

/// The documents as the counter takes them.
pub(crate) fn inputs(papers: &[Paper]) -> Vec<DocumentInput<'_>> {
    papers
        .iter()
        .map(|paper| DocumentInput {
            id: &paper.id,
            kind: "paper",
            half: paper.half,
            title: &paper.title,
            body: &paper.body,
            classes: &paper.classes,
            actors: &paper.actors,
            places: &[],
            keywords: &[],
        })
        .collect()
}

/// A state built from batches of `size` documents.
pub(crate) fn build(papers: &[Paper], minimum: u32, size: usize) -> State {
    State::build(minimum, &EnglishReader, inputs(papers).chunks(size))
}

pub(crate) fn bytes(state: &State) -> Vec<u8> {
    postcard::to_allocvec(state).expect("a state can always be written")
}

/// Settings under which terms of these tiny corpora become candidates.
pub(crate) fn lenient() -> ScanParams {
    ScanParams {
        r_min_category: 2,
        r_min_pool: 2,
        r_min_all: 2,
        title_share_phrase: 0.0,
        title_share_word: 0.0,
        title_documents: 1,
        head_share_phrase: 0.0,
        head_share_word: 0.1,
        dispersion_phrase: 0.0,
        dispersion_word: 0.0,
        largest_share: 0.9,
        distinct_actors: 1,
        ..ScanParams::default()
    }
}

/// A class, a pool and everything.
pub(crate) fn three_corpora() -> Vec<Corpus> {
    vec![
        Corpus::of_classes("one", &CLASSES[..1]),
        Corpus::of_classes("pool", &CLASSES[..2]),
        Corpus::all("all"),
    ]
}

/// Everything that a scan of one corpus says.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) figures: Figures,
    pub(crate) candidates: Candidates,
    pub(crate) scores: Vec<Score>,
}

/// Scans the three corpora at [`CUT`].
pub(crate) fn scan(state: &State) -> Vec<Answer> {
    let params = lenient();
    let mut figures = from_state(state, &three_corpora(), &Corpus::all("background"), CUT, &params);
    add_glosses(&mut figures, state);
    figures
        .into_iter()
        .map(|figures| {
            let candidates = candidates::select(&figures, &params);
            let scores = lh6(&figures, &candidates.terms);
            Answer { figures, candidates, scores }
        })
        .collect()
}
