//! Why, why not, what is missing, and what it would take: for one enterprise, as data.
//!
//! The data is complete by itself (it is what `--json` writes); [`render`] makes sentences and tables of it in Chinese
//! and English. Nothing here decides anything: every truth and every amount comes from the same programs and stages
//! that a run over the whole population uses.

mod amount;
mod before;
mod conditions;
mod gap;
pub mod render;
mod report;
mod way;
pub(crate) mod words;

use std::sync::OnceLock;

use linghang_expr::{Batch, Missing, Valued};
use linghang_pack::record::Delivery;
use rayon::prelude::*;

pub use before::{BeforeReport, ConditionBefore, compare};
pub use report::{
    AmountReport, AwardReport, Comparison, ConditionKind, ConditionReport, Explanation, FactValue,
    MissingFact, StepReport, Truth3, Way, WayStep,
};

use conditions::LeafValues;
pub(crate) use conditions::{missing_in, report as report_condition};
pub(crate) use gap::written;
pub(crate) use way::cheapest;

use crate::evaluate::{Decision, Run, is_too_large};
use crate::facts::Population;
use crate::model::{Award, Requirement, RuleSet, Shape};
use crate::money::Payment;

/// Explains all awards to one enterprise. With a run, pools are part of it.
pub fn explain(
    rules: &RuleSet,
    population: &Population,
    row: usize,
    run: Option<&Run>,
) -> Explanation {
    let view = View::new(rules, population, row);
    let decisions: Vec<Judged> = rules.awards.par_iter().map(|award| view.judge(award)).collect();
    let amounts = amount::amounts(&view, &decisions, run);
    let stakes = amount::Stakes::new(&view, &decisions);
    let report = |(at, award): (usize, &Award)| {
        let judged = &decisions[at];
        let conditions: Vec<ConditionReport> =
            award.when.iter().map(|requirement| conditions::report(&view, requirement)).collect();
        let is_open = judged.decision != Decision::Yes;
        let way = is_open.then(|| way::cheapest(&view, &award.when, &conditions));
        AwardReport {
            id: award.id.clone(),
            name: award.name.clone(),
            clause: award.clause.clone(),
            delivery: award.delivery,
            decision: judged.decision,
            missing: missing(&view, award, &conditions, judged),
            conditions,
            way,
            at_stake: is_open.then(|| stakes.of(at)).flatten(),
            amount: amounts[at].clone(),
            pay: award.pay.text.clone(),
            assumed: award.assumed.clone(),
            before: None,
        }
    };
    let awards = rules.awards.par_iter().enumerate().map(report).collect();
    Explanation {
        enterprise: population.ids.value(row).to_owned(),
        as_of: rules.as_of,
        pack: rules.pack.clone(),
        awards,
        idle: rules.idle.clone(),
        before: None,
        gone: Vec::new(),
    }
}

/// One enterprise under one rule set.
pub(crate) struct View<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) population: &'a Population,
    pub(crate) row: usize,
    /// The row alone.
    pub(crate) batch: Batch,
    /// Its payments.
    pub(crate) paid: Vec<Payment>,
    /// The truth of every condition that was looked at.
    leaves: Vec<OnceLock<Truth3>>,
    /// What stands on both sides of every condition that was reported.
    values: Vec<OnceLock<LeafValues>>,
}

/// What an award comes to before limits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub(crate) decision: Decision,
    pub(crate) gross: Option<Valued>,
}

impl<'a> View<'a> {
    pub(crate) fn new(rules: &'a RuleSet, population: &'a Population, row: usize) -> Self {
        let batch = population.batch.slice(row, 1);
        let leaves = vec![OnceLock::new(); rules.leaves.len()];
        let values = vec![OnceLock::new(); rules.leaves.len()];
        let paid = population.paid.of_row(rules, row as u32);
        Self { rules, population, row, batch, paid, leaves, values }
    }

    /// The truth of a requirement, by Kleene's AND and OR; what people decide is not known.
    pub(crate) fn truth(&self, requirement: &Requirement) -> Truth3 {
        let truths = |parts: &[Requirement]| -> Vec<Truth3> {
            parts.iter().map(|part| self.truth(part)).collect()
        };
        match &requirement.shape {
            _ if requirement.discretionary => Truth3::Unknown,
            Shape::Leaf { leaf, .. } => self.leaf(*leaf),
            Shape::Judged => Truth3::Unknown,
            Shape::All(parts) => Truth3::all(&truths(parts)),
            Shape::Any(parts) => Truth3::any(&truths(parts)),
        }
    }

    /// The truth of a condition.
    pub(crate) fn leaf(&self, leaf: crate::model::LeafIx) -> Truth3 {
        *self.leaves[leaf].get_or_init(|| {
            let program = &self.rules.leaves[leaf].expression.program;
            Truth3::of(&program.truth(&self.batch, self.rules.as_of.legal))
        })
    }

    pub(crate) fn values(&self, leaf: crate::model::LeafIx) -> &LeafValues {
        let checked = &self.rules.leaves[leaf].expression.checked;
        self.values[leaf].get_or_init(|| LeafValues::of(self, checked))
    }

    /// The amount of an award before limits, whether or not it is given.
    pub(crate) fn gross(&self, award: &Award) -> Option<Valued> {
        award.pay.program.values(&self.batch, &[0], self.rules.as_of.legal).into_iter().next()
    }

    /// The decision, by the same order as in a run: error, no, unknown, review, yes.
    pub(crate) fn judge(&self, award: &Award) -> Judged {
        let truths =
            award.when.iter().map(|requirement| (self.truth(requirement), requirement.is_judged()));
        let truths: Vec<_> = truths.collect();
        let facts = self.facts_of(award);
        let is_broken = self.is_broken(&facts);
        let gross = self.gross(award);
        let decision = if is_broken {
            Decision::Error
        } else if truths.iter().any(|(truth, _)| *truth == Truth3::No) {
            Decision::No
        } else if truths.iter().any(|(truth, judged)| *truth == Truth3::Unknown && !judged) {
            let is_too_large = is_too_large(self.rules, award, &self.batch, 0);
            if is_too_large { Decision::Error } else { Decision::Unknown }
        } else if truths.iter().any(|(truth, _)| *truth == Truth3::Unknown) {
            Decision::Review
        } else if self.is_stale(award, &facts) {
            Decision::Unknown
        } else {
            match &gross {
                Some(Valued::Known(value)) if value.to_fen_half_up().is_some() => Decision::Yes,
                Some(Valued::Known(_) | Valued::Overflow) => Decision::Error,
                Some(Valued::Unknown(_)) | None => Decision::Unknown,
            }
        };
        Judged { decision, gross }
    }

    /// Whether a fact that must be there is missing.
    fn is_broken(&self, facts: &[&str]) -> bool {
        let dictionary = &self.rules.dictionary.facts;
        let must_be_there =
            |fact: &&&str| dictionary.get(fact).is_some_and(|spec| spec.missing == Missing::Error);
        let must: Vec<String> =
            facts.iter().filter(must_be_there).map(|fact| (*fact).to_owned()).collect();
        !must.is_empty() && self.batch.errors(&must, dictionary).value(0)
    }

    pub(crate) fn facts_of<'f>(&self, award: &'f Award) -> Vec<&'f str>
    where
        'a: 'f,
    {
        let leaves: Vec<usize> = award.when.iter().flat_map(Requirement::leaves).collect();
        let rules: &'f RuleSet = self.rules;
        let mut facts: Vec<&str> = rules.facts_of(&leaves).into_iter().collect();
        facts.extend(award.pay.checked.facts().iter().map(String::as_str));
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    fn is_stale(&self, award: &Award, facts: &[&str]) -> bool {
        award.delivery == Delivery::Automatic && facts.iter().any(|fact| self.is_old(fact))
    }

    /// Whether a fact's value is older than the dictionary allows.
    pub(crate) fn is_old(&self, fact: &str) -> bool {
        self.population.stale.get(fact).is_some_and(|rows| rows.value(self.row))
    }
}

/// Facts that are missing and keep the award open: of conditions that are not known, else of the amount.
fn missing(
    view: &View<'_>,
    award: &Award,
    conditions: &[ConditionReport],
    judged: &Judged,
) -> Vec<MissingFact> {
    let mut names: Vec<String> = Vec::new();
    match judged.decision {
        Decision::Yes | Decision::No | Decision::Review => {}
        Decision::Unknown | Decision::Error => {
            for condition in conditions {
                conditions::missing_in(condition, &mut names);
            }
            if matches!(judged.gross, Some(Valued::Unknown(_))) {
                names.extend(conditions::missing_of(view, award.pay.checked.facts()));
            }
            let old = view.facts_of(award).into_iter().filter(|fact| view.is_old(fact));
            if award.delivery == Delivery::Automatic {
                names.extend(old.map(ToOwned::to_owned));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names.iter().map(|name| conditions::missing_fact(view, name)).collect()
}
