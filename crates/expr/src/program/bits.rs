//! Comparisons packed into bitmaps, 64 rows a word.

use arrow_buffer::{BooleanBuffer, Buffer};

use crate::tree::CompareOp;

/// Bits of some rows, built word by word.
pub(crate) struct Bits {
    words: Vec<u64>,
    rows: usize,
}

impl Bits {
    pub(crate) fn with_capacity(rows: usize) -> Self {
        Self { words: Vec::with_capacity(rows.div_ceil(64)), rows: 0 }
    }

    /// Appends one bit for each value. Only the last call may bring a number of values that 64 does not divide.
    pub(crate) fn extend<T: Copy>(&mut self, values: &[T], holds: impl Fn(T) -> bool) {
        self.rows += values.len();
        let (groups, rest) = values.as_chunks::<64>();
        self.words.extend(groups.iter().map(|group| {
            let mut flags = [0_u8; 64];
            for (flag, value) in flags.iter_mut().zip(group) {
                *flag = u8::from(holds(*value));
            }
            pack(&flags)
        }));
        if !rest.is_empty() {
            let mut flags = [0_u8; 64];
            for (flag, value) in flags.iter_mut().zip(rest) {
                *flag = u8::from(holds(*value));
            }
            self.words.push(pack(&flags));
        }
    }

    /// Appends one bit for each pair.
    pub(crate) fn extend_pairs<T: Copy>(
        &mut self,
        left: &[T],
        right: &[T],
        holds: impl Fn(T, T) -> bool,
    ) {
        self.rows += left.len();
        for (left, right) in left.chunks(64).zip(right.chunks(64)) {
            let mut flags = [0_u8; 64];
            for (flag, (left, right)) in flags.iter_mut().zip(left.iter().zip(right)) {
                *flag = u8::from(holds(*left, *right));
            }
            self.words.push(pack(&flags));
        }
    }

    pub(crate) fn finish(self) -> BooleanBuffer {
        BooleanBuffer::new(Buffer::from_vec(self.words), 0, self.rows)
    }
}

/// Gathers the lowest bit of each byte into a word; the product moves the eight bits of a group to its top byte.
fn pack(flags: &[u8; 64]) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (groups, _) = flags.as_chunks::<8>();
    groups.iter().enumerate().fold(0, |word, (place, group)| {
        word | (u64::from_le_bytes(*group).wrapping_mul(GATHER) >> 56) << (8 * place)
    })
}

/// Appends the comparison of values with one constant.
pub(crate) fn compare_constant<T: Copy + PartialOrd>(
    bits: &mut Bits,
    op: CompareOp,
    values: &[T],
    right: T,
) {
    match op {
        CompareOp::Equal => bits.extend(values, |left| left == right),
        CompareOp::NotEqual => bits.extend(values, |left| left != right),
        CompareOp::Less => bits.extend(values, |left| left < right),
        CompareOp::LessEqual => bits.extend(values, |left| left <= right),
        CompareOp::Greater => bits.extend(values, |left| left > right),
        CompareOp::GreaterEqual => bits.extend(values, |left| left >= right),
    }
}

/// Appends the comparison of values with values.
pub(crate) fn compare_pairs<T: Copy + PartialOrd>(
    bits: &mut Bits,
    op: CompareOp,
    left: &[T],
    right: &[T],
) {
    match op {
        CompareOp::Equal => bits.extend_pairs(left, right, |a, b| a == b),
        CompareOp::NotEqual => bits.extend_pairs(left, right, |a, b| a != b),
        CompareOp::Less => bits.extend_pairs(left, right, |a, b| a < b),
        CompareOp::LessEqual => bits.extend_pairs(left, right, |a, b| a <= b),
        CompareOp::Greater => bits.extend_pairs(left, right, |a, b| a > b),
        CompareOp::GreaterEqual => bits.extend_pairs(left, right, |a, b| a >= b),
    }
}
