//! Decision tables of the DMN conformance kit (Apache-2.0) as groups of awards: each row becomes an award, each hit
//! policy the group that means the same. The engine must pay the row that the kit says.
//!
//! | hit policy | group |
//! |---|---|
//! | UNIQUE, ANY, FIRST | the first by rank; ranks are the rows |
//! | PRIORITY | the first by rank; ranks are the places of the outputs in their list |
//! | COLLECT with SUM | the sum |
//! | COLLECT with COUNT | the sum of one yuan each |
//! | COLLECT with MIN | the first by rank; ranks are the amounts in ascending order |
//!
//! Not claimed, because they ask for a list of outputs in an order, which is no amount: RULE ORDER (0109, 0112),
//! OUTPUT ORDER (0110, 0113), COLLECT without an aggregator (0119).

#![allow(clippy::print_stderr, reason = "a test says how many cases it ran")]

#[path = "../../expr/tests/kit/mod.rs"]
mod kit;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use arrow_array::StringArray;
use chrono::NaiveDate;
use kit::attribute;
use linghang_core::Fen;
use linghang_expr::{Exact, Kind, Literal};
use linghang_rules::facts::{Cell, column};
use linghang_rules::{AsOf, Options, Population, RuleSet, compile, run};
use quick_xml::events::Event;

/// Folders of the kit that have a counterpart, with three cases each.
const CLAIMED: [&str; 11] = [
    "0004-simpletable-U",
    "0005-simpletable-A",
    "0006-simpletable-P1",
    "0007-simpletable-P2",
    "0108-first-hitpolicy",
    "0111-first-hitpolicy-singleoutputcol",
    "0114-min-collect-hitpolicy",
    "0115-sum-collect-hitpolicy",
    "0116-count-collect-hitpolicy",
    "0117-multi-any-hitpolicy",
    "0118-multi-priority-hitpolicy",
];

#[derive(Debug, Default)]
struct Input {
    name: String,
    kind: String,
    values: Vec<String>,
}

/// A decision table as it is written.
#[derive(Debug, Default)]
struct Table {
    policy: String,
    aggregation: Option<String>,
    inputs: Vec<Input>,
    /// Names of the outputs, and the list that gives their order.
    outputs: Vec<(String, Vec<String>)>,
    /// The rows.
    rows: Vec<Rule>,
}

/// Tests and outputs of a row.
type Rule = (Vec<String>, Vec<String>);

#[derive(Debug, Default)]
struct Case {
    id: String,
    inputs: BTreeMap<String, Option<String>>,
    /// By the name of the component; of one output by the empty name. No entry where the kit expects null.
    expected: BTreeMap<String, String>,
}

/// `"a","b"` as words.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(',').map(|part| part.trim().trim_matches('"').to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn table(model: &str) -> Table {
    let mut reader = quick_xml::Reader::from_str(model);
    let (mut table, mut path, mut text) = (Table::default(), Vec::<String>::new(), String::new());
    loop {
        match reader.read_event().expect("the kit is well formed") {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                match name.as_str() {
                    "decisionTable" => {
                        table.policy = attribute(&tag, "hitPolicy").unwrap_or("UNIQUE".into());
                        table.aggregation = attribute(&tag, "aggregation");
                    }
                    "input" => table.inputs.push(Input::default()),
                    "inputExpression" => {
                        let kind = attribute(&tag, "typeRef").unwrap_or_default();
                        table.inputs.last_mut().expect("inside an input").kind = kind;
                    }
                    "output" => {
                        let name = attribute(&tag, "name").unwrap_or_default();
                        table.outputs.push((name, Vec::new()));
                    }
                    "rule" => table.rows.push(Default::default()),
                    "text" => text.clear(),
                    _ => {}
                }
                path.push(name);
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "output" => {
                table.outputs.push((attribute(&tag, "name").unwrap_or_default(), Vec::new()));
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(entity) => text.push_str(match &*entity {
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                _ => "&",
            }),
            Event::End(_) if path.pop().as_deref() == Some("text") => {
                take(&mut table, path.last().map_or("", String::as_str), &path, &text);
            }
            Event::Eof => return table,
            _ => {}
        }
    }
}

/// Puts a text where its element belongs.
fn take(table: &mut Table, element: &str, path: &[String], text: &str) {
    let text = text.trim().to_owned();
    match element {
        "inputExpression" => table.inputs.last_mut().expect("inside an input").name = text,
        "inputValues" if path.iter().any(|one| one == "input") => {
            table.inputs.last_mut().expect("inside an input").values = words(&text);
        }
        "outputValues" => table.outputs.last_mut().expect("inside an output").1 = words(&text),
        "inputEntry" => table.rows.last_mut().expect("inside a rule").0.push(text),
        "outputEntry" => {
            let output = text.trim_matches('"').to_owned();
            table.rows.last_mut().expect("inside a rule").1.push(output);
        }
        _ => {}
    }
}

fn cases(tests: &str) -> Vec<Case> {
    let mut reader = quick_xml::Reader::from_str(tests);
    let (mut found, mut name, mut component) = (Vec::<Case>::new(), String::new(), String::new());
    let (mut is_input, mut text) = (false, None::<String>);
    loop {
        match reader.read_event().expect("the kit is well formed") {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "testCase" => {
                    let id = attribute(&tag, "id").unwrap_or_default();
                    found.push(Case { id, ..Case::default() });
                }
                "inputNode" => {
                    name = attribute(&tag, "name").unwrap_or_default();
                    is_input = true;
                }
                "resultNode" => {
                    is_input = false;
                    component.clear();
                }
                "component" => component = attribute(&tag, "name").unwrap_or_default(),
                "value" => text = Some(String::new()),
                _ => {}
            },
            Event::Text(part) => {
                if let Some(text) = &mut text {
                    text.push_str(&part);
                }
            }
            Event::End(tag) => {
                let (Some(case), "value") = (found.last_mut(), tag.local_name().as_ref()) else {
                    continue;
                };
                let value = text.take();
                if is_input {
                    case.inputs.insert(name.clone(), value);
                } else if let Some(value) = value {
                    case.expected.insert(component.clone(), value);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The name of a fact for an input.
fn fact(input: &str) -> String {
    input.to_lowercase().replace(' ', "_")
}

/// A unary test as a condition; none where anything will do.
fn condition(input: &Input, test: &str) -> Option<String> {
    let name = fact(&input.name);
    match test {
        "-" => None,
        "true" => Some(name),
        "false" => Some(format!("NOT {name}")),
        _ if test.starts_with('"') => {
            let labels = words(test).join("', '");
            Some(format!("{name} IN ('{labels}')"))
        }
        _ => Some(format!("{name} {test}")),
    }
}

/// The place of each row: the first by rank is paid.
fn ranks(table: &Table) -> Vec<usize> {
    let by = |key: &dyn Fn(&Rule) -> Vec<u64>| {
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        order.sort_by_key(|row| (key(&table.rows[*row]), *row));
        (0..table.rows.len())
            .map(|row| order.iter().position(|one| *one == row).expect("every row has a place"))
            .collect()
    };
    match (table.policy.as_str(), table.aggregation.as_deref()) {
        ("PRIORITY", _) => by(&|(_, outputs)| {
            let place = |(output, (_, list)): (&String, &(String, Vec<String>))| {
                list.iter().position(|one| one == output).unwrap_or(0) as u64
            };
            outputs.iter().zip(&table.outputs).map(place).collect()
        }),
        (_, Some("MIN")) => by(&|(_, outputs)| vec![yuan(&outputs[0]).0.unsigned_abs()]),
        _ => (0..table.rows.len()).collect(),
    }
}

fn yuan(text: &str) -> Fen {
    let literal = Literal::parse(&format!("{text}元")).expect("an amount");
    Fen(literal.exact().and_then(Exact::to_fen_half_up).expect("an amount"))
}

/// What a row pays: its output where that is a number, else its own number, so that rows are told apart.
fn pay(table: &Table, row: usize) -> String {
    match table.aggregation.as_deref() {
        Some("COUNT") => "1元".to_owned(),
        Some(_) => format!("{}元", table.rows[row].1[0]),
        None => format!("{}元", row + 1),
    }
}

const MANIFEST: &str = r#"
id = "dmn"
name = { zh = "判定表", en = "Table" }
schema = 1
in_force_from = 2025-01-01
licence = "Apache-2.0"
"#;

const DOCUMENT: &str = r#"
id = "d"
name = { zh = "文件", en = "Document" }
reference = "1"
issuer = { zh = "市", en = "city" }
level = "city"
place = { zh = "市", en = "city" }
issued = 2025-01-01
start_year = 2025
horizon_years = [2027]
normative = true
role = { zh = "依据", en = "basis" }
"#;

/// The table as a pack.
fn rules(table: &Table) -> RuleSet {
    let mut facts = String::new();
    for input in &table.inputs {
        let name = fact(&input.name);
        let (kind, values) = match input.kind.as_str() {
            "boolean" => ("bool", String::new()),
            "string" => {
                let one = |v: &String| {
                    format!("{{ id = \"{v}\", name = {{ zh = \"{v}\", en = \"{v}\" }} }}")
                };
                let all: Vec<String> = input.values.iter().map(one).collect();
                ("label", format!("values = [{}]\n", all.join(", ")))
            }
            _ => ("number", String::new()),
        };
        writeln!(facts, "[[fact]]\nid = \"{name}\"\nname = {{ zh = \"事实\", en = \"fact\" }}\ntype = \"{kind}\"\n{values}from = {{ table = \"enterprises\", column = \"{name}\" }}\nmissing = \"unknown\"")
            .expect("text");
    }
    let take =
        if table.aggregation.as_deref().is_some_and(|one| one != "MIN") { "sum" } else { "first" };
    let ranks = ranks(table);
    let mut programme = "id = \"table\"\nname = { zh = \"判定表\", en = \"Table\" }\nstatus = \"executable\"\nsource = \"d\"\nin_force = { from = 2025-01-01 }\n".to_owned();
    let mut tests =
        "[[case]]\nname = { zh = \"空\", en = \"nothing\" }\nas_of = 2025-06-30\n".to_owned();
    for (row, (entries, _)) in table.rows.iter().enumerate() {
        let mut when: Vec<String> = table
            .inputs
            .iter()
            .zip(entries)
            .filter_map(|(input, test)| condition(input, test))
            .collect();
        if when.is_empty() {
            let name = fact(&table.inputs[0].name);
            when.push(format!("known({name}) OR NOT known({name})"));
        }
        let when: Vec<String> = when
            .iter()
            .enumerate()
            .map(|(at, is)| format!("{{ id = \"c{at}\", is = \"{is}\", say = {{ zh = \"条件\", en = \"condition\" }} }}"))
            .collect();
        let (rank, pay, when) = (ranks[row], pay(table, row), when.join(", "));
        let rank = if take == "first" { format!(", rank = {rank}") } else { String::new() };
        writeln!(programme, "[[award]]\nid = \"row{row}\"\nname = {{ zh = \"行\", en = \"Row\" }}\nclause = \"d\"\nwhen = [{when}]\npay = \"{pay}\"\ngroup = {{ name = \"table\", take = \"{take}\"{rank} }}")
            .expect("text");
        writeln!(tests, "expect.row{row} = {{ decision = \"yes\" }}").expect("text");
    }
    let files = [
        ("pack.toml", MANIFEST.to_owned()),
        ("documents/d.toml", DOCUMENT.to_owned()),
        ("facts/all.toml", facts),
        ("programmes/table.toml", programme),
        ("programmes/table.test.toml", tests),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let loaded = linghang_pack::check_files(files);
    let pack = loaded.pack.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let compiled = compile(&pack, AsOf::on(day()));
    compiled.rules.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 6, 30).expect("a day")
}

/// What each row is paid for the inputs of a case.
fn paid(rules: &RuleSet, table: &Table, case: &Case) -> Vec<Fen> {
    let names: Vec<String> = table.inputs.iter().map(|input| fact(&input.name)).collect();
    let columns = table.inputs.iter().zip(&names).map(|(input, name)| {
        let kind = rules.dictionary.get(name).map_or(Kind::Plain, |info| info.kind.clone());
        let cell = case.inputs.get(&input.name).cloned().flatten().map(|value| match kind {
            Kind::Bool => Cell::Flag(value == "true"),
            Kind::Number => Cell::Float(value.parse().expect("a number")),
            _ => Cell::Text(value),
        });
        (name.as_str(), column(&kind, &[cell]))
    });
    let ids = StringArray::from_iter_values(["one"]);
    let people = Population::new(ids, columns.collect(), rules, day(), &[]).expect("fits");
    run(rules, &people, Options::default()).rules.iter().map(|rule| rule.paid_fen).collect()
}

/// Whether the engine comes to what the kit says.
fn agrees(table: &Table, case: &Case, paid: &[Fen]) -> bool {
    let total: Fen = Fen(paid.iter().map(|fen| fen.0).sum());
    if table.aggregation.is_some() {
        return case.expected.get("").map_or(Fen(0), |value| yuan(value)) == total;
    }
    let mut winners = (0..paid.len()).filter(|row| paid[*row] > Fen(0));
    let Some(winner) = winners.next() else { return case.expected.is_empty() };
    let outputs = table.outputs.iter().zip(&table.rows[winner].1);
    let is_single = table.outputs.len() == 1;
    winners.next().is_none()
        && case.expected.len() == table.outputs.len()
        && outputs.into_iter().all(|((name, _), output)| {
            let name = if is_single { "" } else { name };
            case.expected.get(name) == Some(output)
        })
}

#[test]
fn groups_mean_what_hit_policies_mean() {
    let Some(kit) = kit::kit() else { return };
    for folder in CLAIMED {
        let inside = |path: &&String| path.contains(&format!("/{folder}/"));
        let file = |ending: &str| {
            let path = kit
                .keys()
                .filter(inside)
                .find(|path| Path::new(path).extension().is_some_and(|found| found == ending));
            &kit[path.unwrap_or_else(|| panic!("the kit has no {ending} in {folder}"))]
        };
        let (table, cases) = (table(file("dmn")), cases(file("xml")));
        let rules = rules(&table);
        for case in &cases {
            let paid = paid(&rules, &table, case);
            assert!(agrees(&table, case, &paid), "{folder} {}: {paid:?} is not {case:?}", case.id);
        }
        eprintln!("{folder}: {} cases", cases.len());
        assert_eq!(cases.len(), 3, "{folder}");
    }
}
