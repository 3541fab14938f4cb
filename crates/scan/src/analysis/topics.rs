//! Topics, their tracks and X candidates, from the scored candidates.

use std::collections::BTreeMap;

use linghang_core::Year;
use linghang_text::chinese::contains_han;
use rustc_hash::FxHashMap;

use super::evidence::{Evidence, Held};
use super::places::{Origin, OriginCounts, city_fit};
use super::{Request, Scored, older};
use crate::actors::{ActorDocument, ActorWindow, key_actors};
use crate::figures::{Glossary, WINDOW};
use crate::novelty::{distance_to_nearest, new_pair_share};
use crate::result::{
    Actor, CityFit, DocumentRef, Onset, OnsetLag, Stage, Tipping, TopicChange, TopicResult,
    TrackMatch, XCandidate,
};
use crate::series::lead_lag::{onset_lags, source_lags};
use crate::series::poisson::trend;
use crate::series::{Series, onset};
use crate::signals::Score;
use crate::topics::{
    KindOnset, RememberedTopic, TermProfile, TermSpace, TermTable, Topic, TopicFacts, TrackModel,
    TrackOptions, XOptions, find_topics, keep_identities, tipping_flags, topic_options,
    x_candidates,
};

/// Documents named with a topic.
const DOCUMENTS: usize = 10;
/// Actors of each kind named with a topic.
const ACTORS: usize = 5;
/// Seed of the onset test of topics.
const SEED: u64 = 20_190_702;
/// Seed of the intervals of cross-correlation lags.
const LAG_SEED: u64 = 20_190_705;

/// What was found about topics; lists by candidate unless said otherwise.
#[derive(Default)]
pub(super) struct Found {
    pub(super) results: Vec<TopicResult>,
    pub(super) x_candidates: Vec<XCandidate>,
    pub(super) changes: Vec<TopicChange>,
    pub(super) remembered: Vec<RememberedTopic>,
    pub(super) topic_of: Vec<Option<String>>,
    pub(super) term_tracks: Vec<Vec<TrackMatch>>,
}

/// Finds the topics of the candidates.
pub(super) fn find(request: &Request<'_>, scored: &Scored) -> Found {
    let scores = scored.scores.iter().map(Score::total).collect();
    let table = TermTable::new(request.figures, &scored.candidates, scores);
    let profiles = table.profiles();
    let space = TermSpace::new(&profiles, &table.pairs(), request.figures.window_documents());
    let options = topic_options(request.params);
    let rows = request.evidence.map(|evidence| evidence.window_rows(scored.terms()));
    let topics = find_topics(&space, rows.as_deref(), &options);
    let terms_of = |topic: &Topic| -> Vec<(String, u32)> {
        topic.terms.iter().map(|place| named(&profiles[*place as usize])).collect()
    };
    let identified =
        keep_identities(request.remembered, &topics.iter().map(terms_of).collect::<Vec<_>>());
    let track_options = TrackOptions {
        min_similarity: request.params.track_similarity_min,
        margin: request.params.track_margin_min,
    };
    let model = TrackModel::new(&space, request.tracks, track_options);
    let mut found = Found { changes: identified.changes, ..Found::default() };
    found.topic_of = vec![None; scored.terms().len()];
    for (topic, id) in topics.iter().zip(&identified.ids) {
        for place in &topic.terms {
            found.topic_of[*place as usize] = Some(id.clone());
        }
        found.remembered.push(RememberedTopic { id: id.clone(), terms: terms_of(topic) });
    }
    found.results = results(request, scored, &topics, &identified.ids, &model);
    found.term_tracks =
        (0..scored.terms().len() as u32).map(|place| model.find(&[place]).assigned).collect();
    found.x_candidates = proposals(request, &found.results);
    found
}

fn named(profile: &TermProfile<'_>) -> (String, u32) {
    (profile.text.to_owned(), profile.window_documents)
}

fn results(
    request: &Request<'_>,
    scored: &Scored,
    topics: &[Topic],
    ids: &[String],
    model: &TrackModel<'_>,
) -> Vec<TopicResult> {
    let origins = request.evidence.map(|evidence| evidence.origins(request.places));
    let mut details: Vec<Details> =
        topics.iter().map(|topic| Details::of(request, scored, topic, origins.as_ref())).collect();
    if let Some(older) = older::topics(request) {
        for (topic, details) in topics.iter().zip(&mut details) {
            let terms: Vec<(String, u32)> = topic
                .terms
                .iter()
                .map(|place| &request.figures.terms[scored.terms()[*place as usize] as usize])
                .map(|term| (term.text.clone(), term.window_documents()))
                .collect();
            details.distance_to_nearest = Some(distance_to_nearest(&terms, &older));
        }
    }
    let curves: Vec<Series> =
        details.iter().flat_map(|details| details.curves.iter().map(|c| c.1.clone())).collect();
    let mut onsets = onset::onsets(&curves, SEED).into_iter();
    topics
        .iter()
        .zip(ids)
        .zip(&details)
        .map(|((topic, id), details)| {
            let kinds = details.curves.iter().map(|(kind, _)| kind.clone());
            let onsets: Vec<KindOnset> =
                kinds.zip(onsets.by_ref()).map(|(kind, onset)| KindOnset { kind, onset }).collect();
            let lags = lags(&onsets);
            let tipping =
                tipping_flags(&onsets, details.neighbour_growth, request.figures.cut.year());
            TopicResult {
                lags,
                ..result(request, scored, topic, id.clone(), details, tipping, model)
            }
        })
        .collect()
}

fn result(
    request: &Request<'_>,
    scored: &Scored,
    topic: &Topic,
    id: String,
    details: &Details,
    tipping: Tipping,
    model: &TrackModel<'_>,
) -> TopicResult {
    let tracks = model.find(&topic.terms);
    let text =
        |place: &u32| request.figures.terms[scored.terms()[*place as usize] as usize].text.clone();
    TopicResult {
        id,
        label: topic.label.clone(),
        label_zh: topic
            .label_zh
            .clone()
            .or_else(|| Glossary::new(request.figures).translation(&topic.label).map(str::to_owned))
            .filter(|label| contains_han(label)),
        keywords: topic.keywords.clone(),
        terms: topic.terms.iter().map(text).collect(),
        score: topic.score,
        percentile: topic.percentile,
        window_documents: topic.window_documents,
        coherence: topic.coherence,
        stage: commonest_stage(scored, topic),
        tracks: tracks.assigned,
        nearest_tracks: tracks.nearest,
        source_kinds: details.kinds.clone(),
        tipping,
        lags: Vec::new(),
        cross_lags: source_lags(&details.curves, LAG_SEED),
        city_fit: details.city_fit,
        attributes: attributes(scored, topic, details, request.figures.cut.year()),
        actors: details.actors.clone(),
        documents: details.documents.clone(),
    }
}

fn lags(onsets: &[KindOnset]) -> Vec<OnsetLag> {
    let known: Vec<(&str, Onset)> =
        onsets.iter().filter_map(|tested| Some((tested.kind.as_str(), tested.onset?))).collect();
    onset_lags(&known)
}

/// What stands behind one topic.
struct Details {
    /// A yearly curve a kind of source.
    curves: Vec<(String, Series)>,
    /// Kinds of source in the window, ascending.
    kinds: Vec<String>,
    neighbour_growth: Option<f64>,
    actors: Vec<Actor>,
    documents: Vec<DocumentRef>,
    new_pair_share: Option<f64>,
    distance_to_nearest: Option<f64>,
    city_fit: Option<CityFit>,
}

impl Details {
    fn of(
        request: &Request<'_>,
        scored: &Scored,
        topic: &Topic,
        origins: Option<&FxHashMap<u32, Origin>>,
    ) -> Self {
        let growth: Vec<f64> = topic
            .terms
            .iter()
            .filter_map(|place| scored.scores[*place as usize].values[1])
            .collect();
        let neighbour_growth =
            (!growth.is_empty()).then(|| growth.iter().sum::<f64>() / growth.len() as f64);
        let details = Self {
            curves: Vec::new(),
            kinds: Vec::new(),
            neighbour_growth,
            actors: Vec::new(),
            documents: Vec::new(),
            new_pair_share: None,
            distance_to_nearest: None,
            city_fit: None,
        };
        match request.evidence.zip(origins) {
            Some((evidence, origins)) => {
                details.with_documents(request, scored, topic, evidence, origins)
            }
            None => details.with_figures(request, scored, topic),
        }
    }

    /// Without documents the curve of a topic is the mean of its terms' curves, and its kinds are those of the corpus.
    fn with_figures(mut self, request: &Request<'_>, scored: &Scored, topic: &Topic) -> Self {
        self.kinds = request.figures.kinds.iter().map(|(kind, _)| kind.clone()).collect();
        if let [only] = self.kinds.as_slice() {
            let series: Vec<&Series> =
                topic.terms.iter().map(|place| &scored.series[*place as usize]).collect();
            let count = series.len() as f64;
            let mean = |year: usize| {
                let sum: u32 = series.iter().map(|series| series.counts[year]).sum();
                (f64::from(sum) / count).round() as u32
            };
            let first = series[0];
            let counts = (0..first.counts.len()).map(mean).collect();
            self.curves.push((
                only.clone(),
                Series { last_year: first.last_year, counts, totals: first.totals.clone() },
            ));
        }
        self
    }

    fn with_documents(
        mut self,
        request: &Request<'_>,
        scored: &Scored,
        topic: &Topic,
        evidence: &Evidence<'_>,
        origins: &FxHashMap<u32, Origin>,
    ) -> Self {
        let mut terms: Vec<u32> =
            topic.terms.iter().map(|place| scored.terms()[*place as usize]).collect();
        terms.sort_unstable();
        let held = evidence.held_by(&terms);
        let years = scored.series.first().map_or(0, |series| series.counts.len());
        let last_year = request.figures.cut.year();
        let mut by_kind: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for document in &held {
            let age = (last_year - document.year) as usize;
            if age < years {
                by_kind.entry(document.kind).or_insert_with(|| vec![0; years])[years - 1 - age] +=
                    1;
            }
        }
        self.kinds =
            held.iter().filter(|held| held.in_window).map(|held| held.kind.to_owned()).collect();
        self.kinds.sort_unstable();
        self.kinds.dedup();
        self.curves = by_kind
            .into_iter()
            .map(|(kind, counts)| {
                let totals = evidence.kind_totals(kind, years);
                (kind.to_owned(), Series { last_year, counts, totals })
            })
            .collect();
        self.actors = actors(&held, last_year, request.figures.year_documents(WINDOW / 2));
        self.documents = references(&evidence.newest(&terms, 2, DOCUMENTS));
        self.new_pair_share = new_pairs(&held);
        // Order does not matter: whole numbers are added.
        let all = OriginCounts::of(origins.values().copied());
        let in_window = held.iter().filter_map(|held| origins.get(&held.document).copied());
        self.city_fit = city_fit(OriginCounts::of(in_window), all);
        self
    }
}

/// Share of the window's meetings of two terms of the topic that join terms never seen together before it. Unknown
/// where no document of the topic is older than the window.
fn new_pairs(held: &[Held<'_>]) -> Option<f64> {
    let mut recent: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut before: Vec<(u32, u32)> = Vec::new();
    for document in held {
        for (place, a) in document.terms.iter().enumerate() {
            for b in &document.terms[place + 1..] {
                if document.in_window {
                    *recent.entry((*a, *b)).or_default() += 1;
                } else {
                    before.push((*a, *b));
                }
            }
        }
    }
    if before.is_empty() {
        return None;
    }
    let recent: Vec<(u32, u32, u32)> =
        recent.into_iter().map(|((a, b), documents)| (a, b, documents)).collect();
    new_pair_share(&recent, &before)
}

fn actors(held: &[Held<'_>], last_year: Year, totals: Vec<u32>) -> Vec<Actor> {
    let names: Vec<Vec<(String, String)>> = held
        .iter()
        .map(|document| {
            let kind = if document.kind == "paper" { "person" } else { "organisation" };
            let names = |kind: &str, names: &[&str]| -> Vec<(String, String)> {
                names.iter().map(|name| (kind.to_owned(), (*name).to_owned())).collect()
            };
            [names(kind, &document.actors), names("place", &document.places)].concat()
        })
        .collect();
    let documents: Vec<ActorDocument<'_>> = held
        .iter()
        .zip(&names)
        .map(|(document, actors)| ActorDocument { year: document.year, actors })
        .collect();
    let window = ActorWindow { from: last_year + 1 - totals.len() as Year, totals };
    let growth = |series: &Series| trend(&series.counts, &series.totals).map(|trend| trend.z);
    key_actors(&documents, &window, ACTORS, &growth).actors
}

/// References by id; titles and dates are filled in by whoever keeps the texts.
pub(super) fn references(ids: &[&str]) -> Vec<DocumentRef> {
    ids.iter()
        .map(|id| DocumentRef {
            id: (*id).to_owned(),
            title: String::new(),
            date: chrono::NaiveDate::default(),
        })
        .collect()
}

/// The stage of most terms; of equally common ones the earlier in the order of maturity.
fn commonest_stage(scored: &Scored, topic: &Topic) -> Stage {
    let mut counts: BTreeMap<Stage, usize> = BTreeMap::new();
    for place in &topic.terms {
        let stage = scored.curves[*place as usize].stage.stage;
        if stage != Stage::Undetermined {
            *counts.entry(stage).or_default() += 1;
        }
    }
    let best = counts.values().max().copied().unwrap_or(0);
    counts
        .into_iter()
        .find(|(_, count)| *count == best)
        .map_or(Stage::Undetermined, |(stage, _)| stage)
}

/// Attributes of an emerging technology after Rotolo, Hicks and Martin (2015); see [`TopicResult::attributes`].
fn attributes(
    scored: &Scored,
    topic: &Topic,
    details: &Details,
    last_year: Year,
) -> BTreeMap<String, f64> {
    let places = || topic.terms.iter().map(|place| *place as usize);
    let count = topic.terms.len().max(1) as f64;
    let growth = places().filter_map(|place| scored.scores[place].values[0]).sum::<f64>() / count;
    let recent = places()
        .filter(|place| {
            scored.curves[*place]
                .onset
                .is_some_and(|onset| onset.is_significant && last_year - onset.year <= 3)
        })
        .count() as f64;
    let mut found = BTreeMap::from([
        ("growth".to_owned(), growth),
        ("novelty".to_owned(), recent / count),
        ("coherence".to_owned(), topic.coherence),
        ("density".to_owned(), topic.density),
        ("source_kinds".to_owned(), details.kinds.len() as f64),
    ]);
    for (name, value) in [
        ("new_pair_share", details.new_pair_share),
        ("distance_to_nearest", details.distance_to_nearest),
    ] {
        found.extend(value.map(|value| (name.to_owned(), value)));
    }
    found
}

/// Proposes topics outside all tracks. Without tracks it is not known what lies outside, so nothing is proposed.
fn proposals(request: &Request<'_>, topics: &[TopicResult]) -> Vec<XCandidate> {
    if request.tracks.is_empty() {
        return Vec::new();
    }
    let facts: Vec<TopicFacts<'_>> = topics
        .iter()
        .map(|topic| TopicFacts {
            id: &topic.id,
            label: &topic.label,
            score: topic.score,
            tracks: &topic.nearest_tracks,
            source_kinds: &topic.source_kinds,
            city_fit: topic.city_fit.map(|fit| fit.quotient),
        })
        .collect();
    let options =
        XOptions { max_similarity: request.params.x_similarity_max, ..XOptions::default() };
    x_candidates(&facts, request.figures.kinds.len(), &options)
}
