//! What each kind of source says of the candidates: mentions in policy and news, onsets in science and on the market.
//!
//! A corpus is often of one kind; so everything in the store up to the date is looked at, whatever its classes.

use super::evidence::KindCounts;
use super::{Request, Scored};
use crate::series::{Series, onset};

/// Kinds whose texts mention a technology in public.
const PUBLIC: [&str; 2] = ["policy", "news"];
/// Kinds that show science, and kinds that show that somebody pays.
const SCIENCE: [&str; 1] = ["paper"];
const MARKET: [&str; 2] = ["patent", "project"];
/// Fewest public texts of the window from which silence means something.
const MIN_PUBLIC: u32 = 20;
/// Years in which a side must have enough documents for its onsets to be tested.
const TESTED_YEARS: usize = 6;
/// Seeds of the onset tests.
const SEEDS: [u64; 2] = [20_190_703, 20_190_704];

/// What is known of the candidates beyond their corpus, by place; absent where nothing is known of any.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Policy texts and news of the window that name each candidate.
    pub(super) mentions: Option<Vec<u32>>,
    /// Whether each candidate has a significant onset in papers.
    pub(super) science: Option<Vec<bool>>,
    /// Whether each candidate has a significant onset in patents and projects.
    pub(super) market: Option<Vec<bool>>,
}

/// Looks at the kinds of source; nothing is known without documents.
pub(super) fn look(request: &Request<'_>, scored: &Scored) -> Sources {
    let Some(evidence) = request.evidence else { return Sources::default() };
    let years = scored.series.first().map_or(0, |series| series.counts.len());
    let count = |kinds: &[&str]| evidence.kind_counts(kinds, scored.terms(), years);
    let (science, market) = (count(&SCIENCE), count(&MARKET));
    // One side alone decides nothing.
    let has_both = is_tested(request, &science) && is_tested(request, &market);
    let onsets =
        |counts: &KindCounts, seed: u64| has_both.then(|| onset_of_each(request, counts, seed));
    Sources {
        mentions: mentions(&count(&PUBLIC)),
        science: onsets(&science, SEEDS[0]),
        market: onsets(&market, SEEDS[1]),
    }
}

fn window(counts: &[u32]) -> u32 {
    counts[counts.len().saturating_sub(3)..].iter().sum()
}

fn mentions(public: &KindCounts) -> Option<Vec<u32>> {
    (window(&public.totals) >= MIN_PUBLIC)
        .then(|| public.counts.iter().map(|counts| window(counts)).collect())
}

fn is_tested(request: &Request<'_>, side: &KindCounts) -> bool {
    let recent = &side.totals[side.totals.len().saturating_sub(TESTED_YEARS)..];
    let least = request.params.corpus_documents_a_year;
    recent.len() == TESTED_YEARS && recent.iter().all(|documents| *documents >= least)
}

/// A side that is tested and does not name a term has no onset of it.
fn onset_of_each(request: &Request<'_>, side: &KindCounts, seed: u64) -> Vec<bool> {
    let last_year = request.figures.cut.year();
    let series: Vec<Series> = side
        .counts
        .iter()
        .map(|counts| Series { last_year, counts: counts.clone(), totals: side.totals.clone() })
        .collect();
    let found = onset::onsets(&series, seed);
    found.iter().map(|onset| onset.is_some_and(|onset| onset.is_significant)).collect()
}
