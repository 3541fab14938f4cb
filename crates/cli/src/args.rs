//! The arguments of every command. The doc comments are the English help.

mod rules;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use linghang_core::{Lang, Year};
use linghang_evidence::Format;
use linghang_evidence::enterprise::Table;
use linghang_scan::backtest::Signal;

pub(crate) use rules::*;

/// Linghang 领航: the open navigator for future industries.
#[derive(Debug, Parser)]
#[command(name = "linghang", version, propagate_version = true, subcommand_required = true)]
#[command(arg_required_else_help = true, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Arguments that every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Folder for evidence, figures and remembered topics
    #[arg(
        long,
        global = true,
        env = "LINGHANG_HOME",
        default_value = ".linghang",
        value_name = "DIR"
    )]
    pub(crate) home: PathBuf,
    /// Folder of the city pack, such as packs/example
    #[arg(long, global = true, env = "LINGHANG_PACK", value_name = "DIR")]
    pub(crate) pack: Option<PathBuf>,
    /// Language of everything that is said: zh or en
    #[arg(
        long,
        global = true,
        env = "LINGHANG_LANG",
        value_name = "LANG",
        overrides_with = "lang"
    )]
    pub(crate) lang: Option<Lang>,
    /// Print data as one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print data and errors only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// See it work: the horizon scan on the demo figures, support programmes on a made-up city
    Demo(DemoArgs),
    /// Find emerging technologies
    #[command(subcommand)]
    Scan(ScanCommand),
    /// Bring papers, patents, other documents and lists about enterprises in
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Work with a city pack
    #[command(subcommand)]
    Pack(PackCommand),
    /// Policy as code: who qualifies for what, how much, and why (not)
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Make up evidence to try things on; everything it writes is labelled synthetic
    #[command(subcommand)]
    Synth(SynthCommand),
    /// Print the reference of all commands as Markdown
    #[command(hide = true)]
    HelpMarkdown,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Table of figures to scan [default: the one that belongs to the project]
    #[arg(long, value_name = "FILE")]
    pub(crate) figures: Option<PathBuf>,
    /// Folder for the report [default: linghang-report]
    #[arg(long, value_name = "DIR", default_value = "linghang-report", hide_default_value = true)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Check a pack and print all problems at once
    Check {
        /// Folder of the pack [default: the one of --pack]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SynthCommand {
    /// Make up a city: enterprises, their years, deals and payments
    City(CityArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CityArgs {
    /// How many enterprises
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(crate) enterprises: u64,
    /// Number that decides what is made up; the same number gives the same city
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Day from whose point of view the city is described [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Full years of figures before that day
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=5))]
    pub(crate) years: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Import files into a new immutable snapshot
    Import(ImportArgs),
    /// List the snapshots
    List,
    /// Show one document, or everything about one enterprise
    Show {
        /// Id with its scheme, such as arxiv:1706.03762; or a credit code or name of an enterprise
        id: String,
    },
    /// Write documents out for other programs
    Export(ExportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files to import; xz, gz and zstd are unpacked on the way
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Format of the files
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub(crate) format: Format,
    /// Table about enterprises that lists (csv, xlsx) fill; the mapping names it too [default: documents]
    #[arg(long, value_name = "TABLE", value_parser = table_parser())]
    pub(crate) table: Option<Table>,
    /// Mapping of columns to fields, for csv, xlsx and jsonl
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Day on which the files were fetched [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) retrieved: Option<NaiveDate>,
    /// Keep what can be read of a broken archive
    #[arg(long)]
    pub(crate) keep_readable: bool,
}

fn table_parser() -> impl clap::builder::TypedValueParser<Value = Table> {
    use clap::builder::TypedValueParser as _;
    let names: Vec<&'static str> = Table::ALL.iter().map(|table| table.as_str()).collect();
    clap::builder::PossibleValuesParser::new(names).try_map(|name| name.parse::<Table>())
}

fn format_parser() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::TypedValueParser as _;
    let names: Vec<&'static str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    clap::builder::PossibleValuesParser::new(names).try_map(|name| name.parse::<Format>())
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value_t = ExportForm::Jsonl)]
    pub(crate) format: ExportForm,
    /// File to write [default: standard output; parquet needs a file]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only documents dated on this day or before
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ExportForm {
    /// One JSON object a line
    Jsonl,
    /// Table for spreadsheets
    Csv,
    /// Columnar file
    Parquet,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScanCommand {
    /// Score terms, find topics, assign tracks, list X candidates
    Run(RunArgs),
    /// Take one term's score apart
    Explain(ExplainArgs),
    /// Measure how well such scores did in the past
    Backtest(BacktestArgs),
    /// Write the report: one HTML page, and every table as CSV and JSON
    Report(ReportArgs),
    /// Write the counted figures of a scan into one file that holds no texts
    Figures(FiguresArgs),
}

/// What to scan and from which point of view.
#[derive(Debug, Clone, Args)]
pub(crate) struct ScopeArgs {
    /// Corpora: classes (cs.RO, ipc:B64C), pools (NAME=cs.RO+cs.SY), or ALL; separated by commas
    #[arg(long, visible_alias = "corpus", value_name = "LIST", default_value = "ALL")]
    pub(crate) corpora: String,
    /// Day from whose point of view the scan speaks [default: the end of the evidence]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Table of figures to use instead of the evidence in the home folder
    #[arg(long, value_name = "FILE")]
    pub(crate) figures: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Experts' judgements: a CSV table with the columns term, score and, if you like, expert and date
    #[arg(long, value_name = "FILE")]
    pub(crate) experts: Option<PathBuf>,
    /// How many terms to show a corpus
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) top: usize,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The term, in Chinese or English
    pub(crate) term: String,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Experts' judgements: a CSV table with the columns term, score and, if you like, expert and date
    #[arg(long, value_name = "FILE")]
    pub(crate) experts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Experts' judgements: a CSV table with the columns term, score and, if you like, expert and date
    #[arg(long, value_name = "FILE")]
    pub(crate) experts: Option<PathBuf>,
    /// Folder for the report
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How many terms to show
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) top: usize,
}

#[derive(Debug, Args)]
pub(crate) struct BacktestArgs {
    /// Corpora: classes (cs.NI), pools (NAME=cs.NI+cs.CR), or ALL; separated by commas
    #[arg(long, visible_alias = "corpus", value_name = "LIST", default_value = "ALL")]
    pub(crate) corpora: String,
    /// What a corpus is compared with: a class, a pool or ALL (its own documents are left out)
    #[arg(long, value_name = "CORPUS", default_value = "ALL")]
    pub(crate) background: String,
    /// Last years known to the scores, separated by commas [default: every year with five years before and three after]
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = clap::value_parser!(i32).range(1600..=2200))]
    pub(crate) cuts: Vec<Year>,
    /// Signals to compare; differences are taken against the first [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) signals: Vec<Signal>,
    /// Bootstrap rounds
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub(crate) rounds: u32,
    /// Table of figures to use instead of the evidence in the home folder
    #[arg(long, value_name = "FILE")]
    pub(crate) figures: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct FiguresArgs {
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Years of the back-test whose figures are written too, separated by commas
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = clap::value_parser!(i32).range(1600..=2200))]
    pub(crate) cuts: Vec<Year>,
    /// File to write (.jsonl.zst)
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Where the documents came from, written into the file
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) provenance: String,
}
