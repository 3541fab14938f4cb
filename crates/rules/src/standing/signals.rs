//! Watches that show and fast tracks that are open.

use linghang_core::Bilingual;
use linghang_pack::record::{Sources, WatchLevel};
use serde::Serialize;

use crate::explain::{Truth3, View};
use crate::facts::Population;
use crate::model::RuleSet;

/// A watch for one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct WatchReport {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Whether it shows.
    pub truth: Truth3,
    /// How urgent it is.
    pub level: WatchLevel,
    /// What is shown.
    pub say: Bilingual,
    /// Where it is written.
    pub source: Sources,
}

/// A fast track for one enterprise.
#[derive(Debug, Clone, Serialize)]
pub struct RouteReport {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Whether it is open; absent when it cannot be computed.
    pub truth: Option<Truth3>,
    /// What it opens.
    pub opens: String,
    /// What falls away.
    pub instead_of: String,
    /// What is shown.
    pub say: Bilingual,
    /// Where it is written.
    pub source: Sources,
    /// Parameters that are not set.
    pub unset: Vec<String>,
}

/// All watches for one enterprise, in the order of their ids.
pub fn watches(rules: &RuleSet, population: &Population, row: usize) -> Vec<WatchReport> {
    let view = View::new(rules, population, row);
    let one = |watch: &crate::model::Watch| WatchReport {
        id: watch.record.id.clone(),
        name: watch.record.name.0.clone(),
        truth: view.leaf(watch.is),
        level: watch.record.level,
        say: watch.record.say.0.clone(),
        source: watch.record.source.clone(),
    };
    rules.watches.iter().map(one).collect()
}

/// All fast tracks for one enterprise, in the order of their ids.
pub fn routes(rules: &RuleSet, population: &Population, row: usize) -> Vec<RouteReport> {
    let view = View::new(rules, population, row);
    let one = |route: &crate::model::Route| RouteReport {
        id: route.record.id.clone(),
        name: route.record.name.0.clone(),
        truth: route.is.map(|leaf| view.leaf(leaf)),
        opens: route.record.opens.clone(),
        instead_of: route.record.instead_of.clone(),
        say: route.record.say.0.clone(),
        source: route.record.source.clone(),
        unset: route.unset.clone(),
    };
    rules.routes.iter().map(one).collect()
}
