//! Conditions to bitmaps, and bitmaps to decisions.

use arrow_buffer::BooleanBuffer;
use linghang_expr::{Batch, Truth};
use linghang_pack::record::Delivery;
use serde::Serialize;

use super::Mode;
use super::overflow::Overflow;
use super::sum::{self, Sum};
use super::truths::{Cache, Picked};
use crate::facts::Population;
use crate::model::{LeafIx, Requirement, RuleSet};

/// What an award says about an enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It qualifies, and the amount is known.
    Yes,
    /// A condition is surely not met.
    No,
    /// A fact is missing.
    Unknown,
    /// Everything that can be computed is met; people decide the rest.
    Review,
    /// The evidence of this enterprise is broken.
    Error,
}

/// Rows by decision: no row is in two of them, rows in none are unknown.
#[derive(Debug, Clone)]
pub struct Masks {
    /// All conditions are surely met.
    pub yes: BooleanBuffer,
    /// One is surely not met.
    pub no: BooleanBuffer,
    /// Only people's part is open; absent where nothing is left to people.
    pub review: Option<BooleanBuffer>,
    /// A fact is missing that must be there, or an amount does not fit; absent where there is no such row.
    pub error: Option<BooleanBuffer>,
}

impl Masks {
    /// Adds rows to the errors.
    pub(crate) fn add_errors(&mut self, rows: impl Iterator<Item = u32>) {
        let errors = sum::set(self.no.len(), rows);
        self.error =
            Some(self.error.as_ref().map_or_else(|| errors.clone(), |known| known | &errors));
    }
}

/// The decisions of one award in one batch, after amounts.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Rows by decision.
    pub masks: Masks,
}

impl Verdict {
    /// The decision on a row of the batch.
    pub fn of(&self, row: usize) -> Decision {
        let Masks { yes, no, review, error } = &self.masks;
        let is_in = |mask: &Option<BooleanBuffer>| mask.as_ref().is_some_and(|m| m.value(row));
        if is_in(error) {
            Decision::Error
        } else if yes.value(row) {
            Decision::Yes
        } else if no.value(row) {
            Decision::No
        } else if is_in(review) {
            Decision::Review
        } else {
            Decision::Unknown
        }
    }
}

/// What a batch showed.
pub(crate) struct Seen {
    pub(crate) masks: Vec<Masks>,
    /// Truth of every condition, in explained mode.
    pub(crate) leaves: Vec<Option<Truth>>,
    /// Enterprises with exactly one requirement surely not met, for each award, in explained mode.
    pub(crate) near: Vec<BooleanBuffer>,
}

/// Judges batches.
pub(crate) struct Judge<'a> {
    rules: &'a RuleSet,
    population: &'a Population,
    /// For each award the order in which its requirements are looked at: those that most fail go first.
    orders: Vec<Vec<usize>>,
    /// For each award the facts that must be there.
    must: Vec<Vec<String>>,
    /// For each condition how often awards demand it.
    users: Vec<usize>,
    overflow: Overflow,
}

/// Rows from which the order is learned. The order changes the speed and never the result.
const SAMPLE: usize = 4_096;

impl<'a> Judge<'a> {
    pub(crate) fn new(rules: &'a RuleSet, population: &'a Population) -> Self {
        let sample = population.batch.slice(0, SAMPLE);
        let mut cache = Cache::new(rules, &sample);
        let orders = rules.awards.iter().map(|award| {
            let fails = |requirement: &Requirement| {
                let truth = cache.requirement(requirement);
                std::cmp::Reverse(truth.map_or(0, |truth| truth.surely_not.count_set_bits()))
            };
            let failing: Vec<_> = award.when.iter().map(fails).collect();
            let mut order: Vec<usize> = (0..award.when.len()).collect();
            order.sort_by_key(|at| (failing[*at], *at));
            order
        });
        let orders = orders.collect();
        let must = rules.awards.iter().map(|award| must_be_there(rules, award)).collect();
        let mut users = vec![0; rules.leaves.len()];
        for leaf in rules.awards.iter().flat_map(|award| &award.when).flat_map(Requirement::leaves)
        {
            users[leaf] += 1;
        }
        Self { rules, population, orders, must, users, overflow: Overflow::new(rules) }
    }

    /// Judges one batch that begins at row `start` of the population.
    pub(crate) fn batch(&self, batch: &Batch, start: usize, mode: Mode) -> Seen {
        let mut cache = Cache::new(self.rules, batch);
        let mut masks = Vec::with_capacity(self.rules.awards.len());
        let mut near = Vec::new();
        let none = BooleanBuffer::new_unset(batch.rows());
        for at in 0..self.rules.awards.len() {
            let mut found = match mode {
                Mode::Plain => self.plain(at, &mut cache, &none),
                Mode::Explained => {
                    let (found, one_short) = self.explained(at, &mut cache, &none);
                    near.push(one_short);
                    found
                }
            };
            self.set_errors(at, batch, &mut found);
            self.overflow.set(at, self.rules, batch, &mut found);
            self.set_stale(at, start, batch.rows(), &mut found);
            masks.push(found);
        }
        let leaves = match mode {
            Mode::Plain => Vec::new(),
            Mode::Explained => cache.truths,
        };
        Seen { masks, leaves, near }
    }

    /// Condition by condition, each only for the rows that are not surely out already where these are few.
    fn plain(&self, at: usize, cache: &mut Cache<'_>, none: &BooleanBuffer) -> Masks {
        let when = &self.rules.awards[at].when;
        let mut sum = Sum::new(none);
        let mut left = none.len();
        for place in &self.orders[at] {
            let requirement = &when[*place];
            let picked = Picked::of(&sum, left);
            let truth = cache.requirement_among(requirement, &picked, &self.users);
            sum.add(requirement, truth);
            left = sum.left();
            if left == 0 {
                break;
            }
        }
        sum.masks()
    }

    fn explained(
        &self,
        at: usize,
        cache: &mut Cache<'_>,
        none: &BooleanBuffer,
    ) -> (Masks, BooleanBuffer) {
        let mut sum = Sum::new(none);
        let (mut one, mut more) = (none.clone(), none.clone());
        for requirement in &self.rules.awards[at].when {
            let truth = cache.requirement(requirement);
            if let Some(truth) = &truth {
                more = &more | &(&one & &truth.surely_not);
                one = &one | &truth.surely_not;
            }
            sum.add(requirement, truth);
        }
        (sum.masks(), &one & &!&more)
    }

    fn set_errors(&self, at: usize, batch: &Batch, masks: &mut Masks) {
        if self.must[at].is_empty() {
            return;
        }
        let errors = batch.errors(&self.must[at], &self.rules.dictionary.facts);
        let fine = !&errors;
        masks.yes = &masks.yes & &fine;
        masks.no = &masks.no & &fine;
        masks.review = masks.review.as_ref().map(|review| review & &fine);
        masks.error = Some(errors);
    }

    /// Money that flows without asking must not flow on old facts: yes becomes unknown.
    fn set_stale(&self, at: usize, start: usize, rows: usize, masks: &mut Masks) {
        let award = &self.rules.awards[at];
        if award.delivery != Delivery::Automatic || self.population.stale.is_empty() {
            return;
        }
        let leaves: Vec<LeafIx> = award.when.iter().flat_map(Requirement::leaves).collect();
        let mut facts = self.rules.facts_of(&leaves);
        facts.extend(award.pay.checked.facts().iter().map(String::as_str));
        for stale in facts.iter().filter_map(|fact| self.population.stale.get(*fact)) {
            masks.yes = &masks.yes & &!&stale.slice(start, rows);
        }
    }
}

fn must_be_there(rules: &RuleSet, award: &crate::model::Award) -> Vec<String> {
    let leaves: Vec<LeafIx> = award.when.iter().flat_map(Requirement::leaves).collect();
    let mut facts = rules.facts_of(&leaves);
    facts.extend(award.pay.checked.facts().iter().map(String::as_str));
    let is_needed = |fact: &&str| {
        let spec = rules.dictionary.facts.get(fact);
        spec.is_some_and(|spec| spec.missing == linghang_expr::Missing::Error)
    };
    facts.into_iter().filter(is_needed).map(ToOwned::to_owned).collect()
}
