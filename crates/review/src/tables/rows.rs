//! The rows of each table, in the order of the result.

use linghang_scan::result::{CorpusResult, InflectionStatement, TermResult, TrackMatch};

use super::{Cell, Table};
use crate::input::ReportInput;
use crate::names::stage_code;
use linghang_scan::backtest::{Estimate, TopicCut};

const TERMS: &[&str] = &[
    "corpus",
    "rank",
    "term",
    "translation",
    "long_form",
    "acronym",
    "percentile",
    "score",
    "window_documents",
    "fifth_document_year",
    "stage",
    "onset_year",
    "onset_low",
    "onset_high",
    "onset_slope",
    "onset_p",
    "onset_significant",
    "inflection",
    "inflection_reasons",
    "forecast_share",
    "forecast_low",
    "forecast_high",
    "burst_from",
    "burst_to",
    "tracks",
    "topic",
    "flags",
    "flags_unknown",
    "documents",
];
const CONTRIBUTIONS: &[&str] = &["corpus", "term", "signal", "signal_value", "contribution"];
const YEARLY: &[&str] = &["corpus", "term", "year", "count", "total"];
const TOPICS: &[&str] = &[
    "corpus",
    "topic",
    "label",
    "label_zh",
    "keywords",
    "terms",
    "score",
    "percentile",
    "topic_documents",
    "coherence",
    "stage",
    "tracks",
    "nearest_track",
    "nearest_similarity",
    "source_kinds",
    "technology_singularity",
    "market_ignition",
    "city_fit",
    "actors",
];
const CANDIDATES: &[&str] = &[
    "corpus",
    "topic",
    "label",
    "score",
    "nearest_track",
    "nearest_similarity",
    "source_kinds",
    "city_fit",
    "is_complete",
    "open_conditions",
];
const UNITS: &[&str] =
    &["corpus", "cut", "candidates", "positives", "base", "signal", "p50", "ndcg100", "lift", "ap"];
const MEANS: &[&str] = &["signal", "metric", "value", "low", "high"];
const DIFFERENCES: &[&str] = &["signal", "other", "metric", "value", "low", "high"];

const TOPIC_TESTS: &[&str] = &["corpus", "cut", "topics", "spearman", "precision_top20", "base"];

/// Makes all tables, empty ones included, so that programs find what they expect.
pub(super) fn all(input: &ReportInput<'_>) -> Vec<Table> {
    let corpora = &input.scan.corpora;
    let gather = |name, columns, rows: fn(&CorpusResult) -> Vec<Vec<Cell>>| Table {
        name,
        columns,
        rows: corpora.iter().flat_map(rows).collect(),
    };
    vec![
        gather("terms", TERMS, terms),
        gather("contributions", CONTRIBUTIONS, contributions),
        gather("yearly_counts", YEARLY, yearly),
        gather("topics", TOPICS, topics),
        gather("x_candidates", CANDIDATES, candidates),
        Table { name: "backtest_units", columns: UNITS, rows: units(input) },
        Table { name: "backtest_means", columns: MEANS, rows: means(input) },
        Table { name: "backtest_differences", columns: DIFFERENCES, rows: differences(input) },
        Table { name: "backtest_topics", columns: TOPIC_TESTS, rows: topic_tests(input) },
    ]
}

/// Returns the identifiers of all columns.
#[cfg(test)]
pub(super) fn all_columns() -> impl Iterator<Item = &'static str> {
    [TERMS, CONTRIBUTIONS, YEARLY, TOPICS, CANDIDATES, UNITS, MEANS, DIFFERENCES, TOPIC_TESTS]
        .into_iter()
        .flatten()
        .copied()
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

fn some_text(value: Option<&String>) -> Cell {
    value.map_or(Cell::Empty, |value| text(value))
}

fn year(value: Option<i32>) -> Cell {
    value.map_or(Cell::Empty, |year| Cell::Integer(i64::from(year)))
}

fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Number)
}

fn flag(value: Option<bool>) -> Cell {
    value.map_or(Cell::Empty, Cell::Flag)
}

fn joined<'a>(values: impl Iterator<Item = &'a str>) -> Cell {
    text(&values.collect::<Vec<_>>().join("; "))
}

fn tracks(matches: &[TrackMatch]) -> Cell {
    joined(matches.iter().map(|found| found.track.as_str()))
}

fn terms(corpus: &CorpusResult) -> Vec<Vec<Cell>> {
    corpus.terms.iter().map(|term| term_row(corpus, term)).collect()
}

fn term_row(corpus: &CorpusResult, term: &TermResult) -> Vec<Cell> {
    let onset = term.onset;
    let (inflection, reasons) = match term.life_cycle.as_ref().map(|fit| &fit.statement) {
        Some(InflectionStatement::Identified { t0, .. }) => (Cell::Number(*t0), Cell::Empty),
        Some(InflectionStatement::NotIdentifiable { reasons }) => {
            (Cell::Empty, joined(reasons.iter().map(String::as_str)))
        }
        None => (Cell::Empty, Cell::Empty),
    };
    vec![
        text(&corpus.corpus),
        Cell::Integer(i64::from(term.rank)),
        text(&term.term),
        some_text(term.translation.as_ref()),
        some_text(term.long_form.as_ref()),
        some_text(term.acronym.as_ref()),
        Cell::Number(term.percentile),
        Cell::Number(term.score),
        Cell::Integer(i64::from(term.window_documents)),
        year(term.fifth_document_year),
        text(stage_code(term.stage.stage)),
        year(onset.map(|onset| onset.year)),
        year(onset.map(|onset| onset.year_low)),
        year(onset.map(|onset| onset.year_high)),
        number(onset.map(|onset| onset.slope)),
        number(onset.map(|onset| onset.p)),
        flag(onset.map(|onset| onset.is_significant)),
        inflection,
        reasons,
        number(term.forecast.map(|forecast| forecast.share)),
        number(term.forecast.map(|forecast| forecast.low)),
        number(term.forecast.map(|forecast| forecast.high)),
        year(term.burst.map(|burst| burst.from)),
        year(term.burst.map(|burst| burst.to)),
        tracks(&term.tracks),
        some_text(term.topic.as_ref()),
        joined(term.flags.iter().map(|flag| flag.code.as_str())),
        joined(term.flags_unknown.iter().map(String::as_str)),
        joined(term.documents.iter().map(|document| document.id.as_str())),
    ]
}

fn contributions(corpus: &CorpusResult) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for term in &corpus.terms {
        for part in &term.contributions {
            rows.push(vec![
                text(&corpus.corpus),
                text(&term.term),
                text(&part.signal),
                number(part.value),
                Cell::Number(part.contribution),
            ]);
        }
    }
    rows
}

fn yearly(corpus: &CorpusResult) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for term in &corpus.terms {
        for point in &term.counts {
            rows.push(vec![
                text(&corpus.corpus),
                text(&term.term),
                Cell::Integer(i64::from(point.year)),
                Cell::Integer(i64::from(point.count)),
                Cell::Integer(i64::from(point.total)),
            ]);
        }
    }
    rows
}

fn topics(corpus: &CorpusResult) -> Vec<Vec<Cell>> {
    let row = |topic: &linghang_scan::result::TopicResult| {
        let nearest = topic.nearest_tracks.first();
        vec![
            text(&corpus.corpus),
            text(&topic.id),
            text(&topic.label),
            some_text(topic.label_zh.as_ref()),
            joined(topic.keywords.iter().map(String::as_str)),
            joined(topic.terms.iter().map(String::as_str)),
            Cell::Number(topic.score),
            Cell::Number(topic.percentile),
            topic.window_documents.map_or(Cell::Empty, |count| Cell::Integer(count as i64)),
            Cell::Number(topic.coherence),
            text(stage_code(topic.stage)),
            tracks(&topic.tracks),
            some_text(nearest.map(|found| &found.track)),
            number(nearest.map(|found| found.similarity)),
            joined(topic.source_kinds.iter().map(String::as_str)),
            flag(topic.tipping.technology_singularity),
            flag(topic.tipping.market_ignition),
            number(topic.city_fit.map(|fit| fit.quotient)),
            joined(topic.actors.iter().map(|actor| actor.name.as_str())),
        ]
    };
    corpus.topics.iter().map(row).collect()
}

fn candidates(corpus: &CorpusResult) -> Vec<Vec<Cell>> {
    let row = |candidate: &linghang_scan::result::XCandidate| {
        vec![
            text(&corpus.corpus),
            text(&candidate.topic),
            text(&candidate.label),
            Cell::Number(candidate.score),
            some_text(candidate.nearest_track.as_ref()),
            Cell::Number(candidate.nearest_similarity),
            joined(candidate.source_kinds.iter().map(String::as_str)),
            number(candidate.city_fit),
            Cell::Flag(candidate.is_complete),
            joined(candidate.open_conditions.iter().map(String::as_str)),
        ]
    };
    corpus.x_candidates.iter().map(row).collect()
}

fn units(input: &ReportInput<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for unit in input.backtest.iter().flat_map(|test| &test.units) {
        for (signal, score) in &unit.signals {
            rows.push(vec![
                text(&unit.corpus),
                Cell::Integer(i64::from(unit.cut)),
                Cell::Integer(i64::from(unit.candidates)),
                Cell::Integer(i64::from(unit.positives)),
                Cell::Number(unit.base),
                text(signal),
                Cell::Number(score.p50),
                Cell::Number(score.ndcg100),
                Cell::Number(score.lift),
                Cell::Number(score.ap),
            ]);
        }
    }
    rows
}

fn interval(interval: Estimate) -> [Cell; 3] {
    [Cell::Number(interval.value), Cell::Number(interval.low), Cell::Number(interval.high)]
}

fn means(input: &ReportInput<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (signal, mean) in input.backtest.iter().flat_map(|test| &test.mean) {
        for (metric, value) in
            [("p50", mean.p50), ("ndcg100", mean.ndcg100), ("lift", mean.lift), ("ap", mean.ap)]
        {
            let mut row = vec![text(signal), text(metric)];
            row.extend(interval(value));
            rows.push(row);
        }
    }
    rows
}

fn differences(input: &ReportInput<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for difference in input.backtest.iter().flat_map(|test| &test.differences) {
        for (metric, value) in [("p50", difference.p50), ("ndcg100", difference.ndcg100)] {
            let mut row = vec![text(&difference.signal), text(&difference.minus), text(metric)];
            row.extend(interval(value));
            rows.push(row);
        }
    }
    rows
}

fn topic_tests(input: &ReportInput<'_>) -> Vec<Vec<Cell>> {
    let checks = input.backtest.iter().filter_map(|test| test.topics.as_ref());
    let row = |cut: &TopicCut| {
        vec![
            text(&cut.corpus),
            Cell::Integer(i64::from(cut.cut)),
            Cell::Integer(cut.quality.topics as i64),
            number(cut.quality.spearman),
            Cell::Number(cut.quality.precision_top20),
            Cell::Number(cut.quality.base),
        ]
    };
    checks.flat_map(|check| &check.cuts).map(row).collect()
}
