//! What each process measures.

use std::path::Path;

use anyhow::{Context as _, Result};
use linghang_rules::evaluate::RuleResult;
use linghang_rules::explain::explain;
use linghang_rules::simulate::{Settings, simulate};
use linghang_rules::{Mode, Options, Run, run};
use serde_json::{Value, json};

use super::{oracle, pack, table};
use crate::machine::{median, peak_mb, timed, timed_cpu};

/// Copies of the twelve rules that come to two hundred and four.
const COPIES: u32 = 17;
/// Enterprises that are explained.
const EXPLAINED: usize = 2_000;

/// RB-12 in memory: both modes on one core and on all.
pub(crate) fn prefilled(rows: u64, repeat: usize) -> Result<Value> {
    let (rules, load_s) = timed(|| pack::load(&pack::folder()));
    let rules = rules?;
    let (population, table_s) = timed(|| table::made(&rules, rows));
    let population = population?;
    let loaded_mb = peak_mb();
    let mut engines = Vec::new();
    let mut last: Option<Run> = None;
    for threads in [1, cores()] {
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
    let last = last.context("at least one run was made")?;
    let (compared, worst) = oracle::compare(&last)?;
    Ok(json!({
        "load_s": load_s, "table_s": table_s, "loaded_mb": loaded_mb, "engines": engines,
        "rules": by_rule(&last), "paid_fen": last.paid().0,
        "oracle": { "amounts": compared, "largest_difference_fen": worst },
    }))
}

fn by_rule(run: &Run) -> Vec<Value> {
    let rule = |(rule, number): (&RuleResult, u32)| {
        json!({
            "rule": number, "yes": rule.yes, "unknown": rule.unknown,
            "total_fen": rule.gross_fen.0, "one_short": rule.one_short,
        })
    };
    run.rules.iter().zip(1..).map(rule).collect()
}

/// RB-12 from a file on disk to a file of results.
pub(crate) fn from_file(path: &Path, repeat: usize) -> Result<Value> {
    let rules = pack::load(&pack::folder())?;
    let folder = tempfile::tempdir()?;
    let target = folder.path().join("results.parquet");
    let (mut all, mut read, mut ran) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..repeat.max(1) {
        let (done, seconds) = timed(|| -> Result<()> {
            let (population, read_s) = timed(|| table::read(&rules, path));
            let population = population?;
            let (done, run_s) = timed(|| run(&rules, &population, Options::default()));
            read.push(read_s);
            ran.push(run_s);
            table::write_results(&target, &population, &done)
        });
        done?;
        all.push(seconds);
    }
    Ok(json!({
        "engine": "linghang", "threads": cores(), "seconds": median(all), "read_s": median(read),
        "run_s": median(ran), "peak_mb": peak_mb(),
    }))
}

/// Two hundred rules over many enterprises.
pub(crate) fn many(rows: u64, repeat: usize, mode: Mode) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let count = pack::write_copies(folder.path(), COPIES)?;
    let (rules, load_s) = timed(|| pack::load(folder.path()));
    let rules = rules?;
    let population = table::made(&rules, rows)?;
    let loaded_mb = peak_mb();
    let (mut seconds, mut cpu_seconds, mut lines) = (Vec::new(), Vec::new(), 0);
    for _ in 0..repeat.max(1) {
        let options = Options { mode, ..Options::default() };
        let ((done, wall_s), cpu_s) = timed_cpu(|| timed(|| run(&rules, &population, options)));
        seconds.push(wall_s);
        cpu_seconds.push(cpu_s);
        lines = done.lines().count();
    }
    Ok(json!({
        "rows": rows, "rules": count, "conditions": rules.leaves.len(), "threads": cores(),
        "load_lint_compile_s": load_s, "seconds": median(seconds), "cpu_s": median(cpu_seconds),
        "payments": lines, "loaded_mb": loaded_mb, "peak_mb": peak_mb(),
    }))
}

/// One enterprise under two hundred rules, with everything that an officer reads.
pub(crate) fn explained(rows: u64) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let count = pack::write_copies(folder.path(), COPIES)?;
    let rules = pack::load(folder.path())?;
    let population = table::made(&rules, rows)?;
    let mut milliseconds: Vec<f64> = (0..EXPLAINED)
        .map(|at| {
            let row = at * (rows as usize / EXPLAINED).max(1);
            timed(|| explain(&rules, &population, row, None)).1 * 1e3
        })
        .collect();
    let first = milliseconds[0];
    milliseconds.sort_unstable_by(f64::total_cmp);
    Ok(json!({
        "rules": count, "enterprises": EXPLAINED, "first_ms": first,
        "median_ms": milliseconds[EXPLAINED / 2], "p90_ms": milliseconds[EXPLAINED * 9 / 10], "p99_ms": milliseconds[EXPLAINED * 99 / 100],
    }))
}

/// A reform of five rules among two hundred, with all its tables.
pub(crate) fn reform(rows: u64, repeat: usize) -> Result<Value> {
    let (old, new) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let count = pack::write_copies(old.path(), COPIES)?;
    pack::write_reform(old.path(), new.path())?;
    let (before, after) = (pack::load(old.path())?, pack::load(new.path())?);
    let population = table::made(&before, rows)?;
    let (mut seconds, mut last) = (Vec::new(), None);
    for _ in 0..repeat.max(1) {
        let once = || simulate(&before, &after, &population, Settings::default());
        let (reform, wall_s) = timed(once);
        seconds.push(wall_s);
        last = Some(reform.map_err(|error| anyhow::anyhow!("{error}"))?);
    }
    let last = last.context("at least one run was made")?;
    Ok(json!({
        "rows": rows, "rules": count, "changed": last.texts.len(), "affected": last.affected.len(),
        "groups": last.groups.len(), "gained": last.totals.gained, "lost": last.totals.lost,
        "threads": cores(), "seconds": median(seconds), "peak_mb": peak_mb(),
    }))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
