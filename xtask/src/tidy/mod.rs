//! `cargo xtask tidy`: the rules of the house that a look at the tree can judge. Nothing is built.
//!
//! What the compiler or clippy can see (`unwrap`, missing documentation, printing, long functions) is left to them.

mod glossary;
mod messages;
mod names;
mod sources;

use anyhow::Result;

use crate::finding::Finding;

/// Returns everything that is out of order in the tree.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let mut findings = sources::findings()?;
    findings.extend(names::findings()?);
    findings.extend(messages::findings()?);
    findings.extend(glossary::findings()?);
    Ok(findings)
}
