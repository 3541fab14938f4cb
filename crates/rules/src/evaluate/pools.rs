//! Brings the claims of all enterprises before the pools and writes back what is paid.

use std::cmp::Ordering;

use linghang_core::Fen;
use linghang_expr::{Exact, Kind, Value, Valued};

use super::result::{Run, fen};
use crate::facts::Population;
use crate::model::{PoolRoute, RuleSet};
use crate::money::History;
use crate::money::pool::{Orders, PoolClaim, share_out};

/// A claim with where it came from and what orders it.
struct Waiting {
    part: u32,
    line: u32,
    row: u32,
    award: u16,
    score: Option<Exact>,
}

/// Applies the pools to the lines of a run.
pub(crate) fn apply(rules: &RuleSet, population: &Population, history: &History, run: &mut Run) {
    note_due(run);
    if rules.terms.pools().is_empty() {
        return;
    }
    let (mut claims, waiting) = collect(rules, population, run);
    let spent = spent(rules, population, history);
    let id = |at: usize| {
        let waiting: &Waiting = &waiting[at];
        (population.ids.value(waiting.row as usize), &rules.awards[usize::from(waiting.award)].id)
    };
    let by_id = |a: usize, b: usize| -> Ordering { id(a).cmp(&id(b)) };
    let arrival =
        |at: usize| population.arrivals.as_ref().map(|days| days[waiting[at].row as usize]);
    let by_date = |a: usize, b: usize| arrival(a).cmp(&arrival(b)).then_with(|| by_id(a, b));
    // No score goes last: what is not known is no better than what is.
    let by_score =
        |a: usize, b: usize| waiting[b].score.cmp(&waiting[a].score).then_with(|| by_date(a, b));
    let orders = Orders { by_id: &by_id, by_score: &by_score, by_date: &by_date };
    run.pools = share_out(rules.terms.pools(), &spent, &mut claims, &orders);
    for (claim, from) in claims.iter().zip(&waiting) {
        run.parts[from.part as usize].lines[from.line as usize].paid = claim.amount;
    }
}

/// What is due before pools, by award.
fn note_due(run: &mut Run) {
    let mut due = vec![0_i128; run.rules.len()];
    for line in run.lines() {
        due[usize::from(line.award)] += i128::from(line.paid.0);
    }
    for (rule, sum) in run.rules.iter_mut().zip(due) {
        rule.due_fen = fen(sum);
    }
}

fn collect(rules: &RuleSet, population: &Population, run: &Run) -> (Vec<PoolClaim>, Vec<Waiting>) {
    let routes: Vec<Option<&PoolRoute>> = rules
        .terms
        .awards()
        .iter()
        .map(|award| rules.pools.iter().find(|route| Some(route.pool) == award.pool))
        .collect();
    let (mut claims, mut waiting) = (Vec::new(), Vec::new());
    for (part, found) in run.parts.iter().enumerate() {
        for (line, paid) in found.lines.iter().enumerate() {
            let Some(route) = routes[usize::from(paid.award)] else { continue };
            let floor = rules.terms.award(paid.award).floor.unwrap_or_default();
            let pool = pool_of(rules, route, population, paid.row as usize);
            claims.push(PoolClaim { pool, amount: paid.paid, floor });
            let score = score(route, rules, population, paid.row);
            let (part, line) = (part as u32, line as u32);
            waiting.push(Waiting { part, line, row: paid.row, award: paid.award, score });
        }
    }
    (claims, waiting)
}

/// The part of a pool that an enterprise's label chooses; the pool itself where it has no part.
fn pool_of(rules: &RuleSet, route: &PoolRoute, population: &Population, row: usize) -> usize {
    let Some((fact, parts)) = &route.parts else { return route.pool };
    let label = match population.batch.value(fact, row) {
        Some(Value::Label(code)) => labels(rules, fact).get(usize::from(code)),
        _ => None,
    };
    label.and_then(|label| parts.get(label)).copied().unwrap_or(route.pool)
}

fn labels<'a>(rules: &'a RuleSet, fact: &str) -> &'a [String] {
    match rules.dictionary.get(fact).map(|info| &info.kind) {
        Some(Kind::Label(labels)) => labels,
        _ => &[],
    }
}

fn score(route: &PoolRoute, rules: &RuleSet, population: &Population, row: u32) -> Option<Exact> {
    let by = route.rank_by.as_ref()?;
    let values = by.program.values(&population.batch, &[row], rules.as_of.legal);
    match values.into_iter().next() {
        Some(Valued::Known(value)) => Some(value),
        _ => None,
    }
}

/// What each pool paid earlier in the period; payments to labels with a part count there, and in the pool above.
fn spent(rules: &RuleSet, population: &Population, history: &History) -> Vec<Fen> {
    let period = rules.as_of.period();
    let mut spent = vec![0_i128; rules.terms.pools().len()];
    for route in &rules.pools {
        let is_of = |award| rules.terms.award(award).pool == Some(route.pool);
        for payment in history.all().iter().filter(|payment| payment.period == period) {
            if !payment.award.is_some_and(is_of) || payment.row as usize >= population.rows() {
                continue;
            }
            let mut at = Some(pool_of(rules, route, population, payment.row as usize));
            while let Some(pool) = at {
                spent[pool] += i128::from(payment.amount.0);
                at = rules.terms.pools()[pool].within;
            }
        }
    }
    spent.into_iter().map(|sum| fen(sum.max(0))).collect()
}
