//! The base year of the model of Kazakhstan against its statistics, and these against `data/`.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

use kzleap_accounts::Accounts;
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::statistics::Measured;
use kzleap_tests::{in_its_slices, model, repository, solve};

/// PJ by flow and commodity, signs as in the balance.
type Balance = BTreeMap<(String, String), f64>;

/// Kinds of fuel, each with its names in the official balance.
const FUELS: [(&str, &[&str]); 3] = [
    ("primary_coal", &["hard coal", "coking coal", "lignite", "coke"]),
    (
        "primary_oil",
        &[
            "crude oil",
            "gasoline",
            "jet fuel",
            "diesel",
            "fuel oil",
            "LPG",
            "other oil products",
        ],
    ),
    ("primary_gas", &["natural gas"]),
];

/// The plan has everything the statistics say, and no plant is built before the first year.
#[test]
fn the_base_year_is_that_of_the_statistics() {
    let changes =
        [Change::set("time.years", [2023.0, 2025.0]), Change::set("time.horizon_end", 2029.0)];
    let folder = repository().join("models/kazakhstan");
    let input = Tree::read(&folder).scenario(None).with(&changes).input();
    let model = in_its_slices(input.model.expect("the model has no errors"));
    let plan = solve(&model);
    let accounts = Accounts::new(&model, &plan.solution);
    let rows = accounts.calibration();
    for kind in ["supply", "use", "generation", "emissions", "capacity"] {
        assert!(rows.iter().any(|row| row.statistic.of.word() == kind), "no {kind}");
    }
    let outside: Vec<String> = rows
        .iter()
        .filter(|row| !row.is_within())
        .map(|row| {
            let statistic = row.statistic;
            let (name, value, unit) = (&statistic.name, statistic.value, &statistic.unit);
            format!("{name}: {} {unit}, statistics {value}", row.plan)
        })
        .collect();
    assert!(outside.is_empty(), "{}", outside.join("\n"));
    for row in rows {
        if let Measured::Capacity { capacities } = &row.statistic.of {
            let built: f64 =
                capacities.iter().map(|k| plan.solution.new_capacity[(k.get(), 0)]).sum();
            assert!(built.abs() < 1e-6, "{}: {built} GW built", row.statistic.name);
        }
    }
}

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

/// The sum of the rows that begin with one of these words, over these commodities.
fn sum(balance: &Balance, rows: &[&str], commodities: &[&str]) -> f64 {
    let wanted = |(flow, commodity): &(String, String)| {
        rows.iter().any(|row| flow.starts_with(row))
            && commodities.contains(&commodity.as_str())
    };
    balance.iter().filter(|(key, _)| wanted(key)).map(|(_, value)| value).sum()
}

/// What comes to the country of a kind of fuel: production and trade, and stocks.
fn primary(balance: &Balance, commodities: &[&str]) -> f64 {
    let supply = ["production", "import", "export", "bunkers", "stock change", "transfers"];
    sum(balance, &supply, commodities) - sum(balance, &["statistical difference"], commodities)
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

/// CO2 of the fuel that rows of the official balance burn.
fn burnt(balance: &Balance, rows: &[&str]) -> f64 {
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
        // what plants make has a plus sign
        let is_made = is_plant && *value > 0.0;
        let counts = rows.iter().any(|row| flow.starts_with(row));
        if counts && is_burnt && !(is_gas_of_coke || is_kept || is_made) {
            mass += factors.get(commodity).copied().unwrap_or_default() * value.abs();
        }
    }
    mass
}

/// CO2 of coke ovens: the carbon of the coking coal that does not leave as coke.
fn ovens(balance: &Balance) -> f64 {
    let factors = carbon();
    let ovens = |commodity| sum(balance, &["transformation/coke ovens"], &[commodity]);
    -factors["coking coal"] * ovens("coking coal") - factors["coke"] * ovens("coke")
}

/// The statistics of the model are what the tables of `data/` add up to.
#[test]
fn the_statistics_are_those_of_the_data() {
    let model = model("kazakhstan", None);
    let stated = statistics();
    let mut checked = 0;
    let mut check = |name: &str, expected: f64| {
        let found = model.statistics.iter().find(|statistic| statistic.name == name).unwrap();
        // they are written with one decimal
        let off = (found.value - expected).abs();
        assert!(off <= 0.05 + 1e-9, "{name}: {}, data {expected:.3}", found.value);
        checked += 1;
    };
    let generation = fs::read_to_string(repository().join("data/generation_2023.csv")).unwrap();
    for row in generation.lines().filter(|row| row.starts_with("target,")) {
        let cells: Vec<&str> = row.split(',').collect();
        check(&format!("electricity_{}", cells[1]), cells[3].parse().unwrap());
    }
    for (name, commodities) in FUELS {
        check(name, primary(&stated, commodities));
    }

    // fuel of power plants, CHP and boilers; heat
    let plants = ["transformation/power plants", "transformation/CHP"];
    let boilers = ["transformation/heat plants"];
    for (name, rows, commodities, sign) in [
        ("coal_plants", &plants[..], &["hard coal"][..], -1.0),
        ("gas_plants", &plants[..], &["natural gas"][..], -1.0),
        ("coal_boilers", &boilers[..], &["hard coal", "lignite"][..], -1.0),
        ("gas_boilers", &boilers[..], &["natural gas"][..], -1.0),
        ("heat_chp", &["transformation/CHP"][..], &["heat"][..], 1.0),
        ("heat_boilers", &boilers[..], &["heat"][..], 1.0),
        ("output_coal", &["production"][..], FUELS[0].1, 1.0),
        ("output_crude", &["production"][..], &["crude oil"][..], 1.0),
        ("output_gas", &["production"][..], &["natural gas"][..], 1.0),
    ] {
        check(name, sign * sum(&stated, rows, commodities));
    }

    // final use by sector
    let all: Vec<&str> = stated.keys().map(|(_, commodity)| commodity.as_str()).collect();
    for sector in ["transport", "households", "services", "agriculture"] {
        let row = format!("final/{sector}");
        check(&format!("final_{sector}"), sum(&stated, &[&row], &all));
    }
    check("final_non_energy", sum(&stated, &["final/non-energy use"], &all));
    // the model's works hold their blast furnaces and the machines of mines and fields
    let gases = ["coke gases and tar"];
    let furnaces = sum(&stated, &["transformation/blast furnaces"], &all)
        + sum(&stated, &["own use/blast furnaces"], &["coke gases and tar", "electricity"])
        + sum(&stated, &["losses"], &gases);
    let machines = sum(&stated, &["own use/"], &["diesel"]);
    check("final_industry", sum(&stated, &["final/industry"], &all) - furnaces - machines);

    // CO2 of burning, and of making cement, steel and aluminium (data/drivers.csv)
    let materials = 12.04 * 0.42 + 3.92 * 0.09 + 0.262 * 1.6;
    let plants = ["transformation/power plants", "transformation/CHP", boilers[0]];
    let of_plants = burnt(&stated, &plants);
    let blast = burnt(&stated, &["transformation/blast furnaces", "own use/blast furnaces"]);
    let diesel = carbon()["diesel"] * machines.abs();
    let of_works = burnt(&stated, &["final/industry"]) + blast + ovens(&stated);
    let of_industry = of_works + diesel + materials;
    let own_use =
        burnt(&stated, &["own use/"]) - burnt(&stated, &["own use/blast furnaces"]) - diesel;
    let of_transport = burnt(&stated, &["final/transport"]);
    let buildings =
        burnt(&stated, &["final/households", "final/services", "final/agriculture"]);
    check("co2_plants", of_plants);
    check("co2_industry", of_industry);
    check("co2_own_use", own_use);
    check("co2_transport", of_transport);
    check("co2_buildings", buildings);
    check("co2_energy", of_plants + of_industry + own_use + of_transport + buildings);
    assert_eq!(checked, 29);
}
