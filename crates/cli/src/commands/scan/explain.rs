//! `linghang scan explain`: one term's score taken apart.

use std::io::{Write, stdout};

use linghang_core::Lang;
use linghang_core::number::{grouped, percent};
use linghang_scan::analysis::missing;
use linghang_scan::counts::term_text;
use linghang_scan::result::{InflectionStatement, ScanResult, TermResult};

use super::not_scored::{filter_text, no_term, not_scored};
use super::{Wanted, scan, stage_word, term_name, track_name};
use crate::args::ExplainArgs;
use crate::commands::print_json;
use crate::failure::Failure;
use crate::load::experts;
use crate::load::pack::ScanPack;
use crate::load::scope::Scope;
use crate::output::chart::{columns, signed_bar};
use crate::output::table::{Align, Table};
use crate::session::Session;

/// Years in the chart.
const CHART_YEARS: usize = 15;
/// Lines of the chart.
const CHART_HEIGHT: usize = 6;
/// Most that one signal can add or take away.
const FULL: f64 = 3.0;
/// Documents that are listed.
const DOCUMENTS: usize = 8;

pub(super) fn run(session: &Session, arguments: &ExplainArgs) -> Result<(), Failure> {
    let pack = ScanPack::load(session)?;
    let term = term_text(&arguments.term, &pack.reader());
    if term.is_empty() {
        return Err(no_term(&arguments.term));
    }
    let scope = Scope::open(session, &pack, &arguments.scope)?;
    let experts = experts::load(arguments.experts.as_deref(), &pack, scope.as_of)?;
    let is_scored = |figures| missing(&term, figures, &pack.params).is_none();
    if !scope.figures.iter().any(is_scored) {
        return Err(not_scored(&term, &scope, &pack));
    }
    // The one asked for need not be among the best.
    let wanted = Wanted { top: usize::MAX, term: Some(&term), experts: &experts };
    let result = scan(session, &pack, &scope, wanted)?.result;
    if session.is_json {
        return print_json(&only_terms(result));
    }
    let mut output = stdout().lock();
    for corpus in &result.corpora {
        for term in &corpus.terms {
            let place = [
                ("term", term_name(session, term).into()),
                ("corpus", corpus.corpus.clone().into()),
                ("rank", term.rank.into()),
                ("candidates", grouped(corpus.candidates).into()),
                ("score", format!("{:.2}", term.score).into()),
                ("percentile", format!("{:.1}", (term.percentile * 10.0).floor() / 10.0).into()),
                ("from", corpus.window_from.to_string().into()),
                ("to", corpus.window_to.to_string().into()),
            ];
            writeln!(output, "{}\n", session.text("explain-head", &place))?;
            if let Some(reason) = &term.hidden_reason {
                let (zh, en) = filter_text(reason);
                let why = if session.lang == Lang::Zh { zh } else { en };
                let values = [("reason", reason.clone().into()), ("why", why.into())];
                writeln!(output, "{}\n", session.text("explain-hidden", &values))?;
            }
            write_term(session, &pack, term, &mut output)?;
        }
    }
    Ok(())
}

/// The scan reduced to the term: what belongs to the corpus as a whole is left out.
fn only_terms(mut result: ScanResult) -> ScanResult {
    for corpus in &mut result.corpora {
        corpus
            .topics
            .retain(|topic| corpus.terms.iter().any(|term| term.topic.as_ref() == Some(&topic.id)));
        corpus.x_candidates.clear();
        corpus.topic_changes.clear();
    }
    result
}

fn write_term(
    session: &Session,
    pack: &ScanPack,
    term: &TermResult,
    output: &mut impl Write,
) -> Result<(), Failure> {
    write_contributions(session, term, output)?;
    write_chart(session, term, output)?;
    write_statements(session, pack, term, output)?;
    if term.documents.is_empty() {
        writeln!(output, "{}\n", session.text("explain-no-documents", &[]))?;
        return Ok(());
    }
    writeln!(output, "{}", session.text("explain-documents", &[]))?;
    for document in term.documents.iter().take(DOCUMENTS) {
        writeln!(output, "  {}  {}  {}", document.date, document.id, document.title)?;
    }
    writeln!(output)?;
    Ok(())
}

fn write_contributions(
    session: &Session,
    term: &TermResult,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut table = Table::new([
        head("head-signal", Align::Left),
        head("head-value", Align::Right),
        head("head-contribution", Align::Right),
        (String::new(), Align::Left),
        head("head-meaning", Align::Left),
    ]);
    for part in &term.contributions {
        table.push(vec![
            part.signal.clone(),
            part.value.map_or_else(|| "—".to_owned(), |value| format!("{value:.2}")),
            format!("{:+.2}", part.contribution),
            signed_bar(part.contribution, FULL, 8),
            session.text(&format!("signal-{}", part.signal), &[]),
        ]);
    }
    let sum = session.text("explain-sum", &[]);
    table.push(vec![sum, String::new(), format!("{:+.2}", term.score)]);
    table.write(output)?;
    writeln!(output)?;
    Ok(())
}

fn write_chart(
    session: &Session,
    term: &TermResult,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let years = &term.counts[term.counts.len().saturating_sub(CHART_YEARS)..];
    let shares: Vec<f64> =
        years.iter().map(|year| f64::from(year.count) / f64::from(year.total.max(1))).collect();
    let largest = shares.iter().copied().fold(0.0, f64::max);
    writeln!(
        output,
        "{}",
        session.text("explain-chart", &[("largest", format!("{:.2}%", largest * 100.0).into())])
    )?;
    for line in columns(&shares, CHART_HEIGHT) {
        writeln!(output, "  {line}")?;
    }
    let labels: Vec<String> =
        years.iter().map(|year| format!("{:02}", year.year.rem_euclid(100))).collect();
    writeln!(output, "  {}", labels.join("  "))?;
    let counts: Vec<String> =
        years.iter().map(|year| format!("{}:{}", year.year, year.count)).collect();
    writeln!(output, "  {}\n", counts.join(" "))?;
    Ok(())
}

fn write_statements(
    session: &Session,
    pack: &ScanPack,
    term: &TermResult,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let mut lines = vec![
        session.text("explain-stage", &[("stage", stage_word(session, term.stage.stage).into())]),
    ];
    lines.extend(onset_words(session, term));
    if let Some(life_cycle) = &term.life_cycle {
        lines.push(match &life_cycle.statement {
            InflectionStatement::Identified { t0, sd_t0, saturation_share, .. } => {
                let arguments = [
                    ("year", format!("{t0:.1}").into()),
                    ("sd", format!("{sd_t0:.1}").into()),
                    ("share", percent(*saturation_share).into()),
                ];
                session.text("explain-inflection", &arguments)
            }
            InflectionStatement::NotIdentifiable { .. } => {
                session.text("explain-no-inflection", &[])
            }
        });
    }
    if let Some(forecast) = &term.forecast {
        let share =
            |share: f64| linghang_core::texts::FluentValue::from(format!("{:.3}%", share * 100.0));
        let coverage = forecast.measured_coverage.map_or_else(|| "—".to_owned(), percent);
        let arguments = [
            ("share", share(forecast.share)),
            ("low", share(forecast.low)),
            ("high", share(forecast.high)),
            ("coverage", coverage.into()),
        ];
        lines.push(session.text("explain-forecast", &arguments));
    }
    let separator = session.text("list-separator", &[]);
    let tracks: Vec<String> =
        term.tracks.iter().map(|track| track_name(pack, &track.track, session.lang)).collect();
    if !tracks.is_empty() {
        lines.push(session.text("explain-tracks", &[("tracks", tracks.join(&separator).into())]));
    }
    let flag_words = |codes: &mut dyn Iterator<Item = &String>| {
        let words: Vec<String> = codes.map(|code| flag_word(session, code)).collect();
        (!words.is_empty()).then(|| words.join(&separator))
    };
    let fired = flag_words(&mut term.flags.iter().map(|flag| &flag.code));
    let unknown = flag_words(&mut term.flags_unknown.iter());
    for (id, flags) in [("explain-flags", fired), ("explain-flags-unknown", unknown)] {
        lines.extend(flags.map(|flags| session.text(id, &[("flags", flags.into())])));
    }
    for line in lines {
        writeln!(output, "{line}")?;
    }
    writeln!(output)?;
    Ok(())
}

/// When growth set in, and how sure that is.
fn onset_words(session: &Session, term: &TermResult) -> Option<String> {
    let onset = term.onset.as_ref()?;
    let id = match (onset.is_significant, term.grew_from_nothing()) {
        (true, true) => "explain-onset-from-nothing",
        (true, false) => "explain-onset",
        (false, _) => "explain-no-onset",
    };
    let fifth = term.fifth_document_year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    let arguments = [
        ("year", onset.year.to_string().into()),
        ("fifth", fifth.into()),
        ("low", onset.year_low.to_string().into()),
        ("high", onset.year_high.to_string().into()),
        ("p", format!("{:.4}", onset.p).into()),
    ];
    Some(session.text(id, &arguments))
}

fn flag_word(session: &Session, code: &str) -> String {
    session.text(&format!("flag-{}", code.replace('_', "-")), &[])
}
