//! Cases of one day as a population.

use std::collections::BTreeMap;

use arrow_array::StringArray;
use chrono::{Datelike as _, NaiveDate};
use linghang_core::{Bilingual, Diagnostic, Fen};
use linghang_expr::{Exact, Literal};
use linghang_pack::record::Case;
use linghang_pack::{Kind, Pack};

use super::expect::{CaseResult, compare};
use crate::compile::compile;
use crate::facts::{Cell, PaidBefore, Population, column};
use crate::model::{AsOf, RuleSet};

/// A case with where it stands.
#[derive(Debug, Clone, Copy)]
pub struct CaseRef<'a> {
    /// What the file tries.
    pub kind: Kind,
    /// Name of the file without `.test.toml`.
    pub file: &'a str,
    /// The file itself, as findings show it.
    pub path: &'a str,
    /// Place in the file, from 0.
    pub place: usize,
    /// The line on which it begins.
    pub line: Option<u64>,
    /// The case.
    pub case: &'a Case,
}

/// All cases of one day, ready to run under any rule set with the same facts.
#[derive(Debug)]
pub struct Suite<'a> {
    /// The rules on the day.
    pub rules: RuleSet,
    /// One enterprise for each case.
    pub population: Population,
    /// The cases, one for each row.
    pub cases: Vec<CaseRef<'a>>,
}

impl<'a> Suite<'a> {
    /// The suites of a pack, by day; a day whose rules do not compile, or a value that is not of its fact's kind, is
    /// told instead.
    pub fn all(pack: &'a Pack) -> Vec<Result<Self, Vec<Diagnostic>>> {
        let mut by_day: BTreeMap<NaiveDate, Vec<CaseRef<'a>>> = BTreeMap::new();
        for ((kind, file), tests) in &pack.tests {
            let path = pack.origins.tests(*kind, file).unwrap_or(file);
            for (place, case) in tests.cases.iter().enumerate() {
                let line = pack.origins.case(*kind, file, place).map(|stands| stands.line);
                let case = CaseRef { kind: *kind, file, path, place, line, case };
                by_day.entry(case.case.as_of).or_default().push(case);
            }
        }
        by_day.into_iter().map(|(day, cases)| Self::of_day(pack, day, cases)).collect()
    }

    fn of_day(
        pack: &'a Pack,
        day: NaiveDate,
        cases: Vec<CaseRef<'a>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let compiled = compile(pack, AsOf::on(day));
        let Some(rules) = compiled.rules else { return Err(compiled.diagnostics) };
        let population = population(&rules, day, &cases)?;
        Ok(Self { rules, population, cases })
    }

    /// Runs the cases.
    pub fn results(&self) -> Vec<CaseResult> {
        let one =
            |(row, case): (usize, &CaseRef<'_>)| compare(&self.rules, &self.population, row, *case);
        self.cases.iter().enumerate().map(one).collect()
    }
}

fn population(
    rules: &RuleSet,
    day: NaiveDate,
    cases: &[CaseRef<'_>],
) -> Result<Population, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut cells: BTreeMap<&str, Vec<Option<Cell>>> = BTreeMap::new();
    for (row, case) in cases.iter().enumerate() {
        for (fact, written) in &case.case.facts {
            let Some(info) = rules.dictionary.get(fact) else {
                let zh = format!("事实字典中没有 `{fact}`");
                let en = format!("there is no fact `{fact}` in the dictionary");
                problems.push(told(case, "rules.case_fact", &Bilingual::new(zh, en)));
                continue;
            };
            match Cell::read(&info.kind, written) {
                Ok(cell) => {
                    cells.entry(fact).or_insert_with(|| vec![None; cases.len()])[row] = Some(cell);
                }
                Err(why) => {
                    let why = Bilingual::new(
                        format!("事实 `{fact}`：{}", why.zh),
                        format!("fact `{fact}`: {}", why.en),
                    );
                    problems.push(told(case, "rules.case_value", &why));
                }
            }
        }
    }
    let paid = payments(cases, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let columns = cells.iter().map(|(fact, cells)| {
        let kind =
            rules.dictionary.get(fact).map_or(linghang_expr::Kind::Plain, |i| i.kind.clone());
        (*fact, column(&kind, cells))
    });
    let ids = StringArray::from_iter_values((0..cases.len()).map(|row| format!("case-{row:06}")));
    let population = Population::new(ids, columns.collect(), rules, day, &[]);
    let mut population = population.map_err(|error| {
        let text = error.to_string();
        vec![Diagnostic::error("rules.columns", Bilingual::new(text.clone(), text))]
    })?;
    population.paid = paid;
    Ok(population)
}

fn payments(cases: &[CaseRef<'_>], problems: &mut Vec<Diagnostic>) -> PaidBefore {
    let mut paid = PaidBefore::default();
    for (row, case) in cases.iter().enumerate() {
        for payment in &case.case.payments {
            let award = if payment.award.contains('/') {
                payment.award.clone()
            } else {
                format!("{}/{}", case.file, payment.award)
            };
            if let Some(fen) = amount(&payment.amount) {
                paid.add(row as u32, payment.on.year(), &award, fen);
            } else {
                let text = &payment.amount;
                let zh = format!("`{text}` 不是人民币金额");
                let en = format!("`{text}` is not an amount of yuan");
                problems.push(told(case, "rules.case_value", &Bilingual::new(zh, en)));
            }
        }
    }
    paid
}

/// Reads an amount of yuan.
pub(crate) fn amount(text: &str) -> Option<Fen> {
    let literal = Literal::parse(text).ok()?;
    let is_money = literal.kind == linghang_expr::Kind::Money(linghang_expr::Currency::CNY);
    let fits = is_money || literal.is_zero();
    literal.exact().filter(|_| fits).and_then(Exact::to_fen_half_up).map(Fen)
}

fn told(case: &CaseRef<'_>, code: &'static str, why: &Bilingual) -> Diagnostic {
    let name = &case.case.name.0;
    let message = Bilingual::new(
        format!("案例“{}”：{}", name.zh, why.zh),
        format!("case \"{}\": {}", name.en, why.en),
    );
    Diagnostic::error(code, message).at(case.path, case.line)
}
