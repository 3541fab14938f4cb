//! Which awards a reform can change.

use std::collections::BTreeSet;

use super::text;
use crate::model::RuleSet;

/// Ids of awards that differ or that share a group, exclusion, pool or the ceiling with one that does, sorted.
pub(crate) fn affected(before: &RuleSet, after: &RuleSet) -> Vec<String> {
    let mut ids: BTreeSet<String> = text::differing(before, after);
    if before.terms.ceiling_year() != after.terms.ceiling_year() {
        ids.extend(before.awards.iter().chain(&after.awards).map(|award| award.id.clone()));
    }
    // Pools and groups may have changed although no award did.
    for name in changed_pools(before, after) {
        for rules in [before, after] {
            ids.extend(paid_from(rules, &name));
        }
    }
    loop {
        let known = ids.len();
        for rules in [before, after] {
            spread(rules, &mut ids);
        }
        if ids.len() == known {
            return ids.into_iter().collect();
        }
    }
}

/// Adds every award that shares something with one that is in already.
fn spread(rules: &RuleSet, ids: &mut BTreeSet<String>) {
    let terms = &rules.terms;
    if terms.ceiling_year().is_some() && !ids.is_empty() {
        ids.extend(rules.awards.iter().map(|award| award.id.clone()));
        return;
    }
    let inside: Vec<usize> =
        (0..rules.awards.len()).filter(|at| ids.contains(&rules.awards[*at].id)).collect();
    for award in terms.awards() {
        let touches = |other: &usize| {
            let other_terms = &terms.awards()[*other];
            let same_group = award.group.is_some() && award.group == other_terms.group;
            let same_pool = root(rules, award.pool).is_some()
                && root(rules, award.pool) == root(rules, other_terms.pool);
            same_group || same_pool || award.excludes.contains(&(*other as u16))
        };
        if inside.iter().any(touches) {
            ids.insert(award.id.clone());
        }
    }
}

/// The pool at the end of the chain of pools that lie within each other.
fn root(rules: &RuleSet, pool: Option<usize>) -> Option<usize> {
    let mut at = pool?;
    while let Some(parent) = rules.terms.pools()[at].within {
        at = parent;
    }
    Some(at)
}

fn changed_pools(before: &RuleSet, after: &RuleSet) -> Vec<String> {
    let describe = |rules: &RuleSet| -> BTreeSet<String> {
        let pools = rules.terms.pools();
        let one = |pool: &crate::money::Pool| {
            let parent = pool.within.map(|parent| pools[parent].name.clone());
            let Pooled { amount, reserve } = Pooled::of(pool);
            format!("{}\u{0}{amount:?}{:?}{reserve}{parent:?}", pool.name, pool.when_short)
        };
        pools.iter().map(one).collect()
    };
    let (old, new) = (describe(before), describe(after));
    let changed = old.symmetric_difference(&new);
    changed.filter_map(|text| Some(text.split_once('\u{0}')?.0.to_owned())).collect()
}

struct Pooled {
    amount: Option<i64>,
    reserve: u32,
}

impl Pooled {
    fn of(pool: &crate::money::Pool) -> Self {
        Self { amount: pool.amount.map(|amount| amount.0), reserve: pool.reserve.0 }
    }
}

fn paid_from(rules: &RuleSet, pool: &str) -> Vec<String> {
    let place = rules.terms.pools().iter().position(|one| one.name == pool);
    let is_paid = |at: &usize| {
        let own = root(rules, rules.terms.awards()[*at].pool);
        own.is_some() && own == root(rules, place)
    };
    let all = 0..rules.awards.len();
    all.filter(is_paid).map(|at| rules.awards[at].id.clone()).collect()
}
