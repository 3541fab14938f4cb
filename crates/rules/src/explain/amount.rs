//! Amounts line by line, and what an award would add.

use linghang_core::{Bilingual, Fen};
use linghang_expr::Valued;

use super::report::{AmountReport, StepReport};
use super::words;
use super::{Judged, View};
use crate::evaluate::{Decision, Run};
use crate::money::settle::settle_alone;
use crate::money::split::split;
use crate::money::{Claim, Effect, Stage, Step, settle};

/// The amounts of all awards that are given, in the order of the awards.
pub(crate) fn amounts(
    view: &View<'_>,
    decisions: &[Judged],
    run: Option<&Run>,
) -> Vec<Option<AmountReport>> {
    let claims = claims(decisions);
    let paid = &view.paid;
    let mut steps = Vec::new();
    let lines = settle(&view.rules.terms, view.rules.as_of.period(), &claims, paid, &mut steps);
    let mut reports = vec![None; decisions.len()];
    for line in lines {
        let own: Vec<&Step> = steps.iter().filter(|step| step.award == line.award).collect();
        let terms = view.rules.terms.award(line.award);
        let from_run =
            run.and_then(|run| run.lines_of(view.row).iter().find(|paid| paid.award == line.award));
        let final_amount = match (terms.pool, from_run) {
            (_, Some(paid)) => Some(paid.paid),
            (None, None) => Some(line.due),
            (Some(_), None) => None,
        };
        let mut said: Vec<StepReport> = own.iter().map(|step| say(view, step)).collect();
        if let Some(after) = final_amount {
            let pool = pool_step(view, run, line.award, line.due, after);
            said.push(say(view, &pool));
        }
        let parts = split(final_amount.unwrap_or(line.due), &terms.pays);
        reports[usize::from(line.award)] = Some(AmountReport {
            gross: line.gross,
            steps: said,
            due: line.due,
            paid: final_amount,
            binding: binding(&own),
            payers: terms.pays.iter().map(|(name, _)| name.clone()).zip(parts).collect(),
        });
    }
    reports
}

/// The last stage that cut the amount.
fn binding(steps: &[&Step]) -> Option<Stage> {
    let cuts = steps.iter().rev().find(|step| matches!(step.effect, Effect::Cut { .. }));
    cuts.map(|step| step.stage)
}

fn claims(decisions: &[Judged]) -> Vec<Claim> {
    let given = decisions.iter().enumerate();
    given
        .filter(|(_, judged)| judged.decision == Decision::Yes)
        .filter_map(|(at, judged)| Some(Claim { award: at as u16, gross: fen(judged)? }))
        .collect()
}

fn fen(judged: &Judged) -> Option<Fen> {
    match &judged.gross {
        Some(Valued::Known(value)) => value.to_fen_half_up().map(Fen),
        _ => None,
    }
}

fn pool_step(view: &View<'_>, run: Option<&Run>, award: u16, before: Fen, after: Fen) -> Step {
    let pool = view.rules.terms.award(award).pool;
    let result = pool.and_then(|at| run.and_then(|run| run.pools.get(at)));
    let effect = match result {
        None => Effect::NotSet,
        Some(_) if after == before => Effect::Stated,
        Some(pool) if after == Fen(0) => {
            Effect::Waiting { available: pool.available, demand: pool.demand }
        }
        Some(pool) => Effect::Prorated { available: pool.available, demand: pool.demand },
    };
    Step { award, stage: Stage::Pool, before, after, effect }
}

/// What the enterprise would get more if one more award were given beside everything that is.
pub(crate) struct Stakes<'a> {
    view: &'a View<'a>,
    decisions: &'a [Judged],
    claims: Vec<Claim>,
    before: i64,
}

impl<'a> Stakes<'a> {
    pub(crate) fn new(view: &'a View<'a>, decisions: &'a [Judged]) -> Self {
        let claims = claims(decisions);
        let before = total(view, &claims);
        Self { view, decisions, claims, before }
    }

    /// Nothing where the amount is not known.
    pub(crate) fn of(&self, award: usize) -> Option<Fen> {
        let gross = fen(&self.decisions[award])?;
        let claim = Claim { award: award as u16, gross };
        let terms = &self.view.rules.terms;
        if !terms.interacts(claim.award) {
            let period = self.view.rules.as_of.period();
            return Some(settle_alone(terms, period, claim, &self.view.paid).due);
        }
        let mut claims = self.claims.clone();
        claims.push(claim);
        claims.sort_by_key(|claim| claim.award);
        Some(Fen((total(self.view, &claims) - self.before).max(0)))
    }
}

fn total(view: &View<'_>, claims: &[Claim]) -> i64 {
    let period = view.rules.as_of.period();
    let lines = settle(&view.rules.terms, period, claims, &view.paid, &mut ());
    lines.iter().map(|line| line.due.0).sum()
}

fn say(view: &View<'_>, step: &Step) -> StepReport {
    let other = |award: u16| view.rules.awards[usize::from(award)].name.clone();
    let say: Bilingual = words::effect(step, &other);
    let is_set = step.effect != Effect::NotSet;
    StepReport { stage: step.stage, before: step.before, after: step.after, is_set, say }
}
