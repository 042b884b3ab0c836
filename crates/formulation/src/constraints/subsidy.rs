#![doc = include_str!("subsidy.md")]

use kzleap_model::units::Per;

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, subsidy) in model.support.subsidies.iter().enumerate() {
        for y in model.time.years.ixs() {
            let Some(taken) = vars.subsidy(at, y) else { continue };
            let Some(new) = vars.new_capacity(subsidy.capacity, y) else { continue };
            let mut row = rows.begin::<f64>(RowKey::SubsidyLimit(at, y));

            // subsidy ≤ rate · new
            row += 1.0 * taken;
            row -= Per::new(subsidy.rate[y.get()]) * new;
            row.at_most(0.0);
        }
    }
    for (at, budget) in model.support.budgets.iter().enumerate() {
        for y in model.time.years.ixs() {
            let Some(limit) = budget.limit[y.get()] else { continue };
            let mut row = rows.begin::<f64>(RowKey::SubsidyBudget(at, y));
            for taken in budget.subsidies.iter().filter_map(|s| vars.subsidy(*s, y)) {
                row += 1.0 * taken;
            }

            // Σ subsidy ≤ limit
            row.at_most(limit);
        }
    }
}
