//! All speed measurements of the scan, in one object.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use linghang_scan::params::ScanParams;
use serde_json::{Map, Value, json};

use crate::corpus::{self, Borrowed, Paper};
use crate::machine::{load, median};
use crate::{chinese, end_to_end, peers, scoring};

/// What to measure.
pub(crate) struct Plan<'a> {
    /// Folder with the arXiv tables.
    pub(crate) data: &'a Path,
    /// Chinese texts.
    pub(crate) zh: Option<&'a Path>,
    /// Repetitions.
    pub(crate) repeat: usize,
    /// Whether scikit-learn runs too.
    pub(crate) with_sklearn: bool,
}

/// Measures everything. What could not be measured is named in `left_out`.
pub(crate) fn measure(plan: &Plan<'_>) -> Result<Value> {
    let load_before = load();
    let papers = corpus::load(plan.data)?;
    let folder = tempfile::tempdir()?;
    let mut all = Map::new();
    let mut left_out = Vec::new();
    counting(plan, &papers, folder.path(), &mut all, &mut left_out)?;
    merge(&mut all, child("leiden", folder.path(), 3)?);
    merge(&mut all, end_to_end::measure(plan.data)?);
    let borrowed = Borrowed::new(&papers);
    let inputs = borrowed.inputs();
    let state = corpus::count(&inputs, ScanParams::default().state_minimum());
    merge(&mut all, scoring::measure(&state, plan.repeat));
    merge(&mut all, scoring::increment(&inputs, &state, plan.repeat));
    match plan.zh {
        Some(path) => merge(&mut all, chinese::measure(path, plan.repeat.min(3))?),
        None => left_out.push("zh_mchars_per_s: no file was named with --zh"),
    }
    all.insert("left_out".to_owned(), json!(left_out));
    all.insert("load_before".to_owned(), json!(load_before));
    all.insert(
        "command".to_owned(),
        json!("cargo run --release -p linghang-bench -- scan --data DIR --zh FILE --json"),
    );
    Ok(Value::Object(all))
}

/// S1 with its two yardsticks, run one after the other on the same documents.
fn counting(
    plan: &Plan<'_>,
    papers: &[Paper],
    folder: &Path,
    all: &mut Map<String, Value>,
    left_out: &mut Vec<&str>,
) -> Result<()> {
    let documents = folder.join("documents.jsonl");
    corpus::write_lines(papers, &documents)?;
    let own = child("count", &documents, plan.repeat)?;
    let seconds: Vec<f64> = serde_json::from_value(own["seconds"].clone())?;
    let count_s = median(seconds);
    let count = papers.len() as f64;
    merge(
        all,
        json!({
            "documents": papers.len(),
            "text_mb": own["bytes"].as_f64().unwrap_or(0.0) / 1e6,
            "phrases": own["phrases"],
            "count_s": count_s,
            "count_runs_s": own["seconds"],
            "count_cpu_s": median(serde_json::from_value(own["cpu_seconds"].clone())?),
            "docs_per_s": count / count_s,
            "mb_per_s": own["bytes"].as_f64().unwrap_or(0.0) / 1e6 / count_s,
            "peak_mb": own["peak_mb"],
            "peak_includes": "all texts, authors and classes in memory",
            "loaded_mb": own["loaded_mb"],
        }),
    );
    match peers::raw_limit(papers, folder, 3)? {
        Some(limit_s) => merge(
            all,
            json!({
                "limit_s": limit_s,
                "ratio_to_limit": limit_s / count_s,
            }),
        ),
        None => left_out.push("ratio_to_limit: zstd is not installed"),
    }
    let peer = if plan.with_sklearn { peers::sklearn(&documents)? } else { None };
    match peer {
        Some(peer) => {
            let sklearn_s = peer["seconds"].as_f64().context("scikit-learn gave no seconds")?;
            merge(
                all,
                json!({
                    "ratio_to_sklearn": sklearn_s / count_s,
                    "sklearn_docs_per_s": count / sklearn_s,
                "sklearn_cpu_s": peer["cpu_seconds"],
                    "sklearn_peak_mb": peer["peak_mb"],
                    "sklearn_phrases": peer["terms"],
                    "sklearn_version": peer["version"],
                }),
            );
        }
        None => left_out.push("ratio_to_sklearn: scikit-learn is not installed, or was left out"),
    }
    Ok(())
}

/// Runs one measurement in a process of its own.
fn child(measurement: &str, documents: &Path, repeat: usize) -> Result<Value> {
    let output = Command::new(std::env::current_exe()?)
        .args(["child", measurement])
        .arg(documents)
        .arg(repeat.to_string())
        .output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "measuring {measurement} failed: {message}");
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn merge(all: &mut Map<String, Value>, part: Value) {
    if let Value::Object(part) = part {
        all.extend(part);
    }
}
