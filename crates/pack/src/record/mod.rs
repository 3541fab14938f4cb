//! The shape of every record that a pack may hold. Data only: reading is in `read`, checking in `shape` and `lint`.
//!
//! # Invariants
//!
//! - Unknown keys are refused everywhere, so a misspelt key never becomes a silent default.
//! - Every record knows its `source`: the documents, and the sections in them, that it was taken from.
//! - Money is whole fen. Other figures may be fractions and are `f64`.
//!
//! A new kind of record is a struct here and one line in [`crate::kind`].

mod case;
mod clause;
mod condition;
mod fact;
mod manifest;
mod people_places;
mod plan;
mod programme;
mod source;
mod standing;
mod text;
mod topic;

pub use case::{CapKind, Case, CasePayment, CaseValue, Decision, Expected, TestFile};
pub use clause::{CLAUSE_HASH_PREFIX, Clause};
pub use condition::{
    Bracket, Condition, Cure, DatedValue, Interval, Param, RuleStatus, SharedTest,
};
pub use fact::{
    Column, Fact, FactType, LabelValue, Missing, Period, ScoreTotal, TakeOf, TitlePart,
};
pub use manifest::{Manifest, SCHEMA_VERSION, ScanOverrides};
pub use people_places::{Body, CityRole, CitySector, District, Place, Platform, PlatformStatus};
pub use plan::{
    AmountKind, Baseline, Centrality, Comparator, Document, Firmness, Ladder, Mechanism, Parameter,
    Rule, RungOrder, Target, Task,
};
pub use programme::{
    Award, Budget, Cap, Ceiling, Delivery, Group, Once, Pool, Programme, RuleSettings, Split, Take,
    WhenShort,
};
pub use source::{Citation, Sources};
pub use standing::{
    ItemMissing, Qualification, Route, Rung, RungOf, Scale, Score, ScoreClass, ScoreItem, Stage,
    Step, Watch, WatchLevel,
};
pub use text::Text;
pub use topic::{
    Basis, Crosswalk, Field, Generation, Posture, ResearchArea, Selector, Subsector, Terms, Track,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The level of government that a record belongs to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The state.
    National,
    /// A province.
    Province,
    /// A city.
    City,
    /// A district of a city.
    District,
    /// No government: a commentary.
    ThinkTank,
}
