//! Fits one life-cycle model to one series by minimum Poisson deviance.
//!
//! Several starts, each refined by damped Fisher scoring (Levenberg–Marquardt on the deviance) inside bounds. The level
//! of a start is exact: given rate and t0 the best level is Σn / Σ N·f.
//!
//! A published least-squares crate would bring a matrix library for three parameters; the normal equations are solved
//! by the 3×3 factor of [`super::cholesky`].

use super::cholesky::{Matrix, Vector, factor, solve};
use super::curves::{self, RATE_HIGH, RATE_LOW, YEARS_AHEAD, YEARS_BEFORE, log_shape};
use crate::result::Model;

const LEVEL: usize = 0;
const RATE: usize = 1;
const TIME: usize = 2;
const STARTS_REFINED: usize = 3;
const MAX_STEPS: usize = 60;
/// A gain of deviance that no comparison of models (4 QAICc) can feel; ridges of unidentified curves end here.
const NEGLIGIBLE: f64 = 1e-5;
/// Lowest ln(level); a share below this has no meaning.
const LEVEL_LOW: f64 = -40.0;

/// A fitted curve. Time is in years relative to the last year of the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CurveFit {
    /// Which model.
    pub(super) model: Model,
    /// ln(level), rate and t0; unused ones are fixed.
    theta: Vector,
    /// Poisson deviance.
    pub(super) deviance: f64,
    /// Standard deviation of t0 under plain Poisson noise; infinite where the data do not bind it.
    pub(super) sd_time: f64,
    /// The same for ln(level).
    pub(super) sd_log_level: f64,
}

impl CurveFit {
    /// Saturation level (logistic, Gompertz), peak (hump), or share at t0 (others).
    pub(super) fn level(&self) -> f64 {
        self.theta[LEVEL].exp()
    }

    /// Growth rate a year.
    pub(super) fn rate(&self) -> f64 {
        self.theta[RATE]
    }

    /// Inflection (logistic, Gompertz) or peak (hump).
    pub(super) fn time(&self) -> f64 {
        self.theta[TIME]
    }

    /// Share at a time; never above 1.
    pub(super) fn share(&self, time: f64) -> f64 {
        let (log, _) = log_shape(self.model, self.theta[RATE] * (time - self.theta[TIME]));
        (self.theta[LEVEL] + log).min(0.0).exp()
    }
}

/// Observed years: (time, documents with the term, all documents), only years that have documents.
pub(super) type Points = [(f64, f64, f64)];

/// Fits a model. `points` must hold at least three years and at least one document with the term.
pub(super) fn fit(model: Model, points: &Points) -> CurveFit {
    let problem = Problem::new(model, points);
    let best = problem
        .starts()
        .into_iter()
        .map(|start| problem.refine(start))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .expect("starts() never returns an empty list");
    problem.finish(best)
}

struct Problem<'a> {
    model: Model,
    points: &'a Points,
    low: Vector,
    high: Vector,
    free: usize,
    /// The part of half the deviance that no parameter changes: Σ n·ln(n/N) − n.
    constant: f64,
}

impl<'a> Problem<'a> {
    fn new(model: Model, points: &'a Points) -> Self {
        let first = points[0].0;
        let last = points[points.len() - 1].0;
        let centre = 0.5 * (first + last);
        let (low, high) = match model {
            Model::Constant => ([LEVEL_LOW, 0.0, centre], [0.0, 0.0, centre]),
            // The level of an exponential is its share in the middle of the series; its rate may be negative.
            Model::Exponential => ([LEVEL_LOW, -RATE_HIGH, centre], [0.0, RATE_HIGH, centre]),
            Model::Logistic | Model::Gompertz | Model::Hump => {
                ([LEVEL_LOW, RATE_LOW, first - YEARS_BEFORE], [0.0, RATE_HIGH, last + YEARS_AHEAD])
            }
        };
        let mut constant = 0.0;
        for (_, count, total) in points {
            if *count > 0.0 {
                constant += count * (count / total).ln() - count;
            }
        }
        Self { model, points, low, high, free: curves::parameters(model), constant }
    }

    /// The best few points of a coarse grid, as (parameters, deviance), best first.
    fn starts(&self) -> Vec<(Vector, f64)> {
        let span = self.points.len() as f64;
        let last = self.points[self.points.len() - 1].0;
        let (rates, times): (&[f64], Vec<f64>) = match self.model {
            Model::Constant => (&[0.0], vec![self.low[TIME]]),
            Model::Exponential => (&[-0.3, 0.0, 0.3], vec![self.low[TIME]]),
            Model::Logistic | Model::Gompertz | Model::Hump => {
                let ahead = [2.0, 6.0].map(|years| last + years);
                let inside = [1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1, 0.0].map(|x| last - x * span);
                (&[0.15, 0.4, 0.9, 2.0], inside.into_iter().chain(ahead).collect())
            }
        };
        let mut starts = Vec::with_capacity(rates.len() * times.len());
        for rate in rates {
            for time in &times {
                starts.push(self.start(*rate, *time));
            }
        }
        starts.sort_by(|a, b| a.1.total_cmp(&b.1));
        starts.truncate(STARTS_REFINED);
        starts
    }

    /// The best level for a rate and a time, and its deviance, in one pass.
    fn start(&self, rate: f64, time: f64) -> (Vector, f64) {
        let (mut seen, mut expected, mut fitted) = (0.0, 0.0, 0.0);
        for (at, count, total) in self.points {
            let (log, _) = log_shape(self.model, rate * (at - time));
            seen += count;
            expected += total * log.exp();
            fitted += count * log;
        }
        let best = if expected > 0.0 { (seen / expected).ln() } else { 0.0 };
        let level = best.clamp(self.low[LEVEL], self.high[LEVEL]);
        let half = self.constant + level.exp() * expected - seen * level - fitted;
        ([level, rate, time], 2.0 * half)
    }

    fn deviance(&self, theta: &Vector) -> f64 {
        let mut half = self.constant;
        for (at, count, total) in self.points {
            let (log, _) = log_shape(self.model, theta[RATE] * (at - theta[TIME]));
            half += total * (theta[LEVEL] + log).exp() - count * (theta[LEVEL] + log);
        }
        2.0 * half
    }

    /// Gradient of the log-likelihood and its expected information.
    fn scores(&self, theta: &Vector) -> (Vector, Matrix) {
        let (mut gradient, mut information) = ([0.0; 3], [[0.0; 3]; 3]);
        for (at, count, total) in self.points {
            let (log, slope) = log_shape(self.model, theta[RATE] * (at - theta[TIME]));
            let mean = total * (theta[LEVEL] + log).exp();
            let by = [1.0, slope * (at - theta[TIME]), -slope * theta[RATE]];
            for row in 0..self.free {
                gradient[row] += (count - mean) * by[row];
                for column in 0..=row {
                    information[row][column] += mean * by[row] * by[column];
                }
            }
        }
        (gradient, information)
    }

    fn refine(&self, start: (Vector, f64)) -> (Vector, f64) {
        let (mut theta, mut deviance) = start;
        let mut damping = 1e-3;
        for _ in 0..MAX_STEPS {
            let (gradient, information) = self.scores(&theta);
            let held = std::array::from_fn(|i| self.is_held(i, &theta, gradient[i]));
            let mut improvement = None;
            while damping < 1e8 {
                let next = self.step(&theta, &gradient, &information, held, damping);
                let next_deviance = self.deviance(&next);
                if next_deviance < deviance {
                    improvement = Some(deviance - next_deviance);
                    (theta, deviance) = (next, next_deviance);
                    damping = (damping * 0.2).max(1e-9);
                    break;
                }
                damping *= 8.0;
            }
            if improvement.is_none_or(|gain| gain < NEGLIGIBLE) {
                break;
            }
        }
        (theta, deviance)
    }

    /// Whether a parameter stays where it is: unused, or at a bound that it wants to cross.
    fn is_held(&self, index: usize, theta: &Vector, gradient: f64) -> bool {
        index >= self.free
            || (theta[index] <= self.low[index] && gradient < 0.0)
            || (theta[index] >= self.high[index] && gradient > 0.0)
    }

    fn step(
        &self,
        theta: &Vector,
        gradient: &Vector,
        information: &Matrix,
        held: [bool; 3],
        damping: f64,
    ) -> Vector {
        let mut system = *information;
        let mut right = *gradient;
        for row in 0..3 {
            system[row][row] += damping * (information[row][row] + 1e-9);
            if held[row] {
                right[row] = 0.0;
                for other in 0..3 {
                    system[row.max(other)][row.min(other)] = f64::from(u8::from(row == other));
                }
            }
        }
        let Some(lower) = factor(&system, 3) else { return *theta };
        let by = solve(&lower, &right, 3);
        std::array::from_fn(|i| (theta[i] + by[i]).clamp(self.low[i], self.high[i]))
    }

    fn finish(&self, (theta, deviance): (Vector, f64)) -> CurveFit {
        let (_, information) = self.scores(&theta);
        let at_bound = (0..self.free).any(|i| theta[i] <= self.low[i] || theta[i] >= self.high[i]);
        let mut sd = [f64::INFINITY; 3];
        if let (false, Some(lower)) = (at_bound, factor(&information, self.free)) {
            for (index, value) in sd.iter_mut().enumerate().take(self.free) {
                let unit = std::array::from_fn(|i| f64::from(u8::from(i == index)));
                *value = solve(&lower, &unit, self.free)[index].sqrt();
            }
        }
        let (sd_log_level, sd_time) = (sd[LEVEL], sd[TIME]);
        CurveFit { model: self.model, theta, deviance, sd_time, sd_log_level }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(years: usize, share: impl Fn(f64) -> f64) -> Vec<(f64, f64, f64)> {
        (0..years)
            .map(|index| {
                let time = index as f64 - (years as f64 - 1.0);
                (time, 1e5 * share(time), 1e5)
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn a_noise_free_curve_gives_its_parameters_back(
            rate in 0.3_f64..1.2, time in -9.0_f64..-2.0, level in 0.01_f64..0.5, index in 2_usize..5
        ) {
            let model = curves::ALL[index];
            let truth = |at: f64| level * log_shape(model, rate * (at - time)).0.exp();
            let found = fit(model, &points(16, truth));
            prop_assert!(found.deviance < 1e-4, "deviance {}", found.deviance);
            prop_assert!((found.time() - time).abs() < 0.02, "t0 {}", found.time());
            prop_assert!((found.rate() - rate).abs() < 0.02, "rate {}", found.rate());
            prop_assert!((found.level() / level).ln().abs() < 0.02, "level {}", found.level());
        }

        #[test]
        fn any_counts_give_a_finite_fit_no_worse_than_the_constant(
            data in prop::collection::vec((0_u32..200, 1_u32..5000), 6..26), index in 1_usize..5
        ) {
            let last = data.len() as f64 - 1.0;
            let years: Vec<(f64, f64, f64)> = data
                .iter()
                .enumerate()
                .map(|(i, (n, total))| {
                    (i as f64 - last, f64::from(*n.min(total)), f64::from(*total))
                })
                .collect();
            prop_assume!(years.iter().map(|year| year.1).sum::<f64>() > 0.0);
            let found = fit(curves::ALL[index], &years);
            prop_assert!(found.deviance.is_finite() && found.deviance > -1e-6);
            prop_assert!((1..4).all(|ahead| (0.0..=1.0).contains(&found.share(f64::from(ahead)))));
            if curves::ALL[index] == Model::Exponential {
                prop_assert!(found.deviance <= fit(Model::Constant, &years).deviance + 1e-6);
            }
        }
    }
}
