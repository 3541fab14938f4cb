//! From the typed tree to a plan: which kernel answers which part.
//!
//! What has no kernel (text, arithmetic of measured numbers, a quotient inside a product) stays a tree and is
//! answered by the reference interpreter, row by row: slower, never different.

use std::sync::Arc;

use crate::batch::MILLION;
use crate::dates;
use crate::exact::{Exact, gcd};
use crate::kind::Kind;
use crate::literal::{Constant, Literal};
use crate::parameter::{Bracket, FactSpec, Parameter};
use crate::tree::{ArithmeticOp, CompareOp, Function, Node, Op};

use super::lane::{Lane, Stretches};

/// A fact that a plan reads.
pub(crate) type Slot = (Arc<str>, Arc<FactSpec>);

/// How a condition is answered.
#[derive(Clone, Debug)]
pub(crate) enum Plan {
    Always(bool),
    Flag(usize),
    /// Whether these facts have values.
    Known(usize),
    Not(Box<Plan>),
    All(Vec<Plan>),
    Any(Vec<Plan>),
    Same(Box<Plan>, Box<Plan>),
    Leaf(Leaf),
    Slow(Node),
}

/// A comparison with a kernel.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) test: Test,
    /// Facts that must be known.
    pub(crate) uses: Vec<usize>,
    /// Where one of these does not hold, the answer is unknown.
    pub(crate) guards: Vec<Guard>,
    /// The same comparison for the reference interpreter.
    pub(crate) node: Node,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Lanes(CompareOp, Lane, Lane),
    /// One bit for each label.
    Labels(usize, Vec<bool>),
    /// A measured number against a constant.
    Float(CompareOp, usize, f64),
}

/// What must hold for a result to be known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Guard {
    Positive(Lane),
    AtMost(usize, i64),
}

/// A number as whole numbers: `above / (den × below)`.
#[derive(Clone, Debug)]
pub(crate) struct Fraction {
    pub(crate) above: Lane,
    pub(crate) below: Option<Lane>,
    pub(crate) den: i128,
}

/// Deepest lane; a chunk of rows lives on the stack for each level.
const MAX_LANE_DEPTH: usize = 16;

/// Builds plans and collects the facts that they read.
#[derive(Default)]
pub(crate) struct Planner {
    pub(crate) slots: Vec<Slot>,
    uses: Vec<usize>,
    guards: Vec<Guard>,
}

impl Planner {
    pub(crate) fn plan(&mut self, node: &Node) -> Plan {
        match &node.op {
            Op::Not(inner) => Plan::Not(Box::new(self.plan(inner))),
            Op::All(nodes) => Plan::All(nodes.iter().map(|node| self.plan(node)).collect()),
            Op::Any(nodes) => Plan::Any(nodes.iter().map(|node| self.plan(node)).collect()),
            Op::Same(left, right) => {
                Plan::Same(Box::new(self.plan(left)), Box::new(self.plan(right)))
            }
            Op::Literal(Literal { value: Constant::Bool(value), .. }) => Plan::Always(*value),
            Op::Fact { name, spec } if spec.kind == Kind::Bool => Plan::Flag(self.slot(name, spec)),
            Op::Call(Function::Known, arguments) => match &arguments[0].op {
                Op::Fact { name, spec } => Plan::Known(self.slot(name, spec)),
                _ => Plan::Slow(node.clone()),
            },
            Op::Compare(CompareOp::NotEqual, left, right) => {
                // `<>` is NOT `=`, so that a closed-world fact without a value is "not that one".
                let op = Op::Compare(CompareOp::Equal, left.clone(), right.clone());
                let equal = Node::new(Kind::Bool, node.span.clone(), op);
                Plan::Not(Box::new(self.plan(&equal)))
            }
            Op::Compare(op, left, right) => {
                self.leaf(node, |planner| planner.compare(*op, left, right))
            }
            Op::In(value, items) => {
                if let Some(plan) = self.labels(node, value, items) {
                    return plan;
                }
                let equal = |item: &Node| {
                    let op = Op::Compare(CompareOp::Equal, value.clone(), Box::new(item.clone()));
                    Node::new(Kind::Bool, node.span.clone(), op)
                };
                Plan::Any(items.iter().map(|item| self.plan(&equal(item))).collect())
            }
            _ => Plan::Slow(node.clone()),
        }
    }

    /// A number as a fraction of lanes with the facts and guards it depends on; `None` where it has no lanes.
    pub(crate) fn number(&mut self, node: &Node) -> Option<(Fraction, Vec<usize>, Vec<Guard>)> {
        (self.uses, self.guards) = (Vec::new(), Vec::new());
        let fraction = self.fraction(node)?;
        Some((fraction, std::mem::take(&mut self.uses), std::mem::take(&mut self.guards)))
    }

    fn leaf(&mut self, node: &Node, test: impl FnOnce(&mut Self) -> Option<Test>) -> Plan {
        (self.uses, self.guards) = (Vec::new(), Vec::new());
        match test(self) {
            Some(test) => Plan::Leaf(Leaf {
                test,
                uses: std::mem::take(&mut self.uses),
                guards: std::mem::take(&mut self.guards),
                node: node.clone(),
            }),
            None => Plan::Slow(node.clone()),
        }
    }

    fn slot(&mut self, name: &Arc<str>, spec: &Arc<FactSpec>) -> usize {
        let place = self.slots.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.slots.push((Arc::clone(name), Arc::clone(spec)));
            self.slots.len() - 1
        });
        if !self.uses.contains(&place) {
            self.uses.push(place);
        }
        place
    }

    fn guard(&mut self, guard: Guard) {
        if !self.guards.contains(&guard) {
            self.guards.push(guard);
        }
    }

    fn labels(&mut self, node: &Node, value: &Node, items: &[Node]) -> Option<Plan> {
        let (Op::Fact { name, spec }, Kind::Label(labels)) = (&value.op, &value.kind) else {
            return None;
        };
        let mut wanted = vec![false; labels.len()];
        for item in items {
            let Op::Literal(Literal { value: Constant::Text(text), .. }) = &item.op else {
                return None;
            };
            let place = labels.iter().position(|label| **label == **text)?;
            wanted[place] = true;
        }
        Some(self.leaf(node, |planner| Some(Test::Labels(planner.slot(name, spec), wanted))))
    }

    fn compare(&mut self, op: CompareOp, left: &Node, right: &Node) -> Option<Test> {
        match (&left.kind, &right.kind) {
            (Kind::Label(_), _) if op == CompareOp::Equal => {
                let plan = self
                    .labels(left, left, std::slice::from_ref(right))
                    .or_else(|| self.labels(right, right, std::slice::from_ref(left)))?;
                let Plan::Leaf(leaf) = plan else { return None };
                // `labels` made a leaf of its own and took what it uses.
                self.uses = leaf.uses;
                return Some(leaf.test);
            }
            (Kind::Number, _) | (_, Kind::Number) => return self.float(op, left, right),
            _ => {}
        }
        if let Some(test) = self.annual(op, left, right) {
            return Some(test);
        }
        let (left, right) = (self.fraction(left)?, self.fraction(right)?);
        let common = common(left.den, right.den)?;
        let (left_factor, right_factor) = (common / left.den, common / right.den);
        let cross = |lane: Lane, factor, below: Option<Lane>| {
            let lane = lane.scaled(factor);
            below.map_or(lane.clone(), |below| lane.times(below))
        };
        let above = cross(left.above, left_factor, right.below);
        let other = cross(right.above, right_factor, left.below);
        shallow(Test::Lanes(op, above, other))
    }

    /// `annual_growth(new, old, n) ⋈ r` as `new ⋈ old × (1 + r)^n`.
    fn annual(&mut self, op: CompareOp, left: &Node, right: &Node) -> Option<Test> {
        let Op::Call(Function::AnnualGrowth, arguments) = &left.op else {
            let Op::Call(Function::AnnualGrowth, _) = &right.op else { return None };
            return self.annual(op.flipped(), right, left);
        };
        let Op::Literal(years) = &arguments[2].op else { return None };
        let years = u32::try_from(years.exact()?.as_whole()?).ok()?;
        let (new, old) = (self.fraction(&arguments[0])?, self.fraction(&arguments[1])?);
        let rate = self.fraction(right)?;
        if new.below.is_some() || old.below.is_some() || rate.below.is_some() {
            return None;
        }
        let one = Lane::Constant(rate.den);
        let grown = Lane::Add(Box::new(one), Box::new(rate.above));
        let factor = Lane::Max(Box::new(grown), Box::new(Lane::Constant(0)));
        self.guard(Guard::Positive(old.above.clone()));
        let mut wanted = old.above;
        let mut den = old.den;
        for _ in 0..years {
            wanted = wanted.times(factor.clone());
            den = den.checked_mul(rate.den)?;
        }
        let common = common(new.den, den)?;
        let test = Test::Lanes(op, new.above.scaled(common / new.den), wanted.scaled(common / den));
        shallow(test)
    }

    fn float(&mut self, op: CompareOp, left: &Node, right: &Node) -> Option<Test> {
        match (&left.op, &right.op) {
            (Op::Fact { name, spec }, Op::Literal(literal)) if spec.kind == Kind::Number => {
                let constant = literal.exact()?.to_f64();
                Some(Test::Float(op, self.slot(name, spec), constant))
            }
            (Op::Literal(_), Op::Fact { .. }) => self.float(op.flipped(), right, left),
            _ => None,
        }
    }

    fn fraction(&mut self, node: &Node) -> Option<Fraction> {
        let whole = |above, den| Some(Fraction { above, below: None, den });
        match &node.op {
            Op::Literal(literal) => {
                let (value, den) = constant(literal)?;
                whole(Lane::Constant(value), den)
            }
            Op::Fact { name, spec } => {
                let den = column_den(&spec.kind)?;
                whole(Lane::Column(self.slot(name, spec)), den)
            }
            Op::Parameter { parameter, by, .. } => self.parameter(parameter, by.as_ref()),
            Op::Negate(inner) => self.scale(inner, -1),
            Op::InMonths(inner) => self.scale(inner, 12),
            Op::Arithmetic(op, left, right) => {
                let (left, right) = (self.plain(left)?, self.plain(right)?);
                arithmetic(*op, left, right)
            }
            Op::Call(Function::Ratio, arguments) if node.kind == Kind::Ratio => {
                let (above, below) = (self.plain(&arguments[0])?, self.plain(&arguments[1])?);
                self.quotient(above, below)
            }
            Op::Call(Function::Growth, arguments) if node.kind == Kind::Ratio => {
                let (new, old) = (self.plain(&arguments[0])?, self.plain(&arguments[1])?);
                let gained = arithmetic(ArithmeticOp::Subtract, new, old.clone())?;
                self.quotient(gained, old)
            }
            Op::Call(function @ (Function::Min | Function::Max), arguments) => {
                let mut arguments = arguments.iter();
                let mut best = self.plain(arguments.next()?)?;
                for argument in arguments {
                    let other = self.plain(argument)?;
                    let (one, two, den) = aligned(best, other)?;
                    let (one, two) = (Box::new(one), Box::new(two));
                    let above = if *function == Function::Min {
                        Lane::Min(one, two)
                    } else {
                        Lane::Max(one, two)
                    };
                    best = Fraction { above, below: None, den };
                }
                Some(best)
            }
            Op::Call(Function::Abs, arguments) => {
                let inner = self.plain(&arguments[0])?;
                whole(Lane::Abs(Box::new(inner.above)), inner.den)
            }
            Op::Call(
                function @ (Function::MonthsSince
                | Function::YearsSince
                | Function::DaysUntil
                | Function::Year),
                arguments,
            ) => match &arguments[0].op {
                Op::Fact { name, spec } => whole(Lane::Since(*function, self.slot(name, spec)), 1),
                _ => None,
            },
            _ => None,
        }
    }

    /// A number that is not a quotient by row.
    fn plain(&mut self, node: &Node) -> Option<Fraction> {
        if node.kind == Kind::Number {
            return None;
        }
        self.fraction(node).filter(|fraction| fraction.below.is_none())
    }

    fn scale(&mut self, node: &Node, factor: i128) -> Option<Fraction> {
        let inner = self.plain(node)?;
        Some(Fraction { above: inner.above.scaled(factor), ..inner })
    }

    fn quotient(&mut self, above: Fraction, below: Fraction) -> Option<Fraction> {
        self.guard(Guard::Positive(below.above.clone()));
        // (a / d) / (b / e) = (a × e) / (d × b)
        let common =
            i128::try_from(gcd(above.den.unsigned_abs(), below.den.unsigned_abs())).ok()?;
        let numerator = above.above.scaled(below.den / common);
        Some(Fraction { above: numerator, below: Some(below.above), den: above.den / common })
    }

    fn parameter(&mut self, parameter: &Parameter, by: Option<&Slot>) -> Option<Fraction> {
        let whole = |above, den| Some(Fraction { above, below: None, den });
        match (parameter, by) {
            (Parameter::Value(literal), _) => {
                let (value, den) = constant(literal)?;
                whole(Lane::Constant(value), den)
            }
            (Parameter::Table { rows, .. }, Some((name, spec))) => {
                let Kind::Label(labels) = &spec.kind else { return None };
                let in_order: Option<Vec<&Literal>> = labels
                    .iter()
                    .map(|label| rows.iter().find(|(key, _)| key == label).map(|(_, is)| is))
                    .collect();
                let (values, den) = over_common_den(&in_order?)?;
                whole(Lane::Table(self.slot(name, spec), values.into()), den)
            }
            (Parameter::Brackets { rows, .. }, Some((name, spec))) => {
                let slot = self.slot(name, spec);
                let scale = column_den(&spec.kind)?;
                let (stretches, end, den) = stretches(rows, scale)?;
                if let Some(end) = end {
                    self.guard(Guard::AtMost(slot, end));
                }
                whole(Lane::Brackets(slot, Arc::new(stretches)), den)
            }
            _ => None,
        }
    }
}

fn arithmetic(op: ArithmeticOp, left: Fraction, right: Fraction) -> Option<Fraction> {
    if op == ArithmeticOp::Multiply {
        let den = left.den.checked_mul(right.den)?;
        return Some(Fraction { above: left.above.times(right.above), below: None, den });
    }
    let (one, two, den) = aligned(left, right)?;
    let (one, two) = (Box::new(one), Box::new(two));
    let above =
        if op == ArithmeticOp::Add { Lane::Add(one, two) } else { Lane::Subtract(one, two) };
    Some(Fraction { above, below: None, den })
}

/// What a whole number in a column of this kind is divided by; `None` where the column holds no whole numbers.
fn column_den(kind: &Kind) -> Option<i128> {
    match kind {
        Kind::Money(_)
        | Kind::Count(_)
        | Kind::Duration(_)
        | Kind::Plain
        | Kind::Date
        | Kind::Year => Some(1),
        Kind::Ratio => Some(MILLION.into()),
        _ => None,
    }
}

fn constant(literal: &Literal) -> Option<(i128, i128)> {
    match &literal.value {
        Constant::Exact(value) => Some((value.numerator(), value.denominator())),
        Constant::Date(day) => Some((dates::to_days(*day).into(), 1)),
        _ => None,
    }
}

fn common(one: i128, two: i128) -> Option<i128> {
    let divisor = i128::try_from(gcd(one.unsigned_abs(), two.unsigned_abs())).ok()?;
    (one / divisor).checked_mul(two)
}

fn aligned(left: Fraction, right: Fraction) -> Option<(Lane, Lane, i128)> {
    let den = common(left.den, right.den)?;
    Some((left.above.scaled(den / left.den), right.above.scaled(den / right.den), den))
}

fn over_common_den(literals: &[&Literal]) -> Option<(Vec<i128>, i128)> {
    let parts: Option<Vec<(i128, i128)>> =
        literals.iter().map(|literal| constant(literal)).collect();
    let parts = parts?;
    let den = parts.iter().try_fold(1, |den, (_, other)| common(den, *other))?;
    let values: Option<Vec<i128>> =
        parts.iter().map(|(value, own)| value.checked_mul(den / own)).collect();
    Some((values?, den))
}

/// The stretches over a column that counts `1 / scale`, and the last column value inside when there is no open end.
fn stretches(rows: &[Bracket], scale: i128) -> Option<(Stretches, Option<i64>, i128)> {
    let literals: Vec<&Literal> = rows.iter().map(|row| &row.is).collect();
    let (values, den) = over_common_den(&literals)?;
    let mut last = Vec::new();
    for row in rows {
        let Some(edge) = &row.to else { continue };
        let (num, edge_den) = constant(edge)?;
        let edge = Exact::new(num, edge_den)?.mul(Exact::whole(scale))?;
        let floor = edge.numerator().div_euclid(edge.denominator());
        // The last whole number that is still inside: below an exclusive edge that is whole, one less.
        let inside = if !row.inclusive && edge.as_whole().is_some() { floor - 1 } else { floor };
        last.push(i64::try_from(inside).ok()?);
    }
    let end = if last.len() == rows.len() { last.pop() } else { None };
    Some((Stretches { last, values }, end, den))
}

fn shallow(test: Test) -> Option<Test> {
    match &test {
        Test::Lanes(_, left, right) if depth(left).max(depth(right)) > MAX_LANE_DEPTH => None,
        _ => Some(test),
    }
}

pub(crate) fn is_shallow(fraction: &Fraction) -> bool {
    let below = fraction.below.as_ref().map_or(0, depth);
    depth(&fraction.above).max(below) <= MAX_LANE_DEPTH
}

fn depth(lane: &Lane) -> usize {
    1 + match lane {
        Lane::Scale(inner, _) | Lane::Abs(inner) => depth(inner),
        Lane::Add(one, two)
        | Lane::Subtract(one, two)
        | Lane::Multiply(one, two)
        | Lane::Min(one, two)
        | Lane::Max(one, two) => depth(one).max(depth(two)),
        _ => 0,
    }
}
