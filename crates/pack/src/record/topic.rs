//! What the pack is about: tracks and how papers and patents are put to them, fields, sub-sectors, crosswalk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Level, Sources, Text};

/// A dated list of tracks. One plan follows another; the lists of past plans stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Id, such as `city-2025`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Whether this is the list that the city works with today.
    pub current: bool,
    /// Where the list is written.
    pub source: Sources,
}

/// A track (赛道): one direction that the city has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Id; also the name of its file.
    pub id: String,
    /// The list that it belongs to.
    pub generation: String,
    /// Name as printed, and in English.
    pub name: Text,
    /// Where it is named.
    pub source: Sources,
    /// A remark of the pack's authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// How papers and patents are put to it. Tracks of the current list need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
}

/// How documents and topics are recognised as belonging to a track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// Technology terms that speak for the track.
    pub seeds: Terms,
    /// Terms that speak against it, although they look alike.
    #[serde(default)]
    pub negatives: Terms,
    /// Subclasses of the International Patent Classification, such as `B64U`.
    #[serde(default)]
    pub ipc: Vec<String>,
    /// arXiv categories, such as `cs.RO`.
    #[serde(default)]
    pub arxiv: Vec<String>,
    /// English names of OpenAlex fields, subfields, topics or concepts.
    #[serde(default)]
    pub openalex: Vec<String>,
}

/// Terms by language: English in lower case and singular, Chinese in simplified characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Chinese terms.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English terms.
    #[serde(default)]
    pub en: Vec<String>,
}

/// A field of the state (方向) or the province (领域).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Id; also the name of its file.
    pub id: String,
    /// Whose field it is.
    pub level: Level,
    /// Name.
    pub name: Text,
    /// Where it is named.
    pub source: Sources,
    /// How documents are put to it, where somebody has written it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
}

/// A sub-sector (细分产业) of a field, or a sub-track (细分赛道) of a track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subsector {
    /// Id.
    pub id: String,
    /// The field that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The track that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// Name.
    pub name: Text,
    /// Other Chinese names in the documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases_zh: Vec<String>,
    /// What the plan wants done.
    pub posture: Posture,
    /// Where it is named.
    pub source: Sources,
}

/// What a plan wants done with a sub-sector.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Posture {
    /// Speed up (加快).
    Accelerate,
    /// Push on (推动).
    Promote,
    /// Prepare early (前瞻布局).
    ForwardLayout,
}

/// An area of research in an older plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResearchArea {
    /// Id.
    pub id: String,
    /// The group under which the plan lists it.
    pub group: String,
    /// Name.
    pub name: Text,
    /// Where it is named.
    pub source: Sources,
}

/// One row of the crosswalk between the tracks and the classifications above and before them.
///
/// A row without a track is a gap: something named above that no track of the city covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Id.
    pub id: String,
    /// The city's track; absent in a gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// National fields.
    #[serde(default)]
    pub national: Vec<String>,
    /// Provincial fields.
    #[serde(default)]
    pub province_fields: Vec<String>,
    /// Sub-sectors.
    #[serde(default)]
    pub subsectors: Vec<String>,
    /// Tracks of earlier lists.
    #[serde(default)]
    pub older_tracks: Vec<String>,
    /// How it is known.
    pub basis: Basis,
    /// Why, in words.
    pub note: Text,
    /// The documents compared.
    pub source: Sources,
}

/// How a row of the crosswalk is known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A cited document connects the two.
    Stated,
    /// Read from same or similar names.
    Inferred,
    /// There is no counterpart.
    Gap,
}
