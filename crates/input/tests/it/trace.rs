//! Where values stand.

use kzleap_input::{Evaluated, Traced};

use crate::support::Files;

#[test]
fn seasons_are_traced_one_by_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "format = 2\n[time]\nyears = [2025]\n[[time.seasons]]\nname = \"winter\"\n\
                days = 181\n[[time.seasons]]\nname = \"summer\"\ndays = 184\n";
    std::fs::write(folder.path().join("model.toml"), text).expect("a file");
    let trace = kzleap_input::Tree::read(folder.path()).trace("time.seasons");
    let values: Vec<(&str, &str)> =
        trace.values.iter().map(|v| (v.path.as_str(), v.value.as_str())).collect();
    assert_eq!(
        values,
        [
            ("time.seasons.1.name", "winter"),
            ("time.seasons.1.days", "181"),
            ("time.seasons.2.name", "summer"),
            ("time.seasons.2.days", "184"),
        ]
    );
}

/// Path, value, unit and rule of what a path leads to.
fn found(files: &Files, path: &str) -> Vec<String> {
    let line = |value: Traced| {
        let unit = value.unit.map_or_else(String::new, |unit| format!(" {unit}"));
        let rule = value.rule.map_or_else(String::new, |rule| format!(": {rule}"));
        format!("{} = {}{unit}{rule}", value.path, value.value)
    };
    files.trace(path).values.into_iter().map(line).collect()
}

/// A third of the way from 2025 to 2040: 1300 - 300 / 3 USD/kW, the unit of the file's `[units]`;
/// 3 GW less a third of what is lost to 1000 MW, in the unit of the first; 10 + 6 / 3 TWh.
#[test]
fn a_year_between_given_ones_has_the_value_on_their_line() {
    let files = Files::right();
    assert_eq!(
        found(&files, "processes.wind.capital_cost.2030"),
        [
            "processes.wind.capital_cost.2030 = 1200 USD/kW: on the line between 2025 and 2040",
            "processes.wind.capital_cost.2025 = 1300 USD/kW",
            "processes.wind.capital_cost.2040 = 1000 USD/kW",
        ]
    );
    let path = "processes.coal_plant.residual_capacity.north.2030";
    assert_eq!(
        found(&files, path)[0],
        format!("{path} = 2.33333 GW: on the line between 2025 and 2040")
    );
    let path = "demands.electricity.north.annual.2030";
    assert_eq!(
        found(&files, path)[0],
        format!("{path} = 12 TWh/a: on the line between 2025 and 2040")
    );
    // what is one number for all years, and what does not differ by region
    assert_eq!(
        found(&files, "demands.electricity.south.annual.2030"),
        ["demands.electricity.south.annual = 4 TWh/a"]
    );
    assert_eq!(
        found(&files, "processes.wind.capital_cost.south.2030")[0],
        "processes.wind.capital_cost.south.2030 = 1200 USD/kW: on the line between 2025 and 2040"
    );
    assert_eq!(
        found(&files, "processes.wind.fixed_cost.south"),
        ["processes.wind.fixed_cost = 30 USD/kW/a"]
    );
    // no year of the model, and no value
    let none = files.trace("processes.wind.capital_cost.2035");
    assert!(none.values.is_empty());
    assert_eq!(none.known, ["2025", "2030", "2040"]);
    assert!(found(&files, "processes.wind.output.2030").is_empty());
}

/// The values given keep their place: one line says both costs of wind.
#[test]
fn the_given_values_around_a_year_have_their_place() {
    let trace = Files::right().trace("processes.wind.capital_cost.2030");
    let place = |value: &Traced| {
        let file = trace.sources.file(value.place.file);
        (file.path.clone(), file.position(value.place.start).line)
    };
    let line = found_line("capital_cost = { 2025");
    let expected = ("system.toml".to_owned(), line);
    assert_eq!(
        trace.values[1..].iter().map(place).collect::<Vec<_>>(),
        [expected.clone(), expected]
    );
}

/// The line of `system.toml` that starts so, counted from one.
fn found_line(start: &str) -> usize {
    let lines = Files::right().lines(1);
    let at = lines.iter().position(|line| line.starts_with(start)).expect("the line");
    at + 1
}

#[test]
fn before_the_first_and_after_the_last_given_year_values_are_held() {
    let cost = "capital_cost = { 2025 = 1300, 2040 = 1000 }";
    let files = Files::right().replace(cost, "capital_cost = { 2030 = 1300 }");
    for (year, which) in [(2025, "first"), (2040, "last")] {
        let path = format!("processes.wind.capital_cost.{year}");
        assert_eq!(
            found(&files, &path),
            [
                format!("{path} = 1300 USD/kW: held from 2030, the {which} given year"),
                "processes.wind.capital_cost.2030 = 1300 USD/kW".to_owned(),
            ]
        );
    }
    // a cap is not held before its first year
    assert_eq!(
        found(&files, "emission_caps.valley.limit.2025"),
        [
            "emission_caps.valley.limit.2025 = none: nothing holds before 2030, the first given year",
            "emission_caps.valley.limit.2030 = 12 Mt/a",
        ]
    );
}

/// What is given for a season holds in each of its slices, and a profile by season likewise.
#[test]
fn a_slice_of_what_is_given_by_season_has_the_value_of_its_season() {
    let by_season = Files::right()
        .replace("availability = 0.85", "availability = { winter = 0.9, summer = 0.8 }");
    let path = "processes.coal_plant.availability.winter.day";
    assert_eq!(
        found(&by_season, path),
        [
            format!("{path} = 0.9: that of winter"),
            "processes.coal_plant.availability.winter = 0.9".to_owned(),
        ]
    );
    let path = "processes.coal_plant.availability.summer.night";
    assert_eq!(found(&by_season, path)[0], format!("{path} = 0.8: that of summer"));
    // one number holds in all slices
    assert_eq!(
        found(&Files::right(), "processes.coal_plant.availability.winter.day"),
        ["processes.coal_plant.availability = 0.85"]
    );
    assert_eq!(
        found(&Files::right(), "processes.wind.availability.winter.day"),
        [
            "processes.wind.availability = wind",
            "profiles.wind.winter.day = 0.4: that of winter",
            "profiles.wind.winter = 0.4",
        ]
    );
    // no slice of the model
    assert!(found(&by_season, "processes.coal_plant.availability.winter.noon").is_empty());
}

/// 2 million people in the north in 2025, 5 in 2040 and so 3 in 2030, of 3 GJ each; 1 million in
/// the south.
#[test]
fn formulas_show_what_they_come_to() {
    let drivers = "[drivers.people]\nunit = \"million\"\n\
                   value = { north = { 2025 = 2, 2040 = 5 }, south = 1 }\n\
                   [drivers.heat]\nunit = \"TJ\"\nvalue = { formula = \"people * 3 GJ/head\" }\n\
                   [drivers.all]\nvalue = { formula = \"sum(people) / 1 million\" }\n";
    let files = Files::right().add("drivers.toml", drivers);
    let evaluated = |path: &str| {
        let trace = files.trace(path);
        assert_eq!(trace.values.len(), 1, "{path}");
        trace.values[0].evaluated.clone()
    };
    let of = |region: Option<&str>, unit: Option<&str>, values: &[(i32, f64)]| Evaluated {
        region: region.map(str::to_owned),
        unit: unit.map(str::to_owned),
        values: values.to_vec(),
    };
    let years = |[a, b, c]: [f64; 3]| [(2025, a), (2030, b), (2040, c)];
    assert_eq!(
        evaluated("drivers.heat"),
        [
            of(Some("north"), Some("TJ"), &years([6000.0, 9000.0, 15000.0])),
            of(Some("south"), Some("TJ"), &years([3000.0; 3])),
        ]
    );
    assert_eq!(
        evaluated("drivers.heat.value.2030"),
        [
            of(Some("north"), Some("TJ"), &[(2030, 9000.0)]),
            of(Some("south"), Some("TJ"), &[(2030, 3000.0)]),
        ]
    );
    assert_eq!(evaluated("drivers.all"), [of(None, None, &years([3.0, 4.0, 6.0]))]);
}

#[test]
fn a_profile_is_followed_to_its_values() {
    assert_eq!(
        found(&Files::right(), "processes.wind.availability"),
        [
            "processes.wind.availability = wind",
            "profiles.wind.winter = 0.4",
            "profiles.wind.summer = 0.25"
        ]
    );
}

#[test]
fn a_value_that_is_held_is_listed_in_its_unit() {
    let files = Files::right().replace("variable_cost = 3.6", "variable_cost = { 2030 = 20 }");
    let input = files.read(None);
    let path = "processes.coal_plant.variable_cost";
    let held: Vec<&str> =
        input.defaults.iter().filter(|d| d.path == path).map(|d| d.value.as_str()).collect();
    assert_eq!(held, ["20 USD/MWh", "20 USD/MWh"]);
}

/// A limit that one region has is not that of another, and a year does not change that.
#[test]
fn what_is_given_for_one_region_is_not_that_of_another() {
    let limited = "max_new_capacity = { north = 0.5 }";
    let files = Files::right().replace("max_new_capacity = 0.5", limited);
    for end in ["south", "south.2030"] {
        let path = format!("processes.wind.max_new_capacity.{end}");
        assert_eq!(
            found(&files, &path),
            [
                format!("{path} = none: not given for south: it has none"),
                "processes.wind.max_new_capacity.north = 0.5 GW".to_owned(),
            ]
        );
    }
    // a whole collection is no value of a region
    assert!(found(&files, "processes.north").is_empty());
}

/// What a formula comes to in one region is not shown for all: 3 million heads of 3 GJ.
#[test]
fn a_formula_is_shown_for_the_region_that_is_asked_for() {
    let drivers = "[drivers.people]\nunit = \"million\"\n\
                   value = { north = 2, south = 1 }\n\
                   [drivers.heat]\nunit = \"TJ\"\nvalue = { formula = \"people * 3 GJ/head\" }\n";
    let trace = Files::right().add("drivers.toml", drivers).trace("drivers.heat.north.2030");
    assert_eq!(trace.values.len(), 1);
    let evaluated = &trace.values[0].evaluated;
    assert_eq!(evaluated.len(), 1);
    assert_eq!(evaluated[0].values, [(2030, 6000.0)]);
}

/// 0.9 in 2025 and 0.8 in 2040: a third of the way in 2030.
#[test]
fn a_slice_a_year_and_a_region_may_be_asked_for_together() {
    let by_season = "availability = { winter = { 2025 = 0.9, 2040 = 0.6 }, summer = 0.8 }";
    let files = Files::right().replace("availability = 0.85", by_season);
    let given = "processes.coal_plant.availability.winter";
    for end in ["winter.day.2030", "north.winter.day.2030"] {
        let path = format!("processes.coal_plant.availability.{end}");
        assert_eq!(
            found(&files, &path),
            [
                format!("{path} = 0.8: that of winter, on the line between 2025 and 2040"),
                format!("{given}.2025 = 0.9"),
                format!("{given}.2040 = 0.6"),
            ]
        );
    }
    // of both years, each
    let path = "processes.coal_plant.availability.winter.day";
    assert_eq!(
        found(&files, path),
        [
            format!("{path}.2025 = 0.9: that of winter"),
            format!("{given}.2025 = 0.9"),
            format!("{path}.2040 = 0.6: that of winter"),
            format!("{given}.2040 = 0.6"),
        ]
    );
    // a profile, of a region and year that it does not differ by
    assert_eq!(
        found(&files, "processes.wind.availability.south.summer.night.2030"),
        [
            "processes.wind.availability = wind",
            "profiles.wind.summer.night = 0.25: that of summer",
            "profiles.wind.summer = 0.25",
        ]
    );
    // a slice that is given itself follows from nothing
    assert_eq!(found(&files, "profiles.load.winter.night"), ["profiles.load.winter.night = 1"]);
}

#[test]
fn seasons_are_found_by_their_names() {
    let files = Files::right();
    assert_eq!(
        found(&files, "time.seasons.summer"),
        ["time.seasons.summer.name = summer", "time.seasons.summer.days = 184"]
    );
    assert_eq!(found(&files, "time.seasons.1.days"), ["time.seasons.1.days = 181"]);
    assert_eq!(files.trace("time.seasons.autumn").known, ["winter", "summer"]);
}

#[test]
fn a_default_that_was_used_is_shown_with_its_reason() {
    let files = Files::right().replace("fixed_cost = 30\n", "");
    for end in ["", ".south", ".2030"] {
        let path = format!("processes.wind.fixed_cost{end}");
        let values = found(&files, &path);
        assert_eq!(values.len(), 1, "{path}");
        assert!(values[0].starts_with(&format!("{path} = 0")), "{values:?}");
        assert!(values[0].contains(": default: "), "{values:?}");
    }
}

/// A class has what its process has, but for its own sizes.
#[test]
fn a_class_is_traced_to_its_process() {
    let files = crate::broken_classes::classes(Files::right(), "");
    let path = "processes.wind.classes.plain.capital_cost.2030";
    assert_eq!(
        found(&files, path),
        [
            "processes.wind.classes.plain.capital_cost.2030 = 1200 USD/kW: as processes.wind has it",
            "processes.wind.capital_cost.2030 = 1200 USD/kW: on the line between 2025 and 2040",
            "processes.wind.capital_cost.2025 = 1300 USD/kW",
            "processes.wind.capital_cost.2040 = 1000 USD/kW",
        ]
    );
    assert_eq!(
        found(&files, "processes.wind.classes.coast.availability"),
        ["processes.wind.classes.coast.availability = 0.5"]
    );
    assert!(found(&files, "processes.wind.classes.plain.max_capacity").is_empty());
    assert!(found(&files, "processes.wind.classes.hill.capital_cost").is_empty());
}
