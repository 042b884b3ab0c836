//! The table for scenario databases against the energy balance and the other tables of a run, and
//! its names against the published list.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_report::{RunInfo, iamc};
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_study::resolution::Resolution;
use kzleap_tests::{assert_close, model, solve};

/// The names that may be written, with their units, as IAMconsortium/common-definitions has them
/// (commit d877b5f): grows by names that are written, after a look at their definition.
const VARIABLES: &str = include_str!("variables.csv");

/// The table: values by region, variable and position of the year, with the unit.
struct Table(BTreeMap<(String, String), (String, Vec<f64>)>);

impl Table {
    fn of(model: &Model, plan: &Plan) -> Self {
        let mut out = Vec::new();
        iamc::write(&Accounts::new(model, &plan.solution), &RunInfo::default(), &mut out)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        let row = |line: &str| {
            let mut cells = Vec::new();
            let mut quoted = false;
            for piece in line.split(',') {
                match cells.last_mut() {
                    Some(last) if quoted => *last = format!("{last},{piece}"),
                    _ => cells.push(piece.to_owned()),
                }
                quoted ^= piece.matches('"').count() % 2 == 1;
            }
            let values = cells[5..].iter().map(|cell| cell.parse().unwrap()).collect();
            ((cells[2].clone(), cells[3].clone()), (cells[4].clone(), values))
        };
        Self(text.lines().skip(1).map(row).collect())
    }

    /// A value; nothing is zero.
    fn at(&self, region: &str, variable: &str, year: usize) -> f64 {
        let key = (region.to_owned(), variable.to_owned());
        self.0.get(&key).map_or(0.0, |(_, values)| values[year])
    }
}

/// What is what in the models of the repository, written down apart from the program's own rule.
fn source(commodity: &str) -> &'static str {
    match commodity {
        "coal" | "lignite" | "coking_coal" | "coke" | "coke_gas" => "Coal",
        "crude" | "gasoline" | "petrol" | "diesel" | "jet" | "fuel_oil" | "lpg"
        | "other_oil" => "Oil",
        "gas" | "associated_gas" => "Gas",
        "biomass" => "Biomass",
        _ => "",
    }
}

fn carrier(commodity: &str) -> &'static str {
    match commodity {
        "electricity" | "electricity_final" | "electricity_industry" => "Electricity",
        "heat" | "heat_final" | "heat_works" => "Heat",
        "hydrogen" => "Hydrogen",
        "gasoline" | "petrol" | "diesel" | "jet" | "fuel_oil" | "lpg" | "other_oil" => {
            "Liquids"
        }
        "gas" | "associated_gas" | "coke_gas" => "Gases",
        "coal" | "lignite" | "coking_coal" | "coke" | "biomass" => "Solids",
        _ => "",
    }
}

const SUPPLY: [&str; 5] = ["production", "import", "export", "bunkers", "exchange"];

/// Holds every variable of energy and emissions to the energy balance, in every region and year.
fn agrees(model: &Model, plan: &Plan) {
    let table = Table::of(model, plan);
    assert!(!table.0.is_empty());
    let accounts = Accounts::new(model, &plan.solution);
    let entries = accounts.energy_balance();
    for r in model.regions.ixs().filter(|r| model.regions[*r].domestic) {
        let region = &model.regions[r].label;
        for y in 0..model.time.years.len() {
            // sums of rows of energy, EJ
            let sum = |rows: &[&str], counts: &dyn Fn(&str) -> bool| -> f64 {
                let here = entries.iter().filter(|e| e.region == Some(r) && e.year == y);
                let energy = here.filter(|e| model.commodities[e.commodity].is_energy());
                let rows = energy.filter(|e| {
                    rows.iter()
                        .any(|row| e.flow == *row || e.flow.starts_with(&format!("{row}/")))
                });
                rows.filter(|e| counts(&model.commodities[e.commodity].name))
                    .map(|e| e.value / 1000.0)
                    .sum()
            };
            let close = |variable: &str, expected: f64| {
                let found = table.at(region, variable, y);
                let size = table.at(region, "Primary Energy", y).abs() + expected.abs();
                assert!(
                    (found - expected).abs() <= 1e-8 * size,
                    "{variable} of {region} in year {y}: {found}, in the balance {expected}"
                );
            };
            for fuel in ["Coal", "Oil", "Gas", "Biomass"] {
                let is = |name: &str| source(name) == fuel;
                let rows = [&SUPPLY[..], &["surplus"]].concat();
                close(&format!("Primary Energy|{fuel}"), sum(&rows, &is));
            }
            let is_carrier =
                |name: &str| matches!(carrier(name), "Electricity" | "Heat" | "Hydrogen");
            close("Primary Energy|Secondary Energy Trade", sum(&SUPPLY[1..], &is_carrier));
            let parts = ["Fossil", "Biomass", "Nuclear", "Non-Biomass Renewables"];
            let parts = parts.iter().chain(&["Secondary Energy Trade", "Other"]);
            let at = |name: &str| table.at(region, name, y);
            close("Primary Energy", parts.map(|p| at(&format!("Primary Energy|{p}"))).sum());
            close("Final Energy", -sum(&["final"], &|_| true));
            for (sector, row) in [
                ("Industry", "final/industry"),
                ("Residential", "final/households"),
                ("Commercial", "final/services"),
                ("Transportation", "final/transport"),
                ("Agriculture", "final/agriculture"),
                ("Non-Energy Use", "final/non-energy use"),
            ] {
                close(&format!("Final Energy|{sector}"), -sum(&[row], &|_| true));
            }
            for of in ["Electricity", "Heat", "Hydrogen", "Liquids", "Gases", "Solids"] {
                let is = |name: &str| carrier(name) == of;
                close(&format!("Final Energy|{of}"), -sum(&["final"], &is));
            }
            for (trade, of) in [("Electricity", "Electricity"), ("Liquids", "Liquids")] {
                let is = |name: &str| carrier(name) == of;
                let net = -sum(&["import", "export", "exchange"], &is);
                close(&format!("Trade|Secondary Energy|{trade} [Volume]"), net);
            }
            // all that is made goes somewhere
            for of in ["Electricity", "Heat"] {
                let is = |name: &str| carrier(name) == of;
                let [own, lost, left] = ["Own Use", "Losses", "Surplus"]
                    .map(|word| at(&format!("kzleap|{word}|{of}")));
                let away = -sum(&SUPPLY[1..], &is);
                let used = at(&format!("Final Energy|{of}"));
                close(&format!("Secondary Energy|{of}"), own + lost + left + away + used);
                assert!(own > -1e-9, "{region} in year {y}: {own} of {of} for own use");
            }
            for e in model.emissions.ixs().filter(|e| model.emissions[*e].name == "co2") {
                let emitted = plan.solution.emissions[(e.get(), r.get(), y)];
                let found = at("Emissions|CO2");
                assert!((found - emitted).abs() <= 1e-8 * (1.0 + emitted.abs()), "{found}");
            }
        }
    }
}

/// Holds every name to the list, with its unit; money is in the model's own.
fn is_listed(model: &Model, plan: &Plan) {
    let listed: BTreeMap<&str, &str> =
        VARIABLES.lines().skip(1).map(|line| line.split_once(',').unwrap()).collect();
    for ((_, variable), (unit, _)) in Table::of(model, plan).0 {
        if variable.trim_start_matches('"').starts_with("kzleap|") {
            continue;
        }
        let Some(expected) = listed.get(variable.as_str()) else {
            panic!("`{variable}` is not in variables.csv: is it in the published list?")
        };
        let money = model.currency.split_at(3);
        let expected = expected.replace("USD_2010", &format!("{}_{}", money.0, money.1));
        assert_eq!(unit, expected, "{variable}");
    }
}

fn holds(model: &Model) -> Plan {
    let plan = solve(model);
    agrees(model, &plan);
    is_listed(model, &plan);
    plan
}

#[test]
fn small_models_agree_with_their_balance() {
    for name in [
        "two-plants",
        "two-regions",
        "storage-day",
        "heat-and-power",
        "milestone-periods",
        "steel-and-travel",
    ] {
        println!("{name}");
        holds(&model(name, None));
    }
}

/// Sums of a table in CSV over the rows that count, by the last column before `unique`.
fn total(csv: &str, counts: impl Fn(&[&str]) -> bool) -> f64 {
    let rows = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|cells| counts(cells))
        .map(|cells| cells.last().unwrap().parse::<f64>().unwrap())
        .sum()
}

#[test]
fn kazakhstan_agrees_with_its_balance() {
    let whole = model("kazakhstan", Some("neutrality-2060"));
    let resolution = Resolution {
        regions: Some("national".to_owned()),
        slices: Some(4),
        ..Resolution::default()
    };
    let Ok(model) = resolution.of(whole) else { panic!("it can be merged") };
    let plan = holds(&model);
    let table = Table::of(&model, &plan);
    let at = |variable: &str| table.at("Kazakhstan", variable, 0);
    // all that plants make, once; the grid makes none, nor does the border
    let accounts = Accounts::new(&model, &plan.solution);
    let made = kzleap_report::tables::generation::annual_sheet(&accounts).to_csv();
    let made = total(&made, |cells| {
        cells[0] == "kazakhstan" && cells[3] == "electricity" && cells[6] == "2023"
    });
    assert_close("electricity", at("Secondary Energy|Electricity"), made / 1000.0);
    assert!((0.40..0.41).contains(&at("Secondary Energy|Electricity")), "112 TWh");
    let plants =
        ["coal", "coal CHP", "gas", "gas CHP", "hydro", "wind", "solar", "biomass", "oil"];
    let capacity = kzleap_report::tables::capacity::sheet(&accounts).to_csv();
    let generating = total(&capacity, |cells| {
        cells[4] == "GW" && cells[5] == "2023" && plants.contains(&cells[3])
    });
    assert_close("capacity", at("Capacity|Electricity"), generating);
    // the cap counts all greenhouse gases
    let counted = accounts.under_cap(&model.emission_caps[kzleap_study::model::Ix::new(0)]);
    assert_close("greenhouse gases", at("Emissions|Kyoto Gases"), counted[0]);
    // a tax of 1 USD/t in the first year, the cap's price and the tax in a later one
    assert!(at("Price|Carbon") >= 0.0);
    let last = model.time.years.len() - 1;
    let price = plan.solution.emission_price[0][last];
    assert!(table.at("Kazakhstan", "Price|Carbon", last) >= price && price > 100.0);
}

/// By hand: 28 PJ of electricity are taken, of which panels on roofs give 0.1 GW x 0.1 x 31.536 =
/// 0.31536; the rest is 27.68464 / 0.9 = 30.76071 before the grid. Wind gives 15.768; coal the
/// other 14.99271, which is nine tenths of 16.65857 that the plant makes. It burns 2.5 times that,
/// the heat plant 8 / 0.8 = 10 PJ.
#[test]
fn a_port_by_hand() {
    let model = written(include_str!("port.toml"));
    let plan = solve(&model);
    is_listed(&model, &plan);
    let table = Table::of(&model, &plan);
    let (roof, wind) = (0.31536, 15.768);
    let coal = ((28.0 - roof) / 0.9 - wind) / 0.9;
    let burnt = 2.5 * coal + 10.0;
    for (variable, expected) in [
        ("Secondary Energy|Electricity", (coal + wind + roof) / 1e3),
        ("Secondary Energy|Electricity|Coal", coal / 1e3),
        ("Secondary Energy|Electricity|Wind", wind / 1e3),
        ("Secondary Energy|Electricity|Solar|PV", roof / 1e3),
        ("kzleap|Own Use|Electricity", (0.1 * coal + (28.0 - roof) / 9.0) / 1e3),
        ("Secondary Energy|Heat", 8.0 / 1e3),
        ("Secondary Energy|Heat|Coal", 8.0 / 1e3),
        ("Primary Energy", (burnt + wind + roof) / 1e3),
        ("Primary Energy|Coal", burnt / 1e3),
        ("Primary Energy|Wind", wind / 1e3),
        ("Primary Energy|Solar", roof / 1e3),
        ("Trade|Primary Energy|Coal [Volume]", 50.0 / 1e3),
        ("Final Energy", 36.0 / 1e3),
        ("Final Energy|Electricity", 28.0 / 1e3),
        ("Final Energy|Heat", 8.0 / 1e3),
        ("Final Energy|Residential", 10.0 / 1e3),
        ("Final Energy|Residential|Electricity", 10.0 / 1e3),
        ("Capacity|Electricity", 11.1),
        ("Capacity|Electricity|Non-Biomass Renewables", 1.1),
        ("Capacity|Heat", 5.0),
        ("Emissions|CO2", 0.1 * burnt),
        ("Emissions|CO2|Energy|Supply", 0.1 * burnt),
        ("Emissions|Kyoto Gases", (0.1 + 28.0 * 0.001) * burnt),
        ("Price|Carbon", 5.0),
    ] {
        assert_close(variable, table.at("port", variable, 0), expected);
    }
    for absent in ["Final Energy|Other", "Primary Energy|Other", "kzleap|Surplus|Electricity"] {
        assert!(!table.0.contains_key(&("port".to_owned(), absent.to_owned())), "{absent}");
    }
}

/// The model of a file.
fn written(text: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("model.toml"), text).unwrap();
    let input = kzleap_study::input::read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    input.model.expect("the model has no errors")
}

/// What end users burn without a device counts under their sector: 10 PJ of gas at home and 5 in
/// works, 56 kt/PJ of each.
#[test]
fn fuel_that_demand_burns_counts_under_its_sector() {
    let model = written(include_str!("stoves.toml"));
    let plan = solve(&model);
    is_listed(&model, &plan);
    let table = Table::of(&model, &plan);
    for (variable, expected) in [
        ("Emissions|CO2", 0.056 * 15.0),
        ("Emissions|CO2|Energy|Demand|Residential", 0.56),
        ("Emissions|CO2|Energy|Demand|Residential and Commercial", 0.56),
        ("kzleap|Emissions|CO2|Energy and Industrial Processes|Industry", 0.28),
    ] {
        assert_close(variable, table.at("land", variable, 0), expected);
    }
}
