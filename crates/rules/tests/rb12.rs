//! Workload RB-12: the golden figures, and that threads, batches and the order of rows change nothing.

mod support;

use linghang_core::Fen;
use linghang_rules::near_miss::{Search, near_misses};
use linghang_rules::{Mode, Options, Run, run};
use support::{population, rules};

/// Rows of the quick test. The figures come from `bench/peers/rb12.py 100000`, which shares no code with this.
const ROWS: u64 = 100_000;

fn explained(batch_rows: usize) -> Options {
    Options { batch_rows, mode: Mode::Explained }
}

/// What a run comes to, written out.
fn written(run: &Run) -> String {
    let rules = serde_json::to_string(&run.rules).expect("plain data");
    let pools = serde_json::to_string(&run.pools).expect("plain data");
    let lines: Vec<String> =
        run.lines().map(|l| serde_json::to_string(l).expect("plain")).collect();
    format!("{rules}\n{pools}\n{}", lines.join("\n"))
}

#[test]
fn the_golden_figures_of_one_hundred_thousand_rows() {
    let rules = rules(1);
    let numbers: Vec<u64> = (0..ROWS).collect();
    let run = run(&rules, &population(&rules, &numbers, &[]), Options::default());
    let found: Vec<String> = run
        .rules
        .iter()
        .map(|rule| format!("{} {} {}", rule.yes, rule.unknown, rule.gross_fen.0))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    494 9 9880000000
    77 3 7700000000
    13576 264 104358716750
    656 25 13120000000
    1846 37 679963411515
    248 5 93321362980
    207 2 30700000000
    272 5 10891290418
    157 1 29581054310
    477 15 615575664480
    202 4 5560000000
    108 15 10200125920
    ");
}

#[test]
fn threads_and_batches_change_no_byte() {
    let rules = rules(2);
    let numbers: Vec<u64> = (0..20_000).collect();
    let people = population(&rules, &numbers, &[]);
    let with = |threads: usize, options: Options| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| written(&run(&rules, &people, options)))
    };
    let first = with(1, explained(4_096));
    for (threads, rows) in [(2, 32_768), (8, 1_000), (3, 131_072), (2, 64)] {
        assert_eq!(first, with(threads, explained(rows)), "{threads} threads, {rows} rows");
    }
}

#[test]
fn the_order_of_rows_changes_no_payment() {
    let rules = rules(1);
    let forward: Vec<u64> = (0..20_000).collect();
    let mut turned = forward.clone();
    turned.reverse();
    let paid = |numbers: &[u64]| {
        let people = population(&rules, numbers, &[]);
        let run = run(&rules, &people, Options::default());
        let mut lines: Vec<(String, u16, Fen)> = run
            .lines()
            .map(|line| (people.ids.value(line.row as usize).to_owned(), line.award, line.paid))
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(paid(&forward), paid(&turned));
}

#[test]
fn explained_and_plain_agree_and_near_misses_are_counted_alike() {
    let rules = rules(1);
    let numbers: Vec<u64> = (0..10_000).collect();
    let people = population(&rules, &numbers, &[]);
    let plain = run(&rules, &people, Options::default());
    let kept = run(&rules, &people, explained(32_768));
    for (a, b) in plain.rules.iter().zip(&kept.rules) {
        assert_eq!((a.yes, a.no, a.unknown, a.paid_fen), (b.yes, b.no, b.unknown, b.paid_fen));
    }
    let near = near_misses(&rules, &people, Search { only_curable: false, ..Search::default() });
    for rule in &kept.rules {
        let own = near.counts.iter().filter(|count| count.award == rule.id);
        let exact: u64 = own.map(|count| count.enterprises).sum();
        // The run also counts those of whom another fact is missing.
        assert!(rule.one_short.is_some_and(|near| near >= exact && exact > 0), "{}", rule.id);
    }
}

#[test]
fn a_pool_pays_exactly_what_it_holds() {
    let rules = rules(1);
    let numbers: Vec<u64> = (0..ROWS).collect();
    let people = population(&rules, &numbers, &[]);
    let run = run(&rules, &people, Options::default());
    let pool = &run.pools[0];
    assert_eq!(pool.paid.0, pool.available.0.min(pool.demand.0));
    assert_eq!(run.rules[2].paid_fen, pool.paid);
}

/// `RB12_ROWS=3000000 RB12_COPIES=17 cargo test --release -p linghang-rules --test rb12 -- --ignored --nocapture`
#[test]
#[ignore = "measures; run it in release"]
#[expect(clippy::disallowed_methods, reason = "the size of a measurement is chosen by hand")]
fn measured() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (rows, copies) = (number("RB12_ROWS", 1_000_000), number("RB12_COPIES", 1));
    let start = std::time::Instant::now();
    let rules = rules(copies as usize);
    eprintln!(
        "{} awards, {} conditions, compiled in {:?}",
        rules.awards.len(),
        rules.leaves.len(),
        start.elapsed()
    );
    let numbers: Vec<u64> = (0..rows).collect();
    let people = population(&rules, &numbers, &[]);
    for mode in [Mode::Plain, Mode::Explained] {
        for _ in 0..4 {
            let start = std::time::Instant::now();
            let done = run(&rules, &people, Options { mode, ..Options::default() });
            eprintln!(
                "{mode:?} {:?} lines {} paid {}",
                start.elapsed(),
                done.lines().count(),
                done.paid().0
            );
        }
    }
    let done = run(&rules, &people, explained(32_768));
    for rule in done.rules.iter().take(12) {
        eprintln!(
            "{} {} {} {} {:?}",
            rule.id, rule.yes, rule.unknown, rule.gross_fen.0, rule.one_short
        );
    }
    let start = std::time::Instant::now();
    let near = near_misses(&rules, &people, Search::default());
    eprintln!("near misses {:?}, {}", start.elapsed(), near.list.len());
    let start = std::time::Instant::now();
    for row in 0..100 {
        let explained = linghang_rules::explain(&rules, &people, row, Some(&done));
        assert_eq!(explained.awards.len(), rules.awards.len());
    }
    eprintln!("one explanation {:?}", start.elapsed() / 100);
}
