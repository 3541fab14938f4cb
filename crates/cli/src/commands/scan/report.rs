//! `linghang scan report`: the page and its tables, with the back-test beside the predictions.

use std::fs;
use std::path::Path;

use linghang_core::number::grouped;
use linghang_review::{ForecastCheck, ReportInput};
use linghang_scan::backtest::{BacktestResult, Signal, check_forecasts, run_with_topics};
use linghang_scan::result::ScanResult;
use linghang_scan::series::forecast::Forecaster;

use super::{Scanned, Wanted, scan};
use crate::args::ReportArgs;
use crate::commands::{print_json, say};
use crate::failure::{Exit, Failure};
use crate::load::experts;
use crate::load::pack::ScanPack;
use crate::load::scope::Scope;
use crate::session::Session;

/// Signals that the report compares; LH-6 first.
const SIGNALS: [Signal; 8] = [
    Signal::Lh6,
    Signal::Lh6Shown,
    Signal::Z3,
    Signal::Macd,
    Signal::Kleinberg,
    Signal::Escore,
    Signal::Growth,
    Signal::Frequency,
];
/// Bootstrap rounds behind the intervals of the report.
const ROUNDS: u32 = 300;

/// A scan with its back-test, ready to be laid out.
pub(crate) struct Reviewed {
    pub(crate) scan: ScanResult,
    pub(crate) backtest: Option<BacktestResult>,
    pub(crate) forecast_check: Option<ForecastCheck>,
}

impl Reviewed {
    /// Scans a scope and measures the same score on its past.
    pub(crate) fn new(
        session: &Session,
        pack: &ScanPack,
        scope: &Scope,
        wanted: Wanted<'_>,
    ) -> Result<Self, Failure> {
        let Scanned { result: scan, past } = scan(session, pack, scope, wanted)?;
        session.check_stop()?;
        let backtest =
            (!past.is_empty()).then(|| run_with_topics(&past, &SIGNALS, ROUNDS, &pack.params));
        let forecast_check = check_forecasts(&past, &pack.params).and_then(|evaluation| {
            let shipped = evaluation
                .forecasters
                .iter()
                .find(|error| error.forecaster == Forecaster::Shipped)?;
            Some(ForecastCheck {
                median_abs_log_error: shipped.median_absolute_log_error,
                coverage: evaluation.coverage?,
            })
        });
        Ok(Self { scan, backtest, forecast_check })
    }

    /// Returns the input of the report.
    pub(crate) fn input<'a>(&'a self, session: &Session, pack: &'a ScanPack) -> ReportInput<'a> {
        ReportInput {
            scan: &self.scan,
            tracks: &pack.names,
            backtest: self.backtest.as_ref().filter(|backtest| !backtest.units.is_empty()),
            forecast_check: self.forecast_check,
            lang: session.lang,
            synthetic_evidence: &[],
        }
    }
}

pub(super) fn run(session: &Session, arguments: &ReportArgs) -> Result<(), Failure> {
    let pack = ScanPack::load(session)?;
    let scope = Scope::open(session, &pack, &arguments.scope)?;
    let experts = experts::load(arguments.experts.as_deref(), &pack, scope.as_of)?;
    let wanted = Wanted { top: arguments.top, term: None, experts: &experts };
    let reviewed = Reviewed::new(session, &pack, &scope, wanted)?;
    let (files, bytes) = write(&reviewed.input(session, &pack), &arguments.out)?;
    if session.is_json {
        return print_json(
            &serde_json::json!({ "folder": arguments.out, "files": files, "bytes": bytes }),
        );
    }
    let arguments = [
        ("page", arguments.out.join("index.html").display().to_string().into()),
        ("files", files.into()),
        ("bytes", grouped(bytes).into()),
    ];
    say(session, &session.text("report-written", &arguments));
    Ok(())
}

/// Writes the report and returns how many files and bytes it has.
pub(crate) fn write(input: &ReportInput<'_>, folder: &Path) -> Result<(usize, u64), Failure> {
    let report = linghang_review::build(input).map_err(|error| Failure {
        exit: Exit::Fault,
        findings: vec![linghang_core::Diagnostic::error(
            "review.build",
            linghang_core::Bilingual::new(
                format!("无法生成报告：{error}"),
                format!("the report cannot be made: {error}"),
            ),
        )],
    })?;
    let mut bytes = 0;
    for file in &report.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, &file.bytes)?;
        bytes += file.bytes.len() as u64;
    }
    Ok((report.files.len(), bytes))
}
