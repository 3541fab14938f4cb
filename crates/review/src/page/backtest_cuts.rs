//! Precision by the year in which a test stands: one line a signal, and the table that says the same.

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Lang, Year};
use maud::{Markup, html};

use super::Context;
use super::backtest::COMPARED;
use super::html::{both, each_language, message, scrolling};
use crate::chart::Label;
use crate::chart::cuts::{Line, lines};
use crate::words;
use linghang_scan::backtest::{BacktestResult, UnitResult};

/// The means of one signal by cut.
struct ByCut {
    name: Bilingual,
    class: &'static str,
    values: Vec<(Year, f64)>,
}

/// Writes the chart and its table.
pub(super) fn by_cut(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    let series = series(context, test);
    let draw = |lang: Lang| {
        let drawn: Vec<Line> = series
            .iter()
            .map(|line| Line {
                name: line.name.get(lang).to_owned(),
                class: line.class,
                values: line.values.clone(),
            })
            .collect();
        let label = Label::Own {
            id: format!("cuts-{lang}"),
            title: words.say("cuts-title").get(lang).to_owned(),
            sentence: sentence(context, &series).get(lang).to_owned(),
        };
        lines(&drawn, &label)
    };
    html! {
        figure {
            figcaption id="cuts-name" { (message(words, "cuts-title")) }
            (scrolling("cuts-name", &each_language(draw)))
        }
        (scrolling("cuts-name", &table(context, &series)))
    }
}

fn series(context: &Context<'_>, test: &BacktestResult) -> Vec<ByCut> {
    let mut series = Vec::new();
    for (signal, class) in COMPARED {
        let values = means(test, |unit| unit.signals.get(signal).map(|score| score.p50));
        if !values.is_empty() {
            series.push(ByCut { name: context.words.code("short", signal), class, values });
        }
    }
    let values = means(test, |unit| Some(unit.base));
    series.push(ByCut { name: context.words.say("by-chance"), class: "k3", values });
    series
}

/// Mean of one figure over the units of each cut.
fn means(test: &BacktestResult, pick: impl Fn(&UnitResult) -> Option<f64>) -> Vec<(Year, f64)> {
    let mut cuts: BTreeMap<Year, (f64, f64)> = BTreeMap::new();
    for unit in &test.units {
        if let Some(value) = pick(unit).filter(|value| value.is_finite()) {
            let entry = cuts.entry(unit.cut).or_default();
            entry.0 += value;
            entry.1 += 1.0;
        }
    }
    cuts.into_iter().map(|(cut, (sum, count))| (cut, sum / count)).collect()
}

fn sentence(context: &Context<'_>, series: &[ByCut]) -> Bilingual {
    let mut ends = Vec::new();
    for line in series {
        if let (Some(first), Some(last)) = (line.values.first(), line.values.last()) {
            let text = format!("{} → {}", words::share(first.1), words::share(last.1));
            ends.push(Bilingual::new(
                format!("{}{text}", line.name.zh),
                format!("{} {text}", line.name.en),
            ));
        }
    }
    context.words.fill("cuts-sentence", &[("ends", words::list(&ends).into())])
}

/// The twin of the chart.
fn table(context: &Context<'_>, series: &[ByCut]) -> Markup {
    let cuts: Vec<Year> = series
        .last()
        .map_or_else(Vec::new, |line| line.values.iter().map(|(cut, _)| *cut).collect());
    html! {
        table class="small" {
            caption { (message(context.words, "cuts-title")) }
            thead { tr {
                th scope="col" { (message(context.words, "head-cut")) }
                @for cut in &cuts { th scope="col" class="n" { (cut) } }
            } }
            tbody {
                @for line in series {
                    tr {
                        th scope="row" { (both(&line.name)) }
                        @for cut in &cuts {
                            @let value = line.values.iter().find(|(other, _)| other == cut).map_or(f64::NAN, |v| v.1);
                            td class="n" { (words::decimal(value, 3)) }
                        }
                    }
                }
            }
        }
    }
}
