//! Amounts beside the figures that the text prints: slips of 万 (10⁴) and of yuan and fen (10²).
//!
//! A pack lists the money rules of its documents with their printed figures; a programme names those that it stands
//! for. A figure of the text that no amount of the programme equals is looked for at 10⁴ and 10² its size.

use std::collections::BTreeSet;

use linghang_core::{Fen, Lang};
use linghang_expr::{Exact, Kind, Node, Op, Parameter};
use linghang_pack::record::{Programme, Rule};

use super::Found;
use crate::model::RuleSet;

/// Compares the amounts of all programmes with the figures of their rules.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    let pack = found.pack;
    for programme in pack.programmes.values() {
        let amounts = amounts(rules, programme);
        if amounts.is_empty() {
            continue;
        }
        let listed = programme.rules.iter().filter_map(|id| pack.rules.get(id));
        for rule in listed {
            for figure in figures(rule) {
                compare(programme, rule, figure, &amounts, found);
            }
        }
    }
}

fn compare(
    programme: &Programme,
    rule: &Rule,
    figure: Fen,
    amounts: &BTreeSet<Fen>,
    found: &mut Found<'_>,
) {
    if amounts.contains(&figure) {
        return;
    }
    for (factor, zh, en) in [(10_000, "一万倍", "ten thousand"), (100, "一百倍", "a hundred")]
    {
        let times = |fen: Fen| fen.0.checked_mul(factor).map(Fen);
        let slip = amounts
            .iter()
            .find(|amount| times(**amount) == Some(figure) || times(figure) == Some(**amount));
        if let Some(slip) = slip {
            found.warn(
                "rules.figure_slip",
                (linghang_pack::Kind::Programme, &format!("{}/{}", programme.id, rule.id)),
                "",
                &format!(
                    "文本写 {}，这里是 {}，相差{zh}",
                    figure.display(Lang::Zh),
                    slip.display(Lang::Zh)
                ),
                &format!(
                    "the text prints {}, here it is {}: {en} times off",
                    figure.display(Lang::En),
                    slip.display(Lang::En)
                ),
            );
            return;
        }
    }
    found.warn(
        "rules.figure_absent",
        (linghang_pack::Kind::Programme, &format!("{}/{}", programme.id, rule.id)),
        "",
        &format!("文本所写的 {} 没有出现在任何金额、上限或资金池中", figure.display(Lang::Zh)),
        &format!(
            "the {} that the text prints is in no amount, cap or pool",
            figure.display(Lang::En)
        ),
    );
}

fn figures(rule: &Rule) -> impl Iterator<Item = Fen> {
    [rule.cap_item_fen, rule.cap_year_fen, rule.cap_cumulative_fen, rule.pot_fen]
        .into_iter()
        .flatten()
}

/// All amounts of money that a programme names.
fn amounts(rules: &RuleSet, programme: &Programme) -> BTreeSet<Fen> {
    let mut amounts = BTreeSet::new();
    for (award, terms) in rules.awards.iter().zip(rules.terms.awards()) {
        if award.programme != programme.id {
            continue;
        }
        of_tree(award.pay.checked.tree(), &mut amounts);
        for leaf in award.when.iter().flat_map(crate::model::Requirement::leaves) {
            of_tree(rules.leaves[leaf].expression.checked.tree(), &mut amounts);
        }
        let caps = [terms.caps.item, terms.caps.year, terms.caps.lifetime, terms.floor];
        amounts.extend(caps.into_iter().flatten());
        amounts.extend(terms.group.and_then(|group| rules.terms.groups()[group].up_to));
        amounts.extend(terms.pool.and_then(|pool| rules.terms.pools()[pool].amount));
    }
    amounts
}

fn of_tree(tree: &Node, amounts: &mut BTreeSet<Fen>) {
    tree.visit(&mut |node| {
        let mut add = |literal: &linghang_expr::Literal| {
            let is_money = matches!(literal.kind, Kind::Money(_));
            let fen = literal.exact().filter(|_| is_money).and_then(Exact::to_fen_half_up);
            amounts.extend(fen.map(Fen));
        };
        match &node.op {
            Op::Literal(literal) => add(literal),
            Op::Parameter { parameter, .. } => match &**parameter {
                Parameter::Value(literal) => add(literal),
                Parameter::Table { rows, .. } => rows.iter().for_each(|(_, literal)| add(literal)),
                Parameter::Brackets { rows, .. } => {
                    for row in rows {
                        row.to.iter().for_each(&mut add);
                        add(&row.is);
                    }
                }
                Parameter::Unset { .. } => {}
            },
            _ => {}
        }
    });
}
