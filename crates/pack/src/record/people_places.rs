//! Who and where: bodies, places, districts, the layout of a province, platforms and facilities.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Level, Sources, Text};

/// A department, office or collective of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Id.
    pub id: String,
    /// Name as the documents print it, and in English.
    pub name: Text,
    /// Level of government.
    pub level: Level,
    /// Where it is given work.
    pub source: Sources,
}

/// A place that a plan names: an area, a zone, a park, a corridor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What kind of place, such as `pilot-zone`.
    pub kind: String,
    /// The place that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Industries that the plan gives it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industries: Vec<Text>,
    /// Where it is named.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A district of the city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The place (a group of points in the city's layout) that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_group: Option<String>,
    /// Where it is named.
    pub source: Sources,
}

/// One row of the provincial layout: what a city is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CitySector {
    /// Id.
    pub id: String,
    /// The city or region.
    pub name: Text,
    /// Its part in the layout.
    pub role: CityRole,
    /// Core carriers, as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carriers_zh: Vec<String>,
    /// Fields given to it.
    pub fields: Vec<String>,
    /// Sub-sectors given to it.
    pub subsectors: Vec<String>,
    /// Fields given to it without naming a sub-sector.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields_without_subsector: Vec<String>,
    /// Where it is written.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The part of a city in the provincial layout.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CityRole {
    /// A core (核).
    Core,
    /// A pole (极点).
    Pole,
    /// A region of several cities.
    Region,
}

/// A platform, facility, institution or event that a plan names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What kind, such as `national-laboratory`.
    pub kind: String,
    /// What it works on; absent where the documents do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Text>,
    /// How far it has come.
    pub status: PlatformStatus,
    /// Where it is named.
    pub source: Sources,
}

/// How far a platform has come, or why it has no stage.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum PlatformStatus {
    /// It exists.
    Existing,
    /// It is being built.
    Building,
    /// It is planned.
    Planned,
    /// The record stands for a class of platforms.
    Class,
    /// It belongs to a partner elsewhere.
    Partner,
    /// It is a recurring event.
    Event,
}
