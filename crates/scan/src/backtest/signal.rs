//! The signals that a back-test can rank by, under their stable names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::candidates::Candidates;
use crate::figures::{Figures, TermFigures};
use crate::signals::{self, Score, baselines};

/// A way to rank candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// The emergence score.
    Lh6,
    /// LH-6 as lists show it: terms that lists leave out stand behind all others.
    Lh6Shown,
    /// LH-6 without its two background signals.
    Lh6NoBackground,
    /// Poisson trend over three years.
    Z3,
    /// Poisson trend over five years.
    Z5,
    /// Growth of the neighbours over five years.
    Nz5,
    /// MACD histogram.
    Macd,
    /// Weight of the Kleinberg burst that is alive.
    Kleinberg,
    /// EScore without filters.
    Escore,
    /// EScore with its published filters.
    EscoreFiltered,
    /// Slope of the share.
    Slope,
    /// Growth in the last year.
    Growth,
    /// Growth in the last half-year.
    HalfGrowth,
    /// Documents in the window.
    Frequency,
    /// A fixed arbitrary order.
    Random,
}

impl Signal {
    /// All signals, LH-6 first.
    pub const ALL: [Self; 15] = [
        Self::Lh6,
        Self::Lh6Shown,
        Self::Lh6NoBackground,
        Self::Z3,
        Self::Z5,
        Self::Nz5,
        Self::Macd,
        Self::Kleinberg,
        Self::Escore,
        Self::EscoreFiltered,
        Self::Slope,
        Self::Growth,
        Self::HalfGrowth,
        Self::Frequency,
        Self::Random,
    ];

    /// Returns the stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lh6 => "lh6",
            Self::Lh6Shown => "lh6_shown",
            Self::Lh6NoBackground => "lh6_no_background",
            Self::Z3 => "z3",
            Self::Z5 => "z5",
            Self::Nz5 => "nz5",
            Self::Macd => "macd",
            Self::Kleinberg => "kleinberg",
            Self::Escore => "escore",
            Self::EscoreFiltered => "escore_filtered",
            Self::Slope => "slope",
            Self::Growth => "growth",
            Self::HalfGrowth => "half_growth",
            Self::Frequency => "frequency",
            Self::Random => "random",
        }
    }

    /// Scores the candidates of `figures` whose LH-6 is `lh6`.
    pub(super) fn scores(
        self,
        figures: &Figures,
        candidates: &Candidates,
        lh6: &[Score],
    ) -> Vec<f64> {
        let by_term = |signal: &dyn Fn(&TermFigures) -> f64| -> Vec<f64> {
            candidates.terms.iter().map(|term| signal(&figures.terms[*term as usize])).collect()
        };
        match self {
            Self::Lh6 => lh6.iter().map(Score::total).collect(),
            Self::Lh6Shown => {
                let shown = candidates.terms.iter().zip(lh6);
                shown
                    .map(|(term, score)| {
                        behind(score.total(), candidates.hidden.contains_key(term))
                    })
                    .collect()
            }
            Self::Lh6NoBackground => {
                lh6.iter().map(|score| score.contributions[..4].iter().sum()).collect()
            }
            Self::Z3 => by_term(&|term| baselines::poisson_z(figures, term, 3)),
            Self::Z5 => by_term(&|term| baselines::poisson_z(figures, term, 5)),
            Self::Nz5 => lh6.iter().map(|score| score.values[1].unwrap_or(0.0)).collect(),
            Self::Macd => by_term(&|term| baselines::macd(figures, term)),
            Self::Kleinberg => by_term(&|term| baselines::kleinberg(figures, term)),
            Self::Escore => by_term(&|term| signals::escore(figures, term)),
            Self::EscoreFiltered => by_term(&|term| {
                let score = signals::escore(figures, term);
                behind(score, !signals::passes_published_filters(figures, term))
            }),
            Self::Slope => by_term(&|term| baselines::linear_slope(figures, term)),
            Self::Growth => by_term(&|term| baselines::last_year_growth(figures, term)),
            Self::HalfGrowth => by_term(&|term| baselines::last_half_growth(figures, term)),
            Self::Frequency => by_term(&|term| baselines::frequency(term)),
            Self::Random => by_term(&|term| arbitrary(&term.text, figures.cut.0)),
        }
    }
}

/// The score, or far below it: filtered terms keep their order behind all others.
fn behind(score: f64, is_filtered: bool) -> f64 {
    if is_filtered { score - 1e9 } else { score }
}

/// A number that depends on the term and the cut only (FNV-1a), so that "random" is the same on every machine.
fn arbitrary(text: &str, cut: i32) -> f64 {
    let hash =
        text.bytes().chain(cut.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11) as f64
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Signal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|signal| signal.name() == text).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|signal| signal.name()).collect();
            format!("`{text}` is not a signal; known are {}", names.join(", "))
        })
    }
}
