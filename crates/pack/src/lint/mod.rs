//! What a schema cannot say: ids, references, sources, texts, years and selectors that make sense together.
//!
//! The linter reads untyped records, so one wrong key does not hide the other mistakes of a record. It never
//! panics: a value of the wrong type is the schema's finding and is passed over here.

mod ids;
mod literal;
mod references;
mod rules;
mod selectors;
mod texts;
mod years;

pub(crate) use ids::is_kebab;

use linghang_core::Diagnostic;

use crate::draft::Draft;

/// Returns everything that is wrong with what the records say together.
pub(crate) fn lint(draft: &Draft) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for record in draft.records.values() {
        if !draft.files[record.file].is_whole {
            continue;
        }
        ids::lint(draft, record, &mut findings);
        references::lint(draft, record, &mut findings);
        texts::lint(draft, record, &mut findings);
        years::lint(draft, record, &mut findings);
    }
    ids::lint_manifest(draft, &mut findings);
    texts::lint_manifest(draft, &mut findings);
    selectors::lint(draft, &mut findings);
    rules::lint(draft, &mut findings);
    findings
}
