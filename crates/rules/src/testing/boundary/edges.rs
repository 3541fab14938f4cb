//! Bracket tables around their edges: the row that counts is the first whose upper edge is not below the value.

use linghang_expr::{Batch, Bracket, Checked, Exact, Kind, Node, Op, Parameter, Valued};

use super::search::cell;
use super::{Boundaries, Fault, Side};
use crate::facts::column;
use crate::model::RuleSet;

/// Runs the cases of a table.
pub(super) fn table(rules: &RuleSet, node: &Node, found: &mut Boundaries) {
    let Op::Parameter { parameter, by: Some((by, _)), .. } = &node.op else { return };
    let Parameter::Brackets { rows, .. } = &**parameter else { return };
    let Some(kind) = rules.dictionary.get(by).map(|info| info.kind.clone()) else { return };
    for edge in rows.iter().filter_map(|row| row.to.as_ref()?.exact()) {
        found.edges += 1;
        for (side, step) in [(Side::Below, -1), (Side::At, 0), (Side::Above, 1)] {
            let Some(value) = units(&kind, edge).and_then(|units| units.checked_add(step)) else {
                continue;
            };
            found.cases += 1;
            if taken(rules, node, by, &kind, value) != expected(rows, &kind, value) {
                found.faults.push(Fault { at: node.to_text(), fact: by.to_string(), side });
            }
        }
    }
}

/// An edge in the smallest units of its fact.
fn units(kind: &Kind, edge: Exact) -> Option<i64> {
    let unit = if *kind == Kind::Ratio { 1_000_000 } else { 1 };
    i64::try_from(edge.mul(Exact::whole(unit))?.as_whole()?).ok()
}

fn expected(rows: &[Bracket], kind: &Kind, value: i64) -> Option<Exact> {
    let is_below = |row: &&Bracket| match row.to.as_ref().and_then(linghang_expr::Literal::exact) {
        None => true,
        Some(to) => units(kind, to).is_some_and(|to| value < to || (row.inclusive && value == to)),
    };
    rows.iter().find(is_below)?.is.exact()
}

fn taken(rules: &RuleSet, node: &Node, by: &str, kind: &Kind, value: i64) -> Option<Exact> {
    let cells = [cell(kind, value)];
    let columns = vec![(by, column(kind, &cells))];
    let batch = Batch::new(1, &rules.dictionary.facts, columns).ok()?;
    let program = Checked::with_tree(node.clone()).compile().ok()?;
    match program.values(&batch, &[0], rules.as_of.legal).into_iter().next()? {
        Valued::Known(value) => Some(value),
        _ => None,
    }
}
