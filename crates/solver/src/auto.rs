//! The choice of the method where the size alone does not decide: the simplex method for a counted
//! number of steps, an interior point method beside it on a second thread.
//!
//! If the simplex method has the optimum within these steps, its optimum is taken and the other is
//! stopped; otherwise that of the other is taken. Steps are counted, not timed, so which optimum is
//! taken depends neither on the machine nor on the number of threads, while the time is about that
//! of the faster method. On one thread the two run one after the other.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;
use std::time::Instant;

use kzleap_lp::Lp;

use crate::beside::{Outcome, Taken, proves, side_by_side};
use crate::factor::multiplications;
use crate::highs::{Hand, Instance};
use crate::methods::{Chosen, Plan, plan};
use crate::solve::solve_by;
use crate::{Control, Method, Options, SolveError};

/// Solves by the simplex method or by an interior point method, whichever the steps of the former
/// say.
pub(crate) fn auto(lp: &Lp, options: &Options, control: Control<'_>) -> Outcome {
    let two_threads = match options.threads {
        Some(threads) => threads > 1,
        None => available_parallelism().is_ok_and(|threads| threads.get() > 1),
    };
    // where it cannot be counted, IPX says why
    let count = || counted(lp, options, control).unwrap_or(Plan::Beside(0, Method::Ipx));
    by_steps(lp, options, control, two_threads, count)
}

/// [`auto`] with a plan.
fn by_steps(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
    two_threads: bool,
    count: impl FnOnce() -> Plan + Send,
) -> Outcome {
    let start = Instant::now();
    let allowed = OnceLock::new();
    let marked = |line: &str| {
        if let Some(log) = control.log {
            log(&format!("simplex: {line}"));
        }
    };
    let log: Option<&(dyn Fn(&str) + Sync)> = control.log.is_some().then_some(&marked);
    let trial = |over: &AtomicBool| {
        let hand = Hand {
            over: Some(over),
            most_steps: Some(&allowed),
            ..Hand::of(Control { log, ..control })
        };
        solve_by(Method::Simplex, lp, options, hand)
    };
    // the method that runs beside the trial, if its steps are limited
    let beside = || {
        let (most, method) = match count() {
            Plan::Simplex => (None, None),
            Plan::Beside(most, method) => (Some(most), Some(method)),
        };
        let _ = allowed.set(most);
        method
    };
    let interior = |method: Method, over: &AtomicBool| {
        let mut options = options.clone();
        if let (Some(limit), false) = (&mut options.time_limit, two_threads) {
            *limit = limit.saturating_sub(start.elapsed());
        }
        // HiPO is chosen where the factor of the augmented system is light
        let chosen = Chosen { method, augmented: method == Method::Hipo };
        solve_by(chosen, lp, &options, Hand { over: Some(over), ..Hand::of(control) })
    };
    if two_threads {
        let other = |over: &AtomicBool| beside().map(|method| interior(method, over));
        return side_by_side(trial, other, Taken::First);
    }
    let never = AtomicBool::new(false);
    let method = beside();
    let tried = trial(&never);
    match method {
        Some(method) if !proves(&tried) => interior(method, &never),
        _ => tried,
    }
}

/// What presolve leaves of a program says how it is solved.
fn counted(lp: &Lp, options: &Options, control: Control<'_>) -> Result<Plan, SolveError> {
    let mut highs = Instance::new(options, Hand::of(Control { log: None, ..control }))?;
    highs.pass(lp)?;
    let presolved = highs.presolved();
    Ok(plan(&presolved, || multiplications(&presolved)))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use kzleap_lp::Bounds;

    use super::*;

    /// Large enough that presolve leaves something to iterate on.
    fn larger() -> Lp {
        let mut lp = Lp::default();
        let cols: Vec<_> =
            (0..400).map(|j| lp.add_col(f64::from(1 + j % 7), Bounds::NON_NEGATIVE)).collect();
        for i in 0..300_usize {
            for k in 0..8_usize {
                let factor = 1.0 + ((i * 7 + k * 13) % 11) as f64;
                lp.push_term(cols[(i * 31 + k * 57) % 400], factor);
            }
            lp.finish_row(Bounds::at_least(10.0 + (i % 5) as f64));
        }
        lp
    }

    /// With IPX beside so many steps, or the simplex method alone.
    fn planned(most: Option<i64>) -> Plan {
        most.map_or(Plan::Simplex, |most| Plan::Beside(most, Method::Ipx))
    }

    fn solved(lp: &Lp, two_threads: bool, most: Option<i64>) -> Outcome {
        by_steps(lp, &Options::default(), Control::default(), two_threads, || planned(most))
    }

    /// The simplex method takes as many steps as its limit, or one more.
    #[test]
    fn steps_decide_on_one_thread_and_on_two() {
        let lp = larger();
        let alone = solve_by(Method::Simplex, &lp, &Options::default(), Hand::default());
        let alone = alone.unwrap();
        let steps = alone.iterations.simplex;
        assert!(steps > 1 && alone.certificate.certified);
        for (most, method) in [
            (None, Method::Simplex),
            (Some(steps), Method::Simplex),
            (Some(steps - 1), Method::Ipx),
            (Some(0), Method::Ipx),
        ] {
            let [one, two] = [false, true].map(|two| solved(&lp, two, most).unwrap());
            assert_eq!((one.method, two.method), (method, method), "{most:?} of {steps}");
            assert_eq!(one.columns, two.columns, "{most:?} of {steps}");
            assert_eq!(one.row_duals, two.row_duals, "{most:?} of {steps}");
            assert!((one.objective / alone.objective - 1.0).abs() < 1e-9, "{most:?}");
        }
    }

    #[test]
    fn the_log_says_which_lines_are_those_of_simplex() {
        let lines = Mutex::new(Vec::new());
        let keep = |line: &str| lines.lock().unwrap().push(line.to_owned());
        let control = Control { stop: None, log: Some(&keep) };
        let of_ipx = |most| {
            by_steps(&larger(), &Options::default(), control, false, || planned(most)).unwrap();
            let lines = std::mem::take(&mut *lines.lock().unwrap());
            let (simplex, ipx): (Vec<_>, Vec<_>) =
                lines.into_iter().partition(|line| line.starts_with("simplex: "));
            assert!(!simplex.is_empty());
            ipx
        };
        assert_eq!(of_ipx(None), Vec::<String>::new());
        assert!(!of_ipx(Some(0)).is_empty());
    }

    #[test]
    fn a_proof_that_there_is_no_optimum_is_one_whoever_finds_it() {
        let mut infeasible = larger();
        infeasible.col_bounds.iter_mut().for_each(|b| *b = Bounds::between(0.0, 1e-3));
        let mut unbounded = larger();
        unbounded.cost.iter_mut().for_each(|cost| *cost = -*cost);
        for two_threads in [false, true] {
            for most in [None, Some(0)] {
                let error = |lp: &Lp| solved(lp, two_threads, most).unwrap_err();
                assert_eq!(error(&infeasible), SolveError::Infeasible, "{most:?}");
                assert_eq!(error(&unbounded), SolveError::Unbounded, "{most:?}");
            }
        }
    }

    #[test]
    fn a_set_stop_flag_stops_both() {
        let (lp, stop) = (larger(), AtomicBool::new(true));
        let control = Control { stop: Some(&stop), log: None };
        for two_threads in [false, true] {
            for most in [None, Some(1_000_000), Some(0)] {
                let outcome =
                    by_steps(&lp, &Options::default(), control, two_threads, || planned(most));
                assert_eq!(outcome.unwrap_err(), SolveError::Interrupted, "{most:?}");
            }
        }
    }

    #[test]
    fn a_time_limit_is_one_for_both() {
        let options =
            Options { time_limit: Some(std::time::Duration::ZERO), ..Options::default() };
        for two_threads in [false, true] {
            let outcome =
                by_steps(&larger(), &options, Control::default(), two_threads, || {
                    planned(Some(0))
                });
            assert_eq!(outcome.unwrap_err(), SolveError::TimeLimit);
        }
    }
}
