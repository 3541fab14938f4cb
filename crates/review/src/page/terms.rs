//! The table of the best terms: score with its parts, curve, stage, onset, track; each row opens to its details.
//!
//! Each term is one `tbody` of two rows, so that sorting and filtering move both together.

use linghang_core::Bilingual;
use linghang_core::number::grouped;
use linghang_scan::result::TermResult;
use maud::{Markup, html};

use super::html::{both, filled, listed, message};
use super::{Context, Part, term_detail};
use crate::chart::contributions::{Extent, bar, extent, swatch};
use crate::chart::curve::{Curve, spark};
use crate::chart::{Label, curve};
use crate::names::{self, SIGNALS, stage_code};
use crate::words;

/// The columns: message, sort key of the rows, whether numbers.
const COLUMNS: [(&str, &str, bool); 9] = [
    ("head-rank", "rank", true),
    ("head-term", "term", false),
    ("head-percentile", "percentile", true),
    ("head-score", "score", true),
    ("head-curve", "", false),
    ("head-stage", "stage", false),
    ("head-onset", "onset", true),
    ("head-track", "track", false),
    ("head-documents", "documents", true),
];

/// Writes the section of terms.
pub(super) fn terms(context: &Context<'_>, part: Part<'_>) -> Markup {
    let words = context.words;
    if part.corpus.terms.is_empty() {
        return html! { p class="empty" { (message(words, "no-terms")) } };
    }
    let bars: Vec<Vec<f64>> = part.corpus.terms.iter().map(parts_of).collect();
    let extent = extent(bars.iter().map(Vec::as_slice));
    let table = part.id("terms-table");
    html! {
        p class="lead" {
            (filled(words, "terms-lead", &[
                ("count", part.corpus.terms.len().into()),
                ("candidates", grouped(part.corpus.candidates).into()),
                ("from", part.corpus.window_from.to_string().into()),
                ("to", part.corpus.window_to.to_string().into()),
            ]))
        }
        (legend(context))
        (filters(context, part, &table))
        div class="scroll wide" tabindex="0" role="region" aria-labelledby=(part.id("terms-h")) {
            table id=(table) class="terms-table" {
                (heads(context))
                @for (term, bar) in part.corpus.terms.iter().zip(&bars) { (row(context, part, term, bar, extent)) }
            }
        }
    }
}

/// Returns the contributions in the fixed order; what is missing contributes nothing.
pub(super) fn parts_of(term: &TermResult) -> Vec<f64> {
    let value = |signal: &str| {
        let found = term.contributions.iter().find(|part| part.signal == signal);
        found.map_or(0.0, |part| part.contribution)
    };
    SIGNALS.iter().map(|signal| value(signal)).collect()
}

/// Returns what the charts of a term draw.
pub(super) fn curve_of(part: Part<'_>, term: &TermResult) -> Curve {
    let share =
        |count: u32, total: u32| if total == 0 { 0.0 } else { f64::from(count) / f64::from(total) };
    curve::Curve {
        shares: term
            .counts
            .iter()
            .map(|point| (point.year, share(point.count, point.total)))
            .collect(),
        window: (part.corpus.window_from, part.corpus.window_to),
        onset: term.onset.filter(|onset| onset.is_significant).map(|onset| onset.year),
        forecast: term.forecast.map(|forecast| (forecast.share, forecast.low, forecast.high)),
        fitted: Vec::new(),
    }
}

fn legend(context: &Context<'_>) -> Markup {
    html! {
        p class="keys" {
            @for (index, signal) in SIGNALS.iter().enumerate() {
                span { (swatch(index)) " " (both(&context.words.code("signal", signal))) }
            }
        }
        p class="note" { (message(context.words, "curve-key")) }
    }
}

/// Radio buttons over the tracks that occur, shown when scripts run.
fn filters(context: &Context<'_>, part: Part<'_>, table: &str) -> Markup {
    let ids = context.tracks.ids_with(part.corpus);
    let used: Vec<&String> = ids
        .iter()
        .filter(|id| {
            part.corpus.terms.iter().any(|term| term.tracks.iter().any(|found| &found.track == *id))
        })
        .collect();
    html! {
        fieldset class="filters" data-table=(table) hidden {
            legend { (message(context.words, "filter")) }
            (choice(table, "*", &context.words.say("filter-all"), true))
            @for id in used { (choice(table, id, &context.tracks.name(id), false)) }
            (choice(table, "-", &context.words.say("no-track"), false))
            p class="vh" aria-live="polite" { span class="shown" { (part.corpus.terms.len()) } " " (message(context.words, "rows-shown")) }
        }
    }
}

fn choice(table: &str, value: &str, name: &Bilingual, is_checked: bool) -> Markup {
    html! {
        label { input type="radio" name={ "track-" (table) } value=(value) checked[is_checked]; span { (both(name)) } }
    }
}

fn heads(context: &Context<'_>) -> Markup {
    html! {
        thead {
            tr {
                @for (id, key, is_number) in COLUMNS {
                    th scope="col" class=[is_number.then_some("n")] data-key=[(!key.is_empty()).then_some(key)] {
                        (message(context.words, id))
                    }
                }
            }
        }
    }
}

fn row(
    context: &Context<'_>,
    part: Part<'_>,
    term: &TermResult,
    parts: &[f64],
    extent: Extent,
) -> Markup {
    let id = part.id(&format!("t{}", term.rank));
    let name = names::term(term);
    let onset = term.onset.filter(|onset| onset.is_significant);
    let tracks: Vec<&str> = term.tracks.iter().map(|found| found.track.as_str()).collect();
    html! {
        tbody id=(id) data-rank=(term.rank) data-term=(term.term) data-percentile=(words::decimal(term.percentile, 4))
            data-score=(plain(term.score)) data-stage=(stage_order(stage_code(term.stage.stage)))
            data-onset=(onset.map_or(0, |onset| onset.year)) data-track=(tracks.join(" "))
            data-documents=(term.window_documents) {
            tr class="main" {
                td class="n rank" { (term.rank) }
                th scope="row" class="term" { (both(&name)) (other_name(&name)) }
                td class="n" { (words::decimal(term.percentile, 1)) }
                td class="score" {
                    span class="value" { (words::decimal(term.score, 2)) }
                    (bar(parts, extent, &Label::Elsewhere { id: format!("{id}-parts") }))
                    span id={ (id) "-parts" } class="vh" { (both(&parts_sentence(context, term))) }
                }
                td {
                    (spark(&curve_of(part, term), &Label::Elsewhere { id: format!("{id}-curve") }))
                    span id={ (id) "-curve" } class="vh" { (both(&curve_sentence(context, part, term))) }
                }
                td { span class={ "stage " (stage_code(term.stage.stage)) } { (both(&names::stage(context.words, term.stage.stage))) } }
                td class="n" { @if let Some(onset) = onset { (onset.year) } @else { "–" } }
                td class="tracks" {
                    @if term.tracks.is_empty() { span class="none" { "–" } }
                    (listed(&context.tracks.names(&term.tracks)))
                }
                td class="n" { (grouped(u64::from(term.window_documents))) }
            }
            tr class="detail" id={ (id) "-detail" } {
                td colspan="9" { (term_detail::detail(context, part, term, &id)) }
            }
        }
    }
}

/// Shows the name in the other language small, where there is one.
fn other_name(name: &Bilingual) -> Markup {
    html! {
        @if name.zh != name.en {
            span class="t other" lang="zh" { span lang="en" { (name.en) } }
            span class="t other" lang="en" { span lang="zh" { (name.zh) } }
        }
    }
}

fn plain(value: f64) -> String {
    if value.is_finite() { format!("{value:.6}") } else { "0".to_owned() }
}

const fn stage_order(code: &str) -> usize {
    match code.as_bytes() {
        b"weak_signal" => 1,
        b"take_off" => 2,
        b"growth" => 3,
        b"mature" => 4,
        b"decline" => 5,
        _ => 6,
    }
}

fn parts_sentence(context: &Context<'_>, term: &TermResult) -> Bilingual {
    let parts: Vec<Bilingual> = SIGNALS
        .iter()
        .zip(parts_of(term))
        .map(|(signal, value)| {
            let name = context.words.code("signal", signal);
            let value = words::signed(value, 1);
            Bilingual::new(format!("{}{value}", name.zh), format!("{} {value}", name.en))
        })
        .collect();
    context.words.fill(
        "parts-sentence",
        &[("score", words::decimal(term.score, 2).into()), ("parts", words::list(&parts).into())],
    )
}

/// Says in one sentence what the curve shows.
pub(super) fn curve_sentence(
    context: &Context<'_>,
    part: Part<'_>,
    term: &TermResult,
) -> Bilingual {
    let curve = curve_of(part, term);
    let (Some(first), Some(last)) = (curve.shares.first(), curve.shares.last()) else {
        return context.words.say("curve-none");
    };
    let mut sentences = vec![context.words.fill(
        "curve-sentence",
        &[
            ("first_year", first.0.to_string().into()),
            ("first", words::share(first.1).into()),
            ("last_year", last.0.to_string().into()),
            ("last", words::share(last.1).into()),
        ],
    )];
    if let Some(year) = curve.onset {
        sentences.push(context.words.fill("curve-onset", &[("year", year.to_string().into())]));
    }
    if let Some((value, low, high)) = curve.forecast {
        sentences.push(context.words.fill(
            "curve-forecast",
            &[
                ("value", words::share(value).into()),
                ("low", words::share(low).into()),
                ("high", words::share(high).into()),
            ],
        ));
    }
    let join = |pick: fn(&Bilingual) -> &str, between: &str| {
        sentences.iter().map(pick).collect::<Vec<_>>().join(between)
    };
    Bilingual { zh: join(|text| &text.zh, ""), en: join(|text| &text.en, " ") }
}
