//! What several kinds of source say together: glosses, templates, lags, flags, fit to the city, experts.

use std::sync::OnceLock;

use linghang_scan::result::{CorpusResult, CrossLag, TermResult, TopicResult};

use crate::support::{Home, copy_folder, packs};
use crate::world::{
    CLASS, FOOTER_TERM, GLOSS, KILNS, LONELY, LOOMS, mapping, papers, patents, public,
};

impl Home {
    /// A home with papers alone, or with all kinds of source; each is imported and counted once.
    fn of_sources(has_all: bool) -> Self {
        static MADE: [OnceLock<Home>; 2] = [OnceLock::new(), OnceLock::new()];
        let made = MADE[usize::from(has_all)].get_or_init(|| {
            let home = Self::new();
            home.import_kind("paper", &papers());
            if has_all {
                home.import_kind("patent", &patents());
                home.import_kind("news", &public("news"));
                home.import_kind("policy", &public("policy"));
            }
            home.run(["scan", "figures", "--out", "warm.zst"]).expect(0);
            home
        });
        let copy = Self::new();
        copy_folder(&made.path("home"), &copy.path("home"));
        copy
    }

    fn import_kind(&self, kind: &str, lines: &str) {
        self.import_file(kind, kind, lines);
    }

    fn import_file(&self, name: &str, kind: &str, lines: &str) {
        let (file, map) = (format!("{name}.jsonl"), format!("{name}.toml"));
        self.write(&file, lines);
        self.write(&map, mapping(kind));
        let import = ["evidence", "import", &file, "--format", "jsonl", "--mapping", &map];
        self.run([&import[..], &["--retrieved", "2020-01-10"]].concat()).expect(0);
    }

    fn corpus(&self, arguments: &[&str]) -> CorpusResult {
        let all = [&["--corpora", CLASS, "--top", "1000"], arguments].concat();
        self.scan(&all).corpora.swap_remove(0)
    }
}

fn term<'c>(corpus: &'c CorpusResult, text: &str) -> &'c TermResult {
    let known = || corpus.terms.iter().map(|term| term.term.as_str()).collect::<Vec<_>>();
    let found = corpus.terms.iter().find(|term| term.term == text);
    found.unwrap_or_else(|| panic!("no {text} among {:?}, rejected {:?}", known(), corpus.rejected))
}

fn topic_of<'c>(corpus: &'c CorpusResult, text: &str) -> &'c TopicResult {
    let found = corpus.topics.iter().find(|topic| topic.terms.iter().any(|term| term == text));
    found.unwrap_or_else(|| panic!("no topic of {text} in {:?}", corpus.topics))
}

fn pack() -> String {
    packs().join("example").display().to_string()
}

#[test]
fn glosses_of_documents_name_the_other_language_and_the_acronym() {
    let home = Home::of_sources(false);
    let corpus = home.corpus(&[]);
    let loom = term(&corpus, LOOMS[0]);
    assert_eq!(loom.translation.as_deref(), Some(GLOSS.1));
    assert_eq!(loom.acronym.as_deref(), Some(GLOSS.0));
    assert_eq!(term(&corpus, LOOMS[1]).translation, None, "nobody glosses it");
    let explained = ["scan", "explain", LOOMS[0], "--corpora", CLASS, "--lang", "zh"];
    let said = home.run(explained).expect(0).out;
    assert!(said.contains("tidal loom exchange（潮汐织机交换）"), "{said}");
    let then = home.corpus(&["--as-of", "2008-12-31"]);
    assert!(!then.terms.is_empty());
    assert!(then.terms.iter().all(|term| term.translation.is_none()), "nobody glossed it then");
}

#[test]
fn the_footer_of_a_source_is_not_counted() {
    let home = Home::of_sources(true);
    let said = home.run(["scan", "explain", FOOTER_TERM, "--corpora", CLASS]).expect(1).err;
    assert!(said.contains("fewer than 8 documents of the window hold it"), "{said}");
    let corpus = home.corpus(&[]);
    assert!(corpus.terms.iter().all(|term| !term.term.contains("harbour")), "{:?}", corpus.terms);
}

#[test]
fn patents_follow_papers_by_two_years() {
    let corpus = Home::of_sources(true).corpus(&[]);
    let lags = &topic_of(&corpus, LOOMS[0]).cross_lags;
    let found = lags.iter().find(|lag| lag.leader == "paper" && lag.follower == "patent");
    let Some(CrossLag::Stable { lag, .. }) = found.map(|lag| lag.finding) else {
        panic!("no stable lag in {lags:?}")
    };
    assert_eq!(lag, 2);
    assert!(
        lags.iter().all(|lag| lag.follower != "news"),
        "eight years of news are too few: {lags:?}"
    );
    let alone = Home::of_sources(false).corpus(&[]);
    assert_eq!(topic_of(&alone, LOOMS[0]).cross_lags, [], "one kind of source has no lag");
}

#[test]
fn flags_need_their_sources_and_are_unknown_without() {
    let corpus = Home::of_sources(true).corpus(&[]);
    let lonely = term(&corpus, LONELY);
    let fired: Vec<&str> = lonely.flags.iter().map(|flag| flag.code.as_str()).collect();
    for code in ["source_split", "unattended"] {
        let (percentile, onset) = (lonely.percentile, lonely.onset);
        assert!(fired.contains(&code), "no {code} in {fired:?} at {percentile} with {onset:?}");
    }
    let level = term(&corpus, KILNS[0]);
    assert!(!level.flags.iter().any(|flag| flag.code == "source_split"), "{level:?}");
    assert_eq!(level.flags_unknown, ["expert_gap"]);

    let home = Home::of_sources(false);
    for term in &home.corpus(&[]).terms {
        assert!(
            ["unattended", "source_split"].iter().all(|code| {
                term.flags_unknown.iter().any(|unknown| unknown == code)
                    && term.flags.iter().all(|flag| flag.code != *code)
            }),
            "{term:?}"
        );
    }
    let explain = ["scan", "explain", LONELY, "--corpora", CLASS, "--lang"];
    for (language, said) in [("zh", "无法判定的标志：少人关注"), ("en", "cannot be decided")]
    {
        let answer = home.run([&explain[..], &[language]].concat()).expect(0).out;
        assert!(answer.contains(said), "{answer}");
    }
}

#[test]
fn the_city_of_the_pack_has_more_looms_than_kilns() {
    let pack = pack();
    let corpus = Home::of_sources(true).corpus(&["--pack", &pack]);
    let fit = |text: &str| topic_of(&corpus, text).city_fit.expect("patents name places").quotient;
    assert!(fit(LOOMS[0]) > 1.5, "{}", fit(LOOMS[0]));
    assert!(fit(KILNS[0]) < 0.9, "{}", fit(KILNS[0]));
    let unknown =
        |corpus: &CorpusResult| corpus.topics.iter().all(|topic| topic.city_fit.is_none());
    assert!(unknown(&Home::of_sources(true).corpus(&[])), "without a pack nothing is local");
    assert!(unknown(&Home::of_sources(false).corpus(&["--pack", &pack])), "papers name no place");
}

#[test]
fn topics_say_how_new_they_are_where_older_documents_tell() {
    let corpus = Home::of_sources(true).corpus(&[]);
    let attributes = &topic_of(&corpus, KILNS[0]).attributes;
    let distance = attributes.get("distance_to_nearest").copied();
    assert!(
        distance.is_some_and(|distance| distance < 0.5),
        "kilns were a topic before: {attributes:?}"
    );
    assert!(attributes.get("new_pair_share").is_some_and(|share| *share < 0.2), "{attributes:?}");
}

#[test]
fn experts_are_laid_beside_the_score() {
    let home = Home::of_sources(false);
    let plain = home.corpus(&[]);
    let judged: Vec<&str> = plain.terms.iter().take(8).map(|term| term.term.as_str()).collect();
    let mut table = String::from("term,score,expert,date\n");
    for (place, text) in judged.iter().enumerate() {
        // The experts see it the other way round.
        let row = [&text.to_uppercase(), ",", &(place * 10).to_string(), ",Ada,2019-05-01\n"];
        table.push_str(&row.concat());
    }
    home.write("experts.csv", &table);
    let corpus = home.corpus(&["--experts", "experts.csv"]);
    let has_gap =
        |text: &str| term(&corpus, text).flags.iter().any(|flag| flag.code == "expert_gap");
    assert!(has_gap(judged[0]) && has_gap(judged[7]) && !has_gap(judged[3]), "{judged:?}");
    let order = |corpus: &CorpusResult| {
        corpus
            .terms
            .iter()
            .map(|term| (term.term.clone(), term.score.to_bits()))
            .collect::<Vec<_>>()
    };
    assert_eq!(order(&corpus), order(&plain), "experts change no score");
    let unjudged = &corpus.terms[9];
    assert!(unjudged.flags_unknown.iter().any(|code| code == "expert_gap"), "{unjudged:?}");
    let before = home.corpus(&["--experts", "experts.csv", "--as-of", "2018-12-31"]);
    assert!(
        before.terms.iter().all(|term| term.flags.iter().all(|flag| flag.code != "expert_gap")),
        "what experts said in 2019 was not known in 2018"
    );
}

#[test]
fn every_wrong_row_of_an_experts_table_is_named() {
    let home = Home::of_sources(false);
    home.write(
        "experts.csv",
        "term,score,date\nglimmer relay,high,\n,3,\nochre kiln,4,soon\nochre kiln,4,\n",
    );
    for (language, said) in [("en", "is no number"), ("zh", "不是数")] {
        let arguments = ["scan", "run", "--corpora", CLASS, "--experts", "experts.csv", "--lang"];
        let answer = home.run([&arguments[..], &[language]].concat()).expect(3);
        for part in [said, "experts.csv:2", "experts.csv:3", "experts.csv:4"] {
            assert!(answer.err.contains(part), "no {part} in {}", answer.err);
        }
        assert!(!answer.err.contains("experts.csv:5"), "{}", answer.err);
    }
}

#[test]
fn only_the_newest_counts_are_kept() {
    let home = Home::of_sources(false);
    for number in 0..4 {
        home.write(&format!("home/scan/state-old{number}.bin"), "old counts");
    }
    home.import_kind("news", &public("news"));
    let said = home.run(["scan", "run", "--corpora", CLASS]).expect(0).err;
    assert!(said.contains("Older counts removed: 2"), "{said}");
    let states = std::fs::read_dir(home.path("home/scan")).expect("a folder");
    let states = states.filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("state-"))
    });
    assert_eq!(states.count(), 3);
}

/// Chinese papers of one year that teach a compound of two words that the papers of earlier years hold as well.
fn later_chinese() -> String {
    let before = ["他们", "专家", "会议", "工人", "学生"];
    let after = ["很高", "不大", "之前", "再三", "如何"];
    let line = |number: usize| {
        let said = format!("{}讨论成本{}", before[number % 5], after[number / 5 % 5]);
        serde_json::json!({
            "no": format!("later-{number}"), "title": "讨论成本", "text": format!("{said}。{said}，讨论成本。"),
            "day": "2019-11-05", "class": "Weaving", "by": "Ada Ash", "at": "",
        })
    };
    (0..50).map(|number| line(number).to_string() + "\n").collect()
}

#[test]
fn later_chinese_documents_change_nothing_that_is_said_about_an_earlier_day() {
    let home = Home::of_sources(false);
    let past = ["--as-of", "2018-12-31"];
    let before = home.corpus(&past);
    let now = home.corpus(&[]);
    home.import_file("later", "paper", &later_chinese());
    assert_eq!(home.corpus(&past), before);
    assert_ne!(home.corpus(&[]), now, "the later papers are counted");
}
