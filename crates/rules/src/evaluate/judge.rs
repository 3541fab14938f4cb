//! Conditions to bitmaps, and bitmaps to decisions.

use arrow_buffer::BooleanBuffer;
use linghang_expr::{Batch, Truth};
use linghang_pack::record::Delivery;
use serde::Serialize;

use super::Mode;
use super::overflow::Overflow;
use crate::facts::Population;
use crate::model::{LeafIx, Requirement, RuleSet, Shape};

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
    /// Only people's part is open.
    pub review: BooleanBuffer,
    /// A fact is missing that must be there.
    pub error: BooleanBuffer,
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
        if error.value(row) {
            Decision::Error
        } else if yes.value(row) {
            Decision::Yes
        } else if no.value(row) {
            Decision::No
        } else if review.value(row) {
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
        Self { rules, population, orders, must, overflow: Overflow::new(rules) }
    }

    /// Judges one batch that begins at row `start` of the population.
    pub(crate) fn batch(&self, batch: &Batch, start: usize, mode: Mode) -> Seen {
        let mut cache = Cache::new(self.rules, batch);
        let mut masks = Vec::with_capacity(self.rules.awards.len());
        let mut near = Vec::new();
        for at in 0..self.rules.awards.len() {
            let mut found = match mode {
                Mode::Plain => self.plain(at, &mut cache, batch.rows()),
                Mode::Explained => {
                    let (found, one_short) = self.explained(at, &mut cache, batch.rows());
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

    fn plain(&self, at: usize, cache: &mut Cache<'_>, rows: usize) -> Masks {
        let when = &self.rules.awards[at].when;
        let mut sum = Sum::new(rows);
        for place in &self.orders[at] {
            let requirement = &when[*place];
            sum.add(requirement, cache.requirement(requirement));
            if sum.is_over() {
                break;
            }
        }
        sum.masks()
    }

    fn explained(&self, at: usize, cache: &mut Cache<'_>, rows: usize) -> (Masks, BooleanBuffer) {
        let mut sum = Sum::new(rows);
        let mut one = BooleanBuffer::new_unset(rows);
        let mut more = BooleanBuffer::new_unset(rows);
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
        masks.review = &masks.review & &fine;
        masks.error = errors;
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

/// Adds requirements up.
struct Sum {
    sure: BooleanBuffer,
    no: BooleanBuffer,
    /// Rows in which a requirement that is computed is neither sure nor surely not.
    open: BooleanBuffer,
    is_judged: bool,
}

impl Sum {
    fn new(rows: usize) -> Self {
        let none = BooleanBuffer::new_unset(rows);
        Self { sure: BooleanBuffer::new_set(rows), no: none.clone(), open: none, is_judged: false }
    }

    fn add(&mut self, requirement: &Requirement, truth: Option<Truth>) {
        let is_judged = requirement.is_judged();
        self.is_judged |= is_judged;
        let Some(truth) = truth else {
            self.sure = BooleanBuffer::new_unset(self.sure.len());
            return;
        };
        if !is_judged {
            self.open = &self.open | &!&(&truth.sure | &truth.surely_not);
        }
        self.no = &self.no | &truth.surely_not;
        self.sure = &self.sure & &truth.sure;
    }

    /// Whether every row is surely out.
    fn is_over(&self) -> bool {
        self.no.count_set_bits() == self.no.len()
    }

    fn masks(self) -> Masks {
        let error = BooleanBuffer::new_unset(self.no.len());
        let review =
            if self.is_judged { !&(&(&self.no | &self.open) | &self.sure) } else { error.clone() };
        Masks { yes: self.sure, no: self.no, review, error }
    }
}

/// Truths of one batch, each computed once.
pub(crate) struct Cache<'a> {
    rules: &'a RuleSet,
    batch: Batch,
    pub(crate) truths: Vec<Option<Truth>>,
}

impl<'a> Cache<'a> {
    pub(crate) fn new(rules: &'a RuleSet, batch: &Batch) -> Self {
        Self { rules, batch: batch.clone(), truths: vec![None; rules.leaves.len()] }
    }

    /// The truth of a condition.
    pub(crate) fn leaf(&mut self, leaf: LeafIx) -> Truth {
        if self.truths[leaf].is_none() {
            let program = &self.rules.leaves[leaf].expression.program;
            self.truths[leaf] = Some(program.truth(&self.batch, self.rules.as_of.legal));
        }
        match &self.truths[leaf] {
            Some(truth) => truth.clone(),
            None => nothing(self.batch.rows()),
        }
    }

    /// The truth of a requirement; none where people decide and nothing is computed.
    pub(crate) fn requirement(&mut self, requirement: &Requirement) -> Option<Truth> {
        if requirement.discretionary {
            return None;
        }
        match &requirement.shape {
            Shape::Leaf { leaf, .. } => Some(self.leaf(*leaf)),
            Shape::Judged => None,
            Shape::All(parts) => {
                let mut whole = Truth {
                    sure: BooleanBuffer::new_set(self.batch.rows()),
                    surely_not: BooleanBuffer::new_unset(self.batch.rows()),
                };
                for part in parts {
                    let part = self.part(part);
                    whole.sure = &whole.sure & &part.sure;
                    whole.surely_not = &whole.surely_not | &part.surely_not;
                }
                Some(whole)
            }
            Shape::Any(parts) => {
                let mut whole = Truth {
                    sure: BooleanBuffer::new_unset(self.batch.rows()),
                    surely_not: BooleanBuffer::new_set(self.batch.rows()),
                };
                for part in parts {
                    let part = self.part(part);
                    whole.sure = &whole.sure | &part.sure;
                    whole.surely_not = &whole.surely_not & &part.surely_not;
                }
                Some(whole)
            }
        }
    }

    /// A part that people decide is neither sure nor surely not.
    fn part(&mut self, part: &Requirement) -> Truth {
        self.requirement(part).unwrap_or_else(|| nothing(self.batch.rows()))
    }
}

fn nothing(rows: usize) -> Truth {
    let none = BooleanBuffer::new_unset(rows);
    Truth { sure: none.clone(), surely_not: none }
}
