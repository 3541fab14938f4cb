//! What others need for the same work: scikit-learn's counter, and decompressing and counting words as the raw limit.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::corpus::Paper;
use crate::machine::{median, timed};

/// Runs scikit-learn on documents in JSON Lines. `None` when Python or scikit-learn is not installed.
pub(crate) fn sklearn(documents: &Path) -> Result<Option<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/sklearn_counts.py");
    let is_there = Command::new("python3")
        .args(["-c", "import sklearn"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !is_there {
        return Ok(None);
    }
    let output = Command::new("python3").arg(script).arg(documents).output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "scikit-learn failed: {message}");
    Ok(Some(serde_json::from_slice(&output.stdout).context("scikit-learn's answer is not JSON")?))
}

/// Seconds for `zstd -dc corpus.zst | wc -w`. `None` when `zstd` or a shell is not installed.
pub(crate) fn raw_limit(papers: &[Paper], folder: &Path, repeat: usize) -> Result<Option<f64>> {
    let packed = folder.join("corpus.zst");
    let packer =
        Command::new("zstd").args(["-9", "-q", "-o"]).arg(&packed).stdin(Stdio::piped()).spawn();
    let Ok(mut packer) = packer else { return Ok(None) };
    if let Some(mut input) = packer.stdin.take() {
        for paper in papers {
            writeln!(input, "{} {}", paper.title, paper.body)?;
        }
    }
    anyhow::ensure!(packer.wait()?.success(), "zstd failed");
    let mut seconds = Vec::new();
    for _ in 0..repeat {
        let (status, time) = timed(|| {
            Command::new("sh")
                .args(["-c", "zstd -dcq \"$0\" | wc -w"])
                .arg(&packed)
                .stdout(
                    File::create(folder.join("words")).map_or_else(|_| Stdio::null(), Stdio::from),
                )
                .status()
        });
        anyhow::ensure!(status?.success(), "zstd or wc failed");
        seconds.push(time);
    }
    Ok(Some(median(seconds)))
}
