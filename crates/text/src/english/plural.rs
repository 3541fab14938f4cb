//! Plural folding by ending, enough to bring `networks` and `network` together.

use std::borrow::Cow;

/// Words that end like a plural but are not one.
const NOT_PLURAL: [&str; 12] = [
    "always", "analysis", "basis", "bias", "gas", "lens", "perhaps", "series", "species", "aids",
    "news", "thus",
];
/// Words whose singular keeps the e before the ending.
const KEEPS_E: [&str; 5] = ["caches", "niches", "avalanches", "headaches", "axes"];

/// Returns the singular of an English word in lower case; words that are not plurals come back unchanged.
///
/// `k-means` is a name as it stands. Rules: -ies → y, -sses/-shes/-ches/-xes lose `es`, a final s goes unless the word ends in ss, us, is, ous or ics.
pub fn fold_plural(word: &str) -> Cow<'_, str> {
    if !word.ends_with('s') || word.len() < 4 || NOT_PLURAL.contains(&word) {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() < 2 {
            Cow::Borrowed(&word[..word.len() - 1])
        } else {
            Cow::Owned(format!("{stem}y"))
        };
    }
    let sibilant = ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending));
    if sibilant && !KEEPS_E.contains(&word) {
        return Cow::Borrowed(&word[..word.len() - 2]);
    }
    if ["ss", "us", "is", "ics", "-means"].iter().any(|ending| word.ends_with(ending)) {
        return Cow::Borrowed(word);
    }
    Cow::Borrowed(&word[..word.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_only_plurals_are_folded() {
        for (word, expected) in [
            ("networks", "network"),
            ("batteries", "battery"),
            ("approaches", "approach"),
            ("boxes", "box"),
            ("classes", "class"),
            ("caches", "cache"),
            ("analysis", "analysis"),
            ("robotics", "robotics"),
            ("virus", "virus"),
            ("series", "series"),
            ("lens", "lens"),
            ("ties", "tie"),
            ("gps", "gps"),
            ("uavs", "uav"),
            ("x-rays", "x-ray"),
            ("k-means", "k-means"),
        ] {
            assert_eq!(fold_plural(word), expected);
        }
    }
}
