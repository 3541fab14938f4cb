//! Broken rule files and the findings that they must give, in both languages, all at once.
//!
//! Each `broken/NAME.toml` holds one or more files, each from a line `#: path` on, and stands in a copy of
//! `broken/base`, a pack without a finding. `broken/NAME.expected` holds what the loader, the compiler and the lints say
//! about it; where the pack compiles, what its test cases came to. The files `trap_NN_…` are the fourteen traps of plain
//! SQL as they would be met in a rule file: refused, or neutralised with the right answer in a test case.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use linghang_core::{Diagnostic, Lang};
use linghang_rules::{AsOf, compile, lint, testing};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// Names of all cases, sorted.
fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder is part of the repository");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".toml").map(ToOwned::to_owned))
        .collect();
    names.sort();
    names
}

/// The files of the good pack by path.
fn base() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        for entry in fs::read_dir(folder().join("base").join(&inside)).expect("readable") {
            let entry = entry.expect("readable");
            let path = format!("{inside}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push(format!("{path}/"));
            } else {
                files.insert(path, fs::read(entry.path()).expect("readable"));
            }
        }
    }
    files
}

/// The good pack with what a case puts in the place of its files or beside them.
fn files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let text = fs::read_to_string(folder().join(format!("{name}.toml"))).expect("readable");
    let mut files = base();
    let mut path = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(named) = line.strip_prefix("#: ") {
            named.trim_end().clone_into(&mut path);
            // The line stays in the file as a remark, so that lines count as in the corpus where there is one file.
            files.insert(path.clone(), Vec::new());
        }
        files.get_mut(&path).expect("begins with a path").extend_from_slice(line.as_bytes());
    }
    files
}

/// Everything that is said about a pack, and what its test cases came to.
fn told(files: BTreeMap<String, Vec<u8>>) -> (Vec<Diagnostic>, String) {
    let loaded = linghang_pack::check_files(files);
    let mut findings = loaded.diagnostics;
    let Some(pack) = loaded.pack else { return (findings, String::new()) };
    let day = NaiveDate::from_ymd_opt(2025, 6, 30).expect("a day");
    let compiled = compile(&pack, AsOf::on(day));
    findings.extend(compiled.diagnostics);
    let Some(rules) = &compiled.rules else { return (findings, String::new()) };
    findings.extend(lint::lint(&pack, rules));
    findings.extend(lint::expired(&pack, day));
    let report = testing::test(&pack);
    findings.extend(report.diagnostics);
    let mut results = String::new();
    for case in &report.cases {
        let state = if case.differences.is_empty() { "ok" } else { "not ok" };
        let file = Path::new(&case.file).file_stem().unwrap_or_default().to_string_lossy();
        if file != "good.test" {
            writeln!(results, "{state}: {}", case.name.en).expect("text");
        }
        for one in &case.differences {
            let (rule, what) = (&one.rule, one.what);
            let (found, expected) = (&one.found, &one.expected);
            writeln!(results, "  {rule} {what}: {found} is not {expected}").expect("text");
        }
    }
    (findings, results)
}

fn rendered(name: &str) -> String {
    let (findings, results) = told(files(name));
    let mut text = String::new();
    for lang in [Lang::En, Lang::Zh] {
        for finding in &findings {
            text.push_str(&finding.render(lang));
            text.push('\n');
        }
    }
    text + &results
}

#[test]
fn the_base_pack_has_no_finding() {
    let (findings, _) = told(base());
    assert_eq!(findings, []);
}

#[test]
fn each_broken_file_gives_its_findings() {
    let cases = cases();
    assert!(cases.len() >= 30, "{} cases", cases.len());
    for name in cases {
        let expected = fs::read_to_string(folder().join(format!("{name}.expected")));
        assert_eq!(rendered(&name), expected.unwrap_or_default(), "{name}");
    }
}

#[test]
fn every_finding_about_a_rule_names_file_and_line() {
    for name in cases() {
        for finding in told(files(&name)).0 {
            assert!(finding.file.is_some() && finding.line.is_some(), "{name}: {finding}");
        }
    }
}

#[test]
fn all_fourteen_traps_are_met() {
    let traps = cases().iter().filter(|name| name.starts_with("trap_")).count();
    assert_eq!(traps, 14);
}

/// What the loader tells under a code of its own, so that the compiler, which checks it again, never gets to see it.
const TOLD_BEFORE: [&str; 8] = [
    "rules.unknown_test",
    "rules.share",
    "rules.rank_by",
    "rules.group",
    "rules.unknown_id",
    "rules.number",
    "rules.case_fact",
    // Cases are made into columns of their facts' kinds, which always fit.
    "rules.columns",
];

#[test]
fn each_code_of_the_engine_has_a_broken_file() {
    let sources = [
        include_str!("../src/compile/award.rs"),
        include_str!("../src/compile/conditions.rs"),
        include_str!("../src/compile/facts.rs"),
        include_str!("../src/compile/params.rs"),
        include_str!("../src/compile/pools.rs"),
        include_str!("../src/compile/programme.rs"),
        include_str!("../src/compile/standing.rs"),
        include_str!("../src/lint/conditions.rs"),
        include_str!("../src/lint/figures.rs"),
        include_str!("../src/lint/money.rs"),
        include_str!("../src/lint/open.rs"),
        include_str!("../src/lint/overlap.rs"),
        include_str!("../src/lint/sources.rs"),
        include_str!("../src/testing/cases.rs"),
    ];
    let given: Vec<&str> =
        cases().iter().flat_map(|name| told(files(name)).0).map(|finding| finding.code).collect();
    let codes = sources.iter().flat_map(|source| source.split('"')).filter(|text| {
        let name = text.strip_prefix("rules.");
        name.is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
    });
    let absent: Vec<&str> =
        codes.filter(|code| !given.contains(code) && !TOLD_BEFORE.contains(code)).collect();
    assert_eq!(absent, Vec::<&str>::new());
}
