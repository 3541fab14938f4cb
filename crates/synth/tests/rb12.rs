//! The workload is the one that everyone else measures: its twelve rules, evaluated here the plain way, give the golden
//! figures.
//!
//! The figures were made with `python3 bench/peers/rb12.py N` (numpy 2.4.6), which shares no code with this crate. Those
//! at 1,000,000 rows are also the published ones of the workload.

use linghang_synth::rb12::{Row, batches, row, schema};

/// Yes, unknown and total in fen, by rule.
type Golden = [(u64, u64, i64); 12];

const AT_100_000: Golden = [
    (494, 9, 9_880_000_000),
    (77, 3, 7_700_000_000),
    (13_576, 264, 104_358_716_750),
    (656, 25, 13_120_000_000),
    (1_846, 37, 679_963_411_515),
    (248, 5, 93_321_362_980),
    (207, 2, 30_700_000_000),
    (272, 5, 10_891_290_418),
    (157, 1, 29_581_054_310),
    (477, 15, 615_575_664_480),
    (202, 4, 5_560_000_000),
    (108, 15, 10_200_125_920),
];

const AT_1_000_000: Golden = [
    (4_851, 111, 97_020_000_000),
    (774, 13, 77_400_000_000),
    (136_134, 2_883, 1_058_479_283_375),
    (7_094, 159, 141_880_000_000),
    (18_924, 396, 6_970_643_961_265),
    (2_463, 57, 970_505_957_420),
    (2_003, 46, 302_600_000_000),
    (2_682, 63, 110_392_610_090),
    (1_647, 28, 309_429_952_900),
    (4_845, 119, 6_009_621_477_080),
    (1_931, 36, 56_730_000_000),
    (1_005, 214, 90_477_907_800),
];

/// 2025-06-30.
const DAY: i32 = 20_269;

/// Whether each rule holds, the gate aside, and what it pays; `None` where the fee rate is not known.
fn rules(row: &Row) -> [(Option<bool>, f64); 12] {
    let yes = |holds: bool| Some(holds);
    let ratio = row.rd1 / row.rev1;
    let threshold = if row.rev1 <= 5e7 {
        0.05
    } else if row.rev1 <= 2e8 {
        0.04
    } else {
        0.03
    };
    let rate = if row.size <= 1 { 0.10 } else { 0.05 };
    let risk = row.loan > 0.0 && row.loss > 0.0 && row.size <= 1;
    let grade = if row.inc_grade == Some("excellent") { 2e6 } else { 1e6 };
    let platform = if row.plat_level == Some("national") { 5e6 } else { 2e6 };
    let stage = [5e6, 5e6, 1e7, 3e7][row.bio_stage as usize];
    let rank = [0.0, 500_000.0, 300_000.0, 100_000.0][row.comp_rank.unwrap_or(0) as usize];
    [
        (yes(row.srdi_year == Some(2025)), 200_000.0),
        (yes(row.giant_year == Some(2025)), 1e6),
        (
            yes(row.rd1 >= 1e6 && ratio >= 0.03 && row.rd2 > 0.0 && row.rd1 > 1.05 * row.rd2),
            ((row.rd1 - row.rd2) * rate).min(2e6),
        ),
        (
            yes(row.hte_until.is_some_and(|day| day >= DAY)
                && row.hte_cum < 1e6
                && row.ht_rev / row.rev1 >= 0.6
                && ratio >= threshold),
            (1e6 - row.hte_cum).min(200_000.0),
        ),
        (yes(row.invest >= 1e6), (0.15 * row.invest).min(5e6)),
        (
            yes(row.equip > 0.0 && [1, 2, 3, 4, 7].contains(&row.industry)),
            (0.2 * row.equip).min(1e7 - row.equip_ytd).max(0.0),
        ),
        (yes(row.inc_grade.is_some()), grade),
        (yes(row.tt_volume >= 5e6), (0.02 * row.tt_volume).min(500_000.0)),
        (yes(row.plat_level.is_some() && row.rev1 >= 2e7), (0.3 * row.plat_invest).min(platform)),
        (yes(row.industry == 5 && row.bio_stage >= 1), (0.4 * row.bio_cost).min(stage)),
        (yes(row.comp_rank.is_some()), rank),
        (
            if risk { row.fee_rate.map(|rate| rate <= 0.01) } else { Some(false) },
            (0.4 * row.loss).min(2e6),
        ),
    ]
}

fn totals(rows: u64) -> Golden {
    let mut totals = Golden::default();
    for number in 0..rows {
        let row = row(number);
        let gate =
            if row.accident { Some(false) } else { row.dishonest.map(|dishonest| !dishonest) };
        for ((holds, amount), (yes, unknown, total)) in rules(&row).into_iter().zip(&mut totals) {
            match (holds, gate) {
                (Some(false), _) | (_, Some(false)) => {}
                (Some(true), Some(true)) => {
                    *yes += 1;
                    *total += (amount * 100.0).round_ties_even() as i64;
                }
                _ => *unknown += 1,
            }
        }
    }
    totals
}

#[test]
fn the_rules_give_the_golden_figures_at_a_hundred_thousand_rows() {
    assert_eq!(totals(100_000), AT_100_000);
}

#[test]
#[ignore = "a million rows; run with --ignored"]
fn the_rules_give_the_published_figures_at_a_million_rows() {
    assert_eq!(totals(1_000_000), AT_1_000_000);
}

#[test]
fn the_table_is_the_same_in_batches_of_any_size() {
    let whole: Vec<_> = batches(5_000, 5_000).map(|batch| batch.expect("columns fit")).collect();
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].schema(), schema());
    for step in [1, 7, 4_096, 9_999] {
        let mut first = 0;
        for batch in batches(5_000, step) {
            let batch = batch.expect("columns fit");
            assert_eq!(batch, whole[0].slice(first, batch.num_rows()), "batches of {step}");
            first += batch.num_rows();
        }
        assert_eq!(first, 5_000);
    }
}
