//! Measures the engines on real files: `linghang-bench scan` for speed, `linghang-bench quality` for the back-test.
//!
//! What is measured, how, and with which peers stands in `bench/README.md`. Results are one JSON object on stdout.
//! This program may read the clock, start other programs and take what files it needs; the engines may not.

mod chinese;
mod corpus;
mod counting;
mod end_to_end;
mod machine;
mod peers;
mod quality;
mod rules;
mod scoring;
mod speed;
mod topics;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use linghang_rules::Mode;
use serde_json::Value;

use rules::children;

/// Measures the engines of Linghang on real files.
#[derive(Debug, Parser)]
#[command(name = "linghang-bench", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Speed and memory of the scan, beside scikit-learn and the raw limit.
    Scan {
        #[command(flatten)]
        common: Common,
        /// Chinese texts as JSON Lines (xz) with a field `text` or `content`, for the speed of Chinese segmentation.
        #[arg(long, value_name = "FILE")]
        zh: Option<PathBuf>,
        /// Repetitions of each measurement; the median counts.
        #[arg(long, default_value_t = 5)]
        repeat: usize,
        /// Leaves scikit-learn out (it takes a minute and 4 GB).
        #[arg(long)]
        no_sklearn: bool,
    },
    /// The development back-test: even and odd cuts, and the best 30 terms of the pool at 2014.
    Quality {
        #[command(flatten)]
        common: Common,
        /// Bootstrap rounds.
        #[arg(long, default_value_t = 300)]
        rounds: u32,
    },
    /// The rules engine on workload RB-12, beside DuckDB and OpenFisca.
    Rules {
        /// Enterprises.
        #[arg(long, default_value_t = 1_000_000)]
        rows: u64,
        /// Enterprises for two hundred rules and for a reform of five of them; 0 leaves both out.
        #[arg(long, default_value_t = 3_000_000)]
        many: u64,
        /// Repetitions of each measurement; the median counts.
        #[arg(long, default_value_t = 5)]
        repeat: usize,
        /// Keeps the table as Parquet.
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    /// One measurement in a process of its own, so that its memory is its own.
    #[command(hide = true)]
    Child {
        /// What to measure.
        measurement: String,
        /// The documents, or how many rows.
        subject: String,
        /// Repetitions.
        repeat: usize,
    },
}

#[derive(Debug, Args)]
struct Common {
    /// Folder with the arXiv tables, `CATEGORY.tsv.xz`.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
struct Output {
    /// Prints JSON; there is no other form yet, the flag keeps commands stable.
    #[arg(long)]
    json: bool,
    /// Day of the run; today by default.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    /// Folder for the result file; none is written by default.
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Scan { common, zh, repeat, no_sklearn } => {
            let plan = speed::Plan {
                data: &common.data,
                zh: zh.as_deref(),
                repeat,
                with_sklearn: !no_sklearn,
            };
            common.output.finish("scan", speed::measure(&plan)?)
        }
        Command::Quality { common, rounds } => {
            common.output.finish("backtest-dev", quality::measure(&common.data, rounds)?)
        }
        Command::Rules { rows, many, repeat, write, output } => {
            let plan = rules::Plan { rows, many, repeat, table: write.as_deref() };
            output.finish("rules", rules::measure(&plan)?)
        }
        Command::Child { measurement, subject, repeat } => print(&match measurement.as_str() {
            "count" => counting::child(Path::new(&subject), repeat)?,
            "leiden" => topics::child(repeat)?,
            "rules" => children::prefilled(subject.parse()?, repeat)?,
            "rules-file" => children::from_file(Path::new(&subject), repeat)?,
            "rules-many" => children::many(subject.parse()?, repeat, Mode::Plain)?,
            "rules-many-explained" => children::many(subject.parse()?, repeat, Mode::Explained)?,
            "rules-explain" => children::explained(subject.parse()?)?,
            "rules-reform" => children::reform(subject.parse()?, repeat)?,
            _ => anyhow::bail!("`{measurement}` is not a measurement"),
        }),
    }
}

impl Output {
    /// Adds date and machine, prints the result, and writes it where a folder was named.
    fn finish(&self, name: &str, mut result: Value) -> Result<()> {
        let date = self.date.unwrap_or_else(machine::today);
        result["date"] = date.to_string().into();
        result["machine"] = machine::describe();
        if let Some(folder) = &self.results {
            std::fs::create_dir_all(folder)?;
            let path = folder.join(format!("{date}-{name}.json"));
            let text = serde_json::to_string_pretty(&result)? + "\n";
            std::fs::write(&path, text)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        print(&result)
    }
}

fn print(result: &Value) -> Result<()> {
    let text = serde_json::to_string_pretty(result)?;
    writeln!(std::io::stdout(), "{text}").context("cannot write to stdout")
}
