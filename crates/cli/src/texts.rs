//! The messages of the command line in both languages.

use std::sync::LazyLock;

use linghang_core::Lang;
use linghang_core::texts::Texts;

pub(crate) use linghang_core::texts::FluentValue;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::parse(include_str!("../i18n/zh.ftl"), include_str!("../i18n/en.ftl"))
        .expect("a test proves that both sources are valid")
});

/// Returns message `id` with its arguments filled in.
pub(crate) fn get(lang: Lang, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    TEXTS.get(lang, id, arguments)
}

/// Returns message `id`, if there is one.
pub(crate) fn find(lang: Lang, id: &str) -> Option<String> {
    TEXTS.has(lang, id).then(|| TEXTS.get(lang, id, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(source: &str) -> Vec<&str> {
        let starts = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        source.lines().filter(starts).filter_map(|line| Some(line.split_once(" =")?.0)).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (zh, en) = (ids(include_str!("../i18n/zh.ftl")), ids(include_str!("../i18n/en.ftl")));
        let only_en: Vec<_> = en.iter().filter(|id| !zh.contains(id)).collect();
        let only_zh: Vec<_> =
            zh.iter().filter(|id| !en.contains(id) && !id.starts_with("help")).collect();
        assert!(
            only_en.is_empty() && only_zh.is_empty(),
            "only en: {only_en:?}; only zh: {only_zh:?}"
        );
        assert!(!get(Lang::Zh, "import-created", &[]).is_empty());
    }
}
