//! Two methods on the same program at the same time.
//!
//! Which of two methods is faster is not known before; with a core to spare the answer is there
//! when the faster one has it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use kzleap_lp::Lp;

use crate::auto::proves;
use crate::highs::{Hand, has_hipo};
use crate::solve::solve_by;
use crate::{Control, Method, Optimum, Options, SIMPLEX_BELOW_NONZEROS, SolveError};

/// Solves by two methods side by side; the first to prove something is taken, and the other is
/// stopped. Only the log of IPX is shown.
///
/// # Errors
/// [`SolveError`]; of two failures that prove nothing, that of the method that failed last.
pub(crate) fn race(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
) -> Result<Optimum, SolveError> {
    let large = lp.num_nonzeros() >= SIMPLEX_BELOW_NONZEROS && has_hipo();
    let beside = if large { Method::Hipo } else { Method::Simplex };
    let over = AtomicBool::new(false);
    let silent = Control { log: None, ..control };
    std::thread::scope(|scope| {
        let (finish, finished) = mpsc::channel();
        for (method, control) in [(beside, silent), (Method::Ipx, control)] {
            let (over, finish) = (&over, finish.clone());
            scope.spawn(move || {
                // the receiver is gone once the other has won
                let hand = Hand { over: Some(over), ..Hand::of(control) };
                let _ = finish.send(solve_by(method, lp, options, hand));
            });
        }
        drop(finish);
        let mut outcome = Err(SolveError::Interrupted);
        for next in finished {
            outcome = next;
            if proves(&outcome) {
                over.store(true, Ordering::Relaxed);
                break;
            }
        }
        outcome
    })
}
