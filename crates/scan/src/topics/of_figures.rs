//! Topics from figures alone, without documents and without what was found before: how past dates are looked at.

use super::{LeidenOptions, TermSpace, TermTable, Topic, TopicOptions, find_topics};
use crate::candidates;
use crate::figures::Figures;
use crate::params::ScanParams;
use crate::signals::{Score, lh6};

/// The topics of some figures.
pub struct FiguresTopics {
    /// Indices into `Figures::terms` of the candidates, ascending; topics name their terms by places in it.
    pub terms: Vec<u32>,
    /// Highest score first.
    pub topics: Vec<Topic>,
}

/// Clusters the candidates of `figures`.
pub fn topics_of_figures(figures: &Figures, params: &ScanParams) -> FiguresTopics {
    let candidates = candidates::select(figures, params);
    let scores = lh6(figures, &candidates.terms).iter().map(Score::total).collect();
    let table = TermTable::new(figures, &candidates, scores);
    let profiles = table.profiles();
    let space = TermSpace::new(&profiles, &table.pairs(), figures.window_documents());
    let topics = find_topics(&space, None::<&[Vec<u32>]>, &topic_options(params));
    FiguresTopics { topics, terms: candidates.terms }
}

/// How topics are clustered under the settings of a scan.
pub fn topic_options(params: &ScanParams) -> TopicOptions {
    TopicOptions {
        leiden: LeidenOptions { resolution: params.topic_resolution, ..LeidenOptions::default() },
        ..TopicOptions::default()
    }
}
