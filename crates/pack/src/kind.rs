//! The kinds of records: folder, key, layout, and what the linter has to know about each.
//!
//! This table is the one place where a kind is declared. The reader, the schemas, the linter and the guide's table
//! follow from it.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::record::{
    Baseline, Body, CitySector, Crosswalk, District, Document, Fact, Field, Generation, Ladder,
    Mechanism, Parameter, Place, Platform, Programme, Qualification, ResearchArea, Route, Rule,
    Score, Subsector, Target, Task, Track, Watch,
};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the record type of the same name")]
pub enum Kind {
    Generation,
    Track,
    Field,
    Subsector,
    ResearchArea,
    Crosswalk,
    Document,
    Body,
    Place,
    District,
    CitySector,
    Platform,
    Target,
    Baseline,
    Parameter,
    Task,
    Ladder,
    Mechanism,
    Rule,
    Fact,
    Programme,
    Qualification,
    Score,
    Watch,
    Route,
}

/// How the records of a kind lie in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One record in a file; the file name is its id.
    OneEach,
    /// Any number in a file, each under a `[[key]]` header.
    List,
}

/// What is known about a kind.
#[derive(Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// The key of a record in a list file, and the singular name in English.
    pub key: &'static str,
    /// The folder that holds its files.
    pub folder: &'static str,
    /// One record in a file, or many.
    pub layout: Layout,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Keys of texts that must be complete in both languages.
    pub texts: &'static [&'static str],
    /// Keys that name other records, and of which kind.
    pub references: &'static [(&'static str, Kind)],
    /// Whether test cases may stand beside its files, as `NAME.test.toml`.
    pub tested: bool,
    /// Pairs of years of which the first must not be after the second.
    pub year_order: &'static [(&'static str, &'static str)],
    shape: fn(&mut SchemaGenerator) -> Schema,
}

impl Kind {
    /// Returns what is known about this kind.
    pub fn spec(self) -> &'static KindSpec {
        // The table is in the order of the enum; a test holds the two together.
        &KINDS[self as usize]
    }

    /// Returns the kind whose files lie in `folder`.
    pub fn of_folder(folder: &str) -> Option<Self> {
        of_folder(folder).map(|spec| spec.kind)
    }
}

impl KindSpec {
    /// Returns the JSON Schema of one record, as generated from its type.
    pub(crate) fn record_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.shape)(generator)
    }
}

/// A key that a kind does not have is passed over.
const NAME: &[&str] = &["name", "note"];

const fn spec<T: JsonSchema>(
    kind: Kind,
    key: &'static str,
    folder: &'static str,
    zh: &'static str,
) -> KindSpec {
    KindSpec {
        kind,
        key,
        folder,
        layout: Layout::List,
        zh,
        texts: NAME,
        references: &[],
        tested: false,
        year_order: &[],
        shape: T::json_schema,
    }
}

/// Every kind, in the order of [`Kind`].
pub const KINDS: [KindSpec; 25] = [
    spec::<Generation>(Kind::Generation, "generation", "generations", "赛道目录"),
    KindSpec {
        layout: Layout::OneEach,
        references: &[("generation", Kind::Generation)],
        ..spec::<Track>(Kind::Track, "track", "tracks", "赛道")
    },
    KindSpec { layout: Layout::OneEach, ..spec::<Field>(Kind::Field, "field", "fields", "领域") },
    KindSpec {
        references: &[("field", Kind::Field), ("track", Kind::Track)],
        ..spec::<Subsector>(Kind::Subsector, "subsector", "subsectors", "细分产业")
    },
    spec::<ResearchArea>(Kind::ResearchArea, "research_area", "research-areas", "研究领域"),
    KindSpec {
        texts: &["note"],
        references: &[
            ("track", Kind::Track),
            ("national", Kind::Field),
            ("province_fields", Kind::Field),
            ("subsectors", Kind::Subsector),
            ("older_tracks", Kind::Track),
        ],
        ..spec::<Crosswalk>(Kind::Crosswalk, "crosswalk", "crosswalks", "对照")
    },
    KindSpec {
        layout: Layout::OneEach,
        texts: &["name", "issuer", "place", "role", "known_gaps"],
        year_order: &[("start_year", "horizon_years")],
        ..spec::<Document>(Kind::Document, "document", "documents", "文件")
    },
    spec::<Body>(Kind::Body, "body", "bodies", "单位"),
    KindSpec {
        texts: &["name", "industries", "note"],
        references: &[("parent", Kind::Place)],
        ..spec::<Place>(Kind::Place, "place", "places", "地点")
    },
    KindSpec {
        references: &[("point_group", Kind::Place)],
        ..spec::<District>(Kind::District, "district", "districts", "区")
    },
    KindSpec {
        references: &[
            ("fields", Kind::Field),
            ("subsectors", Kind::Subsector),
            ("fields_without_subsector", Kind::Field),
        ],
        ..spec::<CitySector>(Kind::CitySector, "city_sector", "city-sectors", "城市布局")
    },
    KindSpec {
        texts: &["name", "sector"],
        ..spec::<Platform>(Kind::Platform, "platform", "platforms", "平台")
    },
    KindSpec {
        texts: &["metric", "baseline_note", "note"],
        year_order: &[("baseline_year", "deadline_year")],
        ..spec::<Target>(Kind::Target, "target", "targets", "目标")
    },
    KindSpec {
        texts: &["metric", "note"],
        ..spec::<Baseline>(Kind::Baseline, "baseline", "baselines", "基线")
    },
    KindSpec {
        texts: &["name", "meaning"],
        ..spec::<Parameter>(Kind::Parameter, "parameter", "parameters", "参数")
    },
    KindSpec {
        references: &[
            ("parent", Kind::Task),
            ("leads", Kind::Body),
            ("also_carried_out_by", Kind::Body),
        ],
        ..spec::<Task>(Kind::Task, "task", "tasks", "任务")
    },
    KindSpec {
        texts: &["name", "rungs", "note"],
        ..spec::<Ladder>(Kind::Ladder, "ladder", "ladders", "梯度")
    },
    KindSpec {
        texts: &["name", "theme"],
        ..spec::<Mechanism>(Kind::Mechanism, "mechanism", "mechanisms", "机制")
    },
    KindSpec {
        references: &[("leads", Kind::Body)],
        year_order: &[("from_year", "to_year")],
        ..spec::<Rule>(Kind::Rule, "rule", "rules", "资金规则")
    },
    KindSpec {
        texts: &["name", "missing_note", "note"],
        references: &[("holder", Kind::Body)],
        ..spec::<Fact>(Kind::Fact, "fact", "facts", "事实")
    },
    KindSpec {
        layout: Layout::OneEach,
        texts: &["name", "open_points", "note"],
        references: &[("rules", Kind::Rule), ("version_of", Kind::Programme)],
        tested: true,
        ..spec::<Programme>(Kind::Programme, "programme", "programmes", "政策项目")
    },
    KindSpec {
        layout: Layout::OneEach,
        texts: &["name", "open_points", "note"],
        references: &[
            ("ladder", Kind::Ladder),
            ("version_of", Kind::Qualification),
            ("after", Kind::Qualification),
            ("held", Kind::Fact),
        ],
        tested: true,
        ..spec::<Qualification>(Kind::Qualification, "qualification", "qualifications", "资格")
    },
    KindSpec {
        layout: Layout::OneEach,
        texts: &["name", "open_points", "note"],
        tested: true,
        ..spec::<Score>(Kind::Score, "score", "scores", "积分")
    },
    KindSpec {
        texts: &["name", "say", "note"],
        tested: true,
        ..spec::<Watch>(Kind::Watch, "watch", "watches", "预警")
    },
    KindSpec {
        texts: &["name", "say", "open_points", "note"],
        references: &[("rules", Kind::Rule)],
        tested: true,
        ..spec::<Route>(Kind::Route, "route", "routes", "直通")
    },
];

/// Returns the kind whose files lie in `folder`.
pub(crate) fn of_folder(folder: &str) -> Option<&'static KindSpec> {
    KINDS.iter().find(|spec| spec.folder == folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for (place, spec) in KINDS.iter().enumerate() {
            assert_eq!(spec.kind as usize, place, "{}", spec.key);
        }
    }
}
