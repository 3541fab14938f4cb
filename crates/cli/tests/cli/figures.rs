//! `linghang scan figures` and `scan report`: what a scan leaves behind as files.

use linghang_scan::result::CorpusResult;

use crate::corpus::{CLASSES, RISING};
use crate::support::Home;

const AT: [&str; 4] = ["--corpora", CLASSES[0], "--as-of", "2016-12-31"];

/// Rank, score and contributions of every term.
fn scores(corpus: &CorpusResult) -> Vec<(String, u32, f64, Vec<f64>)> {
    let parts = |term: &linghang_scan::result::TermResult| {
        term.contributions.iter().map(|part| part.contribution).collect()
    };
    corpus
        .terms
        .iter()
        .map(|term| (term.term.clone(), term.rank, term.score, parts(term)))
        .collect()
}

#[test]
fn a_table_of_figures_gives_the_scores_of_the_documents_and_holds_no_text() {
    let home = Home::with_everything();
    home.run(
        [&["scan", "figures", "--out", "f.jsonl.zst", "--cuts", "2010,2012"], &AT[..]].concat(),
    )
    .expect(0);
    let documents = home.scan(&[&AT[..], &["--top", "1000"]].concat());
    let figures = home.scan(&[&AT[..], &["--top", "1000", "--figures", "f.jsonl.zst"]].concat());
    let (documents, figures) = (&documents.corpora[0], &figures.corpora[0]);
    assert!(!scores(documents).is_empty());
    assert_eq!(scores(documents), scores(figures));
    assert_eq!(documents.rejected, figures.rejected);
    assert_eq!(documents.candidates, figures.candidates);
    assert!(figures.terms.iter().all(|term| term.documents.is_empty()));
    let bytes = std::fs::read(home.path("f.jsonl.zst")).expect("a table");
    let text = String::from_utf8(zstd::decode_all(&bytes[..]).expect("zstd")).expect("UTF-8");
    assert!(!text.contains("what becomes of") && text.contains(RISING));
}

#[test]
fn figures_that_are_not_there_or_broken_are_refused() {
    let home = Home::with_everything();
    home.run([&["scan", "figures", "--out", "good.zst"], &AT[..]].concat()).expect(0);
    let good = std::fs::read(home.path("good.zst")).expect("a table");
    let text = String::from_utf8(zstd::decode_all(&good[..]).expect("zstd")).expect("UTF-8");
    let pack = |text: &str| zstd::encode_all(text.as_bytes(), 1).expect("zstd");
    home.write("cut-off.zst", &good[..good.len() / 2]);
    home.write("plain.zst", "not packed");
    home.write("empty.zst", "");
    home.write("no-lines.zst", pack(""));
    home.write("other-layout.zst", pack(&text.replacen("\"schema\":2", "\"schema\":9", 1)));
    home.write("short-list.zst", pack(&text.replacen("\"halves\":[", "\"halves\":[7,", 1)));
    for file in ["absent", "cut-off", "plain", "empty", "no-lines", "other-layout", "short-list"] {
        let file = format!("{file}.zst");
        let said = home.run([&["scan", "run", "--figures", &file], &AT[..]].concat());
        assert_eq!(said.code, 3, "{file}: {}", said.err);
        assert!(
            said.err.contains("table of figures") && said.err.contains(&file),
            "{file}: {}",
            said.err
        );
    }
    let said = home.run(["scan", "run", "--figures", "good.zst", "--corpora", "cs.QB"]).expect(3);
    assert!(said.err.contains("cs.QB") && said.err.contains(CLASSES[0]), "{}", said.err);
    home.run([
        "scan",
        "figures",
        "--figures",
        "good.zst",
        "--out",
        "again.zst",
        "--corpora",
        CLASSES[0],
    ])
    .expect(2);
}

#[test]
fn a_report_is_one_page_and_every_table() {
    let home = Home::with_everything();
    home.run([&["scan", "report", "--out", "report", "--top", "30"], &AT[..]].concat()).expect(0);
    let page = std::fs::read_to_string(home.path("report/index.html")).expect("a page");
    assert!(
        page.contains(RISING) && page.contains("<svg") && page.contains("lang="),
        "{}",
        page.len()
    );
    for loaded in ["src=\"http", "<link", "@import", "url(http"] {
        assert!(!page.contains(loaded), "the page loads {loaded}");
    }
    let mut files = Vec::new();
    collect(&home.path("report"), &mut files);
    for ending in ["csv", "json"] {
        let count = files.iter().filter(|file| file.ends_with(ending)).count();
        assert!(count >= 3, "{count} {ending} files in {files:?}");
    }
    let tested = std::fs::read_to_string(home.path("report/tables/backtest_topics.csv"))
        .expect("how topics did at past dates");
    assert!(tested.lines().count() > 1, "{tested}");
}

fn collect(folder: &std::path::Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path.display().to_string());
        }
    }
}
