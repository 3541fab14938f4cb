//! `linghang rules`: the example pack on a made-up city of 2,000 enterprises, and what is refused.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use calamine::Reader as _;
use serde_json::Value;

use crate::support::{Home, Said, copy_folder, packs};

const DAY: &str = "2026-06-30";

/// A home with the city; the first test that asks makes it.
fn city() -> &'static Home {
    static MADE: OnceLock<Home> = OnceLock::new();
    MADE.get_or_init(|| {
        let home = Home::new();
        let pack = example();
        let arguments = ["--pack", &pack, "synth", "city", "--enterprises", "2000", "--as-of", DAY];
        home.run(arguments).expect(0);
        home
    })
}

fn example() -> String {
    packs().join("example").display().to_string()
}

/// Runs a command on the example pack and the city.
fn rules(arguments: &[&str]) -> Said {
    let pack = example();
    city().run([&["--pack", &pack, "rules"], arguments].concat())
}

fn on_day(arguments: &[&str]) -> Said {
    rules(&[arguments, &["--as-of", DAY]].concat())
}

/// A copy of the example pack in which a text of a file is replaced.
fn changed(home: &Home, file: &str, find: &str, put: &str) -> PathBuf {
    let folder = home.path("changed");
    copy_folder(&packs().join("example"), &folder);
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("a file of the pack");
    assert!(text.contains(find), "{file} has no {find}");
    fs::write(path, text.replace(find, put)).expect("written");
    folder
}

/// The credit code of the first near miss.
fn someone() -> String {
    let found = on_day(&["near-miss", "--top", "1", "--json"]).expect(0).json();
    found["list"][0]["enterprise"].as_str().expect("a near miss").to_owned()
}

#[test]
fn the_shipped_packs_pass_their_cases_and_have_no_errors() {
    let home = Home::new();
    for name in ["example", "guangdong", "guangzhou"] {
        let pack = packs().join(name).display().to_string();
        let tested = home.run(["--pack", &pack, "rules", "test", "--json"]).expect(0).json();
        assert_eq!(tested["failed"], 0, "{name}");
        assert!(tested["cases"].as_u64() > Some(0), "{name}");
        let said = home.run(["--pack", &pack, "rules", "check", "--json"]);
        assert!(said.code <= 1, "{name}: {} {}", said.code, said.err);
        assert_eq!(said.json()["errors"], 0, "{name}: {}", said.out);
    }
}

#[test]
fn a_run_counts_everybody_once_and_says_what_it_stands_on() {
    let json = on_day(&["run", "--json"]).expect(0).json();
    assert_eq!((&json["synthetic"], &json["enterprises"]), (&true.into(), &2000.into()));
    let origin = &json["provenance"];
    assert_eq!((&origin["as_of"], &origin["pack"]["id"]), (&DAY.into(), &"example".into()));
    assert_eq!(origin["evidence"].as_array().map(Vec::len), Some(4));
    let rules = json["rules"].as_array().expect("rules");
    assert!(rules.len() >= 4);
    let number = |rule: &Value, key: &str| rule[key].as_u64().expect("a number");
    for rule in rules {
        let all = ["yes", "no", "unknown", "review", "error"].map(|key| number(rule, key));
        assert_eq!(all.iter().sum::<u64>(), 2000, "{rule}");
        assert!(number(rule, "paid_fen") <= number(rule, "gross_fen"), "{rule}");
    }
    let paid: u64 = rules.iter().map(|rule| number(rule, "paid_fen")).sum();
    assert_eq!(json["paid_fen"], paid);
    assert!(paid > 0);
}

#[test]
fn tables_speak_both_languages_and_are_labelled_synthetic() {
    let code = someone();
    for (language, label, words) in [
        ("zh", "合成数据", ["待补数据", "万元", "条件"]),
        ("en", "synthetic", ["unknown", "CNY ", "condition"]),
    ] {
        let say = |arguments: &[&str]| {
            let said = on_day(&[arguments, &["--lang", language]].concat()).expect(0);
            assert!(said.out.contains(label), "{arguments:?}: {}", said.out);
            said.out
        };
        let run = say(&["run"]);
        assert!(run.contains(words[0]) && run.contains(words[1]), "{run}");
        let explained = say(&["explain", &code]);
        assert!(explained.contains(words[2]) && explained.contains(&code), "{explained}");
        assert!(explained.contains(DAY), "no day of the evidence in {explained}");
        assert!(say(&["near-miss", "--top", "5"]).contains(words[1]));
        say(&["ladder", &code]);
        say(&["score", &code]);
    }
}

#[test]
fn files_hold_the_same_tables() {
    let home = city();
    let files = ["--csv", "run.csv", "--xlsx", "run.xlsx", "--payments", "paid.csv", "--json"];
    let json = on_day(&[&["run"], &files[..]].concat()).expect(0).json();
    let csv = fs::read_to_string(home.path("run.csv")).expect("a file");
    let count = json["rules"].as_array().map_or(0, Vec::len);
    assert_eq!(csv.lines().count(), count + 1);
    assert!(csv.lines().skip(1).all(|line| line.ends_with(",synthetic (made up)")), "{csv}");
    assert!(home.path("run-pools.csv").is_file() && home.path("run-not-computed.csv").is_file());
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(home.path("run.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["awards", "pools", "not-computed"]);
    let awards = book.worksheet_range("awards").expect("a sheet");
    assert_eq!(awards.height(), count + 1);
    let paid = fs::read_to_string(home.path("paid.csv")).expect("a file");
    let yes: u64 =
        json["rules"].as_array().into_iter().flatten().filter_map(|r| r["yes"].as_u64()).sum();
    assert_eq!(paid.lines().count() as u64, yes + 1);
}

#[test]
fn an_explanation_agrees_with_the_run_and_with_its_own_sums() {
    let code = someone();
    let json = on_day(&["explain", &code, "--json"]).expect(0).json();
    assert_eq!((&json["enterprise"], &json["synthetic"]), (&code.into(), &true.into()));
    let awards = json["awards"].as_array().expect("awards");
    let is_open = |award: &&Value| award["decision"] != "yes";
    assert!(awards.iter().any(|award| is_open(&award) && award["way"].is_object()));
    for award in awards.iter().filter(|award| award["decision"] == "yes") {
        let steps = award["amount"]["steps"].as_array().expect("steps");
        for pair in steps.windows(2) {
            assert_eq!(pair[0]["after"], pair[1]["before"], "{award}");
        }
    }
    let origins = json.to_string();
    assert!(origins.contains("synthetic (made up), 2026-06-30"), "{origins}");
}

#[test]
fn an_enterprise_is_found_by_code_id_and_name() {
    let code = someone();
    let by = |wanted: &str| on_day(&["ladder", wanted, "--json"]).expect(0).json();
    let found = by(&code);
    assert_eq!(by(&format!("uscc:{code}")), found);
    let name = found["name"].as_str().expect("a name");
    let again = on_day(&["ladder", name, "--json"]);
    // Made-up names repeat; then the codes to choose from are told.
    assert!(again.code == 0 || again.err.contains(&code), "{}", again.err);
    assert!(found["ladders"].as_array().is_some_and(|ladders| !ladders.is_empty()));
}

#[test]
fn a_reform_tells_its_text_its_winners_and_its_cost() {
    let home = Home::new();
    let find = "micro = \"10%\", small = \"10%\"";
    let put = "micro = \"20%\", small = \"20%\"";
    let pack = changed(&home, "programmes/rd-growth.toml", find, put).display().to_string();
    let json = on_day(&["simulate", "--with", &pack, "--json"]).expect(0).json();
    assert!(json["texts"].to_string().contains("20%"), "{}", json["texts"]);
    let totals = &json["totals"];
    assert!(totals["gained"].as_u64() > Some(0), "{totals}");
    let delta = |key: &str| totals[key].as_i64().expect("fen");
    assert_eq!(delta("after_fen") - delta("before_fen"), delta("gained_fen") - delta("lost_fen"));
    assert_eq!(json["with"]["id"], "example");
    let same = on_day(&["simulate", "--with", &example(), "--json"]).expect(0).json();
    assert_eq!((&same["totals"]["gained"], &same["totals"]["lost"]), (&0.into(), &0.into()));
    let said = on_day(&["simulate", "--with", &pack, "--lang", "zh"]).expect(0).out;
    assert!(said.contains("合成数据") && said.contains("measures"), "{said}");
}

#[test]
fn scores_add_up() {
    let json = on_day(&["score", &someone(), "--json"]).expect(0).json();
    let scores = json["scores"].as_array().expect("scores");
    assert!(!scores.is_empty());
    for scored in scores.iter().filter(|scored| scored["points"].is_number()) {
        let items = scored["items"].as_array().into_iter().flatten();
        let sum: f64 = items.filter_map(|item| item["points"].as_f64()).sum();
        assert!((sum - scored["points"].as_f64().expect("a number")).abs() < 1e-6, "{scored}");
    }
}

#[test]
fn mutation_says_which_mistakes_nobody_notices() {
    let home = Home::new();
    let pack = packs().join("example").display().to_string();
    let said = home.run(["--pack", &pack, "rules", "mutate", "--json"]).expect(0).json();
    assert!(said["share"].as_f64() >= Some(0.95), "{said}");
    assert!(said["tried"].as_u64() > Some(50), "{said}");
}

#[test]
fn what_cannot_be_done_is_refused_with_the_next_step() {
    let home = Home::new();
    let pack = example();
    let broken =
        changed(&home, "programmes/rd-growth.toml", "rd_expense >= 100万元", "rd_expense >= 100人");
    let broken = broken.display().to_string();
    let nobody = ["--pack", &pack, "rules", "explain", "91350100M000100Y43"];
    for (said, code, parts) in [
        (city().run(nobody), 3, ["rules.no_enterprise", "near-miss"]),
        (home.run(["--pack", &pack, "rules", "run"]), 3, ["rules.no_evidence", "synth city"]),
        (home.run(["rules", "run"]), 2, ["cli.no_pack", "--pack"]),
        (city().run(["--pack", &broken, "rules", "run"]), 3, ["expr.", "rd-growth.toml"]),
        (home.run(["--pack", &broken, "rules", "test"]), 3, ["expr.", "rd-growth.toml"]),
        (on_day(&["explain", &someone(), "--award", "nothing"]), 2, ["rules.no_award", "nothing"]),
        (on_day(&["run", "--csv", "no/such/folder.csv"]), 4, ["cli.io", "system"]),
    ] {
        assert_eq!(said.code, code, "{}{}", said.out, said.err);
        assert!(parts.iter().all(|part| said.err.contains(part)), "{parts:?}: {}", said.err);
    }
    let checked = home.run(["--pack", &broken, "rules", "check"]);
    assert_eq!(checked.code, 3);
    assert!(checked.out.contains("rd-growth.toml"), "{}", checked.out);
}

#[test]
fn a_failing_case_is_shown_with_what_came_out() {
    let home = Home::new();
    let find = "rd_expense >= 100万元";
    let pack = changed(&home, "programmes/rd-growth.toml", find, "rd_expense > 100万元");
    let pack = pack.display().to_string();
    let said = home.run(["--pack", &pack, "rules", "test"]).expect(1);
    assert!(
        said.out.contains("rd-growth.test.toml") && said.out.contains("expected"),
        "{}",
        said.out
    );
}

#[test]
fn a_parameter_that_is_not_set_is_told_and_never_taken_as_nothing() {
    let home = Home::new();
    let file = "programmes/rd-growth.toml";
    let table = "table = { micro = \"10%\", small = \"10%\", medium = \"5%\", large = \"5%\" }";
    let pack = changed(&home, file, table, "unset = true");
    let text = fs::read_to_string(pack.join(file)).expect("a file");
    fs::write(pack.join(file), text.replace("by = \"size\"\n", "")).expect("written");
    let pack = pack.display().to_string();
    let said = city().run(["--pack", &pack, "rules", "run", "--as-of", DAY, "--json"]);
    let json = said.expect(0).json();
    let is_idle =
        |idle: &Value| idle["id"] == "rd-growth/growth" && idle.to_string().contains("rate");
    assert!(json["idle"].as_array().is_some_and(|all| all.iter().any(is_idle)), "{}", json["idle"]);
    assert!(!json["rules"].to_string().contains("rd-growth/growth"));
}

#[test]
fn made_up_enterprises_never_mix_with_real_lists() {
    let home = Home::new();
    let pack = example();
    home.run(["--pack", &pack, "synth", "city", "--enterprises", "50", "--as-of", DAY]).expect(0);
    home.write(
        "m.toml",
        "table = \"enterprises\"\nsource = \"register\"\n[columns]\nname = \"名称\"\n",
    );
    home.write("a.csv", "名称\n海星科技有限公司\n");
    home.run("evidence import a.csv --format csv --table enterprises --mapping m.toml".split(' '))
        .expect(0);
    let said = home.run(["--pack", &pack, "rules", "run", "--as-of", DAY, "--json"]).expect(0);
    let json = said.json();
    assert_eq!((&json["synthetic"], &json["enterprises"]), (&false.into(), &1.into()));
    assert!(said.err.contains("only the real lists are used"), "{}", said.err);
}

#[test]
fn the_demo_runs_programmes_on_a_city_of_its_own() {
    let home = Home::with_everything();
    home.run(["scan", "figures", "--out", "f.zst", "--corpora", "ALL"]).expect(0);
    let pack = packs().join("guangzhou").display().to_string();
    let demo = ["--lang", "zh", "--pack", &pack, "demo", "--figures", "f.zst", "--out", "report"];
    let said = home.run(demo).expect(0);
    for part in ["合成数据", "只差一个条件的企业", "不满足：", "条文变化", "改革前后", "万元"]
    {
        assert!(said.out.contains(part), "no {part} in {}", said.out);
    }
    assert!(said.err.contains("rules explain 91"), "{}", said.err);
    let listed = home.run(["evidence", "list"]).expect(0).out;
    assert!(
        !listed.contains("enterprises"),
        "the made-up city is in the user's evidence: {listed}"
    );
}
