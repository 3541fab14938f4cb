//! The files of the guide "write your first policy" load without a finding, in both languages the same files.

use std::fs;
use std::path::{Path, PathBuf};

use linghang_core::Lang;
use linghang_pack::{Kind, load};

const ENGLISH: &str = include_str!("../../../docs/guide/write-a-policy.md");
const CHINESE: &str = include_str!("../../../docs/guide/write-a-policy.zh.md");

/// Returns the files in a guide: blocks of TOML whose first line is `# path`.
fn files(guide: &str) -> Vec<(&str, &str)> {
    let blocks = guide.split("```toml\n").skip(1);
    blocks
        .map(|block| {
            let text = block.split("```").next().expect("a split has a first part");
            let path = text.lines().next().and_then(|line| line.strip_prefix("# "));
            (path.expect("a block begins with its path"), text)
        })
        .collect()
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example")
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

#[test]
fn both_guides_give_the_same_files() {
    assert_eq!(files(ENGLISH), files(CHINESE));
    assert_eq!(files(ENGLISH).len(), 2);
}

#[test]
fn the_policy_of_the_guide_loads_and_its_tests_belong_to_it() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_folder(&example(), copy.path());
    for (path, text) in files(ENGLISH) {
        fs::write(copy.path().join(path), text).expect("writable");
    }
    let loaded = load(copy.path());
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let pack = loaded.pack.expect("a pack without findings is returned");
    assert!(pack.programmes.contains_key("patent-bonus"));
    assert_eq!(pack.tests[&(Kind::Programme, "patent-bonus".to_owned())].cases.len(), 7);
}

#[test]
fn the_policy_without_its_tests_is_refused_as_the_guide_says() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_folder(&example(), copy.path());
    let (path, text) = files(ENGLISH)[0];
    fs::write(copy.path().join(path), text).expect("writable");
    let codes: Vec<&str> = load(copy.path()).diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["pack.no_test"]);
}
