//! Reserve margins that follow the load of the plan, solved by hand.
//!
//! Costs are in MUSD/PJ, without discounting. A peaker costs 10 MUSD a year and GW (100 USD/kW over
//! ten years without interest), so what is built of it says how much firm capacity was missing.

use kzleap_accounts::Accounts;
use kzleap_study::Plan;
use kzleap_study::model::{Model, RegionGroup};
use kzleap_study::resolution::{merge_regions, merge_slices};
use kzleap_tests::by_hand::{DEMAND, GW_YEAR, ONE_YEAR, plant, read, solved};
use kzleap_tests::{activity, assert_close, capacity, solve};

const PEAKER: &str = "[processes.peaker]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                      capital_cost = 100\nvariable_cost = 9\nlife = 10\n";

/// A day of 20 hours and one of 4 hours.
const EVENING: &str = "[time]\nyears = [2030]\n[time.blocks]\nday = 20\nevening = 4\n[finance]\n\
                       discount_rate = 0.0\n";

const HALVES: &str = "[time]\nyears = [2030]\n[time.blocks]\nnight = 12\nday = 12\n[finance]\n\
                      discount_rate = 0.0\n";

/// 0.5 GW by day and 1 GW in the evening: 14 GWh a day.
const PEAKY: &str = "[commodities.electricity]\n[demands.electricity]\n\
                     land = { annual = 18.396, profile = \"load\" }\n[profiles.load]\nday = 0.5\n\
                     evening = 1.0\n";

fn margin(share: f64) -> String {
    format!("[reserve_margins.land]\ncommodity = \"electricity\"\nmargin = {share}\n")
}

fn built(model: &Model, plan: &Plan) -> f64 {
    capacity(model, plan, "peaker", 0).1
}

/// 1 GW of users and 1 GW of heat pumps, 2.1 GW stand: 1.15 × 2 = 2.3 GW.
#[test]
fn heat_pumps_are_load() {
    let heat = "[commodities.heat]\n[demands.heat]\nland = { annual = 94.608 }\n\
                [processes.heat_pump]\ninput = \"electricity\"\noutput = \"heat\"\n\
                efficiency = 3\ncapacity = \"GW\"\nresidual_capacity = 10\n";
    let old = plant("old", 2.1, 1.0, "");
    let (model, plan) = solved(&[HALVES, DEMAND, heat, &old, PEAKER, &margin(0.15)]);
    assert_close("built", built(&model, &plan), 0.2);
    assert_close("cost", plan.solution.objective, 2.0 * GW_YEAR + 0.2 * 10.0);
    // both slices ask the same, so only the sum of their prices is certain
    assert_close("price", plan.solution.reserve_price[0].column(0).sum(), 10.0);
    let reserve = model.reserves.iter().next().expect("there is one");
    let found = Accounts::new(&model, &plan.solution).firmness(reserve)[0];
    assert_close("required", found.required, 2.3);
    assert_close("firm", found.firm, 2.3);
}

/// Heat by wire costs 1, by boiler 1.2. 2 GW stand, so that a margin of 20% leaves room for a load
/// of 1.667 GW; each GW of heat beyond it would need 1.2 GW of peakers, 0.38 MUSD/PJ: the boiler is
/// cheaper. One GW less to hold lets 0.833 GW change to the wire.
#[test]
fn the_plan_heeds_the_peak_it_makes() {
    let heat = "[commodities.heat]\n[demands.heat]\nland = { annual = 31.536 }\n\
                [processes.heater]\ninput = \"electricity\"\noutput = \"heat\"\n\
                efficiency = 1\n[processes.boiler]\noutput = \"heat\"\nvariable_cost = 1.2\n";
    let (old, rule) = (plant("old", 2.0, 1.0, ""), margin(0.2));
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, heat, &old, PEAKER, &rule]);
    assert_close("by wire", activity(&model, &plan, "heater", "land", 0), GW_YEAR * 2.0 / 3.0);
    assert_close("built", built(&model, &plan), 0.0);
    assert_close("cost", plan.solution.objective, GW_YEAR * (1.0 + 2.0 / 3.0 + 1.2 / 3.0));
    assert_close("price", plan.solution.reserve_price[0][(0, 0)], 0.2 * GW_YEAR / 1.2);
}

/// Capture may run at any time of the year. It needs 0.25 GW on average, 0.3 GW of the 20 hours by
/// day, and none in the evening, which alone asks for 0.1 GW of peakers.
#[test]
fn what_can_wait_stays_out_of_the_peak() {
    let capture = "[commodities.air]\ntier = \"annual\"\n[demands.air]\nland = { annual = 1 }\n\
                   [processes.capture]\noutputs = { air = 1 }\ninputs = { electricity = 7.884 }\n";
    let old = plant("old", 1.0, 1.0, "");
    let (model, plan) = solved(&[EVENING, PEAKY, capture, &old, PEAKER, &margin(0.1)]);
    assert_close("built", built(&model, &plan), 0.1);
    assert_close("cost", plan.solution.objective, 18.396 + 7.884 + 0.1 * 10.0);
}

fn battery(hours: f64, more: &str) -> String {
    format!(
        "[storages.battery]\ncommodity = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = 0.4\nhours = {hours}\ncycle = \"day\"\n{more}\n"
    )
}

/// The evening of 4 hours needs 1.3 GW, 1 GW exists. A battery of 0.4 GW that lasts 2 hours counts
/// half, 0.2 GW; one of 8 hours in full; with a credit, by that.
#[test]
fn a_battery_counts_by_its_energy() {
    let old = plant("old", 1.0, 1.0, "");
    for (battery, missing) in [
        (battery(2.0, ""), 0.1),
        (battery(8.0, ""), 0.0),
        (battery(2.0, "capacity_credit = 0.25"), 0.2),
        (battery(2.0, "availability = 0.25"), 0.2),
        // of 1.6 GWh to give, 0.8 are in a minimum level
        (battery(4.0, "minimum_level = 0.5"), 0.1),
        // charged apart; with 0.01 GW in 20 hours of the day by 0.2 GWh, which is 0.05 GW
        (battery(2.0, "charge_residual_capacity = 0.4"), 0.1),
        (battery(2.0, "charge_residual_capacity = 0.01"), 0.25),
    ] {
        let (model, plan) = solved(&[EVENING, PEAKY, &old, PEAKER, &battery, &margin(0.3)]);
        assert_close(&battery, built(&model, &plan), missing);
    }
}

/// What a battery gives it must take before, from firm capacity beyond the load: it is none where
/// the load is even. With a loss of half, 1 GW of the evening takes 2 · 4/20 GW of the day.
#[test]
fn a_battery_is_filled_by_firm_capacity() {
    let old = plant("old", 1.0, 1.0, "");
    let even = "[commodities.electricity]\n[demands.electricity]\n\
                land = { annual = 31.536, profile = \"flat\" }\n";
    let (model, plan) = solved(&[EVENING, even, &old, PEAKER, &battery(2.0, ""), &margin(0.2)]);
    assert_close("even", built(&model, &plan), 0.2);

    // the day needs 0.62 GW and the evening 1.24; wind counts 0.65 and 1
    let wind = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                residual_capacity = 1\navailability = { day = 0.65, evening = 1.0 }\n";
    let lossy = battery(2.0, "charge_efficiency = 0.5");
    let (model, plan) = solved(&[EVENING, PEAKY, wind, PEAKER, &lossy, &margin(0.24)]);
    // x GW of peakers, g given: 1 + x + g = 1.24, 0.65 + x - 0.4 g = 0.62
    let given = (0.24 + 0.03) / 1.4;
    assert_close("lossy", built(&model, &plan), 0.24 - given);
}

/// 2 GW of wind are 0.2 GW by night and 1 GW by day beside 1 GW that exists; 1.5 GW are needed.
/// Where a credit says so, wind counts by that.
#[test]
fn wind_counts_by_what_blows() {
    let wind = |more: &str| {
        format!(
            "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
             residual_capacity = 2\navailability = {{ night = 0.1, day = 0.5 }}\n{more}"
        )
    };
    let (old, rule) = (plant("old", 1.0, 1.0, ""), margin(0.5));
    let (model, plan) = solved(&[HALVES, DEMAND, &old, PEAKER, &wind(""), &rule]);
    assert_close("built", built(&model, &plan), 0.3);
    assert_close("by night", plan.solution.reserve_price[0][(0, 0)], 10.0);
    assert_close("by day", plan.solution.reserve_price[0][(1, 0)], 0.0);
    let credit = wind("capacity_credit = 0.2\n");
    let (model, plan) = solved(&[HALVES, DEMAND, &old, PEAKER, &credit, &rule]);
    assert_close("built", built(&model, &plan), 0.1);
}

/// 1 GW of demand on either side, and plants in one.
fn two_sides(gw: f64, rules: &str) -> (Model, Plan) {
    let old = plant("old", gw, 1.0, "regions = [\"land\"]");
    let sides = "[regions.south]\n[commodities.electricity]\n[demands.electricity]\n\
                 land = { annual = 31.536 }\nsouth = { annual = 31.536 }\n\
                 [links.line]\nfrom = \"land\"\nto = \"south\"\ncommodity = \"electricity\"\n\
                 capacity = \"GW\"\nresidual_capacity = 2\n";
    solved(&[sides, ONE_YEAR, &old, PEAKER, rules])
}

fn of_side(side: &str, more: &str) -> String {
    format!(
        "[reserve_margins.of_{side}]\nregions = [\"{side}\"]\ncommodity = \"electricity\"\n\
         margin = 0.2\n{more}"
    )
}

fn built_in(model: &Model, plan: &Plan) -> f64 {
    let peakers = model.capacities.iter_ix().filter(|(_, k)| k.name == "peaker");
    peakers.map(|(k, _)| plan.solution.new_capacity[(k.get(), 0)]).sum()
}

/// What one side sends is load of it; the other side counts what it gets where the sender holds
/// firm capacity for it, or by the credit of the line.
#[test]
fn exports_are_load_and_imports_are_held_by_the_sender() {
    let (north, south) = (of_side("land", ""), of_side("south", ""));
    for (gw, rules, missing) in [
        (2.0, north.clone(), 0.4),
        (2.4, format!("{north}{south}"), 0.0),
        (2.0, format!("{north}{south}"), 0.4),
        // nobody holds what comes
        (2.4, south.clone(), 1.2),
        (2.4, of_side("south", "link_credit = 0.5\n"), 0.2),
        (2.4, format!("{north}{}", of_side("south", "link_credit = 0.5\n")), 0.2),
    ] {
        let (model, plan) = two_sides(gw, &rules);
        assert_close(&rules, built_in(&model, &plan), missing);
    }
}

/// Two regions with a rule each are one with one rule; a rule on one of them cannot be said.
#[test]
fn regions_aggregated() {
    let whole = |model: &Model| RegionGroup {
        name: "whole".to_owned(),
        label: "Whole".to_owned(),
        members: model.regions.ixs().collect(),
    };
    let (model, _) =
        two_sides(2.0, &format!("{}{}", of_side("land", ""), of_side("south", "")));
    let one = merge_regions(&model, &[whole(&model)]).expect("they are alike");
    assert_eq!(one.reserves.len(), 1);
    let plan = solve(&one);
    assert_close("built", built_in(&one, &plan), 0.4);

    let (model, _) = two_sides(2.4, &of_side("south", ""));
    let refused = merge_regions(&model, &[whole(&model)]).expect_err("one has no rule");
    let message = refused.iter().next().expect("there is one").message.clone();
    assert!(message.contains("follows the load of south, but not of land"), "{message}");
}

/// Night and day as one slice: wind counts by its mean, 0.6 GW, so nothing is missing.
#[test]
fn slices_merged() {
    let wind = "[processes.wind]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
                residual_capacity = 2\navailability = { night = 0.1, day = 0.5 }\n";
    let (old, rule) = (plant("old", 1.0, 1.0, ""), margin(0.5));
    let model = read(&[HALVES, DEMAND, &old, PEAKER, wind, &battery(2.0, ""), &rule]);
    let one = merge_slices(&model, 1).expect("it can be");
    let plan = solve(&one);
    assert_close("built", built_in(&one, &plan), 0.0);
}

/// A given peak of 1.5 GW, and a load of 2 GW: the plan holds what it was asked to, and says so.
#[test]
fn a_given_peak_below_the_load_is_seen() {
    let heat = "[commodities.heat]\n[demands.heat]\nland = { annual = 31.536 }\n\
                [processes.heater]\ninput = \"electricity\"\noutput = \"heat\"\nefficiency = 1\n";
    let old = plant("old", 2.1, 1.0, "");
    for (peak, seen) in [(1.5, true), (2.0, false)] {
        let rule = format!("{}peak = {peak}\n", margin(0.0));
        let (model, plan) = solved(&[HALVES, DEMAND, heat, &old, PEAKER, &rule]);
        let found = Accounts::new(&model, &plan.solution).peaks_exceeded();
        assert_eq!(found.len(), usize::from(seen), "{found:?}");
        if let Some(found) = found.first() {
            assert_close("load", found.load, 2.0);
            assert_close("peak", found.peak, 1.5);
        }
    }
}

/// An hour cut in two changes nothing: the evening as two blocks of 2 hours.
#[test]
fn splitting_a_slice_changes_nothing() {
    let old = plant("old", 1.0, 1.0, "");
    let (_, whole) = solved(&[EVENING, PEAKY, &old, PEAKER, &battery(2.0, ""), &margin(0.3)]);
    let two = EVENING.replace("evening = 4", "evening = 2\nlate = 2");
    let peaky = format!("{PEAKY}late = 1.0\n");
    let (model, split) = solved(&[&two, &peaky, &old, PEAKER, &battery(2.0, ""), &margin(0.3)]);
    assert_close("built", built(&model, &split), 0.1);
    assert_close("cost", split.solution.objective, whole.solution.objective);
    let price = |plan: &Plan| plan.solution.reserve_price[0].column(0).sum();
    assert_close("price", price(&split), price(&whole));
}
