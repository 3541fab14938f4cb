//! The X candidates: coherent topics that stand out and belong to no track, with what is still open.

use linghang_core::Bilingual;
use linghang_scan::result::XCandidate;
use maud::{Markup, html};

use super::html::{both, filled, listed, message};
use super::{Context, Part};
use crate::names;
use crate::words;

/// Writes the section of X candidates.
pub(super) fn candidates(context: &Context<'_>, part: Part<'_>) -> Markup {
    let words = context.words;
    html! {
        p class="lead" { (message(words, "candidates-lead")) }
        @if part.corpus.x_candidates.is_empty() { p class="empty" { (message(words, "no-candidates")) } }
        div class="cards" { @for candidate in &part.corpus.x_candidates { (card(context, part, candidate)) } }
    }
}

fn card(context: &Context<'_>, part: Part<'_>, candidate: &XCandidate) -> Markup {
    let words = context.words;
    let topic = part.corpus.topics.iter().find(|topic| topic.id == candidate.topic);
    let name =
        topic.map_or_else(|| Bilingual::new(&candidate.label, &candidate.label), names::topic);
    let kinds: Vec<Bilingual> =
        candidate.source_kinds.iter().map(|kind| words.code("kind", kind)).collect();
    html! {
        article class="card" {
            h3 { (both(&name)) }
            @if let Some(topic) = topic { p class="keywords" { (both(&names::keywords(part.corpus, &topic.keywords))) } }
            ul {
                li { (filled(words, "candidate-score", &[("score", words::decimal(candidate.score, 2).into())])) }
                li { (both(&distance(context, candidate))) }
                li { (message(words, "candidate-kinds")) (listed(&kinds)) }
                @if let Some(fit) = candidate.city_fit {
                    li { (filled(words, "candidate-fit", &[("quotient", words::decimal(fit, 2).into())])) }
                }
                @if let Some(topic) = topic {
                    li { (message(words, "head-stage")) ": " (both(&names::stage(words, topic.stage))) }
                }
            }
            p class="verdict" {
                @if candidate.is_complete {
                    strong { (message(words, "candidate-complete")) }
                } @else {
                    strong { (message(words, "candidate-open")) }
                    @let open: Vec<Bilingual> =
                        candidate.open_conditions.iter().map(|code| words.code("condition", code)).collect();
                    (listed(&open))
                }
            }
        }
    }
}

fn distance(context: &Context<'_>, candidate: &XCandidate) -> Bilingual {
    let similarity = words::decimal(candidate.nearest_similarity, 2);
    match &candidate.nearest_track {
        Some(track) => context.words.fill(
            "candidate-distance",
            &[("track", context.tracks.name(track).into()), ("similarity", similarity.into())],
        ),
        None => context.words.say("candidate-alone"),
    }
}
