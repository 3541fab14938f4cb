//! Lints about meaning: what is written is valid and still cannot be what was meant.
//!
//! Findings are warnings with the next step. They look at one rule set, that is, at one day; `rules check` runs them
//! for the days on which a pack changes. Form, references and types are checked before, by the pack and the compiler.

mod conditions;
pub(crate) mod domain;
mod figures;
mod money;
mod open;
mod overlap;
mod sources;

use linghang_core::{Bilingual, Diagnostic, diagnostic};
use linghang_pack::{Kind, Pack};

use crate::model::RuleSet;

pub use open::expired;

/// Runs all lints.
pub fn lint(pack: &Pack, rules: &RuleSet) -> Vec<Diagnostic> {
    let mut found = Found::new(pack);
    conditions::lint(rules, &mut found);
    overlap::lint(rules, &mut found);
    money::lint(rules, &mut found);
    figures::lint(rules, &mut found);
    sources::lint(rules, &mut found);
    open::lint(rules, &mut found);
    let mut list = found.list;
    diagnostic::sort(&mut list);
    list.dedup();
    list
}

/// What was found so far in a pack.
pub(crate) struct Found<'a> {
    pub(crate) pack: &'a Pack,
    list: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    fn new(pack: &'a Pack) -> Self {
        Self { pack, list: Vec::new() }
    }

    /// Adds a warning about a rule: an award or pool by `programme/id`, anything else by its kind and id; `inside` is
    /// the place in it, such as `when.age`, or empty.
    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        (kind, rule): (Kind, &str),
        inside: &str,
        zh: &str,
        en: &str,
    ) {
        let message = Bilingual::new(format!("{rule}：{zh}"), format!("{rule}: {en}"));
        let found = Diagnostic::warning(code, message);
        let id = rule.split('/').next().unwrap_or(rule);
        let place = self.pack.origins.find(kind, id, &format!("{rule}.{inside}"), None);
        self.list.push(match place {
            Some(place) => found.at(place.file, Some(place.line)),
            None => found,
        });
    }
}
