//! Both solvers on programs solved by hand; every call to HiGHS is made here, also under a memory
//! checker (`./kzleap test-all`).

use std::sync::atomic::AtomicBool;

use kzleap_lp::{Bounds, Lp};
use kzleap_solver::{
    Control, Method, Options, SolveError, break_ties, second_opinion, solve, solve_file,
    version,
};

/// minimise 2x + 3y + 1, x + y >= 4, x <= 3: x = 3, y = 1, cost 10, dual 3.
fn small() -> Lp {
    let mut lp = Lp::default();
    lp.cost_offset = 1.0;
    let x = lp.add_col(2.0, Bounds::between(0.0, 3.0));
    let y = lp.add_col(3.0, Bounds::NON_NEGATIVE);
    lp.push_term(x, 1.0);
    lp.push_term(y, 1.0);
    lp.finish_row(Bounds::at_least(4.0));
    lp
}

#[test]
fn every_method_finds_the_optimum() {
    for method in [Method::Auto, Method::Simplex, Method::Ipx, Method::Hipo, Method::Race] {
        let options = Options { method, ..Options::default() };
        let optimum = solve(&small(), &options, Control::default()).unwrap();
        assert!((optimum.objective - 10.0).abs() < 1e-9);
        assert!((optimum.row_duals[0] - 3.0).abs() < 1e-9);
        assert!(optimum.certificate.certified);
    }
    let (objective, values) = second_opinion(&small()).unwrap();
    assert!((objective - 10.0).abs() < 1e-6);
    assert!((values[0] - 3.0).abs() < 1e-6);
}

#[test]
fn a_basis_starts_a_similar_program() {
    let first = solve(&small(), &Options::default(), Control::default()).unwrap();
    let mut changed = small();
    changed.row_bounds[0] = Bounds::at_least(5.0);
    let options = Options { start: first.basis, ..Options::default() };
    let optimum = solve(&changed, &options, Control::default()).unwrap();
    assert!((optimum.objective - 13.0).abs() < 1e-9);
    assert_eq!(optimum.iterations.simplex, 0, "the basis is still the optimal one");
}

#[test]
fn infeasible_and_unbounded_are_told_apart() {
    let mut infeasible = small();
    infeasible.col_bounds[1] = Bounds::between(0.0, 0.5);
    let solve = |lp: &Lp| solve(lp, &Options::default(), Control::default());
    assert_eq!(solve(&infeasible).unwrap_err(), SolveError::Infeasible);
    let mut unbounded = small();
    unbounded.cost[1] = -1.0;
    assert_eq!(solve(&unbounded).unwrap_err(), SolveError::Unbounded);
    assert_eq!(second_opinion(&infeasible).unwrap_err(), SolveError::Infeasible);
    // no optimum is no opinion, and gives no figure
    assert!(matches!(second_opinion(&unbounded).unwrap_err(), SolveError::Stopped(_)));
}

/// 4 is asked for, x costs 2 and y 3: far bounds change nothing.
#[test]
fn far_bounds_do_not_change_the_second_opinion() {
    for far in [99_999.0, 99_999_999.0, 1e9, 1e12] {
        let mut lp = small();
        lp.col_bounds[0].upper = far;
        lp.row_bounds[0].upper = far;
        let (objective, _) = second_opinion(&lp).unwrap();
        assert!((objective - 9.0).abs() < 1e-6, "{far}: {objective}");
    }
    // what pays is made up to a bound, however far off it is: 1 - 5000
    let mut lp = small();
    lp.col_bounds = vec![Bounds::between(0.0, 5000.0); 2];
    lp.cost = vec![1.0, -1.0];
    let (objective, _) = second_opinion(&lp).unwrap();
    assert!((objective - (1.0 - 5000.0)).abs() < 1e-3, "{objective}");
}

/// Nothing can be chosen, and 4 is asked for.
#[test]
fn a_demand_without_any_column_is_infeasible() {
    let mut lp = Lp::default();
    lp.finish_row(Bounds::at_least(4.0));
    let outcome = solve(&lp, &Options::default(), Control::default());
    assert_eq!(outcome.unwrap_err(), SolveError::Infeasible);
}

/// minimise x + y, 2x + y >= 3.5, x whole: x = 1 costs 1 + 1.5, x = 2 costs 2: x = 2, y = 0.
/// With x fixed the row is not tight (4 > 3.5), so its dual is zero.
#[test]
fn whole_numbers_are_whole() {
    let mut lp = Lp::default();
    let x = lp.add_integer_col(1.0, Bounds::NON_NEGATIVE);
    let y = lp.add_col(1.0, Bounds::NON_NEGATIVE);
    lp.push_term(x, 2.0);
    lp.push_term(y, 1.0);
    lp.finish_row(Bounds::at_least(3.5));
    let optimum = solve(&lp, &Options::default(), Control::default()).unwrap();
    assert!((optimum.objective - 2.0).abs() < 1e-9);
    assert!((optimum.columns[0] - 2.0).abs() < 1e-9);
    assert_eq!(optimum.row_duals[0], 0.0);
    assert!(optimum.certificate.certified);
}

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

#[test]
fn a_set_stop_flag_stops_the_solve() {
    let stop = AtomicBool::new(true);
    for method in [Method::Simplex, Method::Ipx, Method::Race] {
        let control = Control { stop: Some(&stop), log: None };
        let options = Options { method, ..Options::default() };
        let outcome = solve(&larger(), &options, control);
        assert_eq!(outcome.unwrap_err(), SolveError::Interrupted, "{method:?}");
    }
}

/// The one that loses the race is stopped by the one that wins, while it calls back.
#[test]
fn all_methods_agree_on_a_larger_program() {
    let solve = |method| {
        let options = Options { method, ..Options::default() };
        solve(&larger(), &options, Control::default()).unwrap().objective
    };
    let simplex = solve(Method::Simplex);
    for method in [Method::Ipx, Method::Hipo, Method::Race] {
        assert!((solve(method) / simplex - 1.0).abs() < 1e-9, "{method:?}");
    }
}

/// minimise x + 2y, x + y >= 3, x <= 2: x = 2, y = 1, cost 4.
#[test]
fn a_file_is_read_and_solved() {
    let text = "NAME small\nROWS\n N cost\n G need\nCOLUMNS\n x cost 1 need 1\n \
                y cost 2 need 1\nRHS\n RHS need 3\nBOUNDS\n UP BND x 2\nENDATA\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.mps");
    std::fs::write(&path, text).unwrap();
    let (objective, _) = solve_file(&path).unwrap();
    assert!((objective - 4.0).abs() < 1e-9);
    for (name, why) in [("none.mps", "cannot be read"), ("a\0b.mps", "a path with a zero byte")]
    {
        let error = solve_file(&folder.path().join(name)).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn the_version_is_a_number_with_dots() {
    assert!(version().split('.').all(|part| part.parse::<u32>().is_ok()), "{}", version());
}

#[test]
fn the_log_reaches_whoever_asked() {
    let lines = std::sync::Mutex::new(Vec::new());
    let keep = |line: &str| lines.lock().unwrap().push(line.to_owned());
    let control = Control { stop: None, log: Some(&keep) };
    solve(&small(), &Options::default(), control).unwrap();
    assert!(lines.lock().unwrap().iter().any(|line| line.contains("HiGHS")));
}

/// minimise x + y + 2z, x + y + z >= 4: every x + y = 4 costs 4. With weights 1, 3, 1 the least
/// sum among them is x = 4; with weights 3, 1, 1 it is y = 4, whatever the method found first.
#[test]
fn ties_are_broken_by_the_weights() {
    let mut lp = Lp::default();
    let cols: Vec<_> =
        [1.0, 1.0, 2.0].iter().map(|cost| lp.add_col(*cost, Bounds::NON_NEGATIVE)).collect();
    for col in &cols {
        lp.push_term(*col, 1.0);
    }
    lp.finish_row(Bounds::at_least(4.0));
    for method in [Method::Simplex, Method::Ipx] {
        let options = Options { method, ..Options::default() };
        for (weights, expected) in
            [([1.0, 3.0, 1.0], [4.0, 0.0, 0.0]), ([3.0, 1.0, 1.0], [0.0, 4.0, 0.0])]
        {
            let optimum = solve(&lp, &options, Control::default()).unwrap();
            let chosen = break_ties(&lp, optimum, &weights, Control::default()).unwrap();
            assert!(chosen.certificate.certified);
            for (found, by_hand) in chosen.columns.iter().zip(expected) {
                assert!((found - by_hand).abs() < 1e-9, "{:?}", chosen.columns);
            }
        }
    }
}

/// 2 GW are asked for, in units of 1e-9 GW at 1 each or ready at 2e9 a GW: two thousand million
/// units cost 2e9, all of it ready 4e9.
#[test]
fn a_tiny_coefficient_of_a_whole_number_is_not_lost() {
    let mut lp = Lp::default();
    let new = lp.add_col(0.0, Bounds::NON_NEGATIVE);
    let units = lp.add_integer_col(1.0, Bounds::NON_NEGATIVE);
    let ready = lp.add_col(2e9, Bounds::NON_NEGATIVE);
    lp.push_term(new, 1.0);
    lp.push_term(units, -1e-9);
    lp.finish_row(Bounds::exactly(0.0));
    lp.push_term(new, 1.0);
    lp.push_term(ready, 1.0);
    lp.finish_row(Bounds::at_least(2.0));
    let optimum = solve(&lp, &Options::default(), Control::default()).unwrap();
    assert!((optimum.objective - 2e9).abs() < 1.0, "{}", optimum.objective);
    assert!(optimum.certificate.certified);
    assert!(optimum.integer_gap.unwrap() <= 1e-9);
}

/// The same without whole numbers, and the dual of the row in its own unit: one more GW of the
/// first row costs 1e9 units.
#[test]
fn duals_of_a_row_with_a_tiny_coefficient_are_those_of_the_row() {
    let mut lp = Lp::default();
    let x = lp.add_col(1.0, Bounds::NON_NEGATIVE);
    lp.push_term(x, 1e-9);
    lp.finish_row(Bounds::at_least(2.0));
    let optimum = solve(&lp, &Options::default(), Control::default()).unwrap();
    assert!((optimum.columns[0] / 2e9 - 1.0).abs() < 1e-12);
    assert!((optimum.row_duals[0] / 1e9 - 1.0).abs() < 1e-12);
    assert!(optimum.certificate.certified);
    assert_eq!(optimum.integer_gap, None);
}

/// 1 GW from units of a million GW: a millionth of a unit is not a whole number, so one unit is
/// built, at 5; HiGHS takes a millionth for none.
#[test]
fn a_millionth_of_a_unit_is_not_whole() {
    let mut lp = Lp::default();
    let units = lp.add_integer_col(5.0, Bounds::NON_NEGATIVE);
    let spill = lp.add_col(0.0, Bounds::NON_NEGATIVE);
    lp.push_term(units, 1e6);
    lp.push_term(spill, -1.0);
    lp.finish_row(Bounds::exactly(1.0));
    let optimum = solve(&lp, &Options::default(), Control::default()).unwrap();
    assert!((optimum.objective - 5.0).abs() < 1e-6, "{}", optimum.objective);
    assert!(optimum.certificate.certified);
}

#[test]
fn numbers_that_the_solver_would_take_for_others_are_refused() {
    let mut lp = small();
    lp.row_bounds[0] = Bounds::at_least(1e21);
    let error = solve(&lp, &Options::default(), Control::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 0 is held to 1e21: a solver takes 1e20 and more for infinite; give it a sensible size"
    );
}

/// Two demands, each with a plant and a fuel of its own that makes half of it: 1e5 and `small`.
fn large_and(small: f64) -> Lp {
    let mut lp = Lp::default();
    for demand in [1e5, small] {
        let made = lp.add_col(2.0, Bounds::NON_NEGATIVE);
        let fuel = lp.add_col(1.0, Bounds::NON_NEGATIVE);
        lp.push_term(made, 1.0);
        lp.finish_row(Bounds::at_least(demand));
        lp.push_term(fuel, 0.5);
        lp.push_term(made, -1.0);
        lp.finish_row(Bounds::at_least(0.0));
    }
    lp
}

/// The basis of the program without the small demand leaves it out, and the solver's tolerance
/// lets it: what is missing is added. One unit costs 2 + 2 · 1 = 4.
#[test]
fn what_the_tolerance_leaves_out_is_added() {
    let solve = |lp: &Lp, options: &Options| solve(lp, options, Control::default()).unwrap();
    let without = solve(&large_and(0.0), &Options::default());
    for small in [1e-6, 1.8e-7, 1e-9] {
        let start = Options { start: without.basis.clone(), ..Options::default() };
        for options in [Options::default(), start] {
            let optimum = solve(&large_and(small), &options);
            assert!(optimum.certificate.certified, "{small}: {:?}", optimum.certificate);
            let close = |found: f64, by_hand: f64| (found / by_hand - 1.0).abs() < 1e-9;
            assert!(close(optimum.columns[2], small), "{small}: {:?}", optimum.columns);
            assert!(close(optimum.columns[3], 2.0 * small), "{small}: {:?}", optimum.columns);
            assert!(close(optimum.row_duals[2], 4.0), "{small}: {:?}", optimum.row_duals);
        }
    }
}
