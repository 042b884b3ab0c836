//! What is said of scenarios.

use crate::support::{Files, messages};

/// Defines tests that each read the right model with one scenario of a few lines.
macro_rules! scenario {
    ($($name:ident: $text:expr;)*) => {$(
        #[test]
        fn $name() {
            let files = Files::right()
                .add("scenarios/reference.toml", "label = \"Reference\"\n")
                .add("scenarios/broken.toml", $text);
            let input = files.read(Some("broken"));
            insta::assert_snapshot!(stringify!($name), messages(&input));
        }
    )*};
}

scenario! {
    a_path_to_nowhere: "[[set]]\npath = \"processes.wnd.life\"\nvalue = 30\nreason = \"better blades\"\n";
    a_path_to_an_unknown_field: "[[set]]\npath = \"processes.wind.lief\"\nvalue = 30\nreason = \"better blades\"\n";
    a_path_to_an_unknown_section: "[[set]]\npath = \"process.wind.life\"\nvalue = 30\nreason = \"better blades\"\n";
    a_year_of_a_value_that_does_not_vary: "[[set]]\npath = \"processes.coal_plant.capital_cost.2040\"\nvalue = 1700\nunit = \"USD/kW\"\nreason = \"learning\"\n";
    a_change_without_a_reason: "[[set]]\npath = \"processes.wind.life\"\nvalue = 30\n";
    a_change_without_a_value: "[[set]]\npath = \"processes.wind.life\"\nreason = \"better blades\"\n";
    a_change_without_a_unit: "[[set]]\npath = \"processes.wind.max_capacity\"\nvalue = 30\nreason = \"roads\"\n[[set]]\npath = \"processes.wind.capital_cost.2040\"\nvalue = 700\nreason = \"learning\"\n";
    a_change_in_another_unit: "[[set]]\npath = \"emission_caps.valley.limit\"\nvalue = { 2030 = 9 }\nunit = \"PJ\"\nreason = \"a pledge\"\n";
    a_change_made_twice: "[[set]]\npath = \"processes.wind.life\"\nvalue = 30\nreason = \"a\"\n[[set]]\npath = \"processes.wind.life\"\nvalue = 35\nreason = \"b\"\n";
    a_unit_for_a_whole_table: "[[set]]\npath = \"emission_caps.valley\"\nvalue = { emissions = { co2 = 1 }, limit = 5 }\nunit = \"Mt/a\"\nreason = \"a pledge\"\n";
    removing_what_is_not_there: "[[remove]]\npath = \"processes.nuclear\"\nreason = \"phase-out\"\n";
    removing_what_others_name: "[[remove]]\npath = \"commodities.coal\"\nreason = \"phase-out\"\n";
    a_misspelt_key_of_a_change: "[[set]]\npath = \"processes.wind.life\"\nvalue = 30\nreasn = \"better blades\"\n";
    several_steps_of_one_process: "[[set]]\npath = \"processes.wind.lief\"\nvalue = 30\nreason = \"a\"\n[[set]]\npath = \"processes.wind.availabilty\"\nvalue = 0.5\nreason = \"b\"\n[[remove]]\npath = \"processes.nuclear\"\nreason = \"c\"\n[[remove]]\npath = \"processes.nuclear.life\"\nreason = \"d\"\n[[set]]\npath = \"processes.wind.economic_life\"\nvalue = -5\nreason = \"e\"\n[[set]]\npath = \"demands.electricity.north.annual\"\nvalue = { value = 3, unit = \"\" }\nreason = \"f\"\n";
    no_parent_at_all: "parent = []\n";
    an_unknown_parent: "parent = \"referense\"\n";
    a_scenario_that_builds_on_itself: "parent = \"broken\"\n";
    a_factor_and_a_value: "[[set]]\npath = \"processes.wind.life\"\nvalue = 30\nscale = 1.1\nreason = \"better blades\"\n";
    a_factor_with_a_unit: "[[set]]\npath = \"processes.wind.capital_cost\"\nscale = 1.1\nunit = \"USD/kW\"\nreason = \"steel\"\n[[set]]\npath = \"processes.wind.life\"\nscale = 1.1\nnote = \"a guess\"\nreason = \"better blades\"\n";
    a_factor_that_is_none: "[[set]]\npath = \"processes.wind.life\"\nscale = \"10 %\"\nreason = \"better blades\"\n[[set]]\npath = \"processes.wind.capital_cost\"\nscale = -0.5\nreason = \"steel\"\n";
    a_factor_of_a_profile: "[[set]]\npath = \"processes.*.availability\"\nscale = 0.9\nreason = \"outages\"\n";
    a_factor_of_several_quantities: "[[set]]\npath = \"processes.wind.*\"\nscale = 1.1\nreason = \"steel\"\n[[set]]\npath = \"processes.coal_plant\"\nscale = 1.1\nreason = \"steel\"\n";
    a_factor_of_no_number: "[[set]]\npath = \"regions.*.label\"\nscale = 1.1\nreason = \"steel\"\n[[set]]\npath = \"processes.wind.economic_life\"\nscale = 1.1\nreason = \"banks\"\n";
    a_factor_beyond_what_may_be: "[[set]]\npath = \"processes.coal_plant.availability\"\nscale = 1.2\nreason = \"better upkeep\"\n";
    a_demand_scaled_beyond_what_can_be: "[[set]]\npath = \"demands.*\"\nscale = 10\nreason = \"growth\"\n[[set]]\npath = [\"processes.*.max_new_capacity\", \"processes.*.residual_capacity\"]\nscale = 0\nreason = \"nothing built\"\n[[set]]\npath = \"processes.coal_plant.max_new_capacity\"\nvalue = 0\nunit = \"GW\"\nreason = \"nothing built\"\n";
    a_star_that_meets_nothing: "[[set]]\npath = \"processes.wnd*.capital_cost\"\nscale = 1.1\nreason = \"steel\"\n[[set]]\npath = \"processes.*.economic_life\"\nvalue = 20\nreason = \"banks\"\n[[set]]\npath = \"processes.*.capital_cots\"\nscale = 1.1\nreason = \"steel\"\n[[remove]]\npath = \"shares.*\"\nreason = \"no policy\"\n";
    a_star_that_does_not_mean_the_same: "[[set]]\npath = \"processes.*.capital_cost.2040\"\nscale = 0.8\nreason = \"learning\"\n";
    a_star_below_a_list: "[[set]]\npath = \"time.seasons.*.days\"\nscale = 1.1\nreason = \"long years\"\n";
    a_list_of_paths: "[[set]]\npath = [\"processes.wind.capital_cost\", \"processes.wnd.fixed_cost\", \"processes.wind.capital_cost\"]\nscale = 1.1\nreason = \"steel\"\n[[set]]\npath = []\nscale = 1.1\nreason = \"steel\"\n";
    a_parent_that_is_no_name: "parent = [\"reference\", 3]\n";
    set_written_as_one_table: "[set]\npath = \"processes.wind.life\"\nvalue = 30\nreason = \"better blades\"\n";
}

#[test]
fn a_scenario_that_is_not_there() {
    let files = Files::right().add("scenarios/green.toml", "label = \"Green\"\n");
    insta::assert_snapshot!(
        "a_scenario_that_is_not_there",
        messages(&files.read(Some("greeen")))
    );
}

/// Two scenarios, which nothing relates, and what is said of them together.
fn together(one: &str, other: &str, asked: &str) -> String {
    let files = Files::right()
        .add("scenarios/one.toml", one)
        .add("scenarios/other.toml", other)
        .add("scenarios/child.toml", "parent = \"one\"\n")
        .add("scenarios/both.toml", "parent = [\"one\", \"other\"]\n[[set]]\npath = \"processes.wind.life\"\nvalue = 33\nreason = \"a talk\"\n");
    messages(&files.read(Some(asked)))
}

fn life(years: u32) -> String {
    format!("[[set]]\npath = \"processes.wind.life\"\nvalue = {years}\nreason = \"blades\"\n")
}

/// What one takes out another cannot change, whichever is read first.
#[test]
fn a_scenario_changes_what_another_takes_out() {
    let gone = "[[remove]]\npath = \"processes.wind\"\nreason = \"no wind\"\n";
    for path in ["processes.wind.life", "processes.w*.life"] {
        let scaled = format!("[[set]]\npath = \"{path}\"\nscale = 1.1\nreason = \"blades\"\n");
        let said = together(gone, &scaled, "one+other");
        assert!(said.contains("`other` changes what `one` takes out"), "{said}");
        assert!(said.contains("taken out here"), "{said}");
        let said = together(&scaled, gone, "one+other");
        assert!(said.contains("`one` and `other` disagree on `processes.wind.life`"), "{said}");
    }
}

#[test]
fn scenarios_that_disagree() {
    let said = together(&life(30), &life(35), "child+other");
    insta::assert_snapshot!("scenarios_that_disagree", said);
    // the other way round as well; who says the same agrees; who builds on both decides
    let said = together(&life(30), &life(35), "other+one");
    assert!(said.contains("`other` and `one` disagree on `processes.wind.life`"), "{said}");
    assert_eq!(together(&life(30), &life(30), "one+other"), "");
    assert_eq!(together(&life(30), &life(35), "both"), "");
}

/// What a star meets depends on what is there: in either order the two are said to disagree.
#[test]
fn what_a_star_meets_by_the_order_of_scenarios() {
    let expensive =
        "[[set]]\npath = \"processes.*.fixed_cost\"\nscale = 1.1\nreason = \"wages\"\n";
    let gas = "[[set]]\npath = \"processes.gas\"\nvalue = { output = \"electricity\", capacity = \"GW\", residual_capacity = 1, fixed_cost = { value = 20, unit = \"USD/kW/a\" } }\nreason = \"a plant\"\n";
    for asked in ["one+other", "other+one"] {
        let said = together(expensive, gas, asked);
        assert!(said.contains("disagree on `processes.gas.fixed_cost`"), "{said}");
    }
    assert_eq!(
        together(expensive, expensive, "one+other"),
        "",
        "a product is the same in any order"
    );
    let wind = "[[remove]]\npath = \"emission_caps.*\"\nreason = \"no policy\"\n";
    assert_eq!(together(expensive, wind, "one+other"), "");
}

#[test]
fn names_that_do_not_go_together() {
    for (asked, said) in [
        ("one+base", "`one+base` names `base`, which is the model without a scenario"),
        ("one+", "`one+` has a `+` without a scenario beside it"),
        ("one+one", "`one+one` names `one` twice"),
        ("one+othr", "there is no scenario `othr`"),
    ] {
        let found = together("", "", asked);
        assert!(found.contains(said), "{found}");
    }
    let files = Files::right().add("scenarios/a+b.toml", "label = \"A\"\n");
    let found = messages(&files.read(None));
    assert!(found.contains("`+` joins scenarios that are read together"), "{found}");
}
