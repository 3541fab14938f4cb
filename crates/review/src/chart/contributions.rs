//! A score taken apart: one bar of six parts, negative ones to the left of the zero line.
//!
//! Each part has its own colour *and* its own pattern, in a fixed order, so that the bar reads in grey print.

use maud::{Markup, PreEscaped, html};

use super::scale::{Linear, finite};
use super::{Label, frame, num};

/// How far bars reach on both sides, so that all bars of a table share one scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    /// Largest sum of negative parts, as a positive number.
    pub(crate) negative: f64,
    /// Largest sum of positive parts.
    pub(crate) positive: f64,
}

/// Returns the extent over many bars.
pub(crate) fn extent<'a>(bars: impl Iterator<Item = &'a [f64]>) -> Extent {
    let mut all = Extent { negative: 0.0, positive: 0.0 };
    for bar in bars {
        let positive: f64 = bar.iter().map(|part| finite(*part).max(0.0)).sum();
        let negative: f64 = bar.iter().map(|part| (-finite(*part)).max(0.0)).sum();
        all.positive = all.positive.max(positive);
        all.negative = all.negative.max(negative);
    }
    all
}

/// Draws one bar. `parts` are the contributions in the fixed order of the six signals.
pub(crate) fn bar(parts: &[f64], extent: Extent, label: &Label) -> Markup {
    let (width, height) = (150.0, 24.0);
    let reach = (extent.positive + extent.negative).max(1e-9);
    let scale = Linear::new((-extent.negative, reach - extent.negative), (2.0, width - 2.0));
    let zero = scale.at(0.0);
    let (mut right, mut left) = (0.0, 0.0);
    let drawing = html! {
        @for (index, part) in parts.iter().map(|part| finite(*part)).enumerate() {
            @if part > 0.0 {
                (segment(index, scale.at(right), scale.at(right + part)))
                @let () = right += part;
            } @else if part < 0.0 {
                (segment(index, scale.at(left + part), scale.at(left)))
                @let () = left += part;
            }
        }
        line class="c-zero" x1=(num(zero)) x2=(num(zero)) y1="1" y2=(num(height - 1.0)) {}
    };
    frame(width, height, "parts", label, &drawing)
}

/// Draws one part with its pattern; a gap of half a unit keeps neighbours apart.
fn segment(index: usize, from: f64, to: f64) -> Markup {
    let width = (to - from - 1.0).max(0.6);
    html! {
        rect class={ "f" (index) } x=(num(from + 0.5)) y="4" width=(num(width)) height="16" {}
        @if index > 0 {
            rect fill={ "url(#p" (index) ")" } x=(num(from + 0.5)) y="4" width=(num(width)) height="16" {}
        }
    }
}

/// The patterns that the bars refer to; once a page.
pub(crate) fn patterns() -> Markup {
    let shapes = [
        "<path d=\"M0 6L6 0M-1 1L1 -1M5 7L7 5\"/>",
        "<path d=\"M0 3H6\"/>",
        "<path d=\"M0 0L6 6M-1 5L1 7M5 -1L7 1\"/>",
        "<path d=\"M3 0V6\"/>",
        "<circle cx=\"3\" cy=\"3\" r=\"1\"/>",
    ];
    html! {
        svg class="vh" aria-hidden="true" focusable="false" width="0" height="0" {
            defs {
                @for (index, shape) in shapes.iter().enumerate() {
                    pattern id={ "p" (index + 1) } class="pattern" patternUnits="userSpaceOnUse" width="6" height="6" {
                        (PreEscaped(*shape))
                    }
                }
            }
        }
    }
}

/// Draws the sample of one signal for the legend.
pub(crate) fn swatch(index: usize) -> Markup {
    html! {
        svg class="swatch" viewBox="0 0 18 16" width="18" height="16" aria-hidden="true" focusable="false" {
            rect class={ "f" (index) } x="0" y="0" width="18" height="16" {}
            @if index > 0 { rect fill={ "url(#p" (index) ")" } x="0" y="0" width="18" height="16" {} }
        }
    }
}
