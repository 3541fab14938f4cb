//! The table of topics: what belongs together, how ripe, which track and why.

use linghang_core::Bilingual;
use linghang_core::number::grouped;
use linghang_scan::result::{Actor, CrossLag, SourceLag, TopicResult, TrackMatch};
use maud::{Markup, html};

use super::html::{both, filled, listed, message, scrolling};
use super::{Context, Part, backtest_topics};
use crate::names::{self, stage_code};
use crate::words;

/// How many shared terms or actors a cell names.
const NAMED: usize = 4;

const HEADS: [(&str, bool); 7] = [
    ("head-topic", false),
    ("head-score", true),
    ("head-coherence", true),
    ("head-stage", false),
    ("head-why-track", false),
    ("head-tipping", false),
    ("head-actors", false),
];

/// Writes the section of topics.
pub(super) fn topics(context: &Context<'_>, part: Part<'_>) -> Markup {
    let words = context.words;
    if part.corpus.topics.is_empty() {
        return html! { p class="empty" { (message(words, "no-topics")) } };
    }
    let table = html! {
        table class="topics-table" {
            thead { tr {
                @for (id, is_number) in HEADS {
                    th scope="col" class=[is_number.then_some("n")] { (message(words, id)) }
                }
            } }
            tbody { @for topic in &part.corpus.topics { (row(context, part, topic)) } }
        }
    };
    html! {
        p class="lead" { (message(words, "topics-lead")) }
        (backtest_topics::hint(context))
        (scrolling(&part.id("topics-h"), &table))
        (changes(context, part))
    }
}

fn row(context: &Context<'_>, part: Part<'_>, topic: &TopicResult) -> Markup {
    html! {
        tr id=(part.id(&format!("topic-{}", topic.id))) {
            th scope="row" class="topic" {
                (both(&names::topic(topic)))
                span class="keywords" { (both(&names::keywords(part.corpus, &topic.keywords))) }
                @if let Some(count) = topic.window_documents {
                    span class="keywords" {
                        (filled(context.words, "topic-documents", &[("count", grouped(count).into())]))
                    }
                }
            }
            td class="n" { (words::decimal(topic.score, 2)) }
            td class="n" { (words::decimal(topic.coherence, 2)) }
            td { span class={ "stage " (stage_code(topic.stage)) } { (both(&names::stage(context.words, topic.stage))) } }
            td { (track_reasons(context, part, topic)) }
            td { (tipping(context, topic)) }
            td { (actors(context, &topic.actors)) }
        }
    }
}

fn track_reasons(context: &Context<'_>, part: Part<'_>, topic: &TopicResult) -> Markup {
    html! {
        @for found in &topic.tracks {
            div { strong { (both(&context.tracks.name(&found.track))) } " " (evidence(context, part, found)) }
        }
        @if topic.tracks.is_empty() {
            div { (message(context.words, "no-track")) }
            @if let Some(nearest) = topic.nearest_tracks.first() {
                div class="muted" {
                    (message(context.words, "nearest")) " " (both(&context.tracks.name(&nearest.track))) " "
                    (evidence(context, part, nearest))
                }
            }
        }
    }
}

fn evidence(context: &Context<'_>, part: Part<'_>, found: &TrackMatch) -> Markup {
    let shared =
        names::keywords(part.corpus, &found.shared_terms[..found.shared_terms.len().min(NAMED)]);
    html! {
        span class="tabular" { (words::decimal(found.similarity, 2)) }
        @if !found.shared_terms.is_empty() { span class="keywords" { (both(&shared)) } }
        @if !found.named_seeds.is_empty() {
            span class="keywords" { (message(context.words, "named-seeds")) (found.named_seeds.join(" · ")) }
        }
        @if !found.vetoed_by.is_empty() {
            span class="keywords" { (message(context.words, "vetoed-by")) (found.vetoed_by.join(" · ")) }
        }
        @if !found.shared_classes.is_empty() { span class="keywords" { (found.shared_classes.join(" ")) } }
    }
}

fn tipping(context: &Context<'_>, topic: &TopicResult) -> Markup {
    let state = |known: Option<bool>| match known {
        Some(true) => "passed",
        Some(false) => "not-passed",
        None => "unknown",
    };
    let line = |name: &str, known: Option<bool>| {
        html! {
            div class={ "tip " (state(known)) } {
                (message(context.words, name)) " " strong { (message(context.words, &format!("tip-{}", state(known)))) }
            }
        }
    };
    html! {
        (line("tip-singularity", topic.tipping.technology_singularity))
        (line("tip-ignition", topic.tipping.market_ignition))
        @for (kind, year) in &topic.tipping.onsets {
            div class="muted" { (both(&context.words.code("kind", kind))) " " (year) }
        }
        @for lag in &topic.cross_lags { div class="muted" { (both(&lag_sentence(context, lag))) } }
        @if let Some(fit) = topic.city_fit {
            div class="muted" {
                (filled(context.words, "topic-city-fit", &[("quotient", words::decimal(fit.quotient, 2).into())]))
            }
        }
    }
}

/// Which kind of source repeats the growth of which, and after how many years.
fn lag_sentence(context: &Context<'_>, lag: &SourceLag) -> Bilingual {
    let kind = |name: &str| context.words.code("kind", name);
    let mut arguments =
        vec![("leader", kind(&lag.leader).into()), ("follower", kind(&lag.follower).into())];
    let CrossLag::Stable { lag, low, high, .. } = lag.finding else {
        return context.words.fill("lag-unstable", &arguments);
    };
    for (name, years) in [("years", lag), ("low", low), ("high", high)] {
        arguments.push((name, years.to_string().into()));
    }
    context.words.fill("lag-stable", &arguments)
}

fn actors(context: &Context<'_>, actors: &[Actor]) -> Markup {
    html! {
        @if actors.is_empty() { span class="muted" { (message(context.words, "actors-unknown")) } }
        @for actor in actors.iter().take(NAMED) {
            div {
                (actor.name) " "
                span class="muted" { (both(&context.words.code("actor", &actor.kind))) " " (words::share(actor.share)) }
            }
        }
    }
}

fn changes(context: &Context<'_>, part: Part<'_>) -> Markup {
    let moved: Vec<_> =
        part.corpus.topic_changes.iter().filter(|change| change.change != "kept").collect();
    let name = |id: &String| {
        let known = part.corpus.topics.iter().find(|topic| &topic.id == id);
        known.map_or_else(|| Bilingual::new(id, id), names::topic)
    };
    let named = |ids: &[String]| listed(&ids.iter().map(name).collect::<Vec<_>>());
    html! {
        @if !moved.is_empty() {
            h3 { (message(context.words, "changes")) }
            ul {
                @for change in moved {
                    li {
                        strong { (both(&context.words.code("change", &change.change))) } " "
                        (named(&change.before)) " → " (named(&change.now))
                    }
                }
            }
        }
    }
}
