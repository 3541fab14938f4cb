//! Experts' judgements: a table that says how promising terms are, to be laid beside the score.
//!
//! A CSV file with a header. `term` and `score` (any number, larger is more promising) are needed; `expert` and `date`
//! may be there. Several judgements of a term are averaged; those dated after the day of the scan are left out. A file
//! with any row that cannot be read is refused, with every such row named.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, EvidenceRef};
use linghang_scan::counts::term_text;

use super::pack::ScanPack;
use crate::failure::{Exit, Failure};

/// Judgements by term, as the scan takes them.
#[derive(Debug, Default)]
pub(crate) struct Experts {
    /// Mean score by term as counted.
    pub(crate) scores: BTreeMap<String, f64>,
    /// How results name the table; absent when there is none.
    pub(crate) reference: Option<EvidenceRef>,
}

/// Reads the table, if one is named.
pub(crate) fn load(
    path: Option<&Path>,
    pack: &ScanPack,
    as_of: NaiveDate,
) -> Result<Experts, Failure> {
    let Some(path) = path else { return Ok(Experts::default()) };
    let bytes = fs::read(path).map_err(|error| {
        refused(vec![finding(path, None, &format!("无法读取：{error}"), &error.to_string())])
    })?;
    let rows = read(&bytes, path).map_err(refused)?;
    let reader = pack.reader();
    let mut judged: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.date.is_none_or(|date| date <= as_of)) {
        judged.entry(term_text(&row.term, &reader)).or_default().push(row.score);
    }
    let mean = |mut scores: Vec<f64>| {
        // The order of rows must not show in the last digit.
        scores.sort_by(f64::total_cmp);
        scores.iter().sum::<f64>() / scores.len() as f64
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Experts {
        scores: judged.into_iter().map(|(term, scores)| (term, mean(scores))).collect(),
        reference: Some(EvidenceRef {
            id: format!("experts-{}", name.unwrap_or_default()),
            hash: blake3::hash(&bytes).to_hex().to_string(),
            records: rows.len() as u64,
        }),
    })
}

/// One judgement.
struct Row {
    term: String,
    score: f64,
    date: Option<NaiveDate>,
}

/// Places of the columns.
struct Columns {
    term: usize,
    score: usize,
    date: Option<usize>,
}

fn read(bytes: &[u8], path: &Path) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut table = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text);
    let broken = |error: &csv::Error| {
        let line = error.position().map(csv::Position::line);
        finding(
            path,
            line,
            &format!("不是 UTF-8 的 CSV：{error}"),
            &format!("not CSV in UTF-8: {error}"),
        )
    };
    let header = table.headers().map_err(|error| vec![broken(&error)])?.clone();
    let find = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (Some(term), Some(score)) = (find("term"), find("score")) else {
        return Err(vec![finding(
            path,
            Some(1),
            "缺少 term 或 score 列",
            "no column `term` or no column `score`",
        )]);
    };
    let columns = Columns { term, score, date: find("date") };
    let (mut rows, mut findings) = (Vec::new(), Vec::new());
    for record in table.records() {
        match record {
            Ok(record) => {
                let line = record.position().map(csv::Position::line);
                match row(&record, &columns) {
                    Ok(row) => rows.push(row),
                    Err((zh, en)) => findings.push(finding(path, line, &zh, &en)),
                }
            }
            Err(error) => findings.push(broken(&error)),
        }
    }
    if findings.is_empty() { Ok(rows) } else { Err(findings) }
}

fn row(record: &csv::StringRecord, columns: &Columns) -> Result<Row, (String, String)> {
    let cell = |place: usize| record.get(place).unwrap_or_default();
    let term = cell(columns.term).to_owned();
    if term.is_empty() {
        return Err(("没有词项".to_owned(), "no term".to_owned()));
    }
    let written = cell(columns.score);
    let score = written.parse::<f64>().ok().filter(|score| score.is_finite()).ok_or_else(|| {
        (format!("评分 `{written}` 不是数"), format!("the score `{written}` is no number"))
    })?;
    let written = columns.date.map(cell).unwrap_or_default();
    let date = written.parse().ok();
    if date.is_none() && !written.is_empty() {
        return Err((
            format!("日期 `{written}` 不是 2019-12-31 这样的日期"),
            format!("the date `{written}` is not written like 2019-12-31"),
        ));
    }
    Ok(Row { term, score, date })
}

fn finding(path: &Path, line: Option<u64>, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(
        "scan.experts",
        Bilingual::new(format!("专家评分：{zh}"), format!("experts' table: {en}")),
    )
    .at(path, line)
}

fn refused(findings: Vec<Diagnostic>) -> Failure {
    Failure { exit: Exit::Refused, findings }
}
