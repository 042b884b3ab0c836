//! What is said of constraints.

use crate::support::{Files, broken};

/// The valley with a constraint.
fn with(m: Files, constraint: &str) -> Files {
    m.add("rules.toml", &format!("[constraints.land]\n{constraint}"))
}

const WIND: &str = "quantity = \"capacity\", processes = [\"wind\"]";

broken! {
    a_constraint_on_land: |m| with(m, &format!("unit = \"Mm2\"\nat_most = {{ 2030 = 500 }}\nterms.wind = {{ {WIND}, weight = {{ value = 0.2, unit = \"Mm2/MW\" }} }}\n"));
    a_constraint_without_a_bound: |m| with(m, &format!("unit = \"GW\"\nterms.wind = {{ {WIND} }}\n"));
    a_constraint_without_terms: |m| with(m, "unit = \"GW\"\nat_most = 5\n");
    a_constraint_without_a_unit: |m| with(m, &format!("at_most = 5\nterms.wind = {{ {WIND} }}\n"));
    a_constraint_in_an_unknown_unit: |m| with(m, &format!("unit = \"acres\"\nat_most = 5\nterms.wind = {{ {WIND} }}\n"));
    a_bound_in_another_unit: |m| with(m, &format!("unit = \"GW\"\nat_most = {{ value = 5, unit = \"Mt\" }}\nterms.wind = {{ {WIND} }}\n"));
    a_term_without_its_weight: |m| with(m, &format!("unit = \"Mm2\"\nat_most = 500\nterms.wind = {{ {WIND} }}\n"));
    a_weight_without_its_unit: |m| with(m, &format!("unit = \"Mm2\"\nat_most = 500\nterms.wind = {{ {WIND}, weight = 200 }}\n"));
    a_weight_in_another_unit: |m| with(m, &format!("unit = \"Mm2\"\nat_most = 500\nterms.wind = {{ {WIND}, weight = {{ value = 3, unit = \"m3/MWh\" }} }}\n"));
    a_weight_by_slice_of_a_capacity: |m| with(m, &format!("unit = \"GW\"\nat_most = 500\nterms.wind = {{ {WIND}, weight = {{ winter = 1, summer = 0 }} }}\n"));
    a_weight_by_slice_of_what_is_by_the_year: |m| with(m, "unit = \"PJ\"\nat_most = 500\nterms.coal = { quantity = \"activity\", processes = [\"coal_mine\"], weight = { winter = 1, summer = 0 } }\n");
    a_term_of_a_commodity_nobody_makes: |m| with(m, "unit = \"PJ\"\nat_most = 500\nterms.wind = { quantity = \"output\", commodity = \"coal\", processes = [\"wind\"] }\n");
    a_term_without_a_commodity: |m| with(m, "unit = \"PJ\"\nat_most = 500\nterms.wind = { quantity = \"output\", processes = [\"wind\"] }\n");
    a_term_of_an_unknown_process: |m| with(m, "unit = \"GW\"\nat_most = 500\nterms.wind = { quantity = \"capacity\", processes = [\"winds\"] }\n");
    a_term_of_an_unknown_link: |m| with(m, "unit = \"PJ\"\nat_most = 500\nterms.line = { quantity = \"flow\", links = [\"lines\"] }\n");
    a_term_of_no_known_quantity: |m| with(m, "unit = \"GW\"\nat_most = 500\nterms.wind = { quantity = \"power\", processes = [\"wind\"] }\n");
    a_term_of_capacity_where_there_is_none: |m| with(m, "unit = \"GW\"\nat_most = 500\nterms.coal = { quantity = \"capacity\", processes = [\"coal_mine\"] }\n");
    a_term_of_emissions_of_a_wind_park: |m| with(m, "unit = \"Mt\"\nat_most = 500\nterms.wind = { quantity = \"emissions\", emission = \"co2\", processes = [\"wind\"] }\n");
    a_term_with_a_field_of_another: |m| with(m, &format!("unit = \"GW\"\nat_most = 500\nterms.wind = {{ {WIND}, direction = \"forward\" }}\n"));
    a_size_of_a_storage_of_hours: |m| with(m, "unit = \"GWh\"\nat_most = 500\nterms.battery = { quantity = \"storage_size\", processes = [\"battery\"] }\n");
    a_constraint_equal_and_at_most: |m| with(m, &format!("unit = \"GW\"\nat_most = 5\nequal = 4\nterms.wind = {{ {WIND} }}\n"));
    a_constraint_over_the_horizon_by_year: |m| with(m, &format!("unit = \"GW*a\"\nover = \"horizon\"\nat_most = {{ 2030 = 50 }}\nterms.wind = {{ {WIND} }}\n"));
    growth_over_the_horizon: |m| with(m, &format!("unit = \"GW\"\nover = \"horizon\"\ngrowth = {{ rate = 0.1, seed = 1 }}\nterms.wind = {{ {WIND} }}\n"));
    growth_without_a_seed: |m| with(m, &format!("unit = \"GW\"\ngrowth = {{ rate = 0.1 }}\nterms.wind = {{ {WIND} }}\n"));
    growth_without_a_rate: |m| with(m, &format!("unit = \"GW\"\ngrowth = {{ seed = 1 }}\nterms.wind = {{ {WIND} }}\n"));
    a_decline_of_more_than_all: |m| with(m, &format!("decline = {{ rate = 1.5 }}\nterms.wind = {{ {WIND} }}\n"));
    a_start_without_growth: |m| with(m, &format!("unit = \"GW\"\nat_most = 5\nstart = 1\nterms.wind = {{ {WIND} }}\n"));
    a_constraint_relative_to_another_unit: |m| with(m, &format!("at_most = 0.5\nterms.wind = {{ {WIND} }}\nrelative_to.coal = {{ quantity = \"emissions\", emission = \"co2\" }}\n"));
    a_constraint_after_the_horizon: |m| with(m, &format!("unit = \"GW\"\nat_most = {{ 2060 = 5 }}\nterms.wind = {{ {WIND} }}\n"));
    a_misspelt_field_of_a_constraint: |m| with(m, &format!("unit = \"GW\"\nmax = 5\nterms.wind = {{ {WIND} }}\n"));
}
