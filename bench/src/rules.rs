//! Workload RB-12: twelve rules over a million made-up enterprises, beside DuckDB and OpenFisca.
//!
//! The table comes from `linghang_synth::rb12`, the rules from `bench/packs/rb12`. Memory is that of a process of its
//! own, which holds the table, evaluates it and nothing else.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
    UInt8Array,
};
use chrono::NaiveDate;
use linghang_core::{Lang, Severity};
use linghang_rules::{AsOf, Mode, Options, Population, RuleSet, Run, compile, run};
use linghang_synth::rb12::{Row, batches, row, schema};
use parquet::arrow::ArrowWriter;
use serde_json::{Value, json};

use crate::machine::{median, peak_mb, timed, timed_cpu};

/// Rows of a group in the table's file.
const BATCH: usize = 32_768;
/// Peers: the script, and the module that it needs.
const PEERS: [(&str, &str, &str); 2] = [
    ("duckdb", "rules_duckdb.py", "pip install duckdb"),
    ("openfisca_core", "rules_openfisca.py", "pip install openfisca-core pyarrow"),
];

/// What to measure.
pub(crate) struct Plan<'a> {
    /// Enterprises.
    pub(crate) rows: u64,
    /// Repetitions; the median counts.
    pub(crate) repeat: usize,
    /// Where the table is kept as Parquet for the peers; a temporary file otherwise.
    pub(crate) table: Option<&'a Path>,
}

/// Runs ours in a process of its own, and the peers.
pub(crate) fn measure(plan: &Plan<'_>) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let own = folder.path().join("rb12.parquet");
    let table = plan.table.unwrap_or(&own);
    write_table(table, plan.rows)?;
    let program = std::env::current_exe().context("cannot find this program")?;
    let rows = plan.rows.to_string();
    let repeat = plan.repeat.to_string();
    let ours = answer(Command::new(program).args(["child", "rules", &rows, &repeat]))?;
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
            peers.push(answer(command.arg(&repeat))?);
        }
    }
    Ok(json!({
        "command": "cargo run --release -p linghang-bench -- rules --rows N --json",
        "rows": plan.rows,
        "ours": ours,
        "peers": peers,
        "left_out": left_out,
    }))
}

/// Measures ours: both modes on one core and on all.
pub(crate) fn child(rows: u64, repeat: usize) -> Result<Value> {
    let (rules, load_s) = timed(load);
    let rules = rules?;
    let (population, table_s) = timed(|| population(&rules, rows));
    let population = population?;
    let loaded_mb = peak_mb();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut engines = Vec::new();
    let mut last: Option<Run> = None;
    for threads in [1, cores] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        for (name, mode) in [("plain", Mode::Plain), ("explained", Mode::Explained)] {
            let once = || run(&rules, &population, Options { mode, ..Options::default() });
            let (mut seconds, mut cpu_seconds) = (Vec::new(), Vec::new());
            for _ in 0..repeat.max(1) {
                let ((done, wall_s), cpu_s) = pool.install(|| timed_cpu(|| timed(once)));
                seconds.push(wall_s);
                cpu_seconds.push(cpu_s);
                last = Some(done);
            }
            engines.push(json!({
                "engine": "linghang", "mode": name, "threads": threads, "seconds": median(seconds),
                "cpu_s": median(cpu_seconds), "peak_mb": peak_mb(),
            }));
        }
    }
    let rules: Vec<Value> = last
        .iter()
        .flat_map(|done| &done.rules)
        .zip(1..)
        .map(|(rule, number)| {
            json!({
                "rule": number, "yes": rule.yes, "unknown": rule.unknown,
                "total_fen": rule.gross_fen.0, "one_short": rule.one_short,
            })
        })
        .collect();
    Ok(json!({
        "load_s": load_s, "table_s": table_s, "loaded_mb": loaded_mb, "engines": engines,
        "rules": rules, "paid_fen": last.map(|done| done.paid().0),
    }))
}

fn load() -> Result<RuleSet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/rb12");
    let loaded = linghang_pack::load(&folder);
    let Some(pack) = loaded.pack else {
        let told: Vec<String> = loaded.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
        bail!("{}", told.join("\n"));
    };
    let day = NaiveDate::from_ymd_opt(2025, 6, 30).context("a day of June")?;
    let compiled = compile(&pack, AsOf::on(day));
    let errors = compiled.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let told: Vec<String> = errors.map(|one| one.render(Lang::En)).collect();
    compiled.rules.with_context(|| told.join("\n"))
}

/// The table as the engine takes it: labels as codes, money in fen.
fn population(rules: &RuleSet, count: u64) -> Result<Population> {
    let rows: Vec<Row> = (0..count).map(row).collect();
    let fen = |of: fn(&Row) -> f64| -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some((of(row) * 100.0) as i64)).collect::<Int64Array>())
    };
    let code = |of: &dyn Fn(&Row) -> Option<u8>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<UInt8Array>())
    };
    let year = |of: fn(&Row) -> Option<i32>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<Int32Array>())
    };
    let text = |of: fn(&Row) -> Option<&'static str>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<StringArray>())
    };
    // Stages and ranks count from 1; 0 is none.
    let step = |value: i32| u8::try_from(value - 1).ok();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("industry", code(&|row| Some(row.industry as u8))),
        ("size", code(&|row| Some(row.size as u8))),
        ("rev1", fen(|row| row.rev1)),
        ("rd1", fen(|row| row.rd1)),
        ("rd2", fen(|row| row.rd2)),
        ("ht_rev", fen(|row| row.ht_rev)),
        ("hte_cum", fen(|row| row.hte_cum)),
        ("invest", fen(|row| row.invest)),
        ("equip", fen(|row| row.equip)),
        ("equip_ytd", fen(|row| row.equip_ytd)),
        ("tt_volume", fen(|row| row.tt_volume)),
        ("plat_invest", fen(|row| row.plat_invest)),
        ("bio_cost", fen(|row| row.bio_cost)),
        ("loan", fen(|row| row.loan)),
        ("loss", fen(|row| row.loss)),
        ("hte_until", Arc::new(rows.iter().map(|row| row.hte_until).collect::<Date32Array>())),
        ("srdi_year", year(|row| row.srdi_year)),
        ("giant_year", year(|row| row.giant_year)),
        ("inc_grade", text(|row| row.inc_grade)),
        ("plat_level", text(|row| row.plat_level)),
        ("bio_stage", code(&|row| step(row.bio_stage))),
        ("comp_rank", code(&|row| row.comp_rank.and_then(step))),
        ("fee_rate", Arc::new(rows.iter().map(|row| row.fee_rate).collect::<Float64Array>())),
        ("dishonest", Arc::new(rows.iter().map(|row| row.dishonest).collect::<BooleanArray>())),
        ("accident", Arc::new(rows.iter().map(|row| Some(row.accident)).collect::<BooleanArray>())),
    ];
    let ids = StringArray::from_iter_values((0..count).map(|number| format!("{number:09}")));
    Population::new(ids, columns, rules, rules.as_of.legal, &[])
        .map_err(|error| anyhow::anyhow!("{error:?}"))
}

fn write_table(path: &Path, rows: u64) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut writer = ArrowWriter::try_new(file, schema(), None)?;
    for batch in batches(rows, BATCH) {
        writer.write(&batch?)?;
    }
    writer.close()?;
    Ok(())
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
