//! What the exit codes mean.

use std::process::ExitCode;

use kzleap_solver::SolveError;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Done; every plan is certified.
    Done = 0,
    /// Something outside the model failed: a file could not be written.
    Failed = 1,
    // 2 is clap's: the arguments are wrong
    /// The model has errors.
    BadInput = 3,
    /// No plan respects all constraints.
    Infeasible = 4,
    /// The cost can fall without limit.
    Unbounded = 5,
    /// The solver stopped without an optimum, for instance at the time limit.
    Stopped = 6,
    /// A plan was written, but it is not certified.
    NotCertified = 7,
    /// Stopped by Ctrl-C.
    Interrupted = 130,
}

impl Code {
    /// The code for an error that ends a command.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        match error.downcast_ref::<SolveError>() {
            Some(SolveError::Infeasible) => Self::Infeasible,
            Some(SolveError::Unbounded) => Self::Unbounded,
            Some(SolveError::Interrupted) => Self::Interrupted,
            Some(
                SolveError::TimeLimit
                | SolveError::TooLarge
                | SolveError::OutOfRange(_)
                | SolveError::Stopped(_),
            ) => Self::Stopped,
            None => Self::Failed,
        }
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}
