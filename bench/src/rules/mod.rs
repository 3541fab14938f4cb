//! Workload RB-12: twelve rules over a million made-up enterprises, beside DuckDB and OpenFisca; and what is asked of
//! the engine besides: two hundred rules, one explanation, a reform, a file on disk.
//!
//! The table comes from `linghang_synth::rb12` ([`table`]), the rules from `bench/packs/rb12` ([`pack`]). Every
//! measurement has a process of its own ([`children`]), which holds its table and nothing else, so that memory is told
//! apart.

pub(crate) mod children;
mod oracle;
mod pack;
mod table;

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// Peers: the module that it needs, the script, and how to install it.
const PEERS: [(&str, &str, &str); 2] = [
    ("duckdb", "rules_duckdb.py", "pip install duckdb"),
    ("openfisca_core", "rules_openfisca.py", "pip install openfisca-core pyarrow"),
];

/// What to measure.
pub(crate) struct Plan<'a> {
    /// Enterprises.
    pub(crate) rows: u64,
    /// Enterprises for two hundred rules and for the reform; 0 leaves these out.
    pub(crate) many: u64,
    /// Repetitions; the median counts.
    pub(crate) repeat: usize,
    /// Where the table is kept as Parquet for the peers; a temporary file otherwise.
    pub(crate) table: Option<&'a Path>,
}

/// Runs ours and the peers, one after the other.
pub(crate) fn measure(plan: &Plan<'_>) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let own = folder.path().join("rb12.parquet");
    let path = plan.table.unwrap_or(&own);
    table::write(path, plan.rows)?;
    let ours = child("rules", &plan.rows.to_string(), plan.repeat)?;
    let file = child("rules-file", &path.display().to_string(), plan.repeat)?;
    let (peers, left_out) = peers(path, plan.repeat)?;
    let mut result = json!({
        "command": "cargo run --release -p linghang-bench -- rules --rows N --json",
        "rows": plan.rows,
        "ratios": ratios(&ours, &file, &peers),
        "ours": ours,
        "from_file": file,
        "peers": peers,
        "left_out": left_out,
        "explain": child("rules-explain", "20000", plan.repeat)?,
    });
    if plan.many > 0 {
        let many = plan.many.to_string();
        result["many"] = json!({
            "plain": child("rules-many", &many, plan.repeat)?,
            "explained": child("rules-many-explained", &many, plan.repeat)?,
        });
        result["reform"] = child("rules-reform", &many, plan.repeat)?;
    }
    Ok(result)
}

fn child(measurement: &str, subject: &str, repeat: usize) -> Result<Value> {
    let program = std::env::current_exe().context("cannot find this program")?;
    answer(Command::new(program).args(["child", measurement, subject, &repeat.to_string()]))
}

fn peers(table: &Path, repeat: usize) -> Result<(Vec<Value>, Vec<String>)> {
    let (mut peers, mut left_out) = (Vec::new(), Vec::new());
    for (module, script, install) in PEERS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(script);
        if !has_module(module) {
            left_out.push(format!("{module}: {install}"));
            continue;
        }
        let threads: &[&str] = if module == "duckdb" { &["1", "2"] } else { &[""] };
        for count in threads {
            let mut command = Command::new("python3");
            command.arg(&path).arg(table);
            if !count.is_empty() {
                command.arg(count);
            }
            peers.push(answer(command.arg(repeat.to_string()))?);
        }
    }
    Ok((peers, left_out))
}

/// Ours over the peer's, with the same threads: below 1 is faster. `null` where the peer is not there.
fn ratios(ours: &Value, file: &Value, peers: &[Value]) -> Value {
    let own = |mode: &str, threads: u64| {
        let all = ours["engines"].as_array()?;
        let found = all.iter().find(|one| one["mode"] == mode && one["threads"] == threads)?;
        found["seconds"].as_f64()
    };
    let peer = |name: &str, threads: u64, field: &str| {
        let found = peers.iter().find(|one| one["engine"] == name && one["threads"] == threads)?;
        found[field].as_f64()
    };
    let ratio = |above: Option<f64>, below: Option<f64>| Some(above? / below?);
    json!({
        "plain_to_duckdb_1": ratio(own("plain", 1), peer("duckdb", 1, "seconds")),
        "plain_to_duckdb_2": ratio(own("plain", 2), peer("duckdb", 2, "seconds")),
        "explained_to_duckdb_1": ratio(own("explained", 1), peer("duckdb", 1, "seconds")),
        "explained_to_duckdb_2": ratio(own("explained", 2), peer("duckdb", 2, "seconds")),
        "explained_to_plain_1": ratio(own("explained", 1), own("plain", 1)),
        "explained_to_plain_2": ratio(own("explained", 2), own("plain", 2)),
        "plain_to_openfisca_1": ratio(own("plain", 1), peer("openfisca", 1, "seconds")),
        "file_to_duckdb_2": ratio(file["seconds"].as_f64(), peer("duckdb", 2, "end_to_end_s")),
    })
}

fn has_module(name: &str) -> bool {
    Command::new("python3")
        .args(["-c", &format!("import {name}")])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn answer(command: &mut Command) -> Result<Value> {
    let output = command.output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{command:?} failed: {message}");
    serde_json::from_slice(&output.stdout).context("the answer is not JSON")
}
