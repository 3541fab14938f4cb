//! Puts the files of a pack and of what it extends together into one set of records, still untyped.
//!
//! Here a record of the pack takes the place of one of its parent, and ids that meet twice are found. The linter
//! reads the result; [`crate::pack`] turns it into types when nothing is wrong.

use std::collections::BTreeMap;

use linghang_core::Diagnostic;
use serde_json::{Map, Value};

use crate::finding;
use crate::kind::{self, KINDS, Kind, KindSpec, Layout};
use crate::read::{Layer, MANIFEST, RULES, SCAN, TESTS};
use crate::shape::{self, Form};
use crate::tree::{self, Lines, Tree};

/// A record as it was read.
#[derive(Debug)]
pub(crate) struct RawRecord {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    /// Place of its file in [`Draft::files`].
    pub(crate) file: usize,
    /// JSON pointer inside the file; empty when it is the whole file.
    pub(crate) pointer: String,
    /// Its keys, without `replaces`.
    pub(crate) value: Value,
    replaces: bool,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct DraftFile {
    /// Path as findings show it.
    pub(crate) path: String,
    pub(crate) lines: Lines,
    /// Place of its layer; a record may replace one of an earlier layer only.
    layer: usize,
    /// Whether all of it could be read. Of a file that could not, only the ids count.
    pub(crate) is_whole: bool,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) files: Vec<DraftFile>,
    /// Records by kind and lower-case id, since file systems may not tell cases apart.
    pub(crate) records: BTreeMap<(Kind, String), RawRecord>,
    /// `pack.toml` of the pack itself.
    pub(crate) manifest: Value,
    /// Ids of the packs, from the one that extends nothing to the pack itself.
    pub(crate) chain: Vec<String>,
    /// `scan.toml`, where the pack's keys stand before its parent's.
    pub(crate) scan: Map<String, Value>,
    /// `rules.toml`, where the pack's keys stand before its parent's.
    pub(crate) rules: Map<String, Value>,
    /// Files of test cases, by the kind and the name of the file that they try. The pack's stand for its parent's.
    pub(crate) tests: BTreeMap<(Kind, String), RawRecord>,
}

impl Draft {
    /// Returns the records of a kind in the order of their ids.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &RawRecord> {
        self.records.values().filter(move |record| record.kind == kind)
    }

    /// Returns the record with exactly this id.
    pub(crate) fn get(&self, kind: Kind, id: &str) -> Option<&RawRecord> {
        self.records.get(&(kind, id.to_ascii_lowercase())).filter(|record| record.id == id)
    }

    /// Puts a finding at a place inside a record.
    pub(crate) fn at(&self, record: &RawRecord, inside: &str, finding: Diagnostic) -> Diagnostic {
        let file = &self.files[record.file];
        finding.at(&file.path, Some(file.lines.of(&format!("{}{inside}", record.pointer))))
    }

    fn place(&self, record: &RawRecord) -> String {
        let file = &self.files[record.file];
        format!("{}:{}", file.path, file.lines.of(&record.pointer))
    }
}

/// Puts the layers together, the one that extends nothing first.
pub(crate) fn assemble(layers: &[Layer]) -> (Draft, Vec<Diagnostic>) {
    let mut draft = Draft::default();
    let mut findings = Vec::new();
    for (place, layer) in layers.iter().enumerate() {
        for file in &layer.files {
            let path = format!("{}{}", layer.prefix, file.path);
            let Some(form) = form_of(&file.path) else { continue };
            let text = match std::str::from_utf8(&file.bytes) {
                Ok(text) => text,
                Err(problem) => {
                    findings.push(finding::file::not_utf8(problem.valid_up_to()).at(path, None));
                    continue;
                }
            };
            let tree = tree::parse(text);
            findings.extend(check_file(&path, form, &tree));
            add_file(&mut draft, place, path, form, tree, &mut findings);
        }
    }
    (draft, findings)
}

fn form_of(path: &str) -> Option<Form> {
    match path {
        MANIFEST => Some(Form::Manifest),
        SCAN => Some(Form::Scan),
        RULES => Some(Form::Rules),
        _ => {
            let place = kind::of_folder(path.split_once('/')?.0)?.kind as usize;
            Some(if path.ends_with(TESTS) { Form::Tests(place) } else { Form::Kind(place) })
        }
    }
}

/// Finds syntax errors, or else everything that the schema does not allow.
fn check_file(path: &str, form: Form, tree: &Tree) -> Vec<Diagnostic> {
    if !tree.problems.is_empty() {
        let problems = tree.problems.iter();
        return problems
            .map(|(line, problem)| finding::file::syntax(problem).at(path, Some(*line)))
            .collect();
    }
    let mut found: Vec<Diagnostic> = shape::check(form, &tree.value)
        .into_iter()
        .map(|misfit| misfit.finding.at(path, Some(tree.lines.of(&misfit.pointer))))
        .collect();
    if form == Form::Manifest
        && let Some(version) = tree.value.get("schema").and_then(Value::as_u64)
        && version != u64::from(crate::record::SCHEMA_VERSION)
    {
        let line = tree.lines.of("/schema");
        found.push(finding::shape::schema_version(version).at(path, Some(line)));
    }
    found
}

fn add_file(
    draft: &mut Draft,
    layer: usize,
    path: String,
    form: Form,
    tree: Tree,
    findings: &mut Vec<Diagnostic>,
) {
    let file = draft.files.len();
    let is_whole = tree.problems.is_empty();
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(TESTS));
    let stem = stem.unwrap_or_default().to_owned();
    draft.files.push(DraftFile { path, lines: tree.lines, layer, is_whole });
    match form {
        Form::Manifest => {
            let id = tree.value.get("id").and_then(Value::as_str).unwrap_or_default();
            draft.chain.push(id.to_owned());
            draft.manifest = tree.value;
        }
        Form::Scan => {
            if let Value::Object(settings) = tree.value {
                draft.scan.extend(settings);
            }
        }
        Form::Rules => {
            if let Value::Object(settings) = tree.value {
                draft.rules.extend(settings);
            }
        }
        Form::Tests(place) => {
            let (kind, value) = (KINDS[place].kind, tree.value);
            let pointer = String::new();
            let record =
                RawRecord { kind, id: stem.clone(), file, pointer, value, replaces: false };
            draft.tests.insert((kind, stem), record);
        }
        Form::Kind(place) => {
            for (pointer, value) in records_in(&KINDS[place], tree.value) {
                add_record(draft, &KINDS[place], file, pointer, value, findings);
            }
        }
    }
}

fn records_in(spec: &KindSpec, value: Value) -> Vec<(String, Value)> {
    match (spec.layout, value) {
        (Layout::OneEach, value) => vec![(String::new(), value)],
        (Layout::List, Value::Object(mut file)) => match file.remove(spec.key) {
            Some(Value::Array(items)) => {
                let pointed = items.into_iter().enumerate();
                pointed.map(|(place, item)| (format!("/{}/{place}", spec.key), item)).collect()
            }
            _ => Vec::new(),
        },
        (Layout::List, _) => Vec::new(),
    }
}

fn add_record(
    draft: &mut Draft,
    spec: &KindSpec,
    file: usize,
    pointer: String,
    mut value: Value,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(id) = value.get("id").and_then(Value::as_str).map(ToOwned::to_owned) else { return };
    let replaces = value
        .as_object_mut()
        .and_then(|keys| keys.remove("replaces"))
        .is_some_and(|truth| truth == Value::Bool(true));
    let record = RawRecord { kind: spec.kind, id, file, pointer, value, replaces };
    let key = (spec.kind, record.id.to_ascii_lowercase());
    let Some(first) = draft.records.get(&key) else {
        if record.replaces {
            let finding = finding::meaning::replaces_nothing(spec, &record.id);
            findings.push(draft.at(&record, "/id", finding));
        }
        draft.records.insert(key, record);
        return;
    };
    let is_above = draft.files[first.file].layer < draft.files[record.file].layer;
    if record.replaces && is_above {
        draft.records.insert(key, record);
        return;
    }
    let finding = finding::meaning::duplicate_id(spec, &record.id, &draft.place(first), is_above);
    findings.push(draft.at(&record, "/id", finding));
}
