//! Lists about enterprises, and the made-up city.

use serde_json::Value;

use crate::support::Home;

const MAPPING: &str = "table = \"enterprises\"\nsource = \"register\"\n[columns]\nname = \"名称\"\ncode = \"代码\"\n\
                       registered_capital = \"注册资本（万元）\"\n[[qualification]]\nid = \"hte\"\nyear = \"年度\"\n";
const LIST: &str = "某市名单,,,\n名称,代码,注册资本（万元）,年度\n海星科技有限公司,9100000000DGFK240A,\"1,200\",2024年\n\
                    校验码不对有限公司,9100000000DGFK240B,50,2024\n";
const IMPORT: [&str; 8] =
    ["evidence", "import", "a.csv", "--format", "csv", "--table", "enterprises", "--mapping"];

fn home() -> Home {
    let home = Home::new();
    home.write("m.toml", MAPPING);
    home.write("a.csv", LIST);
    home
}

#[test]
fn a_list_is_imported_listed_and_shown_by_code_and_by_name() {
    let home = home();
    let answer = home.run([&IMPORT[..], &["m.toml", "--json"]].concat()).expect(0).json();
    assert_eq!(answer["outcome"], "created");
    assert_eq!((&answer["counts"]["kept"], &answer["counts"]["rejected"]), (&1.into(), &1.into()));
    let rejects = home.path(answer["folder"].as_str().expect("a folder")).join("rejects.csv");
    let rejects = std::fs::read_to_string(rejects).expect("rejects");
    assert!(rejects.contains("校验码应为“A”，实为“B”"), "{rejects}");
    let listed = home.run(["evidence", "list"]).expect(0).out;
    assert!(listed.contains("enterprises") && listed.contains("register"), "{listed}");
    for wanted in ["9100000000DGFK240A", "uscc:9100000000DGFK240A", "海星科技有限责任公司"]
    {
        let shown = home.run(["--lang", "zh", "evidence", "show", wanted]).expect(0).out;
        assert!(shown.contains("注册资本：1,200万元") && shown.contains("hte (2024)"), "{shown}");
    }
    let json = home.run(["evidence", "show", "9100000000DGFK240A", "--json"]).expect(0).json();
    assert_eq!(json[0]["tables"][0]["rows"][0]["registered_capital"], 1_200_000_000);
}

#[test]
fn a_table_that_does_not_fit_its_mapping_or_format_is_refused() {
    let home = home();
    for (arguments, code, said) in [
        ("evidence import a.csv --format csv --table deals --mapping m.toml", 2, "--table"),
        ("evidence import a.csv --format lens --table enterprises --mapping m.toml", 2, "xlsx"),
        ("evidence import a.csv --format csv --table enterprises", 3, "mapping"),
        ("evidence import a.csv --format csv --table firms --mapping m.toml", 2, "firms"),
        ("synth city", 2, "--enterprises"),
        ("synth city --enterprises 0", 2, "0"),
    ] {
        let answer = home.run(arguments.split(' '));
        assert_eq!(answer.code, code, "{arguments}: {}", answer.err);
        assert!(answer.err.contains(said), "{arguments}: {}", answer.err);
    }
}

#[test]
fn a_made_up_city_is_the_same_for_the_same_seed_and_says_what_it_is() {
    let make = |home: &Home, seed: &str| -> Value {
        let arguments =
            ["synth", "city", "--enterprises", "2000", "--as-of", "2026-06-30", "--seed"];
        home.run([&arguments[..], &[seed, "--json"]].concat()).expect(0).json()
    };
    let (one, other) = (Home::new(), Home::new());
    let first = make(&one, "7");
    assert_eq!(first, make(&other, "7"));
    assert_eq!(first["source"], "synthetic");
    let snapshots = first["snapshots"].as_array().expect("snapshots");
    assert_eq!(snapshots.len(), 4);
    assert!(snapshots.iter().all(|known| known["source"] == "synthetic"));
    assert_eq!(snapshots[0]["counts"]["kept"], 2000);
    assert_ne!(first["snapshots"], make(&other, "8")["snapshots"]);
    let said =
        one.run(["synth", "city", "--enterprises", "2000", "--as-of", "2026-06-30", "--seed", "7"]);
    assert!(said.err.contains("Synthetic"), "{}", said.err);
    let listed = one.run(["--lang", "zh", "evidence", "list"]).expect(0).out;
    assert!(listed.contains("合成数据"), "{listed}");
}
