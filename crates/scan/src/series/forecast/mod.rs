//! Forecast of the mean share in the three years after the last one, with an interval taken from past errors.
//!
//! The point forecast is a weighted geometric mean of the last year's share and the Akaike-averaged life-cycle models
//! ([`MODEL_WEIGHT`]). The interval is never computed from a fitted curve: curves understate their error (nominal 80 %
//! intervals held in 42 % of cases). It comes from [`Residuals`], the engine's own errors at earlier dates; without them
//! there is no forecast to show.
//!
//! Invariants: low ≤ share ≤ high, all within 0..=1; residuals of a cut are used only for dates at which that cut's
//! future was already known.

mod evaluate;
mod residuals;

pub use evaluate::{CutCoverage, ForecastEvaluation, ForecasterError, evaluate_forecasts};
pub use residuals::{NOMINAL_COVERAGE, Residuals};

use linghang_core::Year;

use super::Series;
use super::life_cycle::{self, Fits, YEARS_AHEAD};
use crate::result::{Forecast, Model};

/// Weight of the model average in the geometric mean; the rest is the last year's share.
///
/// A quarter and not a half: over real terms with few documents the median error of the half was above that of the last
/// year alone, that of the quarter below. `evaluate_forecasts` reports both.
pub const MODEL_WEIGHT: f64 = 0.25;

/// Years of the window that gives a term its volume class.
const WINDOW: usize = 3;

/// Ways to forecast; all but [`Forecaster::Shipped`] are there to be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecaster {
    /// What the engine ships: [`MODEL_WEIGHT`] of the model average.
    Shipped,
    /// The share of the last year stays.
    LastYear,
    /// Geometric mean, in equal parts, of last year and model average.
    HalfModelAverage,
    /// The models averaged by Akaike weight.
    ModelAverage,
    /// The share of the last three years stays.
    ThreeYearMean,
    /// The model with the lowest QAICc.
    SelectedModel,
    /// Exponential curve alone.
    Exponential,
    /// Logistic curve alone.
    Logistic,
    /// Gompertz curve alone.
    Gompertz,
}

impl Forecaster {
    /// All forecasters, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Shipped,
        Self::LastYear,
        Self::HalfModelAverage,
        Self::ModelAverage,
        Self::ThreeYearMean,
        Self::SelectedModel,
        Self::Exponential,
        Self::Logistic,
        Self::Gompertz,
    ];

    /// Stable code for tables and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::LastYear => "last_year",
            Self::HalfModelAverage => "half_model_average",
            Self::ModelAverage => "model_average",
            Self::ThreeYearMean => "three_year_mean",
            Self::SelectedModel => "selected_model",
            Self::Exponential => "exponential",
            Self::Logistic => "logistic",
            Self::Gompertz => "gompertz",
        }
    }
}

/// One past forecast with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PastCase {
    /// The curve up to the cut.
    pub series: Series,
    /// The share realised in the three years after, see [`smoothed_share`].
    pub future_share: f64,
}

/// All cases of one date.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Last year that the forecasts saw.
    pub year: Year,
    /// The terms that were candidates at that date; choosing them by what came later would be a leak.
    pub cases: Vec<PastCase>,
}

impl Cut {
    /// Cuts longer series at `year` and reads the future from their own later years.
    ///
    /// A series takes part when it covers the three years after `year` and has at least `minimum_documents` in the three
    /// years up to it. Pass every known term, not only those that are large today.
    pub fn of(series: &[Series], year: Year, minimum_documents: u32) -> Self {
        let cases = series.iter().filter_map(|one| past_case(one, year, minimum_documents));
        Self { year, cases: cases.collect() }
    }
}

fn past_case(series: &Series, year: Year, minimum_documents: u32) -> Option<PastCase> {
    let ahead = YEARS_AHEAD as usize;
    let dropped = usize::try_from(series.last_year - year).ok().filter(|years| *years >= ahead)?;
    let length = series.counts.len().checked_sub(dropped).filter(|length| *length >= WINDOW)?;
    let future = length..length + ahead;
    let past = Series {
        last_year: year,
        counts: series.counts[..length].to_vec(),
        totals: series.totals[..length].to_vec(),
    };
    (window_count(&past) >= u64::from(minimum_documents)).then(|| PastCase {
        future_share: smoothed_share(&series.counts[future.clone()], &series.totals[future]),
        series: past,
    })
}

/// Share over several years with half a document added, so that its logarithm exists.
pub fn smoothed_share(counts: &[u32], totals: &[u32]) -> f64 {
    let sum = |numbers: &[u32]| numbers.iter().map(|n| u64::from(*n)).sum::<u64>() as f64;
    (sum(counts) + 0.5) / (sum(totals) + 1.0)
}

/// Forecasts one curve; `None` when it cannot be fitted or when no past errors are known.
pub fn forecast(series: &Series, residuals: &Residuals) -> Option<Forecast> {
    let share = point_forecast(series, Forecaster::Shipped)?;
    residuals.interval(share, window_count(series))
}

/// The forecast share alone; `None` when the curve is too short to be fitted.
pub fn point_forecast(series: &Series, forecaster: Forecaster) -> Option<f64> {
    Some(Forecasts::of(series)?.share(forecaster))
}

/// What all forecasters need, computed once.
struct Forecasts {
    fits: Fits,
    last_year: f64,
    three_years: f64,
}

impl Forecasts {
    fn of(series: &Series) -> Option<Self> {
        let fits = life_cycle::fit_all(series)?;
        let recent = |years: usize| {
            let from = series.counts.len().saturating_sub(years);
            smoothed_share(&series.counts[from..], &series.totals[from..])
        };
        Some(Self { fits, last_year: recent(1), three_years: recent(WINDOW) })
    }

    fn share(&self, forecaster: Forecaster) -> f64 {
        let mixed = |weight: f64| {
            self.last_year.powf(1.0 - weight) * self.fits.average_share_ahead().powf(weight)
        };
        let share = match forecaster {
            Forecaster::Shipped => mixed(MODEL_WEIGHT),
            Forecaster::LastYear => self.last_year,
            Forecaster::HalfModelAverage => mixed(0.5),
            Forecaster::ModelAverage => self.fits.average_share_ahead(),
            Forecaster::ThreeYearMean => self.three_years,
            Forecaster::SelectedModel => self.fits.share_ahead(self.fits.selected()),
            Forecaster::Exponential => self.fits.share_ahead(Model::Exponential),
            Forecaster::Logistic => self.fits.share_ahead(Model::Logistic),
            Forecaster::Gompertz => self.fits.share_ahead(Model::Gompertz),
        };
        // A vanished hump would forecast zero, whose logarithmic error is infinite.
        share.clamp(1e-9, 1.0)
    }
}

/// Documents with the term in the last three years.
fn window_count(series: &Series) -> u64 {
    let from = series.counts.len().saturating_sub(WINDOW);
    series.counts[from..].iter().map(|count| u64::from(*count)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(counts: &[u32], last_year: Year) -> Series {
        Series { last_year, counts: counts.to_vec(), totals: vec![1000; counts.len()] }
    }

    #[test]
    fn a_cut_sees_only_terms_that_were_large_enough_then() {
        let grown = series(&[0, 0, 1, 2, 9, 30, 60, 80], 2019);
        let fallen = series(&[40, 40, 40, 40, 9, 3, 1, 0], 2019);
        let short = series(&[40, 40, 40, 40], 2017);
        let cut = Cut::of(&[grown, fallen, short], 2016, 20);
        let shown: Vec<String> = cut
            .cases
            .iter()
            .map(|case| format!("{:?} then {:.4}", case.series.counts, case.future_share))
            .collect();
        insta::assert_snapshot!(shown.join("; "), @"[40, 40, 40, 40, 9] then 0.0015");
    }

    #[test]
    fn the_shipped_forecast_lies_between_last_year_and_the_models() {
        let growing = series(&[2, 3, 4, 6, 9, 13, 19, 28, 42, 63], 2019);
        let at = |forecaster| point_forecast(&growing, forecaster).unwrap();
        let (last, models) = (at(Forecaster::LastYear), at(Forecaster::ModelAverage));
        assert!(last < at(Forecaster::Shipped) && at(Forecaster::Shipped) < models);
    }

    #[test]
    fn nothing_is_forecast_without_past_errors_or_from_a_short_curve() {
        let growing = series(&[2, 3, 4, 6, 9, 13, 19, 28, 42, 63], 2019);
        assert_eq!(forecast(&growing, &Residuals::from_cuts(&[])), None);
        assert_eq!(point_forecast(&series(&[1, 2, 3], 2019), Forecaster::LastYear), None);
    }
}
