//! What two rule sets say differently, award by award and clause by clause.

use std::collections::{BTreeMap, BTreeSet};

use linghang_core::Lang;
use serde::Serialize;

use crate::model::{Award, Requirement, RuleSet, Shape};

/// One place in which two rule sets differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TextChange {
    /// `programme/award`.
    pub award: String,
    /// Where it is written.
    pub clause: String,
    /// What differs: `award`, `pay`, `cap.item`, `condition.NAME` and so on.
    pub what: String,
    /// Before; absent where it was not there.
    pub before: Option<String>,
    /// After; absent where it is gone.
    pub after: Option<String>,
}

/// All differences, by award and place.
pub(crate) fn texts(before: &RuleSet, after: &RuleSet) -> Vec<TextChange> {
    let mut changes = Vec::new();
    for id in all_ids(before, after) {
        let (old, new) = (fields(before, &id), fields(after, &id));
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (old, new) = (old.get(key), new.get(key));
            if old.map(|(text, _, _)| text) == new.map(|(text, _, _)| text) {
                continue;
            }
            let clause = new.or(old).map(|(_, _, clause)| clause.clone()).unwrap_or_default();
            let shown = |field: Option<&Field>| field.map(|(_, shown, _)| shown.clone());
            changes.push(TextChange {
                award: id.clone(),
                clause,
                what: key.clone(),
                before: shown(old),
                after: shown(new),
            });
        }
    }
    changes
}

/// Ids of awards of which anything differs that can change a result.
pub(crate) fn differing(before: &RuleSet, after: &RuleSet) -> BTreeSet<String> {
    let meaning = |rules: &RuleSet, id: &str| -> BTreeMap<String, String> {
        let fields = fields(rules, id).into_iter().filter(|(key, _)| key != "name");
        fields.map(|(key, (meaning, _, _))| (key, meaning)).collect()
    };
    let ids = all_ids(before, after).into_iter();
    ids.filter(|id| meaning(before, id) != meaning(after, id)).collect()
}

fn all_ids(before: &RuleSet, after: &RuleSet) -> BTreeSet<String> {
    before.awards.iter().chain(&after.awards).map(|award| award.id.clone()).collect()
}

/// What it means (for comparison), what is shown, and the clause.
type Field = (String, String, String);

fn fields(rules: &RuleSet, id: &str) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    let Some(at) = rules.award(id) else { return fields };
    let award = &rules.awards[at];
    let terms = &rules.terms.awards()[at];
    let own = award.clause.as_ref().map(|clause| clause.source.to_string()).unwrap_or_default();
    let mut add = |key: &str, meaning: String, shown: String| {
        fields.insert(key.to_owned(), (meaning, shown, own.clone()));
    };
    let name = award.name.get(Lang::Zh).to_owned();
    add("name", name.clone(), name);
    add("pay", award.pay.checked.canonical(), written(award));
    let caps = [
        ("cap.item", terms.caps.item),
        ("cap.year", terms.caps.year),
        ("cap.lifetime", terms.caps.lifetime),
        ("budget.floor", terms.floor),
    ];
    for (key, cap) in caps {
        if let Some(fen) = cap {
            add(key, fen.0.to_string(), fen.display(Lang::Zh));
        }
    }
    let group = terms.group.map(|group| &rules.terms.groups()[group]);
    if let Some(group) = group {
        let limit = group.up_to.map(|fen| fen.display(Lang::Zh)).unwrap_or_default();
        let text = format!("{} {:?} {limit} {}", group.name, group.take, group.deduct_paid);
        add("group", format!("{text} {}", terms.rank), text);
    }
    if let Some(pool) = terms.pool {
        let name = rules.terms.pools()[pool].name.clone();
        add("pool", name.clone(), name);
    }
    if let Some(once) = terms.once {
        add("once", format!("{once:?}"), format!("{once:?}").to_lowercase());
    }
    let excludes = terms.excludes.iter().map(|at| rules.awards[usize::from(*at)].id.clone());
    let excludes = excludes.collect::<Vec<_>>().join(", ");
    if !excludes.is_empty() {
        add("excludes", excludes.clone(), excludes);
    }
    let pays = terms.pays.iter().map(|(party, share)| format!("{party} {}", share.0));
    let pays = pays.collect::<Vec<_>>().join(", ");
    if !pays.is_empty() {
        add("pays", pays.clone(), pays);
    }
    add(
        "delivery",
        format!("{:?}", award.delivery),
        format!("{:?}", award.delivery).to_lowercase(),
    );
    fields.extend(conditions(rules, award, &own));
    fields
}

fn conditions(rules: &RuleSet, award: &Award, own: &str) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    for requirement in &award.when {
        let clause = requirement.clause.as_ref().map(|clause| clause.source.to_string());
        let key = format!("condition.{}", requirement.id);
        let field = (
            meaning(rules, requirement),
            shown(rules, requirement),
            clause.unwrap_or_else(|| own.to_owned()),
        );
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

fn shown(rules: &RuleSet, requirement: &Requirement) -> String {
    let join = |parts: &[Requirement], word: &str| {
        parts.iter().map(|part| shown(rules, part)).collect::<Vec<_>>().join(word)
    };
    match &requirement.shape {
        Shape::Leaf { leaf, text } => {
            let values = parameters(rules.leaves[*leaf].expression.checked.tree());
            if values.is_empty() { text.clone() } else { format!("{text} [{values}]") }
        }
        Shape::All(parts) => join(parts, " AND "),
        Shape::Any(parts) => format!("({})", join(parts, " OR ")),
        Shape::Judged => "judged".to_owned(),
    }
}
