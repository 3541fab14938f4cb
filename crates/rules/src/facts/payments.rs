//! Payments of the past by the ids that the books use; a rule set reads them with its own places.

use std::collections::BTreeMap;

use linghang_core::{Fen, Year};

use crate::model::RuleSet;
use crate::money::{History, Payment};

/// All payments that evidence holds.
#[derive(Debug, Clone, Default)]
pub struct PaidBefore {
    ids: BTreeMap<String, u32>,
    payments: Vec<(u32, Year, u32, Fen)>,
}

impl PaidBefore {
    /// Adds a payment to the enterprise in a row, under `programme/award`, for a period.
    pub fn add(&mut self, row: u32, period: Year, award: &str, amount: Fen) {
        let next = self.ids.len() as u32;
        let id = *self.ids.entry(award.to_owned()).or_insert(next);
        self.payments.push((row, period, id, amount));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.payments.is_empty()
    }

    /// The payments to one enterprise, as in [`Self::history`].
    pub fn of_row(&self, rules: &RuleSet, row: u32) -> Vec<Payment> {
        if !self.payments.iter().any(|(other, ..)| *other == row) {
            return Vec::new();
        }
        let own = self.payments.iter().filter(|(other, ..)| *other == row).copied();
        let own = Self { ids: self.ids.clone(), payments: own.collect() };
        own.history(rules).of(row).to_vec()
    }

    /// The payments by the places of a rule set. What it does not know counts for the ceiling only.
    pub fn history(&self, rules: &RuleSet) -> History {
        let mut places = vec![None; self.ids.len()];
        for (at, award) in rules.awards.iter().enumerate() {
            if let Some(id) = self.ids.get(&award.id) {
                places[*id as usize] = Some(at as u16);
            }
        }
        let one = |(row, period, id, amount): &(u32, Year, u32, Fen)| Payment {
            row: *row,
            period: *period,
            award: places[*id as usize],
            amount: *amount,
        };
        History::new(self.payments.iter().map(one).collect())
    }
}
