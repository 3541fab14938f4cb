//! All rules of a pack as they stand on one day.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use linghang_core::{PackRef, Year};
use linghang_pack::Kind;
use linghang_pack::record::Ladder;
use serde::{Deserialize, Serialize};

use super::award::{Award, Idle, PoolRoute};
use super::dictionary::Dictionary;
use super::requirement::{Leaf, LeafIx, Requirement};
use super::standing::{Qualification, Route, Score, Watch};
use crate::money::Terms;

/// The day in law, and the day whose books are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// The day whose law and facts hold.
    pub legal: NaiveDate,
    /// What was recorded on this day; absent for the books as they are now.
    pub known: Option<NaiveDate>,
}

impl AsOf {
    /// A day, seen with the books as they are now.
    pub const fn on(legal: NaiveDate) -> Self {
        Self { legal, known: None }
    }

    /// The period that payments are for: the calendar year of the day.
    pub fn period(self) -> Year {
        self.legal.year()
    }
}

/// All rules of a pack on one day, compiled.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The day.
    pub as_of: AsOf,
    /// The pack.
    pub pack: PackRef,
    /// Its facts.
    pub dictionary: Dictionary,
    /// Conditions, each once.
    pub leaves: Vec<Leaf>,
    /// Awards in force, in the order of their ids; the same places as in `terms`.
    pub awards: Vec<Award>,
    /// The money side.
    pub terms: Terms,
    /// Where claims on pools go, in the order of the pools' ids.
    pub pools: Vec<PoolRoute>,
    /// Awards that are not computed.
    pub idle: Vec<Idle>,
    /// Qualifications in force, in the order of their ids.
    pub qualifications: Vec<Qualification>,
    /// Ladders.
    pub ladders: Vec<Ladder>,
    /// Scores in force.
    pub scores: Vec<Score>,
    /// Watches.
    pub watches: Vec<Watch>,
    /// Routes.
    pub routes: Vec<Route>,
}

impl RuleSet {
    /// Facts from evidence that anything in the rule set reads, sorted. Derived facts are followed to their sources.
    pub fn facts_used(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for leaf in &self.leaves {
            names.extend(leaf.expression.checked.facts().iter().cloned());
        }
        for award in &self.awards {
            names.extend(award.pay.checked.facts().iter().cloned());
        }
        for item in self.scores.iter().flat_map(|score| &score.items) {
            names.extend(item.of.checked.facts().iter().cloned());
            names.extend(item.record.scale.iter().filter_map(|scale| scale.rank.clone()));
        }
        for pool in &self.pools {
            names.extend(pool.parts.iter().map(|(fact, _)| fact.clone()));
            names.extend(pool.rank_by.iter().flat_map(|by| by.checked.facts().iter().cloned()));
        }
        self.with_sources(names)
    }

    /// The place of an award.
    pub fn award(&self, id: &str) -> Option<usize> {
        self.awards.iter().position(|award| award.id == id)
    }

    /// Facts behind some conditions, sorted.
    pub fn facts_of(&self, leaves: &[LeafIx]) -> BTreeSet<&str> {
        let facts = leaves.iter().flat_map(|leaf| self.leaves[*leaf].expression.checked.facts());
        facts.map(String::as_str).collect()
    }

    /// Requirements of everything that has some, with the kind and the id of the rule; awards are parts of programmes.
    pub fn requirements(&self) -> impl Iterator<Item = ((Kind, &str), &[Requirement])> {
        let awards = self.awards.iter();
        let awards =
            awards.map(|award| ((Kind::Programme, award.id.as_str()), award.when.as_slice()));
        let rungs = self.qualifications.iter().flat_map(|qualification| {
            let rule = (Kind::Qualification, qualification.record.id.as_str());
            [(rule, qualification.when.as_slice()), (rule, qualification.direct.as_slice())]
        });
        awards.chain(rungs)
    }

    /// Adds what columns of derived facts are computed from.
    fn with_sources(&self, mut names: BTreeSet<String>) -> Vec<String> {
        let mut open: Vec<String> = names.iter().cloned().collect();
        while let Some(name) = open.pop() {
            let column = self.dictionary.get(&name).and_then(|info| info.column.as_ref());
            for source in column.into_iter().flat_map(|column| column.checked.facts()) {
                if names.insert(source.clone()) {
                    open.push(source.clone());
                }
            }
        }
        names.into_iter().collect()
    }
}
