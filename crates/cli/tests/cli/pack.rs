//! `linghang pack check`.

use crate::support::{Home, copy_folder, packs};

#[test]
fn the_example_pack_is_in_order() {
    let home = Home::new();
    let example = packs().join("example");
    let path = example.to_str().expect("a path");
    let said = home.run(["pack", "check", "--pack", path]).expect(0);
    assert!(said.out.is_empty() && said.err.contains("0 errors"), "{}{}", said.out, said.err);
    let answer = home.run(["pack", "check", "--pack", path, "--json"]).expect(0).json();
    assert_eq!((&answer["pack"], &answer["errors"]), (&"example".into(), &0.into()));
    assert_eq!(answer["hash"].as_str().map(str::len), Some(64));
}

#[test]
fn a_broken_pack_is_refused_with_all_its_problems_at_once() {
    let home = Home::new();
    copy_folder(&packs().join("example"), &home.path("broken"));
    let break_file = |file: &str, from: &str, to: &str| {
        let path = home.path("broken").join(file);
        let text = std::fs::read_to_string(&path).expect("a file of the pack");
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replace(from, to)).expect("written");
    };
    break_file(
        "tracks/ocean-energy.toml",
        "\"tidal turbine\", ",
        "\"tidal turbine\", \"tidal turbine\", ",
    );
    break_file("tracks/smart-farming.toml", "name.en = \"Smart farming\"", "");
    break_file("tracks/wearable-health.toml", "\"A61B\"", "\"61AB\"");
    let answer = home.run(["pack", "check", "--pack", "broken", "--json"]).expect(3).json();
    let findings = answer["findings"].as_array().expect("findings");
    for file in ["ocean-energy", "smart-farming", "wearable-health"] {
        let found = findings.iter().find(|one| one.to_string().contains(file));
        assert!(found.is_some(), "nothing about {file} in {findings:#?}");
    }
    assert_eq!((&answer["errors"], &answer["warnings"]), (&1.into(), &2.into()));
    for (language, said) in [("zh", "个错误"), ("en", "1 error, 2 warnings")] {
        let answer = home.run(["pack", "check", "--pack", "broken", "--lang", language]).expect(3);
        assert!(answer.err.contains(said), "{}", answer.err);
        assert!(answer.out.lines().count() >= 3, "{}", answer.out);
    }
}

#[test]
fn a_scan_with_a_broken_or_missing_pack_is_refused() {
    let home = Home::new();
    home.write("broken/pack.toml", "id = 1\n");
    for (pack, said) in [("broken", "pack.toml:1"), ("absent", "error[pack.read]")] {
        let answer = home.run(["scan", "run", "--pack", pack]).expect(3);
        assert!(answer.out.is_empty() && answer.err.contains(said), "{}", answer.err);
    }
}
