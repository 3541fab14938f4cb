//! Every finding of the loader and the linter: its code, its words in both languages, its next step.
//!
//! A code is never reused for another meaning. `tests/expect/` holds a broken pack for each of them.
//! `file` is about files, `shape` about keys and types, `meaning` about what records say together,
//! `rules` about rule files.

pub(crate) mod file;
pub(crate) mod meaning;
pub(crate) mod rules;
pub(crate) mod shape;

use linghang_core::{Bilingual, Diagnostic};

fn error(code: &'static str, zh: String, en: String) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en))
}

fn warning(code: &'static str, zh: String, en: String) -> Diagnostic {
    Diagnostic::warning(code, Bilingual::new(zh, en))
}

/// Adds "did you mean" when something near enough is known.
fn with_nearest<'a>(
    finding: Diagnostic,
    written: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    match nearest(written, known) {
        Some(name) => finding.with_hint(Bilingual::new(
            format!("是否想写 `{name}`？"),
            format!("did you mean `{name}`?"),
        )),
        None => finding,
    }
}

/// Returns the most similar of the known words, or none when nothing is similar; the first one of equals.
fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this similarity a suggestion confuses more than it helps: measured on swapped, lost and doubled letters.
    const LEAST: f64 = 0.6;
    // Similarity is quadratic in length, and a word this long is no misspelt key.
    if written.len() > 100 {
        return None;
    }
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let likeness = strsim::normalized_damerau_levenshtein(written, name);
        if likeness >= LEAST && best.is_none_or(|(least, _)| likeness > least) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_word_is_suggested() {
        for (written, expected) in
            [("nmae", Some("name")), ("sourc", Some("source")), ("colour", None), ("", None)]
        {
            assert_eq!(nearest(written, ["name", "source"].into_iter()), expected, "{written}");
        }
    }
}
