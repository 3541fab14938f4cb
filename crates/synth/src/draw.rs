//! Numbers that look random and are a function of seed, row and stream alone.

/// Mixes a row and a stream into 64 bits: splitmix64 over a counter. With seed 0 this is the hash of workload RB-12.
///
/// All arithmetic is modulo 2^64.
pub const fn mix(seed: u64, row: u64, stream: u64) -> u64 {
    let mut z = row
        .wrapping_add(1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(stream.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_add(seed.wrapping_mul(0xA24B_AED4_963E_E407));
    z ^= z >> 30;
    z = z.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z ^= z >> 27;
    z = z.wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The draws of one row. A stream number names a draw; equal numbers give equal draws.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    seed: u64,
    row: u64,
}

impl Draw {
    /// Starts the draws of a row.
    pub const fn new(seed: u64, row: u64) -> Self {
        Self { seed, row }
    }

    /// Returns a number in [0, 1) with 53 random bits.
    pub fn unit(self, stream: u64) -> f64 {
        (mix(self.seed, self.row, stream) >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Returns whether something of this probability happens.
    pub fn chance(self, stream: u64, probability: f64) -> bool {
        self.unit(stream) < probability
    }

    /// Returns a whole number below `count`; `count` must be above 0.
    pub fn below(self, stream: u64, count: u64) -> u64 {
        ((self.unit(stream) * count as f64) as u64).min(count.saturating_sub(1))
    }

    /// Returns a number in [low, high).
    pub fn between(self, stream: u64, low: f64, high: f64) -> f64 {
        low + self.unit(stream) * (high - low)
    }

    /// Returns the place of one of some weights, by their shares; 0 when all are 0.
    pub fn weighted(self, stream: u64, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit(stream) * weights.clone().sum::<f64>();
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}
