//! City fit: what local actors do beside what the nation does, by the places that documents name.
//!
//! Which places are local is said by the pack; this module knows none.

use crate::actors::location_quotient;
use crate::counts::DocumentTable;
use crate::result::CityFit;

/// Fewest local documents of the window from which a share is taken.
const MIN_LOCAL: u64 = 20;
/// Fewest national documents of a topic.
const MIN_NATIONAL: u64 = 5;

/// The names by which sources call the city and its country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceNames {
    /// Names of the city and of its parts.
    pub local: Vec<String>,
    /// Names and codes of the country. What is local is national too.
    pub national: Vec<String>,
}

/// Where a document comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) is_local: bool,
    pub(super) is_national: bool,
}

/// Returns the origin of each place of the table.
pub(super) fn origins(names: &PlaceNames, table: &DocumentTable) -> Vec<Origin> {
    table
        .place_names
        .names()
        .iter()
        .map(|place| {
            let place = place.to_lowercase();
            let is_named = |names: &[String]| names.iter().any(|name| holds(&place, name));
            let is_local = is_named(&names.local);
            Origin { is_local, is_national: is_local || is_named(&names.national) }
        })
        .collect()
}

/// Whether a place (lower case) holds a name: Latin names as whole words, others anywhere.
fn holds(place: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    if !name.is_ascii() {
        return place.contains(&name);
    }
    let is_end = |character: Option<char>| character.is_none_or(|c| !c.is_ascii_alphanumeric());
    !name.is_empty()
        && place.match_indices(&name).any(|(start, _)| {
            is_end(place[..start].chars().next_back())
                && is_end(place[start + name.len()..].chars().next())
        })
}

/// Counts of documents by origin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OriginCounts {
    local: u64,
    national: u64,
}

impl OriginCounts {
    pub(super) fn of(origins: impl Iterator<Item = Origin>) -> Self {
        let mut counts = Self::default();
        for origin in origins {
            counts.local += u64::from(origin.is_local);
            counts.national += u64::from(origin.is_national);
        }
        counts
    }
}

/// Compares a topic with all documents; `None` where too few documents say where they come from.
pub(super) fn city_fit(topic: OriginCounts, all: OriginCounts) -> Option<CityFit> {
    if all.local < MIN_LOCAL || topic.national < MIN_NATIONAL {
        return None;
    }
    Some(CityFit {
        quotient: location_quotient(topic.local, all.local, topic.national, all.national)?,
        local_documents: topic.local,
        local_all: all.local,
        national_documents: topic.national,
        national_all: all.national,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_whole_words_or_by_chinese_characters() {
        for (place, name, expected) in [
            ("harbourville, qx", "Harbourville", true),
            ("new harbourvilles", "Harbourville", false),
            ("qx", "QX", true),
            ("qxy", "QX", false),
            ("海港市织造路3号", "海港", true),
            ("山城", "海港", false),
            ("", "QX", false),
            ("qx", "", false),
        ] {
            assert_eq!(holds(place, name), expected, "{name} in {place}");
        }
    }

    #[test]
    fn a_fit_needs_local_documents_and_national_ones_of_the_topic() {
        let counts = |local, national| OriginCounts { local, national };
        let fit = |topic, all| city_fit(topic, all).map(|fit| fit.quotient);
        assert_eq!(fit(counts(4, 10), counts(20, 100)), Some(2.0));
        assert_eq!(fit(counts(0, 10), counts(20, 100)), Some(0.0));
        assert_eq!(fit(counts(4, 10), counts(19, 100)), None, "too few local documents");
        assert_eq!(fit(counts(4, 4), counts(20, 100)), None, "too few documents of the topic");
    }
}
