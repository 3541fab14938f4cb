//! Where an enterprise belongs, by labels such as district, industry and size: what reports group by.

use linghang_expr::{Batch, Kind};
use rayon::prelude::*;

use crate::model::Dictionary;

/// One code per enterprise for each of some label facts.
#[derive(Debug, Clone, Default)]
pub struct Segments {
    /// Names of the facts.
    pub facts: Vec<String>,
    /// Labels of each fact; a code beyond them means "not known".
    pub labels: Vec<Vec<String>>,
    /// A code per fact and row.
    codes: Vec<Vec<u16>>,
}

impl Segments {
    /// Reads the labels; a fact that is not a label of the dictionary is left out.
    pub fn read(facts: &[String], dictionary: &Dictionary, batch: &Batch) -> Self {
        let one = |fact: &String| {
            let Some(Kind::Label(labels)) = dictionary.get(fact).map(|info| &info.kind) else {
                return None;
            };
            let unknown = labels.len() as u16;
            let codes = match batch.labels(fact) {
                Some(codes) => codes.into_iter().map(|code| code.unwrap_or(unknown)).collect(),
                None => vec![unknown; batch.rows()],
            };
            Some((fact.clone(), labels.to_vec(), codes))
        };
        let read: Vec<(String, Vec<String>, Vec<u16>)> = facts.par_iter().filter_map(one).collect();
        let mut segments = Self::default();
        for (fact, labels, codes) in read {
            segments.facts.push(fact);
            segments.labels.push(labels);
            segments.codes.push(codes);
        }
        segments
    }

    /// The codes of an enterprise, in the order of the facts.
    pub fn of(&self, row: usize) -> Vec<u16> {
        self.codes.iter().map(|codes| codes[row]).collect()
    }

    /// The label of a code; none when it is not known.
    pub fn label(&self, fact: usize, code: u16) -> Option<&str> {
        self.labels[fact].get(usize::from(code)).map(String::as_str)
    }
}
