//! Collects what is wrong, with file and line of the text that it is about.

use std::path::PathBuf;
use std::sync::Arc;

use linghang_core::{Bilingual, Diagnostic};
use linghang_expr::Problem;
use linghang_pack::{Excerpt, Kind, Origins, Pack};

/// Findings so far.
#[derive(Debug)]
pub(crate) struct Findings {
    found: Vec<Diagnostic>,
    origins: Arc<Origins>,
    /// Folder and id of the record that the next findings are about.
    folder: &'static str,
    id: String,
}

impl Findings {
    /// Findings about a pack.
    pub(crate) fn of(pack: &Pack) -> Self {
        let origins = Arc::clone(&pack.origins);
        Self { found: Vec::new(), origins, folder: "programmes", id: String::new() }
    }

    /// Says which record the next findings are about; in the folder of facts each finding names its own.
    pub(crate) fn enter(&mut self, folder: &'static str, id: &str) {
        self.folder = folder;
        id.clone_into(&mut self.id);
    }

    /// Adds a finding whose texts begin with the place in the record that it is about, and a colon.
    pub(crate) fn say(&mut self, code: &'static str, zh: String, en: String) {
        let place = en.split_once(": ").map_or("", |(place, _)| place).to_owned();
        let found = Diagnostic::error(code, Bilingual::new(zh, en));
        self.add(found, &place, None);
    }

    /// Adds the problems of an expression, with its place in the record and the part that is meant.
    pub(crate) fn expression(&mut self, place: &str, text: &str, problems: Vec<Problem>) {
        for problem in problems {
            let part = text.get(problem.span.clone()).unwrap_or_default();
            let part = if part.is_empty() { text } else { part };
            let mut found = problem.to_diagnostic();
            found.message.zh = format!("{place}：`{part}`：{}", found.message.zh);
            found.message.en = format!("{place}: `{part}`: {}", found.message.en);
            self.add(found, place, Some(Excerpt { text, at: problem.span.start }));
        }
    }

    /// Adds an error in one language only: texts of checks that the pack's own linter has made before.
    pub(crate) fn error(&mut self, code: &'static str, place: &str, text: &str) {
        let text = if place.is_empty() { text.to_owned() } else { format!("{place}: {text}") };
        self.say(code, text.clone(), text);
    }

    fn add(&mut self, found: Diagnostic, place: &str, excerpt: Option<Excerpt<'_>>) {
        // What is linked at the end names its programme itself.
        let named = place.split_once('/').map(|(programme, _)| programme);
        let (folder, id) = match (self.folder, named) {
            ("facts", _) => ("facts", place.split('.').next().unwrap_or(place)),
            (_, Some(programme)) => ("programmes", programme),
            (folder, None) => (folder, self.id.as_str()),
        };
        let stands = match Kind::of_folder(folder) {
            Some(kind) => self.origins.find(kind, id, place, excerpt),
            None => self.origins.settings(place),
        };
        self.found.push(match stands {
            Some(stands) => found.at(stands.file, Some(stands.line)),
            None => found.at(PathBuf::from(format!("{folder}/{id}.toml")), None),
        });
    }

    pub(crate) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}
