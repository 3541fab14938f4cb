//! Caps and pools that cannot be meant so.

use linghang_core::{Fen, Lang};
use linghang_pack::Kind;

use super::Found;
use crate::model::RuleSet;

/// Looks at the money side.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    for (award, terms) in rules.awards.iter().zip(rules.terms.awards()) {
        let caps = [
            ("item", terms.caps.item),
            ("year", terms.caps.year),
            ("lifetime", terms.caps.lifetime),
        ];
        for (name, cap) in caps {
            if let (Some(cap), Some(fixed)) = (cap, award.fixed)
                && cap < fixed
            {
                found.warn(
                    "rules.cap_below_amount",
                    (Kind::Programme, &award.id),
                    &format!("cap.{name}"),
                    &format!("上限 {name} {} 低于固定金额 {}", zh(cap), zh(fixed)),
                    &format!(
                        "the cap `{name}` of {} is below the fixed amount of {}",
                        en(cap),
                        en(fixed)
                    ),
                );
            }
        }
        let set: Vec<(&str, Fen)> =
            caps.into_iter().filter_map(|(name, cap)| Some((name, cap?))).collect();
        for pair in set.windows(2) {
            if pair[0].1 > pair[1].1 {
                let (small, large) = (pair[0].0, pair[1].0);
                found.warn(
                    "rules.cap_chain",
                    (Kind::Programme, &award.id),
                    &format!("cap.{small}"),
                    &format!("上限 `{small}` 高于 `{large}`，前者不起作用"),
                    &format!("the cap `{small}` is above the cap `{large}` and never binds"),
                );
            }
        }
        pool(rules, award, terms.pool, found);
    }
    for pool in rules.terms.pools() {
        let parent = pool.within.map(|parent| &rules.terms.pools()[parent]);
        let amounts = parent.and_then(|parent| Some((pool.amount?, parent.amount?, &parent.name)));
        if let Some((own, above, name)) = amounts
            && own > above
        {
            found.warn(
                "rules.pool_above_parent",
                (Kind::Programme, &pool.name),
                "amount",
                &format!("资金 {} 多于其所属资金池 `{name}` 的 {}", zh(own), zh(above)),
                &format!(
                    "holds {}, more than the {} of the pool `{name}` it is a part of",
                    en(own),
                    en(above)
                ),
            );
        }
    }
}

fn pool(rules: &RuleSet, award: &crate::model::Award, pool: Option<usize>, found: &mut Found<'_>) {
    let pool = pool.map(|pool| &rules.terms.pools()[pool]);
    let amounts = pool.and_then(|pool| Some((pool.amount?, award.fixed?, &pool.name)));
    if let Some((amount, fixed, name)) = amounts
        && amount < fixed
    {
        found.warn(
            "rules.pool_below_award",
            (Kind::Programme, &award.id),
            "budget",
            &format!("资金池 `{name}` 只有 {}，不够付一笔 {}", zh(amount), zh(fixed)),
            &format!(
                "the pool `{name}` holds {}, not enough for one payment of {}",
                en(amount),
                en(fixed)
            ),
        );
    }
}

fn zh(fen: Fen) -> String {
    fen.display(Lang::Zh)
}

fn en(fen: Fen) -> String {
    fen.display(Lang::En)
}
