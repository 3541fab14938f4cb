//! The packs in this repository: they load without a finding, and hold what they should hold.

use std::path::PathBuf;

use linghang_core::Lang;
use linghang_pack::{Pack, load};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name)
}

/// Loads a pack of this repository and shows every finding if there is one.
fn pack(name: &str) -> Pack {
    let loaded = load(&folder(name));
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    loaded.pack.expect("a pack without findings is returned")
}

/// Compares how many records of each kind a pack holds, in the order of the kinds.
fn check(name: &str, expected: [usize; 19]) {
    let counts: Vec<usize> = pack(name).counts().into_iter().map(|(_, count)| count).collect();
    assert_eq!(counts, expected, "{name}");
}

#[test]
fn the_provincial_pack_holds_the_provincial_plan() {
    check("guangdong", [0, 0, 7, 29, 0, 0, 1, 19, 5, 0, 10, 38, 16, 0, 6, 31, 4, 34, 7]);
}

#[test]
fn the_city_pack_holds_its_own_records_and_those_of_the_province() {
    check(
        "guangzhou",
        [4, 19, 13, 29, 15, 11, 5, 49, 59, 11, 10, 144, 61, 40, 24, 168, 30, 211, 62],
    );
}

#[test]
fn each_track_of_today_can_be_recognised_in_both_languages() {
    let pack = pack("guangzhou");
    for track in pack.current_tracks() {
        let selector = track.selector.as_ref().expect("the linter asks for one");
        for (language, seeds) in [("zh", &selector.seeds.zh), ("en", &selector.seeds.en)] {
            let count = seeds.len();
            assert!((25..=60).contains(&count), "{} has {count} {language} seeds", track.id);
        }
        assert!(!selector.ipc.is_empty() && !selector.arxiv.is_empty(), "{}", track.id);
        assert!(!selector.negatives.zh.is_empty() && !selector.negatives.en.is_empty());
    }
    assert_eq!(pack.current_tracks().count(), 6);
    assert_eq!(pack.gaps().count(), 5);
}
