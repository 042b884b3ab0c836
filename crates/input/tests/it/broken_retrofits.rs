//! What capacity may become.

use crate::support::{Files, broken};

/// The model with a plant that burns gas, and a retrofit of the coal plant into it.
fn retrofit(m: Files, gas: &str, fields: &str) -> Files {
    m.add(
        "retrofits.toml",
        &format!(
            "[commodities.gas]\ntier = \"annual\"\nemissions = {{ co2 = {{ value = 56, \
             unit = \"kt/PJ\" }} }}\n[resources.gas_import]\ncommodity = \"gas\"\n\
             cost = {{ value = 6, unit = \"USD/GJ\" }}\n[processes.gas_plant]\n\
             regions = [\"north\"]\ninput = \"gas\"\noutput = \"electricity\"\nefficiency = 0.45\n\
             {gas}\n[retrofits.to_gas]\nfrom = \"coal_plant\"\n{fields}\n"
        ),
    )
}

const COST: &str = "capital_cost = { value = 200, unit = \"USD/kW\" }\n";

broken! {
    a_cost_of_retiring_what_does_not_retire: |m| m.replace("life = 40", "life = 40\nearly_retirement_cost = { value = 100, unit = \"USD/kW\" }");
    a_retrofit_into_nothing: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas\"\nlife = 20\n{COST}"));
    a_retrofit_that_says_nothing_of_what_it_becomes: |m| retrofit(m, "capacity = \"GW\"\ncapital_cost = { value = 900, unit = \"USD/kW\" }\nlife = 30", &format!("life = 20\n{COST}"));
    a_retrofit_of_no_cost: |m| retrofit(m, "capacity = \"GW\"", "to = \"gas_plant\"\nlife = 20");
    a_retrofit_paid_without_end: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas_plant\"\n{COST}"));
    a_retrofit_elsewhere: |m| retrofit(m, "capacity = \"GW\"\ncapital_cost = { value = 900, unit = \"USD/kW\" }\nlife = 30", &format!("to = \"gas_plant\"\nregions = [\"south\"]\nlife = 20\n{COST}"));
    a_retrofit_of_what_has_no_capacity: |m| retrofit(m, "", &format!("to = \"gas_plant\"\nlife = 20\n{COST}"));
    a_retrofit_into_another_unit: |m| retrofit(m, "capacity = \"PJ/a\"", &format!("to = \"gas_plant\"\nlife = 20\n{COST}"));
    a_retrofit_of_itself: |m| retrofit(m, "capacity = \"GW\"\ncapital_cost = { value = 900, unit = \"USD/kW\" }\nlife = 30", &format!("to = \"coal_plant\"\neconomic_life = 20\n{COST}"));
    a_retrofit_that_is_never_ready: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas_plant\"\nlife = 20\nlead_time = 20\n{COST}"));
    a_retrofit_that_spends_too_early: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas_plant\"\nlife = 20\nlead_time = 2\nspending = {{ 3 = 0.5, 1 = 0.5 }}\n{COST}"));
    a_retrofit_that_spends_half: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas_plant\"\nlife = 20\nspending = {{ 3 = 0.5 }}\n{COST}"));
    a_retrofit_limited_by_region: |m| retrofit(m, "capacity = \"GW\"", &format!("to = \"gas_plant\"\nlife = 20\nmax_converted = {{ north = 1, south = 2 }}\n{COST}"));
}
