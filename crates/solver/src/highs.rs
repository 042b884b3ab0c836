//! HiGHS: the `highs` crate owns the instance; the matrix, the callbacks and the basis go
//! through its C interface.
//!
//! Invariants of the unsafe code: every pointer passed outlives the call, every array is as long
//! as the counts passed with it say, and the callback's data outlives the instance it is set on.
#![expect(unsafe_code, reason = "HiGHS is reached through its C interface")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use highs_sys as sys;
use kzleap_lp::{Lp, Row, Scaling, certify};

use crate::alternatives::Basic;
use crate::outcome::Iterations;
use crate::{Basis, Control, Method, Optimum, Options, SolveError};

/// The version of HiGHS, such as `1.16.0`.
pub fn version() -> String {
    // SAFETY: returns a static C string.
    unsafe { CStr::from_ptr(sys::Highs_version()) }.to_string_lossy().into_owned()
}

/// Whether HiGHS was built with its interior point solver HiPO.
pub fn has_hipo() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let mut model = highs::Model::new(highs::RowProblem::default());
        // SAFETY: the instance is alive, and both strings are C strings.
        let status = unsafe {
            let (name, value) = (c"solver".as_ptr(), c"hipo".as_ptr());
            sys::Highs_setStringOptionValue(model.as_mut_ptr(), name, value)
        };
        status == sys::kHighsStatusOk
    })
}

/// Reads a program from a file (MPS or LP format) and solves it by the simplex method: for
/// comparisons with programs that other tools have written. Returns the objective, without the
/// constant that MPS files leave out, and the seconds the solve took once the file was read.
///
/// # Errors
/// [`SolveError`], also if the file cannot be read.
pub fn solve_file(path: &Path) -> Result<(f64, f64), SolveError> {
    let mut highs = Instance::new(&Options::default(), Hand::default())?;
    let name = CString::new(path.as_os_str().as_encoded_bytes())
        .map_err(|_| SolveError::Stopped("a path with a zero byte".to_owned()))?;
    let raw = highs.model().as_mut_ptr();
    // SAFETY: the instance is alive and the name is a C string that outlives the call.
    let status = unsafe { sys::Highs_readModel(raw, name.as_ptr()) };
    if status == sys::kHighsStatusError {
        return Err(SolveError::Stopped(format!("{} cannot be read", path.display())));
    }
    let start = Instant::now();
    highs.run(Method::Simplex)?;
    let seconds = start.elapsed().as_secs_f64();
    let raw = highs.model().as_mut_ptr();
    // SAFETY: the instance is alive.
    Ok((unsafe { sys::Highs_getObjectiveValue(raw) }, seconds))
}

/// A HiGHS instance with a model in it.
pub(crate) struct Instance<'a> {
    /// `None` only while a solve is running or after it failed.
    model: Option<highs::Model>,
    // boxed, so that its address stays the one HiGHS was given
    hand: Box<Hand<'a>>,
}

/// Who may stop a solve and who hears of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hand<'a> {
    pub(crate) control: Control<'a>,
    pub(crate) over: Option<&'a AtomicBool>,
    /// Most steps of the simplex method, if they are limited; another thread may still be counting
    /// them.
    pub(crate) most_steps: Option<&'a OnceLock<Option<i64>>>,
}

impl<'a> Hand<'a> {
    /// That of the user, and nobody else's.
    pub(crate) fn of(control: Control<'a>) -> Self {
        Self { control, ..Self::default() }
    }

    /// Whether a solve that has taken so many simplex steps is to stop.
    fn stops(&self, steps: i64) -> bool {
        let set = |flag: Option<&AtomicBool>| flag.is_some_and(|f| f.load(Ordering::Relaxed));
        let most = self.most_steps.and_then(|most| most.get().copied().flatten());
        set(self.control.stop) || set(self.over) || most.is_some_and(|most| steps > most)
    }
}

/// What presolve leaves of a program: where its nonzeros stand, column by column.
pub(crate) struct Presolved {
    pub(crate) rows: i32,
    /// Where each column begins among the nonzeros.
    pub(crate) starts: Vec<i32>,
    /// The row of each nonzero.
    pub(crate) rows_of_nonzeros: Vec<i32>,
}

impl<'a> Instance<'a> {
    pub(crate) fn new(options: &Options, hand: Hand<'a>) -> Result<Self, SolveError> {
        let mut model = highs::Model::new(highs::RowProblem::default());
        if let Some(threads) = options.threads.and_then(NonZeroU32::new) {
            model.set_threads(threads);
        }
        if let Some(limit) = options.time_limit {
            model.set_option("time_limit", limit.as_secs_f64());
        }
        model.set_option("run_crossover", "on");
        let gap = options.integer_gap.unwrap_or(1e-9);
        model.set_option("mip_rel_gap", gap);
        model.set_option("mip_abs_gap", 0.0); // the gap is relative: a house costs little
        let hand = Box::new(hand);
        let data = std::ptr::from_ref::<Hand<'_>>(&hand).cast_mut().cast::<c_void>();
        let mut wanted = Vec::new();
        if hand.control.log.is_some() {
            model.set_option("output_flag", true);
            model.set_option("log_to_console", false);
            wanted.push(sys::kHighsCallbackLogging);
        }
        if hand.control.stop.is_some() || hand.over.is_some() || hand.most_steps.is_some() {
            wanted.extend([
                sys::kHighsCallbackSimplexInterrupt,
                sys::kHighsCallbackIpmInterrupt,
                sys::kHighsCallbackMipInterrupt,
            ]);
        }
        let raw = model.as_mut_ptr();
        // SAFETY: `raw` is a live instance; `data` points into a box that is kept beside it.
        unsafe {
            if sys::Highs_setCallback(raw, Some(callback), data) == sys::kHighsStatusError {
                return Err(SolveError::Stopped("callbacks were refused".to_owned()));
            }
            for kind in wanted {
                sys::Highs_startCallback(raw, kind);
            }
        }
        Ok(Self { model: Some(model), hand })
    }

    pub(crate) fn model(&mut self) -> &mut highs::Model {
        self.model.as_mut().expect("no solve is running, and a failed one ends the instance")
    }

    /// Whether no solve has failed in it.
    pub(crate) fn is_there(&self) -> bool {
        self.model.is_some()
    }

    pub(crate) fn pass(&mut self, lp: &Lp) -> Result<(), SolveError> {
        let count = |n: usize| c_int::try_from(n).map_err(|_| SolveError::TooLarge);
        let (cols, rows, nonzeros) =
            (count(lp.num_cols())?, count(lp.num_rows())?, count(lp.num_nonzeros())?);
        let col_lower: Vec<f64> = lp.col_bounds.iter().map(|b| b.lower).collect();
        let col_upper: Vec<f64> = lp.col_bounds.iter().map(|b| b.upper).collect();
        let row_lower: Vec<f64> = lp.row_bounds.iter().map(|b| b.lower).collect();
        let row_upper: Vec<f64> = lp.row_bounds.iter().map(|b| b.upper).collect();
        let starts = lp.starts.iter().map(|s| count(*s)).collect::<Result<Vec<_>, _>>()?;
        let index =
            lp.cols.iter().map(|c| count(c.get())).collect::<Result<Vec<c_int>, _>>()?;
        let mut kinds = Vec::new();
        if !lp.integers.is_empty() {
            kinds.resize(lp.num_cols(), sys::kHighsVarTypeContinuous);
            for col in &lp.integers {
                kinds[col.get()] = sys::kHighsVarTypeInteger;
            }
        }
        let integrality = if kinds.is_empty() { std::ptr::null() } else { kinds.as_ptr() };
        let raw = self.model().as_mut_ptr();
        // SAFETY: each array is as long as the counts say and outlives the call, which copies it.
        let status = unsafe {
            sys::Highs_passMip(
                raw,
                cols,
                rows,
                nonzeros,
                sys::kHighsMatrixFormatRowwise,
                sys::kHighsObjSenseMinimize,
                lp.cost_offset,
                lp.cost.as_ptr(),
                col_lower.as_ptr(),
                col_upper.as_ptr(),
                row_lower.as_ptr(),
                row_upper.as_ptr(),
                starts.as_ptr(),
                index.as_ptr(),
                lp.values.as_ptr(),
                integrality,
            )
        };
        if status == sys::kHighsStatusError {
            return Err(SolveError::Stopped("the program was refused".to_owned()));
        }
        Ok(())
    }

    pub(crate) fn set_basis(&mut self, lp: &Lp, basis: &Basis) {
        if basis.fits(lp) {
            let raw = self.model().as_mut_ptr();
            // SAFETY: the arrays are as long as the program has columns and rows. A basis that
            // does not fit otherwise is refused by HiGHS, which then starts afresh.
            unsafe { sys::Highs_setBasis(raw, basis.columns.as_ptr(), basis.rows.as_ptr()) };
        }
    }

    /// What presolve leaves of the program in it; nothing where presolve ends in an error.
    pub(crate) fn presolved(&mut self) -> Presolved {
        let raw = self.model().as_mut_ptr();
        // SAFETY: the instance is alive; a presolve that ends in an error leaves nothing.
        let (rows, cols, nonzeros) = unsafe {
            sys::Highs_presolve(raw);
            (
                sys::Highs_getPresolvedNumRow(raw),
                sys::Highs_getPresolvedNumCol(raw),
                sys::Highs_getPresolvedNumNz(raw),
            )
        };
        let room = |count: c_int| vec![0; usize::try_from(count).unwrap_or_default()];
        let mut presolved =
            Presolved { rows, starts: room(cols), rows_of_nonzeros: room(nonzeros) };
        let (mut counts, mut offset) = ([0; 4], 0.0);
        let [cols, rows, nonzeros, sense] = &mut counts;
        let none = std::ptr::null_mut();
        // SAFETY: the instance is alive, the arrays are as long as HiGHS has said, and it leaves out
        // those that are null.
        unsafe {
            sys::Highs_getPresolvedLp(
                raw,
                sys::kHighsMatrixFormatColwise,
                cols,
                rows,
                nonzeros,
                sense,
                &raw mut offset,
                none,
                none,
                none,
                none,
                none,
                presolved.starts.as_mut_ptr(),
                presolved.rows_of_nonzeros.as_mut_ptr(),
                none,
                std::ptr::null_mut(),
            );
        }
        presolved
    }

    /// Forgets a basis, which would keep presolve from running.
    pub(crate) fn forget_basis(&mut self) {
        // SAFETY: the instance is alive.
        unsafe { sys::Highs_clearSolver(self.model().as_mut_ptr()) };
    }

    pub(crate) fn run_once(&mut self) -> Result<c_int, SolveError> {
        let model = self.model.take().expect("one solve at a time");
        let solved = model
            .try_solve()
            .map_err(|status| SolveError::Stopped(format!("run status {status:?}")))?;
        self.model = Some(solved.into());
        Ok(self.status())
    }

    /// Whether the last solve took no more simplex steps than it may. Waits until they are known.
    pub(crate) fn within_steps(&mut self) -> bool {
        let most = self.hand.most_steps.and_then(|most| *most.wait());
        most.is_none_or(|most| self.count(c"simplex_iteration_count") <= most)
    }

    pub(crate) fn status(&mut self) -> c_int {
        // SAFETY: the instance is alive.
        unsafe { sys::Highs_getModelStatus(self.model().as_mut_ptr()) }
    }

    pub(crate) fn optimum(&mut self, lp: &Lp, method: Method) -> Optimum {
        let raw = self.model().as_mut_ptr();
        let (mut columns, mut col_duals) = (vec![0.0; lp.num_cols()], vec![0.0; lp.num_cols()]);
        let (mut row_values, mut row_duals) =
            (vec![0.0; lp.num_rows()], vec![0.0; lp.num_rows()]);
        let mut basis = Basis { columns: vec![0; lp.num_cols()], rows: vec![0; lp.num_rows()] };
        // SAFETY: HiGHS writes one number for each column or row into arrays of just that length.
        let (objective, has_basis) = unsafe {
            sys::Highs_getSolution(
                raw,
                columns.as_mut_ptr(),
                col_duals.as_mut_ptr(),
                row_values.as_mut_ptr(),
                row_duals.as_mut_ptr(),
            );
            let status =
                sys::Highs_getBasis(raw, basis.columns.as_mut_ptr(), basis.rows.as_mut_ptr());
            (sys::Highs_getObjectiveValue(raw), status != sys::kHighsStatusError)
        };
        within_bounds(lp, &mut columns, &mut row_duals);
        let certificate = certify(lp, &columns, &row_duals);
        Optimum {
            objective,
            columns,
            row_duals,
            basis: has_basis.then_some(basis),
            method,
            iterations: Iterations {
                simplex: self.count(c"simplex_iteration_count"),
                interior_point: self.count(c"ipm_iteration_count"),
                crossover: self.count(c"crossover_iteration_count"),
            },
            integer_gap: None,
            certificate,
            alternatives: None,
        }
    }

    /// What is in each place of the basis, which HiGHS factorises if it has not yet.
    pub(crate) fn basic_variables(&mut self, lp: &Lp) -> Option<Vec<Basic>> {
        let mut basic: Vec<c_int> = vec![0; lp.num_rows()];
        // SAFETY: HiGHS writes one number for each row into an array of just that length.
        let status = unsafe {
            sys::Highs_getBasicVariables(self.model().as_mut_ptr(), basic.as_mut_ptr())
        };
        let place = |number: c_int| match usize::try_from(number) {
            Ok(col) => Some(Basic::Column(col)),
            Err(_) => usize::try_from(-1 - number).ok().map(Basic::Row),
        };
        if status == sys::kHighsStatusError {
            return None;
        }
        basic.into_iter().map(place).collect()
    }

    /// Solves `B x = right`, or `Bᵀ x = right`, after [`Self::basic_variables`] said what `B` is.
    pub(crate) fn basis_solve(&mut self, right: &[f64], transposed: bool) -> Option<Vec<f64>> {
        let mut found = vec![0.0; right.len()];
        let solve = match transposed {
            false => sys::Highs_getBasisSolve,
            true => sys::Highs_getBasisTransposeSolve,
        };
        let none = std::ptr::null_mut();
        // SAFETY: both arrays are as long as the program has rows; positions of nonzeros, which
        // are not asked for, may be null.
        let status = unsafe {
            solve(self.model().as_mut_ptr(), right.as_ptr(), found.as_mut_ptr(), none, none)
        };
        (status != sys::kHighsStatusError).then_some(found)
    }

    fn count(&mut self, name: &CStr) -> i64 {
        let mut value: c_int = 0;
        // SAFETY: the name is a C string and `value` outlives the call.
        unsafe {
            sys::Highs_getIntInfoValue(
                self.model().as_mut_ptr(),
                name.as_ptr(),
                &raw mut value,
            );
        }
        i64::from(value)
    }

    /// What no choice of whole numbers can go below.
    pub(crate) fn integer_bound(&mut self) -> f64 {
        let mut bound = f64::NEG_INFINITY;
        // SAFETY: the name is a C string and `bound` outlives the call.
        unsafe {
            sys::Highs_getDoubleInfoValue(
                self.model().as_mut_ptr(),
                c"mip_dual_bound".as_ptr(),
                &raw mut bound,
            );
        }
        bound
    }
}

/// Moves what is outside by the solver's tolerance, or by rounding, onto its bound: columns, and
/// duals of sides that are not there or that nothing comes near.
pub(crate) fn within_bounds(lp: &Lp, columns: &mut [f64], row_duals: &mut [f64]) {
    for (value, bounds) in columns.iter_mut().zip(&lp.col_bounds) {
        *value = value.max(bounds.lower).min(bounds.upper);
    }
    let scaling = Scaling::of(lp);
    for (at, dual) in row_duals.iter_mut().enumerate().filter(|(_, dual)| **dual != 0.0) {
        let row = Row(u32::try_from(at).expect("rows fit in u32"));
        let value = lp.row(row).map(|(col, factor)| factor * columns[col.get()]).sum();
        let near = lp.row_bounds[at].near(value, scaling.size_of_row(at));
        let side = if *dual > 0.0 { near.lower } else { near.upper };
        if side.is_infinite() {
            *dual = 0.0;
        }
    }
}

/// Called by HiGHS from within a solve.
unsafe extern "C" fn callback(
    kind: c_int,
    message: *const c_char,
    out: *const sys::HighsCallbackDataOut,
    data_in: *mut sys::HighsCallbackDataIn,
    user: *mut c_void,
) {
    // SAFETY: `user` is the boxed hand set with this callback, alive as long as the instance;
    // HiGHS passes a C string as message, and null or a valid struct as `out` and as `data_in`.
    unsafe {
        let Some(hand) = user.cast::<Hand<'_>>().as_ref() else { return };
        if kind == sys::kHighsCallbackLogging {
            if let (Some(log), false) = (hand.control.log, message.is_null()) {
                log(&CStr::from_ptr(message).to_string_lossy());
            }
        } else if let (Some(out), Some(data_in)) = (out.as_ref(), data_in.as_mut()) {
            let steps = if kind == sys::kHighsCallbackSimplexInterrupt {
                i64::from(out.simplex_iteration_count)
            } else {
                0
            };
            data_in.user_interrupt = c_int::from(hand.stops(steps));
        }
    }
}
