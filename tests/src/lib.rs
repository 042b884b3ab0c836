//! What the tests of the whole program share.

pub mod by_hand;
mod doubled;
pub mod oracle;
pub mod outside;
pub mod sources;
pub mod totals;

use std::path::{Path, PathBuf};

use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_study::resolution::Resolution;

pub use doubled::doubled;

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads a model of the repository.
///
/// # Panics
/// If it has errors: they are printed.
pub fn model(name: &str, scenario: Option<&str>) -> Model {
    let input = kzleap_study::input::read(&repository().join("models").join(name), scenario);
    for finding in &input.diagnostics {
        println!("{}\n", kzleap_study::diagnostics::render(finding, &input.sources));
    }
    input.model.expect("the model has no errors")
}

/// A model in the slices that it is planned with: of hours, those that stand for them.
///
/// # Panics
/// If they cannot be merged.
pub fn in_its_slices(model: Model) -> Model {
    Resolution::default().of(model).expect("the hours of a year can be merged")
}

/// Solves a model and holds the plan to its certificate.
///
/// # Panics
/// If there is no certified optimum.
pub fn solve(model: &Model) -> Plan {
    let plan = kzleap_study::optimise(model, &Default::default(), Default::default())
        .expect("the model has an optimum");
    assert!(plan.certified(), "{:?} {}", plan.certificate, plan.objective_components);
    plan
}

/// The price of a commodity, MUSD/PJ, in a region (by name), node of its tier and year (by position).
///
/// # Panics
/// If there is no such balance.
pub fn price(
    model: &Model,
    plan: &Plan,
    commodity: &str,
    region: &str,
    node: usize,
    year: usize,
) -> f64 {
    let balance = plan
        .solution
        .balances
        .iter()
        .find(|b| {
            model.commodities[b.commodity].name == commodity
                && model.regions[b.region].name == region
        })
        .expect("the commodity is balanced in the region");
    balance.price[(node, year)]
}

/// Activity of a process over a year, PJ, all modes together.
///
/// # Panics
/// If there is no such process.
pub fn activity(model: &Model, plan: &Plan, process: &str, region: &str, year: usize) -> f64 {
    let p = model
        .processes
        .position(|p| p.name == process && model.regions[p.region].name == region)
        .expect("the process is in the region");
    plan.solution.activity[p.get()].index_axis(ndarray::Axis(2), year).sum()
}

/// Capacity in service and newly built, by name and year.
///
/// # Panics
/// If there is no such capacity.
pub fn capacity(model: &Model, plan: &Plan, name: &str, year: usize) -> (f64, f64) {
    let k = model.capacities.position(|k| k.name == name).expect("there is such a capacity");
    (plan.solution.capacity[(k.get(), year)], plan.solution.new_capacity[(k.get(), year)])
}

/// Asserts that two numbers agree within `1e-7` relative.
///
/// # Panics
/// If they do not.
pub fn assert_close(what: &str, found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-7 * (1.0 + expected.abs()),
        "{what}: {found}, by hand {expected}"
    );
}

/// Whether checks of more than a few seconds are asked for; says so if they are not.
pub fn long_checks() -> bool {
    let asked = std::env::var_os("KZLEAP_LONG_CHECKS").is_some();
    if !asked {
        println!("skipped: a long check; `./kzleap test-all` runs it");
    }
    asked
}
