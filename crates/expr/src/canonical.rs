//! The canonical form: conditions that mean the same share one text, so that they are evaluated once.
//!
//! Sides of a comparison are ordered, chains are sorted without repeats, double negations are gone, literals are in
//! their smallest unit, and parameters are replaced by what they stand for: `$rate` of two programmes is the same
//! only where the rates are. The canonical form is a key, not a text for people.

use std::fmt::Write as _;

use crate::check::Checked;
use crate::kind::Kind;
use crate::literal::{Constant, Literal};
use crate::parameter::Parameter;
use crate::tree::{ArithmeticOp, CompareOp, Function, Node, Op};

impl Checked {
    /// A key that equal conditions share.
    pub fn canonical(&self) -> String {
        key(self.tree())
    }
}

fn key(node: &Node) -> String {
    match &node.op {
        Op::Literal(value) => literal(value),
        Op::Fact { name, .. } => name.to_string(),
        Op::Parameter { name, parameter, by } => {
            parameter_key(name, parameter, by.as_ref().map(|(by, _)| &**by))
        }
        Op::Compare(op, left, right) => compare(*op, left, right),
        Op::In(value, items) => {
            let mut items: Vec<String> = items.iter().map(key).collect();
            items.sort_unstable();
            items.dedup();
            format!("in({};{})", key(value), items.join(","))
        }
        Op::Same(left, right) => sorted("same", [&**left, &**right].into_iter(), false),
        Op::Not(inner) => match &inner.op {
            Op::Not(twice) => key(twice),
            _ => format!("not({})", key(inner)),
        },
        Op::All(nodes) => sorted("all", nodes.iter(), true),
        Op::Any(nodes) => sorted("any", nodes.iter(), true),
        Op::Negate(inner) => format!("neg({})", key(inner)),
        Op::InMonths(inner) => format!("months({})", key(inner)),
        Op::Arithmetic(ArithmeticOp::Subtract, left, right) => {
            format!("sub({},{})", key(left), key(right))
        }
        Op::Arithmetic(ArithmeticOp::Add, left, right) => {
            sorted("add", [&**left, &**right].into_iter(), false)
        }
        Op::Arithmetic(ArithmeticOp::Multiply, left, right) => {
            sorted("mul", [&**left, &**right].into_iter(), false)
        }
        Op::Call(function @ (Function::Min | Function::Max), arguments) => {
            sorted(function.name(), arguments.iter(), true)
        }
        Op::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(key).collect();
            format!("{}({})", function.name(), arguments.join(","))
        }
    }
}

fn sorted<'a>(name: &str, nodes: impl Iterator<Item = &'a Node>, once: bool) -> String {
    let mut keys: Vec<String> = nodes.map(key).collect();
    keys.sort_unstable();
    if once {
        keys.dedup();
    }
    format!("{name}({})", keys.join(","))
}

fn compare(op: CompareOp, left: &Node, right: &Node) -> String {
    let (mut op, mut left, mut right) = (op, key(left), key(right));
    if left > right {
        (op, left, right) = (op.flipped(), right, left);
    }
    // `<>` is NOT `=` by definition, also where a closed-world fact has no value.
    if op == CompareOp::NotEqual {
        return format!("not(({left}={right}))");
    }
    format!("({left}{}{right})", op.symbol())
}

fn literal(literal: &Literal) -> String {
    let unit = match &literal.kind {
        Kind::Money(currency) => currency.to_string(),
        Kind::Duration(unit) => format!("{unit:?}"),
        Kind::Ratio => "Ratio".to_owned(),
        // The other side has settled the unit: 5 against a count of people is 5 people.
        _ => String::new(),
    };
    match &literal.value {
        Constant::Exact(value) => format!("{}/{}{unit}", value.numerator(), value.denominator()),
        Constant::Date(day) => day.to_string(),
        Constant::Text(text) => format!("{text:?}"),
        Constant::Bool(value) => value.to_string(),
    }
}

fn parameter_key(name: &str, parameter: &Parameter, by: Option<&str>) -> String {
    let by = by.unwrap_or("");
    let mut text = String::new();
    match parameter {
        Parameter::Value(value) => return literal(value),
        // Two open parameters may become two values, so their names keep them apart.
        Parameter::Unset { .. } => return format!("unset({name})"),
        Parameter::Table { rows, .. } => {
            let mut rows: Vec<String> =
                rows.iter().map(|(label, value)| format!("{label:?}:{}", literal(value))).collect();
            rows.sort_unstable();
            text = format!("table({by};{})", rows.join(","));
        }
        Parameter::Brackets { rows, .. } => {
            for row in rows {
                let sign = if row.inclusive { "<=" } else { "<" };
                let edge = row.to.as_ref().map_or_else(|| "*".to_owned(), literal);
                // Writing to a String cannot fail.
                write!(text, "{sign}{edge}:{},", literal(&row.is)).unwrap_or_default();
            }
            text = format!("brackets({by};{text})");
        }
    }
    text
}
