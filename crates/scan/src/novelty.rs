//! Novelty of terms and topics, and the flags that point at non-consensus (非共识) and neglected findings.
//!
//! A flag is raised only when all its numbers are known; each carries them. Percentiles are taken over the items that
//! are handed in together: the share of items with a known lower value, 0 to 100.
//!
//! Not here: the signals themselves, expert judgements, and how flags are worded.

use std::collections::{BTreeMap, HashSet};

use linghang_core::Year;

use crate::result::Flag;
use crate::topics::weighted_jaccard;

/// What is known about a term when flags are decided; `None` is unknown, never zero.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FlagInput {
    /// Emergence score LH-6.
    pub lh6: f64,
    /// Documents in the window.
    pub volume: u32,
    /// Mentions in policy texts and news; unknown when none were imported.
    pub policy_and_news: Option<u32>,
    /// Own growth (z3).
    pub own_momentum: Option<f64>,
    /// Growth of the neighbours (nz5).
    pub neighbour_momentum: Option<f64>,
    /// Experts' judgement; only its order counts, larger is more promising.
    pub expert: Option<f64>,
    /// Whether science shows a significant onset.
    pub science_onset: Option<bool>,
    /// Whether patents or funding show a significant onset.
    pub market_onset: Option<bool>,
    /// Distinct authors per document (ar).
    pub authors_per_document: Option<f64>,
    /// Share of the largest actor in the documents, 0 to 1.
    pub top_actor_share: Option<f64>,
    /// Year in which the fifth document appeared.
    pub fifth_document_year: Option<Year>,
}

/// Percentile of LH-6 from which a neglected term is worth a flag, and the limits of volume and mentions.
const UNATTENDED: (f64, f64, f64) = (90.0, 50.0, 20.0);
/// Percentile points between own and neighbours' momentum.
const SPLIT_SIGNAL: f64 = 60.0;
/// Percentile points between experts and model.
const EXPERT_GAP: f64 = 40.0;
/// Percentiles of author breadth (from) and of the largest actor's share (up to).
const BROAD_AUTHORSHIP: (f64, f64) = (80.0, 20.0);
/// Age in years up to which a term is new.
const NEW_YEARS: Year = 5;

/// Fewest judged items among which an expert's judgement has a percentile.
const JUDGED: usize = 5;

/// The flags of one item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdicts {
    /// Flags that fired, in a fixed order.
    pub fired: Vec<Flag>,
    /// Codes of the flags that could not be decided, in the same order: a number behind them is not known.
    pub unknown: Vec<&'static str>,
}

/// What became of one flag: `None` when a number behind it is unknown, `Some(None)` when it did not fire.
type Verdict = Option<Option<Flag>>;

/// Decides the flags of each item, in the order of the items.
pub fn flags(items: &[FlagInput], last_year: Year) -> Vec<Verdicts> {
    let scales = Scales::of(items);
    items
        .iter()
        .map(|item| {
            let found: [(&'static str, Verdict); 6] = [
                ("unattended", unattended(item, &scales)),
                ("split_signal", split_signal(item, &scales)),
                ("expert_gap", expert_gap(item, &scales)),
                ("source_split", source_split(item)),
                ("broad_authorship", broad_authorship(item, &scales)),
                ("new", new(item, last_year)),
            ];
            let mut verdicts = Verdicts::default();
            for (code, verdict) in found {
                match verdict {
                    Some(fired) => verdicts.fired.extend(fired),
                    None => verdicts.unknown.push(code),
                }
            }
            verdicts
        })
        .collect()
}

/// The known values of all items, for percentiles.
struct Scales {
    score: Percentiles,
    volume: Percentiles,
    mentions: Percentiles,
    own: Percentiles,
    neighbours: Percentiles,
    breadth: Percentiles,
    largest: Percentiles,
    /// Judgements, and the scores of the judged items: the two are compared within the same few items.
    experts: Percentiles,
    judged: Percentiles,
}

impl Scales {
    fn of(items: &[FlagInput]) -> Self {
        let known =
            |value: fn(&FlagInput) -> Option<f64>| Percentiles::of(items.iter().filter_map(value));
        Self {
            score: known(|item| Some(item.lh6)),
            volume: known(|item| Some(f64::from(item.volume))),
            mentions: known(|item| item.policy_and_news.map(f64::from)),
            own: known(|item| item.own_momentum),
            neighbours: known(|item| item.neighbour_momentum),
            breadth: known(|item| item.authors_per_document),
            largest: known(|item| item.top_actor_share),
            experts: known(|item| item.expert),
            judged: known(|item| item.expert.map(|_| item.lh6)),
        }
    }
}

fn unattended(item: &FlagInput, scales: &Scales) -> Verdict {
    let mentions = scales.mentions.of_value(f64::from(item.policy_and_news?));
    let (score, volume) =
        (scales.score.of_value(item.lh6), scales.volume.of_value(f64::from(item.volume)));
    let fires = score >= UNATTENDED.0 && volume <= UNATTENDED.1 && mentions <= UNATTENDED.2;
    let because = [
        ("lh6_percentile", score),
        ("volume_percentile", volume),
        ("mentions_percentile", mentions),
    ];
    Some(fires.then(|| flag("unattended", &because)))
}

fn split_signal(item: &FlagInput, scales: &Scales) -> Verdict {
    let own = scales.own.of_value(item.own_momentum?);
    let neighbours = scales.neighbours.of_value(item.neighbour_momentum?);
    let because = [("own_percentile", own), ("neighbour_percentile", neighbours)];
    Some(((own - neighbours).abs() >= SPLIT_SIGNAL).then(|| flag("split_signal", &because)))
}

fn expert_gap(item: &FlagInput, scales: &Scales) -> Verdict {
    let (expert, model) = (item.expert?, item.lh6);
    if scales.experts.0.len() < JUDGED {
        return None;
    }
    let (expert, model) = (scales.experts.of_value(expert), scales.judged.of_value(model));
    let because = [("expert_percentile", expert), ("lh6_percentile", model)];
    Some(((expert - model).abs() >= EXPERT_GAP).then(|| flag("expert_gap", &because)))
}

fn source_split(item: &FlagInput) -> Verdict {
    let (science, market) = (item.science_onset?, item.market_onset?);
    let number = |onset: bool| f64::from(u8::from(onset));
    let because = [("science_onset", number(science)), ("market_onset", number(market))];
    Some((science != market).then(|| flag("source_split", &because)))
}

fn broad_authorship(item: &FlagInput, scales: &Scales) -> Verdict {
    let breadth = scales.breadth.of_value(item.authors_per_document?);
    let largest = scales.largest.of_value(item.top_actor_share?);
    let fires = breadth >= BROAD_AUTHORSHIP.0 && largest <= BROAD_AUTHORSHIP.1;
    let because = [("author_breadth_percentile", breadth), ("top_actor_share_percentile", largest)];
    Some(fires.then(|| flag("broad_authorship", &because)))
}

fn new(item: &FlagInput, last_year: Year) -> Verdict {
    let age = last_year - item.fifth_document_year?;
    let fires = (0..=NEW_YEARS).contains(&age);
    Some(fires.then(|| flag("new", &[("age_years", f64::from(age))])))
}

fn flag(code: &str, because: &[(&str, f64)]) -> Flag {
    let because: BTreeMap<String, f64> =
        because.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    Flag { code: code.to_owned(), because }
}

/// Known values in increasing order.
struct Percentiles(Vec<f64>);

impl Percentiles {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// Share of the values that are lower, 0 to 100.
    fn of_value(&self, value: f64) -> f64 {
        let lower = self.0.partition_point(|other| *other < value);
        100.0 * lower as f64 / self.0.len().max(1) as f64
    }
}

/// Returns the year in which the fifth document appeared; `None` before that.
///
/// `counts` are documents a year from `first_year` on and must start with the first document of all.
pub fn fifth_document_year(first_year: Year, counts: &[u32]) -> Option<Year> {
    let mut documents = 0_u64;
    for (year, count) in (first_year..).zip(counts) {
        documents += u64::from(*count);
        if documents >= 5 {
            return Some(year);
        }
    }
    None
}

/// Returns the share of recent meetings of two terms that join terms never seen together before, 0 to 1.
///
/// `recent` holds pairs with their recent documents, `before` the pairs seen up to three years ago. The two numbers of
/// a pair may stand in any order. `None` without recent meetings.
pub fn new_pair_share(recent: &[(u32, u32, u32)], before: &[(u32, u32)]) -> Option<f64> {
    let known: HashSet<(u32, u32)> = before.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
    let (mut new, mut all) = (0_u64, 0_u64);
    for &(a, b, documents) in recent {
        all += u64::from(documents);
        new += if known.contains(&(a.min(b), a.max(b))) { 0 } else { u64::from(documents) };
    }
    (all > 0).then(|| new as f64 / all as f64)
}

/// Returns how far a topic is from the nearest older one: 1 − the largest weighted Jaccard index of their terms.
///
/// Terms come with their documents. Without older topics the distance is 1.
pub fn distance_to_nearest(topic: &[(String, u32)], older: &[Vec<(String, u32)>]) -> f64 {
    1.0 - older.iter().map(|old| weighted_jaccard(topic, old)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eleven items with scores, volumes, mentions and momenta 0, 10, … 100; the first is changed by the case.
    fn check(change: impl Fn(&mut FlagInput)) -> String {
        check_all(|items| change(&mut items[0]))
    }

    fn check_all(change: impl Fn(&mut [FlagInput])) -> String {
        let mut items: Vec<FlagInput> = (0..=10_u32)
            .map(|n| FlagInput {
                lh6: f64::from(n),
                volume: n * 10,
                policy_and_news: Some(n),
                own_momentum: Some(f64::from(n)),
                neighbour_momentum: Some(f64::from(n)),
                authors_per_document: Some(f64::from(n)),
                top_actor_share: Some(f64::from(n) / 10.0),
                ..FlagInput::default()
            })
            .collect();
        change(&mut items);
        flags(&items, 2019)[0]
            .fired
            .iter()
            .map(|flag| {
                let because: Vec<_> =
                    flag.because.iter().map(|(name, value)| format!("{name}={value:.0}")).collect();
                format!("{} ({})", flag.code, because.join(", "))
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn an_item_without_anything_special_has_no_flag() {
        assert_eq!(check(|_| {}), "");
    }

    #[test]
    fn a_high_score_with_little_volume_and_few_mentions_is_unattended() {
        insta::assert_snapshot!(
            check(|item| item.lh6 = 99.0),
            @"unattended (lh6_percentile=91, mentions_percentile=0, volume_percentile=0)"
        );
    }

    #[test]
    fn without_known_mentions_nothing_is_called_unattended() {
        assert_eq!(check(|item| (item.lh6, item.policy_and_news) = (99.0, None)), "");
    }

    #[test]
    fn momentum_far_above_that_of_the_neighbours_is_a_split_signal() {
        insta::assert_snapshot!(
            check(|item| item.own_momentum = Some(8.5)),
            @"split_signal (neighbour_percentile=0, own_percentile=73)"
        );
        assert_eq!(check(|item| item.own_momentum = Some(6.5)), "", "55 points are not enough");
    }

    #[test]
    fn experts_far_from_the_model_make_a_gap() {
        let judged = |count: usize, first: f64| {
            check_all(|items| {
                items.iter_mut().take(count).for_each(|item| item.expert = Some(item.lh6));
                items[0].expert = Some(first);
            })
        };
        insta::assert_snapshot!(
            judged(5, 2.5),
            @"expert_gap (expert_percentile=40, lh6_percentile=0)"
        );
        assert_eq!(judged(5, 1.5), "", "20 points are not enough");
        assert_eq!(judged(4, 9.0), "", "four judgements make no scale");
    }

    #[test]
    fn a_flag_that_cannot_be_decided_is_unknown_and_not_absent() {
        let unknown = |item: FlagInput| flags(&[item], 2019)[0].unknown.join(" ");
        insta::assert_snapshot!(
            unknown(FlagInput::default()),
            @"unattended split_signal expert_gap source_split broad_authorship new"
        );
        let known = FlagInput {
            policy_and_news: Some(0),
            science_onset: Some(false),
            market_onset: Some(true),
            ..FlagInput::default()
        };
        insta::assert_snapshot!(unknown(known), @"split_signal expert_gap broad_authorship new");
    }

    #[test]
    fn an_onset_on_one_side_only_is_a_source_split() {
        let with = |science, market| {
            check(move |item| (item.science_onset, item.market_onset) = (science, market))
        };
        insta::assert_snapshot!(
            with(Some(true), Some(false)),
            @"source_split (market_onset=0, science_onset=1)"
        );
        assert_eq!(with(Some(true), Some(true)), "");
        assert_eq!(with(Some(true), None), "", "an untested side is not a missing onset");
    }

    #[test]
    fn many_authors_without_a_dominant_actor_are_broad_authorship() {
        insta::assert_snapshot!(
            check(|item| item.authors_per_document = Some(99.0)),
            @"broad_authorship (author_breadth_percentile=91, top_actor_share_percentile=0)"
        );
    }

    #[test]
    fn a_term_is_new_for_five_years_after_its_fifth_document() {
        insta::assert_snapshot!(check(|item| item.fifth_document_year = Some(2014)), @"new (age_years=5)");
        assert_eq!(check(|item| item.fifth_document_year = Some(2013)), "");
    }

    #[test]
    fn the_fifth_document_is_found_in_the_running_sum() {
        for (counts, expected) in [
            (&[5][..], Some(2010)),
            (&[1, 0, 3, 1][..], Some(2013)),
            (&[2, 2][..], None),
            (&[][..], None),
        ] {
            assert_eq!(fifth_document_year(2010, counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn new_pairs_are_weighed_by_documents_and_direction_does_not_matter() {
        assert_eq!(new_pair_share(&[(1, 2, 3), (2, 3, 1)], &[(2, 1)]), Some(0.25));
        assert_eq!(new_pair_share(&[], &[(2, 1)]), None);
    }

    #[test]
    fn the_nearest_older_topic_decides_the_distance() {
        let topic =
            |list: &str| list.split(' ').map(|text| (text.to_owned(), 4)).collect::<Vec<_>>();
        let older = [topic("a b"), topic("x y")];
        assert!((distance_to_nearest(&topic("a c"), &older) - 2.0 / 3.0).abs() < 1e-12);
        assert!((distance_to_nearest(&topic("q"), &[]) - 1.0).abs() < 1e-12);
    }
}
