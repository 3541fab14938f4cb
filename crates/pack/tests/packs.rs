//! The packs in this repository: they load without a finding, and hold what they should hold.

use std::path::PathBuf;

use chrono::NaiveDate;
use linghang_core::Lang;
use linghang_pack::record::RuleStatus;
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
fn check(name: &str, expected: [usize; 25]) {
    let counts: Vec<usize> = pack(name).counts().into_iter().map(|(_, count)| count).collect();
    assert_eq!(counts, expected, "{name}");
}

#[test]
fn the_provincial_pack_holds_the_provincial_plan() {
    check(
        "guangdong",
        [0, 0, 7, 29, 0, 0, 7, 19, 5, 0, 10, 38, 16, 0, 6, 31, 6, 34, 7, 79, 7, 3, 3, 0, 0],
    );
}

#[test]
fn the_city_pack_holds_its_own_records_and_those_of_the_province() {
    check(
        "guangzhou",
        [
            4, 19, 13, 29, 15, 11, 11, 49, 59, 11, 10, 144, 61, 40, 24, 168, 32, 211, 62, 110, 62,
            10, 3, 5, 1,
        ],
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

#[test]
fn the_programmes_that_state_figures_can_be_computed_and_the_others_say_what_is_open() {
    let pack = pack("guangzhou");
    let (computed, open): (Vec<_>, Vec<_>) =
        pack.programmes.values().partition(|programme| programme.status == RuleStatus::Executable);
    let mut rules: Vec<&str> =
        computed.iter().flat_map(|programme| &programme.rules).map(String::as_str).collect();
    rules.sort_unstable();
    let expected = [
        "R001", "R002", "R003", "R005", "R008", "R012", "R013", "R014", "R019", "R020", "R022",
        "R023", "R027", "R029",
    ];
    assert_eq!(rules, expected);
    assert_eq!(open.len(), 48);
    assert!(open.iter().all(|programme| !programme.open_points.is_empty()));
}

#[test]
fn the_plan_of_2022_is_history_and_that_of_2025_holds() {
    let pack = pack("guangzhou");
    let day = pack.in_force_from.max(NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day of June"));
    for programme in pack.programmes.values() {
        let is_over = programme.in_force.is_over(day);
        let is_old = programme.source.cites("003") || programme.source.cites("004");
        assert_eq!(is_over, is_old, "{}", programme.id);
    }
}

#[test]
fn innovation_points_have_three_classes_and_eighteen_items_and_no_weight() {
    let pack = pack("guangzhou");
    let score = &pack.scores["innovation-points"];
    assert_eq!((score.classes.len(), score.items.len()), (3, 18));
    assert!(score.items.iter().all(|item| item.weight.is_empty() && item.scale.is_none()));
}
