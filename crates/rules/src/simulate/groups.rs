//! Sums of a reform by groups of enterprises.

use linghang_core::Fen;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::changes::{Change, Totals};
use crate::facts::Segments;

/// One group, such as a district × industry × size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    /// Label for each grouping fact; absent where it is not known.
    pub labels: Vec<Option<String>>,
    /// Its sums.
    pub totals: Totals,
}

/// Collects changes by group.
#[derive(Default)]
pub(crate) struct Groups {
    rows: FxHashMap<Vec<u16>, Totals>,
}

impl Groups {
    pub(crate) fn add(&mut self, segments: &Segments, row: u32, change: &Change) {
        self.rows.entry(segments.of(row as usize)).or_default().add(change);
    }

    /// The groups in the order of their labels in the dictionary; those that are not known come last.
    pub(crate) fn finish(self, segments: &Segments) -> Vec<GroupRow> {
        let mut rows: Vec<(Vec<u16>, Totals)> = self.rows.into_iter().collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let label =
            |(fact, code): (usize, &u16)| segments.label(fact, *code).map(ToOwned::to_owned);
        rows.into_iter()
            .map(|(codes, totals)| GroupRow {
                labels: codes.iter().enumerate().map(label).collect(),
                totals,
            })
            .collect()
    }
}

/// Adds money without losing any.
pub(crate) fn add(sum: &mut Fen, more: i64) {
    sum.0 = sum.0.saturating_add(more);
}
