//! Broken files and the findings that they must give, in both languages.
//!
//! Each `expect/NAME.toml` holds one or more files, each from a line `#: path` on, and stands at that path in a copy of
//! `expect/base`, a pack without a finding. `expect/NAME.expected` holds what the linter says about it. What needs more than one file of text, such
//! as a symbolic link, is in `files.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use linghang_core::{Diagnostic, Lang};
use linghang_pack::load;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expect")
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

/// Loads the base pack with what a case puts in it.
fn findings(name: &str) -> Vec<Diagnostic> {
    let broken = fs::read_to_string(folder().join(format!("{name}.toml"))).expect("readable");
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_folder(&folder().join("base"), copy.path());
    assert!(broken.starts_with("#: "), "{name} begins with a path");
    for part in broken.split("#: ").skip(1) {
        let path = copy.path().join(part.lines().next().expect("a path"));
        fs::create_dir_all(path.parent().expect("inside the copy")).expect("writable");
        fs::write(path, format!("#: {part}")).expect("writable");
    }
    load(copy.path()).diagnostics
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("writable");
    for entry in fs::read_dir(from).expect("readable") {
        let path = entry.expect("readable").path();
        let target = to.join(path.file_name().expect("inside a folder"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("writable");
        }
    }
}

fn rendered(findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for lang in [Lang::En, Lang::Zh] {
        for finding in findings {
            text.push_str(&finding.render(lang));
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_base_pack_has_no_finding() {
    assert_eq!(rendered(&load(&folder().join("base")).diagnostics), "");
}

#[test]
fn each_broken_file_gives_its_findings() {
    let cases = cases();
    assert!(cases.len() >= 70, "{} cases", cases.len());
    for name in cases {
        let expected = fs::read_to_string(folder().join(format!("{name}.expected")));
        let actual = rendered(&findings(&name));
        assert_eq!(actual, expected.unwrap_or_default(), "{name}");
    }
}

#[test]
fn each_code_of_a_file_s_content_has_a_broken_file() {
    let sources = [
        include_str!("../src/finding/shape.rs"),
        include_str!("../src/finding/meaning.rs"),
        include_str!("../src/finding/rules.rs"),
    ];
    let given: Vec<&str> =
        cases().iter().flat_map(|name| findings(name)).map(|finding| finding.code).collect();
    for code in sources.iter().flat_map(|source| codes(source)) {
        assert!(given.contains(&code), "no broken file gives {code}");
    }
}

#[test]
fn each_code_is_explained_in_the_guide() {
    let guide = include_str!("../../../docs/guide/pack.md");
    let sources = [
        include_str!("../src/finding/file.rs"),
        include_str!("../src/finding/shape.rs"),
        include_str!("../src/finding/meaning.rs"),
        include_str!("../src/finding/rules.rs"),
    ];
    for code in sources.iter().flat_map(|source| codes(source)) {
        assert!(guide.contains(&format!("| `{code}` |")), "{code}");
    }
}

/// Finds the codes in the catalogue of findings.
fn codes(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|text| {
        text.strip_prefix("pack.").is_some_and(|name| {
            name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
        })
    })
}
