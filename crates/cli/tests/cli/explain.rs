//! `linghang scan explain`: one score taken apart.

use crate::corpus::{CLASSES, RISING};
use crate::support::Home;

const AT: [&str; 4] = ["--corpora", CLASSES[0], "--as-of", "2016-12-31"];

#[test]
fn a_score_is_taken_apart_in_both_languages() {
    let home = Home::with_everything();
    for (language, parts) in [
        (
            "zh",
            [
                "个参评词项中排第",
                "合计",
                "每年占全部文献的比例",
                "成熟度阶段",
                "未来三年的预期占比",
                "背后的文献",
            ],
        ),
        (
            "en",
            [
                "rank ",
                "sum",
                "Share of documents a year",
                "Maturity stage",
                "next three years",
                "Documents behind it",
            ],
        ),
    ] {
        let said = home
            .run([&["scan", "explain", RISING, "--lang", language], &AT[..]].concat())
            .expect(0);
        for part in
            parts.iter().chain(&["z3", "nz5", "nh", "ar", "xz5", "xl", "arxiv:1", "2016:", RISING])
        {
            assert!(said.out.contains(part), "no {part} in {}", said.out);
        }
    }
}

#[test]
fn the_term_may_be_written_in_any_way_and_is_the_one_of_the_list() {
    let home = Home::with_everything();
    let list = home.scan(&[&AT[..], &["--top", "1000"]].concat());
    let expected = list.corpora[0].terms.iter().find(|term| term.term == RISING).expect("scored");
    for written in ["glimmer relay", "Glimmer Relays", "GLIMMER  relay"] {
        let said =
            home.run([&["scan", "explain", written, "--json"], &AT[..]].concat()).expect(0).json();
        let found = &said["corpora"][0]["terms"];
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{written}");
        assert_eq!(found[0], serde_json::to_value(expected).expect("JSON"), "{written}");
    }
}

#[test]
fn a_term_without_a_score_ends_with_1_and_a_hint() {
    let home = Home::with_everything();
    for (language, said) in [("zh", "没有得分"), ("en", "has no score")] {
        let answer = home
            .run([&["scan", "explain", "perpetual motion", "--lang", language], &AT[..]].concat())
            .expect(1);
        assert!(answer.out.is_empty(), "{}", answer.out);
        assert!(answer.err.contains(said) && answer.err.contains("--top 1000"), "{}", answer.err);
    }
}

#[test]
fn a_misspelt_term_is_answered_with_terms_written_alike_and_no_term_with_a_usage_error() {
    let home = Home::with_everything();
    let ask = |term| home.run([&["scan", "explain", term, "--lang", "en"], &AT[..]].concat());
    let misspelt = ask("glimer relay").expect(1);
    assert!(misspelt.err.contains(RISING), "{}", misspelt.err);
    for nothing in ["", "the"] {
        let answer = ask(nothing).expect(2);
        assert!(answer.err.contains("no word that is counted"), "{}", answer.err);
    }
}
