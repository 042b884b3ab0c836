//! What is said of formulas, drivers and branches.

use crate::support::broken;

const PEOPLE: &str = "[drivers.people]\nunit = \"million\"\nvalue = { north = { 2025 = 2, 2040 = 5 }, south = 1 }\n";

fn lights(formula: &str) -> String {
    format!(
        "{PEOPLE}[branches.lights]\ncommodity = \"electricity\"\nannual = {{ formula = \"{formula}\" }}\n"
    )
}

broken! {
    a_formula_that_ends_too_early: |m| m.add("tree.toml", &lights("people * 3 GJ/head +"));
    a_formula_with_a_strange_sign: |m| m.add("tree.toml", &lights("people * 3 GJ/head ? 2"));
    a_bracket_that_is_not_closed: |m| m.add("tree.toml", &lights("people * (3 GJ/head"));
    brackets_without_end: |m| m.add("tree.toml", &lights(&"(".repeat(900)));
    a_name_that_is_not_known: |m| m.add("tree.toml", &lights("poeple * 3 GJ/head"));
    a_function_that_is_not_known: |m| m.add("tree.toml", &lights("idnex(people) * 3 PJ"));
    a_function_with_too_many_values: |m| m.add("tree.toml", &lights("index(people, people) * 3 PJ"));
    a_sum_of_what_differs: |m| m.add("tree.toml", &lights("people + 3 PJ"));
    a_formula_of_another_dimension: |m| m.add("tree.toml", &lights("people * 3"));
    an_exponent_with_a_unit: |m| m.add("tree.toml", &lights("3 PJ * index(people) ^ 2 PJ"));
    a_root_of_people: |m| m.add("tree.toml", &lights("3 PJ/head * people ^ 0.5"));
    division_by_zero: |m| m.add("tree.toml", &lights("3 PJ / (year - 2030)"));
    a_logarithm_of_nothing: |m| m.add("tree.toml", &lights("3 PJ * ln(year - 2025)"));
    a_demand_below_zero: |m| m.add("tree.toml", &lights("3 PJ * (2030 - year)"));
    a_driver_that_leads_back: |m| m.add("tree.toml", &(lights("a * people * 1 GJ/head") + "[drivers.a]\nvalue = { formula = \"2 * b\" }\n[drivers.b]\nvalue = { formula = \"a / 2\" }\n"));
    a_regional_driver_for_no_region: |m| m.add("tree.toml", PEOPLE).replace("limit = { 2030 = 12, 2040 = 9 }", "limit = { formula = \"people * 3 t/head\" }");
    a_driver_in_another_unit: |m| m.add("tree.toml", &(lights("people * use") + "[drivers.use]\nunit = \"PJ/million\"\nvalue = { 2025 = { value = 3, unit = \"PJ\" } }\n"));
    a_driver_whose_formula_is_something_else: |m| m.add("tree.toml", &(lights("people * use") + "[drivers.use]\nunit = \"PJ/million\"\nvalue = { formula = \"3 PJ\" }\n"));
    a_driver_without_a_region: |m| m.add("tree.toml", "[drivers.people]\nunit = \"million\"\nvalue = { north = 2 }\n[branches.lights]\ncommodity = \"electricity\"\nannual = { formula = \"people * 3 GJ/head\" }\n");
    a_driver_without_a_value: |m| m.add("tree.toml", "[drivers.people]\nunit = \"million\"\n");
    a_driver_in_no_unit: |m| m.add("tree.toml", "[drivers.people]\nunit = \"mln\"\nvalue = 3\n");
    a_driver_named_like_a_function: |m| m.add("tree.toml", "[drivers.index]\nvalue = 3\n");
    a_driver_named_like_a_unit: |m| m.add("tree.toml", "[drivers.GW]\nvalue = 3\n");
    a_driver_that_formulas_cannot_name: |m| m.add("tree.toml", "[drivers.floor-area]\nvalue = 3\n");
    a_formula_beside_years: |m| m.add("tree.toml", &(PEOPLE.to_owned() + "[branches.lights]\ncommodity = \"electricity\"\nannual = { formula = \"people * 3 GJ/head\", 2030 = 4 }\n"));
    a_formula_that_is_a_number: |m| m.add("tree.toml", "[branches.lights]\ncommodity = \"electricity\"\nannual = { formula = 3 }\n");
    a_branch_that_needs_nothing: |m| m.add("tree.toml", "[branches.lights]\nannual = { value = 3, unit = \"PJ\" }\n");
    a_branch_without_an_amount: |m| m.add("tree.toml", "[branches.lights]\ncommodity = \"electricity\"\n");
    a_branch_of_an_unknown_parent: |m| m.add("tree.toml", "[branches.lights]\nparent = \"home\"\n[branches.homes]\n");
    a_branch_of_itself: |m| m.add("tree.toml", "[branches.lights]\nparent = \"homes\"\n[branches.homes]\nparent = \"lights\"\n");
    an_assumed_formula_without_its_reasoning: |m| m.add("tree.toml", "[drivers.people]\nvalue = { formula = \"2 + 2\", confidence = \"assumption\" }\n");
}
