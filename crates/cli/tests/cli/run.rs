//! `linghang scan run`: what the answer promises, and that it can be had again.

use linghang_scan::result::{ScanResult, TermResult};

use crate::corpus::{CHINESE, CLASSES, FADING, RISING, SEEDS};
use crate::support::{Home, packs};

const SIGNALS: [&str; 6] = ["z3", "nz5", "nh", "ar", "xz5", "xl"];

fn term<'r>(result: &'r ScanResult, text: &str) -> Option<&'r TermResult> {
    result.corpora.iter().flat_map(|corpus| &corpus.terms).find(|term| term.term == text)
}

/// The answer without what tells apart two homes that hold the same: nothing but the names of the snapshots.
fn said(home: &Home, arguments: &[&str]) -> serde_json::Value {
    let mut answer = home.run([&["scan", "run", "--json"], arguments].concat()).expect(0).json();
    answer["provenance"]["evidence"].take();
    answer
}

#[test]
fn a_planted_term_stands_out_with_its_documents_and_a_fading_one_does_not() {
    let result = Home::with_everything().scan(&[
        "--corpora",
        CLASSES[0],
        "--as-of",
        "2016-12-31",
        "--top",
        "1000",
    ]);
    let corpus = &result.corpora[0];
    let rising = term(&result, RISING).expect("scored");
    assert!(rising.percentile >= 75.0, "{} is at {}", rising.term, rising.percentile);
    assert!(!rising.documents.is_empty());
    for document in &rising.documents {
        assert!(
            document.id.starts_with("arxiv:") && document.title.starts_with("on "),
            "{document:?}"
        );
        assert!((2014..=2016).contains(&chrono::Datelike::year(&document.date)), "{document:?}");
    }
    assert!(rising.documents.is_sorted_by(|a, b| a.date >= b.date), "newest first");
    assert!(term(&result, FADING).is_none_or(|fading| fading.percentile < 25.0));
    let hidden: u64 = corpus.hidden.values().sum();
    assert_eq!(corpus.terms.len() as u64 + hidden, corpus.candidates);
    assert_eq!((corpus.window_from, corpus.window_to), (2014, 2016));
    assert!(!corpus.topics.is_empty());
}

#[test]
fn the_six_contributions_sum_to_the_score_and_the_list_is_in_its_order() {
    let result = Home::with_everything().scan(&["--corpora", &CLASSES.join(","), "--top", "40"]);
    assert_eq!(result.corpora.len(), 3);
    for corpus in &result.corpora {
        assert_eq!(corpus.terms.len(), 40, "{}", corpus.corpus);
        assert!(corpus.terms.is_sorted_by(|a, b| a.score >= b.score));
        for (term, rank) in corpus.terms.iter().zip(1..) {
            let signals: Vec<&str> =
                term.contributions.iter().map(|part| part.signal.as_str()).collect();
            assert_eq!((term.rank, &signals[..]), (rank, &SIGNALS[..]));
            let sum: f64 = term.contributions.iter().map(|part| part.contribution).sum();
            assert!((sum - term.score).abs() < 1e-9, "{}: {sum} is not {}", term.term, term.score);
            assert!((0.0..100.0).contains(&term.percentile));
        }
    }
}

#[test]
fn the_same_scan_again_gives_the_same_bytes() {
    let home = Home::with_everything();
    let arguments = ["scan", "run", "--json", "--corpora", CLASSES[0]];
    let first = home.run(arguments).expect(0);
    let second = home.run(arguments).expect(0);
    let third = home.command(arguments).env("RAYON_NUM_THREADS", "1").output().expect("started");
    let mut answers = [&first, &second].map(crate::support::Said::json);
    assert!(second.out.as_bytes() == third.stdout, "one thread and a third run change nothing");
    let changes = answers[1]["corpora"][0]["topic_changes"].take();
    assert!(
        changes.as_array().into_iter().flatten().all(|one| one["change"] == "kept"),
        "{changes}"
    );
    answers[0]["corpora"][0]["topic_changes"].take();
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_batch_that_is_added_leaves_no_trace() {
    // Chinese texts teach phrases that earlier documents were counted without; English ones do not.
    for has_chinese in [false, true] {
        let fill = |home: &Home, is_counted_between: bool| {
            home.import_papers(2005..=2018, "2019-01-10");
            if is_counted_between {
                // Counts what is there and remembers no topics.
                home.run(["scan", "figures", "--out", "first.zst"]).expect(0);
            }
            if has_chinese {
                home.import_chinese(2008..=2018, "2020-01-10");
            }
            home.import_papers(2019..=2019, "2020-01-11");
        };
        let (all, parts) = (Home::new(), Home::new());
        fill(&all, false);
        fill(&parts, true);
        let arguments = ["scan", "run", "--json", "--corpora", "cs.QA,ALL"];
        let answers = [&all, &parts].map(|home| home.run(arguments).expect(0).out);
        assert!(answers[0] == answers[1], "{}", difference(&answers[0], &answers[1]));
    }
}

/// The first lines that are not the same.
fn difference(one: &str, other: &str) -> String {
    let found = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    format!("{found:?}, {} and {} lines", one.lines().count(), other.lines().count())
}

#[test]
fn what_was_said_of_an_earlier_day_does_not_change_with_later_documents() {
    let then = Home::new();
    then.import_papers(2003..=2015, "2016-01-10");
    let now = Home::new();
    now.import_papers(2003..=2015, "2016-01-10");
    now.import_papers(2016..=2018, "2019-01-10");
    let arguments = ["--corpora", CLASSES[1], "--as-of", "2015-12-31"];
    let (then, now) = (said(&then, &arguments), said(&now, &arguments));
    assert!(!then["corpora"][0]["terms"].as_array().expect("terms").is_empty());
    assert_eq!(then, now);
}

#[test]
fn an_earlier_scan_does_not_rename_the_topics_of_today() {
    let home = Home::with_everything();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let result = home.scan(arguments);
        result.corpora[0].topics.iter().map(|topic| topic.id.clone()).collect()
    };
    let today = ids(&["--corpora", CLASSES[0]]);
    ids(&["--corpora", CLASSES[0], "--as-of", "2012-12-31"]);
    assert_eq!(ids(&["--corpora", CLASSES[0]]), today);
}

#[test]
fn a_pack_puts_terms_and_topics_to_its_tracks() {
    let example = packs().join("example");
    let result = Home::with_everything().scan(&[
        "--corpora",
        CLASSES[2],
        "--as-of",
        "2017-12-31",
        "--top",
        "1000",
        "--pack",
        example.to_str().expect("a path"),
    ]);
    assert_eq!(result.provenance.pack.as_ref().map(|pack| pack.id.as_str()), Some("example"));
    for seed in SEEDS {
        let tracks = &term(&result, seed).expect("scored").tracks;
        assert_eq!(
            tracks.first().map(|track| track.track.as_str()),
            Some("ocean-energy"),
            "{seed}: {tracks:?}"
        );
    }
    let topics = &result.corpora[0].topics;
    assert!(
        topics.iter().any(|topic| topic.tracks.iter().any(|track| track.track == "ocean-energy"))
    );
}

#[test]
fn a_chinese_term_that_no_dictionary_has_comes_out_whole() {
    let home = Home::with_everything();
    let result = home.scan(&["--corpora", "ALL", "--top", "10000"]);
    let texts: Vec<&str> = result.corpora[0].terms.iter().map(|term| term.term.as_str()).collect();
    let explained = home.run(["scan", "explain", CHINESE, "--lang", "zh"]);
    assert!(texts.contains(&CHINESE), "{}", explained.err);
    let halves = texts.iter().filter(|text| **text != CHINESE && text.contains('螺')).count();
    assert_eq!(halves, 0, "{texts:?}");
    assert!(explained.expect(0).out.contains(CHINESE));
}

#[test]
fn too_few_documents_give_no_score_and_say_so() {
    let home = Home::new();
    home.import_chinese(2017..=2019, "2020-01-11");
    let result = home.scan(&[]);
    assert_eq!(result.corpora[0].no_score_reason.as_deref(), Some("insufficient_evidence"));
    assert!(result.corpora[0].terms.is_empty());
    for (language, said) in [("zh", "文献太少"), ("en", "Too few documents")] {
        let answer = home.run(["scan", "run", "--lang", language]).expect(0);
        assert!(answer.out.contains(said), "{}", answer.out);
    }
}

#[test]
fn without_json_the_answer_is_tables_in_the_language_asked_for() {
    let home = Home::with_everything();
    for (language, parts) in [
        ("zh", ["参评词项", "主题", "X 候选", "阶段"]),
        ("en", ["terms scored", "Topics", "X candidates", "stage"]),
    ] {
        let said = home
            .run([
                "scan",
                "run",
                "--corpora",
                CLASSES[0],
                "--as-of",
                "2016-12-31",
                "--lang",
                language,
            ])
            .expect(0);
        for part in parts.iter().chain(&[RISING]) {
            assert!(said.out.contains(part), "no {part} in {}", said.out);
        }
    }
}
