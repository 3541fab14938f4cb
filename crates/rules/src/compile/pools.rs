//! Pools of a programme, and their parts by label as pools within them.

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Fen};
use linghang_expr::{Expect, Kind, Parameters};
use linghang_pack::record::{self, Programme};

use super::conditions::Scope;
use super::findings::Findings;
use super::params::{self, Limit};
use super::programme::{Money, qualified};
use crate::model::{Dictionary, PoolRoute};
use crate::money::{Pool, Share, WhenShort};

/// Adds the pools of a programme.
pub(crate) fn pools(
    programme: &Programme,
    parameters: &Parameters,
    dictionary: &Dictionary,
    money: &mut Money,
    findings: &mut Findings,
) {
    for (name, record) in &programme.pools {
        let id = format!("{}/{name}", programme.id);
        let place = format!("pools.{name}");
        let amount =
            match params::limit(&format!("{place}.amount"), &record.amount, parameters, findings) {
                Limit::Is(fen) => Some(fen),
                Limit::Unset(_) | Limit::Broken => None,
            };
        let reserve = record
            .reserve
            .as_ref()
            .map_or(Share(0), |text| params::share(&format!("{place}.reserve"), text, findings));
        let pool = money.pools.len();
        let when_short = record.when_short;
        money.pools.push(Pool { name: id.clone(), amount, when_short, reserve, within: None });
        let parts = parts(&place, &id, record, pool, dictionary, money, findings);
        let mut scope =
            Scope { dictionary, parameters, tests: &[], clause: None, unset: Vec::new() };
        let rank_by = record.rank_by.as_ref().and_then(|text| {
            scope.expression(&format!("{place}.rank_by"), text, Expect::Any, findings)
        });
        if when_short == WhenShort::Rank && rank_by.is_none() {
            findings.say(
                "rules.rank_by",
                &place,
                "按排名分配需要 `rank_by`",
                "to give by rank, `rank_by` must say by what",
            );
        }
        let name = record.name.as_ref();
        let name = name.map_or_else(|| Bilingual::new(&id, &id), |name| name.0.clone());
        money.parents.push(record.within.as_ref().map(|parent| qualified(programme, parent)));
        money.routes.push(PoolRoute { id, name, pool, parts, rank_by });
    }
}

/// The parts by label. What is left to labels without a share comes from the pool itself.
fn parts(
    place: &str,
    id: &str,
    record: &record::Pool,
    pool: usize,
    dictionary: &Dictionary,
    money: &mut Money,
    findings: &mut Findings,
) -> Option<(String, BTreeMap<String, usize>)> {
    let split = record.split.as_ref()?;
    let Some(Kind::Label(labels)) = dictionary.get(&split.by).map(|info| &info.kind) else {
        findings.say(
            "rules.split",
            &format!("{place}.split"),
            &format!("`{}` 不是标签类事实", split.by),
            &format!("`{}` is not a label", split.by),
        );
        return None;
    };
    let mut parts = BTreeMap::new();
    let mut sum = 0_u64;
    for (label, text) in &split.shares {
        let share = params::share(&format!("{place}.split.{label}"), text, findings);
        sum += u64::from(share.0);
        if !labels.contains(label) {
            findings.say(
                "rules.split",
                &format!("{place}.split"),
                &format!("`{}` 没有取值 `{label}`", split.by),
                &format!("`{}` has no value `{label}`", split.by),
            );
        }
        let amount = money.pools[pool].amount.map(|amount| share.of(amount.max(Fen(0))));
        parts.insert(label.clone(), money.pools.len());
        let part = Pool {
            name: format!("{id}/{label}"),
            amount,
            within: Some(pool),
            ..money.pools[pool].clone()
        };
        money.pools.push(part);
    }
    if sum > u64::from(Share::ONE) {
        findings.say(
            "rules.split",
            &format!("{place}.split"),
            "份额合计超过 100%",
            "the shares come to more than 100%",
        );
    }
    Some((split.by.clone(), parts))
}
