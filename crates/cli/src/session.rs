//! What a run of the program knows of its surroundings: language, folders, streams, the wish to stop.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use linghang_core::{Bilingual, Diagnostic, Lang};
use linghang_evidence::Store;

use crate::args::Global;
use crate::failure::{Exit, Failure};
use crate::texts;

/// The surroundings of one run.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// Language of everything that is said.
    pub(crate) lang: Lang,
    /// The language that was asked for, so that commands that are printed can ask for it too.
    pub(crate) asked_lang: Option<Lang>,
    /// Whether data is printed as JSON.
    pub(crate) is_json: bool,
    /// Whether only data and errors are printed.
    pub(crate) is_quiet: bool,
    /// Folder that holds evidence and remembered topics.
    pub(crate) home: PathBuf,
    /// Folder of the city pack.
    pub(crate) pack: Option<PathBuf>,
    /// Whether progress is not shown.
    pub(crate) has_no_progress: bool,
    /// Today; read once.
    pub(crate) today: NaiveDate,
    stop: Arc<AtomicBool>,
}

impl Session {
    /// Reads the surroundings and begins to listen for Ctrl-C.
    pub(crate) fn new(global: &Global, lang: Lang) -> Result<Self, Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        ctrlc::set_handler(move || {
            // The second Ctrl-C does not wait for a tidy end.
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Interrupted as i32);
            }
        })
        .map_err(|error| Failure {
            exit: Exit::Environment,
            findings: vec![Diagnostic::error(
                "cli.signal",
                Bilingual::new(
                    format!("无法监听中断信号：{error}"),
                    format!("cannot listen for Ctrl-C: {error}"),
                ),
            )],
        })?;
        Ok(Self {
            lang,
            asked_lang: global.lang,
            is_json: global.json,
            is_quiet: global.quiet,
            home: global.home.clone(),
            pack: global.pack.clone(),
            has_no_progress: environment("LINGHANG_NO_PROGRESS").is_some()
                || environment("TERM").as_deref() == Some("dumb"),
            today: chrono::Local::now().date_naive(),
            stop,
        })
    }

    /// Returns the same surroundings with a pack.
    pub(crate) fn with_pack(&self, pack: PathBuf) -> Self {
        Self { pack: Some(pack), ..self.clone() }
    }

    /// Returns the same surroundings with another home folder.
    pub(crate) fn with_home(&self, home: PathBuf) -> Self {
        Self { home, ..self.clone() }
    }

    /// Returns whether the user asked to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Fails when the user asked to stop.
    pub(crate) fn check_stop(&self) -> Result<(), Failure> {
        if self.is_stopped() {
            Err(Failure::from(linghang_evidence::EvidenceError::Stopped))
        } else {
            Ok(())
        }
    }

    /// Returns the evidence store.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.home)
    }

    /// Returns a message in the language of the run.
    pub(crate) fn text(&self, id: &str, arguments: &[(&str, texts::FluentValue<'_>)]) -> String {
        texts::get(self.lang, id, arguments)
    }
}

/// Finds the language before the arguments are parsed, because usage errors and help need it.
pub(crate) fn language_before_parsing(arguments: impl Iterator<Item = OsString>) -> Lang {
    let arguments: Vec<String> =
        arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    // The last one counts, as the parser has it.
    let flag = arguments.iter().enumerate().rev().find_map(|(place, argument)| {
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(place + 1).cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        }
    });
    flag.or_else(|| environment("LINGHANG_LANG"))
        .or_else(|| environment("LC_ALL"))
        .or_else(|| environment("LC_MESSAGES"))
        .or_else(|| environment("LANG"))
        .and_then(|locale| Lang::from_locale(&locale))
        .unwrap_or(Lang::En)
}

/// Returns an environment variable that is set and not empty.
fn environment(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line is where the environment is read"
    )]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
