//! From a pack to a rule set: what is in force on the day, checked, typed, and with equal conditions shared.
//!
//! Everything that is wrong is told at once. A rule set exists only when nothing is: a pack of which one rule does not
//! compile is refused as a whole, and whatever runs on the one before keeps running.

mod award;
mod conditions;
mod facts;
mod findings;
mod inline;
mod params;
mod pools;
mod programme;
mod standing;

use std::collections::BTreeMap;

use linghang_core::{Diagnostic, PackRef, diagnostic};
use linghang_pack::Pack;
use linghang_pack::record::Interval;

use crate::model::{AsOf, RuleSet};
use crate::money::Terms;

pub(crate) use conditions::Leaves;
pub(crate) use findings::Findings;
pub(crate) use inline::map_children;

/// What came of compiling a pack.
#[derive(Debug)]
pub struct Compiled {
    /// The rule set; absent when a finding is an error.
    pub rules: Option<RuleSet>,
    /// Everything found, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles what holds on a day.
pub fn compile(pack: &Pack, as_of: AsOf) -> Compiled {
    let mut findings = Findings::of(pack);
    let dictionary = facts::dictionary(pack, as_of, &mut findings);
    let mut leaves = Leaves::default();
    let mut money = programme::Money::default();
    for programme in pack.programmes.values() {
        programme::programme(programme, as_of, &dictionary, &mut leaves, &mut money, &mut findings);
    }
    money.link(&mut findings);
    let ceiling = programme::ceiling(pack, &mut findings);
    let standing = standing::standing(pack, as_of, &dictionary, &mut leaves, &mut findings);
    let (awards, pools, idle) = (money.awards, money.routes, money.idle);
    let terms = Terms::new(money.terms, money.groups, money.pools, ceiling);
    let terms = terms.map_err(|problem| findings.terms(&problem));
    let mut diagnostics = findings.finish();
    diagnostic::sort(&mut diagnostics);
    let has_errors =
        diagnostics.iter().any(|found| found.severity == linghang_core::Severity::Error);
    let rules = terms.ok().filter(|_| !has_errors).map(|terms| RuleSet {
        as_of,
        pack: PackRef { id: pack.id.clone(), hash: pack.hash.clone() },
        dictionary,
        leaves: leaves.into_list(),
        awards,
        terms,
        pools,
        idle,
        qualifications: standing.qualifications,
        ladders: pack.ladders.values().cloned().collect(),
        scores: standing.scores,
        watches: standing.watches,
        routes: standing.routes,
    });
    Compiled { rules, diagnostics }
}

/// Whether something holds in law on the day and stood in the books that are read.
pub(crate) fn holds(in_force: Interval, recorded: Option<Interval>, as_of: AsOf) -> bool {
    let is_known = match (recorded, as_of.known) {
        (None, _) => true,
        (Some(recorded), Some(day)) => recorded.contains(day),
        (Some(recorded), None) => recorded.to.is_none(),
    };
    is_known && in_force.contains(as_of.legal)
}

/// Places by id.
pub(crate) type Places = BTreeMap<String, usize>;
