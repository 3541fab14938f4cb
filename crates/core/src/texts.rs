//! Messages in both languages, from Fluent (`.ftl`) sources.
//!
//! A crate that speaks to people embeds its two sources and asks for a message by id. A missing id is shown as
//! `{id}` so that nothing is lost on a reader; a test in each such crate proves that both sources hold the same ids.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::{LanguageIdentifier, langid};

use crate::lang::Lang;

pub use fluent_bundle::FluentValue;

const ZH: LanguageIdentifier = langid!("zh-CN");
const EN: LanguageIdentifier = langid!("en");

/// The messages of one crate in both languages.
pub struct Texts {
    zh: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Texts {
    /// Parses the two sources.
    ///
    /// # Errors
    ///
    /// Names the language and the first few problems when a source is not valid Fluent or repeats an id.
    pub fn parse(zh: &str, en: &str) -> Result<Self, String> {
        Ok(Self { zh: bundle(&ZH, zh)?, en: bundle(&EN, en)? })
    }

    /// Returns message `id` in `lang` with `arguments` filled in; `{id}` when there is no such message.
    pub fn get(&self, lang: Lang, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let bundle = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return format!("{{{id}}}");
        };
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut problems = Vec::new();
        bundle.format_pattern(pattern, Some(&arguments), &mut problems).into_owned()
    }

    /// Returns whether `lang` has message `id`.
    pub fn has(&self, lang: Lang, id: &str) -> bool {
        match lang {
            Lang::Zh => self.zh.has_message(id),
            Lang::En => self.en.has_message(id),
        }
    }
}

fn bundle(
    language: &LanguageIdentifier,
    source: &str,
) -> Result<FluentBundle<FluentResource>, String> {
    let resource = FluentResource::try_new(source.to_owned())
        .map_err(|(_, problems)| format!("{language}: not valid Fluent: {problems:?}"))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
    // Isolation marks are for mixed-direction text; in a terminal they are noise.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|problems| format!("{language}: {problems:?}"))?;
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_filled_in_either_language() {
        let texts =
            Texts::parse("read = 已读取 { $n } 条", "read = read { $n } records").expect("valid");
        assert_eq!(texts.get(Lang::Zh, "read", &[("n", 3.into())]), "已读取 3 条");
        assert_eq!(texts.get(Lang::En, "read", &[("n", 3.into())]), "read 3 records");
        assert_eq!(texts.get(Lang::En, "none", &[]), "{none}");
    }

    #[test]
    fn a_broken_source_is_refused() {
        assert!(Texts::parse("= x", "a = b").is_err());
        assert!(Texts::parse("a = 1\na = 2", "a = b").is_err());
    }
}
