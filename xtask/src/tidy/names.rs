//! The engines know no city: no name that a pack owns stands in product code.
//!
//! The forbidden names are read from the packs themselves, so a new pack is covered without a change here. Tests may
//! use them. The fictional `packs/example` owns no name that matters.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use linghang_core::{Bilingual, Lang};
use linghang_pack::Pack;

use crate::finding::Finding;
use crate::workspace::{TextFile, root, texts};

/// Checks the product code of every crate.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let names = owned_names()?;
    let files = texts("crates", "rs")?;
    Ok(files
        .iter()
        .filter(|file| is_product(&file.path))
        .flat_map(|file| check(file, &names))
        .collect())
}

fn owned_names() -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("packs"))? {
        let folder = entry?.path();
        if !folder.join("pack.toml").is_file() || folder.ends_with("example") {
            continue;
        }
        let Some(pack) = linghang_pack::load(&folder).pack else {
            bail!("{} has errors; see `linghang pack check`", folder.display());
        };
        names.extend(names_of(&pack));
    }
    Ok(names)
}

/// The names of the place, its districts and its tracks, in lower case, long enough to mean nothing else.
fn names_of(pack: &Pack) -> BTreeSet<String> {
    let districts = pack.districts.values().map(|district| &*district.name);
    let tracks = pack.tracks.values().map(|track| &*track.name);
    let mut names: BTreeSet<String> =
        [&pack.name].into_iter().chain(districts).chain(tracks).flat_map(spellings).collect();
    names.insert(pack.id.to_lowercase());
    names
}

fn spellings(name: &Bilingual) -> Vec<String> {
    let zh = name.get(Lang::Zh);
    let short = zh.strip_suffix(['省', '市', '区']).unwrap_or(zh).to_owned();
    let en = name.get(Lang::En).to_lowercase();
    let mut spellings = Vec::new();
    if short.chars().count() >= 2 {
        spellings.push(short);
    }
    if en.chars().count() >= 6 {
        spellings.push(en);
    }
    spellings
}

fn is_product(path: &str) -> bool {
    path.contains("/src/") && !path.contains("/tests/") && !path.ends_with("/tests.rs")
}

fn check(file: &TextFile, names: &BTreeSet<String>) -> Vec<Finding> {
    let product =
        file.text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"));
    let mut findings = Vec::new();
    for (index, line) in product.enumerate() {
        let line = line.to_lowercase();
        for name in names.iter().filter(|name| line.contains(name.as_str())) {
            findings.push(Finding::new(
                format!("{}:{}", file.path, index + 1),
                format!("`{name}` belongs to a pack; Rust code knows no city and no track by name"),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::lines;

    fn check(text: &str) -> String {
        let names = [Bilingual::new("云港市", "Cloudport"), Bilingual::new("星舟", "Star boats")];
        let names = names.iter().flat_map(spellings).collect();
        lines(&super::check(&TextFile { path: "a.rs".to_owned(), text: text.to_owned() }, &names))
    }

    #[test]
    fn a_city_in_code_or_comment_is_named_with_its_line() {
        insta::assert_snapshot!(check("//! Adds.\nconst CITY: &str = \"CLOUDPORT\"; // 云港"), @"
        a.rs:2: `cloudport` belongs to a pack; Rust code knows no city and no track by name
        a.rs:2: `云港` belongs to a pack; Rust code knows no city and no track by name
        ");
    }

    #[test]
    fn a_track_in_a_comment_is_found() {
        insta::assert_snapshot!(
            check("// Only for star boats."),
            @"a.rs:1: `star boats` belongs to a pack; Rust code knows no city and no track by name"
        );
    }

    #[test]
    fn tests_may_use_them() {
        assert_eq!(check("fn f() {}\n#[cfg(test)]\nmod tests { // Cloudport\n}"), "");
    }

    #[test]
    fn only_sources_of_crates_are_product() {
        for (path, expected) in [
            ("crates/scan/src/lib.rs", true),
            ("crates/scan/src/tests.rs", false),
            ("crates/scan/tests/laws.rs", false),
            ("crates/scan/src/topics/tests/laws.rs", false),
        ] {
            assert_eq!(is_product(path), expected, "{path}");
        }
    }
}
