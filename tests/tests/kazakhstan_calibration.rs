//! The base year of the model of Kazakhstan against the official energy balance of 2023.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

use kzleap::Plan;
use kzleap::input::Given;
use kzleap::model::Model;
use kzleap::report::balance::{Entry, balance};
use kzleap_tests::{activity, repository, solve};

/// PJ by flow and commodity, signs as in the balance.
type Balance = BTreeMap<(String, String), f64>;

/// Kinds of fuel, each with its names in the statistics and in the model.
const FUELS: [(&str, &[&str], &[&str]); 3] = [
    (
        "coal and coke",
        &["hard coal", "coking coal", "lignite", "coke"],
        &["coal", "coking_coal", "lignite", "coke"],
    ),
    (
        "oil and products",
        &[
            "crude oil",
            "gasoline",
            "jet fuel",
            "diesel",
            "fuel oil",
            "LPG",
            "other oil products",
        ],
        &["crude", "gasoline", "jet", "diesel", "fuel_oil", "lpg", "other_oil"],
    ),
    ("gas", &["natural gas"], &["gas"]),
];

/// The official balance, `data/energy_balance_2023.csv`.
fn statistics() -> Balance {
    let table = fs::read_to_string(repository().join("data/energy_balance_2023.csv")).unwrap();
    let mut balance = Balance::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        // uranium has no energy
        if let Ok(value) = cells[2].parse::<f64>() {
            *balance.entry((cells[0].to_owned(), cells[1].to_owned())).or_default() += value;
        }
    }
    balance
}

/// The balance of the plan in its first year, all regions together; energy only.
fn planned(model: &Model, plan: &Plan) -> Balance {
    let mut found = Balance::new();
    let of_nation = |entry: &&Entry| entry.region.is_none() && entry.year == 0;
    for entry in balance(model, &plan.solution).iter().filter(of_nation) {
        let commodity = model.commodities[entry.commodity].name.clone();
        *found.entry((entry.flow.clone(), commodity)).or_default() += entry.value;
    }
    found
}

/// The sum of the rows that begin with one of these words, over these commodities.
fn sum(balance: &Balance, rows: &[&str], commodities: &[&str]) -> f64 {
    let wanted = |(flow, commodity): &(String, String)| {
        rows.iter().any(|row| flow.starts_with(row))
            && commodities.contains(&commodity.as_str())
    };
    balance.iter().filter(|(key, _)| wanted(key)).map(|(_, value)| value).sum()
}

/// What comes to the country of a kind of fuel: production and trade, and stocks in statistics.
fn primary(balance: &Balance, commodities: &[&str]) -> f64 {
    let supply = ["production", "import", "export", "bunkers", "stock change", "transfers"];
    let gas_plants = ["transformation/gas processing"];
    let from_plants = if commodities == ["gas"] { &gas_plants[..] } else { &[] };
    sum(balance, &supply, commodities) + sum(balance, from_plants, commodities)
        - sum(balance, &["statistical difference"], commodities)
}

fn close(what: &str, found: f64, statistics: f64, within: f64) {
    let difference = found / statistics - 1.0;
    assert!(
        difference.abs() <= within,
        "{what}: {found:.2}, statistics {statistics:.2}, difference {:.1}%",
        100.0 * difference
    );
}

/// Heat values of carbon: Mt of CO2 in a PJ burnt, `data/emission_factors.csv`.
fn carbon() -> BTreeMap<String, f64> {
    let table = fs::read_to_string(repository().join("data/emission_factors.csv")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("combustion,"));
    rows.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[1].to_owned(), cells[3].parse::<f64>().unwrap() / 1000.0)
    })
    .collect()
}

/// CO2 of the fuel that the official balance burns. Coking coal burns as coke; its rest at ovens.
fn burnt(balance: &Balance) -> f64 {
    let factors = carbon();
    let mut mass = 0.0;
    for ((flow, commodity), value) in balance {
        let plants = ["power plants", "CHP", "heat plants", "blast furnaces"];
        let is_plant =
            flow.strip_prefix("transformation/").is_some_and(|rest| plants.contains(&rest));
        let is_burnt = is_plant || flow.starts_with("own use/") || flow.starts_with("final/");
        let is_gas_of_coke = commodity == "coke gases and tar" || commodity == "coking coal";
        let is_kept = flow == "final/non-energy use"
            || flow.contains("non-ferrous metals") && commodity == "other oil products";
        // what plants make stands with a plus sign
        let is_made = is_plant && *value > 0.0;
        if is_burnt && !(is_gas_of_coke || is_kept || is_made) {
            mass += factors.get(commodity).copied().unwrap_or_default() * value.abs();
        }
    }
    let ovens = |commodity| sum(balance, &["transformation/coke ovens"], &[commodity]);
    mass - factors["coking coal"] * ovens("coking coal") - factors["coke"] * ovens("coke")
}

/// CO2 that does not come from burning fuel, first year.
fn of_processes(model: &Model, plan: &Plan) -> f64 {
    let made = |process: &str| -> f64 {
        ["north", "south", "west"]
            .iter()
            .filter(|region| {
                model
                    .processes
                    .iter()
                    .any(|p| p.name == process && model.regions[p.region].name == **region)
            })
            .map(|region| activity(model, plan, process, region, 0))
            .sum()
    };
    0.42 * made("cement_kiln")
        + 0.09 * made("steel_blast")
        + 1.6 * made("aluminium_cells")
        + made("process_gases_out")
        + 0.0797 * made("leaks_out")
}

#[test]
fn the_base_year_is_that_of_the_official_balance() {
    let given = |path: &str, value: &str| Given {
        path: path.to_owned(),
        value: value.to_owned(),
        unit: None,
    };
    let changes = [given("time.years", "[2023, 2025]"), given("time.horizon_end", "2029")];
    let folder = repository().join("models/kazakhstan");
    let input = kzleap::input::read_changed(&folder, None, &changes);
    let model = input.model.expect("the model has no errors");
    let plan = solve(&model);
    let (stated, found) = (statistics(), planned(&model, &plan));

    for (name, theirs, ours) in FUELS {
        close(name, primary(&found, ours), primary(&stated, theirs), 0.02);
    }

    // fuel of power plants, CHP and boilers; heat
    let plants = ["transformation/power plants", "transformation/CHP"];
    let boilers = ["transformation/heat plants"];
    for (what, rows, ours, theirs) in [
        ("coal of plants", &plants[..], "coal", &["hard coal"][..]),
        ("gas of plants", &plants[..], "gas", &["natural gas"][..]),
        ("coal of boilers", &boilers[..], "coal", &["hard coal", "lignite"][..]),
        ("gas of boilers", &boilers[..], "gas", &["natural gas"][..]),
        ("heat of CHP", &["transformation/CHP"][..], "heat", &["heat"][..]),
        ("heat of boilers", &boilers[..], "heat", &["heat"][..]),
    ] {
        close(what, sum(&found, rows, &[ours]), sum(&stated, rows, theirs), 0.02);
    }

    // final use by sector
    let all: Vec<&str> = stated.keys().map(|(_, commodity)| commodity.as_str()).collect();
    for sector in ["industry", "transport", "households", "services", "agriculture"] {
        let row = format!("final/{sector}");
        let mut statistics = sum(&stated, &[&row], &all);
        if sector == "industry" {
            // the model's works hold their blast furnaces and the machines of mines and fields
            let gases = ["coke gases and tar"];
            statistics -= sum(&stated, &["transformation/blast furnaces"], &all);
            statistics -= sum(
                &stated,
                &["own use/blast furnaces"],
                &["coke gases and tar", "electricity"],
            );
            statistics -= sum(&stated, &["losses"], &gases);
            statistics -= sum(&stated, &["own use/"], &["diesel"]);
        }
        let taken: f64 = found
            .iter()
            .filter(|((flow, _), value)| flow.starts_with(&row) && **value < 0.0)
            .map(|(_, value)| -value)
            .sum();
        close(&row, taken, statistics, 0.05);
    }

    // CO2 of burning
    let co2 = model.emissions.position(|e| e.name == "co2").unwrap();
    let emitted: f64 = (model.regions.iter_ix())
        .filter(|(_, region)| region.domestic)
        .map(|(r, _)| plan.solution.emissions[(co2.get(), r.get(), 0)])
        .sum();
    close("CO2 of fuel", emitted - of_processes(&model, &plan), burnt(&stated), 0.03);

    // power plants stand as they stood: nothing built, nothing taken out
    let table =
        fs::read_to_string(repository().join("models/kazakhstan/residual_capacity.csv"))
            .unwrap();
    let mut stood: BTreeMap<&str, f64> = BTreeMap::new();
    for line in table.lines().filter(|line| line.split(',').nth(2) == Some("2023")) {
        let cells: Vec<&str> = line.split(',').collect();
        if !cells[1].is_empty() {
            *stood.entry(cells[0]).or_default() += cells[3].parse::<f64>().unwrap();
        }
    }
    assert!(stood.len() > 15, "{stood:?}");
    for (process, size) in stood {
        let named = model.capacities.iter_ix().filter(|(_, k)| k.name == process);
        let (mut in_service, mut built) = (0.0, 0.0);
        for (k, _) in named {
            in_service += plan.solution.capacity[(k.get(), 0)];
            built += plan.solution.new_capacity[(k.get(), 0)];
        }
        // the plan may take a little out of service at once
        assert!((in_service / size - 1.0).abs() < 5e-3, "{process}: {in_service} of {size} GW");
        assert!(built.abs() < 1e-6, "{process}: {built} GW built in 2023");
    }
}
