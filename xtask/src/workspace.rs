//! Where the workspace lies, which files it has, and how `cargo` is started in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Returns the root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A text file of the workspace.
pub(crate) struct TextFile {
    /// Relative to the root, with `/` between the parts.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// Reads every file below `folder` with the given ending, in order of their paths; none when there is no folder.
pub(crate) fn texts(folder: &str, ending: &str) -> Result<Vec<TextFile>> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths)?;
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// Reads one file, named relative to the root.
pub(crate) fn text(path: &str) -> Result<String> {
    let path = root().join(path);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Runs `cargo` with these words at the root and fails when it does.
pub(crate) fn cargo(words: &[&str]) -> Result<()> {
    eprintln!("cargo {}", words.join(" "));
    let status = Command::new("cargo").args(words).current_dir(root()).status()?;
    if !status.success() {
        bail!("`cargo {}` failed", words.join(" "));
    }
    Ok(())
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            paths.push(path);
        } else if path.file_name().is_some_and(|name| name != "target") {
            walk(&path, paths)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<TextFile> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let below = path.strip_prefix(root()).context("the walk began at the root")?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(TextFile { path: parts.join("/"), text })
}
