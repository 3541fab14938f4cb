//! All stages before the pools, for one enterprise.

use linghang_core::{Fen, Year};
use serde::Serialize;

use super::history::Payment;
use super::step::{Effect, Stage, Step, Trace};
use super::terms::{AwardIx, Terms};
use super::{caps, ceiling, exclude, group};

/// What a clause gives to one enterprise before any limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The award; its conditions are surely met.
    pub award: AwardIx,
    /// Its amount, rounded half up to fen.
    pub gross: Fen,
}

/// What came of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The award.
    pub award: AwardIx,
    /// Before any limit.
    pub gross: Fen,
    /// After its own caps and the choice in its group, before payments are taken off.
    pub entitled: Fen,
    /// What is still owed after exclusions and ceiling, before the pool.
    pub due: Fen,
}

/// Settles the claims of one enterprise, in the order given. `paid` is its part of the [`super::History`].
pub fn settle(
    terms: &Terms,
    period: Year,
    claims: &[Claim],
    paid: &[Payment],
    trace: &mut impl Trace,
) -> Vec<Line> {
    let mut lines: Vec<Line> =
        claims.iter().map(|claim| capped(terms, period, *claim, paid, trace)).collect();
    group::choose(terms, &mut lines, trace);
    group::deduct(terms, period, &mut lines, paid, trace);
    group::limit(terms, period, &mut lines, paid, trace);
    exclude::exclude(terms, period, &mut lines, paid, trace);
    ceiling::ceiling(terms, period, &mut lines, paid, trace);
    lines
}

/// Settles one claim that no other award of the enterprise can touch (see [`Terms::interacts`]).
pub fn settle_alone(terms: &Terms, period: Year, claim: Claim, paid: &[Payment]) -> Line {
    let mut line = capped(terms, period, claim, paid, &mut ());
    let before = if terms.award(claim.award).is_by_item() {
        Fen(0)
    } else {
        group::same_claim(period, claim.award, paid)
    };
    line.due = Fen(line.due.0.saturating_sub(before.0).max(0));
    line
}

fn capped(
    terms: &Terms,
    period: Year,
    claim: Claim,
    paid: &[Payment],
    trace: &mut impl Trace,
) -> Line {
    let Claim { award, gross } = claim;
    trace.step(|| Step {
        award,
        stage: Stage::Gross,
        before: gross,
        after: gross.max(Fen(0)),
        effect: Effect::Stated,
    });
    let entitled = caps::entitled(terms, period, award, gross, paid, trace);
    Line { award, gross: gross.max(Fen(0)), entitled, due: entitled }
}
