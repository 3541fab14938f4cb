//! The counted state of the evidence in the home folder, kept between runs.
//!
//! The state file is a cache: it can be deleted at any time. It is used when the store still holds the snapshots that
//! it was made from; snapshots that came since are added to it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, EvidenceRef, HalfYear};
use linghang_evidence::store::Manifest;
use linghang_evidence::{Column, DocumentBatch, DocumentView, Query, Store};
use linghang_scan::counts::{BilingualReader, DocumentInput, State};
use linghang_text::chinese::{PhraseLearner, Rules, Segmenter, clean, contains_han};
use serde::{Deserialize, Serialize};

use super::pack::ScanPack;
use crate::commands::say;
use crate::failure::Failure;
use crate::output::progress::Counter;
use crate::session::Session;

/// Version of the file; another version is made anew.
const VERSION: u32 = 5;
/// State files that are kept, the one in use included.
const STATES_KEPT: usize = 3;

/// What the state file holds.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    /// Snapshots in reading order.
    evidence: Vec<EvidenceRef>,
    /// Settings that it was counted with.
    settings: Settings,
    /// What the Chinese documents taught; where later ones teach something else, the state is made anew.
    learned: Learned,
    state: State,
}

/// What the Chinese documents of a store taught.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Learned {
    /// Whether there are any.
    has_chinese: bool,
    /// Their phrases, in order.
    phrases: Vec<String>,
}

/// What decides how documents are counted; each setting has a state of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Settings {
    minimum: u32,
    first_year: i32,
    /// Words of the pack that the Chinese segmenter keeps whole, in order.
    words: Vec<String>,
    /// Last day whose documents teach Chinese phrases; all do when absent.
    phrases_until: Option<NaiveDate>,
}

impl Settings {
    fn of(pack: &ScanPack, phrases_until: Option<NaiveDate>) -> Self {
        let mut words = pack.words.clone();
        words.sort_unstable();
        words.dedup();
        Self {
            minimum: pack.params.state_minimum(),
            first_year: pack.params.first_year,
            words,
            phrases_until,
        }
    }

    fn file_name(&self) -> Result<String, Failure> {
        let hash = blake3::hash(&serde_json::to_vec(self)?).to_hex();
        Ok(format!("state-{}.bin", &hash[..12]))
    }
}

/// A state and what it was made from.
pub(crate) struct Counted {
    /// The state.
    pub(crate) state: State,
    /// Snapshots.
    pub(crate) evidence: Vec<EvidenceRef>,
    /// Day on which the newest files were fetched; nothing after it can be known.
    pub(crate) retrieved: NaiveDate,
}

/// Loads, extends or builds the state of everything in the store.
///
/// Chinese phrases are learned from documents up to `until`, so that later ones change nothing that is said about that
/// day; `None` learns from all.
pub(crate) fn load(
    session: &Session,
    pack: &ScanPack,
    until: Option<NaiveDate>,
) -> Result<Counted, Failure> {
    let (counted, has_chinese) = load_with(session, Settings::of(pack, None))?;
    if until.is_none() || !has_chinese {
        return Ok(counted);
    }
    Ok(load_with(session, Settings::of(pack, until))?.0)
}

/// The state of these settings, and whether its documents hold Chinese.
fn load_with(session: &Session, settings: Settings) -> Result<(Counted, bool), Failure> {
    let store = session.store();
    let manifests = store.snapshots()?;
    if manifests.is_empty() {
        return Err(nothing_imported(&session.home));
    }
    let evidence: Vec<EvidenceRef> = manifests.iter().map(Manifest::evidence_ref).collect();
    let retrieved =
        manifests.iter().map(|manifest| manifest.retrieved).max().unwrap_or(session.today);
    let has_revisions = manifests.iter().any(|manifest| manifest.counts.revisions > 0);
    let path = session.home.join("scan").join(settings.file_name()?);
    let known =
        read(&path).filter(|stored| stored.version == VERSION && stored.settings == settings);
    let stored = match known {
        Some(stored) if stored.evidence == evidence => {
            let has_chinese = stored.learned.has_chinese;
            return Ok((Counted { state: stored.state, evidence, retrieved }, has_chinese));
        }
        // A revision changes documents that were counted already, and so do other phrases: only a rebuild is right.
        Some(stored)
            if evidence.starts_with(&stored.evidence)
                && !has_revisions
                && keeps_phrases(&store, &stored, &evidence)? =>
        {
            extend(session, &store, stored, evidence)?
        }
        _ => build(session, &store, settings, evidence)?,
    };
    write(&path, &stored)?;
    remove_older(session, &path)?;
    let has_chinese = stored.learned.has_chinese;
    Ok((Counted { state: stored.state, evidence: stored.evidence, retrieved }, has_chinese))
}

fn build(
    session: &Session,
    store: &Store,
    settings: Settings,
    evidence: Vec<EvidenceRef>,
) -> Result<Stored, Failure> {
    let learned = learn(store, &settings)?;
    let reader = reader(&settings.words, &learned.phrases);
    let mut state = State::new(settings.minimum);
    let all: u64 = evidence.iter().map(|snapshot| snapshot.records).sum();
    let counter = Counter::new(session, "progress-count", all);
    let query = Query::columns(Column::SCAN);
    read_into(session, store, &query, settings.first_year, &counter, &mut |batch| {
        state.read(batch, &reader);
    })?;
    state.recount();
    counter.finish();
    Ok(Stored { version: VERSION, evidence, settings, learned, state })
}

fn extend(
    session: &Session,
    store: &Store,
    mut stored: Stored,
    evidence: Vec<EvidenceRef>,
) -> Result<Stored, Failure> {
    let reader = reader(&stored.settings.words, &stored.learned.phrases);
    let new = &evidence[stored.evidence.len()..];
    let snapshots = new.iter().map(|snapshot| snapshot.id.clone()).collect();
    let query = Query { snapshots, ..Query::columns(Column::SCAN) };
    let records = new.iter().map(|snapshot| snapshot.records).sum();
    let counter = Counter::new(session, "progress-count", records);
    read_into(session, store, &query, stored.settings.first_year, &counter, &mut |batch| {
        stored.state.add(batch, &reader);
    })?;
    counter.finish();
    stored.evidence = evidence;
    Ok(stored)
}

/// Whether a rebuild would learn the same; without new Chinese texts it would.
fn keeps_phrases(
    store: &Store,
    stored: &Stored,
    evidence: &[EvidenceRef],
) -> Result<bool, Failure> {
    let new = &evidence[stored.evidence.len()..];
    let snapshots = new.iter().map(|snapshot| snapshot.id.clone()).collect();
    let query = Query { snapshots, ..Query::columns(&[Column::Title, Column::Abstract]) };
    let mut is_chinese = false;
    store.for_each(&query, |document| {
        is_chinese |= contains_han(document.title()) || contains_han(document.abstract_text());
    })?;
    Ok(!is_chinese || learn(store, &stored.settings)? == stored.learned)
}

fn reader(words: &[String], phrases: &[String]) -> BilingualReader {
    let whole = words.iter().chain(phrases).map(String::as_str);
    BilingualReader { segmenter: Segmenter::new().with_words(whole) }
}

/// Learns the Chinese phrases of the store; without Chinese documents there are none.
fn learn(store: &Store, settings: &Settings) -> Result<Learned, Failure> {
    let segmenter = Segmenter::new().with_words(settings.words.iter().map(String::as_str));
    let mut has_chinese = false;
    let mut learner = PhraseLearner::new(&segmenter, Rules::default());
    let mut cleaned = String::new();
    let columns = Query::columns(&[Column::Title, Column::Abstract]);
    let query = Query { until: settings.phrases_until, ..columns };
    store.for_each(&query, |document| {
        for text in [document.title(), document.abstract_text()] {
            if contains_han(text) {
                has_chinese = true;
                clean(text, &mut cleaned);
                learner.add(&cleaned);
            }
        }
    })?;
    let phrases = learner.finish().phrases().iter().map(|phrase| phrase.text.clone()).collect();
    Ok(Learned { has_chinese, phrases })
}

fn read_into(
    session: &Session,
    store: &Store,
    query: &Query,
    first_year: i32,
    counter: &Counter,
    take: &mut dyn FnMut(&[DocumentInput<'_>]),
) -> Result<(), Failure> {
    for batch in store.batches(query)? {
        session.check_stop()?;
        let batch = batch?;
        counter.add(batch.len() as u64);
        with_inputs(&batch, first_year, take);
    }
    Ok(())
}

/// Hands the documents of a batch on as the scan reads them.
fn with_inputs(batch: &DocumentBatch, first_year: i32, take: &mut dyn FnMut(&[DocumentInput<'_>])) {
    let rows: Vec<Row<'_>> =
        batch.iter().map(Row::of).filter(|row| row.half.year() >= first_year).collect();
    let lists: Vec<Lists<'_>> = rows.iter().map(Row::lists).collect();
    let inputs: Vec<DocumentInput<'_>> = rows
        .iter()
        .zip(&lists)
        .map(|(row, Lists { classes, places, keywords, body })| DocumentInput {
            id: row.view.id(),
            kind: row.view.kind(),
            half: row.half,
            title: row.view.title(),
            body,
            classes,
            actors: &row.actors,
            places,
            keywords,
        })
        .collect();
    take(&inputs);
}

/// What a document's input borrows from.
struct Lists<'a> {
    classes: Vec<&'a str>,
    places: Vec<&'a str>,
    keywords: Vec<&'a str>,
    body: String,
}

struct Row<'a> {
    view: DocumentView<'a>,
    half: HalfYear,
    actors: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn of(view: DocumentView<'a>) -> Self {
        Self { view, half: HalfYear::of(view.date()), actors: acting(view) }
    }

    fn lists(&self) -> Lists<'a> {
        let keywords = self.view.classes().filter_map(|class| class.strip_prefix("keyword:"));
        Lists {
            classes: self.classes(),
            places: self.view.places().collect(),
            keywords: keywords.collect(),
            body: self.body(),
        }
    }

    /// Classes that say what the document is about: arXiv, OpenAlex, and patent classes down to the subclass.
    fn classes(&self) -> Vec<&'a str> {
        let mut classes: Vec<&str> = Vec::new();
        for class in self.view.classes() {
            let class = match class.split_once(':') {
                Some(("arxiv" | "openalex", _)) => class,
                Some(("ipc" | "cpc", code)) => {
                    class.get(..class.len() - code.len() + 4).unwrap_or(class)
                }
                _ => continue,
            };
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        classes
    }

    fn body(&self) -> String {
        match self.view.claim() {
            "" => self.view.abstract_text().to_owned(),
            claim => format!("{}. {claim}", self.view.abstract_text()),
        }
    }
}

/// Who stands behind a document: authors of a paper, applicants (else inventors) of a patent, organisations else.
fn acting(view: DocumentView<'_>) -> Vec<&str> {
    let of_role = |role: &str| -> Vec<&str> {
        view.actors().filter(|actor| actor.role == role).map(|actor| actor.name).collect()
    };
    for role in ["author", "applicant", "inventor", "organisation", "funder"] {
        let names = of_role(role);
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn read(path: &Path) -> Option<Stored> {
    // A state file that cannot be read is made anew; nothing is lost with it.
    postcard::from_bytes(&fs::read(path).ok()?).ok()
}

fn write(path: &PathBuf, stored: &Stored) -> Result<(), Failure> {
    let bytes = postcard::to_allocvec(stored).map_err(std::io::Error::other)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    let mut file = fs::File::create(&partial)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&partial, path)?;
    Ok(())
}

/// Removes all state files but the newest ones: settings that nobody uses any more leave theirs behind.
fn remove_older(session: &Session, newest: &Path) -> Result<(), Failure> {
    let Some(folder) = newest.parent() else { return Ok(()) };
    let mut states: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_state =
            name.starts_with("state-") && Path::new(&name).extension() == newest.extension();
        if is_state && entry.path() != newest {
            states.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    states.sort_unstable_by(|a, b| b.cmp(a));
    let older: Vec<PathBuf> =
        states.into_iter().skip(STATES_KEPT - 1).map(|(_, path)| path).collect();
    for path in &older {
        fs::remove_file(path)?;
    }
    if !older.is_empty() {
        say(session, &session.text("states-removed", &[("files", older.len().into())]));
    }
    Ok(())
}

fn nothing_imported(home: &Path) -> Failure {
    Failure::refused(
        Diagnostic::error(
            "scan.no_evidence",
            Bilingual::new(
                format!("{} 中还没有文献", home.display()),
                format!("there are no documents in {}", home.display()),
            ),
        )
        .with_hint(Bilingual::new(
            "用 `linghang evidence import` 导入文献，或用 `--figures` 指定统计表，或先运行 `linghang demo`",
            "import documents with `linghang evidence import`, name a table with `--figures`, or try `linghang demo`",
        )),
    )
}
