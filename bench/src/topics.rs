//! S3: Leiden on an artificial graph of the target size, in a process of its own.

use anyhow::Result;
use linghang_scan::topics::{LeidenOptions, PlantedGraph, leiden, planted_graph};
use serde_json::{Value, json};

use crate::machine::{median, peak_mb, timed};

/// Clusters the graph `repeat` times.
pub(crate) fn child(repeat: usize) -> Result<Value> {
    let plan = PlantedGraph::TARGET_SIZE;
    let (graph, _) = planted_graph(&plan);
    let runs: Vec<_> =
        (0..repeat.max(1)).map(|_| timed(|| leiden(&graph, &LeidenOptions::default()))).collect();
    let first = &runs[0].0;
    anyhow::ensure!(
        runs.iter().all(|(found, _)| found == first),
        "equal runs gave different communities"
    );
    Ok(json!({
        "leiden_s": median(runs.iter().map(|(_, seconds)| *seconds).collect()),
        "leiden_peak_mb": peak_mb(),
        "leiden_nodes": plan.nodes,
        "leiden_links": plan.links,
        "leiden_communities": first.communities,
    }))
}
