//! Entries of a payments ledger: paying the same thing twice is refused, money comes back as a negative entry.
//!
//! The ledger itself is kept elsewhere; here is only what must hold for it.

use std::collections::BTreeMap;

use linghang_core::{Fen, Year};
use serde::{Deserialize, Serialize};

/// One entry. It carries enough to compute the amount again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the decision that is carried out; each is carried out once.
    pub decision: String,
    /// Unified social credit code.
    pub enterprise: String,
    /// `programme/award`.
    pub award: String,
    /// The period that is paid.
    pub period: Year,
    /// The amount; negative when money comes back.
    pub amount: Fen,
    /// Content hash of the pack.
    pub pack: String,
    /// Content hash of the facts.
    pub facts: String,
    /// Who approved.
    pub approver: String,
}

/// Why an entry was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The decision was carried out before.
    #[error("decision {0} was carried out before")]
    Twice(String),
    /// More was paid than is due for this claim.
    #[error("{award}: {paid} was paid for {period}, {entitled} is due; nothing more can be paid")]
    MoreThanDue {
        /// The award.
        award: String,
        /// The period.
        period: Year,
        /// Paid so far, with the refused entry.
        paid: Fen,
        /// What the claim gives.
        entitled: Fen,
    },
    /// More would come back than was paid.
    #[error("{award}: only {paid} was paid for {period}; more cannot come back")]
    MoreThanPaid {
        /// The award.
        award: String,
        /// The period.
        period: Year,
        /// Paid so far.
        paid: Fen,
    },
}

impl LedgerError {
    /// Stable code, never reused for another meaning.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Twice(_) => "rules.paid_twice",
            Self::MoreThanDue { .. } => "rules.more_than_due",
            Self::MoreThanPaid { .. } => "rules.more_than_paid",
        }
    }
}

/// Entries in the order in which they were made, and what they come to per claim.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    decisions: BTreeMap<String, usize>,
    sums: BTreeMap<(String, String, Year), i64>,
}

impl Ledger {
    /// Adds an entry for a claim that gives `entitled` in its period.
    ///
    /// # Errors
    ///
    /// When the decision was carried out before, when the claim would be paid more than it gives, or when more would
    /// come back than was paid. A refused entry changes nothing.
    pub fn add(&mut self, entry: Entry, entitled: Fen) -> Result<(), LedgerError> {
        if self.decisions.contains_key(&entry.decision) {
            return Err(LedgerError::Twice(entry.decision));
        }
        let claim = (entry.enterprise.clone(), entry.award.clone(), entry.period);
        let before = self.sums.get(&claim).copied().unwrap_or(0);
        let after = before.saturating_add(entry.amount.0);
        let (award, period) = (entry.award.clone(), entry.period);
        if entry.amount.0 > 0 && after > entitled.0 {
            return Err(LedgerError::MoreThanDue { award, period, paid: Fen(after), entitled });
        }
        if after < 0 {
            return Err(LedgerError::MoreThanPaid { award, period, paid: Fen(before) });
        }
        self.sums.insert(claim, after);
        self.decisions.insert(entry.decision.clone(), self.entries.len());
        self.entries.push(entry);
        Ok(())
    }

    /// All entries in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What a claim was paid, clawbacks taken off.
    pub fn paid(&self, enterprise: &str, award: &str, period: Year) -> Fen {
        let claim = (enterprise.to_owned(), award.to_owned(), period);
        Fen(self.sums.get(&claim).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(decision: &str, fen: i64) -> Entry {
        Entry {
            decision: decision.into(),
            enterprise: "E1".into(),
            award: "p/a".into(),
            period: 2025,
            amount: Fen(fen),
            pack: "b3:1".into(),
            facts: "b3:2".into(),
            approver: "officer".into(),
        }
    }

    #[test]
    fn neither_a_decision_nor_a_claim_is_paid_twice() {
        let mut ledger = Ledger::default();
        let mut add = |decision, fen| {
            ledger.add(entry(decision, fen), Fen(100)).map_err(|error| error.code())
        };
        assert_eq!(add("d1", 100), Ok(()));
        assert_eq!(add("d1", 100), Err("rules.paid_twice"));
        assert_eq!(add("d2", 1), Err("rules.more_than_due"));
        assert_eq!(add("d3", -101), Err("rules.more_than_paid"));
        assert_eq!(add("d3", -100), Ok(()));
        assert_eq!(add("d4", 100), Ok(()));
        assert_eq!(ledger.paid("E1", "p/a", 2025), Fen(100));
        assert_eq!(ledger.entries().len(), 3);
    }
}
