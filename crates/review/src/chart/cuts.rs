//! Precision by cut: one line a signal, with a marker and a dash of its own, and its name at the end.

use linghang_core::Year;
use maud::{Markup, html};

use super::scale::{Linear, finite};
use super::{Label, frame, num, points};
use crate::words;

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Name at the end of the line.
    pub(crate) name: String,
    /// Class that gives colour and dash: `k0` to `k3`.
    pub(crate) class: &'static str,
    /// Cut and value, by cut.
    pub(crate) values: Vec<(Year, f64)>,
}

/// Draws the lines. Names are moved apart where lines end close together.
pub(crate) fn lines(lines: &[Line], label: &Label) -> Markup {
    let (width, height) = (640.0, 260.0);
    let (left, right, top, bottom) = (48.0, width - 150.0, 14.0, height - 34.0);
    let cuts: Vec<Year> =
        lines.iter().flat_map(|line| line.values.iter().map(|(cut, _)| *cut)).collect();
    let years = (cuts.iter().min().copied().unwrap_or(0), cuts.iter().max().copied().unwrap_or(0));
    let highest = lines
        .iter()
        .flat_map(|line| &line.values)
        .map(|(_, value)| finite(*value))
        .fold(0.1, f64::max);
    let x = Linear::new((f64::from(years.0), f64::from(years.1)), (left + 10.0, right));
    let y = Linear::new((0.0, (highest * 1.1).min(1.0)), (bottom, top));
    let names = name_places(lines, &y, top, bottom);
    let drawing = html! {
        @for tick in y.ticks(5) {
            line class="c-grid" x1=(num(left)) x2=(num(right)) y1=(num(y.at(tick))) y2=(num(y.at(tick))) {}
            text class="c-tick" x=(num(left - 6.0)) y=(num(y.at(tick) + 4.0)) text-anchor="end" { (words::share(tick)) }
        }
        @for cut in distinct(&cuts) {
            text class="c-tick" x=(num(x.at(f64::from(cut)))) y=(num(height - 10.0)) text-anchor="middle" { (cut) }
        }
        @for (line, name_y) in lines.iter().zip(names) { (one(line, &x, &y, name_y)) }
    };
    frame(width, height, "cuts", label, &drawing)
}

fn one(line: &Line, x: &Linear, y: &Linear, name_y: f64) -> Markup {
    let places: Vec<(f64, f64)> =
        line.values.iter().map(|(cut, value)| (x.at(f64::from(*cut)), y.at(*value))).collect();
    html! {
        g class=(line.class) {
            polyline class="k-line" points=(points(&places)) {}
            @for place in &places { (marker(line.class, *place)) }
            @if let Some((end, _)) = places.last() {
                text class="k-name" x=(num(end + 12.0)) y=(num(name_y + 4.0)) { (line.name) }
            }
        }
    }
}

/// Circle, square, triangle or bar: lines differ without colour.
fn marker(class: &str, (x, y): (f64, f64)) -> Markup {
    match class {
        "k0" => html! { circle class="k-mark" cx=(num(x)) cy=(num(y)) r="5" {} },
        "k1" => {
            html! { rect class="k-mark" x=(num(x - 4.0)) y=(num(y - 4.0)) width="8" height="8" {} }
        }
        "k2" => {
            let corners = [(x, y - 5.0), (x - 5.0, y + 4.0), (x + 5.0, y + 4.0)];
            html! { polygon class="k-mark" points=(points(&corners)) {} }
        }
        _ => {
            html! { rect class="k-mark" x=(num(x - 5.0)) y=(num(y - 1.5)) width="10" height="3" {} }
        }
    }
}

/// Keeps 15 units between names, in the order of the lines' ends.
fn name_places(lines: &[Line], y: &Linear, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| (line.values.last().map_or(bottom, |(_, value)| y.at(*value)), index))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut places = vec![0.0; lines.len()];
    let mut above = top - 15.0;
    for (wanted, index) in order {
        above = wanted.max(above + 15.0);
        places[index] = above;
    }
    places
}

fn distinct(cuts: &[Year]) -> Vec<Year> {
    let mut distinct = cuts.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}
