//! Adding requirements up to decisions, for a batch or for some of its rows.

use arrow_buffer::BooleanBuffer;
use linghang_expr::Truth;

use super::judge::Masks;
use crate::model::Requirement;

/// What the requirements that were added so far come to.
pub(crate) struct Sum {
    sure: BooleanBuffer,
    no: BooleanBuffer,
    /// Rows in which a requirement that is computed is neither sure nor surely not.
    open: BooleanBuffer,
    is_judged: bool,
}

impl Sum {
    /// A sum of nothing. `none` is a bitmap of the batch with no bit set, which all sums of the batch share.
    pub(crate) fn new(none: &BooleanBuffer) -> Self {
        let sure = BooleanBuffer::new_set(none.len());
        Self { sure, no: none.clone(), open: none.clone(), is_judged: false }
    }

    pub(crate) fn add(&mut self, requirement: &Requirement, truth: Option<Truth>) {
        let is_judged = requirement.is_judged();
        self.is_judged |= is_judged;
        let Some(truth) = truth else {
            self.sure = BooleanBuffer::new_unset(self.sure.len());
            return;
        };
        if !is_judged {
            self.open = &self.open | &!&(&truth.sure | &truth.surely_not);
        }
        self.no = &self.no | &truth.surely_not;
        self.sure = &self.sure & &truth.sure;
    }

    /// How many rows are not surely out.
    pub(crate) fn left(&self) -> usize {
        self.no.len() - self.no.count_set_bits()
    }

    /// The rows that are not surely out.
    pub(crate) fn rows_left(&self) -> Vec<u32> {
        (!&self.no).set_indices_u32().collect()
    }

    /// The decisions.
    pub(crate) fn masks(self) -> Masks {
        let review = self.is_judged.then(|| !&(&(&self.no | &self.open) | &self.sure));
        Masks { yes: self.sure, no: self.no, review, error: None }
    }
}

/// Bits of some rows at their places among all.
pub(crate) fn spread(bits: &BooleanBuffer, picked: &[u32], rows: usize) -> BooleanBuffer {
    set(rows, bits.set_indices_u32().map(|at| picked[at as usize]))
}

/// A bitmap with these bits set.
pub(crate) fn set(rows: usize, places: impl Iterator<Item = u32>) -> BooleanBuffer {
    let mut words = vec![0_u64; rows.div_ceil(64)];
    for place in places {
        words[place as usize / 64] |= 1 << (place % 64);
    }
    BooleanBuffer::new(words.into(), 0, rows)
}
