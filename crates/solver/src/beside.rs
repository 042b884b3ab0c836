//! Two methods on the same program, a thread each.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Optimum, SolveError};

pub(crate) type Outcome = Result<Optimum, SolveError>;

/// Whose optimum is taken where both methods may find one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// That of the first, for which the second waits.
    First,
    /// That of the faster one.
    Faster,
}

/// Whether an outcome is an optimum, or a proof that there is none.
pub(crate) fn proves(outcome: &Outcome) -> bool {
    matches!(outcome, Ok(_) | Err(SolveError::Infeasible | SolveError::Unbounded))
}

/// What one of two methods proves; the other is stopped by the flag that it was given.
///
/// A proof that there is no optimum is taken from whoever finds it. `None` of the second says that
/// the first is to work alone.
pub(crate) fn side_by_side(
    first: impl FnOnce(&AtomicBool) -> Outcome + Send,
    second: impl FnOnce(&AtomicBool) -> Option<Outcome>,
    taken: Taken,
) -> Outcome {
    let [first_over, second_over] = [const { AtomicBool::new(false) }; 2];
    std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            let outcome = first(&first_over);
            if proves(&outcome) {
                second_over.store(true, Ordering::Relaxed);
            }
            outcome
        });
        let rest = second(&second_over);
        let ends = |rest: &Outcome| proves(rest) && (taken == Taken::Faster || rest.is_err());
        if rest.as_ref().is_some_and(ends) {
            first_over.store(true, Ordering::Relaxed);
        }
        let outcome = running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        match rest {
            Some(rest) if !proves(&outcome) => rest,
            _ => outcome,
        }
    })
}

#[cfg(test)]
mod tests {
    use kzleap_lp::{Bounds, Lp};

    use super::*;
    use crate::highs::Hand;
    use crate::solve::solve_by;
    use crate::{Method, Options};

    const BOTH: [Taken; 2] = [Taken::First, Taken::Faster];

    fn optimum_of(method: Method) -> Optimum {
        let mut lp = Lp::default();
        let x = lp.add_col(1.0, Bounds::NON_NEGATIVE);
        lp.push_term(x, 1.0);
        lp.finish_row(Bounds::at_least(1.0));
        let found = solve_by(method, &lp, &Options::default(), Hand::default());
        Optimum { method, ..found.unwrap() }
    }

    /// It would go on for ever if nobody stopped it.
    fn wait_for(over: &AtomicBool) -> Outcome {
        while !over.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        Err(SolveError::Interrupted)
    }

    #[test]
    fn a_first_that_succeeds_stops_the_second() {
        for taken in BOTH {
            let first = |_: &AtomicBool| Ok(optimum_of(Method::Simplex));
            let found = side_by_side(first, |over| Some(wait_for(over)), taken).unwrap();
            assert_eq!(found.method, Method::Simplex);
        }
    }

    #[test]
    fn a_second_that_succeeds_stops_the_first_where_the_faster_is_taken() {
        let second = |_: &AtomicBool| Some(Ok(optimum_of(Method::Ipx)));
        let found = side_by_side(wait_for, second, Taken::Faster).unwrap();
        assert_eq!(found.method, Method::Ipx);
    }

    #[test]
    fn the_first_may_work_alone() {
        for taken in BOTH {
            let first = |_: &AtomicBool| Ok(optimum_of(Method::Simplex));
            assert!(side_by_side(first, |_| None, taken).is_ok());
            let first = |_: &AtomicBool| Err(SolveError::TimeLimit);
            let error = side_by_side(first, |_| None, taken).unwrap_err();
            assert_eq!(error, SolveError::TimeLimit);
        }
    }

    #[test]
    fn a_first_that_fails_does_no_harm() {
        for taken in BOTH {
            let first = |_: &AtomicBool| Err(SolveError::Stopped("run status".to_owned()));
            let second = |_: &AtomicBool| Some(Ok(optimum_of(Method::Ipx)));
            let found = side_by_side(first, second, taken).unwrap();
            assert_eq!(found.method, Method::Ipx);
            let second = |_: &AtomicBool| Some(Err(SolveError::TimeLimit));
            let error = side_by_side(first, second, taken).unwrap_err();
            assert_eq!(error, SolveError::TimeLimit);
        }
    }

    /// The second is there before the first, which is waited for.
    #[test]
    fn who_is_faster_does_not_matter_where_the_first_is_taken() {
        let (ended, waiting) = (AtomicBool::new(false), std::sync::Barrier::new(2));
        let first = |_: &AtomicBool| {
            waiting.wait();
            assert!(ended.load(Ordering::Relaxed));
            Ok(optimum_of(Method::Simplex))
        };
        let second = |_: &AtomicBool| {
            let found = optimum_of(Method::Ipx);
            ended.store(true, Ordering::Relaxed);
            waiting.wait();
            Some(Ok(found))
        };
        let found = side_by_side(first, second, Taken::First).unwrap();
        assert_eq!(found.method, Method::Simplex);
    }

    #[test]
    fn a_proof_by_the_second_stops_the_first() {
        for taken in BOTH {
            let second = |_: &AtomicBool| Some(Err(SolveError::Infeasible));
            let error = side_by_side(wait_for, second, taken).unwrap_err();
            assert_eq!(error, SolveError::Infeasible);
        }
    }
}
