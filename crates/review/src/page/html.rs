//! Small pieces of markup that every section uses: a text in both languages, cells, notes.

use linghang_core::{Bilingual, Lang};
use maud::{Markup, html};

use crate::words::{Arg, Words};

/// Writes a text in both languages, of which the style sheet shows one; once where both are the same.
pub(crate) fn both(text: &Bilingual) -> Markup {
    if text.zh == text.en {
        return html! { (text.zh) };
    }
    html! {
        span class="t" lang="zh" { (text.get(Lang::Zh)) }
        span class="t" lang="en" { (text.get(Lang::En)) }
    }
}

/// Writes message `id`.
pub(crate) fn message(words: &Words, id: &str) -> Markup {
    both(&words.say(id))
}

/// Writes message `id` with its places filled in.
pub(crate) fn filled(words: &Words, id: &str, arguments: &[(&str, Arg)]) -> Markup {
    both(&words.fill(id, arguments))
}

/// Writes a drawing once a language, for drawings that hold words.
pub(crate) fn each_language(draw: impl Fn(Lang) -> Markup) -> Markup {
    html! {
        @for lang in [Lang::Zh, Lang::En] {
            div class="t" lang=(lang.code()) { (draw(lang)) }
        }
    }
}

/// Writes the parts of a list with a separator that reads well in both languages.
pub(crate) fn listed(items: &[Bilingual]) -> Markup {
    both(&crate::words::list(items))
}

/// Writes a table that may be wider than the screen, reachable by keyboard.
pub(crate) fn scrolling(labelled_by: &str, content: &Markup) -> Markup {
    html! { div class="scroll" tabindex="0" role="region" aria-labelledby=(labelled_by) { (content) } }
}
