//! The machine and the moment of a run.

use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Returns today's date (UTC).
#[expect(clippy::disallowed_methods, reason = "a measurement is dated, and no engine is asked")]
pub(crate) fn today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs());
    NaiveDate::default() + Days::new(seconds / 86_400)
}

/// Describes processor, memory, load and compiler. What cannot be found out is `null`.
pub(crate) fn describe() -> Value {
    let line = |path: &str, key: &str| -> Option<String> {
        let text = std::fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    json!({
        "processor": line("/proc/cpuinfo", "model name"),
        "cores": std::thread::available_parallelism().map(usize::from).ok(),
        "memory": line("/proc/meminfo", "MemTotal"),
        "load": load(),
        "system": std::env::consts::OS,
        "rustc": output("rustc", &["--version"]),
    })
}

/// Returns the mean number of running processes over the last one, five and fifteen minutes.
pub(crate) fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    Some(text.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}

fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns the largest memory that this process has held so far, in MB of 1,000,000 bytes.
pub(crate) fn peak_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// Runs `work` and returns its result with the seconds it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64())
}

/// Seconds of processor time that this process has used on all cores; it says more than the clock on a busy machine.
pub(crate) fn cpu_seconds() -> f64 {
    // The first number of a thread's `schedstat` counts its nanoseconds on a processor.
    let of_thread = |entry: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(entry.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.filter_map(of_thread).sum::<f64>() / 1e9
}

/// Runs `work` and returns its result with the processor seconds it took.
pub(crate) fn timed_cpu<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = cpu_seconds();
    let result = work();
    (result, cpu_seconds() - start)
}

/// Returns the median; 0 when there are no values.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}
