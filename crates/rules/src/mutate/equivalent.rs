//! Mutants that change nothing, proved: no enterprise at all could tell them from the rule as written.
//!
//! A proof looks at intervals and sets only, never at test cases. What is not proved counts as a survivor.

mod points;

use std::collections::BTreeSet;

use linghang_core::Fen;
use linghang_expr::{Bracket, Exact, Node, Op, Parameter};

use super::sites::{Bend, Part, Rule, Site, shifted_cap};
use crate::lint::domain::{Domain, constraints, region};
use crate::model::{Award, RuleSet};

/// Whether it is proved that a mutant changes nothing on the day of a rule set.
pub(super) fn is_proved(rules: &RuleSet, site: &Site) -> bool {
    if points::is_never_reached(rules, site) {
        return true;
    }
    let Rule::Award(id) = &site.rule else { return is_same_value(rules, site) };
    let Some(at) = rules.award(id) else { return false };
    let award = &rules.awards[at];
    match (&site.part, &site.bend) {
        (Part::Cap(0), Bend::Cap { up }) => {
            let caps = &rules.terms.awards()[at].caps;
            caps.item.is_some_and(|cap| never_reaches(award, cap.min(shifted_cap(cap, *up))))
        }
        (Part::Pay, Bend::Shift { node, row: Some((row, is_edge)), .. }) => {
            let parameter = parameter_at(award.pay.checked.tree(), *node);
            parameter.is_some_and(|(parameter, by)| {
                if *is_edge {
                    edge_parts_nothing(parameter, *row)
                } else {
                    is_out_of_reach(rules, award, parameter, by, *row)
                }
            })
        }
        (Part::Pay, Bend::Swap { node, rows: (one, other) }) => {
            let parameter = parameter_at(award.pay.checked.tree(), *node);
            parameter.is_some_and(|(parameter, by)| {
                [*one, *other].iter().all(|row| is_out_of_reach(rules, award, parameter, by, *row))
            })
        }
        _ => is_same_value(rules, site),
    }
}

/// An edge between two rows of one value parts nothing.
fn is_same_value(rules: &RuleSet, site: &Site) -> bool {
    let Bend::Shift { node, row: Some((row, true)), .. } = &site.bend else { return false };
    let parameter = tree_of(rules, site).and_then(|tree| parameter_at(tree, *node));
    parameter.is_some_and(|(parameter, _)| edge_parts_nothing(parameter, *row))
}

/// The condition that a mutant bends.
fn tree_of<'a>(rules: &'a RuleSet, site: &Site) -> Option<&'a Node> {
    let Part::Requirement(path) = &site.part else { return None };
    match &site.rule {
        Rule::Award(id) => tree_at(rules, &rules.awards[rules.award(id)?].when, path),
        Rule::Qualification(id) => {
            let one = rules.qualifications.iter().find(|one| one.record.id == *id)?;
            let (first, rest) = path.split_first()?;
            let Some(direct) = first.checked_sub(one.when.len()) else {
                return tree_at(rules, &one.when, path);
            };
            tree_at(rules, &one.direct, &[&[direct], rest].concat())
        }
        _ => None,
    }
}

fn tree_at<'a>(
    rules: &'a RuleSet,
    list: &[crate::model::Requirement],
    path: &[usize],
) -> Option<&'a Node> {
    use crate::model::Shape;
    let (first, rest) = path.split_first()?;
    match (&list.get(*first)?.shape, rest.is_empty()) {
        (Shape::Leaf { leaf, .. }, true) => Some(rules.leaves[*leaf].expression.checked.tree()),
        (Shape::All(parts) | Shape::Any(parts), false) => tree_at(rules, parts, rest),
        _ => None,
    }
}

/// Whether the amount before caps never comes above a limit, so that the limit never binds.
fn never_reaches(award: &Award, limit: Fen) -> bool {
    let most = largest(award.pay.checked.tree()).and_then(Exact::to_fen_half_up);
    most.is_some_and(|most| Fen(most) <= limit)
}

/// The largest value that an amount can have, where that follows from constants alone.
fn largest(node: &Node) -> Option<Exact> {
    match &node.op {
        Op::Literal(literal) => literal.exact(),
        Op::Parameter { parameter, .. } => match &**parameter {
            Parameter::Value(literal) => literal.exact(),
            Parameter::Table { rows, .. } => {
                let values: Option<Vec<Exact>> = rows.iter().map(|(_, one)| one.exact()).collect();
                values?.into_iter().max()
            }
            Parameter::Brackets { rows, .. } => {
                let values: Option<Vec<Exact>> = rows.iter().map(|row| row.is.exact()).collect();
                values?.into_iter().max()
            }
            Parameter::Unset { .. } => None,
        },
        // The least of some is at most each of them.
        Op::Call(linghang_expr::Function::Min, parts) => parts.iter().filter_map(largest).min(),
        Op::Call(linghang_expr::Function::Max, parts) => {
            let all: Option<Vec<Exact>> = parts.iter().map(largest).collect();
            all?.into_iter().max()
        }
        Op::Arithmetic(linghang_expr::ArithmeticOp::Add, left, right) => {
            largest(left)?.add(largest(right)?)
        }
        _ => None,
    }
}

/// The parameter at a node, with the fact that chooses its row.
fn parameter_at(tree: &Node, wanted: usize) -> Option<(&Parameter, &str)> {
    let mut at = 0;
    let mut found = None;
    visit(tree, &mut |node| {
        if at == wanted
            && let Op::Parameter { parameter, by: Some((by, _)), .. } = &node.op
        {
            found = Some((&**parameter, &**by));
        }
        at += 1;
    });
    found
}

/// Parents first, from left to right, as sites are counted.
fn visit<'a>(node: &'a Node, see: &mut impl FnMut(&'a Node)) {
    see(node);
    for child in node.children() {
        visit(child, see);
    }
}

/// Whether two rows beside an edge have one value, and the edge after them is further away than one unit, so that an
/// edge that moves does not touch it. Where the unit is smaller than one nothing is claimed.
fn edge_parts_nothing(parameter: &Parameter, row: usize) -> bool {
    let Parameter::Brackets { rows, .. } = parameter else { return false };
    rows.get(row).zip(rows.get(row + 1)).is_some_and(|(below, above)| {
        let edge = |row: &Bracket| row.to.as_ref()?.exact();
        let room = || edge(above)?.sub(edge(below)?);
        let is_free = above.to.is_none() || room().is_some_and(|room| room > Exact::whole(2));
        below.is == above.is && is_free
    })
}

/// Whether no enterprise that meets the conditions takes this row: amounts are computed for those only.
fn is_out_of_reach(
    rules: &RuleSet,
    award: &Award,
    parameter: &Parameter,
    by: &str,
    row: usize,
) -> bool {
    let all = constraints(rules, &award.when);
    let region = region(&all);
    let Some(allowed) = region.get(by) else { return false };
    let own = match parameter {
        Parameter::Table { rows, .. } => rows.get(row).map(|(label, _)| Domain::Words {
            allowed: BTreeSet::from([label.clone()]),
            all: None,
        }),
        Parameter::Brackets { rows, .. } => bracket(rows, row),
        _ => None,
    };
    own.and_then(|own| allowed.intersect(&own)).is_some_and(|both| both.is_empty())
}

/// The values that take a row of a bracket table.
fn bracket(rows: &[Bracket], row: usize) -> Option<Domain> {
    let edge = |row: &Bracket| Some((row.to.as_ref()?.exact()?, row.inclusive));
    let low = match row.checked_sub(1) {
        // What belongs to the row below does not belong to this one.
        Some(below) => edge(rows.get(below)?).map(|(to, inclusive)| (to, !inclusive)),
        None => None,
    };
    Some(Domain::Interval { low, high: edge(rows.get(row)?) })
}
