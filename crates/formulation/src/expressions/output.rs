//! What a process makes over a year.

use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, Model, ProcessIx, YearIx};

use crate::Variables;
use crate::row::LpRow;

/// Adds `factor · Σ_m Σ_n output ratio · activity[p,m,n,y]`.
pub fn output_times(
    factor: f64,
    model: &Model,
    vars: &Variables,
    (p, commodity, year): (ProcessIx, CommodityIx, YearIx),
    row: &mut LpRow<'_, Energy>,
) {
    let process = &model.processes[p];
    let nodes = model.time.nodes(process.tier);
    for (m, mode) in process.modes.iter().enumerate() {
        for (_, ratio) in mode.outputs.iter().filter(|(of, _)| *of == commodity) {
            for (n, node) in nodes.iter().enumerate() {
                if let Some(activity) = vars.activity(p, m, n, year) {
                    *row += (factor * model.time.node_mean(ratio, node, year)) * activity;
                }
            }
        }
    }
}
