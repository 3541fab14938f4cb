//! Learns phrases from real government reports; skipped loudly where there is no test data.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests find the data folder through the environment and say so when it is absent"
)]

use std::path::PathBuf;
use std::process::Command;

use linghang_text::chinese::{PhraseLearner, Rules, Segmenter, clean};

fn data_folder() -> PathBuf {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    std::env::var("LINGHANG_TEST_DATA").map_or_else(|_| default.into(), PathBuf::from)
}

/// The lines of an xz file, or `None` (said aloud) where the file or the `xz` program is absent.
fn lines(file: &str) -> Option<Vec<String>> {
    let path = data_folder().join(file);
    let output = Command::new("xz")
        .arg("-dc")
        .arg(&path)
        .output()
        .ok()
        .filter(|output| output.status.success());
    let Some(output) = output else {
        eprintln!("SKIPPED real Chinese text: no test data at {}", path.display());
        return None;
    };
    let text = String::from_utf8(output.stdout).expect("the data is UTF-8");
    Some(text.lines().map(str::to_owned).collect())
}

#[test]
fn terms_that_reports_repeat_come_out_whole() {
    let Some(reports) = lines("zh_gov_reports_2026/reports.jsonl.xz") else { return };
    let segmenter = Segmenter::new();
    let mut learner = PhraseLearner::new(&segmenter, Rules::default());
    let mut cleaned = String::new();
    for report in &reports {
        // JSON writes line ends as `\n`; they are all that its notation changes for the words.
        clean(&report.replace("\\n", "\n"), &mut cleaned);
        learner.add(&cleaned);
    }
    let learned = learner.finish();
    for term in [
        "低空经济",
        "具身智能",
        "脑机接口",
        "生物制造",
        "量子科技",
        "商业航天",
        "新质生产力",
        "未来产业",
    ] {
        assert!(!segmenter.knows(term), "{term} is in the stock dictionary and shows nothing");
        assert!(
            learned.phrases().iter().any(|phrase| phrase.text == term),
            "{term} was not learned"
        );
    }
}
