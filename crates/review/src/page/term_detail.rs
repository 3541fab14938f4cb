//! What opens below a term: the score taken apart, the curve with its fits, what may be said, the documents.

use linghang_core::Bilingual;
use linghang_core::number::grouped;
use linghang_scan::result::{InflectionStatement, LifeCycle, TermResult};
use maud::{Markup, html};

use super::html::{both, filled, listed, message};
use super::terms::{curve_of, curve_sentence};
use super::{Context, Part};
use crate::chart::Label;
use crate::chart::curve::figure;
use crate::names::SIGNALS;
use crate::words;

/// Writes the details of one term; `id` is the row's id.
pub(super) fn detail(context: &Context<'_>, part: Part<'_>, term: &TermResult, id: &str) -> Markup {
    html! {
        div class="detail-grid" {
            div {
                (contributions(context, term))
                (statements(context, term))
            }
            div {
                (curve(context, part, term, id))
                (documents(context, term))
            }
        }
    }
}

fn contributions(context: &Context<'_>, term: &TermResult) -> Markup {
    let words = context.words;
    html! {
        table class="small" {
            caption { (message(words, "contributions")) }
            thead {
                tr {
                    th scope="col" { (message(words, "head-signal")) }
                    th scope="col" class="n" { (message(words, "head-value")) }
                    th scope="col" class="n" { (message(words, "head-contribution")) }
                }
            }
            tbody {
                @for signal in SIGNALS {
                    @let found = term.contributions.iter().find(|part| part.signal == signal);
                    @let value = found.and_then(|part| part.value).unwrap_or(f64::NAN);
                    tr {
                        th scope="row" { (both(&words.code("signal", signal))) }
                        td class="n" { (words::decimal(value, 2)) }
                        td class="n" { (words::signed(found.map_or(0.0, |part| part.contribution), 2)) }
                    }
                }
                tr class="sum" {
                    th scope="row" { (message(words, "head-score")) }
                    td {}
                    td class="n" { (words::decimal(term.score, 2)) }
                }
            }
        }
    }
}

fn statements(context: &Context<'_>, term: &TermResult) -> Markup {
    let words = context.words;
    html! {
        ul class="statements" {
            @if let Some(year) = term.fifth_document_year {
                li { (filled(words, "fifth-document", &[("year", year.to_string().into())])) }
            }
            li { (both(&onset_sentence(context, term))) }
            @if let Some(fit) = &term.life_cycle { li { (both(&inflection(context, fit))) } (fits(context, fit)) }
            @if let Some(burst) = term.burst {
                li {
                    (filled(words, if burst.is_alive { "burst-alive" } else { "burst-past" }, &[
                        ("from", burst.from.to_string().into()), ("to", burst.to.to_string().into()),
                    ]))
                }
            }
            @if !term.flags.is_empty() {
                @let flags: Vec<Bilingual> = term.flags.iter().map(|flag| words.code("flag", &flag.code)).collect();
                li { (message(words, "flags")) (listed(&flags)) }
            }
            @if !term.flags_unknown.is_empty() {
                @let flags: Vec<Bilingual> = term.flags_unknown.iter().map(|code| words.code("flag", code)).collect();
                li { (message(words, "flags-unknown")) (listed(&flags)) }
            }
            @if let Some(long) = &term.long_form { li { (filled(words, "stands-for", &[("long", long.as_str().into())])) } }
            @if let Some(short) = &term.acronym { li { (filled(words, "acronym-of", &[("short", short.as_str().into())])) } }
        }
    }
}

fn onset_sentence(context: &Context<'_>, term: &TermResult) -> Bilingual {
    let Some(onset) = term.onset else { return context.words.say("onset-untested") };
    if !onset.is_significant {
        return context.words.fill("onset-none", &[("p", words::decimal(onset.p, 3).into())]);
    }
    let id = if term.grew_from_nothing() { "onset-from-nothing" } else { "onset-found" };
    let fifth = term.fifth_document_year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    context.words.fill(
        id,
        &[
            ("year", onset.year.to_string().into()),
            ("fifth", fifth.into()),
            ("low", onset.year_low.to_string().into()),
            ("high", onset.year_high.to_string().into()),
            ("growth", words::decimal(onset.slope.exp_m1() * 100.0, 0).into()),
            ("p", words::decimal(onset.p, 3).into()),
        ],
    )
}

/// Says what the statement policy allows about the inflection.
fn inflection(context: &Context<'_>, fit: &LifeCycle) -> Bilingual {
    match &fit.statement {
        InflectionStatement::Identified { model, t0, sd_t0, saturation_share } => {
            context.words.fill(
                "inflection-found",
                &[
                    ("model", context.words.code("model", &model_code(*model)).into()),
                    ("year", words::decimal(*t0, 1).into()),
                    ("sd", words::decimal(*sd_t0, 1).into()),
                    ("saturation", words::share(*saturation_share).into()),
                ],
            )
        }
        InflectionStatement::NotIdentifiable { reasons } => {
            let reasons: Vec<Bilingual> =
                reasons.iter().map(|code| context.words.code("reason", code)).collect();
            context.words.fill("inflection-open", &[("reasons", words::list(&reasons).into())])
        }
    }
}

fn model_code(model: linghang_scan::result::Model) -> String {
    format!("{model:?}").to_lowercase()
}

fn fits(context: &Context<'_>, fit: &LifeCycle) -> Markup {
    let words = context.words;
    html! {
        li {
            (message(words, "fits"))
            @for (index, model) in fit.models.iter().enumerate() {
                @if index > 0 { " · " }
                (both(&words.code("model", &model_code(model.model)))) " " (words::share(model.weight))
            }
        }
    }
}

fn curve(context: &Context<'_>, part: Part<'_>, term: &TermResult, id: &str) -> Markup {
    let mut drawn = curve_of(part, term);
    if let Some(best) = term.life_cycle.as_ref().and_then(|fit| fit.models.first()) {
        let same_length = best.fitted.len() == drawn.shares.len();
        drawn.fitted = if same_length { best.fitted.clone() } else { Vec::new() };
    }
    html! {
        figure {
            (figure(&drawn, &Label::Elsewhere { id: format!("{id}-figure") }))
            figcaption id={ (id) "-figure" } { (both(&curve_sentence(context, part, term))) }
        }
        (yearly(context, part, term))
    }
}

/// The twin of the curve.
fn yearly(context: &Context<'_>, part: Part<'_>, term: &TermResult) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-labelledby=(part.id("terms-h")) {
            table class="small years" {
                thead { tr {
                    th scope="col" { (message(context.words, "head-year")) }
                    @for point in &term.counts { th scope="col" class="n" { (point.year) } }
                } }
                tbody {
                    tr {
                        th scope="row" { (message(context.words, "head-documents")) }
                        @for point in &term.counts { td class="n" { (grouped(u64::from(point.count))) } }
                    }
                    tr {
                        th scope="row" { (message(context.words, "head-share")) }
                        @for (_, share) in &curve_of(part, term).shares { td class="n" { (words::share(*share)) } }
                    }
                }
            }
        }
    }
}

fn documents(context: &Context<'_>, term: &TermResult) -> Markup {
    html! {
        @if term.documents.is_empty() {
            p class="note" { (message(context.words, "documents-none")) }
        } @else {
            h4 { (message(context.words, "documents")) }
            ul class="documents" {
                @for document in &term.documents {
                    li { time datetime=(document.date) { (document.date) } " " (document.title) " " code { (document.id) } }
                }
            }
        }
    }
}
