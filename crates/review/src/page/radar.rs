//! The radar of topics by track, and the numbered list that says the same.

use linghang_core::{Bilingual, Lang};
use linghang_scan::result::{Stage, TopicResult};
use maud::{Markup, html};

use super::html::{both, each_language, filled, message, scrolling};
use super::{Context, Part, backtest_topics};
use crate::chart::Label;
use crate::chart::radar::{Blip, Mark, draw, swatch};
use crate::chart::radar_layout::{Dot, place};
use crate::names;
use crate::words;

/// More dots than this make a radar that nobody reads; the table of topics holds all.
const MOST_DOTS: usize = 60;
/// The rings from the centre outwards: what is ripe is near, what is only on the horizon is far.
const RINGS: [&str; 5] = ["mature", "growth", "take_off", "weak_signal", "open"];

/// Writes the radar section.
pub(super) fn radar(context: &Context<'_>, part: Part<'_>) -> Markup {
    let words = context.words;
    if part.corpus.topics.is_empty() {
        return html! { p class="empty" { (message(words, "no-topics")) } };
    }
    let picture = Picture::of(context, part);
    html! {
        p class="lead" { (message(words, "radar-lead")) }
        (backtest_topics::hint(context))
        @if part.corpus.topics.len() > MOST_DOTS {
            p class="note" { (filled(words, "radar-cut", &[("most", MOST_DOTS.into())])) }
        }
        figure {
            (scrolling(&part.id("radar-h"), &each_language(|lang| picture.draw(context, part, lang))))
            figcaption class="keys" {
                @for (mark, id) in [
                    (Mark::Track, "mark-track"), (Mark::Candidate, "mark-candidate"), (Mark::Untracked, "mark-open"),
                ] {
                    span { (swatch(mark)) " " (message(words, id)) }
                }
                span { (message(words, "mark-size")) }
            }
        }
        (picture.list(context, part))
    }
}

/// The topics in the order in which they are numbered: sector by sector, best first.
struct Picture<'a> {
    sectors: Vec<Option<String>>,
    numbered: Vec<(usize, &'a TopicResult)>,
}

impl<'a> Picture<'a> {
    fn of(context: &Context<'_>, part: Part<'a>) -> Self {
        let mut sectors: Vec<Option<String>> =
            context.tracks.ids_with(part.corpus).into_iter().map(Some).collect();
        sectors.push(None);
        let shown = &part.corpus.topics[..part.corpus.topics.len().min(MOST_DOTS)];
        let mut numbered = Vec::new();
        for (index, sector) in sectors.iter().enumerate() {
            for topic in shown {
                if topic.tracks.first().map(|best| &best.track) == sector.as_ref() {
                    numbered.push((index, topic));
                }
            }
        }
        Self { sectors, numbered }
    }

    fn draw(&self, context: &Context<'_>, part: Part<'_>, lang: Lang) -> Markup {
        let dots: Vec<Dot> = self
            .numbered
            .iter()
            .map(|(sector, topic)| Dot {
                sector: *sector,
                ring: ring(topic.stage),
                radius: radius(topic),
            })
            .collect();
        let layout = place(&dots, self.sectors.len(), RINGS.len());
        let blips: Vec<Blip> = self
            .numbered
            .iter()
            .zip(&dots)
            .enumerate()
            .map(|(index, ((_, topic), dot))| Blip {
                number: index + 1,
                radius: dot.radius,
                mark: mark(part, topic),
                target: part.id(&format!("r{}", index + 1)),
            })
            .collect();
        let words = context.words;
        let sectors: Vec<String> = self
            .sectors
            .iter()
            .map(|sector| sector_name(context, sector.as_ref()).get(lang).to_owned())
            .collect();
        let rings: Vec<String> =
            RINGS.iter().map(|ring| words.code("ring", ring).get(lang).to_owned()).collect();
        let label = Label::Own {
            id: part.id(&format!("radar-{lang}")),
            title: words.say("section-radar").get(lang).to_owned(),
            sentence: self.sentence(context).get(lang).to_owned(),
        };
        draw(&layout, &blips, &sectors, &rings, &label)
    }

    /// Says in one sentence what the radar shows.
    fn sentence(&self, context: &Context<'_>) -> Bilingual {
        let counts: Vec<Bilingual> = self
            .sectors
            .iter()
            .enumerate()
            .map(|(index, sector)| {
                let count = self.numbered.iter().filter(|(other, _)| *other == index).count();
                let name = sector_name(context, sector.as_ref());
                Bilingual::new(format!("{}{count}个", name.zh), format!("{} {count}", name.en))
            })
            .collect();
        context.words.fill(
            "radar-sentence",
            &[("count", self.numbered.len().into()), ("sectors", words::list(&counts).into())],
        )
    }

    fn list(&self, context: &Context<'_>, part: Part<'_>) -> Markup {
        html! {
            h3 id=(part.id("radar-list")) { (message(context.words, "radar-list")) }
            div class="sectors" {
                @for (index, sector) in self.sectors.iter().enumerate() {
                    table class="sector" {
                        caption { (both(&sector_name(context, sector.as_ref()))) }
                        thead class="vh" {
                            tr {
                                @for id in ["head-number", "head-topic", "head-stage", "head-percentile"] {
                                    th scope="col" { (message(context.words, id)) }
                                }
                            }
                        }
                        tbody {
                            @if !self.numbered.iter().any(|(other, _)| *other == index) {
                                tr { td colspan="4" class="none" { (message(context.words, "none-here")) } }
                            }
                            @for (number, (other, topic)) in self.numbered.iter().enumerate() {
                                @if *other == index { (list_row(context, part, number + 1, topic)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn list_row(context: &Context<'_>, part: Part<'_>, number: usize, topic: &TopicResult) -> Markup {
    html! {
        tr id=(part.id(&format!("r{number}"))) {
            td class="n" { (number) }
            th scope="row" { (both(&names::topic(topic))) }
            td class="stage-cell" { (both(&names::stage(context.words, topic.stage))) }
            td class="n" { (words::decimal(topic.percentile, 0)) }
        }
    }
}

fn sector_name(context: &Context<'_>, sector: Option<&String>) -> Bilingual {
    sector.map_or_else(|| context.words.say("no-track"), |id| context.tracks.name(id))
}

const fn ring(stage: Stage) -> usize {
    match stage {
        Stage::Mature => 0,
        Stage::Growth => 1,
        Stage::TakeOff => 2,
        Stage::WeakSignal => 3,
        Stage::Decline | Stage::Undetermined => 4,
    }
}

fn radius(topic: &TopicResult) -> f64 {
    let part =
        if topic.percentile.is_finite() { topic.percentile.clamp(0.0, 100.0) / 100.0 } else { 0.0 };
    10.5 + 5.5 * part
}

fn mark(part: Part<'_>, topic: &TopicResult) -> Mark {
    if part.corpus.x_candidates.iter().any(|candidate| candidate.topic == topic.id) {
        Mark::Candidate
    } else if topic.tracks.is_empty() {
        Mark::Untracked
    } else {
        Mark::Track
    }
}
