//! Awards as compiled, and those that cannot be computed with the reason.

use std::collections::BTreeMap;

use linghang_core::{Bilingual, Fen};
use linghang_pack::record::{Clause, Delivery};
use serde::Serialize;

use super::requirement::{Expression, Requirement};

/// One award in force.
#[derive(Debug, Clone)]
pub struct Award {
    /// `programme/award`.
    pub id: String,
    /// Id of its programme.
    pub programme: String,
    /// Name.
    pub name: Bilingual,
    /// Where it is written.
    pub clause: Option<Clause>,
    /// What it demands; all must hold.
    pub when: Vec<Requirement>,
    /// The amount.
    pub pay: Expression,
    /// The amount where it is the same for all.
    pub fixed: Option<Fen>,
    /// Whether the enterprise must ask.
    pub delivery: Delivery,
    /// What it pays for, in one word.
    pub subject: Option<String>,
    /// Facts of which more never lowers it.
    pub monotone: Vec<String>,
    /// Parameters whose value the pack's authors assumed.
    pub assumed: Vec<String>,
}

/// Where the claims of a pool's awards go.
#[derive(Debug, Clone)]
pub struct PoolRoute {
    /// `programme/pool`.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// The pool itself.
    pub pool: usize,
    /// Its parts: the fact that chooses, and the part for each label.
    pub parts: Option<(String, BTreeMap<String, usize>)>,
    /// What the pool ranks by, highest first.
    pub rank_by: Option<Expression>,
}

/// An award of the pack that is not computed.
#[derive(Debug, Clone, Serialize)]
pub struct Idle {
    /// `programme/award`, or the programme where it has no awards.
    pub id: String,
    /// Name.
    pub name: Bilingual,
    /// Why.
    pub reason: IdleReason,
    /// What the text leaves open.
    pub open_points: Vec<Bilingual>,
}

/// Why an award is not computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum IdleReason {
    /// The text does not say enough, or a parameter is not set.
    NotComputable {
        /// Parameters that are not set.
        unset: Vec<String>,
    },
    /// It does not hold on the day.
    NotInForce,
}
