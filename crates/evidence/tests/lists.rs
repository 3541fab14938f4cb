//! Lists about enterprises: broken ones give what is written down, good ones become one row an enterprise.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use chrono::NaiveDate;
use linghang_evidence::enterprise::{
    ListFormat, ListMapping, ListOptions, Table, read_list, row_values,
};
use linghang_evidence::store::row_json;
use linghang_evidence::{ImportOutcome, ImportReport, NoProgress, Store, TableQuery};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken_lists")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn options(format: ListFormat, mapping: ListMapping) -> ListOptions {
    ListOptions::new(format, day("2026-01-15"), mapping)
}

/// Reads bytes and writes what came out as one line.
fn outcome(bytes: Vec<u8>, options: &ListOptions) -> String {
    let (mut kept, mut warned, mut rejects) = (0, 0, Vec::new());
    let source = Box::new(Cursor::new(bytes));
    let result = read_list(Path::new("file"), source, options, &mut |outcome| {
        match outcome {
            Ok(row) => {
                kept += 1;
                warned += usize::from(row.warning.is_some());
            }
            Err(reject) => {
                let reason = reject.problem.reason();
                assert!(!reason.zh.is_empty() && !reason.en.is_empty());
                rejects.push(format!(
                    "{}@{} {}",
                    reject.record,
                    reject.line,
                    reject.problem.code()
                ));
            }
        }
        Ok(())
    });
    let warned = if warned > 0 { format!("!{warned}") } else { String::new() };
    match result {
        Ok(_) if rejects.is_empty() => format!("kept {kept}{warned}"),
        Ok(_) => format!("kept {kept}{warned}; {}", rejects.join("; ")),
        Err(error) => format!("error {}", error.code()),
    }
}

#[test]
fn every_broken_list_gives_what_is_written_down() {
    let expected = fs::read_to_string(folder().join("expected.txt")).expect("the list is there");
    let (mut listed, mut found) = (Vec::new(), String::new());
    for line in expected.lines() {
        let [name, format, mapping, _] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("not four parts: {line}");
        };
        let bytes = fs::read(folder().join(name)).expect("a listed file is there");
        let read = ListMapping::read(&folder().join(mapping)).expect("the mapping is good");
        let result = outcome(bytes, &options(format.parse().expect("a format"), read));
        writeln!(found, "{name} | {format} | {mapping} | {result}").expect("memory");
        listed.push(name.to_owned());
    }
    assert!(found == expected, "found:\n{found}");
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        let is_case =
            Path::new(&name).extension().is_some_and(|kind| kind == "csv" || kind == "xlsx");
        assert!(!is_case || listed.contains(&name), "{name} is not in expected.txt");
    }
}

/// A store with lists of its own.
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

    fn import(&self, name: &str, text: &str, mapping: &str, retrieved: &str) -> ImportReport {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("written");
        let mapping = ListMapping::parse(mapping, Path::new("m.toml")).expect("a good mapping");
        let options = ListOptions::new(ListFormat::Csv, day(retrieved), mapping);
        self.store.import_lists(&[path], &options, &NoProgress).expect("a good list")
    }

    fn rows(&self, table: Table, columns: &[&str]) -> Vec<String> {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        let query = TableQuery { columns, ..TableQuery::default() };
        let reader = self.store.read_table(table, &query).expect("stored");
        let schema = reader.schema();
        let mut rows = Vec::new();
        for batch in reader {
            let batch: RecordBatch = batch.expect("readable");
            for row in 0..batch.num_rows() {
                let object = row_json(&row_values(&batch, row, &schema), &schema);
                rows.push(serde_json::to_string(&object).expect("JSON"));
            }
        }
        rows
    }

    fn reasons(report: &ImportReport) -> Vec<String> {
        let path = report.folder.as_ref().expect("a folder").join("duplicates.csv");
        let text = fs::read_to_string(path).expect("written");
        text.lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap_or_default().to_owned())
            .collect()
    }
}

const REGISTER: &str = "table = \"enterprises\"\nsource = \"register\"\n[columns]\nname = \"名称\"\ncode = \"代码\"\ndistrict = \"区\"\n";
const TITLES: &str = "table = \"enterprises\"\nsource = \"titles\"\n[columns]\nname = \"企业名称\"\n[[qualification]]\nid = \"hte\"\nyear = \"年度\"\n";
const YEARS: &str = "table = \"enterprise-years\"\nsource = \"statistics\"\n[columns]\nname = \"企业\"\nyear = \"年\"\nrevenue = \"收入（万元）\"\n";

fn code(number: u64) -> String {
    linghang_evidence::enterprise::code::made_up(number)
}

fn register() -> String {
    format!(
        "名称,代码,区\n海星科技有限公司,{},北岸\n云帆（东湾）电子有限公司,{},\n同名有限公司,{},东\n同名股份有限公司,{},西\n",
        code(1),
        code(2),
        code(3),
        code(4),
    )
}

#[test]
fn a_list_without_codes_is_matched_by_name_and_its_titles_are_joined() {
    let city = Fixture::new();
    city.import("register.csv", &register(), REGISTER, "2026-01-15");
    let titles = "企业名称,年度\n海星科技有限责任公司,2023\n云帆(东湾)电子有限公司,2024\n云帆(东湾)电子有限公司,2024\n同名有限公司,2024\n无人知晓有限公司,2024\n";
    let report = city.import("titles.csv", titles, TITLES, "2026-02-01");
    assert_eq!(
        Fixture::reasons(&report),
        ["matched_by_name", "matched_by_name", "same_record", "ambiguous_name"]
    );
    assert_eq!((report.counts.read, report.counts.kept, report.counts.duplicates), (5, 4, 1));
    let rows =
        city.rows(Table::Enterprises, &["code", "name_zh", "district", "qualifications", "source"]);
    let title = |year: i32| {
        format!(r#"[{{"id":"hte","granted":null,"granted_year":{year},"valid_until":null}}]"#)
    };
    let expected = [
        format!(
            r#"{{"code":"{}","name_zh":"同名有限公司","district":"东","source":"register"}}"#,
            code(3)
        ),
        format!(
            r#"{{"code":"{}","name_zh":"同名股份有限公司","district":"西","source":"register"}}"#,
            code(4)
        ),
        format!(
            r#"{{"name_zh":"同名有限公司","qualifications":{},"source":"titles"}}"#,
            title(2024)
        ),
        format!(
            r#"{{"name_zh":"无人知晓有限公司","qualifications":{},"source":"titles"}}"#,
            title(2024)
        ),
        format!(
            r#"{{"code":"{}","name_zh":"海星科技有限责任公司","district":"北岸","qualifications":{},"source":"titles"}}"#,
            code(1),
            title(2023)
        ),
        format!(
            r#"{{"code":"{}","name_zh":"云帆（东湾）电子有限公司","qualifications":{},"source":"titles"}}"#,
            code(2),
            title(2024)
        ),
    ];
    assert_eq!(rows, expected);
    let shown = city.store.show_enterprises(&code(2)).expect("stored");
    assert_eq!(shown.len(), 1);
    assert_eq!(shown, city.store.show_enterprises("云帆(东湾)电子有限责任公司").expect("stored"));
}

#[test]
fn figures_follow_the_name_and_a_later_list_corrects_an_earlier_one() {
    let city = Fixture::new();
    city.import("register.csv", &register(), REGISTER, "2026-01-15");
    city.import(
        "y1.csv",
        "企业,年,收入（万元）\n海星科技有限公司,2024,100\n海星科技有限公司,2025,120.5\n",
        YEARS,
        "2026-02-01",
    );
    city.import("y2.csv", "企业,年,收入（万元）\n海星科技有限公司,2025,130\n", YEARS, "2026-03-01");
    let rows = city.rows(Table::EnterpriseYears, &["enterprise", "year", "revenue"]);
    let id = format!("uscc:{}", code(1));
    assert_eq!(
        rows,
        [
            format!(r#"{{"enterprise":"{id}","year":2024,"revenue":100000000}}"#),
            format!(r#"{{"enterprise":"{id}","year":2025,"revenue":130000000}}"#),
        ]
    );
    let early = TableQuery { retrieved_until: Some(day("2026-02-15")), ..TableQuery::default() };
    let early = city.store.read_table(Table::EnterpriseYears, &early).expect("stored");
    assert_eq!(early.map(|batch| batch.expect("readable").num_rows()).sum::<usize>(), 2);
}

#[test]
fn the_same_lists_again_are_known_and_rejected_ones_leave_their_reasons() {
    let city = Fixture::new();
    let first = city.import("register.csv", &register(), REGISTER, "2026-01-15");
    let again = city.import("register.csv", &register(), REGISTER, "2026-01-15");
    assert_eq!(again.outcome, ImportOutcome::AlreadyImported);
    assert_eq!(again.snapshot, first.snapshot);
    let bad = city.import("bad.csv", "名称,代码,区\n甲有限公司,123,东\n", REGISTER, "2026-01-16");
    assert_eq!((bad.outcome, bad.counts.rejected), (ImportOutcome::NothingNew, 1));
    let rejects = bad.folder.expect("a folder").join("rejects.csv");
    let text = fs::read_to_string(rejects).expect("written");
    assert!(
        text.contains("evidence.bad_credit_code") && text.contains("应为 18 位，实有 3 位"),
        "{text}"
    );
}

#[test]
fn the_order_of_the_files_changes_no_byte() {
    let hash = |reverse: bool| {
        let city = Fixture::new();
        let mapping = ListMapping::parse(REGISTER, Path::new("m.toml")).expect("a good mapping");
        let mut paths: Vec<PathBuf> = (0..4)
            .map(|file| {
                let path = city.folder.path().join(format!("{file}.csv"));
                let row =
                    |row: u64| format!("企业{row}有限公司,{},区{file}", code(file * 400 + row));
                let rows = (0..500).map(row).collect::<Vec<_>>().join("\n");
                fs::write(&path, format!("名称,代码,区\n{rows}")).expect("written");
                path
            })
            .collect();
        if reverse {
            paths.reverse();
        }
        let options = ListOptions::new(ListFormat::Csv, day("2026-01-15"), mapping);
        let report = city.store.import_lists(&paths, &options, &NoProgress).expect("good lists");
        let folder = report.folder.expect("a folder");
        let table = fs::read(folder.join("enterprises-0000.parquet")).expect("written");
        (report.snapshot, report.counts, blake3::hash(&table))
    };
    assert_eq!(hash(false), hash(true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_list_is_too_strange_and_nothing_is_lost(
        cells in prop::collection::vec("[0-9.,万元年月日%有限公司海星\"\n;-]{0,12}|\\PC{0,8}", 0..60),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mapping = fs::read_to_string(folder().join("specialised.toml")).expect("a mapping");
        let mapping = ListMapping::parse(&mapping, Path::new("m.toml")).expect("a good mapping");
        let head = "序号,企业名称,统一社会信用代码,成立日期,注册资本（万元）,规模,是否上市,认定年度,有效期\n";
        let rows: String = cells.chunks(9).map(|row| row.join(",") + "\n").collect();
        let mut text = format!("{head}{rows}").into_bytes();
        text.extend(bytes);
        let mut outcomes = 0;
        let options = options(ListFormat::Csv, mapping);
        let facts = read_list(Path::new("file"), Box::new(Cursor::new(text)), &options, &mut |_| {
            outcomes += 1;
            Ok(())
        });
        if let Ok(facts) = facts {
            prop_assert_eq!(facts.records, outcomes);
        }
    }
}

/// Returns a folder of real lists, or says aloud that there is none.
#[expect(clippy::disallowed_methods, reason = "only tests ask where the real data lies")]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real(name: &str) -> Option<PathBuf> {
    let root = std::env::var("LINGHANG_TEST_DATA").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("SKIPPED: no test data at {}", path.display());
    None
}

/// Read, kept, duplicates, rejected, joined; then the enterprises that readers see.
type Real = ([u64; 5], usize);

/// The A-share concepts repeat an enterprise for each concept; the unicorn list has two names twice; the investment list
/// has 161 rows twice, six more in another spelling of the name, and two without a name that says anything.
#[test]
fn real_lists_without_credit_codes_come_in_whole() {
    let lists: [(&str, &str, Real); 6] = [
        (
            "companies_ashare/stock_basic_2021.csv",
            "table = \"enterprises\"\nsource = \"a-share list\"\nid_scheme = \"ashare\"\n[columns]\nid = \"TS代码\"\nname = \"股票名称\"\nindustry = \"行业\"\n[fixed]\nlisted = \"是\"\n",
            ([4_347, 4_347, 0, 0, 0], 4_347),
        ),
        (
            "companies_ashare/stock_concept_2021.csv",
            "table = \"enterprises\"\nsource = \"a-share list\"\nid_scheme = \"ashare\"\n[columns]\nid = \"ts_code\"\nname = \"name\"\ntags = \"concept_name\"\n",
            ([11_402, 11_402, 0, 0, 7_886], 3_516),
        ),
        (
            "companies_unicorns/unicorn_companies_2022.csv",
            "table = \"enterprises\"\nsource = \"unicorn list\"\n[columns]\nname = \"Company\"\nindustry = \"Industry\"\nplace = \"City\"\ncountry = \"Country\"\nfounded = \"Year Founded\"\n",
            ([1_074, 1_074, 0, 0, 2], 1_072),
        ),
        (
            "companies_unicorns/unicorn_companies_2022.csv",
            "table = \"deals\"\nsource = \"unicorn list\"\ndate_format = \"%d-%m-%Y\"\n[columns]\nname = \"Company\"\ndate = \"Date Joined\"\nvaluation = \"Valuation\"\n[fixed]\nkind = \"other\"\n",
            ([1_074, 1_074, 0, 0, 0], 1_074),
        ),
        (
            "companies_yc/yc_companies_2026-08.csv.xz",
            "table = \"enterprises\"\nsource = \"accelerator directory\"\nid_scheme = \"yc\"\n[columns]\nid = \"id\"\nname = \"name\"\nwebsite = \"website\"\nabout = \"one_liner\"\nindustry = \"industry\"\ntags = \"tags\"\nplace = \"all_locations\"\n",
            ([6_079, 6_079, 0, 0, 0], 6_079),
        ),
        (
            "companies_crunchbase/investments_2013.csv.xz",
            "table = \"deals\"\nsource = \"investment list\"\ncurrency = \"USD\"\n[columns]\nname = \"company_name\"\ninvestor = \"investor_name\"\ndate = \"funded_when\"\namount = \"amount_usd\"\n[fixed]\nkind = \"equity\"\namount_covers = \"round\"\n",
            ([80_245, 80_076, 167, 2, 0], 80_076),
        ),
    ];
    let (mut found, mut expected) = (Vec::new(), Vec::new());
    for (file, mapping, known) in lists {
        let Some(path) = real(file) else { continue };
        let city = Fixture::new();
        let mapping = ListMapping::parse(mapping, Path::new("m.toml")).expect("a good mapping");
        let table = mapping.table;
        let options = ListOptions::new(ListFormat::Csv, day("2026-09-01"), mapping);
        let report = city.store.import_lists(&[path], &options, &NoProgress).expect("a good list");
        let counts = report.counts;
        assert_eq!(counts.read, counts.kept + counts.duplicates + counts.rejected, "{file}");
        let rows = city.rows(table, &["enterprise"]).len();
        let counts = [counts.read, counts.kept, counts.duplicates, counts.rejected, counts.joined];
        found.push((file, (counts, rows)));
        expected.push((file, known));
    }
    assert_eq!(found, expected);
}
