//! Whether a term names a phrase: is it, or holds it as whole words.
//!
//! English words are separated by spaces, so `drone` is named by `drone swarm` but not by `drones` or `hydrone`;
//! Chinese is not separated, so there a phrase is named where its characters stand together.

/// Returns whether `text` is `phrase` or holds it as whole words. Both are normalised; an empty phrase is never named.
pub(super) fn names(text: &str, phrase: &str) -> bool {
    if phrase.is_empty() {
        return false;
    }
    if !phrase.is_ascii() {
        return text.contains(phrase);
    }
    text.match_indices(phrase).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let after = text[start + found.len()..].chars().next();
        let is_border = |next: Option<char>| next.is_none_or(|next| !next.is_ascii_alphanumeric());
        is_border(before) && is_border(after)
    })
}

/// Returns the phrases that the text names, in order.
pub(super) fn named<'a>(text: &str, phrases: &'a [String]) -> Vec<&'a str> {
    let mut found: Vec<&str> =
        phrases.iter().map(String::as_str).filter(|phrase| names(text, phrase)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns whether a class list entry covers a class: the same, or a part of it.
///
/// `ipc:B64` covers `ipc:B64C` and `ipc:B64C 39/02`, `arxiv:cs` covers `arxiv:cs.RO`; `arxiv:math` does not cover
/// `arxiv:math-ph`, which is another archive.
pub(super) fn covers(entry: &str, class: &str) -> bool {
    !entry.is_empty() && class.strip_prefix(entry).is_some_and(|rest| !rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_named_by_itself_and_by_longer_terms_with_whole_words() {
        for (text, phrase, expected) in [
            ("drone", "drone", true),
            ("drone swarm", "drone", true),
            ("hydrone", "drone", false),
            ("drones", "drone", false),
            ("hydrone drone", "drone", true),
            ("soft robot arm", "robot arm", true),
            ("robot soft arm", "robot arm", false),
            ("低空经济政策", "低空经济", true),
            ("低空", "低空经济", false),
            ("无人机 drone", "drone", true),
            ("anything", "", false),
        ] {
            assert_eq!(names(text, phrase), expected, "{text} / {phrase}");
        }
    }

    #[test]
    fn a_class_covers_its_parts_but_not_its_neighbours() {
        for (entry, class, expected) in [
            ("ipc:B64", "ipc:B64C", true),
            ("ipc:B64C", "ipc:B64", false),
            ("arxiv:cs.RO", "arxiv:cs.RO", true),
            ("arxiv:math", "arxiv:math-ph", false),
            ("arxiv:cs", "cs.RO", false),
            ("", "ipc:B64", false),
        ] {
            assert_eq!(covers(entry, class), expected, "{entry} / {class}");
        }
    }
}
