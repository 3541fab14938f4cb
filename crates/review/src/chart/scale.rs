//! From values to places: a linear scale and round tick marks.

/// A linear scale that gives a finite place for every value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Linear {
    /// Maps `[from, to]` to `[start, end]`. An empty or odd domain is widened so that division is safe.
    pub(crate) fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        let from = finite(domain.0);
        let to = finite(domain.1);
        let to = if to > from { to } else { from + 1.0 };
        Self { from, to, start: range.0, end: range.1 }
    }

    /// Returns the place of a value, kept inside the range.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let part = (finite(value) - self.from) / (self.to - self.from);
        self.start + part.clamp(0.0, 1.0) * (self.end - self.start)
    }

    /// Returns at most `most` + 1 round values inside the domain.
    pub(crate) fn ticks(&self, most: usize) -> Vec<f64> {
        let step = round_step((self.to - self.from) / most.max(1) as f64);
        let first = (self.from / step - 1e-9).ceil() as i64;
        let last = (self.to / step + 1e-9).floor() as i64;
        (first..=last).take(most + 2).map(|index| index as f64 * step).collect()
    }
}

/// Returns the value, or zero when it is not a number of a drawable size.
pub(crate) fn finite(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-1e12, 1e12) } else { 0.0 }
}

/// Returns the next of 1, 2, 5 × 10ⁿ that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-12).log10().floor());
    let rest = step.max(1e-12) / power;
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| rest <= factor + 1e-9).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        for (domain, most, expected) in [
            ((0.0, 1.0), 4, vec![0.0, 0.5, 1.0]),
            ((0.0, 0.031), 4, vec![0.0, 0.01, 0.02, 0.03]),
            ((2009.0, 2019.0), 5, vec![2010.0, 2012.0, 2014.0, 2016.0, 2018.0]),
        ] {
            let ticks = Linear::new(domain, (0.0, 1.0)).ticks(most);
            assert_eq!(ticks.len(), expected.len(), "{ticks:?}");
            assert!(ticks.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-9), "{ticks:?}");
        }
    }

    #[test]
    fn an_odd_domain_still_gives_places() {
        for domain in [(1.0, 1.0), (f64::NAN, f64::NAN), (5.0, f64::NEG_INFINITY)] {
            let scale = Linear::new(domain, (10.0, 20.0));
            assert!((10.0..=20.0).contains(&scale.at(f64::INFINITY)));
            assert!((10.0..=20.0).contains(&scale.at(1e300)));
        }
    }
}
