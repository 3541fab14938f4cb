//! The page: one file, both languages inside, no request to anywhere.
//!
//! Every text stands in the document twice, marked with its language; the style sheet shows one of them. So the
//! switch needs no reload, search and print see one language, and assistive tools hear what is shown.

mod backtest;
mod backtest_cuts;
mod backtest_topics;
mod candidates;
mod head;
mod html;
mod method;
mod radar;
mod term_detail;
mod terms;
mod topics;

use linghang_core::Bilingual;
use linghang_scan::result::CorpusResult;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::chart::contributions::patterns;
use crate::input::ReportInput;
use crate::names::Tracks;
use crate::words::{self, Words};
use crate::{findings, limits, palette};
use html::{both, message};

const STYLE: &str = include_str!("../../assets/report.css");
const SCRIPT: &str = include_str!("../../assets/report.js");

/// What every section may look at.
pub(crate) struct Context<'a> {
    pub(crate) input: &'a ReportInput<'a>,
    pub(crate) words: &'a Words,
    pub(crate) tracks: Tracks<'a>,
}

/// One corpus with what its ids on the page start with.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) corpus: &'a CorpusResult,
    pub(crate) prefix: usize,
    /// Whether the headings must name the corpus because there are several.
    pub(crate) is_one_of_many: bool,
}

impl Part<'_> {
    /// Makes an id that is unique on the page.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("c{}-{name}", self.prefix)
    }
}

/// Writes the page.
pub(crate) fn render(input: &ReportInput<'_>, words: &Words) -> String {
    let context = Context { input, words, tracks: Tracks::new(input.tracks) };
    let title =
        words.fill("page-title", &[("day", words::date(input.scan.provenance.as_of).into())]);
    let lang = input.lang.code();
    let html_lang = if lang == "zh" { "zh-CN" } else { "en" };
    let page = html! {
        (DOCTYPE)
        html lang=(html_lang) data-lang=(lang) data-title-zh=(title.zh) data-title-en=(title.en) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title.get(input.lang)) }
                style { (PreEscaped(palette::css())) (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { (message(words, "skip")) }
                (patterns())
                (navigation(&context))
                (head::head(&context))
                main id="main" tabindex="-1" { (sections(&context)) }
                footer { p { (message(words, "footer")) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn parts<'a>(context: &Context<'a>) -> Vec<Part<'a>> {
    let corpora = &context.input.scan.corpora;
    let is_one_of_many = corpora.len() > 1;
    corpora
        .iter()
        .enumerate()
        .map(|(prefix, corpus)| Part { corpus, prefix, is_one_of_many })
        .collect()
}

fn sections(context: &Context<'_>) -> Markup {
    html! {
        (stands_out(context))
        @for part in parts(context) {
            @if let Some(reason) = &part.corpus.no_score_reason {
                (section(context, part, "radar", &no_score(context, part.corpus, reason)))
            } @else {
                (section(context, part, "radar", &radar::radar(context, part)))
                (section(context, part, "terms", &terms::terms(context, part)))
                (section(context, part, "topics", &topics::topics(context, part)))
                (section(context, part, "candidates", &candidates::candidates(context, part)))
            }
        }
        (plain_section(context, "limits", &cannot_be_said(context)))
        (plain_section(context, "backtest", &backtest::backtest(context)))
        (plain_section(context, "method", &method::method(context)))
    }
}

/// Wraps one section of one corpus.
fn section(context: &Context<'_>, part: Part<'_>, name: &str, content: &Markup) -> Markup {
    html! {
        section id=(part.id(name)) class={ "section " (name) } aria-labelledby=(part.id(&format!("{name}-h"))) {
            h2 id=(part.id(&format!("{name}-h"))) {
                (message(context.words, &format!("section-{name}")))
                @if part.is_one_of_many { span class="of" { " · " (part.corpus.corpus) } }
            }
            (content)
        }
    }
}

fn plain_section(context: &Context<'_>, name: &str, content: &Markup) -> Markup {
    html! {
        section id=(name) class={ "section " (name) } aria-labelledby={ (name) "-h" } {
            h2 id={ (name) "-h" } { (message(context.words, &format!("section-{name}"))) }
            (content)
        }
    }
}

fn navigation(context: &Context<'_>) -> Markup {
    let words = context.words;
    html! {
        header class="bar" {
            span class="brand" { "领航" span { "Linghang" } }
            nav aria-labelledby="nav-name" {
                span id="nav-name" class="vh" { (message(words, "nav-name")) }
                a href="#stands-out" { (message(words, "nav-stands-out")) }
                @for name in ["radar", "terms", "topics", "candidates"] {
                    a href={ "#c0-" (name) } { (message(words, &format!("nav-{name}"))) }
                }
                @for name in ["limits", "backtest", "method"] {
                    a href={ "#" (name) } { (message(words, &format!("nav-{name}"))) }
                }
            }
            div class="switches" hidden {
                button type="button" id="switch-lang" {
                    span class="t" lang="zh" { span lang="en" { "English" } }
                    span class="t" lang="en" { span lang="zh" { "中文" } }
                }
                button type="button" id="switch-theme" aria-pressed="false" { (message(words, "switch-theme")) }
                button type="button" id="print" { (message(words, "print")) }
            }
        }
    }
}

fn stands_out(context: &Context<'_>) -> Markup {
    let found = findings::find(context.input, context.words);
    let content = html! {
        ol class="findings" { @for finding in &found { li { (both(&finding.text)) } } }
    };
    plain_section(context, "stands-out", &content)
}

fn cannot_be_said(context: &Context<'_>) -> Markup {
    let found = limits::find(context.input, context.words);
    html! {
        p class="lead" { (message(context.words, "limits-lead")) }
        ul class="limits-list" { @for limit in &found { li { (both(&limit.text)) } } }
    }
}

fn no_score(context: &Context<'_>, corpus: &CorpusResult, reason: &str) -> Markup {
    let reason: Bilingual = context.words.code("reason", reason);
    let text = context
        .words
        .fill("no-score", &[("reason", reason.into()), ("corpus", corpus.corpus.as_str().into())]);
    html! { p class="empty" { (both(&text)) } }
}
