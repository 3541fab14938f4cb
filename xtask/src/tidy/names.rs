//! The engines know no city: no name that a pack owns stands in product code.
//!
//! The forbidden names are read from the packs themselves, so a new pack is covered without a change here. Names of
//! places are forbidden everywhere; names of tracks, which are also words for technologies, may serve as examples in
//! comments. Tests may use all of them, and the executable may name the folder of a pack (`packs/…`) for its demo.
//! The fictional `packs/example` owns no name that matters.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use linghang_core::{Bilingual, Lang};
use linghang_pack::Pack;

use crate::finding::Finding;
use crate::workspace::{TextFile, root, texts};

/// Where a folder of a pack may be named.
const EXECUTABLE: &str = "crates/cli/";

/// Names in lower case.
#[derive(Default)]
struct Owned {
    places: BTreeSet<String>,
    tracks: BTreeSet<String>,
}

/// Checks the product code of every crate.
pub(crate) fn findings() -> Result<Vec<Finding>> {
    let owned = owned()?;
    let files = texts("crates", "rs")?;
    let product = files.iter().filter(|file| is_product(&file.path));
    Ok(product.flat_map(|file| check(file, &owned)).collect())
}

fn owned() -> Result<Owned> {
    let mut owned = Owned::default();
    for entry in std::fs::read_dir(root().join("packs"))? {
        let folder = entry?.path();
        if !folder.join("pack.toml").is_file() || folder.ends_with("example") {
            continue;
        }
        let Some(pack) = linghang_pack::load(&folder).pack else {
            bail!("{} has errors; see `linghang pack check`", folder.display());
        };
        collect(&pack, &mut owned);
    }
    Ok(owned)
}

fn collect(pack: &Pack, owned: &mut Owned) {
    let districts = pack.districts.values().map(|district| &*district.name);
    owned.places.extend([&pack.name].into_iter().chain(districts).flat_map(spellings));
    owned.places.insert(pack.id.to_lowercase());
    owned.tracks.extend(pack.tracks.values().flat_map(|track| spellings(&track.name)));
}

/// How a name may be written, as far as it is long enough to mean nothing else.
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
    path.contains("/src/") && !path.contains("/tests/") && !path.ends_with("tests.rs")
}

fn check(file: &TextFile, owned: &Owned) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        let mut line = line.to_lowercase();
        if file.path.starts_with(EXECUTABLE) {
            for place in &owned.places {
                line = line.replace(&format!("packs/{place}"), "");
            }
        }
        let code = line.split("//").next().unwrap_or_default();
        let places = owned.places.iter().filter(|name| line.contains(name.as_str()));
        let tracks = owned.tracks.iter().filter(|name| code.contains(name.as_str()));
        for name in places.chain(tracks) {
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

    fn check(path: &str, text: &str) -> String {
        let owned = Owned {
            places: spellings(&Bilingual::new("云港市", "Cloudport")).into_iter().collect(),
            tracks: spellings(&Bilingual::new("星舟", "Star boats")).into_iter().collect(),
        };
        lines(&super::check(&TextFile { path: path.to_owned(), text: text.to_owned() }, &owned))
    }

    #[test]
    fn a_city_in_code_or_comment_is_named_with_its_line() {
        insta::assert_snapshot!(
            check("a.rs", "//! Adds.\nconst CITY: &str = \"CLOUDPORT\"; // 云港"),
            @"
        a.rs:2: `cloudport` belongs to a pack; Rust code knows no city and no track by name
        a.rs:2: `云港` belongs to a pack; Rust code knows no city and no track by name
        "
        );
    }

    #[test]
    fn a_track_is_found_in_code_and_may_be_an_example_in_a_comment() {
        insta::assert_snapshot!(
            check("a.rs", "// Such as star boats.\nlet best = \"star boats\";"),
            @"a.rs:2: `star boats` belongs to a pack; Rust code knows no city and no track by name"
        );
    }

    #[test]
    fn only_the_executable_may_name_the_folder_of_a_pack() {
        let line = "const PACK: &str = \"packs/cloudport\";";
        assert_eq!(check("crates/cli/src/demo.rs", line), "");
        assert_ne!(check("crates/scan/src/demo.rs", line), "");
        assert_ne!(check("crates/cli/src/demo.rs", "\"Cloudport\""), "");
    }

    #[test]
    fn tests_may_use_them() {
        assert_eq!(check("a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { // Cloudport\n}"), "");
    }

    #[test]
    fn only_sources_of_crates_are_product() {
        for (path, expected) in [
            ("crates/scan/src/lib.rs", true),
            ("crates/scan/src/tests.rs", false),
            ("crates/scan/src/topics/leiden_tests.rs", false),
            ("crates/scan/tests/laws.rs", false),
        ] {
            assert_eq!(is_product(path), expected, "{path}");
        }
    }
}
