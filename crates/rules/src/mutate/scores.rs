//! Scores bent a little: weights, steps of scales, ends of lines, conditions of stages, what items measure.

use linghang_expr::{Exact, Kind, Literal};

use super::sites::{Bend, Figure, Part, Rule, Site, of_tree, shifted};
use crate::model::{RuleSet, Score, ScoreItem};

/// All mutants of the scores that are computed.
pub(super) fn sites(rules: &RuleSet, sites: &mut Vec<Site>) {
    for score in rules.scores.iter().filter(|score| is_computable(score)) {
        let rule = Rule::Score(score.record.id.clone());
        for (at, stage) in score.stages.iter().enumerate() {
            if let Some(leaf) = stage.is {
                let tree = rules.leaves[leaf].expression.checked.tree();
                of_tree(&rule, &Part::Stage(at), &format!("stage.{}", stage.id), tree, sites);
            }
        }
        for (at, item) in score.items.iter().enumerate() {
            let place = format!("item.{}", item.record.id);
            of_tree(&rule, &Part::Item(at), &place, item.of.checked.tree(), sites);
            for figure in figures(item) {
                for up in [false, true] {
                    let (Some(before), Some(after)) =
                        (figure_of(item, &figure), bent_figure(item, &figure, up))
                    else {
                        continue;
                    };
                    sites.push(Site {
                        rule: rule.clone(),
                        part: Part::Item(at),
                        place: format!("{place}.{}", name(&figure)),
                        before: written(item, &figure, before),
                        after: written(item, &figure, after),
                        bend: Bend::Points { figure: figure.clone(), up },
                    });
                }
            }
        }
    }
}

fn is_computable(score: &Score) -> bool {
    let is_whole = |item: &ScoreItem| item.unset.is_empty() && item.record.scale.is_some();
    score.record.status != linghang_pack::record::RuleStatus::NotComputable
        && score.items.iter().all(is_whole)
}

fn figures(item: &ScoreItem) -> Vec<Figure> {
    let weights = item.weights.keys().cloned().map(Figure::Weight);
    let steps = (0..item.steps.len()).flat_map(|at| [Figure::From(at), Figure::Share(at)]);
    let ends = item.ends.iter().flat_map(|_| [Figure::Low, Figure::High]);
    weights.chain(steps).chain(ends).collect()
}

fn name(figure: &Figure) -> String {
    match figure {
        Figure::Weight(stage) => format!("weight.{stage}"),
        Figure::From(at) => format!("scale.{}.from", at + 1),
        Figure::Share(at) => format!("scale.{}.share", at + 1),
        Figure::Low => "scale.low".to_owned(),
        Figure::High => "scale.high".to_owned(),
    }
}

fn figure_of(item: &ScoreItem, figure: &Figure) -> Option<Exact> {
    match figure {
        Figure::Weight(stage) => item.weights.get(stage).copied(),
        Figure::From(at) => item.steps.get(*at).map(|step| step.0),
        Figure::Share(at) => item.steps.get(*at).map(|step| step.1),
        Figure::Low => item.ends.map(|ends| ends.0),
        Figure::High => item.ends.map(|ends| ends.1),
    }
}

/// The figure moved by one unit: a point, a percent, a step by what the item is measured in, an end by a hundredth of
/// the line.
fn bent_figure(item: &ScoreItem, figure: &Figure, up: bool) -> Option<Exact> {
    let value = figure_of(item, figure)?;
    let unit = match figure {
        Figure::Weight(_) => Exact::ONE,
        Figure::Share(_) => Exact::new(1, 100)?,
        Figure::From(_) => {
            let literal = Literal::number(item.of.checked.kind().clone(), value);
            return shifted(&literal, up)?.exact();
        }
        Figure::Low | Figure::High => {
            let (low, high) = item.ends?;
            high.sub(low)?.div(Exact::whole(100))?
        }
    };
    if up { value.add(unit) } else { value.sub(unit) }
}

fn written(item: &ScoreItem, figure: &Figure, value: Exact) -> String {
    let kind = match figure {
        Figure::Weight(_) => Kind::Plain,
        Figure::Share(_) => Kind::Ratio,
        Figure::From(_) | Figure::Low | Figure::High => item.of.checked.kind().clone(),
    };
    Literal::number(kind, value).to_text()
}

/// Bends a figure in place.
pub(super) fn bend(item: &mut ScoreItem, figure: &Figure, up: bool) -> Option<()> {
    let bent = bent_figure(item, figure, up)?;
    match figure {
        Figure::Weight(stage) => *item.weights.get_mut(stage)? = bent,
        Figure::From(at) => item.steps.get_mut(*at)?.0 = bent,
        Figure::Share(at) => item.steps.get_mut(*at)?.1 = bent,
        Figure::Low => item.ends.as_mut()?.0 = bent,
        Figure::High => item.ends.as_mut()?.1 = bent,
    }
    Some(())
}
