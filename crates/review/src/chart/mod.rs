//! Charts as SVG: numbers in, markup out.
//!
//! # Invariants
//!
//! - No clock, no randomness: the same numbers give the same bytes.
//! - Every coordinate is finite; a number that is not is drawn at zero and said as a dash in the text beside it.
//! - Text is escaped by the markup macro. Colours are classes, so that the page decides light, dark and paper.
//! - A chart is an image with a name: either its own `title` and `desc`, or an element of the page that says both
//!   languages.

pub(crate) mod contributions;
pub(crate) mod curve;
pub(crate) mod cuts;
pub(crate) mod interval;
pub(crate) mod radar;
pub(crate) mod radar_layout;
pub(crate) mod scale;

use maud::{Markup, html};

/// What a chart is called by someone who cannot see it.
#[derive(Debug, Clone)]
pub(crate) enum Label {
    /// The chart carries its title and one sentence.
    Own {
        /// Unique id on the page.
        id: String,
        /// What is drawn.
        title: String,
        /// What it shows, in one sentence.
        sentence: String,
    },
    /// An element of the page, with this id, says it in both languages.
    Elsewhere {
        /// Id of that element.
        id: String,
    },
}

/// Wraps a drawing as an image with a name.
pub(crate) fn frame(
    width: f64,
    height: f64,
    class: &str,
    label: &Label,
    drawing: &Markup,
) -> Markup {
    let view = format!("0 0 {} {}", num(width), num(height));
    let (labelled, described) = match label {
        Label::Own { id, .. } => (format!("{id}-t"), Some(format!("{id}-d"))),
        Label::Elsewhere { id } => (id.clone(), None),
    };
    html! {
        svg class={ "chart " (class) } viewBox=(view) width=(num(width)) height=(num(height)) role="img"
            aria-labelledby=(labelled) aria-describedby=[described] {
            @if let Label::Own { id, title, sentence } = label {
                title id={ (id) "-t" } { (title) }
                desc id={ (id) "-d" } { (sentence) }
            }
            (drawing)
        }
    }
}

/// Writes a coordinate with at most two places; not-a-number and infinity become zero.
pub(crate) fn num(value: f64) -> String {
    let bounded = if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 };
    let text = format!("{bounded:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Joins points as the attribute of a polyline.
pub(crate) fn points(places: &[(f64, f64)]) -> String {
    places.iter().map(|(x, y)| format!("{},{}", num(*x), num(*y))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coordinate_is_always_a_number() {
        let texts: Vec<String> =
            [1.0, -0.001, 12.345_6, f64::NAN, f64::INFINITY, -1e300].into_iter().map(num).collect();
        assert_eq!(texts, ["1", "0", "12.35", "0", "0", "-1000000"]);
    }
}
