//! Brings the claims of all enterprises before the pools and writes back what is paid.

use std::cmp::Ordering;

use linghang_core::Fen;
use linghang_expr::{Exact, Kind, Valued};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::result::{PaidLine, Part, Run, fen};
use crate::facts::Population;
use crate::model::{PoolRoute, RuleSet};
use crate::money::pool::{Orders, PoolClaim, PoolResult, share_out};
use crate::money::{AwardTerms, History, Pool};

/// Applies the pools to the lines of a run. Pools that lie within each other share out together; no others meet.
pub(crate) fn apply(rules: &RuleSet, population: &Population, history: &History, run: &mut Run) {
    let pools = rules.terms.pools();
    if pools.is_empty() {
        return;
    }
    let routes = Routes::new(rules, population);
    let spent = spent(rules, &routes, population, history);
    let roots: Vec<usize> = (0..pools.len()).filter(|at| pools[*at].within.is_none()).collect();
    let waiting = waiting(rules, &roots, run);
    let shared: Vec<Shared> = (roots.par_iter().enumerate())
        .map(|(at, root)| {
            let claims = waiting.iter().map(|lines| lines[at].as_slice());
            let tree = Tree { rules, routes: &routes, population, run };
            tree.share(*root, claims, &spent)
        })
        .collect();
    run.parts.par_iter_mut().enumerate().for_each(|(part, found)| {
        for (lines, shared) in waiting[part].iter().zip(&shared) {
            let amounts = &shared.amounts[shared.begins[part]..];
            for (line, amount) in lines.iter().zip(amounts) {
                found.lines[*line as usize].paid = *amount;
            }
        }
    });
    let mut results: Vec<(usize, PoolResult)> =
        shared.into_iter().flat_map(|shared| shared.results).collect();
    results.sort_by_key(|(pool, _)| *pool);
    run.pools = results.into_iter().map(|(_, result)| result).collect();
}

/// For each part of a run and each root, the lines that claim on a pool below it.
fn waiting(rules: &RuleSet, roots: &[usize], run: &Run) -> Vec<Vec<Vec<u32>>> {
    let place = |award: &AwardTerms| {
        let root = root(rules.terms.pools(), award.pool?);
        roots.iter().position(|at| *at == root)
    };
    let places: Vec<Option<usize>> = rules.terms.awards().iter().map(place).collect();
    let of_part = |part: &Part| {
        let mut lines = vec![Vec::new(); roots.len()];
        for (at, line) in part.lines.iter().enumerate() {
            if let Some(root) = places[usize::from(line.award)] {
                lines[root].push(at as u32);
            }
        }
        lines
    };
    run.parts.par_iter().map(of_part).collect()
}

fn root(pools: &[Pool], mut at: usize) -> usize {
    while let Some(parent) = pools[at].within {
        at = parent;
    }
    at
}

/// Pools that lie within each other, and who claims on them.
struct Tree<'a> {
    rules: &'a RuleSet,
    routes: &'a Routes<'a>,
    population: &'a Population,
    run: &'a Run,
}

/// What became of the claims on one tree of pools.
struct Shared {
    /// Paid amounts, part by part, line by line.
    amounts: Vec<Fen>,
    /// Where each part begins.
    begins: Vec<usize>,
    /// By place of the pool.
    results: Vec<(usize, PoolResult)>,
}

impl Tree<'_> {
    fn share<'l>(
        &self,
        tree: usize,
        waiting: impl Iterator<Item = &'l [u32]>,
        spent: &[Fen],
    ) -> Shared {
        let pools = self.rules.terms.pools();
        let mut lines: Vec<&PaidLine> = Vec::new();
        let mut begins = Vec::new();
        for (part, places) in self.run.parts.iter().zip(waiting) {
            begins.push(lines.len());
            lines.extend(places.iter().map(|line| &part.lines[*line as usize]));
        }
        let mut claims: Vec<PoolClaim> = lines.iter().map(|line| self.claim(line)).collect();
        let scores = self.scores(&lines);
        let id = |at: usize| {
            let line = lines[at];
            let award = &self.rules.awards[usize::from(line.award)].id;
            (self.population.ids.value(line.row as usize), award)
        };
        let by_id = |a: usize, b: usize| -> Ordering { id(a).cmp(&id(b)) };
        let arrivals = self.population.arrivals.as_ref();
        let arrival = |at: usize| arrivals.map(|days| days[lines[at].row as usize]);
        let by_date = |a: usize, b: usize| arrival(a).cmp(&arrival(b)).then_with(|| by_id(a, b));
        // No score goes last: what is not known is no better than what is.
        let by_score =
            |a: usize, b: usize| scores.get(&b).cmp(&scores.get(&a)).then_with(|| by_date(a, b));
        let orders = Orders { by_id: &by_id, by_score: &by_score, by_date: &by_date };
        let results = share_out(pools, spent, &mut claims, &orders).into_iter().enumerate();
        Shared {
            amounts: claims.into_iter().map(|claim| claim.amount).collect(),
            begins,
            results: results.filter(|(at, _)| root(pools, *at) == tree).collect(),
        }
    }

    fn claim(&self, line: &PaidLine) -> PoolClaim {
        let pool = self.routes.of(line.award).map_or(0, |route| route.pool(line.row));
        let floor = self.rules.terms.award(line.award).floor.unwrap_or_default();
        PoolClaim { pool, amount: line.paid, floor }
    }

    /// Scores by claim, for the awards whose pool is shared out by score.
    fn scores(&self, lines: &[&PaidLine]) -> FxHashMap<usize, Exact> {
        let mut scores = FxHashMap::default();
        for route in &self.routes.all {
            let Some(by) = &route.route.rank_by else { continue };
            let claim = |(at, line): (usize, &&PaidLine)| {
                let pool = self.rules.terms.award(line.award).pool;
                (pool == Some(route.route.pool)).then_some((at, line.row))
            };
            let (claims, rows): (Vec<usize>, Vec<u32>) =
                lines.iter().enumerate().filter_map(claim).unzip();
            let day = self.rules.as_of.legal;
            let values = by.program.values(&self.population.batch, &rows, day);
            scores.extend(claims.into_iter().zip(values).filter_map(|(at, value)| match value {
                Valued::Known(score) => Some((at, score)),
                _ => None,
            }));
        }
        scores
    }
}

/// The way from an enterprise to its part of a pool.
struct Route<'a> {
    route: &'a PoolRoute,
    /// The part that each enterprise's label chooses, by row; absent where the pool has no parts.
    parts: Option<Vec<usize>>,
}

impl<'a> Route<'a> {
    fn new(route: &'a PoolRoute, rules: &RuleSet, population: &Population) -> Self {
        let parts = route.parts.as_ref().and_then(|(fact, parts)| {
            let pool = |label: &String| parts.get(label).copied().unwrap_or(route.pool);
            let pools: Vec<usize> = labels(rules, fact).iter().map(pool).collect();
            let part = |code: Option<u16>| code.and_then(|code| pools.get(usize::from(code)));
            let codes = population.batch.labels(fact)?;
            Some(codes.into_iter().map(|code| part(code).copied().unwrap_or(route.pool)).collect())
        });
        Self { route, parts }
    }

    /// The part of the pool that an enterprise's label chooses; the pool itself where it has no part.
    fn pool(&self, row: u32) -> usize {
        self.parts.as_ref().map_or(self.route.pool, |parts| parts[row as usize])
    }
}

fn labels<'a>(rules: &'a RuleSet, fact: &str) -> &'a [String] {
    match rules.dictionary.get(fact).map(|info| &info.kind) {
        Some(Kind::Label(labels)) => labels,
        _ => &[],
    }
}

/// The ways of all awards that a pool pays.
struct Routes<'a> {
    all: Vec<Route<'a>>,
    /// By award, the place of its way.
    by_award: Vec<Option<usize>>,
}

impl<'a> Routes<'a> {
    fn new(rules: &'a RuleSet, population: &Population) -> Self {
        let all: Vec<Route<'a>> =
            rules.pools.iter().map(|route| Route::new(route, rules, population)).collect();
        let place = |award: &AwardTerms| {
            let pool = award.pool?;
            all.iter().position(|route| route.route.pool == pool)
        };
        let by_award = rules.terms.awards().iter().map(place).collect();
        Self { all, by_award }
    }

    fn of(&self, award: u16) -> Option<&Route<'a>> {
        self.by_award[usize::from(award)].map(|at| &self.all[at])
    }
}

/// What each pool paid earlier in the period; payments to labels with a part count there, and in the pool above.
fn spent(
    rules: &RuleSet,
    routes: &Routes<'_>,
    population: &Population,
    history: &History,
) -> Vec<Fen> {
    let period = rules.as_of.period();
    let mut spent = vec![0_i128; rules.terms.pools().len()];
    for payment in history.all().iter().filter(|payment| payment.period == period) {
        let route = payment.award.and_then(|award| routes.of(award));
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
