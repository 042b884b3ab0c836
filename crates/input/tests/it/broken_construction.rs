//! What is said of lead times and of spending before service.

use crate::support::{Files, broken};

/// The coal plant with more about its building.
fn with(m: Files, more: &str) -> Files {
    m.replace("capital_cost = 1900\n", &format!("capital_cost = 1900\n{more}\n"))
}

broken! {
    a_plant_that_takes_years: |m| with(m, "lead_time = 5\nspending = { 4 = 0.2, 2 = 0.5, \"0.5\" = 0.3 }");
    a_plant_that_must_stand_too_early: |m| with(m, "lead_time = 6\nmin_new_capacity = { 2025 = 0, 2029 = 0, 2030 = 0.1 }");
    a_lead_time_below_zero: |m| with(m, "lead_time = -1");
    a_spending_of_more_than_all: |m| with(m, "spending = { 3 = 0.5, 1 = 0.6 }");
    a_spending_before_the_decision: |m| with(m, "lead_time = 2\nspending = { 3 = 0.5, 1 = 0.5 }");
    a_spending_as_a_list: |m| with(m, "spending = [0.5, 0.5]");
    a_spending_by_calendar_year: |m| with(m, "spending = { 2025 = 0.5, 2028 = 0.5 }");
    a_spending_of_nothing: |m| with(m, "spending = {}");
    a_spending_below_zero: |m| with(m, "spending = { 3 = -0.5, 1 = 1.5 }");
    a_year_of_spending_twice: |m| with(m, "spending = { \"0.5\" = 0.3, \"0.50\" = 0.7 }");
    a_plant_that_is_never_ready: |m| with(m, "lead_time = 30");
    a_minimum_before_it_is_ready: |m| with(m, "lead_time = 9\nmin_capacity = { 2025 = 0, 2029 = 0, 2030 = 4 }");
    a_lead_time_of_what_is_not_built: |m| m.replace("capital_cost = 1900\n", "lead_time = 3\n");
}
