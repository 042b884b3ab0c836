#![doc = include_str!("emission_cap.md")]

use kzleap_model::policy::{CapWindow, EmissionCap};
use kzleap_model::units::Emissions;
use kzleap_model::{Model, YearIx};

use crate::build::Rows;
use crate::keys::RowKey;
use crate::row::LpRow;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    for (at, cap) in model.emission_caps.iter_ix() {
        match &cap.window {
            CapWindow::EachYear(limits) => {
                for y in years.ixs() {
                    let Some(limit) = limits[y.get()] else { continue };
                    let mut row = rows.begin::<Emissions>(RowKey::EmissionCap(at, Some(y)));
                    add_year(vars, cap, y, 1.0, &mut row);

                    // Σ weight · emissions[y] ≤ limit[y]
                    row.at_most(limit);
                }
            }
            CapWindow::Budget { first, last, limit, exogenous } => {
                let mut row = rows.begin::<Emissions>(RowKey::EmissionCap(at, None));
                let mut allowed = *limit;
                for y in years.ixs() {
                    let period = &years[y];
                    let overlap = period.last.min(*last) - period.first.max(*first) + 1;
                    if overlap > 0 {
                        add_year(vars, cap, y, f64::from(overlap), &mut row);
                        if !exogenous {
                            allowed += f64::from(overlap) * exogenous_of(model, cap, y);
                        }
                    }
                }

                // Σ_y years within the window · Σ weight · emissions[y] ≤ limit
                row.at_most(allowed);
            }
        }
    }
}

fn add_year(
    vars: &crate::Variables,
    cap: &EmissionCap,
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Emissions>,
) {
    for term in &cap.terms {
        for r in &term.regions {
            if let Some(emissions) = vars.emissions(term.emission, *r, year) {
                *row += (factor * term.weight) * emissions;
            }
        }
    }
}

fn exogenous_of(model: &Model, cap: &EmissionCap, year: YearIx) -> f64 {
    cap.terms
        .iter()
        .flat_map(|term| term.regions.iter().map(move |r| (term, r)))
        .map(|(term, r)| term.weight * model.exogenous_emissions(term.emission, *r, year))
        .sum()
}
