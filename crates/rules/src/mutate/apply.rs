//! Makes the bent rule set.

use std::sync::Arc;

use linghang_core::Fen;
use linghang_expr::{Checked, Constant, Node, Op, Parameter};

use super::sites::{Bend, Part, Rule, Site, flipped, shifted, shifted_cap};
use crate::compile::map_children;
use crate::model::{Expression, Leaf, LeafIx, Requirement, RuleSet, Shape};
use crate::money::Terms;

/// The rule set with one site bent; nothing where the rule is not there on the day.
pub(crate) fn apply(rules: &RuleSet, site: &Site) -> Option<RuleSet> {
    let mut bent = rules.clone();
    match (&site.rule, &site.part) {
        (Rule::Award(id), Part::Cap(place)) => {
            let Bend::Cap { up } = site.bend else { return None };
            bend_cap(&mut bent, rules.award(id)?, *place, up)?;
        }
        (Rule::Award(id), Part::Pay) => {
            let award = &mut bent.awards[rules.award(id)?];
            award.pay = bent_expression(&award.pay, &site.bend)?;
            award.fixed = None;
        }
        (Rule::Award(id), Part::Requirement(path)) => {
            let at = rules.award(id)?;
            let mut when = std::mem::take(&mut bent.awards[at].when);
            bend_requirement(&mut bent, &mut when, path, &site.bend)?;
            bent.awards[at].when = when;
        }
        (Rule::Qualification(id), Part::Requirement(path)) => {
            let at = rules.qualifications.iter().position(|one| one.record.id == *id)?;
            let conditions = rules.qualifications[at].when.len();
            let (first, rest) = path.split_first()?;
            let is_direct = *first >= conditions;
            let one = &mut bent.qualifications[at];
            let list = if is_direct { &mut one.direct } else { &mut one.when };
            let mut list = std::mem::take(list);
            let mut path = vec![if is_direct { first - conditions } else { *first }];
            path.extend(rest);
            bend_requirement(&mut bent, &mut list, &path, &site.bend)?;
            let one = &mut bent.qualifications[at];
            *(if is_direct { &mut one.direct } else { &mut one.when }) = list;
        }
        (Rule::Watch(id), _) => {
            let at = rules.watches.iter().position(|one| one.record.id == *id)?;
            bent.watches[at].is = bent_leaf(&mut bent, rules.watches[at].is, &site.bend)?;
        }
        (Rule::Route(id), _) => {
            let at = rules.routes.iter().position(|one| one.record.id == *id)?;
            bent.routes[at].is = Some(bent_leaf(&mut bent, rules.routes[at].is?, &site.bend)?);
        }
        (Rule::Score(id), part) => {
            let at = rules.scores.iter().position(|one| one.record.id == *id)?;
            bend_score(&mut bent, at, part, &site.bend)?;
        }
        _ => return None,
    }
    Some(bent)
}

fn bend_score(rules: &mut RuleSet, at: usize, part: &Part, bend: &Bend) -> Option<()> {
    match (part, bend) {
        (Part::Stage(stage), _) => {
            let leaf = rules.scores[at].stages.get(*stage)?.is?;
            rules.scores[at].stages[*stage].is = Some(bent_leaf(rules, leaf, bend)?);
        }
        (Part::Item(item), Bend::Points { figure, up }) => {
            super::scores::bend(rules.scores[at].items.get_mut(*item)?, figure, *up)?;
        }
        (Part::Item(item), _) => {
            let item = rules.scores[at].items.get_mut(*item)?;
            item.of = bent_expression(&item.of, bend)?;
        }
        _ => return None,
    }
    Some(())
}

fn bend_cap(rules: &mut RuleSet, award: usize, place: usize, up: bool) -> Option<()> {
    let mut awards = rules.terms.awards().to_vec();
    let caps = &mut awards[award].caps;
    let cap: &mut Option<Fen> = match place {
        0 => &mut caps.item,
        1 => &mut caps.year,
        _ => &mut caps.lifetime,
    };
    *cap = Some(shifted_cap((*cap)?, up));
    let (groups, pools) = (rules.terms.groups().to_vec(), rules.terms.pools().to_vec());
    rules.terms = Terms::new(awards, groups, pools, rules.terms.ceiling_year()).ok()?;
    Some(())
}

fn bend_requirement(
    rules: &mut RuleSet,
    list: &mut Vec<Requirement>,
    path: &[usize],
    bend: &Bend,
) -> Option<()> {
    let (first, rest) = path.split_first()?;
    if *first >= list.len() {
        return None;
    }
    if rest.is_empty() && *bend == Bend::Drop {
        list.remove(*first);
        return Some(());
    }
    match (&mut list[*first].shape, rest.is_empty()) {
        (Shape::Leaf { leaf, .. }, true) => {
            *leaf = bent_leaf(rules, *leaf, bend)?;
            Some(())
        }
        (Shape::All(parts) | Shape::Any(parts), false) => {
            bend_requirement(rules, parts, rest, bend)
        }
        _ => None,
    }
}

/// Adds the bent condition beside the old one, which other rules may share.
fn bent_leaf(rules: &mut RuleSet, leaf: LeafIx, bend: &Bend) -> Option<LeafIx> {
    let expression = bent_expression(&rules.leaves[leaf].expression, bend)?;
    let canonical = expression.checked.canonical();
    rules.leaves.push(Leaf { canonical, expression });
    Some(rules.leaves.len() - 1)
}

fn bent_expression(expression: &Expression, bend: &Bend) -> Option<Expression> {
    let mut at = 0;
    let checked = Checked::with_tree(bent_node(expression.checked.tree(), bend, &mut at));
    if checked == expression.checked {
        return None;
    }
    let program = checked.compile().ok()?;
    Some(Expression { text: checked.tree().to_text(), checked, program })
}

/// Rebuilds a tree, counting nodes as the sites were counted: parents first, from left to right.
fn bent_node(node: &Node, bend: &Bend, at: &mut usize) -> Node {
    let own = *at;
    *at += 1;
    let mut rebuilt = map_children(node, &mut |child| bent_node(child, bend, at));
    match (bend, &mut rebuilt.op) {
        (Bend::Flip(place), Op::Compare(op, ..)) if *place == own => {
            *op = flipped(*op).unwrap_or(*op);
        }
        (Bend::Shift { node, row: None, up }, Op::Literal(literal)) if *node == own => {
            *literal = shifted(literal, *up).unwrap_or_else(|| literal.clone());
        }
        (Bend::Label { node, label }, Op::Literal(literal)) if *node == own => {
            literal.value = Constant::Text(label.as_str().into());
        }
        (Bend::Without { node, place }, Op::In(_, items))
            if *node == own && *place < items.len() =>
        {
            items.remove(*place);
        }
        (Bend::With { node, label }, Op::In(_, items)) if *node == own => {
            let mut added = items.first().cloned();
            if let Some(Op::Literal(literal)) = added.as_mut().map(|item| &mut item.op) {
                literal.value = Constant::Text(label.as_str().into());
            }
            items.extend(added);
        }
        (Bend::Shift { node, .. } | Bend::Swap { node, .. }, Op::Parameter { parameter, .. })
            if *node == own =>
        {
            *parameter = Arc::new(bent_parameter(parameter, bend));
        }
        _ => {}
    }
    rebuilt
}

fn bent_parameter(parameter: &Parameter, bend: &Bend) -> Parameter {
    let mut bent = parameter.clone();
    match (&mut bent, bend) {
        (Parameter::Value(literal), Bend::Shift { up, .. }) => {
            *literal = shifted(literal, *up).unwrap_or_else(|| literal.clone());
        }
        (Parameter::Table { rows, .. }, Bend::Shift { row: Some((row, _)), up, .. }) => {
            let literal = &mut rows[*row].1;
            *literal = shifted(literal, *up).unwrap_or_else(|| literal.clone());
        }
        (Parameter::Table { rows, .. }, Bend::Swap { rows: (a, b), .. }) => {
            let (one, other) = (rows[*a].1.clone(), rows[*b].1.clone());
            rows[*a].1 = other;
            rows[*b].1 = one;
        }
        (Parameter::Brackets { rows, .. }, Bend::Shift { row: Some((row, is_edge)), up, .. }) => {
            let row = &mut rows[*row];
            let literal = if *is_edge { row.to.as_mut() } else { Some(&mut row.is) };
            if let Some(literal) = literal
                && let Some(moved) = shifted(literal, *up)
            {
                *literal = moved;
            }
        }
        _ => {}
    }
    bent
}
