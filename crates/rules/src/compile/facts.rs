//! The fact dictionary: kinds, and derived facts in an order in which each needs only what came before.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Bilingual;
use linghang_expr::{Currency, Expect, Kind, Missing, Parameters, Unit, check};
use linghang_pack::Pack;
use linghang_pack::record::{self, Fact, FactType};

use super::findings::Findings;
use super::inline::inline;
use super::params;
use crate::model::{AsOf, Dictionary, Expression, FactInfo};

/// Builds the dictionary.
pub(crate) fn dictionary(pack: &Pack, as_of: AsOf, findings: &mut Findings) -> Dictionary {
    let mut dictionary = Dictionary { bodies: bodies(pack), ..Dictionary::default() };
    findings.enter("facts", "facts");
    for (name, fact) in &pack.facts {
        let Some(kind) = kind(fact) else {
            findings.say(
                "rules.currency",
                name,
                "币种不是三个大写字母的代码",
                "the currency is not a code of three capital letters",
            );
            continue;
        };
        if let Err(problem) = dictionary.facts.insert(name, kind.clone(), missing(fact)) {
            findings.expression(name, name, vec![problem]);
            continue;
        }
        let info = FactInfo { record: fact.clone(), kind, derived: None, column: None };
        dictionary.by_name.insert(name.clone(), info);
    }
    derive(pack, as_of, &mut dictionary, findings);
    dictionary
}

fn bodies(pack: &Pack) -> BTreeMap<String, Bilingual> {
    pack.bodies.iter().map(|(id, body)| (id.clone(), body.name.0.clone())).collect()
}

/// The kind of a fact; none where its currency is not a code.
pub(crate) fn kind(fact: &Fact) -> Option<Kind> {
    Some(match fact.kind {
        FactType::Money => {
            Kind::Money(Currency::from_code(fact.currency.as_deref().unwrap_or("CNY"))?)
        }
        FactType::Count => Kind::Count(Unit::new(fact.unit.as_deref().unwrap_or_default())),
        FactType::Ratio => Kind::Ratio,
        FactType::Number => Kind::Number,
        FactType::Date => Kind::Date,
        FactType::Year => Kind::Year,
        FactType::Bool => Kind::Bool,
        FactType::Label => Kind::label(fact.values.iter().map(|value| value.id.clone())),
        FactType::Text => Kind::Text,
    })
}

fn missing(fact: &Fact) -> Missing {
    match fact.missing {
        record::Missing::No => Missing::No,
        record::Missing::Unknown => Missing::Unknown,
        record::Missing::Error => Missing::Error,
    }
}

/// Checks derived facts, each after those that it needs; what is left over goes round in a circle.
fn derive(pack: &Pack, as_of: AsOf, dictionary: &mut Dictionary, findings: &mut Findings) {
    let mut parameters = Parameters::new();
    params::add_built_in(&mut parameters, as_of);
    let mut open: BTreeSet<&str> = dictionary
        .by_name
        .iter()
        .filter(|(_, info)| info.record.derive.is_some())
        .filter_map(|(name, _)| pack.facts.get_key_value(name).map(|(name, _)| name.as_str()))
        .collect();
    while !open.is_empty() {
        let before = open.len();
        for name in open.clone() {
            let Some(text) = pack.facts.get(name).and_then(|fact| fact.derive.as_ref()) else {
                open.remove(name);
                continue;
            };
            match check(text, &dictionary.facts, &parameters, Expect::Any) {
                Err(problems) => {
                    findings.expression(name, text, problems);
                    open.remove(name);
                }
                Ok(checked) if checked.facts().iter().any(|fact| open.contains(fact.as_str())) => {}
                Ok(checked) => {
                    open.remove(name);
                    let checked = inline(checked, dictionary);
                    if let Ok(program) = checked.compile() {
                        let text = text.clone();
                        define(dictionary, name, Expression { text, checked, program }, findings);
                    }
                }
            }
        }
        if open.len() == before {
            for name in &open {
                findings.say(
                    "rules.derived_circle",
                    name,
                    "派生事实互相引用",
                    "derived facts need each other in a circle",
                );
            }
            return;
        }
    }
}

/// Keeps a derived fact: written out where a missing source makes it unknown, else as a column.
fn define(dictionary: &mut Dictionary, name: &str, by: Expression, findings: &mut Findings) {
    let Some(info) = dictionary.by_name.get_mut(name) else { return };
    let same = std::mem::discriminant(&info.kind) == std::mem::discriminant(by.checked.kind());
    let is_fitting = same || matches!(by.checked.kind(), Kind::Plain | Kind::Open);
    if !is_fitting {
        let (is, wanted) = (by.checked.kind().describe(), info.kind.describe());
        findings.say(
            "rules.derived_kind",
            name,
            &format!("声明为{}，表达式是{}", wanted.zh, is.zh),
            &format!("declared as {}, the expression is {}", wanted.en, is.en),
        );
        return;
    }
    if info.record.missing == record::Missing::Unknown {
        info.derived = Some(by.checked);
    } else {
        info.column = Some(by);
    }
}
