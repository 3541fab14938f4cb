//! The two languages of the product, and texts that exist in both.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language in which Linghang answers. Chinese comes first because most readers read it first.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Returns the two-letter code (`zh`, `en`).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// Reads a locale such as `zh_CN.UTF-8`, `en-GB` or `C`; anything but Chinese and English gives `None`.
    pub fn from_locale(locale: &str) -> Option<Self> {
        match locale.split(['_', '-', '.']).next() {
            Some("zh") => Some(Self::Zh),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_locale(text)
            .ok_or_else(|| format!("`{text}` is not a language here; use `zh` or `en`"))
    }
}

/// A text in Chinese (the original) and English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bilingual {
    /// Chinese, the original.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// Joins the two versions of one text.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Returns the text in `lang`, or in the other language where that one is empty.
    pub fn get(&self, lang: Lang) -> &str {
        let (wanted, other) = match lang {
            Lang::Zh => (&self.zh, &self.en),
            Lang::En => (&self.en, &self.zh),
        };
        if wanted.is_empty() { other } else { wanted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        for (locale, expected) in [
            ("zh_CN.UTF-8", Some(Lang::Zh)),
            ("en-GB", Some(Lang::En)),
            ("C", None),
            ("", None),
            ("zhx", None),
        ] {
            assert_eq!(Lang::from_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_original() {
        let text = Bilingual::new("赛道", "");
        assert_eq!(text.get(Lang::En), "赛道");
    }
}
