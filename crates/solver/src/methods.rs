//! Which algorithm solves a program, and which come after it if it fails.

use highs_sys as sys;
use kzleap_lp::Lp;

use crate::highs::{Instance, Presolved, has_hipo};
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

/// The same where HiPO works beside, which is sooner there than IPX.
const STEPS_FOR_A_ROOT_BESIDE_HIPO: f64 = 90.0;

/// Multiplications for each nonzero below which a factor is light. Generated models have 13 to 110
/// and are solved by HiPO in a third to a half of the time of IPX; Kazakhstan has 260 to 1,260, published
/// OSeMOSYS models that are slow by HiPO 1,800 and more.
const LIGHT_FACTOR: f64 = 170.0;

/// The method asked for; `Auto` where the size after presolve decides.
pub(crate) fn chosen_method(lp: &Lp, options: &Options) -> Method {
    match options.method {
        Method::Auto if lp.num_nonzeros() < SIMPLEX_BELOW_NONZEROS => Method::Simplex,
        chosen => chosen,
    }
}

/// How a program is solved where its size alone does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// By the simplex method.
    Simplex,
    /// By the simplex method if it takes no more than so many steps, otherwise by the other one.
    Beside(i64, Method),
}

/// The plan for what presolve leaves; the multiplications of [`factor`](crate::factor) are asked
/// for where they decide.
///
/// A program is easy for the simplex method or it is not: published OSeMOSYS models took 0.3 to
/// 0.5 steps for each row that presolve leaves, and a tenth to a fifth of the time of IPX; others
/// took more than one step a row, and several times as long. The time of the first steps grows with
/// the square of their number, so a number that grows with the root of the rows takes a time in
/// proportion to the rows. That of an interior point method grows faster: it seldom has to wait,
/// however large the program (docs/src/performance.md).
///
/// Which interior point method: HiPO factorises, and is two to three times faster than IPX where
/// that is little work; IPX iterates instead, and is faster where it is much.
pub(crate) fn plan(presolved: &Presolved, multiplications: impl FnOnce() -> f64) -> Plan {
    if presolved.rows_of_nonzeros.len() < SIMPLEX_BELOW_PRESOLVED {
        return Plan::Simplex;
    }
    let light = has_hipo() && multiplications() < LIGHT_FACTOR;
    let (steps, method) = if light {
        (STEPS_FOR_A_ROOT_BESIDE_HIPO, Method::Hipo)
    } else {
        (STEPS_FOR_A_ROOT, Method::Ipx)
    };
    let root = f64::from(presolved.rows.max(0)).sqrt();
    Plan::Beside((steps * root) as i64, method)
}

/// A method with its options.
#[derive(Clone, Copy)]
pub(crate) struct Chosen {
    pub(crate) method: Method,
    /// HiPO is to factorise the augmented system, whose factor is light; otherwise it chooses.
    pub(crate) augmented: bool,
}

impl From<Method> for Chosen {
    fn from(method: Method) -> Self {
        Self { method, augmented: false }
    }
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
    pub(crate) fn run(&mut self, chosen: impl Into<Chosen>) -> Result<Method, SolveError> {
        let Chosen { method, augmented } = chosen.into();
        if augmented {
            self.model().set_option("hipo_system", "augmented");
        }
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
    pub(crate) fn attempt(
        &mut self,
        method: Method,
        most_steps: i32,
    ) -> Result<bool, SolveError> {
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
        let planned = |nonzeros: usize, multiplications: f64| {
            let presolved = Presolved {
                rows: 40_000,
                starts: vec![0],
                rows_of_nonzeros: vec![0; nonzeros],
            };
            plan(&presolved, || multiplications)
        };
        assert_eq!(planned(60_000, 10.0), Plan::Simplex, "as many as it takes");
        assert_eq!(planned(160_000, 1_000.0), Plan::Beside(26_000, Method::Ipx));
        assert_eq!(planned(2_000_000, f64::INFINITY), Plan::Beside(26_000, Method::Ipx));
        let light = planned(160_000, 10.0);
        if has_hipo() {
            assert_eq!(light, Plan::Beside(18_000, Method::Hipo));
        } else {
            assert_eq!(light, Plan::Beside(26_000, Method::Ipx));
        }
    }
}
