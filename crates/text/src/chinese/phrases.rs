//! Learns from a corpus which neighbouring words are one term: 具|身|智能 → 具身智能.
//!
//! A run of two to four words becomes a phrase when it is seen often enough, when its parts attract each other
//! (pointwise mutual information at every place where it could be cut), and when what stands before and after it
//! varies (branching entropy), which tells a whole term from a piece of one: 超表 is always followed by 面. Learning
//! is repeated with the phrases in place, so that terms of more pieces are found and pieces of longer terms lose
//! their support.
//!
//! # Invariants
//!
//! - The result depends on the texts, not on their order.
//! - A term that stands on its own is not swallowed by a longer one (see [`Rules::absorb_share`]), so that counts of
//!   具身智能 include those of 具身智能论坛, which stays two words and is counted as a phrase of two.
//!
//! # Limits
//!
//! Learning needs a corpus in which a term occurs in several contexts. Where there is none, give the
//! [`super::Segmenter`] the terms of a pack with [`super::Segmenter::with_words`] first; both ways add up.

use super::segment::Segmenter;

/// When a run of words is a phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Fewest occurrences, in the corpus and again outside longer phrases.
    pub min_count: u32,
    /// Least pointwise mutual information in nats, ln(p(ab) / (p(a) p(b))), at each cut of the run.
    pub min_information: f64,
    /// Least entropy in nats of the words on the poorer side.
    pub min_entropy: f64,
    /// A part that is a term already (four characters or more, or a phrase) is taken into a longer phrase only if
    /// at least this share of its occurrences stands there.
    pub absorb_share: f64,
    /// Longest phrase in characters.
    pub max_characters: usize,
    /// How often the corpus is gone through, each time with the phrases found so far in place. From the third time
    /// on, what is found on official and academic text is mostly sentences, not terms.
    pub rounds: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            min_count: 5,
            min_information: 3.0,
            min_entropy: 1.0,
            absorb_share: 0.5,
            max_characters: 12,
            rounds: 2,
        }
    }
}

/// A term that the corpus showed to be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The term as cleaned.
    pub text: String,
    /// Occurrences outside longer phrases.
    pub count: u32,
    /// Pointwise mutual information at its weakest cut, in nats.
    pub information: f64,
    /// Entropy in nats of the words on its poorer side.
    pub entropy: f64,
}

/// The phrases learned from a corpus, ordered by text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PhraseDictionary {
    phrases: Vec<Phrase>,
}

impl PhraseDictionary {
    pub(super) fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.sort_by(|a, b| a.text.cmp(&b.text));
        Self { phrases }
    }

    /// The phrases, ordered by text.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Returns `base` with the phrases added, so that it hands them out whole.
    pub fn segmenter(&self, base: Segmenter) -> Segmenter {
        base.with_words(self.phrases.iter().map(|phrase| phrase.text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::PhraseLearner;
    use super::*;
    use crate::Token;

    static STOCK: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);
    const TERMS: [&str; 6] =
        ["低空经济", "具身智能", "合成生物学", "存算一体", "智能超表面", "脑机接口"];
    const SENTENCES: [&str; 7] = [
        "海湾研制了{}样机",
        "投资人也看好{}赛道",
        "{}进入了试点。",
        "三家工厂引进的{}设备",
        "围绕{}的联盟",
        "学者仍质疑{}路线",
        "讲授{}，以及实践",
    ];

    fn corpus() -> Vec<String> {
        let texts =
            |term: &'static str| SENTENCES.iter().map(move |sentence| sentence.replace("{}", term));
        TERMS.iter().copied().flat_map(texts).collect()
    }

    fn learn<'a>(texts: impl IntoIterator<Item = &'a str>) -> PhraseDictionary {
        let mut learner = PhraseLearner::new(&STOCK, Rules::default());
        let mut cleaned = String::new();
        for text in texts {
            super::super::clean(text, &mut cleaned);
            learner.add(&cleaned);
        }
        learner.finish()
    }

    fn texts(dictionary: &PhraseDictionary) -> Vec<&str> {
        dictionary.phrases().iter().map(|phrase| phrase.text.as_str()).collect()
    }

    fn cut(segmenter: &Segmenter, cleaned: &str) -> Vec<String> {
        let mut found = Vec::new();
        segmenter.words(cleaned, &mut |token| {
            if let Token::Word(word) = token {
                found.push(word.to_owned());
            }
        });
        found
    }

    #[test]
    fn six_terms_that_the_dictionary_splits_come_out_whole_and_nothing_else() {
        let texts_in = corpus();
        let learned = learn(texts_in.iter().map(String::as_str));
        assert_eq!(texts(&learned), TERMS);
        let segmenter = learned.segmenter(STOCK.clone());
        for term in TERMS {
            assert!(cut(&STOCK, term).len() > 1, "{term} is in the stock dictionary");
            assert_eq!(cut(&segmenter, &format!("今后的{term}研究")), ["今后", "的", term, "研究"]);
        }
    }

    #[test]
    fn a_term_seen_too_seldom_stays_apart() {
        let texts_in = corpus();
        let four = texts_in
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 7 < 4)
            .map(|(_, text)| text.as_str());
        assert_eq!(texts(&learn(four)), [""; 0]);
    }

    #[test]
    fn a_term_always_followed_by_the_same_word_is_only_a_piece() {
        let pieces: Vec<String> =
            corpus().iter().map(|text| text.replace("脑机接口", "脑机接口芯片")).collect();
        let learned = learn(pieces.iter().map(String::as_str));
        assert!(texts(&learned).contains(&"脑机接口芯片"), "{:?}", texts(&learned));
        assert!(!texts(&learned).contains(&"脑机接口"));
    }

    #[test]
    fn a_term_of_its_own_is_not_swallowed_by_a_longer_one() {
        let mut texts_in = corpus();
        // Without other text every word of so small a corpus is as likely as the term's own.
        texts_in.resize(60, "苹果的桌子的河流的杯子的窗户的石头的自行车的邮票的雨伞".to_owned());
        texts_in.extend(
            SENTENCES.iter().take(6).map(|sentence| sentence.replace("{}", "具身智能论坛")),
        );
        let learned = learn(texts_in.iter().map(String::as_str));
        assert_eq!(texts(&learned), TERMS);
    }

    #[test]
    fn words_of_a_pack_are_kept_while_learning() {
        let seeded = STOCK.clone().with_words(["量子传感"]);
        let mut learner = PhraseLearner::new(&seeded, Rules::default());
        for sentence in SENTENCES {
            learner.add(&sentence.replace("{}", "量子传感").replace(['。', '，'], "|"));
        }
        assert_eq!(texts(&learner.finish()), [""; 0], "the term is a word already");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn the_order_of_texts_changes_nothing(order in Just((0..42usize).collect::<Vec<_>>()).prop_shuffle()) {
            let texts_in = corpus();
            let shuffled = learn(order.iter().map(|place| texts_in[*place].as_str()));
            prop_assert_eq!(shuffled, learn(texts_in.iter().map(String::as_str)));
        }

        #[test]
        fn any_text_can_be_learned_from(texts_in in prop::collection::vec("[一二三脑机接口智能的a ]{0,30}", 0..40)) {
            let learned = learn(texts_in.iter().map(String::as_str));
            for phrase in learned.phrases() {
                prop_assert!(phrase.count >= 5 && phrase.information >= 3.0 && phrase.entropy >= 1.0);
            }
        }
    }
}
