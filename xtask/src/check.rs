//! `cargo xtask check`: all checks, cheapest first, every finding of a step at once.

use anyhow::{Result, bail};

use crate::workspace::cargo;
use crate::{finding, floors, generate, tidy};

/// A name for the summary, and what is done.
type Step = (&'static str, fn() -> Result<()>);

/// Runs every step even after one failed, so that one run tells all there is to change.
pub(crate) fn run() -> Result<()> {
    let steps: [Step; 5] = [
        ("format", || cargo(&["fmt", "--all", "--check"])),
        ("tidy", || finding::report("tidy", &tidy::findings()?)),
        ("floors", || finding::report("floors", &floors::findings()?)),
        ("lints", || {
            cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
        }),
        ("generated files", || finding::report("generated files", &generate::drift()?)),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        if let Err(error) = step() {
            eprintln!("failed: {error:#}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("not ready: {}", failed.join(", "));
    }
    Ok(())
}
