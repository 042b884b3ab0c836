#![doc = include_str!("growth_limit.md")]

use kzleap_model::YearIx;
use kzleap_model::units::Power;

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    for (k, capacity) in model.capacities.iter_ix() {
        let growth = capacity.investment.as_ref().and_then(|investment| investment.growth);
        let Some(growth) = growth else { continue };
        for y in years.ixs() {
            let Some(new) = vars.new_capacity(k, y) else { continue };
            let mut row = rows.begin::<Power>(RowKey::GrowthLimit(k, y));
            row += (1.0 / years[y].length()) * new;
            if let Some(before) = y.get().checked_sub(1).map(YearIx::new)
                && let Some(new_before) = vars.new_capacity(k, before)
            {
                let gap = f64::from(years[y].first - years[before].first);
                let factor = libm::pow(1.0 + growth.rate, gap);
                row -= (factor / years[before].length()) * new_before;
            }

            // new[y] / years[y] ≤ (1 + rate)^gap · new[y-1] / years[y-1] + seed
            row.at_most(growth.seed);
        }
    }
}
