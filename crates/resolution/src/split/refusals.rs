//! What keeps regions from being disaggregated.

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::Model;

use super::owners::{one, shared};
use super::parts::Parts;

/// Room for rounding.
const NEARLY: f64 = 1.0 + 1e-9;

/// Finds parts in which more is in service than their share of the limit.
pub(super) fn check(model: &Model, parts: &Parts<'_>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for capacity in &model.capacities {
        for piece in parts.of(capacity.region) {
            let share = piece.owner(&capacity.name);
            if share.limits <= 0.0 {
                continue;
            }
            let (standing, most) = (&capacity.residual, shared(&capacity.upper, share.limits));
            let year = model.time.years.iter_ix().find(|(y, _)| {
                let at = y.get();
                standing[at] <= capacity.upper[at] * NEARLY
                    && one(standing[at], share.residual) > most[at] * NEARLY
            });
            let Some((y, year)) = year else { continue };
            let region = &parts.regions[piece.region].name;
            let message = format!(
                "`{}` of {region} has {} {} in {}, but its share of the limit is {}",
                capacity.name,
                rounded(one(standing[y.get()], share.residual)),
                capacity.unit.text(),
                year.milestone,
                rounded(most[y.get()]),
            );
            let hint = format!(
                "give {region} a share of the limits of `{}` no smaller than its share of existing capacity",
                capacity.name
            );
            found.push(Diagnostic::error_overall("not-split", message).hint(hint));
        }
    }
    if found.has_errors() { Err(found) } else { Ok(()) }
}

/// Four digits after the point, for people to read.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
