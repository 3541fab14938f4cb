//! Nothing of the facts from which the packs were first written is lost: every record and every key is found again.
//!
//! The facts are not part of this repository; without them the test says so and passes.

use std::path::PathBuf;

use linghang_pack::{Pack, load};
use serde_json::{Map, Value, json};

/// Keys that the pack spells differently.
const RENAMED: [(&str, &str); 4] =
    [("ref_no", "reference"), ("type", "kind"), ("value_zh", "printed"), ("basis", "basis")];

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn facts(test: &str) -> Option<toml::Table> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/mission/facts.toml");
    let path =
        std::env::var_os("LINGHANG_TEST_FACTS").map_or_else(|| default.into(), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED {test}: no facts at {}", path.display());
        return None;
    };
    Some(text.parse().expect("the facts are TOML"))
}

fn shelves(pack: &Pack) -> Map<String, Value> {
    let shelves = json!({
        "document": pack.documents, "body": pack.bodies, "field": pack.fields,
        "subsector": pack.subsectors, "track": pack.tracks, "research_area": pack.research_areas,
        "crosswalk": pack.crosswalks, "target": pack.targets, "baseline": pack.baselines,
        "parameter": pack.parameters, "rule": pack.rules, "task": pack.tasks,
        "city_sector": pack.city_sectors, "place": pack.places, "district": pack.districts,
        "ladder": pack.ladders, "platform": pack.platforms, "mechanism": pack.mechanisms,
    });
    shelves.as_object().expect("written as an object").clone()
}

#[test]
fn every_fact_is_in_the_pack() {
    let Some(facts) = facts("every_fact_is_in_the_pack") else { return };
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/guangzhou");
    let pack = load(root.as_ref()).pack.expect("the pack loads");
    let shelves = shelves(&pack);
    let mut lost = Vec::new();
    let mut records = 0;
    for (kind, list) in facts.iter().filter(|(kind, _)| *kind != "meta") {
        for fact in list.as_array().expect("each kind is a list") {
            let fact = serde_json::to_value(fact).expect("facts are plain data");
            let id = fact["id"].as_str().expect("each fact has an id");
            records += 1;
            let Some(record) = shelves[kind].get(id) else {
                lost.push(format!("{kind} {id}"));
                continue;
            };
            for (key, value) in fact.as_object().expect("a fact is a table") {
                if !is_kept(kind, key, value, &fact, record) {
                    lost.push(format!("{kind} {id} {key} = {value}"));
                }
            }
        }
    }
    assert!(records > 900, "only {records} facts were read");
    assert!(lost.is_empty(), "lost:\n{}", lost.join("\n"));
}

#[test]
fn every_money_rule_is_one_programme() {
    let Some(facts) = facts("every_money_rule_is_one_programme") else { return };
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/guangzhou");
    let pack = load(root.as_ref()).pack.expect("the pack loads");
    let rules = facts["rule"].as_array().expect("rules are a list");
    assert!(rules.len() >= 62, "only {} rules were read", rules.len());
    for rule in rules {
        let id = rule["id"].as_str().expect("each rule has an id");
        let programmes: Vec<&str> = pack
            .programmes
            .values()
            .filter(|programme| programme.rules.iter().any(|stands_for| stands_for == id))
            .map(|programme| programme.id.as_str())
            .collect();
        assert_eq!(programmes.len(), 1, "{id} is {programmes:?}");
    }
}

fn is_kept(kind: &str, key: &str, value: &Value, fact: &Value, record: &Value) -> bool {
    let is_money = fact.get("unit") == Some(&json!("CNY"));
    let fen = || json!(value.as_i64().unwrap_or_default() * 100);
    if let Some((base @ ("name" | "metric" | "meaning"), language)) = key.rsplit_once('_') {
        return &record[base][language] == value;
    }
    if let Some((_, renamed)) = RENAMED.iter().find(|(old, _)| *old == key) {
        // A basis names the stating document in the facts; in the pack the source does.
        return &record[renamed] == value
            || (key == "basis" && value == "stated-in-002" && cites(record, "002"));
    }
    match key {
        "document" => cites(record, text(value)),
        "documents" => value.as_array().expect("a list").iter().all(|one| cites(record, text(one))),
        "section" | "source" => sections(value).all(|part| source(record).contains(part)),
        "value" if is_money => record["amount_fen"] == fen(),
        "baseline_value" if is_money => record["baseline_amount_fen"] == fen(),
        "unit" if is_money => true,
        "value" | "baseline_value" => record[key].as_f64() == value.as_f64(),
        "issued" => record[key].as_str() == value["$__toml_private_datetime"].as_str(),
        "issuer_zh" => &record["issuer"]["zh"] == value,
        "place_zh" => &record["place"]["zh"] == value,
        "sector" if value == "not stated" => record.get("sector").is_none(),
        "role" if kind == "document" => &record[key]["en"] == value,
        "rungs_zh" => {
            let rungs = record["rungs"].as_array().expect("a list").iter();
            &Value::Array(rungs.map(|rung| rung["zh"].clone()).collect()) == value
        }
        "industries" => industries_are_kept(value, record),
        "note" | "known_gaps" | "baseline_note" | "theme" | "sector" | "qualifies" | "formula"
        | "open_points" => text(&record[key]["en"]).starts_with(text(value)),
        _ if key.ends_with("_cny") => record[key.replace("_cny", "_fen")] == fen(),
        _ => &record[key] == value,
    }
}

/// The facts give one list for three zones and refer to it; the pack repeats it.
fn industries_are_kept(value: &Value, record: &Value) -> bool {
    let kept: Vec<&str> =
        record["industries"].as_array().into_iter().flatten().map(|one| text(&one["en"])).collect();
    value.as_array().expect("a list").iter().map(text).all(|one| {
        let name = one.split(" (").next().unwrap_or(one);
        kept.contains(&name) || (one.starts_with("see ") && kept.len() > 1)
    })
}

fn source(record: &Value) -> &str {
    record.get("source").map_or("", text)
}

fn cites(record: &Value, document: &str) -> bool {
    source(record).split("; ").any(|part| part.split(' ').next() == Some(document))
}

/// Splits a source or section into the parts between punctuation.
fn sections(value: &Value) -> impl Iterator<Item = &str> {
    // One note of the facts, "issuing notices", was put into Chinese.
    text(value).split([';', ',']).map(|part| part.trim().trim_end_matches(" (issuing notices)"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
