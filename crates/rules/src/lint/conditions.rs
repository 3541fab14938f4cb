//! Conditions that can never hold, always hold, or say nothing that others do not say.

use linghang_pack::Kind;

use super::Found;
use super::domain::{Domain, constraints, of_node, region};
use crate::model::{Requirement, RuleSet, Shape};

/// Looks at everything that has conditions.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    for (rule, requirements) in rules.requirements() {
        contradiction(rules, rule, requirements, found);
        redundant(rules, rule, requirements, found);
        for requirement in requirements {
            tautology(rules, rule, requirement, found);
        }
    }
}

fn contradiction(
    rules: &RuleSet,
    rule: (Kind, &str),
    requirements: &[Requirement],
    found: &mut Found<'_>,
) {
    let all = constraints(rules, requirements);
    for (quantity, domain) in region(&all) {
        if domain.is_empty() {
            let ids: Vec<&str> = all
                .iter()
                .filter(|one| one.quantity == quantity)
                .map(|one| one.requirement.as_str())
                .collect();
            let last = ids.last().copied().unwrap_or_default().to_owned();
            let ids = ids.join(", ");
            found.warn(
                "rules.contradiction",
                rule,
                &format!("when.{last}"),
                &format!("条件 {ids} 对 `{quantity}` 的要求互相矛盾，永远不能满足"),
                &format!(
                    "the conditions {ids} contradict each other on `{quantity}`: nobody can qualify"
                ),
            );
        }
    }
}

fn redundant(
    rules: &RuleSet,
    rule: (Kind, &str),
    requirements: &[Requirement],
    found: &mut Found<'_>,
) {
    let all = constraints(rules, requirements);
    for (at, one) in all.iter().enumerate() {
        let others = all.iter().enumerate().filter(|(other, constraint)| {
            // Of two equal ones only the second is too many.
            let is_before = *other < at;
            constraint.quantity == one.quantity
                && *other != at
                && (is_before || constraint.domain != one.domain)
        });
        let rest = others.map(|(_, constraint)| constraint.domain.clone());
        let rest = rest.reduce(|a, b| a.intersect(&b).unwrap_or(a));
        let is_implied =
            rest.is_some_and(|rest: Domain| !rest.is_empty() && rest.is_within(&one.domain));
        if is_implied {
            let (id, quantity) = (&one.requirement, &one.quantity);
            found.warn(
                "rules.redundant",
                rule,
                &format!("when.{id}"),
                &format!("条件 `{id}` 对 `{quantity}` 的要求已由其他条件包含"),
                &format!("what `{id}` demands of `{quantity}` follows from the other conditions"),
            );
        }
    }
}

fn tautology(
    rules: &RuleSet,
    rule: (Kind, &str),
    requirement: &Requirement,
    found: &mut Found<'_>,
) {
    let mut alternatives: Vec<(String, Domain)> = Vec::new();
    match &requirement.shape {
        Shape::All(parts) => parts.iter().for_each(|part| tautology(rules, rule, part, found)),
        Shape::Any(parts) => {
            for part in parts {
                if let Shape::Leaf { leaf, .. } = &part.shape {
                    single(rules.leaves[*leaf].expression.checked.tree(), &mut alternatives);
                }
                tautology(rules, rule, part, found);
            }
        }
        Shape::Leaf { leaf, .. } => {
            let tree = rules.leaves[*leaf].expression.checked.tree();
            if let linghang_expr::Op::Any(parts) = &tree.op {
                for part in parts {
                    single(part, &mut alternatives);
                }
            }
        }
        Shape::Judged => {}
    }
    let pairs = alternatives.iter().enumerate();
    let always = pairs.flat_map(|(at, one)| alternatives[at + 1..].iter().map(move |b| (one, b)));
    for (one, other) in always {
        if one.0 == other.0 && one.1.covers_all_with(&other.1) {
            let (id, quantity) = (&requirement.id, &one.0);
            found.warn(
                "rules.tautology",
                rule,
                &format!("when.{id}"),
                &format!("条件 `{id}` 对任何 `{quantity}` 都成立"),
                &format!("the condition `{id}` holds whatever `{quantity}` is"),
            );
        }
    }
}

/// A part that says one thing about one quantity.
fn single(node: &linghang_expr::Node, into: &mut Vec<(String, Domain)>) {
    let mut all = Vec::new();
    of_node(node, &mut |quantity, domain| all.push((quantity, domain)));
    if all.len() == 1 {
        into.append(&mut all);
    }
}
