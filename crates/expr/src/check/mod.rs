//! The checker: from the parser's tree to the typed tree, with all problems at once.
//!
//! The grammar is SQL's, read by the parser that DataFusion uses; of its tree only a handful of shapes is allowed.
//! A part that has a problem is left out, so that one slip is one finding and not ten. Which kinds may meet is in
//! `kinds`, what functions take in `functions`, what parameters must look like in `parameters`.

mod functions;
mod kinds;
mod parameters;

use std::ops::Range;
use std::sync::Arc;

use sqlparser::ast::{BinaryOperator, Expr, Ident, Spanned, UnaryOperator, Value};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

use crate::exact::Exact;
use crate::kind::Kind;
use crate::lexer::{self, Lexed};
use crate::literal::Literal;
use crate::parameter::{Facts, Parameter, Parameters};
use crate::problem::Problem;
use crate::suggest;
use crate::tree::{ArithmeticOp, CompareOp, Node, Op};

/// What an expression must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A condition.
    Truth,
    /// An amount of any currency.
    Money,
    /// A ratio.
    Ratio,
    /// Any number: measured, counted, plain, a ratio or a duration.
    Number,
    /// Anything.
    Any,
}

/// Checks an expression against the fact dictionary and the parameters of one date.
///
/// # Errors
/// Every problem of the text, in the order of the text.
pub fn check(
    text: &str,
    facts: &Facts,
    parameters: &Parameters,
    expect: Expect,
) -> Result<Checked, Vec<Problem>> {
    let lexed = lexer::lex(text)?;
    let end = text.len();
    let (expr, literals) = parse(lexed, end).map_err(|problem| vec![problem])?;
    let mut checker = Checker { facts, parameters, literals, problems: Vec::new() };
    let node = checker.node(&expr);
    if let Some(node) = &node {
        checker.expect(node, expect);
    }
    let mut problems = checker.problems;
    match node {
        Some(root) if problems.is_empty() => Ok(Checked::new(root)),
        _ => {
            problems.sort_by_key(|problem| problem.span.start);
            Err(problems)
        }
    }
}

/// Deepest nesting of parentheses, calls and NOT.
const MAX_DEPTH: usize = 48;

type Literals = Vec<(Literal, Range<usize>)>;

fn parse(lexed: Lexed, end: usize) -> Result<(Expr, Literals), Problem> {
    let Lexed { tokens, literals } = lexed;
    let mut parser = Parser::new(&GenericDialect {})
        .with_recursion_limit(MAX_DEPTH)
        .with_tokens_with_locations(tokens);
    let expr = match parser.parse_expr() {
        Ok(expr) => expr,
        Err(ParserError::RecursionLimitExceeded) => {
            return Err(Problem::new(
                "expr.too_deep",
                0..end,
                "括号嵌套太深",
                "parentheses are nested too deeply",
            ));
        }
        Err(_) => {
            // The parser stops at the token it cannot use or just after it; the one before it is the nearest anchor.
            let token = parser.peek_token_no_skip();
            return Err(syntax(&token.token, location(token.span.start, end), end));
        }
    };
    let rest = parser.peek_token();
    if rest.token == Token::EOF {
        Ok((expr, literals))
    } else {
        Err(syntax(&rest.token, location(rest.span.start, end), end))
    }
}

fn location(place: sqlparser::tokenizer::Location, end: usize) -> usize {
    match usize::try_from(place.column) {
        Ok(column) if column > 0 => (column - 1).min(end),
        _ => end,
    }
}

fn syntax(token: &Token, at: usize, end: usize) -> Problem {
    if *token == Token::EOF || at >= end {
        return Problem::new(
            "expr.syntax",
            end..end,
            "表达式没有写完",
            "the expression is not complete",
        )
        .hint(
            "检查括号是否成对、运算符两侧是否有值",
            "check that parentheses pair and that every operator has two sides",
        );
    }
    Problem::new("expr.syntax", at..end, "从这里起读不懂", "cannot be read from here on").hint(
        "检查是否缺少运算符、逗号或括号",
        "check for a missing operator, comma or parenthesis",
    )
}

/// A checked expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    root: Node,
    facts: Vec<String>,
    parameters: Vec<String>,
    unset: Vec<String>,
}

impl Checked {
    fn new(root: Node) -> Self {
        let (mut facts, mut parameters, mut unset) = (Vec::new(), Vec::new(), Vec::new());
        root.visit(&mut |node| match &node.op {
            Op::Fact { name, .. } => facts.push(name.to_string()),
            Op::Parameter { name, parameter, by } => {
                parameters.push(name.to_string());
                facts.extend(by.iter().map(|(name, _)| name.to_string()));
                if matches!(**parameter, Parameter::Unset { .. }) {
                    unset.push(name.to_string());
                }
            }
            _ => {}
        });
        for list in [&mut facts, &mut parameters, &mut unset] {
            list.sort_unstable();
            list.dedup();
        }
        Self { root, facts, parameters, unset }
    }

    /// Kind of the result.
    pub const fn kind(&self) -> &Kind {
        &self.root.kind
    }

    /// Facts that the result depends on, sorted; those that choose a row of a table are among them.
    pub fn facts(&self) -> &[String] {
        &self.facts
    }

    /// Parameters in the text, sorted, without `$`.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// Parameters in the text that are not set: where there is one, the expression is not computable.
    pub fn unset(&self) -> &[String] {
        &self.unset
    }

    /// The typed tree.
    pub const fn tree(&self) -> &Node {
        &self.root
    }

    /// Takes a changed tree, as made by a mutation; the caller keeps its kinds consistent.
    #[must_use]
    pub fn with_tree(root: Node) -> Self {
        Self::new(root)
    }
}

/// Where a problem sits and what was built of the part: nothing, when it has a problem.
type Built = Option<Node>;

struct Checker<'a> {
    facts: &'a Facts,
    parameters: &'a Parameters,
    literals: Literals,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, problem: Problem) -> Built {
        self.problems.push(problem);
        None
    }

    fn node(&mut self, expr: &Expr) -> Built {
        match expr {
            Expr::Nested(inner) | Expr::UnaryOp { op: UnaryOperator::Plus, expr: inner } => {
                self.node(inner)
            }
            Expr::Value(value) => self.value(&value.value, expr),
            Expr::Identifier(name) => self.fact(name),
            Expr::UnaryOp { op: UnaryOperator::Not, expr: inner } => {
                let node = self.condition(inner)?;
                let span = node.span.clone();
                Some(Node::new(Kind::Bool, span, Op::Not(Box::new(node))))
            }
            Expr::UnaryOp { op: UnaryOperator::Minus, expr: inner } => {
                let node = self.node(inner)?;
                self.negate(node)
            }
            Expr::BinaryOp { left, op, right } => self.binary(expr, left, op, right),
            Expr::Between { expr: value, negated, low, high } => {
                self.between(value, *negated, low, high)
            }
            Expr::InList { expr: value, list, negated } => self.in_list(value, list, *negated),
            Expr::Function(function) => self.call(function, expr),
            other => {
                let span = span_of(other);
                self.report(unsupported(span))
            }
        }
    }

    fn value(&mut self, value: &Value, expr: &Expr) -> Built {
        match value {
            Value::Number(place, _) => {
                let (literal, span) = self.literals.get(place.parse::<usize>().ok()?)?.clone();
                Some(Node::literal(literal, span))
            }
            Value::Placeholder(name) => {
                let span = span_of(expr);
                self.parameter(name.trim_start_matches('$'), span)
            }
            _ => {
                let span = span_of(expr);
                self.report(unsupported(span))
            }
        }
    }

    fn fact(&mut self, name: &Ident) -> Built {
        let span = span_of(&Expr::Identifier(name.clone()));
        let name = name.value.as_str();
        if let Some(spec) = self.facts.get(name) {
            let (kind, spec) = (spec.kind.clone(), Arc::clone(spec));
            return Some(Node::new(kind, span, Op::Fact { name: name.into(), spec }));
        }
        let mut problem = Problem::new(
            "expr.unknown_fact",
            span,
            format!("事实字典中没有 `{name}`"),
            format!("there is no fact `{name}` in the dictionary"),
        );
        if self.parameters.get(name).is_some() {
            problem = problem
                .hint(format!("参数写 `${name}`"), format!("a parameter is written `${name}`"));
        } else if let Some(near) = suggest::nearest(name, self.facts.names()) {
            problem =
                problem.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?"));
        }
        self.report(problem)
    }

    fn negate(&mut self, node: Node) -> Built {
        if let Op::Literal(literal) = &node.op
            && let Some(value) = literal.exact().and_then(Exact::neg)
        {
            return Some(Node::literal(Literal::number(literal.kind.clone(), value), node.span));
        }
        if !node.kind.is_number() {
            let problem = kinds::not_a_number(&node);
            return self.report(problem);
        }
        let (kind, span) = (node.kind.clone(), node.span.clone());
        Some(Node::new(kind, span, Op::Negate(Box::new(node))))
    }

    fn binary(&mut self, expr: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Built {
        let compare = match op {
            BinaryOperator::And | BinaryOperator::Or => return self.chain(expr, op),
            BinaryOperator::Eq => CompareOp::Equal,
            BinaryOperator::NotEq => CompareOp::NotEqual,
            BinaryOperator::Lt => CompareOp::Less,
            BinaryOperator::LtEq => CompareOp::LessEqual,
            BinaryOperator::Gt => CompareOp::Greater,
            BinaryOperator::GtEq => CompareOp::GreaterEqual,
            _ => return self.arithmetic(expr, left, op, right),
        };
        let (left, right) = (self.node(left), self.node(right));
        self.compare(compare, left?, right?)
    }

    /// AND or OR: the whole chain becomes one flat node.
    fn chain(&mut self, expr: &Expr, wanted: &BinaryOperator) -> Built {
        let (mut parts, mut open) = (Vec::new(), vec![expr]);
        while let Some(next) = open.pop() {
            match next {
                Expr::BinaryOp { left, op, right } if op == wanted => {
                    open.extend([&**right, &**left]);
                }
                Expr::Nested(inner) if is_chain(inner, wanted) => open.push(inner),
                other => parts.push(other),
            }
        }
        let nodes: Vec<Built> = parts.into_iter().map(|part| self.condition(part)).collect();
        let nodes: Vec<Node> = nodes.into_iter().collect::<Option<_>>()?;
        let span = nodes.iter().map(|node| node.span.clone()).reduce(|a, b| join(&a, &b))?;
        let is_all = *wanted == BinaryOperator::And;
        // BETWEEN inside AND is two more parts of the same chain.
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node.op {
                Op::All(inner) if is_all => flat.extend(inner),
                Op::Any(inner) if !is_all => flat.extend(inner),
                op => flat.push(Node { op, ..node }),
            }
        }
        let op = if is_all { Op::All(flat) } else { Op::Any(flat) };
        Some(Node::new(Kind::Bool, span, op))
    }

    fn condition(&mut self, expr: &Expr) -> Built {
        let node = self.node(expr)?;
        if matches!(node.kind, Kind::Bool | Kind::Open) {
            return Some(node);
        }
        let problem = kinds::not_a_condition(&node);
        self.report(problem)
    }

    fn arithmetic(&mut self, expr: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Built {
        let op = match op {
            BinaryOperator::Plus => ArithmeticOp::Add,
            BinaryOperator::Minus => ArithmeticOp::Subtract,
            BinaryOperator::Multiply => ArithmeticOp::Multiply,
            _ => {
                let span = span_of(expr);
                return self.report(unsupported(span));
            }
        };
        let (left, right) = (self.node(left), self.node(right));
        match kinds::arithmetic(op, left?, right?) {
            Ok(node) => Some(node),
            Err(problem) => self.report(problem),
        }
    }

    fn compare(&mut self, op: CompareOp, left: Node, right: Node) -> Built {
        match kinds::compare(op, left, right) {
            Ok(node) => Some(node),
            Err(problem) => self.report(problem),
        }
    }

    fn between(&mut self, value: &Expr, negated: bool, low: &Expr, high: &Expr) -> Built {
        let (value, low, high) = (self.node(value), self.node(low), self.node(high));
        let (value, low, high) = (value?, low?, high?);
        let span = join(&value.span, &high.span);
        let from = self.compare(CompareOp::GreaterEqual, value.clone(), low);
        let to = self.compare(CompareOp::LessEqual, value, high);
        let both = Node::new(Kind::Bool, span.clone(), Op::All(vec![from?, to?]));
        Some(if negated { Node::new(Kind::Bool, span, Op::Not(Box::new(both))) } else { both })
    }

    fn in_list(&mut self, value: &Expr, list: &[Expr], negated: bool) -> Built {
        let value = self.node(value);
        let nodes: Vec<Built> = list.iter().map(|item| self.node(item)).collect();
        let (value, nodes) = (value?, nodes.into_iter().collect::<Option<Vec<Node>>>()?);
        let mut items = Vec::with_capacity(nodes.len());
        let mut compared_value = value.clone();
        let mut span = value.span.clone();
        for item in nodes {
            span = join(&span, &item.span);
            if !matches!(&item.op, Op::Literal(_)) && !is_single_parameter(&item) {
                let span = item.span.clone();
                return self.report(constant_list(span));
            }
            // The rules for `=` decide what may stand in the list, and give each item the unit of the value.
            let compared = self.compare(CompareOp::Equal, value.clone(), item)?;
            match compared.op {
                Op::Compare(_, value, item)
                    if items.is_empty() || value.kind == compared_value.kind =>
                {
                    compared_value = *value;
                    items.push(*item);
                }
                _ => return self.report(unsupported(compared.span)),
            }
        }
        let node = Node::new(Kind::Bool, span.clone(), Op::In(Box::new(compared_value), items));
        Some(if negated { Node::new(Kind::Bool, span, Op::Not(Box::new(node))) } else { node })
    }

    fn expect(&mut self, node: &Node, expect: Expect) {
        let kind = &node.kind;
        let fits = *kind == Kind::Open
            || match expect {
                Expect::Any => true,
                Expect::Truth => *kind == Kind::Bool,
                Expect::Money => matches!(kind, Kind::Money(_)),
                Expect::Ratio => *kind == Kind::Ratio,
                Expect::Number => kind.is_number() && !matches!(kind, Kind::Money(_)),
            };
        // A zero without a unit is an amount of zero, a ratio of zero.
        let zero = matches!(&node.op, Op::Literal(literal) if literal.is_zero());
        let zero_fits = zero && matches!(expect, Expect::Money | Expect::Ratio);
        if !fits && !zero_fits {
            self.problems.push(kinds::unexpected(node, expect));
        }
    }
}

fn is_chain(expr: &Expr, wanted: &BinaryOperator) -> bool {
    match expr {
        Expr::Nested(inner) => is_chain(inner, wanted),
        Expr::BinaryOp { op, .. } => op == wanted,
        _ => false,
    }
}

fn is_single_parameter(node: &Node) -> bool {
    matches!(&node.op, Op::Parameter { parameter, .. } if matches!(**parameter, Parameter::Value(_)))
}

fn constant_list(span: Range<usize>) -> Problem {
    Problem::new(
        "expr.constant_list",
        span,
        "`IN` 的列表中只能是值",
        "the list of `IN` holds constants only",
    )
    .hint("与其他事实比较时用 `=` 和 `OR`", "compare with other facts by `=` and `OR`")
}

fn unsupported(span: Range<usize>) -> Problem {
    Problem::new("expr.unsupported", span, "语言中没有这种写法", "the language has no such form")
        .hint("见 `docs/guide/expressions.md`", "see `docs/guide/expressions.md`")
}

/// Bytes of a part of the parser's tree; its positions count bytes from 1.
fn span_of(expr: &Expr) -> Range<usize> {
    let span = expr.span();
    let byte = |column: u64| usize::try_from(column.saturating_sub(1)).unwrap_or(0);
    let (start, end) = (byte(span.start.column), byte(span.end.column));
    start..end.max(start)
}

pub(crate) fn join(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}
