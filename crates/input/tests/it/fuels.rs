//! Prices as people have them: for a tonne, a thousand cubic metres or a barrel, by heat value.

use kzleap_model::policy::ActivityWindow;
use kzleap_model::{Model, SliceIx, YearIx};

use crate::support::{Files, messages};

const FUELS: &str = r#"
[units]
annual = "PJ"
[commodities.gas]
tier = "annual"
heat_value = { value = 36, unit = "MJ/m3" }
emissions = { co2 = { value = 2.016, unit = "kg/m3" } }
[commodities.crude]
tier = "annual"
heat_value = { value = 6.1, unit = "GJ/bbl" }
[resources.gas_field]
commodity = "gas"
regions = ["north"]
cost = { value = 180, unit = "USD/1000 m3" }
max = { value = 2, unit = "bcm/a" }
[resources.oil_field]
commodity = "crude"
regions = ["north"]
cost = { value = 73.2, unit = "USD/bbl" }
[demands.gas]
north = { annual = { value = 500, unit = "million m3" } }
[statistics.gas_burnt]
quantity = "use"
flows = ["final"]
commodities = ["gas"]
year = 2025
value = 0.5
unit = "bcm"
tolerance = 0
source = "a yearbook"
[demands.crude]
north = { annual = { value = 3, unit = "million bbl/a" } }
"#;

/// A model with a coal of 18 GJ/t, and gas and crude oil beside it.
fn fuels() -> Files {
    let coal = "heat_value = { value = 18, unit = \"GJ/t\" }\nemissions = { co2 = { value = 1.71, \
                unit = \"t/t\" } }";
    Files::right()
        .replace("emissions = { co2 = 95 }", coal)
        .replace("cost = 7.2", "cost = { value = 36, unit = \"USD/t\" }")
        .add("fuels.toml", FUELS)
}

fn read() -> Model {
    let input = fuels().read(None);
    assert_eq!(messages(&input), "");
    input.model.expect("no error, so a model")
}

fn near(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-12, "found {found}, expected {expected}");
}

#[test]
fn costs_by_mass_volume_and_barrel_are_costs_of_energy() {
    let model = read();
    let cost = |name: &str| {
        let process = model.processes.iter().find(|p| p.name == name).expect("a resource");
        process.modes[0].variable_cost.at(SliceIx::new(0), YearIx::new(0))
    };
    near(cost("coal_mine"), 36.0 / 18.0); // USD/t over GJ/t: USD/GJ, which is MUSD/PJ
    near(cost("gas_field"), 180.0 / 36.0); // a thousand m3 hold 36 GJ
    near(cost("oil_field"), 73.2 / 6.1);
}

#[test]
fn amounts_and_emissions_follow_the_heat_value_too() {
    let model = read();
    let demand = |name: &str| {
        let of = |d: &&kzleap_model::Demand| model.commodities[d.commodity].name == name;
        model.demands.iter().find(of).expect("a demand").annual[0]
    };
    near(demand("gas"), 0.5 * 36.0);
    near(demand("crude"), 3.0 * 6.1);
    let plant = model.processes.iter().find(|p| p.name == "coal_plant").expect("a plant");
    // 1.71 t of CO2 a tonne of 18 GJ are 95 kt/PJ; the plant takes 2.5 of coal for one
    near(plant.modes[0].emissions[0].1.at(SliceIx::new(0), YearIx::new(0)), 0.095 * 2.5);
}

#[test]
fn statistics_of_a_fuel_may_be_in_its_own_unit() {
    let statistic = &read().statistics[0];
    near(statistic.value, 0.5);
    near(statistic.factor, 1.0 / 36.0);
}

#[test]
fn without_a_heat_value_the_message_asks_for_one() {
    let input = Files::right()
        .replace("cost = 7.2", "cost = { value = 36, unit = \"USD/t\" }")
        .read(None);
    insta::assert_snapshot!("a_price_by_mass_without_a_heat_value", messages(&input));
}

/// 3 Mt of coal of 18 GJ/t are 54 PJ.
#[test]
fn a_limit_on_fuels_together_may_be_in_tonnes() {
    let heat = "emissions = { co2 = 95 }\nheat_value = { value = 18, unit = \"GJ/t\" }";
    let limit = "[activity_limits.mines]\nprocesses = [\"coal_mine\"]\n\
                 max = { value = 3, unit = \"Mt/a\" }\n";
    let files = Files::right().replace("emissions = { co2 = 95 }", heat);
    let input = files.add("limits.toml", limit).read(None);
    let model = input.model.expect("the model has no errors");
    let ActivityWindow::EachYear { upper, .. } = &model.activity_limits[0].window else {
        panic!("a limit of each year");
    };
    near(upper[0], 54.0);
}

/// Each of two fuels has a heat value, but a tonne of one is not that of the other: the message does
/// not ask for what is there.
#[test]
fn a_limit_on_fuels_of_several_heat_values() {
    let files = fuels().add(
        "limit.toml",
        "[activity_limits.wells]\nprocesses = [\"gas_field\", \"oil_field\"]\n\
         max = { value = 3, unit = \"Mt/a\" }\n",
    );
    let input = files.read(None);
    insta::assert_snapshot!("a_limit_on_fuels_of_several_heat_values", messages(&input));
}
