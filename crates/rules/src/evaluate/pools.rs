//! Brings the claims of all enterprises before the pools and writes back what is paid.

use std::cmp::Ordering;

use linghang_core::Fen;
use linghang_expr::{Exact, Kind, Value, Valued};
use rustc_hash::FxHashMap;

use super::result::{Run, fen};
use crate::facts::Population;
use crate::model::{PoolRoute, RuleSet};
use crate::money::History;
use crate::money::pool::{Orders, PoolClaim, share_out};

/// Where a claim stands among the lines of a run.
struct Waiting {
    part: u32,
    line: u32,
}

/// Applies the pools to the lines of a run.
pub(crate) fn apply(rules: &RuleSet, population: &Population, history: &History, run: &mut Run) {
    note_due(run);
    if rules.terms.pools().is_empty() {
        return;
    }
    let routes: Vec<Route<'_>> =
        rules.pools.iter().map(|route| Route::new(route, rules, population)).collect();
    let (mut claims, waiting) = collect(rules, &routes, run);
    let scores = scores(rules, &routes, population, run, &waiting);
    let spent = spent(rules, &routes, population, history);
    let line = |at: usize| {
        let waiting: &Waiting = &waiting[at];
        &run.parts[waiting.part as usize].lines[waiting.line as usize]
    };
    let id = |at: usize| {
        let line = line(at);
        (population.ids.value(line.row as usize), &rules.awards[usize::from(line.award)].id)
    };
    let by_id = |a: usize, b: usize| -> Ordering { id(a).cmp(&id(b)) };
    let arrival = |at: usize| population.arrivals.as_ref().map(|days| days[line(at).row as usize]);
    let by_date = |a: usize, b: usize| arrival(a).cmp(&arrival(b)).then_with(|| by_id(a, b));
    // No score goes last: what is not known is no better than what is.
    let by_score =
        |a: usize, b: usize| scores.get(&b).cmp(&scores.get(&a)).then_with(|| by_date(a, b));
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

/// The way from an enterprise to its part of a pool.
struct Route<'a> {
    route: &'a PoolRoute,
    population: &'a Population,
    /// Pools by the place of the label that chooses among them.
    parts: Vec<usize>,
}

impl<'a> Route<'a> {
    fn new(route: &'a PoolRoute, rules: &RuleSet, population: &'a Population) -> Self {
        let parts = route.parts.iter().flat_map(|(fact, parts)| {
            let pool = |label: &String| parts.get(label).copied().unwrap_or(route.pool);
            labels(rules, fact).iter().map(pool)
        });
        let parts = parts.collect();
        Self { route, population, parts }
    }

    /// The part of the pool that an enterprise's label chooses; the pool itself where it has no part.
    fn pool(&self, row: u32) -> usize {
        let Some((fact, _)) = &self.route.parts else { return self.route.pool };
        match self.population.batch.value(fact, row as usize) {
            Some(Value::Label(code)) => self.parts.get(usize::from(code)),
            _ => None,
        }
        .copied()
        .unwrap_or(self.route.pool)
    }
}

fn labels<'a>(rules: &'a RuleSet, fact: &str) -> &'a [String] {
    match rules.dictionary.get(fact).map(|info| &info.kind) {
        Some(Kind::Label(labels)) => labels,
        _ => &[],
    }
}

fn route_of<'a, 'r>(rules: &RuleSet, routes: &'r [Route<'a>], award: u16) -> Option<&'r Route<'a>> {
    let pool = rules.terms.award(award).pool?;
    routes.iter().find(|route| route.route.pool == pool)
}

fn collect(rules: &RuleSet, routes: &[Route<'_>], run: &Run) -> (Vec<PoolClaim>, Vec<Waiting>) {
    let awards = 0..rules.terms.awards().len() as u16;
    let routes: Vec<_> = awards.map(|award| route_of(rules, routes, award)).collect();
    let (mut claims, mut waiting) = (Vec::new(), Vec::new());
    for (part, found) in run.parts.iter().enumerate() {
        for (line, paid) in found.lines.iter().enumerate() {
            let Some(route) = routes[usize::from(paid.award)] else { continue };
            let floor = rules.terms.award(paid.award).floor.unwrap_or_default();
            claims.push(PoolClaim { pool: route.pool(paid.row), amount: paid.paid, floor });
            waiting.push(Waiting { part: part as u32, line: line as u32 });
        }
    }
    (claims, waiting)
}

/// Scores by claim, for the awards whose pool is shared out by score.
fn scores(
    rules: &RuleSet,
    routes: &[Route<'_>],
    population: &Population,
    run: &Run,
    waiting: &[Waiting],
) -> FxHashMap<usize, Exact> {
    let mut scores = FxHashMap::default();
    for route in routes {
        let Some(by) = &route.route.rank_by else { continue };
        let claim = |(at, from): (usize, &Waiting)| {
            let line = &run.parts[from.part as usize].lines[from.line as usize];
            let own = rules.terms.award(line.award).pool == Some(route.route.pool);
            own.then_some((at, line.row))
        };
        let (claims, rows): (Vec<usize>, Vec<u32>) =
            waiting.iter().enumerate().filter_map(claim).unzip();
        let values = by.program.values(&population.batch, &rows, rules.as_of.legal);
        scores.extend(claims.into_iter().zip(values).filter_map(|(at, value)| match value {
            Valued::Known(score) => Some((at, score)),
            _ => None,
        }));
    }
    scores
}

/// What each pool paid earlier in the period; payments to labels with a part count there, and in the pool above.
fn spent(
    rules: &RuleSet,
    routes: &[Route<'_>],
    population: &Population,
    history: &History,
) -> Vec<Fen> {
    let period = rules.as_of.period();
    let mut spent = vec![0_i128; rules.terms.pools().len()];
    for payment in history.all().iter().filter(|payment| payment.period == period) {
        let route = payment.award.and_then(|award| route_of(rules, routes, award));
        let Some(route) = route.filter(|_| (payment.row as usize) < population.rows()) else {
            continue;
        };
        let mut at = Some(route.pool(payment.row));
        while let Some(pool) = at {
            spent[pool] += i128::from(payment.amount.0);
            at = rules.terms.pools()[pool].within;
        }
    }
    spent.into_iter().map(|sum| fen(sum.max(0))).collect()
}
