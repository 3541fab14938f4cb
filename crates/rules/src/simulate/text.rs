//! What two rule sets say differently, award by award and clause by clause.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Bilingual;
use serde::Serialize;

use super::terms;
use crate::explain::words::{money, same, say};
use crate::model::{Award, Requirement, RuleSet, Shape};

/// One place in which two rule sets differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TextChange {
    /// `programme/award`, or `programme/pool` where a pool differs; `ceiling` for what holds over all programmes.
    pub award: String,
    /// Where it is written; empty where the pack names no clause.
    pub clause: String,
    /// What differs: `pay`, `cap.item`, `condition.NAME`, `pool.amount` and so on.
    pub what: String,
    /// Before; absent where it was not there.
    pub before: Option<Bilingual>,
    /// After; absent where it is gone.
    pub after: Option<Bilingual>,
}

/// All differences: awards by id and place, then pools, then the ceiling.
pub(crate) fn texts(before: &RuleSet, after: &RuleSet) -> Vec<TextChange> {
    let mut changes = Vec::new();
    for id in all_ids(before, after) {
        compare(&id, &fields(before, &id), &fields(after, &id), &mut changes);
    }
    let pools = before.pools.iter().chain(&after.pools).map(|route| route.id.as_str());
    for id in pools.collect::<BTreeSet<_>>() {
        compare(id, &terms::pool(before, id), &terms::pool(after, id), &mut changes);
    }
    let ceiling = |rules: &RuleSet| {
        let year = rules.terms.ceiling_year();
        let year = year.map(|fen| ("ceiling.year".to_owned(), Field::plain(money(fen), "")));
        year.into_iter().collect::<BTreeMap<_, _>>()
    };
    compare("ceiling", &ceiling(before), &ceiling(after), &mut changes);
    changes
}

type Fields = BTreeMap<String, Field>;

fn compare(id: &str, old: &Fields, new: &Fields, changes: &mut Vec<TextChange>) {
    for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (old.get(key), new.get(key));
        if old.map(|field| &field.meaning) == new.map(|field| &field.meaning) {
            continue;
        }
        changes.push(TextChange {
            award: id.to_owned(),
            clause: new.or(old).map(|field| field.clause.clone()).unwrap_or_default(),
            what: key.clone(),
            before: old.map(|field| field.shown.clone()),
            after: new.map(|field| field.shown.clone()),
        });
    }
}

/// Ids of awards of which anything differs that can change a result.
pub(crate) fn differing(before: &RuleSet, after: &RuleSet) -> BTreeSet<String> {
    let meaning = |rules: &RuleSet, id: &str| -> BTreeMap<String, String> {
        let fields = fields(rules, id).into_iter().filter(|(key, _)| key != "name");
        fields.map(|(key, field)| (key, field.meaning)).collect()
    };
    let ids = all_ids(before, after).into_iter();
    ids.filter(|id| meaning(before, id) != meaning(after, id)).collect()
}

fn all_ids(before: &RuleSet, after: &RuleSet) -> BTreeSet<String> {
    before.awards.iter().chain(&after.awards).map(|award| award.id.clone()).collect()
}

/// One thing that a rule says.
pub(super) struct Field {
    /// What it means; two rules that mean the same have equal ones.
    meaning: String,
    /// What a reader sees.
    shown: Bilingual,
    clause: String,
}

impl Field {
    /// One whose words say all that it means.
    pub(super) fn plain(shown: Bilingual, clause: &str) -> Self {
        Self { meaning: shown.zh.clone(), shown, clause: clause.to_owned() }
    }
}

fn fields(rules: &RuleSet, id: &str) -> Fields {
    let Some(at) = rules.award(id) else { return Fields::new() };
    let award = &rules.awards[at];
    let clause = award.clause.as_ref().map(|clause| clause.source.to_string()).unwrap_or_default();
    let mut fields = terms::fields(rules, at, &clause);
    fields.insert("name".to_owned(), Field::plain(award.name.clone(), &clause));
    let meaning = award.pay.checked.canonical();
    let shown = same(written(award));
    fields.insert("pay".to_owned(), Field { meaning, shown, clause: clause.clone() });
    fields.extend(conditions(rules, award, &clause));
    fields
}

fn conditions(rules: &RuleSet, award: &Award, own: &str) -> Fields {
    let mut fields = Fields::new();
    for requirement in &award.when {
        let clause = requirement.clause.as_ref().map(|clause| clause.source.to_string());
        let key = format!("condition.{}", requirement.id);
        let field = Field {
            meaning: meaning(rules, requirement),
            shown: shown(rules, requirement),
            clause: clause.unwrap_or_else(|| own.to_owned()),
        };
        fields.insert(key, field);
    }
    fields
}

/// The amount with the values of its parameters, so that a changed parameter shows.
fn written(award: &Award) -> String {
    let values = parameters(award.pay.checked.tree());
    if values.is_empty() {
        award.pay.text.clone()
    } else {
        format!("{} [{values}]", award.pay.text)
    }
}

fn parameters(tree: &linghang_expr::Node) -> String {
    let mut found = BTreeMap::new();
    tree.visit(&mut |node| {
        if let linghang_expr::Op::Parameter { name, parameter, .. } = &node.op {
            found.insert(name.to_string(), value(parameter));
        }
    });
    let all = found.into_iter().map(|(name, value)| format!("${name} = {value}"));
    all.collect::<Vec<_>>().join("; ")
}

fn value(parameter: &linghang_expr::Parameter) -> String {
    use linghang_expr::Parameter;
    match parameter {
        Parameter::Value(literal) => literal.to_text(),
        Parameter::Table { rows, .. } => {
            let rows =
                rows.iter().map(|(label, literal)| format!("{label}: {}", literal.to_text()));
            rows.collect::<Vec<_>>().join(", ")
        }
        Parameter::Brackets { rows, .. } => {
            let rows = rows.iter().map(|row| match &row.to {
                Some(to) => format!("≤{}: {}", to.to_text(), row.is.to_text()),
                None => row.is.to_text(),
            });
            rows.collect::<Vec<_>>().join(", ")
        }
        Parameter::Unset { .. } => "?".to_owned(),
    }
}

fn meaning(rules: &RuleSet, requirement: &Requirement) -> String {
    let parts = |parts: &[Requirement]| {
        parts.iter().map(|part| meaning(rules, part)).collect::<Vec<_>>().join(";")
    };
    let body = match &requirement.shape {
        Shape::Leaf { leaf, .. } => rules.leaves[*leaf].canonical.clone(),
        Shape::All(all) => format!("all({})", parts(all)),
        Shape::Any(any) => format!("any({})", parts(any)),
        Shape::Judged => "judged".to_owned(),
    };
    format!("{body}{}", if requirement.discretionary { " discretionary" } else { "" })
}

fn shown(rules: &RuleSet, requirement: &Requirement) -> Bilingual {
    let join = |parts: &[Requirement], word: &str| {
        let parts: Vec<Bilingual> = parts.iter().map(|part| shown(rules, part)).collect();
        let zh: Vec<&str> = parts.iter().map(|part| part.zh.as_str()).collect();
        let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
        Bilingual::new(zh.join(word), en.join(word))
    };
    match &requirement.shape {
        Shape::Leaf { leaf, text } => {
            let values = parameters(rules.leaves[*leaf].expression.checked.tree());
            same(if values.is_empty() { text.clone() } else { format!("{text} [{values}]") })
        }
        Shape::All(parts) => join(parts, " AND "),
        Shape::Any(parts) => {
            let any = join(parts, " OR ");
            Bilingual::new(format!("({})", any.zh), format!("({})", any.en))
        }
        Shape::Judged => say("judged"),
    }
}
