//! Tables of figures: counts of terms without the texts they were counted in, as zstd-packed JSON Lines.
//!
//! The first line tells where the figures come from. Each further line is one corpus at one date; a corpus appears
//! once as `current` and, for the back-test, any number of times as `past` with what came after.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, EvidenceRef};
use linghang_evidence::system_text;
use linghang_scan::backtest::UnitInput;
use linghang_scan::candidates;
use linghang_scan::figures::Figures;
use linghang_scan::params::ScanParams;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Version of the layout.
const SCHEMA: u32 = 2;
/// Compression: figures are written once and read often.
const LEVEL: i32 = 19;

/// The first line of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    /// Version of the layout.
    pub(crate) schema: u32,
    /// Snapshots that were counted.
    pub(crate) evidence: Vec<EvidenceRef>,
    /// Where their documents came from, in the words of whoever made the table.
    pub(crate) provenance: String,
    /// The command that makes the table.
    pub(crate) command: String,
    /// Day from whose point of view the current figures speak.
    pub(crate) as_of: NaiveDate,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Current(Figures),
    Past(UnitInput),
}

/// A table of figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FiguresTable {
    /// Where it comes from.
    pub(crate) head: Head,
    /// Each corpus at the date of the table.
    pub(crate) current: Vec<Figures>,
    /// Corpora at earlier dates.
    pub(crate) past: Vec<UnitInput>,
    /// Hash of the file.
    pub(crate) hash: String,
}

/// Writes a table; only terms that pass the filters are written, with the number of those that do not.
pub(crate) fn write(
    path: &Path,
    head: &Head,
    current: &[Figures],
    past: &[UnitInput],
    params: &ScanParams,
) -> Result<u64, Failure> {
    let partial = path.with_extension(format!("{}.partial", std::process::id()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut encoder = zstd::Encoder::new(fs::File::create(&partial)?, LEVEL)?;
    let mut line = |text: String| writeln!(encoder, "{text}");
    line(serde_json::to_string(&Head { schema: SCHEMA, ..head.clone() })?)?;
    for figures in current {
        let kept = candidates::keep_passing(figures, params);
        line(serde_json::to_string(&Line::Current(kept.figures))?)?;
    }
    for unit in past {
        let kept = candidates::keep_passing(&unit.figures, params);
        let mut future = unit.future.clone();
        future.terms = kept.terms.iter().map(|term| unit.future.terms[*term as usize]).collect();
        line(serde_json::to_string(&Line::Past(UnitInput { figures: kept.figures, future }))?)?;
    }
    encoder.finish()?.sync_all()?;
    fs::rename(&partial, path)?;
    Ok(fs::metadata(path)?.len())
}

/// Reads a table.
pub(crate) fn read(path: &Path) -> Result<FiguresTable, Failure> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let decoder = zstd::Decoder::new(bytes.as_slice())
        .map_err(|error| refusal(path, None, &error.to_string()))?;
    let mut lines = BufReader::new(decoder).lines().zip(1_u64..);
    let refuse = |number: u64, problem: &dyn std::fmt::Display| {
        refusal(path, Some(number), &problem.to_string())
    };
    let (first, _) = lines.next().ok_or_else(|| refusal(path, None, "no lines"))?;
    let head: Head = serde_json::from_str(&first.map_err(|error| refuse(1, &error))?)
        .map_err(|e| refuse(1, &e))?;
    if head.schema != SCHEMA {
        return Err(refuse(1, &format!("layout {}, this program reads {SCHEMA}", head.schema)));
    }
    let mut table = FiguresTable { head, current: Vec::new(), past: Vec::new(), hash };
    for (text, number) in lines {
        let text = text.map_err(|error| refuse(number, &error))?;
        match serde_json::from_str(&text).map_err(|error| refuse(number, &error))? {
            Line::Current(figures) => table.current.push(figures),
            Line::Past(unit) => table.past.push(unit),
        }
    }
    check(path, &table)?;
    Ok(table)
}

/// Refuses figures whose lists do not fit together: the engines take that for granted.
fn check(path: &Path, table: &FiguresTable) -> Result<(), Failure> {
    let problem = |figures: &Figures| {
        figures.inconsistency().map(|what| format!("{}: {what}", figures.corpus))
    };
    let futures =
        table.past.iter().find(|unit| unit.future.terms.len() != unit.figures.terms.len());
    let found =
        table.current.iter().chain(table.past.iter().map(|unit| &unit.figures)).find_map(problem);
    match found.or_else(|| {
        futures.map(|unit| format!("{}: future counts do not fit", unit.figures.corpus))
    }) {
        Some(what) => Err(refusal(path, None, &what)),
        None => Ok(()),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let said = system_text(error);
    let message = Bilingual::new(
        format!("统计表无法读取：{}", said.zh),
        format!("the table of figures cannot be read: {}", said.en),
    );
    Failure::refused(Diagnostic::error("scan.figures", message).at(path, None))
}

fn refusal(path: &Path, line: Option<u64>, problem: &str) -> Failure {
    let message = Bilingual::new(
        format!("统计表无法读取：{problem}"),
        format!("not a readable table of figures: {problem}"),
    );
    let hint = Bilingual::new(
        "统计表由 `linghang scan figures` 生成",
        "tables of figures are made by `linghang scan figures`",
    );
    Failure::refused(Diagnostic::error("scan.figures", message).at(path, line).with_hint(hint))
}
