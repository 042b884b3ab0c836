//! Programs with whole numbers: searched by HiGHS, then fixed and solved as an LP.

use kzleap_lp::Lp;

use crate::highs::{Hand, Instance};
use crate::solve::solve_by;
use crate::{Control, Method, Optimum, Options, SolveError};

/// How close to whole a number must be: HiGHS's own tolerance, then one that tells a millionth of a
/// unit from none.
const WHOLE: [f64; 2] = [1e-6, 1e-9];

/// Solves a program with whole numbers. Its duals are those of the LP with the whole numbers
/// fixed.
///
/// Where rounding away what HiGHS takes for whole leaves no plan, or another cost, the search is
/// run once more with the strict tolerance.
pub(crate) fn solve(
    lp: &Lp,
    options: &Options,
    control: Control<'_>,
) -> Result<Optimum, SolveError> {
    match search(lp, options, &control, WHOLE[0]) {
        Ok(optimum) if !optimum.certificate.certified => {}
        Err(SolveError::Stopped(_)) => {}
        done => return done,
    }
    search(lp, options, &control, WHOLE[1])
}

fn search(
    lp: &Lp,
    options: &Options,
    control: &Control<'_>,
    tolerance: f64,
) -> Result<Optimum, SolveError> {
    let mut highs = Instance::new(options, Hand::of(*control))?;
    highs.model().set_option("mip_feasibility_tolerance", tolerance);
    highs.pass(lp)?;
    highs.run(Method::Simplex)?;
    let whole = highs.optimum(lp, Method::Simplex);
    let bound = highs.integer_bound();
    let fixed = lp.with_integers_fixed(&whole.columns);
    let left = Options { alternatives: false, start: None, ..options.clone() };
    let solved = solve_by(Method::Simplex, &fixed, &left, Hand::of(*control));
    let mut optimum = solved.map_err(|error| match error {
        SolveError::Infeasible => SolveError::Stopped(
            "the numbers that must be whole are so only within its tolerance".to_owned(),
        ),
        other => other,
    })?;
    let (objective, costs) = (optimum.certificate.objective, optimum.certificate.costs);
    let above = |bound: f64| {
        let above = (objective - bound).max(0.0);
        if above > 0.0 { above / costs } else { above }
    };
    let mut gap = above(bound);
    if gap > options.certified_gap() {
        // presolve drops tiny costs, and then the bound says little; that of the program without
        // whole numbers is calculated anew
        let mut relaxed = lp.clone();
        relaxed.integers.clear();
        let relaxed = crate::solve(&relaxed, &Options::default(), *control)?.certificate;
        if relaxed.certified {
            gap = gap.min(above(relaxed.objective));
        }
    }
    // a comparison with NaN is false: without a bound nothing is certified
    optimum.certificate.certified &= gap <= options.certified_gap();
    Ok(Optimum { integer_gap: Some(gap), basis: None, ..optimum })
}
