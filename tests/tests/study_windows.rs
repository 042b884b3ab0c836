//! Limited foresight in windows, beside plans calculated apart from us
//! (`../shared/oracles/studies`, T16 to T18), where they lie. Their TWh are our PJ, and so their
//! USD/MWh our USD/GJ.

use kzleap_study::model::Model;
use kzleap_study::solver::SolveError;
use kzleap_study::{NoWindow, WindowedPlan, Windows, optimise_windows};
use kzleap_tests::by_hand::read;
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::oracles;
use kzleap_tests::solve;
use serde_json::Value;

fn study(id: &str) -> Option<Value> {
    Some(oracle(&oracles("studies")?, id))
}

#[track_caller]
fn same(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
        "{found}, must be {wanted}"
    );
}

fn objective(study: &Value, case: &str) -> f64 {
    number(&study["cases"][case]["expected"]["objective"])
}

fn windows(model: &Model, length: usize, kept: usize) -> Result<WindowedPlan, NoWindow> {
    optimise_windows(model, Windows { length, kept }, &Default::default(), Default::default())
}

fn planned(model: &Model, length: usize, kept: usize) -> WindowedPlan {
    let plan = windows(model, length, kept).expect("every window has a plan");
    assert!(plan.windows.iter().all(|window| window.certified));
    plan
}

/// T16: only the payments due within the window count, and those for what was built go on after it.
#[test]
fn payments_beyond_the_window_do_not_count_in_it() {
    let Some(study) = study("T16") else { return };
    for (case, later) in [("steady", 95.0), ("falling", 60.0)] {
        let model = read(&[&format!(
            "[time]\nyears = [2030, 2032]\nhorizon_end = 2033\n[finance]\n\
             discount_rate = 0.1025\nbase_year = 2030\n\
             [commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
             [processes.gas]\noutput = \"electricity\"\n\
             variable_cost = {{ 2030 = 95, 2031 = 95, 2032 = {later} }}\n\
             [processes.wind]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 4\n\
             capital_cost = {{ value = 300, unit = \"MUSD/(PJ/a)\" }}\n\
             max_new_capacity = {{ value = {{ 2030 = 100, 2031 = 100, 2032 = 0 }}, \
             unit = \"(PJ/a)/a\" }}\n"
        )]);
        let found = planned(&model, 1, 1);
        same(found.windows[0].cost, objective(&study, &format!("{case}_window1_payments")));
        same(found.cost, objective(&study, &format!("{case}_built")));
        // a window as long as the horizon is perfect foresight
        let foresight = objective(&study, &format!("{case}_foresight"));
        same(planned(&model, 2, 1).cost, foresight);
        same(planned(&model, 9, 9).cost, foresight);
        same(solve(&model).solution.objective, foresight);
    }
}

/// T17: windows that see the tightening limit begin to build in time; without unserved demand a
/// window has no plan, and says which.
#[test]
fn longer_windows_begin_in_time() {
    let Some(study) = study("T17") else { return };
    let model = |unserved: &str| {
        read(&[&format!(
            "[time]\nyears = [2030, 2031, 2032, 2033]\nhorizon_end = 2033\n\
             [finance]\ndiscount_rate = 0.0\n\
             [commodities.electricity]\nbalance = \"exact\"\n\
             [demands.electricity]\nland = {{ annual = 10 }}\n\
             [processes.coal]\noutput = \"electricity\"\nvariable_cost = 30\n\
             max_activity = {{ value = {{ 2030 = 10, 2031 = 10, 2032 = 4, 2033 = 4 }}, \
             unit = \"PJ\" }}\n\
             [processes.clean]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 40\n\
             capital_cost = 0\nfixed_cost = {{ value = 60, unit = \"MUSD/(PJ/a)/a\" }}\n\
             max_new_capacity = {{ value = 2, unit = \"(PJ/a)/a\" }}\n{unserved}"
        )])
    };
    let may = model("[processes.unserved]\noutput = \"electricity\"\nvariable_cost = 500\n");
    for (length, kept, case) in [
        (1, 1, "plan_length1"),
        (2, 1, "plan_length2_overlap1"),
        (2, 2, "plan_length2_overlap0"),
        (3, 1, "foresight"),
        (4, 1, "foresight"),
    ] {
        let found = planned(&may, length, kept);
        same(found.cost, objective(&study, case));
        let seen = found.windows.len();
        assert_eq!(seen, (4 - length).div_ceil(kept) + 1, "{:?}", found.windows);
    }
    let must = model("");
    let none = windows(&must, 1, 1).expect_err("2032 cannot be met");
    assert_eq!((none.first, none.last), (2032, 2032));
    assert_eq!(none.error, SolveError::Infeasible);
    same(planned(&must, 3, 1).cost, objective(&study, "foresight"));
}

/// T18: of a budget for all years the first windows take what they like, and leave the rest.
#[test]
fn a_budget_is_used_by_who_comes_first() {
    let Some(study) = study("T18") else { return };
    let plants = [("coal", 30, 1000), ("gas", 50, 400), ("wind", 80, 0)].map(|(name, cost, co2)| {
        let emissions = match co2 {
            0 => String::new(),
            co2 => format!("emissions = {{ co2 = {{ value = {co2}, unit = \"kt/PJ\" }} }}\n"),
        };
        format!(
            "[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n{emissions}"
        )
    });
    let model = read(&[
        "[emissions.co2]\n[time]\nyears = [2030, 2031, 2032, 2033]\nhorizon_end = 2033\n\
         [finance]\ndiscount_rate = 0.0\n\
         [commodities.electricity]\nbalance = \"exact\"\n\
         [demands.electricity]\nland = { annual = 10 }\n\
         [emission_caps.all]\nemissions = { co2 = 1 }\nbudget = 20\nfrom = 2030\nto = 2033\n",
        &plants.concat(),
    ]);
    same(planned(&model, 4, 4).cost, objective(&study, "foresight"));
    let first_come =
        2.0 * objective(&study, "first_come_2030") + 2.0 * objective(&study, "first_come_2032");
    same(planned(&model, 1, 1).cost, first_come);
}
