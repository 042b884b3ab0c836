//! Charts of what the system costs and what is invested.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::{CostGroup, CostKind};
use kzleap_model::YearIx;
use kzleap_page::{ChartSpec, Unit};

use super::chart::{ByPeriod, Values, by_period};
use super::colours::Colours;

/// Kinds of cost with their colours, in the order they stack.
const KINDS: &[(&str, &str)] = &[
    (kzleap_accounts::annual_costs::CAPITAL, "#4179b8"),
    ("construction_interest", "#2f5886"),
    ("fixed", "#7aa6cf"),
    ("decommissioning", "#5f7186"),
    ("variable", "#de8a45"),
    ("transport", "#98a3b0"),
    ("unserved", "#d8383a"),
    ("emission_price", "#8e63b3"),
    ("subsidy", "#4f9d69"),
];

/// Yearly cost and transfers by kind, and investment by category.
pub(super) fn charts(accounts: &Accounts<'_>, colours: &Colours) -> Vec<ChartSpec> {
    let mut cost = by_kind(accounts, "annual-cost", "System cost by kind", CostGroup::System);
    "In one year of each period, without taxes and subsidies. Capital: annuities due on what the \
     plan has built; what stood before is sunk. Variable: fuel and running."
        .clone_into(&mut cost.note);
    let title = "Transfers (taxes, subsidies) by kind";
    let mut transfers = by_kind(accounts, "transfers", title, CostGroup::Transfer);
    "In one year of each period, above zero where whoever pays for the plan pays it. One pays and \
     another receives it: no part of system cost."
        .clone_into(&mut transfers.note);
    vec![cost, transfers, investment(accounts, colours)]
}

/// Yearly money of a group, by kind.
fn by_kind(accounts: &Accounts<'_>, id: &str, title: &str, group: CostGroup) -> ChartSpec {
    let Accounts { model, solution, .. } = *accounts;
    let mut values = Values::new(model, model.time.years.len());
    for cost in accounts.annual_costs() {
        if cost.kind.group() == group {
            values.add(model, cost.name(), cost.region, cost.year, cost.value);
        }
    }
    let (unit, factor) = crate::tables::money_shown(&model.currency, solution.objective);
    let mut chart = by_period(model, id, title, Unit::amount_a_year(&unit));
    chart.csv = "tables/annual_costs.csv";
    "cost".clone_into(&mut chart.query);
    chart.stack(model, &values, &Colours::fixed(KINDS), factor);
    chart
}

fn investment(accounts: &Accounts<'_>, colours: &Colours) -> ChartSpec {
    let Accounts { model, solution, .. } = *accounts;
    let mut values = Values::new(model, model.time.years.len());
    for cost in accounts.costs().iter().filter(|cost| cost.kind == CostKind::Investment) {
        let (_, category) = accounts.name_and_category(cost);
        let length = model.time.years[YearIx::new(cost.year)].length();
        values.add(model, category, cost.region, cost.year, cost.amount / length);
    }
    let (unit, factor) = crate::tables::money_shown(&model.currency, solution.objective);
    let mut chart =
        by_period(model, "investment", "Investment by category", Unit::amount_a_year(&unit));
    chart.note =
        "Overnight cost of what is built, whoever pays it, in each calendar year of the period.".to_owned();
    chart.csv = "tables/investment.csv";
    "capital_cost".clone_into(&mut chart.query);
    chart.stack(model, &values, colours, factor);
    chart
}
