//! The cheapest way to qualify: the fewest conditions that have to change, over all branches of alternatives.
//!
//! A condition that nothing can cure blocks its branch. Ties go to what is easier (waiting, then acting, then review),
//! then to the branch written first.

use chrono::NaiveDate;
use linghang_pack::record::Cure;

use super::View;
use super::conditions::{missing_fact, missing_in};
use super::report::{ConditionKind, ConditionReport, Truth3, Way, WayStep};
use crate::model::{Requirement, Shape};

/// Finds the way for a list of requirements that must all hold.
pub(crate) fn cheapest(
    view: &View<'_>,
    requirements: &[Requirement],
    reports: &[ConditionReport],
) -> Way {
    let mut steps = Vec::new();
    for (requirement, report) in requirements.iter().zip(reports) {
        steps.extend(steps_of(view, requirement, report, ""));
    }
    let is_open = steps.iter().all(|step| step.cure != Cure::None || !step.supply.is_empty());
    let dates: Option<Vec<NaiveDate>> = steps.iter().map(|step| step.on).collect();
    let by_time = dates.and_then(|dates| dates.into_iter().max());
    Way { is_open, steps, by_time }
}

fn steps_of(
    view: &View<'_>,
    requirement: &Requirement,
    report: &ConditionReport,
    above: &str,
) -> Vec<WayStep> {
    if report.truth == Truth3::Yes {
        return Vec::new();
    }
    let path = if above.is_empty() { report.id.clone() } else { format!("{above}.{}", report.id) };
    let of_part =
        |(part, report): (&Requirement, &ConditionReport)| steps_of(view, part, report, &path);
    match (&requirement.shape, report.kind) {
        (Shape::All(parts), ConditionKind::All) => {
            parts.iter().zip(&report.parts).flat_map(of_part).collect()
        }
        (Shape::Any(parts), ConditionKind::Any) => {
            let branches = parts.iter().zip(&report.parts).map(of_part);
            branches.min_by_key(|steps| cost(steps)).unwrap_or_default()
        }
        _ => vec![step(view, requirement, report, path)],
    }
}

/// Blocked steps first, then their number, then how hard they are.
fn cost(steps: &[WayStep]) -> (usize, usize, u32) {
    let blocked = steps.iter().filter(|step| step.cure == Cure::None && step.supply.is_empty());
    let hard = steps.iter().map(|step| match step.cure {
        Cure::Time => 0,
        Cure::Act => 1,
        Cure::Review => 2,
        Cure::None => 3,
    });
    (blocked.count(), steps.len(), hard.sum())
}

fn step(
    view: &View<'_>,
    requirement: &Requirement,
    report: &ConditionReport,
    condition: String,
) -> WayStep {
    let mut supply = Vec::new();
    missing_in(report, &mut supply);
    let supply = supply.iter().map(|fact| missing_fact(view, fact)).collect();
    let is_time = requirement.cure == Cure::Time && report.truth == Truth3::No;
    let gap = report.comparisons.iter().find_map(|comparison| comparison.gap.clone());
    WayStep {
        condition,
        say: report.say.clone(),
        cure: requirement.cure,
        gap,
        on: if is_time { cured_on(view, requirement) } else { None },
        supply,
    }
}

/// The first day on which a condition holds if nothing changes but the date.
fn cured_on(view: &View<'_>, requirement: &Requirement) -> Option<NaiveDate> {
    let Shape::Leaf { leaf, .. } = &requirement.shape else { return None };
    let checked = &view.rules.leaves[*leaf].expression.checked;
    linghang_expr::cured_on(checked, &view.batch, 0, view.rules.as_of.legal)
}
