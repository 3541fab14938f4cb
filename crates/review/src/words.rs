//! The report's words in both languages, and numbers and dates as readers of each write them.

use chrono::{Datelike as _, NaiveDate};
use linghang_core::texts::{FluentValue, Texts};
use linghang_core::{Bilingual, Lang};

use crate::error::ReviewError;

const ZH: &str = include_str!("../i18n/zh.ftl");
const EN: &str = include_str!("../i18n/en.ftl");

/// Something to fill into a message.
#[derive(Debug, Clone)]
pub(crate) enum Arg {
    /// A text that differs by language.
    Both(Bilingual),
    /// A text that is the same in both.
    Same(String),
    /// A small count, also used to choose between singular and plural.
    Count(u64),
}

impl Arg {
    fn value(&self, lang: Lang) -> FluentValue<'_> {
        match self {
            Self::Both(text) => FluentValue::from(text.get(lang)),
            Self::Same(text) => FluentValue::from(text.as_str()),
            Self::Count(count) => FluentValue::from(*count),
        }
    }
}

impl From<Bilingual> for Arg {
    fn from(text: Bilingual) -> Self {
        Self::Both(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Same(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Same(text)
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

/// The messages of this crate.
pub(crate) struct Words {
    texts: Texts,
}

impl Words {
    /// Reads the embedded sources.
    pub(crate) fn load() -> Result<Self, ReviewError> {
        Texts::parse(ZH, EN).map(|texts| Self { texts }).map_err(ReviewError::Texts)
    }

    /// Returns message `id` in both languages.
    pub(crate) fn say(&self, id: &str) -> Bilingual {
        self.fill(id, &[])
    }

    /// Returns message `id` in both languages with its places filled in.
    pub(crate) fn fill(&self, id: &str, arguments: &[(&str, Arg)]) -> Bilingual {
        let one = |lang: Lang| {
            let values: Vec<(&str, FluentValue<'_>)> =
                arguments.iter().map(|(name, argument)| (*name, argument.value(lang))).collect();
            self.texts.get(lang, id, &values)
        };
        Bilingual { zh: one(Lang::Zh), en: one(Lang::En) }
    }

    /// Returns the name of a code such as a flag or a filter; the code itself when this version does not know it.
    pub(crate) fn code(&self, family: &str, code: &str) -> Bilingual {
        let id = format!("{family}-{code}");
        if self.texts.has(Lang::Zh, &id) && self.texts.has(Lang::En, &id) {
            self.say(&id)
        } else {
            Bilingual::new(code, code)
        }
    }
}

/// Joins texts as each language lists them.
pub(crate) fn list(items: &[Bilingual]) -> Bilingual {
    let join = |lang: Lang, between: &str| {
        items.iter().map(|item| item.get(lang)).collect::<Vec<_>>().join(between)
    };
    Bilingual { zh: join(Lang::Zh, "、"), en: join(Lang::En, ", ") }
}

/// Writes a day: `2026年3月1日`, `1 March 2026`.
pub(crate) fn date(day: NaiveDate) -> Bilingual {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS[day.month0() as usize];
    Bilingual {
        zh: format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        en: format!("{} {month} {}", day.day(), day.year()),
    }
}

/// Writes a number with so many places; a dash where there is no number, and a real minus sign.
pub(crate) fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{value:.places$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|digit| matches!(digit, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// Writes a number with its sign, for contributions and differences.
pub(crate) fn signed(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    let is_zero = text.chars().all(|digit| matches!(digit, '0' | '.'));
    if value > 0.0 && value.is_finite() && !is_zero { format!("+{text}") } else { text }
}

/// Writes a share (0 to 1) as a percentage with about two significant digits.
pub(crate) fn share(value: f64) -> String {
    let percent = value * 100.0;
    let places = match percent.abs() {
        size if size >= 10.0 || size == 0.0 => 0,
        size if size >= 1.0 => 1,
        size if size >= 0.1 => 2,
        _ => 3,
    };
    if percent.is_finite() { format!("{}%", decimal(percent, places)) } else { "–".to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id)
            .collect()
    }

    /// Names of the places to fill in, message by message.
    fn places(source: &str) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        let mut id = String::new();
        for line in source.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '#']))
            {
                name.clone_into(&mut id);
            }
            for part in line.split('$').skip(1) {
                let end = part
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(part.len());
                found.insert((id.clone(), part[..end].to_owned()));
            }
        }
        found
    }

    #[test]
    fn both_languages_hold_the_same_messages_with_the_same_places() {
        assert_eq!(ids(ZH), ids(EN));
        assert_eq!(places(ZH), places(EN));
        assert!(Words::load().is_ok());
    }

    #[test]
    fn numbers_and_dates_are_written_for_readers() {
        let texts = [
            decimal(-1.5, 2),
            decimal(-0.001, 2),
            decimal(f64::NAN, 1),
            signed(0.0001, 2),
            signed(2.0, 1),
            share(0.0031),
            share(0.000_12),
            share(0.42),
            share(f64::INFINITY),
        ];
        assert_eq!(texts, ["−1.50", "0.00", "–", "0.00", "+2.0", "0.31%", "0.012%", "42%", "–"]);
        let day = date(NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day"));
        assert_eq!(day, Bilingual::new("2026年3月1日", "1 March 2026"));
    }
}
