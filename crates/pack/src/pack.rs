//! The loaded pack: every record by id, and the look-ups that engines need.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, PackRef};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::finding;
use crate::kind::Kind;
use crate::origin::Origins;
use crate::read::MANIFEST;
use crate::record::{
    Baseline, Basis, Body, CitySector, Crosswalk, District, Document, Fact, Field, Generation,
    Ladder, Manifest, Mechanism, Parameter, Place, Platform, Programme, Qualification,
    ResearchArea, Route, Rule, RuleSettings, ScanOverrides, Score, Subsector, Target, Task,
    TestFile, Track, Watch,
};

/// Records of one kind in the order of their ids.
pub type Shelf<T> = BTreeMap<String, T>;

/// A checked pack together with what it extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Id.
    pub id: String,
    /// Name of the place or office.
    pub name: Bilingual,
    /// The first day on which it holds.
    pub in_force_from: NaiveDate,
    /// Licence of its data.
    pub licence: String,
    /// What a reader should know first.
    pub note: Option<Bilingual>,
    /// Ids of the packs that it stands on, from the one that extends nothing to the nearest.
    pub extends: Vec<String>,
    /// Content hash over the pack and what it extends.
    pub hash: String,
    /// Settings of the scan that differ from the defaults.
    pub scan: ScanOverrides,
    /// Lists of tracks.
    pub generations: Shelf<Generation>,
    /// Tracks of all lists.
    pub tracks: Shelf<Track>,
    /// National and provincial fields.
    pub fields: Shelf<Field>,
    /// Sub-sectors.
    pub subsectors: Shelf<Subsector>,
    /// Research areas of older plans.
    pub research_areas: Shelf<ResearchArea>,
    /// Crosswalk rows, gaps among them.
    pub crosswalks: Shelf<Crosswalk>,
    /// Documents.
    pub documents: Shelf<Document>,
    /// Bodies.
    pub bodies: Shelf<Body>,
    /// Places.
    pub places: Shelf<Place>,
    /// Districts.
    pub districts: Shelf<District>,
    /// Rows of the provincial layout.
    pub city_sectors: Shelf<CitySector>,
    /// Platforms and facilities.
    pub platforms: Shelf<Platform>,
    /// Targets.
    pub targets: Shelf<Target>,
    /// Figures at the start.
    pub baselines: Shelf<Baseline>,
    /// Parameters.
    pub parameters: Shelf<Parameter>,
    /// Tasks.
    pub tasks: Shelf<Task>,
    /// Ladders.
    pub ladders: Shelf<Ladder>,
    /// Mechanisms.
    pub mechanisms: Shelf<Mechanism>,
    /// Money rules.
    pub rules: Shelf<Rule>,
    /// What holds over all programmes.
    pub rule_settings: RuleSettings,
    /// The dictionary of facts.
    pub facts: Shelf<Fact>,
    /// Programmes.
    pub programmes: Shelf<Programme>,
    /// Qualifications.
    pub qualifications: Shelf<Qualification>,
    /// Scores.
    pub scores: Shelf<Score>,
    /// Watches.
    pub watches: Shelf<Watch>,
    /// Fast tracks.
    pub routes: Shelf<Route>,
    /// Test cases by kind and name of the file that they try: the id of a programme, qualification or score.
    pub tests: BTreeMap<(Kind, String), TestFile>,
    /// Where all of it stands in the files.
    pub origins: Arc<Origins>,
}

impl Pack {
    /// Returns the tracks of the current list, in the order of their ids.
    pub fn current_tracks(&self) -> impl Iterator<Item = &Track> {
        self.tracks.values().filter(|track| {
            self.generations.get(&track.generation).is_some_and(|list| list.current)
        })
    }

    /// Returns what is named above or before and has no track today.
    pub fn gaps(&self) -> impl Iterator<Item = &Crosswalk> {
        self.crosswalks.values().filter(|row| row.basis == Basis::Gap)
    }

    /// Returns how many records of each kind there are, in the order of [`Kind`].
    pub fn counts(&self) -> Vec<(Kind, usize)> {
        vec![
            (Kind::Generation, self.generations.len()),
            (Kind::Track, self.tracks.len()),
            (Kind::Field, self.fields.len()),
            (Kind::Subsector, self.subsectors.len()),
            (Kind::ResearchArea, self.research_areas.len()),
            (Kind::Crosswalk, self.crosswalks.len()),
            (Kind::Document, self.documents.len()),
            (Kind::Body, self.bodies.len()),
            (Kind::Place, self.places.len()),
            (Kind::District, self.districts.len()),
            (Kind::CitySector, self.city_sectors.len()),
            (Kind::Platform, self.platforms.len()),
            (Kind::Target, self.targets.len()),
            (Kind::Baseline, self.baselines.len()),
            (Kind::Parameter, self.parameters.len()),
            (Kind::Task, self.tasks.len()),
            (Kind::Ladder, self.ladders.len()),
            (Kind::Mechanism, self.mechanisms.len()),
            (Kind::Rule, self.rules.len()),
            (Kind::Fact, self.facts.len()),
            (Kind::Programme, self.programmes.len()),
            (Kind::Qualification, self.qualifications.len()),
            (Kind::Score, self.scores.len()),
            (Kind::Watch, self.watches.len()),
            (Kind::Route, self.routes.len()),
        ]
    }

    /// Returns how results name this pack.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id.clone(), hash: self.hash.clone() }
    }

    /// Types the records of a draft in which nothing was found wrong.
    ///
    /// A value that fits the schema and not its type would still be found here.
    pub(crate) fn from_draft(
        draft: &Draft,
        hash: String,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let manifest = alone::<Manifest>(&draft.manifest, findings);
        let scan = alone::<ScanOverrides>(&Value::Object(draft.scan.clone()), findings);
        let settings = alone::<RuleSettings>(&Value::Object(draft.rules.clone()), findings);
        let mut shelves = Shelves { draft, findings };
        let pack = Self {
            id: String::new(),
            name: Bilingual::default(),
            in_force_from: NaiveDate::default(),
            licence: String::new(),
            note: None,
            extends: draft.chain.iter().rev().skip(1).rev().cloned().collect(),
            hash,
            scan: scan.unwrap_or_default(),
            generations: shelves.take(Kind::Generation),
            tracks: shelves.take(Kind::Track),
            fields: shelves.take(Kind::Field),
            subsectors: shelves.take(Kind::Subsector),
            research_areas: shelves.take(Kind::ResearchArea),
            crosswalks: shelves.take(Kind::Crosswalk),
            documents: shelves.take(Kind::Document),
            bodies: shelves.take(Kind::Body),
            places: shelves.take(Kind::Place),
            districts: shelves.take(Kind::District),
            city_sectors: shelves.take(Kind::CitySector),
            platforms: shelves.take(Kind::Platform),
            targets: shelves.take(Kind::Target),
            baselines: shelves.take(Kind::Baseline),
            parameters: shelves.take(Kind::Parameter),
            tasks: shelves.take(Kind::Task),
            ladders: shelves.take(Kind::Ladder),
            mechanisms: shelves.take(Kind::Mechanism),
            rules: shelves.take(Kind::Rule),
            rule_settings: settings.unwrap_or_default(),
            facts: shelves.take(Kind::Fact),
            programmes: shelves.take(Kind::Programme),
            qualifications: shelves.take(Kind::Qualification),
            scores: shelves.take(Kind::Score),
            watches: shelves.take(Kind::Watch),
            routes: shelves.take(Kind::Route),
            tests: shelves.tests(),
            origins: Arc::default(),
        };
        manifest.map(|manifest| pack.with_manifest(manifest))
    }

    fn with_manifest(self, manifest: Manifest) -> Self {
        Self {
            id: manifest.id,
            name: manifest.name.0,
            in_force_from: manifest.in_force_from,
            licence: manifest.licence,
            note: manifest.note.map(|note| note.0),
            ..self
        }
    }
}

struct Shelves<'a> {
    draft: &'a Draft,
    findings: &'a mut Vec<Diagnostic>,
}

impl Shelves<'_> {
    fn take<T: DeserializeOwned>(&mut self, kind: Kind) -> Shelf<T> {
        let mut shelf = Shelf::new();
        for record in self.draft.of_kind(kind) {
            if let Some(typed) = self.typed(record, kind.spec().key) {
                shelf.insert(record.id.clone(), typed);
            }
        }
        shelf
    }

    fn tests(&mut self) -> BTreeMap<(Kind, String), TestFile> {
        let mut all = BTreeMap::new();
        for (key, record) in &self.draft.tests {
            if let Some(typed) = self.typed(record, "case") {
                all.insert(key.clone(), typed);
            }
        }
        all
    }

    fn typed<T: DeserializeOwned>(&mut self, record: &RawRecord, key: &str) -> Option<T> {
        match T::deserialize(&record.value) {
            Ok(typed) => Some(typed),
            Err(problem) => {
                let found = finding::shape::bad_value(key, &problem.to_string());
                self.findings.push(self.draft.at(record, "", found));
                None
            }
        }
    }
}

fn alone<T: DeserializeOwned>(value: &Value, findings: &mut Vec<Diagnostic>) -> Option<T> {
    match T::deserialize(value) {
        Ok(typed) => Some(typed),
        Err(problem) => {
            let found = finding::shape::bad_value("pack", &problem.to_string());
            findings.push(found.at(MANIFEST, None));
            None
        }
    }
}
