//! The topics of three years earlier, against which a topic of today is new or not.

use super::Request;
use crate::backtest::has_enough_documents;
use crate::figures::WINDOW;
use crate::topics::topics_of_figures;

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
    let found = topics_of_figures(figures, request.params);
    let named = |place: &u32| {
        let term = &figures.terms[found.terms[*place as usize] as usize];
        (term.text.clone(), term.window_documents())
    };
    Some(found.topics.iter().map(|topic| topic.terms.iter().map(named).collect()).collect())
}
