//! Figures said to be unique are the same in every plan of the same cost.

use kzleap_accounts::Accounts;
use kzleap_generator::{Size, national};
use kzleap_study::formulation::formulate;
use kzleap_study::model::{Model, Solution};
use kzleap_study::solver::{Control, Method, Options, solve};
use kzleap_tests::{assert_close, model};
use proptest::prelude::*;

fn alternatives(method: Method) -> Options {
    Options { method, alternatives: true, ..Options::default() }
}

/// Coal power and its twin may share the 18 PJ as they like; what they make together, the gas
/// plant's 18 PJ and the price are the same in every plan (`two_plants_and_a_cap` in textbook.rs).
#[test]
fn twins_may_trade_places() {
    let mut model = model("two-plants", None);
    let mut twin =
        model.processes[model.processes.position(|p| p.name == "coal_plant").unwrap()].clone();
    twin.name = "twin".to_owned();
    let mut own = model.capacities[twin.capacity.unwrap()].clone();
    own.name = "twin".to_owned();
    twin.capacity = Some(model.capacities.push(own));
    model.processes.push(twin);

    let plan = kzleap_study::optimise(&model, &alternatives(Method::Auto), Control::default())
        .unwrap();
    let other = plan.solution.alternative.as_deref().expect("it was asked for");
    let made = |solution: &Solution, name: &str| {
        let process = model.processes.position(|p| p.name == name).unwrap();
        solution.activity[process.get()].sum()
    };
    assert!(
        (made(&plan.solution, "twin") - made(other, "twin")).abs() > 0.1,
        "twins may differ"
    );
    for solution in [&plan.solution, other] {
        assert_close("both", made(solution, "coal_plant") + made(solution, "twin"), 18.0);
        assert_close("gas", made(solution, "gas_plant"), 18.0);
        assert_close("carbon price", solution.emission_price[0][0], 46.875);
        assert_close("cost", Accounts::new(&model, solution).total_cost(), 350.0);
    }
}

const SMALL: Size = Size { regions: 2, seasons: 2, blocks: 4, years: 4, variants: 2 };

/// Two methods that come to different plans agree in everything said to be unique. Both plans are
/// within the solver's tolerances, so small numbers differ by a little more than those.
fn assert_agreed(seed: u64) {
    let model: Model = national(SMALL, seed);
    let formulation = formulate(&model);
    let lp = &formulation.lp;
    let found = solve(lp, &alternatives(Method::Simplex), Control::default())
        .expect("it has an optimum");
    let other =
        solve(lp, &alternatives(Method::Ipx), Control::default()).expect("it has an optimum");
    let change = found.alternatives.expect("it was asked for");
    let same = |a: f64, b: f64| (a - b).abs() < 1e-5 * (1.0 + a.abs());
    let mut unique = 0;
    for (col, key) in formulation.columns() {
        let (a, b) = (found.columns[col.get()], other.columns[col.get()]);
        if change.columns[col.get()] == 0.0 {
            unique += 1;
            assert!(same(a, b), "seed {seed}, {key:?}: {a} or {b}");
        }
    }
    assert!(unique * 2 > lp.num_cols(), "seed {seed}: only {unique} of {}", lp.num_cols());
    for (row, change) in change.row_duals.iter().enumerate() {
        let (a, b) = (found.row_duals[row], other.row_duals[row]);
        assert!(*change != 0.0 || same(a, b), "seed {seed}, row {row}: {a} or {b}");
    }
}

/// A dual may change by less than a thousand-millionth of the largest change, and is not unique
/// all the same.
#[test]
fn a_small_change_is_one() {
    assert_agreed(405);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn another_plan_agrees_in_what_is_unique(seed in 0_u64..1000) {
        assert_agreed(seed);
    }
}
