//! Where rules can be bent, and how.

use linghang_core::{Fen, Lang};
use linghang_expr::{CompareOp, Constant, Exact, Kind, Literal, Node, Op, Parameter};

use super::scores;
use crate::model::{Requirement, RuleSet, Shape};

/// A rule that can be bent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// `programme/award`.
    Award(String),
    /// A qualification.
    Qualification(String),
    /// A watch.
    Watch(String),
    /// A route.
    Route(String),
    /// A score.
    Score(String),
}

impl Rule {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Award(id)
            | Self::Qualification(id)
            | Self::Watch(id)
            | Self::Route(id)
            | Self::Score(id) => id,
        }
    }
}

/// Which expression of a rule is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A requirement, by its places from the top; direct routes of a qualification follow its conditions.
    Requirement(Vec<usize>),
    /// The amount.
    Pay,
    /// The only condition of a watch or route.
    Only,
    /// A cap: item, year, lifetime.
    Cap(usize),
    /// The condition of a stage of a score.
    Stage(usize),
    /// What an item of a score measures, or what it is worth.
    Item(usize),
}

/// How it is bent. Places of nodes count from the top of the tree, parents first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bend {
    /// The whole requirement is left out.
    Drop,
    /// `>=` becomes `>` and so on, at this node.
    Flip(usize),
    /// A constant moves by one unit, at this node; for tables in this row, or at the upper edge of it.
    Shift {
        /// The node.
        node: usize,
        /// The row, for tables and brackets, and whether its edge is meant.
        row: Option<(usize, bool)>,
        /// Up or down.
        up: bool,
    },
    /// Two rows of a table change their values, at this node.
    Swap {
        /// The node.
        node: usize,
        /// The rows.
        rows: (usize, usize),
    },
    /// A cap moves by one yuan.
    Cap {
        /// Up or down.
        up: bool,
    },
    /// A label becomes another one, at this node.
    Label {
        /// The node.
        node: usize,
        /// The other one.
        label: String,
    },
    /// A list of labels loses one, at this node.
    Without {
        /// The node.
        node: usize,
        /// The place in the list.
        place: usize,
    },
    /// A list of labels gains one, at this node.
    With {
        /// The node.
        node: usize,
        /// The label.
        label: String,
    },
    /// A number of a score's item moves by one unit.
    Points {
        /// Which one.
        figure: Figure,
        /// Up or down.
        up: bool,
    },
}

/// A number of a score's item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// The weight at a stage.
    Weight(String),
    /// The least value of a step of the scale.
    From(usize),
    /// The share that a step gives.
    Share(usize),
    /// The low end of a line.
    Low,
    /// The high end of a line.
    High,
}

/// One mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The rule.
    pub rule: Rule,
    pub(crate) part: Part,
    /// How it is bent.
    pub bend: Bend,
    /// Where, for a reader.
    pub place: String,
    /// As written.
    pub before: String,
    /// As bent.
    pub after: String,
}

impl Site {
    /// The same on every day.
    pub(crate) fn key(&self) -> String {
        format!("{:?} {:?} {:?} {} {}", self.rule, self.part, self.bend, self.before, self.after)
    }
}

/// All mutants of a rule set.
pub(crate) fn sites(rules: &RuleSet) -> Vec<Site> {
    let mut sites = Vec::new();
    for (at, award) in rules.awards.iter().enumerate() {
        let rule = Rule::Award(award.id.clone());
        requirements(rules, &rule, &award.when, 0, &mut sites);
        let tree = award.pay.checked.tree();
        of_tree(&rule, &Part::Pay, "pay", tree, &mut sites);
        let caps = rules.terms.awards()[at].caps;
        for (place, cap) in [caps.item, caps.year, caps.lifetime].into_iter().enumerate() {
            sites.extend(cap.into_iter().flat_map(|cap| bent_cap(&rule, place, cap)));
        }
    }
    for one in rules.qualifications.iter().filter(|one| one.is_computable()) {
        let rule = Rule::Qualification(one.record.id.clone());
        requirements(rules, &rule, &one.when, 0, &mut sites);
        requirements(rules, &rule, &one.direct, one.when.len(), &mut sites);
    }
    let watches = rules.watches.iter().map(|one| (Rule::Watch(one.record.id.clone()), one.is));
    let routes =
        rules.routes.iter().filter_map(|one| Some((Rule::Route(one.record.id.clone()), one.is?)));
    for (rule, leaf) in watches.chain(routes) {
        let tree = rules.leaves[leaf].expression.checked.tree();
        of_tree(&rule, &Part::Only, "is", tree, &mut sites);
    }
    scores::sites(rules, &mut sites);
    sites
}

fn bent_cap(rule: &Rule, place: usize, cap: Fen) -> Vec<Site> {
    let name = ["cap.item", "cap.year", "cap.lifetime"][place];
    [false, true]
        .into_iter()
        .map(|up| Site {
            rule: rule.clone(),
            part: Part::Cap(place),
            bend: Bend::Cap { up },
            place: name.to_owned(),
            before: cap.display(Lang::Zh),
            after: shifted_cap(cap, up).display(Lang::Zh),
        })
        .collect()
}

/// A cap moved by one yuan.
pub(crate) const fn shifted_cap(cap: Fen, up: bool) -> Fen {
    Fen(if up { cap.0.saturating_add(100) } else { cap.0.saturating_sub(100) })
}

fn requirements(
    rules: &RuleSet,
    rule: &Rule,
    list: &[Requirement],
    first: usize,
    sites: &mut Vec<Site>,
) {
    for (at, requirement) in list.iter().enumerate() {
        of_requirement(rules, rule, requirement, vec![first + at], &requirement.id, sites);
    }
}

fn of_requirement(
    rules: &RuleSet,
    rule: &Rule,
    requirement: &Requirement,
    path: Vec<usize>,
    place: &str,
    sites: &mut Vec<Site>,
) {
    // A condition left to people has no truth that a case could notice.
    if requirement.is_judged() {
        return;
    }
    sites.push(Site {
        rule: rule.clone(),
        part: Part::Requirement(path.clone()),
        bend: Bend::Drop,
        place: place.to_owned(),
        before: requirement.id.clone(),
        after: "-".to_owned(),
    });
    match &requirement.shape {
        Shape::Leaf { leaf, .. } => {
            let tree = rules.leaves[*leaf].expression.checked.tree();
            of_tree(rule, &Part::Requirement(path), place, tree, sites);
        }
        Shape::All(parts) | Shape::Any(parts) => {
            for (at, part) in parts.iter().enumerate() {
                let mut path = path.clone();
                path.push(at);
                let place = format!("{place}.{}", part.id);
                of_requirement(rules, rule, part, path, &place, sites);
            }
        }
        Shape::Judged => {}
    }
}

pub(super) fn of_tree(rule: &Rule, part: &Part, place: &str, tree: &Node, sites: &mut Vec<Site>) {
    let mut node_at = 0;
    let before = tree.to_text();
    tree.visit(&mut |node| {
        let mut add = |bend: Bend, after: String| {
            sites.push(Site {
                rule: rule.clone(),
                part: part.clone(),
                bend,
                place: place.to_owned(),
                before: before.clone(),
                after,
            });
        };
        match &node.op {
            Op::Compare(op, left, _) if flipped(*op).is_some() => {
                let symbol = flipped(*op).map_or("", CompareOp::symbol);
                add(Bend::Flip(node_at), format!("{} {symbol}", left.to_text()));
            }
            Op::Compare(CompareOp::Equal | CompareOp::NotEqual, left, right) => {
                // A label is bent at its comparison, where it is known which labels there are.
                for (at, side) in [(node_at + 1, left), (node_at + 1 + size(left), right)] {
                    if let Some(label) = next_label(side) {
                        let after = format!("'{label}'");
                        add(Bend::Label { node: at, label }, after);
                    }
                }
            }
            Op::In(value, items) => {
                for (bend, after) in of_list(node_at, value, items) {
                    add(bend, after);
                }
            }
            Op::Literal(literal) => {
                for up in [false, true] {
                    if let Some(bent) = shifted(literal, up) {
                        add(Bend::Shift { node: node_at, row: None, up }, bent.to_text());
                    }
                }
            }
            Op::Parameter { name, parameter, .. } => {
                for (bend, after) in of_parameter(node_at, parameter) {
                    add(bend, format!("${name}: {after}"));
                }
            }
            _ => {}
        }
        node_at += 1;
    });
}

/// The number of nodes of a tree.
fn size(tree: &Node) -> usize {
    let mut nodes = 0;
    tree.visit(&mut |_| nodes += 1);
    nodes
}

/// The label after the one that a literal names, around in the order of its kind.
fn next_label(node: &Node) -> Option<String> {
    let (Op::Literal(literal), Kind::Label(labels)) = (&node.op, &node.kind) else { return None };
    let Constant::Text(own) = &literal.value else { return None };
    let at = labels.iter().position(|label| **label == **own)?;
    let other = labels.get((at + 1) % labels.len())?;
    (**other != **own).then(|| other.clone())
}

/// Lists without one of their labels, and with one more.
fn of_list(node: usize, value: &Node, items: &[Node]) -> Vec<(Bend, String)> {
    let written = |item: &Node| match &item.op {
        Op::Literal(Literal { value: Constant::Text(text), .. }) => Some(text.to_string()),
        _ => None,
    };
    let listed: Vec<String> = items.iter().filter_map(written).collect();
    let mut bends: Vec<(Bend, String)> = Vec::new();
    if items.len() > 1 {
        for (place, item) in items.iter().enumerate() {
            bends.push((Bend::Without { node, place }, format!("- {}", item.to_text())));
        }
    }
    if let Kind::Label(labels) = &value.kind {
        for label in labels.iter().filter(|label| !listed.iter().any(|one| **one == ***label)) {
            let label = label.clone();
            let after = format!("+ '{label}'");
            bends.push((Bend::With { node, label }, after));
        }
    }
    bends
}

fn of_parameter(node: usize, parameter: &Parameter) -> Vec<(Bend, String)> {
    let mut bends = Vec::new();
    let mut shift = |literal: &Literal, row: Option<(usize, bool)>| {
        for up in [false, true] {
            if let Some(bent) = shifted(literal, up) {
                bends.push((Bend::Shift { node, row, up }, bent.to_text()));
            }
        }
    };
    match parameter {
        Parameter::Value(literal) => shift(literal, None),
        Parameter::Table { rows, .. } => {
            for (at, (_, literal)) in rows.iter().enumerate() {
                shift(literal, Some((at, false)));
            }
            for at in 1..rows.len() {
                if rows[at - 1].1 != rows[at].1 {
                    let text = format!("{} <-> {}", rows[at - 1].0, rows[at].0);
                    bends.push((Bend::Swap { node, rows: (at - 1, at) }, text));
                }
            }
        }
        Parameter::Brackets { rows, .. } => {
            for (at, row) in rows.iter().enumerate() {
                shift(&row.is, Some((at, false)));
                if let Some(to) = &row.to {
                    shift(to, Some((at, true)));
                }
            }
        }
        Parameter::Unset { .. } => {}
    }
    bends
}

/// The comparison that differs at the limit only.
pub(crate) const fn flipped(op: CompareOp) -> Option<CompareOp> {
    match op {
        CompareOp::Greater => Some(CompareOp::GreaterEqual),
        CompareOp::GreaterEqual => Some(CompareOp::Greater),
        CompareOp::Less => Some(CompareOp::LessEqual),
        CompareOp::LessEqual => Some(CompareOp::Less),
        CompareOp::Equal | CompareOp::NotEqual => None,
    }
}

/// The constant moved by one unit: a yuan, a tenth of a percent, one thing, one day. A label has no next one here.
pub(crate) fn shifted(literal: &Literal, up: bool) -> Option<Literal> {
    let unit = match &literal.kind {
        Kind::Money(_) => Exact::whole(100),
        Kind::Ratio => Exact::new(1, 1_000)?,
        Kind::Count(_) | Kind::Year | Kind::Duration(_) | Kind::Plain | Kind::Number => Exact::ONE,
        Kind::Date => {
            let Constant::Date(day) = literal.value else { return None };
            let moved = if up { day.succ_opt() } else { day.pred_opt() };
            return moved.map(Literal::date);
        }
        _ => return None,
    };
    let value = literal.exact()?;
    let moved = if up { value.add(unit)? } else { value.sub(unit)? };
    Some(Literal::number(literal.kind.clone(), moved))
}
