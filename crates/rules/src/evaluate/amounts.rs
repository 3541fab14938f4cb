//! Amounts of eligible rows, and the money stages before the pools.

use linghang_core::Fen;
use linghang_expr::{Amount, Batch};

use super::judge::{Masks, Verdict};
use super::result::PaidLine;
use super::sum;
use crate::model::{Award, RuleSet};
use crate::money::settle::settle_alone;
use crate::money::{Claim, History, Payment, settle};

/// Amounts of a batch, and the decisions after them.
pub(crate) struct Claims {
    /// Row in the batch and claim, award by award.
    pub(crate) claims: Vec<(u32, Claim)>,
    /// Decisions by award.
    pub(crate) verdicts: Vec<Verdict>,
}

/// Computes the amounts of all eligible rows. An amount that is not known turns yes into unknown, one that does not
/// fit into an error of that enterprise alone.
pub(crate) fn claims(rules: &RuleSet, batch: &Batch, masks: &[Masks]) -> Claims {
    let mut claims = Vec::new();
    let mut verdicts = Vec::with_capacity(masks.len());
    for (at, (award, masks)) in rules.awards.iter().zip(masks).enumerate() {
        let rows: Vec<u32> = masks.yes.set_indices_u32().collect();
        let odd = award_claims(rules, award, at as u16, batch, &rows, &mut claims);
        verdicts.push(Verdict { masks: corrected(masks, &odd) });
    }
    Claims { claims, verdicts }
}

/// Rows whose amount is not known, and rows where it does not fit.
#[derive(Default)]
struct Odd {
    unknown: Vec<u32>,
    error: Vec<u32>,
}

fn award_claims(
    rules: &RuleSet,
    award: &Award,
    at: u16,
    batch: &Batch,
    rows: &[u32],
    claims: &mut Vec<(u32, Claim)>,
) -> Odd {
    let mut odd = Odd::default();
    if let Some(gross) = award.fixed {
        claims.extend(rows.iter().map(|row| (*row, Claim { award: at, gross })));
        return odd;
    }
    let amounts = award.pay.program.amounts(batch, rows, rules.as_of.legal);
    claims.reserve(rows.len());
    for (row, amount) in rows.iter().zip(amounts) {
        match amount {
            Amount::Known(fen) => claims.push((*row, Claim { award: at, gross: Fen(fen) })),
            Amount::Unknown => odd.unknown.push(*row),
            Amount::Overflow => odd.error.push(*row),
        }
    }
    odd
}

fn corrected(masks: &Masks, odd: &Odd) -> Masks {
    if odd.unknown.is_empty() && odd.error.is_empty() {
        return masks.clone();
    }
    let odd_rows = odd.unknown.iter().chain(&odd.error).copied();
    let mut corrected = masks.clone();
    corrected.yes = &masks.yes & &!&sum::set(masks.yes.len(), odd_rows);
    corrected.add_errors(odd.error.iter().copied());
    corrected
}

/// Settles all claims of a batch; lines come back by row, then award.
pub(crate) fn settle_all(
    rules: &RuleSet,
    history: &History,
    claims: Vec<(u32, Claim)>,
    start: usize,
    rows: usize,
) -> Vec<PaidLine> {
    let (ends, claims) = by_row(claims, rows);
    let first = start as u32;
    let paid = history.of_rows(first..first + rows as u32);
    let limits = Limits::new(rules);
    let mut lines = Vec::with_capacity(claims.len());
    let (mut from, mut cursor) = (0, 0);
    for (row, end) in ends.into_iter().enumerate() {
        let own = &claims[from..end as usize];
        if own.is_empty() {
            continue;
        }
        from = end as usize;
        let id = first + row as u32;
        while cursor < paid.len() && paid[cursor].row < id {
            cursor += 1;
        }
        let until = cursor + paid[cursor..].partition_point(|payment| payment.row == id);
        limits.settle(rules, id, own, &paid[cursor..until], &mut lines);
    }
    lines
}

/// Sorts claims by row; within a row they stay in the order of awards. Also says where each row's claims end.
fn by_row(claims: Vec<(u32, Claim)>, rows: usize) -> (Vec<u32>, Vec<Claim>) {
    let mut places = vec![0_u32; rows];
    for (row, _) in &claims {
        places[*row as usize] += 1;
    }
    let mut sum = 0;
    for place in &mut places {
        (*place, sum) = (sum, sum + *place);
    }
    let mut sorted = vec![Claim { award: 0, gross: Fen(0) }; claims.len()];
    for (row, claim) in claims {
        // Where a row begins becomes where it ends, one claim at a time.
        let place = &mut places[row as usize];
        sorted[*place as usize] = claim;
        *place += 1;
    }
    (places, sorted)
}

/// What an award gives at most to an enterprise that has no history and no other award.
struct Limits {
    alone: Vec<Fen>,
    interacts: Vec<bool>,
}

impl Limits {
    fn new(rules: &RuleSet) -> Self {
        let terms = &rules.terms;
        let alone = terms.awards().iter().map(|award| {
            let group = award.group.and_then(|group| terms.groups()[group].up_to);
            let caps = [award.caps.item, award.caps.year, award.caps.lifetime];
            let all = caps.into_iter().chain([group, terms.ceiling_year()]);
            all.flatten().min().unwrap_or(Fen(i64::MAX))
        });
        let interacts = (0..terms.awards().len()).map(|at| terms.interacts(at as u16));
        Self { alone: alone.collect(), interacts: interacts.collect() }
    }

    fn settle(
        &self,
        rules: &RuleSet,
        row: u32,
        claims: &[Claim],
        paid: &[Payment],
        lines: &mut Vec<PaidLine>,
    ) {
        let touches = |claim: &&Claim| self.interacts[usize::from(claim.award)];
        let period = rules.as_of.period();
        if paid.is_empty() && claims.iter().filter(touches).count() < 2 {
            lines.extend(claims.iter().map(|claim| {
                let gross = claim.gross.max(Fen(0));
                let due = gross.min(self.alone[usize::from(claim.award)]);
                PaidLine { row, award: claim.award, gross, paid: due }
            }));
            return;
        }
        // What no other award can touch is settled by itself; the others meet.
        let together: Vec<Claim> = claims.iter().filter(touches).copied().collect();
        let mut together = settle(&rules.terms, period, &together, paid, &mut ()).into_iter();
        lines.extend(claims.iter().filter_map(|claim| {
            let line = if touches(&claim) {
                together.next()?
            } else {
                settle_alone(&rules.terms, period, *claim, paid)
            };
            Some(PaidLine { row, award: line.award, gross: line.gross, paid: line.due })
        }));
    }
}
