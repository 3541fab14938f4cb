//! `linghang scan run`: the scored terms, topics and X candidates, as tables or JSON.

use std::io::{Write, stdout};

use linghang_core::number::grouped;
use linghang_scan::result::{CorpusResult, TermResult, TopicResult};

use super::{Wanted, scan, stage_word, term_name, track_name};
use crate::args::RunArgs;
use crate::commands::{print_json, say};
use crate::failure::Failure;
use crate::load::experts;
use crate::load::pack::ScanPack;
use crate::load::scope::Scope;
use crate::output::chart::sparkline;
use crate::output::table::{Align, Table};
use crate::session::Session;

pub(super) fn run(session: &Session, arguments: &RunArgs) -> Result<(), Failure> {
    let pack = ScanPack::load(session)?;
    let scope = Scope::open(session, &pack, &arguments.scope)?;
    let experts = experts::load(arguments.experts.as_deref(), &pack, scope.as_of)?;
    let wanted = Wanted { top: arguments.top, term: None, experts: &experts };
    let result = scan(session, &pack, &scope, wanted)?.result;
    if session.is_json {
        return print_json(&result);
    }
    if pack.reference.is_none() {
        say(session, &session.text("scan-no-pack", &[]));
    }
    let mut output = stdout().lock();
    for corpus in &result.corpora {
        write_corpus(session, &pack, corpus, &mut output)?;
    }
    Ok(())
}

fn write_corpus(
    session: &Session,
    pack: &ScanPack,
    corpus: &CorpusResult,
    output: &mut impl Write,
) -> Result<(), Failure> {
    let arguments = [
        ("corpus", corpus.corpus.clone().into()),
        ("from", corpus.window_from.to_string().into()),
        ("to", corpus.window_to.to_string().into()),
        ("documents", grouped(corpus.window_documents).into()),
        ("candidates", grouped(corpus.candidates).into()),
    ];
    writeln!(output, "{}\n", session.text("scan-corpus", &arguments))?;
    if corpus.no_score_reason.is_some() {
        writeln!(output, "{}\n", session.text("scan-insufficient", &[]))?;
        return Ok(());
    }
    terms_table(session, pack, &corpus.terms).write(output)?;
    writeln!(
        output,
        "\n{}\n",
        session.text("scan-topics", &[("count", corpus.topics.len().into())])
    )?;
    topics_table(session, pack, &corpus.topics).write(output)?;
    if pack.reference.is_none() {
        writeln!(output, "\n{}\n", session.text("scan-x-unknown", &[]))?;
        return Ok(());
    }
    writeln!(
        output,
        "\n{}",
        session.text("scan-x", &[("count", corpus.x_candidates.len().into())])
    )?;
    for candidate in &corpus.x_candidates {
        let open: Vec<String> = candidate
            .open_conditions
            .iter()
            .map(|code| session.text(&format!("x-{}", code.replace('_', "-")), &[]))
            .collect();
        let nearest = candidate.nearest_track.as_deref().map_or_else(
            || session.text("x-no-track", &[]),
            |track| track_name(pack, track, session.lang),
        );
        let arguments = [
            ("label", candidate.label.clone().into()),
            ("score", format!("{:.1}", candidate.score).into()),
            ("track", nearest.into()),
            ("similarity", format!("{:.2}", candidate.nearest_similarity).into()),
            ("open", open.join(&session.text("list-separator", &[])).into()),
        ];
        writeln!(output, "  {}", session.text("x-line", &arguments))?;
        if let Some(fit) = candidate.city_fit {
            let quotient = [("quotient", format!("{fit:.2}").into())];
            writeln!(output, "    {}", session.text("x-city-fit", &quotient))?;
        }
    }
    writeln!(output)?;
    Ok(())
}

fn terms_table(session: &Session, pack: &ScanPack, terms: &[TermResult]) -> Table {
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut table = Table::new([
        head("head-rank", Align::Right),
        head("head-term", Align::Left),
        head("head-score", Align::Right),
        head("head-window", Align::Right),
        head("head-curve", Align::Left),
        head("head-stage", Align::Left),
        head("head-onset", Align::Left),
        head("head-track", Align::Left),
    ]);
    for term in terms {
        let shares: Vec<f64> = term
            .counts
            .iter()
            .map(|year| f64::from(year.count) / f64::from(year.total.max(1)))
            .collect();
        let recent = &shares[shares.len().saturating_sub(12)..];
        let onset =
            term.onset.filter(|onset| onset.is_significant).map(|onset| onset.year.to_string());
        let tracks: Vec<String> =
            term.tracks.iter().map(|track| track_name(pack, &track.track, session.lang)).collect();
        table.push(vec![
            term.rank.to_string(),
            term_name(session, term),
            format!("{:.1}", term.score),
            grouped(u64::from(term.window_documents)),
            sparkline(recent),
            stage_word(session, term.stage.stage),
            onset.unwrap_or_else(|| "—".to_owned()),
            tracks.join(" / "),
        ]);
    }
    table
}

fn topics_table(session: &Session, pack: &ScanPack, topics: &[TopicResult]) -> Table {
    let head = |id: &str, align| (session.text(id, &[]), align);
    let mut table = Table::new([
        head("head-topic", Align::Left),
        head("head-score", Align::Right),
        head("head-terms", Align::Right),
        head("head-stage", Align::Left),
        head("head-keywords", Align::Left),
        head("head-track", Align::Left),
    ]);
    for topic in topics {
        let tracks: Vec<String> = topic
            .tracks
            .iter()
            .map(|track| {
                format!("{} {:.2}", track_name(pack, &track.track, session.lang), track.similarity)
            })
            .collect();
        table.push(vec![
            topic.label.clone(),
            format!("{:.1}", topic.score),
            topic.terms.len().to_string(),
            stage_word(session, topic.stage),
            topic.keywords.join(", "),
            tracks.join(" / "),
        ]);
    }
    table
}
