//! Notes on the method, a glossary, and the files that lie beside the page.

use maud::{Markup, html};

use super::Context;
use super::html::message;

/// Entries of the glossary, in the order in which a reader meets them.
const GLOSSARY: [&str; 12] = [
    "lh6",
    "percentile",
    "z3",
    "nz5",
    "nh",
    "ar",
    "xz5",
    "xl",
    "onset",
    "stage",
    "coherence",
    "candidate",
];
/// Files that every report holds.
const FILES: [&str; 9] = [
    "terms",
    "contributions",
    "yearly_counts",
    "topics",
    "x_candidates",
    "backtest_units",
    "backtest_means",
    "backtest_differences",
    "backtest_topics",
];

/// Writes the section.
pub(super) fn method(context: &Context<'_>) -> Markup {
    let words = context.words;
    html! {
        ol class="steps" {
            @for step in ["method-count", "method-score", "method-curve", "method-topics", "method-proof"] {
                li { (message(words, step)) }
            }
        }
        h3 { (message(words, "glossary")) }
        dl class="glossary" {
            @for entry in GLOSSARY {
                dt id={ "g-" (entry) } { (message(words, &format!("term-{entry}"))) }
                dd { (message(words, &format!("means-{entry}"))) }
            }
        }
        h3 { (message(words, "files")) }
        p { (message(words, "files-note")) }
        ul class="files" {
            @for name in FILES {
                li {
                    code { (name) } " "
                    a href={ "tables/" (name) ".csv" } { "CSV" } " "
                    a href={ "tables/" (name) ".json" } { "JSON" }
                }
            }
            li { code { "columns" } " " a href="tables/columns.csv" { "CSV" } " " a href="tables/columns.json" { "JSON" } }
            li { code { "scan" } " " a href="scan.json" { "JSON" } }
            @if context.input.backtest.is_some() { li { code { "backtest" } " " a href="backtest.json" { "JSON" } } }
        }
    }
}
