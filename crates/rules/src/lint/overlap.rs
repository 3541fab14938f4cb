//! Awards that nobody can ever get, and awards that pay twice for one thing.

use std::collections::BTreeSet;

use linghang_pack::Kind;

use super::Found;
use super::domain::{constraints, region};
use crate::model::{Award, LeafIx, Requirement, RuleSet};
use crate::money::Take;

/// Looks at pairs of awards.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    for (at, award) in rules.awards.iter().enumerate() {
        for (other_at, other) in rules.awards.iter().enumerate() {
            if at != other_at && always_beats(rules, other_at, at) {
                found.warn(
                    "rules.unreachable",
                    (Kind::Programme, &award.id),
                    "",
                    &format!("凡符合者也符合 `{}`，而同组总是取后者，本项永远不会拨付", other.id),
                    &format!("whoever qualifies also qualifies for `{}`, which the group always prefers: this is never paid", other.id),
                );
            }
            if at < other_at && pays_twice(rules, at, other_at) {
                found.warn(
                    "rules.pays_twice",
                    (Kind::Programme, &award.id),
                    "subject",
                    &format!("与 `{}` 对象重叠、事项相同，却没有写明不重复享受", other.id),
                    &format!("pays for the same subject as `{}` where both hold; say `excludes`, or why both are meant", other.id),
                );
            }
        }
    }
}

fn leaves(award: &Award) -> BTreeSet<LeafIx> {
    award.when.iter().flat_map(Requirement::leaves).collect()
}

fn is_plain(award: &Award) -> bool {
    award
        .when
        .iter()
        .all(|one| matches!(one.shape, crate::model::Shape::Leaf { .. }) && !one.discretionary)
}

/// Whether one award of a group always goes before another: it asks for no more, and it gives more or ranks before.
fn always_beats(rules: &RuleSet, winner: usize, loser: usize) -> bool {
    let (a, b) = (&rules.awards[winner], &rules.awards[loser]);
    let (a_terms, b_terms) = (&rules.terms.awards()[winner], &rules.terms.awards()[loser]);
    let Some(group) = b_terms.group.filter(|group| a_terms.group == Some(*group)) else {
        return false;
    };
    let asks_no_more = is_plain(a) && is_plain(b) && leaves(a).is_subset(&leaves(b));
    let goes_first = match rules.terms.groups()[group].take {
        Take::Sum => false,
        Take::Highest => matches!((a.fixed, b.fixed), (Some(a), Some(b)) if a > b),
        Take::First => rules.terms.by_rank(winner as u16, loser as u16).is_lt(),
    };
    asks_no_more && goes_first
}

fn pays_twice(rules: &RuleSet, one: usize, other: usize) -> bool {
    let (a, b) = (&rules.awards[one], &rules.awards[other]);
    let (a_terms, b_terms) = (&rules.terms.awards()[one], &rules.terms.awards()[other]);
    let same_subject = a.subject.is_some() && a.subject == b.subject;
    let same_group = a_terms.group.is_some() && a_terms.group == b_terms.group;
    if !same_subject || same_group || a_terms.excludes.contains(&(other as u16)) {
        return false;
    }
    let mut both = constraints(rules, &a.when);
    both.extend(constraints(rules, &b.when));
    region(&both).values().all(|domain| !domain.is_empty())
}
