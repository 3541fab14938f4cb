//! What a rule demands: a tree of named requirements over shared conditions.

use linghang_core::Bilingual;
use linghang_expr::{Checked, Program};
use linghang_pack::record::{Clause, Cure};
use serde::Serialize;

/// Place of a condition in [`crate::RuleSet::leaves`].
pub type LeafIx = usize;

/// An expression, checked and compiled.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As written.
    pub text: String,
    /// The typed tree, derived facts written out.
    pub checked: Checked,
    /// The compiled form.
    pub program: Program,
}

/// One condition, shared by all rules that demand the same.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Canonical form: equal conditions have equal ones.
    pub canonical: String,
    /// The condition, in the words of the rule that named it first.
    pub expression: Expression,
}

/// One thing that a rule demands.
#[derive(Debug, Clone, Serialize)]
pub struct Requirement {
    /// Id inside its rule; a part without one is called after its place.
    pub id: String,
    /// What it demands, in a few words.
    pub say: Option<Bilingual>,
    /// Where it is written; that of the rule where the pack says nothing.
    pub clause: Option<Clause>,
    /// What can make it true; found from its facts where the pack says nothing.
    pub cure: Cure,
    /// Whether people decide when no fact does.
    pub discretionary: bool,
    /// What it is made of.
    pub shape: Shape,
}

/// What a requirement is made of.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// One condition.
    Leaf {
        /// As written.
        text: String,
        /// The shared condition.
        leaf: LeafIx,
    },
    /// All parts must hold.
    All(Vec<Requirement>),
    /// One part must hold.
    Any(Vec<Requirement>),
    /// Nothing that could be computed: people decide.
    Judged,
}

impl Requirement {
    /// All conditions below, in the order written.
    pub fn leaves(&self) -> Vec<LeafIx> {
        match &self.shape {
            Shape::Leaf { leaf, .. } => vec![*leaf],
            Shape::All(parts) | Shape::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Shape::Judged => Vec::new(),
        }
    }

    /// Whether this or a part of it is left to people.
    pub fn is_judged(&self) -> bool {
        self.discretionary
            || match &self.shape {
                Shape::Leaf { .. } => false,
                Shape::All(parts) | Shape::Any(parts) => parts.iter().any(Self::is_judged),
                Shape::Judged => true,
            }
    }
}
