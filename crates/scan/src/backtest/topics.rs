//! Back-test of topics: did the topics that scored highest at past dates grow most in the three years after?
//!
//! Topics of a past date are clustered from its figures alone. The growth of a topic is the growth of the documents
//! of its terms, summed, as a share of the corpus.

use linghang_core::Year;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{UnitInput, has_enough_documents};
use crate::params::ScanParams;
use crate::topics::{Topic, TopicQuality, topic_quality, topics_of_figures};

/// How well the scores of topics told which would grow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicCheck {
    /// Each corpus at each past date on its own, in the order of the units.
    pub cuts: Vec<TopicCut>,
    /// Mean over the cuts of the rank correlation between score and growth, −1 to 1.
    pub spearman: f64,
    /// Mean share of top growers (best quarter) among the 20 % of topics with the highest scores.
    pub precision_top20: f64,
    /// Mean share of top growers among all topics: what chance would reach.
    pub base: f64,
}

/// One corpus at one past date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicCut {
    /// Corpus.
    pub corpus: String,
    /// Last year known to the scores.
    pub cut: Year,
    /// Agreement of scores and growth.
    #[serde(flatten)]
    pub quality: TopicQuality,
}

/// Compares the topics of past units with what came after; `None` without a unit of at least four topics.
///
/// A unit counts where a scan would have given scores and the three years after are complete.
pub fn check_topics(units: &[UnitInput], params: &ScanParams) -> Option<TopicCheck> {
    let counts =
        |unit: &&UnitInput| unit.future.is_complete && has_enough_documents(&unit.figures, params);
    let counted: Vec<&UnitInput> = units.iter().filter(counts).collect();
    let cuts: Vec<TopicCut> =
        counted.par_iter().filter_map(|unit| check_cut(unit, params)).collect();
    let mean = |value: &dyn Fn(&TopicQuality) -> f64| {
        cuts.iter().map(|cut| value(&cut.quality)).sum::<f64>() / cuts.len() as f64
    };
    (!cuts.is_empty()).then(|| TopicCheck {
        spearman: mean(&|quality| quality.spearman.unwrap_or(0.0)),
        precision_top20: mean(&|quality| quality.precision_top20),
        base: mean(&|quality| quality.base),
        cuts: cuts.clone(),
    })
}

fn check_cut(unit: &UnitInput, params: &ScanParams) -> Option<TopicCut> {
    let figures = &unit.figures;
    let found = topics_of_figures(figures, params);
    let scores: Vec<f64> = found.topics.iter().map(|topic| topic.score).collect();
    let growth: Vec<f64> =
        found.topics.iter().map(|topic| growth(unit, &found.terms, topic)).collect();
    let quality = topic_quality(&scores, &growth)?;
    Some(TopicCut { corpus: figures.corpus.clone(), cut: figures.cut.year(), quality })
}

/// Share after / share before of the documents of a topic's terms, smoothed as the label of terms is.
fn growth(unit: &UnitInput, terms: &[u32], topic: &Topic) -> f64 {
    let (mut before, mut after) = (0_u64, 0_u64);
    for place in &topic.terms {
        let term = terms[*place as usize] as usize;
        before += u64::from(unit.figures.terms[term].window_documents());
        after += u64::from(unit.future.terms[term]);
    }
    let share = |documents: u64, total: u32| (documents as f64 + 1.0) / (f64::from(total) + 2.0);
    share(after, unit.future.documents) / share(before, unit.figures.window_documents())
}
