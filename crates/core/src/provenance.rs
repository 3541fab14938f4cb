//! From what a result was computed: evidence snapshots, pack version, as-of date.
//!
//! Nothing computed is stored as truth. These three are enough to compute a result again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One evidence snapshot, or one table of figures, that a result used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRef {
    /// Name of the snapshot or figures table.
    pub id: String,
    /// Content hash.
    pub hash: String,
    /// How many records it holds.
    pub records: u64,
}

/// The pack that a result used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// The pack's id.
    pub id: String,
    /// Content hash over the pack and what it extends.
    pub hash: String,
}

/// What a result was computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Evidence, in the order of their ids.
    pub evidence: Vec<EvidenceRef>,
    /// The pack; absent when the result needed none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<PackRef>,
    /// The day from whose point of view the result speaks.
    pub as_of: NaiveDate,
    /// Version of the program.
    pub program: String,
}
