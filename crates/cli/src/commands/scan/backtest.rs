//! `linghang scan backtest`: how well scores did in the past.

use std::collections::BTreeMap;
use std::io::{Write as _, stdout};

use chrono::NaiveDate;
use linghang_core::{EvidenceRef, Year};
use linghang_scan::backtest::{
    BacktestResult, Estimate, Plan, Signal, TopicCheck, UnitInput, run_with_topics, unit_inputs,
};
use linghang_scan::params::ScanParams;
use serde::Serialize;

use crate::args::BacktestArgs;
use crate::commands::print_json;
use crate::failure::{Exit, Failure};
use crate::load::pack::ScanPack;
use crate::load::{corpora, figures_file, scope, state};
use crate::output::table::{Align, Table};
use crate::session::Session;
use crate::texts::FluentValue;

/// What `scan backtest --json` prints: how it was run, and the result.
#[derive(Serialize)]
struct Answer {
    program: String,
    evidence: Vec<EvidenceRef>,
    corpora: String,
    background: String,
    cuts: Vec<Year>,
    rounds: u32,
    params: ScanParams,
    #[serde(flatten)]
    result: BacktestResult,
}

pub(super) fn run(session: &Session, arguments: &BacktestArgs) -> Result<(), Failure> {
    let pack = ScanPack::load(session)?;
    let signals =
        if arguments.signals.is_empty() { Signal::ALL.to_vec() } else { arguments.signals.clone() };
    let (inputs, evidence) = inputs(session, &pack, arguments)?;
    let result = run_with_topics(&inputs, &signals, arguments.rounds, &pack.params);
    if session.is_json {
        let mut cuts: Vec<Year> = inputs.iter().map(|unit| unit.figures.cut.year()).collect();
        cuts.sort_unstable();
        cuts.dedup();
        return print_json(&Answer {
            program: format!("linghang {}", env!("CARGO_PKG_VERSION")),
            evidence,
            corpora: arguments.corpora.clone(),
            background: arguments.background.clone(),
            cuts,
            rounds: arguments.rounds,
            params: pack.params,
            result,
        });
    }
    write_result(session, &signals, &result)
}

fn inputs(
    session: &Session,
    pack: &ScanPack,
    arguments: &BacktestArgs,
) -> Result<(Vec<UnitInput>, Vec<EvidenceRef>), Failure> {
    let corpora = corpora::parse_list(&arguments.corpora)?;
    if let Some(path) = scope::table_path(session, arguments.figures.as_ref())? {
        let table = figures_file::read(&path)?;
        let evidence = vec![scope::table_reference(&table)];
        let is_wanted = |unit: &UnitInput| {
            corpora.iter().any(|corpus| corpus.name == unit.figures.corpus)
                && (arguments.cuts.is_empty() || arguments.cuts.contains(&unit.figures.cut.year()))
        };
        return Ok((table.past.into_iter().filter(is_wanted).collect(), evidence));
    }
    let background = corpora::parse(&arguments.background)?;
    let mut cuts = arguments.cuts.clone();
    if cuts.is_empty() {
        cuts = all_cuts(&state::load(session, pack, None)?.state);
    }
    // No date of the back-test may know a phrase that only later documents taught.
    let first = cuts.iter().min().and_then(|year| NaiveDate::from_ymd_opt(*year, 12, 31));
    let counted = state::load(session, pack, first)?;
    scope::require_classes(&counted.state, &corpora)?;
    let plan = Plan { corpora, background, cuts, params: pack.params.clone() };
    Ok((unit_inputs(&counted.state, &plan), counted.evidence))
}

/// Every year with five years of documents before it and three after.
fn all_cuts(state: &linghang_scan::counts::State) -> Vec<Year> {
    let halves = &state.documents().halves;
    let first = halves.iter().min().map_or(0, |half| half.year());
    let last = halves.iter().max().map_or(0, |half| half.year());
    (first + 4..=last - 3).collect()
}

fn write_result(
    session: &Session,
    signals: &[Signal],
    result: &BacktestResult,
) -> Result<(), Failure> {
    let mut output = stdout().lock();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in &result.skipped {
        *reasons.entry(&unit.reason).or_default() += 1;
    }
    let arguments =
        [("units", result.units.len().into()), ("skipped", result.skipped.len().into())];
    writeln!(output, "{}", session.text("backtest-units", &arguments))?;
    for (reason, count) in reasons {
        let why = session.text(&format!("skipped-{}", reason.replace('_', "-")), &[]);
        writeln!(output, "  {count}: {why}")?;
    }
    writeln!(output)?;
    if result.units.is_empty() {
        return Err(Failure::silent(Exit::Findings));
    }
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut table = Table::new([
        head("head-signal", Align::Left),
        (String::from("P@50"), Align::Right),
        (String::from("nDCG@100"), Align::Right),
        head("head-lift", Align::Right),
        (String::from("AP"), Align::Right),
    ]);
    let shown = |estimate: &Estimate| {
        format!("{:.3} ({:.3}–{:.3})", estimate.value, estimate.low, estimate.high)
    };
    for signal in signals {
        let mean = &result.mean[signal.name()];
        table.push(vec![
            signal.name().to_owned(),
            shown(&mean.p50),
            shown(&mean.ndcg100),
            shown(&mean.lift),
            shown(&mean.ap),
        ]);
    }
    table.write(&mut output)?;
    let base = result.units.iter().map(|unit| unit.base).sum::<f64>() / result.units.len() as f64;
    writeln!(
        output,
        "\n{}",
        session.text("backtest-base", &[("base", format!("{base:.3}").into())])
    )?;
    if let Some(check) = &result.topics {
        writeln!(output, "{}", session.text("backtest-topics", &topic_figures(check)))?;
    }
    Ok(())
}

/// What the sentence on topics names.
fn topic_figures(check: &TopicCheck) -> [(&'static str, FluentValue<'static>); 4] {
    [
        ("cuts", check.cuts.len().into()),
        ("spearman", format!("{:.2}", check.spearman).into()),
        ("precision", format!("{:.3}", check.precision_top20).into()),
        ("base", format!("{:.3}", check.base).into()),
    ]
}
