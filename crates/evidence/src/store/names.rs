//! Finds the enterprise behind a name where a list gives no code.

use rustc_hash::{FxHashMap, FxHashSet};

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;

use super::Store;
use super::manifest::Manifest;
use crate::enterprise::{Table, code, name};
use crate::error::EvidenceError;
use crate::table::read_columns;

/// Which enterprise a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// The only one of that name: by code where one is known, else by a list's own id.
    One(String),
    /// Several have this name; it stands for none of them.
    Several,
}

/// The enterprises that bear some names, by the id made from the name.
#[derive(Debug, Default)]
pub(super) struct Names {
    found: FxHashMap<String, Match>,
}

impl Names {
    /// Returns the enterprise for an id made from a name; `None` for any other id and for a name nobody bears.
    pub(super) fn get(&self, id: &str) -> Option<&Match> {
        if is_by_name(id) { self.found.get(id) } else { None }
    }

    /// Whether no name leads anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Notes that an enterprise bears a name, if anyone asked for that name.
    pub(super) fn add(&mut self, wanted: &FxHashSet<String>, enterprise: &str, key: &str) {
        if is_by_name(enterprise) || key.is_empty() {
            return;
        }
        let by_name = name::id(key);
        if !wanted.contains(&by_name) {
            return;
        }
        let has_code = enterprise.starts_with(code::SCHEME);
        let new = match self.found.remove(&by_name) {
            None => Match::One(enterprise.to_owned()),
            Some(Match::One(known)) if known == enterprise => Match::One(known),
            Some(Match::One(known)) => match (known.starts_with(code::SCHEME), has_code) {
                (true, false) => Match::One(known),
                (false, true) => Match::One(enterprise.to_owned()),
                _ => Match::Several,
            },
            // An enterprise with a code is better known than several without; two of those stay several.
            Some(Match::Several) => Match::Several,
        };
        self.found.insert(by_name, new);
    }

    /// Adds every wanted name of some snapshots.
    pub(super) fn read(
        &mut self,
        store: &Store,
        snapshots: &[Manifest],
        wanted: &FxHashSet<String>,
    ) -> Result<(), EvidenceError> {
        if wanted.is_empty() {
            return Ok(());
        }
        for manifest in snapshots {
            let folder = store.table_folder(Table::Enterprises).join(&manifest.id);
            for file in &manifest.tables {
                for batch in read_columns(&folder.join(file), &["enterprise", "name_key"])? {
                    let batch = batch?;
                    let columns = text(&batch, "enterprise").zip(text(&batch, "name_key"));
                    let Some((ids, keys)) = columns else { continue };
                    for (id, key) in ids.iter().zip(keys) {
                        self.add(wanted, id.unwrap_or_default(), key.unwrap_or_default());
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether an id is made from a name.
pub(super) fn is_by_name(id: &str) -> bool {
    id.strip_prefix(name::SCHEME).is_some_and(|rest| rest.starts_with(':'))
}

/// Returns a text column of a batch.
pub(super) fn text<'b>(batch: &'b RecordBatch, name: &str) -> Option<&'b arrow_array::StringArray> {
    batch.column_by_name(name)?.as_string_opt::<i32>()
}
