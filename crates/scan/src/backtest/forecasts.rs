//! Back-test of the forecasts of shares.

use std::collections::BTreeMap;

use linghang_core::Year;
use rayon::prelude::*;

use super::UnitInput;
use crate::candidates;
use crate::figures::Figures;
use crate::params::ScanParams;
use crate::series::forecast::{
    Cut, ForecastEvaluation, PastCase, evaluate_forecasts, smoothed_share,
};

/// Evaluates the forecasts of all candidates of past units; intervals of a cut use earlier cuts only.
pub fn check_forecasts(units: &[UnitInput], params: &ScanParams) -> Option<ForecastEvaluation> {
    let complete: Vec<&UnitInput> = units.iter().filter(|unit| unit.future.is_complete).collect();
    let cuts: Vec<Cut> = complete.par_iter().map(|unit| past_cut(unit, params)).collect();
    let mut by_year: BTreeMap<Year, Cut> = BTreeMap::new();
    for cut in cuts {
        by_year
            .entry(cut.year)
            .or_insert_with(|| Cut { year: cut.year, cases: Vec::new() })
            .cases
            .extend(cut.cases);
    }
    evaluate_forecasts(&by_year.into_values().collect::<Vec<_>>())
}

/// The candidates of one past unit as cases of the forecast back-test.
pub(crate) fn past_cut(unit: &UnitInput, params: &ScanParams) -> Cut {
    let figures = &unit.figures;
    let years = full_years(figures, params);
    let cases = candidates::select(figures, params)
        .terms
        .into_iter()
        .map(|index| PastCase {
            series: figures.series(&figures.terms[index as usize], years),
            future_share: smoothed_share(
                &[unit.future.terms[index as usize]],
                &[unit.future.documents],
            ),
        })
        .collect();
    Cut { year: figures.cut.year(), cases }
}

/// Years from the first after which every year has enough documents, to the last.
pub(crate) fn full_years(figures: &Figures, params: &ScanParams) -> usize {
    let all = figures.year_documents(figures.documents.len().div_ceil(2));
    let thin = all.iter().rposition(|documents| *documents < params.corpus_documents_a_year);
    all.len() - thin.map_or(0, |place| place + 1)
}
