//! Qualifications, scores, watches and routes as compiled.

use std::collections::BTreeMap;

use linghang_core::Bilingual;
use linghang_expr::Exact;
use linghang_pack::record;

use super::requirement::{Expression, LeafIx, Requirement};

/// What it takes to stand on a rung.
#[derive(Debug, Clone)]
pub struct Qualification {
    /// The record.
    pub record: record::Qualification,
    /// Ladders and places on them, the main one first.
    pub rungs: Vec<(String, usize)>,
    /// What it demands; all must hold.
    pub when: Vec<Requirement>,
    /// What alone is enough.
    pub direct: Vec<Requirement>,
    /// Condition that says that the status is held.
    pub held: Option<LeafIx>,
    /// Parameters that are not set; where there is one, it cannot be computed.
    pub unset: Vec<String>,
}

impl Qualification {
    /// Whether it can be computed.
    pub fn is_computable(&self) -> bool {
        self.record.status != record::RuleStatus::NotComputable
            && self.unset.is_empty()
            && !(self.when.is_empty() && self.direct.is_empty())
    }
}

/// Points by stage.
#[derive(Debug, Clone)]
pub struct Score {
    /// The record.
    pub record: record::Score,
    /// Stages in their order; the first that holds counts.
    pub stages: Vec<Stage>,
    /// Items in their order.
    pub items: Vec<ScoreItem>,
}

/// A stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// When it holds; always where absent.
    pub is: Option<LeafIx>,
}

/// An item of a score.
#[derive(Debug, Clone)]
pub struct ScoreItem {
    /// The record.
    pub record: record::ScoreItem,
    /// What is measured.
    pub of: Expression,
    /// Weight by stage; a stage without one refuses to score.
    pub weights: BTreeMap<String, Exact>,
    /// Parameters of the expression that are not set.
    pub unset: Vec<String>,
    /// Steps of the scale: least value and share.
    pub steps: Vec<(Exact, Exact)>,
    /// Ends of a line, linear or logarithmic.
    pub ends: Option<(Exact, Exact)>,
}

/// Something that people should see in time.
#[derive(Debug, Clone)]
pub struct Watch {
    /// The record.
    pub record: record::Watch,
    /// When it shows.
    pub is: LeafIx,
}

/// A fast track.
#[derive(Debug, Clone)]
pub struct Route {
    /// The record.
    pub record: record::Route,
    /// When it opens; absent where a parameter is not set.
    pub is: Option<LeafIx>,
    /// Parameters that are not set.
    pub unset: Vec<String>,
}
