//! Shapes of the life-cycle models: share(t) = level·f(u) with u = rate·(t − t0).
//!
//! Time is in years relative to the last year of the series (last year = 0, next year = 1). The shape is kept as
//! ln f, because the fit needs d ln f / du and because f itself underflows far before the rise.

use crate::result::Model;

/// Smallest rate of the curves with an inflection; slower ones are straight lines over any series that exists.
pub(super) const RATE_LOW: f64 = 0.05;
/// Largest rate: 10 to 90 per cent within a year and a half.
pub(super) const RATE_HIGH: f64 = 3.0;
/// How many years beyond the last one an inflection is looked for.
pub(super) const YEARS_AHEAD: f64 = 10.0;
/// How many years before the first one an inflection is looked for.
pub(super) const YEARS_BEFORE: f64 = 5.0;

/// All models, simplest first.
pub(super) const ALL: [Model; 5] =
    [Model::Constant, Model::Exponential, Model::Logistic, Model::Gompertz, Model::Hump];

/// Number of free parameters.
pub(super) fn parameters(model: Model) -> usize {
    match model {
        Model::Constant => 1,
        Model::Exponential => 2,
        Model::Logistic | Model::Gompertz | Model::Hump => 3,
    }
}

/// Returns (ln f, d ln f / du).
///
/// Logistic f = 1/(1+e^−u); Gompertz f = exp(−e^−u); hump f = 4·e^−u/(1+e^−u)², whose maximum is 1.
pub(super) fn log_shape(model: Model, u: f64) -> (f64, f64) {
    match model {
        Model::Constant => (0.0, 0.0),
        Model::Exponential => (u, 1.0),
        Model::Logistic => (-softplus(-u), (1.0 + u.exp()).recip()),
        Model::Gompertz => {
            // Beyond e³⁰ the share is zero by any measure, and infinity would spoil the sums.
            let decay = (-u).min(30.0).exp();
            (-decay, decay)
        }
        Model::Hump => (4.0_f64.ln() - u - 2.0 * softplus(-u), -(0.5 * u).tanh()),
    }
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    if x > 30.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_slope_is_the_derivative(u in -8.0_f64..8.0, index in 0_usize..5) {
            let step = 1e-5;
            let (above, below) = (log_shape(ALL[index], u + step), log_shape(ALL[index], u - step));
            let numeric = (above.0 - below.0) / (2.0 * step);
            let (_, exact) = log_shape(ALL[index], u);
            prop_assert!((numeric - exact).abs() < 1e-5 * (1.0 + exact.abs()));
        }

        #[test]
        fn shapes_with_an_inflection_stay_within_their_level(u in -1e6_f64..1e6, index in 2_usize..5) {
            let (log, slope) = log_shape(ALL[index], u);
            prop_assert!(log <= 1e-12 && log.is_finite() && slope.is_finite());
        }
    }
}
