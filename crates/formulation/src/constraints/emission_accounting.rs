#![doc = include_str!("emission_accounting.md")]

use kzleap_model::units::{Emissions, Energy, Per};

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows: one wherever somebody caps or prices the emission, even if no process emits it.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for e in model.emissions.ixs() {
        for r in model.regions.ixs() {
            for y in model.time.years.ixs() {
                let Some(emissions) = vars.emissions(e, r, y) else { continue };
                let mut row = rows.begin::<Emissions>(RowKey::EmissionAccounting(e, r, y));
                row += 1.0 * emissions;
                for (p, process) in
                    model.processes.iter_ix().filter(|(_, p)| model.network.home(p.region) == r)
                {
                    let nodes = model.time.nodes(process.tier);
                    for (m, mode) in process.modes.iter().enumerate() {
                        for (_, factor) in mode.emissions.iter().filter(|(of, _)| *of == e) {
                            for (n, node) in nodes.iter().enumerate() {
                                let Some(activity) = vars.activity(p, m, n, y) else {
                                    continue;
                                };
                                let factor = model.time.node_mean(factor, node, y);
                                row -= Per::<Emissions, Energy>::new(factor) * activity;
                            }
                        }
                    }
                }

                // emissions - Σ_p factor · activity = exogenous
                row.equals(model.exogenous_emissions(e, r, y));
            }
        }
    }
}
