//! Counts drawn from a Poisson or negative binomial distribution, for bootstrap and simulation.
//!
//! By inversion of a table: one table serves thousands of draws with the same mean, and a draw depends on nothing but
//! the random stream.

use crate::random::Random;

/// Cumulative table of a negative binomial count (Poisson at dispersion 0).
#[derive(Debug, Clone)]
pub(crate) struct CountTable {
    smallest: u32,
    cumulative: Vec<f64>,
}

impl CountTable {
    /// Builds the table for variance = mean + dispersion·mean².
    pub(crate) fn new(mean: f64, dispersion: f64) -> Self {
        if mean <= 0.0 {
            return Self { smallest: 0, cumulative: vec![1.0] };
        }
        let mode = if dispersion < 1.0 { ((1.0 - dispersion) * mean) as u32 } else { 0 };
        // p(k+1)/p(k); working outwards from the mode needs no gamma function and cannot underflow.
        let ratio = |k: u32| {
            let k = f64::from(k);
            (mean + dispersion * mean * k) / ((k + 1.0) * (1.0 + dispersion * mean))
        };
        let mut below = Vec::new();
        let mut weight = 1.0;
        let mut smallest = mode;
        while smallest > 0 && weight > 1e-13 {
            weight /= ratio(smallest - 1);
            smallest -= 1;
            below.push(weight);
        }
        below.reverse();
        let mut weights = below;
        weights.push(1.0);
        weight = 1.0;
        let mut largest = mode;
        while weight > 1e-13 {
            weight *= ratio(largest);
            largest += 1;
            weights.push(weight);
        }
        let sum: f64 = weights.iter().sum();
        let mut running = 0.0;
        for value in &mut weights {
            running += *value / sum;
            *value = running;
        }
        Self { smallest, cumulative: weights }
    }

    /// Draws one count.
    pub(crate) fn draw(&self, random: &mut Random) -> u32 {
        let at = random.uniform();
        let index = self.cumulative.partition_point(|cumulative| *cumulative <= at);
        self.smallest + index.min(self.cumulative.len() - 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mean: f64, dispersion: f64) -> String {
        let table = CountTable::new(mean, dispersion);
        let mut random = Random::new(7, 1);
        let draws: Vec<f64> = (0..200_000).map(|_| f64::from(table.draw(&mut random))).collect();
        let average = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance =
            draws.iter().map(|x| (x - average).powi(2)).sum::<f64>() / draws.len() as f64;
        let wanted = mean + dispersion * mean * mean;
        format!("mean ratio {:.2}, variance ratio {:.2}", average / mean, variance / wanted)
    }

    #[test]
    fn drawn_counts_have_the_wanted_mean_and_variance() {
        insta::assert_snapshot!(check(0.3, 0.0), @"mean ratio 1.00, variance ratio 1.00");
        insta::assert_snapshot!(check(3.0, 0.1), @"mean ratio 1.00, variance ratio 1.00");
        insta::assert_snapshot!(check(800.0, 0.0), @"mean ratio 1.00, variance ratio 1.00");
        insta::assert_snapshot!(check(800.0, 0.2), @"mean ratio 1.00, variance ratio 1.00");
        insta::assert_snapshot!(check(2.0, 1.5), @"mean ratio 1.00, variance ratio 1.00");
    }
}
