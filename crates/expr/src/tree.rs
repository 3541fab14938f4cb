//! The typed tree: what an expression means once it is checked. Lints, mutations and explanations read it.
//!
//! Every node has a kind and the bytes of the text it came from. The tree is normal: chains of AND and OR are flat,
//! BETWEEN is two comparisons, literals carry the unit of what they are compared with. Spans do not count for equality.

use std::ops::Range;
use std::sync::Arc;

use crate::kind::Kind;
use crate::literal::Literal;
use crate::parameter::{FactSpec, Parameter};

/// A node of the typed tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Kind of its value.
    pub kind: Kind,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What it does.
    pub op: Op,
}

/// What a node does.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// A constant.
    Literal(Literal),
    /// A fact of the enterprise.
    Fact {
        /// Its name in the dictionary.
        name: Arc<str>,
        /// Its entry in the dictionary.
        spec: Arc<FactSpec>,
    },
    /// A parameter of the policy.
    Parameter {
        /// Its name without `$`.
        name: Arc<str>,
        /// What it is on this date.
        parameter: Arc<Parameter>,
        /// The entry of the fact that chooses the row, for tables and brackets.
        by: Option<(Arc<str>, Arc<FactSpec>)>,
    },
    /// A comparison of two values that are not conditions.
    Compare(CompareOp, Box<Node>, Box<Node>),
    /// Whether a value is one of some constants.
    In(Box<Node>, Vec<Node>),
    /// Whether two conditions are equally true.
    Same(Box<Node>, Box<Node>),
    /// NOT.
    Not(Box<Node>),
    /// AND of two or more.
    All(Vec<Node>),
    /// OR of two or more.
    Any(Vec<Node>),
    /// Unary minus.
    Negate(Box<Node>),
    /// Sum, difference or product.
    Arithmetic(ArithmeticOp, Box<Node>, Box<Node>),
    /// Years as months, where years meet months; not written in the text.
    InMonths(Box<Node>),
    /// A function.
    Call(Function, Vec<Node>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl CompareOp {
    /// As written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// Whether the comparison holds for an order of left and right.
    pub const fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
        }
    }

    /// The comparison with left and right exchanged.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            same => same,
        }
    }
}

/// Sum, difference, product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

impl ArithmeticOp {
    /// As written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
        }
    }
}

/// The functions of the language. All but `known` answer *unknown* as soon as one argument is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// `ratio(a, b)`: a / b; unknown where b is not above zero.
    Ratio,
    /// `growth(new, old)`: (new − old) / old; unknown where old is not above zero.
    Growth,
    /// `annual_growth(new, old, years)`: (new / old)^(1/years) − 1.
    AnnualGrowth,
    /// `min(a, b, …)`
    Min,
    /// `max(a, b, …)`
    Max,
    /// `known(x)`: whether there is a value.
    Known,
    /// `months_since(d)`: complete months from d to the as-of date.
    MonthsSince,
    /// `years_since(d)`: complete years.
    YearsSince,
    /// `days_until(d)`: days from the as-of date to d.
    DaysUntil,
    /// `year(d)`: calendar year of d.
    Year,
    /// `abs(x)`
    Abs,
}

impl Function {
    /// All functions, in the order of the guide.
    pub const ALL: [Self; 11] = [
        Self::Ratio,
        Self::Growth,
        Self::AnnualGrowth,
        Self::Min,
        Self::Max,
        Self::Known,
        Self::MonthsSince,
        Self::YearsSince,
        Self::DaysUntil,
        Self::Year,
        Self::Abs,
    ];

    /// As written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Growth => "growth",
            Self::AnnualGrowth => "annual_growth",
            Self::Min => "min",
            Self::Max => "max",
            Self::Known => "known",
            Self::MonthsSince => "months_since",
            Self::YearsSince => "years_since",
            Self::DaysUntil => "days_until",
            Self::Year => "year",
            Self::Abs => "abs",
        }
    }

    /// The function of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.op == other.op
    }
}

impl Node {
    pub(crate) const fn new(kind: Kind, span: Range<usize>, op: Op) -> Self {
        Self { kind, span, op }
    }

    pub(crate) fn literal(literal: Literal, span: Range<usize>) -> Self {
        Self { kind: literal.kind.clone(), span, op: Op::Literal(literal) }
    }

    /// The nodes directly below, from left to right.
    pub fn children(&self) -> Vec<&Self> {
        match &self.op {
            Op::Literal(_) | Op::Fact { .. } | Op::Parameter { .. } => Vec::new(),
            Op::Not(inner) | Op::Negate(inner) | Op::InMonths(inner) => vec![inner],
            Op::Compare(_, left, right)
            | Op::Arithmetic(_, left, right)
            | Op::Same(left, right) => vec![left, right],
            Op::In(value, list) => std::iter::once(&**value).chain(list).collect(),
            Op::All(nodes) | Op::Any(nodes) | Op::Call(_, nodes) => nodes.iter().collect(),
        }
    }

    /// Visits this node and all below it, parents first.
    pub fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Self)) {
        look(self);
        for child in self.children() {
            child.visit(look);
        }
    }

    /// Writes the expression in the language; reading it again gives an equal tree.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Binding strength of the outermost operator; higher binds tighter.
    const fn strength(&self) -> u8 {
        match &self.op {
            Op::Any(_) => 1,
            Op::All(_) => 2,
            Op::Not(_) => 3,
            Op::Compare(..) | Op::In(..) | Op::Same(..) => 4,
            Op::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract, ..) => 5,
            Op::Arithmetic(ArithmeticOp::Multiply, ..) => 6,
            Op::Negate(_) => 7,
            Op::InMonths(inner) => inner.strength(),
            _ => 8,
        }
    }

    fn write_in(&self, text: &mut String, at_least: u8) {
        if self.strength() < at_least {
            text.push('(');
            self.write(text);
            text.push(')');
        } else {
            self.write(text);
        }
    }

    fn write(&self, text: &mut String) {
        match &self.op {
            Op::Literal(literal) => text.push_str(&literal.to_text()),
            Op::Fact { name, .. } => text.push_str(name),
            Op::Parameter { name, .. } => {
                text.push('$');
                text.push_str(name);
            }
            Op::Compare(op, left, right) => pair(text, left, op.symbol(), right, 5),
            Op::Same(left, right) => pair(text, left, "=", right, 5),
            Op::Arithmetic(op, left, right) => {
                let strength = self.strength();
                left.write_in(text, strength);
                spaced(text, op.symbol());
                right.write_in(text, strength + 1);
            }
            Op::Not(inner) => {
                text.push_str("NOT ");
                inner.write_in(text, 3);
            }
            Op::Negate(inner) => {
                text.push('-');
                inner.write_in(text, 8);
            }
            Op::InMonths(inner) => inner.write(text),
            Op::All(nodes) => list(text, nodes, " AND ", 3),
            Op::Any(nodes) => list(text, nodes, " OR ", 2),
            Op::In(value, nodes) => {
                value.write_in(text, 5);
                text.push_str(" IN (");
                list(text, nodes, ", ", 0);
                text.push(')');
            }
            Op::Call(function, arguments) => {
                text.push_str(function.name());
                text.push('(');
                list(text, arguments, ", ", 0);
                text.push(')');
            }
        }
    }
}

fn pair(text: &mut String, left: &Node, symbol: &str, right: &Node, at_least: u8) {
    left.write_in(text, at_least);
    spaced(text, symbol);
    right.write_in(text, at_least);
}

fn spaced(text: &mut String, symbol: &str) {
    text.push(' ');
    text.push_str(symbol);
    text.push(' ');
}

fn list(text: &mut String, nodes: &[Node], separator: &str, at_least: u8) {
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            text.push_str(separator);
        }
        node.write_in(text, at_least);
    }
}
