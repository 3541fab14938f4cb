//! What cannot be said: gaps of the evidence and of the method, computed from the result.

use std::collections::BTreeSet;

use linghang_core::Bilingual;
use linghang_core::number::grouped;
use linghang_scan::result::{CorpusResult, InflectionStatement, TermResult};

use crate::input::ReportInput;
use crate::words::{self, Words, list};
use linghang_scan::backtest::{BacktestResult, UnitResult};

/// One thing that the result does not allow anybody to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Stable code of the template.
    pub code: &'static str,
    /// The sentence.
    pub text: Bilingual,
}

/// Finds the limits, those of the evidence first.
pub(crate) fn find(input: &ReportInput<'_>, words: &Words) -> Vec<Limit> {
    let corpora = &input.scan.corpora;
    let mut limits = vec![data_end(input, words)];
    limits.extend(corpora.iter().filter_map(|corpus| no_score(corpus, words)));
    limits.extend(source_kinds(corpora, words));
    limits.extend(documents(corpora, words));
    limits.extend(city_fit(corpora, words));
    limits.extend(inflections(corpora, words));
    limits.extend(forecast(input, words));
    limits.extend(
        input
            .backtest
            .map_or_else(|| Some(no_backtest(words)), |test| field_dependence(test, words)),
    );
    limits.extend(rejected(corpora, words));
    limits
}

fn data_end(input: &ReportInput<'_>, words: &Words) -> Limit {
    let day = input.scan.provenance.as_of;
    Limit {
        code: "data_end",
        text: words.fill("limit-data-end", &[("day", words::date(day).into())]),
    }
}

fn no_score(corpus: &CorpusResult, words: &Words) -> Option<Limit> {
    let reason = corpus.no_score_reason.as_ref()?;
    let text = words.fill(
        "limit-no-score",
        &[
            ("corpus", corpus.corpus.as_str().into()),
            ("reason", words.code("reason", reason).into()),
            ("documents", grouped(corpus.window_documents).into()),
        ],
    );
    Some(Limit { code: "no_score", text })
}

fn source_kinds(corpora: &[CorpusResult], words: &Words) -> Option<Limit> {
    let topics = corpora.iter().flat_map(|corpus| &corpus.topics);
    let kinds: BTreeSet<&String> = topics.flat_map(|topic| &topic.source_kinds).collect();
    let shown: Vec<Bilingual> = kinds.iter().map(|kind| words.code("kind", kind)).collect();
    let text = words.fill("limit-single-source", &[("kind", list(&shown).into())]);
    (kinds.len() == 1).then_some(Limit { code: "single_source", text })
}

fn terms(corpora: &[CorpusResult]) -> impl Iterator<Item = &TermResult> {
    corpora.iter().flat_map(|corpus| &corpus.terms)
}

fn documents(corpora: &[CorpusResult], words: &Words) -> Option<Limit> {
    let has_terms = terms(corpora).next().is_some();
    let is_figures_only = has_terms && terms(corpora).all(|term| term.documents.is_empty());
    is_figures_only.then(|| Limit { code: "figures_only", text: words.say("limit-figures-only") })
}

fn city_fit(corpora: &[CorpusResult], words: &Words) -> Option<Limit> {
    let mut topics = corpora.iter().flat_map(|corpus| &corpus.topics);
    let has_place = topics.any(|topic| topic.city_fit.is_some());
    let mut candidates = corpora.iter().flat_map(|corpus| &corpus.x_candidates);
    let is_open = candidates
        .any(|candidate| candidate.open_conditions.iter().any(|code| code == "city_fit_unknown"));
    (is_open || !has_place).then(|| Limit { code: "city_fit", text: words.say("limit-city-fit") })
}

fn inflections(corpora: &[CorpusResult], words: &Words) -> Option<Limit> {
    let fits: Vec<_> = terms(corpora).filter_map(|term| term.life_cycle.as_ref()).collect();
    let open = fits
        .iter()
        .filter(|fit| matches!(fit.statement, InflectionStatement::NotIdentifiable { .. }))
        .count();
    let text =
        words.fill("limit-inflections", &[("count", open.into()), ("total", fits.len().into())]);
    (open > 0).then_some(Limit { code: "inflections", text })
}

fn forecast(input: &ReportInput<'_>, words: &Words) -> Option<Limit> {
    terms(&input.scan.corpora).find(|term| term.forecast.is_some())?;
    let text = match input.forecast_check {
        Some(check) => words.fill(
            "limit-forecast",
            &[
                ("coverage", words::share(check.coverage).into()),
                ("factor", words::decimal(check.median_abs_log_error.exp(), 2).into()),
            ],
        ),
        None => words.say("limit-forecast-unchecked"),
    };
    Some(Limit { code: "forecast", text })
}

fn no_backtest(words: &Words) -> Limit {
    Limit { code: "no_backtest", text: words.say("limit-no-backtest") }
}

fn field_dependence(backtest: &BacktestResult, words: &Words) -> Option<Limit> {
    let (worst, best) = extremes(backtest, "lh6")?;
    let lift =
        |unit: &UnitResult| words::decimal(unit.signals.get("lh6").map_or(f64::NAN, |s| s.lift), 1);
    let text = words.fill(
        "limit-field",
        &[
            ("best", best.corpus.as_str().into()),
            ("best_cut", best.cut.to_string().into()),
            ("best_lift", lift(best).into()),
            ("worst", worst.corpus.as_str().into()),
            ("worst_cut", worst.cut.to_string().into()),
            ("worst_lift", lift(worst).into()),
        ],
    );
    Some(Limit { code: "field_dependence", text })
}

/// Returns the units in which a signal did worst and best against chance; ties go to the earlier unit.
pub(crate) fn extremes<'a>(
    backtest: &'a BacktestResult,
    signal: &str,
) -> Option<(&'a UnitResult, &'a UnitResult)> {
    let mut units: Vec<(&UnitResult, f64)> = Vec::new();
    for unit in &backtest.units {
        if let Some(score) = unit.signals.get(signal).filter(|score| score.lift.is_finite()) {
            units.push((unit, score.lift));
        }
    }
    units.sort_by(|a, b| a.1.total_cmp(&b.1));
    Some((units.first()?.0, units.last()?.0))
}

fn rejected(corpora: &[CorpusResult], words: &Words) -> Option<Limit> {
    let count: u64 = corpora
        .iter()
        .flat_map(|corpus| corpus.rejected.values().chain(corpus.hidden.values()))
        .sum();
    let text = words.fill("limit-rejected", &[("count", grouped(count).into())]);
    (count > 0).then_some(Limit { code: "rejected", text })
}
