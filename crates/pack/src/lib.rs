//! The city pack: a city's own policy as data. Schema types, loader, linter.
//!
//! A pack is a folder of small TOML files (`docs/guide/pack.md`). [`load`] reads it together with the pack that it
//! extends and returns everything that is wrong at once, each with file, line, code and next step.
//!
//! Floor 1. This crate reads files below the folder that it is given and nothing else: no clock, no environment,
//! no network. It knows what a track or a target is, and not one of them by name.
//!
//! # Invariants
//!
//! - No input makes it panic.
//! - A pack that is returned has no finding of severity error.
//! - The same files give the same pack, the same findings and the same hash on every machine.

mod draft;
mod finding;
mod hash;
pub mod kind;
mod lint;
mod origin;
mod pack;
mod read;
pub mod record;
mod schemas;
mod shape;
mod tree;

use std::path::Path;
use std::sync::Arc;

use linghang_core::{Diagnostic, Severity, diagnostic};

pub use kind::Kind;
pub use origin::{Excerpt, Origins, Place};
pub use pack::{Pack, Shelf};
pub use record::{Selector, Terms, Track};
pub use schemas::schemas;

/// What came of loading a pack.
#[derive(Debug)]
pub struct Loaded {
    /// The pack; absent when a finding is an error.
    pub pack: Option<Pack>,
    /// Everything found, sorted by file, line and code.
    pub diagnostics: Vec<Diagnostic>,
    /// Content hash over the files read, as 64 hexadecimal digits; also there when the pack is refused.
    pub hash: String,
}

impl Loaded {
    /// Returns whether a finding is an error, so that there is no pack.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads and checks the pack in a folder, and the packs that it extends in the folders beside it.
///
/// Files in findings are relative to `dir`; those of a pack that is extended begin with `../`.
pub fn load(dir: &Path) -> Loaded {
    let (layers, found) = read::read_chain(dir);
    check(&layers, found)
}

/// Checks files that are held in memory as if they lay in one folder, by path and content. A file that a pack does not
/// have is told; what the pack extends is not looked for.
pub fn check_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Loaded {
    let (layer, found) = read::layer_of(files);
    check(&[layer], found)
}

/// Checks what was read. Total: any bytes in any files give a result.
fn check(layers: &[read::Layer], mut diagnostics: Vec<Diagnostic>) -> Loaded {
    let hash = hash::hash(layers);
    let (draft, found) = draft::assemble(layers);
    diagnostics.extend(found);
    diagnostics.extend(lint::lint(&draft));
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let mut pack = None;
    if !diagnostics.iter().any(is_error) {
        pack = Pack::from_draft(&draft, hash.clone(), &mut diagnostics);
        if diagnostics.iter().any(is_error) {
            pack = None;
        }
        if let Some(pack) = &mut pack {
            pack.origins = Arc::new(Origins::new(draft));
        }
    }
    diagnostic::sort(&mut diagnostics);
    Loaded { pack, diagnostics, hash }
}

#[cfg(test)]
mod tests;
