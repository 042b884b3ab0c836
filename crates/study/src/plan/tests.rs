//! A program that charges something else than the model says is no certified plan.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_formulation::{ColumnKey, formulate};
use kzleap_model::Model;

use super::{Plan, Ties, optimum_of};

/// A city takes 1 GW all year over a cable of half a GW, which carries for 1 USD/MWh. Before it a
/// GW of gas, at 20 USD/MWh and a tax of 10 USD/t, and wind, whose building a fund subsidises. What
/// the cable does not carry is a tenth worth 100 USD/MWh; the rest goes unserved at 200. A trading scheme
/// issues less than gas emits: the rest is offsets at 5 USD/t, and allowances at 30.
const MODEL: &str = r#"
format = 2
name = "all-costs"
currency = "USD2022"
[time]
years = [2030, 2040]
horizon_end = 2049
[finance]
discount_rate = 0.05
[units]
variable_cost = "USD/MWh"
capital_cost = "USD/kW"
decommissioning_cost = "USD/kW"
fixed_cost = "USD/kW/a"
residual_capacity = "GW"
annual = "TWh"
unserved_cost = "USD/MWh"
price = "USD/t"
rate = "USD/kW"
[regions.land]
[regions.city]
[commodities.electricity]
unserved_cost = 200
[emissions.co2]
price = 10
damage = { value = 5, unit = "USD/t" }
damage_in_cost = true
[processes.gas]
regions = ["land"]
output = "electricity"
capacity = "GW"
residual_capacity = { 2030 = 1, 2040 = 0.8 }
decommissioning_cost = 50
fixed_cost = 10
variable_cost = 20
emissions = { co2 = { value = 100, unit = "kt/PJ" } }
[processes.wind]
regions = ["land"]
output = "electricity"
capacity = "GW"
availability = 0.4
capital_cost = 1000
spending = { 1 = 0.5, 0 = 0.5 }
fixed_cost = 10
life = 20
max_capacity = { value = 0.5, unit = "GW" }
[subsidies.fund]
processes = ["wind"]
rate = 400
annual_budget = { value = 10, unit = "MUSD/a" }
[links.cable]
from = "land"
to = "city"
commodity = "electricity"
capacity = "GW"
residual_capacity = 0.5
variable_cost = 1
[trading.ets]
emissions = { co2 = 1 }
allowances = { value = 0.2, unit = "Mt/a" }
offsets.steps.trees = { price = 5, max = { value = 0.1, unit = "Mt/a" } }
tranches.ceiling.price = 30
[demands.electricity.city]
annual = 8.76
[demands.electricity.city.steps.works]
share = 0.1
worth = { value = 100, unit = "USD/MWh" }
"#;

fn model() -> Model {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("model.toml"), MODEL).expect("it can be written");
    let read = kzleap_input::read(folder.path(), None);
    for finding in &read.diagnostics {
        println!("{}\n", kzleap_diagnostics::render(finding, &read.sources));
    }
    read.model.expect("the model has no errors")
}

/// The plan where the program charges `factor` times as much for each column that `is` one.
fn charged(model: &Model, factor: f64, is: fn(ColumnKey) -> bool) -> Plan {
    let mut formulation = formulate(model);
    let of_it: Vec<_> =
        formulation.columns().filter(|(_, key)| is(*key)).map(|(col, _)| col).collect();
    for col in of_it {
        formulation.lp.cost[col.get()] *= factor;
    }
    optimum_of(model, formulation, &Default::default(), Default::default(), Ties::AsFound)
        .expect("it has an optimum")
}

/// Whether a column is of a kind.
type IsOf = fn(ColumnKey) -> bool;

/// Each kind of cost in turn is a millionth more expensive in the program than in the model.
#[test]
fn a_coefficient_that_is_not_that_of_the_model_is_seen() {
    let model = model();
    let plan = charged(&model, 1.0, |_| true);
    assert!(plan.certified(), "{:?} {}", plan.certificate, plan.objective_components);
    let accounts = Accounts::new(&model, &plan.solution);
    for kind in CostKind::ALL {
        assert!(accounts.costs().iter().any(|cost| cost.kind == kind), "no {}", kind.name());
    }
    let kinds: [(&str, IsOf); 9] = [
        ("investment", |key| matches!(key, ColumnKey::NewCapacity(..))),
        ("fixed and decommissioning", |key| matches!(key, ColumnKey::Capacity(..))),
        ("variable", |key| matches!(key, ColumnKey::Activity { .. })),
        ("transport", |key| matches!(key, ColumnKey::Flow { .. })),
        ("unserved", |key| matches!(key, ColumnKey::Unserved(..))),
        ("worth forgone", |key| matches!(key, ColumnKey::Forgone(..))),
        ("emission price", |key| matches!(key, ColumnKey::Emissions(..))),
        ("subsidy", |key| matches!(key, ColumnKey::Subsidy(..))),
        ("allowances", |key| matches!(key, ColumnKey::Allowances(..))),
    ];
    for (name, is) in kinds {
        let plan = charged(&model, 1.0 + 1e-6, is);
        assert!(plan.certificate.certified, "{name}: it is an optimum of its program");
        assert!(!plan.certified(), "{name}: {}", plan.objective_components);
    }
}

/// So is a cost of what is free.
#[test]
fn a_cost_that_no_report_knows_of_is_seen() {
    let model = model();
    let mut formulation = formulate(&model);
    formulation.lp.cost_offset += 1.0;
    let plan =
        optimum_of(&model, formulation, &Default::default(), Default::default(), Ties::AsFound);
    let plan = plan.expect("it has an optimum");
    assert!(plan.certificate.certified && !plan.certified(), "{}", plan.objective_components);
}
