//! Where things stand in the files: file and line of records, of test cases, and of the texts inside them.
//!
//! Engines check texts that this crate does not understand, such as conditions. They ask here for the line that a
//! finding is about. A place inside a record is named as people read it: by keys and ids, such as
//! `rd-grant.when.intensity`, not by counting.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::draft::{Draft, RawRecord};
use crate::kind::Kind;
use crate::read::RULES;
use crate::tree::{Lines, child};

/// File and line, as findings show them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File, relative to the pack; one of a pack that is extended begins with `../`.
    pub file: PathBuf,
    /// Line, counted from 1.
    pub line: u64,
}

/// Files and lines of a loaded pack.
#[derive(Debug, Default, PartialEq)]
pub struct Origins {
    files: BTreeMap<String, Lines>,
    records: BTreeMap<(Kind, String), Origin>,
    tests: BTreeMap<(Kind, String), Origin>,
    /// Every `rules.toml`, that of the pack itself first, then those of what it extends, the nearest first.
    settings: Vec<String>,
}

/// A record as it was read.
#[derive(Debug, PartialEq)]
struct Origin {
    file: String,
    pointer: String,
    value: Value,
}

/// A text inside a record that a finding is about.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The byte of it at which the finding begins.
    pub at: usize,
}

impl Origins {
    /// Keeps the places of a draft.
    pub(crate) fn new(draft: Draft) -> Self {
        let paths: Vec<String> = draft.files.iter().map(|file| file.path.clone()).collect();
        let origin = |record: RawRecord| Origin {
            file: paths[record.file].clone(),
            pointer: record.pointer,
            value: record.value,
        };
        let records = draft.records.into_values();
        // The draft begins with the pack that extends nothing.
        let settings = paths.iter().rev().filter(|path| is_settings(path)).cloned().collect();
        Self {
            files: draft.files.into_iter().map(|file| (file.path, file.lines)).collect(),
            records: records.map(|one| ((one.kind, one.id.clone()), origin(one))).collect(),
            tests: draft.tests.into_iter().map(|(key, one)| (key, origin(one))).collect(),
            settings,
        }
    }

    /// Where a record begins.
    pub fn record(&self, kind: Kind, id: &str) -> Option<Place> {
        let origin = self.records.get(&(kind, id.to_owned()))?;
        Some(self.place(&origin.file, &origin.pointer))
    }

    /// Where a test case begins, by the file that it tries and its number from 0.
    pub fn case(&self, kind: Kind, file: &str, number: usize) -> Option<Place> {
        let origin = self.tests.get(&(kind, file.to_owned()))?;
        Some(self.place(&origin.file, &format!("{}/case/{number}", origin.pointer)))
    }

    /// The file that holds the test cases of a file.
    pub fn tests(&self, kind: Kind, file: &str) -> Option<&str> {
        self.tests.get(&(kind, file.to_owned())).map(|origin| origin.file.as_str())
    }

    /// Where the settings over all programmes say something: in `rules.toml` of the pack itself, or else of the nearest
    /// that it extends and that says it.
    pub fn settings(&self, key: &str) -> Option<Place> {
        let pointer = format!("/{}", key.replace('.', "/"));
        // A pack states a whole top-level key or leaves it to its parent.
        let top = pointer.split('/').nth(1).map(|key| format!("/{key}"));
        let says = |file: &&String| top.as_ref().is_some_and(|top| self.files[*file].has(top));
        let file = self.settings.iter().find(says).or(self.settings.first())?;
        Some(self.place(file, &pointer))
    }

    /// Where a record says what a path of keys and ids means, such as `rd-grant.when.intensity`. Words of the path
    /// that the record does not have are passed over; without any the record itself is meant. With an excerpt, the
    /// line of that text: of equal texts the one that fits the path best.
    pub fn find(
        &self,
        kind: Kind,
        id: &str,
        path: &str,
        excerpt: Option<Excerpt<'_>>,
    ) -> Option<Place> {
        let origin = self.records.get(&(kind, id.to_owned()))?;
        let words: Vec<&str> = path.split(['/', '.']).filter(|word| !word.is_empty()).collect();
        let mut search = Search { words: &words, text: excerpt.map(|one| one.text), best: None };
        search.visit(&origin.value, &origin.pointer, &mut Vec::new());
        let Some((_, _, pointer)) = search.best else {
            // The text is not written in the record: whoever asks has made it of something else.
            return excerpt.and_then(|_| self.find(kind, id, path, None));
        };
        let mut place = self.place(&origin.file, &pointer);
        if let Some(excerpt) = excerpt {
            let before = excerpt.text.get(..excerpt.at).unwrap_or_default();
            place.line =
                self.files[&origin.file].of_text(&pointer) + before.matches('\n').count() as u64;
        }
        Some(place)
    }

    fn place(&self, file: &str, pointer: &str) -> Place {
        Place { file: PathBuf::from(file), line: self.files[file].of(pointer) }
    }
}

/// A search for the place that fits a path best.
struct Search<'a> {
    words: &'a [&'a str],
    text: Option<&'a str>,
    /// Fit, depth and pointer of the best place so far.
    best: Option<(usize, usize, String)>,
}

impl Search<'_> {
    fn visit(&mut self, value: &Value, pointer: &str, names: &mut Vec<String>) {
        let is_wanted = self.text.is_none_or(|text| value.as_str() == Some(text));
        let fit = self.fit(names);
        let is_better = self
            .best
            .as_ref()
            .is_none_or(|(best, depth, _)| fit > *best || (fit == *best && names.len() < *depth));
        if is_wanted && is_better {
            self.best = Some((fit, names.len(), pointer.to_owned()));
        }
        match value {
            Value::Object(table) => {
                for (key, inner) in table {
                    names.push(key.clone());
                    self.visit(inner, &child(pointer, key), names);
                    names.pop();
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    names.push(name_of(item, at));
                    self.visit(item, &format!("{pointer}/{at}"), names);
                    names.pop();
                }
            }
            _ => {}
        }
    }

    /// How well names from the top down fit the words: later words are nearer to what is meant and count more.
    fn fit(&self, names: &[String]) -> usize {
        let (mut fit, mut from) = (0, 0);
        for (at, word) in self.words.iter().enumerate() {
            if let Some(found) = names[from..].iter().position(|name| name == word) {
                fit += at + 1;
                from += found + 1;
            }
        }
        fit
    }
}

/// Whether a path is `rules.toml` of a pack, `rules.toml` or `../name/rules.toml`, and not a file in one of its folders.
fn is_settings(path: &str) -> bool {
    let inside = path.strip_prefix("../").and_then(|path| path.split_once('/'));
    inside.map_or(path, |(_, inside)| inside) == RULES
}

/// What a member of a list is called: its id, the shared test that it names, or its number from 1.
fn name_of(item: &Value, at: usize) -> String {
    let named = |key: &str| item.get(key).and_then(Value::as_str);
    named("id").or_else(|| named("test")).map_or_else(|| (at + 1).to_string(), ToOwned::to_owned)
}
