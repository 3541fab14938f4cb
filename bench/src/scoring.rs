//! S2 and S4: scores of the pool, the whole development back-test, and a batch added to a counted state.

use linghang_core::HalfYear;
use linghang_scan::backtest::{self, Signal};
use linghang_scan::candidates;
use linghang_scan::counts::{DocumentInput, EnglishReader, State};
use linghang_scan::figures::{Corpus, from_state};
use linghang_scan::params::ScanParams;
use linghang_scan::signals::{Score, lh6};
use serde_json::{Value, json};

use crate::corpus;
use crate::machine::{median, timed, timed_cpu};

/// Documents of the batch that is added.
const BATCH: usize = 1_000;

/// Bootstrap rounds of the timed back-test.
const ROUNDS: u32 = 300;

/// Years at whose ends the development back-test cuts.
pub(crate) const CUTS: std::ops::RangeInclusive<i32> = 2009..=2016;

/// Measures scoring and the back-test on a counted state.
pub(crate) fn measure(state: &State, repeat: usize) -> Value {
    let cut = last_half(state);
    let runs: Vec<(Vec<Score>, f64)> =
        (0..repeat).map(|_| timed(|| score_pool(state, cut))).collect();
    let plan = plan(CUTS.collect());
    let ((result, backtest_s), backtest_cpu_s) = timed_cpu(|| {
        timed(|| {
            let inputs = backtest::unit_inputs(state, &plan);
            backtest::run(&inputs, &Signal::ALL, ROUNDS, &plan.params)
        })
    });
    let (_, score_cpu_s) = timed_cpu(|| score_pool(state, cut));
    json!({
        "score_s": median(runs.iter().map(|(_, seconds)| *seconds).collect()),
        "score_cpu_s": score_cpu_s,
        "score_cut": cut.to_string(),
        "score_candidates": runs.first().map_or(0, |(scores, _)| scores.len()),
        "backtest_s": backtest_s,
        "backtest_cpu_s": backtest_cpu_s,
        "backtest_units": result.units.len(),
    })
}

/// The development back-test over `cuts`.
pub(crate) fn plan(cuts: Vec<i32>) -> backtest::Plan {
    backtest::Plan {
        corpora: corpus::corpora(),
        background: Corpus::all("ALL"),
        cuts,
        params: ScanParams::default(),
    }
}

/// Adds the newest documents to a state of all others, and compares with a state built anew.
pub(crate) fn increment(inputs: &[DocumentInput<'_>], anew: &State, repeat: usize) -> Value {
    let minimum = ScanParams::default().state_minimum();
    let split = inputs.len().saturating_sub(BATCH);
    let before = corpus::count(&inputs[..split], minimum);
    let (mut adding, mut both) = (Vec::new(), Vec::new());
    let mut equals = true;
    for _ in 0..repeat {
        let mut state = before.clone();
        let ((), add) = timed(|| state.add(&inputs[split..], &EnglishReader));
        let (_, score) = timed(|| score_pool(&state, last_half(&state)));
        adding.push(add);
        both.push(add + score);
        equals &= state == *anew;
    }
    let mut state = before;
    let ((), add_cpu_s) = timed_cpu(|| state.add(&inputs[split..], &EnglishReader));
    equals &= postcard::to_allocvec(&state).ok() == postcard::to_allocvec(anew).ok();
    json!({
        "increment_s": median(both),
        "increment_add_s": median(adding),
        "increment_add_cpu_s": add_cpu_s,
        "increment_documents": inputs.len() - split,
        "increment_equals_rebuild": equals,
    })
}

fn score_pool(state: &State, cut: HalfYear) -> Vec<Score> {
    let params = ScanParams::default();
    let figures = from_state(state, &[corpus::pool()], &Corpus::all("ALL"), cut, &params);
    let candidates = candidates::select(&figures[0], &params);
    lh6(&figures[0], &candidates.terms)
}

fn last_half(state: &State) -> HalfYear {
    state.documents().halves.iter().copied().max().unwrap_or(HalfYear(0))
}
