//! `cargo xtask test`: the tests of the workspace, and how many had no data or no browser to run on.
//!
//! A test that needs the real files or a browser returns early with a line `SKIPPED …` where there are none. `cargo test` hides
//! what a passing test says, so a skipped test would look like a passed one. This step asks for that output, keeps
//! the `SKIPPED` lines for the end and leaves the rest out.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::workspace::root;

/// Runs `cargo test --workspace` with more words for cargo, shows its output and counts the skipped tests.
pub(crate) fn run(words: &[&str]) -> Result<()> {
    let mut child = Command::new("cargo")
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(words)
        .args(["--", "--show-output"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().context("stdout was piped")?;
    let mut filter = Filter::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        if filter.shows(&line) {
            println!("{line}");
        }
    }
    let status = child.wait()?;
    println!("{}", filter.summary());
    if !status.success() {
        bail!("tests failed");
    }
    Ok(())
}

/// Follows the output of the test runner line by line.
#[derive(Default)]
struct Filter {
    is_inside_successes: bool,
    skipped: Vec<String>,
}

impl Filter {
    /// Returns whether a reader needs the line; keeps it when it reports a skipped test.
    fn shows(&mut self, line: &str) -> bool {
        match line {
            "successes:" => self.is_inside_successes = true,
            "failures:" => self.is_inside_successes = false,
            _ if line.starts_with("test result:") => self.is_inside_successes = false,
            _ if line.starts_with("SKIPPED") && self.is_inside_successes => {
                self.skipped.push(line.to_owned());
            }
            _ => {}
        }
        !self.is_inside_successes
    }

    fn summary(&self) -> String {
        let hint = match self.skipped.len() {
            0 => "",
            _ => " (LINGHANG_TEST_DATA names the folder of the data, LINGHANG_BROWSER a browser)",
        };
        let last = format!("skipped for want of data or a browser: {}{hint}", self.skipped.len());
        self.skipped.iter().chain([&last]).map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str) -> String {
        let mut filter = Filter::default();
        let shown: Vec<&str> = output.lines().filter(|line| filter.shows(line)).collect();
        format!("{}\n--\n{}", shown.join("\n"), filter.summary())
    }

    #[test]
    fn a_skipped_test_is_counted_and_what_passing_tests_say_is_left_out() {
        let output = "\
test reads_real_files ... ok
successes:
---- reads_real_files stdout ----
SKIPPED: no test data at arxiv
chatter
successes:
    reads_real_files
test result: ok. 1 passed";
        insta::assert_snapshot!(check(output), @"
        test reads_real_files ... ok
        test result: ok. 1 passed
        --
        SKIPPED: no test data at arxiv
        skipped for want of data or a browser: 1 (LINGHANG_TEST_DATA names the folder of the data, LINGHANG_BROWSER a browser)
        ");
    }

    #[test]
    fn the_output_of_a_failed_test_stays() {
        let output =
            "failures:\n---- a stdout ----\nSKIPPED is only a word here\ntest result: FAILED.";
        insta::assert_snapshot!(check(output), @"
        failures:
        ---- a stdout ----
        SKIPPED is only a word here
        test result: FAILED.
        --
        skipped for want of data or a browser: 0
        ");
    }
}
