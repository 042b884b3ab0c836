//! What is said by year of building and by age.

use crate::support::{Files, broken};

/// The model with another availability of its wind.
fn available(m: Files, availability: &str) -> Files {
    m.replace("life = 40", &format!("life = 40\nannual_availability = {availability}"))
}

fn survives(m: Files, survival: &str) -> Files {
    m.replace("life = 40", &format!("life = 40\nsurvival = {survival}"))
}

broken! {
    a_limit_by_year_of_building: |m| m.replace("life = 40", "life = 40\nmax_capacity = { built = { 2025 = 5 } }");
    a_capital_cost_by_year_of_building: |m| m.replace("capital_cost = { 2025 = 1300, 2040 = 1000 }", "capital_cost = { built = { 2025 = 1300, 2040 = 1000 } }");
    years_beside_a_year_of_building: |m| m.replace("efficiency = 0.4", "efficiency = { 2025 = 0.4, built = 0.5 }");
    a_year_of_building_in_a_calendar_year: |m| m.replace("efficiency = 0.4", "efficiency = { 2025 = { built = 0.4 }, 2040 = 0.5 }");
    ageing_without_what_is_new: |m| available(m, "{ by_age = { 0 = 1, 20 = 0.8 } }");
    an_age_that_is_a_year: |m| available(m, "{ built = 0.8, by_age = { 2025 = 1, 2040 = 0.8 } }");
    an_age_without_its_table: |m| available(m, "{ built = 0.8, by_age = 0.9 }");
    more_than_all_at_some_age: |m| available(m, "{ built = 0.8, by_age = { 0 = 1, 20 = 2 } }");
    years_of_building_where_names_belong: |m| m.replace("efficiency = 0.4", "efficiency = 0.4\nemissions = { built = { co2 = 1 } }");
    a_name_that_means_year_of_building: |m| m.add("more.toml", "[commodities.built]\n");
    more_survive_than_before: |m| survives(m, "{ 0 = 1, 10 = 0.8, 20 = 0.9 }");
    not_all_stand_at_first: |m| survives(m, "{ 0 = 0.9, 10 = 0.8 }");
}
