//! Laws of whole scans: order of documents, the sum of the contributions, and what later documents may not change.

use linghang_scan::figures::{Figures, TermFigures};
use linghang_scan::signals::{measure, standardise};
use proptest::prelude::*;

use crate::corpora::{Answer, CUT, Paper, build, papers, scan};

/// Documents, and the same documents in another order.
fn shuffled() -> impl Strategy<Value = (Vec<Paper>, Vec<Paper>)> {
    papers(70).prop_flat_map(|papers| (Just(papers.clone()), Just(papers).prop_shuffle()))
}

fn bytes(figures: &Figures) -> Vec<u8> {
    postcard::to_allocvec(figures).expect("figures can always be written")
}

/// Figures without what they say about phrases too rare to be counted: that much depends on what came later.
fn without_rare_containers(figures: &Figures, minimum: u32) -> Figures {
    let common = |term: &TermFigures| TermFigures {
        container_documents: Some(term.container_documents)
            .filter(|documents| *documents >= minimum)
            .unwrap_or(0),
        container_mean: 0.0,
        ..term.clone()
    };
    Figures { terms: figures.terms.iter().map(common).collect(), ..figures.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_documents_changes_no_byte((papers, other) in shuffled()) {
        let first = scan(&build(&papers, 2, 70));
        let second = scan(&build(&other, 2, 70));
        for (first, second) in first.iter().zip(&second) {
            prop_assert!(bytes(&first.figures) == bytes(&second.figures), "{}", first.figures.corpus);
        }
        prop_assert_eq!(first, second);
    }

    #[test]
    fn the_contributions_are_the_six_standardised_signals_and_sum_to_the_score(papers in papers(70)) {
        for Answer { figures, candidates, scores } in scan(&build(&papers, 2, 70)) {
            let columns = measure(&figures, &candidates.terms).map(|column| standardise(&column));
            prop_assert_eq!(scores.len(), candidates.terms.len());
            for (place, score) in scores.iter().enumerate() {
                let expected = columns.iter().fold(0.0, |sum, column| sum + column[place]);
                prop_assert!(score.total().to_bits() == expected.to_bits(), "{} is not {expected}", score.total());
                prop_assert!(score.contributions.iter().all(|part| part.abs() <= 3.0));
            }
        }
    }

    #[test]
    fn later_documents_change_nothing_that_was_said_before(papers in papers(90)) {
        let minimum = 2;
        let past: Vec<Paper> = papers.iter().filter(|paper| paper.half <= CUT).cloned().collect();
        for (then, now) in scan(&build(&past, minimum, 90)).iter().zip(scan(&build(&papers, minimum, 90))) {
            prop_assert_eq!(
                without_rare_containers(&then.figures, minimum),
                without_rare_containers(&now.figures, minimum)
            );
            prop_assert_eq!(&then.candidates, &now.candidates);
            prop_assert_eq!(&then.scores, &now.scores);
        }
    }
}

#[test]
fn the_random_corpora_do_have_candidates() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let papers =
        prop::collection::vec(papers(90), 20..21).new_tree(&mut runner).expect("papers").current();
    let with_candidates = papers
        .iter()
        .filter(|papers| scan(&build(papers, 2, 90)).iter().any(|answer| answer.scores.len() >= 5))
        .count();
    assert!(with_candidates >= 10, "only {with_candidates} of 20 corpora have five candidates");
}
