//! Writes a sample report with invented content, to look at: `cargo run -p linghang-review --example sample_report DIR`.

#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod support;

use std::path::PathBuf;

use linghang_core::Lang;
use linghang_review::{ReportInput, build};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    let (scan, tracks, backtest) = (support::scan(), support::tracks(), support::backtest());
    let synthetic = vec!["invented-papers".to_owned()];
    let input = ReportInput {
        scan: &scan,
        tracks: &tracks,
        backtest: Some(&backtest),
        forecast_check: Some(support::FORECAST_CHECK),
        lang: Lang::Zh,
        synthetic_evidence: &synthetic,
    };
    for file in build(&input)?.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, file.bytes)?;
    }
    Ok(())
}
