//! The words of a state: raw forms, folded words, and what each may do in a phrase.

use linghang_text::chinese;
use linghang_text::english::{WordClass, classify, fold_plural};
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

/// Number of a folded word; [`WordTable::BREAK`] stands between phrases.
pub type WordId = u32;

/// The word that links phrases: what stands before it is the head of its phrase.
const LINK: &str = "of";

/// What one word may do, kept beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Word {
    text: String,
    can_stand_alone: bool,
    can_begin: bool,
    can_end: bool,
}

/// All words seen, by order of first appearance. Stop words are not words: they are breaks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Word>", into = "Vec<Word>")]
pub struct WordTable {
    words: Vec<Word>,
    by_text: FxHashMap<String, WordId>,
    by_raw: hashbrown::HashMap<Box<str>, WordId, FxBuildHasher>,
    link: Option<WordId>,
}

impl Default for WordTable {
    fn default() -> Self {
        let class = WordClass::STOP;
        Self::from(vec![Word {
            text: String::new(),
            can_stand_alone: class.can_stand_alone,
            can_begin: class.can_begin,
            can_end: class.can_end,
        }])
    }
}

impl WordTable {
    /// The number that stands for a break between phrases.
    pub const BREAK: WordId = 0;

    /// Returns the number of a word as written in lower case; stop words give [`Self::BREAK`].
    pub fn intern(&mut self, raw: &str) -> WordId {
        if let Some(id) = self.by_raw.get(raw) {
            return *id;
        }
        let id = self.fold_and_intern(raw);
        self.by_raw.insert(raw.into(), id);
        id
    }

    fn fold_and_intern(&mut self, raw: &str) -> WordId {
        let folded = if raw.is_ascii() { fold_plural(raw) } else { raw.into() };
        let class = if raw.is_ascii() { classify(raw, &folded) } else { chinese::classify(raw) };
        if class.is_stop {
            return Self::BREAK;
        }
        self.intern_folded(&folded, class)
    }

    fn intern_folded(&mut self, text: &str, class: WordClass) -> WordId {
        if let Some(id) = self.by_text.get(text) {
            return *id;
        }
        let id = self.words.len() as WordId;
        // Words such as `driven` may do as little as `of`, but only `of` shows that a phrase has ended.
        if text == LINK {
            self.link = Some(id);
        }
        self.words.push(Word {
            text: text.to_owned(),
            can_stand_alone: class.can_stand_alone,
            can_begin: class.can_begin,
            can_end: class.can_end,
        });
        self.by_text.insert(text.to_owned(), id);
        id
    }

    /// Takes over the words of `other` and returns their numbers here, by their numbers there.
    pub fn absorb(&mut self, other: &Self) -> Vec<WordId> {
        let mut numbers = vec![Self::BREAK; other.words.len()];
        for (word, number) in other.words.iter().zip(&mut numbers).skip(1) {
            let class = WordClass {
                is_stop: false,
                can_stand_alone: word.can_stand_alone,
                can_begin: word.can_begin,
                can_end: word.can_end,
            };
            *number = self.intern_folded(&word.text, class);
        }
        numbers
    }

    /// Returns the text of a word.
    pub fn text(&self, word: WordId) -> &str {
        &self.words[word as usize].text
    }

    /// Returns the number of words, the break included.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns whether no word was seen.
    pub fn is_empty(&self) -> bool {
        self.words.len() <= 1
    }

    /// Returns whether `next`, standing after a word, shows that word to be the head of its phrase.
    pub fn ends_phrase(&self, next: WordId) -> bool {
        next == Self::BREAK || Some(next) == self.link
    }

    /// Returns whether a phrase of these words is a term.
    pub fn is_term(&self, phrase: &[WordId]) -> bool {
        let word = |id: &WordId| &self.words[*id as usize];
        match phrase {
            [] => false,
            [only] => word(only).can_stand_alone,
            [first, .., last] => word(first).can_begin && word(last).can_end,
        }
    }

    /// Writes a phrase: words with spaces between them, none between two Chinese words.
    pub fn phrase_text(&self, phrase: &[WordId]) -> String {
        let mut text = String::new();
        for id in phrase {
            let word = self.text(*id);
            let is_latin =
                |character: Option<char>| character.is_some_and(|character| character.is_ascii());
            if !text.is_empty()
                && (is_latin(text.chars().next_back()) || is_latin(word.chars().next()))
            {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }
}

impl PartialEq for WordTable {
    fn eq(&self, other: &Self) -> bool {
        // The map of raw forms only saves work; it says nothing that the words do not.
        self.words == other.words
    }
}

impl Eq for WordTable {}

impl From<Vec<Word>> for WordTable {
    fn from(words: Vec<Word>) -> Self {
        let by_text = words
            .iter()
            .enumerate()
            .skip(1)
            .map(|(id, word)| (word.text.clone(), id as WordId))
            .collect();
        let link = words
            .iter()
            .skip(1)
            .position(|word| word.text == LINK)
            .map(|place| place as WordId + 1);
        Self { words, by_text, by_raw: hashbrown::HashMap::default(), link }
    }
}

impl From<WordTable> for Vec<Word> {
    fn from(table: WordTable) -> Self {
        table.words
    }
}
