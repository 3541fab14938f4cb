//! What a run comes to.

use arrow_buffer::BooleanBuffer;
use linghang_core::{Bilingual, Fen, PackRef};
use linghang_expr::Truth;
use rayon::prelude::*;
use serde::Serialize;

use super::Mode;
use super::judge::{Decision, Seen, Verdict};
use crate::model::{AsOf, Idle, LeafIx, RuleSet};
use crate::money::pool::PoolResult;
use crate::money::split::split;

/// What one award gives to one enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PaidLine {
    /// Row of the enterprise.
    pub row: u32,
    /// Place of the award.
    pub award: u16,
    /// What the clause gives, before any limit.
    pub gross: Fen,
    /// What is paid, after all limits and pools.
    pub paid: Fen,
}

/// One award over all enterprises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleResult {
    /// `programme/award`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Enterprises that qualify.
    pub yes: u64,
    /// Enterprises that surely do not.
    pub no: u64,
    /// Enterprises of which a fact is missing.
    pub unknown: u64,
    /// Enterprises that people must look at.
    pub review: u64,
    /// Enterprises whose evidence is broken.
    pub error: u64,
    /// Enterprises that miss exactly one requirement; only in explained mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_short: Option<u64>,
    /// Sum before all limits.
    pub gross_fen: Fen,
    /// Sum after caps, stacking and ceiling, before pools.
    pub due_fen: Fen,
    /// Sum that is paid.
    pub paid_fen: Fen,
    /// Who pays how much of it, in the order of their names.
    pub payers: Vec<(String, Fen)>,
}

/// A run of all awards over all enterprises.
#[derive(Debug, Clone)]
pub struct Run {
    /// The day.
    pub as_of: AsOf,
    /// The pack.
    pub pack: PackRef,
    /// Number of enterprises.
    pub rows: usize,
    /// One for each award, in the order of their ids.
    pub rules: Vec<RuleResult>,
    /// One for each pool.
    pub pools: Vec<PoolResult>,
    /// Awards that are not computed.
    pub idle: Vec<Idle>,
    pub(crate) parts: Vec<Part>,
}

/// What one batch came to.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) start: usize,
    pub(crate) rows: usize,
    pub(crate) counts: Vec<Counts>,
    pub(crate) lines: Vec<PaidLine>,
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) leaves: Vec<Option<Truth>>,
    pub(crate) near: Vec<BooleanBuffer>,
}

/// Decisions of one award in one batch.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    yes: u64,
    no: u64,
    review: u64,
    error: u64,
    near: u64,
}

impl Part {
    pub(crate) fn new(
        start: usize,
        seen: Seen,
        verdicts: Vec<Verdict>,
        lines: Vec<PaidLine>,
        mode: Mode,
    ) -> Self {
        let rows = verdicts.first().map_or(0, |verdict| verdict.masks.yes.len());
        let counts = verdicts.iter().enumerate().map(|(at, verdict)| {
            let count = |bits: &BooleanBuffer| bits.count_set_bits() as u64;
            Counts {
                yes: count(&verdict.masks.yes),
                no: count(&verdict.masks.no),
                review: verdict.masks.review.as_ref().map_or(0, count),
                error: verdict.masks.error.as_ref().map_or(0, count),
                near: seen.near.get(at).map_or(0, count),
            }
        });
        let counts = counts.collect();
        let verdicts = match mode {
            Mode::Plain => Vec::new(),
            Mode::Explained => verdicts,
        };
        Self { start, rows, counts, lines, verdicts, leaves: seen.leaves, near: seen.near }
    }
}

impl Run {
    pub(crate) fn collect(rules: &RuleSet, rows: usize, parts: Vec<Part>) -> Self {
        let results = rules.awards.iter().enumerate().map(|(at, award)| {
            let sum = |of: fn(&Counts) -> u64| parts.iter().map(|part| of(&part.counts[at])).sum();
            let (yes, no): (u64, u64) = (sum(|counts| counts.yes), sum(|counts| counts.no));
            let (review, error): (u64, u64) = (sum(|c| c.review), sum(|c| c.error));
            let is_kept = parts.iter().any(|part| !part.near.is_empty());
            RuleResult {
                id: award.id.clone(),
                name: award.name.clone(),
                yes,
                no,
                unknown: rows as u64 - yes - no - review - error,
                review,
                error,
                one_short: is_kept.then(|| sum(|counts| counts.near)),
                gross_fen: Fen(0),
                due_fen: Fen(0),
                paid_fen: Fen(0),
                payers: Vec::new(),
            }
        });
        let results: Vec<RuleResult> = results.collect();
        Self {
            as_of: rules.as_of,
            pack: rules.pack.clone(),
            rows,
            rules: results,
            pools: Vec::new(),
            idle: rules.idle.clone(),
            parts,
        }
    }

    /// All payments by row, then award; those of nothing among them, because a yes that is not paid is still a yes.
    pub fn lines(&self) -> impl Iterator<Item = &PaidLine> {
        self.parts.iter().flat_map(|part| &part.lines)
    }

    /// The payments to one enterprise.
    pub fn lines_of(&self, row: usize) -> &[PaidLine] {
        let Some(part) = self.part(row) else { return &[] };
        let from = part.lines.partition_point(|line| (line.row as usize) < row);
        let to = part.lines.partition_point(|line| line.row as usize <= row);
        &part.lines[from..to]
    }

    /// The decision of an award on an enterprise; only in explained mode.
    pub fn decision(&self, award: usize, row: usize) -> Option<Decision> {
        let part = self.part(row)?;
        part.verdicts.get(award).map(|verdict| verdict.of(row - part.start))
    }

    /// Whether an enterprise misses exactly one requirement of an award; only in explained mode.
    pub fn is_one_short(&self, award: usize, row: usize) -> Option<bool> {
        let part = self.part(row)?;
        part.near.get(award).map(|near| near.value(row - part.start))
    }

    /// The truth of a condition for an enterprise: yes, no, or not known; nothing where it was not kept.
    pub fn condition(&self, leaf: LeafIx, row: usize) -> Option<Option<bool>> {
        let part = self.part(row)?;
        let truth = part.leaves.get(leaf)?.as_ref()?;
        let at = row - part.start;
        Some(match (truth.sure.value(at), truth.surely_not.value(at)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        })
    }

    /// What all awards pay together.
    pub fn paid(&self) -> Fen {
        Fen(self.rules.iter().map(|rule| rule.paid_fen.0).sum())
    }

    /// Notes what is due before the pools, by award.
    pub(crate) fn note_due(&mut self) {
        let awards = self.rules.len();
        let due = self.parts.par_iter().map(|part| {
            let mut due = vec![0_i128; awards];
            for line in &part.lines {
                due[usize::from(line.award)] += i128::from(line.paid.0);
            }
            due
        });
        let due = due.reduce(|| vec![0; awards], |sum, part| added(sum, &part));
        for (rule, sum) in self.rules.iter_mut().zip(due) {
            rule.due_fen = fen(sum);
        }
    }

    /// Adds the lines up, by award and by who pays.
    pub(crate) fn add_up(&mut self, rules: &RuleSet) {
        let sums = self.parts.par_iter().map(|part| Sums::of(rules, &part.lines));
        let sums = sums.reduce(|| Sums::new(rules), |sum, part| sum.plus(&part));
        for (at, rule) in self.rules.iter_mut().enumerate() {
            rule.gross_fen = fen(sums.gross[at]);
            rule.paid_fen = fen(sums.paid[at]);
            let names = rules.terms.awards()[at].pays.iter().map(|(name, _)| name.clone());
            rule.payers = names.zip(sums.payers[at].iter().map(|sum| fen(*sum))).collect();
        }
    }

    fn part(&self, row: usize) -> Option<&Part> {
        let at = self.parts.partition_point(|part| part.start + part.rows <= row);
        self.parts.get(at).filter(|part| part.start <= row)
    }
}

/// Sums by award.
struct Sums {
    gross: Vec<i128>,
    paid: Vec<i128>,
    payers: Vec<Vec<i128>>,
}

impl Sums {
    fn new(rules: &RuleSet) -> Self {
        let none = vec![0; rules.awards.len()];
        let payers = rules.terms.awards().iter().map(|award| vec![0; award.pays.len()]);
        Self { gross: none.clone(), paid: none, payers: payers.collect() }
    }

    fn of(rules: &RuleSet, lines: &[PaidLine]) -> Self {
        let mut sums = Self::new(rules);
        for line in lines {
            let at = usize::from(line.award);
            sums.gross[at] += i128::from(line.gross.0);
            sums.paid[at] += i128::from(line.paid.0);
            if !sums.payers[at].is_empty() {
                let parts = split(line.paid, &rules.terms.award(line.award).pays);
                for (sum, part) in sums.payers[at].iter_mut().zip(parts) {
                    *sum += i128::from(part.0);
                }
            }
        }
        sums
    }

    fn plus(self, other: &Self) -> Self {
        let payers = self.payers.into_iter().zip(&other.payers);
        Self {
            gross: added(self.gross, &other.gross),
            paid: added(self.paid, &other.paid),
            payers: payers.map(|(sum, part)| added(sum, part)).collect(),
        }
    }
}

fn added(mut sum: Vec<i128>, part: &[i128]) -> Vec<i128> {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
    sum
}

/// A sum in fen; one beyond 90,000 万亿 yuan stays at the largest that can be written.
pub(crate) fn fen(sum: i128) -> Fen {
    Fen(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
}
