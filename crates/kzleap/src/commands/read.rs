//! Reading a model for a command, with its findings told to the user.

use std::path::Path;
use std::time::Duration;

use kzleap_diagnostics::render;
use kzleap_input::Input;
use kzleap_model::Model;
use kzleap_solver::{Method, Options};

use crate::args::{Solver, Solving};

/// Reads a model and prints what is wrong with it; `None` if it cannot be used.
pub(crate) fn read(
    folder: &Path,
    scenario: Option<&str>,
    quiet: bool,
) -> (Option<Model>, Input) {
    let mut input = kzleap_input::read(folder, scenario);
    for finding in &input.diagnostics {
        if finding.severity == kzleap_diagnostics::Severity::Error || !quiet {
            eprintln!("{}\n", render(finding, &input.sources));
        }
    }
    let model = input.model.take();
    if model.is_none() {
        eprintln!("{}", count(&input));
    }
    (model, input)
}

/// `2 errors, 1 warning`.
pub(crate) fn count(input: &Input) -> String {
    let say = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    format!(
        "{}, {}",
        say(input.diagnostics.error_count(), "error"),
        say(input.diagnostics.warning_count(), "warning")
    )
}

/// What the arguments say about solving.
pub(crate) fn options(solving: &Solving) -> Options {
    Options {
        method: match solving.solver {
            Solver::Auto => Method::Auto,
            Solver::Simplex => Method::Simplex,
            Solver::Ipm => Method::InteriorPoint,
        },
        threads: solving.threads,
        time_limit: solving.time_limit.map(Duration::from_secs),
        start: None,
        integer_gap: None,
    }
}
