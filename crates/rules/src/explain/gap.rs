//! Both sides of the comparisons of a condition, and how far they are apart.

use chrono::NaiveDate;
use linghang_expr::{
    Batch, Checked, CompareOp, DurationUnit, Exact, Kind, Node, Op, Valued, number_text,
};

use super::View;
use super::report::{Comparison, Truth3};

/// The comparisons in a condition, in the order written; those under an IN or a flag are not numbers.
pub(crate) fn comparisons(view: &View<'_>, checked: &Checked) -> Vec<Comparison> {
    let mut found = Vec::new();
    checked.tree().visit(&mut |node| {
        if let Op::Compare(op, left, right) = &node.op {
            found.push(comparison(&view.batch, view.rules.as_of.legal, node, *op, left, right));
        }
    });
    found
}

fn comparison(
    batch: &Batch,
    as_of: NaiveDate,
    node: &Node,
    op: CompareOp,
    left: &Node,
    right: &Node,
) -> Comparison {
    let (actual, required) = (value(batch, as_of, left), value(batch, as_of, right));
    let truth = Checked::with_tree(node.clone()).compile().ok();
    let truth = truth.map(|program| program.truth(batch, as_of));
    let truth = Truth3::of(truth.as_ref());
    let gap = match (actual, required, truth) {
        (Some(actual), Some(required), Truth3::No) => gap(op, actual, required, &left.kind),
        _ => None,
    };
    Comparison {
        what: left.to_text(),
        symbol: op.symbol(),
        actual: actual.map(|value| written(value, &left.kind)),
        required: required.map(|value| written(value, &right.kind)),
        gap,
        truth,
    }
}

fn value(batch: &Batch, as_of: NaiveDate, node: &Node) -> Option<Exact> {
    let program = Checked::with_tree(node.clone()).compile().ok()?;
    match program.values(batch, &[0], as_of).into_iter().next()? {
        Valued::Known(value) => Some(value),
        Valued::Unknown(_) | Valued::Overflow => None,
    }
}

fn gap(op: CompareOp, actual: Exact, required: Exact, kind: &Kind) -> Option<String> {
    if matches!(kind, Kind::Label(_) | Kind::Text | Kind::Bool) {
        return None;
    }
    let gap = match op {
        CompareOp::Greater | CompareOp::GreaterEqual => required.sub(actual)?,
        CompareOp::Less | CompareOp::LessEqual => actual.sub(required)?,
        CompareOp::Equal => required.sub(actual)?.abs()?,
        CompareOp::NotEqual => return None,
    };
    let kind = match kind {
        Kind::Date => Kind::Duration(DurationUnit::Days),
        Kind::Year => Kind::Duration(DurationUnit::Years),
        other => other.clone(),
    };
    Some(written(gap, &kind))
}

/// A value as a reader of either language reads it: with its unit, shortened where it has no end.
pub(crate) fn written(value: Exact, kind: &Kind) -> String {
    match kind {
        Kind::Date => value
            .as_whole()
            .and_then(|days| {
                NaiveDate::default()
                    .checked_add_signed(chrono::Duration::days(i64::try_from(days).ok()?))
            })
            .map_or_else(|| value.to_text(), |day| day.to_string()),
        Kind::Label(labels) => value
            .as_whole()
            .and_then(|code| labels.get(usize::try_from(code).ok()?))
            .map_or_else(|| value.to_text(), Clone::clone),
        Kind::Ratio => {
            let percent = value.mul(Exact::whole(100));
            let short = percent.and_then(|p| p.round_to(4, linghang_expr::Rounding::HalfUp));
            short.map_or_else(|| value.to_text(), |percent| format!("{}%", percent.to_text()))
        }
        Kind::Number => {
            let text = format!("{:.4}", value.to_f64());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => number_text(value, other),
    }
}
