//! Maturity stage of one term: six rules, the first that fires, each with the numbers that fired it.
//!
//! The rules are evidence for a reader, not a model: their thresholds stand below in one place, and a stage that no rule
//! reaches is "undetermined". Levels are judged on shares pooled over three years, because a single year of a small
//! collection has shares that no later year can match.
//!
//! Not here: the refinement lab → pilot → market, which needs patents, funding and news beside the papers.

use std::collections::BTreeMap;

use linghang_core::Year;

use super::Series;
use super::poisson::trend;
use crate::result::{InflectionStatement, Onset, Stage, StageFinding};

/// A weak signal has fewer documents than this in three years.
pub const WEAK_DOCUMENTS: u64 = 20;
/// A weak signal had its fifth document at most so many years ago.
pub const WEAK_AGE: Year = 5;
/// A take-off had its significant onset at most so many years ago.
pub const TAKE_OFF_AGE: Year = 3;
/// Growth z5 from which a term is growing, and below whose negative it is declining.
pub const GROWTH_Z5: f64 = 2.0;
/// A mature term has |z5| below this.
pub const LEVEL_Z5: f64 = 1.0;
/// A mature term without an identified inflection had its fifth document at least so many years ago …
pub const MATURE_AGE: Year = 10;
/// … and holds at least this part of its largest share.
pub const MATURE_PART: f64 = 0.75;
/// A term declines when each of its last three years is below this part of its largest share.
pub const DECLINE_PART: f64 = 0.6;

const WINDOW: usize = 3;
/// Fewest documents with the term in three years that can stand for a largest share.
const SUPPORT: u64 = 8;

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct StageInput<'a> {
    /// The yearly curve, to the year T of the scan.
    pub series: &'a Series,
    /// Year of the fifth document; `None` while there are fewer than five.
    pub fifth_document_year: Option<Year>,
    /// Result of the onset test, if it was made.
    pub onset: Option<&'a Onset>,
    /// What may be said about the inflection, if a fit was made.
    pub statement: Option<&'a InflectionStatement>,
}

/// Finds the stage and the numbers behind it.
pub fn stage(input: &StageInput<'_>) -> StageFinding {
    let numbers = Numbers::of(input);
    let rules = [
        (Stage::WeakSignal, numbers.weak_signal()),
        (Stage::TakeOff, take_off(input)),
        (Stage::Growth, numbers.growth()),
        (Stage::Mature, numbers.mature(input)),
        (Stage::Decline, numbers.decline()),
    ];
    for (stage, because) in rules {
        if let Some(because) = because {
            return finding(stage, &because);
        }
    }
    finding(Stage::Undetermined, &numbers.seen())
}

type Because = Vec<(&'static str, f64)>;

fn finding(stage: Stage, because: &[(&str, f64)]) -> StageFinding {
    let because: BTreeMap<String, f64> =
        because.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    StageFinding { stage, because }
}

struct Numbers {
    documents: u64,
    age: Year,
    z3: Option<f64>,
    z5: Option<f64>,
    /// Share of the last three years over the largest share of any three years.
    part_now: Option<f64>,
    /// The largest of the last three yearly shares over the same.
    part_best_year: Option<f64>,
}

impl Numbers {
    fn of(input: &StageInput<'_>) -> Self {
        let series = input.series;
        let length = series.counts.len();
        let z = |years: usize| {
            let from = length.checked_sub(years)?;
            trend(&series.counts[from..], &series.totals[from..]).map(|trend| trend.z)
        };
        let (documents, share_now) = pooled(series, length.saturating_sub(WINDOW));
        let largest = largest_share(series);
        let part = |share: f64| largest.map(|largest| share / largest);
        let best_year =
            (length.saturating_sub(WINDOW)..length).map(|i| series.share(i)).fold(0.0, f64::max);
        Self {
            documents,
            age: input.fifth_document_year.map_or(0, |year| series.last_year - year),
            z3: z(3),
            z5: z(5),
            part_now: part(share_now),
            part_best_year: part(best_year),
        }
    }

    fn weak_signal(&self) -> Option<Because> {
        let z3 = self.z3.filter(|z3| *z3 > 0.0)?;
        (self.documents < WEAK_DOCUMENTS && self.age <= WEAK_AGE).then(|| {
            vec![("window_documents", self.documents as f64), ("age", self.age.into()), ("z3", z3)]
        })
    }

    fn growth(&self) -> Option<Because> {
        let z5 = self.z5.filter(|z5| *z5 >= GROWTH_Z5)?;
        Some(vec![("z5", z5)])
    }

    fn mature(&self, input: &StageInput<'_>) -> Option<Because> {
        let z5 = self.z5.filter(|z5| z5.abs() < LEVEL_Z5)?;
        if let Some(InflectionStatement::Identified { t0, sd_t0, .. }) = input.statement {
            return Some(vec![("z5", z5), ("t0", *t0), ("sd_t0", *sd_t0)]);
        }
        let part = self.part_now.filter(|part| *part >= MATURE_PART)?;
        (self.age >= MATURE_AGE)
            .then(|| vec![("z5", z5), ("age", self.age.into()), ("part_of_largest_share", part)])
    }

    fn decline(&self) -> Option<Because> {
        if let Some(z5) = self.z5.filter(|z5| *z5 <= -GROWTH_Z5) {
            return Some(vec![("z5", z5)]);
        }
        let part = self.part_best_year.filter(|part| *part < DECLINE_PART)?;
        Some(vec![("best_of_three_years_to_largest_share", part)])
    }

    fn seen(&self) -> Because {
        let mut seen = vec![("window_documents", self.documents as f64), ("age", self.age.into())];
        seen.extend(self.z3.map(|z3| ("z3", z3)));
        seen.extend(self.z5.map(|z5| ("z5", z5)));
        seen.extend(self.part_now.map(|part| ("part_of_largest_share", part)));
        seen
    }
}

fn take_off(input: &StageInput<'_>) -> Option<Because> {
    let onset = input.onset.filter(|onset| onset.is_significant)?;
    let age = input.series.last_year - onset.year;
    (age <= TAKE_OFF_AGE).then(|| {
        vec![
            ("onset_year", onset.year.into()),
            ("onset_age", age.into()),
            ("onset_p", onset.p),
            ("onset_slope", onset.slope),
        ]
    })
}

/// Documents with the term, and their share, in the three years from `from`.
fn pooled(series: &Series, from: usize) -> (u64, f64) {
    let to = (from + WINDOW).min(series.counts.len());
    let sum = |numbers: &[u32]| numbers[from..to].iter().map(|n| u64::from(*n)).sum::<u64>();
    let (documents, total) = (sum(&series.counts), sum(&series.totals));
    (documents, if total > 0 { documents as f64 / total as f64 } else { 0.0 })
}

fn largest_share(series: &Series) -> Option<f64> {
    (0..=series.counts.len().checked_sub(WINDOW)?)
        .map(|from| pooled(series, from))
        .filter(|(documents, _)| *documents >= SUPPORT)
        .map(|(_, share)| share)
        .reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::Model;

    fn check(counts: &[u32], fifth: Year, onset: Option<Onset>, t0: Option<f64>) -> String {
        let totals = vec![1000; counts.len()];
        let series = Series { last_year: 2019, counts: counts.to_vec(), totals };
        let statement = t0.map(|t0| InflectionStatement::Identified {
            model: Model::Logistic,
            t0,
            sd_t0: 0.5,
            saturation_share: 0.1,
        });
        let found = stage(&StageInput {
            series: &series,
            fifth_document_year: Some(fifth),
            onset: onset.as_ref(),
            statement: statement.as_ref(),
        });
        let because: Vec<String> =
            found.because.iter().map(|(name, value)| format!("{name} {value:.2}")).collect();
        format!("{:?}: {}", found.stage, because.join(", "))
    }

    fn onset(year: Year, is_significant: bool) -> Onset {
        Onset { year, year_low: year, year_high: year, slope: 0.5, p: 0.001, is_significant }
    }

    #[test]
    fn few_young_and_growing_documents_are_a_weak_signal() {
        insta::assert_snapshot!(
            check(&[0, 0, 0, 1, 1, 2, 4, 8], 2018, Some(onset(2018, true)), None),
            @"WeakSignal: age 1.00, window_documents 14.00, z3 1.87"
        );
    }

    #[test]
    fn the_same_term_with_more_documents_takes_off() {
        insta::assert_snapshot!(
            check(&[1, 1, 2, 1, 2, 5, 15, 40], 2014, Some(onset(2017, true)), None),
            @"TakeOff: onset_age 2.00, onset_p 0.00, onset_slope 0.50, onset_year 2017.00"
        );
    }

    #[test]
    fn an_onset_that_is_old_or_not_significant_is_growth_at_most() {
        insta::assert_snapshot!(
            check(&[1, 2, 4, 8, 15, 20, 28, 40], 2014, Some(onset(2013, true)), None),
            @"Growth: z5 5.02"
        );
        insta::assert_snapshot!(
            check(&[1, 1, 2, 1, 2, 5, 15, 40], 2014, Some(onset(2017, false)), None),
            @"Growth: z5 6.86"
        );
    }

    #[test]
    fn level_with_a_past_inflection_is_mature() {
        insta::assert_snapshot!(
            check(&[2, 9, 30, 60, 70, 71, 70, 72, 71], 2011, None, Some(2013.1)),
            @"Mature: sd_t0 0.50, t0 2013.10, z5 0.11"
        );
    }

    #[test]
    fn old_and_level_near_its_peak_is_mature() {
        insta::assert_snapshot!(
            check(&[50; 14], 2006, None, None),
            @"Mature: age 13.00, part_of_largest_share 1.00, z5 0.00"
        );
    }

    #[test]
    fn falling_is_decline() {
        insta::assert_snapshot!(
            check(&[90, 90, 90, 80, 60, 40, 30, 20], 2004, None, None),
            @"Decline: z5 -6.82"
        );
    }

    #[test]
    fn long_since_fallen_to_a_lower_level_is_decline() {
        insta::assert_snapshot!(
            check(&[90, 90, 90, 50, 30, 30, 30, 30, 30, 30], 2004, None, None),
            @"Decline: best_of_three_years_to_largest_share 0.33"
        );
    }

    #[test]
    fn young_level_and_many_is_undetermined() {
        insta::assert_snapshot!(
            check(&[0, 0, 0, 0, 50, 49, 51, 50, 50], 2015, None, None),
            @"Undetermined: age 4.00, part_of_largest_share 1.00, window_documents 151.00, z3 -0.10, z5 0.04"
        );
    }

    #[test]
    fn a_curve_of_two_years_or_none_is_undetermined_and_does_not_fail() {
        insta::assert_snapshot!(
            check(&[3, 4], 2019, None, None),
            @"Undetermined: age 0.00, window_documents 7.00"
        );
        insta::assert_snapshot!(
            check(&[], 2019, None, None),
            @"Undetermined: age 0.00, window_documents 0.00"
        );
    }
}
