//! From a measured value to a share of the weight.

use linghang_expr::{Batch, Exact, Rounding, Valued};
use rustc_hash::FxHashMap;

use super::Points;
use crate::model::{RuleSet, Score, ScoreItem};

/// A share from 0 to 1: exact where the scale is, a double where it is a logarithm or a rank.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reached {
    /// Exact.
    Exact(Exact),
    /// Measured.
    Float(f64),
}

impl Reached {
    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Self::Exact(value) => value.to_f64(),
            Self::Float(value) => value,
        }
    }
}

/// The share of the weight that a value reaches. `rank` is the share of peers below, where the scale asks for it.
pub(crate) fn share(item: &ScoreItem, value: Exact, rank: Option<f64>) -> Option<Reached> {
    let scale = item.record.scale.as_ref()?;
    if scale.rank.is_some() {
        return rank.map(Reached::Float);
    }
    if !item.steps.is_empty() {
        let reached = item.steps.iter().rev().find(|(from, _)| value >= *from);
        return Some(Reached::Exact(reached.map_or(Exact::ZERO, |(_, share)| *share)));
    }
    let (low, high) = item.ends?;
    if value <= low {
        return Some(Reached::Exact(Exact::ZERO));
    }
    if value >= high {
        return Some(Reached::Exact(Exact::ONE));
    }
    if scale.log.is_some() {
        let (value, low, high) = (value.to_f64(), low.to_f64(), high.to_f64());
        return (low > 0.0).then(|| Reached::Float((value / low).ln() / (high / low).ln()));
    }
    value.sub(low)?.div(high.sub(low)?).map(Reached::Exact)
}

/// Weight times share, rounded half up to a millionth of a point.
pub(crate) fn points(weight: Exact, share: Reached) -> Option<Points> {
    let millionths = match share {
        Reached::Exact(share) => {
            weight.mul(share)?.mul(Exact::whole(1_000_000))?.round(Rounding::HalfUp)
        }
        Reached::Float(share) => (weight.to_f64() * share * 1e6).round() as i128,
    };
    i64::try_from(millionths).ok().map(Points)
}

/// For items that rank among peers: the values of all peers, sorted, by the label of the fact that groups them.
#[derive(Debug, Default)]
pub(crate) struct Ranks {
    by_item: Vec<Option<Peers>>,
}

#[derive(Debug)]
struct Peers {
    own: Vec<Option<Exact>>,
    fact: String,
    sorted: FxHashMap<u16, Vec<Exact>>,
}

impl Ranks {
    /// Reads the values of all enterprises, for items that need them.
    pub(crate) fn of(rules: &RuleSet, score: &Score, batch: &Batch) -> Self {
        let peers = score.items.iter().map(|item| {
            let fact = item.record.scale.as_ref()?.rank.clone()?;
            Some(Peers::read(rules, item, fact, batch))
        });
        Self { by_item: peers.collect() }
    }

    /// The share of peers with a known value that lie below this row.
    pub(crate) fn of_row(&self, item: usize, row: usize, batch: &Batch) -> Option<f64> {
        let peers = self.by_item.get(item)?.as_ref()?;
        let own = (*peers.own.get(row)?)?;
        let sorted = peers.sorted.get(&label(batch, &peers.fact, row)?)?;
        let below = sorted.partition_point(|value| *value < own);
        Some(below as f64 / sorted.len() as f64)
    }
}

impl Peers {
    fn read(rules: &RuleSet, item: &ScoreItem, fact: String, batch: &Batch) -> Self {
        let rows: Vec<u32> = (0..batch.rows() as u32).collect();
        let values = item.of.program.values(batch, &rows, rules.as_of.legal);
        let known = |value| match value {
            Valued::Known(value) => Some(value),
            Valued::Unknown(_) | Valued::Overflow => None,
        };
        let own: Vec<Option<Exact>> = values.into_iter().map(known).collect();
        let mut sorted: FxHashMap<u16, Vec<Exact>> = FxHashMap::default();
        for (row, value) in own.iter().enumerate() {
            if let (Some(value), Some(label)) = (value, label(batch, &fact, row)) {
                sorted.entry(label).or_default().push(*value);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for values in sorted.values_mut() {
            values.sort_unstable();
        }
        Self { own, fact, sorted }
    }
}

fn label(batch: &Batch, fact: &str, row: usize) -> Option<u16> {
    match batch.value(fact, row)? {
        linghang_expr::Value::Label(code) => Some(code),
        _ => None,
    }
}
