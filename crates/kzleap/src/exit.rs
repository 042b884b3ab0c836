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
    /// The arguments are wrong; clap's code too.
    WrongArguments = 2,
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

/// Arguments that do not go together, or not with this kind of model.
#[derive(Debug)]
pub(crate) struct WrongArguments(pub(crate) String);

impl std::fmt::Display for WrongArguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongArguments {}

impl Code {
    /// The code for an error that ends a command.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        if error.is::<WrongArguments>() {
            return Self::WrongArguments;
        }
        error.downcast_ref::<SolveError>().map_or(Self::Failed, Self::of_solve)
    }

    /// The code for a solve without an optimum.
    pub(crate) const fn of_solve(error: &SolveError) -> Self {
        match error {
            SolveError::Infeasible => Self::Infeasible,
            SolveError::Unbounded => Self::Unbounded,
            SolveError::Interrupted => Self::Interrupted,
            SolveError::TimeLimit
            | SolveError::TooLarge
            | SolveError::OutOfRange(_)
            | SolveError::Stopped(_) => Self::Stopped,
        }
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}
