//! Tipping-point flags of a topic from the onsets that its kinds of source show.
//!
//! 技术奇点 (technology singularity): a significant onset in science or patents within three years, and neighbours
//! that grow. 市场引爆点 (market ignition): significant onsets within three years in two of patents, funding, news or
//! procurement, and prices. One curve alone never raises a flag. What was not tested stays unknown.
//!
//! Not here: the onset test itself.

use std::collections::BTreeMap;

use linghang_core::Year;

use crate::result::{Onset, Tipping};

/// An onset is recent when it is at most this many years old.
const RECENT_YEARS: Year = 3;

/// The onset test of one kind of source for a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct KindOnset {
    /// Kind of document: `paper`, `patent`, `project` (or `funding`), `news`, `procurement`, `price`; others raise no flag.
    pub kind: String,
    /// Result of the test; absent when the series was too short or too thin to test.
    pub onset: Option<Onset>,
}

/// Where a kind of source stands on the way to the market; news and procurement speak of the same step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Science,
    Patents,
    Funding,
    Demand,
    Price,
}

fn step_of(kind: &str) -> Option<Step> {
    match kind {
        "paper" => Some(Step::Science),
        "patent" => Some(Step::Patents),
        "funding" | "project" => Some(Step::Funding),
        "news" | "procurement" => Some(Step::Demand),
        "price" => Some(Step::Price),
        _ => None,
    }
}

/// Decides the flags at the end of `last_year`; `neighbour_growth` is the topic's nz5.
///
/// A flag is `None` when too little was tested to decide: no science or patent series, or an onset without known
/// neighbours; fewer than two steps to the market.
pub fn tipping_flags(
    onsets: &[KindOnset],
    neighbour_growth: Option<f64>,
    last_year: Year,
) -> Tipping {
    // For each tested step: whether any of its kinds turned recently.
    let mut turned = BTreeMap::<Step, bool>::new();
    let mut years = BTreeMap::<String, Year>::new();
    for tested in onsets {
        let Some(onset) = tested.onset else { continue };
        let is_recent =
            onset.is_significant && (0..=RECENT_YEARS).contains(&(last_year - onset.year));
        if let Some(step) = step_of(&tested.kind) {
            *turned.entry(step).or_default() |= is_recent;
        }
        if onset.is_significant {
            let year = years.entry(tested.kind.clone()).or_insert(onset.year);
            *year = onset.year.min(*year);
        }
    }
    Tipping {
        technology_singularity: technology_singularity(&turned, neighbour_growth),
        market_ignition: market_ignition(&turned),
        onsets: years,
    }
}

fn technology_singularity(
    turned: &BTreeMap<Step, bool>,
    neighbour_growth: Option<f64>,
) -> Option<bool> {
    let tested: Vec<bool> = [Step::Science, Step::Patents]
        .iter()
        .filter_map(|step| turned.get(step).copied())
        .collect();
    if tested.is_empty() {
        None
    } else if tested.contains(&true) {
        neighbour_growth.map(|growth| growth > 0.0)
    } else {
        Some(false)
    }
}

fn market_ignition(turned: &BTreeMap<Step, bool>) -> Option<bool> {
    let tested: Vec<bool> = turned
        .iter()
        .filter(|(step, _)| **step != Step::Science)
        .map(|(_, turned)| *turned)
        .collect();
    (tested.len() >= 2).then(|| tested.iter().filter(|&&turned| turned).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn onset(year: Year, is_significant: bool) -> Onset {
        Onset { year, year_low: year - 1, year_high: year + 1, slope: 0.3, p: 0.01, is_significant }
    }

    fn check(onsets: &[(&str, Option<Year>)], neighbour_growth: Option<f64>) -> String {
        let onsets: Vec<_> = onsets
            .iter()
            .map(|(kind, year)| KindOnset {
                kind: (*kind).to_owned(),
                onset: Some(year.map_or_else(|| onset(2018, false), |year| onset(year, true))),
            })
            .collect();
        let tipping = tipping_flags(&onsets, neighbour_growth, 2019);
        format!(
            "{:?} {:?} {:?}",
            tipping.technology_singularity, tipping.market_ignition, tipping.onsets
        )
    }

    #[test]
    fn a_recent_onset_in_science_with_growing_neighbours_is_a_singularity() {
        insta::assert_snapshot!(
            check(&[("paper", Some(2017))], Some(0.4)),
            @r#"Some(true) None {"paper": 2017}"#
        );
    }

    #[test]
    fn one_series_alone_never_raises_a_flag() {
        insta::assert_snapshot!(check(&[("paper", Some(2017))], None), @r#"None None {"paper": 2017}"#);
        insta::assert_snapshot!(
            check(&[("paper", Some(2017))], Some(-0.1)),
            @r#"Some(false) None {"paper": 2017}"#
        );
    }

    #[test]
    fn an_old_or_weak_onset_is_none() {
        insta::assert_snapshot!(
            check(&[("paper", Some(2015)), ("patent", None)], Some(1.0)),
            @r#"Some(false) None {"paper": 2015}"#
        );
    }

    #[test]
    fn patents_and_funding_together_ignite_a_market() {
        insta::assert_snapshot!(
            check(&[("patent", Some(2018)), ("funding", Some(2016))], Some(1.0)),
            @r#"Some(true) Some(true) {"funding": 2016, "patent": 2018}"#
        );
    }

    #[test]
    fn a_funded_project_is_funding() {
        insta::assert_snapshot!(
            check(&[("patent", Some(2018)), ("project", Some(2016))], None),
            @r#"None Some(true) {"patent": 2018, "project": 2016}"#
        );
    }

    #[test]
    fn science_is_no_step_to_the_market_and_news_and_procurement_are_one() {
        insta::assert_snapshot!(
            check(&[("paper", Some(2018)), ("patent", Some(2018)), ("funding", None)], Some(1.0)),
            @r#"Some(true) Some(false) {"paper": 2018, "patent": 2018}"#
        );
        insta::assert_snapshot!(
            check(&[("news", Some(2018)), ("procurement", Some(2018))], Some(1.0)),
            @r#"None None {"news": 2018, "procurement": 2018}"#
        );
    }

    #[test]
    fn nothing_tested_is_nothing_known() {
        let untested = [KindOnset { kind: "paper".to_owned(), onset: None }];
        assert_eq!(tipping_flags(&untested, Some(1.0), 2019), Tipping::default());
    }
}
