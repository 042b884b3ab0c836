//! Scenarios that scale what is there.

use kzleap_input::Input;
use kzleap_model::{GivenValue, StepDoes};

use crate::support::{Files, messages};

fn with(scenario: &str) -> Input {
    let input = Files::right().add("scenarios/some.toml", scenario).read(Some("some"));
    assert_eq!(messages(&input), "");
    input
}

/// What a scenario changed: path, old, new.
fn changed(input: &Input) -> Vec<String> {
    let text = |side: &Option<GivenValue>| match side {
        Some(GivenValue { text, unit: Some(unit) }) => format!("{text} {unit}"),
        Some(GivenValue { text, unit: None }) => text.clone(),
        None => "nothing".to_owned(),
    };
    let values = input.changes.iter().flat_map(|step| &step.values);
    values.map(|v| format!("{}: {} -> {}", v.path, text(&v.old), text(&v.new))).collect()
}

/// Numbers stay in their own units, by year, by region and from a table as well; what is not there
/// is not added.
#[test]
fn every_number_that_is_there_is_scaled() {
    let expensive = with(
        "[[set]]\npath = \"processes.*.capital_cost\"\nscale = 1.1\nreason = \"steel\"\nsource = \"a bank\"\n\
         [[set]]\npath = [\"processes.*.residual_capacity\", \"demands.electricity\"]\nscale = 0.5\nreason = \"a small valley\"\n",
    );
    assert_eq!(
        changed(&expensive),
        [
            "processes.coal_plant.capital_cost: 1900 USD/kW -> 2090 USD/kW",
            "processes.wind.capital_cost.2025: 1300 USD/kW -> 1430 USD/kW",
            "processes.wind.capital_cost.2040: 1000 USD/kW -> 1100 USD/kW",
            "processes.coal_plant.residual_capacity.north.2025: 3 GW -> 1.5 GW",
            "processes.coal_plant.residual_capacity.north.2040: 1000 MW -> 500 MW",
            "demands.electricity.north.annual.2025: 10 TWh/a -> 5 TWh/a",
            "demands.electricity.north.annual.2040: 16 TWh/a -> 8 TWh/a",
            "demands.electricity.south.annual: 4 TWh/a -> 2 TWh/a",
        ]
    );
    let first = &expensive.changes[0];
    assert_eq!(first.does, StepDoes::Scale(1.1));
    assert_eq!((first.file.as_str(), first.line), ("scenarios/some.toml", 2));
    assert_eq!((first.reason.as_str(), first.source.as_deref()), ("steel", Some("a bank")));
    let model = expensive.model.expect("a model");
    let wind = model.capacities.iter().find(|one| one.name == "wind").expect("wind");
    let cost = &wind.investment.as_ref().expect("it can be built").overnight_cost;
    assert!((cost[0] - 1430.0).abs() < 1e-9, "{cost:?}");
    let input = model.inputs.iter().find(|input| input.path == "processes.wind.capital_cost");
    assert_eq!(
        input.expect("an input").scenario,
        Some(("some".to_owned(), "steel".to_owned()))
    );
}

/// A formula becomes a product. What by age multiplies what is built is not scaled a second time.
#[test]
fn formulas_and_ageing_are_scaled_once() {
    let files = Files::right()
        .replace("fixed_cost = 40\n", "fixed_cost = { formula = \"40 USD/kW/a * growth(1 %)\" }\n")
        .replace("availability = 0.85\n", "availability = { built = 0.8, residual = 0.7, by_age = { 0 = 1, 30 = 0.5 } }\n")
        .add("scenarios/some.toml", "[[set]]\npath = \"processes.coal_plant.fixed_cost\"\nscale = 1.5\nreason = \"wages\"\n[[set]]\npath = \"processes.coal_plant.availability\"\nscale = 0.5\nreason = \"outages\"\n");
    let input = files.read(Some("some"));
    assert_eq!(messages(&input), "");
    assert_eq!(
        changed(&input),
        [
            "processes.coal_plant.fixed_cost: 40 USD/kW/a * growth(1 %) -> (40 USD/kW/a * growth(1 %)) * 1.5",
            "processes.coal_plant.availability.built: 0.8 -> 0.4",
            "processes.coal_plant.availability.residual: 0.7 -> 0.35",
        ]
    );
    let model = input.model.expect("a model");
    let coal = model.capacities.iter().find(|one| one.name == "coal_plant").expect("coal");
    assert!((coal.fixed_cost[0] - 60.0).abs() < 1e-9, "{:?}", coal.fixed_cost);
}

/// Values are put, and things taken out, wherever a star leads; what a step leaves as it was is
/// not listed.
#[test]
fn values_are_put_and_taken_out() {
    let input = with(
        "[[set]]\npath = \"processes.*.life\"\nvalue = 25\nreason = \"one life for all\"\n\
         [[set]]\npath = \"processes.wind.life\"\nvalue = 30\nreason = \"but wind\"\n\
         [[remove]]\npath = \"emission_caps.*\"\nreason = \"no policy\"\n",
    );
    assert_eq!(
        changed(&input),
        [
            "processes.coal_plant.life: 40 a -> 25 a",
            "processes.wind.life: 25 a -> 30 a",
            "emission_caps.valley.emissions.co2: 1 -> nothing",
            "emission_caps.valley.limit.2030: 12 Mt/a -> nothing",
            "emission_caps.valley.limit.2040: 9 Mt/a -> nothing",
        ]
    );
    assert_eq!(input.model.expect("a model").emission_caps.len(), 0);
}

/// The label of several is that of each, by its name where it has none; what two build on is read
/// once and first.
#[test]
fn several_scenarios_are_read_as_one() {
    let files = Files::right()
        .add("scenarios/root.toml", "[[set]]\npath = \"processes.wind.life\"\nscale = 2\nreason = \"blades\"\n")
        .add("scenarios/left.toml", "label = \"Left\"\nparent = \"root\"\n[[set]]\npath = \"processes.wind.life\"\nvalue = 35\nreason = \"a test\"\n")
        .add("scenarios/right.toml", "parent = \"root\"\n[[set]]\npath = \"processes.coal_plant.life\"\nscale = 1.5\nreason = \"care\"\n")
        .add("scenarios/leaf.toml", "parent = [\"left\", \"right\"]\n");
    for asked in ["left+right", "leaf", "right+left"] {
        let input = files.read(Some(asked));
        assert_eq!(messages(&input), "");
        let model = input.model.as_ref().expect("a model");
        let life = |name: &str| {
            let one = model.capacities.iter().find(|one| one.name == name);
            one.and_then(|one| one.investment.as_ref()).expect("it can be built").technical_life
        };
        assert!((life("wind") - 35.0).abs() < 1e-9 && (life("coal_plant") - 60.0).abs() < 1e-9);
        let order: Vec<&str> =
            input.changes.iter().map(|step| step.scenario.as_str()).collect();
        assert_eq!(order.len(), 3, "{order:?}");
        assert_eq!(order[0], "root");
        assert_eq!(model.scenario, asked);
        let label = match asked {
            "left+right" => "Left + right",
            "right+left" => "right + Left",
            _ => "",
        };
        assert_eq!(model.scenario_label, label);
    }
}

/// A star in place of a field or a collection leads to those that have what follows.
#[test]
fn a_star_may_be_any_table() {
    let input = with(
        "[[set]]\npath = \"*.*.capital_cost\"\nscale = 2\nreason = \"all steel\"\n\
         [[set]]\npath = \"*.*_rate\"\nscale = 2\nreason = \"banks\"\n",
    );
    assert_eq!(
        changed(&input),
        [
            "processes.coal_plant.capital_cost: 1900 USD/kW -> 3800 USD/kW",
            "processes.wind.capital_cost.2025: 1300 USD/kW -> 2600 USD/kW",
            "processes.wind.capital_cost.2040: 1000 USD/kW -> 2000 USD/kW",
            "storages.battery.capital_cost: 800 USD/kW -> 1600 USD/kW",
            "finance.discount_rate: 0.05 -> 0.1",
        ]
    );
}
