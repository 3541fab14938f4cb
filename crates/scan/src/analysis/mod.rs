//! One whole scan of one corpus: from figures to the result that is shown.
//!
//! Figures alone are enough for scores, curves, topics and tracks. With the documents behind them the result also
//! names documents and actors, and knows each kind of source apart.

mod curves;
mod evidence;
mod missing;
mod older;
mod places;
mod sources;
mod terms;
mod topics;

use std::collections::BTreeMap;

use linghang_core::Year;
use rayon::prelude::*;

pub use evidence::Evidence;
pub use missing::{Missing, missing, written_alike};
pub use places::PlaceNames;

use crate::backtest::{UnitInput, full_years, has_enough_documents};
use crate::candidates::{self, Candidates, Rejection};
use crate::figures::{Figures, WINDOW};
use crate::params::ScanParams;
use crate::result::{CorpusResult, YearCount};
use crate::series::Series;
use crate::signals::{Score, lh6};
use crate::topics::{RememberedTopic, TrackSelector};

/// What a scan of one corpus needs.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The corpus as it was known at the date.
    pub figures: &'a Figures,
    /// The same corpus at earlier dates with what came after; intervals of forecasts are taken from them.
    pub past: &'a [UnitInput],
    /// The documents behind the figures, when they are at hand.
    pub evidence: Option<&'a Evidence<'a>>,
    /// The tracks of the pack.
    pub tracks: &'a [TrackSelector],
    /// Topics of the previous scan of this corpus.
    pub remembered: &'a [RememberedTopic],
    /// Experts' judgements by term as counted, larger is more promising; empty when nobody was asked.
    pub experts: &'a BTreeMap<String, f64>,
    /// What is local and what national; empty when the pack does not say.
    pub places: &'a PlaceNames,
    /// Settings.
    pub params: &'a ScanParams,
    /// How many terms to return.
    pub top: usize,
    /// Return this term alone, if it is a candidate; its rank and percentile are those among all.
    pub only: Option<&'a str>,
}

/// What one scan found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What is shown.
    pub result: CorpusResult,
    /// What the next scan should remember.
    pub topics: Vec<RememberedTopic>,
}

/// Scans one corpus.
pub fn analyse(request: &Request<'_>) -> Outcome {
    let figures = request.figures;
    let candidates = candidates::select(figures, request.params);
    let mut result = empty_result(figures, &candidates);
    if !has_enough_documents(figures, request.params) {
        result.no_score_reason = Some("insufficient_evidence".to_owned());
        return Outcome { result, topics: request.remembered.to_vec() };
    }
    let scored = Scored::new(request, candidates);
    let found = topics::find(request, &scored);
    result.terms = terms::results(request, &scored, &found);
    result.topics = found.results;
    result.x_candidates = found.x_candidates;
    result.topic_changes = found.changes;
    Outcome { result, topics: found.remembered }
}

/// The scored candidates with their curves; all lists are by place among the candidates.
struct Scored {
    /// The candidates themselves.
    candidates: Candidates,
    /// Scores.
    scores: Vec<Score>,
    /// Places, best first.
    order: Vec<u32>,
    /// Yearly curves.
    series: Vec<Series>,
    /// What each curve says.
    curves: Vec<curves::Curve>,
}

impl Scored {
    fn new(request: &Request<'_>, candidates: Candidates) -> Self {
        let figures = request.figures;
        let scores = lh6(figures, &candidates.terms);
        let mut order: Vec<u32> = (0..scores.len() as u32).collect();
        let totals: Vec<f64> = scores.iter().map(Score::total).collect();
        order.sort_by(|a, b| totals[*b as usize].total_cmp(&totals[*a as usize]));
        let years = full_years(figures, request.params);
        let series: Vec<Series> = candidates
            .terms
            .par_iter()
            .map(|term| figures.series(&figures.terms[*term as usize], years))
            .collect();
        let curves = curves::read(figures, &candidates.terms, &series);
        Self { candidates, scores, order, series, curves }
    }

    /// Indices into `figures.terms` by place, ascending.
    fn terms(&self) -> &[u32] {
        &self.candidates.terms
    }

    /// Why the candidate at a place is left out of lists; `None` where it is shown.
    fn hidden(&self, place: u32) -> Option<Rejection> {
        self.candidates.hidden.get(&self.terms()[place as usize]).copied()
    }
}

fn empty_result(figures: &Figures, candidates: &Candidates) -> CorpusResult {
    let years = figures.year_documents(figures.documents.len().div_ceil(2));
    let last_year = figures.cut.year();
    let first_year = last_year - years.len() as Year + 1;
    let mut rejected = figures.rejected.clone();
    for reason in candidates.rejected.values() {
        *rejected.entry(reason.code().to_owned()).or_default() += 1;
    }
    let mut hidden = BTreeMap::new();
    for reason in candidates.hidden.values() {
        *hidden.entry(reason.code().to_owned()).or_default() += 1;
    }
    CorpusResult {
        corpus: figures.corpus.clone(),
        window_from: last_year + 1 - (WINDOW / 2) as Year,
        window_to: last_year,
        documents: figures.documents.iter().map(|documents| u64::from(*documents)).sum(),
        window_documents: u64::from(figures.window_documents()),
        documents_by_year: years
            .iter()
            .zip(first_year..)
            .map(|(total, year)| YearCount { year, count: *total, total: *total })
            .collect(),
        no_score_reason: None,
        candidates: candidates.terms.len() as u64,
        rejected,
        hidden,
        terms: Vec::new(),
        topics: Vec::new(),
        x_candidates: Vec::new(),
        topic_changes: Vec::new(),
    }
}
