//! Runs the test cases of a pack: one enterprise on one day, and what must come out.
//!
//! All cases of one day run as one small population, through the same programs and stages as millions of rows do.

mod boundary;
mod cases;
mod expect;

pub use boundary::{Boundaries, Fault, Side, boundaries};
pub use cases::{CaseRef, Suite};
pub(crate) use expect::compare;
pub use expect::{CaseResult, Difference};

use linghang_core::Diagnostic;
use linghang_pack::Pack;
use serde::Serialize;

/// Results of all cases of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Cases, by file and place.
    pub cases: Vec<CaseResult>,
    /// Rules that have no case, by id: what is not tried is not known to be right.
    pub untried: Vec<String>,
    /// Cases made from the limits of the rules themselves.
    pub boundaries: Boundaries,
    /// What kept cases from running.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether everything that was expected came out.
    pub fn is_passed(&self) -> bool {
        self.diagnostics.is_empty()
            && self.boundaries.faults.is_empty()
            && self.cases.iter().all(|case| case.differences.is_empty())
    }
}

/// Runs all cases of a pack.
pub fn test(pack: &Pack) -> Report {
    let mut report = Report {
        cases: Vec::new(),
        untried: untried(pack),
        boundaries: Boundaries::default(),
        diagnostics: Vec::new(),
    };
    let mut suites = Vec::new();
    for suite in Suite::all(pack) {
        match suite {
            Ok(suite) => suites.push(suite),
            Err(diagnostics) => report.diagnostics.extend(diagnostics),
        }
    }
    report.cases = suites.iter().flat_map(Suite::results).collect();
    report.boundaries = boundaries(suites.iter().map(|suite| &suite.rules));
    report.cases.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    report
}

/// Ids of executable rules that no case names.
fn untried(pack: &Pack) -> Vec<String> {
    use linghang_pack::Kind;
    use linghang_pack::record::RuleStatus;
    let tried = |kind: Kind, file: &str, id: &str| {
        let of =
            pack.tests.iter().filter(|((k, f), _)| *k == kind && (f == file || file.is_empty()));
        of.flat_map(|(_, tests)| &tests.cases).any(|case| case.expect.contains_key(id))
    };
    let mut untried = Vec::new();
    for programme in pack.programmes.values().filter(|p| p.status == RuleStatus::Executable) {
        let open = programme
            .awards
            .iter()
            .filter(|award| !tried(Kind::Programme, &programme.id, &award.id));
        untried.extend(open.map(|award| format!("{}/{}", programme.id, award.id)));
    }
    let executable = |status| status == RuleStatus::Executable;
    let rungs = pack.qualifications.values().filter(|one| executable(one.status));
    untried.extend(
        rungs.filter(|one| !tried(Kind::Qualification, &one.id, &one.id)).map(|one| one.id.clone()),
    );
    let scores = pack.scores.values().filter(|one| executable(one.status));
    untried
        .extend(scores.filter(|one| !tried(Kind::Score, &one.id, &one.id)).map(|o| o.id.clone()));
    let watches = pack.watches.values();
    untried
        .extend(watches.filter(|one| !tried(Kind::Watch, "", &one.id)).map(|one| one.id.clone()));
    let routes = pack.routes.values().filter(|one| executable(one.status));
    untried.extend(routes.filter(|one| !tried(Kind::Route, "", &one.id)).map(|o| o.id.clone()));
    untried
}
