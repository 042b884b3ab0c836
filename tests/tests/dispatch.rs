//! The capacities of a plan over every hour of a year, against a hand calculation.
//!
//! A load of 1 GW in every hour. Wind of 2 GW, which blows in all hours but 100 in a row; gas of
//! 0.4 GW at 0.4 t/MWh, under a cap of 10 kt. In the calm hours gas makes 40 GWh and 60 GWh go
//! unserved; 16 kt are emitted, 6 kt above the cap: the price above the cap (2,000 USD/t, so
//! 800 USD/MWh of gas) is below that of a dark hour (10,000 USD/MWh). Of 17,320 GWh that wind
//! could make, 8,660 are used.

use std::fmt::Write as _;
use std::fs;

use kzleap_report::hours::{HourCheck, Planned, Quantity};
use kzleap_study::model::{Model, Standing, YearIx};
use kzleap_study::{Dispatched, RunSpec, dispatch};
use kzleap_tests::assert_close;

const MODEL: &str = r#"
format = 2
name = "calm"
currency = "USD2025"
[time]
years = [2025, 2030]
horizon_end = 2034
[hourly.weather]
file = "hours.csv"
zone = "UTC+5"
[finance]
discount_rate = 0.05
[regions.home]
[commodities.power]
kind = "electricity"
[emissions.co2]
gas = "co2"
[processes.wind]
output = "power"
capacity = "GW"
residual_capacity = { value = { 2025 = 1, 2030 = 2 }, unit = "GW" }
availability = "wind"
[processes.gas]
output = "power"
capacity = "GW"
residual_capacity = { value = GAS, unit = "GW" }
variable_cost = { value = 50, unit = "USD/MWh" }
emissions = { co2 = { value = 0.4, unit = "t/MWh" } }
[demands.power]
home = { annual = { value = 8.76, unit = "TWh" }, profile = "flat" }
[emission_caps.of_gas]
emissions = { co2 = 1 }
limit = { value = 10, unit = "kt" }
[emission_caps.wide]
emissions = { co2 = 1 }
limit = { value = 12, unit = "kt" }
"#;

/// The model with its hours; `gas` in GW.
fn model(gas: &str) -> Model {
    with_hours(&MODEL.replace("GAS", gas))
}

fn with_hours(text: &str) -> Model {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("model.toml"), text).expect("written");
    let mut hours = "hour,wind\n".to_owned();
    for hour in 0..8760 {
        let wind = i32::from(!(1000..1100).contains(&hour));
        writeln!(hours, "{hour},{wind}").expect("a text grows");
    }
    fs::write(folder.path().join("hours.csv"), hours).expect("written");
    let input = kzleap_study::input::read(folder.path(), None);
    for finding in &input.diagnostics {
        println!("{}", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    input.model.expect("the model has no errors")
}

/// The second year, with the capacities that stand.
fn second_year(model: &Model) -> Dispatched {
    let capacity = model.capacities.iter().map(|capacity| capacity.residual.clone()).collect();
    let standing = Standing { capacity, ..Standing::default() };
    let spec = RunSpec::default();
    dispatch(model, &standing, YearIx::new(1), &spec, &Default::default())
        .expect("demand may go unserved")
}

#[test]
fn a_lull_that_the_plan_cannot_bridge_leaves_demand_unserved_and_breaks_the_cap() {
    let model = model("0.4");
    let hours = second_year(&model);
    assert_eq!(hours.year, 2030);
    assert!(hours.certified);
    assert!(!hours.holds(1e-4));
    let unserved = hours.unserved();
    assert_eq!(unserved.len(), 1);
    assert_close("GWh unserved", unserved[0].amount / 0.0036, 60.0);
    assert_close("hours", unserved[0].hours, 100.0);
    assert_close("share", unserved[0].share, 60.0 / 8760.0);
    let (accounts, year) = (hours.accounts(), YearIx::new(0));
    let made = |name: &str| -> f64 {
        let of = |p| hours.model.processes[p].name == name;
        accounts
            .made(year)
            .iter()
            .filter(|(p, ..)| of(*p))
            .map(|(.., amount)| amount / 0.0036)
            .sum()
    };
    assert_close("GWh of gas", made("gas"), 40.0);
    let curtailed = accounts.curtailed(year);
    assert_eq!(curtailed.len(), 1, "gas is available in all hours alike");
    // what is not needed is not made, or made and thrown away
    let surplus: f64 = accounts.surplus(year).iter().map(|(.., amount)| amount).sum();
    assert_close("GWh unused", (curtailed[0].amount + surplus) / 0.0036, 8660.0);
    assert_close("share unused", accounts.unused_share(year), 0.5);
    assert_close("GWh available", curtailed[0].available / 0.0036, 17_320.0);
    // both caps see all that is emitted, also what is above the other
    let limits: Vec<f64> = hours.caps.iter().map(|cap| cap.limit).collect();
    assert_eq!(limits, [0.010, 0.012]);
    for cap in &hours.caps {
        assert_close("emitted, Mt", cap.emitted, 0.016);
    }
}

/// A scheme is a cap on what its allowances and offsets cover in the plan: of 12 kt, 2 are kept.
#[test]
fn a_scheme_is_a_cap_on_what_it_allows_in_the_plan() {
    let scheme = MODEL.replace("GAS", "0.4").replace(
        "[emission_caps.of_gas]\nemissions = { co2 = 1 }\nlimit = { value = 10, unit = \"kt\" }",
        "[trading.of_gas]\nemissions = { co2 = 1 }\nallowances = { value = 12, unit = \"kt\" }",
    );
    let model = with_hours(&scheme);
    let capacity = model.capacities.iter().map(|capacity| capacity.residual.clone()).collect();
    let allowed = vec![vec![f64::INFINITY, 0.010]];
    let standing = Standing { capacity, allowed, ..Standing::default() };
    let (spec, year) = (RunSpec::default(), YearIx::new(1));
    let hours = dispatch(&model, &standing, year, &spec, &Default::default()).expect("a year");
    let cap = hours.caps.iter().find(|cap| cap.name == "of_gas").expect("a cap");
    assert_close("limit", cap.limit, 0.010);
    assert_close("emitted, Mt", cap.emitted, 0.016);
}

/// The same year as a table: power is 10,000 USD/MWh in the 100 calm hours and nothing in all others,
/// so a mean of 114.155; the plan, by its tables, has 25 GWh of gas and 9 kt.
#[test]
fn the_figures_of_the_hours_stand_beside_those_of_the_plan() {
    let model = model("0.4");
    let hours = second_year(&model);
    let made = "region,process,category,commodity,origin,unit,year,value\n\
        home,gas,gas,power,made,PJ/a,2030,0.09\nhome,gas,gas,power,storage,PJ/a,2030,1\n";
    let caps =
        "cap,item,unit,year,value\nof_gas,actual,Mt/a,2030,0.009\nof_gas,price,,2030,5\n";
    let planned = Planned::read(made, caps, "").expect("tables");
    let mut check = HourCheck::default();
    check.add(hours.year, &hours.accounts(), hours.certified, &hours.caps, &planned);
    let figure = |quantity, of: &str| {
        let row = check.rows_of(2030, quantity).find(|row| row.of == of).expect("a row");
        (row.unit.clone(), row.plan, row.hours)
    };
    for (quantity, of, unit, plan, over_hours) in [
        (Quantity::Unserved, "", "GWh/a", None, 60.0),
        (Quantity::UnservedHours, "", "h/a", None, 100.0),
        (Quantity::Emissions, "of_gas", "Mt/a", Some(0.009), 0.016),
        (Quantity::Limit, "of_gas", "Mt/a", Some(0.010), 0.010),
        (Quantity::Generation, "gas", "GWh/a", Some(25.0), 40.0),
        (Quantity::Peak, "", "GW", None, 1.0),
        (Quantity::PriceMean, "", "USD2025/MWh", None, 10_000.0 * 100.0 / 8760.0),
        (Quantity::PriceHigh, "", "USD2025/MWh", None, 0.0),
    ] {
        let (unit_found, plan_found, found) = figure(quantity, of);
        assert_eq!(unit_found, unit, "{quantity:?}");
        assert_close(quantity.name(), found, over_hours);
        assert_eq!(plan_found.is_some(), plan.is_some(), "{quantity:?}");
        assert_close(quantity.name(), plan_found.unwrap_or(0.0), plan.unwrap_or(0.0));
    }
    let verdict = check.verdicts[0];
    assert!(!verdict.holds && verdict.certified && !check.holds());
    assert_close("excess", verdict.largest_excess, 0.6);
    let said = check.failure(&verdict).expect("it does not hold");
    assert_eq!(said, "up to 0.68 % of a demand goes unserved, a cap is broken by 60 %");
}

#[test]
fn enough_gas_serves_all_demand_and_breaks_the_cap_the_more() {
    let hours = second_year(&model("1"));
    assert!(hours.unserved().is_empty());
    assert!(!hours.holds(1e-4), "40 kt under a cap of 10 kt");
    assert_close("emitted, Mt", hours.caps[0].emitted, 0.040);
}
