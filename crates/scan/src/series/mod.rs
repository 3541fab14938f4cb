//! What one yearly curve can tell: bursts, life cycle, onset, stage, forecast, lead and lag.
//!
//! Input is always a [`Series`]; nothing here knows documents, terms or corpora.

pub mod burst;
mod count_table;
pub mod forecast;
pub mod lead_lag;
pub mod life_cycle;
pub mod onset;
pub mod poisson;
pub mod stage;

use linghang_core::Year;
use serde::{Deserialize, Serialize};

/// Documents with a term, and all documents, for consecutive years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The year of the last entry. With an as-of date inside a year, a "year" is the twelve months that end in it.
    pub last_year: Year,
    /// Documents with the term, oldest first.
    pub counts: Vec<u32>,
    /// All documents, same length as `counts`.
    pub totals: Vec<u32>,
}

impl Series {
    /// Returns the year of entry `index`.
    pub fn year(&self, index: usize) -> Year {
        self.last_year - (self.counts.len() as Year - 1) + index as Year
    }

    /// Returns the share of documents with the term in entry `index`; zero where there are no documents.
    pub fn share(&self, index: usize) -> f64 {
        match self.totals[index] {
            0 => 0.0,
            total => f64::from(self.counts[index]) / f64::from(total),
        }
    }
}
