//! The back-test beside the predictions: how such statements did when only the past was known, failures included.

use linghang_core::Bilingual;
use linghang_scan::backtest::{BacktestResult, Estimate, MeanMetrics, UnitResult};
use maud::{Markup, html};

use super::html::{both, filled, message, scrolling};
use super::{Context, backtest_cuts, backtest_topics};
use crate::chart::Label;
use crate::chart::interval::whisker;
use crate::findings::Reading;
use crate::limits::extremes;
use crate::words;

/// The signals that the chart compares, with the class of each line.
pub(super) const COMPARED: [(&str, &str); 3] = [("lh6", "k0"), ("z3", "k1"), ("escore", "k2")];

/// Writes the section.
pub(super) fn backtest(context: &Context<'_>) -> Markup {
    let Some(test) = context.input.backtest.filter(|test| !test.units.is_empty()) else {
        return html! { p class="empty" { (message(context.words, "backtest-none")) } };
    };
    html! {
        (reading(context, test))
        (means(context, test))
        (backtest_cuts::by_cut(context, test))
        (differences(context, test))
        (failures(context, test))
        (units(context, test))
        (backtest_topics::topics(context, test))
    }
}

fn reading(context: &Context<'_>, test: &BacktestResult) -> Markup {
    html! {
        @if let Some(reading) = Reading::of_lists(test) {
            p class="lead" {
                (filled(context.words, "backtest-lead", &[
                    ("units", reading.units.into()),
                    ("hits", words::decimal(reading.hits, 1).into()),
                    ("chance", words::decimal(reading.by_chance, 1).into()),
                ]))
            }
        }
        p { (message(context.words, "backtest-how")) }
    }
}

fn means(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    let mut order: Vec<(&String, &MeanMetrics)> = test.mean.iter().collect();
    order.sort_by(|a, b| b.1.lift.value.total_cmp(&a.1.lift.value).then_with(|| a.0.cmp(b.0)));
    let domain = (
        0.0,
        order
            .iter()
            .map(|(_, mean)| mean.lift.high)
            .filter(|high| high.is_finite())
            .fold(1.5, f64::max),
    );
    let table = html! {
        table class="means" {
            caption { (message(words, "means-caption")) }
            thead { tr {
                th scope="col" { (message(words, "head-signal")) }
                @for id in ["metric-p50", "metric-ndcg100", "metric-lift"] { th scope="col" class="n" { (message(words, id)) } }
                th scope="col" { (message(words, "head-lift-range")) }
                th scope="col" class="n" { (message(words, "metric-ap")) }
            } }
            tbody {
                @for (signal, mean) in order {
                    @let id = format!("lift-{signal}");
                    tr class=[(signal == "lh6").then_some("own")] {
                        th scope="row" { (both(&words.code("signal", signal))) }
                        td class="n" { (with_interval(mean.p50, 3)) }
                        td class="n" { (with_interval(mean.ndcg100, 3)) }
                        td class="n" id=(id) { (with_interval(mean.lift, 2)) }
                        td { (whisker(mean.lift, domain, 1.0, &Label::Elsewhere { id })) }
                        td class="n" { (with_interval(mean.ap, 3)) }
                    }
                }
            }
        }
    };
    scrolling("backtest-h", &table)
}

fn with_interval(interval: Estimate, places: usize) -> Markup {
    html! {
        (words::decimal(interval.value, places))
        span class="interval" {
            " (" (words::decimal(interval.low, places)) "–" (words::decimal(interval.high, places)) ")"
        }
    }
}

fn differences(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    html! {
        @if !test.differences.is_empty() {
            h3 id="differences" { (message(words, "differences")) }
            p class="note" { (message(words, "differences-note")) }
            (scrolling("differences", &differences_table(context, test)))
        }
        @if let Some(check) = context.input.forecast_check {
            p {
                (filled(words, "forecast-check", &[
                    ("factor", words::decimal(check.median_abs_log_error.exp(), 2).into()),
                    ("coverage", words::share(check.coverage).into()),
                ]))
            }
        }
    }
}

fn differences_table(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    html! {
        table class="small differences" {
            thead { tr {
                th scope="col" { (message(words, "head-difference")) }
                @for id in ["metric-p50", "metric-ndcg100"] { th scope="col" class="n" { (message(words, id)) } }
                th scope="col" { (message(words, "head-verdict")) }
            } }
            tbody {
                @for difference in &test.differences {
                    tr {
                        th scope="row" {
                            (both(&short(context, &difference.signal))) " − "
                            (both(&short(context, &difference.minus)))
                        }
                        td class="n" { (signed_interval(difference.p50)) }
                        td class="n" { (signed_interval(difference.ndcg100)) }
                        td { (message(words, verdict(difference.p50))) }
                    }
                }
            }
        }
    }
}

/// Returns the short name of a signal, or its full one where it has none.
fn short(context: &Context<'_>, signal: &str) -> Bilingual {
    let name = context.words.code("short", signal);
    if name.en == signal { context.words.code("signal", signal) } else { name }
}

const fn verdict(interval: Estimate) -> &'static str {
    if interval.low > 0.0 {
        "verdict-better"
    } else if interval.high < 0.0 {
        "verdict-worse"
    } else {
        "verdict-open"
    }
}

fn signed_interval(interval: Estimate) -> Markup {
    html! {
        (words::signed(interval.value, 3))
        span class="interval" { " (" (words::signed(interval.low, 3)) " … " (words::signed(interval.high, 3)) ")" }
    }
}

/// Shows where it failed: the worst unit, and how often it was no better than chance or than the plain signal.
fn failures(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    let Some((worst, _)) = extremes(test, "lh6") else { return html! {} };
    let Some(score) = worst.signals.get("lh6") else { return html! {} };
    let own = |unit: &UnitResult| unit.signals.get("lh6").map_or(f64::NAN, |score| score.p50);
    let below_chance = test.units.iter().filter(|unit| own(unit) <= unit.base).count();
    let behind = test
        .units
        .iter()
        .filter(|unit| unit.signals.get("z3").is_some_and(|plain| own(unit) < plain.p50))
        .count();
    html! {
        h3 { (message(words, "failures")) }
        ul {
            li {
                (filled(words, "failure-worst", &[
                    ("corpus", worst.corpus.as_str().into()),
                    ("cut", worst.cut.to_string().into()),
                    ("hits", words::decimal(score.p50 * 50.0, 0).into()),
                    ("chance", words::decimal(worst.base * 50.0, 1).into()),
                ]))
            }
            li {
                (filled(words, "failure-counts", &[
                    ("chance", below_chance.into()), ("behind", behind.into()), ("units", test.units.len().into()),
                ]))
            }
        }
    }
}

fn units(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    html! {
        @if !test.skipped.is_empty() {
            p class="note" {
                (filled(words, "units-skipped", &[("count", test.skipped.len().into())]))
            }
        }
        details {
            summary id="units-all" { (filled(words, "units-all", &[("units", test.units.len().into())])) }
            (scrolling("units-all", &units_table(context, test)))
        }
    }
}

fn units_table(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    let p50 =
        |unit: &UnitResult, signal: &str| unit.signals.get(signal).map_or(f64::NAN, |s| s.p50);
    html! {
        table class="small units" {
            thead { tr {
                th scope="col" { (message(words, "head-corpus")) }
                @for id in ["head-cut", "head-candidates", "head-positives", "by-chance"] {
                    th scope="col" class="n" { (message(words, id)) }
                }
                @for (signal, _) in COMPARED { th scope="col" class="n" { (both(&words.code("short", signal))) } }
            } }
            tbody {
                @for unit in &test.units {
                    tr {
                        th scope="row" { (unit.corpus) }
                        td class="n" { (unit.cut) }
                        td class="n" { (linghang_core::number::grouped(u64::from(unit.candidates))) }
                        td class="n" { (unit.positives) }
                        td class="n" { (words::decimal(unit.base, 3)) }
                        @for (signal, _) in COMPARED { td class="n" { (words::decimal(p50(unit, signal), 2)) } }
                    }
                }
            }
        }
    }
}
