//! What happens while a run is at work, for whoever watches it.

use std::sync::atomic::{AtomicBool, Ordering};

/// Something that happens in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'e> {
    /// The model is read.
    Reading,
    /// The linear program is built and solved.
    Solving,
    /// The program is solved by a second solver.
    SecondOpinion,
    /// A line of the solver's log.
    Log(&'e str),
    /// There is no plan, and the reason is looked for.
    Explaining,
}

/// Who watches a run, and may stop it.
#[derive(Clone, Copy, Default)]
pub struct Events<'e> {
    /// Set to true by another thread to stop the run.
    pub stop: Option<&'e AtomicBool>,
    /// Called with all that happens.
    pub watch: Option<&'e (dyn Fn(Event<'_>) + Sync)>,
}

impl Events<'_> {
    /// Says that something happens.
    pub(crate) fn happens(&self, event: Event<'_>) {
        if let Some(watch) = self.watch {
            watch(event);
        }
    }

    /// Whether the run is to stop.
    pub fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}
