//! Which kinds may meet in a comparison, a sum and a product, and what comes of it.
//!
//! The tables here are the unit algebra of the language. A number without a unit takes the unit of its other side
//! where that cannot be a slip: counts, years, durations, measured numbers. It never becomes money or a ratio,
//! except for zero, which is the same in every unit.

use linghang_core::Bilingual;

use super::{Expect, join};
use crate::kind::{DurationUnit, Kind, Unit};
use crate::literal::{Constant, Literal};
use crate::problem::Problem;
use crate::suggest;
use crate::tree::{ArithmeticOp, CompareOp, Node, Op};

/// Builds a comparison.
pub(super) fn compare(op: CompareOp, left: Node, right: Node) -> Result<Node, Problem> {
    let span = join(&left.span, &right.span);
    let is_order = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    let (left, right) = adapt(left, right)?;
    let common = match (&left.kind, &right.kind) {
        (Kind::Bool, Kind::Bool) if !is_order => return Ok(same(op, left, right)),
        (Kind::Number, Kind::Ratio) | (Kind::Ratio, Kind::Number) => Some(Kind::Number),
        (a, b) => meet(a, b),
    };
    let Some(kind) = common else { return Err(mismatch(&left, &right)) };
    if is_order && matches!(kind, Kind::Bool | Kind::Label(_) | Kind::Text) {
        return Err(no_order(&left, op));
    }
    if !is_order && kind == Kind::Number {
        return Err(float_equality(span, op));
    }
    let (left, right) = in_common_unit(left, right, &kind);
    Ok(Node::new(Kind::Bool, span, Op::Compare(op, Box::new(left), Box::new(right))))
}

/// `flag = TRUE` is the flag itself; other equalities of conditions stay.
fn same(op: CompareOp, left: Node, right: Node) -> Node {
    let span = join(&left.span, &right.span);
    let constant = |node: &Node| match &node.op {
        Op::Literal(Literal { value: Constant::Bool(value), .. }) => Some(*value),
        _ => None,
    };
    let wanted = op == CompareOp::Equal;
    let (node, positive) = match (constant(&left), constant(&right)) {
        (_, Some(value)) => (left, value == wanted),
        (Some(value), None) => (right, value == wanted),
        (None, None) => {
            (Node::new(Kind::Bool, span.clone(), Op::Same(Box::new(left), Box::new(right))), wanted)
        }
    };
    if positive { node } else { Node::new(Kind::Bool, span, Op::Not(Box::new(node))) }
}

/// Builds a sum, difference or product.
pub(super) fn arithmetic(op: ArithmeticOp, left: Node, right: Node) -> Result<Node, Problem> {
    let span = join(&left.span, &right.span);
    for side in [&left, &right] {
        if !side.kind.is_number() && side.kind != Kind::Year {
            return Err(not_a_number(side));
        }
    }
    let (left, right, kind) = match op {
        ArithmeticOp::Multiply => {
            let kind = product(&left.kind, &right.kind);
            (left, right, kind)
        }
        ArithmeticOp::Add | ArithmeticOp::Subtract => {
            // 2 in `opened + 2` is two years and not the year 2.
            let has_year = left.kind == Kind::Year || right.kind == Kind::Year;
            let (left, right) = if has_year { (left, right) } else { adapt(left, right)? };
            let kind = sum(op, &left.kind, &right.kind);
            match kind {
                Some(kind @ Kind::Duration(_)) if left.kind != Kind::Year => {
                    let (left, right) = in_common_unit(left, right, &kind);
                    (left, right, Some(kind))
                }
                kind => (left, right, kind),
            }
        }
    };
    match kind {
        Some(kind) => {
            Ok(Node::new(kind, span, Op::Arithmetic(op, Box::new(left), Box::new(right))))
        }
        None if op == ArithmeticOp::Multiply => Err(no_product(&left, &right)),
        None => Err(mismatch(&left, &right)),
    }
}

fn sum(op: ArithmeticOp, left: &Kind, right: &Kind) -> Option<Kind> {
    match (left, right) {
        (Kind::Year | Kind::Plain, Kind::Year) if op == ArithmeticOp::Subtract => {
            Some(Kind::Duration(DurationUnit::Years))
        }
        (Kind::Year, Kind::Year) => None,
        (Kind::Year, Kind::Plain | Kind::Duration(DurationUnit::Years) | Kind::Open) => {
            Some(Kind::Year)
        }
        _ => meet(left, right),
    }
}

fn product(left: &Kind, right: &Kind) -> Option<Kind> {
    use Kind::{Count, Duration, Money, Number, Open, Plain, Ratio};
    match (left, right) {
        (Money(currency), Ratio | Plain | Count(_) | Open)
        | (Ratio | Plain | Count(_) | Open, Money(currency)) => Some(Money(*currency)),
        (Count(unit), Ratio | Plain | Open) | (Ratio | Plain | Open, Count(unit)) => {
            Some(Count(unit.clone()))
        }
        (Count(one), Count(two)) => one
            .word()
            .is_none()
            .then(|| Count(two.clone()))
            .or_else(|| two.word().is_none().then(|| Count(one.clone()))),
        (Number, Number | Ratio | Plain | Count(_) | Open)
        | (Ratio | Plain | Count(_) | Open, Number) => Some(Number),
        (Duration(unit), Ratio | Plain | Open) | (Ratio | Plain | Open, Duration(unit)) => {
            Some(Duration(*unit))
        }
        (Ratio, Ratio | Plain | Open) | (Plain | Open, Ratio) => Some(Ratio),
        (Plain, Plain) => Some(Plain),
        (Open, Plain | Open) | (Plain, Open) => Some(Open),
        _ => None,
    }
}

/// The common kind of two values that are compared, added or ranked; `None` where they do not fit.
pub(super) fn meet(left: &Kind, right: &Kind) -> Option<Kind> {
    use Kind::{Count, Duration, Number, Open, Plain, Year};
    match (left, right) {
        (Count(one), Count(two)) => one.meet(two).map(Count),
        (Duration(one), Duration(two)) => match (one, two) {
            (one, two) if one == two => Some(Duration(*one)),
            (DurationUnit::Days, _) | (_, DurationUnit::Days) => None,
            _ => Some(Duration(DurationUnit::Months)),
        },
        (Open, other)
        | (other, Open)
        | (other @ (Count(_) | Number | Year | Duration(_)), Plain)
        | (Plain, other @ (Count(_) | Number | Year | Duration(_))) => Some(other.clone()),
        (one, two) => (one == two).then(|| one.clone()),
    }
}

/// Gives a literal without a unit the kind of its other side.
pub(super) fn adapt(left: Node, right: Node) -> Result<(Node, Node), Problem> {
    let right = adapt_to(right, &left.kind)?;
    let left = adapt_to(left, &right.kind)?;
    Ok((left, right))
}

fn adapt_to(node: Node, kind: &Kind) -> Result<Node, Problem> {
    let Op::Literal(literal) = &node.op else { return Ok(node) };
    match (&literal.value, &literal.kind, kind) {
        (Constant::Text(text), Kind::Text, Kind::Label(labels)) => {
            if labels.iter().any(|label| **label == **text) {
                let literal = Literal { kind: kind.clone(), value: literal.value.clone() };
                return Ok(Node::literal(literal, node.span));
            }
            Err(unknown_label(text, labels, &node))
        }
        (Constant::Exact(value), Kind::Plain, target)
            if value.is_zero() && target.is_number() && *target != Kind::Open =>
        {
            Ok(Node::literal(Literal::number(target.clone(), *value), node.span))
        }
        (
            Constant::Exact(value),
            Kind::Plain,
            Kind::Count(_) | Kind::Duration(_) | Kind::Year | Kind::Number,
        ) => Ok(Node::literal(Literal::number(kind.clone(), *value), node.span)),
        (Constant::Exact(value), Kind::Count(unit), Kind::Count(other))
            if unit.word().is_none() =>
        {
            let target = Kind::Count(other.clone());
            Ok(Node::literal(Literal::number(target, *value), node.span))
        }
        _ => Ok(node),
    }
}

/// Turns years into months where the common kind is months.
pub(super) fn in_common_unit(left: Node, right: Node, kind: &Kind) -> (Node, Node) {
    if *kind != Kind::Duration(DurationUnit::Months) {
        return (left, right);
    }
    (in_months(left), in_months(right))
}

pub(super) fn in_months(node: Node) -> Node {
    if node.kind != Kind::Duration(DurationUnit::Years) {
        return node;
    }
    let months = Kind::Duration(DurationUnit::Months);
    if let Op::Literal(literal) = &node.op
        && let Some(value) = literal.exact().and_then(|years| years.mul(crate::Exact::whole(12)))
    {
        return Node::literal(Literal::number(months, value), node.span);
    }
    let span = node.span.clone();
    Node::new(months, span, Op::InMonths(Box::new(node)))
}

fn unknown_label(text: &str, labels: &[String], node: &Node) -> Problem {
    let problem = Problem::new(
        "expr.unknown_label",
        node.span.clone(),
        format!("没有标签 `{text}`"),
        format!("there is no label `{text}`"),
    );
    let all = labels.join(", ");
    match suggest::nearest(text, labels.iter().map(String::as_str)) {
        Some(near) => {
            problem.hint(format!("是否想写 `'{near}'`？"), format!("did you mean `'{near}'`?"))
        }
        None => problem.hint(format!("可用：{all}"), format!("there are: {all}")),
    }
}

fn mismatch(left: &Node, right: &Node) -> Problem {
    let (a, b) = (left.kind.describe(), right.kind.describe());
    let problem = Problem::new(
        "expr.kind",
        join(&left.span, &right.span),
        format!("{}与{}不能放在一起", a.zh, b.zh),
        format!("{} and {} do not fit together", a.en, b.en),
    );
    match mismatch_hint(&left.kind, &right.kind).or_else(|| mismatch_hint(&right.kind, &left.kind))
    {
        Some(hint) => problem.hint(hint.zh, hint.en),
        None => problem,
    }
}

fn mismatch_hint(a: &Kind, b: &Kind) -> Option<Bilingual> {
    let (zh, en) = match (a, b) {
        (Kind::Money(_), Kind::Plain) => {
            ("金额要写单位，如 `20万元`", "write an amount with its unit, as `20万元`")
        }
        (Kind::Ratio, Kind::Plain) => {
            ("比率写成百分数，如 `3%`", "write a ratio in percent, as `3%`")
        }
        (Kind::Money(_), Kind::Money(_)) => {
            ("币种不同；先在事实中换算", "the currencies differ; convert in the facts first")
        }
        (Kind::Money(_), Kind::Ratio) => (
            "比率要乘以一个金额，或用 `ratio(a, b)`",
            "multiply the ratio by an amount, or use `ratio(a, b)`",
        ),
        (Kind::Date, Kind::Text) => {
            ("日期写 `DATE '2025-06-30'`", "write a day as `DATE '2025-06-30'`")
        }
        (Kind::Date, Kind::Year | Kind::Plain) => ("用 `year(d)`", "use `year(d)`"),
        (Kind::Date, Kind::Duration(_)) => {
            ("用 `months_since(d)` 或 `days_until(d)`", "use `months_since(d)` or `days_until(d)`")
        }
        (Kind::Text, _) => ("数不加引号", "a number has no quotes"),
        _ => return None,
    };
    Some(Bilingual::new(zh, en))
}

fn no_product(left: &Node, right: &Node) -> Problem {
    let (a, b) = (left.kind.describe(), right.kind.describe());
    Problem::new(
        "expr.kind",
        join(&left.span, &right.span),
        format!("{}与{}不能相乘", a.zh, b.zh),
        format!("{} and {} cannot be multiplied", a.en, b.en),
    )
    .hint(
        "金额只乘比率、数量或无单位的数",
        "money is multiplied by a ratio, a count or a number without a unit only",
    )
}

fn no_order(node: &Node, op: CompareOp) -> Problem {
    let kind = node.kind.describe();
    Problem::new(
        "expr.no_order",
        node.span.clone(),
        format!("{}没有大小，不能用 `{}`", kind.zh, op.symbol()),
        format!("{} has no order; `{}` does not apply", kind.en, op.symbol()),
    )
    .hint("用 `=`、`<>` 或 `IN`", "use `=`, `<>` or `IN`")
}

fn float_equality(span: std::ops::Range<usize>, op: CompareOp) -> Problem {
    Problem::new(
        "expr.float_equality",
        span,
        format!("测量值不能用 `{}` 比较", op.symbol()),
        format!("a measured number cannot be compared by `{}`", op.symbol()),
    )
    .hint("用 `>=`、`<=` 或 `BETWEEN`", "use `>=`, `<=` or `BETWEEN`")
}

pub(super) fn not_a_number(node: &Node) -> Problem {
    let kind = node.kind.describe();
    Problem::new(
        "expr.not_a_number",
        node.span.clone(),
        format!("{}不能参加运算", kind.zh),
        format!("{} cannot be calculated with", kind.en),
    )
}

pub(super) fn not_a_condition(node: &Node) -> Problem {
    let kind = node.kind.describe();
    Problem::new(
        "expr.not_a_condition",
        node.span.clone(),
        format!("这里须是条件，而这是{}", kind.zh),
        format!("a condition is wanted here, and this is {}", kind.en),
    )
    .hint("加上比较，如 `>= 100万元`", "compare it, as `>= 100万元`")
}

pub(super) fn unexpected(node: &Node, expect: Expect) -> Problem {
    if expect == Expect::Truth {
        return not_a_condition(node);
    }
    let (zh, en) = match expect {
        Expect::Money => ("金额", "an amount of money"),
        Expect::Ratio => ("比率", "a ratio"),
        Expect::Number | Expect::Truth | Expect::Any => ("数", "a number"),
    };
    let kind = node.kind.describe();
    Problem::new(
        "expr.expected",
        node.span.clone(),
        format!("这里须是{zh}，而这是{}", kind.zh),
        format!("{en} is wanted here, and this is {}", kind.en),
    )
}

/// Counts without a unit fit every count.
pub(super) const ANY_COUNT: Kind = Kind::Count(Unit::NONE);
