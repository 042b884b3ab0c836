//! The model that is right, against numbers worked out by hand.

use kzleap_input::Tree;
use kzleap_model::policy::CapWindow;
use kzleap_model::{Model, Series, SliceIx, YearIx};

use crate::broken_capacity::with_water;
use crate::support::{Files, messages};

fn model() -> Model {
    let input = Files::right().read(None);
    assert_eq!(messages(&input), "");
    input.model.expect("no error, so a model")
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
}

fn all_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        near(*found, *expected);
    }
}

#[test]
fn years_stand_for_the_years_up_to_the_next() {
    let model = model();
    let years: Vec<_> =
        model.time.years.iter().map(|year| (year.milestone, year.first, year.last)).collect();
    assert_eq!(years, [(2025, 2025, 2029), (2030, 2030, 2039), (2040, 2040, 2049)]);
}

#[test]
fn slices_are_named_by_what_has_a_choice() {
    let model = model();
    let names: Vec<_> = model.time.slices.iter().map(|slice| slice.name.as_str()).collect();
    assert_eq!(names, ["winter.night", "winter.day", "summer.night", "summer.day"]);
    // 181 days of 8 hours among 8760
    near(model.time.year_split.at(SliceIx::new(0), YearIx::new(0)), 181.0 * 8.0 / 8760.0);
    let passes: Vec<_> = model.time.day_types.iter().map(|day| day.passes).collect();
    all_near(&passes, &[181.0, 184.0]);
}

#[test]
fn a_process_has_an_entry_in_each_of_its_regions() {
    let model = model();
    let found: Vec<_> = model
        .processes
        .iter()
        .map(|process| (process.name.as_str(), model.regions[process.region].name.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("coal_plant", "north"),
            ("wind", "north"),
            ("wind", "south"),
            ("coal_mine", "north"),
            ("battery", "north"),
            ("battery", "south"),
        ]
    );
}

#[test]
fn flows_costs_and_emissions_are_per_unit_of_activity() {
    let model = model();
    let plant = model.processes.iter().next().expect("the coal plant");
    let mode = &plant.modes[0];
    assert_eq!(mode.inputs[0].1, Series::Constant(2.5));
    assert_eq!(mode.outputs[0].1, Series::Constant(1.0));
    // 3.6 USD/MWh is 1 MUSD/PJ
    near(mode.variable_cost.range().0, 1.0);
    // 95 kt/PJ of coal, of which 2.5 PJ burn for each PJ of electricity
    near(mode.emissions[0].1.range().0, 0.095 * 2.5);
    near(plant.capacity_to_activity, 31.536);
}

#[test]
fn capacities_are_in_gigawatts_and_lie_on_straight_lines() {
    let model = model();
    let plant = model.capacities.iter().next().expect("that of the coal plant");
    // 3 GW in 2025, 1000 MW in 2040: a third of the way in 2030
    all_near(&plant.residual, &[3.0, 3.0 - 2.0 / 3.0, 1.0]);
    all_near(&plant.fixed_cost, &[40.0, 40.0, 40.0]);
    let investment = plant.investment.as_ref().expect("it can be built");
    all_near(&investment.overnight_cost, &[1900.0; 3]);
    assert_eq!((investment.technical_life, investment.economic_life), (40.0, 40.0));
    near(investment.cost_of_capital, 0.08);
    let wind = model.capacities.iter().nth(1).expect("that of the wind farms");
    let investment = wind.investment.as_ref().expect("it can be built");
    all_near(&investment.overnight_cost, &[1300.0, 1200.0, 1000.0]);
    // half a GW a year over 5, 10 and 10 years
    all_near(&investment.upper, &[2.5, 5.0, 5.0]);
}

#[test]
fn a_storage_fills_and_empties() {
    let model = model();
    let storage = model.storages.iter().next().expect("the battery");
    // four hours of full output
    near(storage.content_per_capacity, 4.0 * 3.6e-3 / 0.9);
    let process = model
        .processes
        .iter()
        .find(|process| process.name == "battery")
        .expect("the battery's process");
    let names: Vec<_> = process.modes.iter().map(|mode| mode.name.as_str()).collect();
    assert_eq!(names, ["charge", "discharge"]);
    near(process.modes[0].charges[0].1, 0.9);
    near(process.modes[1].discharges[0].1, 1.0 / 0.9);
}

#[test]
fn a_demand_is_cut_into_slices_by_rates_times_hours() {
    let model = model();
    let demand = &model.demands[0];
    // 10 TWh is 36 PJ, 16 TWh is 57.6 PJ; a third of the way in 2030
    all_near(&demand.annual, &[36.0, 43.2, 57.6]);
    let hours = [181.0 * 8.0, 181.0 * 16.0, 184.0 * 8.0, 184.0 * 16.0];
    let rates = [1.0, 1.5, 0.8, 1.2];
    let sum: f64 = hours.iter().zip(rates).map(|(hours, rate)| hours * rate).sum();
    let Some(Series::BySlice(shares)) = &demand.profile else { panic!("a profile by slice") };
    for ((share, hours), rate) in shares.iter().zip(hours).zip(rates) {
        near(*share, hours * rate / sum);
    }
}

#[test]
fn a_demand_without_a_profile_is_even_and_listed() {
    let path = "demands.electricity.south.profile";
    for (profile, is_even) in [("", true), (", profile = \"flexible\"", false)] {
        let south = format!("south = {{ annual = 4{profile} }}");
        let files =
            Files::right().replace("south = { annual = 4, profile = \"load\" }", &south);
        let input = files.read(None);
        let model = input.model.expect("the model is right");
        let even = is_even.then(|| model.time.year_split.clone());
        assert_eq!(model.demands[1].profile, even);
        let listed: Vec<_> = input.defaults.iter().filter(|used| used.path == path).collect();
        assert_eq!(listed.len(), usize::from(is_even), "{listed:?}");
        assert!(listed.iter().all(|used| used.value == "flat"));
    }
}

/// No fuel, no limit of heat engines: nothing is found.
#[test]
fn a_turbine_of_ninety_percent_is_usual() {
    for efficiency in ["0.9", "0.97", "1"] {
        let input = with_water(Files::right(), efficiency).read(None);
        assert_eq!(messages(&input), "");
        assert!(input.model.is_some());
    }
}

/// Whatever is merely implausible can be waived, and then it is listed with its reason: on the
/// process, on one number, or on the table around.
#[test]
fn what_is_implausible_can_be_waived() {
    let why = "plausible = \"measured\"";
    let waived: [(&str, Files, &str); 5] = [
        (
            "processes.coal_plant",
            Files::right().replace("efficiency = 0.4", &format!("efficiency = 0.8\n{why}")),
            "efficiency-impossible",
        ),
        (
            "processes.coal_plant",
            Files::right().replace("efficiency = 0.4", &format!("efficiency = 4\n{why}")),
            "more-out-than-in",
        ),
        (
            "processes.coal_plant.efficiency",
            Files::right()
                .replace("efficiency = 0.4", &format!("efficiency = {{ value = 0.7, {why} }}")),
            "efficiency-unusual",
        ),
        (
            "storages.battery",
            Files::right().replace(
                "charge_efficiency = 0.9\ndischarge_efficiency = 0.9",
                &format!("charge_efficiency = 0.4\ndischarge_efficiency = 0.4\n{why}"),
            ),
            "storage-loses-most",
        ),
        (
            "finance",
            Files::right()
                .replace("discount_rate = 0.05", &format!("discount_rate = 0.6\n{why}")),
            "unusual-value",
        ),
    ];
    for (path, files, code) in waived {
        let input = files.read(None);
        assert_eq!(messages(&input), "", "{code}");
        assert!(input.model.is_some());
        let path = format!("{path}.plausible");
        let listed = input.defaults.iter().find(|used| used.path == path);
        let listed = listed.unwrap_or_else(|| panic!("{code} is listed"));
        assert_eq!(listed.value, "measured");
        assert!(listed.reason.contains(code), "{}", listed.reason);
    }
}

/// What cannot be is no matter of plausibility: an efficiency below zero stays refused, and a
/// reason for one process serves no other.
#[test]
fn a_waiver_is_for_what_it_stands_with() {
    let why = "plausible = \"measured\"";
    let negative =
        Files::right().replace("efficiency = 0.4", &format!("efficiency = -1\n{why}"));
    assert!(messages(&negative.read(None)).contains("error[out-of-range]"));
    let other = Files::right()
        .replace("efficiency = 0.4", "efficiency = 0.8")
        .replace("max_new_capacity = 0.5", &format!("max_new_capacity = 0.5\n{why}"));
    assert!(messages(&other.read(None)).contains("error[efficiency-impossible]"));
}

#[test]
fn a_cap_holds_from_its_first_year_on() {
    let model = model();
    let cap = model.emission_caps.iter().next().expect("the cap");
    let CapWindow::EachYear(limits) = &cap.window else { panic!("a cap a year") };
    assert_eq!(limits, &[None, Some(12.0), Some(9.0)]);
    assert_eq!(cap.terms[0].regions.len(), 2);
}

#[test]
fn what_is_taken_by_rule_is_listed() {
    let input = Files::right().read(None);
    let found: Vec<String> = input
        .defaults
        .iter()
        .map(|default| format!("{} = {} ({})", default.path, default.value, default.reason))
        .collect();
    insta::assert_snapshot!("defaults", found.join("\n"));
}

#[test]
fn every_number_is_listed_with_its_place_and_source() {
    let model = model();
    let found: Vec<String> = model
        .inputs
        .iter()
        .map(|input| {
            let unit = input.unit.as_deref().unwrap_or("-");
            let source = input.source.as_deref().unwrap_or("-");
            let (file, line) = (&input.file, input.line);
            format!("{} = {} [{unit}] {file}:{line}: {source}", input.path, input.value)
        })
        .collect();
    insta::assert_snapshot!("inputs", found.join("\n"));
}

#[test]
fn every_file_that_was_read_is_listed_with_its_bytes() {
    let input = Files::right().read(None);
    let paths: Vec<_> = input.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        ["model.toml", "system.toml", "types.toml", "profiles.csv", "residual_capacity.csv"]
    );
    assert!(input.files[0].bytes.starts_with(b"format = 2"));
}

#[test]
fn a_scenario_changes_values_of_the_one_it_builds_on() {
    let files = Files::right()
        .add(
            "scenarios/cheap-wind.toml",
            "label = \"Cheap wind\"\n\
             [[set]]\npath = \"processes.wind.capital_cost.2040\"\nvalue = 700\n\
             unit = \"USD/kW\"\nreason = \"learning\"\nsource = \"an outlook\"\n\
             [[remove]]\npath = \"emission_caps.valley\"\nreason = \"no policy\"\n",
        )
        .add(
            "scenarios/cheap-and-fast.toml",
            "parent = \"cheap-wind\"\n[[set]]\npath = \"processes.wind.max_new_capacity\"\n\
             value = 1.0\nunit = \"GW\"\nreason = \"more cranes\"\n",
        );
    let input = files.read(Some("cheap-and-fast"));
    assert_eq!(messages(&input), "");
    let model = input.model.expect("no error, so a model");
    let wind = model.capacities.iter().nth(1).expect("that of the wind farms");
    let investment = wind.investment.as_ref().expect("it can be built");
    all_near(&investment.overnight_cost, &[1300.0, 1100.0, 700.0]);
    all_near(&investment.upper, &[5.0, 10.0, 10.0]);
    assert_eq!(model.emission_caps.len(), 0);
    let changed: Vec<_> =
        input.changes.iter().map(|c| (c.scenario.as_str(), c.path.as_str())).collect();
    assert_eq!(
        changed,
        [
            ("cheap-wind", "processes.wind.capital_cost.2040"),
            ("cheap-wind", "emission_caps.valley"),
            ("cheap-and-fast", "processes.wind.max_new_capacity"),
        ]
    );
}

#[test]
fn scenarios_are_listed_with_the_base_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("scenarios")).expect("a folder");
    let path = folder.path().join("scenarios/green.toml");
    std::fs::write(path, "label = \"Green\"\nparent = \"base\"\n").expect("a file");
    let found: Vec<_> = Tree::read(folder.path())
        .scenarios()
        .into_iter()
        .map(|s| (s.name, s.label, s.parents))
        .collect();
    assert_eq!(
        found,
        [
            ("base".to_owned(), "Base".to_owned(), vec![]),
            ("green".to_owned(), "Green".to_owned(), vec!["base".to_owned()]),
        ]
    );
}

#[test]
fn a_mode_can_make_two_things_and_money_can_be_another() {
    let files = Files::right()
        .replace(
            "[storages.battery]",
            "[commodities.heat]\n\
             [processes.chp]\nregions = [\"north\"]\ncapacity = \"MW\"\nlife = 30\n\
             capital_cost = { value = 500000, unit = \"KZT/kW\" }\nvariable_cost = 7.2\n\
             [processes.chp.modes.power]\ninputs = { coal = 2.8 }\noutputs = { electricity = 1 }\n\
             [processes.chp.modes.both]\ninputs = { coal = 3.4 }\n\
             outputs = { electricity = 1, heat = 1.6 }\ncapacity_use = 1.15\n\
             [storages.battery]",
        )
        .replace("[emission_caps.valley]", "[demands.heat]\nnorth = { annual = 1 }\n[emission_caps.valley]");
    let input = files.read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("no error, so a model");
    let chp = model.processes.iter().find(|p| p.name == "chp").expect("the plant");
    let both = &chp.modes[1];
    assert_eq!(both.outputs.len(), 2);
    near(both.capacity_use, 1.15);
    near(both.variable_cost.range().0, 2.0);
    near(both.emissions[0].1.range().0, 0.095 * 3.4);
    let capacity = &model.capacities[chp.capacity.expect("a capacity")];
    assert_eq!(capacity.unit.text(), "GW");
    let investment = capacity.investment.as_ref().expect("it can be built");
    near(investment.overnight_cost[0], 1000.0);
}

#[test]
fn demand_and_parameters_can_stand_in_tables() {
    let files = Files::right()
        .replace(
            "[demands.electricity]\nnorth = { annual = { 2025 = 10, 2040 = 16 }, profile = \"load\" }\n\
             south = { annual = 4, profile = \"load\" }\n",
            "",
        )
        .add(
            "demand.csv",
            "commodity,region,year,value,unit,profile,source\n\
             electricity,north,2025,10,TWh,load,a yearbook\n\
             electricity,north,2040,16,TWh,load,a yearbook\n\
             electricity,south,,4,TWh,load,a yearbook\n",
        )
        .add(
            "parameters.csv",
            "process,region,year,parameter,value,unit,confidence,note\n\
             wind,north,2025,max_capacity,2000,MW,assumption,as far as roads go\n\
             # a comment\n\
             coal_plant,,,emissions.co2,0.5,kt/PJ,,\n",
        );
    let input = files.read(None);
    assert_eq!(messages(&input), "");
    let model = input.model.expect("no error, so a model");
    all_near(&model.demands[0].annual, &[36.0, 43.2, 57.6]);
    all_near(&model.demands[1].annual, &[14.4, 14.4, 14.4]);
    let wind = model.capacities.iter().nth(1).expect("that of wind in the north");
    all_near(&wind.upper, &[2.0, 2.0, 2.0]);
    let plant = model.processes.iter().next().expect("the coal plant");
    near(plant.modes[0].emissions[0].1.range().0, 0.095 * 2.5 + 0.0005);
}

#[test]
fn the_reference_page_and_the_schemas_name_every_field() {
    let page = kzleap_input::fields_page();
    let schemas = kzleap_input::schemas();
    let (_, model) = &schemas[0];
    for name in ["capital_cost", "self_discharge", "reverse_availability", "max_total"] {
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
        assert!(model.to_string().contains(&format!("\"{name}\"")), "{name}");
    }
    assert_eq!(schemas.len(), 10);
}

/// Coal that is sold at a loss to whoever takes it must be used, and so must what is made of it
/// alone; each process that is paid to run is listed once.
#[test]
fn what_somebody_is_paid_to_make_must_be_used() {
    let input = Files::right()
        .replace("cost = 7.2", "cost = -7.2\nmax = { value = 10, unit = \"PJ/a\" }")
        .read(None);
    let listed: Vec<_> =
        input.defaults.iter().filter(|used| used.value.contains("must be used")).collect();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].path, "resources.coal_mine");
    assert_eq!(listed[0].reason, "its cost of running is below zero");
    let model = input.model.expect("no error, so a model");
    for (p, process) in model.processes.iter_ix() {
        let held: Vec<_> = process.modes.iter().flat_map(|mode| &mode.to_be_used).collect();
        let expected = match model.processes[p].name.as_str() {
            "coal_mine" => vec!["coal"],
            "coal_plant" => vec!["electricity"],
            _ => vec![],
        };
        let names: Vec<_> = held.iter().map(|c| &*model.commodities[**c].name).collect();
        assert_eq!(names, expected, "{}", process.name);
    }
}

/// Coal of 4 PJ that is burnt emits; what `demand.csv` says is not burnt does not. A spreadsheet
/// writes its flags in capitals.
#[test]
fn a_table_says_what_is_not_burnt() {
    let emits = |flag: &str| {
        let rows = format!(
            "commodity,region,year,value,unit,non_energy_use\ncoal,north,2025,4,PJ,{flag}\n\
             coal,north,2040,5,PJ,\n"
        );
        let input = Files::right().add("demand.csv", &rows).read(None);
        let model = input.model.expect("no error, so a model");
        let coal = |name: &str| name == "coal";
        let demand = model.demands.iter().find(|d| coal(&model.commodities[d.commodity].name));
        !demand.expect("a demand for coal").emissions.is_empty()
    };
    assert!(emits("") && emits("false") && emits("FALSE"));
    assert!(!emits("true") && !emits("TRUE"));
}
