//! The two files that stand alone in a pack: `pack.toml` and `scan.toml`.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;

/// The schema version that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

/// `pack.toml`: what the pack is, from when it holds, and which pack it builds on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Id of the pack; by custom the name of its folder.
    pub id: String,
    /// Name of the place or office whose pack this is.
    pub name: Text,
    /// Version of the file formats, 1 today.
    pub schema: u32,
    /// Folder name of the pack that this one builds on, beside this pack's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// The first day on which this pack holds.
    #[schemars(with = "String", extend("format" = "date"))]
    pub in_force_from: NaiveDate,
    /// Licence of the pack's data, as an SPDX expression.
    pub licence: String,
    /// What a reader should know first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// `scan.toml`: where this place wants the scan to differ from its measured defaults.
///
/// An absent key leaves the default. What each one means is written in the guide to the scan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanOverrides {
    /// Fewest documents in the window (R) for a term of one category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub r_min: Option<u32>,
    /// Fewest documents in the window (R) for a term of several categories together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub r_min_pool: Option<u32>,
    /// Resolution of the topic clustering; higher gives more and smaller topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.01, max = 100.0))]
    pub topic_resolution: Option<f64>,
    /// Least similarity (0 to 1) at which a topic is put to a track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub track_similarity_min: Option<f64>,
    /// Least lead (0 to 1) of the nearest track over the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub track_margin_min: Option<f64>,
    /// Similarity (0 to 1) to every track below which a topic may be an X candidate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub x_similarity_max: Option<f64>,
    /// Terms, in either language, that lists show although a filter would leave them out: the word of an expert.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub always_kept: Vec<String>,
    /// Names by which sources call the city and its parts, in any language; documents that name one are local.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_places: Vec<String>,
    /// Names and codes of the country; documents that name one are national.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub national_places: Vec<String>,
}
