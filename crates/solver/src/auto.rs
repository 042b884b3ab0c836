//! The choice of the method where the size alone does not tell: the simplex method for a counted
//! number of steps, IPX beside it on a second thread.
//!
//! If the simplex method has the optimum within these steps, its optimum is taken and IPX is
//! stopped; otherwise that of IPX is taken. Steps are counted, not timed, so which optimum is
//! taken depends neither on the machine nor on the number of threads, while the time is about that
//! of the faster method. On one thread the two run one after the other.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use std::time::Instant;

use kzleap_lp::Lp;

use crate::highs::{Hand, Instance};
use crate::methods::{Size, most_steps};
use crate::solve::solve_by;
use crate::{Control, Method, Optimum, Options, SolveError};

type Outcome = Result<Optimum, SolveError>;

/// Solves by the simplex method or by IPX, whichever the steps of the former say.
pub(crate) fn auto(lp: &Lp, options: &Options, control: Control<'_>) -> Outcome {
    let two_threads = match options.threads {
        Some(threads) => threads > 1,
        None => available_parallelism().is_ok_and(|threads| threads.get() > 1),
    };
    by_steps(lp, options, control, two_threads, most_steps)
}

/// [`auto`] with the steps that a program of some size is given, `None` for as many as it takes.
fn by_steps(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
    two_threads: bool,
    most_steps: impl Fn(Size) -> Option<i64>,
) -> Outcome {
    let start = Instant::now();
    let allowed = OnceLock::new();
    let count = || {
        // where it cannot be counted, IPX says why
        let most = presolved_size(lp, options, control).map_or(Some(0), &most_steps);
        let _ = allowed.set(most);
        most.is_some()
    };
    let marked = |line: &str| {
        if let Some(log) = control.log {
            log(&format!("simplex: {line}"));
        }
    };
    let log: Option<&(dyn Fn(&str) + Sync)> = control.log.is_some().then_some(&marked);
    let trial = |over: &AtomicBool| {
        let control = Control { log, ..control };
        let hand = Hand { control, over: Some(over), most_steps: Some(&allowed) };
        solve_by(Method::Simplex, lp, options, hand)
    };
    let ipx = |over: &AtomicBool| {
        let mut options = options.clone();
        if let (Some(limit), false) = (&mut options.time_limit, two_threads) {
            *limit = limit.saturating_sub(start.elapsed());
        }
        let hand = Hand { over: Some(over), ..Hand::of(control) };
        solve_by(Method::Ipx, lp, &options, hand)
    };
    decide(two_threads, count, trial, ipx)
}

fn presolved_size(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
) -> Result<Size, SolveError> {
    let mut highs = Instance::new(options, Hand::of(Control { log: None, ..control }))?;
    highs.pass(lp)?;
    Ok(highs.presolved_size())
}

/// What the trial proves, or else what the other method says.
///
/// `count` sets the steps of the trial; false if there is no limit, and then nothing else runs.
/// Each method is given the flag that tells it to stop.
fn decide(
    two_threads: bool,
    count: impl FnOnce() -> bool,
    trial: impl FnOnce(&AtomicBool) -> Outcome + Send,
    other: impl FnOnce(&AtomicBool) -> Outcome,
) -> Outcome {
    let [trial_over, other_over] = [const { AtomicBool::new(false) }; 2];
    if !two_threads {
        let limited = count();
        let tried = trial(&trial_over);
        return if !limited || proves(&tried) { tried } else { other(&other_over) };
    }
    std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            let tried = trial(&trial_over);
            if proves(&tried) {
                other_over.store(true, Ordering::Relaxed);
            }
            tried
        });
        let rest = count().then(|| other(&other_over));
        // an optimum waits for the trial, a proof that there is none does not
        if rest.as_ref().is_some_and(|rest| proves(rest) && rest.is_err()) {
            trial_over.store(true, Ordering::Relaxed);
        }
        let tried = running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        match rest {
            Some(rest) if !proves(&tried) => rest,
            _ => tried,
        }
    })
}

/// Whether an outcome is an optimum, or a proof that there is none.
pub(crate) fn proves(outcome: &Outcome) -> bool {
    matches!(outcome, Ok(_) | Err(SolveError::Infeasible | SolveError::Unbounded))
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

    fn solved(lp: &Lp, two_threads: bool, most: Option<i64>) -> Outcome {
        by_steps(lp, &Options::default(), Control::default(), two_threads, |_| most)
    }

    fn optimum_of(method: Method) -> Optimum {
        let mut lp = Lp::default();
        let x = lp.add_col(1.0, Bounds::NON_NEGATIVE);
        lp.push_term(x, 1.0);
        lp.finish_row(Bounds::at_least(1.0));
        let found = solve_by(method, &lp, &Options::default(), Hand::default());
        Optimum { method, ..found.unwrap() }
    }

    fn wait_for(over: &AtomicBool) -> Outcome {
        while !over.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        Err(SolveError::Interrupted)
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
    fn the_size_that_presolve_leaves_is_what_the_rule_is_asked_about() {
        let (lp, asked) = (larger(), Mutex::new(Vec::new()));
        let rule = |size: Size| {
            asked.lock().unwrap().push(size);
            None
        };
        by_steps(&lp, &Options::default(), Control::default(), true, rule).unwrap();
        let size = presolved_size(&lp, &Options::default(), Control::default()).unwrap();
        assert_eq!(*asked.lock().unwrap(), [size]);
        assert!((1..=300).contains(&size.rows), "{size:?}");
    }

    #[test]
    fn the_log_says_which_lines_are_those_of_simplex() {
        let lines = Mutex::new(Vec::new());
        let keep = |line: &str| lines.lock().unwrap().push(line.to_owned());
        let control = Control { stop: None, log: Some(&keep) };
        let of_ipx = |most| {
            by_steps(&larger(), &Options::default(), control, false, |_| most).unwrap();
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
                    by_steps(&lp, &Options::default(), control, two_threads, |_| most);
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
                by_steps(&larger(), &options, Control::default(), two_threads, |_| Some(0));
            assert_eq!(outcome.unwrap_err(), SolveError::TimeLimit);
        }
    }

    /// The other one would go on for ever if nobody told it to stop.
    #[test]
    fn a_trial_that_succeeds_stops_the_other_method() {
        let trial = |_: &AtomicBool| Ok(optimum_of(Method::Simplex));
        let found = decide(true, || true, trial, wait_for).unwrap();
        assert_eq!(found.method, Method::Simplex);
        let other = |_: &AtomicBool| panic!("the trial had the optimum");
        assert_eq!(decide(false, || true, trial, other).unwrap().method, Method::Simplex);
    }

    #[test]
    fn without_a_limit_nothing_runs_beside() {
        for two_threads in [false, true] {
            let other = |_: &AtomicBool| panic!("the simplex method is alone");
            let trial = |_: &AtomicBool| Ok(optimum_of(Method::Simplex));
            assert!(decide(two_threads, || false, trial, other).is_ok());
            let trial = |_: &AtomicBool| Err(SolveError::TimeLimit);
            let error = decide(two_threads, || false, trial, other).unwrap_err();
            assert_eq!(error, SolveError::TimeLimit);
        }
    }

    #[test]
    fn a_trial_that_fails_does_no_harm() {
        for two_threads in [false, true] {
            let failure = || SolveError::Stopped("run status".to_owned());
            let trial = |_: &AtomicBool| Err(failure());
            let other = |_: &AtomicBool| Ok(optimum_of(Method::Ipx));
            let found = decide(two_threads, || true, trial, other).unwrap();
            assert_eq!(found.method, Method::Ipx);
            let other = |_: &AtomicBool| Err(SolveError::TimeLimit);
            let error = decide(two_threads, || true, trial, other).unwrap_err();
            assert_eq!(error, SolveError::TimeLimit);
        }
    }

    /// IPX is there first, and the trial has steps left: it is waited for.
    #[test]
    fn who_is_faster_does_not_matter() {
        let (ended, waiting) = (AtomicBool::new(false), std::sync::Barrier::new(2));
        let trial = |_: &AtomicBool| {
            waiting.wait();
            assert!(ended.load(Ordering::Relaxed));
            Ok(optimum_of(Method::Simplex))
        };
        let other = |_: &AtomicBool| {
            let found = optimum_of(Method::Ipx);
            ended.store(true, Ordering::Relaxed);
            waiting.wait();
            Ok(found)
        };
        assert_eq!(decide(true, || true, trial, other).unwrap().method, Method::Simplex);
    }

    /// The trial would go on for ever if nobody told it to stop.
    #[test]
    fn a_proof_by_the_other_method_stops_the_trial() {
        let other = |_: &AtomicBool| Err(SolveError::Infeasible);
        let error = decide(true, || true, wait_for, other).unwrap_err();
        assert_eq!(error, SolveError::Infeasible);
    }
}
