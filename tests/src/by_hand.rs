//! Small models of one region, put together from pieces of text.

use kzleap_study::input::{Change, Tree};
use kzleap_study::model::Model;
use kzleap_study::{Plan, Settled, settle};

use crate::{price, solve};

/// PJ that 1 GW makes in a year.
pub const GW_YEAR: f64 = 31.536;

/// What every model begins with: its money, units and one region.
const HEAD: &str = r#"
format = 2
name = "family"
currency = "USD2022"
[units]
variable_cost = "USD/GJ"
capital_cost = "USD/kW"
fixed_cost = "USD/kW/a"
residual_capacity = "GW"
max_capacity = "GW"
annual = "PJ"
limit = "Mt/a"
budget = "Mt"
allowances = "Mt"
exogenous = "Mt/a"
price = "USD/t"
damage = "USD/t"
cost = "USD/GJ"
reserve = "PJ"
unserved_cost = "USD/GJ"
worth = "USD/GJ"
reference_price = "USD/GJ"
peak = "GW"
max = "GW"
emission_factor = "kt/PJ"
[regions.land]
"#;
/// One year, without discounting.
pub const ONE_YEAR: &str = "[time]\nyears = [2030]\n[finance]\ndiscount_rate = 0.0\n";
/// Two periods of ten years, with discounting.
pub const TWO_DECADES: &str =
    "[time]\nyears = [2030, 2040]\nhorizon_end = 2049\n[finance]\ndiscount_rate = 0.05\n";
/// 1 GW of electricity all year.
pub const DEMAND: &str =
    "[commodities.electricity]\n[demands.electricity]\nland = { annual = 31.536 }\n";

/// A plant that is in service already, with its variable cost and further fields.
pub fn plant(name: &str, gw: f64, cost: f64, more: &str) -> String {
    format!(
        "[processes.{name}]\noutput = \"electricity\"\ncapacity = \"GW\"\n\
         residual_capacity = {gw}\nvariable_cost = {cost}\n{more}\n"
    )
}

/// The model of these parts after the head.
///
/// # Panics
/// If it has errors: they are printed.
pub fn read(parts: &[&str]) -> Model {
    read_with_findings(parts).0
}

/// The model of these parts after the head, with further changes.
///
/// # Panics
/// If it has errors: they are printed.
pub fn read_changed(parts: &[&str], changes: &[Change]) -> Model {
    read_all(parts, changes).0
}

/// The model of these parts after the head, and what was found in reading it.
///
/// # Panics
/// If it has errors: they are printed.
pub fn read_with_findings(parts: &[&str]) -> (Model, String) {
    read_all(parts, &[])
}

/// A folder with the model of these parts after the head.
///
/// # Panics
/// If it cannot be written.
pub fn folder(parts: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("model.toml"), [&[HEAD], parts].concat().concat())
        .expect("it can be written");
    folder
}

fn read_all(parts: &[&str], changes: &[Change]) -> (Model, String) {
    let folder = folder(parts);
    let input = Tree::read(folder.path()).with(changes).input();
    let texts = input.diagnostics.iter().map(|one| {
        let text = kzleap_study::diagnostics::render(one, &input.sources);
        println!("{text}\n");
        text
    });
    let findings = texts.collect::<Vec<_>>().join("\n\n");
    (input.model.expect("the model has no errors"), findings)
}

/// The model of these parts after the head, and its plan.
///
/// # Panics
/// If the model has errors or no certified optimum.
pub fn solved(parts: &[&str]) -> (Model, Plan) {
    let model = read(parts);
    let plan = solve(&model);
    (model, plan)
}

/// The same with rules that follow the plan settled, and what they settled at.
///
/// # Panics
/// If the model has errors, no certified optimum, or no such rule.
pub fn settled(parts: &[&str]) -> (Model, Plan, Settled) {
    let mut model = read(parts);
    let settled = settle(&mut model, &Default::default(), Default::default());
    let settled = settled.expect("every round has a plan").expect("a rule that follows it");
    let plan = solve(&model);
    (model, plan, settled)
}

/// The price of electricity in the first slice of a year, MUSD/PJ.
pub fn power_price(model: &Model, plan: &Plan, year: usize) -> f64 {
    price(model, plan, "electricity", "land", 0, year)
}
