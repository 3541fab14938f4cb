//! The most that one enterprise gets in a year over all programmes.
//!
//! Everything it was paid for the year counts, also under awards that this rule set does not know.

use linghang_core::{Fen, Year};

use super::caps::limited;
use super::history::{Payment, net};
use super::settle::Line;
use super::step::{Stage, Trace};
use super::terms::Terms;

/// Holds the lines of one enterprise to its ceiling; awards of smaller rank go first, then ids.
pub(crate) fn ceiling(
    terms: &Terms,
    period: Year,
    lines: &mut [Line],
    paid: &[Payment],
    trace: &mut impl Trace,
) {
    let mut used = net(paid.iter().filter(|payment| payment.period == period));
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| terms.by_rank(lines[*a].award, lines[*b].award));
    for at in order {
        let line = &mut lines[at];
        let limit = terms.ceiling_year();
        line.due = limited(line.award, Stage::Ceiling, line.due, limit, used, trace);
        used = Fen(used.0.saturating_add(line.due.0));
    }
}
