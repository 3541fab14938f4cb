//! What stands out: the ten sentences that a leader reads first, each made from numbers of the result.
//!
//! Each finding is one function from a corpus to a sentence, or to nothing when the result does not support it.

use linghang_core::Bilingual;
use linghang_core::number::grouped;
use linghang_scan::result::{CorpusResult, InflectionStatement, Stage, TermResult, TopicResult};

use crate::input::ReportInput;
use crate::names::{self, Tracks, topics_by_track};
use crate::words::{self, Words, list};
use linghang_scan::backtest::BacktestResult;

/// Growth a year from here on is told as a multiple.
const LARGEST_FACTOR_IN_PERCENT: f64 = 4.0;

/// How many sentences a reader is given.
const MOST: usize = 10;
/// How many names a sentence lists.
const NAMES: usize = 3;
/// A term or topic is recent when it turned in the last three years.
const RECENT_YEARS: i32 = 3;

/// One thing that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code of the template.
    pub code: &'static str,
    /// The sentence.
    pub text: Bilingual,
}

/// What a template may look at.
struct View<'a> {
    words: &'a Words,
    tracks: &'a Tracks<'a>,
    corpus: &'a CorpusResult,
}

type Template = fn(&View<'_>) -> Option<Finding>;

/// The templates, most important first.
const TEMPLATES: [Template; 10] = [
    leader,
    newcomers,
    onsets,
    track_topics,
    singularities,
    candidates,
    track_gaps,
    unattended,
    decline,
    inflections,
];

/// Fills in the templates; the back-test has the last place of its own.
pub(crate) fn find(input: &ReportInput<'_>, words: &Words) -> Vec<Finding> {
    let tracks = Tracks::new(input.tracks);
    let scored: Vec<&CorpusResult> =
        input.scan.corpora.iter().filter(|corpus| !corpus.terms.is_empty()).collect();
    let mut found = Vec::new();
    for template in TEMPLATES {
        for corpus in &scored {
            if let Some(mut finding) = template(&View { words, tracks: &tracks, corpus }) {
                if scored.len() > 1 {
                    finding.text = words.fill(
                        "finding-in-corpus",
                        &[("corpus", corpus.corpus.as_str().into()), ("text", finding.text.into())],
                    );
                }
                found.push(finding);
            }
        }
    }
    if found.is_empty() {
        found.push(Finding { code: "none", text: words.say("finding-none") });
    }
    let proof = input.backtest.and_then(|backtest| proof(backtest, words));
    found.truncate(MOST - usize::from(proof.is_some()));
    found.extend(proof);
    found
}

fn leader(view: &View<'_>) -> Option<Finding> {
    let term = view.corpus.terms.first()?;
    let mut parts: Vec<_> =
        term.contributions.iter().filter(|part| part.contribution > 0.0).collect();
    parts.sort_by(|a, b| {
        b.contribution.total_cmp(&a.contribution).then_with(|| a.signal.cmp(&b.signal))
    });
    let drivers: Vec<Bilingual> =
        parts.iter().take(2).map(|part| view.words.code("signal", &part.signal)).collect();
    let text = view.words.fill(
        "finding-leader",
        &[
            ("name", names::written_out(term).into()),
            ("candidates", grouped(view.corpus.candidates).into()),
            ("drivers", list(&drivers).into()),
            ("documents", grouped(u64::from(term.window_documents)).into()),
            ("from", view.corpus.window_from.to_string().into()),
            ("to", view.corpus.window_to.to_string().into()),
        ],
    );
    Some(Finding { code: "leader", text })
}

fn newcomers(view: &View<'_>) -> Option<Finding> {
    let is_new = |term: &&TermResult| {
        term.fifth_document_year.is_some_and(|year| year >= view.corpus.window_from)
    };
    let new: Vec<&TermResult> = view.corpus.terms.iter().filter(is_new).collect();
    let text = view.words.fill(
        "finding-newcomers",
        &[
            ("count", new.len().into()),
            ("total", view.corpus.terms.len().into()),
            ("from", view.corpus.window_from.to_string().into()),
            ("names", term_names(view.words, &new).into()),
        ],
    );
    (!new.is_empty()).then_some(Finding { code: "newcomers", text })
}

fn onsets(view: &View<'_>) -> Option<Finding> {
    let since = view.corpus.window_to - RECENT_YEARS + 1;
    let mut turned: Vec<(&TermResult, f64)> = Vec::new();
    for term in &view.corpus.terms {
        if let Some(onset) = term.onset.filter(|onset| onset.is_significant && onset.year >= since)
        {
            turned.push((term, onset.slope));
        }
    }
    turned.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.rank.cmp(&b.0.rank)));
    let (steepest, slope) = turned.first()?;
    let text = view.words.fill(
        "finding-onsets",
        &[
            ("count", turned.len().into()),
            ("from", since.to_string().into()),
            ("name", names::term(steepest).into()),
            ("year", steepest.onset.map_or(0, |onset| onset.year).to_string().into()),
            ("pace", pace(view, *slope).into()),
        ],
    );
    Some(Finding { code: "onsets", text })
}

/// Growth a year in per cent, or as a multiple where per cent would only say that there was nothing before.
fn pace(view: &View<'_>, slope: f64) -> Bilingual {
    let factor = slope.exp();
    let (message, growth) = if factor < LARGEST_FACTOR_IN_PERCENT {
        ("pace-percent", (factor - 1.0) * 100.0)
    } else {
        ("pace-times", factor)
    };
    view.words.fill(message, &[("growth", words::decimal(growth, 0).into())])
}

fn track_topics(view: &View<'_>) -> Option<Finding> {
    let groups = topics_by_track(view.corpus);
    let in_tracks: usize = groups.values().map(Vec::len).sum();
    let best: &TopicResult = view.corpus.topics.iter().find(|topic| !topic.tracks.is_empty())?;
    let fullest =
        groups.iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then_with(|| b.0.cmp(a.0)))?;
    let text = view.words.fill(
        "finding-tracks",
        &[
            ("count", in_tracks.into()),
            ("total", view.corpus.topics.len().into()),
            ("fullest", view.tracks.name(fullest.0).into()),
            ("most", fullest.1.len().into()),
            ("best", names::topic(best).into()),
            ("track", view.tracks.name(&best.tracks.first()?.track).into()),
            ("stage", names::stage(view.words, best.stage).into()),
        ],
    );
    Some(Finding { code: "tracks", text })
}

fn singularities(view: &View<'_>) -> Option<Finding> {
    let passed: Vec<Bilingual> = view
        .corpus
        .topics
        .iter()
        .filter(|topic| topic.tipping.technology_singularity == Some(true))
        .map(names::topic)
        .collect();
    let shown = some(view.words, &passed);
    let text = view
        .words
        .fill("finding-singularities", &[("count", passed.len().into()), ("names", shown.into())]);
    (!passed.is_empty()).then_some(Finding { code: "singularities", text })
}

fn candidates(view: &View<'_>) -> Option<Finding> {
    let found = &view.corpus.x_candidates;
    let label = |topic: &str, fallback: &str| {
        let known = view.corpus.topics.iter().find(|other| other.id == topic);
        known.map_or_else(|| Bilingual::new(fallback, fallback), names::topic)
    };
    let labels: Vec<Bilingual> =
        found.iter().map(|candidate| label(&candidate.topic, &candidate.label)).collect();
    let complete = found.iter().filter(|candidate| candidate.is_complete).count();
    let text = view.words.fill(
        "finding-candidates",
        &[
            ("count", found.len().into()),
            ("names", some(view.words, &labels).into()),
            ("complete", complete.into()),
        ],
    );
    (!found.is_empty()).then_some(Finding { code: "candidates", text })
}

fn track_gaps(view: &View<'_>) -> Option<Finding> {
    let groups = topics_by_track(view.corpus);
    let is_silent = |id: &str| {
        !groups.contains_key(id)
            && !view.corpus.terms.iter().any(|term| term.tracks.iter().any(|m| m.track == id))
    };
    let silent: Vec<Bilingual> = view
        .tracks
        .ordered()
        .iter()
        .filter(|track| is_silent(&track.id))
        .map(|track| track.name.clone())
        .collect();
    let text = view
        .words
        .fill("finding-gaps", &[("names", list(&silent).into()), ("count", silent.len().into())]);
    (!silent.is_empty()).then_some(Finding { code: "gaps", text })
}

fn unattended(view: &View<'_>) -> Option<Finding> {
    let found: Vec<&TermResult> = view
        .corpus
        .terms
        .iter()
        .filter(|term| term.flags.iter().any(|flag| flag.code == "unattended"))
        .collect();
    let text = view.words.fill(
        "finding-unattended",
        &[("count", found.len().into()), ("names", term_names(view.words, &found).into())],
    );
    (!found.is_empty()).then_some(Finding { code: "unattended", text })
}

fn decline(view: &View<'_>) -> Option<Finding> {
    let terms: Vec<&TermResult> =
        view.corpus.terms.iter().filter(|term| term.stage.stage == Stage::Decline).collect();
    let topics: Vec<Bilingual> = view
        .corpus
        .topics
        .iter()
        .filter(|topic| topic.stage == Stage::Decline)
        .map(names::topic)
        .collect();
    let shown =
        if topics.is_empty() { term_names(view.words, &terms) } else { some(view.words, &topics) };
    let text = view.words.fill(
        "finding-decline",
        &[("topics", topics.len().into()), ("terms", terms.len().into()), ("names", shown.into())],
    );
    (!terms.is_empty() || !topics.is_empty()).then_some(Finding { code: "decline", text })
}

fn inflections(view: &View<'_>) -> Option<Finding> {
    let is_identified = |term: &&TermResult| {
        term.life_cycle
            .as_ref()
            .is_some_and(|fit| matches!(fit.statement, InflectionStatement::Identified { .. }))
    };
    let found: Vec<&TermResult> = view.corpus.terms.iter().filter(is_identified).collect();
    let text = view.words.fill(
        "finding-inflections",
        &[
            ("count", found.len().into()),
            ("total", view.corpus.terms.len().into()),
            ("names", term_names(view.words, &found).into()),
        ],
    );
    (!found.is_empty()).then_some(Finding { code: "inflections", text })
}

fn proof(backtest: &BacktestResult, words: &Words) -> Option<Finding> {
    let reading = Reading::of_lists(backtest)?;
    let text = words.fill(
        "finding-backtest",
        &[
            ("units", reading.units.into()),
            ("hits", words::decimal(reading.hits, 1).into()),
            ("chance", words::decimal(reading.by_chance, 1).into()),
        ],
    );
    Some(Finding { code: "backtest", text })
}

/// How to read a back-test: of 50 terms named, how many were right, and how many chance would give.
pub(crate) struct Reading {
    /// Units with this signal.
    pub(crate) units: usize,
    /// Expected hits among 50.
    pub(crate) hits: f64,
    /// Hits among 50 by a blind choice.
    pub(crate) by_chance: f64,
}

impl Reading {
    /// Reads the ranking of the lists that a reader sees; of an older back-test, that of all scored terms.
    pub(crate) fn of_lists(backtest: &BacktestResult) -> Option<Self> {
        Self::of(backtest, "lh6_shown").or_else(|| Self::of(backtest, "lh6"))
    }

    /// Reads the means of one signal over the units that have it.
    fn of(backtest: &BacktestResult, signal: &str) -> Option<Self> {
        let mut units = 0_usize;
        let (mut precision, mut base) = (0.0, 0.0);
        for unit in &backtest.units {
            if let Some(score) = unit.signals.get(signal) {
                units += 1;
                precision += score.p50;
                base += unit.base;
            }
        }
        let share = |sum: f64| 50.0 * sum / units as f64;
        (units > 0).then(|| Self { units, hits: share(precision), by_chance: share(base) })
    }
}

fn term_names(words: &Words, terms: &[&TermResult]) -> Bilingual {
    some(words, &terms.iter().map(|term| names::term(term)).collect::<Vec<_>>())
}

/// Lists the first few names and says when there are more.
fn some(words: &Words, names: &[Bilingual]) -> Bilingual {
    let shown = list(&names[..names.len().min(NAMES)]);
    if names.len() > NAMES { words.fill("and-others", &[("names", shown.into())]) } else { shown }
}
