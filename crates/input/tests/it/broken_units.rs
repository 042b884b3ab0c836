//! What is said of units and of numbers that vary.

use crate::support::broken;

broken! {
    a_unit_of_another_dimension: |m| m.replace("capital_cost = \"USD/kW\"", "capital_cost = \"USD/MWh\"");
    a_fixed_cost_that_is_not_by_year: |m| m.replace("fixed_cost = \"USD/kW/a\"", "fixed_cost = \"USD/kW\"");
    a_fixed_cost_by_energy: |m| m.replace("fixed_cost = \"USD/kW/a\"", "fixed_cost = \"USD/kWh\"");
    a_unit_that_does_not_exist: |m| m.replace("demand = \"TWh/a\"", "demand = \"TWh/yr\"");
    a_unit_in_small_letters: |m| m.replace("\"USD/MWh\"", "\"USD/mwh\"");
    money_without_its_worth: |m| m.replace("\"USD/kW\"", "\"EUR2020/kW\"");
    no_unit_at_all: |m| m.replace("demand = \"TWh/a\"\n", "");
    a_unit_for_no_quantity: |m| m.replace("demand = \"TWh/a\"", "demand = \"TWh/a\"\ncapitalcost = \"USD/kW\"");
    a_number_in_quotes: |m| m.replace("capital_cost = 1900", "capital_cost = \"1900 USD/kW\"");
    a_decimal_comma: |m| m.replace("efficiency = 0.4", "efficiency = \"0,4\"");
    a_capacity_in_energy: |m| m.replace("output = \"electricity\"\nefficiency = 0.4\ncapacity = \"GW\"", "output = \"electricity\"\nefficiency = 0.4\ncapacity = \"GWh\"");
    a_share_above_one: |m| m.replace("availability = 0.85", "availability = 85");
    a_profile_above_one: |m| m.replace("availability = 0.85", "availability = \"load\"");
    a_cost_far_too_high: |m| m.replace("capital_cost = 1900", "capital_cost = 1900000");
    a_cost_below_zero: |m| m.replace("capital_cost = 1900", "capital_cost = -1900");
    a_life_of_no_years: |m| m.replace("life = 40", "life = 0");
    a_horizon_of_half_years: |m| m.replace("horizon_end = 2049", "horizon_end = 2049.5");
    an_emission_factor_in_the_wrong_unit: |m| m.replace("co2 = 95 ", "co2 = 950 ");
    a_life_that_varies: |m| m.replace("life = 40", "life = { 2025 = 40, 2040 = 45 }");
    a_link_that_varies_by_region: |m| m.replace("loss = 0.04", "loss = { north = 0.04 }");
    a_slice_that_is_missing: |m| m.replace("availability = 0.85", "availability = { winter = 0.9 }");
    a_slice_that_is_covered_twice: |m| m.replace("availability = 0.85", "availability = { winter = 0.9, \"winter.day\" = 0.8, summer = 0.7 }");
    years_and_regions_in_one_table: |m| m.replace("{ 2025 = 1300, 2040 = 1000 }", "{ 2025 = 1300, north = 1000 }");
    a_region_that_is_missing: |m| m.replace("{ 2025 = 1300, 2040 = 1000 }", "{ north = 1300 }");
    a_year_before_people_had_power: |m| m.replace("{ 2025 = 1300, 2040 = 1000 }", "{ 225 = 1300, 2040 = 1000 }");
    a_value_table_without_its_value: |m| m.replace("capital_cost = 1900", "capital_cost = { unit = \"USD/kW\" }");
    a_year_beside_a_value: |m| m.replace("capital_cost = 1900", "capital_cost = { value = 1900, 2040 = 1700 }");
    a_cost_a_thousand_times_too_low: |m| m.replace("capital_cost = 1900", "capital_cost = { value = 1900, unit = \"USD/MW\" }");
    an_unquoted_decimal_comma: |m| m.replace("efficiency = 0.4", "efficiency = 0,4");
    a_decimal_comma_by_year: |m| m.replace("{ 2025 = 1300, 2040 = 1000 }", "{ 2025 = 1300,5, 2040 = 1000 }");
    blanks_between_thousands: |m| m.replace("capital_cost = 1900", "capital_cost = 1 900");
    a_unit_in_cyrillic: |m| m.replace("demand = \"TWh/a\"", "demand = \"ТВтч/a\"");
    a_unit_with_what_it_is_of: |m| m.replace("demand = \"TWh/a\"", "demand = \"GWh_el/a\"");
    a_unit_in_capitals: |m| m.replace("demand = \"TWh/a\"", "demand = \"TWH/a\"");
    a_unit_of_no_letters: |m| m.replace("capital_cost = 1900", "capital_cost = { value = 1900, unit = \"\" }");
    a_unit_of_a_file_of_no_letters: |m| m.replace("demand = \"TWh/a\"", "demand = \"\"");
    a_share_in_percent_of_a_table: |m| m.replace("wind,summer,0.25", "wind,summer,25%");
    a_sign_twice: |m| m.replace("\"USD/kW\"", "\"USD//kW\"");
    a_fixed_cost_in_brackets: |m| m.replace("fixed_cost = \"USD/kW/a\"", "fixed_cost = \"USD/(kW*a)\"");
    a_name_with_a_blank: |m| m.replace("[processes.wind]", "[processes.wind park]");
    a_name_in_cyrillic: |m| m.replace("[processes.wind]", "[processes.ветер]");
    a_block_for_a_slice: |m| m.replace("availability = 0.85", "availability = { winter = { night = 0.38, day = 0.9 }, summer = 0.7 }");
}
