//! The radar: sectors are tracks, rings are stages of maturity, dots are topics with a number for the list beside it.

use std::f64::consts::TAU;

use maud::{Markup, html};

use super::radar_layout::{Layout, point};
use super::{Label, frame, num, points};

/// What a dot looks like; each kind has its own shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A topic of a track: filled circle.
    Track,
    /// A topic of no track that is no X candidate: open circle.
    Untracked,
    /// An X candidate: diamond.
    Candidate,
}

/// One drawn dot.
#[derive(Debug, Clone)]
pub(crate) struct Blip {
    /// Number in the list.
    pub(crate) number: usize,
    /// Radius, as the layout was made with.
    pub(crate) radius: f64,
    /// Shape.
    pub(crate) mark: Mark,
    /// Id of the element that tells more.
    pub(crate) target: String,
}

/// Room around the circle for the names of the sectors.
const MARGIN_X: f64 = 165.0;
const MARGIN_Y: f64 = 56.0;

/// Draws the radar in one language.
pub(crate) fn draw(
    layout: &Layout,
    blips: &[Blip],
    sectors: &[String],
    rings: &[String],
    label: &Label,
) -> Markup {
    let outer = layout.outer();
    let (width, height) = (2.0 * (outer + MARGIN_X), 2.0 * (outer + MARGIN_Y));
    let drawing = html! {
        g transform={ "translate(" (num(width / 2.0)) " " (num(height / 2.0)) ")" } {
            @for (ring, radius) in layout.ring_edges.iter().enumerate().skip(1).rev() {
                circle class={ "r-ring r-ring" (ring % 2) } r=(num(*radius)) {}
            }
            circle class="r-hub" r=(num(layout.ring_edges[0])) {}
            @for angle in &layout.sector_edges[..sectors.len()] { (spoke(layout, *angle)) }
            @for (ring, name) in rings.iter().enumerate() {
                text class="r-stage" x="0" y=(num(4.0 - layout.name_radius(ring))) text-anchor="middle" { (name) }
            }
            @for (index, name) in sectors.iter().enumerate() { (sector_name(layout, index, name)) }
            @for (blip, place) in blips.iter().zip(&layout.places) { (dot(blip, *place)) }
        }
    };
    frame(width, height, "radar", label, &drawing)
}

fn spoke(layout: &Layout, angle: f64) -> Markup {
    let (from, to) = (point(layout.ring_edges[0], angle), point(layout.outer(), angle));
    html! { line class="r-spoke" x1=(num(from.0)) y1=(num(from.1)) x2=(num(to.0)) y2=(num(to.1)) {} }
}

fn sector_name(layout: &Layout, index: usize, name: &str) -> Markup {
    let middle = f64::midpoint(layout.sector_edges[index], layout.sector_edges[index + 1]) % TAU;
    let (x, y) = point(layout.outer() + 14.0, middle);
    let side = x / layout.outer();
    let anchor = if side > 0.25 {
        "start"
    } else if side < -0.25 {
        "end"
    } else {
        "middle"
    };
    let lines = wrap(name);
    let above = (lines.len() as f64 - 1.0) * 17.0;
    let first = y + 5.0 - above * ((1.0 - y / layout.outer()) / 2.0).clamp(0.0, 1.0);
    html! {
        text class="r-sector" text-anchor=(anchor) {
            @for (line, text) in lines.iter().enumerate() {
                tspan x=(num(x)) y=(num(first + line as f64 * 17.0)) { (text) }
            }
        }
    }
}

/// Breaks a name at about 16 Latin or 9 Chinese characters.
fn wrap(name: &str) -> Vec<String> {
    const LINE: usize = 18;
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let mut lines = vec![String::new()];
    let pieces: Vec<String> = if name.contains(' ') {
        name.split(' ').map(|word| format!("{word} ")).collect()
    } else {
        name.chars().map(String::from).collect()
    };
    for piece in pieces {
        let is_full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && wide(line) + wide(piece.trim_end()) > LINE);
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&piece);
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

fn dot(blip: &Blip, (x, y): (f64, f64)) -> Markup {
    let radius = blip.radius;
    html! {
        a href={ "#" (blip.target) } class="r-dot" tabindex="-1" {
            @match blip.mark {
                Mark::Track => { circle class="m-track" cx=(num(x)) cy=(num(y)) r=(num(radius)) {} }
                Mark::Untracked => { circle class="m-open" cx=(num(x)) cy=(num(y)) r=(num(radius - 0.75)) {} }
                Mark::Candidate => {
                    polygon class="m-candidate"
                        points=(points(&[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])) {}
                }
            }
            text class={ "m-number " (mark_class(blip.mark)) } x=(num(x)) y=(num(y + 3.8)) text-anchor="middle" {
                (blip.number)
            }
        }
    }
}

const fn mark_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Track => "n-track",
        Mark::Untracked => "n-open",
        Mark::Candidate => "n-candidate",
    }
}

/// Draws the sample of one shape for the legend.
pub(crate) fn swatch(mark: Mark) -> Markup {
    html! {
        svg class="swatch" viewBox="0 0 18 16" width="18" height="16" aria-hidden="true" focusable="false" {
            @match mark {
                Mark::Track => { circle class="m-track" cx="9" cy="8" r="7" {} }
                Mark::Untracked => { circle class="m-open" cx="9" cy="8" r="6.5" {} }
                Mark::Candidate => { polygon class="m-candidate" points="9,0 17,8 9,16 1,8" {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_where_each_language_allows() {
        assert_eq!(wrap("Networks of the far future"), ["Networks of the", "far future"]);
        assert_eq!(wrap("未来的网络与量子的科技"), ["未来的网络与量子的", "科技"]);
        assert_eq!(wrap(""), [""]);
    }
}
