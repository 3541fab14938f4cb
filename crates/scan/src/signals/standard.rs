//! Brings a signal to a common scale over the candidates.

/// Where standardised values are clipped, so that no single signal decides alone.
const CLIP: f64 = 3.0;

/// Standardises values over the candidates and clips them at ±3; a missing value becomes 0.
///
/// Mean and standard deviation are taken over the values present; when they do not vary, all become 0.
pub fn standardise(values: &[Option<f64>]) -> Vec<f64> {
    let present: Vec<f64> = values.iter().copied().flatten().collect();
    let count = present.len() as f64;
    if present.is_empty() {
        return vec![0.0; values.len()];
    }
    let mean = present.iter().sum::<f64>() / count;
    let variance = present.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    let deviation = variance.sqrt();
    let scale = |value: f64| ((value - mean) / deviation).clamp(-CLIP, CLIP);
    values
        .iter()
        .map(|value| match value {
            Some(value) if deviation > 1e-12 => scale(*value),
            _ => 0.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_add_nothing_and_outliers_are_clipped() {
        let mut values = vec![Some(0.0); 50];
        values.push(Some(100.0));
        values.push(None);
        let scaled = standardise(&values);
        assert!((scaled[50] - CLIP).abs() < 1e-12);
        assert!(scaled[51].abs() < 1e-12);
        assert!(scaled[0] < 0.0);
    }

    #[test]
    fn a_signal_that_does_not_vary_says_nothing() {
        assert_eq!(standardise(&[Some(2.0), Some(2.0)]), [0.0, 0.0]);
        assert_eq!(standardise(&[]), Vec::<f64>::new());
    }
}
