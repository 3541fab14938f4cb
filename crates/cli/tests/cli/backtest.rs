//! `linghang scan backtest`: the layout that others read.

use linghang_scan::backtest::BacktestResult;

use crate::corpus::CLASSES;
use crate::support::Home;

const CORPORA: &str = "cs.QA,cs.QB,POOL=cs.QA+cs.QB";

#[test]
fn the_backtest_prints_units_means_and_differences() {
    let home = Home::with_everything();
    let arguments = [
        "scan",
        "backtest",
        "--corpora",
        CORPORA,
        "--background",
        "ALL",
        "--cuts",
        "1997,2012,2014,2018",
        "--signals",
        "lh6,z3,frequency",
        "--rounds",
        "50",
        "--json",
    ];
    let first = home.run(arguments).expect(0);
    let second = home.run(arguments).expect(0);
    assert!(first.out == second.out, "the same bytes again");
    let answer = first.json();
    let unit = &answer["units"][0];
    assert_eq!((&unit["corpus"], &unit["cut"]), (&CLASSES[0].into(), &2012.into()), "{answer:#}");
    let (candidates, positives) = (unit["candidates"].as_f64(), unit["positives"].as_f64());
    assert_eq!(positives.zip(candidates).map(|(p, c)| p / c), unit["base"].as_f64());
    for signal in ["lh6", "z3", "frequency"] {
        for metric in ["p50", "ndcg100", "lift", "ap"] {
            assert!(unit["signals"][signal][metric].is_number(), "{signal} {metric}: {unit:#}");
            let mean = &answer["mean"][signal][metric];
            let [low, value, high] =
                ["low", "value", "high"].map(|key| mean[key].as_f64().expect("a number"));
            assert!(low <= value && value <= high, "{signal} {metric}: {mean}");
        }
    }
    let pairs: Vec<_> = answer["differences"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["signal"].as_str(), one["minus"].as_str()))
        .collect();
    assert_eq!(pairs, [(Some("lh6"), Some("z3")), (Some("lh6"), Some("frequency"))]);
    let result: BacktestResult =
        serde_json::from_value(answer.clone()).expect("the layout of the engine");
    let reason = |cut: i32| {
        result.skipped.iter().find(|unit| unit.cut == cut).map(|unit| unit.reason.as_str())
    };
    assert_eq!((reason(1997), reason(2018)), (Some("few_documents"), Some("no_future")));
    assert_eq!(result.units.len() + result.skipped.len(), 3 * 4);
    let topics = result.topics.expect("dates with four topics");
    let dates: Vec<_> = topics.cuts.iter().map(|cut| (cut.corpus.as_str(), cut.cut)).collect();
    // 1997 has too few documents to be scored, and what came after 2018 is not known.
    let counted = ["cs.QA", "cs.QB", "POOL"].map(|corpus| [(corpus, 2012), (corpus, 2014)]);
    assert_eq!(dates, counted.concat());
    let mean = topics.cuts.iter().map(|cut| cut.quality.precision_top20).sum::<f64>();
    assert!((mean / dates.len() as f64 - topics.precision_top20).abs() < 1e-12, "{topics:?}");
}

#[test]
fn the_backtest_from_figures_is_that_from_documents() {
    let home = Home::with_everything();
    home.run(["scan", "figures", "--out", "f.zst", "--corpora", "cs.QA", "--cuts", "2012,2014"])
        .expect(0);
    let result = |more: &[&str]| {
        let fixed = [
            "scan",
            "backtest",
            "--corpora",
            "cs.QA",
            "--cuts",
            "2012,2014",
            "--rounds",
            "20",
            "--json",
        ];
        let said = home.run([&fixed[..], more].concat()).expect(0).json();
        serde_json::from_value::<BacktestResult>(said).expect("the layout of the engine")
    };
    let documents = result(&[]);
    assert!(!documents.units.is_empty());
    assert_eq!(documents, result(&["--figures", "f.zst"]));
}

#[test]
fn the_table_speaks_both_languages() {
    let home = Home::with_everything();
    for (language, said, of_topics) in [
        ("zh", "回测单元 1 个", "主题的 1 次历史检验：得分最高的五分之一中"),
        (
            "en",
            "Units measured: 1",
            "Topics in one test on the past: of the fifth with the highest scores",
        ),
    ] {
        let answer = home
            .run([
                "scan",
                "backtest",
                "--corpora",
                "cs.QA",
                "--cuts",
                "2012",
                "--rounds",
                "20",
                "--lang",
                language,
            ])
            .expect(0);
        assert!(answer.out.contains(said) && answer.out.contains("lh6"), "{}", answer.out);
        assert!(answer.out.contains(of_topics), "{}", answer.out);
    }
}
