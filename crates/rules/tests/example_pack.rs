//! The example pack, run as a newcomer runs it: it loads, compiles, and all of its cases pass.

use std::path::Path;

use linghang_core::Lang;
use linghang_pack::Pack;
use linghang_rules::testing::test;

fn example() -> Pack {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
    let loaded = linghang_pack::load(&dir);
    let found: Vec<String> = loaded.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    loaded.pack.unwrap_or_else(|| panic!("the example pack does not load:\n{}", found.join("\n")))
}

#[test]
fn every_case_of_the_example_pack_passes() {
    let report = test(&example());
    let found: Vec<String> = report.diagnostics.iter().map(|one| one.render(Lang::En)).collect();
    assert_eq!(found.join("\n"), "");
    let failed: Vec<String> = report
        .cases
        .iter()
        .filter(|case| !case.differences.is_empty())
        .map(|case| format!("{} {}: {:#?}", case.file, case.name.en, case.differences))
        .collect();
    assert_eq!(failed.join("\n"), "");
    assert!(report.cases.len() > 30, "{} cases", report.cases.len());
    assert_eq!(report.untried, Vec::<String>::new());
}
