//! Progress of long work on standard error: a bar on a terminal, plain counters elsewhere, nothing when quiet.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;

use crate::session::Session;

/// Time between plain counters.
const STEP: Duration = Duration::from_secs(10);

/// Counts units of work towards a known total.
pub(crate) struct Counter {
    bar: ProgressBar,
    label: String,
    total: u64,
    done: AtomicU64,
    is_plain: bool,
    last: Mutex<Instant>,
}

impl Counter {
    /// Starts counting; `label` is a message id.
    pub(crate) fn new(session: &Session, label: &str, total: u64) -> Self {
        let label = session.text(label, &[]);
        let is_shown = !session.is_quiet && !session.has_no_progress;
        let is_terminal = std::io::stderr().is_terminal();
        let bar = ProgressBar::new(total);
        if is_shown && is_terminal {
            if let Ok(style) =
                ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}")
            {
                bar.set_style(style);
            }
            bar.set_message(label.clone());
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Self {
            bar,
            label,
            total,
            done: AtomicU64::new(0),
            is_plain: is_shown && !is_terminal,
            last: Mutex::new(Instant::now()),
        }
    }

    /// Counts `units` more.
    pub(crate) fn add(&self, units: u64) {
        let done = self.done.fetch_add(units, Ordering::Relaxed) + units;
        self.bar.set_position(done);
        if self.is_plain {
            self.say_now_and_then(done);
        }
    }

    fn say_now_and_then(&self, done: u64) {
        let Ok(mut last) = self.last.try_lock() else { return };
        if last.elapsed() >= STEP {
            *last = Instant::now();
            // Progress is a courtesy: a closed stream is no reason to stop.
            writeln!(std::io::stderr(), "{} {done}/{}", self.label, self.total).ok();
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
