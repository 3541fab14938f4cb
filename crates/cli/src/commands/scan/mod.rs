//! `linghang scan …`

mod backtest;
mod explain;
mod figures;
pub(super) mod report;
pub(super) mod run;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use linghang_core::Lang;
use linghang_evidence::{Column, Query};
use linghang_scan::analysis::{Evidence, Request, analyse};
use linghang_scan::backtest::TermIndex;
use linghang_scan::result::{CorpusResult, DocumentRef, ScanResult, Stage};

use crate::args::ScanCommand;
use crate::failure::Failure;
use crate::load::pack::ScanPack;
use crate::load::scope::{Scope, Source};
use crate::load::topics;
use crate::session::Session;

pub(super) fn run(session: &Session, command: ScanCommand) -> Result<(), Failure> {
    match command {
        ScanCommand::Run(arguments) => run::run(session, &arguments),
        ScanCommand::Explain(arguments) => explain::run(session, &arguments),
        ScanCommand::Backtest(arguments) => backtest::run(session, &arguments),
        ScanCommand::Report(arguments) => report::run(session, &arguments),
        ScanCommand::Figures(arguments) => figures::run(session, &arguments),
    }
}

/// Scans every corpus of a scope.
pub(super) fn scan(
    session: &Session,
    pack: &ScanPack,
    scope: &Scope,
    top: usize,
) -> Result<ScanResult, Failure> {
    let mut corpora: Vec<CorpusResult> = Vec::new();
    let index = match &scope.source {
        Source::Documents(counted) => Some(TermIndex::new(&counted.state)),
        Source::Table(_) => None,
    };
    for (place, figures) in scope.figures.iter().enumerate() {
        session.check_stop()?;
        let corpus = &scope.corpora[place];
        let evidence = index.as_ref().map(|index| Evidence::new(index, corpus, figures));
        let past = scope.past(place, pack);
        let remembered = topics::recall(session, &corpus.name, scope.as_of);
        let outcome = analyse(&Request {
            figures,
            past: &past,
            evidence: evidence.as_ref(),
            tracks: &pack.selectors,
            remembered: &remembered,
            params: &pack.params,
            top,
        });
        topics::remember(session, &corpus.name, scope.as_of, &outcome.topics)?;
        corpora.push(outcome.result);
    }
    let mut result = ScanResult { schema: 1, provenance: scope.provenance(pack), corpora };
    fill_in_titles(session, &mut result)?;
    Ok(result)
}

/// Adds title and date to the documents that a result names, in one pass over the store.
fn fill_in_titles(session: &Session, result: &mut ScanResult) -> Result<(), Failure> {
    let mut named: BTreeMap<String, (String, NaiveDate)> = BTreeMap::new();
    for document in lists(result).flatten() {
        named.insert(document.id.clone(), (String::new(), document.date));
    }
    if named.is_empty() {
        return Ok(());
    }
    let query = Query::columns(&[Column::Id, Column::Title, Column::Date]);
    session.store().for_each(&query, |document| {
        if let Some(entry) = named.get_mut(document.id()) {
            *entry = (document.title().to_owned(), document.date());
        }
    })?;
    for documents in lists(result) {
        for document in &mut *documents {
            if let Some((title, date)) = named.get(&document.id) {
                (document.title, document.date) = (title.clone(), *date);
            }
        }
        // The engine knows half-years; the day is known only here.
        documents.sort_by(|a, b| (b.date, &a.id).cmp(&(a.date, &b.id)));
    }
    Ok(())
}

fn lists(result: &mut ScanResult) -> impl Iterator<Item = &mut Vec<DocumentRef>> {
    result.corpora.iter_mut().flat_map(|corpus| {
        let terms = corpus.terms.iter_mut().map(|term| &mut term.documents);
        terms.chain(corpus.topics.iter_mut().map(|topic| &mut topic.documents))
    })
}

/// Returns the word for a stage.
pub(super) fn stage_word(session: &Session, stage: Stage) -> String {
    let id = match stage {
        Stage::WeakSignal => "stage-weak-signal",
        Stage::TakeOff => "stage-take-off",
        Stage::Growth => "stage-growth",
        Stage::Mature => "stage-mature",
        Stage::Decline => "stage-decline",
        Stage::Undetermined => "stage-undetermined",
    };
    session.text(id, &[])
}

/// Returns the name of a track, or its id when the pack has none.
pub(super) fn track_name(pack: &ScanPack, track: &str, lang: Lang) -> String {
    let known = pack.names.iter().find(|name| name.id == track);
    known.map_or_else(|| track.to_owned(), |name| name.name.get(lang).to_owned())
}
