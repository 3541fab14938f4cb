//! Quantiles with linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).

/// Returns the quantile of values in any order; zero for no values.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_of_sorted(&sorted, share)
}

/// Returns the quantile of ascending values; zero for no values.
pub(crate) fn quantile_of_sorted(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = share * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], share: f64, expected: f64) {
        assert!((quantile(values, share) - expected).abs() < 1e-12);
    }

    #[test]
    fn quantiles_lie_on_the_line_between_neighbours() {
        check(&[], 0.5, 0.0);
        check(&[7.0], 0.9, 7.0);
        check(&[4.0, 1.0, 2.0, 3.0], 0.0, 1.0);
        check(&[4.0, 1.0, 2.0, 3.0], 0.5, 2.5);
        check(&[4.0, 1.0, 2.0, 3.0], 0.9, 3.7);
        check(&[4.0, 1.0, 2.0, 3.0], 1.0, 4.0);
    }
}
