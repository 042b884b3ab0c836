//! What is said of names that lead nowhere, and of keys.

use crate::support::broken;

broken! {
    a_misspelt_commodity: |m| m.replace("input = \"coal\"", "input = \"coall\"");
    a_misspelt_region: |m| m.replace("regions = [\"north\"]\ncost", "regions = [\"nort\"]\ncost");
    a_misspelt_key: |m| m.replace("efficiency = 0.4", "eficiency = 0.4");
    a_key_of_another_table: |m| m.replace("loss = 0.04", "loss = 0.04\nefficiency = 0.96");
    a_misspelt_emission: |m| m.replace("emissions = { co2 = 1 }", "emissions = { co = 1 }");
    a_misspelt_profile: |m| m.replace("availability = \"wind\"", "availability = \"wint\"");
    a_misspelt_season: |m| m
        .replace("availability = 0.85", "availability = { winter = 0.9, sumer = 0.8 }");
    a_misspelt_choice: |m| m.replace("cycle = \"day\"", "cycle = \"daily\"");
    a_demand_in_an_unknown_region: |m| m.replace("south = { annual", "shouth = { annual");
    a_demand_for_an_unknown_commodity: |m| m
        .replace("[demands.electricity]", "[demands.electricty]");
    a_name_with_a_space: |m| m.replace("[processes.wind]", "[processes.\"wind farm\"]");
    a_name_that_is_a_year: |m| m.replace("[commodities.electricity]", "[commodities.electricity]\n[commodities.2030]");
    a_name_of_two_things: |m| m.replace("[storages.battery]", "[storages.wind]");
    a_text_where_a_list_belongs: |m| m
        .replace("years = [2025, 2030, 2040]", "years = \"2025, 2030\"");
    a_number_where_a_text_belongs: |m| m.replace("output = \"electricity\"\ncapacity = \"GW\"\ncapital_cost = {", "output = 5\ncapacity = \"GW\"\ncapital_cost = {");
    a_flag_in_quotes: |m| m.replace("loss = 0.04", "loss = 0.04\ntwo_way = \"yes\"");
    a_commodity_that_is_not_a_table: |m| m.add("more.toml", "[commodities]\noil = 5\n[processes.refinery]\noutput = \"oil\"\ncapacity = \"Mt/a\"\nvariable_cost = { value = 5, unit = \"USD/t\" }\n");
    an_emission_that_is_not_a_table: |m| m.replace("[emissions.co2]\nlabel = \"CO2\"\ngas = \"co2\"\n", "[emissions]\nco2 = 5\n");
    a_process_that_is_not_a_table: |m| m.add("more.toml", "[processes]\ngas = 5\n");
    a_list_that_is_empty: |m| m
        .replace("[emission_caps.valley]", "[emission_caps.valley]\nregions = []");
    a_confidence_of_ones_own: |m| m.replace("confidence = \"medium\"", "confidence = \"fair\"");
    an_assumption_without_its_reasoning: |m| m
        .replace("confidence = \"medium\"", "confidence = \"assumption\"");
    high_confidence_without_a_source: |m| m
        .replace("source = \"a handbook\"\nconfidence = \"medium\"", "confidence = \"high\"");
}
