//! Collects what is wrong, with file and line of the text that it is about.

use std::path::PathBuf;
use std::sync::Arc;

use linghang_core::{Bilingual, Diagnostic};
use linghang_expr::Problem;
use linghang_pack::{Excerpt, Kind, Origins, Pack};

use crate::money::terms::TermsError;

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

    /// Adds a finding about a place in the record; both texts are shown after the place and a colon.
    pub(crate) fn say(&mut self, code: &'static str, place: &str, zh: &str, en: &str) {
        let message = Bilingual::new(format!("{place}：{zh}"), format!("{place}: {en}"));
        self.add(Diagnostic::error(code, message), place, None);
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

    /// Adds terms that were refused. The text is in one language only: the pack's own linter has made these checks before.
    pub(crate) fn terms(&mut self, problem: &TermsError) {
        self.enter(".", "rules");
        let text = problem.to_string();
        let found = Diagnostic::error("rules.terms", Bilingual::new(text.clone(), text));
        self.add(found, problem.place(), None);
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Where a finding about the example pack is said to stand.
    fn stands(problem: &TermsError) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/example");
        let pack = linghang_pack::load(&folder).pack.expect("the example has no error");
        let mut findings = Findings::of(&pack);
        findings.enter("routes", "the-last-record-of-all");
        findings.terms(problem);
        let found = findings.finish().remove(0);
        let (file, line) = (found.file.expect("a file"), found.line.expect("a line"));
        format!("{}:{line}", file.display())
    }

    #[test]
    fn refused_terms_are_said_of_the_file_of_their_award_or_pool() {
        let award = || "ladder-awards/giant".to_owned();
        for (problem, file) in [
            (TermsError::Shares(award()), "programmes/ladder-awards.toml:44"),
            (TermsError::PoolCycle(award()), "programmes/ladder-awards.toml:44"),
            (TermsError::TooMany(70_000), "rules.toml:1"),
        ] {
            assert_eq!(stands(&problem), file, "{problem}");
        }
    }
}
