//! What is said of capacity, building and running.

use crate::support::{Files, broken};

/// The model with a turbine of this efficiency in a river.
pub(crate) fn with_water(m: Files, efficiency: &str) -> Files {
    let river = "[commodities.water]\n[processes.river]\nregions = [\"north\"]\noutput = \"water\"\n\
                 capacity = \"GW\"\nresidual_capacity = { value = 1, unit = \"GW\" }\n\
                 free = \"rain\"\n[processes.turbine]\nregions = [\"north\"]\ninput = \"water\"\n\
                 output = \"electricity\"\nefficiency = ";
    m.add("river.toml", &format!("{river}{efficiency}\n"))
}

broken! {
    megawatts_written_as_gigawatts: |m| m.replace("coal_plant,north,2025,3.0,GW,list of plants\ncoal_plant,north,2040,1000,MW", "coal_plant,north,2025,300,GW,list of plants\ncoal_plant,north,2040,100,GW");
    no_life: |m| m.replace("life = 40\n", "");
    no_efficiency: |m| m.replace("efficiency = 0.4\n", "");
    an_efficiency_of_nothing: |m| m.replace("input = \"coal\"\n", "");
    nothing_in_and_nothing_out: |m| m.replace("output = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = {", "capacity = \"GW\"\ncapital_cost = {");
    inputs_beside_an_input: |m| m.replace("efficiency = 0.4", "inputs = { coal = 2.5 }");
    a_first_output_that_is_not_one: |m| m.replace("input = \"coal\"\noutput = \"electricity\"\nefficiency = 0.4", "inputs = { coal = 1 }\noutputs = { electricity = 0.4 }");
    capacity_without_its_unit: |m| m.replace("efficiency = 0.4\ncapacity = \"GW\"", "efficiency = 0.4");
    building_without_a_cost: |m| m.replace("capital_cost = { 2025 = 1300, 2040 = 1000 }\n", "");
    more_standing_than_allowed: |m| m.replace("life = 40", "life = 40\nmax_capacity = 2");
    at_least_more_than_at_most: |m| m.replace("life = 40", "life = 40\nmin_capacity = 5\nmax_capacity = 4");
    building_at_least_more_than_at_most: |m| m.replace("max_new_capacity = 0.5", "max_new_capacity = 0.5\nmin_new_capacity = 0.6");
    at_least_more_than_can_be_built: |m| m.replace("max_new_capacity = 0.5", "max_new_capacity = 0.5\nmin_capacity = { 2025 = 0, 2030 = 20 }");
    at_least_more_megawatts_than_can_be_built: |m| m.replace("max_new_capacity = 0.5", "max_new_capacity = { value = 500, unit = \"MW\" }\nmin_capacity = { 2025 = 0, 2030 = 20000, unit = \"MW\" }");
    at_least_more_than_a_group_allows: |m| m.replace("max_new_capacity = 0.5", "min_capacity = { 2025 = 0, 2030 = 20 }").add("system.toml", "[capacity_limits.wind]\nprocesses = [\"wind\"]\nmax = { value = 6000, unit = \"MW\" }\n");
    at_least_above_at_most_in_megawatts: |m| m.replace("max_new_capacity = 0.5", "min_capacity = { value = 2000, unit = \"MW\" }\nmax_capacity = { value = 1500, unit = \"MW\" }");
    paid_for_after_its_life: |m| m.replace("life = 40", "life = 40\neconomic_life = 50");
    growth_from_nothing: |m| m.replace("max_new_capacity = 0.5", "growth = { rate = 0.3, seed = 0 }");
    a_unit_larger_than_its_limit: |m| m.replace("life = 40", "life = 40\nunit_size = 3\nmax_new_capacity = 0.1");
    a_cost_that_jumps: |m| m.replace("{ 2025 = 1300, 2040 = 1000 }", "{ 2025 = 1300, 2030 = 130 }");
    capacity_where_the_process_is_not: |m| m.add("residual_capacity.csv", "coal_plant,south,2025,1,GW,list of plants\n");
    a_cost_where_the_process_is_not: |m| m.replace("fixed_cost = 40", "fixed_cost = { north = 40, south = 30 }");
    a_residual_that_jumps: |m| m.replace("coal_plant,north,2040,1000,MW", "coal_plant,north,2040,100,GW");
    a_plant_that_is_never_there: |m| m.replace("[storages.battery]", "[processes.gas_plant]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"electricity\"\nefficiency = 0.5\ncapacity = \"GW\"\n[storages.battery]");
    a_plant_that_is_never_available: |m| m.replace("availability = 0.85", "availability = 0");
    more_must_run_than_can: |m| m.replace("availability = 0.85", "availability = { winter = 0.9, summer = 0.4 }\nminimum_load = 0.5");
    more_must_run_over_the_year_than_can: |m| m.replace("availability = 0.85", "availability = { winter = 0.9, summer = 0.4 }\nannual_minimum_load = 0.7");
    more_must_run_over_the_year_than_may: |m| m.replace("availability = 0.85", "availability = 0.85\nannual_availability = 0.5\nannual_minimum_load = 0.7");
    a_least_capacity_factor_by_another_name: |m| m.replace("availability = 0.85", "availability = 0.85\nminimum_utilization = 0.5");
    a_yearly_availability_without_effect: |m| m.replace("availability = 0.85", "availability = 0.85\nannual_availability = 0.9");
    an_efficiency_above_one: |m| m.replace("efficiency = 0.4", "efficiency = 4");
    an_efficiency_in_percent: |m| m.replace("efficiency = 0.4", "efficiency = 40");
    an_efficiency_that_jumps: |m| m.replace("efficiency = 0.4", "efficiency = { 2025 = 0.4, 2030 = 0.04 }");
    an_efficiency_nobody_reached: |m| m.replace("efficiency = 0.4", "efficiency = 0.7");
    a_turbine_of_more_power_than_water: |m| with_water(m, "1.05");
    a_waiver_without_its_reason: |m| m.replace("efficiency = 0.4", "efficiency = 0.8\nplausible = \" \"");
    a_waiver_that_is_no_text: |m| m.replace("efficiency = 0.4", "efficiency = 0.8\nplausible = true");
    an_efficiency_past_physics: |m| m.replace("efficiency = 0.4", "efficiency = 0.8");
    a_heat_pump_too_good: |m| m.replace("[storages.battery]", "[commodities.heat]\nkind = \"heat\"\n[processes.heat_pump]\ninput = \"electricity\"\noutput = \"heat\"\nefficiency = 8\n[storages.battery]").replace("[emission_caps.valley]", "[demands.heat]\nnorth = { annual = 1 }\nsouth = { annual = 1 }\n[emission_caps.valley]");
    modes_beside_an_input: |m| m.replace("efficiency = 0.4", "efficiency = 0.4\nmodes.one = { inputs = { coal = 2.5 }, outputs = { electricity = 1 } }");
    a_ramp_in_a_day_of_one_block: |m| m.replace("blocks = { night = 8, day = 16 }\n", "").replace("life = 40", "life = 40\nramp = 0.5")
        .replace("load,winter.night,1.0\n", "").replace("load,summer.night,0.8\n", "").replace("winter.day", "winter").replace("summer.day", "summer");
    an_efficiency_just_above_one: |m| m.replace("[storages.battery]", "[commodities.heat]\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 1.05\n[demands.heat]\nnorth = { annual = 1 }\n[storages.battery]");
    a_unit_of_no_size: |m| m.replace("life = 40", "life = 40\nunit_size = 0");
}
