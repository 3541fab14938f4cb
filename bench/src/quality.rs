//! The development back-test of terms, topics and forecasts: a regression test of the method's quality, not a claim
//! about unseen fields.

use std::path::Path;

use anyhow::{Context as _, Result};
use linghang_scan::backtest::{self, Signal, labels};
use linghang_scan::candidates;
use linghang_scan::params::ScanParams;
use linghang_scan::signals::{Score, lh6};
use serde_json::{Value, json};

use crate::corpus::{self, Borrowed};
use crate::scoring;

/// Runs even and odd cuts, and lists the best terms of the pool at 2014.
pub(crate) fn measure(data: &Path, rounds: u32) -> Result<Value> {
    let papers = corpus::load(data)?;
    let borrowed = Borrowed::new(&papers);
    let state = corpus::count(&borrowed.inputs(), ScanParams::default().state_minimum());
    let plan = scoring::plan(scoring::CUTS.collect());
    let inputs = backtest::unit_inputs(&state, &plan);
    let half = |remainder: i32| -> Result<Value> {
        let chosen: Vec<_> = inputs
            .iter()
            .filter(|input| input.figures.cut.year() % 2 == remainder)
            .cloned()
            .collect();
        let result = backtest::run(&chosen, &Signal::ALL, rounds, &plan.params);
        Ok(serde_json::to_value(result)?)
    };
    let pools: Vec<_> =
        inputs.iter().filter(|input| input.figures.corpus == "POOL").cloned().collect();
    let pool = pools
        .iter()
        .find(|input| input.figures.cut.year() == 2014)
        .context("the pool has no unit at 2014")?;
    Ok(json!({
        "command": "cargo run --release -p linghang-bench -- quality --data DIR --json",
        "documents": papers.len(),
        "rounds": rounds,
        "even": half(0)?,
        "odd": half(1)?,
        "pool_2014": best(pool, &plan.params, 30),
        "pool_topics": backtest::check_topics(&pools, &plan.params),
        "pool_forecasts": backtest::check_forecasts(&pools, &plan.params),
    }))
}

/// The best terms of a unit, each with its documents before and after and whether it grew as the label asks.
fn best(input: &backtest::UnitInput, params: &ScanParams, top: usize) -> Value {
    let figures = &input.figures;
    let chosen = candidates::select(figures, params).terms;
    let truth = labels(figures, &chosen, &input.future);
    let scores: Vec<f64> = lh6(figures, &chosen).iter().map(Score::total).collect();
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    order.truncate(top);
    let hits = order.iter().filter(|place| truth[**place].is_positive).count();
    let terms: Vec<Value> = order
        .iter()
        .map(|place| {
            let term = &figures.terms[chosen[*place] as usize];
            json!({
                "term": term.text,
                "score": scores[*place],
                "documents": term.window_documents(),
                "is_hit": truth[*place].is_positive,
            })
        })
        .collect();
    json!({ "candidates": chosen.len(), "top": top, "hits": hits, "terms": terms })
}
