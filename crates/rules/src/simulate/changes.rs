//! Per enterprise: before, after, and what became of it.

use linghang_core::Fen;
use serde::Serialize;

use super::Sides;
use super::flips::{Flip, flips};
use super::groups::{GroupRow, Groups, add};
use crate::evaluate::{Decision, PaidLine};
use crate::facts::Population;

/// Sums over enterprises. An enterprise is counted under `gained` or `lost`, and besides under at most one of `new`,
/// `no_longer` and `unknown`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Enterprises that get more.
    pub gained: u64,
    /// How much more.
    pub gained_fen: Fen,
    /// Enterprises that get less.
    pub lost: u64,
    /// How much less.
    pub lost_fen: Fen,
    /// Enterprises that qualified for nothing before.
    pub new: u64,
    /// Enterprises that qualify for nothing now.
    pub no_longer: u64,
    /// Enterprises that qualified before and of which a fact is missing now.
    pub unknown: u64,
    /// What was paid.
    pub before_fen: Fen,
    /// What is paid.
    pub after_fen: Fen,
}

/// One enterprise that gains or loses much.
#[derive(Debug, Clone, Serialize)]
pub struct Mover {
    /// Id.
    pub enterprise: String,
    /// Row.
    pub row: u32,
    /// What it got.
    pub before: Fen,
    /// What it gets.
    pub after: Fen,
    /// Conditions that flipped, by award.
    pub flips: Vec<Flip>,
}

/// What becomes of one enterprise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) before: i64,
    pub(crate) after: i64,
    had: bool,
    has: bool,
    is_unknown: bool,
}

impl Totals {
    pub(crate) fn add(&mut self, change: &Change) {
        let delta = change.after.saturating_sub(change.before);
        if delta > 0 {
            self.gained += 1;
            add(&mut self.gained_fen, delta);
        } else if delta < 0 {
            self.lost += 1;
            add(&mut self.lost_fen, -delta);
        }
        match (change.had, change.has, change.is_unknown) {
            (true, _, true) => self.unknown += 1,
            (false, true, _) => self.new += 1,
            (true, false, _) => self.no_longer += 1,
            _ => {}
        }
        add(&mut self.before_fen, change.before);
        add(&mut self.after_fen, change.after);
    }
}

/// Walks both runs by row and adds up.
pub(crate) fn changes(
    sides: &Sides<'_>,
    population: &Population,
    movers: usize,
) -> (Totals, Vec<GroupRow>, Vec<Mover>) {
    let mut totals = Totals::default();
    let mut groups = Groups::default();
    let mut largest: Vec<(u32, i64, i64)> = Vec::new();
    walk(sides, &mut |row, change| {
        totals.add(&change);
        groups.add(&population.segments, row, &change);
        if change.before != change.after && movers > 0 {
            largest.push((row, change.before, change.after));
            if largest.len() >= movers * 64 {
                keep_largest(&mut largest, population, movers);
            }
        }
    });
    keep_largest(&mut largest, population, movers);
    let describe = |(row, before, after): (u32, i64, i64)| Mover {
        enterprise: population.ids.value(row as usize).to_owned(),
        row,
        before: Fen(before),
        after: Fen(after),
        flips: flips(sides, population, row as usize),
    };
    let movers = largest.into_iter().map(describe).collect();
    (totals, groups.finish(&population.segments), movers)
}

/// Largest change first; ties by id.
fn keep_largest(all: &mut Vec<(u32, i64, i64)>, population: &Population, count: usize) {
    all.sort_by(|a, b| {
        let size = |one: &(u32, i64, i64)| one.2.abs_diff(one.1);
        let id = |one: &(u32, i64, i64)| population.ids.value(one.0 as usize);
        size(b).cmp(&size(a)).then_with(|| id(a).cmp(id(b)))
    });
    all.truncate(count);
}

/// Meets every enterprise that has a line on either side, in the order of rows.
fn walk(sides: &Sides<'_>, meet: &mut impl FnMut(u32, Change)) {
    let mut old = sides.old_run.lines().peekable();
    let mut new = sides.new_run.lines().peekable();
    let (mut old_lines, mut new_lines) = (Vec::new(), Vec::new());
    loop {
        let row = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(line), None) | (None, Some(line)) => line.row,
            (Some(a), Some(b)) => a.row.min(b.row),
        };
        old_lines.clear();
        new_lines.clear();
        while let Some(line) = old.next_if(|line| line.row == row) {
            old_lines.push(*line);
        }
        while let Some(line) = new.next_if(|line| line.row == row) {
            new_lines.push(*line);
        }
        meet(row, change(sides, row, &old_lines, &new_lines));
    }
}

fn change(sides: &Sides<'_>, row: u32, old: &[PaidLine], new: &[PaidLine]) -> Change {
    let sum = |lines: &[PaidLine]| lines.iter().map(|line| line.paid.0).sum();
    let became_unknown = |line: &PaidLine| {
        let id = &sides.old.awards[usize::from(line.award)].id;
        let at = sides.new.award(id);
        let decision = at.and_then(|at| sides.new_run.decision(at, row as usize));
        decision == Some(Decision::Unknown)
    };
    Change {
        before: sum(old),
        after: sum(new),
        had: !old.is_empty(),
        has: !new.is_empty(),
        is_unknown: old.len() > new.len() && old.iter().any(became_unknown),
    }
}
