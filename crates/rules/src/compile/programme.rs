//! Programmes: which awards are in force, which cannot be computed, and the money side of all of them.

use std::collections::BTreeSet;

use linghang_core::Fen;
use linghang_expr::Parameters;
use linghang_pack::Pack;
use linghang_pack::record::{self, Programme, RuleStatus};

use super::award::{Compiling, award};
use super::conditions::{Leaves, Scope, plain};
use super::findings::Findings;
use super::params::{self, Limit};
use super::{Places, holds, pools};
use crate::model::{AsOf, Award, Dictionary, Idle, IdleReason, PoolRoute};
use crate::money::{AwardTerms, Group, Pool, Take};

/// Awards of all programmes with their terms, and what still has to be linked by id.
#[derive(Debug, Default)]
pub(crate) struct Money {
    pub(crate) awards: Vec<Award>,
    pub(crate) terms: Vec<AwardTerms>,
    pub(crate) groups: Vec<Group>,
    pub(crate) pools: Vec<Pool>,
    pub(crate) routes: Vec<PoolRoute>,
    pub(crate) idle: Vec<Idle>,
    group_places: Places,
    /// For each award the ids that it excludes.
    excludes: Vec<Vec<String>>,
    /// For each award the id of its pool.
    budgets: Vec<Option<String>>,
    /// For each pool route the id of the pool that it is a part of.
    pub(crate) parents: Vec<Option<String>>,
}

/// Compiles one programme, or notes why it is not computed.
pub(crate) fn programme(
    programme: &Programme,
    as_of: AsOf,
    dictionary: &Dictionary,
    leaves: &mut Leaves,
    money: &mut Money,
    findings: &mut Findings,
) {
    if !holds(programme.in_force, programme.recorded, as_of) {
        money.rest(programme, &IdleReason::NotInForce);
        return;
    }
    if programme.status == RuleStatus::NotComputable || programme.awards.is_empty() {
        money.rest(programme, &IdleReason::NotComputable { unset: Vec::new() });
        return;
    }
    findings.enter("programmes", &programme.id);
    let parameters = params::resolve(&programme.params, as_of, findings);
    pools::pools(programme, &parameters, dictionary, money, findings);
    for record in &programme.awards {
        let mut scope = Scope {
            dictionary,
            parameters: &parameters,
            tests: &programme.tests,
            clause: record.clause.as_ref(),
            unset: Vec::new(),
        };
        match award(programme, record, &mut scope, leaves, findings) {
            Compiling::Done(compiled, terms) => {
                money.take(programme, record, *compiled, *terms, &parameters, findings);
            }
            Compiling::Open(unset) => {
                let reason = IdleReason::NotComputable { unset };
                money.idle.push(idle(programme, record, &reason));
            }
            Compiling::Broken => {}
        }
    }
}

impl Money {
    /// Notes all awards of a programme as not computed.
    fn rest(&mut self, programme: &Programme, reason: &IdleReason) {
        if programme.awards.is_empty() {
            self.idle.push(Idle {
                id: programme.id.clone(),
                name: plain(&programme.name),
                reason: reason.clone(),
                open_points: programme.open_points.iter().map(plain).collect(),
            });
        }
        self.idle.extend(programme.awards.iter().map(|award| idle(programme, award, reason)));
    }

    fn take(
        &mut self,
        programme: &Programme,
        record: &record::Award,
        award: Award,
        mut terms: AwardTerms,
        parameters: &Parameters,
        findings: &mut Findings,
    ) {
        terms.group = record
            .group
            .as_ref()
            .map(|group| self.group(programme, &award.id, group, parameters, findings));
        let full = |id: &String| qualified(programme, id);
        self.excludes.push(record.excludes.iter().map(full).collect());
        self.budgets.push(record.budget.as_ref().map(|budget| full(&budget.pool)));
        self.awards.push(award);
        self.terms.push(terms);
    }

    /// The place of a group; all awards that name it must say the same of it.
    fn group(
        &mut self,
        programme: &Programme,
        award: &str,
        record: &record::Group,
        parameters: &Parameters,
        findings: &mut Findings,
    ) -> usize {
        let name = format!("{}/{}", programme.id, record.name);
        let up_to = record.up_to.as_ref().and_then(|text| {
            match params::limit(&format!("{award}.group.up_to"), text, parameters, findings) {
                Limit::Is(fen) => Some(fen),
                // An award whose group limit is not set never gets here.
                Limit::Unset(_) | Limit::Broken => None,
            }
        });
        let take = match record.take {
            record::Take::Highest => Take::Highest,
            record::Take::Sum => Take::Sum,
            record::Take::First => Take::First,
        };
        let group = Group { name: name.clone(), take, up_to, deduct_paid: record.deduct_paid };
        let Some(place) = self.group_places.get(&name).copied() else {
            self.group_places.insert(name, self.groups.len());
            self.groups.push(group);
            return self.groups.len() - 1;
        };
        if self.groups[place] != group {
            findings.say(
                "rules.group",
                award,
                &format!("同组 `{}` 的其他奖补对该组的规定不同", record.name),
                &format!("other awards of the group `{}` say something else of it", record.name),
            );
        }
        place
    }

    /// Replaces ids by places, once all awards and pools are known.
    pub(crate) fn link(&mut self, findings: &mut Findings) {
        let awards: Places =
            self.awards.iter().enumerate().map(|(at, award)| (award.id.clone(), at)).collect();
        let idle: BTreeSet<&str> = self.idle.iter().map(|idle| idle.id.as_str()).collect();
        for (at, ids) in self.excludes.iter().enumerate() {
            for id in ids {
                match awards.get(id) {
                    Some(other) => self.terms[at].excludes.push(*other as u16),
                    // What is not computed today excludes nothing today.
                    None if idle.contains(id.as_str()) => {}
                    None => unknown(&self.awards[at].id, id, findings),
                }
            }
        }
        let routes: Places =
            self.routes.iter().enumerate().map(|(at, route)| (route.id.clone(), at)).collect();
        for (at, budget) in self.budgets.iter().enumerate() {
            let Some(id) = budget else { continue };
            match routes.get(id) {
                Some(route) => self.terms[at].pool = Some(self.routes[*route].pool),
                None => unknown(&self.awards[at].id, id, findings),
            }
        }
        for (at, parent) in self.parents.iter().enumerate() {
            let Some(id) = parent else { continue };
            match routes.get(id) {
                Some(route) => {
                    let within = self.routes[*route].pool;
                    self.pools[self.routes[at].pool].within = Some(within);
                }
                None => unknown(&self.routes[at].id, id, findings),
            }
        }
    }
}

fn unknown(from: &str, id: &str, findings: &mut Findings) {
    findings.say("rules.unknown_id", from, &format!("没有 `{id}`"), &format!("there is no `{id}`"));
}

fn idle(programme: &Programme, award: &record::Award, reason: &IdleReason) -> Idle {
    Idle {
        id: format!("{}/{}", programme.id, award.id),
        name: plain(&award.name),
        reason: reason.clone(),
        open_points: programme.open_points.iter().map(plain).collect(),
    }
}

/// An id of another programme as it is, one of this programme with the programme before it.
pub(crate) fn qualified(programme: &Programme, id: &str) -> String {
    if id.contains('/') { id.to_owned() } else { format!("{}/{id}", programme.id) }
}

/// The ceiling over all programmes.
pub(crate) fn ceiling(pack: &Pack, findings: &mut Findings) -> Option<Fen> {
    let ceiling = pack.rule_settings.ceiling.as_ref()?;
    findings.enter(".", "rules");
    match params::limit("ceiling.year", &ceiling.year, &Parameters::new(), findings) {
        Limit::Is(fen) => Some(fen),
        Limit::Unset(_) | Limit::Broken => None,
    }
}
