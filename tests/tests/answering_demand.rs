//! Demand that answers to prices, each model solved by hand.
//!
//! Without discounting; costs are in MUSD/PJ, so that prices are read off directly.

use kzleap_accounts::Accounts;
use kzleap_report::tables;
use kzleap_study::formulation::formulate;
use kzleap_study::model::{Model, RegionGroup, RegionIx, Standing, YearIx};
use kzleap_study::resolution::{merge_regions, merge_slices};
use kzleap_study::solver::SolveError;
use kzleap_study::{Plan, RunSpec, dispatch};
use kzleap_tests::by_hand::{GW_YEAR, ONE_YEAR, plant, power_price, read, solved};
use kzleap_tests::{assert_close, capacity, price, solve};

/// A day of two halves.
const HALVES: &str = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
     discount_rate = 0.0\n";
/// PJ that 1 GW makes in half a year.
const HALF: f64 = GW_YEAR / 2.0;

/// 20 PJ: 10 are worth 12, 6 are worth 7 and 4 are worth 4.5. Coal at 3, 0.1 Mt/PJ, 18 PJ at most;
/// gas at 5, 0.04 Mt/PJ, 15 PJ at most.
const MARKET: &str = r#"
[commodities.electricity]
[demands.electricity.land]
annual = 20
steps.homes = { share = 0.5, worth = 12 }
steps.works = { share = 0.3, worth = 7 }
steps.baths = { share = 0.2, worth = 4.5 }
[emissions.co2]
[processes.coal]
output = "electricity"
variable_cost = 3
max_activity = { value = 18, unit = "PJ/a" }
emissions = { co2 = 100 }
[processes.gas]
output = "electricity"
variable_cost = 5
max_activity = { value = 15, unit = "PJ/a" }
emissions = { co2 = 40 }
"#;

fn served(model: &Model, plan: &Plan) -> Vec<f64> {
    let steps = Accounts::new(model, &plan.solution).steps_served();
    steps.iter().map(|step| step.served[0]).collect()
}

/// Under a cap of `limit` Mt: what is minimised, the prices of power and of a tonne, and what is
/// served of each step.
fn under(limit: f64) -> (Model, Plan) {
    let cap = format!("[emission_caps.all]\nemissions = {{ co2 = 1 }}\nlimit = {limit}\n");
    solved(&[ONE_YEAR, MARKET, &cap])
}

/// Loose: coal serves homes, works and 2 of 4 PJ of baths, which set the price; 54 for coal and
/// 2 × 4.5 forgone. At 1.2 Mt homes and works are served by c of coal and 16 - c of gas with
/// 0.1 c + 0.04 (16 - c) = 1.2, so c = 28/3: a tonne is worth (5 - 3) / 0.06. At 0.65 Mt gas makes 15
/// and coal 0.5, and works set the price: a tonne is worth (7 - 3) / 0.1. At 0.3 Mt gas makes 7.5 of
/// the 10 of homes, which set the price: (12 - 5) / 0.04.
#[test]
fn steps_are_served_in_order_of_their_worth() {
    let coal = 28.0 / 3.0;
    for (limit, supply, steps, power, tonne) in [
        (20.0, 54.0, [10.0, 6.0, 2.0], 4.5, 0.0),
        (
            1.2,
            3.0 * coal + 5.0 * (16.0 - coal),
            [10.0, 6.0, 0.0],
            3.0 + 10.0 / 3.0,
            100.0 / 3.0,
        ),
        (0.65, 76.5, [10.0, 5.5, 0.0], 7.0, 40.0),
        (0.3, 37.5, [7.5, 0.0, 0.0], 12.0, 175.0),
    ] {
        let (model, plan) = under(limit);
        let worth: f64 = steps.iter().zip([12.0, 7.0, 4.5]).map(|(q, worth)| q * worth).sum();
        let forgone = 120.0 + 42.0 + 18.0 - worth;
        assert_close("minimised", plan.solution.objective, supply + forgone);
        assert_close("power", power_price(&model, &plan, 0), power);
        assert_close("a tonne", plan.solution.emission_price[0][0], tonne);
        for (found, expected) in served(&model, &plan).into_iter().zip(steps) {
            assert_close("served", found, expected);
        }
        // cost is that of the system alone: it falls where less is served
        let accounts = Accounts::new(&model, &plan.solution);
        let answer = accounts.answer().expect("demand answers");
        assert_close("system cost", accounts.system_cost(), supply);
        assert_close("worth served", answer.served, worth);
        assert_close("worth forgone", answer.forgone, forgone);
        assert_close("all", accounts.total_cost(), plan.solution.objective);
    }
}

/// The loss of surplus under a cap, whichever way it is counted: cost less worth served, or cost and
/// worth forgone. From loose to 1.2 Mt: 61.333 - 54 of cost, and 9 of worth.
#[test]
fn the_loss_is_that_of_surplus() {
    let minimised = |limit| under(limit).1.solution.objective;
    let cost = 3.0 * 28.0 / 3.0 + 5.0 * 20.0 / 3.0;
    assert_close("loss", minimised(1.2) - minimised(20.0), cost - 54.0 + 9.0);
}

/// 12 PJ, 8 by day and 4 by night: 5 of the cheap plant at 2 in each half, the rest at 10, so that
/// power is 10 by day and 2 by night: 22/3 over the profile of the demand.
fn by_day(step: &str) -> (Model, Plan) {
    let demand = format!(
        "[commodities.electricity]\n[profiles.load]\nnight = 1\nday = 2\n\
         [demands.electricity.land]\nannual = 12\nprofile = \"load\"\n{step}\n"
    );
    let plants = [plant("cheap", 5.0 / HALF, 2.0, ""), plant("expensive", 1.0, 10.0, "")];
    solved(&[HALVES, &demand, &plants[0], &plants[1]])
}

/// A quarter that is decided by the year is worth 7, less than its price: 9 PJ are left, 6 by day and
/// 3 by night: 3 × 2 + 5 × 2 + 1 × 10, and 3 × 7 forgone. One that is worth 8 is served: 4 × 2 + 5 × 2
/// + 3 × 10. Decided by slice, that of the day goes unserved at 8, that of the night is served.
#[test]
fn a_step_by_year_keeps_the_profile_and_one_by_slice_does_not() {
    let (model, plan) = by_day("steps.heat = { share = 0.25, worth = 7 }");
    assert_close("forgone", plan.solution.objective, 26.0 + 21.0);
    let balance = |model: &Model, plan: &Plan| -> (Vec<f64>, Vec<f64>) {
        let accounts = Accounts::new(model, &plan.solution);
        let balance = &accounts.balances()[0];
        (balance.demand.column(0).to_vec(), balance.unserved.column(0).to_vec())
    };
    assert_eq!(balance(&model, &plan), (vec![3.0, 6.0], vec![0.0, 0.0]));
    let said = tables::demand_steps::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
    for row in ["heat,year,wanted,PJ/a,2030,3", "heat,year,served,PJ/a,2030,0"] {
        assert!(said.contains(row), "{row} in\n{said}");
    }
    let price = said.lines().find(|line| line.contains(",price,")).expect("a price");
    let price = price.rsplit(',').next().and_then(|value| value.parse().ok());
    assert_close("price over the profile", price.expect("a number"), 22.0 / 3.0);

    let (model, plan) = by_day("steps.heat = { share = 0.25, worth = 8 }");
    assert_close("served", plan.solution.objective, 48.0);
    assert_eq!(served(&model, &plan), [3.0]);

    let (model, plan) = by_day("steps.heat = { share = 0.25, worth = 8, by = \"slice\" }");
    assert_close("unserved", plan.solution.objective, 8.0 + 10.0 + 10.0 + 2.0 * 8.0);
    assert_eq!(balance(&model, &plan), (vec![4.0, 8.0], vec![0.0, 2.0]));
    assert_eq!(served(&model, &plan), [1.0]);
    let accounts = Accounts::new(&model, &plan.solution);
    assert_close("in the cost of the system", accounts.system_cost(), 44.0);
    assert_eq!(accounts.answer(), None);
}

/// Lost load of two sectors: of 2 PJ that are missing by day, works leave 1.5 at 20, which is all that
/// they need then, and homes 0.5 at the price of the commodity.
#[test]
fn sectors_have_their_own_value_of_lost_load() {
    let demand = "[commodities.electricity]\nunserved_cost = 50\n[profiles.load]\nnight = 1\n\
         day = 3\n[branches.works]\ncommodity = \"electricity\"\nannual = 2\nprofile = \"load\"\n\
         flow = \"final/works\"\nsteps.all = { share = 1, worth = 20, by = \"slice\" }\n\
         [branches.homes]\ncommodity = \"electricity\"\nannual = 6\nprofile = \"load\"\n\
         flow = \"final/homes\"\n";
    let (model, plan) = solved(&[HALVES, demand, &plant("old", 4.0 / HALF, 1.0, "")]);
    assert_close("cost", plan.solution.objective, 2.0 + 4.0 + 1.5 * 20.0 + 0.5 * 50.0);
    assert_close("price by day", price(&model, &plan, "electricity", "land", 1, 0), 50.0);
    let all = plan.solution.served(&model);
    assert_close("works", all[0][0], 0.5);
    assert_close("homes", all[1][0], 5.5);
}

/// 10 PJ of gas that is burnt: at 3 and 100 USD for each of 50 kt/PJ it costs 8, and four tenths are
/// worth 7. What is forgone is not burnt.
#[test]
fn what_is_forgone_is_not_burnt() {
    let gas = "[commodities.gas]\ntier = \"annual\"\nemissions = { co2 = 50 }\n[emissions.co2]\n\
         price = 100\n[resources.wells]\ncommodity = \"gas\"\ncost = 3\n[demands.gas.land]\n\
         annual = 10\nsteps.some = { share = 0.4, worth = 7 }\n";
    let (_, plan) = solved(&[ONE_YEAR, gas]);
    assert_close("cost", plan.solution.objective, 6.0 * 8.0 + 4.0 * 7.0);
    assert_close("emitted", plan.solution.emissions[(0, 0, 0)], 0.3);
}

/// Firm power of 1.1 times the load at 1 MUSD/PJ of a full year and running at 2: a PJ costs 3.1.
/// Three tenths of 1 GW that are worth 3.05 need no capacity; worth 3.15 they do.
#[test]
fn firm_power_is_for_what_is_served() {
    let built = |worth: f64| {
        let demand = format!(
            "[commodities.electricity]\n[demands.electricity.land]\nannual = {GW_YEAR}\n\
             steps.some = {{ share = 0.3, worth = {worth} }}\n[reserve_margins.land]\n\
             commodity = \"electricity\"\nmargin = 0.1\n[processes.plant]\n\
             output = \"electricity\"\ncapacity = \"GW\"\nlife = 20\n\
             capital_cost = {}\nvariable_cost = 2\n",
            20.0 * GW_YEAR
        );
        let (model, plan) = solved(&[ONE_YEAR, &demand]);
        let accounts = Accounts::new(&model, &plan.solution);
        let needed = accounts.firmness(model.reserves.iter().next().expect("one"))[0].required;
        (capacity(&model, &plan, "plant", 0).0, needed)
    };
    for (worth, gw) in [(3.05, 0.77), (3.15, 1.1)] {
        let (stands, needed) = built(worth);
        assert_close("GW", stands, gw);
        assert_close("needed", needed, gw);
    }
}

/// 10 PJ at a price of 5, with an elasticity of a half. At 5 the step down to 5.5 is served and that
/// below 5 is not: 10 PJ. At 4, eight tenths, that down to nine tenths is served too (the root of
/// 0.9 × 1 is above 0.8, that of 0.7 × 0.9 below): 10 / 0.9^0.5.
#[test]
fn a_curve_is_met_where_its_steps_are() {
    for (cost, wanted) in [(5.0, 10.0), (4.0, 10.0 / 0.9_f64.sqrt())] {
        let demand = format!(
            "[commodities.electricity]\n[demands.electricity.land]\nannual = 10\n\
             elasticity = 0.5\nreference_price = 5\n{}",
            plant("any", 1.0, cost, "")
        );
        let (model, plan) = solved(&[ONE_YEAR, &demand]);
        assert_close("served", plan.solution.served(&model)[0][0], wanted);
        assert_close("price", power_price(&model, &plan, 0), cost);
    }
}

/// A step that is worth more than any price is firm demand; two halves of a step are the step; and an
/// hour cut in two is an hour.
#[test]
fn laws_of_steps() {
    let cost = |step: &str| by_day(step).1.solution.objective;
    assert_close("firm", cost("steps.all = { share = 0.25, worth = 11 }"), cost(""));
    for by in ["year", "slice"] {
        let step = |name: &str, share: f64| {
            format!("steps.{name} = {{ share = {share}, worth = 7.5, by = \"{by}\" }}\n")
        };
        let halves = step("one", 0.125) + &step("other", 0.125);
        assert_close("halves", cost(&halves), cost(&step("whole", 0.25)));
        let (model, plan) = by_day(&step("whole", 0.25));
        let one = merge_slices(&model, 2).expect("two slices");
        assert_close("as many slices", solve(&one).solution.objective, plan.solution.objective);
    }
}

/// Two regions without a border between them, as one: steps stay with their demands.
#[test]
fn steps_of_regions_together() {
    let step = "annual = 12\nsteps.some = { share = 0.5, worth = 4 }\n";
    let two = format!(
        "[regions.sea]\n[commodities.electricity]\n[demands.electricity.land]\n{step}\
         [demands.electricity.sea]\n{step}{}regions = [\"land\", \"sea\"]\n",
        plant("old", 0.0, 5.0, "")
            .replace(
                "residual_capacity = 0\n",
                "max_activity = { \
         value = 9, unit = \"PJ/a\" }\n"
            )
            .replace("capacity = \"GW\"\n", "")
    );
    let two = read(&[ONE_YEAR, &two]);
    let members = (0..2).map(RegionIx::new).collect();
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let one = merge_regions(&two, &[group]).expect("they are alike");
    for model in [&two, &one] {
        let plan = solve(model);
        assert_close("cost", plan.solution.objective, 12.0 * 5.0 + 12.0 * 4.0);
        assert_eq!(served(model, &plan), [0.0, 0.0]);
    }
}

/// The hours are those of the demand that is left: 9 of 12 PJ. The table of a run says the same as the
/// plan.
#[test]
fn a_dispatch_serves_what_the_plan_does() {
    let (model, plan) = by_day("steps.heat = { share = 0.25, worth = 7 }");
    let csv = tables::demand_steps::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
    let read_back = tables::demand_steps::read(&csv, &model).expect("its own table");
    assert_eq!(read_back, plan.solution.forgone);
    let standing = Standing::new(&model, &plan.solution);
    let (spec, events) = (RunSpec::default(), Default::default());
    let year = dispatch(&model, &standing, YearIx::new(0), &spec, &events);
    let year = year.expect("it can be operated");
    assert_close("operated", year.solution.objective, 26.0);
    assert_close("demand", year.model.demands[0].annual[0], 9.0);
}

/// Where no plan can serve the firm part the step is of no help, and where all may be forgone there
/// is always a plan.
#[test]
fn firm_demand_must_be_served() {
    let model = |share: f64| {
        let steps = format!(
            "[commodities.electricity]\n[profiles.sun]\nnight = 0\nday = 1\n\
             [demands.electricity.land]\nannual = 12\nsteps.some = {{ share = {share}, worth = 9 }}\n"
        );
        read(&[HALVES, &steps, &plant("sun", 1.0, 0.0, "availability = \"sun\"")])
    };
    assert_close("all forgone", solve(&model(1.0)).solution.objective, 12.0 * 9.0);
    let half = model(0.5);
    let error = kzleap_study::optimise(&half, &Default::default(), Default::default());
    assert_eq!(
        error.err(),
        Some(SolveError::Infeasible),
        "6 PJ are firm, and the night is dark"
    );
    let explanation = kzleap_study::explain(&half, Default::default()).expect("a reason");
    let names: Vec<String> =
        explanation.conflict.iter().map(kzleap_study::Rule::text).collect();
    assert!(names.iter().any(|name| name.starts_with("demand of electricity")), "{names:?}");
}

/// Columns have names that say which step they are.
#[test]
fn a_step_has_a_name_in_the_program() {
    let model = read(&[ONE_YEAR, MARKET]);
    let formulation = formulate(&model);
    let names: Vec<String> = formulation.columns().map(|(_, key)| key.name(&model)).collect();
    let wanted = "forgone[land,electricity,electricity,works,2030]";
    assert!(names.iter().any(|name| name == wanted), "{names:?}");
}
