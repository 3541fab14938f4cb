//! Where the dots of a radar go: sectors and rings as wide as their content needs, dots that never touch.
//!
//! Deterministic: a low-discrepancy sequence gives the first places, pairwise repulsion moves dots apart inside their
//! own cell, and where a cell is too full the whole radar grows until all fit.

use std::f64::consts::{FRAC_PI_2, TAU};

/// One dot to place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dot {
    /// Sector, from 0, clockwise from the top.
    pub(crate) sector: usize,
    /// Ring, from 0 at the centre.
    pub(crate) ring: usize,
    /// Radius.
    pub(crate) radius: f64,
}

/// A finished layout around the origin.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// Radii between rings: one more than there are rings.
    pub(crate) ring_edges: Vec<f64>,
    /// Angles between sectors, clockwise from the top: one more than there are sectors.
    pub(crate) sector_edges: Vec<f64>,
    /// Places of the dots, in their order.
    pub(crate) places: Vec<(f64, f64)>,
}

/// Space kept free between dots.
const GAP: f64 = 2.5;
/// Radius of the empty middle.
const HUB: f64 = 26.0;
/// Narrowest ring, so that its name fits.
const RING_MIN: f64 = 46.0;
/// Steps of repulsion at each size.
const STEPS: usize = 240;
/// Discs that stand for a ring's name: distance from the axis and radius.
const NAME_DISCS: [f64; 5] = [-30.0, -15.0, 0.0, 15.0, 30.0];
const NAME_RADIUS: f64 = 9.0;

impl Layout {
    /// Returns the outer radius.
    pub(crate) fn outer(&self) -> f64 {
        self.ring_edges.last().copied().unwrap_or(HUB)
    }

    /// Returns the middle of ring `ring` on the axis at the top, where its name stands.
    pub(crate) fn name_radius(&self, ring: usize) -> f64 {
        f64::midpoint(self.ring_edges[ring], self.ring_edges[ring + 1])
    }
}

/// Places all dots.
pub(crate) fn place(dots: &[Dot], sectors: usize, rings: usize) -> Layout {
    let sector_edges = sector_edges(dots, sectors);
    let mut size = 1.0;
    loop {
        let ring_edges = ring_edges(dots, rings, size);
        let mut layout =
            Layout { ring_edges, sector_edges: sector_edges.clone(), places: Vec::new() };
        layout.places = dots
            .iter()
            .enumerate()
            .map(|(index, dot)| first_place(&layout, dots, index, *dot))
            .collect();
        for _ in 0..STEPS {
            if !push_apart(&mut layout, dots) {
                return layout;
            }
        }
        // 1.08 to the power of 80 is 471: more room than any list of topics needs.
        if size > 471.0 {
            return layout;
        }
        size *= 1.08;
    }
}

/// Gives half of the circle equally and half by the number of dots.
fn sector_edges(dots: &[Dot], sectors: usize) -> Vec<f64> {
    let equal = TAU / sectors.max(1) as f64;
    let mut edges = vec![0.0];
    let mut angle = 0.0;
    for sector in 0..sectors.max(1) {
        let count = dots.iter().filter(|dot| dot.sector == sector).count();
        let by_count = if dots.is_empty() { equal } else { TAU * count as f64 / dots.len() as f64 };
        angle += f64::midpoint(equal, by_count);
        edges.push(angle);
    }
    edges
}

/// Gives each ring the area its dots need, and at least room for its name.
fn ring_edges(dots: &[Dot], rings: usize, size: f64) -> Vec<f64> {
    let mut edges = vec![HUB];
    let mut edge = HUB;
    for ring in 0..rings {
        let area: f64 = dots
            .iter()
            .filter(|dot| dot.ring == ring)
            .map(|dot| (2.0 * dot.radius + GAP).powi(2))
            .sum();
        let needed = (edge * edge + 1.5 * size * area).sqrt();
        edge = needed.max(edge + RING_MIN * size.sqrt());
        edges.push(edge);
    }
    edges
}

/// Spreads the dots of a cell by the two-dimensional golden sequence.
fn first_place(layout: &Layout, dots: &[Dot], index: usize, dot: Dot) -> (f64, f64) {
    let same = |other: &&Dot| other.sector == dot.sector && other.ring == dot.ring;
    let number = dots[..index].iter().filter(same).count() as f64;
    let (part_r, part_a) =
        ((0.5 + number * 0.754_877_67).fract(), (0.5 + number * 0.569_840_29).fract());
    let (inner, outer) = (layout.ring_edges[dot.ring], layout.ring_edges[dot.ring + 1]);
    let (from, to) = (layout.sector_edges[dot.sector], layout.sector_edges[dot.sector + 1]);
    let radius = inner + part_r * (outer - inner);
    let angle = from + part_a * (to - from);
    into_cell(layout, dot, point(radius, angle))
}

/// Returns the point at a radius and an angle clockwise from the top.
pub(crate) fn point(radius: f64, angle: f64) -> (f64, f64) {
    let turned = angle - FRAC_PI_2;
    (radius * turned.cos(), radius * turned.sin())
}

/// Moves overlapping dots apart by one step; returns whether any still overlapped.
fn push_apart(layout: &mut Layout, dots: &[Dot]) -> bool {
    let mut overlapped = false;
    for one in 0..dots.len() {
        for other in one + 1..dots.len() {
            let wanted = dots[one].radius + dots[other].radius + GAP;
            if let Some((dx, dy)) =
                push(layout.places[one], layout.places[other], wanted, one + other)
            {
                overlapped = true;
                move_by(layout, dots, one, (-dx * 0.55, -dy * 0.55));
                move_by(layout, dots, other, (dx * 0.55, dy * 0.55));
            }
        }
        for ring in 0..layout.ring_edges.len() - 1 {
            let y = -layout.name_radius(ring);
            for x in NAME_DISCS {
                if let Some((dx, dy)) =
                    push((x, y), layout.places[one], NAME_RADIUS + dots[one].radius, one)
                {
                    overlapped = true;
                    move_by(layout, dots, one, (dx, dy));
                }
            }
        }
    }
    overlapped
}

/// Returns how far `to` must move away from `from` to be `wanted` apart; `None` when it is.
fn push(from: (f64, f64), to: (f64, f64), wanted: f64, seed: usize) -> Option<(f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let distance = dx.hypot(dy);
    if distance >= wanted - 0.05 {
        return None;
    }
    if distance < 1e-6 {
        return Some(point(wanted, seed as f64 * 2.399_963));
    }
    let by = (wanted - distance) / distance;
    Some((dx * by, dy * by))
}

fn move_by(layout: &mut Layout, dots: &[Dot], index: usize, by: (f64, f64)) {
    let (x, y) = layout.places[index];
    layout.places[index] = into_cell(layout, dots[index], (x + by.0, y + by.1));
}

/// Returns the nearest point at which the dot lies wholly inside its cell, or the cell's middle line.
fn into_cell(layout: &Layout, dot: Dot, (x, y): (f64, f64)) -> (f64, f64) {
    let pad = dot.radius + GAP;
    let (inner, outer) = (layout.ring_edges[dot.ring] + pad, layout.ring_edges[dot.ring + 1] - pad);
    let radius =
        if inner < outer { x.hypot(y).clamp(inner, outer) } else { f64::midpoint(inner, outer) };
    let (from, to) = (layout.sector_edges[dot.sector], layout.sector_edges[dot.sector + 1]);
    let middle = f64::midpoint(from, to);
    // The angle nearest to the sector's middle, so that a dot never jumps over the top.
    let mut angle = y.atan2(x) + FRAC_PI_2 - middle;
    angle -= TAU * (angle / TAU).round();
    let half = (to - from) / 2.0 - (pad / radius.max(pad)).asin();
    let angle = if half > 0.0 { angle.clamp(-half, half) } else { 0.0 };
    point(radius, middle + angle)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn dots_never_touch_and_stay_in_their_cell(
            raw in proptest::collection::vec((0_usize..7, 0_usize..5, 9.0..15.0_f64), 0..61)
        ) {
            let dots: Vec<Dot> =
                raw.into_iter().map(|(sector, ring, radius)| Dot { sector, ring, radius }).collect();
            let layout = place(&dots, 7, 5);
            prop_assert_eq!(&layout, &place(&dots, 7, 5));
            for (one, (x, y)) in layout.places.iter().enumerate() {
                let radius = x.hypot(*y);
                let ring = dots[one].ring;
                prop_assert!(radius > layout.ring_edges[ring] && radius < layout.ring_edges[ring + 1]);
                for other in one + 1..dots.len() {
                    let (ox, oy) = layout.places[other];
                    let distance = (x - ox).hypot(y - oy);
                    prop_assert!(distance + 0.1 >= dots[one].radius + dots[other].radius, "{one} {other} {distance}");
                }
            }
        }
    }

    #[test]
    fn sixty_dots_in_one_cell_still_find_room() {
        let dots = vec![Dot { sector: 2, ring: 1, radius: 12.0 }; 60];
        assert!(place(&dots, 7, 5).outer() < 1_500.0);
    }
}
