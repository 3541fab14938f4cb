//! Writes derived facts out: an expression that names one becomes an expression over what it is derived from.
//!
//! So a derived ratio stays exact, its unknowns stay unknown, and an explanation shows what it is made of.

use linghang_expr::{Checked, Node, Op};

use crate::model::Dictionary;

/// The expression with all derived facts written out.
pub(crate) fn inline(checked: Checked, dictionary: &Dictionary) -> Checked {
    let is_derived = |name: &String| dictionary.get(name).is_some_and(|i| i.derived.is_some());
    if checked.facts().iter().any(is_derived) {
        Checked::with_tree(written_out(checked.tree(), dictionary))
    } else {
        checked
    }
}

fn written_out(node: &Node, dictionary: &Dictionary) -> Node {
    if let Op::Fact { name, .. } = &node.op
        && let Some(derived) = dictionary.get(name).and_then(|info| info.derived.as_ref())
    {
        // It was written out itself when the dictionary was built.
        return derived.tree().clone();
    }
    map_children(node, &mut |child| written_out(child, dictionary))
}

/// The node with its children replaced.
pub(crate) fn map_children(node: &Node, change: &mut impl FnMut(&Node) -> Node) -> Node {
    let op = match &node.op {
        Op::Literal(_) | Op::Fact { .. } | Op::Parameter { .. } => node.op.clone(),
        Op::Compare(op, left, right) => {
            let left = Box::new(change(left));
            Op::Compare(*op, left, Box::new(change(right)))
        }
        Op::In(value, list) => {
            let value = Box::new(change(value));
            Op::In(value, list.iter().map(&mut *change).collect())
        }
        Op::Same(left, right) => {
            let left = Box::new(change(left));
            Op::Same(left, Box::new(change(right)))
        }
        Op::Not(inner) => Op::Not(Box::new(change(inner))),
        Op::All(parts) => Op::All(parts.iter().map(&mut *change).collect()),
        Op::Any(parts) => Op::Any(parts.iter().map(&mut *change).collect()),
        Op::Negate(inner) => Op::Negate(Box::new(change(inner))),
        Op::Arithmetic(op, left, right) => {
            let left = Box::new(change(left));
            Op::Arithmetic(*op, left, Box::new(change(right)))
        }
        Op::InMonths(inner) => Op::InMonths(Box::new(change(inner))),
        Op::Call(function, arguments) => {
            Op::Call(*function, arguments.iter().map(&mut *change).collect())
        }
    };
    Node { kind: node.kind.clone(), span: node.span.clone(), op }
}
