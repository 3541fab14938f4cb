//! Glosses that authors write themselves: which acronym means which phrase, which Chinese term is which English one.
//!
//! Three patterns are read: `long form (ABC)` (the letters of the acronym are found in the words before it, after
//! Schwartz and Hearst, 2003), `中文（English, ABC）`, and `English（中文）`. Parallel titles or keywords of one record
//! are counted as well. A link is accepted when enough documents give it; each link names them.
//!
//! # Invariants
//!
//! - The result depends on the set of (document, text) pairs, not on their order.
//! - Both sides of a link are written as terms are counted: English lower case, words folded to the singular;
//!   Chinese as cleaned.
//!
//! # Not here
//!
//! Translation by meaning. Pairs that nobody glossed are proposed elsewhere, and a person confirms them.

mod acronym;
mod brackets;
mod mention;
mod parallel;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

pub use mention::{Mention, keyword_mentions, mentions};
use parallel::Parallel;

/// What a link says of its two terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GlossKind {
    /// `short` is the acronym of `long`, both in Latin letters.
    Acronym,
    /// The terms name the same thing in Chinese and in English.
    Translation,
}

/// One accepted link with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gloss {
    /// What the link says.
    pub kind: GlossKind,
    /// The long form, or the Chinese term.
    pub term: String,
    /// The acronym, or the English term.
    pub gloss: String,
    /// The documents that give the link, ascending.
    pub documents: Vec<u32>,
}

/// Documents that must give a link before it is accepted.
pub const MIN_DOCUMENTS: usize = 3;

/// How far a longer reading of the term before a bracket may fall short of the shorter one and still be the term:
/// `生成对抗网络（GAN）` in nine of ten documents that write `对抗网络（GAN）`.
const LONGER_SHARE: f64 = 0.8;

/// For one gloss, the readings of the term beside it and their documents.
type Readings = BTreeMap<Vec<String>, BTreeSet<u32>>;

/// Collects the mentions of documents into links.
#[derive(Debug, Default)]
pub struct GlossCollector {
    acronyms: BTreeMap<(String, String), BTreeSet<u32>>,
    /// By English term: the Chinese words before the bracket, in every reading.
    chinese: BTreeMap<String, Readings>,
    /// By Chinese term: the English words before the bracket, in every reading.
    english: BTreeMap<String, Readings>,
    parallel: Parallel,
}

impl GlossCollector {
    /// Counts one mention for the documents that hold it.
    pub fn add(&mut self, documents: &[u32], mention: &Mention) {
        match mention {
            Mention::Acronym { long, short } => {
                self.acronyms.entry((long.clone(), short.clone())).or_default().extend(documents);
            }
            Mention::AfterChinese { words, gloss } => {
                add_readings(&mut self.chinese, gloss, terms::chinese_readings(words), documents);
            }
            Mention::AfterEnglish { words, gloss } => {
                add_readings(&mut self.english, gloss, terms::english_readings(words), documents);
            }
            Mention::Keyword(term) => self.parallel.add(documents, term),
        }
    }

    /// Returns the accepted links, ordered by kind and terms.
    pub fn finish(self) -> Vec<Gloss> {
        let mut links: BTreeMap<(GlossKind, String, String), BTreeSet<u32>> = BTreeMap::new();
        for ((long, short), documents) in self.acronyms {
            links.entry((GlossKind::Acronym, long, short)).or_default().extend(documents);
        }
        for (english, readings) in self.chinese {
            for (words, documents) in best_readings(&readings) {
                let chinese = crate::chinese::join(words.iter().map(String::as_str));
                links
                    .entry((GlossKind::Translation, chinese, english.clone()))
                    .or_default()
                    .extend(documents);
            }
        }
        for (chinese, readings) in self.english {
            for (words, documents) in best_readings(&readings) {
                links
                    .entry((GlossKind::Translation, chinese.clone(), words.join(" ")))
                    .or_default()
                    .extend(documents);
            }
        }
        for (chinese, english, documents) in self.parallel.links() {
            links.entry((GlossKind::Translation, chinese, english)).or_default().extend(documents);
        }
        links
            .into_iter()
            .filter(|(_, documents)| documents.len() >= MIN_DOCUMENTS)
            .map(|((kind, term, gloss), documents)| Gloss {
                kind,
                term,
                gloss,
                documents: documents.into_iter().collect(),
            })
            .collect()
    }
}

fn add_readings(
    table: &mut BTreeMap<String, Readings>,
    gloss: &str,
    readings: Vec<Vec<String>>,
    documents: &[u32],
) {
    if readings.is_empty() {
        return;
    }
    let known = table.entry(gloss.to_owned()).or_default();
    for words in readings {
        known.entry(words).or_default().extend(documents);
    }
}

/// The longest readings that nearly all documents with a shorter one share.
fn best_readings(readings: &Readings) -> Vec<(&Vec<String>, &BTreeSet<u32>)> {
    let holds = |words: &[String], documents: &BTreeSet<u32>| {
        (1..words.len()).all(|start| {
            readings
                .get(&words[start..])
                .is_none_or(|shorter| documents.len() as f64 >= LONGER_SHARE * shorter.len() as f64)
        })
    };
    let held: Vec<_> =
        readings.iter().filter(|(words, documents)| holds(words, documents)).collect();
    held.iter()
        .filter(|(words, _)| {
            !held.iter().any(|(longer, _)| longer.len() > words.len() && longer.ends_with(words))
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::chinese::Segmenter;

    static STOCK: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);

    /// Links of texts whose mentions were written down and read again in between, as a state does.
    fn glosses<'t>(texts: impl IntoIterator<Item = (u32, &'t str)>) -> Vec<Gloss> {
        let mut collector = GlossCollector::default();
        for (document, text) in texts {
            mentions(Some(&STOCK), text, &mut |mention| {
                let read = Mention::read(&mention.written()).expect("what was written can be read");
                assert_eq!(read, mention);
                collector.add(&[document], &read);
            });
        }
        collector.finish()
    }

    fn written(found: &[Gloss]) -> String {
        let line = |gloss: &Gloss| {
            let sign = if gloss.kind == GlossKind::Acronym { "~" } else { "=" };
            format!("{} {sign} {} {:?}\n", gloss.term, gloss.gloss, gloss.documents)
        };
        found.iter().map(line).collect()
    }

    const TEXTS: [(u32, &str); 8] = [
        (4, "提出基于生成对抗网络（Generative Adversarial Network, GAN）的补全方法"),
        (1, "利用生成对抗网络(generative adversarial networks,GANs)合成样本。"),
        (9, "生成对抗网络（GAN）训练不稳定；深度生成对抗网络（GAN）亦然"),
        (2, "We train generative adversarial networks (GANs) on maps."),
        (3, "A software-defined network (SDN), and again: software defined networks (SDN)."),
        (5, "Embodied intelligence（具身智能）"),
        (6, "发展具身智能（embodied intelligence）"),
        (7, "“具身智能”（Embodied Intelligence）产业"),
    ];

    #[test]
    fn glosses_of_three_documents_become_links_with_their_documents() {
        insta::assert_snapshot!(written(&glosses(TEXTS)), @r"
        generative adversarial network ~ gan [1, 2, 4]
        具身智能 = embodied intelligence [5, 6, 7]
        生成对抗网络 = gan [1, 4, 9]
        ");
    }

    #[test]
    fn two_documents_are_not_enough() {
        let text = "脑机接口（Brain-Computer Interface, BCI）";
        assert_eq!(glosses([(1, text), (2, text), (2, text)]), []);
        assert_eq!(glosses([(1, text), (2, text), (3, text)]).len(), 3);
    }

    #[test]
    fn remarks_in_brackets_are_no_glosses() {
        for text in [
            "结果较好（见图1）",
            "采用该方法（下同）",
            "as shown (see Fig. 2)",
            "增长（10%）",
            "the method (b)",
            "(",
        ] {
            assert_eq!(glosses([(1, text), (2, text), (3, text)]), [], "{text}");
        }
    }

    #[test]
    fn keywords_in_two_languages_are_linked_when_they_go_together() {
        let mut collector = GlossCollector::default();
        let records: [(&[&str], &[&str]); 4] = [
            (&["低空经济", "无人机"], &["Low-altitude economy", "drones"]),
            (&["低空经济", "空域"], &["low altitude economy", "airspace"]),
            (&["低空经济", "物流"], &["low altitude economy", "logistics"]),
            (&["无人机", "物流"], &["drone", "logistics"]),
        ];
        for (document, (chinese, english)) in (0..).zip(records) {
            let keywords: Vec<&str> = chinese.iter().chain(english).copied().collect();
            keyword_mentions(&STOCK, &keywords, &mut |mention| {
                collector.add(&[document], &mention);
            });
        }
        insta::assert_snapshot!(written(&collector.finish()), @"低空经济 = low altitude economy [0, 1, 2]");
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in r"(\PC|[()（）,，A-Za-z 脑机接口的]){0,60}") {
            glosses([(1, text.as_str()), (2, text.as_str()), (3, text.as_str())]);
        }

        #[test]
        fn the_order_of_texts_changes_nothing(order in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle()) {
            let shuffled = glosses(order.iter().map(|place| TEXTS[*place]));
            prop_assert_eq!(shuffled, glosses(TEXTS));
        }
    }
}
