//! Conditions of a rule as requirements over shared leaves.

use linghang_core::Bilingual;
use linghang_expr::{Checked, Expect, Parameters, check};
use linghang_pack::record::{Clause, Condition, Cure, SharedTest};
use rustc_hash::FxHashMap;

use super::findings::Findings;
use super::inline::inline;
use crate::model::{Dictionary, Expression, Leaf, LeafIx, Requirement, Shape};

/// All conditions so far, each once.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    list: Vec<Leaf>,
    by_form: FxHashMap<String, LeafIx>,
}

impl Leaves {
    /// The place of a condition, the old one where it is known.
    pub(crate) fn intern(&mut self, expression: Expression) -> LeafIx {
        let canonical = expression.checked.canonical();
        if let Some(place) = self.by_form.get(&canonical) {
            return *place;
        }
        let place = self.list.len();
        self.by_form.insert(canonical.clone(), place);
        self.list.push(Leaf { canonical, expression });
        place
    }

    pub(crate) fn into_list(self) -> Vec<Leaf> {
        self.list
    }
}

/// Everything that expressions of one file may name.
pub(crate) struct Scope<'a> {
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) parameters: &'a Parameters,
    pub(crate) tests: &'a [SharedTest],
    pub(crate) clause: Option<&'a Clause>,
    /// Parameters that were named and are not set.
    pub(crate) unset: Vec<String>,
}

impl Scope<'_> {
    /// Checks and compiles an expression; what is wrong is told with its place.
    pub(crate) fn expression(
        &mut self,
        place: &str,
        text: &str,
        expect: Expect,
        findings: &mut Findings,
    ) -> Option<Expression> {
        let checked = match check(text, &self.dictionary.facts, self.parameters, expect) {
            Ok(checked) => checked,
            Err(problems) => {
                findings.expression(place, text, problems);
                return None;
            }
        };
        self.unset.extend(checked.unset().iter().cloned());
        let checked = inline(checked, self.dictionary);
        match checked.compile() {
            Ok(program) => Some(Expression { text: text.to_owned(), checked, program }),
            Err(problem) => {
                findings.expression(place, text, vec![problem]);
                None
            }
        }
    }

    /// A condition as a shared leaf.
    pub(crate) fn leaf(
        &mut self,
        place: &str,
        text: &str,
        leaves: &mut Leaves,
        findings: &mut Findings,
    ) -> Option<LeafIx> {
        self.expression(place, text, Expect::Truth, findings)
            .map(|expression| leaves.intern(expression))
    }

    /// A list of conditions.
    pub(crate) fn requirements(
        &mut self,
        place: &str,
        conditions: &[Condition],
        leaves: &mut Leaves,
        findings: &mut Findings,
    ) -> Vec<Requirement> {
        let numbered = conditions.iter().enumerate();
        numbered
            .filter_map(|(at, condition)| {
                let id = match condition.name() {
                    "" => (at + 1).to_string(),
                    name => name.to_owned(),
                };
                let place = format!("{place}.{id}");
                self.requirement(&place, id, condition, leaves, findings)
            })
            .collect()
    }

    fn requirement(
        &mut self,
        place: &str,
        id: String,
        condition: &Condition,
        leaves: &mut Leaves,
        findings: &mut Findings,
    ) -> Option<Requirement> {
        let mut say = condition.say.as_ref().map(|say| say.0.clone());
        let mut clause = condition.clause.clone().or_else(|| self.clause.cloned());
        let shape = if let Some(name) = &condition.test {
            let test = self.tests.iter().find(|test| test.id == *name);
            let Some(test) = test else {
                findings.say(
                    "rules.unknown_test",
                    place,
                    &format!("没有共用条件 `{name}`"),
                    &format!("there is no shared test `{name}`"),
                );
                return None;
            };
            say = say.or_else(|| test.say.as_ref().map(|say| say.0.clone()));
            clause = test.clause.clone().or(clause);
            // Parts of a shared test are written where the test is.
            let outer = self.clause;
            self.clause = test.clause.as_ref().or(outer);
            let body = self.body(place, test.is.as_deref(), &test.all, &[], leaves, findings);
            self.clause = outer;
            body?
        } else {
            let Condition { is, all, any, .. } = condition;
            self.body(place, is.as_deref(), all, any, leaves, findings)?
        };
        let cure = condition.cure.unwrap_or_else(|| cure_of(&shape, self.dictionary, leaves));
        Some(Requirement { id, say, clause, cure, discretionary: condition.discretionary, shape })
    }

    fn body(
        &mut self,
        place: &str,
        is: Option<&str>,
        all: &[Condition],
        any: &[Condition],
        leaves: &mut Leaves,
        findings: &mut Findings,
    ) -> Option<Shape> {
        if let Some(text) = is {
            let leaf = self.leaf(place, text, leaves, findings)?;
            return Some(Shape::Leaf { text: text.to_owned(), leaf });
        }
        if !all.is_empty() {
            return Some(Shape::All(self.requirements(place, all, leaves, findings)));
        }
        if !any.is_empty() {
            return Some(Shape::Any(self.requirements(place, any, leaves, findings)));
        }
        Some(Shape::Judged)
    }
}

/// What can make a requirement true, as its facts say: all of its facts must allow it; "time" only when all do.
fn cure_of(shape: &Shape, dictionary: &Dictionary, leaves: &Leaves) -> Cure {
    match shape {
        Shape::Leaf { leaf, .. } => {
            let checked: &Checked = &leaves.list[*leaf].expression.checked;
            let cures = checked.facts().iter().filter_map(|fact| dictionary.get(fact)).map(
                |info| match info.record.cure {
                    Cure::None if info.record.changeable => Cure::Act,
                    cure => cure,
                },
            );
            // One fact that can be changed is enough to change what a comparison says.
            cures.min_by_key(|cure| cure.hardness()).unwrap_or(Cure::None)
        }
        Shape::Judged => Cure::Review,
        Shape::All(parts) => parts
            .iter()
            .map(|part| part.cure)
            .max_by_key(|cure| cure.hardness())
            .unwrap_or_default(),
        Shape::Any(parts) => parts
            .iter()
            .map(|part| part.cure)
            .min_by_key(|cure| cure.hardness())
            .unwrap_or_default(),
    }
}

/// A text of a pack, as plain bilingual text.
pub(crate) fn plain(text: &linghang_pack::record::Text) -> Bilingual {
    text.0.clone()
}
