//! Fuel that plants of a reserve would burn and somebody must deliver, solved by hand.
//!
//! A peaker needs no fuel and costs 10 MUSD a year and GW, so what is built of it says how much firm
//! capacity was missing. Turbines turn half of their fuel into electricity.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_study::formulation::formulate;
use kzleap_study::model::{Model, RegionIx, RegionPart, RegionSplit};
use kzleap_study::resolution::{merge_slices, split_regions};
use kzleap_study::solver::Control;
use kzleap_study::{Plan, explain};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, read, solved};
use kzleap_tests::{assert_close, capacity, solve};

const PEAKER: &str = "[processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                      capital_cost = 100\nvariable_cost = 9\nlife = 10\n";

/// A day of 20 hours and one of 4 hours.
const EVENING: &str = "[time]\nyears = [2030]\n[time.blocks]\nday = 20\nevening = 4\n[finance]\n\
                       discount_rate = 0.0\n";

/// 0.5 GW by day and 1 GW in the evening: 14 GWh a day.
const PEAKY: &str = "[commodities.electricity]\n[demands.electricity]\n\
                     land = { annual = 18.396, profile = \"load\" }\n[profiles.load]\nday = 0.5\n\
                     evening = 1.0\n";

/// Gas of a pipe of so many GW, balanced by the year.
const GAS: &str = "[commodities.gas]\ntier = \"annual\"\njust_in_time = true\n";

fn pipe(gw: f64) -> String {
    format!(
        "[processes.pipe]\noutput = \"gas\"\ncapacity = \"GW\"\nresidual_capacity = {gw}\n\
         variable_cost = 1\n"
    )
}

/// Half of the fuel becomes electricity.
fn turbine(gw: f64, fuel: &str, more: &str) -> String {
    format!(
        "[processes.turbine]\ninput = \"{fuel}\"\noutput = \"electricity\"\nefficiency = 0.5\n\
         capacity = \"GW\"\nresidual_capacity = {gw}\n{more}\n"
    )
}

fn margin(share: f64) -> String {
    format!("[reserve_margins.land]\ncommodity = \"electricity\"\nmargin = {share}\n")
}

fn built(model: &Model, plan: &Plan) -> f64 {
    capacity(model, plan, "peaker", 0).1
}

fn missing(parts: &[&str]) -> f64 {
    let (model, plan) = solved(parts);
    built(&model, &plan)
}

/// 1 GW of load, 1.5 GW to hold. 3 GW of turbines stand, but 2 GW of gas make 1 GW of electricity.
/// Of gas that is balanced by the year and not delivered as it is burned, all counts.
#[test]
fn a_pipe_bounds_what_its_plants_count_for() {
    let (gas, rule) = (turbine(3.0, "gas", ""), margin(0.5));
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, GAS, &pipe(2.0), &gas, PEAKER, &rule]);
    assert_close("built", built(&model, &plan), 0.5);
    // 2 GW of gas a year at 1, and half a GW of peakers
    assert_close("cost", plan.solution.objective, 2.0 * GW_YEAR + 0.5 * 10.0);
    let reserve = model.reserves.iter().next().expect("there is one");
    let found = Accounts::new(&model, &plan.solution).firmness(reserve)[0];
    assert_close("required", found.required, 1.5);
    assert_close("firm", found.firm, 1.5);
    // one PJ a year of gas less makes half a PJ less
    let prices = plan.solution.fuel_price.values().next().expect("gas has one");
    assert_close("price", prices[(0, 0)], 0.5 / GW_YEAR * 10.0);

    let stored = "[commodities.gas]\ntier = \"annual\"\n";
    let parts = [ONE_YEAR, DEMAND, stored, &pipe(2.0), &gas, PEAKER, &rule];
    assert_close("in store", missing(&parts), 0.0);
}

/// What cannot fail to come needs no rows: gas from somebody without capacity or limit.
#[test]
fn ample_fuel_needs_no_rows() {
    let import = "[processes.import]\noutput = \"gas\"\nvariable_cost = 1\n";
    let parts = [ONE_YEAR, DEMAND, GAS, import, &turbine(3.0, "gas", ""), &margin(0.5)];
    let model = read(&parts);
    let standing_by = formulate(&model);
    let names = standing_by.rows().map(|(_, key)| key.name(&model));
    let names: Vec<String> = names.filter(|name| name.starts_with("standby")).collect();
    assert_eq!(names, Vec::<String>::new());
    solve(&model);
}

/// A pipe of 2 GW from the wells, of which a tenth is lost, and half a GW for others who burn gas at
/// any time of the year: 1.8 - 0.5 = 1.3 GW of gas for plants, 0.65 GW of electricity. With 0.4 GW of old
/// plants that is enough for a load of 1 GW, but not for 1.5 GW.
#[test]
fn others_take_their_part_of_a_line() {
    let wells = "[regions.wells]\n[processes.well]\nregions = [\"wells\"]\noutput = \"gas\"\n\
                 variable_cost = 1\n[links.pipeline]\nfrom = \"wells\"\nto = \"land\"\n\
                 commodity = \"gas\"\ncapacity = \"GW\"\nresidual_capacity = 2\nloss = 0.1\n\
                 [demands.gas]\nland = { annual = 15.768 }\n";
    let gas = turbine(3.0, "gas", "regions = [\"land\"]");
    let old = plant("old", 0.4, 1.0, "regions = [\"land\"]");
    let rule = "[reserve_margins.land]\nregions = [\"land\"]\ncommodity = \"electricity\"\n\
                margin = 0.5\n";
    let peaker = format!("{PEAKER}regions = [\"land\"]\n");
    let parts = [wells, ONE_YEAR, DEMAND, GAS, &gas, &old, &peaker, rule];
    assert_close("built", missing(&parts), 1.5 - 0.65 - 0.4);
}

/// A contract of 63.072 PJ a year is 2 GW. Coal of which as much may be mined is on a heap.
#[test]
fn a_contract_comes_evenly() {
    let contract = "[processes.contract]\noutput = \"gas\"\nvariable_cost = 1\n\
                    max_activity = { value = 63.072, unit = \"PJ/a\" }\n";
    let (gas, rule) = (turbine(3.0, "gas", ""), margin(0.5));
    let parts = [ONE_YEAR, DEMAND, GAS, contract, &gas, PEAKER, &rule];
    assert_close("gas", missing(&parts), 0.5);
    let heap = "[commodities.gas]\ntier = \"annual\"\n";
    let parts = [ONE_YEAR, DEMAND, heap, contract, &gas, PEAKER, &rule];
    assert_close("heap", missing(&parts), 0.0);
    // balanced by slice, a limit of the year says nothing of the hour
    let by_slice = "[commodities.gas]\n";
    let parts = [ONE_YEAR, DEMAND, by_slice, contract, &gas, PEAKER, &rule];
    assert_close("by slice", missing(&parts), 0.0);
}

/// The evening of 4 hours asks for 1.5 GW, which burn 3 GW; the pipe brings 2. By day 0.75 GW burn 1.5
/// of 2 GW, and the rest can fill a tank. One of 2 GWh brings half a GW of gas over the evening, for a
/// quarter of a GW of electricity.
#[test]
fn a_store_beside_the_plant() {
    let site = "[commodities.site_gas]\n[processes.valve]\ninput = \"gas\"\n\
                output = \"site_gas\"\nefficiency = 1\n";
    let store = |hours: f64| {
        format!(
            "[storages.tank]\ncommodity = \"site_gas\"\ncapacity = \"GW\"\n\
             residual_capacity = 1\nhours = {hours}\ncycle = \"day\"\n"
        )
    };
    let (gas, pipe, rule) = (turbine(3.0, "site_gas", ""), pipe(2.0), margin(0.5));
    let base = [EVENING, PEAKY, GAS, &pipe, site, &gas, PEAKER, &rule];
    assert_close("no store", missing(&base), 0.5);
    for (hours, lacks) in [(2.0, 0.25), (4.0, 0.0)] {
        let tank = store(hours);
        let parts: Vec<&str> = base.iter().copied().chain([tank.as_str()]).collect();
        assert_close("store", missing(&parts), lacks);
    }
    // the same with an evening of two slices
    let split = EVENING.replace("evening = 4", "evening = 0.5\nlate = 3.5");
    let peaky = format!("{PEAKY}late = 1.0\n");
    let tank = store(2.0);
    let parts = [&split, &peaky, GAS, &pipe, site, &gas, PEAKER, &rule, &tank];
    assert_close("split", missing(&parts), 0.25);
}

/// Hydrogen of electrolysers is electricity of other hours. The evening asks for 1.3 GW, the day for
/// 0.65, and old plants give 1 GW; half of electricity becomes hydrogen and half of that electricity
/// again.
#[test]
fn hydrogen_is_made_before_the_peak() {
    let hydrogen = "[commodities.hydrogen]\n[processes.electrolyser]\ninput = \"electricity\"\n\
                    output = \"hydrogen\"\nefficiency = 0.5\ncapacity = \"GW\"\n\
                    residual_capacity = 2\n";
    let cavern = |hours: f64| {
        format!(
            "[storages.cavern]\ncommodity = \"hydrogen\"\ncapacity = \"GW\"\n\
             residual_capacity = 1\nhours = {hours}\ncycle = \"day\"\n"
        )
    };
    let turbine = turbine(1.0, "hydrogen", "");
    let rule = margin(0.3);
    let lacks = |old: f64, store: &str| {
        let old = plant("old", old, 1.0, "");
        let parts = [EVENING, PEAKY, hydrogen, &old, &turbine, PEAKER, store, &rule];
        missing(&parts)
    };
    assert_close("no cavern", lacks(1.0, ""), 0.3);
    // 1.2 GWh of hydrogen are 0.3 GW of it and 0.15 GW of electricity
    assert_close("small", lacks(1.0, &cavern(1.2)), 0.15);
    assert_close("large", lacks(1.0, &cavern(8.0)), 0.0);
    // With 0.8 GW the plan itself makes 0.2 GW of the evening from hydrogen, as that costs 4 in place
    // of 9: by day it takes 0.2 · 4 · 4 / 20 = 0.16 GW for it, and the margin on that is to be held.
    // With x of peakers 20 hours of 0.8 + x - 0.65 - 0.3 · 0.16 fill what 4 hours take, a quarter of
    // five times that: 0.8 + x + 1.25 (0.102 + x) = 1.3.
    assert_close("nothing to fill it", lacks(0.8, &cavern(8.0)), 0.3725 / 2.25);
}

/// The same where users and electrolysers are behind a grid, which then is on standby too, and where
/// half a GW of hydrogen goes into steel all year: a quarter of it in the evening can come from the
/// cavern, but the margin is on all that the plan takes.
#[test]
fn a_grid_before_the_electrolysers_keeps_the_margin() {
    let behind = |steel: bool, grid: bool| {
        let on = if grid { "final" } else { "electricity" };
        let stage = "[commodities.final]\n[processes.grid]\ninput = \"electricity\"\n\
                     output = \"final\"\nefficiency = 1\n";
        let load = PEAKY.replace("demands.electricity", &format!("demands.{on}"));
        let hydrogen = format!(
            "[commodities.hydrogen]\n[processes.electrolyser]\ninput = \"{on}\"\n\
             output = \"hydrogen\"\nefficiency = 0.5\ncapacity = \"GW\"\n\
             residual_capacity = 2\n[storages.cavern]\ncommodity = \"hydrogen\"\n\
             capacity = \"GW\"\nresidual_capacity = 1\nhours = 1.2\ncycle = \"day\"\n{}{}",
            if grid { stage } else { "" },
            if steel {
                "[demands.hydrogen]\nland = { annual = 1.5768, profile = \"flat\" }\n"
            } else {
                ""
            },
        );
        let (turbine, rule) = (turbine(1.0, "hydrogen", ""), margin(0.3));
        let old = plant("old", 1.0, 1.0, "");
        missing(&[EVENING, &load, &hydrogen, &old, &turbine, PEAKER, &rule])
    };
    assert_close("grid", behind(false, true), 0.15);
    assert_close("steel behind the grid", behind(true, true), behind(true, false));
}

/// Electrolysers in a region without a reserve of its own, which has 0.4 GW beyond its load of 0.6 GW:
/// 0.2 GW of hydrogen, of which the pipe loses a tenth, are 0.09 GW of electricity. 1.2 GW are to be
/// held where 1 GW exists.
#[test]
fn another_region_makes_the_fuel() {
    let north = "[regions.north]\n[commodities.electricity]\n[demands.electricity]\n\
                 land = { annual = 31.536 }\nnorth = { annual = 18.9216 }\n\
                 [commodities.hydrogen]\n[processes.electrolyser]\nregions = [\"north\"]\n\
                 input = \"electricity\"\noutput = \"hydrogen\"\nefficiency = 0.5\n\
                 capacity = \"GW\"\nresidual_capacity = 2\n[links.pipe]\nfrom = \"north\"\n\
                 to = \"land\"\ncommodity = \"hydrogen\"\ncapacity = \"GW\"\n\
                 residual_capacity = 2\nloss = 0.1\n";
    let both = plant("old", 1.0, 1.0, "");
    let gas = turbine(1.0, "hydrogen", "regions = [\"land\"]");
    let rule = "[reserve_margins.land]\nregions = [\"land\"]\ncommodity = \"electricity\"\n\
                margin = 0.2\n";
    let peaker = format!("{PEAKER}regions = [\"land\"]\n");
    let parts = [north, ONE_YEAR, &both, &gas, &peaker, rule];
    assert_close("built", missing(&parts), 0.2 - 0.09);
}

/// A plant that can burn oil of its own tank beside gas of a pipe counts in full.
#[test]
fn a_second_fuel_in_store() {
    let oil = "[commodities.oil]\ntier = \"annual\"\n[processes.depot]\noutput = \"oil\"\n\
               variable_cost = 20\n[processes.turbine]\ncapacity = \"GW\"\n\
               residual_capacity = 3\n[processes.turbine.modes.gas]\n\
               inputs = { gas = 2 }\noutputs = { electricity = 1 }\n\
               [processes.turbine.modes.oil]\ninputs = { oil = 2 }\n\
               outputs = { electricity = 1 }\n";
    let parts = [ONE_YEAR, DEMAND, GAS, &pipe(2.0), oil, PEAKER, &margin(0.5)];
    assert_close("built", missing(&parts), 0.0);
}

/// A credit of 0.4 holds a plant of 3 GW to 1.2 of 1.5 GW, whatever fuel there is; so does an
/// availability of 0.4 in the evening.
#[test]
fn a_credit_holds_beside_fuel() {
    let rule = margin(0.5);
    let credit = turbine(3.0, "gas", "capacity_credit = 0.4");
    let parts = [ONE_YEAR, DEMAND, GAS, &pipe(9.0), &credit, PEAKER, &rule];
    assert_close("credit", missing(&parts), 0.3);
    let varying = turbine(3.0, "gas", "availability = { day = 0.9, evening = 0.4 }");
    let parts = [EVENING, PEAKY, GAS, &pipe(9.0), &varying, PEAKER, &rule];
    assert_close("availability", missing(&parts), 0.3);
}

/// A well of 3 GW serves the plants of two regions, each of which has 1 GW to hold: they burn it at
/// the same time, for 1.5 GW.
#[test]
fn two_regions_share_a_well() {
    let sides = "[regions.south]\n[commodities.electricity]\n[demands.electricity]\n\
                 land = { annual = 15.768 }\nsouth = { annual = 15.768 }\n\
                 [links.pipeline]\nfrom = \"land\"\nto = \"south\"\ncommodity = \"gas\"\n\
                 capacity = \"GW\"\nresidual_capacity = 9\n";
    let well = format!("{}regions = [\"land\"]\n", pipe(3.0));
    let gas = turbine(3.0, "gas", "");
    let rules: String = ["land", "south"]
        .map(|side| {
            format!(
                "[reserve_margins.of_{side}]\nregions = [\"{side}\"]\n\
                 commodity = \"electricity\"\nmargin = 1\n"
            )
        })
        .concat();
    let (model, plan) = solved(&[sides, ONE_YEAR, GAS, &well, &gas, PEAKER, &rules]);
    let peakers = model.capacities.iter_ix().filter(|(_, k)| k.name == "peaker");
    let all: f64 = peakers.map(|(k, _)| plan.solution.new_capacity[(k.get(), 0)]).sum();
    assert_close("built", all, 0.5);
}

/// Day and evening as one slice of 0.583 GW: 0.875 GW to hold, 1.75 GW of gas, which comes.
#[test]
fn slices_merged() {
    let (gas, pipe, rule) = (turbine(3.0, "gas", ""), pipe(2.0), margin(0.5));
    let parts = [EVENING, PEAKY, GAS, &pipe, &gas, PEAKER, &rule];
    assert_close("two slices", missing(&parts), 0.5);
    let one = merge_slices(&read(&parts), 1).expect("it can be");
    let plan = solve(&one);
    assert_close("one", built(&one, &plan), 0.0);
}

/// Where nothing can be built, what is missing is said to be the delivery of gas: 1.5 GW are asked
/// for, 1 GW can be held.
#[test]
fn what_lacks_is_named() {
    let gas = turbine(3.0, "gas", "");
    let model = read(&[ONE_YEAR, DEMAND, GAS, &pipe(2.0), &gas, &margin(0.5)]);
    let found = explain(&model, Control::default()).expect("it can be explained");
    assert_eq!(found.conflict.len(), 1);
    assert_eq!(found.conflict[0].word, "reserve_margin");
    assert_eq!(found.besides, ["delivery of gas in land to plants that stand by for reserves"]);
    assert_close("to", found.repairs[0][0].to, 0.0);

    // with gas enough it is the plants
    let few = turbine(3.0, "gas", "availability = { day = 0.9, evening = 0.4 }");
    let model = read(&[EVENING, PEAKY, GAS, &pipe(9.0), &few, &margin(0.5)]);
    let found = explain(&model, Control::default()).expect("it can be explained");
    assert_eq!(found.besides, Vec::<String>::new());
}

/// The same in a region cut in two parts of a quarter and three: the rule is one over both, and gas
/// goes freely from part to part.
#[test]
fn regions_split() {
    let gas = turbine(3.0, "gas", "");
    let model = read(&[ONE_YEAR, DEMAND, GAS, &pipe(2.0), &gas, PEAKER, &margin(0.5)]);
    let part = |(name, share): (&str, f64)| RegionPart {
        region: RegionIx::new(0),
        name: name.to_owned(),
        label: name.to_owned(),
        share,
        demands: BTreeMap::new(),
        owners: BTreeMap::new(),
    };
    let parts = [("a", 0.25), ("b", 0.75)].map(part).to_vec();
    let two = split_regions(&model, &RegionSplit { parts, local: Vec::new() });
    let two = two.expect("it can be split");
    let plan = solve(&two);
    let peakers = two.capacities.iter_ix().filter(|(_, k)| k.name == "peaker");
    let all: f64 = peakers.map(|(k, _)| plan.solution.new_capacity[(k.get(), 0)]).sum();
    assert_close("built", all, 0.5);
    assert_close("cost", plan.solution.objective, 2.0 * GW_YEAR + 0.5 * 10.0);
}
