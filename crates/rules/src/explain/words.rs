//! The words of this crate in both languages.

use std::sync::LazyLock;

use linghang_core::texts::{FluentValue, Texts};
use linghang_core::{Bilingual, Fen, Lang};

use crate::money::{Effect, Stage, Step};

const ZH: &str = include_str!("../../i18n/zh.ftl");
const EN: &str = include_str!("../../i18n/en.ftl");

/// The embedded sources, parsed once. They are constants, and a test parses them.
static TEXTS: LazyLock<Option<Texts>> = LazyLock::new(|| Texts::parse(ZH, EN).ok());

/// Message `id` in both languages with its places filled in.
pub(crate) fn fill(id: &str, arguments: &[(&str, Bilingual)]) -> Bilingual {
    let one = |lang: Lang| {
        let values: Vec<(&str, FluentValue<'_>)> = arguments
            .iter()
            .map(|(name, text)| (*name, FluentValue::from(text.get(lang).to_owned())))
            .collect();
        TEXTS.as_ref().map_or_else(|| id.to_owned(), |texts| texts.get(lang, id, &values))
    };
    Bilingual { zh: one(Lang::Zh), en: one(Lang::En) }
}

/// Message `id` in both languages.
pub(crate) fn say(id: &str) -> Bilingual {
    fill(id, &[])
}

/// A text that is the same in both languages.
pub(crate) fn same(text: impl Into<String>) -> Bilingual {
    let text = text.into();
    Bilingual::new(text.clone(), text)
}

/// An amount as readers of each language write it.
pub(crate) fn money(amount: Fen) -> Bilingual {
    Bilingual::new(amount.display(Lang::Zh), amount.display(Lang::En))
}

/// Key of a stage in the sources.
pub(crate) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Gross => "stage-gross",
        Stage::Item => "stage-item",
        Stage::Year => "stage-year",
        Stage::Lifetime => "stage-lifetime",
        Stage::Once => "stage-once",
        Stage::Group => "stage-group",
        Stage::AlreadyPaid => "stage-already-paid",
        Stage::Limit => "stage-limit",
        Stage::Exclusion => "stage-exclusion",
        Stage::Ceiling => "stage-ceiling",
        Stage::Pool => "stage-pool",
        Stage::Paid => "stage-paid",
    }
}

/// What a stage did, in words.
pub(crate) fn effect(step: &Step, name: &dyn Fn(u16) -> Bilingual) -> Bilingual {
    let amount = |key: &'static str, amount: Fen| (key, money(amount));
    match &step.effect {
        Effect::NotSet => say("effect-not-set"),
        Effect::Stated => say("effect-stated"),
        Effect::Within { limit } if *limit == Fen(i64::MAX) => say("effect-not-set"),
        Effect::Within { limit } => fill("effect-within", &[amount("limit", *limit)]),
        Effect::Cut { limit, used } if *used > Fen(0) => {
            fill("effect-cut-used", &[amount("limit", *limit), amount("used", *used)])
        }
        Effect::Cut { limit, .. } => fill("effect-cut", &[amount("limit", *limit)]),
        Effect::Beaten { by } => fill("effect-beaten", &[("by", name(*by))]),
        Effect::Deducted { paid } if *paid == Fen(0) => say("effect-nothing-paid"),
        Effect::Deducted { paid } => fill("effect-deducted", &[amount("paid", *paid)]),
        Effect::GivenBefore { period } => {
            fill("effect-given-before", &[("period", same(period.to_string()))])
        }
        Effect::Prorated { available, demand } => {
            fill("effect-prorated", &[amount("available", *available), amount("demand", *demand)])
        }
        Effect::Waiting { available, demand } => {
            fill("effect-waiting", &[amount("available", *available), amount("demand", *demand)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sources_are_valid_and_hold_the_same_messages() {
        let texts = Texts::parse(ZH, EN).expect("the sources are valid");
        let ids = |source: &str| -> Vec<String> {
            let keys = source.lines().filter_map(|line| line.split_once(" = "));
            keys.filter(|(key, _)| !key.starts_with([' ', '#']))
                .map(|(key, _)| key.to_owned())
                .collect()
        };
        let mut all = ids(ZH);
        all.sort_unstable();
        let mut other = ids(EN);
        other.sort_unstable();
        assert_eq!(all, other);
        assert!(all.len() > 20 && all.iter().all(|id| texts.has(Lang::Zh, id)));
    }
}
