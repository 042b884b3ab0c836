#![doc = include_str!("share.md")]

use kzleap_model::policy::Sense;
use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::expressions::output_times;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, rule) in model.shares.iter_ix() {
        for y in model.time.years.ixs() {
            let Some(share) = rule.share[y.get()] else { continue };
            let mut row = rows.begin::<Energy>(RowKey::Share(at, y));
            for (p, commodity, weight) in &rule.part {
                output_times(weight[y.get()], model, vars, (*p, *commodity, y), &mut row);
            }
            for (p, commodity) in &rule.whole {
                output_times(-share, model, vars, (*p, *commodity, y), &mut row);
            }

            // Σ_part weight · output - share · Σ_whole output ≥ 0
            match rule.sense {
                Sense::AtLeast => row.at_least(0.0),
                Sense::AtMost => row.at_most(0.0),
                Sense::Equal => row.equals(0.0),
            }
        }
    }
}
