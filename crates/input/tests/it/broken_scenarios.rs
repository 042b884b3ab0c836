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
    an_unknown_parent: "parent = \"referense\"\n";
    a_scenario_that_builds_on_itself: "parent = \"broken\"\n";
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
