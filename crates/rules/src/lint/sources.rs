//! Facts on which money flows without asking must have an owner and an age limit.

use linghang_pack::Kind;
use linghang_pack::record::Delivery;

use super::Found;
use crate::model::{Requirement, RuleSet};

/// Looks at the facts of awards that are paid without application.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    for award in rules.awards.iter().filter(|award| award.delivery == Delivery::Automatic) {
        let leaves: Vec<usize> = award.when.iter().flat_map(Requirement::leaves).collect();
        let mut facts = rules.facts_of(&leaves);
        facts.extend(award.pay.checked.facts().iter().map(String::as_str));
        for fact in facts {
            let Some(info) = rules.dictionary.get(fact) else { continue };
            if info.record.from.is_none() {
                continue;
            }
            if info.record.holder.is_none() {
                found.warn(
                    "rules.fact_without_holder",
                    (Kind::Programme, &award.id),
                    "delivery",
                    &format!("免申即享所用的事实 `{fact}` 没有写明由谁掌握"),
                    &format!("is paid without application on `{fact}`, of which nobody is named as holder"),
                );
            }
            if info.record.freshness_months.is_none() {
                found.warn(
                    "rules.fact_without_age",
                    (Kind::Programme, &award.id),
                    "delivery",
                    &format!("免申即享所用的事实 `{fact}` 没有有效期"),
                    &format!("is paid without application on `{fact}`, which may be of any age"),
                );
            }
        }
    }
}
