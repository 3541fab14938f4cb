//! Values that do not fit: which expressions could come to one, and for which rows they do.
//!
//! A condition whose arithmetic overflows is neither true nor false, like one whose fact is missing; but nobody can
//! supply what is missing. Callers that tell the two apart ask here, about rows whose condition is not known.

use chrono::NaiveDate;

use crate::batch::Batch;
use crate::check::Checked;
use crate::kind::Kind;
use crate::literal::{Constant, Literal};
use crate::parameter::Parameter;
use crate::reference::{Found, Row};
use crate::tree::{ArithmeticOp, Function, Node, Op};
use crate::value::Reason;

/// Bits of numerator and denominator that a value may need.
type Bits = (u32, u32);

/// Bits that always fit.
const FIT: u32 = 126;

impl Checked {
    /// Whether a value below could be too large to be computed with, whatever the facts are. Most conditions cannot:
    /// amounts have 64 bits and are computed with 128.
    pub fn can_overflow(&self) -> bool {
        let mut can = false;
        self.tree().visit(&mut |node| {
            can |= node.kind != Kind::Bool && bits(node).is_none();
            if let Op::Compare(_, left, right) = &node.op {
                can |= [(left, right), (right, left)]
                    .into_iter()
                    .any(|(growth, rate)| grown(growth, rate).is_none());
            }
        });
        can
    }

    /// Whether a value below is too large to be computed with for a row.
    pub fn overflows(&self, batch: &Batch, row: usize, as_of: NaiveDate) -> bool {
        if row >= batch.rows() {
            return false;
        }
        let row = Row { batch, row, as_of };
        let mut found = false;
        self.tree().visit(&mut |node| {
            found |= match &node.op {
                Op::Compare(_, left, right) => row.is_too_large(left, right),
                _ if node.kind == Kind::Bool => false,
                _ => row.value(node) == Found::Unknown(Reason::Overflow),
            };
        });
        found
    }
}

/// The most bits that a value may need; none where that is more than fits. Measured numbers are floats and always fit.
fn bits(node: &Node) -> Option<Bits> {
    if node.kind == Kind::Number {
        return Some((64, 0));
    }
    let found = match &node.op {
        Op::Fact { .. } if node.kind == Kind::Ratio => (64, 20),
        Op::Literal(literal) => of_literal(literal),
        Op::Parameter { parameter, .. } => of_parameter(parameter),
        Op::Negate(inner) => bits(inner)?,
        Op::InMonths(inner) => product(bits(inner)?, (4, 0)),
        Op::Arithmetic(ArithmeticOp::Multiply, left, right) => product(bits(left)?, bits(right)?),
        Op::Arithmetic(_, left, right) => sum(bits(left)?, bits(right)?),
        Op::Call(Function::Ratio, parts) => quotient(bits(&parts[0])?, bits(&parts[1])?),
        Op::Call(Function::Growth, parts) => {
            let (new, old) = (bits(&parts[0])?, bits(&parts[1])?);
            quotient(sum(new, old), old)
        }
        Op::Call(Function::Min | Function::Max | Function::Abs, parts) => {
            let all: Option<Vec<Bits>> = parts.iter().map(bits).collect();
            all?.into_iter().fold((0, 0), |(a, b), (c, d)| (a.max(c), b.max(d)))
        }
        // A double for one year: its denominator is a power of two, at most the bits of a small quotient.
        Op::Call(Function::AnnualGrowth, _) => (84, 20),
        // Days, months, years, labels, truths, and facts of 64 bits.
        _ => (64, 0),
    };
    (found.0 <= FIT && found.1 <= FIT).then_some(found)
}

/// The bits of what a yearly growth is compared with: old × (1 + rate)^years.
fn grown(growth: &Node, rate: &Node) -> Option<Bits> {
    let Op::Call(Function::AnnualGrowth, parts) = &growth.op else { return Some((0, 0)) };
    let Op::Literal(Literal { value: Constant::Exact(years), .. }) = &parts[2].op else {
        return None;
    };
    let years = u32::try_from(years.as_whole()?).ok()?;
    let factor = sum(bits(rate)?, (1, 0));
    let power = (factor.0.checked_mul(years)?, factor.1.checked_mul(years)?);
    let wanted = product(bits(&parts[1])?, power);
    (wanted.0 <= FIT && wanted.1 <= FIT).then_some(wanted)
}

fn product(a: Bits, b: Bits) -> Bits {
    (a.0 + b.0, a.1 + b.1)
}

fn quotient(a: Bits, b: Bits) -> Bits {
    (a.0 + b.1, a.1 + b.0)
}

fn sum(a: Bits, b: Bits) -> Bits {
    ((a.0 + b.1).max(b.0 + a.1) + 1, a.1 + b.1)
}

fn of_literal(literal: &Literal) -> Bits {
    match literal.exact() {
        Some(value) => {
            let width = |part: i128| i128::BITS - part.unsigned_abs().leading_zeros();
            (width(value.numerator()), width(value.denominator()) - 1 + u32::from(!is_whole(value)))
        }
        None => (64, 0),
    }
}

fn is_whole(value: crate::exact::Exact) -> bool {
    value.denominator() == 1
}

fn of_parameter(parameter: &Parameter) -> Bits {
    let literals: Vec<&Literal> = match parameter {
        Parameter::Value(literal) => vec![literal],
        Parameter::Table { rows, .. } => rows.iter().map(|(_, literal)| literal).collect(),
        Parameter::Brackets { rows, .. } => rows.iter().map(|row| &row.is).collect(),
        Parameter::Unset { .. } => Vec::new(),
    };
    let all = literals.into_iter().map(of_literal);
    all.fold((0, 0), |(a, b), (c, d)| (a.max(c), b.max(d)))
}
