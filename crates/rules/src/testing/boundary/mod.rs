//! Boundary cases made from the rules themselves, and run: for every comparison the values just below its limit, at it
//! and just above it, and no value at all; for every bracket table the values around each of its edges.
//!
//! A case needs no author to say what must come out: the compiled programs, which judge millions, are held against the
//! reference interpreter, which computes step by step. So a case finds a program that is wrong at a limit, and not a
//! limit that is wrong in the pack: that is what mutants are for.

mod edges;
mod search;

use std::collections::BTreeMap;

use linghang_expr::{Checked, Missing, Node, Op};
use serde::Serialize;

use crate::model::RuleSet;
use search::{Place, place_of};

/// Where a generated value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// One unit below.
    Below,
    /// At the limit.
    At,
    /// One unit above.
    Above,
    /// No value.
    Missing,
}

/// A generated case that did not come out as it must.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// The comparison or table as written.
    pub at: String,
    /// The fact whose value lies at the limit.
    pub fact: String,
    /// Where it lies.
    pub side: Side,
}

/// What the boundary cases of a pack came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Boundaries {
    /// Comparisons of the pack whose limits are set, each once.
    pub comparisons: usize,
    /// Comparisons that have a case for each value that exists below, at and above the limit, and without a value.
    pub covered: usize,
    /// Edges of bracket tables, all of which have cases.
    pub edges: usize,
    /// Cases that were run.
    pub cases: usize,
    /// Comparisons for which no limit was found, sorted.
    pub uncovered: Vec<String>,
    /// Cases that did not come out as they must, sorted.
    pub faults: Vec<Fault>,
}

/// Makes and runs the boundary cases of some rule sets of one pack; what they share is tried once.
pub fn boundaries<'a>(sets: impl IntoIterator<Item = &'a RuleSet>) -> Boundaries {
    let mut found = Boundaries::default();
    let (mut comparisons, mut tables) = (BTreeMap::new(), BTreeMap::new());
    for rules in sets {
        for tree in trees(rules) {
            tree.visit(&mut |node| match &node.op {
                // A limit that is not set has no sides.
                Op::Compare(..) if Checked::with_tree(node.clone()).unset().is_empty() => {
                    comparisons.entry(node.to_text()).or_insert_with(|| (rules, node.clone()));
                }
                Op::Parameter { name, by: Some(_), .. } => {
                    tables
                        .entry(format!("{name} {:?}", node.op))
                        .or_insert_with(|| (rules, node.clone()));
                }
                _ => {}
            });
        }
    }
    found.comparisons = comparisons.len();
    for (text, (rules, node)) in &comparisons {
        match place_of(rules, node) {
            Some(place) => comparison(rules, node, text, &place, &mut found),
            None => found.uncovered.push(text.clone()),
        }
    }
    for (rules, node) in tables.values() {
        edges::table(rules, node, &mut found);
    }
    found.faults.sort();
    found
}

/// Every expression that decides something.
fn trees(rules: &RuleSet) -> impl Iterator<Item = &Node> {
    let leaves = rules.leaves.iter().map(|leaf| leaf.expression.checked.tree());
    let pays = rules.awards.iter().map(|award| award.pay.checked.tree());
    let items = rules.scores.iter().flat_map(|score| &score.items);
    leaves.chain(pays).chain(items.map(|item| item.of.checked.tree()))
}

fn comparison(rules: &RuleSet, node: &Node, text: &str, place: &Place, found: &mut Boundaries) {
    let cases = place.cases();
    let (wanted, mut tried) = (cases.len(), 0);
    for (side, value) in cases {
        let Some((program, reference)) = place.truths(rules, node, value) else { continue };
        tried += 1;
        let is_missing_as_declared = side != Side::Missing
            || match place.missing {
                Missing::No => program.is_some(),
                Missing::Unknown | Missing::Error => program.is_none(),
            };
        if program != reference || !is_missing_as_declared {
            found.faults.push(Fault { at: text.to_owned(), fact: place.fact.clone(), side });
        }
    }
    found.cases += tried;
    if tried == wanted {
        found.covered += 1;
    } else {
        found.uncovered.push(text.to_owned());
    }
}
