//! One file for each table of results; each a view of the accounts.

pub mod allocation;
pub mod annual_costs;
pub mod balance;
pub mod binding;
pub mod calibration;
pub mod capacity;
pub mod changes;
pub mod constraints;
pub mod costs;
pub mod damages;
pub mod demand_steps;
pub mod demand_tree;
pub mod emission_caps;
pub mod emissions;
pub mod flow;
pub mod generation;
pub mod given;
pub mod households;
pub mod indicators;
pub mod inputs;
pub mod investment;
pub mod kinds;
pub mod load;
pub mod new_capacity;
pub mod payments;
pub mod periods;
pub mod price;
pub mod reserve_fuels;
pub mod reserves;
pub mod retirement;
pub mod slices;
pub mod storage;
pub mod subsidies;
pub mod trading;
pub mod unserved;
pub mod vintages;

use kzleap_accounts::Accounts;
use kzleap_model::Model;

use crate::Sheet;

/// A table: a view of the accounts.
pub type Table = for<'a> fn(&'a Accounts<'_>) -> Sheet<'a>;

/// All tables, in the order of reports.
pub const ALL: &[Table] = &[
    capacity::sheet,
    new_capacity::sheet,
    retirement::sheet,
    vintages::sheet,
    generation::sheet,
    generation::annual_sheet,
    inputs::sheet,
    load::sheet,
    flow::sheet,
    flow::annual_sheet,
    storage::sheet,
    price::sheet,
    price::annual_sheet,
    emissions::sheet,
    emission_caps::sheet,
    trading::sheet,
    allocation::sheet,
    payments::sheet,
    households::sheet,
    constraints::sheet,
    binding::sheet,
    indicators::sheet,
    costs::sheet,
    annual_costs::sheet,
    damages::sheet,
    investment::sheet,
    subsidies::sheet,
    reserves::sheet,
    reserve_fuels::sheet,
    unserved::sheet,
    demand_steps::sheet,
    balance::sheet,
    calibration::sheet,
    demand_tree::drivers,
    demand_tree::branches,
    given::sheet,
    changes::sheet,
    slices::sheet,
    periods::sheet,
    kinds::sheet,
];

/// The names of tables of what the model was given, which are the same whatever the plan.
pub const GIVEN: [&str; 7] =
    ["drivers", "demand_tree", "inputs", "changes", "slices", "periods", "kinds"];

/// The calendar year a milestone is named after.
pub(crate) fn milestone(model: &Model, year: usize) -> i32 {
    model.time.years[kzleap_model::YearIx::new(year)].milestone
}

/// `M` and the currency, such as `MUSD2022`; `money` where an imported model does not name any.
pub(crate) fn money_unit(model: &Model) -> String {
    match model.currency.as_str() {
        "" => "money".to_owned(),
        currency => format!("M{currency}"),
    }
}

/// How a page shows money: the unit, such as `billion USD2022`, and what one million is in it.
///
/// One unit for a whole page: millions where the plan costs less than ten thousand of them,
/// thousands below a hundredth of one, and the currency itself below ten of those.
pub(crate) fn money_shown(currency: &str, objective: f64) -> (String, f64) {
    match (currency, objective.abs()) {
        ("", ..1e4) => ("money".to_owned(), 1.0),
        ("", _) => ("thousand money".to_owned(), 1e-3),
        (currency, 1e4..) => (format!("billion {currency}"), 1e-3),
        (currency, 1e-2..) => (format!("million {currency}"), 1.0),
        (currency, 1e-5..) => (format!("thousand {currency}"), 1e3),
        (currency, _) => (currency.to_owned(), 1e6),
    }
}

/// The unit of a price of a commodity, such as `MUSD2022/PJ`.
pub(crate) fn price_unit(model: &Model, commodity: kzleap_model::CommodityIx) -> String {
    match model.commodities[commodity].amount {
        None => format!("{} per unit", money_unit(model)),
        Some(amount) => format!("{}/{}", money_unit(model), amount.unit()),
    }
}

/// The unit of a yearly amount, such as `PJ/a`.
pub(crate) fn yearly(unit: &str) -> String {
    format!("{unit}/a")
}
