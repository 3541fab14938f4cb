//! Boundary cases made from the conditions themselves: for each comparison of a fact with a constant the values just
//! below, at and just above it, and no value at all.

use std::collections::BTreeSet;

use linghang_expr::{Exact, Kind, Node, Op, Parameter};
use serde::Serialize;

use crate::facts::Cell;
use crate::model::RuleSet;

/// Where a generated value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// One unit below.
    Below,
    /// At the constant.
    At,
    /// One unit above.
    Above,
    /// No value.
    Missing,
}

/// A value that tries a boundary.
#[derive(Debug, Clone)]
pub struct Boundary {
    /// Place of the condition in the rule set.
    pub leaf: usize,
    /// The comparison as written.
    pub comparison: String,
    /// The fact.
    pub fact: String,
    /// Where the value lies.
    pub side: Side,
    /// The value; absent for a missing one.
    pub cell: Option<Cell>,
}

/// All boundary values of a rule set, in the order of its conditions. A comparison of something that is computed from
/// several facts has none: no single fact decides it.
pub fn boundaries(rules: &RuleSet) -> Vec<Boundary> {
    let mut found = Vec::new();
    for (leaf, condition) in rules.leaves.iter().enumerate() {
        condition.expression.checked.tree().visit(&mut |node| {
            let Op::Compare(_, left, right) = &node.op else { return };
            let pair = fact_and_constants(left, right).or_else(|| fact_and_constants(right, left));
            let Some((fact, kind, constants)) = pair else { return };
            for constant in constants {
                found.extend(sides(leaf, node, &fact, &kind, constant));
            }
        });
    }
    let mut seen = BTreeSet::new();
    found.retain(|one| {
        let key = (one.leaf, one.fact.clone(), one.side, format!("{:?}", one.cell));
        seen.insert(key)
    });
    found
}

fn sides(leaf: usize, node: &Node, fact: &str, kind: &Kind, constant: Exact) -> Vec<Boundary> {
    let unit = unit(kind);
    let values = [
        (Side::Below, constant.sub(unit)),
        (Side::At, Some(constant)),
        (Side::Above, constant.add(unit)),
    ];
    let cells = values
        .into_iter()
        .filter_map(|(side, value)| Some((side, Some(Cell::of_exact(kind, value?)?))));
    let all = cells.chain([(Side::Missing, None)]);
    all.map(|(side, cell)| Boundary {
        leaf,
        comparison: node.to_text(),
        fact: fact.to_owned(),
        side,
        cell,
    })
    .collect()
}

/// The smallest step of a kind: a fen, one thing, a millionth, a day.
fn unit(kind: &Kind) -> Exact {
    match kind {
        Kind::Ratio => Exact::new(1, 1_000_000).unwrap_or(Exact::ONE),
        _ => Exact::ONE,
    }
}

type FactAndConstants = (String, Kind, Vec<Exact>);

fn fact_and_constants(fact: &Node, other: &Node) -> Option<FactAndConstants> {
    let Op::Fact { name, .. } = &fact.op else { return None };
    if matches!(fact.kind, Kind::Label(_) | Kind::Text | Kind::Bool) {
        return None;
    }
    let constants = constants(other);
    (!constants.is_empty()).then(|| (name.to_string(), fact.kind.clone(), constants))
}

/// The constants that a node may stand for: itself, or all values of a parameter.
fn constants(node: &Node) -> Vec<Exact> {
    let literals = match &node.op {
        Op::Literal(literal) => vec![literal],
        Op::Parameter { parameter, .. } => match &**parameter {
            Parameter::Value(literal) => vec![literal],
            Parameter::Table { rows, .. } => rows.iter().map(|(_, literal)| literal).collect(),
            Parameter::Brackets { rows, .. } => rows.iter().map(|row| &row.is).collect(),
            Parameter::Unset { .. } => Vec::new(),
        },
        _ => Vec::new(),
    };
    literals
        .into_iter()
        .filter_map(|literal| match &literal.value {
            linghang_expr::Constant::Date(day) => {
                Some(Exact::whole((*day - chrono::NaiveDate::default()).num_days().into()))
            }
            _ => literal.exact(),
        })
        .collect()
}
