//! Links terms that occur together in records that exist in both languages.

use std::collections::{BTreeMap, BTreeSet};

use super::MIN_DOCUMENTS;
use crate::chinese::contains_han;
use crate::similarity;

/// Least Dice coefficient, 2·both / (chinese + english), of the documents of two linked terms.
const MIN_DICE: f64 = 0.7;

/// Documents of each term and of each pair of terms.
#[derive(Debug, Default)]
pub(super) struct Parallel {
    chinese: BTreeMap<String, BTreeSet<u32>>,
    english: BTreeMap<String, BTreeSet<u32>>,
}

impl Parallel {
    /// Counts a keyword of records that have keywords in both languages.
    pub(super) fn add(&mut self, documents: &[u32], term: &str) {
        let language = if contains_han(term) { &mut self.chinese } else { &mut self.english };
        language.entry(term.to_owned()).or_default().extend(documents);
    }

    /// The pairs of terms that are each other's best partner, with the documents that hold both.
    pub(super) fn links(&self) -> Vec<(String, String, Vec<u32>)> {
        let english_of: BTreeMap<u32, Vec<&String>> = by_document(&self.english);
        let mut best_chinese: BTreeMap<&String, Vec<(&String, f64)>> = BTreeMap::new();
        let mut best_english: BTreeMap<&String, Vec<(&String, f64)>> = BTreeMap::new();
        for (chinese, documents) in frequent(&self.chinese) {
            let partners: BTreeSet<&String> = documents
                .iter()
                .filter_map(|document| english_of.get(document))
                .flatten()
                .copied()
                .collect();
            for english in partners {
                let dice = similarity::dice(&ids(documents), &ids(&self.english[english]));
                if dice >= MIN_DICE {
                    best_english.entry(chinese).or_default().push((english, dice));
                    best_chinese.entry(english).or_default().push((chinese, dice));
                }
            }
        }
        let mut links = Vec::new();
        for (chinese, partners) in &best_english {
            let Some(english) = single_best(partners) else { continue };
            if best_chinese.get(english).and_then(|partners| single_best(partners))
                == Some(*chinese)
            {
                let both =
                    self.chinese[*chinese].intersection(&self.english[english]).copied().collect();
                links.push(((*chinese).clone(), english.clone(), both));
            }
        }
        links
    }
}

fn frequent(
    terms: &BTreeMap<String, BTreeSet<u32>>,
) -> impl Iterator<Item = (&String, &BTreeSet<u32>)> {
    terms.iter().filter(|(_, documents)| documents.len() >= MIN_DOCUMENTS)
}

fn by_document(terms: &BTreeMap<String, BTreeSet<u32>>) -> BTreeMap<u32, Vec<&String>> {
    let mut result: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
    for (term, documents) in frequent(terms) {
        for document in documents {
            result.entry(*document).or_default().push(term);
        }
    }
    result
}

fn ids(documents: &BTreeSet<u32>) -> Vec<u32> {
    documents.iter().copied().collect()
}

/// The partner with the highest coefficient; none where two share it, since neither is then proven.
fn single_best<'t>(partners: &[(&'t String, f64)]) -> Option<&'t String> {
    let highest = partners.iter().map(|(_, dice)| *dice).fold(0.0, f64::max);
    let mut best = partners.iter().filter(|(_, dice)| *dice >= highest);
    let (term, _) = best.next()?;
    best.next().is_none().then_some(*term)
}
