//! Finds where a comparison turns: two neighbouring values of one fact, of which one makes it true and the other not.

use std::collections::BTreeSet;

use linghang_expr::{
    Batch, Checked, Constant, Exact, Kind, Missing, Node, Op, Outcome, outcome_of, trace,
};

use super::Side;
use crate::facts::{Cell, column};
use crate::model::RuleSet;

/// Values that are tried in one round.
const GRID: i64 = 512;

/// Where a comparison turns.
pub(super) struct Place {
    /// The fact that is moved.
    pub(super) fact: String,
    /// What a missing value of it means.
    pub(super) missing: Missing,
    kind: Kind,
    /// The value at the limit, in the smallest units of the fact.
    at: i64,
    /// All facts of the comparison that stay as they are.
    others: Vec<(String, Kind, Cell)>,
}

impl Place {
    /// The values below, at and above the limit as far as they exist, and none. Below the first label of a list there
    /// is no value, nor above the last.
    pub(super) fn cases(&self) -> Vec<(Side, Option<Cell>)> {
        let sides = [(Side::Below, -1), (Side::At, 0), (Side::Above, 1)];
        let cell = |step: i64| cell(&self.kind, self.at.checked_add(step)?);
        let values = sides.into_iter().filter_map(|(side, step)| Some((side, Some(cell(step)?))));
        values.chain([(Side::Missing, None)]).collect()
    }

    /// What the compiled program and the reference interpreter say of a value.
    pub(super) fn truths(
        &self,
        rules: &RuleSet,
        node: &Node,
        value: Option<Cell>,
    ) -> Option<(Option<bool>, Option<bool>)> {
        let checked = Checked::with_tree(node.clone());
        let batch = self.batch(rules, &[value])?;
        let day = rules.as_of.legal;
        let program = checked.compile().ok()?.truth(&batch, day);
        let program = match (program.sure.value(0), program.surely_not.value(0)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let reference = match outcome_of(node, &batch, 0, day) {
            Outcome::True => Some(true),
            Outcome::False => Some(false),
            Outcome::Unknown => None,
        };
        Some((program, reference))
    }

    fn batch(&self, rules: &RuleSet, values: &[Option<Cell>]) -> Option<Batch> {
        let mut columns = vec![(self.fact.as_str(), column(&self.kind, values))];
        for (name, kind, cell) in &self.others {
            let cells = vec![Some(cell.clone()); values.len()];
            columns.push((name, column(kind, &cells)));
        }
        Batch::new(values.len(), &rules.dictionary.facts, columns).ok()
    }

    /// Truth of each value, where it is known.
    fn truth_of(&self, rules: &RuleSet, checked: &Checked, values: &[i64]) -> Vec<Option<bool>> {
        let cells: Vec<Option<Cell>> =
            values.iter().map(|value| cell(&self.kind, *value)).collect();
        let none = || vec![None; values.len()];
        let Some(batch) = self.batch(rules, &cells) else { return none() };
        let Ok(program) = checked.compile() else { return none() };
        let truth = program.truth(&batch, rules.as_of.legal);
        let of = |row: usize| match (truth.sure.value(row), truth.surely_not.value(row)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        (0..values.len()).map(|row| of(row).filter(|_| cells[row].is_some())).collect()
    }
}

/// Looks for a fact of a comparison that can make it true and false.
pub(super) fn place_of(rules: &RuleSet, node: &Node) -> Option<Place> {
    let checked = Checked::with_tree(node.clone());
    let facts: Vec<(String, Kind)> = checked
        .facts()
        .iter()
        .filter_map(|name| Some((name.clone(), rules.dictionary.get(name)?.kind.clone())))
        .collect();
    // Middling figures first; then larger and smaller ones, for conditions that look at two facts at once.
    for scale in [1_i64, 100, 1_000_000] {
        for (moved, kind) in &facts {
            let others = facts.iter().filter(|(name, _)| name != moved);
            let others = others.map(|(name, kind)| {
                Some((name.clone(), kind.clone(), middling(rules, kind, scale)?))
            });
            let Some(others) = others.collect() else { continue };
            let missing = rules.dictionary.facts.get(moved)?.missing;
            let (fact, kind) = (moved.clone(), kind.clone());
            let mut place = Place { fact, missing, kind, at: 0, others };
            if let Some(at) = turn(rules, &checked, &place) {
                place.at = at;
                return Some(place);
            }
        }
    }
    None
}

/// The value at which a comparison turns, in the smallest units.
fn turn(rules: &RuleSet, checked: &Checked, place: &Place) -> Option<i64> {
    let mut values: Vec<i64> = start(rules, checked, &place.kind).into_iter().collect();
    loop {
        let truths = place.truth_of(rules, checked, &values);
        let known: Vec<(i64, bool)> =
            values.iter().zip(truths).filter_map(|(value, truth)| Some((*value, truth?))).collect();
        let pair = known.windows(2).find(|pair| pair[0].1 != pair[1].1)?;
        let (low, high) = (pair[0].0, pair[1].0);
        if high - low <= 1 {
            return Some(at_the_limit(rules, checked, place, low, high));
        }
        let step = ((high - low) / GRID).max(1);
        let mut next: BTreeSet<i64> =
            (0..=GRID).filter_map(|at| low.checked_add(at.checked_mul(step)?)).collect();
        next.retain(|value| *value <= high);
        next.insert(high);
        values = next.into_iter().collect();
    }
}

/// Of two neighbours the one at which both sides are equal; else the upper one.
fn at_the_limit(rules: &RuleSet, checked: &Checked, place: &Place, low: i64, high: i64) -> i64 {
    let is_equal = |value: i64| {
        let batch = place.batch(rules, &[cell(&place.kind, value)]);
        let gap = batch.and_then(|batch| trace(checked, &batch, 0, rules.as_of.legal).gap);
        gap.is_some_and(|gap| gap.amount.is_zero())
    };
    if is_equal(low) { low } else { high }
}

/// Values to begin with: the constants of the expression and their neighbours, and powers of two on both sides.
fn start(rules: &RuleSet, checked: &Checked, kind: &Kind) -> BTreeSet<i64> {
    let mut values = BTreeSet::from([-1, 0, 1]);
    match kind {
        Kind::Label(labels) => return (0..labels.len() as i64).collect(),
        Kind::Date | Kind::Year => {
            let today = match kind {
                Kind::Date => (rules.as_of.legal - chrono::NaiveDate::default()).num_days(),
                _ => i64::from(rules.as_of.period()),
            };
            let reach = if *kind == Kind::Date { 200 * 366 } else { 200 };
            values = (-64..=64).map(|at| today + at * reach / 64).collect();
        }
        _ => {
            for power in 0..57 {
                values.extend([1_i64 << power, -(1_i64 << power)]);
            }
        }
    }
    checked.tree().visit(&mut |node| {
        for constant in constants(node) {
            let unit = if *kind == Kind::Ratio { 1_000_000 } else { 1 };
            let value = constant
                .mul(Exact::whole(unit))
                .map(|value| value.round(linghang_expr::Rounding::Down));
            let value = value.and_then(|value| i64::try_from(value).ok());
            values.extend(value.into_iter().flat_map(|value| [value - 1, value, value + 1]));
        }
    });
    values
}

/// The constants of a node, in the smallest units of their kinds.
fn constants(node: &Node) -> Vec<Exact> {
    use linghang_expr::Parameter;
    let literals = match &node.op {
        Op::Literal(literal) => vec![literal],
        Op::Parameter { parameter, .. } => match &**parameter {
            Parameter::Value(literal) => vec![literal],
            Parameter::Table { rows, .. } => rows.iter().map(|(_, literal)| literal).collect(),
            Parameter::Brackets { rows, .. } => rows.iter().map(|row| &row.is).collect(),
            Parameter::Unset { .. } => Vec::new(),
        },
        _ => Vec::new(),
    };
    let number = |literal: &linghang_expr::Literal| match &literal.value {
        Constant::Date(day) => {
            Some(Exact::whole((*day - chrono::NaiveDate::default()).num_days().into()))
        }
        _ => literal.exact(),
    };
    literals.into_iter().filter_map(number).collect()
}

/// A value of a kind, from its smallest units; a label by its place.
pub(super) fn cell(kind: &Kind, value: i64) -> Option<Cell> {
    match kind {
        Kind::Bool => (0..=1).contains(&value).then_some(Cell::Flag(value == 1)),
        Kind::Label(labels) => {
            let label = labels.get(usize::try_from(value).ok()?)?;
            Some(Cell::Text(label.clone()))
        }
        Kind::Text => None,
        Kind::Date => i32::try_from(value).ok().map(Cell::Day),
        Kind::Year => i32::try_from(value).ok().map(Cell::Year),
        Kind::Number => Some(Cell::Float(value as f64)),
        _ => Some(Cell::Whole(value)),
    }
}

/// A value that nobody would wonder at.
pub(super) fn middling(rules: &RuleSet, kind: &Kind, scale: i64) -> Option<Cell> {
    let value = match kind {
        // A million yuan, a thousand things.
        Kind::Money(_) => 100_000_000_i64.checked_mul(scale)?,
        Kind::Ratio => 500_000,
        Kind::Bool | Kind::Label(_) => i64::from(scale == 1),
        Kind::Date => (rules.as_of.legal - chrono::NaiveDate::default()).num_days() - 5 * 366,
        Kind::Year => i64::from(rules.as_of.period()) - 1,
        _ => 1_000_i64.checked_mul(scale)?,
    };
    cell(kind, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_do_not_exist_are_no_cases() {
        use Side::{Above, At, Below, Missing};
        let labels =
            || Kind::Label(["low", "middle", "high"].map(ToOwned::to_owned).to_vec().into());
        for (kind, at, expected) in [
            (labels(), 0, [At, Above, Missing].as_slice()),
            (labels(), 1, &[Below, At, Above, Missing]),
            (labels(), 2, &[Below, At, Missing]),
            (Kind::Ratio, 0, &[Below, At, Above, Missing]),
            (Kind::Ratio, i64::MAX, &[Below, At, Missing]),
        ] {
            let missing = linghang_expr::Missing::No;
            let fact = "size".to_owned();
            let place = Place { fact, missing, kind: kind.clone(), at, others: Vec::new() };
            let cases = place.cases();
            let sides: Vec<Side> = cases.iter().map(|(side, _)| *side).collect();
            assert_eq!(sides, expected, "{kind:?} at {at}");
            assert!(cases.iter().all(|(side, value)| value.is_none() == (*side == Missing)));
        }
    }
}
