//! The arguments of `linghang rules`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Check the rules of a pack and print all problems at once
    Check(RulesCheckArgs),
    /// Run the test cases of a pack
    Test(RulesTestArgs),
    /// Bend every rule a little and see whether a test case notices
    Mutate(RulesTestArgs),
    /// Judge every enterprise under every award: how many qualify, and what it costs
    Run(RulesRunArgs),
    /// Why an enterprise gets an award, or why not, and what it would take
    Explain(RulesExplainArgs),
    /// List enterprises that one condition keeps from an award
    NearMiss(NearMissArgs),
    /// Compare the pack with another one on the same enterprises
    Simulate(SimulateArgs),
    /// On which rungs an enterprise stands, and what the next ones lack
    Ladder(EnterpriseArgs),
    /// The points of an enterprise, item by item
    Score(EnterpriseArgs),
}

/// The day in law, and the day whose books are read.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct DayArgs {
    /// Day whose rules and facts hold [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Only what was recorded and fetched on this day or before [default: everything]
    #[arg(long, value_name = "DATE")]
    pub(crate) known: Option<NaiveDate>,
}

/// Files for the tables of a command.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SheetArgs {
    /// Write the tables as CSV too; further tables get their name behind that of the file
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// Write the tables into one Excel workbook too
    #[arg(long, value_name = "FILE")]
    pub(crate) xlsx: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesCheckArgs {
    /// Check as of one day [default: today and every day on which a rule changes]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RulesTestArgs {
    /// Run only the cases of one day [default: all]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RulesRunArgs {
    #[command(flatten)]
    pub(crate) day: DayArgs,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
    /// Write every payment to a CSV file: enterprise, award, amounts
    #[arg(long, value_name = "FILE")]
    pub(crate) payments: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct EnterpriseArgs {
    /// Unified social credit code, id or name of the enterprise
    pub(crate) enterprise: String,
    #[command(flatten)]
    pub(crate) day: DayArgs,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RulesExplainArgs {
    #[command(flatten)]
    pub(crate) one: EnterpriseArgs,
    /// Explain this award only (programme or programme/award)
    #[arg(long, value_name = "ID")]
    pub(crate) award: Option<String>,
    /// Say also what it would have been under the rules of this pack folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) before: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NearMissArgs {
    #[command(flatten)]
    pub(crate) day: DayArgs,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
    /// What comes first
    #[arg(long, value_enum, default_value_t = NearOrder::Money)]
    pub(crate) by: NearOrder,
    /// How many enterprises to list
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) top: usize,
    /// List also conditions that nothing can change
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum NearOrder {
    /// The most money at stake
    Money,
    /// The easiest change: waiting, then acting, then a review
    Ease,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// Folder of the pack with the changed rules
    #[arg(long, value_name = "DIR")]
    pub(crate) with: PathBuf,
    #[command(flatten)]
    pub(crate) day: DayArgs,
    #[command(flatten)]
    pub(crate) sheets: SheetArgs,
    /// How many of those who gain or lose most to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
}
