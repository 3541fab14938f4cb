//! Where an enterprise belongs, by labels such as district, industry and size: what reports group by.

use linghang_expr::{Batch, Kind, Value};
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

/// How many rows one thread reads at a time.
const STRETCH: usize = 32_768;

impl Segments {
    /// Reads the labels; a fact that is not a label of the dictionary is left out.
    pub fn read(facts: &[String], dictionary: &Dictionary, batch: &Batch) -> Self {
        let mut segments = Self::default();
        for fact in facts {
            let Some(Kind::Label(labels)) = dictionary.get(fact).map(|info| &info.kind) else {
                continue;
            };
            let unknown = labels.len() as u16;
            let code = |row| match batch.value(fact, row) {
                Some(Value::Label(code)) => code,
                _ => unknown,
            };
            let codes = (0..batch.rows()).into_par_iter().with_min_len(STRETCH).map(code).collect();
            segments.facts.push(fact.clone());
            segments.labels.push(labels.to_vec());
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
