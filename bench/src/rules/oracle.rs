//! Amounts of RB-12 once more, with whole numbers of any size and no code of the engine.

use anyhow::Result;
use linghang_rules::Run;
use linghang_synth::rb12::{Row, row};
use num_bigint::BigInt;

/// Compares every gross amount of a run over the first rows of the table. Returns how many were compared, and the
/// largest difference in fen.
pub(crate) fn compare(run: &Run) -> Result<(u64, u64)> {
    let (mut compared, mut worst) = (0, 0);
    for line in run.lines() {
        let row = row(line.row.into());
        let expected = i64::try_from(amount(&row, line.award + 1))?;
        worst = worst.max(expected.abs_diff(line.gross.0));
        compared += 1;
    }
    Ok((compared, worst))
}

/// The amount in fen of a rule for a row that is eligible.
fn amount(row: &Row, rule: u16) -> BigInt {
    // The table's amounts are whole yuan.
    let fen = |yuan: f64| BigInt::from(yuan as i64) * 100;
    let yuan = |yuan: i64| BigInt::from(yuan) * 100;
    let percent = |amount: BigInt, percent: i64| half_up(&(amount * percent), 100);
    match rule {
        1 => yuan(200_000),
        2 => yuan(1_000_000),
        3 => {
            let rate = if row.size <= 1 { 10 } else { 5 };
            percent(fen(row.rd1) - fen(row.rd2), rate).min(yuan(2_000_000))
        }
        4 => yuan(200_000).min(yuan(1_000_000) - fen(row.hte_cum)),
        5 => percent(fen(row.invest), 15).min(yuan(5_000_000)),
        6 => percent(fen(row.equip), 20).min(yuan(10_000_000) - fen(row.equip_ytd)).max(yuan(0)),
        7 => yuan(if row.inc_grade == Some("excellent") { 2_000_000 } else { 1_000_000 }),
        8 => percent(fen(row.tt_volume), 2).min(yuan(500_000)),
        9 => {
            let most = if row.plat_level == Some("national") { 5_000_000 } else { 2_000_000 };
            percent(fen(row.plat_invest), 30).min(yuan(most))
        }
        10 => {
            let most = [5_000_000, 10_000_000, 30_000_000][(row.bio_stage - 1) as usize];
            percent(fen(row.bio_cost), 40).min(yuan(most))
        }
        11 => yuan([500_000, 300_000, 100_000][(row.comp_rank.unwrap_or(1) - 1) as usize]),
        _ => percent(fen(row.loss), 40).min(yuan(2_000_000)),
    }
}

/// A quotient of an amount that is not negative, rounded half up.
fn half_up(above: &BigInt, below: i64) -> BigInt {
    (above * 2 + below) / (below * 2)
}
