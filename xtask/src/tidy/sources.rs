//! Each Rust file opens with what belongs in it, and none grows without end.

use anyhow::Result;

use crate::finding::Finding;
use crate::workspace::{TextFile, texts};

/// Folders with Rust code.
const FOLDERS: [&str; 4] = ["crates", "xtask", "bench", "fuzz"];
const MOST_LINES: usize = 500;

/// Checks every Rust file of the workspace.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for folder in FOLDERS {
        for file in texts(folder, "rs")? {
            findings.extend(check(&file));
        }
    }
    Ok(findings)
}

fn check(file: &TextFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |message: String| findings.push(Finding::new(&file.path, message));
    if !file.text.starts_with("//! ") {
        say("must open with `//!`: what belongs in this file, and what does not".to_owned());
    }
    let lines = file.text.lines().count();
    if lines > MOST_LINES {
        say(format!("has {lines} lines; split it before {MOST_LINES}"));
    }
    for (index, line) in file.text.lines().enumerate() {
        // Written in two parts so that this file does not find itself.
        if [concat!("TO", "DO"), concat!("FIX", "ME")].iter().any(|word| line.contains(word)) {
            say(format!("line {}: open work belongs in an issue, not in the code", index + 1));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::lines;

    fn check(text: &str) -> String {
        lines(&super::check(&TextFile { path: "a.rs".to_owned(), text: text.to_owned() }))
    }

    #[test]
    fn a_short_file_with_a_header_is_fine() {
        assert_eq!(check("//! Adds.\n\nfn add() {}\n"), "");
    }

    #[test]
    fn a_file_without_a_header_is_named() {
        insta::assert_snapshot!(
            check("// Adds.\n"),
            @"a.rs: must open with `//!`: what belongs in this file, and what does not"
        );
    }

    #[test]
    fn a_file_of_exactly_the_limit_is_fine_and_one_more_line_is_not() {
        let header = "//! Long.\n";
        assert_eq!(check(&format!("{header}{}", "\n".repeat(MOST_LINES - 1))), "");
        insta::assert_snapshot!(
            check(&format!("{header}{}", "\n".repeat(MOST_LINES))),
            @"a.rs: has 501 lines; split it before 500"
        );
    }

    #[test]
    fn open_work_is_not_left_in_the_code() {
        insta::assert_snapshot!(
            check(concat!("//! A.\n// TO", "DO later\n")),
            @"a.rs: line 2: open work belongs in an issue, not in the code"
        );
    }
}
