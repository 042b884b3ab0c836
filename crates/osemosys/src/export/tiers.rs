//! What is balanced by season or year, where OSeMOSYS balances every fuel in every slice.
//!
//! The plan is the same where what is made can be made just when it is used: by processes without
//! capacity and inputs, such as mines and imports; where all that make and use it run by the year,
//! and so may run evenly; and where only demand takes it, which OSeMOSYS too sets against the year.

use kzleap_model::{Commodity, CommodityIx, Mode, Model, Process, Tier};

use super::from_model::Export;

/// Refuses commodities and processes of which that does not hold.
pub(super) fn check(export: &mut Export<'_>) {
    let model = export.model;
    if model.time.slices.len() < 2 {
        return;
    }
    for (f, fuel) in model.commodities.iter_ix() {
        if fuel.tier != Tier::Slice && !follows(model, f, fuel) {
            export.refuse(format!(
                "`{}`: balanced by season or year, but made or used by what runs by slice",
                fuel.name
            ));
        }
    }
    for process in model.processes.iter().filter(|process| process.tier == Tier::Season) {
        export.refuse(format!("`{}`: runs by season", process.name));
    }
}

fn follows(model: &Model, f: CommodityIx, fuel: &Commodity) -> bool {
    let any = |process: &Process, side: fn(&Mode) -> bool| process.modes.iter().any(side);
    let takes = |process: &&Process| {
        process.modes.iter().any(|mode| mode.inputs.iter().any(|(other, _)| *other == f))
    };
    let makes = |process: &&Process| {
        process.modes.iter().any(|mode| mode.outputs.iter().any(|(other, _)| *other == f))
    };
    let makers = || model.processes.iter().filter(makes);
    let users = || model.processes.iter().filter(takes);
    let yearly = |process: &Process| process.tier == Tier::Annual;
    let at_will = |process: &Process| {
        yearly(process)
            && process.capacity.is_none()
            && !any(process, |mode| !mode.inputs.is_empty())
    };
    let nobody = model.links.iter().all(|link| link.commodity != f);
    makers().all(at_will)
        || users().next().is_none() && nobody
        || fuel.tier == Tier::Annual && makers().chain(users()).all(yearly)
}
