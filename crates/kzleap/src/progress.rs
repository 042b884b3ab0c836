//! What a person at a terminal sees while a command works, and Ctrl-C.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use kzleap_study::Event;

use crate::exit::Code;
use crate::output::tell;

/// A line that says what is going on; silent where nobody watches.
pub(crate) struct Progress {
    bar: ProgressBar,
    show_log: bool,
}

impl Progress {
    /// Shown on a terminal unless `quiet`; with `show_log` every line of the solver's log is
    /// printed.
    pub(crate) fn new(quiet: bool, show_log: bool) -> Self {
        let watched = std::io::stderr().is_terminal() && !quiet;
        let bar = if watched { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>4} {wide_msg}") {
            bar.set_style(style);
        }
        if watched {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar, show_log }
    }

    /// Says what comes now.
    pub(crate) fn say(&self, message: impl Into<String>) {
        self.bar.set_message(message.into());
    }

    /// Says what happens in a run.
    pub(crate) fn event(&self, event: Event<'_>) {
        match event {
            Event::Reading => self.say("reading the model"),
            Event::Solving => self.say("building the linear program"),
            Event::SecondOpinion => self.say("solving with Clarabel"),
            Event::Log(line) => self.log(line),
            Event::Explaining => self.say("looking for the reason"),
        }
    }

    /// A line of the solver's log.
    pub(crate) fn log(&self, line: &str) {
        let line = line.trim_end();
        if self.show_log {
            self.bar.suspend(|| tell(line));
        } else if !line.trim().is_empty() {
            self.bar.set_message(format!("solving: {}", line.trim()));
        }
    }

    /// Takes the line away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// How long a command has to end by itself after Ctrl-C.
const PATIENCE: Duration = Duration::from_millis(500);

/// Becomes true at Ctrl-C.
///
/// Work that does not look at it soon enough is cut off. That leaves earlier results whole, as they
/// are only ever replaced in one step; what was half-written is hidden, and cleared by the next run.
pub(crate) fn stop_flag() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    static HANDLER: OnceLock<()> = OnceLock::new();
    HANDLER.get_or_init(|| {
        // without a handler Ctrl-C still ends the program, so a failure here may be passed over
        let _ = ctrlc::set_handler(|| {
            STOP.store(true, Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            tell("error: stopped on request");
            std::process::exit(Code::Interrupted as i32);
        });
    });
    &STOP
}
