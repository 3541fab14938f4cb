//! Deals and payments of made-up enterprises. Streams 300 to 399, and 10,000 and up.

use chrono::Datelike as _;
use linghang_evidence::enterprise::Value;

use super::plan::CityPlan;
use super::profile::Profile;

/// Rounds of equity with the size of the first in yuan and what follows.
const ROUNDS: [(&str, f64); 4] = [("angel", 4e6), ("A", 2.5e7), ("B", 9e7), ("C", 2.5e8)];

/// A deal or payment as values of its table's own columns, by name.
pub(super) type Entry = Vec<(&'static str, Value)>;

/// Returns the deals of an enterprise, oldest first.
pub(super) fn deals(plan: &CityPlan, number: u64, profile: &Profile) -> Vec<Entry> {
    let (draw, last_day) = (profile.draw, plan.as_of.to_epoch_days());
    let mut found = Vec::new();
    if profile.is_funded {
        let mut day = profile.founded + 90 + draw.below(300, 500) as i32;
        for (place, (round, size)) in ROUNDS.iter().enumerate() {
            let stream = 310 + 10 * place as u64;
            if day > last_day || draw.chance(stream, 0.35) {
                break;
            }
            let yuan = size * draw.between(stream + 1, 0.4, 2.5);
            let amount = hundred_thousands(yuan);
            let dilution = draw.between(stream + 2, 0.08, 0.22);
            let mut entry = deal(number, place, day, "equity", round);
            // Some rounds are announced without their amount.
            if !draw.chance(stream + 3, 0.12) {
                entry.push(("amount", Value::Whole(amount)));
                entry.push(("amount_covers", text("round")));
                entry.push(("currency", text("CNY")));
                entry.push(("valuation", Value::Whole(hundred_thousands(yuan / dilution))));
            }
            let house = draw.below(stream + 4, 900);
            entry.push(("investor", text(&format!("虚拟创投第{house:03}号"))));
            found.push(entry);
            day += 300 + draw.below(stream + 5, 500) as i32;
        }
    }
    if profile.age(plan) >= 2 && draw.chance(360, 0.04) {
        let day = last_day - draw.below(361, 700) as i32;
        let revenue = profile.last().map_or(0, |year| year.revenue) as f64;
        let mut entry = deal(number, ROUNDS.len(), day, "debt", "loan");
        entry.push((
            "amount",
            Value::Whole(hundred_thousands(revenue * draw.between(362, 0.05, 0.4))),
        ));
        entry.push(("amount_covers", text("investor")));
        entry.push(("currency", text("CNY")));
        entry.push(("investor", text(&format!("虚拟银行第{:02}号", draw.below(363, 30)))));
        found.push(entry);
    }
    found
}

fn deal(number: u64, place: usize, day: i32, kind: &str, round: &str) -> Entry {
    vec![
        ("reference", text(&format!("SYN-D{number}-{place}"))),
        ("date", Value::Day(day)),
        ("date_precision", text("day")),
        ("kind", text(kind)),
        ("round", text(round)),
    ]
}

/// Returns the payments of an enterprise, by programme.
pub(super) fn payments(plan: &CityPlan, number: u64, profile: &Profile) -> Vec<Entry> {
    let draw = profile.draw;
    let mut found = Vec::new();
    // Those who hold a title know the way to the counter.
    let probability = if profile.titles.is_empty() { 0.002 } else { 0.12 };
    for (place, programme) in plan.programmes.iter().enumerate() {
        let stream = 10_000 + 8 * place as u64;
        if !draw.chance(stream, probability) {
            continue;
        }
        let year = plan.as_of.year() - 1 - draw.below(stream + 1, 3) as i32;
        if year < profile.founded_year {
            continue;
        }
        let start =
            chrono::NaiveDate::from_ymd_opt(year, 4, 1).map_or(0, |day| day.to_epoch_days());
        let decided = (start + draw.below(stream + 2, 150) as i32).max(profile.founded);
        let paid = decided + 20 + draw.below(stream + 3, 60) as i32;
        // Twenty thousand to a million yuan, in steps of ten thousand.
        let amount = (2 + draw.below(stream + 4, 99) as i64) * 1_000_000;
        let entry = |part: &str, decided: i32, paid: i32, amount: i64| {
            let mut entry = vec![
                ("reference", text(&format!("SYN-P{number}-{place}{part}"))),
                ("programme", text(&programme.id)),
                ("clause", text("虚拟条款")),
                ("decided_on", Value::Day(decided)),
                ("paid_on", Value::Day(paid)),
                ("amount", Value::Whole(amount)),
                ("project", text(&format!("SYN-{number}-{place}"))),
                ("payer", text("虚拟拨付单位")),
            ];
            if let Some(award) = &programme.award {
                entry.push(("award", text(award)));
            }
            entry
        };
        found.push(entry("", decided, paid, amount));
        // Few have to give something back.
        if draw.chance(stream + 5, 0.01) {
            found.push(entry("-back", paid + 120, paid + 150, -amount / 2));
        }
    }
    let last_day = plan.as_of.to_epoch_days();
    found.retain(|entry| {
        entry.iter().all(|(_, value)| !matches!(value, Value::Day(day) if *day > last_day))
    });
    found
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Rounds yuan to a hundred thousand and returns fen.
fn hundred_thousands(yuan: f64) -> i64 {
    (yuan / 100_000.0).round() as i64 * 10_000_000
}
