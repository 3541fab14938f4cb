//! A mean with its interval on a scale shared by a whole column, with a line where chance lies.

use maud::{Markup, html};

use super::scale::Linear;
use super::{Label, frame, num};
use linghang_scan::backtest::Estimate;

/// Draws one interval. `domain` is the same for the column; `reference` is the value of no effect.
pub(crate) fn whisker(
    interval: Estimate,
    domain: (f64, f64),
    reference: f64,
    label: &Label,
) -> Markup {
    let (width, height) = (140.0, 24.0);
    let scale = Linear::new(domain, (5.0, width - 5.0));
    let middle = height / 2.0;
    let (low, high, value) =
        (scale.at(interval.low), scale.at(interval.high), scale.at(interval.value));
    let chance = scale.at(reference);
    let drawing = html! {
        line class="c-chance" x1=(num(chance)) x2=(num(chance)) y1="1" y2=(num(height - 1.0)) {}
        line class="c-range" x1=(num(low)) x2=(num(high)) y1=(num(middle)) y2=(num(middle)) {}
        line class="c-range" x1=(num(low)) x2=(num(low)) y1=(num(middle - 4.0)) y2=(num(middle + 4.0)) {}
        line class="c-range" x1=(num(high)) x2=(num(high)) y1=(num(middle - 4.0)) y2=(num(middle + 4.0)) {}
        circle class="c-mean" cx=(num(value)) cy=(num(middle)) r="4.2" {}
    };
    frame(width, height, "whisker", label, &drawing)
}
