//! The topics of three years earlier, against which a topic of today is new or not.

use super::Request;
use crate::backtest::has_enough_documents;
use crate::candidates;
use crate::figures::WINDOW;
use crate::signals::{Score, lh6};
use crate::topics::{LeidenOptions, TermSpace, TermTable, TopicOptions, find_topics};

/// Terms of a topic with their documents.
type Terms = Vec<(String, u32)>;

/// Finds the topics at the latest known date that lies three years back; `None` when there is no such date, or too few
/// documents then.
pub(super) fn topics(request: &Request<'_>) -> Option<Vec<Terms>> {
    let latest = request.figures.cut.0 - WINDOW as i32;
    let units = request.past.iter().filter(|unit| unit.figures.cut.0 <= latest);
    let figures = &units.max_by_key(|unit| unit.figures.cut)?.figures;
    if !has_enough_documents(figures, request.params) {
        return None;
    }
    let terms = candidates::select(figures, request.params).terms;
    let scores = lh6(figures, &terms).iter().map(Score::total).collect();
    let table = TermTable::new(figures, &terms, scores);
    let profiles = table.profiles();
    let space = TermSpace::new(&profiles, &table.pairs(), figures.window_documents());
    let options = TopicOptions {
        leiden: LeidenOptions {
            resolution: request.params.topic_resolution,
            ..LeidenOptions::default()
        },
        ..TopicOptions::default()
    };
    let found = find_topics(&space, None::<&[Vec<u32>]>, &options);
    let named = |place: &u32| {
        let profile = &profiles[*place as usize];
        (profile.text.to_owned(), profile.window_documents)
    };
    Some(found.iter().map(|topic| topic.terms.iter().map(named).collect()).collect())
}
