//! The money side of an award, and pools, in the words of both languages: what a reader of a reform compares.

use std::collections::BTreeMap;

use linghang_core::Bilingual;
use linghang_pack::record::Delivery;

use super::text::Field;
use crate::explain::words::{fill, money, same, say};
use crate::model::{Award, RuleSet};
use crate::money::{Group, Once, Pool, Share, Take, WhenShort};

/// Caps, group, pool, exclusions, shares and delivery of an award.
pub(super) fn fields(rules: &RuleSet, at: usize, clause: &str) -> BTreeMap<String, Field> {
    let award = &rules.awards[at];
    let terms = &rules.terms.awards()[at];
    let mut fields = BTreeMap::new();
    let mut add = |key: &str, shown: Bilingual| {
        fields.insert(key.to_owned(), Field::plain(shown, clause));
    };
    let caps = [
        ("cap.item", terms.caps.item),
        ("cap.year", terms.caps.year),
        ("cap.lifetime", terms.caps.lifetime),
        ("budget.floor", terms.floor),
    ];
    for (key, cap) in caps {
        if let Some(fen) = cap {
            add(key, money(fen));
        }
    }
    if let Some(place) = terms.group {
        add("group", group(&rules.terms.groups()[place], terms.rank));
    }
    if let Some(pool) = terms.pool {
        add("pool", same(&rules.terms.pools()[pool].name));
    }
    if let Some(once) = terms.once {
        add("once", say(once_word(once)));
    }
    let excludes = terms.excludes.iter().map(|at| rules.awards[usize::from(*at)].id.clone());
    let excludes = excludes.collect::<Vec<_>>().join(", ");
    if !excludes.is_empty() {
        add("excludes", same(excludes));
    }
    let pays = terms.pays.iter().map(|(party, part)| format!("{party} {}", share(*part)));
    let pays = pays.collect::<Vec<_>>().join(", ");
    if !pays.is_empty() {
        add("pays", same(pays));
    }
    add("delivery", say(delivery_word(award)));
    fields
}

/// A pool: what it holds, what happens when it is short, what is kept back, and its parts.
pub(super) fn pool(rules: &RuleSet, id: &str) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    let Some(route) = rules.pools.iter().find(|route| route.id == id) else { return fields };
    let pool: &Pool = &rules.terms.pools()[route.pool];
    let mut add = |key: &str, shown: Bilingual| {
        fields.insert(key.to_owned(), Field::plain(shown, ""));
    };
    let amount = |pool: &Pool| pool.amount.map_or_else(|| say("not-set"), money);
    add("pool.amount", amount(pool));
    add("pool.when-short", say(when_short_word(pool.when_short)));
    if pool.reserve != Share(0) {
        add("pool.reserve", same(share(pool.reserve)));
    }
    if let Some(parent) = pool.within {
        add("pool.within", same(&rules.terms.pools()[parent].name));
    }
    if let Some(by) = &route.rank_by {
        add("pool.rank-by", same(&by.text));
    }
    for (label, part) in route.parts.iter().flat_map(|(_, parts)| parts) {
        add(&format!("pool.part.{label}"), amount(&rules.terms.pools()[*part]));
    }
    fields
}

fn group(group: &Group, rank: u32) -> Bilingual {
    let name = ("name", same(group.name.rsplit('/').next().unwrap_or_default()));
    let mut parts = vec![match group.take {
        Take::Highest => fill("take-highest", &[name]),
        Take::Sum => fill("take-sum", &[name]),
        Take::First => fill("take-first", &[name]),
    }];
    // The rank decides ties and who goes first, whatever the group takes; without one it is nought.
    if rank > 0 {
        parts.push(fill("group-rank", &[("rank", same(rank.to_string()))]));
    }
    parts.extend(group.up_to.map(|fen| fill("group-up-to", &[("limit", money(fen))])));
    if group.deduct_paid {
        parts.push(say("group-deduct"));
    }
    let zh: Vec<&str> = parts.iter().map(|part| part.zh.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    Bilingual::new(zh.join("，"), en.join(", "))
}

/// A share in percent, exactly: millionths have four decimals of a percent.
fn share(share: Share) -> String {
    let text = format!("{}.{:04}", share.0 / 10_000, share.0 % 10_000);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

const fn once_word(once: Once) -> &'static str {
    match once {
        Once::Lifetime => "once-lifetime",
        Once::Year => "once-year",
        Once::Project => "once-project",
    }
}

const fn delivery_word(award: &Award) -> &'static str {
    match award.delivery {
        Delivery::Automatic => "delivery-automatic",
        Delivery::Confirm => "delivery-confirm",
        Delivery::Apply => "delivery-apply",
    }
}

const fn when_short_word(when_short: WhenShort) -> &'static str {
    match when_short {
        WhenShort::Prorate => "short-prorate",
        WhenShort::Rank => "short-rank",
        WhenShort::FirstCome => "short-first-come",
        WhenShort::NextYear => "short-next-year",
        WhenShort::Stop => "short-stop",
    }
}
