//! What is said of storages and links.

use crate::support::broken;

broken! {
    cushion_gas_of_nothing: |m| m.replace("hours = 4", "hours = 4\ncushion_cost = { value = 20, unit = \"USD/kWh\" }");
    cushion_gas_of_what_is_never_built: |m| m.replace("hours = 4\n", "energy_residual_capacity = { value = 4, unit = \"GWh\" }\nminimum_level = 0.2\ncushion_cost = { value = 20, unit = \"USD/kWh\" }\n");
    charging_built_without_a_cost: |m| m.replace("hours = 4", "hours = 4\ncharge_max_new_capacity = { value = 1, unit = \"GW\" }");
    charging_that_is_never_there: |m| m.replace("hours = 4", "hours = 4\ncharge_fixed_cost = { value = 1, unit = \"USD/kW/a\" }");
    charging_of_more_than_there_may_be: |m| m.replace("hours = 4", "hours = 4\ncharge_residual_capacity = { value = 3, unit = \"GW\" }\ncharge_max_capacity = { value = 2, unit = \"GW\" }");
    charging_that_loses_most: |m| m.replace("charge_efficiency = 0.9\ndischarge_efficiency = 0.9", "charge_efficiency = 0.2\ndischarge_efficiency = 0.9\ncharge_capital_cost = { value = 20, unit = \"USD/kW\" }");
    a_storage_of_no_size: |m| m.replace("hours = 4\n", "");
    a_storage_sized_twice: |m| m.replace("hours = 4", "hours = 4\nenergy_capital_cost = { value = 150, unit = \"USD/kWh\" }");
    a_storage_of_what_is_balanced_over_the_year: |m| m.replace("[storages.battery]\ncommodity = \"electricity\"", "[storages.battery]\nregions = [\"north\"]\ncommodity = \"coal\"");
    a_storage_longer_than_its_cycle: |m| m.replace("hours = 4", "hours = 48");
    a_storage_that_loses_most: |m| m.replace("charge_efficiency = 0.9\ndischarge_efficiency = 0.9", "charge_efficiency = 0.4\ndischarge_efficiency = 0.4");
    a_storage_better_than_perfect: |m| m.replace("charge_efficiency = 0.9\ndis", "charge_efficiency = 90\ndis");
    a_storage_without_a_cycle: |m| m.replace("cycle = \"day\"\n", "");
    a_link_to_itself: |m| m.replace("to = \"south\"", "to = \"north\"");
    a_storage_that_is_paid: |m| m.replace("cycle = \"day\"", "cycle = \"day\"\nvariable_cost = -1");
    a_link_that_goes_one_way_and_back: |m| m.replace("loss = 0.04", "loss = 0.04\ntwo_way = false\nreverse_availability = 0.5");
    a_link_without_its_unit: |m| m.replace("commodity = \"electricity\"\ncapacity = \"GW\"\nresidual_capacity = 1", "commodity = \"electricity\"\nresidual_capacity = 1");
    a_link_that_loses_most: |m| m.replace("loss = 0.04", "loss = 0.4");
}
