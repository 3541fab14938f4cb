//! To which tracks a topic or a single term belongs, with the evidence.
//!
//! Each term has a profile: its association weights with all terms of the space, itself included, scaled to length 1.
//! A topic's profile is the sum of its terms' profiles, a track's that of its seeds less half that of its negative
//! terms; the similarity is the cosine between the two. Seeds of the two languages make two profiles and the nearer
//! one counts, because Chinese and English terms rarely meet in one document and would only thin each other out.
//!
//! # The rule
//!
//! Tracks are ordered by similarity. Assigned are the most leading tracks such that each has at least the threshold
//! and the last of them is the margin ahead of the next track, which is the first not assigned. So two tracks that are
//! both high and far above the third are both assigned. Where the margin is not kept, classes decide: the last track
//! stays if its classes are over-represented in the topic and those of the next are not. A term that is itself a seed
//! belongs to the seed's track. A track is vetoed where more terms name its negative terms than name its seeds.
//!
//! Not here: packs and their files; which documents are shown as evidence.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Lang;
use serde::{Deserialize, Serialize};

use super::naming::{covers, named, names};
use super::space::TermSpace;
use crate::result::TrackMatch;

/// What defines a track for the scan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackSelector {
    /// Track id of the pack.
    pub id: String,
    /// Seed terms, normalised like terms, Chinese and English.
    pub seeds: Vec<String>,
    /// Classes with their scheme, such as `arxiv:cs.RO` or `ipc:B64C`; an entry covers its sub-classes.
    pub classes: Vec<String>,
    /// Terms that speak of something else, normalised.
    pub negatives: Vec<String>,
}

/// When a track is assigned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackOptions {
    /// Smallest similarity.
    pub min_similarity: f64,
    /// Smallest lead over the first track that is not assigned.
    pub margin: f64,
}

impl Default for TrackOptions {
    fn default() -> Self {
        Self { min_similarity: 0.25, margin: 0.05 }
    }
}

/// The answer for one topic or term.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrackFindings {
    /// Assigned tracks, best first.
    pub assigned: Vec<TrackMatch>,
    /// All tracks, most similar first, then by id.
    pub nearest: Vec<TrackMatch>,
}

/// Tracks laid out over one space of terms.
#[derive(Debug)]
pub struct TrackModel<'a> {
    space: &'a TermSpace<'a>,
    tracks: Vec<Track<'a>>,
    /// Length of each term's profile before scaling.
    lengths: Vec<f64>,
    /// Documents by class, summed over all terms.
    classes: BTreeMap<&'a str, u64>,
    options: TrackOptions,
}

#[derive(Debug)]
struct Track<'a> {
    selector: &'a TrackSelector,
    /// One profile a language with seeds in the space, each of length 1.
    profiles: Vec<Vec<f64>>,
}

/// Share of the negative profile that is taken from the seeds' profile (Rocchio's method).
const NEGATIVE_SHARE: f64 = 0.5;
/// Number of shared terms and classes that are named as evidence.
const EVIDENCE: usize = 5;

impl<'a> TrackModel<'a> {
    /// Lays out the tracks.
    ///
    /// A seed that is no term of the space is represented by the terms that hold it as whole words; if there are none,
    /// it has no part in the result (see [`TrackModel::unmatched_seeds`]).
    pub fn new(
        space: &'a TermSpace<'a>,
        selectors: &'a [TrackSelector],
        options: TrackOptions,
    ) -> Self {
        let mut classes = BTreeMap::new();
        for (class, documents) in space.terms().iter().flat_map(|term| term.fields) {
            *classes.entry(class.as_str()).or_default() += u64::from(*documents);
        }
        let lengths = (0..space.terms().len() as u32)
            .map(|node| {
                let squares: f64 = space.graph().links(node).map(|link| link.1 * link.1).sum();
                (squares + space.own_weight(node).powi(2)).sqrt()
            })
            .collect();
        let mut model = Self { space, tracks: Vec::new(), lengths, classes, options };
        model.tracks = selectors
            .iter()
            .map(|selector| Track { selector, profiles: model.track_profiles(selector) })
            .collect();
        model
    }

    /// Returns the seeds of each track that no term of the space names; tracks without such seeds are left out.
    pub fn unmatched_seeds(&self) -> BTreeMap<String, Vec<String>> {
        let mut unmatched = BTreeMap::new();
        for track in &self.tracks {
            let mut seeds = track.selector.seeds.clone();
            seeds.retain(|seed| self.nodes_of(seed).is_empty());
            if !seeds.is_empty() {
                seeds.sort();
                unmatched.insert(track.selector.id.clone(), seeds);
            }
        }
        unmatched
    }

    /// Compares a topic, or a single term, with all tracks. `terms` are places in the caller's list of the space.
    pub fn find(&self, terms: &[u32]) -> TrackFindings {
        let mut nodes: Vec<u32> = terms.iter().map(|&term| self.space.node(term)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let profile = self.sparse_profile(&nodes);
        let classes = self.class_counts(&nodes);
        let mut nearest: Vec<(TrackMatch, bool)> = self
            .tracks
            .iter()
            .map(|track| {
                (
                    self.compare(track, &nodes, &profile, &classes),
                    self.is_supported(track, &classes),
                )
            })
            .collect();
        nearest.sort_by(|(a, _), (b, _)| {
            b.similarity.total_cmp(&a.similarity).then_with(|| a.track.cmp(&b.track))
        });
        let assigned = self.assign(&nodes, &nearest);
        TrackFindings { assigned, nearest: nearest.into_iter().map(|(track, _)| track).collect() }
    }

    fn assign(&self, nodes: &[u32], nearest: &[(TrackMatch, bool)]) -> Vec<TrackMatch> {
        let open: Vec<&(TrackMatch, bool)> =
            nearest.iter().filter(|(track, _)| track.vetoed_by.is_empty()).collect();
        let ordered: Vec<(f64, bool)> =
            open.iter().map(|(track, is_supported)| (track.similarity, *is_supported)).collect();
        let count = leading_tracks(&ordered, &self.options);
        // A single term that is a seed belongs to its track whatever the profiles say.
        let is_seed = |track: &TrackMatch| {
            nodes.len() == 1
                && track.named_seeds.iter().any(|seed| seed == self.space.term(nodes[0]).text)
        };
        open.iter()
            .enumerate()
            .filter(|(place, (track, _))| *place < count || is_seed(track))
            .map(|(_, (track, _))| track.clone())
            .collect()
    }

    fn compare(
        &self,
        track: &Track<'_>,
        nodes: &[u32],
        profile: &[(u32, f64)],
        classes: &BTreeMap<&str, u64>,
    ) -> TrackMatch {
        let length = profile.iter().map(|entry| entry.1 * entry.1).sum::<f64>().sqrt();
        let cosine = |other: &[f64]| {
            let product: f64 =
                profile.iter().map(|&(node, weight)| weight * other[node as usize]).sum();
            if length > 0.0 { product / length } else { 0.0 }
        };
        let best = track
            .profiles
            .iter()
            .map(|profile| (cosine(profile), profile))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (similarity, shared_terms) = best.map_or((0.0, Vec::new()), |(similarity, other)| {
            (similarity.clamp(0.0, 1.0), self.shared_terms(profile, other))
        });
        let (named_seeds, vetoed_by) = self.named_and_vetoed(track.selector, nodes);
        TrackMatch {
            track: track.selector.id.clone(),
            similarity,
            shared_terms,
            shared_classes: self.shared_classes(track, classes),
            named_seeds,
            vetoed_by,
        }
    }

    /// Returns the terms that add most to the product of the two profiles.
    fn shared_terms(&self, profile: &[(u32, f64)], other: &[f64]) -> Vec<String> {
        let mut shared: Vec<(u32, f64)> = profile
            .iter()
            .map(|&(node, weight)| (node, weight * other[node as usize]))
            .filter(|entry| entry.1 > 0.0)
            .collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared.iter().take(EVIDENCE).map(|entry| self.space.term(entry.0).text.to_owned()).collect()
    }

    /// Returns the seeds that the terms name, and the negative terms if they outnumber them.
    ///
    /// A term that names both speaks for the longer phrase; at equal length for the negative one.
    fn named_and_vetoed(
        &self,
        selector: &TrackSelector,
        nodes: &[u32],
    ) -> (Vec<String>, Vec<String>) {
        let (mut seeds, mut negatives) = (BTreeSet::new(), BTreeSet::new());
        let (mut terms_for, mut terms_against) = (0, 0);
        for &node in nodes {
            let text = self.space.term(node).text;
            let (named_seeds, named_negatives) =
                (named(text, &selector.seeds), named(text, &selector.negatives));
            let longest =
                |phrases: &[&str]| phrases.iter().map(|phrase| phrase.len()).max().unwrap_or(0);
            let (length_for, length_against) = (longest(&named_seeds), longest(&named_negatives));
            terms_for += u32::from(length_for > length_against);
            terms_against += u32::from(length_against > 0 && length_against >= length_for);
            seeds.extend(named_seeds.into_iter().map(str::to_owned));
            negatives.extend(named_negatives.into_iter().map(str::to_owned));
        }
        if terms_against <= terms_for {
            negatives.clear();
        }
        (seeds.into_iter().collect(), negatives.into_iter().collect())
    }

    /// Returns the classes of the track that are over-represented, most documents first.
    fn shared_classes(&self, track: &Track<'_>, classes: &BTreeMap<&str, u64>) -> Vec<String> {
        let (all_here, all) = (classes.values().sum::<u64>(), self.classes.values().sum::<u64>());
        let mut shared: Vec<(&str, u64)> = classes
            .iter()
            .map(|(class, documents)| (*class, *documents))
            .filter(|(class, _)| track.selector.classes.iter().any(|entry| covers(entry, class)))
            .filter(|(class, documents)| is_above(*documents, all_here, self.classes[class], all))
            .collect();
        shared.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        shared.iter().take(EVIDENCE).map(|(class, _)| (*class).to_owned()).collect()
    }

    /// Whether the track's classes together are over-represented.
    fn is_supported(&self, track: &Track<'_>, classes: &BTreeMap<&str, u64>) -> bool {
        let covered = |counts: &BTreeMap<&str, u64>| -> u64 {
            counts
                .iter()
                .filter(|(class, _)| {
                    track.selector.classes.iter().any(|entry| covers(entry, class))
                })
                .map(|(_, documents)| documents)
                .sum()
        };
        let (all_here, all) = (classes.values().sum(), self.classes.values().sum());
        is_above(covered(classes), all_here, covered(&self.classes), all)
    }

    fn class_counts(&self, nodes: &[u32]) -> BTreeMap<&'a str, u64> {
        let mut counts = BTreeMap::new();
        for (class, documents) in
            nodes.iter().flat_map(|&node| self.space.terms()[node as usize].fields)
        {
            *counts.entry(class.as_str()).or_default() += u64::from(*documents);
        }
        counts
    }

    fn track_profiles(&self, selector: &TrackSelector) -> Vec<Vec<f64>> {
        let negative = self.mean_profile(&selector.negatives, None);
        [Lang::Zh, Lang::En]
            .iter()
            .filter_map(|&lang| {
                let mut profile = self.mean_profile(&selector.seeds, Some(lang))?;
                if let Some(negative) = &negative {
                    for (weight, less) in profile.iter_mut().zip(negative) {
                        *weight = (*weight - NEGATIVE_SHARE * less).max(0.0);
                    }
                }
                let length = profile.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
                (length > 0.0).then(|| profile.iter().map(|weight| weight / length).collect())
            })
            .collect()
    }

    /// Returns the mean of the profiles of the phrases, each phrase with the same weight; `None` without any.
    fn mean_profile(&self, phrases: &[String], lang: Option<Lang>) -> Option<Vec<f64>> {
        let phrases: BTreeSet<&String> = phrases.iter().collect();
        let mut profile = vec![0.0; self.lengths.len()];
        let mut found = 0;
        for phrase in phrases {
            let mut nodes = self.nodes_of(phrase);
            nodes.retain(|&node| lang.is_none_or(|lang| self.space.term(node).lang == lang));
            found += usize::from(!nodes.is_empty());
            for (node, weight) in self.sparse_profile(&nodes) {
                profile[node as usize] += weight / nodes.len() as f64;
            }
        }
        for weight in &mut profile {
            *weight /= found.max(1) as f64;
        }
        (found > 0).then_some(profile)
    }

    /// Returns the term that is the phrase, or else those that hold it as whole words.
    fn nodes_of(&self, phrase: &str) -> Vec<u32> {
        let terms = self.space.terms();
        match terms.binary_search_by(|term| term.text.cmp(phrase)) {
            Ok(node) => vec![node as u32],
            Err(_) => (0..terms.len() as u32)
                .filter(|&node| names(self.space.term(node).text, phrase))
                .collect(),
        }
    }

    /// Sums the profiles of some terms, each of length 1; entries in the order of terms.
    fn sparse_profile(&self, nodes: &[u32]) -> Vec<(u32, f64)> {
        let mut entries = Vec::new();
        for &node in nodes.iter().filter(|&&node| self.lengths[node as usize] > 0.0) {
            let length = self.lengths[node as usize];
            entries.push((node, self.space.own_weight(node) / length));
            entries.extend(
                self.space.graph().links(node).map(|(other, weight)| (other, weight / length)),
            );
        }
        // The weight takes part in the order so that sums are always formed in the same order.
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        entries.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        entries
    }
}

/// Returns how many leading tracks are assigned by similarity, margin and classes.
///
/// `ordered` holds (similarity, whether classes support it) of the tracks without veto, most similar first.
pub(super) fn leading_tracks(ordered: &[(f64, bool)], options: &TrackOptions) -> usize {
    let mut count = ordered.iter().take_while(|track| track.0 >= options.min_similarity).count();
    while count > 0 {
        let (last, is_supported) = ordered[count - 1];
        let (next, is_next_supported) = ordered.get(count).copied().unwrap_or((0.0, false));
        if last - next >= options.margin || (is_supported && !is_next_supported) {
            break;
        }
        count -= 1;
    }
    count
}

/// Whether `part` of `whole` is a larger share than `base_part` of `base_whole`; compared without division.
fn is_above(part: u64, whole: u64, base_part: u64, base_whole: u64) -> bool {
    u128::from(part) * u128::from(base_whole) > u128::from(base_part) * u128::from(whole)
}
