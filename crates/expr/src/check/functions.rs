//! What each function takes and gives.

use sqlparser::ast::{Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::{Built, Checker, join, kinds, span_of, unsupported};
use crate::kind::{DurationUnit, Kind};
use crate::problem::Problem;
use crate::suggest;
use crate::tree::{Function, Node, Op};
use crate::words;

/// Most years over which a yearly growth is taken.
pub(crate) const MAX_GROWTH_YEARS: i128 = 10;

impl Checker<'_> {
    pub(super) fn call(&mut self, call: &Call, expr: &Expr) -> Built {
        let span = span_of(expr);
        let Some(arguments) = plain_arguments(call) else {
            return self.report(unsupported(span));
        };
        let name = call.name.to_string();
        let Some(function) = Function::from_name(&name) else {
            for argument in arguments {
                self.node(argument);
            }
            let problem = unknown(&name, span.start..span.start + name.len());
            return self.report(problem);
        };
        let nodes: Vec<Built> = arguments.iter().map(|argument| self.node(argument)).collect();
        let nodes: Vec<Node> = nodes.into_iter().collect::<Option<_>>()?;
        let span = nodes.iter().fold(span, |span, node| join(&span, &node.span));
        match build(function, nodes, &span) {
            Ok(node) => Some(node),
            Err(problem) => self.report(problem),
        }
    }
}

fn plain_arguments(call: &Call) -> Option<Vec<&Expr>> {
    let is_plain = call.parameters == FunctionArguments::None
        && call.filter.is_none()
        && call.null_treatment.is_none()
        && call.over.is_none()
        && call.within_group.is_empty()
        && !call.uses_odbc_syntax;
    let FunctionArguments::List(list) = &call.args else { return None };
    if !is_plain || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
        return None;
    }
    list.args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect()
}

fn unknown(name: &str, span: std::ops::Range<usize>) -> Problem {
    if let Some(problem) = words::forbidden_function(&name.to_ascii_lowercase(), span.clone()) {
        return problem;
    }
    let problem = Problem::new(
        "expr.unknown_function",
        span,
        format!("没有函数 `{name}`"),
        format!("there is no function `{name}`"),
    );
    if let Some(near) = suggest::nearest(name, Function::ALL.into_iter().map(Function::name)) {
        problem.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?"))
    } else {
        let all = Function::ALL.map(Function::name).join(", ");
        problem.hint(format!("可用：{all}"), format!("there are: {all}"))
    }
}

fn build(
    function: Function,
    arguments: Vec<Node>,
    span: &std::ops::Range<usize>,
) -> Result<Node, Problem> {
    let wanted = match function {
        Function::Ratio | Function::Growth => 2..=2,
        Function::AnnualGrowth => 3..=3,
        Function::Min | Function::Max => 2..=64,
        _ => 1..=1,
    };
    if !wanted.contains(&arguments.len()) {
        return Err(count(function, *wanted.start(), arguments.len(), span));
    }
    let (kind, arguments) = match function {
        Function::Known => (Kind::Bool, arguments),
        Function::Ratio | Function::Growth => quotient(arguments)?,
        Function::AnnualGrowth => annual(arguments)?,
        Function::Min | Function::Max => extreme(arguments)?,
        Function::Abs => (number(&arguments[0])?, arguments),
        Function::Year => (Kind::Year, dates(function, arguments)?),
        Function::MonthsSince => {
            (Kind::Duration(DurationUnit::Months), dates(function, arguments)?)
        }
        Function::YearsSince => (Kind::Duration(DurationUnit::Years), dates(function, arguments)?),
        Function::DaysUntil => (Kind::Duration(DurationUnit::Days), dates(function, arguments)?),
    };
    Ok(Node::new(kind, span.clone(), Op::Call(function, arguments)))
}

fn count(
    function: Function,
    wanted: usize,
    found: usize,
    span: &std::ops::Range<usize>,
) -> Problem {
    let name = function.name();
    Problem::new(
        "expr.arguments",
        span.clone(),
        format!("`{name}` 需要 {wanted} 个参数，这里有 {found} 个"),
        format!("`{name}` takes {wanted} arguments, and here are {found}"),
    )
}

fn number(node: &Node) -> Result<Kind, Problem> {
    if node.kind.is_number() { Ok(node.kind.clone()) } else { Err(kinds::not_a_number(node)) }
}

/// Two values of one kind, of which a quotient makes sense. Counts of different things may be divided.
fn quotient(arguments: Vec<Node>) -> Result<(Kind, Vec<Node>), Problem> {
    for argument in &arguments {
        number(argument)?;
    }
    let [above, below]: [Node; 2] = match arguments.try_into() {
        Ok(pair) => pair,
        Err(other) => return Ok((Kind::Open, other)),
    };
    let (above, below) = kinds::adapt(above, below)?;
    let is_count = |kind: &Kind| matches!(kind, Kind::Count(_) | Kind::Plain);
    let common = if is_count(&above.kind) && is_count(&below.kind) {
        Some(kinds::ANY_COUNT)
    } else {
        kinds::meet(&above.kind, &below.kind)
    };
    let Some(common) = common else { return Err(no_quotient(&above, &below)) };
    let kind = if common == Kind::Number { Kind::Number } else { Kind::Ratio };
    let (above, below) = kinds::in_common_unit(above, below, &common);
    Ok((kind, vec![above, below]))
}

fn no_quotient(above: &Node, below: &Node) -> Problem {
    let (a, b) = (above.kind.describe(), below.kind.describe());
    Problem::new(
        "expr.kind",
        join(&above.span, &below.span),
        format!("{}与{}不能相除", a.zh, b.zh),
        format!("{} cannot be divided by {}", a.en, b.en),
    )
    .hint(
        "人均一类的条件写成乘法：`revenue >= 100万元 * staff`",
        "write a condition per head as a product: `revenue >= 100万元 * staff`",
    )
}

fn annual(mut arguments: Vec<Node>) -> Result<(Kind, Vec<Node>), Problem> {
    let years = arguments.pop();
    let (_, mut arguments) = quotient(arguments)?;
    if arguments.iter().any(|argument| argument.kind == Kind::Number) {
        return Err(kinds::not_a_number(&arguments[0]));
    }
    let Some(years) = years else { return Ok((Kind::Ratio, arguments)) };
    let whole = match &years.op {
        Op::Literal(literal)
            if matches!(
                literal.kind,
                Kind::Plain | Kind::Duration(DurationUnit::Years) | Kind::Count(_)
            ) =>
        {
            literal.exact().and_then(crate::Exact::as_whole)
        }
        _ => None,
    };
    if !whole.is_some_and(|whole| (1..=MAX_GROWTH_YEARS).contains(&whole)) {
        return Err(Problem::new(
            "expr.annual_growth",
            years.span,
            format!("年数须是 1 到 {MAX_GROWTH_YEARS} 的整数"),
            format!("the years are a whole number from 1 to {MAX_GROWTH_YEARS}"),
        )
        .hint("例如 `annual_growth(a, b, 3)`", "for example `annual_growth(a, b, 3)`"));
    }
    arguments.push(years);
    Ok((Kind::Ratio, arguments))
}

/// Values of one kind; each takes the unit of the others.
fn extreme(arguments: Vec<Node>) -> Result<(Kind, Vec<Node>), Problem> {
    let mut common: Option<Node> = None;
    for argument in &arguments {
        if !argument.kind.is_number() && !matches!(argument.kind, Kind::Date | Kind::Year) {
            return Err(kinds::not_a_number(argument));
        }
        common = Some(match common {
            None => argument.clone(),
            Some(so_far) => {
                let (left, right) = kinds::adapt(so_far, argument.clone())?;
                match kinds::meet(&left.kind, &right.kind) {
                    Some(kind) => Node { kind, ..left },
                    None => return Err(no_extreme(&left, &right)),
                }
            }
        });
    }
    let Some(pattern) = common else { return Ok((Kind::Open, arguments)) };
    let kind = pattern.kind.clone();
    // The pattern stands only for its kind here: it must not be a literal that adapts in its turn.
    let pattern = Node { op: Op::All(Vec::new()), ..pattern };
    let mut adapted = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let (_, argument) = kinds::adapt(pattern.clone(), argument)?;
        let (_, argument) = kinds::in_common_unit(pattern.clone(), argument, &kind);
        adapted.push(argument);
    }
    Ok((kind, adapted))
}

fn no_extreme(left: &Node, right: &Node) -> Problem {
    let (a, b) = (left.kind.describe(), right.kind.describe());
    Problem::new(
        "expr.kind",
        join(&left.span, &right.span),
        format!("{}与{}不能比较大小", a.zh, b.zh),
        format!("{} and {} cannot be ranked", a.en, b.en),
    )
    .hint("金额写单位，如 `200万元`", "write amounts with their unit, as `200万元`")
}

fn dates(function: Function, arguments: Vec<Node>) -> Result<Vec<Node>, Problem> {
    match arguments.iter().find(|argument| !matches!(argument.kind, Kind::Date | Kind::Open)) {
        None => Ok(arguments),
        Some(argument) => {
            let kind = argument.kind.describe();
            let name = function.name();
            Err(Problem::new(
                "expr.not_a_date",
                argument.span.clone(),
                format!("`{name}` 需要日期，而这是{}", kind.zh),
                format!("`{name}` takes a date, and this is {}", kind.en),
            )
            .hint("日期写 `DATE '2025-06-30'`", "write a day as `DATE '2025-06-30'`"))
        }
    }
}
