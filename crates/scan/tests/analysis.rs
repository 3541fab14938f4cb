//! Laws of a whole analysis: what its lists promise, whether it is made from documents or from figures alone.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::HalfYear;
use linghang_scan::analysis::{Evidence, Outcome, PlaceNames, Request, analyse};
use linghang_scan::backtest::TermIndex;
use linghang_scan::candidates::keep_passing;
use linghang_scan::counts::{DocumentInput, EnglishReader, State};
use linghang_scan::figures::{Corpus, Figures, from_state};
use linghang_scan::params::ScanParams;
use linghang_scan::topics::{RememberedTopic, TrackSelector};
use proptest::prelude::*;

static NO_EXPERTS: BTreeMap<String, f64> = BTreeMap::new();
static NO_PLACES: PlaceNames = PlaceNames { local: Vec::new(), national: Vec::new() };

/// First half-year of the fictional documents, and one after the last.
const HALVES: std::ops::Range<i32> = 4010..4030;
const CLASSES: [&str; 3] = ["x:one", "x:two", "x:three"];
const LEFT: [&str; 8] =
    ["quantum", "swarm", "tidal", "neural", "elastic", "optical", "thermal", "sonic"];
const RIGHT: [&str; 5] = ["relay", "lattice", "loom", "sensor", "engine"];
const ACTORS: [&str; 10] = ["Ada", "Bo", "Chen", "Dai", "Eve", "Fu", "Gu", "Han", "Ines", "Jun"];

/// A fictional document: what it names by number, first the terms of the title.
#[derive(Debug, Clone)]
struct Paper {
    half: i32,
    class: usize,
    named: Vec<usize>,
    actors: Vec<&'static str>,
    is_patent: bool,
}

impl Paper {
    fn term(number: usize) -> String {
        format!("{} {}", LEFT[number % LEFT.len()], RIGHT[number / LEFT.len() % RIGHT.len()])
    }

    fn text(numbers: &[usize]) -> String {
        let terms: Vec<String> = numbers.iter().map(|number| Self::term(*number)).collect();
        terms.join(", and of the ")
    }
}

/// Documents whose terms lie near those of their class, so that terms keep company.
fn papers() -> impl Strategy<Value = Vec<Paper>> {
    let paper = (
        HALVES,
        0..CLASSES.len(),
        prop::collection::vec(0..12_usize, 4..9),
        prop::collection::vec(prop::sample::select(&ACTORS[..]), 1..4),
        prop::bool::weighted(0.2),
    );
    prop::collection::vec(paper, 240..360).prop_map(|rows| {
        rows.into_iter()
            .map(|(half, class, named, actors, is_patent)| Paper {
                half,
                class,
                named: named.into_iter().map(|number| number + class * 12).collect(),
                actors,
                is_patent,
            })
            .collect()
    })
}

/// Settings under which these small corpora are scored.
fn lenient() -> ScanParams {
    ScanParams {
        r_min_category: 4,
        r_min_pool: 4,
        r_min_all: 4,
        title_share_phrase: 0.0,
        title_share_word: 0.0,
        head_share_word: 0.1,
        dispersion_phrase: 0.1,
        dispersion_word: 0.1,
        largest_share: 0.9,
        distinct_actors: 2,
        topic_resolution: 1.0,
        corpus_documents: 20,
        corpus_documents_a_year: 1,
        ..ScanParams::default()
    }
}

fn count(papers: &[Paper], params: &ScanParams) -> State {
    let texts: Vec<(String, String, String)> = papers
        .iter()
        .enumerate()
        .map(|(number, paper)| {
            let (title, body) = paper.named.split_at(2);
            (format!("x:{number:04}"), Paper::text(title), Paper::text(body))
        })
        .collect();
    let classes: Vec<[&str; 1]> = papers.iter().map(|paper| [CLASSES[paper.class]]).collect();
    let inputs: Vec<DocumentInput<'_>> = papers
        .iter()
        .zip(texts.iter().zip(&classes))
        .map(|(paper, ((id, title, body), classes))| DocumentInput {
            id,
            kind: if paper.is_patent { "patent" } else { "paper" },
            half: HalfYear(paper.half),
            title,
            body,
            classes,
            actors: &paper.actors,
            places: &[],
            keywords: &[],
        })
        .collect();
    let mut state = State::new(params.state_minimum());
    state.read(&inputs, &EnglishReader);
    state.recount();
    state
}

/// One corpus with all that an analysis can be given.
struct Case {
    state: State,
    corpus: Corpus,
    figures: Figures,
    params: ScanParams,
    tracks: Vec<TrackSelector>,
}

impl Case {
    fn new(papers: &[Paper], cut: i32) -> Self {
        let params = lenient();
        let state = count(papers, &params);
        let corpus = Corpus::all("all");
        let figures =
            from_state(&state, std::slice::from_ref(&corpus), &corpus, HalfYear(cut), &params)
                .remove(0);
        let tracks = vec![TrackSelector {
            id: "track".to_owned(),
            seeds: vec![Paper::term(0), Paper::term(1)],
            classes: vec![CLASSES[0].to_owned()],
            negatives: Vec::new(),
        }];
        Self { state, corpus, figures, params, tracks }
    }

    fn request<'a>(
        &'a self,
        figures: &'a Figures,
        evidence: Option<&'a Evidence<'a>>,
        remembered: &'a [RememberedTopic],
        top: usize,
    ) -> Request<'a> {
        let (tracks, params) = (&self.tracks[..], &self.params);
        Request {
            figures,
            past: &[],
            evidence,
            tracks,
            remembered,
            experts: &NO_EXPERTS,
            places: &NO_PLACES,
            params,
            top,
            only: None,
        }
    }

    fn with_figures(&self, figures: &Figures) -> Outcome {
        analyse(&self.request(figures, None, &[], usize::MAX))
    }

    fn with_documents(&self, remembered: &[RememberedTopic], top: usize) -> Outcome {
        let index = TermIndex::new(&self.state);
        let evidence = Evidence::new(&index, &self.corpus, &self.figures);
        analyse(&self.request(&self.figures, Some(&evidence), remembered, top))
    }
}

/// Scores as they are shown: term, score, contributions by bits.
fn scores(outcome: &Outcome) -> Vec<(String, u64, Vec<u64>)> {
    let bits = |term: &linghang_scan::result::TermResult| {
        term.contributions.iter().map(|part| part.contribution.to_bits()).collect()
    };
    let terms = outcome.result.terms.iter();
    terms.map(|term| (term.term.clone(), term.score.to_bits(), bits(term))).collect()
}

/// An analysis at the end of a year or in its middle.
fn case() -> impl Strategy<Value = (Vec<Paper>, Case)> {
    (papers(), 4026..4030_i32).prop_map(|(papers, cut)| {
        let case = Case::new(&papers, cut);
        (papers, case)
    })
}

impl std::fmt::Debug for Case {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} terms at {}", self.figures.terms.len(), self.figures.cut)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_supported_term_is_a_candidate_or_rejected_with_a_reason((_, case) in case()) {
        let result = case.with_documents(&[], usize::MAX).result;
        let rejected: u64 = result.rejected.values().sum();
        prop_assert_eq!(result.candidates + rejected, case.figures.terms.len() as u64);
        let hidden: u64 = result.hidden.values().sum();
        prop_assert_eq!(result.terms.len() as u64 + hidden, result.candidates);
    }

    #[test]
    fn terms_stand_in_the_order_of_their_scores_and_percentiles_follow((_, case) in case()) {
        let terms = case.with_documents(&[], usize::MAX).result.terms;
        for (term, rank) in terms.iter().zip(1..) {
            prop_assert_eq!(term.rank, rank);
            prop_assert!((0.0..100.0).contains(&term.percentile), "{}", term.percentile);
            let sum: f64 = term.contributions.iter().map(|part| part.contribution).sum();
            prop_assert!(sum.to_bits() == term.score.to_bits(), "{}: {sum}", term.term);
            prop_assert!(term.contributions.iter().all(|part| part.contribution.abs() <= 3.0));
            prop_assert!(term.contributions.iter().all(|part| part.value.is_some() || part.contribution == 0.0));
        }
        for pair in terms.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
            prop_assert_eq!(pair[0].score > pair[1].score, pair[0].percentile > pair[1].percentile);
        }
    }

    #[test]
    fn fewer_terms_asked_for_are_the_first_of_all((_, case) in case(), top in 0..30_usize) {
        let all = case.with_documents(&[], usize::MAX).result;
        let few = case.with_documents(&[], top).result;
        prop_assert_eq!(&few.terms[..], &all.terms[..top.min(all.terms.len())]);
        prop_assert_eq!(few.topics, all.topics);
    }

    #[test]
    fn figures_alone_give_the_scores_of_the_documents((_, case) in case()) {
        let documents = case.with_documents(&[], usize::MAX);
        let kept = keep_passing(&case.figures, &case.params).figures;
        for figures in [&case.figures, &kept] {
            let outcome = case.with_figures(figures);
            prop_assert_eq!(scores(&outcome), scores(&documents));
            prop_assert_eq!(&outcome.result.rejected, &documents.result.rejected);
            prop_assert!(outcome.result.terms.iter().all(|term| term.documents.is_empty()));
        }
    }

    #[test]
    fn documents_hold_the_term_lie_in_the_window_and_stand_newest_first((papers, case) in case()) {
        let cut = case.figures.cut.0;
        for term in case.with_documents(&[], usize::MAX).result.terms {
            prop_assert_eq!(term.documents.len(), 20.min(term.window_documents as usize));
            let numbers: Vec<usize> =
                term.documents.iter().map(|d| d.id[2..].parse().expect("the number of a paper")).collect();
            for number in &numbers {
                let paper = &papers[*number];
                let text = format!("{}. {}", Paper::text(&paper.named[..2]), Paper::text(&paper.named[2..]));
                prop_assert!(text.contains(&term.term), "{} is not in {text}", term.term);
                prop_assert!((cut - 5..=cut).contains(&paper.half), "{} at {cut}", paper.half);
            }
            prop_assert!(numbers.is_sorted_by_key(|number| -papers[*number].half));
        }
    }

    #[test]
    fn topics_are_disjoint_sets_of_candidates_and_every_name_is_known((_, case) in case()) {
        let result = case.with_documents(&[], usize::MAX).result;
        let terms: BTreeMap<&str, Option<&str>> =
            result.terms.iter().map(|term| (term.term.as_str(), term.topic.as_deref())).collect();
        let (mut held, mut hidden) = (0, 0_u64);
        for topic in &result.topics {
            for term in &topic.terms {
                if let Some(listed) = terms.get(term.as_str()) {
                    prop_assert_eq!(*listed, Some(topic.id.as_str()));
                    held += 1;
                } else {
                    hidden += 1;
                }
            }
            prop_assert!(topic.keywords.iter().all(|keyword| topic.terms.contains(keyword)));
            prop_assert!(topic.terms.contains(&topic.label));
            prop_assert!((0.0..=1.0).contains(&topic.coherence) && (0.0..=100.0).contains(&topic.percentile));
        }
        prop_assert_eq!(held, terms.values().flatten().count());
        prop_assert!(hidden <= result.hidden.values().sum::<u64>(), "{hidden} terms of topics are unknown");
        let ids: BTreeSet<&str> = result.topics.iter().map(|topic| topic.id.as_str()).collect();
        prop_assert_eq!(ids.len(), result.topics.len());
        prop_assert!(result.x_candidates.iter().all(|one| ids.contains(one.topic.as_str())));
        prop_assert!(result.topics.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn an_analysis_that_remembers_itself_keeps_every_topic((_, case) in case()) {
        let first = case.with_documents(&[], usize::MAX);
        let mut second = case.with_documents(&first.topics, usize::MAX);
        prop_assert!(second.result.topic_changes.iter().all(|one| one.change == "kept" && one.before == one.now));
        prop_assert_eq!(second.result.topic_changes.len(), first.topics.len());
        second.result.topic_changes.clone_from(&first.result.topic_changes);
        prop_assert_eq!(second, first);
    }

    #[test]
    fn too_few_documents_give_a_reason_no_terms_and_forget_no_topic((_, mut case) in case()) {
        let remembered = case.with_documents(&[], usize::MAX).topics;
        case.params.corpus_documents = case.figures.window_documents() + 1;
        let outcome = case.with_documents(&remembered, usize::MAX);
        prop_assert_eq!(outcome.result.no_score_reason.as_deref(), Some("insufficient_evidence"));
        prop_assert!(outcome.result.terms.is_empty() && outcome.result.topics.is_empty());
        prop_assert!(outcome.result.documents > 0 && outcome.result.window_documents > 0);
        prop_assert_eq!(outcome.topics, remembered);
    }
}

#[test]
fn the_random_cases_do_have_terms_topics_and_documents() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..5 {
        let (_, case) = case().new_tree(&mut runner).expect("a case").current();
        let result = case.with_documents(&[], usize::MAX).result;
        assert!(
            result.terms.len() >= 10 && !result.topics.is_empty(),
            "{} terms",
            result.terms.len()
        );
        assert!(result.terms.iter().any(|term| term.documents.len() > 3), "{case:?}");
    }
}
