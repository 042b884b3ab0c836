//! Which algorithm solves a program, and which come after it if it fails.

use highs_sys as sys;
use kzleap_lp::Lp;

use crate::highs::{Instance, has_hipo};
use crate::{Method, Options, SIMPLEX_BELOW_NONZEROS, SIMPLEX_BELOW_PRESOLVED, SolveError};

/// Every technique of HiPO that may run in parallel, as the bits of its option: HiPO leaves them
/// out on one thread, and then sums in another order.
const ALL_TECHNIQUES: i32 = (1 << 10) - 1;

/// Most steps of the simplex method that may clean up what an interior point method left. It takes
/// some ten, and 9,000 were seen after a crossover that was imprecise; where it takes more, the
/// interior point was none, and the other method is quicker.
const LONGEST_CLEANING: i32 = 15_000;

/// Steps of the simplex method for the square root of the rows that presolve leaves.
const STEPS_FOR_A_ROOT: f64 = 130.0;

/// The method asked for; `Auto` where the size after presolve decides.
pub(crate) fn chosen_method(lp: &Lp, options: &Options) -> Method {
    match options.method {
        Method::Auto | Method::Race if options.start.is_some() => Method::Simplex,
        Method::Auto if lp.num_nonzeros() < SIMPLEX_BELOW_NONZEROS => Method::Simplex,
        chosen => chosen,
    }
}

/// Size of what presolve leaves of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) rows: i32,
    pub(crate) nonzeros: usize,
}

/// Most steps of the simplex method, after which the optimum of IPX is taken; `None` for as many
/// as it takes.
///
/// A program is easy for the simplex method or it is not: published OSeMOSYS models took 0.3 to
/// 0.5 steps for each row that presolve leaves, and a tenth to a fifth of the time of IPX; others
/// took more than one step a row, and several times as long. The time of the first steps grows with
/// the square of their number, so a number that grows with the root of the rows takes a time in
/// proportion to the rows. That of IPX grows faster: it seldom has to wait, however large the
/// program (docs/src/performance.md).
pub(crate) fn most_steps(size: Size) -> Option<i64> {
    let large = size.nonzeros >= SIMPLEX_BELOW_PRESOLVED;
    let root = f64::from(size.rows.max(0)).sqrt();
    large.then_some((STEPS_FOR_A_ROOT * root) as i64)
}

/// A method, and most of its simplex steps.
type Attempt = (Method, i32);

/// A method and those that are tried where it comes to nothing. An interior point method may stop
/// without progress; the other one seldom does so on the same program, and on a large one it is
/// several times quicker than the simplex method.
fn attempts(method: Method) -> Vec<Attempt> {
    let attempts: &[Attempt] = match method {
        Method::Hipo => &[
            (Method::Hipo, LONGEST_CLEANING),
            (Method::Ipx, LONGEST_CLEANING),
            (Method::Simplex, i32::MAX),
        ],
        Method::Ipx => &[
            (Method::Ipx, LONGEST_CLEANING),
            (Method::Hipo, LONGEST_CLEANING),
            (Method::Simplex, i32::MAX),
        ],
        Method::Auto | Method::Simplex | Method::Race => &[(Method::Simplex, i32::MAX)],
    };
    let is_there = |(method, _): &Attempt| *method != Method::Hipo || has_hipo();
    attempts.iter().copied().filter(is_there).collect()
}

impl Instance<'_> {
    /// Runs the solver; returns the method that found the optimum.
    pub(crate) fn run(&mut self, method: Method) -> Result<Method, SolveError> {
        for (at, (method, most_steps)) in attempts(method).into_iter().enumerate() {
            if at > 0 {
                self.forget_basis();
            }
            if self.attempt(method, most_steps)? {
                return Ok(method);
            }
        }
        Err(SolveError::Stopped("no method found an optimum".to_owned()))
    }

    /// Runs one method; false if it came to nothing, so that another may be tried.
    fn attempt(&mut self, method: Method, most_steps: i32) -> Result<bool, SolveError> {
        let solver = match method {
            Method::Ipx => "ipx",
            Method::Hipo => "hipo",
            Method::Auto | Method::Simplex | Method::Race => "simplex",
        };
        self.model().set_option("solver", solver);
        self.model().set_option("simplex_iteration_limit", most_steps);
        if method == Method::Hipo {
            // the same sums in the same order on one thread and on more
            self.model().set_option("hipo_parallel_force", ALL_TECHNIQUES);
        }
        match self.run_once()? {
            sys::kHighsModelStatusOptimal | sys::kHighsModelStatusModelEmpty => {
                return Ok(self.within_steps());
            }
            sys::kHighsModelStatusUnknown
            | sys::kHighsModelStatusSolveError
            | sys::kHighsModelStatusIterationLimit
                if most_steps < i32::MAX =>
            {
                return Ok(false);
            }
            // presolve cannot tell the two apart; the simplex method on the whole program can
            sys::kHighsModelStatusUnboundedOrInfeasible => {
                self.model().set_option("presolve", "off");
                self.model().set_option("solver", "simplex");
                self.model().set_option("simplex_iteration_limit", i32::MAX);
                self.run_once()?;
            }
            _ => {}
        }
        match self.status() {
            sys::kHighsModelStatusOptimal => Ok(true),
            sys::kHighsModelStatusInfeasible => Err(SolveError::Infeasible),
            sys::kHighsModelStatusUnbounded => Err(SolveError::Unbounded),
            sys::kHighsModelStatusTimeLimit => Err(SolveError::TimeLimit),
            sys::kHighsModelStatusInterrupt | sys::kHighsModelStatusHighsInterrupt => {
                Err(SolveError::Interrupted)
            }
            other => Err(SolveError::Stopped(format!("model status {other}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_ends_with_simplex() {
        for method in [Method::Hipo, Method::Ipx, Method::Simplex] {
            assert_eq!(attempts(method).last(), Some(&(Method::Simplex, i32::MAX)));
        }
        assert_eq!(attempts(Method::Hipo)[0].0 == Method::Hipo, has_hipo());
        assert!(attempts(Method::Hipo).contains(&(Method::Ipx, LONGEST_CLEANING)));
    }

    #[test]
    fn what_presolve_leaves_decides() {
        let tried = |nonzeros| most_steps(Size { rows: 40_000, nonzeros });
        assert_eq!(tried(60_000), None, "as many as it takes");
        assert_eq!(tried(160_000), Some(26_000));
        assert_eq!(tried(2_000_000), Some(26_000));
    }
}
