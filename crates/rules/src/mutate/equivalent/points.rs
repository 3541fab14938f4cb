//! Limits of points moved between two totals that no enterprise can have.
//!
//! A score whose items all have steps has finitely many totals. Where none lies in what a moved limit gains or loses,
//! nobody could tell the difference: 60 points or 59 are one limit where points come in fives.

use std::collections::{BTreeMap, BTreeSet};

use linghang_expr::{CompareOp, Constant, Exact, Literal, Node, Op};

use super::tree_of;
use crate::model::{RuleSet, Score, ScoreItem};
use crate::mutate::sites::{Bend, Site, flipped, shifted};

/// More totals than this are not listed.
const MOST: usize = 100_000;

/// Whether a mutant bends a limit of points and no total tells the two apart.
pub(super) fn is_never_reached(rules: &RuleSet, site: &Site) -> bool {
    let Some(Node { op: Op::Compare(op, left, right), .. }) = tree_of(rules, site) else {
        return false;
    };
    let (Op::Fact { name, .. }, Op::Literal(limit)) = (&left.op, &right.op) else { return false };
    let bent = match &site.bend {
        // The comparison is the root, the fact comes next, the limit last.
        Bend::Shift { node: 2, row: None, up } => shifted(limit, *up).map(|moved| (*op, moved)),
        Bend::Flip(0) => flipped(*op).map(|op| (op, limit.clone())),
        _ => None,
    };
    let of = rules.dictionary.get(name).and_then(|info| info.record.score.as_ref());
    let Some((bent, of)) = bent.zip(of) else { return false };
    let Some(score) = rules.scores.iter().find(|score| score.record.id == of.of) else {
        return false;
    };
    let Some(totals) = totals(score, of.class.as_deref()) else { return false };
    totals.into_iter().all(|total| holds(*op, limit, total) == holds(bent.0, &bent.1, total))
}

fn holds(op: CompareOp, limit: &Literal, total: Exact) -> bool {
    match &limit.value {
        Constant::Exact(limit) => op.holds(total.cmp(limit)),
        _ => false,
    }
}

/// All totals that a score can come to, and possibly some that it cannot; none where there are too many to list.
fn totals(score: &Score, class: Option<&str>) -> Option<BTreeSet<Exact>> {
    let mut all = BTreeSet::new();
    for stage in &score.stages {
        let mut groups: BTreeMap<&str, BTreeSet<Exact>> = BTreeMap::new();
        let counted = score
            .items
            .iter()
            .filter(|item| class.is_none_or(|class| item.record.class.as_deref() == Some(class)));
        for item in counted {
            // Of items with one `best_of` one counts; an item without it stands alone.
            let group = item.record.best_of.as_deref().unwrap_or(&item.record.id);
            groups.entry(group).or_default().extend(values(item, &stage.id)?);
        }
        let mut sums = BTreeSet::from([Exact::ZERO]);
        for values in groups.values() {
            let mut next = BTreeSet::new();
            for (sum, value) in sums.iter().flat_map(|sum| values.iter().map(move |v| (sum, v))) {
                next.insert(sum.add(*value)?);
            }
            sums = next;
            if sums.len() > MOST {
                return None;
            }
        }
        all.extend(sums);
    }
    Some(all)
}

/// What an item with steps can contribute at a stage, and nothing.
fn values(item: &ScoreItem, stage: &str) -> Option<BTreeSet<Exact>> {
    if item.steps.is_empty() {
        return None;
    }
    let weight = *item.weights.get(stage)?;
    let shares = item.steps.iter().map(|(_, share)| weight.mul(*share));
    shares.chain([Some(Exact::ZERO)]).collect()
}
