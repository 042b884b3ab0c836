//! What would be silent: what is passed over, warned of, or listed as taken by rule.

use kzleap_model::Model;

use crate::support::{Files, messages};

/// What spreadsheets add to a table: a byte order mark, a line that names the separator, and empty
/// cells right of the table and below it.
#[test]
fn what_spreadsheets_add_to_a_table_is_passed_over() {
    let table = "\u{feff}sep=,\r\nprocess,region,year,value,unit,,\r\n\
                 coal_plant,north,2025,3.0,GW,,\r\ncoal_plant,north,2040,1000,MW,,\r\n,,,,,,\r\n";
    let files = Files::right().without("residual_capacity.csv");
    let input = files.add("residual_capacity.csv", table).read(None);
    assert_eq!(messages(&input), "");
    let found = input.model.expect("no error, so a model");
    let right = Files::right().read(None).model.expect("no error, so a model");
    let residual = |model: &Model| -> Vec<Vec<f64>> {
        model.capacities.iter().map(|capacity| capacity.residual.clone()).collect()
    };
    assert_eq!(residual(&found), residual(&right));
}

/// What a fuel says of itself, that it emits nothing, is not asked for again; nor of what a burner
/// only passes on, nor of what is no fuel under any cap.
#[test]
fn a_fuel_that_states_no_emissions_is_not_warned_of() {
    let peat = "[commodities.peat]\ntier = \"annual\"\nemissions = { co2 = 0 }\n\
                [resources.bog]\ncommodity = \"peat\"\ncost = 5\n\
                [processes.peat_plant]\ninput = \"peat\"\noutput = \"electricity\"\n\
                efficiency = 0.35\ncapacity = \"GW\"\nresidual_capacity = 0.2\n";
    assert_eq!(messages(&Files::right().add("system.toml", peat).read(None)), "");
    let without_cap = Files::right()
        .add("system.toml", &peat.replace("emissions = { co2 = 0 }\n", ""))
        .replace("\n[emission_caps.valley]\nemissions = { co2 = 1 }\nlimit = { 2030 = 12, 2040 = 9 }\n", "\n");
    assert_eq!(messages(&without_cap.read(None)), "");
}

/// What a line that cannot be read would have given is not asked for: what exists of the only
/// plants, and what uses electricity and a profile.
#[test]
fn what_is_only_missing_for_a_line_that_cannot_be_read_is_not_told() {
    let codes = |files: Files| -> Vec<String> {
        files.read(None).diagnostics.iter().map(|found| found.code.to_string()).collect()
    };
    let lost = "coal_plant,north,2025,3,0,GW";
    let row = codes(
        Files::right()
            .replace("capital_cost = 1900\n", "")
            .replace("max_new_capacity = 0.5", "max_new_capacity = 0")
            .replace("coal_plant,north,2025,3.0,GW", lost)
            .replace("coal_plant,north,2040,1000,MW,list of plants\n", ""),
    );
    assert!(row.contains(&"bad-row".to_owned()), "{row:?}");
    assert!(!row.contains(&"demand-cannot-be-served".to_owned()), "{row:?}");
    let demand = Files::right()
        .replace("north = { annual = { 2025 = 10, 2040 = 16 }, profile = \"load\" }\n", "")
        .replace("south = { annual = 4, profile", "south = { annual = 4,5, profile");
    assert_eq!(codes(demand), ["syntax"]);
}

/// A row that is deleted adds to the list of what was taken by rule.
#[test]
fn a_deleted_row_is_listed_among_the_defaults() {
    let listed = |files: Files, path: &str| {
        let input = files.read(None);
        assert_eq!(messages(&input), "");
        let listed = input.defaults.iter().any(|default| default.path == path);
        (listed, input.defaults.len())
    };
    let rows = "coal_plant,north,2030,2.5,GW,\nwind,north,2025,0.3,GW,\nwind,north,2030,0.2,GW,\n\
                wind,north,2040,0,GW,\nwind,south,2025,0.3,GW,\nwind,south,2030,0.2,GW,\n\
                wind,south,2040,0,GW,\n";
    let whole = Files::right().add("residual_capacity.csv", rows);
    let path = "processes.wind.residual_capacity.south.2030";
    let (before, count) = listed(whole.clone(), path);
    let (after, longer) = listed(whole.replace("wind,south,2030,0.2,GW,\n", ""), path);
    assert_eq!((before, after, longer), (false, true, count + 1));

    let limit = |text| Files::right().replace("max_new_capacity = 0.5", text);
    let path = "processes.wind.max_new_capacity.south";
    let both = limit("max_new_capacity = { north = 0.5, south = 0.2 }");
    let (before, count) = listed(both, path);
    let (after, longer) = listed(limit("max_new_capacity = { north = 0.5 }"), path);
    assert_eq!((before, after, longer), (false, true, count + 1));
}

/// A fuel that states another emission says nothing of the one that is capped.
#[test]
fn a_fuel_that_states_another_emission_than_the_capped_one_is_warned_of() {
    let peat = |states: &str| {
        let peat = format!(
            "[commodities.peat]\ntier = \"annual\"\nemissions = {{ {states} }}\n\
             [resources.bog]\ncommodity = \"peat\"\ncost = 5\n\
             [processes.peat_plant]\ninput = \"peat\"\noutput = \"electricity\"\n\
             efficiency = 0.35\ncapacity = \"GW\"\nresidual_capacity = 0.2\n"
        );
        let files = Files::right().add("system.toml", &peat);
        messages(
            &files.replace("[emissions.co2]", "[emissions.ch4]\n[emissions.co2]").read(None),
        )
    };
    let found = peat("ch4 = 0.1");
    assert!(found.contains("warning[no-emission-factor]"), "{found}");
    assert!(found.contains("`peat` is used as a fuel and states no `co2`"), "{found}");
    assert_eq!(peat("ch4 = 0.1, co2 = 0"), "");
}

/// A battery returns what it took: what may be built of it does not serve a demand of 1000 TWh by
/// itself.
#[test]
fn a_battery_beside_does_not_serve_a_demand() {
    let without_wind = Files::right()
        .replace("max_new_capacity = 0.5\n", "max_capacity = 2\n")
        .replace("annual = { 2025 = 10, 2040 = 16 }", "annual = { 2025 = 10000, 2040 = 16000 }")
        .replace("capital_cost = 1900\n", "");
    let found = messages(&without_wind.read(None));
    assert!(found.contains("error[demand-cannot-be-served]"), "{found}");
    assert!(found.contains("check the unit of the demand"), "{found}");
}

/// Fields that burn a tenth of the gas that comes with their oil feed themselves; a process that gives
/// back nine tenths of what it takes does not, nor do two regions that only pass on.
#[test]
fn what_makes_more_of_its_input_than_it_takes_feeds_itself() {
    let fields = |back: f64| {
        let text = format!(
            "[commodities.oil]\ntier = \"annual\"\n[commodities.work]\ntier = \"annual\"\n\
             [demands.oil]\nnorth = {{ annual = {{ value = 10, unit = \"PJ\" }} }}\n\
             [processes.field]\ninputs = {{ work = 0.1 }}\noutputs = {{ oil = 1 }}\n\
             plausible = \"it is lifted\"\n\
             variable_cost = {{ value = 5, unit = \"USD/GJ\" }}\nmax_activity = {{ value = 100, unit = \"PJ\" }}\n\
             [processes.engine]\ninput = \"oil\"\noutput = \"work\"\nefficiency = {back}\n"
        );
        messages(&Files::right().add("fields.toml", &text).read(None))
    };
    assert_eq!(fields(0.5), "");
    let found = fields(0.09);
    assert!(found.contains("error[demand-cannot-be-served]"), "{found}");
    assert!(found.contains("lacks `work`"), "{found}");
}

/// Savings of at most a twentieth of all that is made are bounded by what plants make: they do not
/// serve a demand of 1000 TWh by themselves.
#[test]
fn what_a_constraint_ties_to_others_is_bounded_by_them() {
    let savings = "[processes.savings]\noutput = \"electricity\"\n\
                   variable_cost = { value = 1, unit = \"USD/GJ\" }\n\
                   [constraints.savings]\nat_most = 0.05\n\
                   terms.saved = { quantity = \"output\", processes = [\"savings\"], \
                   commodity = \"electricity\" }\n\
                   relative_to.made = { quantity = \"output\", commodity = \"electricity\" }\n";
    let found = |savings: &str| {
        let files = Files::right()
            .replace("max_new_capacity = 0.5\n", "max_capacity = 2\n")
            .replace(
                "annual = { 2025 = 10, 2040 = 16 }",
                "annual = { 2025 = 10000, 2040 = 16000 }",
            )
            .replace("capital_cost = 1900\n", "");
        messages(&files.add("savings.toml", savings).read(None))
    };
    assert!(found(savings).contains("error[demand-cannot-be-served]"), "{}", found(savings));
    let without_rule = savings.split("[constraints").next().unwrap();
    let found = found(without_rule);
    assert!(!found.contains("error[demand-cannot-be-served]"), "{found}");
}
