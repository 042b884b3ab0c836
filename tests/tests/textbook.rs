//! Models small enough to be solved by hand; the arithmetic is above each test.

use kzleap_tests::{activity, assert_close, capacity, model, price, solve};

/// MUSD/PJ in one USD/MWh.
const PER_MWH: f64 = 1.0 / 3.6;

/// Coal power costs 2 USD/GJ / 0.36 = 20 USD/MWh and emits 100 / 0.36 kt/PJ = 1.0 Mt/TWh; gas
/// power costs 8 / 0.576 = 50 USD/MWh and emits 57.6 / 0.576 kt/PJ = 0.36 Mt/TWh. With x TWh of
/// coal, 10 TWh of demand and a cap of 6.8 Mt: x + 0.36 (10 - x) = 6.8, so x = 5, and the cost
/// is 5 · 20 + 5 · 50 = 350 MUSD.
///
/// One Mt less moves 1 / 0.64 TWh from coal to gas, each 30 USD/MWh more expensive: 46.875 USD/t. One
/// MWh more takes 1 / 0.64 - 0.5625 ... that is 1.5625 of gas less 0.5625 of coal: 66.875 USD/MWh.
#[test]
fn two_plants_and_a_cap() {
    let model = model("two-plants", None);
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 350.0);
    assert_close("coal", activity(&model, &plan, "coal_plant", "land", 0), 18.0);
    assert_close("gas", activity(&model, &plan, "gas_plant", "land", 0), 18.0);
    assert_close("carbon price", plan.solution.emission_price[0][0], 46.875);
    let electricity = price(&model, &plan, "electricity", "land", 0, 0);
    assert_close("price", electricity, 66.875 * PER_MWH);
}

/// Without the cap coal serves all 10 TWh at 20 USD/MWh.
#[test]
fn two_plants_without_the_cap() {
    let model = model("two-plants", Some("no-cap"));
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 200.0);
    assert_close("price", price(&model, &plan, "electricity", "land", 0, 0), 20.0 * PER_MWH);
}

/// Gas alone would emit 3.6 Mt, the cap is 3.0.
#[test]
fn two_plants_with_a_cap_nobody_can_meet() {
    let model = model("two-plants", Some("tight"));
    let error = kzleap_study::optimise(&model, &Default::default(), Default::default())
        .expect_err("there is no plan");
    assert_eq!(error, kzleap_study::solver::SolveError::Infeasible);
}

/// Demand is 1 GW day and night. By day 3 GW of sun are free. The night needs 12 GWh, which the
/// battery holds for one day: with 8 hours of content that is 1.5 GW (charging 15 GWh within
/// 12 hours needs 1.25 GW only). It costs 500 USD/kW over 10 years without interest: 50 MUSD a
/// year and GW, 75 MUSD in all; diesel would cost 438 MUSD.
///
/// One GW more each night is 12 GWh more, 1.5 GW more: 75 MUSD for 4.38 TWh. The sun left over
/// makes the day free.
#[test]
fn storage_over_a_day() {
    let model = model("storage-day", None);
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 75.0);
    assert_close("battery", capacity(&model, &plan, "battery", 0).1, 1.5);
    let price = |node| price(&model, &plan, "electricity", "land", node, 0);
    assert_close("price at night", price(0), 75.0 / 4.38 * PER_MWH);
    assert_close("price by day", price(1), 0.0);
    // content is 12 GWh at dusk and nothing at dawn
    let level = plan.solution.level[0].column(0).to_vec();
    assert_close("most content", level.iter().copied().fold(0.0, f64::max), 12.0 * 3.6e-3);
    assert_close("least content", level.iter().copied().fold(1.0, f64::min), 0.0);
}

/// Each region needs 1 GW. The line brings 0.5 GW, of which 0.475 arrive; the west makes 1.5 GW
/// at 20 USD/MWh, the east 0.525 GW at 60: 8.76 · (1.5 · 20 + 0.525 · 60) = 538.74 MUSD. The
/// prices are 20 and 60; one MWh more sent would save 0.95 · 60 - 20 = 37 USD.
#[test]
fn two_regions_with_a_link() {
    let model = model("two-regions", None);
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 538.74);
    let price = |region| price(&model, &plan, "electricity", region, 0, 0);
    assert_close("price in the west", price("west"), 20.0 * PER_MWH);
    assert_close("price in the east", price("east"), 60.0 * PER_MWH);
    assert_close("sent", plan.solution.flow[0][(0, 0, 0)], 0.5 * 31.536);
    assert_close("sent back", plan.solution.flow[0][(1, 0, 0)], 0.0);
}

/// Per PJ of power the back-pressure plant burns 4 PJ (20 MUSD) and also gives 2 PJ of heat,
/// which a boiler would make for 2 / 0.9 · 5 = 11.1 MUSD; power alone costs 5 / 0.4 = 12.5. So it
/// follows the heat: 5 PJ of power for 10 PJ of heat, the other 15 PJ come from the condensing
/// plant: 5 · 20 + 15 · 12.5 = 287.5 MUSD.
///
/// One PJ more of heat brings half a PJ of power: 10 - 6.25 = 3.75 MUSD.
#[test]
fn heat_and_power() {
    let model = model("heat-and-power", None);
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 287.5);
    assert_close("back-pressure", activity(&model, &plan, "chp", "town", 0), 5.0);
    assert_close("boiler", activity(&model, &plan, "boiler", "town", 0), 0.0);
    assert_close("price of power", price(&model, &plan, "electricity", "town", 0, 0), 12.5);
    assert_close("price of heat", price(&model, &plan, "heat", "town", 0, 0), 3.75);
}

/// A tonne of steel from the blast furnace takes 18 GJ of coal (54 USD), 1.6 t of ore (96 USD) and
/// 50 USD: 200 USD, and emits 1.8 t of coal and 0.1 t of limestone. From the arc furnace it takes
/// 2 GJ of electricity (40 USD), 1.1 t of scrap (275 USD), 35 USD, and a new furnace at 500 / 20 +
/// 10 USD a year: 385 USD. A thousand passenger-km by petrol take 2 GJ (50 USD) and 30 USD, and
/// emit 0.14 t; by electricity 0.5 GJ (10 USD), 20 USD, and a new car at 1500 / 15 USD a year:
/// 130 USD.
///
/// Existing capacity runs first: 8 Mt and 15 Gpkm, 17.3 Mt of CO2. The cap of 15.4 Mt asks for 1.9
/// Mt less. A Mt of steel saves that for 185 MUSD, 97.4 USD/t; cars would cost 50 / 0.14 = 357
/// USD/t. So 7 · 200 + 3 · 385 + 15 · 80 + 5 · 130 = 4405 MUSD, and one unit more is made by
/// electricity.
#[test]
fn steel_and_travel() {
    let model = model("steel-and-travel", None);
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 4405.0);
    assert_close("blast furnace", activity(&model, &plan, "blast_furnace", "land", 0), 7.0);
    assert_close("petrol cars", activity(&model, &plan, "petrol_car", "land", 0), 15.0);
    assert_close("arc furnaces", capacity(&model, &plan, "arc_furnace", 0).1, 3.0);
    assert_close("electric cars", capacity(&model, &plan, "electric_car", 0).1, 5.0);
    assert_close("emissions", plan.solution.emissions[(0, 0, 0)], 15.4);
    assert_close("carbon price", plan.solution.emission_price[0][0], 185.0 / 1.9);
    let price = |commodity| price(&model, &plan, commodity, "land", 0, 0);
    assert_close("steel, MUSD/Mt", price("steel"), 385.0);
    assert_close("travel, MUSD/Gpkm", price("travel"), 130.0);
    assert_close("electricity, MUSD/PJ", price("electricity"), 20.0);
    let units: Vec<&str> =
        model.commodities.iter().map(kzleap_study::model::Commodity::unit).collect();
    assert_eq!(units, ["PJ", "PJ", "PJ", "Mt", "Mt", "Mt", "Gpkm"]);
    let units: Vec<&str> = model.capacities.iter().map(|k| k.unit.text()).collect();
    assert_eq!(units, ["Mt/a", "Mt/a", "Gpkm/a", "Gpkm/a"]);
}

/// A plant of 1 GW is built for 2025, lives 15 years (to 2039), and another is built for 2040.
/// Each is paid by an annuity of 1000 · 0.08 / (1 - 1.08^-15) / 1.08^½ MUSD in the middle of every
/// year it is in service, the second one for the 10 years to the horizon's end only. So in each of
/// the 25 years 2025-2049 the annuity and 87.6 MUSD of running cost are paid, discounted at 5% from
/// the middle of the year.
///
/// In 2040 one MWh more costs the running cost and its part of a year's annuity. In 2025 and
/// 2030 one plant serves both periods, so only the two prices together, weighted by their
/// present values, are that cost.
#[test]
fn milestone_periods() {
    let model = model("milestone-periods", None);
    let plan = solve(&model);
    let annuity = 1000.0 * 0.08 / (1.0 - 1.08_f64.powi(-15)) / 1.08_f64.sqrt();
    let present = |from: i32, to: i32| -> f64 {
        (from..=to).map(|year| 1.05_f64.powf(-(f64::from(year - 2025) + 0.5))).sum()
    };
    let yearly = annuity + 87.6;
    assert_close("cost", plan.solution.objective, yearly * present(2025, 2049));
    let built: Vec<f64> = (0..3).map(|y| capacity(&model, &plan, "plant", y).1).collect();
    for (year, (found, expected)) in built.iter().zip([1.0, 0.0, 1.0]).enumerate() {
        assert_close(&format!("built, period {year}"), *found, expected);
    }
    let price = |year| price(&model, &plan, "electricity", "land", 0, year);
    let cost = yearly / 31.536; // MUSD/PJ
    assert_close("price in 2040", price(2), cost);
    let weighted = price(0) * present(2025, 2029) + price(1) * present(2030, 2039);
    assert_close("prices before 2040", weighted, cost * present(2025, 2039));
}
