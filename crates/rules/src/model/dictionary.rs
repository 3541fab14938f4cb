//! The fact dictionary of a rule set.

use std::collections::BTreeMap;

use linghang_core::Bilingual;
use linghang_expr::{Checked, Facts, Kind};
use linghang_pack::record;

use super::requirement::Expression;

/// What is known about one fact.
#[derive(Debug, Clone)]
pub struct FactInfo {
    /// As the pack declares it.
    pub record: record::Fact,
    /// Its kind.
    pub kind: Kind,
    /// How it is computed, where it is written out in every expression that names it.
    pub derived: Option<Checked>,
    /// How it is computed into a column of its own; only where a missing value means "no".
    pub column: Option<Expression>,
}

/// All facts, by name.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    /// What expressions need of them.
    pub facts: Facts,
    /// Everything else.
    pub by_name: BTreeMap<String, FactInfo>,
    /// Names of bodies, so that an explanation can say who holds a fact.
    pub bodies: BTreeMap<String, Bilingual>,
}

impl Dictionary {
    /// The fact of a name.
    pub fn get(&self, name: &str) -> Option<&FactInfo> {
        self.by_name.get(name)
    }

    /// Name of a fact for a reader.
    pub fn name(&self, fact: &str) -> Bilingual {
        self.get(fact).map_or_else(
            || Bilingual::new(fact, fact),
            |info| {
                let name = &info.record.name.0;
                Bilingual::new(
                    if name.zh.is_empty() { fact } else { &name.zh },
                    if name.en.is_empty() { fact } else { &name.en },
                )
            },
        )
    }

    /// The body that holds a fact.
    pub fn holder(&self, fact: &str) -> Option<Bilingual> {
        let body = self.get(fact)?.record.holder.as_ref()?;
        Some(self.bodies.get(body).cloned().unwrap_or_else(|| Bilingual::new(body, body)))
    }

    /// Name of a label value for a reader.
    pub fn label(&self, fact: &str, value: &str) -> Bilingual {
        let values = self.get(fact).map(|info| info.record.values.as_slice()).unwrap_or_default();
        let found = values.iter().find(|label| label.id == value);
        found.map_or_else(|| Bilingual::new(value, value), |label| label.name.0.clone())
    }
}
