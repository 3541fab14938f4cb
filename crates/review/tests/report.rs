//! The whole report: well-formed, bilingual, closed in itself, honest when there is little to say.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Lang;
use linghang_review::{Report, ReportInput, TrackName, build, findings, limits};
use linghang_scan::backtest::{BacktestResult, TopicCheck};
use linghang_scan::result::{ScanResult, Stage};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// HTML elements that have no end.
const VOID: [&str; 4] = ["meta", "input", "br", "hr"];

/// What the tests look at: elements with their attributes in order of appearance, and the text.
struct Page {
    elements: Vec<(String, BTreeMap<String, String>)>,
    text: String,
}

fn is_code(name: &str) -> bool {
    matches!(name, "style" | "script")
}

impl Page {
    /// Reads a page strictly: every element ends where it should, every attribute is quoted and unique.
    fn read(html: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(html);
        reader.config_mut().check_end_names = false;
        let mut page = Self { elements: Vec::new(), text: String::new() };
        let mut open: Vec<String> = Vec::new();
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    let name = page.push(&start)?;
                    if !VOID.contains(&name.as_str()) {
                        open.push(name);
                    }
                }
                Event::Empty(start) => {
                    page.push(&start)?;
                }
                Event::End(end) => {
                    let name = end.name().as_ref().to_owned();
                    let expected = open.pop();
                    if expected.as_ref() != Some(&name) {
                        return Err(format!("</{name}> closes {expected:?}"));
                    }
                }
                Event::Text(text) if !open.last().is_some_and(|name| is_code(name)) => {
                    page.text.push_str(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if open.is_empty() { Ok(page) } else { Err(format!("not closed: {open:?}")) }
    }

    fn push(&mut self, start: &BytesStart<'_>) -> Result<String, String> {
        let name = start.name().as_ref().to_owned();
        let mut attributes = BTreeMap::new();
        for attribute in start.html_attributes() {
            let attribute = attribute.map_err(|error| format!("<{name}>: {error}"))?;
            let key = attribute.key.as_ref().to_owned();
            attributes.insert(key, attribute.value.into_owned());
        }
        self.elements.push((name.clone(), attributes));
        Ok(name)
    }

    fn values(&self, attribute: &str) -> Vec<&str> {
        self.elements.iter().filter_map(|(_, all)| all.get(attribute)).map(String::as_str).collect()
    }

    /// Counts elements of a name that carry a class.
    fn count(&self, name: &str, class: &str) -> usize {
        let has = |all: &BTreeMap<String, String>| {
            all.get("class").is_some_and(|classes| classes.split(' ').any(|other| other == class))
        };
        self.elements.iter().filter(|(other, all)| other == name && has(all)).count()
    }
}

fn report(scan: &ScanResult, backtest: Option<&BacktestResult>) -> Report {
    let tracks = support::tracks();
    build(&input(scan, &tracks, backtest)).expect("a report")
}

fn input<'a>(
    scan: &'a ScanResult,
    tracks: &'a [TrackName],
    backtest: Option<&'a BacktestResult>,
) -> ReportInput<'a> {
    ReportInput {
        scan,
        tracks,
        backtest,
        forecast_check: backtest.map(|_| support::FORECAST_CHECK),
        lang: Lang::Zh,
        synthetic_evidence: &[],
    }
}

fn html(report: &Report) -> &str {
    std::str::from_utf8(&report.files[0].bytes).expect("UTF-8")
}

fn file<'a>(report: &'a Report, path: &str) -> &'a [u8] {
    &report.files.iter().find(|file| file.path == path).expect("a file of the report").bytes
}

fn sample() -> (Report, Page) {
    let report = report(&support::scan(), Some(&support::backtest()));
    let page = Page::read(html(&report)).expect("a well-formed page");
    (report, page)
}

#[test]
fn the_reader_of_these_tests_refuses_what_is_broken() {
    for broken in ["<p><b></p></b>", "<p>", "<p class=a b=\"", "</p>", "<svg><path d=\"M0\"></svg>"]
    {
        assert!(Page::read(broken).is_err(), "{broken}");
    }
    assert!(Page::read("<!DOCTYPE html><p><br><input checked>a &lt; b</p>").is_ok());
}

#[test]
fn the_report_holds_the_page_and_every_table_twice() {
    let (report, _) = sample();
    let paths: Vec<&str> = report.files.iter().map(|file| file.path.as_str()).collect();
    let csv: Vec<&str> = paths.iter().filter_map(|path| path.strip_suffix(".csv")).collect();
    insta::assert_snapshot!(paths[..3].join(" "), @"index.html backtest.json scan.json");
    assert_eq!(csv.len(), 10);
    for path in csv {
        assert!(paths.contains(&format!("{path}.json").as_str()), "{path} has no JSON");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(sample().0, sample().0);
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let (report, page) = sample();
    let text = html(&report);
    for forbidden in ["http://", "https://", "@import", "url(//", "<link", "<img", "<iframe"] {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
    assert_eq!(page.values("src"), Vec::<&str>::new());
    for part in text.split("url(").skip(1) {
        assert!(part.starts_with('#'), "url({}", &part[..part.len().min(20)]);
    }
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_element() {
    let mut scan = support::scan();
    let second = scan.corpora[0].clone();
    scan.corpora.push(second);
    let report = report(&scan, Some(&support::backtest()));
    let page = Page::read(html(&report)).expect("a well-formed page");
    let ids: Vec<&str> = page.values("id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id is used twice");
    let named = ["aria-labelledby", "aria-describedby", "aria-controls"]
        .iter()
        .flat_map(|name| page.values(name));
    for reference in named.flat_map(str::split_whitespace) {
        assert!(known.contains(reference), "{reference} does not exist");
    }
    for link in page.values("href") {
        if let Some(target) = link.strip_prefix('#') {
            assert!(known.contains(target), "#{target} does not exist");
        } else {
            assert!(
                report.files.iter().any(|file| file.path == link),
                "{link} is not in the report"
            );
        }
    }
}

#[test]
fn every_chart_is_named_and_has_a_table_that_says_the_same() {
    let (_, page) = sample();
    for (name, attributes) in &page.elements {
        if name == "svg" {
            let is_hidden = attributes.get("aria-hidden").is_some_and(|value| value == "true");
            let is_named = attributes.get("role").is_some_and(|role| role == "img")
                && attributes.contains_key("aria-labelledby");
            assert!(is_hidden || is_named, "{attributes:?}");
        }
    }
    assert_eq!(page.count("tr", "detail"), 100);
    assert_eq!(page.count("svg", "spark"), page.count("table", "years"));
    assert_eq!(page.count("svg", "figure"), page.count("table", "years"));
    assert_eq!(page.count("svg", "parts"), page.count("tr", "sum"));
    assert_eq!((page.count("svg", "radar"), page.count("table", "sector")), (2, 7));
    assert_eq!(page.count("a", "r-dot"), 2 * 60);
    assert_eq!(page.count("svg", "cuts"), 2);
    assert_eq!(page.count("svg", "whisker"), 6);
}

#[test]
fn no_message_is_missing_and_no_place_stays_empty() {
    let (_, page) = sample();
    let at =
        page.text.find(['{', '}']).map(|at| page.text[at..].chars().take(40).collect::<String>());
    assert_eq!(at, None);
}

#[test]
fn foreign_text_is_shown_and_never_run() {
    let mut scan = support::sized(3, 3);
    let evil = "</title><script>alert(\"1\")</script>&'";
    scan.corpora[0].terms[0].term = evil.to_owned();
    scan.corpora[0].terms[0].documents[0].title = evil.to_owned();
    scan.corpora[0].topics[0].label = evil.to_owned();
    scan.corpora[0].corpus = evil.to_owned();
    scan.provenance.evidence[0].id = evil.to_owned();
    let report = report(&scan, None);
    assert_eq!(html(&report).matches("<script>").count(), 1);
    assert!(html(&report).contains("&lt;script&gt;alert"));
    Page::read(html(&report)).expect("a well-formed page");
}

#[test]
fn a_report_without_scores_says_why() {
    let scan = support::without_scores();
    let report = report(&scan, None);
    let page = Page::read(html(&report)).expect("a well-formed page");
    for sentence in [
        "文献太少",
        "too few documents",
        "现有证据不足以判断",
        "未附回测",
        "No back-test is attached",
    ] {
        assert!(page.text.contains(sentence), "{sentence}");
    }
    let tracks = support::tracks();
    let codes: Vec<_> = limits(&input(&scan, &tracks, None))
        .expect("limits")
        .into_iter()
        .map(|limit| limit.code)
        .collect();
    assert_eq!(codes, ["data_end", "no_score", "city_fit", "no_backtest"]);
}

#[test]
fn made_up_evidence_is_labelled_on_the_page_and_in_the_tables() {
    let (scan, tracks) = (support::sized(2, 0), support::tracks());
    let synthetic = vec!["invented-papers".to_owned()];
    let report =
        build(&ReportInput { synthetic_evidence: &synthetic, ..input(&scan, &tracks, None) })
            .expect("made");
    let page = Page::read(html(&report)).expect("a well-formed page");
    assert!(page.text.contains("虚构数据") && page.text.contains("SYNTHETIC"));
    let table: serde_json::Value =
        serde_json::from_slice(file(&report, "tables/terms.json")).expect("JSON");
    assert_eq!(table["is_synthetic"], true);
    assert_eq!(table["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_findings_follow_from_the_numbers() {
    let (scan, tracks, backtest) = (support::scan(), support::tracks(), support::backtest());
    let found = findings(&input(&scan, &tracks, Some(&backtest))).expect("findings");
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    insta::assert_snapshot!(
        codes.join(" "),
        @"leader newcomers onsets tracks singularities candidates gaps unattended decline backtest"
    );
    let hits: f64 = backtest.units.iter().map(|unit| unit.signals["lh6"].p50).sum::<f64>() * 50.0
        / backtest.units.len() as f64;
    assert!(
        found[9].text.en.contains(&format!("on average {hits:.1} were")),
        "{}",
        found[9].text.en
    );
    assert!(found[0].text.en.contains(&scan.corpora[0].terms[0].term));
}

#[test]
fn what_declines_is_counted_without_a_nought() {
    for (topics, terms, en, zh) in [
        (2, 0, "In decline: 2 topics: ", "走弱：2 个主题："),
        (0, 1, "In decline: one of the best terms: ", "走弱：1 个靠前词项："),
        (1, 3, "In decline: one topic and 3 of the best terms: ", "走弱：1 个主题、3 个靠前词项："),
    ] {
        let mut scan = support::sized(4, 4);
        let corpus = &mut scan.corpora[0];
        let stage = |is_falling: bool| if is_falling { Stage::Decline } else { Stage::Mature };
        for (place, term) in corpus.terms.iter_mut().enumerate() {
            term.stage.stage = stage(place < terms);
        }
        for (place, topic) in corpus.topics.iter_mut().enumerate() {
            topic.stage = stage(place < topics);
        }
        let found = findings(&input(&scan, &support::tracks(), None)).expect("findings");
        let told = found.iter().find(|finding| finding.code == "decline").expect("told");
        assert!(told.text.en.starts_with(en) && told.text.zh.starts_with(zh), "{:?}", told.text);
    }
}

#[test]
fn the_worst_test_of_the_past_is_shown() {
    let (scan, mut backtest) = (support::sized(2, 0), support::backtest());
    backtest.units[4].corpus = "worst.ONE".to_owned();
    let worst = backtest.units[4].signals.get_mut("lh6").expect("the signal");
    worst.p50 = 0.0;
    worst.lift = 0.0;
    let report = report(&scan, Some(&backtest));
    let page = Page::read(html(&report)).expect("a well-formed page");
    assert!(
        page.text.contains("Worst test: worst.ONE at 2010. Of 50 terms named 0 were right"),
        "not shown"
    );
}

/// Finds sentences on a page whose back-test found this of topics.
#[track_caller]
fn told_of_topics(check: Option<TopicCheck>, sentences: &[&str]) {
    let backtest = BacktestResult { topics: check, ..support::backtest() };
    let report = report(&support::sized(2, 4), Some(&backtest));
    let page = Page::read(html(&report)).expect("a well-formed page");
    for sentence in sentences {
        assert!(page.text.contains(sentence), "{sentence}");
    }
}

#[test]
fn the_ranking_of_topics_stands_beside_how_it_did_on_the_past() {
    told_of_topics(
        Some(support::topic_check(&[0.5, 0.25, 0.75, 0.54])),
        &[
            "Tested on the past: of the fifth of topics ranked highest, 51 in 100 were later among",
            "In 4 tests on the past, of the fifth of topics ranked highest 51 in 100 were later",
            "chance would give 25",
            "49 in 100 such topics did not grow that fast. In one of 4 tests the ranking was no better",
            "历史检验：排名最高的五分之一主题，每 100 个有 51 个",
            "在 4 次历史检验中",
            "4 次检验中有 1 次排名不优于随机",
        ],
    );
}

#[test]
fn a_ranking_of_topics_that_was_always_better_than_chance_is_told_so() {
    told_of_topics(
        Some(support::topic_check(&[0.5])),
        &[
            "In one test on the past",
            "In every test the ranking was better",
            "每次检验中排名都优于",
        ],
    );
}

#[test]
fn a_ranking_of_topics_no_better_than_chance_is_called_so() {
    told_of_topics(
        Some(support::topic_check(&[0.25, 0.2])),
        &[
            "told nothing about their growth: read the radar as a map",
            "雷达图只宜当作现状的地图来读",
        ],
    );
}

#[test]
fn without_enough_topics_at_past_dates_the_page_says_that_they_are_untested() {
    told_of_topics(
        None,
        &[
            "The ranking of topics could not be tested",
            "How well the ranking of topics tells growth was not measured here",
            "主题排名无法检验",
            "此处未经检验",
        ],
    );
}

#[test]
fn the_tests_of_topics_are_a_table_too() {
    let (report, _) = sample();
    let csv = String::from_utf8_lossy(file(&report, "tables/backtest_topics.csv")).into_owned();
    insta::assert_snapshot!(csv.trim_start_matches('\u{feff}'), @"
    corpus,cut,topics,spearman,precision_top20,base
    POOL,2010,20,0.25,0.5,0.25
    POOL,2011,21,0.125,0.25,0.25
    POOL,2012,22,0.375,0.75,0.25
    POOL,2013,23,0.25,0.5,0.25
    ");
}

#[test]
fn a_back_test_written_before_topics_were_tested_is_still_read() {
    let mut written = serde_json::to_value(support::backtest()).expect("JSON");
    written.as_object_mut().expect("an object").remove("topics");
    let read: BacktestResult = serde_json::from_value(written).expect("the older layout");
    assert_eq!(read, BacktestResult { topics: None, ..support::backtest() });
}

#[test]
fn tables_open_in_a_spreadsheet_as_data() {
    let mut scan = support::sized(2, 0);
    scan.corpora[0].terms[0].term = "=1+1".to_owned();
    let report = report(&scan, None);
    let bytes = file(&report, "tables/terms.csv");
    assert!(bytes.starts_with(b"\xef\xbb\xbfcorpus,rank,term,"));
    assert!(String::from_utf8_lossy(bytes).contains("INVENTED,1,'=1+1,"));
}

fn odd_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::num::f64::ANY,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(-0.0),
        -10.0..10.0_f64
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_number_gives_a_well_formed_page(numbers in proptest::collection::vec(odd_number(), 24), base in odd_number()) {
        let mut scan = support::sized(2, 4);
        let mut next = numbers.iter().copied().cycle();
        let mut take = || next.next().unwrap_or(0.0);
        for term in &mut scan.corpora[0].terms {
            (term.score, term.percentile) = (take(), take());
            for part in &mut term.contributions {
                part.contribution = take();
                part.value = Some(take());
            }
            if let Some(forecast) = &mut term.forecast {
                (forecast.share, forecast.low, forecast.high) = (take(), take(), take());
            }
        }
        for topic in &mut scan.corpora[0].topics {
            (topic.score, topic.percentile, topic.coherence) = (take(), take(), take());
        }
        let mut backtest = support::backtest();
        for unit in &mut backtest.units {
            unit.base = base;
            for score in unit.signals.values_mut() {
                (score.p50, score.lift) = (take(), take());
            }
        }
        for mean in backtest.mean.values_mut() {
            (mean.lift.low, mean.lift.value, mean.lift.high) = (take(), take(), take());
        }
        let report = report(&scan, Some(&backtest));
        let page = Page::read(html(&report)).map_err(TestCaseError::fail)?;
        for (name, attributes) in &page.elements {
            for (key, value) in attributes {
                prop_assert!(!value.contains("NaN") && !value.contains("inf"), "<{name} {key}={value}>");
            }
        }
    }
}
