//! `cargo xtask gen`: files that are made from the code, committed, and checked for drift.
//!
//! - `schemas/*.json`: one JSON Schema for each kind of pack file, from the record types of `linghang-pack`.
//! - `docs/guide/cli.md`: the command-line reference, from the executable's own help.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::finding::Finding;
use crate::workspace::{root, texts};

const SCHEMAS: &str = "schemas";
const CLI: &str = "docs/guide/cli.md";
const AGAIN: &str = "run `cargo xtask gen`";

/// Writes every generated file and removes schemas that no kind has any more.
pub(crate) fn write() -> Result<()> {
    let wanted = wanted()?;
    for (path, text) in &wanted {
        let path = root().join(path);
        let folder = path.parent().context("every generated file lies in a folder")?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, text)?;
    }
    for path in stale(&wanted)? {
        std::fs::remove_file(root().join(path))?;
    }
    eprintln!("wrote {} files", wanted.len());
    Ok(())
}

/// Returns each generated file that differs from its source, is missing, or has none.
pub(crate) fn drift() -> Result<Vec<Finding>> {
    let wanted = wanted()?;
    let mut findings = Vec::new();
    for (path, text) in &wanted {
        match std::fs::read_to_string(root().join(path)) {
            Ok(found) if found == *text => {}
            Ok(_) => findings.push(Finding::new(path, format!("differs from its source; {AGAIN}"))),
            Err(_missing) => findings.push(Finding::new(path, format!("is missing; {AGAIN}"))),
        }
    }
    for path in stale(&wanted)? {
        findings.push(Finding::new(path, format!("has no source any more; {AGAIN}")));
    }
    Ok(findings)
}

/// Path and text of every generated file.
fn wanted() -> Result<Vec<(String, String)>> {
    let mut files: Vec<(String, String)> = linghang_pack::schemas()
        .into_iter()
        .map(|(name, text)| (format!("{SCHEMAS}/{name}"), with_newline(&text)))
        .collect();
    match cli_reference() {
        Ok(text) => files.push((CLI.to_owned(), with_newline(&text))),
        Err(error) if !root().join(CLI).exists() => eprintln!("left out {CLI}: {error:#}"),
        Err(error) => return Err(error),
    }
    Ok(files)
}

/// Asks the executable for its reference.
fn cli_reference() -> Result<String> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "linghang-cli", "--", "help-markdown"])
        .current_dir(root())
        .output()?;
    if !output.status.success() {
        bail!(
            "`linghang help-markdown` failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    if output.stdout.is_empty() {
        bail!("`linghang help-markdown` prints nothing");
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn stale(wanted: &[(String, String)]) -> Result<Vec<String>> {
    let wanted: BTreeSet<&str> = wanted.iter().map(|(path, _)| path.as_str()).collect();
    let found = texts(SCHEMAS, "json")?;
    Ok(found
        .into_iter()
        .map(|file| file.path)
        .filter(|path| !wanted.contains(path.as_str()))
        .collect())
}

fn with_newline(text: &str) -> String {
    format!("{}\n", text.trim_end())
}
