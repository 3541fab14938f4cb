//! The head of the report: what it is, from what it was computed, and four key figures.

use linghang_core::Bilingual;
use linghang_core::Lang;
use linghang_core::number::{compact, grouped};
use maud::{Markup, html};

use super::Context;
use super::html::{both, filled, message};
use crate::words;

/// Writes the head.
pub(super) fn head(context: &Context<'_>) -> Markup {
    let words = context.words;
    let scan = context.input.scan;
    let corpora: Vec<&str> = scan.corpora.iter().map(|corpus| corpus.corpus.as_str()).collect();
    let day = words::date(scan.provenance.as_of);
    html! {
        div class="head" {
            p class="kicker" { (message(words, "kicker")) }
            h1 {
                (message(words, "headline")) " "
                span class="asof" { (filled(words, "headline-date", &[("day", day.clone().into())])) }
            }
            @if !context.input.synthetic_evidence.is_empty() {
                p class="synthetic" {
                    strong { (message(words, "synthetic")) }
                    " " (filled(words, "synthetic-note", &[("ids", context.input.synthetic_evidence.join(", ").into())]))
                }
            }
            p class="subline" {
                (filled(words, "subline", &[("corpora", corpora.join(", ").into()), ("day", day.clone().into())]))
            }
            (tiles(context))
            (provenance(context))
        }
    }
}

fn tiles(context: &Context<'_>) -> Markup {
    let corpora = &context.input.scan.corpora;
    let sum = |pick: fn(&linghang_scan::result::CorpusResult) -> u64| {
        corpora.iter().map(pick).sum::<u64>()
    };
    let tiles = [
        ("tile-documents", sum(|corpus| corpus.window_documents)),
        ("tile-candidates", sum(|corpus| corpus.candidates)),
        ("tile-topics", sum(|corpus| corpus.topics.len() as u64)),
        ("tile-x", sum(|corpus| corpus.x_candidates.len() as u64)),
    ];
    html! {
        dl class="tiles" {
            @for (id, value) in tiles {
                div {
                    dt { (message(context.words, id)) }
                    dd { (both(&short(value))) }
                }
            }
        }
    }
}

/// Writes a count as each language shortens it.
fn short(value: u64) -> Bilingual {
    let one = |lang| if value < 10_000 { grouped(value) } else { compact(value, lang) };
    Bilingual { zh: one(Lang::Zh), en: one(Lang::En) }
}

fn provenance(context: &Context<'_>) -> Markup {
    let words = context.words;
    let from = &context.input.scan.provenance;
    html! {
        details class="provenance" {
            summary { (message(words, "provenance")) }
            dl {
                @for evidence in &from.evidence {
                    dt { (message(words, "evidence")) }
                    dd {
                        (evidence.id) " · "
                        (filled(words, "records", &[("count", grouped(evidence.records).into())]))
                        " · " code { (evidence.hash) }
                        @if context.input.synthetic_evidence.contains(&evidence.id) {
                            " · " strong { (message(words, "synthetic")) }
                        }
                    }
                }
                @if let Some(pack) = &from.pack {
                    dt { (message(words, "pack")) }
                    dd { (pack.id) " · " code { (pack.hash) } }
                }
                dt { (message(words, "as-of")) }
                dd { time datetime=(from.as_of) { (both(&words::date(from.as_of))) } }
                dt { (message(words, "program")) }
                dd { (from.program) }
            }
        }
    }
}
