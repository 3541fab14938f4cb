//! Rules that say they can be executed and cannot, and versions whose days are over.

use chrono::NaiveDate;
use linghang_core::{Diagnostic, Severity, diagnostic};
use linghang_pack::record::RuleStatus;
use linghang_pack::{Kind, Pack};

use super::Found;
use crate::model::{IdleReason, RuleSet};

/// Looks for parameters without a value in rules that claim to be executable.
pub(crate) fn lint(rules: &RuleSet, found: &mut Found<'_>) {
    let pack = found.pack;
    for idle in &rules.idle {
        let IdleReason::NotComputable { unset } = &idle.reason else { continue };
        let programme = idle.id.split('/').next().and_then(|id| pack.programmes.get(id));
        if programme.is_some_and(|one| one.status == RuleStatus::Executable) {
            for name in unset {
                warn(found, (Kind::Programme, &idle.id), name);
            }
        }
    }
    for one in rules.qualifications.iter().filter(|one| is_executable(one.record.status)) {
        for name in &one.unset {
            warn(found, (Kind::Qualification, &one.record.id), name);
        }
    }
    for one in rules.scores.iter().filter(|one| is_executable(one.record.status)) {
        for name in one.items.iter().flat_map(|item| &item.unset) {
            warn(found, (Kind::Score, &one.record.id), name);
        }
    }
    for one in rules.routes.iter().filter(|one| is_executable(one.record.status)) {
        for name in &one.unset {
            warn(found, (Kind::Route, &one.record.id), name);
        }
    }
}

fn is_executable(status: RuleStatus) -> bool {
    status == RuleStatus::Executable
}

fn warn(found: &mut Found<'_>, rule: (Kind, &str), name: &str) {
    found.warn(
        "rules.unset_parameter",
        rule,
        &format!("params.{name}"),
        &format!("标为可执行，但参数 `{name}` 在这一天没有值，本项不会计算"),
        &format!("is marked executable, but the parameter `{name}` has no value on this day: it is not computed"),
    );
}

/// Programmes and qualifications that are marked executable although their days are over and no other version is
/// without an end or ends later. The day is the reader's, not that of a rule set.
pub fn expired(pack: &Pack, today: NaiveDate) -> Vec<Diagnostic> {
    let mut found = Found::new(pack);
    let programmes =
        pack.programmes.values().map(|one| (&one.id, &one.version_of, one.status, one.in_force));
    let rungs = pack
        .qualifications
        .values()
        .map(|one| (&one.id, &one.version_of, one.status, one.in_force));
    let all: [(Kind, Vec<_>); 2] =
        [(Kind::Programme, programmes.collect()), (Kind::Qualification, rungs.collect())];
    for (kind, all) in all {
        for (id, family, status, in_force) in &all {
            let family = family.as_ref().unwrap_or(id);
            let goes_on = all.iter().any(|(other, of, _, days)| {
                of.as_ref().unwrap_or(other) == family && days.to.is_none_or(|to| today < to)
            });
            if let Some(to) = in_force.to.filter(|to| *to <= today)
                && is_executable(*status)
                && !goes_on
            {
                found.warn(
                    "rules.expired",
                    (kind, id),
                    "in_force",
                    &format!("已于 {to} 失效，没有后续版本；请加上新版本，或写 `status = \"history\"`"),
                    &format!("ended on {to} and no version follows; add one, or write `status = \"history\"`"),
                );
            }
        }
    }
    // They are good for their days: worth knowing, and no mistake.
    found.list.iter_mut().for_each(|one| one.severity = Severity::Note);
    diagnostic::sort(&mut found.list);
    found.list
}
