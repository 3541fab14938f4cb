//! That selectors can work: terms in their normal form, codes of the right shape, tracks that can be told apart.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::{Bilingual, Diagnostic};
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding::meaning as finding;
use crate::kind::Kind;

const LANGUAGES: [&str; 2] = ["zh", "en"];

pub(super) fn lint(draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let current = current_generations(draft);
    if current.is_empty() && draft.of_kind(Kind::Track).next().is_some() {
        findings.push(finding::no_current_generation());
    }
    // Seeds by generation and term, to find those that two tracks of one list share.
    let mut owners: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for record in draft.of_kind(Kind::Track) {
        let generation = record.value.get("generation").and_then(Value::as_str).unwrap_or_default();
        if current.contains(generation) {
            lint_presence(draft, record, findings);
        }
        for (term, inside) in terms(record, "seeds") {
            let owner = *owners.entry((generation, term)).or_insert(&record.id);
            if owner != record.id {
                findings.push(draft.at(record, &inside, finding::shared_seed(term, owner)));
            }
        }
    }
    for kind in [Kind::Track, Kind::Field] {
        for record in draft.of_kind(kind) {
            lint_terms(draft, record, findings);
            lint_codes(draft, record, findings);
        }
    }
}

fn current_generations(draft: &Draft) -> BTreeSet<&str> {
    draft
        .of_kind(Kind::Generation)
        .filter(|record| record.value.get("current") == Some(&Value::Bool(true)))
        .map(|record| record.id.as_str())
        .collect()
}

fn lint_presence(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    let count = |language| list(record, &format!("/selector/seeds/{language}")).count();
    let found = match (count("zh"), count("en")) {
        (0, 0) => finding::empty_selector(None),
        (0, _) => finding::empty_selector(Some(&Bilingual::new("中文", "Chinese"))),
        (_, 0) => finding::empty_selector(Some(&Bilingual::new("英文", "English"))),
        _ => return,
    };
    findings.push(draft.at(record, "/selector", found));
}

fn lint_terms(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    for group in ["seeds", "negatives"] {
        for language in LANGUAGES {
            let mut seen = BTreeSet::new();
            for (term, inside) in list(record, &format!("/selector/{group}/{language}")) {
                if !is_normal(term) {
                    findings.push(draft.at(record, &inside, finding::term_shape(term)));
                }
                if !seen.insert(term) {
                    findings.push(draft.at(record, &inside, finding::repeated_term(term)));
                }
            }
        }
    }
    let seeds: BTreeSet<&str> = terms(record, "seeds").map(|(term, _)| term).collect();
    for (term, inside) in terms(record, "negatives") {
        if seeds.contains(term) {
            findings.push(draft.at(record, &inside, finding::seed_is_negative(term)));
        }
    }
}

fn lint_codes(draft: &Draft, record: &RawRecord, findings: &mut Vec<Diagnostic>) {
    for (code, inside) in list(record, "/selector/ipc") {
        if !is_ipc_subclass(code) {
            findings.push(draft.at(record, &inside, finding::ipc_shape(code)));
        }
    }
    for (code, inside) in list(record, "/selector/arxiv") {
        if !is_arxiv_category(code) {
            findings.push(draft.at(record, &inside, finding::arxiv_shape(code)));
        }
    }
}

/// Returns the terms of a group in both languages, each with its pointer.
fn terms<'a>(record: &'a RawRecord, group: &str) -> impl Iterator<Item = (&'a str, String)> {
    let pointers = LANGUAGES.map(|language| format!("/selector/{group}/{language}"));
    pointers.into_iter().flat_map(|pointer| list(record, &pointer).collect::<Vec<_>>())
}

/// Returns the texts of a list, each with its pointer.
fn list<'a>(record: &'a RawRecord, pointer: &str) -> impl Iterator<Item = (&'a str, String)> {
    let items = record.value.pointer(pointer).and_then(Value::as_array);
    let pointer = pointer.to_owned();
    items.into_iter().flatten().enumerate().filter_map(move |(place, item)| {
        item.as_str().map(|text| (text, format!("{pointer}/{place}")))
    })
}

fn is_normal(term: &str) -> bool {
    let mut words = term.split(' ');
    !term.chars().any(|c| c.is_uppercase() || (c.is_whitespace() && c != ' '))
        && words.all(|word| !word.is_empty() && has_hyphen_of_terms(word))
}

/// A hyphen stays in a term after a single first letter (`x-ray`); elsewhere a term has a space.
fn has_hyphen_of_terms(word: &str) -> bool {
    word.split_once('-').is_none_or(|(letter, rest)| letter.len() == 1 && !rest.contains('-'))
}

/// One letter A to H, two digits, one letter.
fn is_ipc_subclass(code: &str) -> bool {
    matches!(code.as_bytes(), [b'A'..=b'H', b'0'..=b'9', b'0'..=b'9', b'A'..=b'Z'])
}

/// An archive (`quant-ph`), and for most a subject after the dot (`cs.RO`, `cond-mat.mtrl-sci`).
fn is_arxiv_category(code: &str) -> bool {
    let is_words = |text: &str| {
        text.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
    };
    match code.split_once('.') {
        None => is_words(code),
        Some((archive, subject)) => {
            let is_code = subject.len() == 2 && subject.bytes().all(|b| b.is_ascii_uppercase());
            is_words(archive) && (is_code || is_words(subject))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_by_their_shape() {
        for (code, expected) in
            [("B64U", true), ("B64", false), ("b64u", false), ("I01A", false), ("B64U10", false)]
        {
            assert_eq!(is_ipc_subclass(code), expected, "{code}");
        }
        for (code, expected) in [
            ("cs.RO", true),
            ("quant-ph", true),
            ("cond-mat.mtrl-sci", true),
            ("physics.space-ph", true),
            ("cs.ro2", false),
            ("CS.RO", false),
            ("cs.", false),
            ("", false),
        ] {
            assert_eq!(is_arxiv_category(code), expected, "{code}");
        }
    }

    #[test]
    fn a_term_is_lower_case_with_single_spaces() {
        for (term, expected) in [
            ("car t-cell", true),
            ("single-cell", false),
            ("x-ray-like", false),
            ("具身智能", true),
            ("UAV", false),
            (" uav", false),
            ("a  b", false),
            ("", false),
        ] {
            assert_eq!(is_normal(term), expected, "{term:?}");
        }
    }
}
