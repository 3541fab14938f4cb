//! What a parameter must look like where it is used: its table complete, its brackets in order, its kinds alike.

use std::ops::Range;
use std::sync::Arc;

use super::{Built, Checker, kinds};
use crate::kind::{Kind, Unit};
use crate::literal::Literal;
use crate::parameter::{Bracket, FactSpec, Parameter};
use crate::problem::Problem;
use crate::suggest;
use crate::tree::{Node, Op};

impl Checker<'_> {
    pub(super) fn parameter(&mut self, name: &str, span: Range<usize>) -> Built {
        let Some(parameter) = self.parameters.get(name).map(Arc::clone) else {
            let problem = self.unknown_parameter(name, span);
            return self.report(problem);
        };
        let built = match &*parameter {
            Parameter::Value(literal) => Ok((literal.kind.clone(), None)),
            Parameter::Unset { kind } => Ok((kind.clone().unwrap_or(Kind::Open), None)),
            Parameter::Table { by, rows } => self.table(name, by, rows, &span),
            Parameter::Brackets { by, rows } => self.brackets(name, by, rows, &span),
        };
        match built {
            Ok((kind, by)) => {
                Some(Node::new(kind, span, Op::Parameter { name: name.into(), parameter, by }))
            }
            Err(problem) => self.report(problem),
        }
    }

    fn unknown_parameter(&self, name: &str, span: Range<usize>) -> Problem {
        let problem = Problem::new(
            "expr.unknown_parameter",
            span,
            format!("没有参数 `${name}`"),
            format!("there is no parameter `${name}`"),
        );
        match suggest::nearest(name, self.parameters.names()) {
            Some(near) => {
                problem.hint(format!("是否想写 `${near}`？"), format!("did you mean `${near}`?"))
            }
            None if self.facts.get(name).is_some() => {
                problem.hint(format!("事实写 `{name}`"), format!("a fact is written `{name}`"))
            }
            None => problem,
        }
    }

    fn by(&self, name: &str, by: &str, span: &Range<usize>) -> Result<Arc<FactSpec>, Problem> {
        self.facts.get(by).map(Arc::clone).ok_or_else(|| {
            let problem = broken(
                name,
                span,
                format!("按事实 `{by}` 取值，而字典中没有它"),
                format!("chooses by `{by}`, and there is no such fact"),
            );
            match suggest::nearest(by, self.facts.names()) {
                Some(near) => {
                    problem.hint(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?"))
                }
                None => problem,
            }
        })
    }

    fn table(
        &self,
        name: &str,
        by: &str,
        rows: &[(String, Literal)],
        span: &Range<usize>,
    ) -> Chosen {
        let spec = self.by(name, by, span)?;
        let Kind::Label(labels) = &spec.kind else {
            return Err(broken(
                name,
                span,
                format!("按 `{by}` 取值，而它不是标签"),
                format!("chooses by `{by}`, which is not a label"),
            )
            .hint("按数值取值用 `brackets`", "use `brackets` for a number"));
        };
        for (place, (label, _)) in rows.iter().enumerate() {
            if !labels.contains(label) {
                return Err(broken(
                    name,
                    span,
                    format!("有标签 `{label}`，而 `{by}` 没有"),
                    format!("has the label `{label}`, and `{by}` has not"),
                ));
            }
            if rows[..place].iter().any(|(earlier, _)| earlier == label) {
                return Err(broken(
                    name,
                    span,
                    format!("标签 `{label}` 出现两次"),
                    format!("has the label `{label}` twice"),
                ));
            }
        }
        if let Some(lacking) = labels.iter().find(|label| rows.iter().all(|(key, _)| key != *label))
        {
            return Err(broken(
                name,
                span,
                format!("缺少标签 `{lacking}` 的值"),
                format!("has no value for the label `{lacking}`"),
            )
            .hint(
                "没有支持时写明 `0%` 或 `0元`",
                "where there is no support, write `0%` or `0元`",
            ));
        }
        let kind = common_kind(name, rows.iter().map(|(_, literal)| literal), span)?;
        Ok((kind, Some((by.into(), spec))))
    }

    fn brackets(&self, name: &str, by: &str, rows: &[Bracket], span: &Range<usize>) -> Chosen {
        let spec = self.by(name, by, span)?;
        let mut previous: Option<&Literal> = None;
        for (place, row) in rows.iter().enumerate() {
            let Some(edge) = &row.to else {
                if place + 1 < rows.len() {
                    return Err(broken(
                        name,
                        span,
                        "没有上限的一档不在最后",
                        "has a stretch without an upper edge that is not the last",
                    ));
                }
                continue;
            };
            let fits = edge.is_zero()
                || kinds::meet(&edge.kind, &spec.kind).is_some_and(|kind| kind == spec.kind);
            if !fits || !orders(&spec.kind) {
                return Err(edge_kind(name, by, edge, &spec, span));
            }
            if previous.is_some_and(|before| !rises(before, edge)) {
                return Err(broken(
                    name,
                    span,
                    format!("各档上限须递增，`{}` 不是", edge.to_text()),
                    format!("has edges that do not rise at `{}`", edge.to_text()),
                ));
            }
            previous = Some(edge);
        }
        let kind = common_kind(name, rows.iter().map(|row| &row.is), span)?;
        Ok((kind, Some((by.into(), spec))))
    }
}

type Chosen = Result<(Kind, Option<(Arc<str>, Arc<FactSpec>)>), Problem>;

fn orders(kind: &Kind) -> bool {
    kind.is_number() || matches!(kind, Kind::Date | Kind::Year)
}

fn rises(before: &Literal, edge: &Literal) -> bool {
    match (&before.value, &edge.value) {
        (crate::Constant::Exact(a), crate::Constant::Exact(b)) => a < b,
        (crate::Constant::Date(a), crate::Constant::Date(b)) => a < b,
        _ => false,
    }
}

fn edge_kind(
    name: &str,
    by: &str,
    edge: &Literal,
    spec: &FactSpec,
    span: &Range<usize>,
) -> Problem {
    let (a, b) = (edge.kind.describe(), spec.kind.describe());
    broken(
        name,
        span,
        format!("上限 `{}` 是{}，而 `{by}` 是{}", edge.to_text(), a.zh, b.zh),
        format!("has the edge `{}`, {}, and `{by}` is {}", edge.to_text(), a.en, b.en),
    )
}

/// The kind that all rows share; a zero takes the kind of the others.
fn common_kind<'a>(
    name: &str,
    rows: impl Iterator<Item = &'a Literal>,
    span: &Range<usize>,
) -> Result<Kind, Problem> {
    let mut common: Option<&Literal> = None;
    for literal in rows {
        match common {
            None => common = Some(literal),
            Some(first) if first.kind == literal.kind => {}
            Some(first)
                if first.is_zero() && first.kind == Kind::Plain && literal.kind.is_number() =>
            {
                common = Some(literal);
            }
            Some(first)
                if literal.is_zero() && literal.kind == Kind::Plain && first.kind.is_number() => {}
            Some(first) => {
                let (a, b) = (first.kind.describe(), literal.kind.describe());
                return Err(broken(
                    name,
                    span,
                    format!("各行的值不是同一种：{}与{}", a.zh, b.zh),
                    format!("has values of two kinds: {} and {}", a.en, b.en),
                ));
            }
        }
    }
    match common.map(|literal| &literal.kind) {
        Some(Kind::Count(unit)) => Ok(Kind::Count(Unit::new(unit.word().unwrap_or("")))),
        Some(kind) => Ok(kind.clone()),
        None => Err(broken(name, span, "没有任何值", "has no values")),
    }
}

fn broken(
    name: &str,
    span: &Range<usize>,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Problem {
    Problem::new(
        "expr.parameter",
        span.clone(),
        format!("参数 `${name}` {}", zh.into()),
        format!("the parameter `${name}` {}", en.into()),
    )
}
