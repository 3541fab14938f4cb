//! Tests of track assignment on a small world of flying, swimming and baking.

use linghang_core::Lang;

use super::space::{TermProfile, TermSpace};
use super::tracks::{TrackFindings, TrackModel, TrackOptions, TrackSelector, leading_tracks};
use crate::figures::Pair;

const TEXTS: [&str; 14] = [
    "drone",
    "rotor",
    "airframe",
    "drone bee",
    "hive",
    "无人机",
    "旋翼",
    "glider",
    "thruster",
    "sonar",
    "oven",
    "dough",
    "yeast",
    "hull",
];

/// Groups of terms that meet in documents.
const GROUPS: [&[&str]; 6] = [
    &["drone", "rotor", "airframe", "glider"],
    &["drone bee", "hive"],
    &["无人机", "旋翼"],
    &["glider", "thruster", "sonar", "hull"],
    &["thruster", "sonar", "hull"],
    &["oven", "dough", "yeast"],
];

const CLASSES: [(&str, &str); 4] =
    [("glider", "ipc:B63G"), ("thruster", "ipc:B63G"), ("rotor", "ipc:B64C"), ("oven", "ipc:A21B")];

fn selectors() -> Vec<TrackSelector> {
    let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    vec![
        TrackSelector {
            id: "air".to_owned(),
            seeds: list(&["drone", "rotor", "无人机", "airship"]),
            classes: list(&["ipc:B64"]),
            negatives: list(&["drone bee"]),
        },
        TrackSelector {
            id: "sea".to_owned(),
            seeds: list(&["sonar", "hull"]),
            classes: list(&["ipc:B63"]),
            negatives: Vec::new(),
        },
    ]
}

/// Finds the tracks of some terms in the small world; `with_classes` gives the terms their classes.
fn find(texts: &[&str], with_classes: bool) -> TrackFindings {
    with_model(with_classes, |model, place| {
        model.find(&texts.iter().map(|text| place(text)).collect::<Vec<_>>())
    })
}

fn with_model<T>(
    with_classes: bool,
    ask: impl FnOnce(&TrackModel<'_>, &dyn Fn(&str) -> u32) -> T,
) -> T {
    let fields: Vec<Vec<(String, u32)>> = TEXTS
        .iter()
        .map(|text| {
            let classes = CLASSES.iter().filter(|entry| with_classes && entry.0 == *text);
            classes.map(|entry| (entry.1.to_owned(), 10)).collect()
        })
        .collect();
    let terms: Vec<TermProfile<'_>> = TEXTS
        .iter()
        .zip(&fields)
        .map(|(text, fields)| TermProfile {
            text,
            lang: if text.is_ascii() { Lang::En } else { Lang::Zh },
            window_documents: 20,
            lh6: None,
            is_hidden: false,
            c_value: 0.0,
            fields,
        })
        .collect();
    let place =
        |text: &str| TEXTS.iter().position(|known| *known == text).expect("a known text") as u32;
    let mut pairs = Vec::new();
    for group in GROUPS {
        for one in group {
            for other in group.iter().filter(|other| *other > one) {
                pairs.push(Pair { a: place(one), b: place(other), documents: 8 });
            }
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs.dedup();
    let space = TermSpace::new(&terms, &pairs, 2_000);
    let selectors = selectors();
    let model = TrackModel::new(&space, &selectors, TrackOptions::default());
    ask(&model, &place)
}

fn check(texts: &[&str]) -> String {
    show(&find(texts, false))
}

fn show(found: &TrackFindings) -> String {
    let assigned: Vec<_> = found.assigned.iter().map(|track| track.track.as_str()).collect();
    let nearest: Vec<_> = found
        .nearest
        .iter()
        .map(|track| format!("{} {:.2} {:?}", track.track, track.similarity, track.vetoed_by))
        .collect();
    format!("{assigned:?} | {}", nearest.join(", "))
}

#[test]
fn a_topic_near_the_seeds_is_assigned() {
    insta::assert_snapshot!(check(&["rotor", "airframe", "drone"]), @r#"["air"] | air 1.00 [], sea 0.22 []"#);
}

#[test]
fn a_topic_far_from_all_seeds_is_assigned_to_none() {
    insta::assert_snapshot!(check(&["oven", "dough", "yeast"]), @"[] | air 0.00 [], sea 0.00 []");
}

#[test]
fn a_topic_between_two_tracks_gets_both_when_both_are_high() {
    insta::assert_snapshot!(check(&["rotor", "airframe", "sonar", "hull"]), @r#"["sea", "air"] | sea 0.78 [], air 0.78 []"#);
}

#[test]
fn a_chinese_topic_is_compared_with_chinese_seeds() {
    insta::assert_snapshot!(check(&["旋翼"]), @r#"["air"] | air 0.98 [], sea 0.00 []"#);
}

#[test]
fn a_term_that_names_a_longer_negative_is_vetoed() {
    insta::assert_snapshot!(check(&["drone bee"]), @r#"[] | air 0.00 ["drone bee"], sea 0.00 []"#);
}

#[test]
fn a_topic_with_more_seeds_than_negatives_is_not_vetoed() {
    insta::assert_snapshot!(check(&["drone bee", "drone", "rotor"]), @r#"["air"] | air 0.89 [], sea 0.20 []"#);
}

#[test]
fn evidence_names_terms_seeds_and_over_represented_classes() {
    let found = find(&["rotor", "airframe"], true);
    let best = &found.assigned[0];
    insta::assert_snapshot!(
        format!("{:?} {:?} {:?}", best.shared_terms, best.shared_classes, best.named_seeds),
        @r#"["rotor", "airframe", "drone", "glider"] ["ipc:B64C"] ["rotor"]"#
    );
    assert!(found.nearest[1].shared_classes.is_empty());
}

#[test]
fn the_most_leading_tracks_with_threshold_and_margin_are_assigned() {
    let count = |ordered: &[(f64, bool)]| leading_tracks(ordered, &TrackOptions::default());
    for (case, ordered, expected) in [
        ("one clear winner", vec![(0.6, false), (0.1, false)], 1),
        ("two high and far above the third", vec![(0.6, false), (0.58, false), (0.1, false)], 2),
        ("none reaches the threshold", vec![(0.249, true), (0.0, false)], 0),
        (
            "the margin to a track below the threshold is not kept",
            vec![(0.27, false), (0.24, false)],
            0,
        ),
        (
            "a weak second falls away, the first stays",
            vec![(0.4, false), (0.27, false), (0.24, false)],
            1,
        ),
        ("classes support the last and not the next", vec![(0.27, true), (0.24, false)], 1),
        ("classes support both and decide nothing", vec![(0.27, true), (0.24, true)], 0),
        ("without another track only the threshold counts", vec![(0.25, false)], 1),
        ("no track at all", vec![], 0),
    ] {
        assert_eq!(count(&ordered), expected, "{case}");
    }
}

#[test]
fn a_seed_belongs_to_its_track_however_far_the_other_seeds_are() {
    let found = find(&["hull"], false);
    assert!(found.assigned.iter().any(|track| track.track == "sea"));
}

#[test]
fn seeds_without_any_term_are_told() {
    with_model(false, |model, _| {
        let unmatched = model.unmatched_seeds();
        assert_eq!(unmatched["air"], ["airship"]);
        assert_eq!(unmatched.len(), 1);
    });
}
