//! Small charts for a terminal.

/// Steps of a bar within one character, from empty to full.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Draws values as one line of bars; the largest value is a full bar.
pub(crate) fn sparkline(values: &[f64]) -> String {
    let largest = values.iter().copied().fold(0.0, f64::max);
    values.iter().map(|value| LEVELS[level(*value, largest, 8)]).collect()
}

/// Draws values as columns of bars, `height` lines high, the top line first.
pub(crate) fn columns(values: &[f64], height: usize) -> Vec<String> {
    let largest = values.iter().copied().fold(0.0, f64::max);
    (0..height)
        .rev()
        .map(|line| {
            let cell = |value: &f64| {
                let filled = level(*value, largest, height * 8).saturating_sub(line * 8).min(8);
                format!("{}  ", LEVELS[filled].to_string().repeat(2))
            };
            values.iter().map(cell).collect::<String>().trim_end().to_owned()
        })
        .collect()
}

/// Draws a signed value as a bar around a middle line; `width` characters on each side stand for `full`.
pub(crate) fn signed_bar(value: f64, full: f64, width: usize) -> String {
    let cells = if full > 0.0 { ((value.abs() / full) * width as f64).round() as usize } else { 0 }
        .min(width);
    let bar = "█".repeat(cells);
    if value < 0.0 {
        format!("{bar:>width$}│{:width$}", "")
    } else {
        format!("{:width$}│{bar:<width$}", "")
    }
}

fn level(value: f64, largest: f64, steps: usize) -> usize {
    if largest <= 0.0 || value <= 0.0 {
        return 0;
    }
    // What is there shows, however small it is.
    (((value / largest) * steps as f64).round() as usize).clamp(1, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_show_size_and_sign() {
        assert_eq!(sparkline(&[0.0, 0.01, 4.0, 8.0]), " ▁▄█");
        assert_eq!(sparkline(&[0.0, 0.0]), "  ");
        assert_eq!(signed_bar(1.5, 3.0, 4), "    │██  ");
        assert_eq!(signed_bar(-3.0, 3.0, 4), "████│    ");
        assert_eq!(columns(&[1.0, 2.0], 2), ["    ██", "██  ██"]);
    }
}
