//! The packs that are shipped: their cases pass, and their cases would notice nearly every slip.

use std::path::Path;

use linghang_pack::Pack;
use linghang_rules::mutate::mutate;
use linghang_rules::testing::test;

const SHIPPED: [&str; 3] = ["example", "guangdong", "guangzhou"];

fn pack(name: &str) -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    linghang_pack::load(&folder).pack.expect("a pack without errors")
}

#[test]
fn every_case_of_the_shipped_packs_passes() {
    for name in SHIPPED {
        let report = test(&pack(name));
        assert_eq!(report.diagnostics, [], "{name}");
        assert_eq!(report.untried, Vec::<String>::new(), "{name}");
        let failed = report.cases.iter().filter(|case| !case.differences.is_empty());
        assert_eq!(failed.collect::<Vec<_>>().len(), 0, "{name}");
    }
}

#[test]
fn the_cases_of_every_shipped_pack_notice_95_percent_of_the_mutants() {
    for name in SHIPPED {
        let mutation = mutate(&pack(name));
        let share = mutation.share().expect("there are mutants");
        let survivors = mutation.survivors;
        assert!(share >= 0.95, "{name}: {share} of {}: {survivors:#?}", mutation.tried);
    }
}

#[test]
fn every_comparison_of_the_shipped_packs_has_boundary_cases_that_pass() {
    for name in SHIPPED {
        let boundaries = test(&pack(name)).boundaries;
        assert!(boundaries.comparisons > 10 && boundaries.cases > 40, "{name}: {boundaries:?}");
        assert_eq!(boundaries.uncovered, Vec::<String>::new(), "{name}");
        assert_eq!(boundaries.faults, [], "{name}");
    }
}
