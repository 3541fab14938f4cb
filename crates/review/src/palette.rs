//! The colours of the page, in one place, so that a test can prove their contrast.
//!
//! Every token exists for light and dark. Text reaches 4.5 : 1 and drawn shapes reach 3 : 1 against each surface they
//! may lie on (WCAG 2.2, 1.4.3 and 1.4.11). Rules and fills that only decorate are exempt and marked so.

/// What a colour is for, which decides the contrast it must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The two backgrounds.
    Surface,
    /// Words and numbers.
    Text,
    /// Shapes that carry meaning.
    Shape,
    /// Lines and fills without meaning.
    Decoration,
    /// Text that stands on the accent.
    OnAccent,
    /// Text that stands on the warm colour.
    OnWarm,
}

/// A named colour.
pub(crate) struct Token {
    /// CSS custom property without the dashes.
    pub(crate) name: &'static str,
    /// What it is for; the contrast test reads it.
    #[cfg_attr(not(test), expect(dead_code, reason = "the contrast test reads it"))]
    pub(crate) purpose: Use,
    /// Six hexadecimal digits for light surroundings and paper.
    pub(crate) light: &'static str,
    /// Six hexadecimal digits for dark surroundings.
    pub(crate) dark: &'static str,
}

const fn token(name: &'static str, purpose: Use, light: &'static str, dark: &'static str) -> Token {
    Token { name, purpose, light, dark }
}

/// All colours. `s0` to `s5` are the six contributions in their fixed order.
pub(crate) const TOKENS: [Token; 21] = [
    token("bg", Use::Surface, "ffffff", "11171d"),
    token("surface", Use::Surface, "f5f7f8", "19212a"),
    token("ink", Use::Text, "1a242e", "e7ecf1"),
    token("muted", Use::Text, "4b5965", "aab6c2"),
    token("accent", Use::Text, "0c5380", "78bdea"),
    token("warm", Use::Text, "8f3f0a", "f0a871"),
    token("on-accent", Use::OnAccent, "ffffff", "0d141a"),
    token("on-warm", Use::OnWarm, "ffffff", "0d141a"),
    token("outline", Use::Shape, "71808d", "7c8b99"),
    token("rule", Use::Decoration, "d5dce2", "2f3b47"),
    token("ring-a", Use::Decoration, "eef3f6", "1d2731"),
    token("ring-b", Use::Decoration, "f7f9fb", "161e26"),
    token("band", Use::Decoration, "dfeaf2", "24384a"),
    token("s0", Use::Shape, "0c5380", "78bdea"),
    token("s1", Use::Shape, "2b7a5f", "6cc4a1"),
    token("s2", Use::Shape, "93600a", "dcab4f"),
    token("s3", Use::Shape, "74409a", "c7a4e6"),
    token("s4", Use::Shape, "b03a5b", "ef93a8"),
    token("s5", Use::Shape, "5a6873", "9fb0bf"),
    token("z3", Use::Shape, "2b7a5f", "6cc4a1"),
    token("base", Use::Shape, "71808d", "7c8b99"),
];

/// Writes the custom properties for light, dark by the system's wish, dark by the reader's wish, and paper.
pub(crate) fn css() -> String {
    let light = block(|token| token.light);
    let dark = block(|token| token.dark);
    format!(
        ":root{{color-scheme:light;{light}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
    )
}

fn block(pick: impl Fn(&Token) -> &'static str) -> String {
    let properties: Vec<String> =
        TOKENS.iter().map(|token| format!("--{}:#{};", token.name, pick(token))).collect();
    properties.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance after WCAG 2.2.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(
                u8::from_str_radix(&hex[at..at + 2], 16).expect("two hexadecimal digits"),
            ) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn named(name: &str) -> &'static Token {
        TOKENS.iter().find(|token| token.name == name).expect("a token of the palette")
    }

    #[test]
    fn the_contrast_formula_gives_the_known_extremes() {
        assert!((contrast("000000", "ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("777777", "ffffff") - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_colour_reaches_the_contrast_of_its_use() {
        let surfaces = ["bg", "surface", "ring-a", "ring-b", "band"];
        for token in &TOKENS {
            let (against, wanted): (&[&str], f64) = match token.purpose {
                Use::Surface | Use::Decoration => continue,
                Use::Text => (&surfaces, 4.5),
                Use::Shape => (&surfaces, 3.0),
                Use::OnAccent => (&["accent"], 4.5),
                Use::OnWarm => (&["warm"], 4.5),
            };
            for name in against {
                let other = named(name);
                for (mode, ratio) in [
                    ("light", contrast(token.light, other.light)),
                    ("dark", contrast(token.dark, other.dark)),
                ] {
                    assert!(
                        ratio >= wanted,
                        "{} on {name}, {mode}: {ratio:.2} < {wanted}",
                        token.name
                    );
                }
            }
        }
    }
}
