//! The tables of results that are kept of every run.

use std::collections::BTreeMap;

use anyhow::bail;
use kzleap_accounts::Accounts;
use kzleap_model::Model;
use kzleap_study::Plan;

/// Kept of every run.
const ALWAYS: [&str; 2] = ["capacity", "generation_annual"];

/// The names of the tables to keep.
///
/// # Errors
/// If there is no such table.
pub(super) fn names(asked: &[String]) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<String> = ALWAYS.map(str::to_owned).to_vec();
    // the tables of a plan of nothing
    let nothing = Model::single_year("", "", 2025);
    let plan = kzleap_formulation::formulate(&nothing).read_back(0.0, &[], &[]);
    let accounts = Accounts::new(&nothing, &plan);
    let known: Vec<&str> =
        kzleap_report::tables::ALL.iter().map(|table| table(&accounts).name).collect();
    for name in asked {
        if !known.contains(&name.as_str()) {
            bail!("there is no table `{name}`; known: {}", known.join(", "));
        }
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Ok(names)
}

/// Tables of a plan, as CSV by name.
pub(super) fn tables(model: &Model, plan: &Plan, names: &[String]) -> BTreeMap<String, String> {
    let accounts = Accounts::new(model, &plan.solution);
    let sheets = kzleap_report::tables::ALL.iter().map(|table| table(&accounts));
    let kept = sheets.filter(|sheet| names.iter().any(|name| name == sheet.name));
    kept.map(|sheet| (sheet.name.to_owned(), sheet.to_csv())).collect()
}
