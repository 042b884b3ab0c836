//! What is said of lines of alternating current and of subsidies.

use crate::support::broken;

const SUBSIDY: &str = "[subsidies.fund]\nprocesses = [\"wind\"]\n";

broken! {
    a_line_that_loses: |m| m.replace("loss = 0.04", "loss = 0.04\nreactance = 0.1");
    a_line_that_goes_one_way: |m| m.replace("loss = 0.04", "reactance = 0.1\ntwo_way = false");
    a_line_of_a_yearly_commodity: |m| m.replace("loss = 0.04", "reactance = 0.1").replace("to = \"south\"\ncommodity = \"electricity\"", "to = \"south\"\ncommodity = \"coal\"");
    a_line_without_capacity: |m| m.replace("capacity = \"GW\"\nresidual_capacity = 1\nloss = 0.04", "reactance = 0.1");
    a_line_in_petajoules: |m| m.replace("capacity = \"GW\"\nresidual_capacity = 1\nloss = 0.04", "capacity = \"PJ/a\"\nresidual_capacity = { value = 30, unit = \"PJ/a\" }\nreactance = 0.1");
    a_line_of_any_size: |m| m.replace("residual_capacity = 1\nloss = 0.04", "reactance = 0.1\ncapital_cost = 300\nlife = 40");
    a_line_that_stands_and_may_be_built: |m| m.replace("loss = 0.04", "reactance = 0.1\ncapital_cost = 300\nlife = 40\nunit_size = { value = 1, unit = \"GW\" }");
    a_line_in_ohm: |m| m.replace("loss = 0.04", "reactance = { value = 25, unit = \"ohm\" }");
    a_line_that_is_paid: |m| m.replace("loss = 0.04", "loss = 0.04\nvariable_cost = -1");
    a_subsidy_above_the_cost: |m| m.add("system.toml", &format!("{SUBSIDY}rate = {{ value = 1000, unit = \"USD/kW\" }}\n"));
    a_subsidy_without_a_rate: |m| m.add("system.toml", SUBSIDY);
    two_subsidies_on_one_process: |m| m.add("system.toml", &format!("{SUBSIDY}rate = {{ value = 100, unit = \"USD/kW\" }}\n[subsidies.other]\ncategories = [\"wind\"]\nrate = {{ value = 100, unit = \"USD/kW\" }}\n"));
    a_subsidy_on_a_mine: |m| m.add("system.toml", "[subsidies.fund]\nprocesses = [\"coal_mine\"]\nrate = { value = 100, unit = \"USD/kW\" }\n");
    a_subsidy_for_what_cannot_be_built: |m| m.replace("capital_cost = 1900\n", "").add("system.toml", "[subsidies.fund]\nprocesses = [\"coal_plant\"]\nrate = { value = 100, unit = \"USD/kW\" }\n");
    a_budget_that_is_no_money: |m| m.add("system.toml", &format!("{SUBSIDY}rate = {{ value = 100, unit = \"USD/kW\" }}\nannual_budget = {{ value = 3, unit = \"GW\" }}\n"));
}
