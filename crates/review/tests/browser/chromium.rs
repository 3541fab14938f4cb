//! Opens a page in Chromium without a window, lets a script act on it, and returns what the script saw.
//!
//! The script is appended to a copy of the page, which stands in a frame of the wanted width (windows have a least
//! width). It sends its answer to the document around the frame, which Chromium prints. So the tests need neither a
//! driver nor a crate. What the page complains about on the console is returned too.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Names under which the browser may be installed.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// The longest that a page may take; a browser that hangs fails the test.
const PATIENCE: Duration = Duration::from_secs(90);
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--enable-logging=stderr",
];
/// Runs before anything of the page: hears errors, and stands in for the dialogue of the printer.
const EARS: &str = "<script>var heard = [], printed = 0;\
    addEventListener('error', function (event) { heard.push(String(event.message)); });\
    addEventListener('unhandledrejection', function (event) { heard.push(String(event.reason)); });\
    window.print = function () { printed += 1; };</script>";
const PROBE: &str = include_str!("probe.js");
/// Stands around the frame and takes the answer.
const FRAME: &str = "<!DOCTYPE html><script>addEventListener('message', function (event) {
    var place = document.createElement('pre'); place.id = 'answer'; place.textContent = event.data;
    document.body.appendChild(place);
});</script>";
/// Around the answer in what the browser prints.
const MARKS: (&str, &str) = ("<pre id=\"answer\">", "</pre>");

/// Finds the browser, or says loudly that the test is skipped.
///
/// `LINGHANG_BROWSER` names another one; a name that leads nowhere is an error and no reason to skip.
#[expect(clippy::disallowed_methods, reason = "tests find the browser through the environment")]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn find() -> Option<PathBuf> {
    if let Ok(named) = std::env::var("LINGHANG_BROWSER") {
        let path = PathBuf::from(named);
        assert!(path.is_file(), "LINGHANG_BROWSER names no file: {}", path.display());
        return Some(path);
    }
    let folders = std::env::var("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!("SKIPPED: no browser ({}; or set LINGHANG_BROWSER)", NAMES.join(", "));
    }
    found
}

/// How a page is opened.
pub(crate) struct Visit<'a> {
    /// The page.
    pub(crate) html: &'a str,
    /// What follows `#` in the address.
    pub(crate) hash: &'a str,
    /// Width of the frame in pixels.
    pub(crate) width: u32,
}

/// What was seen.
pub(crate) struct Seen {
    /// What the script returned.
    pub(crate) answer: Value,
    /// What the page or its script complained about.
    pub(crate) complaints: Vec<String>,
}

impl Visit<'_> {
    /// Opens the page and runs `steps`, the body of an asynchronous function that may use `probe`.
    pub(crate) fn run(&self, browser: &Path, steps: &str) -> Seen {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("page.html"), self.with_probe(steps)).expect("written");
        let around = folder.path().join("around.html");
        let size = format!("width=\"{}\" height=\"800\" style=\"border:0\"", self.width);
        let frame = format!("{FRAME}<iframe {size} src=\"page.html#{}\"></iframe>", self.hash);
        fs::write(&around, frame).expect("written");
        let (out, err) = (folder.path().join("out"), folder.path().join("err"));
        let child = Command::new(browser)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .args(["--window-size=1400,900", "--virtual-time-budget=20000", "--dump-dom"])
            .arg(format!("file://{}", around.display()))
            .stdin(Stdio::null())
            .stdout(File::create(&out).expect("a file"))
            .stderr(File::create(&err).expect("a file"))
            .spawn()
            .expect("the browser starts");
        wait(child);
        let (out, err) = (read(&out), read(&err));
        let console = err.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned);
        let mut complaints: Vec<String> = console.collect();
        let answer = answer(&out).unwrap_or_else(|| panic!("no answer; {complaints:#?}"));
        let heard: Vec<String> =
            serde_json::from_value(answer["heard"].clone()).expect("a list of complaints");
        complaints.extend(heard);
        Seen { answer: answer["answer"].clone(), complaints }
    }

    fn with_probe(&self, steps: &str) -> String {
        let run = format!(
            "<script>{PROBE}\n(async function () {{ {steps} }}()).then(probe.tell, function (error) {{\
             heard.push(String(error)); probe.tell(null); }});</script></body>"
        );
        assert!(self.html.contains("<head>") && self.html.contains("</body>"), "a whole page");
        self.html.replacen("<head>", &format!("<head>{EARS}"), 1).replacen("</body>", &run, 1)
    }
}

/// Waits for a browser that was started here, and stops it when it takes too long.
fn wait(mut child: Child) {
    let started = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if started.elapsed() > PATIENCE {
            child.kill().expect("stopped");
            child.wait().expect("a child");
            panic!("the browser took longer than {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned()
}

fn answer(out: &str) -> Option<Value> {
    let (_, rest) = out.rsplit_once(MARKS.0)?;
    let (text, _) = rest.split_once(MARKS.1)?;
    serde_json::from_str(text).ok()
}
