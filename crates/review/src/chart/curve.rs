//! The curve of one term: share of all documents a year, with window, onset and forecast.
//!
//! Two sizes: a spark without axes for tables, and a figure with axes for the details. Neither holds words, only
//! years and percentages, so one drawing serves both languages.

use linghang_core::Year;
use maud::{Markup, html};

use super::scale::{Linear, finite};
use super::{Label, frame, num, points};
use crate::words;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Curve {
    /// Year and share, oldest first.
    pub(crate) shares: Vec<(Year, f64)>,
    /// First and last year of the scoring window.
    pub(crate) window: (Year, Year),
    /// Year of a significant onset.
    pub(crate) onset: Option<Year>,
    /// Expected share of the next three years: value, low, high.
    pub(crate) forecast: Option<(f64, f64, f64)>,
    /// Fitted share a year, same length as `shares`; empty when there is no fit.
    pub(crate) fitted: Vec<f64>,
}

impl Curve {
    fn last_year(&self) -> Year {
        self.shares.last().map_or(self.window.1, |(year, _)| *year)
    }

    fn first_year(&self) -> Year {
        self.shares.first().map_or(self.window.0, |(year, _)| *year)
    }

    fn highest(&self) -> f64 {
        let forecast = self.forecast.map_or(0.0, |(_, _, high)| finite(high));
        let shares = self.shares.iter().map(|(_, share)| finite(*share));
        shares.chain(self.fitted.iter().map(|share| finite(*share))).fold(forecast, f64::max)
    }

    /// Scales for a plot area; the forecast needs three years to the right of the data.
    fn scales(&self, left: f64, right: f64, top: f64, bottom: f64) -> (Linear, Linear) {
        let ahead = if self.forecast.is_some() { 3 } else { 0 };
        let years = (f64::from(self.first_year()), f64::from(self.last_year() + ahead) + 0.2);
        let highest = self.highest();
        let top_value = if highest > 0.0 { highest * 1.08 } else { 1.0 };
        (Linear::new(years, (left, right)), Linear::new((0.0, top_value), (bottom, top)))
    }

    /// Draws what both sizes share.
    fn drawing(&self, x: &Linear, y: &Linear, top: f64, bottom: f64) -> Markup {
        let line: Vec<(f64, f64)> = self
            .shares
            .iter()
            .map(|(year, share)| (x.at(f64::from(*year)), y.at(*share)))
            .collect();
        let fit: Vec<(f64, f64)> = self
            .shares
            .iter()
            .zip(&self.fitted)
            .map(|((year, _), share)| (x.at(f64::from(*year)), y.at(*share)))
            .collect();
        let (window_left, window_right) =
            (x.at(f64::from(self.window.0) - 0.5), x.at(f64::from(self.window.1) + 0.2));
        html! {
            rect class="c-window" x=(num(window_left)) y=(num(top)) width=(num(window_right - window_left))
                height=(num(bottom - top)) {}
            line class="c-axis" x1=(num(x.at(f64::from(self.first_year())))) x2=(num(x.at(1e9)))
                y1=(num(bottom)) y2=(num(bottom)) {}
            (self.forecast_mark(x, y))
            @if fit.len() > 1 { polyline class="c-fit" points=(points(&fit)) {} }
            polyline class="c-line" points=(points(&line)) {}
            @if let Some((cx, cy)) = line.last() { circle class="c-end" cx=(num(*cx)) cy=(num(*cy)) r="2.4" {} }
            @if let Some(year) = self.onset { (onset_mark(x.at(f64::from(year)), top, bottom)) }
        }
    }

    fn forecast_mark(&self, x: &Linear, y: &Linear) -> Markup {
        let Some((value, low, high)) = self.forecast else { return html! {} };
        let last = f64::from(self.last_year());
        let (left, right, middle) = (x.at(last + 1.0), x.at(last + 3.0), x.at(last + 2.0));
        html! {
            rect class="c-forecast" x=(num(left)) y=(num(y.at(high))) width=(num(right - left))
                height=(num((y.at(low) - y.at(high)).max(1.0))) {}
            line class="c-expected" x1=(num(left)) x2=(num(right)) y1=(num(y.at(value))) y2=(num(y.at(value))) {}
            circle class="c-point" cx=(num(middle)) cy=(num(y.at(value))) r="2.2" {}
        }
    }
}

/// A triangle under the axis and a hair line: seen without colour.
fn onset_mark(x: f64, top: f64, bottom: f64) -> Markup {
    let triangle = [(x, bottom - 0.5), (x - 4.0, bottom + 6.0), (x + 4.0, bottom + 6.0)];
    html! {
        line class="c-onset" x1=(num(x)) x2=(num(x)) y1=(num(top)) y2=(num(bottom)) {}
        polygon class="c-onset-mark" points=(points(&triangle)) {}
    }
}

/// Draws the small curve of a table row.
pub(crate) fn spark(curve: &Curve, label: &Label) -> Markup {
    let (width, height) = (148.0, 40.0);
    let (top, bottom) = (3.0, height - 8.0);
    let (x, y) = curve.scales(4.0, width - 3.0, top, bottom);
    frame(width, height, "spark", label, &curve.drawing(&x, &y, top, bottom))
}

/// Draws the curve with axes.
pub(crate) fn figure(curve: &Curve, label: &Label) -> Markup {
    let (width, height) = (560.0, 220.0);
    let (left, top, bottom) = (52.0, 10.0, height - 34.0);
    let (x, y) = curve.scales(left, width - 10.0, top, bottom);
    let drawing = html! {
        @for tick in y.ticks(4) {
            line class="c-grid" x1=(num(left)) x2=(num(width - 10.0)) y1=(num(y.at(tick))) y2=(num(y.at(tick))) {}
            text class="c-tick" x=(num(left - 6.0)) y=(num(y.at(tick) + 4.0)) text-anchor="end" { (words::share(tick)) }
        }
        @for tick in x.ticks(8) {
            @if tick.fract().abs() < 1e-9 {
                text class="c-tick" x=(num(x.at(tick))) y=(num(height - 10.0)) text-anchor="middle" { (num(tick)) }
            }
        }
        (curve.drawing(&x, &y, top, bottom))
    };
    frame(width, height, "figure", label, &drawing)
}
