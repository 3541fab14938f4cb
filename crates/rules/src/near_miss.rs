//! Near misses over the whole population: enterprises that one condition keeps from an award, ranked by the money at
//! stake or by how easily the condition can change. This is what a city uses to bring policy to firms.
//!
//! A near miss is exact: one requirement is surely not met and all others surely are. Counts per requirement cover
//! everybody; the list holds the first of the ranking.

use arrow_buffer::BooleanBuffer;
use linghang_core::{Bilingual, Fen};
use linghang_expr::{Amount, Truth};
use linghang_pack::record::{Clause, Cure};
use rayon::prelude::*;
use serde::Serialize;

use crate::evaluate::Cache;
use crate::explain::{View, WayStep, cheapest, report_condition};
use crate::facts::Population;
use crate::model::{Award, Requirement, RuleSet};
use crate::money::Terms;

/// What comes first in the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The most money at stake.
    #[default]
    Money,
    /// The easiest change: waiting, then acting, then a review; then money.
    Ease,
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// What comes first.
    pub order: Order,
    /// Length of the list.
    pub limit: usize,
    /// Whether conditions that nothing can cure are left out of the list.
    pub only_curable: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { order: Order::Money, limit: 100, only_curable: true }
    }
}

/// Near misses of a population.
#[derive(Debug, Clone, Serialize)]
pub struct NearMisses {
    /// For each award and requirement, how many it alone keeps out, and the money at stake, in the order of the awards.
    pub counts: Vec<NearCount>,
    /// The first of the ranking.
    pub list: Vec<NearMiss>,
}

/// One requirement of one award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearCount {
    /// `programme/award`.
    pub award: String,
    /// Name.
    pub name: Bilingual,
    /// Id of the requirement.
    pub condition: String,
    /// What it demands.
    pub say: Option<Bilingual>,
    /// What can make it true.
    pub cure: Cure,
    /// Enterprises that it alone keeps out.
    pub enterprises: u64,
    /// What they would get together, each for itself, after the award's own caps.
    pub at_stake: Fen,
    /// Enterprises among them whose amount is not known.
    pub amount_unknown: u64,
}

/// One enterprise and the one condition that it lacks.
#[derive(Debug, Clone, Serialize)]
pub struct NearMiss {
    /// Id of the enterprise.
    pub enterprise: String,
    /// Its row.
    pub row: u32,
    /// `programme/award`.
    pub award: String,
    /// Name of the award.
    pub name: Bilingual,
    /// Where the condition is written.
    pub clause: Option<Clause>,
    /// What it takes, part by part.
    pub steps: Vec<WayStep>,
    /// What can make it true.
    pub cure: Cure,
    /// What it would get, after the award's own caps.
    pub at_stake: Option<Fen>,
}

/// A candidate for the list.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    row: u32,
    award: u16,
    requirement: u16,
    cure: Cure,
    at_stake: Option<Fen>,
}

/// Rows that are looked at together.
const ROWS: usize = 32_768;

/// Finds the near misses of all awards.
pub fn near_misses(rules: &RuleSet, population: &Population, search: Search) -> NearMisses {
    let starts: Vec<usize> = (0..population.rows()).step_by(ROWS).collect();
    let parts: Vec<(Vec<Sum>, Vec<Candidate>)> = starts
        .into_par_iter()
        .map(|start| {
            let (sums, mut candidates) = of_batch(rules, population, start, search);
            keep_first(&mut candidates, population, rules, search);
            (sums, candidates)
        })
        .collect();
    let mut sums = vec![Sum::default(); parts.first().map_or(0, |(sums, _)| sums.len())];
    let mut candidates = Vec::new();
    for (part, found) in parts {
        for (sum, more) in sums.iter_mut().zip(part) {
            sum.add(more);
        }
        candidates.extend(found);
    }
    keep_first(&mut candidates, population, rules, search);
    let list = candidates.into_iter().map(|found| describe(rules, population, found)).collect();
    NearMisses { counts: counts(rules, &sums), list }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    enterprises: u64,
    fen: i128,
    unknown: u64,
}

impl Sum {
    fn add(&mut self, more: Self) {
        self.enterprises += more.enterprises;
        self.fen += more.fen;
        self.unknown += more.unknown;
    }
}

fn of_batch(
    rules: &RuleSet,
    population: &Population,
    start: usize,
    search: Search,
) -> (Vec<Sum>, Vec<Candidate>) {
    let batch = population.batch.slice(start, ROWS);
    let mut cache = Cache::new(rules, &batch);
    let (mut sums, mut candidates) = (Vec::new(), Vec::new());
    for (at, award) in rules.awards.iter().enumerate() {
        let truths: Vec<Option<Truth>> =
            award.when.iter().map(|requirement| cache.requirement(requirement)).collect();
        let near = exactly_one_short(&truths, batch.rows());
        for (place, (requirement, truth)) in award.when.iter().zip(&truths).enumerate() {
            let Some(truth) = truth else {
                sums.push(Sum::default());
                continue;
            };
            let rows: Vec<u32> = (&near & &truth.surely_not).set_indices_u32().collect();
            let amounts = amounts(rules, award, at as u16, &batch, &rows);
            let known = amounts.iter().flatten();
            sums.push(Sum {
                enterprises: rows.len() as u64,
                fen: known.clone().map(|fen| i128::from(fen.0)).sum(),
                unknown: (rows.len() - known.count()) as u64,
            });
            if search.only_curable && requirement.cure == Cure::None {
                continue;
            }
            candidates.extend(rows.iter().zip(amounts).map(|(row, at_stake)| Candidate {
                row: start as u32 + row,
                award: at as u16,
                requirement: place as u16,
                cure: requirement.cure,
                at_stake,
            }));
        }
        // Many rules bring many candidates; only the first of them can come into the list.
        if candidates.len() > ROWS + search.limit {
            keep_first(&mut candidates, population, rules, search);
        }
    }
    (sums, candidates)
}

/// Rows on which one requirement is surely not met and all others surely are.
fn exactly_one_short(truths: &[Option<Truth>], rows: usize) -> BooleanBuffer {
    let mut one = BooleanBuffer::new_unset(rows);
    let mut out = BooleanBuffer::new_unset(rows);
    for truth in truths {
        let Some(truth) = truth else { return BooleanBuffer::new_unset(rows) };
        // Not known is out, and so is a second one that is not met.
        out = &(&out | &!&(&truth.sure | &truth.surely_not)) | &(&one & &truth.surely_not);
        one = &one | &truth.surely_not;
    }
    &one & &!&out
}

fn amounts(
    rules: &RuleSet,
    award: &Award,
    at: u16,
    batch: &linghang_expr::Batch,
    rows: &[u32],
) -> Vec<Option<Fen>> {
    let limit = own_limit(&rules.terms, at);
    if let Some(gross) = award.fixed {
        return vec![Some(gross.min(limit)); rows.len()];
    }
    let amounts = award.pay.program.amounts(batch, rows, rules.as_of.legal);
    let fen = |amount| match amount {
        Amount::Known(fen) => Some(Fen(fen).max(Fen(0)).min(limit)),
        Amount::Unknown | Amount::Overflow => None,
    };
    amounts.into_iter().map(fen).collect()
}

fn own_limit(terms: &Terms, award: u16) -> Fen {
    let caps = terms.award(award).caps;
    [caps.item, caps.year, caps.lifetime].into_iter().flatten().min().unwrap_or(Fen(i64::MAX))
}

/// Sorts by the ranking and keeps its first part. Ties end in the ids of enterprise, award and requirement.
fn keep_first(
    candidates: &mut Vec<Candidate>,
    population: &Population,
    rules: &RuleSet,
    search: Search,
) {
    let by = |a: &Candidate, b: &Candidate| {
        let ease = match search.order {
            Order::Money => std::cmp::Ordering::Equal,
            Order::Ease => a.cure.hardness().cmp(&b.cure.hardness()),
        };
        let id = |one: &Candidate| population.ids.value(one.row as usize);
        let award = |one: &Candidate| &rules.awards[usize::from(one.award)].id;
        ease.then_with(|| b.at_stake.cmp(&a.at_stake))
            .then_with(|| id(a).cmp(id(b)))
            .then_with(|| award(a).cmp(award(b)))
            .then_with(|| a.requirement.cmp(&b.requirement))
    };
    if candidates.len() > search.limit && search.limit > 0 {
        candidates.select_nth_unstable_by(search.limit - 1, by);
    }
    candidates.truncate(search.limit);
    candidates.sort_by(by);
}

fn describe(rules: &RuleSet, population: &Population, found: Candidate) -> NearMiss {
    let award = &rules.awards[usize::from(found.award)];
    let requirement: &Requirement = &award.when[usize::from(found.requirement)];
    let view = View::new(rules, population, found.row as usize);
    let report = report_condition(&view, requirement);
    let way = cheapest(&view, std::slice::from_ref(requirement), std::slice::from_ref(&report));
    NearMiss {
        enterprise: population.ids.value(found.row as usize).to_owned(),
        row: found.row,
        award: award.id.clone(),
        name: award.name.clone(),
        clause: requirement.clause.clone(),
        steps: way.steps,
        cure: found.cure,
        at_stake: found.at_stake,
    }
}

fn counts(rules: &RuleSet, sums: &[Sum]) -> Vec<NearCount> {
    let all = rules
        .awards
        .iter()
        .flat_map(|award| award.when.iter().map(move |requirement| (award, requirement)));
    all.zip(sums)
        .map(|((award, requirement), sum)| NearCount {
            award: award.id.clone(),
            name: award.name.clone(),
            condition: requirement.id.clone(),
            say: requirement.say.clone(),
            cure: requirement.cure,
            enterprises: sum.enterprises,
            at_stake: crate::evaluate::fen(sum.fen),
            amount_unknown: sum.unknown,
        })
        .collect()
}
