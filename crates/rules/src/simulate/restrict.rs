//! A rule set with some of its awards only.

use crate::model::RuleSet;
use crate::money::{AwardTerms, Terms};

/// Keeps the awards of these ids, with the groups and pools of the whole.
pub(crate) fn restrict(rules: &RuleSet, ids: &[String]) -> RuleSet {
    let kept: Vec<usize> = (0..rules.awards.len())
        .filter(|at| ids.binary_search(&rules.awards[*at].id).is_ok())
        .collect();
    let place = |old: u16| kept.iter().position(|at| *at == usize::from(old));
    let awards: Vec<AwardTerms> = kept
        .iter()
        .map(|at| {
            let mut terms = rules.terms.awards()[*at].clone();
            let excludes = terms.excludes.iter().filter_map(|old| place(*old));
            terms.excludes = excludes.map(|at| at as u16).collect();
            terms
        })
        .collect();
    let (groups, pools) = (rules.terms.groups().to_vec(), rules.terms.pools().to_vec());
    let terms = Terms::new(awards, groups, pools, rules.terms.ceiling_year());
    RuleSet {
        awards: kept.iter().map(|at| rules.awards[*at].clone()).collect(),
        // Fewer awards of checked terms are checked terms.
        terms: terms.unwrap_or_else(|_| rules.terms.clone()),
        ..rules.clone()
    }
}
