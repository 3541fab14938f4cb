//! S1: from texts in memory to a counted state and counts by half-year, in a process of its own.

use std::path::Path;

use anyhow::Result;
use linghang_scan::counts::State;
use linghang_scan::params::ScanParams;
use serde_json::{Value, json};

use crate::corpus::{self, Borrowed};
use crate::machine::{peak_mb, timed, timed_cpu};

/// Loads the documents, counts them `repeat` times, and tells seconds and memory.
pub(crate) fn child(documents: &Path, repeat: usize) -> Result<Value> {
    let papers = corpus::read_lines(documents)?;
    let bytes: usize = papers.iter().map(|paper| paper.title.len() + paper.body.len()).sum();
    let borrowed = Borrowed::new(&papers);
    let inputs = borrowed.inputs();
    let loaded_mb = peak_mb();
    let minimum = ScanParams::default().state_minimum();
    let (mut seconds, mut cpu_seconds) = (Vec::new(), Vec::new());
    let mut peak = None;
    let mut terms = 0;
    for _ in 0..repeat.max(1) {
        let (((state, halves), time), cpu) = timed_cpu(|| {
            timed(|| {
                let state = corpus::count(&inputs, minimum);
                let halves = count_halves(&state);
                (state, halves)
            })
        });
        seconds.push(time);
        cpu_seconds.push(cpu);
        // Later runs hold no more, but the first is the one without anything left over.
        peak = peak.or_else(peak_mb);
        terms = state.terms().len();
        drop(halves);
    }
    Ok(json!({
        "documents": papers.len(),
        "bytes": bytes,
        "phrases": terms,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "loaded_mb": loaded_mb,
        "peak_mb": peak,
    }))
}

/// Documents by phrase and half-year, one row a phrase.
fn count_halves(state: &State) -> Vec<u32> {
    let halves = &state.documents().halves;
    let first = halves.iter().map(|half| half.0).min().unwrap_or(0);
    let last = halves.iter().map(|half| half.0).max().unwrap_or(0);
    let width = (last - first + 1) as usize;
    let mut counts = vec![0_u32; width * state.terms().len()];
    for (document, half) in halves.iter().enumerate() {
        let column = (half.0 - first) as usize;
        for (term, _) in state.terms_of(document) {
            counts[term as usize * width + column] += 1;
        }
    }
    counts
}
