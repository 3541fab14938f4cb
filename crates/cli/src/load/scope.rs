//! What a scan command looks at: corpora at a date, from documents or from a table of figures.

use std::path::PathBuf;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, EvidenceRef, HalfYear, Provenance, Year};
use linghang_scan::backtest::{Plan, UnitInput, unit_inputs};
use linghang_scan::counts::State;
use linghang_scan::figures::{Corpus, Figures, add_glosses, from_state};

use super::corpora;
use super::figures_file::{self, FiguresTable};
use super::pack::ScanPack;
use super::state::{self, Counted};
use crate::args::ScopeArgs;
use crate::failure::Failure;
use crate::session::Session;

/// Days before the end of a half-year from which files fetched count as holding all of it.
const GRACE_DAYS: i64 = 14;

/// Where the figures of a run come from.
pub(crate) enum Source {
    /// Documents in the home folder.
    Documents(Box<Counted>),
    /// A table of figures.
    Table(Box<FiguresTable>),
}

/// What is scanned.
pub(crate) struct Scope {
    /// Corpora in the order asked for.
    pub(crate) corpora: Vec<Corpus>,
    /// Their figures, in the same order.
    pub(crate) figures: Vec<Figures>,
    /// The day from whose point of view the scan speaks.
    pub(crate) as_of: NaiveDate,
    /// Where the figures come from.
    pub(crate) source: Source,
}

impl Scope {
    /// Opens what the arguments name.
    pub(crate) fn open(
        session: &Session,
        pack: &ScanPack,
        arguments: &ScopeArgs,
    ) -> Result<Self, Failure> {
        let corpora = corpora::parse_list(&arguments.corpora)?;
        if let Some(path) = table_path(session, arguments.figures.as_ref())? {
            return Self::from_table(figures_file::read(&path)?, corpora, arguments.as_of);
        }
        let counted = state::load(session, pack, arguments.as_of)?;
        require_classes(&counted.state, &corpora)?;
        let as_of = arguments.as_of.unwrap_or_else(|| end_of_evidence(&counted, session.today));
        let cut = HalfYear::completed_at(as_of);
        let background = Corpus::all(corpora::ALL);
        let mut figures = from_state(&counted.state, &corpora, &background, cut, &pack.params);
        add_glosses(&mut figures, &counted.state);
        Ok(Self { corpora, figures, as_of, source: Source::Documents(Box::new(counted)) })
    }

    fn from_table(
        table: FiguresTable,
        corpora: Vec<Corpus>,
        as_of: Option<NaiveDate>,
    ) -> Result<Self, Failure> {
        let as_of = as_of.unwrap_or(table.head.as_of);
        let cut = HalfYear::completed_at(as_of);
        let figures = corpora
            .iter()
            .map(|corpus| {
                find(&table, &corpus.name, cut)
                    .ok_or_else(|| not_in_table(&table, &corpus.name, cut))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { corpora, figures, as_of, source: Source::Table(Box::new(table)) })
    }

    /// Returns a corpus at earlier dates with what came after; intervals and the back-test are made from them.
    ///
    /// From documents these are the last eight years whose three following years are over at the date of the scan.
    pub(crate) fn past(&self, place: usize, pack: &ScanPack) -> Vec<UnitInput> {
        let cut = HalfYear::completed_at(self.as_of);
        match &self.source {
            Source::Table(table) => table
                .past
                .iter()
                .filter(|unit| {
                    unit.figures.corpus == self.corpora[place].name
                        && unit.figures.cut.0 + 6 <= cut.0
                })
                .cloned()
                .collect(),
            Source::Documents(counted) => {
                let plan = Plan {
                    corpora: vec![self.corpora[place].clone()],
                    background: Corpus::all(corpora::ALL),
                    cuts: past_years(&self.figures[place], cut),
                    params: pack.params.clone(),
                };
                unit_inputs(&counted.state, &plan)
            }
        }
    }

    /// Returns what the run was made from.
    pub(crate) fn provenance(&self, pack: &ScanPack) -> Provenance {
        provenance(self.evidence(), pack, self.as_of)
    }

    /// Returns the evidence: snapshots, or the table of figures.
    pub(crate) fn evidence(&self) -> Vec<EvidenceRef> {
        match &self.source {
            Source::Documents(counted) => counted.evidence.clone(),
            Source::Table(table) => vec![table_reference(table)],
        }
    }
}

/// Returns what a result was computed from.
pub(crate) fn provenance(
    evidence: Vec<EvidenceRef>,
    pack: &ScanPack,
    as_of: NaiveDate,
) -> Provenance {
    Provenance {
        evidence,
        pack: pack.reference.clone(),
        as_of,
        program: format!("linghang {}", env!("CARGO_PKG_VERSION")),
    }
}

/// Returns how results name a table of figures.
pub(crate) fn table_reference(table: &FiguresTable) -> EvidenceRef {
    let records = table.head.evidence.iter().map(|snapshot| snapshot.records).sum();
    EvidenceRef { id: format!("figures-{}", table.head.as_of), hash: table.hash.clone(), records }
}

/// Returns the table to use: the one named, or the imported one where there are no documents.
pub(crate) fn table_path(
    session: &Session,
    named: Option<&PathBuf>,
) -> Result<Option<PathBuf>, Failure> {
    if let Some(path) = named {
        return Ok(Some(path.clone()));
    }
    let imported = session.home.join("figures.jsonl.zst");
    // A store that cannot be read must not be mistaken for an empty one.
    let has_documents = !session.store().snapshots()?.is_empty();
    Ok((!has_documents && imported.is_file()).then_some(imported))
}

/// Refuses a corpus with a class that no document has: a slip of the pen looks like a lack of evidence.
pub(crate) fn require_classes(state: &State, corpora: &[Corpus]) -> Result<(), Failure> {
    let known = &state.documents().class_names;
    let unknown =
        corpora.iter().flat_map(|corpus| &corpus.classes).find(|class| known.find(class).is_none());
    let Some(class) = unknown else { return Ok(()) };
    Err(Failure::refused(
        Diagnostic::error(
            "scan.no_class",
            Bilingual::new(
                format!("没有文献属于分类 `{class}`"),
                format!("no document has the class `{class}`"),
            ),
        )
        .with_hint(Bilingual::new(
            "分类按文献所载书写，如 cs.RO、ipc:B64C、cpc:B64U；区分大小写",
            "write classes as the documents have them: cs.RO, ipc:B64C, cpc:B64U; capitals matter",
        )),
    ))
}

fn find(table: &FiguresTable, corpus: &str, cut: HalfYear) -> Option<Figures> {
    let all = table.current.iter().chain(table.past.iter().map(|unit| &unit.figures));
    all.into_iter().find(|figures| figures.corpus == corpus && figures.cut == cut).cloned()
}

fn not_in_table(table: &FiguresTable, corpus: &str, cut: HalfYear) -> Failure {
    let all = table.current.iter().chain(table.past.iter().map(|unit| &unit.figures));
    let mut known: Vec<String> =
        all.map(|figures| format!("{} {}", figures.corpus, figures.cut)).collect();
    known.sort_unstable();
    known.dedup();
    let known = known.join(", ");
    Failure::refused(
        Diagnostic::error(
            "scan.not_in_figures",
            Bilingual::new(
                format!("统计表中没有截至 {cut} 的语料 `{corpus}`"),
                format!("the table of figures has no corpus `{corpus}` at the end of {cut}"),
            ),
        )
        .with_hint(Bilingual::new(format!("表中有：{known}"), format!("it has {known}"))),
    )
}

/// The last day of the evidence: the end of its last half-year that was complete when the newest files were fetched.
///
/// Documents may carry dates in advance; they do not move it.
fn end_of_evidence(counted: &Counted, today: NaiveDate) -> NaiveDate {
    let known = counted.retrieved.min(today);
    let complete = HalfYear::completed_at(known + chrono::Duration::days(GRACE_DAYS));
    let halves = counted.state.documents().halves.iter().copied();
    halves.filter(|half| *half <= complete).max().and_then(HalfYear::last_day).unwrap_or(known)
}

/// The last eight years whose three following years are over, and that have five years before them.
fn past_years(figures: &Figures, cut: HalfYear) -> Vec<Year> {
    let last = HalfYear(cut.0 - 6);
    let last_year = if last.is_second() { last.year() } else { last.year() - 1 };
    let first_year = cut.year() - (figures.documents.len() / 2) as Year + 5;
    ((last_year - 7).max(first_year)..=last_year).collect()
}
