//! Commodities counted in other units than energy.

use crate::support::{Files, broken, messages};

const SECTORS: &str = "\
[commodities.ore]
unit = \"Mt\"
tier = \"annual\"
[commodities.steel]
unit = \"kt\"
tier = \"annual\"
[commodities.travel]
unit = \"Gpkm\"
tier = \"annual\"

[resources.ore_mine]
commodity = \"ore\"
regions = [\"north\"]
cost = { value = 60, unit = \"USD/t\" }

[processes.furnace]
regions = [\"north\"]
inputs = { coal = { value = 18, unit = \"GJ/t\" }, ore = 1.6 }
outputs = { steel = 1 }
capacity = \"Mt/a\"
capital_cost = { value = 600, unit = \"USD/(t/a)\" }
life = 30
variable_cost = { value = 50, unit = \"USD/t\" }
emissions = { co2 = { value = 0.1, unit = \"t/t\" } }

[processes.cars]
regions = [\"north\"]
input = \"electricity\"
output = \"travel\"
efficiency = { value = 2, unit = \"pkm/MJ\" }
capacity = \"Gpkm/a\"
residual_capacity = 10

[demands.steel]
north = { annual = { value = 1500, unit = \"kt/a\" } }
[demands.travel]
north = { annual = { value = 8, unit = \"Gpkm\" } }
";

fn sectors(m: Files) -> Files {
    m.add("sectors.toml", SECTORS)
}

#[test]
fn materials_and_services_stand_beside_energy() {
    let input = sectors(Files::right()).read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("no error, so a model");
    let found = |name| model.processes.iter().find(|p| p.name == name).expect("a process");
    let furnace = found("furnace");
    let ratio = |process: &kzleap_model::Process| process.modes[0].inputs[0].1.range().0;
    // 18 GJ/t is 18 PJ/Mt; 18 PJ of coal at 95 kt/PJ and 0.1 t/t
    assert!((ratio(furnace) - 18.0).abs() < 1e-12);
    assert!((furnace.modes[0].emissions[0].1.range().0 - (18.0 * 0.095 + 0.1)).abs() < 1e-12);
    assert!((ratio(found("cars")) - 0.5).abs() < 1e-12);
    assert!((furnace.capacity_to_activity - 1.0).abs() < 1e-12);
    let steel = model.commodities.position(|c| c.name == "steel").expect("steel");
    let demand = model.demands.iter().find(|demand| demand.commodity == steel).expect("demand");
    assert_eq!(demand.annual, [1.5, 1.5, 1.5]);
}

broken! {
    a_plain_ratio_between_different_units: |m| sectors(m).replace("{ value = 18, unit = \"GJ/t\" }", "18");
    a_ratio_in_the_wrong_unit: |m| sectors(m).replace("\"GJ/t\"", "\"t/t\"");
    a_unit_between_alike: |m| sectors(m).replace("ore = 1.6", "ore = { value = 1.6, unit = \"t/GJ\" }");
    a_plain_efficiency_between_different_units: |m| sectors(m).replace("{ value = 2, unit = \"pkm/MJ\" }", "2");
    a_furnace_in_gigawatts: |m| sectors(m).replace("outputs = { steel = 1 }\ncapacity = \"Mt/a\"", "outputs = { steel = 1 }\ncapacity = \"GW\"");
    a_plant_in_megatonnes: |m| m.replace("efficiency = 0.4\ncapacity = \"GW\"", "efficiency = 0.4\ncapacity = \"Mt/a\"");
    a_commodity_in_gigawatts: |m| sectors(m).replace("unit = \"kt\"", "unit = \"GW\"");
    a_commodity_in_no_unit: |m| sectors(m).replace("unit = \"Gpkm\"\ntier", "unit = \"Gp-km\"\ntier");
    a_commodity_in_barrels: |m| sectors(m).replace("unit = \"kt\"", "unit = \"barrel\"");
    a_cost_of_steel_by_energy: |m| sectors(m).replace("value = 50, unit = \"USD/t\"", "value = 50, unit = \"USD/MWh\"");
    a_cost_of_a_furnace_by_power: |m| sectors(m).replace("\"USD/(t/a)\"", "\"USD/kW\"");
    a_fixed_cost_without_a_year: |m| sectors(m).replace("life = 30", "life = 30\nfixed_cost = { value = 10, unit = \"USD/t\" }");
    emissions_of_steel_by_energy: |m| sectors(m).replace("value = 0.1, unit = \"t/t\"", "value = 0.1, unit = \"kt/PJ\"");
    a_demand_of_steel_in_energy: |m| sectors(m).replace("unit = \"kt/a\"", "unit = \"PJ/a\"");
    a_demand_of_steel_without_a_unit: |m| sectors(m).replace("{ value = 1500, unit = \"kt/a\" }", "1500");
    a_capacity_of_steel_without_its_unit: |m| sectors(m).replace("outputs = { steel = 1 }\ncapacity = \"Mt/a\"", "outputs = { steel = 1 }");
    modes_in_different_units: |m| sectors(m).replace("inputs = { coal = { value = 18, unit = \"GJ/t\" }, ore = 1.6 }\noutputs = { steel = 1 }\n", "modes.steel = { inputs = { coal = { value = 18, unit = \"GJ/t\" }, ore = 1.6 }, outputs = { steel = 1 } }\nmodes.power = { inputs = { coal = 3 }, outputs = { electricity = 1 } }\n");
    a_limit_on_steel_and_power: |m| sectors(m).replace("[demands.steel]", "[activity_limits.both]\nprocesses = [\"furnace\", \"coal_plant\"]\nmax = { value = 5, unit = \"Mt\" }\n[demands.steel]");
    a_limit_on_furnaces_in_gigawatts: |m| sectors(m).replace("[demands.steel]", "[capacity_limits.furnaces]\nprocesses = [\"furnace\"]\nmax = { value = 5, unit = \"GW\" }\n[demands.steel]");
    a_reserve_of_steel: |m| sectors(m).replace("[demands.steel]", "[reserve_margins.steel]\ncommodity = \"steel\"\nmargin = 0.1\n[demands.steel]");
    ore_for_nothing: |m| sectors(m).replace("cost = { value = 60, unit = \"USD/t\" }\n", "");
    a_demand_of_steel_that_jumps: |m| sectors(m).replace("value = 1500,", "value = { 2025 = 150, 2040 = 15000 },");
    square_kilometres: |m| sectors(m).replace("unit = \"kt\"", "unit = \"km2\"");
}
