//! Poisson log-linear trend of one curve: n_t ~ N_t·exp(a + b·t), the z3 and z5 of the scan.
//!
//! The slope has a Gaussian prior with mean 0 and precision [`SLOPE_PRECISION`]; the level `a` has none, so it can be
//! profiled out exactly and Newton's method runs in one dimension on a strictly concave function.
//!
//! Invariants: no allocation (a back-test calls this millions of times); finite for every input; years without any
//! document carry no information; multiplying all totals by one factor changes nothing.

/// Precision (1/variance) of the prior on the slope.
pub const SLOPE_PRECISION: f64 = 0.25;

const MAX_STEPS: usize = 60;

/// Growth of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Natural-log growth of the share a year (posterior mode).
    pub slope: f64,
    /// Standard error of `slope`, from the inverse of the penalised Hessian in (a, b).
    pub se: f64,
    /// `slope / se`.
    pub z: f64,
}

/// Fits the penalised trend to consecutive years, oldest first; `totals` has the length of `counts`.
///
/// Returns `None` when lengths differ or fewer than two years have documents. Where no document has the term, the
/// result is the limit of ever smaller counts: slope 0, z 0, and the prior's own standard error.
pub fn trend(counts: &[u32], totals: &[u32]) -> Option<Trend> {
    let years_with_documents = totals.iter().filter(|total| **total > 0).count();
    if counts.len() != totals.len() || years_with_documents < 2 {
        return None;
    }
    let centre = (counts.len() - 1) as f64 / 2.0;
    let (mut sum, mut moment) = (0.0, 0.0);
    for (index, (count, total)) in counts.iter().zip(totals).enumerate() {
        if *total > 0 {
            sum += f64::from(*count);
            moment += f64::from(*count) * (index as f64 - centre);
        }
    }
    let slope = solve(totals, centre, sum, moment);
    let (_, variance) = tilted_moments(totals, centre, slope);
    let se = (sum * variance + SLOPE_PRECISION).sqrt().recip();
    Some(Trend { slope, se, z: slope / se })
}

/// Finds the root of the decreasing score `moment − sum·mean(b) − precision·b`, by Newton kept inside a bracket.
fn solve(totals: &[u32], centre: f64, sum: f64, moment: f64) -> f64 {
    // |score + precision·b| ≤ sum·centre, so the root cannot lie further out than this.
    let reach = (sum * centre / SLOPE_PRECISION).max(1.0);
    let (mut low, mut high) = (-reach, reach);
    let mut slope = 0.0;
    for _ in 0..MAX_STEPS {
        let (mean, variance) = tilted_moments(totals, centre, slope);
        let score = moment - sum * mean - SLOPE_PRECISION * slope;
        if score > 0.0 {
            low = slope;
        } else {
            high = slope;
        }
        // A year-on-year factor beyond e² in one step only overshoots.
        let step = (score / (sum * variance + SLOPE_PRECISION)).clamp(-2.0, 2.0);
        if step.abs() <= 1e-12 * (1.0 + slope.abs()) {
            return slope;
        }
        let next = slope + step;
        slope = if next > low && next < high { next } else { 0.5 * (low + high) };
    }
    slope
}

/// Mean and variance of the centred year under the weights N_t·exp(b·t).
fn tilted_moments(totals: &[u32], centre: f64, slope: f64) -> (f64, f64) {
    // The largest exponent is taken out so that steep slopes cannot overflow.
    let top = slope.abs() * centre;
    let (mut weight_sum, mut first, mut second) = (0.0, 0.0, 0.0);
    for (index, total) in totals.iter().enumerate() {
        if *total > 0 {
            let time = index as f64 - centre;
            let weight = f64::from(*total) * (slope * time - top).exp();
            weight_sum += weight;
            first += weight * time;
            second += weight * time * time;
        }
    }
    if weight_sum <= 0.0 {
        return (slope.signum() * centre, 0.0);
    }
    let mean = first / weight_sum;
    (mean, (second / weight_sum - mean * mean).max(0.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[u32], totals: &[u32]) -> String {
        match trend(counts, totals) {
            Some(t) => format!("slope {:.4} se {:.4} z {:.4}", t.slope, t.se, t.z),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn doubling_every_year_is_nearly_ln_two_a_year() {
        insta::assert_snapshot!(
            check(&[100, 200, 400], &[1000; 3]),
            @"slope 0.6927 se 0.0519 z 13.3561"
        );
    }

    #[test]
    fn growth_of_all_documents_alone_is_no_growth() {
        insta::assert_snapshot!(
            check(&[10, 20, 40], &[100, 200, 400]),
            @"slope 0.0000 se 0.1635 z 0.0000"
        );
    }

    #[test]
    fn a_term_out_of_nothing_stays_finite() {
        insta::assert_snapshot!(check(&[0, 0, 8], &[500; 3]), @"slope 2.5805 se 1.0381 z 2.4858");
        insta::assert_snapshot!(
            check(&[0, 0, 4_000_000_000], &[4_000_000_000; 3]),
            @"slope 20.4766 se 0.4316 z 47.4471"
        );
    }

    #[test]
    fn no_documents_with_the_term_say_nothing() {
        insta::assert_snapshot!(check(&[0, 0, 0], &[500; 3]), @"slope 0.0000 se 2.0000 z 0.0000");
    }

    #[test]
    fn years_without_any_document_are_left_out() {
        insta::assert_snapshot!(
            check(&[0, 5, 10], &[0, 100, 100]),
            @"slope 0.6451 se 0.5245 z 1.2301"
        );
        insta::assert_snapshot!(check(&[0, 0, 10], &[0, 0, 100]), @"none");
        insta::assert_snapshot!(check(&[1, 2], &[100]), @"none");
    }

    /// Slow oracle: two-parameter Newton on (a, b) with the full penalised Hessian.
    fn oracle(counts: &[u32], totals: &[u32]) -> Trend {
        let centre = (counts.len() - 1) as f64 / 2.0;
        let (sum, all): (f64, f64) = (
            counts.iter().map(|n| f64::from(*n)).sum(),
            totals.iter().map(|n| f64::from(*n)).sum(),
        );
        let (mut a, mut b) = ((sum / all).ln(), 0.0_f64);
        let mut se = 0.0;
        for _ in 0..20_000 {
            let (mut ga, mut gb) = (0.0, -SLOPE_PRECISION * b);
            let (mut haa, mut hab, mut hbb) = (0.0, 0.0, SLOPE_PRECISION);
            for (index, (n, total)) in counts.iter().zip(totals).enumerate() {
                let time = index as f64 - centre;
                let mu = f64::from(*total) * (a + b * time).exp();
                ga += f64::from(*n) - mu;
                gb += (f64::from(*n) - mu) * time;
                haa += mu;
                hab += mu * time;
                hbb += mu * time * time;
            }
            let determinant = haa * hbb - hab * hab;
            a += 0.2 * (hbb * ga - hab * gb) / determinant;
            b += 0.2 * (haa * gb - hab * ga) / determinant;
            se = (haa / determinant).sqrt();
        }
        Trend { slope: b, se, z: b / se }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn it_equals_the_two_parameter_newton(
            data in prop::collection::vec((0_u32..60, 100_u32..2000), 3..8)
        ) {
            let (counts, totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            prop_assume!(counts.iter().sum::<u32>() > 0);
            let (fast, slow) = (trend(&counts, &totals).unwrap(), oracle(&counts, &totals));
            prop_assert!((fast.slope - slow.slope).abs() < 1e-6);
            prop_assert!((fast.se - slow.se).abs() < 1e-6);
        }

        #[test]
        fn any_input_is_finite_and_totals_have_no_unit(
            data in prop::collection::vec((0_u32..100_000, 0_u32..100_000), 2..30)
        ) {
            let (counts, totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            let scaled: Vec<u32> = totals.iter().map(|total| total * 7).collect();
            let (one, seven) = (trend(&counts, &totals), trend(&counts, &scaled));
            prop_assert_eq!(one.is_some(), seven.is_some());
            if let (Some(one), Some(seven)) = (one, seven) {
                prop_assert!(one.slope.is_finite() && one.se > 0.0 && one.z.is_finite());
                prop_assert!((one.z - seven.z).abs() < 1e-6 * (1.0 + one.z.abs()));
            }
        }

        #[test]
        fn time_reversed_is_the_opposite_sign(
            data in prop::collection::vec((0_u32..60, 100_u32..2000), 3..8)
        ) {
            let (mut counts, mut totals): (Vec<u32>, Vec<u32>) = data.into_iter().unzip();
            let forward = trend(&counts, &totals).unwrap();
            counts.reverse();
            totals.reverse();
            let backward = trend(&counts, &totals).unwrap();
            prop_assert!((forward.z + backward.z).abs() < 1e-7);
        }
    }
}
