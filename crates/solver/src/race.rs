//! Two methods on the same program at the same time.
//!
//! Which of simplex and interior point is faster is not known before; with a core to spare the
//! answer of the faster one is there after its own time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use kzleap_lp::Lp;

use crate::highs::{interior_point, solve_by};
use crate::{Control, Method, Optimum, Options, SolveError};

/// Solves by simplex and by interior point side by side; the first to prove something is taken,
/// and the other is stopped. Only the log of the interior point method is shown.
///
/// # Errors
/// [`SolveError`]; of two failures that prove nothing, that of the method that failed last.
pub(crate) fn race(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
) -> Result<Optimum, SolveError> {
    let over = AtomicBool::new(false);
    let silent = Control { log: None, ..control };
    std::thread::scope(|scope| {
        let (finish, finished) = mpsc::channel();
        for (method, control) in [(Method::Simplex, silent), (interior_point(lp), control)] {
            let (over, finish) = (&over, finish.clone());
            scope.spawn(move || {
                // the receiver is gone once the other has won
                let _ = finish.send(solve_by(method, lp, options, control, Some(over)));
            });
        }
        drop(finish);
        let mut outcome = Err(SolveError::Interrupted);
        for next in finished {
            outcome = next;
            if matches!(outcome, Ok(_) | Err(SolveError::Infeasible | SolveError::Unbounded)) {
                over.store(true, Ordering::Relaxed);
                break;
            }
        }
        outcome
    })
}
