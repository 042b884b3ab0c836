//! A model of a house and one of a continent are both exact to a millionth of what they are about,
//! beside each other too; and a point that leaves anything out is not certified.

use kzleap_study::Plan;
use kzleap_study::formulation::formulate;
use kzleap_study::lp::certify;
use kzleap_study::model::Model;
use kzleap_study::solver::second_opinion;
use kzleap_tests::by_hand::{ONE_YEAR, solved};
use kzleap_tests::{activity, capacity, long_checks, price};

/// Sizes of the same model, as a share of the ordinary one: from a watt to a hundred thousand
/// gigawatts.
const SIZES: [f64; 6] = [1e-9, 1e-6, 1e-3, 1.0, 1e3, 1e5];

/// Asserts that two numbers agree within a millionth of the second.
fn assert_near(what: &str, found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() <= 1e-6, "{what}: {found}, by hand {expected}");
}

/// Day and night with a battery, and heat under a cap, `size` times as large.
///
/// Power: 1 GW day and night. 3 GW of sun are free by day; the night needs 12 GWh, which the
/// battery gives. Its efficiency is that of charging, 0.8, so content and what comes out are the
/// same: with 8 hours it needs 1.5 GW at 500 USD/kW over 10 years, 75 MUSD.
///
/// Heat: 31.536 PJ, of coal (2 USD/GJ, 100 kt/PJ) or gas (8 USD/GJ, 60 kt/PJ) in boilers of
/// 400 USD/kW over 20 years. A cap of 2.52288 Mt lets half of it be coal: 31.536 · 5 = 157.68 MUSD,
/// and 1 GW of boilers, 20 MUSD. One tonne less costs 6 / 0.04 = 150 USD.
fn town(size: f64) -> String {
    format!(
        r#"
{ONE_YEAR}
[time.blocks]
night = 12
day = 12
[commodities.electricity]
[commodities.heat]
tier = "annual"
[commodities.coal]
tier = "annual"
emissions = {{ co2 = {{ value = 100, unit = "kt/PJ" }} }}
[commodities.gas]
tier = "annual"
emissions = {{ co2 = {{ value = 60, unit = "kt/PJ" }} }}
[emissions.co2]
[resources.mine]
commodity = "coal"
cost = 2
[resources.well]
commodity = "gas"
cost = 8
[processes.sun]
output = "electricity"
capacity = "GW"
residual_capacity = {sun:e}
availability = {{ night = 0, day = 1 }}
[storages.battery]
commodity = "electricity"
capacity = "GW"
charge_efficiency = 0.8
discharge_efficiency = 1
cycle = "day"
hours = 8
capital_cost = 500
life = 10
[processes.coal_boiler]
input = "coal"
output = "heat"
efficiency = 1
capacity = "GW"
capital_cost = 400
life = 20
[processes.gas_boiler]
input = "gas"
output = "heat"
efficiency = 1
capacity = "GW"
capital_cost = 400
life = 20
[demands.electricity]
land = {{ annual = {demand:e}, profile = "flat" }}
[demands.heat]
land = {{ annual = {demand:e} }}
[emission_caps.air]
emissions = {{ co2 = 1 }}
limit = {limit:e}
"#,
        sun = 3.0 * size,
        demand = 31.536 * size,
        limit = 2.52288 * size,
    )
}

#[test]
fn the_same_plan_at_every_size() {
    for size in SIZES {
        let (model, plan) = solved(&[&town(size)]);
        assert_near("cost", plan.solution.objective, 252.68 * size);
        assert_near("battery", capacity(&model, &plan, "battery", 0).1, 1.5 * size);
        assert_near("boilers", capacity(&model, &plan, "coal_boiler", 0).1, 0.5 * size);
        for boiler in ["coal_boiler", "gas_boiler"] {
            assert_near(boiler, activity(&model, &plan, boiler, "land", 0), 15.768 * size);
        }
        assert_near("price of the cap", plan.solution.emission_price[0][0], 150.0);
        let power = price(&model, &plan, "electricity", "land", 0, 0);
        assert_near("price at night", power, 75.0 / 15.768);
        let (cost, _) = second_opinion(&formulate(&model).lp).unwrap();
        assert_near("cost by Clarabel", cost, 252.68 * size);
        nothing_less_is_certified(&model, &plan);
    }
}

/// No plan at all, and one that serves a hundred thousandth less.
fn nothing_less_is_certified(model: &Model, plan: &Plan) {
    let lp = formulate(model).lp;
    let optimum = kzleap_study::solver::solve(&lp, &Default::default(), Default::default())
        .expect("a solve");
    assert!(certify(&lp, &optimum.columns, &optimum.row_duals).certified);
    assert!(plan.certified());
    for share in [0.0, 0.999_99, 1.000_01] {
        let less: Vec<f64> = optimum.columns.iter().map(|value| value * share).collect();
        let certificate = certify(&lp, &less, &optimum.row_duals);
        assert!(!certificate.certified, "{share}: {certificate:?}");
        let certificate = certify(&lp, &less, &vec![0.0; lp.num_rows()]);
        assert!(!certificate.certified, "{share} without prices: {certificate:?}");
    }
}

/// A country of 1000 PJ, and in it a house of 50 kWh at the end of a line. Diesel at 10 USD/GJ
/// makes power at 0.4: 2500 PJ and 25,000 MUSD for the country. The house makes its own of diesel
/// that comes at 2 USD/GJ more: 1.8e-7 PJ / 0.4 · 12 = 5.4e-6 MUSD.
#[test]
fn a_house_in_a_country() {
    for house in [1.8e-4, 1.8e-7] {
        let (model, plan) = solved(&[&format!(
            r#"
{ONE_YEAR}
[regions.house]
[commodities.diesel]
tier = "annual"
[commodities.electricity]
tier = "annual"
[resources.port]
commodity = "diesel"
regions = ["land"]
cost = 10
[links.lorry]
commodity = "diesel"
from = "land"
to = "house"
two_way = false
variable_cost = 2
[processes.engine]
input = "diesel"
output = "electricity"
efficiency = 0.4
[demands.electricity]
land = {{ annual = 1000 }}
house = {{ annual = {house:e} }}
"#
        )]);
        let made = |region: &str| activity(&model, &plan, "engine", region, 0);
        assert_near("made in the country", made("land"), 1000.0);
        assert_near("made in the house", made("house"), house);
        let sent: f64 = plan.solution.flow[0].sum();
        assert_near("sent to the house", sent, house / 0.4);
        let power = |region: &str| price(&model, &plan, "electricity", region, 0, 0);
        assert_near("price in the country", power("land"), 25.0);
        assert_near("price in the house", power("house"), 30.0);
        // without the house, the rest is as it was: its demand is not served, its diesel from nothing
        let formulation = formulate(&model);
        let optimum = kzleap_study::solver::solve(
            &formulation.lp,
            &Default::default(),
            Default::default(),
        )
        .unwrap();
        for without in optimum.columns.iter().filter(|value| **value < 0.1 && **value > 0.0) {
            let columns: Vec<f64> = (optimum.columns.iter())
                .map(|value| if value == without { 0.0 } else { *value })
                .collect();
            let certificate = certify(&formulation.lp, &columns, &optimum.row_duals);
            assert!(!certificate.certified, "{certificate:?}");
        }
    }
}

/// Coal and gas under a cap on a poison of which coal has 4, gas 0.1 of a unit a petajoule: half
/// of each is allowed, as in [`town`] without its boilers. In kilogrammes, in micrograms, and both
/// counted in megatonnes. A unit less costs 6 / 3.9 MUSD.
#[test]
fn poisons_of_any_size_counted_in_megatonnes() {
    for unit in [1e-9, 1e-12, 1e-15, 1e-18] {
        let (model, plan) = solved(&[&format!(
            r#"
{ONE_YEAR}
[commodities.heat]
tier = "annual"
[commodities.coal]
tier = "annual"
emissions = {{ poison = {{ value = {coal:e}, unit = "Mt/PJ" }} }}
[commodities.gas]
tier = "annual"
emissions = {{ poison = {{ value = {gas:e}, unit = "Mt/PJ" }} }}
[emissions.poison]
[resources.mine]
commodity = "coal"
cost = 2
[resources.well]
commodity = "gas"
cost = 8
[processes.coal_boiler]
input = "coal"
output = "heat"
efficiency = 1
[processes.gas_boiler]
input = "gas"
output = "heat"
efficiency = 1
[demands.heat]
land = {{ annual = 100 }}
[emission_caps.poison]
emissions = {{ poison = 1 }}
limit = {limit:e}
"#,
            coal = 4.0 * unit,
            gas = 0.1 * unit,
            limit = 205.0 * unit,
        )]);
        assert_near("cost", plan.solution.objective, 500.0);
        assert_near("coal", activity(&model, &plan, "coal_boiler", "land", 0), 50.0);
        let emitted: f64 = plan.solution.emissions.sum();
        assert_near("emitted", emitted, 205.0 * unit);
        assert_near("price", plan.solution.emission_price[0][0], 6.0 / 3.9 / unit);
        let lp = formulate(&model).lp;
        let (cost, _) = second_opinion(&lp).unwrap();
        assert_near("cost by Clarabel", cost, 500.0);
        nothing_less_is_certified(&model, &plan);
        // coal alone breaks the cap, and nothing else
        let all_coal = kzleap_study::solver::solve(
            &formulate(&without_caps(&model)).lp,
            &Default::default(),
            Default::default(),
        );
        let objective = all_coal.unwrap().objective;
        assert_near("without the cap", objective, 200.0);
    }
}

fn without_caps(model: &Model) -> Model {
    let mut free = model.clone();
    free.emission_caps = Default::default();
    free
}

/// A village of 60 kWh a year, each hour of it: 8760 slices of some 7 Wh, a diesel engine and the
/// sun. The load is even; the sun shines in 12 of 24 hours. Sun costs 900 USD/kW over 20 years,
/// 45 a year, and makes 4380 kWh of it: 0.0103 USD/kWh; diesel 0.3. So half is of the sun: 30 kWh
/// from 6.849 W, and the engine (800 USD/kW, 40 a year) of the same size makes the rest.
///
/// 60 / 8760 = 6.849e-3 kW; 6.849e-3 · (45 + 40) + 30 · 0.3 = 9.5822 USD.
#[test]
fn a_village_by_the_hour() {
    hours_of_a_village(12);
    if long_checks() {
        hours_of_a_village(365);
    }
}

fn hours_of_a_village(seasons: usize) {
    let mut text = "[time]\nyears = [2030]\n".to_owned();
    for season in 0..seasons {
        let days = 365 / seasons + usize::from(season < 365 % seasons);
        text.push_str(&format!("[[time.seasons]]\nname = \"s{season}\"\ndays = {days}\n"));
    }
    text.push_str("[time.blocks]\n");
    let hours: Vec<String> = (0..24).map(|hour| format!("h{hour}")).collect();
    hours.iter().for_each(|hour| text.push_str(&format!("{hour} = 1\n")));
    let mut sun = Vec::new();
    for season in 0..seasons {
        for (at, hour) in hours.iter().enumerate() {
            sun.push(format!("\"s{season}.{hour}\" = {}", u8::from((6..18).contains(&at))));
        }
    }
    text.push_str(&format!(
        r#"
[finance]
discount_rate = 0
[commodities.electricity]
[processes.diesel]
output = "electricity"
capacity = "kW"
capital_cost = 800
life = 20
variable_cost = {{ value = 300, unit = "USD/MWh" }}
[processes.sun]
output = "electricity"
capacity = "kW"
capital_cost = 900
life = 20
availability = {{ {} }}
[demands.electricity]
land = {{ annual = {{ value = 60, unit = "kWh" }}, profile = "flat" }}
"#,
        sun.join(", ")
    ));
    let (model, plan) = solved(&[&text]);
    let kilowatts = 60.0 / 8760.0;
    assert_near("cost", plan.solution.objective, (kilowatts * 85.0 + 9.0) / 1e6);
    for name in ["diesel", "sun"] {
        assert_near(name, capacity(&model, &plan, name, 0).1, kilowatts / 1e6);
        assert_near(name, activity(&model, &plan, name, "land", 0), 30.0 * 3.6e-9);
    }
    let diesel = model.processes.position(|process| process.name == "diesel").expect("diesel");
    for (slice, made) in plan.solution.activity[diesel.get()].iter().enumerate() {
        let (season, hour) = (slice / 24, slice % 24);
        let hours = (365 / seasons + usize::from(season < 365 % seasons)) as f64;
        let full = kilowatts * hours * 3.6e-9;
        let by_hand = if (6..18).contains(&hour) { 0.0 } else { full };
        assert!((made - by_hand).abs() <= 1e-6 * full, "{slice}: {made}, by hand {by_hand}");
    }
}

/// Engines in whole numbers, for 1 kW: one of 600 W for 60 USD and one of 400 W for 45, 105 in
/// all. Two of the large ones cost 120, three of the small ones 135; in parts of engines the
/// large ones alone would cost 100.
#[test]
fn whole_engines_of_a_house() {
    for size in [1e-6, 1.0] {
        let engine = |name: &str, gigawatts: f64, cost: f64| {
            format!(
                "[processes.{name}]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                 capital_cost = {}\nlife = 1\nunit_size = {{ value = {:e}, unit = \"GW\" }}\n",
                cost / gigawatts,
                gigawatts * size
            )
        };
        let (model, plan) = solved(&[
            ONE_YEAR,
            &engine("small", 0.4, 45.0),
            &engine("large", 0.6, 60.0),
            &format!(
                "[commodities.electricity]\n[demands.electricity]\nland = {{ annual = {:e} }}\n",
                31.536 * size
            ),
        ]);
        assert_near("cost", plan.solution.objective, 105.0 * size);
        assert_near("large", capacity(&model, &plan, "large", 0).1, 0.6 * size);
        assert_near("small", capacity(&model, &plan, "small", 0).1, 0.4 * size);
    }
}
