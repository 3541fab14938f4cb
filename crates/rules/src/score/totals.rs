//! The total of a score, or of one class of it, for everybody: a fact that rules may use.

use linghang_expr::Batch;
use rayon::prelude::*;

use super::scale::Ranks;
use super::{Points, score_row};
use crate::model::{RuleSet, Score};

/// Totals by row; nothing where the score is refused or a fact is missing.
pub(crate) fn totals(
    rules: &RuleSet,
    batch: &Batch,
    score: &Score,
    class: Option<&str>,
) -> Vec<Option<Points>> {
    let ranks = Ranks::of(rules, score, batch);
    let one = |row: usize| {
        let scored = score_row(rules, batch, score, row, &ranks);
        scored.points.map(|total| match class {
            None => total,
            Some(class) => {
                let items = scored.items.iter().filter(|item| item.class.as_deref() == Some(class));
                Points(items.filter_map(|item| item.points).map(|points| points.0).sum())
            }
        })
    };
    (0..batch.rows()).into_par_iter().map(one).collect()
}
