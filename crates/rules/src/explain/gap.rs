//! Both sides of the comparisons of a condition, and how far they are apart.

use chrono::NaiveDate;
use linghang_core::{Bilingual, Fen};
use linghang_expr::{
    Batch, Checked, CompareOp, Currency, DurationUnit, Exact, Kind, Node, Op, Outcome, Rounding,
    Valued, number_text, outcome_of, value_of,
};

use super::View;
use super::report::{Comparison, Truth3};
use super::words::{money, same};

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
    let truth = match outcome_of(node, batch, 0, as_of) {
        Outcome::True => Truth3::Yes,
        Outcome::False => Truth3::No,
        Outcome::Unknown => Truth3::Unknown,
    };
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
    match value_of(node, batch, 0, as_of) {
        Valued::Known(value) => Some(value),
        Valued::Unknown(_) | Valued::Overflow => None,
    }
}

fn gap(op: CompareOp, actual: Exact, required: Exact, kind: &Kind) -> Option<Bilingual> {
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

/// A value with its unit as readers of each language write it; a ratio is shortened where it has no end.
pub(crate) fn written(value: Exact, kind: &Kind) -> Bilingual {
    match kind {
        Kind::Money(currency) if *currency == Currency::CNY => match value.as_whole() {
            Some(fen) if i64::try_from(fen).is_ok() => money(Fen(fen as i64)),
            _ => same(number_text(value, kind)),
        },
        Kind::Count(_) => Bilingual::new(number_text(value, kind), value.to_text()),
        Kind::Duration(unit) => {
            let word = match unit {
                DurationUnit::Years => "years",
                DurationUnit::Months => "months",
                DurationUnit::Days => "days",
            };
            Bilingual::new(number_text(value, kind), format!("{} {word}", value.to_text()))
        }
        Kind::Date => {
            let days = value.as_whole().and_then(|days| i64::try_from(days).ok());
            let day = days.and_then(|days| {
                NaiveDate::default().checked_add_signed(chrono::Duration::days(days))
            });
            same(day.map_or_else(|| value.to_text(), |day| day.to_string()))
        }
        Kind::Label(labels) => {
            let code = value.as_whole().and_then(|code| usize::try_from(code).ok());
            let label = code.and_then(|code| labels.get(code));
            same(label.cloned().unwrap_or_else(|| value.to_text()))
        }
        Kind::Ratio => {
            let percent = value.mul(Exact::whole(100));
            let short = percent.and_then(|p| p.round_to(4, Rounding::HalfUp));
            same(short.map_or_else(|| value.to_text(), |percent| format!("{}%", percent.to_text())))
        }
        Kind::Number => {
            let text = format!("{:.4}", value.to_f64());
            same(text.trim_end_matches('0').trim_end_matches('.'))
        }
        other => same(number_text(value, other)),
    }
}
