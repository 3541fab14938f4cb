//! Counts runs of two to four words in a stream of word numbers, and the words that stand on either side of them.
//!
//! Numbers only; what the words are, and which runs become phrases, is decided in [`super::phrases`]. A run of n+1
//! words is counted only where both runs of n words in it are frequent, so the work shrinks with each length. All
//! results depend on the multiset of segments alone, not on the order in which they were read.

use rustc_hash::FxHashMap;

/// The word number that stands between segments.
pub(super) const BREAK: u32 = 0;
/// Longest run that is counted, in words.
pub(super) const LONGEST: usize = 4;
/// Marks a place where no frequent run begins.
const NO_RUN: u32 = u32::MAX;

/// The runs of one length.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// For each place of the stream, the run that begins there, or [`NO_RUN`].
    at: Vec<u32>,
    /// Occurrences of each run.
    counts: Vec<u32>,
    /// A place where each run begins.
    sample: Vec<u32>,
}

impl Level {
    /// The run that begins at `place`, if it is counted.
    pub(super) fn run_at(&self, place: usize) -> Option<usize> {
        self.at.get(place).filter(|run| **run != NO_RUN).map(|run| *run as usize)
    }

    /// Occurrences of a run.
    pub(super) fn count(&self, run: usize) -> u32 {
        self.counts[run]
    }

    /// How many distinct runs were counted, rare ones included.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// A place of the stream where a run begins.
    pub(super) fn sample(&self, run: usize) -> usize {
        self.sample[run] as usize
    }

    /// Counts the runs that begin with `head(place)` and go on with `next(place)`.
    fn count_pairs(places: usize, mut pair: impl FnMut(usize) -> Option<(u32, u32)>) -> Self {
        let mut runs: FxHashMap<u64, u32> = FxHashMap::default();
        runs.reserve(places / 8);
        let mut level = Self { at: vec![NO_RUN; places], counts: Vec::new(), sample: Vec::new() };
        for place in 0..places {
            let Some((head, next)) = pair(place) else { continue };
            let run = *runs.entry(u64::from(head) << 32 | u64::from(next)).or_insert_with(|| {
                level.counts.push(0);
                level.sample.push(place as u32);
                (level.counts.len() - 1) as u32
            });
            level.counts[run as usize] += 1;
            level.at[place] = run;
        }
        level
    }

    fn frequent_at(&self, place: usize, min_count: u32) -> Option<u32> {
        self.run_at(place).filter(|run| self.counts[*run] >= min_count).map(|run| run as u32)
    }
}

/// Counts the runs of 2, 3 and 4 words of `stream` that hold only words for which `may_join` is true.
///
/// Entry 0 of the result is for two words. Runs of three and four are complete only where they reach `min_count`.
pub(super) fn count_runs(stream: &[u32], may_join: &[bool], min_count: u32) -> Vec<Level> {
    let joins = |place: usize| stream.get(place).copied().filter(|word| may_join[*word as usize]);
    let mut levels =
        vec![Level::count_pairs(stream.len(), |place| Some((joins(place)?, joins(place + 1)?)))];
    for _ in 3..=LONGEST {
        let shorter = &levels[levels.len() - 1];
        let longer = Level::count_pairs(stream.len(), |place| {
            Some((
                shorter.frequent_at(place, min_count)?,
                shorter.frequent_at(place + 1, min_count)?,
            ))
        });
        levels.push(longer);
    }
    levels
}

/// For each run with `wanted[run]`, the smaller of the entropies (in nats) of the words before and after it.
///
/// A break is a neighbour of its own at every occurrence: punctuation proves an edge. Runs not wanted get 0.
pub(super) fn branching_entropy(
    stream: &[u32],
    level: &Level,
    words: usize,
    wanted: &[bool],
) -> Vec<f64> {
    let side = |neighbour: &dyn Fn(usize) -> Option<u32>| {
        let mut pairs: Vec<u64> = Vec::new();
        for place in 0..stream.len() {
            if let Some(run) = level.run_at(place).filter(|run| wanted[*run]) {
                let word = neighbour(place).unwrap_or(BREAK);
                pairs.push((run as u64) << 32 | u64::from(word));
            }
        }
        pairs.sort_unstable();
        entropies(&pairs, level)
    };
    let before = side(&|place| place.checked_sub(1).map(|before| stream[before]));
    let after = side(&|place| stream.get(place + words).copied());
    before.iter().zip(&after).map(|(left, right)| left.min(*right)).collect()
}

/// Entropy of the neighbours of each run, from sorted (run, neighbour) pairs.
fn entropies(pairs: &[u64], level: &Level) -> Vec<f64> {
    let mut result = vec![0.0; level.len()];
    let mut counts: Vec<u32> = Vec::new();
    for group in pairs.chunk_by(|a, b| a >> 32 == b >> 32) {
        counts.clear();
        for same in group.chunk_by(|a, b| a == b) {
            if same[0] as u32 == BREAK {
                counts.extend(std::iter::repeat_n(1, same.len()));
            } else {
                counts.push(same.len() as u32);
            }
        }
        // Summed from small to large, so that the result does not depend on how words were numbered.
        counts.sort_unstable();
        let total = group.len() as f64;
        let sum: f64 = counts.iter().map(|count| f64::from(*count) * f64::from(*count).ln()).sum();
        result[(group[0] >> 32) as usize] = total.ln() - sum / total;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_inside_segments_only() {
        let stream = [1, 2, 3, 0, 1, 2, 0, 2, 3, 1, 2, 3];
        let levels = count_runs(&stream, &[false, true, true, true], 2);
        let count = |length: usize, place: usize| {
            levels[length - 2].run_at(place).map_or(0, |run| levels[length - 2].count(run))
        };
        assert_eq!(count(2, 0), 3, "1 2");
        assert_eq!(count(2, 1), 3, "2 3");
        assert_eq!(count(2, 2), 0, "3 before a break");
        assert_eq!(count(3, 0), 2, "1 2 3");
        assert_eq!(count(4, 7), 0, "2 3 1 2 holds a rare pair");
    }

    #[test]
    fn entropy_is_that_of_the_poorer_side() {
        // The pair 1 2 is followed by 3 always, and preceded by 4, 5 and a break.
        let stream = [4, 1, 2, 3, 0, 5, 1, 2, 3, 0, 1, 2, 3];
        let may_join = [false, true, true, true, true, true];
        let levels = count_runs(&stream, &may_join, 2);
        let run = levels[0].run_at(1).unwrap();
        let wanted: Vec<bool> = (0..levels[0].len()).map(|other| other == run).collect();
        assert!(branching_entropy(&stream, &levels[0], 2, &wanted)[run].abs() < 1e-12);
        let triple = levels[1].run_at(1).unwrap();
        let wanted: Vec<bool> = (0..levels[1].len()).map(|other| other == triple).collect();
        let entropy = branching_entropy(&stream, &levels[1], 3, &wanted)[triple];
        assert!((entropy - 3f64.ln()).abs() < 1e-12, "{entropy}");
    }
}
