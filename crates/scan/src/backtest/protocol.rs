//! Runs the protocol: units, candidates, labels, rankings, means.

use std::collections::BTreeMap;

use linghang_core::{HalfYear, Year};
use rayon::prelude::*;

use super::bootstrap::{Resampled, resample};
use super::future::{Future, TermIndex};
use super::label::labels;
use super::metrics::{Groups, Ranking, Truth, metrics};
use super::signal::Signal;
use super::topics::check_topics;
use super::{BacktestResult, SkippedUnit, UnitResult};
use crate::candidates::{self, Candidates};
use crate::counts::State;
use crate::figures::{Corpus, Figures, from_state};
use crate::params::ScanParams;
use crate::quantile::quantile;
use crate::signals::lh6;

/// Which units to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Corpora.
    pub corpora: Vec<Corpus>,
    /// What each corpus is compared with.
    pub background: Corpus,
    /// Last years known to the scores.
    pub cuts: Vec<Year>,
    /// Settings of the scan.
    pub params: ScanParams,
}

/// One corpus at one cut, with what happened after.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct UnitInput {
    /// What was known at the cut.
    pub figures: Figures,
    /// What happened in the three years after.
    pub future: Future,
}

/// Fewest candidates of a unit that counts.
const FEWEST_CANDIDATES: usize = 200;
/// Fewest positives of a unit that counts.
const FEWEST_POSITIVES: usize = 20;

/// Makes the inputs of all units of a plan from a state, by corpus and cut.
pub fn unit_inputs(state: &State, plan: &Plan) -> Vec<UnitInput> {
    let index = TermIndex::new(state);
    let mut inputs: Vec<(usize, Year, UnitInput)> = Vec::new();
    for cut in &plan.cuts {
        let end = HalfYear::end_of(*cut);
        let figures = from_state(state, &plan.corpora, &plan.background, end, &plan.params);
        let units: Vec<_> = figures
            .into_par_iter()
            .enumerate()
            .map(|(corpus, figures)| {
                let future = index.future(&plan.corpora[corpus], &figures);
                (corpus, *cut, UnitInput { figures, future })
            })
            .collect();
        inputs.extend(units);
    }
    inputs.sort_by_key(|(corpus, cut, _)| (*corpus, *cut));
    inputs.into_iter().map(|(_, _, input)| input).collect()
}

/// Runs the protocol over units, with `rounds` bootstrap rounds; differences are taken against the first signal.
///
/// Topics are not checked; [`run_with_topics`] does that too.
pub fn run(
    inputs: &[UnitInput],
    signals: &[Signal],
    rounds: u32,
    params: &ScanParams,
) -> BacktestResult {
    let units: Vec<Result<Unit, SkippedUnit>> =
        inputs.par_iter().map(|input| Unit::measure(input, signals, params)).collect();
    let mut counted = Vec::new();
    let mut skipped = Vec::new();
    for unit in units {
        match unit {
            Ok(unit) => counted.push(unit),
            Err(unit) => skipped.push(unit),
        }
    }
    let resampled: Vec<Resampled<'_>> = counted
        .iter()
        .map(|unit| Resampled { truth: &unit.truth, rankings: &unit.rankings })
        .collect();
    let results: Vec<&UnitResult> = counted.iter().map(|unit| &unit.result).collect();
    let (mean, differences) = resample(&resampled, &results, signals, rounds);
    BacktestResult {
        schema: 1,
        mean,
        differences,
        units: counted.into_iter().map(|unit| unit.result).collect(),
        skipped,
        topics: None,
    }
}

/// As [`run`], and checks the topics, which clusters every unit.
pub fn run_with_topics(
    inputs: &[UnitInput],
    signals: &[Signal],
    rounds: u32,
    params: &ScanParams,
) -> BacktestResult {
    let topics = check_topics(inputs, params);
    BacktestResult { topics, ..run(inputs, signals, rounds, params) }
}

/// A measured unit with what the bootstrap needs.
struct Unit {
    result: UnitResult,
    truth: Truth,
    rankings: Vec<Ranking>,
}

impl Unit {
    fn measure(
        input: &UnitInput,
        signals: &[Signal],
        params: &ScanParams,
    ) -> Result<Self, SkippedUnit> {
        let figures = &input.figures;
        let skip = |reason: &str| SkippedUnit {
            corpus: figures.corpus.clone(),
            cut: figures.cut.year(),
            reason: reason.to_owned(),
        };
        if !input.future.is_complete {
            return Err(skip("no_future"));
        }
        if !has_enough_documents(figures, params) {
            return Err(skip("few_documents"));
        }
        let candidates = candidates::select(figures, params);
        if candidates.terms.len() < FEWEST_CANDIDATES {
            return Err(skip("few_candidates"));
        }
        let truth = Truth::new(labels(figures, &candidates.terms, &input.future));
        let positives = truth.labels.iter().filter(|label| label.is_positive).count();
        if positives < FEWEST_POSITIVES {
            return Err(skip("few_positives"));
        }
        Ok(Self::ranked(figures, &candidates, truth, positives, signals))
    }

    fn ranked(
        figures: &Figures,
        candidates: &Candidates,
        truth: Truth,
        positives: usize,
        signals: &[Signal],
    ) -> Self {
        let scores = lh6(figures, &candidates.terms);
        let rankings: Vec<Ranking> = signals
            .iter()
            .map(|signal| Ranking::new(&signal.scores(figures, candidates, &scores)))
            .collect();
        let groups = groups(figures, &candidates.terms);
        let by_signal: BTreeMap<String, _> = signals
            .iter()
            .zip(&rankings)
            .map(|(signal, ranking)| (signal.name().to_owned(), metrics(&truth, &groups, ranking)))
            .collect();
        let result = UnitResult {
            corpus: figures.corpus.clone(),
            cut: figures.cut.year(),
            candidates: candidates.terms.len() as u32,
            positives: positives as u32,
            base: positives as f64 / candidates.terms.len() as f64,
            signals: by_signal,
        };
        Self { result, truth, rankings }
    }
}

/// Returns whether a corpus has enough documents to be scored: in the window, and in each of the last five years.
pub(crate) fn has_enough_documents(figures: &Figures, params: &ScanParams) -> bool {
    let years = figures.year_documents(5);
    figures.window_documents() >= params.corpus_documents
        && years.len() == 5
        && years.iter().all(|documents| *documents >= params.corpus_documents_a_year)
}

fn groups(figures: &Figures, candidates: &[u32]) -> Groups {
    let terms = || candidates.iter().map(|term| &figures.terms[*term as usize]);
    let volumes: Vec<f64> = terms().map(|term| f64::from(term.window_documents())).collect();
    let median = quantile(&volumes, 0.5);
    // Five years are ten half-years, the cut's own included.
    let oldest = HalfYear(figures.cut.0 - 9);
    Groups {
        is_new: terms()
            .map(|term| term.fifth_document.is_some_and(|fifth| fifth >= oldest))
            .collect(),
        is_low: volumes.iter().map(|volume| *volume <= median).collect(),
    }
}
