//! Lints about meaning: what is written is valid and still cannot be what was meant.
//!
//! Findings are warnings with the next step. They look at one rule set, that is, at one day; `rules check` runs them
//! for the days on which a pack changes. Form, references and types are checked before, by the pack and the compiler.

mod conditions;
mod domain;
mod figures;
mod money;
mod overlap;
mod sources;

use linghang_core::{Bilingual, Diagnostic, diagnostic};
use linghang_pack::Pack;

use crate::model::RuleSet;

/// Runs all lints.
pub fn lint(pack: &Pack, rules: &RuleSet) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    conditions::lint(rules, &mut found);
    overlap::lint(rules, &mut found);
    money::lint(rules, &mut found);
    figures::lint(pack, rules, &mut found);
    sources::lint(rules, &mut found);
    diagnostic::sort(&mut found);
    found.dedup();
    found
}

/// A warning about a rule.
pub(crate) fn warn(code: &'static str, rule: &str, zh: &str, en: &str) -> Diagnostic {
    let programme = rule.split('/').next().unwrap_or(rule);
    let folder = if rule.contains('/') { "programmes" } else { "qualifications" };
    let message = Bilingual::new(format!("{rule}：{zh}"), format!("{rule}: {en}"));
    Diagnostic::warning(code, message).at(format!("{folder}/{programme}.toml"), None)
}
