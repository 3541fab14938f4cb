//! Laws of counted states: threads and batches leave no trace, and adding equals building anew.

use linghang_scan::counts::{EnglishReader, State};
use proptest::prelude::*;

use crate::corpora::{build, bytes, inputs, papers};

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_batch_size_change_no_byte(papers in papers(90), minimum in 1..4_u32, size in 1..90_usize) {
        let expected = bytes(&build(&papers, minimum, papers.len()));
        for threads in [1, 2, 4] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a small pool");
            let found = pool.install(|| bytes(&build(&papers, minimum, size)));
            prop_assert!(found == expected, "{threads} threads, batches of {size}");
        }
    }

    #[test]
    fn adding_batches_equals_building_anew(
        papers in papers(60),
        minimum in 1..5_u32,
        mut splits in prop::collection::vec(0..60_usize, 1..5),
    ) {
        for split in &mut splits {
            *split = (*split).min(papers.len());
        }
        splits.push(papers.len());
        splits.sort_unstable();
        let inputs = inputs(&papers);
        let mut state = build(&papers[..splits[0]], minimum, 60);
        for ends in splits.windows(2) {
            state.add(&inputs[ends[0]..ends[1]], &EnglishReader);
            let anew = build(&papers[..ends[1]], minimum, 60);
            prop_assert!(state == anew, "{} documents after {}", ends[1], ends[0]);
            prop_assert!(bytes(&state) == bytes(&anew), "{} documents after {}", ends[1], ends[0]);
        }
    }

    #[test]
    fn a_state_that_was_written_and_read_goes_on_like_the_first(papers in papers(60), split in 0..60_usize) {
        let split = split.min(papers.len());
        let inputs = inputs(&papers);
        let mut first = build(&papers[..split], 2, 60);
        let mut second: State = postcard::from_bytes(&bytes(&first)).expect("what was written can be read");
        first.add(&inputs[split..], &EnglishReader);
        second.add(&inputs[split..], &EnglishReader);
        prop_assert!(bytes(&first) == bytes(&second));
        prop_assert_eq!(crate::corpora::scan(&first), crate::corpora::scan(&second));
    }
}
