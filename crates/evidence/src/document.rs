//! One document of the `documents` table: a paper, a patent, a news item, a policy or a project.
//!
//! Values are those of the source, with white space put in order; nothing is translated, stemmed or guessed, except
//! the language, which is detected from the script where the source does not give it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Declares an enum whose values have one fixed spelling in files.
macro_rules! spelled {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// All values, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the spelling used in files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is none of {}", [$($text),+].join(", "))),
                }
            }
        }
    };
}

spelled! {
    /// What a document is.
    Kind {
        /// A scientific paper, preprint, thesis, book or data set.
        Paper = "paper",
        /// A patent application or grant.
        Patent = "patent",
        /// A news item.
        News = "news",
        /// A law, plan, measure or other official text.
        Policy = "policy",
        /// A funded project.
        Project = "project",
    }
}

spelled! {
    /// How much of a date the source gave. A missing month or day is filled with 1.
    DatePrecision {
        /// Year, month and day.
        Day = "day",
        /// Year and month.
        Month = "month",
        /// Only the year.
        Year = "year",
    }
}

spelled! {
    /// What an actor did for a document.
    Role {
        /// Wrote it.
        Author = "author",
        /// Applied for the patent.
        Applicant = "applicant",
        /// Made the invention.
        Inventor = "inventor",
        /// Employs an author, or issued the document.
        Organisation = "organisation",
        /// Paid for the work.
        Funder = "funder",
    }
}

pub(crate) use spelled;

/// A person or body named by a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Actor {
    /// Name as the source writes it.
    pub name: String,
    /// What the actor did.
    pub role: Role,
    /// Country as the source writes it (two-letter code where the source has codes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Actor {
    /// Makes an actor without a country.
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        Self { name: name.into(), role, country: None }
    }
}

/// Where a document was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Format that read it, as [`crate::Format`] spells it.
    pub format: String,
    /// Name of the file, without its folder.
    pub file: String,
    /// Record number in the file, counted from 1 without the header.
    pub record: u64,
    /// Line on which the record starts, counted from 1; 0 where the format has no lines (XLSX).
    pub line: u64,
}

/// A row of the `documents` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Scheme and id, such as `arxiv:1907.00001`, `lens:056-511-251-084-461` or `doi:10.1000/1`.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Title.
    pub title: String,
    /// Abstract; empty where the source has none.
    pub abstract_text: String,
    /// First independent claim of a patent; empty otherwise.
    pub claim: String,
    /// Language code (`zh`, `en`, `de`, …), or `other` where it is neither given nor clear from the script.
    pub language: String,
    /// First day on which the document was public, as far as the source tells.
    pub date: NaiveDate,
    /// How much of `date` the source gave.
    pub date_precision: DatePrecision,
    /// Day of the last version, where the source gives it.
    pub updated: Option<NaiveDate>,
    /// Classes with their scheme (`arxiv:cs.RO`, `ipc:B64C39/02`, `keyword:…`), the primary class first.
    pub classes: Vec<String>,
    /// Actors in the order of the source.
    pub actors: Vec<Actor>,
    /// Places: countries or addresses of the actors, each once, in the order of the source.
    pub places: Vec<String>,
    /// What it cites: ids with their scheme where known, else `text:` and the reference as written.
    pub cites: Vec<String>,
    /// Where it was read.
    pub source: Source,
}

impl Document {
    /// Makes a document with an id, a title and a date, and nothing else yet.
    pub fn new(
        kind: Kind,
        id: String,
        title: String,
        date: NaiveDate,
        date_precision: DatePrecision,
    ) -> Self {
        Self {
            id,
            kind,
            title,
            abstract_text: String::new(),
            claim: String::new(),
            language: String::new(),
            date,
            date_precision,
            updated: None,
            classes: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            cites: Vec::new(),
            source: Source::default(),
        }
    }

    /// Adds a class in its scheme; empty values are ignored. Repetitions are removed when the record is complete.
    pub fn add_class(&mut self, scheme: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.classes.push(format!("{scheme}:{value}"));
        }
    }

    /// Adds a place; empty values are ignored. Repetitions are removed when the record is complete.
    pub fn add_place(&mut self, place: &str) {
        let place = place.trim();
        if !place.is_empty() {
            self.places.push(place.to_owned());
        }
    }

    /// Returns a hash of everything but the place where it was read.
    ///
    /// Two records with the same hash say the same; a snapshot's id is made from these hashes.
    pub fn content_hash(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        for text in [
            &self.id,
            self.kind.as_str(),
            &self.title,
            &self.abstract_text,
            &self.claim,
            &self.language,
        ] {
            feed(&mut hasher, text);
        }
        feed(&mut hasher, &self.date.to_string());
        feed(&mut hasher, self.date_precision.as_str());
        feed(&mut hasher, &self.updated.map(|day| day.to_string()).unwrap_or_default());
        for list in [&self.classes, &self.places, &self.cites] {
            hasher.update(&(list.len() as u64).to_le_bytes());
            for text in list {
                feed(&mut hasher, text);
            }
        }
        hasher.update(&(self.actors.len() as u64).to_le_bytes());
        for actor in &self.actors {
            feed(&mut hasher, &actor.name);
            feed(&mut hasher, actor.role.as_str());
            feed(&mut hasher, actor.country.as_deref().unwrap_or_default());
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        hash
    }
}

/// Adds a text with its length, so that `ab` + `c` and `a` + `bc` differ.
fn feed(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(title: &str) -> Document {
        let day = NaiveDate::from_ymd_opt(2019, 7, 1).expect("a day");
        Document::new(Kind::Paper, "arxiv:1907.00001".into(), title.into(), day, DatePrecision::Day)
    }

    #[test]
    fn the_content_hash_ignores_where_a_document_was_read() {
        let mut other = paper("a");
        other.source.record = 7;
        assert_eq!(paper("a").content_hash(), other.content_hash());
        assert_ne!(paper("a").content_hash(), paper("b").content_hash());
    }
}
