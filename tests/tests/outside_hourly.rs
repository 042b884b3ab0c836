//! Systems over 8,760 hours whose optimum others have proved, solved on all hours and on the
//! slices a model is planned with.
//!
//! They stand beside the repository, in `../shared/oracles/hourly`; where they do not, the test
//! says so and passes. Each takes up to a minute, so this is among the long checks.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kzleap_study::model::Model;
use kzleap_study::resolution::Resolution;
use kzleap_tests::outside::oracles;
use kzleap_tests::{capacity, long_checks, solve};
use serde_json::Value;

const HEAD: &str = r#"
format = 2
name = "system"
currency = "USD2025"
[time]
years = [2030]
[hourly.series]
file = "hours.csv"
[finance]
discount_rate = 0.0
[defaults]
life = 1
[units]
capital_cost = "USD/kW"
energy_capital_cost = "USD/kWh"
variable_cost = "USD/MWh"
residual_capacity = "GW"
energy_capacity = "GWh"
annual = "GWh"
unserved_cost = "USD/MWh"
limit = "kt"
[regions.home]
[emissions.co2]
gas = "co2"
"#;

fn name(item: &Value) -> String {
    item["name"].as_str().expect("a name").replace(' ', "_")
}

fn number(item: &Value, key: &str) -> f64 {
    item[key].as_f64().unwrap_or(0.0)
}

fn list<'a>(system: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    system[key].as_array().into_iter().flatten()
}

/// A column of the table of hours.
fn series(hours: &str, column: &str) -> Vec<f64> {
    let mut lines = hours.lines();
    let header = lines.next().expect("a header");
    let at = header.split(',').position(|name| name == column).expect("the column");
    let cell = |line: &str| line.split(',').nth(at).and_then(|cell| cell.parse().ok());
    lines.map(|line| cell(line).expect("a number")).collect()
}

/// The system in our format. One annuity is the whole of what a kW costs, as the year is the only
/// one.
fn written(system: &Value, hours: &str) -> String {
    let mut text = HEAD.to_owned();
    for bus in list(system, "buses").filter_map(Value::as_str) {
        let _ = writeln!(text, "[commodities.{bus}]\ntier = \"slice\"");
        if let Some(cost) = system["unserved"][bus].as_f64() {
            let _ = writeln!(text, "unserved_cost = {cost}");
        }
        if !list(system, "surplus").any(|surplus| surplus == bus) {
            text.push_str("balance = \"exact\"\n");
        }
    }
    for demand in list(system, "demands") {
        let profile = demand["series"].as_str().expect("a series");
        let annual = number(demand, "scale") * series(hours, profile).iter().sum::<f64>();
        let bus = demand["bus"].as_str().expect("a bus");
        let _ = writeln!(
            text,
            "[demands.{bus}]\nhome = {{ annual = {annual}, profile = \"{profile}\" }}"
        );
    }
    text += &makers(system);
    text += &storages(system);
    text += &reservoirs(system, hours);
    if let Some(cap) = system["co2_cap"].as_f64() {
        let _ = writeln!(text, "[emission_caps.cap]\nemissions = {{ co2 = 1 }}\nlimit = {cap}");
    }
    text
}

/// Plants and converters.
fn makers(system: &Value) -> String {
    let mut text = String::new();
    for one in list(system, "generators") {
        let _ = writeln!(
            text,
            "[processes.{}]\noutput = {}\ncapacity = \"GW\"\ncapital_cost = {}\nvariable_cost = {}",
            name(one),
            one["bus"],
            number(one, "annuity"),
            number(one, "variable")
        );
        if let Some(profile) = one["series"].as_str() {
            let _ = writeln!(text, "availability = \"{profile}\"");
        }
        if number(one, "min_load") > 0.0 {
            let _ = writeln!(text, "minimum_load = {}", number(one, "min_load"));
        }
        if number(one, "co2") > 0.0 {
            let factor = number(one, "co2");
            let _ = writeln!(
                text,
                "emissions = {{ co2 = {{ value = {factor}, unit = \"t/MWh\" }} }}"
            );
        }
    }
    for one in list(system, "converters") {
        let _ = writeln!(
            text,
            "[processes.{}]\ninput = {}\noutput = {}\ncapacity = \"GW\"\ncapital_cost = {}\n\
             efficiency = {}",
            name(one),
            one["from"],
            one["to"],
            number(one, "annuity"),
            number(one, "efficiency")
        );
        if one["capacity_on"] == "input" {
            text.push_str("activity_of = \"input\"\n");
        }
    }
    text
}

/// Storages; of those with `hours`, the energy is tied to the power.
fn storages(system: &Value) -> String {
    let mut text = String::new();
    for one in list(system, "storages") {
        let discharge = number(one, "efficiency_out");
        let _ = writeln!(
            text,
            "[storages.{}]\ncommodity = {}\ncycle = \"year\"\ncharge_efficiency = {}\n\
             discharge_efficiency = {discharge}\nvariable_cost = {}",
            name(one),
            one["bus"],
            number(one, "efficiency_in"),
            number(one, "variable")
        );
        let power = number(one, "power_annuity");
        let energy = number(one, "energy_annuity");
        if let Some(of_power) = one["hours"].as_f64() {
            // hours of content there, of output here
            let cost = power + of_power * energy;
            let _ = writeln!(text, "hours = {}\ncapital_cost = {cost}", of_power * discharge);
        } else {
            let _ = writeln!(text, "capital_cost = {power}\nenergy_capital_cost = {energy}");
        }
    }
    text
}

/// Lakes with their rivers and turbines.
fn reservoirs(system: &Value, hours: &str) -> String {
    let mut text = String::new();
    for one in list(system, "reservoirs") {
        let of = one["inflow_series"].as_str().expect("a series");
        let most = series(hours, of).into_iter().fold(0.0, f64::max);
        let (scale, inflow) = (1.0 / most, number(one, "inflow_scale") * most);
        let least = number(one, "min_release") / 100.0;
        let (turbine, efficiency) = (number(one, "turbine"), number(one, "efficiency"));
        let (level, cost) = (number(one, "level_max"), number(one, "variable"));
        let _ = write!(
            text,
            r#"[profiles.share_of_inflow]
of = "{of}"
scale = {scale}
at_most = 1
[commodities.water]
balance = "exact"
[commodities.released]
[processes.river]
output = "water"
capacity = "GW"
residual_capacity = {inflow}
availability = "share_of_inflow"
minimum_load = "share_of_inflow"
[processes.release]
input = "water"
output = "released"
efficiency = 1
capacity = "GW"
residual_capacity = 100
minimum_load = {least}
[processes.hydro]
input = "released"
output = {bus}
efficiency = {efficiency}
capacity = "GW"
residual_capacity = {turbine}
variable_cost = {cost}
plausible = "of the energy of its water"
[storages.lake]
commodity = "water"
cycle = "year"
residual_capacity = 100
energy_residual_capacity = {level}
charge_efficiency = 1
discharge_efficiency = 1
"#,
            bus = one["bus"]
        );
    }
    text
}

fn read(folder: &Path) -> (Model, Value) {
    let text = |file: &str| fs::read_to_string(folder.join(file)).expect("it is there");
    let json = |file: &str| -> Value { serde_json::from_str(&text(file)).expect("JSON") };
    let hours = text("series.csv");
    let ours = tempfile::tempdir().expect("a folder");
    fs::write(ours.path().join("model.toml"), written(&json("system.json"), &hours))
        .expect("written");
    fs::write(ours.path().join("hours.csv"), hours).expect("written");
    let input = kzleap_study::input::read(ours.path(), None);
    for finding in &input.diagnostics {
        println!("{}", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    (input.model.expect("the model has no errors"), json("answer.json"))
}

#[test]
fn systems_over_all_hours_are_planned_at_their_optimum() {
    let Some(folder) = oracles("hourly") else { return };
    if !long_checks() {
        return;
    }
    for system in ["wind_solar_gas_battery", "pumped_hydro_week", "reservoir_hydrogen"] {
        let (hours, answer) = read(&folder.join(system));
        // the default affords all hours of one region and one year
        let model = Resolution::default().of(hours).expect("a native model");
        assert_eq!(model.time.slices.len(), 8760);
        let plan = solve(&model);
        let optimum = &answer["optimum"];
        let near = |what: &str, found: f64, expected: f64, tolerance: f64| {
            let far = (found - expected).abs() / expected.abs().max(1e-3);
            assert!(far <= tolerance, "{system}, {what}: {found}, proved {expected}");
        };
        near("cost", plan.solution.objective, number(optimum, "cost"), 1e-6);
        for (of, expected) in optimum["capacity"].as_object().expect("capacities") {
            let expected = expected.as_f64().expect("a number");
            let of = match of.strip_suffix(" energy") {
                // tied to power, or of its own
                Some("pumped hydro") => continue,
                Some(storage) => format!("{storage}.energy"),
                None => of.trim_end_matches(" power").to_owned(),
            };
            let (found, _) = capacity(&model, &plan, &of.replace(' ', "_"), 0);
            near(&of, found, expected, 1e-3);
        }
    }
}
