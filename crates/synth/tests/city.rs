//! Laws of the made-up city: the same seed gives the same rows, nothing passes for real, and the marginals are those
//! that are said.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type, Int64Type};
use arrow_array::{Array as _, RecordBatch};
use chrono::NaiveDate;
use linghang_evidence::enterprise::{Table, code, qualifications};
use linghang_evidence::{EvidenceError, NewSnapshot, NoProgress, Store, TableQuery};
use linghang_synth::city::{CityPlan, rows};

fn plan(enterprises: u64, seed: u64) -> CityPlan {
    CityPlan::new(enterprises, seed, NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day"))
}

fn all(plan: &CityPlan, table: Table) -> Vec<RecordBatch> {
    rows(plan, table).map(|batch| batch.expect("columns fit")).collect()
}

fn count(batches: &[RecordBatch]) -> usize {
    batches.iter().map(RecordBatch::num_rows).sum()
}

/// Calls `visit` with each value of a whole-number column.
fn wholes(batches: &[RecordBatch], column: &str) -> Vec<Option<i64>> {
    let array = |batch: &RecordBatch| {
        let column = batch.column_by_name(column).expect("a column");
        column.as_primitive::<Int64Type>().iter().collect::<Vec<_>>()
    };
    batches.iter().flat_map(array).collect()
}

#[test]
fn a_row_is_a_function_of_seed_and_number_alone() {
    for table in Table::ALL {
        let large = all(&plan(20_000, 3), *table);
        let small = all(&plan(5_000, 3), *table);
        let mut first = small
            .iter()
            .flat_map(|batch| (0..batch.num_rows()).map(move |row| batch.slice(row, 1)));
        // The smaller city is the beginning of the larger one.
        for row in large
            .iter()
            .flat_map(|batch| (0..batch.num_rows()).map(move |row| batch.slice(row, 1)))
            .take(1_000)
        {
            let Some(known) = first.next() else { break };
            assert_eq!(known, row, "{table}");
        }
        assert_ne!(
            all(&plan(100, 4), *table).first(),
            all(&plan(100, 3), *table).first(),
            "{table}"
        );
    }
}

#[test]
fn every_row_says_that_it_is_made_up_and_no_code_can_be_real() {
    let plan = plan(10_000, 1);
    for table in Table::ALL {
        for batch in all(&plan, *table) {
            let source = batch.column_by_name("source").expect("a source").as_string::<i32>();
            assert!(source.iter().all(|source| source == Some("synthetic")), "{table}");
            let ids = batch.column_by_name("enterprise").expect("an id").as_string::<i32>();
            for id in ids.iter().flatten() {
                let code = id.strip_prefix("uscc:").expect("a code");
                assert!(code::is_made_up(code) && code::parse(code).is_ok(), "{code}");
            }
        }
    }
    for batch in all(&plan, Table::Enterprises) {
        let names = batch.column_by_name("name_zh").expect("a name").as_string::<i32>();
        assert!(names.iter().flatten().all(|name| name.contains("虚拟")));
    }
}

#[test]
fn the_marginals_are_those_of_a_city() {
    let plan = plan(40_000, 1);
    let enterprises = all(&plan, Table::Enterprises);
    let years = all(&plan, Table::EnterpriseYears);
    assert_eq!(count(&enterprises), 40_000);
    let mut staff: Vec<i64> = wholes(&years, "staff").into_iter().flatten().collect();
    staff.sort_unstable();
    let at = |share: f64| staff[(staff.len() as f64 * share) as usize];
    assert!((2..=8).contains(&at(0.5)), "the middle one has {} people", at(0.5));
    assert!(at(0.99) > 100 && staff[staff.len() - 1] > 2_000, "the tail is long: {}", at(0.99));
    let holding = |id: &str| {
        let of = |batch: &RecordBatch| {
            let lists =
                batch.column_by_name("qualifications").expect("titles").as_list::<i32>().clone();
            (0..batch.num_rows())
                .filter(|row| {
                    qualifications(&lists, *row)
                        .is_some_and(|titles| titles.iter().any(|title| title.id == id))
                })
                .count()
        };
        enterprises.iter().map(of).sum::<usize>()
    };
    let rungs = ["tech-sme", "high-tech", "srdi", "little-giant"].map(holding);
    assert!(rungs.is_sorted_by(|low, high| low > high) && rungs[3] > 0, "{rungs:?}");
    let missing = wholes(&years, "rd_expense").iter().filter(|value| value.is_none()).count();
    assert!(
        missing * 10 > count(&years) && missing < count(&years),
        "{missing} without R&D expense"
    );
    assert!(wholes(&all(&plan, Table::Payments), "amount").iter().flatten().any(|fen| *fen < 0));
    assert!(count(&all(&plan, Table::Deals)) > 100);
}

#[test]
fn no_title_figure_or_payment_is_older_than_its_enterprise_or_of_the_future() {
    let plan = plan(5_000, 2);
    let today = plan.as_of.to_epoch_days();
    for batch in all(&plan, Table::Enterprises) {
        let founded = batch.column_by_name("founded").expect("a day").as_primitive::<Date32Type>();
        let lists = batch.column_by_name("qualifications").expect("titles").as_list::<i32>();
        for row in 0..batch.num_rows() {
            for title in qualifications(lists, row).expect("titles") {
                let granted = title.granted.expect("a day");
                assert!(granted <= today && (founded.is_null(row) || founded.value(row) < granted));
                assert!(title.valid_until.is_some_and(|until| until > granted));
            }
        }
    }
    for batch in all(&plan, Table::EnterpriseYears) {
        let years = batch.column_by_name("year").expect("a year").as_primitive::<Int32Type>();
        assert!(years.iter().flatten().all(|year| (2023..=2025).contains(&year)));
    }
    for batch in all(&plan, Table::Payments) {
        let paid = batch.column_by_name("paid_on").expect("a day").as_primitive::<Date32Type>();
        assert!(paid.iter().flatten().all(|day| day <= today));
    }
}

#[test]
fn a_pack_gives_the_districts_the_programmes_and_the_columns_that_its_facts_ask_for() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    let pack = linghang_pack::load(&folder).pack.expect("the example pack is good");
    let plan =
        CityPlan::from_pack(3_000, 1, NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day"), &pack);
    assert!(plan.districts.iter().all(|id| pack.districts.contains_key(id)));
    assert!(plan.programmes.iter().all(|programme| pack.programmes.contains_key(&programme.id)));
    let schema = rows(&plan, Table::Enterprises).schema();
    for fact in pack.facts.values() {
        let from = fact.from.as_ref().filter(|from| from.table == "enterprises");
        let has = from.is_none_or(|from| schema.field_with_name(&from.column).is_ok());
        assert!(has, "{} has no column", fact.id);
    }
    assert_eq!(count(&all(&plan, Table::Enterprises)), 3_000);
}

#[test]
fn a_city_is_stored_and_read_back_whatever_the_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(9_000, 5);
    let hash_with = |threads: usize| {
        let store = Store::open(&folder.path().join(format!("home-{threads}")));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut hashes = Vec::new();
        for table in Table::ALL {
            let new = NewSnapshot {
                table: *table,
                retrieved: plan.as_of,
                format: "synth-city".to_owned(),
                source: linghang_synth::SOURCE.to_owned(),
                recipe: plan.recipe(),
            };
            let made = |error: arrow_schema::ArrowError| EvidenceError::Damaged {
                path: "memory".into(),
                message: error.to_string(),
            };
            let batches = rows(&plan, *table).map(|batch| batch.map_err(made));
            let (manifest, is_new) =
                pool.install(|| store.write_table(&new, batches, &NoProgress)).expect("written");
            assert!(is_new && manifest.source.as_deref() == Some("synthetic"));
            let read = store.read_table(*table, &TableQuery::default()).expect("stored");
            let read: usize = read.map(|batch| batch.expect("readable").num_rows()).sum();
            assert_eq!(read as u64, manifest.counts.kept, "{table}");
            let again = store.write_table(&new, std::iter::empty(), &NoProgress).expect("known");
            assert!(!again.1, "the same recipe writes nothing");
            hashes.push(manifest.content_hash);
        }
        hashes
    };
    assert_eq!(hash_with(1), hash_with(3));
}

/// Writes three million enterprises; run with `--ignored --nocapture` under a tool that measures memory.
#[test]
#[ignore = "minutes and gigabytes"]
fn three_million_enterprises_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(3_000_000, 1);
    let store = Store::open(folder.path());
    for table in Table::ALL {
        let started = std::time::Instant::now();
        let new = NewSnapshot {
            table: *table,
            retrieved: plan.as_of,
            format: "synth-city".to_owned(),
            source: linghang_synth::SOURCE.to_owned(),
            recipe: plan.recipe(),
        };
        let batches = rows(&plan, *table).map(|batch| Ok(batch.expect("columns fit")));
        let (manifest, _) = store.write_table(&new, batches, &NoProgress).expect("written");
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("{table}: {} rows in {seconds:.1} s", manifest.counts.kept);
        assert!(manifest.counts.kept > 0);
    }
}
