//! What was paid to whom under which award: the evidence that feeds caps, groups and the ceiling.

use linghang_core::{Fen, Year};

use super::terms::AwardIx;

/// One payment of the past; a clawback is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payment {
    /// Row of the enterprise.
    pub row: u32,
    /// The period that the payment was for.
    pub period: Year,
    /// The award; absent when the rule set does not know it, so that it counts for the ceiling only.
    pub award: Option<AwardIx>,
    /// The amount.
    pub amount: Fen,
}

/// All payments, by enterprise.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Sorted, so that those of one enterprise lie together, and in it those of one period and award.
    payments: Vec<Payment>,
}

impl History {
    /// Takes payments in any order.
    pub fn new(mut payments: Vec<Payment>) -> Self {
        payments.sort_unstable();
        Self { payments }
    }

    /// The payments of the enterprises in a range of rows, sorted by row.
    pub fn of_rows(&self, rows: std::ops::Range<u32>) -> &[Payment] {
        let from = self.payments.partition_point(|payment| payment.row < rows.start);
        let to = self.payments.partition_point(|payment| payment.row < rows.end);
        &self.payments[from..to]
    }

    /// The payments of one enterprise.
    pub fn of(&self, row: u32) -> &[Payment] {
        self.of_rows(row..row.saturating_add(1))
    }

    /// All payments, sorted by row, period and award.
    pub fn all(&self) -> &[Payment] {
        &self.payments
    }
}

/// The net of some payments, in the order of [`History`].
///
/// A clawback beyond what the same award paid for the same period counts as nothing: it must not widen a limit.
pub(crate) fn net<'a>(payments: impl Iterator<Item = &'a Payment>) -> Fen {
    let mut total = 0_i128;
    let mut claim = None;
    let mut sum = 0_i128;
    for payment in payments {
        let key = Some((payment.row, payment.period, payment.award));
        if key != claim {
            total += sum.max(0);
            (claim, sum) = (key, 0);
        }
        sum += i128::from(payment.amount.0);
    }
    Fen(i64::try_from(total + sum.max(0)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(row: u32, period: Year, fen: i64) -> Payment {
        Payment { row, period, award: Some(0), amount: Fen(fen) }
    }

    #[test]
    fn payments_of_one_enterprise_are_found_whatever_the_order() {
        let history =
            History::new(vec![payment(7, 2025, 3), payment(2, 2024, 1), payment(7, 2024, 2)]);
        assert_eq!(history.of(7).len(), 2);
        assert_eq!(history.of(3).len(), 0);
        assert_eq!(history.all().len(), 3);
    }

    #[test]
    fn a_clawback_lowers_what_was_paid_but_never_below_nothing() {
        assert_eq!(net([payment(1, 2024, 5), payment(1, 2024, -2)].iter()), Fen(3));
        assert_eq!(net([payment(1, 2024, 5), payment(1, 2024, -9)].iter()), Fen(0));
    }
}
