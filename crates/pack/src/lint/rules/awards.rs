//! Programmes: awards with caps that fit together, groups of one mind, pools that exist, exclusions from both sides.

use std::collections::BTreeMap;

use serde_json::Value;

use super::literal::{literal, money, share};
use super::{Look, conditions, entries, items, text};
use crate::draft::Draft;
use crate::finding::{meaning, rules as finding};
use crate::kind::Kind;
use crate::lint::ids::is_kebab;
use crate::tree::child;

/// One whole, in millionths.
const WHOLE: i128 = 1_000_000;

pub(super) fn lint(look: &mut Look<'_, '_>) {
    let value = look.value();
    let tests = conditions::lint_tests(look);
    conditions::lint_ids(look, value, "", "award");
    for (award, at) in items(value, "", "award") {
        conditions::lint(look, award, &at, "when", &tests);
        lint_caps(look, award, &at);
        lint_excludes(look, award, &at);
        lint_budget(look, award, &at);
        for (fact, at) in super::texts(award, &at, "monotone") {
            look.must_exist(&at, "monotone", Kind::Fact, fact);
        }
        lint_shares(look, award.get("pays"), &child(&at, "pays"), true);
    }
    lint_groups(look, value);
    for (name, pool, at) in entries(value, "", "pools") {
        if !is_kebab(name) {
            look.say(&at, meaning::id_shape(name));
        }
        lint_pool(look, pool, &at);
    }
}

/// Amounts are readable or parameters, and item, year and lifetime do not decrease.
fn lint_caps(look: &mut Look<'_, '_>, award: &Value, at: &str) {
    let Some(caps) = award.get("cap") else { return };
    let at = child(at, "cap");
    let mut before: Option<(&str, i128)> = None;
    for key in ["item", "year", "lifetime"] {
        lint_amount(look, caps, &at, key);
        let Some(cap) = text(caps, key).and_then(money) else { continue };
        if let Some((smaller, least)) = before.filter(|(_, least)| *least > cap.millionths) {
            look.say(&child(&at, key), finding::cap_order(smaller, key, least, cap.millionths));
        }
        before = Some((key, cap.millionths));
    }
}

/// Looks at an amount: a literal of money, or a parameter.
pub(super) fn lint_amount(look: &mut Look<'_, '_>, value: &Value, at: &str, key: &str) {
    let Some(written) = text(value, key) else { return };
    if money(written).is_none() && !written.starts_with('$') {
        look.say(&child(at, key), finding::money_shape(key, written));
    }
}

/// An exclusion that only one side knows would depend on the order of the two.
fn lint_excludes(look: &mut Look<'_, '_>, award: &Value, at: &str) {
    let Some(id) = text(award, "id") else { return };
    let programme = look.record.id.as_str();
    for (written, at) in super::texts(award, at, "excludes") {
        let Some((other_programme, other)) = find_award(look.draft, programme, written) else {
            look.say(&at, finding::unknown_name("excludes", written, &[]));
            continue;
        };
        let is_mutual = super::texts(other, "", "excludes").any(|(back, _)| {
            let (owner, award) = back.split_once('/').unwrap_or((other_programme, back));
            owner == programme && award == id
        });
        if !is_mutual {
            look.say(&at, finding::exclude_one_sided(written, &format!("{programme}/{id}")));
        }
    }
}

/// Finds an award by `award` or `programme/award`, and the programme that it is in.
pub(super) fn find_award<'a>(
    draft: &'a Draft,
    programme: &'a str,
    written: &'a str,
) -> Option<(&'a str, &'a Value)> {
    let (programme, award) = written.split_once('/').unwrap_or((programme, written));
    let record = draft.get(Kind::Programme, programme)?;
    let mut awards = items(&record.value, "", "award").map(|(one, _)| one);
    awards.find(|one| text(one, "id") == Some(award)).map(|one| (programme, one))
}

fn lint_budget(look: &mut Look<'_, '_>, award: &Value, at: &str) {
    let Some(budget) = award.get("budget") else { return };
    let at = child(at, "budget");
    lint_amount(look, budget, &at, "floor");
    if let Some(pool) = text(budget, "pool") {
        lint_pool_name(look, &child(&at, "pool"), pool);
    }
}

fn lint_pool_name(look: &mut Look<'_, '_>, at: &str, written: &str) {
    let (programme, pool) = written.split_once('/').unwrap_or((&look.record.id, written));
    let record = look.draft.get(Kind::Programme, programme);
    let pools = record.map(|record| &record.value).into_iter();
    let known: Vec<&str> =
        pools.flat_map(|value| entries(value, "", "pools")).map(|(name, _, _)| name).collect();
    if !known.contains(&pool) {
        look.say(at, finding::unknown_name("pool", written, &known));
    }
}

fn lint_pool(look: &mut Look<'_, '_>, pool: &Value, at: &str) {
    lint_amount(look, pool, at, "amount");
    if let Some(reserve) = text(pool, "reserve")
        && !share(reserve).is_some_and(|reserve| (0..=WHOLE).contains(&reserve))
    {
        look.say(&child(at, "reserve"), finding::share_shape("reserve", reserve));
    }
    if (text(pool, "when_short") == Some("rank")) != pool.get("rank_by").is_some() {
        look.say(at, finding::rank_by());
    }
    if let Some(within) = text(pool, "within") {
        lint_pool_name(look, &child(at, "within"), within);
        lint_nesting(look, pool, at, within);
    }
    if let Some(split) = pool.get("split") {
        let at = child(at, "split");
        if let Some(by) = text(split, "by") {
            look.must_exist(&child(&at, "by"), "by", Kind::Fact, by);
        }
        lint_shares(look, split.get("shares"), &child(&at, "shares"), false);
    }
}

/// Pools inside one another must end somewhere.
fn lint_nesting(look: &mut Look<'_, '_>, pool: &Value, at: &str, within: &str) {
    let mut outer = within;
    let value = look.value();
    for _ in entries(value, "", "pools") {
        let Some(next) = value.get("pools").and_then(|all| all.get(outer)) else { return };
        if next == pool {
            look.say(&child(at, "within"), finding::pool_cycle(within));
            return;
        }
        let Some(name) = text(next, "within") else { return };
        outer = name;
    }
}

/// Shares are readable, and together the whole (`exact`) or at most the whole.
fn lint_shares(look: &mut Look<'_, '_>, shares: Option<&Value>, at: &str, exact: bool) {
    let Some(table) = shares.and_then(Value::as_object) else { return };
    let mut sum = 0;
    for (name, written) in table {
        let Some(written) = written.as_str() else { return };
        let Some(read) = share(written).filter(|read| (0..=WHOLE).contains(read)) else {
            look.say(&child(at, name), finding::share_shape(name, written));
            return;
        };
        sum += read;
    }
    if sum > WHOLE || (exact && sum != WHOLE) {
        look.say(at, finding::shares_sum(sum, exact));
    }
}

/// All awards of a group say the same about it, and each has its rank where ranks count.
fn lint_groups(look: &mut Look<'_, '_>, value: &Value) {
    let mut groups: BTreeMap<&str, [Option<&Value>; 3]> = BTreeMap::new();
    for (award, at) in items(value, "", "award") {
        let Some(group) = award.get("group") else { continue };
        let at = child(&at, "group");
        lint_amount(look, group, &at, "up_to");
        let Some(name) = text(group, "name") else { continue };
        let said = ["take", "up_to", "deduct_paid"].map(|key| group.get(key));
        if *groups.entry(name).or_insert(said) != said {
            look.say(&at, finding::group_mixed(name));
        }
        let take = text(group, "take");
        if (take == Some("first")) != group.get("rank").is_some() {
            look.say(&at, finding::group_key("rank", "first"));
        }
        if group.get("up_to").is_some() && take != Some("sum") {
            look.say(&at, finding::group_key("up_to", "sum"));
        }
    }
}

/// Returns whether a text can be read as any literal, or is a parameter.
pub(super) fn is_value(written: &str) -> bool {
    literal(written).is_some() || written.starts_with('$')
}
