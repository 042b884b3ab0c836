//! Classes of a resource.

use crate::support::{Files, broken};

/// The model with wind in classes: its limit on building is of one of them.
pub(crate) fn classes(m: Files, fields: &str) -> Files {
    let potential = "[processes.wind.classes.coast]\navailability = 0.5\n\
                     max_capacity = { value = 2, unit = \"GW\" }\n\
                     [processes.wind.classes.plain]\nlabel = \"Wind on the plain\"\n";
    let start = "[storages.battery]";
    m.replace("availability = \"wind\"\nmax_new_capacity = 0.5", "availability = \"wind\"")
        .replace(start, &format!("{potential}{fields}\n{start}"))
}

broken! {
    potential_of_all_classes: |m| classes(m, "").replace("life = 25", "life = 25\nmax_capacity = 3");
    standing_capacity_of_all_classes: |m| classes(m, "").add("residual_capacity.csv", "wind,north,2025,1,GW,list of plants\n");
    standing_capacity_of_no_class: |m| classes(m, "").add("residual_capacity.csv", "wind.hill,north,2025,1,GW,list of plants\n");
    a_field_that_no_class_has: |m| classes(m, "category = \"wind\"");
    no_class_at_all: |m| m.replace("max_new_capacity = 0.5", "classes = {}");
    a_class_of_no_name: |m| classes(m, "[processes.wind.classes.2030]");
    a_class_out_of_reach: |m| classes(m, "min_capacity = 3\nmax_capacity = 2");
    a_class_somewhere_else: |m| classes(m, "regions = [\"north\"]\nmax_capacity = { south = 3 }");
    a_rule_for_a_class_that_is_not: |m| classes(m, "").add("system.toml", "[capacity_limits.wind]\nprocesses = [\"wind.hill\"]\nmax = { value = 6, unit = \"GW\" }\n");
    connection_of_what_is_not_built: |m| m.replace("capital_cost = { 2025 = 1300, 2040 = 1000 }", "connection_cost = { value = 100, unit = \"USD/kW\" }").replace("max_new_capacity = 0.5", "residual_capacity = 0.5");
    connection_in_another_unit: |m| m.replace("life = 25", "life = 25\nconnection_cost = { value = 100, unit = \"USD/kWh\" }");
    a_class_of_more_than_it_may_have: |m| classes(m, "residual_capacity = 3\nmax_capacity = 2");
}
