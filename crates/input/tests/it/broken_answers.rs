//! What is said of demand that answers to prices.

use crate::support::{Files, broken};

/// The valley with more about the demand of the south.
fn with(m: Files, more: &str) -> Files {
    m.replace(
        "annual = 4, profile = \"load\"",
        &format!("annual = 4, {more}, profile = \"load\""),
    )
}

const WORTH: &str = "worth = { value = 90, unit = \"USD/MWh\" }";

broken! {
    a_step_of_demand: |m| with(m, &format!("steps = {{ some = {{ share = 0.3, {WORTH} }} }}"));
    steps_of_more_than_the_demand: |m| with(m, &format!("steps = {{ some = {{ share = 0.7, {WORTH} }}, more = {{ share = 0.5, {WORTH} }} }}"));
    steps_of_nothing: |m| with(m, "steps = {}");
    a_step_of_a_share_and_an_amount: |m| with(m, &format!("steps = {{ some = {{ share = 0.3, amount = {{ value = 1, unit = \"TWh\" }}, {WORTH} }} }}"));
    a_step_of_more_than_there_is: |m| with(m, &format!("steps = {{ some = {{ amount = {{ value = 4000, unit = \"TWh\" }}, {WORTH} }} }}"));
    a_step_of_an_amount_below_zero: |m| with(m, &format!("steps = {{ some = {{ amount = {{ value = -1, unit = \"TWh\" }}, {WORTH} }} }}"));
    cuts_that_rise: |m| with(m, "elasticity = 0.5, cuts = [0.5, 1, 2], reference_price = { value = 50, unit = \"USD/MWh\" }");
    cuts_without_the_reference: |m| with(m, "elasticity = 0.5, cuts = [2, 0.5], reference_price = { value = 50, unit = \"USD/MWh\" }");
    cuts_of_no_curve: |m| with(m, "cuts = [2, 1, 0.5]");
    cuts_in_words: |m| with(m, "elasticity = 0.5, cuts = [\"high\", 1], reference_price = { value = 50, unit = \"USD/MWh\" }");
    a_step_of_more_than_one: |m| with(m, &format!("steps = {{ some = {{ share = 30, {WORTH} }} }}"));
    a_step_without_a_share: |m| with(m, &format!("steps = {{ some = {{ {WORTH} }} }}"));
    a_step_without_its_worth: |m| with(m, "steps = { some = { share = 0.3 } }");
    a_step_of_negative_worth: |m| with(m, "steps = { some = { share = 0.3, worth = { value = -5, unit = \"USD/MWh\" } } }");
    a_step_without_a_unit: |m| with(m, "steps = { some = { share = 0.3, worth = 90 } }");
    a_step_in_a_typo: |m| with(m, &format!("steps = {{ some = {{ shares = 0.3, {WORTH} }} }}"));
    a_step_by_the_month: |m| with(m, &format!("steps = {{ some = {{ share = 0.3, {WORTH}, by = \"month\" }} }}"));
    a_step_worth_a_fortune: |m| with(m, "steps = { some = { share = 0.3, worth = { value = 9e6, unit = \"USD/MWh\" } } }");
    steps_and_an_elasticity: |m| with(m, &format!("elasticity = 0.5, steps = {{ some = {{ share = 0.3, {WORTH} }} }}"));
    an_elasticity_without_a_price: |m| with(m, "elasticity = 0.5");
    a_price_without_an_elasticity: |m| with(m, "reference_price = { value = 50, unit = \"USD/MWh\" }");
    an_elasticity_below_zero: |m| with(m, "elasticity = -0.5, reference_price = { value = 50, unit = \"USD/MWh\" }");
    an_elastic_demand: |m| with(m, "elasticity = 0.5, reference_price = { value = 50, unit = \"USD/MWh\" }");
    steps_of_a_branch_that_needs_nothing: |m| m.add("tree.toml", &format!("[branches.homes]\nsteps = {{ some = {{ share = 0.3, {WORTH} }} }}\n"));
    a_step_worth_more_than_firm_demand: |m| with(m, &format!("steps = {{ some = {{ share = 0.3, {WORTH} }} }}")).replace("[commodities.electricity]\n", "[commodities.electricity]\nunserved_cost = { value = 80, unit = \"USD/MWh\" }\n");
    a_shift_of_load: |m| with(m, "shift = { share = 0.2, cycle = \"day\", hours = 4, most = { winter = 3, summer = 2 } }");
    a_shift_of_nothing: |m| with(m, "shift = { cycle = \"day\" }");
    a_shift_of_more_than_all: |m| with(m, "shift = { share = 2, cycle = \"day\" }");
    a_shift_to_any_time: |m| with(m, "shift = { share = 0.2 }");
    a_shift_over_a_month: |m| with(m, "shift = { share = 0.2, cycle = \"month\" }");
    a_shift_of_what_may_go_unserved: |m| with(m, &format!("shift = {{ share = 0.6, cycle = \"day\" }}, steps = {{ some = {{ share = 0.5, {WORTH} }} }}"));
    a_shift_beside_lost_load: |m| with(m, &format!("shift = {{ share = 0.6, cycle = \"day\" }}, steps = {{ lost = {{ share = 1, by = \"slice\", {WORTH} }} }}"));
    a_shift_beside_a_step: |m| with(m, &format!("shift = {{ share = 0.6, cycle = \"day\" }}, steps = {{ some = {{ share = 0.4, {WORTH} }} }}"));
    a_shift_of_an_elastic_demand: |m| with(m, "shift = { share = 0.6, cycle = \"day\" }, elasticity = 0.5, reference_price = { value = 50, unit = \"USD/MWh\" }");
    a_shift_that_begins_with_a_scenario: |m| with(m, "shift = { share = 0, cycle = \"day\" }");
    a_shift_named_as_a_resource: |m| with(m, "shift = { share = 0.2, cycle = \"day\" }").add("more.toml", "[resources.electricity]\ncommodity = \"electricity\"\nregions = [\"south\"]\nsteps.shift.cost = { value = 90, unit = \"USD/MWh\" }\n");
    a_shift_without_room: |m| with(m, "shift = { share = 0.2, cycle = \"day\", most = 0.1 }");
    a_shift_of_what_waits_for_years: |m| with(m, "shift = { share = 0.2, cycle = \"day\", hours = 9000 }");
    a_shift_of_flexible_demand: |m| m.replace("annual = 4, profile = \"load\"", "annual = 4, profile = \"flexible\", shift = { share = 0.2, cycle = \"day\" }");
    two_shifts_of_one_name: |m| with(m, "shift = { share = 0.2, cycle = \"day\" }").add("tree.toml", "[branches.electricity]\ncommodity = \"electricity\"\nregions = [\"south\"]\nannual = { value = 2, unit = \"TWh\" }\nprofile = \"load\"\nshift = { share = 0.2, cycle = \"day\" }\n");
    a_shift_of_what_is_balanced_by_the_year: |m| m.add("more.toml", "[demands.coal]\nnorth = { annual = { value = 1, unit = \"TWh\" }, shift = { share = 0.2, cycle = \"year\" } }\n");
}
