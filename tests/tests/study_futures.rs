//! Plans for several futures, beside programs solved apart from us (`../shared/oracles/studies`, T06
//! to T15), where they lie; and laws of them on small models of chance. Their TWh are our PJ, and so
//! their USD/MWh our USD/GJ.

use kzleap_study::model::Model;
use kzleap_study::solver::SolveError;
use kzleap_study::{
    Criterion, FirstDecisions, Future, FuturesPlan, NoFuturesPlan, carried_out,
    first_decisions, plan_futures,
};
use kzleap_tests::by_hand::{ONE_YEAR, read};
use kzleap_tests::oracle::{number, oracle};
use kzleap_tests::outside::oracles;
use proptest::prelude::*;
use serde_json::Value;

/// After every year: all that is built is decided before the future is known.
const NEVER: i32 = 9999;

fn study(id: &str) -> Option<Value> {
    Some(oracle(&oracles("studies")?, id))
}

fn close(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

#[track_caller]
fn same(found: f64, wanted: f64) {
    assert!(close(found, wanted), "{found}, must be {wanted}");
}

fn objective(study: &Value, case: &str) -> f64 {
    number(&study["cases"][case]["expected"]["objective"])
}

fn column(study: &Value, case: &str, name: &str) -> f64 {
    number(&study["cases"][case]["expected"]["columns"][name])
}

fn plan(
    models: &[Model],
    probability: &[f64],
    known: i32,
    criterion: &Criterion,
) -> Result<FuturesPlan, NoFuturesPlan> {
    let futures = models.iter().zip(probability);
    let futures: Vec<Future<'_>> =
        futures.map(|(model, p)| Future { model, probability: *p }).collect();
    let plan =
        plan_futures(&futures, known, criterion, &Default::default(), Default::default())?;
    assert!(plan.certified);
    Ok(plan)
}

fn best(models: &[Model]) -> Vec<f64> {
    let of = |model| first_decisions(model, NEVER, &Default::default(), Default::default());
    models.iter().map(|model| of(model).expect("it has a plan").1).collect()
}

fn alone(model: &Model, known: i32) -> FirstDecisions {
    let (options, control) = (Default::default(), Default::default());
    first_decisions(model, known, &options, control).expect("it has a plan").0
}

fn follow(model: &Model, first: &FirstDecisions) -> Result<f64, SolveError> {
    carried_out(model, first, &Default::default(), Default::default())
}

fn expected(values: &[f64], probability: &[f64]) -> f64 {
    values.iter().zip(probability).map(|(value, p)| value * p).sum()
}

/// What is built of a plant, in its first year of building.
fn built(plan: &FirstDecisions, plant: &str, year: i32) -> f64 {
    let name = format!("new_capacity[land,{plant},{year}]");
    *plan.get(&name).unwrap_or_else(|| panic!("no {name} in {plan:?}"))
}

/// A demand that is met exactly, of so much a year.
fn demand(years: &str, pj: f64) -> String {
    format!(
        "{years}[commodities.electricity]\nbalance = \"exact\"\n\
         [demands.electricity]\nland = {{ annual = {pj} }}\n"
    )
}

/// A plant that is built at a cost a year, with its cost of running, and at most so much.
fn built_plant(name: &str, a_year: f64, running: f64, most: Option<f64>) -> String {
    let most = most.map_or(String::new(), |most| {
        format!("max_capacity = {{ value = {most}, unit = \"PJ/a\" }}\n")
    });
    format!(
        "[processes.{name}]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 40\n\
         capital_cost = 0\nvariable_cost = {running}\n{most}\
         fixed_cost = {{ value = {a_year}, unit = \"MUSD/(PJ/a)/a\" }}\n"
    )
}

/// What fills the rest at a cost.
fn fuel(name: &str, cost: &str) -> String {
    format!("[processes.{name}]\noutput = \"electricity\"\nvariable_cost = {cost}\n")
}

/// T06: the plan of least largest regret is a mixture of none of the plans of perfect foresight.
#[test]
fn the_largest_regret_agrees() {
    let Some(study) = study("T06") else { return };
    let future = |gas: &str| {
        let wind = built_plant("wind", 60.0, 0.0, Some(8.0));
        read(&[&demand(ONE_YEAR, 10.0), &wind, &fuel("gas", gas)])
    };
    let models = ["40", "70", "100"].map(future);
    let best = best(&models);
    for (found, case) in best.iter().zip(["best_low", "best_middle", "best_high"]) {
        same(*found, objective(&study, case));
    }
    let third = [1.0 / 3.0; 3];
    let regret = Criterion::LargestRegret { best: best.clone() };
    let found = plan(&models, &third, NEVER, &regret).expect("a plan");
    same(found.objective, objective(&study, "minimax_regret"));
    same(built(&found.first, "wind", 2030), column(&study, "minimax_regret", "wind"));
    let derived = ["low", "middle", "high"].map(|name| {
        let figures = study["derived"].as_array().expect("figures").iter();
        let wanted = format!("regret in {name}");
        let mut of = figures.filter(|figure| figure["name"] == wanted.as_str());
        number(&of.next().expect("a figure")["value"])
    });
    for ((cost, best), wanted) in found.costs.iter().zip(&best).zip(derived) {
        same(cost - best, wanted);
    }
    for (found, wanted) in found.weights.iter().zip([2.0 / 3.0, 0.0, 1.0 / 3.0]) {
        same(*found, wanted);
    }
    let worst = plan(&models, &third, NEVER, &Criterion::LargestCost).expect("a plan");
    same(worst.objective, objective(&study, "minimax_cost"));
    same(built(&worst.first, "wind", 2030), 8.0);
}

/// T08: a plan that cannot meet a future fails there; where demand may go unserved, it may not.
#[test]
fn a_plan_that_fails_in_a_future_is_said_to() {
    let Some(study) = study("T08") else { return };
    let future = |pj: f64, more: &str| {
        read(&[&demand(ONE_YEAR, pj), &built_plant("plant", 50.0, 20.0, None), more])
    };
    let must = [future(8.0, ""), future(12.0, "")];
    let of_low = alone(&must[0], NEVER);
    same(follow(&must[0], &of_low).expect("a plan"), objective(&study, "plan8_future8"));
    assert_eq!(follow(&must[1], &of_low), Err(SolveError::Infeasible));
    let regret = |models: &[Model; 2]| {
        let criterion = Criterion::LargestRegret { best: best(models) };
        plan(models, &[0.5, 0.5], NEVER, &criterion).expect("a plan")
    };
    let found = regret(&must);
    same(found.objective, objective(&study, "minimax"));
    same(built(&found.first, "plant", 2030), 12.0);
    let unserved = fuel("unserved", "500");
    let may = [future(8.0, &unserved), future(12.0, &unserved)];
    let found = regret(&may);
    same(found.objective, objective(&study, "minimax_unserved"));
    let build = column(&study, "minimax_unserved", "build");
    same(built(&found.first, "plant", 2030), build);
    same(
        follow(&may[1], &alone(&may[0], NEVER)).expect("a plan"),
        objective(&study, "plan8_future12_unserved"),
    );
}

/// T09 and T11: how large a plant before demand is known; what is a gain of knowing, and of reckoning
/// with several futures, may be nothing, and the plan for the mean may fail.
#[test]
fn two_stages_agree() {
    let (Some(t09), Some(t11)) = (study("T09"), study("T11")) else { return };
    let future = |pj: f64, imports: bool| {
        let import = if imports { fuel("import", "120") } else { String::new() };
        read(&[&demand(ONE_YEAR, pj), &built_plant("plant", 50.0, 20.0, None), &import])
    };
    for (study, demands, p, prefix, evpi, vss) in [
        (&t09, [6.0, 10.0, 14.0], [0.3, 0.5, 0.2], "", 100.0, 8.0),
        (&t11, [8.0, 10.0, 12.0], [0.25, 0.5, 0.25], "sym_", 50.0, 0.0),
    ] {
        let models = demands.map(|pj| future(pj, true));
        let found = plan(&models, &p, NEVER, &Criterion::Expected).expect("a plan");
        let stochastic = objective(study, &format!("{prefix}stochastic"));
        same(found.objective, stochastic);
        same(built(&found.first, "plant", 2030), 10.0);
        same(expected(&found.costs, &p), stochastic);
        same(stochastic - expected(&best(&models), &p), evpi);
        let of_mean = alone(&future(expected(&demands, &p), true), NEVER);
        let carried: Vec<f64> =
            models.iter().map(|model| follow(model, &of_mean).expect("a plan")).collect();
        same(expected(&carried, &p) - stochastic, vss);
    }
    // without imports the plan for the mean cannot meet the third future
    let must = [6.0, 10.0, 14.0].map(|pj| future(pj, false));
    let of_mean = alone(&future(9.6, false), NEVER);
    assert_eq!(follow(&must[2], &of_mean), Err(SolveError::Infeasible));
    let found = plan(&must, &[0.3, 0.5, 0.2], NEVER, &Criterion::Expected).expect("a plan");
    same(found.objective, objective(&t11, "must_meet_stochastic"));
}

/// T10: two periods, discounted; waiting until the price is known has a worth.
#[test]
fn two_stages_over_years_agree() {
    let Some(study) = study("T10") else { return };
    let future = |later: f64| {
        read(&[&format!(
            "[time]\nyears = [2030, 2032]\nhorizon_end = 2033\n[finance]\n\
             discount_rate = 0.1025\nbase_year = 2030\n\
             [commodities.electricity]\n[demands.electricity]\nland = {{ annual = 10 }}\n\
             [processes.gas]\noutput = \"electricity\"\n\
             variable_cost = {{ 2030 = 70, 2031 = 70, 2032 = {later} }}\n\
             [processes.wind]\noutput = \"electricity\"\ncapacity = \"PJ/a\"\nlife = 10\n\
             capital_cost = {{ value = 400, unit = \"MUSD/(PJ/a)\" }}\n"
        )])
    };
    let (models, p) = ([30.0, 110.0].map(future), [0.5, 0.5]);
    let found = plan(&models, &p, 2032, &Criterion::Expected).expect("a plan");
    same(found.objective, objective(&study, "stochastic"));
    same(built(&found.first, "wind", 2030), 0.0);
    let best = best(&models);
    for (found, case) in best.iter().zip(["foresight_low", "foresight_high"]) {
        same(*found, objective(&study, case));
    }
    let of_mean = alone(&future(70.0), 2032);
    let carried: Vec<f64> =
        models.iter().map(|model| follow(model, &of_mean).expect("a plan")).collect();
    same(expected(&carried, &p), objective(&study, "result_of_expected_value_plan"));
}

/// T12: the later the price is known, the more it costs; the stated year is after it is known.
#[test]
fn the_year_of_knowing_agrees() {
    let Some(study) = study("T12") else { return };
    let future = |last: f64| {
        let years = "[time]\nyears = [2030, 2031, 2032, 2033]\nhorizon_end = 2033\n\
                     [finance]\ndiscount_rate = 0.0\n";
        let gas = format!("{{ 2030 = 35, 2032 = 35, 2033 = {last} }}");
        let wind = built_plant("wind", 40.0, 0.0, None)
            + "max_new_capacity = { value = 3, unit = \"(PJ/a)/a\" }\n";
        read(&[&demand(years, 10.0), &fuel("gas", &gas), &wind])
    };
    let models = [20.0, 120.0].map(future);
    for year in 2030..=2034 {
        let found = plan(&models, &[0.5, 0.5], year, &Criterion::Expected).expect("a plan");
        let case = format!("known_{year}");
        same(found.objective, objective(&study, &case));
        for before in 2030..year {
            let wanted = column(&study, &case, &format!("b{before}"));
            same(built(&found.first, "wind", before), wanted);
        }
    }
}

/// T14 and T15: between expected cost and risk the plan changes in steps; a limit on risk has a
/// price, and below the least risk there is no plan.
#[test]
fn risk_agrees() {
    let (Some(t14), Some(t15)) = (study("T14"), study("T15")) else { return };
    let future = |gas: &str| {
        let near = built_plant("near", 65.0, 0.0, Some(4.0));
        let far = built_plant("far", 80.0, 0.0, Some(4.0));
        read(&[&demand(ONE_YEAR, 10.0), &near, &far, &fuel("gas", gas)])
    };
    let (models, p, level) = (["40", "70", "100"].map(future), [0.5, 0.3, 0.2], 0.8);
    let both =
        |found: &FuturesPlan| ["near", "far"].map(|plant| built(&found.first, plant, 2030));
    for (case, weight) in
        [("w_0", 0.0), ("w_005", 0.05), ("w_02", 0.2), ("w_06", 0.6), ("w_1", 1.0)]
    {
        let criterion = Criterion::Risk { level, weight };
        let found = plan(&models, &p, NEVER, &criterion).expect("a plan");
        same(found.objective, objective(&t14, case));
        for (found, name) in both(&found).into_iter().zip(["near", "far"]) {
            same(found, column(&t14, case, name));
        }
        same(found.weights.iter().sum(), 1.0);
        // the criterion is that of the costs by future
        let risk = kzleap_study::risk(&found.costs, &p, level).expect("a level").conditional;
        same((1.0 - weight) * expected(&found.costs, &p) + weight * risk, found.objective);
    }
    for (case, most) in [("at_most_900", 900.0), ("at_most_820", 820.0)] {
        let criterion = Criterion::RiskLimit { level, most };
        let found = plan(&models, &p, NEVER, &criterion).expect("a plan");
        same(found.objective, objective(&t15, case));
        same(both(&found)[0], column(&t15, case, "near"));
        same(found.risk_price, -number(&t15["cases"][case]["expected"]["duals"]["risk"]));
    }
    let none = plan(&models, &p, NEVER, &Criterion::RiskLimit { level, most: 770.0 });
    assert_eq!(none, Err(NoFuturesPlan::Solve(SolveError::Infeasible)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Foresight costs no more than one plan for all futures, and that no more than the plan for one
    /// of them or for the mean. The program of all is as the futures one after the other.
    #[test]
    fn knowing_never_costs(
        demands in [5.0..15.0_f64, 5.0..15.0, 5.0..15.0],
        gas in [20.0..90.0_f64, 20.0..90.0, 20.0..90.0],
        plant in 20.0..70.0_f64,
        p in [1.0..5.0_f64, 1.0..5.0, 1.0..5.0],
    ) {
        let future = |pj: f64, gas: f64| {
            let plant = built_plant("plant", plant, 5.0, Some(12.0));
            read(&[&demand(ONE_YEAR, pj), &plant, &fuel("gas", &gas.to_string())])
        };
        let sum: f64 = p.iter().sum();
        let p = p.map(|p| p / sum);
        let models = [0, 1, 2].map(|at| future(demands[at], gas[at]));
        let found = plan(&models, &p, NEVER, &Criterion::Expected).expect("a plan");
        let least = best(&models);
        let slack = 1e-9 * found.objective;
        prop_assert!(expected(&least, &p) <= found.objective + slack);
        prop_assert!(close(expected(&found.costs, &p), found.objective));
        let mean = future(expected(&demands, &p), expected(&gas, &p));
        for other in models.iter().chain([&mean]) {
            let first = alone(other, NEVER);
            let costs: Vec<f64> =
                models.iter().map(|model| follow(model, &first).expect("a plan")).collect();
            prop_assert!(found.objective <= expected(&costs, &p) + slack);
        }
        // known at once, each future has its own plan
        let known = plan(&models, &p, 2030, &Criterion::Expected).expect("a plan");
        prop_assert!(close(known.objective, expected(&least, &p)));
        // no plan has a smaller largest regret, and none a negative one
        let criterion = Criterion::LargestRegret { best: least.clone() };
        let regret = plan(&models, &p, NEVER, &criterion).expect("a plan");
        let largest = |costs: &[f64]| {
            costs.iter().zip(&least).map(|(cost, best)| cost - best).fold(0.0, f64::max)
        };
        prop_assert!(regret.objective >= -slack);
        prop_assert!((largest(&regret.costs) - regret.objective).abs() <= slack.max(1e-6));
        prop_assert!(regret.objective <= largest(&found.costs) + slack);
    }
}
