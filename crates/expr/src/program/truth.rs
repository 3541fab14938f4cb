//! Conditions to bitmaps.

use arrow_buffer::BooleanBuffer;
use chrono::NaiveDate;

use super::bits::{Bits, compare_constant, compare_pairs};
use super::lane::{CHUNK, Lane, Rows, Source, Whole, since};
use super::plan::{Guard, Leaf, Plan, Test};
use super::{Program, Truth, Work};
use crate::batch::{Batch, Column, MOST_DAYS, Values};
use crate::reference::Row;
use crate::tree::{CompareOp, Function, Node};
use crate::value::Outcome;

pub(super) fn of(program: &Program, batch: &Batch, chosen: Chosen<'_>, as_of: NaiveDate) -> Truth {
    let columns = program.columns(batch);
    let rows = match chosen {
        Chosen::All => batch.rows(),
        Chosen::Picked(rows) => rows.len(),
    };
    let run = Run { batch, source: Source { columns: &columns, as_of }, chosen, rows };
    match &program.work {
        Work::Condition(plan) => run.plan(plan),
        _ => run.slow(&program.root),
    }
}

pub(super) fn is_vectorised(plan: &Plan) -> bool {
    match plan {
        Plan::Slow(_) => false,
        Plan::Not(inner) => is_vectorised(inner),
        Plan::All(plans) | Plan::Any(plans) => plans.iter().all(is_vectorised),
        Plan::Same(left, right) => is_vectorised(left) && is_vectorised(right),
        _ => true,
    }
}

/// Which rows of a batch are answered for.
#[derive(Clone, Copy)]
pub(super) enum Chosen<'a> {
    All,
    /// These, all of them within the batch.
    Picked(&'a [u32]),
}

struct Run<'a> {
    batch: &'a Batch,
    source: Source<'a>,
    chosen: Chosen<'a>,
    /// How many rows are answered for.
    rows: usize,
}

impl Truth {
    fn not(self) -> Self {
        Self { sure: self.surely_not, surely_not: self.sure }
    }

    /// Kleene AND: surely true where both are, surely false where one is.
    fn and(&self, other: &Self) -> Self {
        Self { sure: &self.sure & &other.sure, surely_not: &self.surely_not | &other.surely_not }
    }

    fn or(&self, other: &Self) -> Self {
        Self { sure: &self.sure | &other.sure, surely_not: &self.surely_not & &other.surely_not }
    }

    fn constant(value: bool, rows: usize) -> Self {
        let (set, unset) = (BooleanBuffer::new_set(rows), BooleanBuffer::new_unset(rows));
        if value {
            Self { sure: set, surely_not: unset }
        } else {
            Self { sure: unset, surely_not: set }
        }
    }
}

impl Run<'_> {
    fn plan(&self, plan: &Plan) -> Truth {
        match plan {
            Plan::Always(value) => Truth::constant(*value, self.rows),
            Plan::Flag(place) => self.flag(&self.source.columns[*place]),
            Plan::Known(place) => {
                let column = &self.source.columns[*place];
                let known = column.known.as_ref().map(|known| self.pick(known));
                let mut sure = known.unwrap_or_else(|| BooleanBuffer::new_set(self.rows));
                if let Some(absent) = &column.absent {
                    sure = &sure & &!&self.pick(absent);
                }
                Truth { surely_not: !&sure, sure }
            }
            Plan::Not(inner) => self.plan(inner).not(),
            Plan::All(plans) => self.fold(plans, true, Truth::and),
            Plan::Any(plans) => self.fold(plans, false, Truth::or),
            Plan::Same(left, right) => {
                let (left, right) = (self.plan(left), self.plan(right));
                let differs = left.and(&right.clone().not());
                let otherwise = left.not().and(&right);
                differs.or(&otherwise).not()
            }
            Plan::Leaf(leaf) => self.leaf(leaf),
            Plan::Slow(node) => self.slow(node),
        }
    }

    fn fold(&self, plans: &[Plan], empty: bool, join: fn(&Truth, &Truth) -> Truth) -> Truth {
        let mut plans = plans.iter();
        let Some(first) = plans.next() else { return Truth::constant(empty, self.rows) };
        plans.fold(self.plan(first), |sum, plan| join(&sum, &self.plan(plan)))
    }

    fn flag(&self, column: &Column) -> Truth {
        let Values::Flag(flags) = &column.values else { return Truth::constant(false, self.rows) };
        let flags = self.pick(flags);
        match column.known.as_ref().map(|known| self.pick(known)) {
            None => Truth { surely_not: !&flags, sure: flags },
            Some(known) => Truth { sure: &flags & &known, surely_not: &!&flags & &known },
        }
    }

    /// The bits of the chosen rows.
    fn pick(&self, bits: &BooleanBuffer) -> BooleanBuffer {
        match self.chosen {
            Chosen::All => bits.clone(),
            Chosen::Picked(rows) => {
                BooleanBuffer::collect_bool(rows.len(), |at| bits.value(rows[at] as usize))
            }
        }
    }

    /// The values of the chosen rows, in pieces of a multiple of 64 but for the last.
    fn pieces<S: Copy + Default>(&self, values: &[S], mut meet: impl FnMut(&[S])) {
        let Chosen::Picked(rows) = self.chosen else { return meet(values) };
        let mut piece = [S::default(); CHUNK];
        for rows in rows.chunks(CHUNK) {
            for (slot, row) in piece.iter_mut().zip(rows) {
                *slot = values[*row as usize];
            }
            meet(&piece[..rows.len()]);
        }
    }

    /// Rows from a place among the chosen ones on.
    fn rows_from(&self, start: usize, length: usize) -> Rows<'_> {
        match self.chosen {
            Chosen::All => Rows::From(start),
            Chosen::Picked(rows) => Rows::Picked(&rows[start..start + length]),
        }
    }

    /// The reference interpreter, for what has no kernel.
    fn slow(&self, node: &Node) -> Truth {
        let outcome =
            |row: usize| Row { batch: self.batch, row, as_of: self.source.as_of }.truth(node);
        let outcomes: Vec<Outcome> = match self.chosen {
            Chosen::All => (0..self.rows).map(outcome).collect(),
            Chosen::Picked(rows) => rows.iter().map(|row| outcome(*row as usize)).collect(),
        };
        let bits = |wanted| BooleanBuffer::collect_bool(self.rows, |row| outcomes[row] == wanted);
        Truth { sure: bits(Outcome::True), surely_not: bits(Outcome::False) }
    }

    fn leaf(&self, leaf: &Leaf) -> Truth {
        let Some(hit) = self.test(&leaf.test) else { return self.slow(&leaf.node) };
        let mut known: Option<BooleanBuffer> = None;
        let mut absent: Option<BooleanBuffer> = None;
        for column in leaf.uses.iter().filter_map(|place| self.source.columns.get(*place)) {
            meet(&mut known, column.known.as_ref().map(|bits| self.pick(bits)), |a, b| a & b);
            meet(&mut absent, column.absent.as_ref().map(|bits| self.pick(bits)), |a, b| a | b);
        }
        for guard in &leaf.guards {
            let Some(holds) = self.guard(guard) else { return self.slow(&leaf.node) };
            meet(&mut known, Some(holds), |a, b| a & b);
        }
        let misses = !&hit;
        let (sure, surely_not) = match &known {
            None => (hit, misses),
            Some(known) => (&hit & known, &misses & known),
        };
        match &absent {
            None => Truth { sure, surely_not },
            // Where a closed-world fact has no value the comparison is false, whatever else is unknown.
            Some(absent) => Truth { sure: &sure & &!absent, surely_not: &surely_not | absent },
        }
    }

    fn guard(&self, guard: &Guard) -> Option<BooleanBuffer> {
        match guard {
            Guard::Positive(lane) => self.lanes(CompareOp::Greater, lane, &Lane::Constant(0)),
            Guard::AtMost(place, end) => {
                let end = Lane::Constant((*end).into());
                self.lanes(CompareOp::LessEqual, &Lane::Column(*place), &end)
            }
        }
    }

    fn test(&self, test: &Test) -> Option<BooleanBuffer> {
        match test {
            Test::Lanes(op, left, right) => self.lanes(*op, left, right),
            Test::Labels(place, wanted) => {
                let Values::Code(codes) = &self.source.columns.get(*place)?.values else {
                    return None;
                };
                Some(self.labels(codes, wanted))
            }
            Test::Float(op, place, constant) => {
                let Values::Float(values) = &self.source.columns.get(*place)?.values else {
                    return None;
                };
                let mut bits = Bits::with_capacity(self.rows);
                self.pieces(values, |piece| compare_constant(&mut bits, *op, piece, *constant));
                Some(bits.finish())
            }
        }
    }

    fn labels(&self, codes: &[u16], wanted: &[bool]) -> BooleanBuffer {
        let mut bits = Bits::with_capacity(self.rows);
        let places: Vec<u16> = wanted
            .iter()
            .enumerate()
            .filter_map(|(place, wanted)| wanted.then(|| u16::try_from(place).ok()).flatten())
            .collect();
        let mask = places.iter().fold(0_u64, |mask, place| mask | 1 << (place & 63));
        self.pieces(codes, |codes| match places.as_slice() {
            [only] => compare_constant(&mut bits, CompareOp::Equal, codes, *only),
            _ if wanted.len() <= 64 => bits.extend(codes, |code| mask >> (code & 63) & 1 == 1),
            _ => bits.extend(codes, |code| wanted.get(usize::from(code)).copied().unwrap_or(false)),
        });
        bits.finish()
    }

    /// Compares two lanes; `None` where 128 bits cannot be proven to hold them.
    fn lanes(&self, op: CompareOp, left: &Lane, right: &Lane) -> Option<BooleanBuffer> {
        if let (Lane::Constant(_), Lane::Column(_) | Lane::Since(..)) = (left, right) {
            return self.lanes(op.flipped(), right, left);
        }
        if let (lane, Lane::Constant(constant)) = (left, right)
            && let Some(bits) = self.direct(op, lane, *constant)
        {
            return Some(bits);
        }
        let mut widest = 0;
        left.bounds(&self.source, &mut widest)?;
        right.bounds(&self.source, &mut widest)?;
        if widest <= i128::from(i64::MAX) {
            Some(self.wide::<i64>(op, left, right))
        } else {
            Some(self.wide::<i128>(op, left, right))
        }
    }

    /// A column against a constant, read where it lies.
    fn direct(&self, op: CompareOp, lane: &Lane, constant: i128) -> Option<BooleanBuffer> {
        let mut bits = Bits::with_capacity(self.rows);
        match lane {
            Lane::Column(place) => match &self.source.columns.get(*place)?.values {
                Values::Long(values) => {
                    let constant = i64::try_from(constant).ok()?;
                    self.pieces(values, |piece| compare_constant(&mut bits, op, piece, constant));
                }
                Values::Short(values) => {
                    let constant = i32::try_from(constant).ok()?;
                    self.pieces(values, |piece| compare_constant(&mut bits, op, piece, constant));
                }
                _ => return None,
            },
            Lane::Since(function, place) => {
                let Values::Short(days) = &self.source.columns.get(*place)?.values else {
                    return None;
                };
                let constant = i64::try_from(constant).ok()?;
                let (first, last) = days_where(*function, op, constant, self.source.as_of)?;
                self.pieces(days, |days| bits.extend(days, |day| first <= day && day <= last));
            }
            _ => return None,
        }
        Some(bits.finish())
    }

    fn wide<T: Whole>(&self, op: CompareOp, left: &Lane, right: &Lane) -> BooleanBuffer {
        let mut bits = Bits::with_capacity(self.rows);
        let (mut one, mut two) = ([T::default(); CHUNK], [T::default(); CHUNK]);
        let mut start = 0;
        while start < self.rows {
            let length = CHUNK.min(self.rows - start);
            let (one, two) = (&mut one[..length], &mut two[..length]);
            let rows = self.rows_from(start, length);
            left.fill(&self.source, rows, one);
            if let Lane::Constant(value) = right {
                compare_constant(&mut bits, op, one, T::of_wide(*value));
            } else {
                right.fill(&self.source, rows, two);
                compare_pairs(&mut bits, op, one, two);
            }
            start += length;
        }
        bits.finish()
    }
}

fn meet(
    sum: &mut Option<BooleanBuffer>,
    other: Option<BooleanBuffer>,
    join: impl Fn(&BooleanBuffer, &BooleanBuffer) -> BooleanBuffer,
) {
    *sum = match (sum.take(), other) {
        (Some(sum), Some(other)) => Some(join(&sum, &other)),
        (sum, other) => sum.or(other),
    };
}

/// First and last day for which `function(day) ⋈ constant` holds; all as-of functions are monotone in the day, so the
/// days are one stretch. `None` for `<>`, which is two.
fn days_where(
    function: Function,
    op: CompareOp,
    constant: i64,
    as_of: NaiveDate,
) -> Option<(i32, i32)> {
    let falls = matches!(function, Function::MonthsSince | Function::YearsSince);
    // Turned over, a falling function rises, and the same search serves both.
    let (sign, op) = if falls { (-1, op.flipped()) } else { (1, op) };
    let first_at_least = |bound: i64| first_day(|day| sign * since(function, day, as_of) >= bound);
    let constant = sign * constant;
    let (at, above) = (first_at_least(constant), first_at_least(constant.checked_add(1)?));
    Some(match op {
        CompareOp::Less => (FIRST_DAY, at - 1),
        CompareOp::LessEqual => (FIRST_DAY, above - 1),
        CompareOp::Greater => (above, LAST_DAY),
        CompareOp::GreaterEqual => (at, LAST_DAY),
        CompareOp::Equal => (at, above - 1),
        CompareOp::NotEqual => return None,
    })
}

const FIRST_DAY: i32 = -MOST_DAYS;
const LAST_DAY: i32 = MOST_DAYS;

/// The first day for which a rising condition holds, or the day after the last.
fn first_day(holds: impl Fn(i64) -> bool) -> i32 {
    let (mut low, mut high) = (FIRST_DAY, LAST_DAY + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle.into()) { high = middle } else { low = middle + 1 }
    }
    low
}
