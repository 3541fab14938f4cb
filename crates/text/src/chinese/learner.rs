//! Finds the phrases of a corpus: keeps its words as numbers, counts runs, decides, joins, and goes through it again.
//!
//! What a phrase is stands in [`super::phrases`]; counting is in [`super::ngrams`].

use rustc_hash::FxHashMap;

use super::classes::classify;
use super::ngrams::{BREAK, LONGEST, Level, branching_entropy, count_runs};
use super::phrases::{Phrase, PhraseDictionary, Rules};
use super::script::is_han;
use super::segment::Segmenter;
use crate::Token;
use crate::english::WordClass;

/// Characters from which a word of the dictionary counts as a term of its own.
const TERM_CHARACTERS: usize = 4;

/// Reads a corpus text by text and finds its phrases.
///
/// Keeps the corpus as word numbers (4 bytes a word) and each distinct word once.
#[derive(Debug)]
pub struct PhraseLearner<'a> {
    segmenter: &'a Segmenter,
    rules: Rules,
    words: Vec<Word>,
    numbers: FxHashMap<Box<str>, u32>,
    stream: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Word {
    text: Box<str>,
    characters: usize,
    class: WordClass,
    is_han: bool,
    is_term: bool,
    /// Information and entropy when the word was made by joining others.
    joined: Option<(f64, f64)>,
}

impl<'a> PhraseLearner<'a> {
    /// A learner that cuts texts with `segmenter`.
    pub fn new(segmenter: &'a Segmenter, rules: Rules) -> Self {
        let edge = Word {
            text: "".into(),
            characters: 0,
            class: WordClass::STOP,
            is_han: false,
            is_term: false,
            joined: None,
        };
        Self {
            segmenter,
            rules,
            words: vec![edge],
            numbers: FxHashMap::default(),
            stream: vec![BREAK],
        }
    }

    /// Adds one text, cleaned by [`super::clean`].
    pub fn add(&mut self, cleaned: &str) {
        let segmenter = self.segmenter;
        segmenter.words(cleaned, &mut |token| match token {
            Token::Word(word) => {
                let number = self.number(word);
                self.stream.push(number);
            }
            Token::Break if self.stream.last() != Some(&BREAK) => self.stream.push(BREAK),
            Token::Break => {}
        });
    }

    /// Learns the phrases of all texts added.
    pub fn finish(mut self) -> PhraseDictionary {
        for _ in 0..self.rules.rounds {
            if !self.round() {
                break;
            }
        }
        let counts = self.counts();
        let phrases = self
            .words
            .iter()
            .zip(&counts)
            .filter(|(_, count)| **count >= self.rules.min_count)
            .filter_map(|(word, count)| {
                let (information, entropy) = word.joined?;
                Some(Phrase { text: word.text.to_string(), count: *count, information, entropy })
            })
            .collect();
        PhraseDictionary::new(phrases)
    }

    /// Finds the phrases of the stream as it is and joins them in it; false if there were none.
    fn round(&mut self) -> bool {
        let counts = self.counts();
        let frequent: Vec<bool> = self
            .words
            .iter()
            .zip(&counts)
            .map(|(word, count)| {
                word.is_han && !word.class.is_stop && *count >= self.rules.min_count
            })
            .collect();
        let levels = count_runs(&self.stream, &frequent, self.rules.min_count);
        let mut accepted: Vec<Vec<Option<u32>>> = Vec::new();
        for length in 2..=LONGEST {
            let chosen = self.choose(length, &levels, &counts, &accepted);
            accepted.push(chosen);
        }
        if accepted.iter().flatten().all(Option::is_none) {
            return false;
        }
        self.join(&levels, &accepted);
        true
    }

    /// For each run of `length` words, the number of the phrase that it becomes.
    fn choose(
        &mut self,
        length: usize,
        levels: &[Level],
        counts: &[u32],
        accepted: &[Vec<Option<u32>>],
    ) -> Vec<Option<u32>> {
        let level = &levels[length - 2];
        let information: Vec<f64> = (0..level.len())
            .map(|run| {
                let place = level.sample(run);
                let fits = level.count(run) >= self.rules.min_count
                    && self.word(place).class.can_begin
                    && self.word(place + length - 1).class.can_end
                    && self.characters(place, length) <= self.rules.max_characters
                    && self.may_absorb(place, length, levels, counts, accepted);
                if fits {
                    self.information(place, length, levels, counts)
                } else {
                    f64::NEG_INFINITY
                }
            })
            .collect();
        let wanted: Vec<bool> =
            information.iter().map(|value| *value >= self.rules.min_information).collect();
        let entropy = branching_entropy(&self.stream, level, length, &wanted);
        (0..level.len())
            .map(|run| {
                let whole = wanted[run] && entropy[run] >= self.rules.min_entropy;
                whole
                    .then(|| self.joined(level.sample(run), length, information[run], entropy[run]))
            })
            .collect()
    }

    /// Whether every part of a run that is a term by itself stands mostly in this run.
    fn may_absorb(
        &self,
        place: usize,
        length: usize,
        levels: &[Level],
        counts: &[u32],
        accepted: &[Vec<Option<u32>>],
    ) -> bool {
        let whole = f64::from(run_count(place, length, levels, counts, &self.stream));
        let enough = |part: u32| whole >= self.rules.absorb_share * f64::from(part);
        let words = (place..place + length).map(|place| self.stream[place] as usize);
        let words_fit =
            words.filter(|word| self.words[*word].is_term).all(|word| enough(counts[word]));
        words_fit
            && (2..length).all(|shorter| {
                (place..=place + length - shorter).all(|start| {
                    let run = levels[shorter - 2].run_at(start);
                    let phrase = run.filter(|run| accepted[shorter - 2][*run].is_some());
                    phrase.is_none_or(|run| enough(levels[shorter - 2].count(run)))
                })
            })
    }

    /// Pointwise mutual information at the weakest cut of a run.
    fn information(&self, place: usize, length: usize, levels: &[Level], counts: &[u32]) -> f64 {
        let count = |place: usize, length: usize| {
            f64::from(run_count(place, length, levels, counts, &self.stream))
        };
        let total = self.stream.len() as f64;
        let whole = count(place, length);
        (1..length)
            .map(|cut| {
                (whole * total / (count(place, cut) * count(place + cut, length - cut))).ln()
            })
            .fold(f64::INFINITY, f64::min)
    }

    fn word(&self, place: usize) -> &Word {
        &self.words[self.stream[place] as usize]
    }

    fn characters(&self, place: usize, length: usize) -> usize {
        (place..place + length).map(|place| self.word(place).characters).sum()
    }

    /// The number of the word that a run becomes.
    fn joined(&mut self, place: usize, length: usize, information: f64, entropy: f64) -> u32 {
        let text: String = (place..place + length).map(|place| &*self.word(place).text).collect();
        let number = self.number(&text);
        let word = &mut self.words[number as usize];
        word.is_term = true;
        word.joined = Some((information, entropy));
        number
    }

    /// Replaces the longest accepted run at each place, from the left.
    fn join(&mut self, levels: &[Level], accepted: &[Vec<Option<u32>>]) {
        let mut place = 0;
        let mut stream = Vec::with_capacity(self.stream.len());
        while place < self.stream.len() {
            let longest = (2..=LONGEST).rev().find_map(|length| {
                let run = levels[length - 2].run_at(place)?;
                accepted[length - 2][run].map(|number| (length, number))
            });
            let (length, number) = longest.unwrap_or((1, self.stream[place]));
            stream.push(number);
            place += length;
        }
        self.stream = stream;
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.words.len() as u32;
        let characters = text.chars().count();
        self.words.push(Word {
            text: text.into(),
            characters,
            class: classify(text),
            is_han: text.chars().all(is_han),
            is_term: characters >= TERM_CHARACTERS,
            joined: None,
        });
        self.numbers.insert(text.into(), number);
        number
    }

    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.words.len()];
        for word in &self.stream {
            counts[*word as usize] += 1;
        }
        counts
    }
}

/// Occurrences of the run of `length` words that begins at `place`.
fn run_count(place: usize, length: usize, levels: &[Level], counts: &[u32], stream: &[u32]) -> u32 {
    if length == 1 {
        return counts[stream[place] as usize];
    }
    let level = &levels[length - 2];
    level.run_at(place).map_or(0, |run| level.count(run))
}
