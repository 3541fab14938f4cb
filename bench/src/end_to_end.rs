//! S6: from packed files to ranked, clustered and explained terms, as one analyst's run.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use linghang_core::HalfYear;
use linghang_scan::analysis::{Evidence, PlaceNames, Request, analyse};
use linghang_scan::backtest::{TermIndex, unit_inputs};
use linghang_scan::figures::{Corpus, from_state};
use linghang_scan::params::ScanParams;
use serde_json::{Value, json};

use crate::corpus::{self, Borrowed};
use crate::machine::{timed, timed_cpu};
use crate::scoring;

/// Terms that are returned with all their curves and documents.
const TOP: usize = 100;

/// Unpacks, reads, counts, scores, clusters and explains the pool at its last half-year.
pub(crate) fn measure(folder: &Path) -> Result<Value> {
    let ((found, seconds), cpu_seconds) = timed_cpu(|| timed(|| run(folder)));
    let (documents, terms, topics) = found?;
    Ok(json!({
        "end_to_end_s": seconds,
        "end_to_end_cpu_s": cpu_seconds,
        "end_to_end_documents": documents,
        "end_to_end_terms": terms,
        "end_to_end_topics": topics,
    }))
}

fn run(folder: &Path) -> Result<(usize, usize, usize)> {
    let params = ScanParams::default();
    let papers = corpus::load(folder)?;
    let borrowed = Borrowed::new(&papers);
    let state = corpus::count(&borrowed.inputs(), params.state_minimum());
    let (pool, background) = (corpus::pool(), Corpus::all("ALL"));
    let cut = papers.last().map_or(HalfYear(0), |paper| paper.half);
    let figures = from_state(&state, std::slice::from_ref(&pool), &background, cut, &params);
    let index = TermIndex::new(&state);
    let evidence = Evidence::new(&index, &pool, &figures[0]);
    let mut plan = scoring::plan(scoring::CUTS.collect());
    plan.corpora = vec![pool];
    let past = unit_inputs(&state, &plan);
    let outcome = analyse(&Request {
        figures: &figures[0],
        past: &past,
        evidence: Some(&evidence),
        tracks: &[],
        remembered: &[],
        experts: &BTreeMap::new(),
        places: &PlaceNames::default(),
        params: &params,
        top: TOP,
        only: None,
    });
    Ok((papers.len(), outcome.result.terms.len(), outcome.result.topics.len()))
}
