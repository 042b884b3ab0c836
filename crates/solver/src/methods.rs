//! Which algorithm solves a program, and which come after it if it fails.

use highs_sys as sys;
use kzleap_lp::Lp;

use crate::highs::{Instance, has_hipo};
use crate::{HIPO_FROM_NONZEROS, Method, Options, SIMPLEX_BELOW_NONZEROS, SolveError};

/// Every technique of HiPO that may run in parallel, as the bits of its option: HiPO leaves them
/// out on one thread, and then sums in another order.
const ALL_TECHNIQUES: i32 = (1 << 10) - 1;

/// Most steps of the simplex method that may clean up what an interior point method left. It takes
/// some ten; where it takes more, the interior point was none, and the other method is quicker.
const LONGEST_CLEANING: i32 = 5000;

/// The method asked for, or the one for a program of this size.
pub(crate) fn chosen_method(lp: &Lp, options: &Options) -> Method {
    match options.method {
        Method::Auto | Method::Race if options.start.is_some() => Method::Simplex,
        Method::Auto if lp.num_nonzeros() < SIMPLEX_BELOW_NONZEROS => Method::Simplex,
        Method::Auto if lp.num_nonzeros() < HIPO_FROM_NONZEROS => Method::Ipx,
        Method::Auto => Method::Hipo,
        chosen => chosen,
    }
}

/// A method and those that are tried where it comes to nothing. An interior point method may stop
/// without progress; the other one seldom does so on the same program, and on a large one it is
/// several times quicker than the simplex method.
fn attempts(method: Method) -> Vec<Method> {
    let attempts: &[Method] = match method {
        Method::Hipo => &[Method::Hipo, Method::Ipx, Method::Simplex],
        Method::Ipx => &[Method::Ipx, Method::Hipo, Method::Simplex],
        Method::Auto | Method::Simplex | Method::Race => &[Method::Simplex],
    };
    let is_there = |attempt: &Method| *attempt != Method::Hipo || has_hipo();
    attempts.iter().copied().filter(is_there).collect()
}

impl Instance<'_> {
    /// Runs the solver; returns the method that found the optimum.
    pub(crate) fn run(&mut self, method: Method) -> Result<Method, SolveError> {
        for (at, attempt) in attempts(method).iter().enumerate() {
            if at > 0 {
                self.forget_basis();
            }
            if self.attempt(*attempt)? {
                return Ok(*attempt);
            }
        }
        Err(SolveError::Stopped("no method found an optimum".to_owned()))
    }

    /// Runs one method; false if it came to nothing, so that another may be tried.
    fn attempt(&mut self, method: Method) -> Result<bool, SolveError> {
        let (solver, cleaning) = match method {
            Method::Ipx => ("ipx", LONGEST_CLEANING),
            Method::Hipo => ("hipo", LONGEST_CLEANING),
            Method::Auto | Method::Simplex | Method::Race => ("simplex", i32::MAX),
        };
        self.model().set_option("solver", solver);
        self.model().set_option("simplex_iteration_limit", cleaning);
        if method == Method::Hipo {
            // the same sums in the same order on one thread and on more
            self.model().set_option("hipo_parallel_force", ALL_TECHNIQUES);
        }
        match self.run_once()? {
            sys::kHighsModelStatusOptimal | sys::kHighsModelStatusModelEmpty => {
                return Ok(true);
            }
            sys::kHighsModelStatusUnknown
            | sys::kHighsModelStatusSolveError
            | sys::kHighsModelStatusIterationLimit
                if cleaning < i32::MAX =>
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
            assert_eq!(attempts(method).last(), Some(&Method::Simplex));
        }
        assert_eq!(attempts(Method::Hipo).contains(&Method::Hipo), has_hipo());
        assert!(attempts(Method::Hipo).contains(&Method::Ipx));
    }
}
