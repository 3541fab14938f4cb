//! Runs the built program in a folder of its own, with no settings but those that a test gives.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use linghang_scan::result::ScanResult;
use serde_json::Value;
use tempfile::TempDir;

use crate::corpus;

/// A folder with a home for the program.
pub(crate) struct Home {
    folder: TempDir,
}

/// What a run of the program said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A home with papers of 1995–2019, Chinese projects and patents, whose documents are counted already.
    ///
    /// The first test that asks makes it; each gets a copy.
    pub(crate) fn with_everything() -> Self {
        static MADE: OnceLock<Home> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let home = Self::new();
            home.import_papers(1995..=2019, "2020-01-10");
            home.import_others();
            home.run(["scan", "figures", "--out", "warm.zst"]).expect(0);
            home
        });
        let copy = Self::new();
        copy_folder(&made.path("home"), &copy.path("home"));
        copy
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(&path, content).expect("written");
        path
    }

    pub(crate) fn import_papers(&self, years: std::ops::RangeInclusive<i32>, day: &str) {
        let name = format!("papers-{}.tsv", years.start());
        self.write(&name, corpus::papers(years));
        self.run(["evidence", "import", &name, "--format", "arxiv-tsv", "--retrieved", day])
            .expect(0);
    }

    pub(crate) fn import_chinese(&self, years: std::ops::RangeInclusive<i32>, day: &str) {
        let name = format!("projects-{}.jsonl", years.start());
        self.write(&name, corpus::chinese_records(years, corpus::CHINESE_A_YEAR));
        self.write("mapping.toml", corpus::CHINESE_MAPPING);
        self.run([
            "evidence",
            "import",
            &name,
            "--format",
            "jsonl",
            "--mapping",
            "mapping.toml",
            "--retrieved",
            day,
        ])
        .expect(0);
    }

    fn import_others(&self) {
        self.import_chinese(2008..=2019, "2020-01-11");
        self.write("patents.csv", corpus::patents(2009..=2019));
        self.run([
            "evidence",
            "import",
            "patents.csv",
            "--format",
            "lens",
            "--retrieved",
            "2020-01-12",
        ])
        .expect(0);
    }

    /// The program, in this folder, with its home here.
    pub(crate) fn command<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linghang"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_clear()
            .env("LINGHANG_HOME", "home")
            .env("LINGHANG_LANG", "en")
            .env("RAYON_NUM_THREADS", "2")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Said {
        Said::from(self.command(arguments).output().expect("the program starts"))
    }

    /// Runs `scan run --json` and reads the answer.
    pub(crate) fn scan(&self, arguments: &[&str]) -> ScanResult {
        let said = self.run([&["scan", "run", "--json"], arguments].concat());
        serde_json::from_str(&said.expect(0).out).expect("the layout of `scan run --json`")
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self {
            code: output.status.code().expect("not killed"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Said {
    /// Panics with all that was said when the exit code is another.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// The data as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("standard output holds one JSON document")
    }
}

/// The packs of the project.
pub(crate) fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
