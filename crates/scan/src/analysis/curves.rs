//! What the yearly curve of each candidate says: burst, onset, stage.

use rayon::prelude::*;

use crate::figures::Figures;
use crate::result::{Burst, Onset, StageFinding};
use crate::series::life_cycle::fit_all;
use crate::series::{Series, burst, onset, stage};

/// Seed of the bootstrap behind the onset test: fixed, so that a scan can be repeated to the last digit.
const SEED: u64 = 20_190_701;

/// What one curve says.
pub(super) struct Curve {
    pub(super) burst: Option<Burst>,
    pub(super) onset: Option<Onset>,
    pub(super) stage: StageFinding,
}

/// Reads the curves of all candidates together, because the onset test controls false discoveries over all of them.
pub(super) fn read(figures: &Figures, terms: &[u32], series: &[Series]) -> Vec<Curve> {
    let onsets = onset::onsets(series, SEED);
    series
        .par_iter()
        .enumerate()
        .map(|(place, one)| {
            let term = &figures.terms[terms[place] as usize];
            let statement = fit_all(one).map(|fits| fits.statement(one.last_year));
            let stage = stage::stage(&stage::StageInput {
                series: one,
                fifth_document_year: term.fifth_document.map(|half| figures.year_of(half)),
                onset: onsets[place].as_ref(),
                statement: statement.as_ref(),
            });
            Curve { burst: burst::bursts(one).strongest(), onset: onsets[place], stage }
        })
        .collect()
}
