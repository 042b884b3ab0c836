//! What is said of commodities, demands and emissions that do not come together.

use crate::support::broken;

broken! {
    a_row_no_balance_has: |m| m.replace("regions = [\"north\"]\ncost = 7.2", "regions = [\"north\"]\ncost = 7.2\nflow = \"imports\"");
    a_row_far_from_any: |m| m.replace("regions = [\"north\"]\ncost = 7.2", "regions = [\"north\"]\ncost = 7.2\nflow = \"mine/coal\"");
    a_transformation_of_no_plants: |m| m.replace("availability = 0.85", "availability = 0.85\nflow = \"transformation\"");
    a_final_use_of_nobody: |m| m.replace("availability = 0.85", "availability = 0.85\nflow = \"final/ /steel\"");
    a_row_that_is_a_number: |m| m.replace("availability = 0.85", "availability = 0.85\nflow = 3");
    a_fuel_that_nobody_makes: |m| m.replace("[resources.coal_mine]\ncommodity = \"coal\"\nregions = [\"north\"]\ncost = 7.2\n", "");
    a_fuel_that_does_not_get_there: |m| m.replace("regions = [\"north\"]\ninput", "regions = [\"north\", \"south\"]\ninput").replace("coal_plant,north,2025", "coal_plant,north,2025");
    a_commodity_that_nobody_uses: |m| m.replace("[storages.battery]", "[commodities.heat]\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\n[storages.battery]");
    a_commodity_that_must_be_used_and_is_not: |m| m.replace("[storages.battery]", "[commodities.heat]\nbalance = \"exact\"\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\n[storages.battery]");
    a_commodity_without_any_part: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.hydrogen]");
    a_demand_nobody_serves: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.heat]").replace("[emission_caps.valley]", "[demands.heat]\nsouth = { annual = 1 }\n[emission_caps.valley]");
    a_demand_whose_fuel_is_missing: |m| m
        .replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.heat]\n[commodities.gas]\nemissions = { co2 = 56 }\n[processes.gas_wells]\nregions = [\"north\"]\noutput = \"gas\"\nvariable_cost = 10\n[processes.boiler]\nregions = [\"south\"]\ninput = \"gas\"\noutput = \"heat\"\nefficiency = 0.9")
        .replace("[emission_caps.valley]", "[demands.heat]\nsouth = { annual = 1 }\n[emission_caps.valley]");
    a_demand_before_its_plant: |m| m
        .replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.heat]\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\ncapacity = \"GW\"\ncapital_cost = 100\nlife = 20\nmax_new_capacity = { 2025 = 0, 2030 = 0, 2040 = 1 }")
        .replace("[emission_caps.valley]", "[demands.heat]\nnorth = { annual = 1 }\n[emission_caps.valley]");
    free_and_unlimited: |m| m.replace("cost = 7.2\n", "");
    paid_and_unlimited: |m| m.replace("cost = 7.2\n", "cost = -1\n");
    free_wind_without_a_limit: |m| m.replace("capital_cost = { 2025 = 1300, 2040 = 1000 }\nfixed_cost = 30", "capital_cost = 0").replace("max_new_capacity = 0.5\n", "");
    a_demand_that_ends_too_early: |m| m.replace("{ 2025 = 10, 2040 = 16 }", "{ 2025 = 10, 2030 = 12 }");
    a_demand_that_begins_too_late: |m| m.replace("{ 2025 = 10, 2040 = 16 }", "{ 2030 = 12, 2040 = 16 }");
    a_demand_of_nothing: |m| m.replace("annual = 4,", "annual = 0,");
    a_demand_that_jumps: |m| m.replace("{ 2025 = 10, 2040 = 16 }", "{ 2025 = 10, 2030 = 120, 2040 = 160 }");
    a_demand_without_a_value: |m| m.replace("annual = 4, ", "");
    a_profile_that_changes_nothing: |m| m.replace("[emission_caps.valley]", "[demands.coal]\nnorth = { annual = 1, profile = \"load\" }\n[emission_caps.valley]");
    a_profile_nobody_uses: |m| m.add("profiles.csv", "solar,winter,0.1\nsolar,summer,0.2\n");
    a_profile_of_nothing: |m| m.add("profiles.csv", "zero,winter,0\nzero,summer,0\n").replace("annual = 4, profile = \"load\"", "annual = 4, profile = \"zero\"");
    emissions_counted_twice: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.briquettes]\nemissions = { co2 = 97 }\n[processes.press]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"briquettes\"\nefficiency = 0.95\nvariable_cost = 1").replace("[emission_caps.valley]", "[demands.briquettes]\nnorth = { annual = 1 }\n[emission_caps.valley]");
    capture_of_nothing: |m| m.replace("availability = \"wind\"", "availability = \"wind\"\ncapture = 0.9");
    capture_of_what_is_burnt_abroad: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[processes.sale]\nregions = [\"north\"]\nflow = \"export\"\ninput = \"coal\"\nactivity_of = \"input\"\nvariable_cost = 1\ncapture = 0.9");
    a_group_of_demands_that_is_not_burnt: |m| m.add("branches.toml", "[branches.products]\nnon_energy_use = true\n[branches.carbon]\nparent = \"products\"\nregions = [\"north\"]\ncommodity = \"coal\"\nannual = { value = 1, unit = \"PJ\" }\n");
    a_demand_that_is_not_burnt_for_a_reason: |m| m.add("branches.toml", "[branches.carbon]\nregions = [\"north\"]\ncommodity = \"coal\"\nnon_energy_use = \"roads\"\nannual = { value = 1, unit = \"PJ\" }\n");
    an_emission_nobody_emits: |m| m.replace("[commodities.coal]", "[emissions.ch4]\n[commodities.coal]");
    emissions_from_outside_without_a_region: |m| m.replace("label = \"CO2\"", "label = \"CO2\"\nexogenous = 3");
    a_demand_larger_than_all_that_serves_it: |m| m.add("heat.toml", "[commodities.heat]\ntier = \"annual\"\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\nmax_activity = { value = 6, unit = \"PJ\" }\n[demands.heat]\nnorth = { annual = { value = 2, unit = \"TWh\" } }\n");
    a_demand_in_twh_that_was_meant_in_gwh: |m| m.add("heat.toml", "[commodities.heat]\ntier = \"annual\"\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\nmax_activity = { value = 6, unit = \"PJ\" }\n[demands.heat]\nnorth = { annual = { value = 900, unit = \"TWh\" } }\n");
    a_fuel_of_more_carbon_than_it_weighs: |m| m.replace("emissions = { co2 = 95 }", "emissions = { co2 = 95 }\nheat_value = { value = 45, unit = \"GJ/t\" }");
    a_heat_value_that_no_fuel_has: |m| m.replace("emissions = { co2 = 95 }", "emissions = { co2 = 95 }\nheat_value = { value = 16.5, unit = \"GJ/kt\" }");
    a_heat_value_of_a_material: |m| m.add("ore.toml", "[commodities.ore]\nunit = \"Mt\"\nheat_value = { value = 16.5, unit = \"GJ/t\" }\n");
    a_demand_in_gigawatt_hours_beyond_megawatts: |m| m.add("heat.toml", TOWN);
    a_demand_that_jumps_in_gigawatt_hours: |m| m.add("heat.toml", &TOWN.replace("2000", "{ 2025 = 1, 2030 = 1000, 2040 = 1000 }"));
    a_demand_whose_fuel_is_scarce: |m| m.add("heat.toml", &TOWN.replace("= 120", "= 300").replace("\"coal\"", "\"wood\"")).add("wood.toml", "[commodities.wood]\ntier = \"annual\"\nemissions = { co2 = { value = 0, unit = \"kt/PJ\" } }\n[resources.forest]\ncommodity = \"wood\"\nregions = [\"north\"]\ncost = { value = 1, unit = \"USD/GJ\" }\nmax = { value = 900, unit = \"GWh\" }\n");
    a_demand_at_the_end_of_a_line: |m| m.add("heat.toml", &TOWN.replace("[demands.heat]\nnorth", "[links.pipe]\ncommodity = \"heat\"\nfrom = \"north\"\nto = \"south\"\ncapacity = \"MW\"\nresidual_capacity = 100\n[demands.heat]\nsouth"));
    a_demand_in_tonnes_beyond_its_resource: |m| m.replace("emissions = { co2 = 95 }", "emissions = { co2 = 95 }\nheat_value = { value = 20, unit = \"GJ/t\" }").replace("cost = 7.2\n", "cost = 7.2\nmax = { value = 3, unit = \"Mt\" }\n").add("heat.toml", "[demands.coal]\nnorth = { annual = { value = 4, unit = \"Mt\" } }\n");
}

/// A town whose files speak of GWh and MW: its boilers of 120 MW give 1051.2 GWh of 2000.
const TOWN: &str = "[units]\nannual = \"GWh\"\n[commodities.heat]\ntier = \"annual\"\n[processes.boiler]\nregions = [\"north\"]\ninput = \"coal\"\noutput = \"heat\"\nefficiency = 0.9\ncapacity = \"MW\"\nresidual_capacity = 120\n[demands.heat]\nnorth = { annual = 2000 }\n";
