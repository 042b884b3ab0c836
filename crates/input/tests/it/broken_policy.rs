//! What is said of caps, shares, reserves and limits.

use crate::support::broken;

broken! {
    households_of_no_sector: |m| m.add("homes.toml", "[households.poor]\nsector = \"demnd\"\nheads = 1\n");
    households_that_are_not_all: |m| m.add("homes.toml", "[households.poor]\nsector = \"demand\"\nheads = 0.4\nuses = { electricity = 0.3 }\ngiven_back = 0.8\n[households.rich]\nsector = \"demand\"\nheads = 0.5\ngiven_back = 0.3\n");
    households_that_use_what_is_not: |m| m.add("homes.toml", "[households.all]\nsector = \"demand\"\nheads = 1\nuses = { electricty = 1 }\n");
    a_cap_on_who_emits_nothing: |m| m.replace("[emission_caps.valley]", "[emission_caps.valley]\nprocesses = [\"wind\"]");
    a_cap_on_processes_and_categories: |m| m.replace("[emission_caps.valley]", "[emission_caps.valley]\nprocesses = [\"coal_plant\"]\ncategories = [\"coal_plant\"]");
    a_price_on_nobody: |m| m.add("rules.toml", "[emission_prices.trading]\nemissions = { co2 = 1 }\nprice = { value = 20, unit = \"USD/t\" }\n");
    a_price_on_no_emission: |m| m.add("rules.toml", "[emission_prices.trading]\nemissions = {}\nprocesses = [\"coal_plant\"]\nprice = { value = 20, unit = \"USD/t\" }\n");
    a_cap_on_an_emission_without_weight: |m| m.add("rules.toml", "[emission_caps.trading]\nemissions = { co2 = 0 }\nlimit = { value = 20, unit = \"Mt/a\" }\n");
    a_price_and_a_cap_of_one_name: |m| m.add("rules.toml", "[emission_prices.trading]\nemissions = { co2 = 1 }\nprocesses = [\"coal_plant\"]\nprice = { value = 20, unit = \"USD/t\" }\n[emission_caps.trading]\nemissions = { co2 = 1 }\nprocesses = [\"coal_plant\"]\nlimit = { value = 20, unit = \"Mt/a\" }\n");
    a_price_on_some_without_a_price: |m| m.add("rules.toml", "[emission_prices.trading]\nemissions = { co2 = 1 }\nprocesses = [\"coal_plant\"]\n");
    a_damage_in_the_cost_without_a_damage: |m| m.replace("label = \"CO2\"", "label = \"CO2\"\ndamage_in_cost = true");
    a_removal_of_co2: |m| m.add("more.toml", "[processes.scrubbed]\ninput = \"coal\"\noutput = \"electricity\"\nefficiency = 0.4\ncapacity = \"GW\"\nresidual_capacity = { value = 0.1, unit = \"GW\" }\nregions = [\"north\"]\nremoval = { co2 = 0.5 }\n");
    a_resource_of_no_steps: |m| m.replace("[resources.coal_mine]\ncommodity = \"coal\"\nregions = [\"north\"]\ncost = 7.2\n", "[resources.coal_mine]\ncommodity = \"coal\"\nregions = [\"north\"]\nsteps = {}\n");
    a_fuel_without_an_emission_factor: |m| m.add("system.toml", "[commodities.peat]\ntier = \"annual\"\n[resources.bog]\ncommodity = \"peat\"\ncost = 5\n[processes.peat_plant]\ninput = \"peat\"\noutput = \"electricity\"\nefficiency = 0.35\ncapacity = \"GW\"\nresidual_capacity = 0.2\n");
    a_cap_below_what_demand_burns: |m| m.replace("[emission_caps.valley]", "[demands.coal]\nnorth = { annual = { value = 100, unit = \"PJ\" } }\n[emission_caps.valley]");
    a_budget_below_what_demand_burns: |m| m.replace("[emission_caps.valley]", "[demands.coal]\nnorth = { annual = { value = 100, unit = \"PJ\" } }\n[emission_caps.valley]").replace("limit = { 2030 = 12, 2040 = 9 }", "budget = { value = 200, unit = \"Mt\" }");
    a_cap_below_what_comes_from_outside: |m| m.replace("label = \"CO2\"", "label = \"CO2\"\nexogenous = { south = { 2025 = 8, 2040 = 10 } }");
    a_budget_below_what_comes_from_outside: |m| m.replace("label = \"CO2\"", "label = \"CO2\"\nexogenous = { south = 8 }").replace("limit = { 2030 = 12, 2040 = 9 }", "budget = { value = 150, unit = \"Mt\" }");
    a_cap_on_nothing: |m| m.replace("[emission_caps.valley]", "[emission_caps.valley]\nregions = [\"south\"]");
    a_cap_without_a_limit: |m| m.replace("limit = { 2030 = 12, 2040 = 9 }\n", "");
    a_cap_and_a_budget: |m| m.replace("limit = { 2030 = 12, 2040 = 9 }", "limit = 12\nbudget = { value = 150, unit = \"Mt\" }");
    a_budget_beyond_the_horizon: |m| m.replace("limit = { 2030 = 12, 2040 = 9 }", "budget = { value = 150, unit = \"Mt\" }\nfrom = 2025\nto = 2060");
    a_share_of_more_than_everything: |m| m.add("system.toml", "[shares.wind]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\nat_least = 0.6\n[shares.coal]\ncommodity = \"electricity\"\nprocesses = [\"coal_plant\"]\nat_least = 0.5\n");
    a_share_that_is_least_above_most: |m| m.add("system.toml", "[shares.least]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\nat_least = { 2030 = 0.5 }\n[shares.most]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\nat_most = 0.4\n");
    a_share_of_nothing: |m| m.add("system.toml", "[shares.mine]\ncommodity = \"electricity\"\nprocesses = [\"coal_mine\"]\nat_least = 0.1\n");
    a_share_of_everything: |m| m.add("system.toml", "[shares.all]\ncommodity = \"electricity\"\ncategories = [\"wind\", \"coal_plant\"]\nat_least = 0.1\n");
    a_share_without_a_number: |m| m.add("system.toml", "[shares.wind]\ncommodity = \"electricity\"\nprocesses = [\"wind\"]\n");
    a_share_of_an_unknown_process: |m| m.add("system.toml", "[shares.wind]\ncommodity = \"electricity\"\nprocesses = [\"winds\"]\nat_least = 0.1\n");
    a_rule_without_processes: |m| m.add("system.toml", "[shares.wind]\ncommodity = \"electricity\"\nat_least = 0.1\n");
    a_rule_where_its_process_is_not: |m| m.add("system.toml", "[activity_limits.coal]\nprocesses = [\"coal_plant\"]\nregions = [\"south\"]\nmax = { value = 30, unit = \"PJ/a\" }\n");
    a_reserve_out_of_reach: |m| m.add("system.toml", "[reserve_margins.north]\nregions = [\"north\"]\ncommodity = \"electricity\"\nmargin = 0.15\npeak = { value = 500, unit = \"GW\" }\n").replace("life = 40", "life = 40\nmax_capacity = 10").replace("life = 15", "life = 15\ncapacity_credit = 0").replace("availability = \"wind\"", "availability = \"wind\"\ncapacity_credit = 0.1");
    fuel_in_time_for_a_given_peak: |m| m.replace("emissions = { co2 = 95 }", "emissions = { co2 = 95 }\njust_in_time = true");
    wind_that_counts_in_full: |m| m.add("system.toml", "[reserve_margins.north]\nregions = [\"north\"]\ncommodity = \"electricity\"\nmargin = 0.15\npeak = { value = 3, unit = \"GW\" }\n");
    a_reserve_without_a_peak: |m| m.add("system.toml", "[reserve_margins.coal]\ncommodity = \"coal\"\nregions = [\"south\"]\nmargin = 0.15\n");
    a_limit_on_nothing: |m| m.add("system.toml", "[activity_limits.coal]\nprocesses = [\"coal_plant\"]\n");
    activity_at_least_above_at_most: |m| m.add("system.toml", "[activity_limits.coal]\nprocesses = [\"coal_plant\"]\nmin = { value = 40, unit = \"PJ\" }\nmax = { value = 30, unit = \"PJ\" }\n");
    activity_beyond_capacity: |m| m.replace("residual_capacity = 1\nloss", "residual_capacity = 1\nloss").replace("life = 40", "life = 40\nmax_capacity = 3\nmin_activity = { value = 100, unit = \"PJ\" }");
    a_limit_below_what_stands: |m| m.add("system.toml", "[capacity_limits.coal]\nprocesses = [\"coal_plant\"]\nmax = { value = 2, unit = \"GW\" }\n");
    a_capacity_limit_on_a_mine: |m| m.add("system.toml", "[capacity_limits.coal]\nprocesses = [\"coal_mine\"]\nmax = { value = 2, unit = \"GW\" }\n");
    processes_and_categories: |m| m.add("system.toml", "[activity_limits.coal]\nprocesses = [\"coal_plant\"]\ncategories = [\"wind\"]\nmax = { value = 30, unit = \"PJ/a\" }\n");
    a_process_named_twice: |m| m.add("system.toml", "[activity_limits.coal]\nprocesses = [\"coal_plant\", \"coal_plant\"]\nmax = { value = 30, unit = \"PJ/a\" }\n");
    a_reserve_without_capacity: |m| m.add("system.toml", "[reserve_margins.coal]\ncommodity = \"coal\"\nmargin = 0.15\npeak = { value = 3, unit = \"GW\" }\n");
    capacities_that_do_not_add_up: |m| m.replace("output = \"electricity\"\nefficiency = 0.4\ncapacity = \"GW\"", "output = \"electricity\"\nefficiency = 0.4\ncapacity = \"PJ/a\"").add("system.toml", "[capacity_limits.both]\nprocesses = [\"coal_plant\", \"wind\"]\nmax = { value = 20, unit = \"GW\" }\n");
    a_reserve_in_megawatts_out_of_reach: |m| m.add("system.toml", "[reserve_margins.north]\nregions = [\"north\"]\ncommodity = \"electricity\"\nmargin = 0.15\npeak = { value = 50000, unit = \"MW\" }\n").replace("life = 40", "life = 40\nmax_capacity = { value = 10000, unit = \"MW\" }").replace("life = 15", "life = 15\ncapacity_credit = 0").replace("availability = \"wind\"", "availability = \"wind\"\ncapacity_credit = 0.1");
    a_reserve_of_plants_that_are_shut: |m| m.add("system.toml", "[reserve_margins.north]\nregions = [\"north\"]\ncommodity = \"electricity\"\nmargin = 0\npeak = { value = 8000, unit = \"MW\" }\n[capacity_limits.ban]\nprocesses = [\"coal_plant\"]\nmax = { value = 0, unit = \"MW\" }\n").replace("life = 40", "life = 40\nearly_retirement = true").replace("life = 15", "life = 15\ncapacity_credit = 0").replace("max_new_capacity = 0.5", "max_new_capacity = 0.5\ncapacity_credit = 1");
    activity_in_gigawatt_hours_beyond_capacity: |m| m.replace("life = 40", "life = 40\nmax_capacity = { value = 3000, unit = \"MW\" }\nmin_activity = { value = 30000, unit = \"GWh\" }");
    a_group_in_megawatts_beyond_what_can_be_built: |m| m.add("system.toml", "[capacity_limits.wind]\nprocesses = [\"wind\"]\nmin = { value = 20000, unit = \"MW\" }\n");
    a_limit_in_megawatts_below_what_stands: |m| m.add("system.toml", "[capacity_limits.coal]\nprocesses = [\"coal_plant\"]\nmax = { value = 2000, unit = \"MW\" }\n");
}
