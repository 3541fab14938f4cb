//! One name for each concept: `docs/glossary.md` holds every record of a pack and every type of the scan's result, in
//! both languages, and names nothing that the code does not have.

use std::collections::BTreeSet;

use anyhow::Result;
use linghang_pack::kind::KINDS;

use crate::finding::Finding;
use crate::workspace::{text, texts};

const GLOSSARY: &str = "docs/glossary.md";
const RESULT: &str = "crates/scan/src/result.rs";
/// Stands in the code column where a concept has no code yet.
const NOT_BUILT: &str = "—";

/// Checks the glossary against the code.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let mut needed: BTreeSet<String> =
        KINDS.iter().map(|spec| format!("{:?}", spec.kind)).collect();
    needed.extend(public_types(&text(RESULT)?));
    let code: Vec<String> = texts("crates", "rs")?.into_iter().map(|file| file.text).collect();
    let glossary = text(GLOSSARY)?;
    let mut findings = check(&glossary, &needed, &code.join("\n"));
    for spec in &KINDS {
        let (zh, name) = (spec.zh, format!("`{:?}`", spec.kind));
        let is_told =
            |row: Vec<&str>| row.first() == Some(&zh) && row.get(2) == Some(&name.as_str());
        if !glossary.lines().filter_map(cells).any(is_told) {
            findings.push(Finding::new(GLOSSARY, format!("{name} is called {zh} by `pack check`")));
        }
    }
    Ok(findings)
}

fn check(glossary: &str, needed: &BTreeSet<String>, code: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    let mut named = BTreeSet::new();
    for (index, line) in glossary.lines().enumerate() {
        let Some(cells) = cells(line) else { continue };
        let mut say = |message: String| {
            findings.push(Finding::new(format!("{GLOSSARY}:{}", index + 1), message));
        };
        let &[zh, en, in_code, _meaning] = cells.as_slice() else {
            say("needs four cells: Chinese, English, code, meaning".to_owned());
            continue;
        };
        if cells.iter().any(|cell| cell.is_empty()) {
            say("has an empty cell".to_owned());
        }
        for name in [zh, en] {
            if !seen.insert(name.to_lowercase()) {
                say(format!("`{name}` stands for two concepts"));
            }
        }
        for name in in_code.split('`').skip(1).step_by(2) {
            if !has_word(code, name) {
                say(format!("`{name}` is not in the code"));
            }
            named.insert(name.to_owned());
        }
        if !in_code.contains('`') && in_code != NOT_BUILT {
            say(format!("write the code name in backticks, or {NOT_BUILT}"));
        }
    }
    for missing in needed.difference(&named) {
        findings.push(Finding::new(GLOSSARY, format!("lacks `{missing}`")));
    }
    findings
}

/// The cells of a row of a table; not of its head and not of the line below the head.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inside.split('|').map(str::trim).collect();
    let is_head = cells.first().is_some_and(|cell| *cell == "中文" || cell.starts_with("--"));
    (!is_head).then_some(cells)
}

fn public_types(source: &str) -> BTreeSet<String> {
    source
        .lines()
        .filter_map(|line| {
            line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
        })
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next())
        .map(str::to_owned)
        .collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::lines;

    fn check(rows: &str) -> String {
        let needed = public_types("pub struct Track {\npub(crate) struct Inner;\n");
        let glossary =
            format!("# 术语\n\n| 中文 | English | Code | Meaning |\n|--|--|--|--|\n{rows}");
        lines(&super::check(&glossary, &needed, "pub struct Track { name }"))
    }

    #[test]
    fn a_full_row_is_fine() {
        assert_eq!(
            check("| 赛道 | track | `Track` | A direction. |\n| 案件 | case | — | Later. |"),
            ""
        );
    }

    #[test]
    fn a_type_of_the_result_must_be_there() {
        insta::assert_snapshot!(check(""), @"docs/glossary.md: lacks `Track`");
    }

    #[test]
    fn a_name_that_the_code_lost_is_found() {
        insta::assert_snapshot!(
            check("| 赛道 | track | `Track`, `Tra` | A direction. |"),
            @"docs/glossary.md:5: `Tra` is not in the code"
        );
    }

    #[test]
    fn one_word_cannot_stand_for_two_concepts() {
        insta::assert_snapshot!(
            check("| 赛道 | track | `Track` | One. |\n| 跑道 | Track | — | |"),
            @"
        docs/glossary.md:6: has an empty cell
        docs/glossary.md:6: `Track` stands for two concepts
        "
        );
    }
}
