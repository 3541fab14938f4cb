//! Imports real files where they are present; skips loudly where they are not.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};
use linghang_evidence::{
    Column, Format, ImportOptions, ImportReport, NoProgress, Query, ReadOptions, Store,
};

/// Fifteen categories whose union is a known number of documents.
const POOL: [&str; 15] = [
    "cs.CR",
    "cs.DC",
    "cs.ET",
    "cs.IR",
    "cs.NE",
    "cs.NI",
    "cs.RO",
    "cs.SI",
    "cs.SY",
    "eess.SP",
    "physics.app-ph",
    "physics.bio-ph",
    "q-bio.GN",
    "q-bio.NC",
    "q-bio.QM",
];

#[expect(clippy::disallowed_methods, reason = "tests find the real files through the environment")]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var("LINGHANG_TEST_DATA").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: no test data at {}", path.display());
    None
}

fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.to_string_lossy().ends_with(suffix))
        .collect();
    files.sort();
    files
}

fn import(store: &Store, format: Format, files: &[PathBuf]) -> ImportReport {
    let retrieved = NaiveDate::from_ymd_opt(2026, 1, 15).expect("a day");
    let options = ImportOptions::new(ReadOptions::new(format, retrieved));
    store.import(files, &options, &NoProgress).expect("the files are good")
}

fn pool_documents(store: &Store) -> usize {
    let mut count = 0;
    let query = Query::columns(&[Column::Date, Column::Classes]);
    store
        .for_each(&query, |document| {
            let is_in_pool = document.classes().any(|class| {
                class.strip_prefix("arxiv:").is_some_and(|class| POOL.contains(&class))
            });
            count += usize::from(is_in_pool && document.date().year() >= 1995);
        })
        .expect("just written");
    count
}

#[test]
#[ignore = "reads 65 MB of xz archives; run with --release -- --ignored"]
fn the_whole_arxiv_folder_is_read_without_a_loss() {
    let Some(folder) = data("arxiv") else { return };
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::open(home.path());
    let started = std::time::Instant::now();
    let report = import(&store, Format::ArxivTsv, &files(&folder, ".tsv.xz"));
    eprintln!("import: {:?} {:?}", started.elapsed(), report.counts);
    assert_eq!(report.files.len(), 33);
    assert_eq!(report.counts.read, 215_714);
    assert_eq!(report.counts.rejected, 0);
    assert_eq!(report.counts.kept + report.counts.duplicates, report.counts.read);
    let started = std::time::Instant::now();
    let (mut letters, mut actors) = (0, 0);
    let documents = store
        .for_each(&Query::columns(Column::SCAN), |document| {
            letters += document.title().len() + document.abstract_text().len();
            actors += document.actors().count();
        })
        .expect("just written");
    let took = started.elapsed();
    eprintln!("read: {documents} documents, {letters} bytes, {actors} actors in {took:?}");
    assert_eq!(documents, report.counts.kept);
}

#[test]
#[ignore = "reads 35 MB of xz archives; run with --release -- --ignored"]
fn the_pool_of_fifteen_categories_has_its_known_size() {
    let Some(folder) = data("arxiv") else { return };
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::open(home.path());
    let pool: Vec<PathBuf> =
        POOL.iter().map(|name| folder.join(format!("{name}.tsv.xz"))).collect();
    import(&store, Format::ArxivTsv, &pool);
    assert_eq!(pool_documents(&store), 107_267);
}

#[test]
fn one_arxiv_category_is_read_whole() {
    let Some(folder) = data("arxiv") else { return };
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::open(home.path());
    let report = import(&store, Format::ArxivTsv, &[folder.join("cs.AR.tsv.xz")]);
    assert_eq!((report.counts.read, report.counts.kept, report.counts.rejected), (1_460, 1_460, 0));
}

/// Imports files of one format and compares the counts of records read, kept, duplicate and rejected.
fn check(folder: &str, names: &[&str], format: Format, expected: [u64; 4]) {
    let Some(folder) = data(folder) else { return };
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::open(home.path());
    let files: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let report = import(&store, format, &files);
    let counts =
        [report.counts.read, report.counts.kept, report.counts.duplicates, report.counts.rejected];
    let excerpt = |file: &str| {
        let path = report.folder.clone().expect("written").join(file);
        std::fs::read_to_string(path).expect("written").chars().take(1500).collect::<String>()
    };
    assert_eq!(
        counts,
        expected,
        "{names:?}\n{}\n{}",
        excerpt("rejects.csv"),
        excerpt("duplicates.csv")
    );
}

#[test]
fn drone_patents_are_read_whole() {
    check("patents_drones", &["lens_drones.csv.xz"], Format::Lens, [9_071, 9_071, 0, 0]);
}

#[test]
fn web_of_science_and_scopus_tables_are_read_whole() {
    check("bibliometrix", &["scientometrics.csv.xz"], Format::Wos, [147, 147, 0, 0]);
    check("bibliometrix", &["garfield.csv.xz"], Format::Scopus, [219, 219, 0, 0]);
    // One letter to a journal stands there twice, from two exports.
    check("bibliometrix", &["scopusCollection.csv.xz"], Format::Scopus, [487, 486, 1, 0]);
}

#[test]
fn web_of_science_tagged_text_and_bibtex_are_read_whole() {
    check("bibliometrix", &["scientometrics_wos.txt.xz"], Format::Wos, [147, 147, 0, 0]);
    check("bibliometrix", &["biblio.bib.xz"], Format::Bibtex, [99, 99, 0, 0]);
}

#[test]
fn recent_arxiv_listings_are_read_whole() {
    check("arxiv_recent", &["astro_2025.jsonl.xz"], Format::ArxivJson, [8_077, 8_077, 0, 0]);
}

/// Imports one file and returns how many documents cite and how many references they have, and how many have a
/// place, an organisation and a keyword.
fn riches(folder: &str, name: &str, format: Format) -> Option<[usize; 5]> {
    let folder = data(folder)?;
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::open(home.path());
    import(&store, format, &[folder.join(name)]);
    let mut found = [0; 5];
    store
        .for_each(&Query::default(), |document| {
            let has = [
                usize::from(document.cites().next().is_some()),
                document.cites().count(),
                usize::from(document.places().next().is_some()),
                usize::from(document.actors().any(|actor| actor.role == "organisation")),
                usize::from(document.classes().any(|class| class.starts_with("keyword:"))),
            ];
            for (sum, has) in found.iter_mut().zip(has) {
                *sum += has;
            }
        })
        .expect("just written");
    Some(found)
}

#[test]
fn references_addresses_and_keywords_of_one_journal_are_found_in_all_three_forms() {
    for (name, format, expected) in [
        ("scientometrics_wos.txt.xz", Format::Wos, [147, 5_815, 132, 136, 139]),
        ("scientometrics.csv.xz", Format::Wos, [147, 6_026, 132, 136, 139]),
        ("biblio.bib.xz", Format::Bibtex, [98, 3_596, 98, 98, 93]),
        ("scopusCollection.csv.xz", Format::Scopus, [415, 13_250, 444, 446, 348]),
    ] {
        if let Some(found) = riches("bibliometrix", name, format) {
            assert_eq!(found, expected, "{name}");
        }
    }
}
