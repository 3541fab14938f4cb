//! Laws of the store: the same input gives the same bytes, an import is whole or not there, nothing is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::NaiveDate;
use linghang_evidence::store::ExportFormat;
use linghang_evidence::{
    Column, EvidenceError, Format, ImportOptions, ImportOutcome, ImportReport, NoProgress,
    Progress, Query, ReadOptions, Store,
};
use proptest::prelude::*;

const HEADER: &str = "arxiv_id\ttitle\tabstract\tcreated\tupdated\tprimary_cat\n";

/// A folder with files of records and a home for the store.
struct Fixture {
    folder: tempfile::TempDir,
    store: Store,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("home"));
        Self { folder, store }
    }

    fn file(&self, name: &str, rows: &[String]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, format!("{HEADER}{}", rows.concat())).expect("written");
        path
    }

    fn import(&self, files: &[PathBuf], day: &str) -> ImportReport {
        self.store.import(files, &options(day), &NoProgress).expect("good files")
    }

    fn ids(&self, query: &Query) -> Vec<String> {
        let mut ids = Vec::new();
        self.store.for_each(query, |document| ids.push(document.id().to_owned())).expect("stored");
        ids
    }
}

fn options(day: &str) -> ImportOptions {
    ImportOptions::new(ReadOptions::new(Format::ArxivTsv, day.parse().expect("a day")))
}

fn row(number: usize, title: &str, created: &str, updated: &str) -> String {
    format!("1907.{number:05}\t{title}\tWe study {number}.\t{created}\t{updated}\tcs.RO\n")
}

fn rows(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers
        .map(|number| {
            row(number, &format!("A long enough title number {number}"), "2019-07-01", "")
        })
        .collect()
}

/// All files under a folder with their bytes.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(
                bytes_of(&path).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else {
            found.insert(name, fs::read(&path).expect("readable"));
        }
    }
    found
}

/// Stops after a number of records.
struct StopAfter(AtomicI64);

impl Progress for StopAfter {
    fn add_bytes(&self, _bytes: u64) {}
    fn add_records(&self, records: u64) {
        self.0.fetch_sub(records as i64, Ordering::Relaxed);
    }
    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed) <= 0
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_of_files_threads_and_interruptions_change_no_byte(
        sizes in prop::collection::vec(0_usize..300, 1..5),
        overlap in 0_usize..50,
        threads in 1_usize..4,
        stop_after in 0_i64..600,
    ) {
        let whole = Fixture::new();
        let mut first = 0;
        let files: Vec<PathBuf> = sizes.iter().enumerate().map(|(place, size)| {
            let path = whole.file(&format!("part-{place}.tsv"), &rows(first..first + size));
            first = (first + size).saturating_sub(overlap);
            path
        }).collect();
        let report = whole.import(&files, "2026-01-15");
        let counts = report.counts;
        prop_assert_eq!(counts.read, counts.kept + counts.duplicates + counts.rejected);

        let other = Fixture::new();
        let reversed: Vec<PathBuf> = files.iter().rev().cloned().collect();
        let settings = ImportOptions { threads, ..options("2026-01-15") };
        let stopping = StopAfter(AtomicI64::new(stop_after));
        match other.store.import(&reversed, &settings, &stopping) {
            Ok(_) => {}
            Err(EvidenceError::Stopped) => {
                prop_assert!(other.store.snapshots().expect("readable").is_empty(), "a half snapshot is there");
                other.store.import(&reversed, &settings, &NoProgress).expect("goes on");
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        }
        let snapshots = |fixture: &Fixture| {
            let folder = fixture.folder.path().join("home/evidence/snapshots");
            bytes_of(&folder)
        };
        prop_assert_eq!(snapshots(&whole), snapshots(&other));
    }
}

#[test]
fn an_interrupted_import_goes_on_with_the_files_that_are_missing() {
    let fixture = Fixture::new();
    let files = [fixture.file("a.tsv", &rows(0..100)), fixture.file("b.tsv", &rows(100..200))];
    let settings = ImportOptions { threads: 1, ..options("2026-01-15") };
    let stopped = fixture.store.import(&files, &settings, &StopAfter(AtomicI64::new(150)));
    assert!(matches!(stopped, Err(EvidenceError::Stopped)), "{stopped:?}");
    assert_eq!(fixture.store.interrupted().expect("readable").len(), 1);
    let report = fixture.store.import(&files, &settings, &NoProgress).expect("goes on");
    assert_eq!((report.resumed_files, report.counts.kept), (1, 200));
    assert!(fixture.store.interrupted().expect("readable").is_empty());
}

#[test]
fn the_same_files_give_no_second_snapshot() {
    let fixture = Fixture::new();
    let file = fixture.file("a.tsv", &rows(0..10));
    let first = fixture.import(std::slice::from_ref(&file), "2026-01-15");
    let again = fixture.import(std::slice::from_ref(&file), "2026-01-15");
    assert_eq!((again.outcome, again.snapshot), (ImportOutcome::AlreadyImported, first.snapshot));
    let later = fixture.import(&[file], "2026-02-15");
    assert_eq!((later.outcome, later.counts.duplicates), (ImportOutcome::NothingNew, 10));
    assert_eq!(fixture.store.snapshots().expect("readable").len(), 1);
}

#[test]
fn the_newest_version_is_kept_with_the_day_of_the_first() {
    let fixture = Fixture::new();
    let versions = [
        row(1, "The second version of it", "2019-08-01", "2019-08-01"),
        row(1, "The first version of it", "2019-07-01", "2019-07-01"),
    ];
    fixture.import(&[fixture.file("a.tsv", &versions)], "2026-01-15");
    let later = row(1, "The third version of it", "2019-09-01", "2019-09-01");
    let report = fixture.import(&[fixture.file("b.tsv", &[later])], "2026-02-15");
    assert_eq!(report.counts.revisions, 1);
    let shown = fixture.store.show("arxiv:1907.00001").expect("readable").expect("there");
    assert_eq!(
        (shown.document.title.as_str(), shown.document.date.to_string().as_str()),
        ("The third version of it", "2019-07-01")
    );
    assert_eq!(fixture.ids(&Query::columns(&[Column::Title])), ["arxiv:1907.00001"]);
}

#[test]
fn an_older_version_does_not_replace_a_newer_one() {
    let fixture = Fixture::new();
    fixture.import(
        &[fixture.file("a.tsv", &[row(1, "New", "2019-07-01", "2020-01-01")])],
        "2026-01-15",
    );
    let older = row(1, "Old", "2019-07-01", "2019-07-01");
    let report = fixture.import(&[fixture.file("b.tsv", &[older])], "2026-02-15");
    assert_eq!(report.outcome, ImportOutcome::NothingNew);
}

#[test]
fn a_repeated_title_is_kept_and_marked() {
    let fixture = Fixture::new();
    let records = [
        row(1, "Soft Robotic Hands for Everyday Use", "2019-07-01", ""),
        row(2, "Soft robotic hands, for everyday use.", "2020-03-01", ""),
        row(3, "Soft Robotic Hands for Everyday Use", "2025-03-01", ""),
    ];
    let report = fixture.import(&[fixture.file("a.tsv", &records)], "2026-01-15");
    assert_eq!((report.counts.kept, report.counts.same_title), (3, 1));
    let shown = fixture.store.show("arxiv:1907.00002").expect("readable").expect("there");
    assert_eq!(shown.same_title_as.as_deref(), Some("arxiv:1907.00001"));
}

#[test]
fn one_work_of_two_databases_is_read_once() {
    let fixture = Fixture::new();
    let title = "Soft Robotic Hands for Everyday Use";
    fixture.import(&[fixture.file("a.tsv", &[row(1, title, "2019-07-01", "")])], "2026-01-15");
    let table = fixture.folder.path().join("scopus.csv");
    fs::write(&table, format!("Title,Year,EID\n{title},2020,2-s2.0-1\n")).expect("written");
    let scopus = ImportOptions::new(ReadOptions::new(
        Format::Scopus,
        NaiveDate::from_ymd_opt(2026, 1, 16).expect("a day"),
    ));
    fixture.store.import(&[table], &scopus, &NoProgress).expect("good");
    assert_eq!(fixture.ids(&Query::default()), ["arxiv:1907.00001"]);
    let all = Query { with_repeated_titles: true, ..Query::default() };
    assert_eq!(fixture.ids(&all), ["arxiv:1907.00001", "scopus:2-s2.0-1"]);
}

#[test]
fn a_cut_archive_refuses_the_import_or_keeps_what_was_readable() {
    let fixture = Fixture::new();
    let plain = fs::read(fixture.file("a.tsv", &rows(0..20_000))).expect("readable");
    let packed = zstd::stream::encode_all(plain.as_slice(), 1).expect("memory");
    let path = fixture.folder.path().join("cut.tsv");
    fs::write(&path, &packed[..packed.len() / 2]).expect("written");
    let files = [path];
    let refused = fixture.store.import(&files, &options("2026-01-15"), &NoProgress);
    assert!(matches!(refused, Err(EvidenceError::BrokenArchive { .. })), "{refused:?}");
    assert!(fixture.store.snapshots().expect("readable").is_empty());
    let keep = ImportOptions { keep_readable: true, ..options("2026-01-15") };
    let report = fixture.store.import(&files, &keep, &NoProgress).expect("what was readable");
    assert!(report.files[0].is_truncated && report.counts.kept > 0 && report.counts.rejected == 1);
}

#[test]
fn rejects_of_an_import_without_documents_are_not_lost() {
    let fixture = Fixture::new();
    let report =
        fixture.import(&[fixture.file("a.tsv", &[row(1, "", "2019-07-01", "")])], "2026-01-15");
    assert_eq!(report.outcome, ImportOutcome::NothingNew);
    let rejects =
        fs::read_to_string(report.folder.expect("written").join("rejects.csv")).expect("readable");
    assert!(rejects.contains("evidence.missing_field"), "{rejects}");
}

#[test]
fn a_query_ends_at_its_day_and_an_export_holds_what_was_imported() {
    let fixture = Fixture::new();
    let records =
        [row(1, "Early and good", "2018-07-01", ""), row(2, "Late and good", "2020-07-01", "")];
    fixture.import(&[fixture.file("a.tsv", &records)], "2026-01-15");
    let until = Query { until: NaiveDate::from_ymd_opt(2019, 12, 31), ..Query::default() };
    assert_eq!(fixture.ids(&until), ["arxiv:1907.00001"]);
    for (format, lines) in [(ExportFormat::JsonLines, 2), (ExportFormat::Csv, 3)] {
        let mut bytes = Vec::new();
        assert_eq!(fixture.store.export(&Query::default(), format, &mut bytes).expect("stored"), 2);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.lines().count() == lines && text.contains("Late and good"), "{text}");
    }
    let path = fixture.folder.path().join("all.parquet");
    assert_eq!(fixture.store.export_parquet(&Query::default(), &path).expect("stored"), 2);
}
