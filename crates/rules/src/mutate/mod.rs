//! Mutation testing of a pack: every rule is bent a little, and some test case must notice.
//!
//! Bent are comparisons (`>=` and `>`), constants (by one unit), caps, rows and edges of tables, labels and lists of
//! labels, weights and scales of scores, and whole conditions (dropped). A mutant that no case of the same file notices
//! survives, and is listed: there a slip in the pack would pass too. A survivor of which it can be proved that it gives
//! the same answer for every enterprise is no slip; it is counted apart. What is not computed is not bent.

mod apply;
mod equivalent;
mod scores;
mod sites;

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Diagnostic};
use linghang_pack::{Kind, Pack};
use rayon::prelude::*;
use serde::Serialize;

pub use sites::{Bend, Figure, Rule, Site};

use crate::testing::{Suite, compare};

/// What mutation testing came to.
#[derive(Debug, Clone, Serialize)]
pub struct Mutation {
    /// Mutants tried, without those that are proved to change nothing.
    pub tried: usize,
    /// Mutants that a case noticed.
    pub killed: usize,
    /// Mutants that no case noticed, by file and place.
    pub survivors: Vec<Survivor>,
    /// Mutants that no case noticed and that are proved to change nothing.
    pub equivalent: Vec<Survivor>,
    /// What kept cases from running.
    pub diagnostics: Vec<Diagnostic>,
}

impl Mutation {
    /// Killed share of the mutants; nothing where there was none.
    pub fn share(&self) -> Option<f64> {
        (self.tried > 0).then(|| self.killed as f64 / self.tried as f64)
    }
}

/// A mutant that no case noticed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Survivor {
    /// Award, qualification, watch or route.
    pub rule: String,
    /// Where in it.
    pub place: String,
    /// As written.
    pub before: String,
    /// As bent.
    pub after: String,
    /// What would notice it.
    pub hint: Bilingual,
}

/// Bends everything and runs the cases. Cases that fail unbent are left out.
pub fn mutate(pack: &Pack) -> Mutation {
    let mut diagnostics = Vec::new();
    let mut suites = Vec::new();
    for suite in Suite::all(pack) {
        match suite {
            Ok(suite) => suites.push(suite),
            Err(found) => diagnostics.extend(found),
        }
    }
    // The same site on several days is one mutant.
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    for suite in &suites {
        for site in sites::sites(&suite.rules) {
            sites.entry(site.key()).or_insert(site);
        }
    }
    let sites: Vec<Site> = sites.into_values().collect();
    let noticed: Vec<bool> =
        sites.par_iter().map(|site| suites.iter().any(|suite| notices(suite, site))).collect();
    let open = sites.iter().zip(&noticed).filter(|(_, noticed)| !**noticed).map(|(site, _)| site);
    let (equivalent, survivors): (Vec<&Site>, Vec<&Site>) =
        open.partition(|site| is_equivalent(&suites, site));
    let listed = |sites: Vec<&Site>| {
        let mut list: Vec<Survivor> = sites.into_iter().map(survivor).collect();
        list.sort();
        list
    };
    let killed = noticed.iter().filter(|noticed| **noticed).count();
    Mutation {
        tried: sites.len() - equivalent.len(),
        killed,
        survivors: listed(survivors),
        equivalent: listed(equivalent),
        diagnostics,
    }
}

/// Whether a mutant is proved to change nothing on every day on which its rule is there.
fn is_equivalent(suites: &[Suite<'_>], site: &Site) -> bool {
    let mut there =
        suites.iter().filter(|suite| apply::apply(&suite.rules, site).is_some()).peekable();
    there.peek().is_some() && there.all(|suite| equivalent::is_proved(&suite.rules, site))
}

fn notices(suite: &Suite<'_>, site: &Site) -> bool {
    let Some(bent) = apply::apply(&suite.rules, site) else { return false };
    let mut mine = suite.cases.iter().enumerate().filter(|(_, case)| site.rule.is_tried_by(case));
    mine.any(|(row, case)| {
        let passes = |rules| compare(rules, &suite.population, row, *case).differences.is_empty();
        passes(&suite.rules) && !passes(&bent)
    })
}

impl Rule {
    /// Whether a case belongs to the file of this rule.
    fn is_tried_by(&self, case: &crate::testing::CaseRef<'_>) -> bool {
        match self {
            Self::Award(id) => {
                case.kind == Kind::Programme && id.split('/').next() == Some(case.file)
            }
            Self::Qualification(id) => case.kind == Kind::Qualification && id == case.file,
            Self::Score(id) => case.kind == Kind::Score && id == case.file,
            Self::Watch(id) => case.kind == Kind::Watch && case.case.expect.contains_key(id),
            Self::Route(id) => case.kind == Kind::Route && case.case.expect.contains_key(id),
        }
    }
}

fn survivor(site: &Site) -> Survivor {
    let hint = match &site.bend {
        Bend::Drop => Bilingual::new(
            "加一个只有这一条不满足的测试用例",
            "add a case in which only this condition is not met",
        ),
        Bend::Flip(_) => {
            Bilingual::new("加一个正好等于界限的测试用例", "add a case exactly at the limit")
        }
        Bend::Shift { .. } | Bend::Cap { .. } => Bilingual::new(
            "加一个与界限相差一个单位的测试用例",
            "add a case one unit off the limit",
        ),
        Bend::Label { .. } | Bend::With { .. } | Bend::Without { .. } => Bilingual::new(
            "加一个取这一类别的测试用例，其他条件都满足",
            "add a case with this label that meets everything else",
        ),
        Bend::Points { .. } => Bilingual::new(
            "加一个在这一阶段、这一档得分的测试用例，并写明 `points`",
            "add a case that scores at this stage and step, with its `points`",
        ),
        Bend::Swap { .. } => Bilingual::new(
            "加一个取这一档的测试用例，并写明金额",
            "add a case for this row, with its amount",
        ),
    };
    Survivor {
        rule: site.rule.id().to_owned(),
        place: site.place.clone(),
        before: site.before.clone(),
        after: site.after.clone(),
        hint,
    }
}
