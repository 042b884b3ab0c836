//! Two methods on the same program, the faster of which is taken.
//!
//! Which of two methods is faster is not known before; with a core to spare the answer is there
//! when the faster one has it.

use std::sync::atomic::AtomicBool;

use kzleap_lp::Lp;

use crate::beside::{Outcome, Taken, side_by_side};
use crate::highs::{Hand, has_hipo};
use crate::solve::solve_by;
use crate::{Control, Method, Options, SIMPLEX_BELOW_NONZEROS};

/// Solves by two methods side by side; the first to prove something is taken, and the other is
/// stopped. Only the log of IPX is shown.
///
/// # Errors
/// [`SolveError`](crate::SolveError)
pub(crate) fn race(lp: &Lp, options: &Options, control: Control<'_>) -> Outcome {
    let large = lp.num_nonzeros() >= SIMPLEX_BELOW_NONZEROS && has_hipo();
    let beside = if large { Method::Hipo } else { Method::Simplex };
    let by = |method, control, over: &AtomicBool| {
        solve_by(method, lp, options, Hand { over: Some(over), ..Hand::of(control) })
    };
    side_by_side(
        |over| by(beside, Control { log: None, ..control }, over),
        |over| Some(by(Method::Ipx, control, over)),
        Taken::Faster,
    )
}
