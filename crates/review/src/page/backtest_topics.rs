//! The back-test of topics: each past date, the mean, and what it means for the radar.
//!
//! The radar and the table of topics rank topics; this says how such rankings did when only the past was known.

use linghang_core::Bilingual;
use linghang_scan::backtest::{BacktestResult, TopicCheck, TopicCut};
use maud::{Markup, html};

use super::Context;
use super::html::{both, filled, message, scrolling};
use crate::words;

/// More tests than this are folded away.
const MOST_OPEN: usize = 12;

/// Writes the part of the back-test that is about topics.
pub(super) fn topics(context: &Context<'_>, test: &BacktestResult) -> Markup {
    let words = context.words;
    let Some(check) = &test.topics else {
        return html! {
            h3 id="backtest-topics" { (message(words, "topic-test")) }
            p { (message(words, "topic-test-none")) }
        };
    };
    html! {
        h3 id="backtest-topics" { (message(words, "topic-test")) }
        p class="lead" { (both(&reading(context, check))) }
        p class="note" { (message(words, "topic-test-how")) }
        @if check.cuts.len() > MOST_OPEN {
            details {
                summary { (filled(words, "units-all", &[("units", check.cuts.len().into())])) }
                (table(context, check))
            }
        } @else {
            (table(context, check))
        }
    }
}

/// Says beside a ranking of topics how such rankings did, and leads to the test.
pub(super) fn hint(context: &Context<'_>) -> Markup {
    let words = context.words;
    let check = context.input.backtest.and_then(|test| test.topics.as_ref());
    html! {
        p class="note" {
            @if let Some(check) = check {
                (filled(words, "topic-hint", &figures(check)))
                " " a href="#backtest-topics" { (message(words, "topic-hint-link")) }
            } @else {
                (message(words, "topic-hint-none"))
            }
        }
    }
}

/// What the sentences name: hits in a hundred, those of chance, and how many tests there were.
fn figures(check: &TopicCheck) -> [(&'static str, words::Arg); 3] {
    [
        ("cuts", check.cuts.len().into()),
        ("hits", in_a_hundred(check.precision_top20).into()),
        ("chance", in_a_hundred(check.base).into()),
    ]
}

fn in_a_hundred(share: f64) -> String {
    words::decimal(share * 100.0, 0)
}

/// What the test found, and what follows for a reader of the radar.
fn reading(context: &Context<'_>, check: &TopicCheck) -> Bilingual {
    let (found, follows) =
        (context.words.fill("topic-test-lead", &figures(check)), conclusion(context, check));
    Bilingual::new(format!("{}{}", found.zh, follows.zh), format!("{} {}", found.en, follows.en))
}

/// A ranking no better than chance, in the whole numbers that are shown, is called so.
fn conclusion(context: &Context<'_>, check: &TopicCheck) -> Bilingual {
    let [hits, chance] = [check.precision_top20, check.base].map(|share| (share * 100.0).round());
    if hits > chance {
        let behind =
            check.cuts.iter().filter(|cut| cut.quality.precision_top20 <= cut.quality.base).count();
        let misses = in_a_hundred(1.0 - check.precision_top20);
        let arguments = [
            ("misses", misses.into()),
            ("behind", behind.into()),
            ("cuts", check.cuts.len().into()),
        ];
        context.words.fill("topic-test-better", &arguments)
    } else {
        context.words.say("topic-test-useless")
    }
}

fn table(context: &Context<'_>, check: &TopicCheck) -> Markup {
    let words = context.words;
    let numbers =
        ["head-cut", "nav-topics", "metric-spearman", "metric-precision-top20", "by-chance"];
    let table = html! {
        table class="small topic-test" {
            thead { tr {
                th scope="col" { (message(words, "head-corpus")) }
                @for id in numbers { th scope="col" class="n" { (message(words, id)) } }
            } }
            tbody {
                @for cut in &check.cuts { (row(cut)) }
                tr class="mean" {
                    th scope="row" { (message(words, "mean")) }
                    td {}
                    td {}
                    td class="n" { (words::decimal(check.spearman, 2)) }
                    td class="n" { (words::decimal(check.precision_top20, 2)) }
                    td class="n" { (words::decimal(check.base, 2)) }
                }
            }
        }
    };
    scrolling("backtest-topics", &table)
}

fn row(cut: &TopicCut) -> Markup {
    let quality = &cut.quality;
    html! {
        tr {
            th scope="row" { (cut.corpus) }
            td class="n" { (cut.cut) }
            td class="n" { (quality.topics) }
            td class="n" { (words::decimal(quality.spearman.unwrap_or(f64::NAN), 2)) }
            td class="n" { (words::decimal(quality.precision_top20, 2)) }
            td class="n" { (words::decimal(quality.base, 2)) }
        }
    }
}
