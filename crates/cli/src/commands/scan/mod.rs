//! `linghang scan …`

mod backtest;
mod explain;
mod figures;
mod not_scored;
pub(super) mod report;
pub(super) mod run;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use linghang_core::Lang;
use linghang_evidence::{Column, Query};
use linghang_scan::analysis::{Evidence, Request, analyse};
use linghang_scan::backtest::{TermIndex, UnitInput};
use linghang_scan::result::{CorpusResult, DocumentRef, ScanResult, Stage, TermResult};
use linghang_text::chinese::contains_han;

use crate::args::ScanCommand;
use crate::failure::Failure;
use crate::load::experts::Experts;
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

/// Which terms a scan returns, and what is laid beside them.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// How many terms a corpus.
    pub(crate) top: usize,
    /// Only this term, as counted.
    pub(crate) term: Option<&'a str>,
    /// Experts' judgements.
    pub(crate) experts: &'a Experts,
}

/// A scan with the earlier dates that its intervals were taken from.
pub(super) struct Scanned {
    pub(super) result: ScanResult,
    /// Units of all corpora, in their order.
    pub(super) past: Vec<UnitInput>,
}

/// Scans every corpus of a scope.
pub(super) fn scan(
    session: &Session,
    pack: &ScanPack,
    scope: &Scope,
    wanted: Wanted<'_>,
) -> Result<Scanned, Failure> {
    let mut corpora: Vec<CorpusResult> = Vec::new();
    let mut all_past: Vec<UnitInput> = Vec::new();
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
            experts: &wanted.experts.scores,
            places: &pack.places,
            params: &pack.params,
            top: wanted.top,
            only: wanted.term,
        });
        topics::remember(session, &corpus.name, scope.as_of, &outcome.topics)?;
        corpora.push(outcome.result);
        all_past.extend(past);
    }
    let mut provenance = scope.provenance(pack);
    provenance.evidence.extend(wanted.experts.reference.clone());
    let mut result = ScanResult { schema: 1, provenance, corpora };
    fill_in_titles(session, &mut result)?;
    Ok(Scanned { result, past: all_past })
}

/// Returns a term with what it stands for: its long form, else the same in the reader's language, else its acronym.
pub(super) fn term_name(session: &Session, term: &TermResult) -> String {
    let is_chinese = contains_han(&term.term);
    let translation =
        term.translation.as_ref().filter(|_| is_chinese != (session.lang == Lang::Zh));
    match translation.or(term.long_form.as_ref()).or(term.acronym.as_ref()) {
        Some(other) => {
            let arguments = [("term", term.term.clone().into()), ("other", other.clone().into())];
            session.text("term-and-other", &arguments)
        }
        None => term.term.clone(),
    }
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
