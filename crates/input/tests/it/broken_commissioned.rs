//! Existing capacity by its year of commissioning.

use crate::support::{Files, broken};

/// The model with these fields of wind, of which some exists, in place of its limit on building.
fn commissioned(m: Files, fields: &str) -> Files {
    m.replace("max_new_capacity = 0.5", fields)
}

const PLANTS: &str = "commissioned = { 2005 = 1, 2015 = 2 }";

/// The model with a line that has these fields.
fn line(m: Files, fields: &str) -> Files {
    let line = "[links.line]\nfrom = \"north\"\nto = \"south\"\ncommodity = \"electricity\"\n\
                capacity = \"GW\"\n";
    m.add("line.toml", &format!("{line}{fields}\n"))
}

broken! {
    commissioned_beside_what_exists: |m| commissioned(m, &format!("{PLANTS}\nresidual_capacity = 1"));
    commissioned_without_a_year: |m| commissioned(m, "commissioned = 3");
    commissioned_without_a_life: |m| commissioned(m, PLANTS).replace("life = 25\n", "").replace("capital_cost = { 2025 = 1300, 2040 = 1000 }\n", "");
    commissioned_in_megawatt_hours: |m| commissioned(m, "commissioned = { 2005 = 1, unit = \"MWh\" }");
    commissioned_too_long_ago: |m| commissioned(m, "commissioned = { 1995 = 1, 2010 = 2 }");
    commissioned_under_a_limit: |m| commissioned(m, &format!("{PLANTS}\nmax_capacity = 4"));
    commissioned_elsewhere: |m| commissioned(m, "regions = [\"north\"]\ncommissioned = { north = { 2010 = 2 }, south = { 2010 = 1 } }");
    a_line_commissioned_beside_what_exists: |m| line(m, "life = 40\nresidual_capacity = 1\ncommissioned = { 2005 = 1 }");
    a_line_commissioned_without_a_life: |m| line(m, "commissioned = { 2005 = 1 }");
    a_line_commissioned_too_long_ago: |m| line(m, "life = 10\ncommissioned = { 2005 = 1 }");
    commissioned_in_a_year_that_is_none: |m| commissioned(m, "commissioned = { 1795 = 1 }");
    a_rule_for_a_year_of_none: |m| commissioned(m, PLANTS).add("system.toml", "[capacity_limits.old]\nprocesses = [\"wind.2006\"]\nmax = { value = 6, unit = \"GW\" }\n");
}
