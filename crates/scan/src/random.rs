//! Reproducible random numbers for bootstrap, simulation and tie-breaking.
//!
//! SplitMix64 (G. Steele, D. Lea and C. Flood, 2014), because its stream is fixed for ever by five lines, whereas a
//! random-number crate may change its samplers from version to version and with them published p-values.

/// A stream of random numbers, fixed by its seed.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Starts the stream `stream` of `seed`; different streams are independent for all practical purposes.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self { state: seed };
        random.state = random.next_u64() ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        random.next_u64();
        random
    }

    /// The next 64 bits.
    pub(crate) fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// Uniform in [0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `0..count` by multiplication (Lemire 2019, without rejection: the bias is below 2⁻⁶⁴·count).
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next_u64()) * count as u128) >> 64) as usize
    }
}
